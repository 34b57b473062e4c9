"""No number on a page that comes from a run is typed: each is inserted from a captured result.

A number that a page types is compared with what is known of the page's runs: its results, and what
its snippets print. It counts if it is one of them, rounded. One digit says too little, and a whole
number of two counts only if it is written just as the page shows one of its results. From three
digits on it is compared with the results of the other pages, too.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.pages.written_numbers import numbers
from tools import outputs
from tools.formulas.pages import nav_pages
from tools.results import Value
from tools.site import results

ROOT = Path(__file__).resolve().parents[2]
PAGES = [page for page in nav_pages() if page.endswith(".md")]

ALLOWED = {
    ("networks/backpropagation.md", "49"): "the last of the seeds",
    ("networks/logistic-regression.md", "16"): "how many mornings there are",
    ("practice/keras.md", "64"): "how many hidden units there are",
}
"""Numbers that look like a result of their page and are none, with what they are."""

NOT_WRITTEN_HERE = {
    "pre, .highlight, code": "code, what it printed, and their titles",
    "svg": "figures",
    ".eqref, .citation, .footnote, .headerlink, .formula-foot": "what extensions make",
}
"""What holds no text of the page's author."""


def results_of(path: str) -> Path:
    """Return the file of a page's captured results, which need not exist."""
    return outputs.RESULTS / f"{Path(path).stem.replace('-', '_')}.json"


WITH_RESULTS = [path for path in PAGES if results_of(path).exists()]


def written(content: Tag) -> Iterator[str]:
    """Yield the pieces of a page's text that its author wrote."""
    for element in content.select(", ".join(NOT_WRITTEN_HERE)):
        element.extract()
    yield from content.stripped_strings


def flat(values: dict[str, Value]) -> Iterator[tuple[str, float]]:
    """Yield each number of some results with its name."""
    for name, value in values.items():
        for each in value if isinstance(value, list) else [value]:
            yield name, each


@cache
def known(path: str) -> dict[str, float]:
    """Return what is known of a page's runs: its results, and the numbers its snippets print."""
    values = results.load(results_of(path))
    found: dict[str, float] = {f"{name} = {each}": each for name, each in flat(values)}
    text = (ROOT / "docs" / path).read_text(encoding="utf-8")
    for included in re.findall(r'--8<-- "([\w/-]+\.out)"', text):
        output = (ROOT / "snippets" / included).read_text(encoding="utf-8")
        for printed in outputs.NUMBER.findall(output):
            found[f"{printed} in {included}"] = float(printed)
    return found


@cache
def known_elsewhere(path: str) -> dict[str, float]:
    """Return the results of all other pages."""
    found: dict[str, float] = {}
    for other in WITH_RESULTS:
        if other != path:
            values = results.load(results_of(other))
            found |= {f"{name} = {each} of {other}": each for name, each in flat(values)}
    return found


def shown(path: str, text: str) -> set[str]:
    """Return the digits of each result as the page shows it."""
    values = results.load(results_of(path))
    found = set()
    for words in results.RESULT.findall(text):
        name, _, spec = words.partition(" ")
        found |= {each.digits for each in numbers(results.shown(values[name], spec, tex=False))}
    return found


def offences(path: str, text: str, content: Tag) -> dict[str, str]:
    """Return what a page types that its runs have computed, and where it stands and what it is.

    Args:
        path: the page's, below the documents' folder.
        text: its Markdown.
        content: the page made of it, with nothing in the places of its results.
    """
    twice, values = shown(path, text), known(path)
    found = {}
    for typed in (each for piece in written(content) for each in numbers(piece)):
        where = values | known_elsewhere(path) if typed.significant > 2 else values
        same = [name for name, value in where.items() if typed.rounds(value)]
        scaled = "." in typed.digits or typed.exponent  # a decimal, a percentage, a power of ten
        telling = typed.significant > 2 or scaled or typed.digits in twice
        if same and telling and typed.significant > 1:
            found[typed.text] = f"{path}:{line_of(typed.text, text)}: {typed.text} is {same[0]}"
    return found


