"""Checks a formula of the site against its binding, on drawn inputs, and its mutants likewise."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from itertools import combinations
from numbers import Real
from typing import Any, NamedTuple

import numpy as np

from .binding import DRAWS, Binding, BindingError, Case, Draw, Kind
from .errors import FormulaError
from .evaluation.arrays import Array
from .evaluation.evaluate import Side, evaluate, names_of, sides
from .evaluation.relations import DisagreementError
from .mutants import Mutant, mutants, plain
from .pages import Formula
from .reading.parser import parse
from .syntax import Update

EXACT, NUMERICAL = 1e-9, 1e-6
"""How far two results may be apart, as a fraction; where one is a numerical derivative, more."""
NEAR_ZERO = {EXACT: 1e-12, NUMERICAL: 1e-8}
"""How far they may be apart where both should be 0."""
LEAST_WORDS = 5

DOCS = "docs/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of checking one formula."""

    formula: Formula
    binding: Binding
    cases: tuple[Case, ...] = ()
    """The inputs that were tried; none for a definition."""
    fault: str = ""
    """What is wrong, in a sentence with its place; nothing when the formula holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of trying the mutants of one formula."""

    refused: int = 0
    """Mutants that are refused for some inputs, and never give another result."""
    differing: int = 0
    """Mutants that give another result for some input."""
    equal: int = 0
    """Mutants that give the same, with a reason in the binding."""
    survived: int = 0
    """Mutants that give the same, without a reason."""
    faults: tuple[str, ...] = ()
    """A sentence for each survivor without a reason, and for each reason without a survivor."""

    @property
    def caught(self) -> int:
        """Mutants that were noticed."""
        return self.refused + self.differing


class Verdict(Enum):
    """What becomes of a mutant."""

    DIFFERS = auto()
    """It gives another result for some input."""
    REFUSED = auto()
    """It cannot be evaluated for some input, and gives no other result for any."""
    SURVIVES = auto()
    """It gives the same for all inputs."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a formula does not hold for a case."""

    message: str
    refused: bool
    """It cannot be evaluated; otherwise it gives another result."""


def place(formula: Formula) -> str:
    """Return where a formula stands, as ``path:line``."""
    return f"{DOCS}{formula.page}:{formula.line}"


def unmatched(
    formulas: Sequence[Formula], bindings: Mapping[str, Binding], *, whole: bool = True
) -> Iterator[str]:
    """Yield a sentence for each formula without a binding and each binding without a formula.

    Args:
        formulas: of the site.
        bindings: by label.
        whole: whether the formulas are all there are.
    """
    for formula in formulas:
        if formula.label not in bindings:
            yield f"{place(formula)}: {formula.label} has no binding in tools/formulas/bindings."
    labels = {formula.label for formula in formulas}
    for binding in bindings.values():
        if whole and binding.label not in labels:
            yield f"{binding.place}: {binding.label} is bound, and no page has that formula."


def check(formula: Formula, binding: Binding) -> Outcome:
    """Return whether a formula holds for all drawn inputs; if not, the first for which it fails.

    Args:
        formula: the formula.
        binding: what it is bound to; with another `of`, that one must be equalled.
    """
    cases: tuple[Case, ...] = ()
    try:
        if binding.kind is Kind.DEFINITION:
            _check_reason(binding)
        else:
            cases = tuple(_cases(binding))
            _check_shapes(binding, cases)
            _check_cases(formula, binding, cases)
    except BindingError as error:
        return Outcome(formula=formula, binding=binding, cases=cases, fault=str(error))
    return Outcome(formula=formula, binding=binding, cases=cases)


def try_mutants(outcome: Outcome) -> Trial:
    """Try every mutant of a formula that holds on the inputs for which it does.

    Args:
        outcome: what came of checking the formula; of one that fails, nothing is tried.
    """
    formula, binding, cases = outcome.formula, outcome.binding, outcome.cases
    if outcome.fault or not cases:
        return Trial()
    refused = differing = 0
    survivors: dict[str, Mutant] = {}
    for mutant in _mutants(formula, cases[0]):
        match _verdict(mutant, binding.kind, cases):
            case Verdict.DIFFERS:
                differing += 1
            case Verdict.REFUSED:
                refused += 1
            case Verdict.SURVIVES:
                survivors[plain(mutant.tex)] = mutant
    reasons = {plain(tex): reason for tex, reason in binding.equal_mutants.items()}
    unnoticed = [mutant for tex, mutant in survivors.items() if not _is_reason(reasons.get(tex))]
    stale = [tex for tex in reasons if tex not in survivors]
    return Trial(
        refused=refused,
        differing=differing,
        equal=len(survivors) - len(unnoticed),
        survived=len(unnoticed),
        faults=(
            *(
                f"{place(formula)}: {formula.label} is not told from its mutant `{mutant.tex}` "
                f"({mutant.what}): draw inputs for which they differ, or say in `equal_mutants` "
                "why there are none."
                for mutant in unnoticed
            ),
            *(
                f"{binding.place}: {formula.label} has no such surviving mutant as `{tex}`; "
                "take it out of `equal_mutants`."
                for tex in stale
            ),
        ),
    )


