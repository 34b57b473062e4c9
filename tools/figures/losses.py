"""How hard two losses pull at the right class's logit."""

import numpy as np
from matplotlib.figure import Figure

from snippets.cross_entropy import logits_gradient
from snippets.softmax import softmax, softmax_jacobian

from . import style
from .drawing import Drawing

TARGET = np.array([1.0, 0.0])


def pulls(margin: np.ndarray) -> np.ndarray:
    """Return p and two sizes of the gradient by the right logit, shape (3, n), for two classes.

    The rows are the probability of the right class, the gradient of cross-entropy, and that of
    half the summed squared error of softmax's output.

    Args:
        margin: By how much the right logit exceeds the other, shape (n,).
    """
    rows = []
    for z in np.stack([margin, np.zeros_like(margin)], axis=-1):
        p = softmax(z)
        by_entropy = logits_gradient(TARGET, z)
        by_square = (p - TARGET) @ softmax_jacobian(z)
        rows.append([p[0], abs(by_entropy[0]), abs(by_square[0])])
    return np.transpose(rows)


def _gradients() -> Figure:
    p, by_entropy, by_square = pulls(np.linspace(-9, 9, 121))
    figure, axes = style.plot("probability $p$ of the right class", "size of the gradient")
    axes.plot(p, by_entropy, color=style.SERIES[0], linestyle=style.LINE_STYLES[0])
    axes.plot(p, by_square, color=style.SERIES[1], linestyle=style.LINE_STYLES[1])
    axes.text(0.36, 0.7, "cross-entropy, $1 - p$", color=style.SERIES[0])
    axes.text(0.2, 0.06, "half squared error,\n$2p(1 - p)^2$", color=style.SERIES[1])
    axes.annotate(
        "confident\nand wrong",
        xy=(0.006, 0.03),
        xytext=(0.05, 0.5),
        va="center",
        fontsize=12,
        linespacing=1.1,
        arrowprops={"arrowstyle": "-|>", "color": style.INK, "linewidth": 0.8},
    )
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.05)
    return figure


DRAWINGS = (
    Drawing(
        name="loss-gradients",
        title="The gradient of two losses by the logit of the right class",
        description="For two classes. The gradient of cross-entropy has the size 1 minus p: it is"
        " largest when the right class has probability 0 and fades as p nears 1. The gradient of"
        " half the squared error, 2 p times the square of 1 minus p, peaks at p = 1/3 and is also"
        " 0 at p = 0, so a confidently wrong network learns nothing from it.",
        draw=_gradients,
    ),
)
