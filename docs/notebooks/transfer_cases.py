# ---
# jupyter:
#   description: >-
#     The four cases of transfer learning, run in NumPy on made-up data: when a new head, an early
#     cut, fine-tuning or a fresh start comes out ahead.
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The four cases, measured
#
# The last page gave advice for four cases. Does it hold where everything is known? Here is a world
# made up for the purpose, with edges, shapes and classes. It is a **synthetic demonstration**, in
# sizes chosen so that the cases come apart. It shows how the advice comes about, and proves
# nothing about photographs.
#
# You need [transfer learning: four cases](../practice/transfer-learning.md).

# %%
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from snippets.softmax import softmax
from snippets.transfer import Arrays, step
from tools.figures import style
from tools.figures.drawing import Drawing


def draw_edges(rng: np.random.Generator) -> np.ndarray:
    """Return twelve perpendicular directions of the input, shape (24, 12)."""
    return np.linalg.qr(rng.standard_normal((24, 12)))[0]


def draw_shapes(rng: np.random.Generator) -> np.ndarray:
    """Return six sums and differences of three edges each, shape (12, 6)."""
    picks = [rng.permutation([1] * 3 + [0] * 9) for _ in range(6)]
    return np.transpose(picks) * rng.choice([-1, 1], (12, 6))


