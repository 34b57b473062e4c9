"""What docs/practice/transfer-learning.md says of its plan, and its figures worked out by hand."""

from itertools import product

import numpy as np
import pytest

from snippets.transfer import PRETRAINED, parameters, plan, step

CLASSES = 5


def test_only_the_head_can_bend(captured) -> None:
    """By hand, the head has for each class 64 weights and a bias, and so on for all layers."""
    assert captured["case_1.head"] == CLASSES * (64 + 1) == 325
    convolutions = 16 * (9 * 3 + 1) + 32 * (9 * 16 + 1) + 64 * (9 * 32 + 1)
    dense = 128 * (4 * 4 * 64 + 1) + 64 * (128 + 1)
    assert captured["case_1.network"] == convolutions + dense + 325
    layers = plan(large=False, similar=True, classes=CLASSES)
    assert parameters([layer for layer in layers if layer.rate]) == 325


def test_size_decides_whether_to_freeze() -> None:
    """Whether the old layers are frozen depends on size alone, where to cut only on case 2."""
    for large, similar in product((False, True), repeat=2):
        kept = plan(large, similar, CLASSES)[:-1]
        assert {layer.rate == 0 for layer in kept} == {not large}
        assert (len(kept) == len(PRETRAINED) - 1) == (large or similar)


def test_case_2_cuts_most_of_the_network() -> None:
    """Of six layers, four go."""
    assert len(PRETRAINED) == 6
    assert len(plan(large=False, similar=False, classes=CLASSES)) - 1 == 2


def test_case_3_takes_a_tenth_of_the_rate() -> None:
    """The old layers step at a tenth of the head's rate, and case 4 first tries the same."""
    *kept, head = plan(large=True, similar=True, classes=CLASSES)
    assert [layer.rate / head.rate for layer in kept] == pytest.approx([0.1] * 5)
    assert plan(large=True, similar=False, classes=CLASSES) == [*kept, head]


def test_second_exercise(captured) -> None:
    """By hand: 2048 inputs and a bias for each class, five for each image; or 32 and a bias."""
    assert captured["case_2.inputs"] == 32 * 8 * 8
    assert captured["case_2.whole"] == 2048 * 5 + 5
    assert captured["case_2.means"] == 32 * 5 + 5
    assert round(captured["case_2.whole"] / 2000) == 5


def test_third_exercise(captured) -> None:
    """Weight decay leaves 0.999 to the power of 1000, about 1/e; ``step`` leaves all of it."""
    assert captured["decayed"] == pytest.approx(0.999**1000)
    assert captured["decayed"] == pytest.approx(np.exp(-1), rel=1e-3)
    frozen = [np.ones(3)]
    for _ in range(1000):
        frozen = step(frozen, [0.1 * frozen[0]], [0.0], alpha=0.01)
    assert (frozen[0] == 1).all()
