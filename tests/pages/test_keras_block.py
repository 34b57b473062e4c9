"""The one block that is not run: complete, and the same network as its tested twin."""

import ast
import builtins
import inspect
import re
import textwrap
from pathlib import Path

import numpy as np
import pytest

from snippets import activations, cross_entropy, keras_twin

PAGE = Path(__file__).resolve().parents[2] / "docs" / "practice" / "keras.md"

# What the words of the block mean, in functions that have tests of their own.
ACTIVATIONS = {"relu": activations.relu, "sigmoid": activations.sigmoid}
LOSSES = {"binary_crossentropy": cross_entropy.binary_cross_entropy}

NOTES = """\
model = Sequential()
model.add(...) # a bunch of layers here
model.compile(loss='binary_crossentropy', optimizer='rmsprop', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=20, batch_size=128)
score = model.evaluate(x_test, y_test, batch_size=128)
"""


@pytest.fixture(scope="module")
def block() -> ast.Module:
    """Return the syntax tree of the block on the page."""
    text = PAGE.read_text(encoding="utf-8")
    (source,) = re.findall(r'^```python title="keras_network.py"\n(.*?)^```$', text, re.M | re.S)
    assert [line for line in source.splitlines() if len(line) > 80] == []
    return ast.parse(source)


def test_the_trap_repeats_the_output_of_the_block() -> None:
    """Its loss and accuracy of "the block above" are those of the block's output, rounded."""
    text = PAGE.read_text(encoding="utf-8")
    ((loss, accuracy),) = re.findall(r"^test: loss ([\d.]+), accuracy ([\d.]+)$", text, re.M)
    assert f"the block above has {float(loss):.3f} and {float(accuracy):.3f}" in text


def undefined(module: ast.Module) -> set[str]:
    """Return the names that a straight run of statements uses before it has made them."""
    known, missing = set(dir(builtins)), set()
    for statement in module.body:
        names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        missing |= {name.id for name in names if isinstance(name.ctx, ast.Load)} - known
        known |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
        if isinstance(statement, ast.Import):
            known |= {alias.asname or alias.name.split(".")[0] for alias in statement.names}
    return missing


def has_ellipsis(module: ast.Module) -> bool:
    """Return whether something is left out with three dots."""
    return any(isinstance(n, ast.Constant) and n.value is Ellipsis for n in ast.walk(module))


def calls(module: ast.Module, name: str) -> list[ast.Call]:
    """Return the calls of a function or method, by its dotted name, in order."""
    found = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    found.sort(key=lambda call: (call.lineno, call.col_offset))
    return [call for call in found if ast.unparse(call.func) == name]


def keywords(call: ast.Call) -> dict[str, object]:
    """Return the keyword arguments of a call, which have to be literal."""
    return {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}


def positional(call: ast.Call) -> list[str]:
    """Return the other arguments of a call as they are written."""
    return [ast.unparse(each) for each in call.args]


def layers(module: ast.Module) -> list[tuple[int, str]]:
    """Return units and activation of each dense layer, in the order they are added."""
    added = [call.args[0] for call in calls(module, "model.add")]
    dense = [each for each in added if ast.unparse(each.func) == "keras.layers.Dense"]
    return [(ast.literal_eval(each.args[0]), keywords(each)["activation"]) for each in dense]


def test_it_is_complete(block: ast.Module) -> None:
    """Every name is imported or assigned before it is used, and nothing is left out."""
    assert undefined(block) == set()
    assert not has_ellipsis(block)


def test_the_notes_block_was_neither_python_nor_complete() -> None:
    """The checks reject what the notes had: the link, the missing names, the three dots."""
    with pytest.raises(SyntaxError):
        ast.parse("# Putting together a\n[Keras](address) network is straightforward:\n" + NOTES)
    assert undefined(ast.parse(NOTES)) == {"Sequential", "x_train", "y_train", "x_test", "y_test"}
    assert has_ellipsis(ast.parse(NOTES))


def test_the_framework_finds_its_backend(block: ast.Module) -> None:
    """The backend is chosen before Keras is imported: it reads the choice just once."""
    lines = [ast.unparse(statement) for statement in block.body]
    assert lines.index("os.environ['KERAS_BACKEND'] = 'jax'") < lines.index("import keras")


