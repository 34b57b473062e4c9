"""Titles: damage is mended, sound titles are left alone."""

import pytest

from tools.references.titles import repair, title_key

DAMAGED = [
    (
        "ImageNet Classiﬁcation with Deep Convolutional NeuralNetworks",
        "ImageNet Classification with Deep Convolutional Neural Networks",
    ),
    (
        "An Empirical Explorationof Recurrent Network Architectures",
        "An Empirical Exploration of Recurrent Network Architectures",
    ),
    (
        "EmergenceofLocomotionBehaviours inRichEnvironments",
        "Emergence of Locomotion Behaviours in Rich Environments",
    ),
    ("An Explorationof ImageNet", "An Exploration of ImageNet"),
    ("Understanding the difﬁculty of training", "Understanding the difficulty of training"),
    ("Visualizing what ConvNets learn)", "Visualizing what ConvNets learn"),
    ("[Draft Deep Learning (book)", "Draft Deep Learning (book)"),
    (" Learning  to\ttrade ", "Learning to trade"),
    ("Soft\N{SOFT HYPHEN}max", "Softmax"),
    (
        "SESSION-BASED RECOMMENDATIONS WITH RECURRENT NEURAL NETWORKS",
        "Session-Based Recommendations with Recurrent Neural Networks",
    ),
    (
        "SEQUENCE-TO-SEQUENCE RNNS FOR TEXT SUMMARIZATION",
        "Sequence-to-Sequence RNNs for Text Summarization",
    ),
    ("WHAT'S NEW IN GANS: AN OVERVIEW", "What's New in GANs: An Overview"),
]
SOUND = [
    "OpenAI",
    "ResNetCAM-keras",
    "Exploring LSTMs",
    "AutoDraw",
    "OpenFrameworks",
    "TensorFlow and PyTorch by DeepMind",
    "MIT 6.S094: Deep Learning for Self-Driving Cars",
    "The MNIST Database of Handwritten Digits",
    "LSTM GRU RNN",
    "CIFAR-10",
    "A Proof of Washington's Theorem on Thin Domains",
    "iOS and eBay",
    "Mean Squared Error (MSE) [draft]",
    "GoogLeNet: f(x) → y",
]


@pytest.mark.parametrize(("damaged", "mended"), DAMAGED)
def test_damage_is_mended(damaged: str, mended: str) -> None:
    """What copying did to a title is undone."""
    assert repair(damaged) == mended


@pytest.mark.parametrize("title", SOUND + [mended for _, mended in DAMAGED])
def test_sound_title_stays(title: str) -> None:
    """Names, acronyms and mended titles are not touched."""
    assert repair(title) == title


def test_key_ignores_case_punctuation_and_damage() -> None:
    """Two spellings of one title share a key, two titles do not."""
    assert title_key("Understanding the difﬁculty, of training!") == title_key(
        "UNDERSTANDING THE DIFFICULTY OF TRAINING"
    )
    assert title_key("Convergent series") != title_key("Divergent series")
