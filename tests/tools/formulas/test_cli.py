"""The command line: what it lists, checks and evaluates, and how it ends."""

import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tools.formulas import cli
from tools.formulas.binding import Case
from tools.formulas.bindings import all_bindings
from tools.formulas.checking import Outcome, Trial
from tools.formulas.pages import site_formulas
from tools.formulas.table import tried

Shell = Callable[..., tuple[int, str, str]]
COMMAND = (sys.executable, "-m", "tools.formulas")


@pytest.fixture
def evaluated(shell: Shell, tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Have lines answered from a file, and return the answers."""

    def answer(*lines: str | bytes | dict[str, Any]) -> list[dict[str, Any]]:
        written = [
            line if isinstance(line, bytes) else line.encode()
            for line in (json.dumps(line) if isinstance(line, dict) else line for line in lines)
        ]
        path = tmp_path / "requests.jsonl"
        path.write_bytes(b"\n".join(written))
        status, out, err = shell(cli.main, "eval", "--json", path)
        assert (status, err) == (0, "")
        return [json.loads(line) for line in out.splitlines()]

    return answer


def test_list_has_a_line_for_every_formula(shell: Shell) -> None:
    """Each begins with the label, and names page, function and kind."""
    status, out, _ = shell(cli.main, "list")
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines()}
    assert status == 0
    assert list(rows) == [formula.label for formula in site_formulas().formulas]
    assert rows["eq:sigmoid"] == ["networks/activations.md", "activations.sigmoid", "value"]
    assert rows["eq:feedforward"] == ["networks/backpropagation.md", "-", "definition"]


def test_check_tells_that_chosen_formulas_hold(shell: Shell) -> None:
    """Draws are counted, of these formulas alone."""
    status, out, _ = shell(cli.main, "check", "eq:sigmoid", "eq:tanh")
    assert (status, out) == (0, "2 formulas hold, on 48 draws.\n")


def test_check_tells_the_first_input_that_differs(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong formula is told with its place, an input and both results, and ends in 1."""
    site = site_formulas()
    wrong = [replace(formula, tex=formula.tex.replace("-x", "x")) for formula in site.formulas]
    monkeypatch.setattr(
        "tools.formulas.pages.site_formulas", lambda: replace(site, formulas=tuple(wrong))
    )
    status, out, _ = shell(cli.main, "check", "eq:sigmoid")
    line = site.by_label()["eq:sigmoid"].line
    assert status == 1
    assert out.startswith(
        f"docs/networks/activations.md:{line}: eq:sigmoid, bound to activations.sigmoid, fails: "
    )
    assert " does not hold (at character " in out
    assert ", in draw " in out
    assert len(out.splitlines()) == 1


def test_check_tells_a_formula_without_binding(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a fault, and so is a binding whose formula is gone."""
    bindings = dict(all_bindings())
    bindings["eq:gone"] = bindings.pop("eq:sigmoid")
    monkeypatch.setattr("tools.formulas.bindings.all_bindings", lambda: bindings)
    status, out, _ = shell(cli.main, "check", "eq:sigmoid")
    assert status == 1
    assert "eq:sigmoid has no binding" in out


def test_check_prints_the_table_with_mutants(shell: Shell) -> None:
    """Below its page each formula has a row with function, draws and mutants; then the totals."""
    status, out, _ = shell(cli.main, "check", "--mutants", "eq:sigmoid", "eq:feedforward")
    assert status == 0
    table, activations, backpropagation, totals, reasons = out.split("\n\n")
    assert table.split() == ["formula", "function", "check", "draws", "caught", "same"]
    page, sigmoid = activations.splitlines()
    assert page == "networks/activations.md"
    *cells, caught = sigmoid.split()
    assert cells == ["eq:sigmoid", "activations.sigmoid", "value", "24"]
    found, _, made = caught.partition("/")
    assert found == made
    assert int(made) > 5
    page, feedforward = backpropagation.splitlines()
    assert page == "networks/backpropagation.md"
    assert feedforward.split() == ["eq:feedforward", "-", "definition", "-", "-"]
    assert totals.startswith(f"2 formulas, 24 draws. Mutants caught: {caught}; ")
    title, reason = reasons.split("\n", 1)
    assert title == "Nothing can be computed of:"
    written = f"eq:feedforward: {all_bindings()['eq:feedforward'].reason}"
    assert reason.split() == written.split()


def test_the_table_fits_a_terminal() -> None:
    """No line is longer than 100 characters, and none is cut."""
    results = [
        (
            Outcome(formula=formula, binding=all_bindings()[formula.label], cases=(Case({}),) * 24),
            Trial(differing=500, equal=10),
        )
        for formula in site_formulas().formulas
    ]
    lines = "\n".join(tried(results)).splitlines()
    assert max(map(len, lines)) <= 100
    assert {formula.label for formula in site_formulas().formulas} <= set(" ".join(lines).split())


def test_check_fails_for_a_mutant_that_is_not_noticed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A single draw at 0 tells hardly any formula from its mutants."""
    monkeypatch.setattr("tools.formulas.checking.DRAWS", 1)
    status, out, _ = shell(cli.main, "check", "--mutants", "eq:tanh")
    assert status == 1
    assert "eq:tanh is not told from its mutant `" in out
    row = next(line for line in out.splitlines() if line.startswith("eq:tanh "))
    caught, made = map(int, row.split()[-1].split("/"))
    assert made - caught == out.count(" is not told from ")


def test_a_label_counts_once(shell: Shell) -> None:
    """However often it is given."""
    assert shell(cli.main, "check", "eq:tanh", "eq:tanh")[1] == "1 formula holds, on 24 draws.\n"


def test_unknown_label_is_refused(shell: Shell) -> None:
    """It ends in one sentence and status 2."""
    assert shell(cli.main, "check", "eq:nothing") == (
        2,
        "",
        "There is no formula eq:nothing on the site.\n",
    )


def test_values_come_back_as_json(evaluated: Callable[..., Any]) -> None:
    """Numbers as numbers, arrays as nested lists, in the order of the requests."""
    assert evaluated(
        {"tex": r"2 x^2", "values": {"x": 3}},
        {"tex": r"u + v", "values": {"u": [1, 2], "v": [0.5, 0.5]}},
        {"tex": r"W^\top", "values": {"W": [[1, 2, 3], [4, 5, 6]]}},
        {"tex": r"\sum_{i=1}^{m} y_i", "values": {"y": [1, 2, 4], "m": 2}},
    ) == [
        {"value": 18.0},
        {"value": [1.5, 2.5]},
        {"value": [[1, 4], [2, 5], [3, 6]]},
        {"value": 3.0},
    ]


def test_functions_are_named(evaluated: Callable[..., Any]) -> None:
    """A key of the formula stands for a function that is known by name."""
    tex = r"\sigma(0) + \phi(-2)"
    known = {"sigma": "sigmoid", "phi": "relu"}
    assert evaluated({"tex": tex, "functions": known}) == [{"value": 0.5}]


def test_ragged_lists_are_layers(evaluated: Callable[..., Any]) -> None:
    """A raised index takes one of arrays of different shapes."""
    layers = [[[1, 2]], [[3], [4]]]
    assert evaluated({"tex": "W^{(2)}", "values": {"W": layers}}) == [{"value": [[3], [4]]}]


def test_unused_values_are_allowed_on_request(evaluated: Callable[..., Any]) -> None:
    """Without it, a value that the formula does not use is an error."""
    request = {"tex": "x", "values": {"x": 1, "q": 2}}
    allowed, refused = evaluated(request | {"allow_unused": True}, request)
    assert allowed == {"value": 1.0}
    assert "q" in refused["error"]


def test_a_byte_order_mark_is_no_text(evaluated: Callable[..., Any]) -> None:
    """Some editors write one."""
    assert evaluated('\ufeff{"tex": "2", "values": {}}') == [{"value": 2}]


def test_blank_lines_are_skipped(evaluated: Callable[..., Any]) -> None:
    """Only requests are answered."""
    assert evaluated("", '{"tex": "1"}', "  ", "\t\r", '{"tex": "2"}') == [
        {"value": 1.0},
        {"value": 2.0},
    ]


REQUEST_ERRORS: dict[str, tuple[str | bytes | dict[str, Any], str]] = {
    "no JSON": ("{", "the line is not JSON"),
    "no UTF-8": (b'{"tex": "\xff"}', "the line is not UTF-8"),
    "no object": ("[1, 2]", "a request is an object"),
    "no TeX": ({"values": {}}, "`tex` must be given, as a string"),
    "TeX of another type": ({"tex": 3}, "`tex` must be given, as a string"),
    "unknown field": ({"tex": "1", "value": {}}, "unknown field `value`"),
    "values of another type": ({"tex": "1", "values": [1]}, "`values` must be an object"),
    "no values": ({"tex": "1", "values": None}, "`values` must be an object"),
    "functions of another type": ({"tex": "1", "functions": "f"}, "`functions` must be an object"),
    "unknown function": ({"tex": "f(1)", "functions": {"f": "exec"}}, '`f`: "exec" is none of'),
    "no function": ({"tex": "f(1)", "functions": {"f": ["relu"]}}, '`f`: ["relu"] is none of'),
    "a word for a switch": ({"tex": "1", "allow_unused": "no"}, "`allow_unused` must be true or"),
    "a word for a number": ({"tex": "x", "values": {"x": "1"}}, "x"),
    "a truth value": ({"tex": "x", "values": {"x": True}}, "x"),
    "null": ({"tex": "x", "values": {"x": [1, None]}}, "x"),
    "numbers beside lists": ({"tex": "x", "values": {"x": [1, [2]]}}, "x"),
    "not a number": ('{"tex": "x", "values": {"x": NaN}}', "NaN is not JSON"),
    "infinity": ('{"tex": "x", "values": {"x": [-Infinity]}}', "-Infinity is not JSON"),
    "too large for a float": ('{"tex": "x", "values": {"x": 1e999}}', "x"),
    "too large as a whole number": (f'{{"tex": "x", "values": {{"x": 1{"0" * 400}}}}}', "x"),
    "more digits than Python reads": (
        f'{{"tex": "x", "values": {{"x": 1{"0" * 5000}}}}}',
        "digits",
    ),
    "given twice": ('{"tex": "x", "values": {"x": 1, "x": 2}}', "`x` is given twice"),
    "nested beyond reading": ('{"tex": "x", "values": {"x": ' + "[" * 100_000, "too deeply"),
    "nested TeX": ({"tex": "(" * 5000 + "1" + ")" * 5000}, ""),
    "unknown name": ({"tex": "x"}, "x"),
    "half a character": (r'{"tex": "x", "values": {"\ud800": 1}}', ""),
    "no formula": ({"tex": ""}, ""),
    "division by zero": ({"tex": r"\frac{1}{x}", "values": {"x": 0}}, ""),
}


@pytest.mark.parametrize(("line", "message"), REQUEST_ERRORS.values(), ids=REQUEST_ERRORS.keys())
def test_error_is_answered_and_the_next_line_evaluated(
    evaluated: Callable[..., Any], line: str | bytes | dict[str, Any], message: str
) -> None:
    """What cannot be evaluated costs its own answer only, which says why."""
    first, second = evaluated(line, {"tex": "1 + 1"})
    assert first.keys() == {"error"}
    assert first["error"].strip()
    assert message in first["error"]
    assert "failed" not in first["error"]
    assert second == {"value": 2.0}


def test_fault_of_the_evaluator_is_an_error_of_its_line(
    evaluated: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even what nobody has thought of leaves no traceback."""

    def fail(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("what now")

    monkeypatch.setattr("tools.formulas.json_lines.evaluate", fail)
    answer = {"error": "the evaluator failed: ZeroDivisionError: what now"}
    assert evaluated({"tex": "1"}, {"tex": "2"}) == [answer, answer]


def test_standard_input_is_read_for_a_dash(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in other commands."""
    stdin = io.TextIOWrapper(io.BytesIO(b'{"tex": "3"}\n'))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert shell(cli.main, "eval", "--json", "-") == (0, '{"value": 3.0}\n', "")


def test_unreadable_file_ends_in_a_sentence(shell: Shell, tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is no request."""
    missing = tmp_path / "missing.jsonl"
    status, out, err = shell(cli.main, "eval", "--json", missing)
    assert (status, out) == (2, "")
    assert err == f"{missing}: cannot be read: No such file or directory.\n"
    assert shell(cli.main, "eval", "--json", tmp_path)[0] == 2


def test_evaluation_starts_without_the_pages(root: Path) -> None:
    """Neither Markdown nor MkDocs is imported for it."""
    script = (
        "import sys, tools.formulas.cli as cli\n"
        "status = cli.main(['eval', '--json', '-'])\n"
        "sys.exit(status or not {'markdown', 'mkdocs', 'snippets'}.isdisjoint(sys.modules))"
    )
    done = subprocess.run(
        (sys.executable, "-c", script),
        cwd=root,
        input='{"tex": "1"}',
        text=True,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, '{"value": 1.0}\n', "")


@pytest.fixture
def evaluator(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that evaluates what it is sent."""
    with subprocess.Popen(
        (*COMMAND, "eval", "--json", "-"),
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        yield process


def test_an_answer_does_not_wait_for_the_next_request(evaluator: subprocess.Popen[bytes]) -> None:
    """A program may ask, read the answer, and ask again."""
    for number in range(2):
        evaluator.stdin.write(b'{"tex": "%d"}\n' % number)
        evaluator.stdin.flush()
        assert json.loads(evaluator.stdout.readline()) == {"value": number}
    evaluator.stdin.close()
    assert evaluator.wait() == 0


def test_nobody_reading_on_is_no_fault(evaluator: subprocess.Popen[bytes]) -> None:
    """As a shell has it, the status tells of the closed pipe, and nothing is said."""
    evaluator.stdout.close()
    evaluator.stdin.write(b'{"tex": "1"}\n' * 3)
    evaluator.stdin.close()
    assert evaluator.stderr.read() == b""
    assert evaluator.wait() == 128 + signal.SIGPIPE


def test_ctrl_c_ends_quietly(evaluator: subprocess.Popen[bytes]) -> None:
    """As a shell has it, the status tells of it, and there is no traceback."""
    evaluator.stdin.write(b'{"tex": "1"}\n')
    evaluator.stdin.flush()
    assert evaluator.stdout.readline() == b'{"value": 1.0}\n'
    evaluator.send_signal(signal.SIGINT)
    assert evaluator.wait() == 128 + signal.SIGINT
    assert evaluator.stderr.read() == b""