def test_the_five_calls_stand_in_order(block: ast.Module) -> None:
    """The model is made, then layers are added, and four calls follow once each."""
    made = [call for call in ast.walk(block) if isinstance(call, ast.Call)]
    made.sort(key=lambda call: (call.lineno, call.col_offset))
    names = [ast.unparse(call.func) for call in made]
    of_model = [n for n in names if n.startswith("model.") or n == "keras.Sequential"]
    assert of_model == [
        "keras.Sequential",
        *["model.add"] * 3,
        *["model.compile", "model.fit", "model.evaluate", "model.predict"],
    ]


def test_the_calls_of_the_notes_are_kept(block: ast.Module) -> None:
    """Each setting in the notes' calls is still there, for rows of the same names."""
    for name in ("model.compile", "model.fit", "model.evaluate"):
        (then,), (now,) = calls(ast.parse(NOTES), name), calls(block, name)
        assert keywords(then).items() <= keywords(now).items()
        assert positional(then) == positional(now)


def test_the_settings_are_those_of_the_twin(block: ast.Module) -> None:
    """Epochs, batch size, seed and the width of the rows agree."""
    (fit,), (evaluate,) = calls(block, "model.fit"), calls(block, "model.evaluate")
    assert keywords(fit)["epochs"] == keras_twin.EPOCHS
    assert keywords(fit)["batch_size"] == keras_twin.BATCH_SIZE
    assert keywords(evaluate)["batch_size"] == keras_twin.BATCH_SIZE
    (seed,) = calls(block, "keras.utils.set_random_seed")
    assert positional(seed) == [str(keras_twin.SEED)]
    (shape,) = calls(block, "keras.Input")
    assert keywords(shape)["shape"] == keras_twin.make_data()[0].shape[1:]


def test_the_data_are_those_of_the_twin(block: ast.Module) -> None:
    """The statements that make the data are the twin's, word for word."""
    twin = ast.parse(textwrap.dedent(inspect.getsource(keras_twin.make_data))).body[0]
    docstring, *statements, returned = [ast.unparse(each) for each in twin.body]
    assert docstring.startswith(("'", '"'))
    assert returned == "return (x_train, y_train, x_test, y_test)"
    lines = [ast.unparse(statement) for statement in block.body]
    first = lines.index(statements[0])
    assert lines[first : first + len(statements)] == statements
    # No later line touches what they made.
    assigned = [
        name.id
        for statement in block.body[first + len(statements) :]
        for name in ast.walk(statement)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    ]
    assert set(assigned).isdisjoint({"x", "y", "x_train", "y_train", "x_test", "y_test"})


def test_the_network_is_that_of_the_twin(block: ast.Module) -> None:
    """The layers as the block names them compute the twin's probabilities."""
    rng = np.random.default_rng(5)
    weights = [w + rng.normal(size=w.shape) for w in keras_twin.build(rng)]
    x = rng.uniform(-1, 1, size=(7, 2))
    a = x
    for number, (units, activation) in enumerate(layers(block)):
        w, b = weights[2 * number : 2 * number + 2]
        assert w.shape[1] == units
        a = ACTIVATIONS[activation](a @ w + b)
    assert 2 * len(layers(block)) == len(weights)
    np.testing.assert_allclose(keras_twin.predict(weights, x)[1], a, rtol=1e-12)


def test_the_loss_is_that_of_the_twin(block: ast.Module) -> None:
    """The loss as the block names it, divided by the number of rows, is the twin's."""
    (compiled,) = calls(block, "model.compile")
    x_train, y_train, *_ = keras_twin.make_data()
    weights = keras_twin.build(np.random.default_rng(3))
    p = keras_twin.predict(weights, x_train)[1]
    total = LOSSES[str(keywords(compiled)["loss"])](y_train[:, 0], p[:, 0])
    mean = keras_twin.evaluate(weights, x_train, y_train)[0]
    assert mean == pytest.approx(total / len(x_train), rel=1e-12)


def test_the_update_is_that_of_the_twin(block: ast.Module) -> None:
    """The optimizer's name is the name of the twin's function."""
    (compiled,) = calls(block, "model.compile")
    assert callable(getattr(keras_twin, str(keywords(compiled)["optimizer"])))


def test_the_page_says_that_it_is_not_run() -> None:
    """The reader is told, and told with which version it was run by hand."""
    text = PAGE.read_text(encoding="utf-8")
    assert "The one block that our tests do not run" in text
    assert re.search(r"run by hand, with Keras \d+\.\d+\.\d+ on JAX \d+\.\d+\.\d+", text)
    assert re.search(r'title="Output, by hand, \d+ \w+ \d{4}"', text)