def line_of(number: str, text: str) -> int:
    """Return the line on which a number first stands by itself."""
    found = re.search(rf"(?<![\w.,]){re.escape(number)}(?![\d])", text)
    return text.count("\n", 0, found.start() if found else 0) + 1


def without_results(text: str) -> str:
    """Return a page's text with a letter in the place of each result."""
    return results.RESULT.sub("x", text)


@pytest.mark.parametrize("path", PAGES)
def test_no_number_of_a_run_is_typed(path: str, render_page: Callable) -> None:
    """What a page types was given, or worked out by hand, or stands in the list with a reason."""
    text = (ROOT / "docs" / path).read_text(encoding="utf-8")
    page = render_page(path, without_results(text))
    page.content.append(page.description)
    found = offences(path, text, page.content)
    told = [where for typed, where in found.items() if (path, typed) not in ALLOWED]
    assert not told, "insert each as {{ name format }}:\n" + "\n".join(told)
    allowed = {typed for page, typed in ALLOWED if page == path}
    assert allowed <= found.keys(), "take out of the list what is no longer typed"


@pytest.mark.parametrize("path", WITH_RESULTS)
def test_each_result_would_be_found_if_it_were_typed(path: str, render_page: Callable) -> None:
    """In the place of each insertion that says enough, what it shows is an offence."""
    text = (ROOT / "docs" / path).read_text(encoding="utf-8")
    values = results.load(results_of(path))
    tried = 0
    for insertion in set(results.RESULT.findall(text)):
        name, _, spec = insertion.partition(" ")
        for typed in numbers(as_shown := results.shown(values[name], spec, tex=False)):
            if typed.significant > 1:
                page = BeautifulSoup(f"<p>It is {as_shown}.</p>", "html.parser")
                assert typed.text in offences(path, text, page)
                tried += 1
    assert tried


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("It ends at 0.0838.", ["0.0838"]),
        ("It ends at \u22120.0838.", ["0.0838"]),
        ("It ends at about 0.084, that is 0.08.", ["0.084"]),  # a digit says too little
        ("It is 96, not 97.", ["96"]),  # shown just so
        ("A coffee costs 3765, not 3764.", ["3765"]),
        ("A coffee costs 3,765.", ["3,765"]),
        ("A coffee costs 3.76\u00b710\u00b3.", ["3.76\u00b710\u00b3"]),
        ("It misses 34.87\u00a0%.", ["34.87\u00a0%"]),
        ("It misses 35 %, $37\\,\\%$ of many.", ["35 %", "37\\,\\%"]),
        ("A coffee costs 3.8\u00b710\u00b3.", ["3.8\u00b710\u00b3"]),
        ("It ends at 6.511, and at 6.5.", ["6.511"]),  # from the page on logistic regression
        ("<span class='arithmatex'>\\(x = 59{,}904\\)</span>", ["59{,}904"]),
        ("<span class='arithmatex'>\\(3.76 \\cdot 10^{3}\\)</span>", ["3.76 \\cdot 10^{3}"]),
        ("<figcaption>It ends at 1.46.</figcaption>", ["1.46"]),  # from the snippet's output
        ("<span class='arithmatex'>\\(\\tag{9380}\\)</span>", []),
        ("<code>0.0838</code> <pre>469</pre>", []),
        ("Version 1.469 of 2024, w469, 10^{-469}", []),
    ],
)
def test_what_counts_as_typed(html: str, found: list[str]) -> None:
    """Any way to write a number is seen, at its own rounding; code is not read."""
    path = "basics/batches-and-epochs.md"
    text = (ROOT / "docs" / path).read_text(encoding="utf-8")
    assert list(offences(path, text, BeautifulSoup(html, "html.parser"))) == found


def test_the_place_of_a_typed_number_is_told() -> None:
    """File and line lead to it."""
    path = "basics/batches-and-epochs.md"
    text = (ROOT / "docs" / path).read_text(encoding="utf-8") + "\nIt ends at 0.0838.\n"
    found = offences(path, text, BeautifulSoup("It ends at 0.0838.", "html.parser"))
    line = text.count("\n")
    value = results.load(results_of(path))["least_error"]
    assert found == {"0.0838": f"{path}:{line}: 0.0838 is least_error = {value}"}