def examples(
    rng: np.random.Generator,
    m: int,
    edges: np.ndarray,
    shapes: np.ndarray,
    classes: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs (m, 24), and the class with the most points for each."""
    x = rng.standard_normal((m, 24))
    early = np.abs(x @ edges)  # an edge is one from either side
    middle = np.maximum((early - early.mean(axis=0)) @ shapes, 0)
    votes = rng.standard_normal((6, classes))
    return x, np.argmax((middle - middle.mean(axis=0)) @ votes, axis=1)


# %% [markdown]
# Another task is *similar* if it has the same edges and shapes, and only its classes are new. It
# is *different* if its shapes are new too.
#
# ## The network
#
# Three hidden layers of ReLUs, 48, 32 and 24 wide, and a head. Each layer is one array, whose last
# row holds the biases. The update is `step` from that page.


# %%
def random_layers(rng: np.random.Generator, *sizes: int) -> Arrays:
    """Return arrays of shape (inputs + 1, units), scaled for ReLU."""
    layers = []
    for n, k in pairwise(sizes):
        weights = rng.normal(0, np.sqrt(2 / n), (n, k))
        layers.append(np.vstack([weights, np.zeros(k)]))
    return layers


def forward(x: np.ndarray, layers: Arrays) -> Arrays:
    """Return what enters each layer, and last of all the logits."""
    outputs = [x]
    for k, w in enumerate(layers, start=1):
        z = outputs[-1] @ w[:-1] + w[-1]
        outputs.append(z if k == len(layers) else np.maximum(z, 0))
    return outputs


def gradients(x: np.ndarray, y: np.ndarray, layers: Arrays) -> Arrays:
    """Return the slopes of the mean cross-entropy, for one-hot y."""
    *inputs, logits = forward(x, layers)
    delta, slopes = (softmax(logits) - y) / len(x), []
    for k, a in reversed(list(enumerate(inputs))):
        slopes.insert(0, np.vstack([a.T @ delta, delta.sum(axis=0)]))
        if k:
            delta = (delta @ layers[k][:-1].T) * (a > 0)
    return slopes


def train(
    rng: np.random.Generator,
    x: np.ndarray,
    y: np.ndarray,
    layers: Arrays,
    rates: list[float],
    epochs: int,
) -> Arrays:
    """Return the layers after training in mini-batches of 80."""
    frozen = rates.count(0)  # the first layers: their output never changes
    a, trained = forward(x, layers)[frozen], layers[frozen:]
    one_hot = np.eye(layers[-1].shape[1])[y]
    for _ in range(epochs):
        for rows in np.split(rng.permutation(len(a)), len(a) // 80):
            slopes = gradients(a[rows], one_hot[rows], trained)
            trained = step(trained, slopes, rates[frozen:], alpha=0.3)
    return layers[:frozen] + trained


def accuracy(x: np.ndarray, y: np.ndarray, layers: Arrays) -> float:
    """Return the fraction of examples whose class gets the largest logit."""
    return np.mean(forward(x, layers)[-1].argmax(axis=1) == y)


# %% [markdown]
# ## Five ways, five worlds
#
# Each seed draws a world, pre-trains a network on 20,000 examples of eight classes, then meets
# four new classes, with 80 examples or with 6,000. All five ways to go on get the same examples
# and the same number of epochs. Accuracy is measured on 4,000 fresh ones.

# %%
WAYS = ("from scratch", "new head", "early cut", "fine-tune 0.1", "fine-tune 1")
CASES = (
    "small, similar",
    "small, different",
    "large, similar",
    "large, different",
)


def five_ways(rng: np.random.Generator, old: Arrays) -> dict:
    """Return for each way the layers to start from, and their rates."""
    kept, head = old[:-1], random_layers(rng, 24, 4)
    return {
        "from scratch": (random_layers(rng, 24, 48, 32, 24, 4), [1, 1, 1, 1]),
        "new head": (kept + head, [0, 0, 0, 1]),
        "early cut": (kept[:1] + random_layers(rng, 48, 4), [0, 1]),
        "fine-tune 0.1": (kept + head, [0.1, 0.1, 0.1, 1]),
        "fine-tune 1": (kept + head, [1, 1, 1, 1]),
    }


# Accuracies, one for each seed: on the examples trained on, and on fresh ones
seen = {(case, way): [] for case in CASES for way in WAYS}
fresh = {(case, way): [] for case in CASES for way in WAYS}
for seed in range(5):
    rng = np.random.default_rng(seed)
    edges, shapes, others = draw_edges(rng), draw_shapes(rng), draw_shapes(rng)
    x, y = examples(rng, 20_000, edges, shapes, classes=8)
    start = random_layers(rng, 24, 48, 32, 24, 8)
    old = train(rng, x, y, start, [1, 1, 1, 1], epochs=15)
    for kind, found in (("similar", shapes), ("different", others)):
        x, y = examples(rng, 10_000, edges, found, classes=4)
        assert len(x[6000:]) == 4000
        for size, m, epochs in (("small", 80, 200), ("large", 6000, 10)):
            for way, (layers, rates) in five_ways(rng, old).items():
                new = train(rng, x[:m], y[:m], layers, rates, epochs)
                key = (f"{size}, {kind}", way)
                seen[key].append(accuracy(x[:m], y[:m], new))
                fresh[key].append(accuracy(x[6000:], y[6000:], new))

mean = {key: np.mean(values) for key, values in fresh.items()}
print(" " * 17, "  ".join(WAYS))
for case in CASES:
    cells = (f"{mean[case, way]:{len(way)}.2f}" for way in WAYS)
    print(f"{case:17}", "  ".join(cells))


def leads(case: str, best: str, *tied: str) -> bool:
    """Return whether a way is ahead of all others but those named tied."""
    rest = set(WAYS) - {best, *tied}
    return all(mean[case, best] - mean[case, way] > 0.02 for way in rest)


# %% tags=["hide-input"]
ADVICE = {
    "small, similar": ("new head",),
    "small, different": ("early cut",),
    "large, similar": ("fine-tune 0.1",),
    "large, different": ("fine-tune 0.1", "fine-tune 1"),
}


def panels() -> Figure:
    figure = style.canvas(height=330)
    grid = figure.subplots(2, 2, sharex=True, sharey=True)
    for number, case in enumerate(CASES, start=1):
        axes = grid.flat[number - 1]
        for row, way in enumerate(WAYS):
            advised = way in ADVICE[case]
            color = style.SERIES[1] if advised else style.SERIES[0]
            axes.plot(
                fresh[case, way],
                [row] * 5,
                "o",
                color=color,
                markerfacecolor=color if advised else style.GROUND,
                markersize=4.5,
                markeredgewidth=1,
            )
            axes.plot(mean[case, way], row, "|", color=color, markersize=17)
        axes.set_title(f"{number}: {case}", loc="left", fontsize=12)
        axes.grid(visible=True, axis="x")
        axes.set_axisbelow(True)
    axes.set_yticks(range(len(WAYS)), WAYS)
    axes.set_ylim(len(WAYS) - 0.5, -0.5)
    axes.set_xlim(0.2, 1)
    axes.set_xticks([0.25, 0.5, 0.75, 1], ["¼", "½", "¾", "1"])
    figure.supxlabel("accuracy on fresh examples", fontsize=13, color=style.INK)
    return figure


Drawing(
    name="transfer-measured",
    title="Accuracy of five ways in the four cases",
    description="Four panels with five rows of five dots each. Small and"
    " similar: the new head and careful fine-tuning lead together. Small and"
    " different: the early cut leads. Large and similar: careful fine-tuning"
    " leads. Large and different: fine-tuning at the full rate leads, and the"
    " new head is far behind.",
    draw=panels,
)

# %% [markdown]
# *A dot for each world, a stroke for their mean; guessing comes to about ¼. Filled: what the page
# advises. "Fine-tune 0.1" trains the layers that were kept at a tenth of the head's rate.*
#
# ## Little data
#
# Every network that is trained whole knows its 80 examples by heart. From scratch, that is all it
# knows:

# %%
known = {way: np.mean(seen["small, similar", way]) for way in WAYS}
similar = {way: mean["small, similar", way] for way in WAYS}
for way in WAYS:
    print(f"{way:14} seen {known[way]:.2f}   fresh {similar[way]:.2f}")

by_heart = ("from scratch", "fine-tune 0.1", "fine-tune 1")
assert min(known[way] for way in by_heart) > 0.99
assert similar["from scratch"] < 0.4
assert leads("small, similar", "new head", "fine-tune 0.1")
assert leads("small, different", "early cut")
assert abs(similar["new head"] - similar["fine-tune 0.1"]) < 0.02  # a tie

# %% [markdown]
# In case 1 the new head is ahead, together with careful fine-tuning: **a tie**. At the full rate
# the good features suffer. In case 2 the early cut wins, since the upper layers found shapes that
# no longer matter. Networks that learned from photographs are alike in this: their early features
# are general, the later ones belong to their task [@yosinski2014transferable].
#
# ## Much data
#
# Now freezing costs more than it saves, and most of all where the frozen shapes are the wrong ones.

# %%
assert leads("large, similar", "fine-tune 0.1")
assert leads("large, different", "fine-tune 1")

different = {way: mean["large, different", way] for way in WAYS}
assert min(different, key=different.__getitem__) == "new head"
assert abs(different["fine-tune 0.1"] - different["from scratch"]) < 0.05

# %% [markdown]
# In case 3 fine-tuning wins, and a tenth of the rate beats the full one. In case 4 it wins only at
# the full rate. A tenth, kind to good weights, is too timid for wrong ones, and leaves fine-tuning
# no better than a fresh start of the same length.
#
# ## Summary
#
# - Little data: freeze. A similar task can use all old features, a different one the early ones.
# - Much data: fine-tune. The less the old weights fit, the larger their rate may be.
# - Overfitting shows as the gap between seen and fresh examples.
# - Five small worlds show an order, not its size elsewhere. Only differences above 0.02 count
#   here.