def _mutants(formula: Formula, case: Case) -> tuple[Mutant, ...]:
    """Return the mutants of a formula for what it is given in a case."""
    names = names_of(case.values, case.functions, case.dependent)
    arrays = [key for key, value in case.values.items() if not isinstance(value, Real)]
    return mutants(formula.tex, names, arrays)


def _verdict(mutant: Mutant, kind: Kind, cases: Sequence[Case]) -> Verdict:
    """Return what becomes of a mutant; that it leaves out what is given does not count."""
    verdict = Verdict.SURVIVES
    for case in cases:
        if found := objection(mutant.tex, kind, case, allow_unused=True):
            if not found.refused:
                return Verdict.DIFFERS
            verdict = Verdict.REFUSED
    return verdict


def objection(tex: str, kind: Kind, case: Case, *, allow_unused: bool = False) -> Objection | None:
    """Return why a formula does not hold for a case, or None when it does.

    Args:
        tex: the formula, or a mutant.
        kind: what the formula is.
        case: the input and the expected result.
        allow_unused: whether something may be given that the formula does not contain.
    """
    try:
        found = sides(tex, case.values, case.functions, case.dependent, allow_unused=allow_unused)
        expected = _updated(tex, found, case) if kind is Kind.UPDATE else case.expected
    except DisagreementError as error:
        return Objection(str(error), refused=False)
    except FormulaError as error:
        return Objection(f"it is refused: {error}", refused=True)
    if lack := _lack(kind, tex, found, expected):
        return Objection(lack, refused=True)
    computed = [side for side in found if side.value is not None]
    for side in computed if expected is not None else ():
        if not _equal(side.value, expected, NUMERICAL if side.numerical else EXACT):
            which = f"its side `{tex[slice(*side.span)]}`" if len(computed) > 1 else "it"
            return Objection(
                f"{which} gives {shown(side.value)} instead of {shown(expected)}",
                refused=False,
            )
    return None


def _updated(tex: str, found: Sequence[Side], case: Case) -> Any:
    """Return what the target of an update is after it."""
    target = tex[slice(*found[0].span)]
    values = {**case.values, **case.updated}
    return evaluate(target, values, case.functions, case.dependent, allow_unused=True)


def shown(value: Any) -> str:
    """Return a value for people: rounded, and only the ends of what is long."""
    if isinstance(value, tuple | list):
        return f"({', '.join(map(shown, value))})"
    array = np.asarray(value.entries if isinstance(value, Array) else value, dtype=float)
    if array.ndim == 0:
        return f"{float(array):.7g}"
    ends = 3 if array.ndim == 1 else 1
    text = np.array2string(array, precision=5, threshold=6, edgeitems=ends, separator=", ")
    return " ".join(text.split())


def _case_shown(number: int, case: Case) -> str:
    """Return one input for people."""
    values = ", ".join(f"{key} = {shown(value)}" for key, value in case.values.items())
    return f"in draw {number}, {values}" if values else f"in draw {number}"


def _cases(binding: Binding) -> Iterator[Case]:
    """Yield the inputs of a binding: the same ones in every run."""
    seed = zlib.crc32(binding.label.encode())
    for number in range(DRAWS):
        draw = Draw(number, np.random.default_rng([seed, number]))
        try:
            case = binding.case(draw, binding.of) if binding.case else None
        except Exception as error:  # whatever a snippet raises is told with its binding
            raise BindingError(
                f"{binding.place}: draw {number} of {binding.label} ends in "
                f"{type(error).__name__}: {error}."
            ) from error
        if not isinstance(case, Case):
            raise BindingError(f"{binding.place}: {binding.label} draws no Case.")
        is_update = binding.kind is Kind.UPDATE
        if bool(case.updated) is not is_update or (is_update and case.expected is not None):
            raise BindingError(
                f"{binding.place}: {binding.label} is bound as {binding.kind}: an update, and "
                "nothing else, says in `updated` what it gives, and has no `expected`."
            )
        if case.expected is not None and not _is_finite(case.expected):
            raise BindingError(
                f"{binding.place}: {binding.label} expects {shown(case.expected)} "
                f"{_case_shown(number, case)}."
            )
        yield case


