"""The figures in docs/practice/transfer-learning.md, computed with the snippet."""

from itertools import product

import numpy as np
import pytest

from snippets.transfer import PRETRAINED, Layer, parameters, plan, step

CLASSES = 5


def test_only_the_head_can_bend() -> None:
    """In case 1 the head has 325 of 163,365 parameters: for each class 64 weights and a bias."""
    layers = plan(large=False, similar=True, classes=CLASSES)
    assert parameters(layers[-1:]) == 325 == CLASSES * (64 + 1)
    assert parameters(layers) == 163_365
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


def test_second_exercise() -> None:
    """A head on 32 maps of 8 x 8 has 10,245 parameters, five for each image, instead of 165."""
    maps = plan(large=False, similar=False, classes=CLASSES)[-2].shape[-1]
    side = 32 // 2**2  # two poolings
    assert (maps, side, maps * side**2) == (32, 8, 2048)
    assert parameters([Layer("head", (maps * side**2, CLASSES))]) == 10_245
    assert parameters(plan(large=False, similar=False, classes=CLASSES)[-1:]) == 165
    assert round(10_245 / 2000) == 5


def test_third_exercise() -> None:
    """Weight decay leaves 0.37 of a weight without a slope; ``step`` leaves all of it."""
    alpha, strength = 0.01, 0.1
    decayed, frozen = np.ones(3), [np.ones(3)]
    for _ in range(1000):
        decayed = decayed - alpha * (np.zeros(3) + strength * decayed)
        frozen = step(frozen, [strength * frozen[0]], [0.0], alpha)
    assert decayed == pytest.approx(0.37, abs=0.005)
    assert round((1 - alpha * strength) ** 1000, 2) == 0.37
    assert (frozen[0] == 1).all()
