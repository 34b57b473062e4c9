"""Captured outputs: what counts as the same output, and what a capture leaves behind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools import outputs

PROGRAMS = outputs.programs()


@pytest.fixture(params=PROGRAMS.values(), ids=PROGRAMS)
def program(request: pytest.FixtureRequest) -> outputs.Program:
    """Return each snippet, each solution and the results of each page in turn."""
    return request.param


@pytest.fixture
def snippet(tmp_path: Path) -> Path:
    """Return a snippet that prints one line and whose output was never captured."""
    path = tmp_path / "snippets" / "hello.py"
    path.parent.mkdir()
    path.write_text('print("hello", 1 / 3)\n')
    return path


@pytest.fixture
def capture(snippet: Path) -> Callable[..., int]:
    """Run the command on the folder of that snippet, and on one where no page has results."""
    nothing = snippet.parents[1] / "results"
    return lambda *names: outputs.main(names, snippet.parent, nothing)


def test_every_committed_output_is_what_its_program_prints(program: outputs.Program) -> None:
    """A fresh run of each, warnings being errors, prints what the page shows."""
    captured = program.output.read_text(encoding="utf-8")
    assert captured.strip()
    assert outputs.compare(captured, outputs.run(program)) == []


def test_snippets_solutions_and_results_are_captured() -> None:
    """A name tells which of them a program is, and its output stands beside it."""
    shown = {name: PROGRAMS[name].output for name in ("softmax", "results/perceptron")}
    assert shown == {
        "softmax": outputs.SNIPPETS / "softmax.out",
        "results/perceptron": outputs.RESULTS / "perceptron.json",
    }
    assert PROGRAMS["exercises/one_row"].output == outputs.SNIPPETS / "exercises" / "one_row.out"
    assert not any(name.startswith("results/_") for name in PROGRAMS)


def test_no_output_is_left_without_its_program() -> None:
    """Renaming a program takes its output along."""
    assert outputs.orphans() == []


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("x 0.1234567890123456", "x 0.1234567890123458"),  # the last bit of a double
        ("error 1.505562e-05", "error 1.505562e-05\n"),  # a final newline is no line
        ("[-1.     0.5]", "[ -1. 0.5 ]"),  # NumPy's padding
        ("residue 3.2e-17", "residue -1.1e-16"),  # zero on paper
        ("-0.0", "0.0"),
        ("nan inf", "nan inf"),
        ("", ""),
    ],
)
def test_platform_noise_is_no_difference(expected: str, actual: str) -> None:
    """What changes between two machines does not count."""
    assert outputs.compare(expected, actual) == []


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("error 1.505562e-05", "error 1.505563e-05"),  # the last printed digit
        ("[0. 1.]", "[0. 0.]"),  # trimmed zeros still are exact
        ("weight 0.4", "weight -0.4"),
        ("epoch 10: 1.0", "epoch 11: 1.0"),
        ("w1 = 2.0", "w2 = 2.0"),  # the digit of a name is text
        ("NumPy 2.4.6", "NumPy 2.4.7"),  # so is a version
        ("loss 1.0", "cost 1.0"),
        ("one two", "onetwo"),
        ("1.0 2.0", "1.0"),
        ("1.0", "nan"),
        ("1.5e-05", "1.5e-06"),
        ("1.48527717e-10", "1.48527718e-10"),  # small, but no residue
    ],
)
def test_a_changed_result_is_a_difference(expected: str, actual: str) -> None:
    """Every digit, sign, exponent and word of an output counts."""
    assert outputs.compare(expected, actual) == [
        outputs.Difference(line=1, expected=expected, actual=actual)
    ]


def test_differences_carry_their_line_numbers() -> None:
    """Each difference names its line; a missing line shows as None."""
    found = outputs.compare("a\nb 1\nc\n", "a\nb 2\nc\nd\n")
    assert [(each.line, each.expected, each.actual) for each in found] == [
        (2, "b 1", "b 2"),
        (4, None, "d"),
    ]
    assert str(found[0]) == "line 2: expected 'b 1', got 'b 2'"


def test_a_tolerance_can_be_widened() -> None:
    """A caller whose numbers are rounded says how far apart they may be."""
    assert outputs.compare("M 10.01 3", "M 10.02 3") != []
    assert outputs.compare("M 10.01 3", "M 10.02 3", abs_tol=0.02) == []


def test_a_mutated_output_is_caught(program: outputs.Program) -> None:
    """Changing any one digit of a committed output by one is noticed, up to the ninth place.

    Left out is what remains of a difference that is zero on paper.
    """
    captured = program.output.read_text(encoding="utf-8")
    lines = captured.splitlines()
    for row, line in enumerate(lines):
        for number in outputs.NUMBER.finditer(line):
            if 0 < abs(float(number[0])) <= outputs.ROUNDING_RESIDUE:
                continue
            for place in [i for i in range(*number.span()) if line[i].isdigit()][:9]:
                digit = str((int(line[place]) + 1) % 10)
                mutant = line[:place] + digit + line[place + 1 :]
                text = "\n".join([*lines[:row], mutant, *lines[row + 1 :]])
                assert [each.line for each in outputs.compare(captured, text)] == [row + 1]


def test_capture_writes_the_output_once(
    snippet: Path, capture: Callable, capsys: pytest.CaptureFixture[str]
) -> None:
    """A first run writes the file and says so; a second finds it current and is silent."""
    assert capture() == 0
    assert snippet.with_suffix(".out").read_text() == "hello 0.3333333333333333\n"
    assert "hello.out" in capsys.readouterr().out

    assert capture() == 0
    assert capsys.readouterr().out == ""


def test_only_the_named_snippets_run(snippet: Path, capture: Callable) -> None:
    """A name limits the run to its snippet."""
    broken = snippet.with_name("broken.py")
    broken.write_text("1 / 0\n")
    assert capture("hello") == 0
    assert snippet.with_suffix(".out").exists()


def test_an_unknown_name_is_a_usage_error(
    snippet: Path, capture: Callable, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in a name ends with status 2 and the names there are."""
    with pytest.raises(SystemExit) as stop:
        capture("helo")
    assert stop.value.code == 2
    assert "no such program: helo (there are hello)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('print("half")\n1 / 0\n', "ZeroDivisionError: division by zero"),
        ("import numpy as np\nnp.exp(1000.0)\n", "RuntimeWarning: overflow encountered in exp"),
        ("raise SystemExit(3)\n", "exit status 3"),
    ],
)
def test_a_failing_snippet_keeps_its_old_output(
    capture: Callable, snippet: Path, capsys: pytest.CaptureFixture[str], source: str, reason: str
) -> None:
    """A snippet that fails costs one sentence and status 1; the others are still captured."""
    broken = snippet.with_name("broken.py")
    broken.write_text(source)
    broken.with_suffix(".out").write_text("as it was\n")

    assert capture() == 1
    error = capsys.readouterr().err.splitlines()
    assert len(error) == 1
    assert error[0].endswith(f"broken.py failed: {reason}")
    assert broken.with_suffix(".out").read_text() == "as it was\n"
    assert snippet.with_suffix(".out").exists()


