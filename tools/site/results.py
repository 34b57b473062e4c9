"""Python-Markdown extension: ``{{ name format }}`` shows a captured result of the page.

The format is one of Python's: ``{{ error .4f }}``, ``{{ share .0% }}``, ``{{ rate .1e }}``, with a
``,`` before it to part the thousands. A whole number needs none, and takes at most the ``,``. Of a
result that holds several numbers each is shown, with commas between. Signs, powers of ten and the
like are set as the text around them wants it: in words, or in TeX between dollars.

It is a preprocessor, so that every other extension sees numbers. Fenced code is gone by then, and
code within a line or in tags is left alone, as are comments. Display formulas hold no results: they
are checked as letters.
"""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from ..results import Value
from .source import current, log, mark_unknown, warn

RESULTS = Path(__file__).resolve().parents[1] / "results"

# What the text of a page is cut into, as far as it matters here: whatever is read by others, and
# the results between. Nothing of it runs on over an empty line, but for what stands in tags.
PIECE = re.compile(
    r"""\\.
    | (?P<code> (?P<ticks>`+) (?:(?!\n\s*\n).)+? (?<!`) (?P=ticks) (?!`) )
    | <(?P<tag>code|pre)\b .*? </(?P=tag)> | <!-- .*? -->
    | (?P<display> \$\$ (?:(?!\n\s*\n).)+? \$\$ )
    | (?P<inline> \$ (?!\s) (?: \\. | (?!\n\s*\n) [^\\$] )+? (?<!\s) \$ )
    | (?P<braces> \{\{ (?: [ ] (?P<words> [^{}\n]+ ) [ ] \}\} )? )
    """,
    re.VERBOSE | re.DOTALL,
)
RESULT = re.compile(r"\{\{ (?P<words>[^{}\n]+) \}\}")
"""A result. Spaces part it from its braces: between dollars these mean something by themselves."""

WHOLE_FORMAT = re.compile(r",?")
REAL_FORMAT = re.compile(r",?\.\d+[fe%]")
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class ResultPreprocessor(Preprocessor):
    """Puts the captured results into the text of a page."""

    def __init__(self, md: Markdown, folder: Path) -> None:
        """Take the folder of the captured results."""
        super().__init__(md)
        self.folder = folder

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with numbers in them; warn of what is unknown, and of what is unused."""
        captured = self.folder / f"{results_name()}.json"
        values = load(captured)
        used: set[str] = set()

        def put(found: re.Match[str], *, tex: bool) -> str:
            name, _, spec = found["words"].strip().partition(" ")
            used.add(name)
            try:
                return shown(values[name], spec.strip(), tex=tex)
            except KeyError:
                warn(f"no result of this page is called {name}", found[0])
            except FormatError as error:
                warn(f"{name} {error}", found[0])
            return rf"\text{{{name}?}}" if tex else tostring(mark_unknown(name), "unicode")

        def replace(piece: re.Match[str]) -> str:
            if piece["words"] is not None:
                return put(piece, tex=False)
            if piece["braces"]:
                warn("a result is written {{ name format }}, on one line", piece[0])
            if piece["display"] and RESULT.search(piece[0]):
                warn("a display formula holds no result, since it is checked as letters", piece[0])
            if piece["inline"]:
                return RESULT.sub(lambda found: put(found, tex=True), piece[0])
            return piece[0]

        text = PIECE.sub(replace, "\n".join(lines))
        for name in sorted(values.keys() - used):
            log.warning("%s: the page shows %s nowhere", place(captured, name), name)
        return text.split("\n")


class FormatError(ValueError):
    """A format that does not suit its value; the message goes on after the result's name."""


def results_name() -> str:
    """Return the name that the results of the page being built have; none if that is not known."""
    source = current.get()
    return Path(source.path).stem.replace("-", "_") if source else ""


def load(captured: Path) -> dict[str, Value]:
    """Return the captured results of a page, by name; none if there is no such file.

    One that cannot be read, such as a merge leaves behind, is warned of.
    """
    try:
        values: dict[str, Value] = json.loads(captured.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except json.JSONDecodeError as error:
        message = "%s:%d: this is no JSON: make outputs captures it anew"
        log.warning(message, os.path.relpath(captured), error.lineno)
        return {}
    return values


def place(captured: Path, name: str) -> str:
    """Return the file and line of a captured result."""
    before = captured.read_text(encoding="utf-8").partition(f'"{name}"')[0]
    return f"{os.path.relpath(captured)}:{before.count(chr(10)) + 1}"


def shown(value: Value, spec: str, *, tex: bool) -> str:
    """Return a result as the page shows it.

    Args:
        value: The number, or several.
        spec: How to format it.
        tex: Whether it stands between dollars.

    Raises:
        FormatError: The format does not suit the value.
    """
    if isinstance(value, list):
        return ", ".join(shown(each, spec, tex=tex) for each in value)
    if isinstance(value, int):
        if not WHOLE_FORMAT.fullmatch(spec):
            raise FormatError(f"is whole: its format is , or none, not {spec}")
        return _set(f"{value:{spec}}", TEX_SIGNS if tex else WORD_SIGNS)
    if not REAL_FORMAT.fullmatch(spec):
        raise FormatError(f"needs a format such as .4f, ,.0f, .0% or .1e, not {spec or 'none'}")
    mantissa, e, exponent = f"{value:z{spec}}".partition("e")
    if e and tex:
        mantissa += rf" \cdot 10^{{{int(exponent)}}}"
    elif e:
        mantissa += "·10" + str(int(exponent)).translate(SUPERSCRIPTS)
    return _set(mantissa, TEX_SIGNS if tex else WORD_SIGNS)


WORD_SIGNS = {"-": "\N{MINUS SIGN}", "%": "\N{NO-BREAK SPACE}%"}
TEX_SIGNS = {",": "{,}", "%": r"\,\%"}


def _set(number: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(each, each) for each in number)


class ResultExtension(Extension):
    """Captured results; its option `results` is their folder."""

    def __init__(self, **kwargs: Any) -> None:
        """Take the options."""
        self.config = {"results": [RESULTS, "the folder of the captured results"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processor: after fenced code (25), before raw HTML (20)."""
        processor = ResultPreprocessor(md, Path(self.getConfig("results")))
        md.preprocessors.register(processor, "results", 22)


def makeExtension(**kwargs: Any) -> ResultExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension."""
    return ResultExtension(**kwargs)