def _check_reason(binding: Binding) -> None:
    """Raise a BindingError unless a definition has a reason."""
    if not _is_reason(binding.reason):
        raise BindingError(
            f"{binding.place}: {binding.label} needs a sentence that says why "
            "nothing can be computed."
        )


def _is_reason(text: str | None) -> bool:
    """Return whether a text is a sentence rather than a word."""
    return text is not None and len(text.split()) >= LEAST_WORDS and text.rstrip().endswith(".")


def _check_shapes(binding: Binding, cases: Sequence[Case]) -> None:
    """Raise a BindingError if some array has two equal sides in every draw, and no reason."""
    equal = [dict(_equal_sides(case)) for case in cases]
    always = set.intersection(*map(set, equal))
    square = {sides.key for sides in always if any(found[sides] > 1 for found in equal)}
    for key in sorted(square):
        if not _is_reason(binding.square.get(key)):
            raise BindingError(
                f"{binding.place}: {binding.label} draws {key} with two equal sides every time, "
                "for which swapped indices may go unseen; draw distinct sizes, or say in `square` "
                "why they are equal."
            )
    for key in sorted(binding.square.keys() - square):
        raise BindingError(
            f"{binding.place}: {binding.label} does not always draw {key} with two equal sides; "
            "take it out of `square`."
        )


class _Sides(NamedTuple):
    """Two sides of an array, or of one of several layers."""

    key: str
    layer: int
    first: int
    second: int


def _equal_sides(case: Case) -> Iterator[tuple[_Sides, int]]:
    """Yield every two sides that are equal, and their length."""
    for key, value in case.values.items():
        for layer, array in enumerate(value if isinstance(value, tuple | list) else (value,)):
            shape = array.entries.shape if isinstance(array, Array) else np.shape(array)
            for first, second in combinations(range(len(shape)), 2):
                if shape[first] == shape[second]:
                    yield _Sides(key, layer, first, second), shape[first]


def _check_cases(formula: Formula, binding: Binding, cases: Sequence[Case]) -> None:
    """Raise a BindingError for the first case for which a formula does not hold."""
    names = names_of(cases[0].values, cases[0].functions, cases[0].dependent)
    with suppress(FormulaError):  # what cannot be read is told with its case
        is_update = isinstance(parse(formula.tex, names), Update)
        if is_update is not (binding.kind is Kind.UPDATE):
            raise BindingError(
                f"{binding.place}: {binding.label} is bound as {binding.kind}, and "
                rf"{'has' if is_update else 'lacks'} the \leftarrow of an update."
            )
    for number, case in enumerate(cases):
        if found := objection(formula.tex, binding.kind, case):
            against = f", bound to {binding.function}," if binding.function else ""
            raise BindingError(
                f"{place(formula)}: {formula.label}{against} fails: {found.message}, "
                f"{_case_shown(number, case)}."
            )


def _lack(kind: Kind, tex: str, found: Sequence[Side], expected: Any) -> str:
    """Return what a formula needs for its kind and does not have, if anything."""
    if kind is not Kind.UPDATE:
        for side in found:
            if side.value is None:
                return f"its side `{tex[slice(*side.span)]}` is not given, and goes unchecked"
    if kind is Kind.DERIVATIVE and not any(side.numerical for side in found):
        return "no side of it is differentiated numerically"
    if expected is None and (kind is not Kind.IDENTITY or len(found) < 2):
        return "there is nothing to compare it with"
    return ""


def _equal(value: Any, expected: Any, tolerance: float) -> bool:
    """Return whether two results are equal in shape and, nearly, in value."""
    if isinstance(value, tuple) or isinstance(expected, tuple):
        return (
            isinstance(value, tuple)
            and isinstance(expected, tuple)
            and len(value) == len(expected)
            and all(_equal(a, b, tolerance) for a, b in zip(value, expected, strict=True))
        )
    return np.shape(value) == np.shape(expected) and bool(
        np.allclose(value, expected, rtol=tolerance, atol=NEAR_ZERO[tolerance])
    )


def _is_finite(value: Any) -> bool:
    """Return whether all numbers of a result are finite."""
    if isinstance(value, tuple):
        return all(map(_is_finite, value))
    return bool(np.isfinite(value).all())