def test_a_hanging_snippet_is_stopped(
    capture: Callable,
    snippet: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A snippet that never ends is a fault like any other."""
    snippet.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(outputs, "TIME_LIMIT", 0.2)
    assert capture() == 1
    assert "hello.py did not end within 0.2 seconds" in capsys.readouterr().err
    assert not snippet.with_suffix(".out").exists()


def test_an_output_that_cannot_be_written_is_one_sentence(
    snippet: Path, capture: Callable, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder in the place of an output is named with status 1, and the others are captured."""
    snippet.with_suffix(".out").mkdir()
    other = snippet.with_name("other.py")
    other.write_text('print("other")\n')
    assert capture() == 1
    assert capsys.readouterr().err == (
        f"{snippet.with_suffix('.out')} cannot be written: Is a directory\n"
    )
    assert other.with_suffix(".out").read_text() == "other\n"


def test_an_orphaned_output_is_named(
    snippet: Path, capture: Callable, capsys: pytest.CaptureFixture[str]
) -> None:
    """An output whose program is gone is reported, not deleted."""
    gone = snippet.with_name("gone.out")
    gone.write_text("old\n")
    assert capture() == 1
    assert "gone.out belongs to no program" in capsys.readouterr().err
    assert gone.exists()


def test_an_orphaned_result_is_named(snippet: Path, tmp_path: Path, capsys) -> None:
    """So are the captured results of a page that computes none any more."""
    gone = tmp_path / "results" / "gone.json"
    gone.parent.mkdir()
    gone.write_text("{}")
    assert outputs.main([], snippet.parent, gone.parent) == 1
    assert "gone.json belongs to no program" in capsys.readouterr().err


def test_a_result_that_fails_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page's module that cannot be run costs one sentence, and its old results stay."""
    broken = tmp_path / "no_such_page.py"
    broken.write_text("")
    captured = broken.with_suffix(".json")
    captured.write_text("{}")
    assert outputs.main([], tmp_path / "no_snippets", tmp_path) == 1
    (fault,) = capsys.readouterr().err.splitlines()
    assert fault.startswith(f"{broken} failed: ModuleNotFoundError: No module named")
    assert captured.read_text() == "{}"
