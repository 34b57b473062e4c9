"""Evaluates formulas for other programs: a request as a line of JSON in, an answer as one out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

import numpy as np

from .errors import FormulaError
from .evaluation.evaluate import evaluate
from .evaluation.functions import NAMED

FIELDS = ("tex", "values", "functions", "allow_unused")


LONGEST_NUMBER = 4000
"""Digits; Python reads not many more, and floating point holds far fewer."""


class RequestError(Exception):
    """A request that cannot be understood; its text is one clause for the user."""


def answers(lines: Iterable[bytes]) -> Iterator[str]:
    """Yield an answer to every line that is not blank, in their order.

    Args:
        lines: each a JSON object with the fields of `evaluate`; functions are named.
    """
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line), allow_nan=False)


def _answer(line: bytes) -> dict[str, Any]:
    """Return the value of one request, or the error."""
    try:
        tex, values, functions, allow_unused = _request(_parse(line))
        result = evaluate(tex, values, functions, allow_unused=allow_unused)
        return {"value": _plain(result)}
    except (RequestError, FormulaError) as error:
        return {"error": str(error)}
    except RecursionError:
        return {"error": "the request is nested too deeply"}
    except MemoryError:
        return {"error": "the request needs more memory than there is"}
    except Exception as error:  # a fault of ours must not cost the requests after it
        return {"error": f"the evaluator failed: {type(error).__name__}: {error}"}


def _parse(line: bytes) -> Any:
    """Return the content of a line of JSON."""
    try:
        return json.loads(
            line.decode("utf-8-sig"),
            parse_int=_whole,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError:
        raise RequestError("the line is not UTF-8") from None
    except ValueError as error:
        raise RequestError(f"the line is not JSON: {error}") from None


def _whole(text: str) -> int:
    """Return a whole number of no more digits than can be read."""
    if len(text) > LONGEST_NUMBER:
        raise RequestError(f"a number of more than {LONGEST_NUMBER} digits")
    return int(text)


def _refuse_constant(name: str) -> NoReturn:
    """Refuse the NaN and the infinities that Python would read."""
    raise RequestError(f"{name} is not JSON and not a number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object, whose names must differ."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RequestError(f"`{twice}` is given twice")
    return found


def _request(content: Any) -> tuple[str, dict[str, Any], dict[str, Any], bool]:
    """Return the fields of a request, each of its type."""
    if not isinstance(content, dict):
        raise RequestError("a request is an object with `tex` and `values`")
    for name in content:
        if name not in FIELDS:
            raise RequestError(f"unknown field `{name}`: there are {', '.join(FIELDS)}")
    tex = content.get("tex")
    if not isinstance(tex, str):
        raise RequestError("`tex` must be given, as a string")
    allow_unused = content.get("allow_unused", False)
    if not isinstance(allow_unused, bool):
        raise RequestError("`allow_unused` must be true or false")
    functions = {key: _function(key, name) for key, name in _named(content, "functions").items()}
    return tex, _named(content, "values"), functions, allow_unused


def _named(content: Mapping[str, Any], field: str) -> dict[str, Any]:
    """Return a field that is an object; it may be left out."""
    found = content.get(field, {})
    if not isinstance(found, dict):
        raise RequestError(f"`{field}` must be an object")
    return found


def _function(key: str, name: Any) -> Any:
    """Return a function by its name."""
    if not isinstance(name, str) or name not in NAMED:
        raise RequestError(
            f"function `{key}`: {json.dumps(name)} is none of {', '.join(sorted(NAMED))}"
        )
    return NAMED[name]


def _plain(value: Any) -> Any:
    """Return a result as JSON has it."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return np.asarray(value, dtype=float).tolist()
