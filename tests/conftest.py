"""What all tests share: the root, the list of references, the shell, and the gradient check."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tools.references import store
from tools.references.model import Reference

Function = Callable[[np.ndarray], np.ndarray | float]

SITE = Path(__file__).parent / "site"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Share the tests among processes, where pytest has several (``-n 2 --dist loadgroup``).

    Those of one file stay together, since they share fixtures, and so do those that look at every
    page, since a page is loaded once for all of them. What drives a browser begins first: it takes
    the longest.
    """
    for item in items:
        every_page = "opened" in getattr(item, "fixturenames", ())
        group = "every page" if every_page else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: not item.path.is_relative_to(SITE))


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def references() -> list[Reference]:
    """The references of the site, in their order, read once for all tests that look at them."""
    return store.load()


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Call a program's main function as the shell does; return status, output and errors."""

    def call(main: Callable[[list[str]], int], *args: object) -> tuple[int, str, str]:
        try:
            status = main([str(arg) for arg in args])
        except SystemExit as exit_:  # argparse ends this way on wrong usage
            status = int(exit_.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def central_difference(f: Function, x: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Return the derivative of f at x along a direction, right to about ten digits."""
    h = 1e-5  # balances the cubic term, h**2, against rounding, 1e-16 / h
    return (np.asarray(f(x + h * direction)) - np.asarray(f(x - h * direction))) / (2 * h)


def complex_step(f: Function, x: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Return the same right to the last digit or two, where f is made of analytic functions.

    Nothing is subtracted, so h can be as small as it likes and no digit is lost.
    """
    h = 1e-20
    return np.imag(f(x + 1j * h * direction)) / h


@pytest.fixture
def gradient_error() -> Callable[..., float]:
    """Return the gradient check: how far a claimed derivative is from a numerical one.

    Every derivative that is written by hand has to pass it.
    """

    def error(
        f: Function,
        x: np.ndarray | float,
        claimed: np.ndarray | float,
        rule: Callable[[Function, np.ndarray, np.ndarray], np.ndarray] = central_difference,
    ) -> float:
        """Return the largest deviation, as a fraction of the largest true entry.

        Args:
            f: A function of one array, with a value of any shape.
            x: Where to take the derivative, of any shape.
            claimed: The derivative to be checked, shape of f(x) followed by shape of x.
            rule: How to take the derivative along one axis.
        """
        x, claimed = np.asarray(x, dtype=float), np.asarray(claimed)
        axes = np.eye(x.size).reshape((x.size, *x.shape))
        partial = np.stack([rule(f, x, axis) for axis in axes], axis=-1)
        true = partial.reshape((*partial.shape[:-1], *x.shape))
        assert claimed.shape == true.shape
        return float(np.max(np.abs(claimed - true)) / np.max(np.abs(true)))

    return error


@pytest.fixture
def gradient_error_exact(gradient_error: Callable[..., float]) -> Callable[..., float]:
    """Return the same check by complex steps, for functions that take complex numbers."""
    return lambda f, x, claimed: gradient_error(f, x, claimed, rule=complex_step)
