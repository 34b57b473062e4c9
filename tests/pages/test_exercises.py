"""What the solutions say of their code, against what it prints.

That it prints this is compared with a fresh run by the tests of captured outputs.
"""

import math
import re
from pathlib import Path

import pytest

EXERCISES = Path(__file__).resolve().parents[2] / "snippets" / "exercises"


def printed(name: str) -> list[list[float]]:
    """Return the numbers that the code of a solution prints, line by line."""
    output = (EXERCISES / f"{name}.out").read_text(encoding="utf-8")
    lines = [
        re.findall(r"(?<![\w.])-?\d+\.?\d*(?![\w.]*[a-z])", line) for line in output.splitlines()
    ]
    return [[float(number) for number in line] for line in lines]


@pytest.mark.parametrize("path", sorted(EXERCISES.glob("*.py")), ids=lambda path: path.stem)
def test_it_fits_on_a_page(path: Path) -> None:
    """Lines of code and of output are at most 80 characters, or less by the solution's indent."""
    text = path.read_text(encoding="utf-8") + path.with_suffix(".out").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > 80] == []


def test_half_of_the_measured_slope() -> None:
    """For x = 2 somebody's derivative is half of the measured one, and ours is all of it."""
    for _, measured, ours, other in printed("measured_slope")[1:]:
        assert measured == ours == pytest.approx(2 * other)


def test_drawing_with_return_misses_as_many_as_expected() -> None:
    """The shares that draws miss are those of the formula, within chance."""
    for m, missed, expected in printed("drawn_batches"):
        assert expected == pytest.approx((1 - 1 / m) ** m, abs=5e-4)
        assert missed == pytest.approx(expected, abs=0.005)


def test_several_neighbours_help_and_too_many_do_not() -> None:
    """One neighbour errs by about twice the scatter of 2.25, twenty by little more than it."""
    errors = dict(printed("more_neighbours"))
    assert errors[1] == pytest.approx(4.5, abs=0.3)
    assert errors[20] == pytest.approx(2.25, abs=0.1)
    assert errors[1] > errors[5] > errors[20]
    assert errors[2000] > 50


def test_xor_is_or_and_nand() -> None:
    """The three columns are what their names say of the two inputs."""
    for first, second, either, not_both, xor in printed("xor_by_hand"):
        assert either == (first or second)
        assert not_both == 1 - first * second
        assert xor == (first != second)


def test_equal_weights_stay_equal() -> None:
    """Each row of the first matrix, and the second, holds four times the same number."""
    _, *rows, error = printed("equal_weights")
    assert len(rows) == 4
    assert all(len(set(row)) == 1 and len(row) == 4 for row in rows)
    assert error[-1] > 1


def test_a_gate_has_slope_one() -> None:
    """Ours agrees with the measured slopes, somebody's does not."""
    (ours,), (other,) = printed("open_gates")
    assert ours == 0
    assert other > 0.1


def test_prediction_minus_target_is_measured() -> None:
    """Both lines agree, and are what is known of the example."""
    measured, computed = printed("measured_gradient")
    assert measured == computed
    assert computed == pytest.approx([0.2312, -0.3715, 0.1402], abs=5e-5)


def test_a_sure_logit() -> None:
    """Typed as it stands, the formula gives no number; from the logit it gives 0, nearly right."""
    output = (EXERCISES / "sure_logit.out").read_text(encoding="utf-8").splitlines()
    assert [line.split()[-1] for line in output] == ["True", "nan", "0.0"]
    assert 0 < math.log1p(math.exp(-40)) < 1e-17


def test_the_degree_that_just_fits_is_worst() -> None:
    """Degree 9 is worst, those above are better again, degree 3 is best."""
    distance = dict(printed("smallest_fits"))
    assert distance[9] == max(distance.values())
    assert distance[9] > distance[11] > distance[30] > distance[3]


def test_the_middle_pixel_collects_from_both_places() -> None:
    """Its slope is w2 delta1 + w1 delta2, worked out by hand for these numbers."""
    slopes, by_hand = printed("one_row")
    assert slopes == [5 * 10, 7 * 10 + 5 * 1000, 7 * 1000]
    assert by_hand[-1] == slopes[1]
