"""Ten examples, a polynomial with and without a belt, and the epoch at which to fasten it."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.polynomial.legendre import legvander

from snippets.early_stopping import descend, examples, stop_early

from . import style
from .drawing import Drawing

EPOCHS, PATIENCE = 2000, 50  # as the snippet has them
MARKED = np.unique(np.geomspace(1, EPOCHS, 120).round().astype(int))  # even on a log axis


@dataclass(frozen=True, slots=True)
class Examples:
    """Features, shape (m, 10), and targets, shape (m,)."""

    features: np.ndarray
    targets: np.ndarray

    def error(self, w: np.ndarray) -> float:
        """Return the mean squared error of a polynomial with the weights w."""
        return float(np.mean((self.features @ w - self.targets) ** 2))


@dataclass(frozen=True, slots=True)
class Run:
    """The run of the snippet."""

    training: Examples
    validation: Examples
    weights: list[np.ndarray]  # of each epoch
    best: int  # epoch


def run() -> Run:
    """Return the run of the snippet, from the same seed."""
    rng = np.random.RandomState(0)
    training = Examples(*examples(np.linspace(-1, 1, 10), rng))
    validation = Examples(*examples(rng.uniform(-1, 1, 10), rng))
    weights = list(descend(training.features, training.targets, EPOCHS))
    best, _ = stop_early(((validation.error(w), w) for w in weights), PATIENCE)
    return Run(training, validation, weights, best)


def _fits() -> Figure:
    done = run()
    line, *_ = np.linalg.lstsq(done.training.features[:, :2], done.training.targets)
    features = legvander(x := np.linspace(-1, 1, 201), 9)
    curves = [features @ done.weights[done.best], features @ done.weights[-1]]
    curves.append(features[:, :2] @ line)

    figure, axes = style.plot("input $x$", "target and prediction", height=300)
    for curve, color, line_style in zip(curves, style.SERIES, style.LINE_STYLES, strict=True):
        axes.plot(x, curve, color=color, linestyle=line_style)
    for data, fill, label in (
        (done.training, style.INK, "training"),
        (done.validation, style.GROUND, "validation"),
    ):
        inputs = data.features[:, 1]  # of degree 1: x itself
        axes.scatter(
            inputs, data.targets, s=36, color=fill, edgecolor=style.INK, label=label, zorder=3
        )
    axes.legend(loc="upper left", frameon=False, handletextpad=0.2, borderaxespad=0.1)
    axes.text(-0.12, 0.62, f"degree 9,\nepoch {done.best}", ha="right", color=style.SERIES[0])
    axes.text(-0.78, -1.9, f"degree 9, epoch {EPOCHS}", color=style.SERIES[1])
    axes.text(0.2, -0.3, "degree 1", color=style.SERIES[2])
    axes.set_ylim(-2.2, 2.2)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1])
    axes.set_yticks([-2, -1, 0, 1, 2])
    return figure


def _epochs() -> Figure:
    done = run()
    figure, axes = style.plot("epoch", "mean squared error")
    for data, color, line_style in zip(
        (done.training, done.validation), style.SERIES, style.LINE_STYLES, strict=False
    ):
        errors = [data.error(done.weights[epoch]) for epoch in MARKED]
        axes.plot(MARKED, errors, color=color, linestyle=line_style)
    axes.text(1.05, 0.13, "training", color=style.SERIES[0])
    axes.text(3.6, 0.47, "validation", color=style.SERIES[1])
    for epoch, words, place in (
        (done.best, f"lowest,\nepoch {done.best}", (14, 0.36)),
        (done.best + PATIENCE, "patience\nruns out", (110, 0.36)),
    ):
        point = (epoch, done.validation.error(done.weights[epoch]))
        axes.plot(*point, "o", color=style.SERIES[1], markersize=7)
        axes.annotate(
            words,
            xy=point,
            xytext=place,
            fontsize=12,
            linespacing=1.1,
            arrowprops={"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.8, "shrinkB": 6},
        )
    axes.set_xscale("log")
    axes.minorticks_off()
    axes.set_ylim(-0.02, 0.7)
    axes.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    return figure


DRAWINGS = (
    Drawing(
        name="overfitting",
        title="Three fits to the same ten examples",
        description="Ten training examples and ten validation examples scatter about a wave. A"
        " straight line misses the wave. A polynomial of degree 9 after 2000 epochs runs through"
        " every training example and swings far out between them. The same polynomial taken at"
        " epoch 49 leaves some of them aside and follows the wave.",
        draw=_fits,
    ),
    Drawing(
        name="early-stopping",
        title="Training and validation error by epoch",
        description="On a logarithmic axis of epochs from 1 to 2000 the training error falls"
        " towards 0. The validation error falls from 0.6 to its lowest value, 0.16 at epoch 49,"
        " where the weights are kept, and climbs back to 0.62. Patience runs out at epoch 99.",
        draw=_epochs,
    ),
)
