"""Showing captured results in the text of a page."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools.site import results
from tools.site.source import Source, current

VALUES = {
    "cost": 0.6851790109,
    "count": 669706,
    "few": 4,
    "loss": -1.04,
    "share": 0.3486784,
    "tiny": -2.7755e-17,
    "huge": 1234567.8,
    "nothing": -0.0001,
    "push": [0.0905, -0.1327, 0.0422],
    "fits.of_9": 0.25,
}


@pytest.fixture
def captured(tmp_path: Path) -> Path:
    """The captured results of a page called some-page."""
    file = tmp_path / "some_page.json"
    file.write_text(json.dumps(VALUES, indent=2))
    return file


@pytest.fixture
def show(render: Callable, captured: Path) -> Iterator[Callable]:
    """Render a text as that page."""

    def show_as_page(text: str):
        current.set(Source(path="docs/part/some-page.md", text=f"---\ntitle: x\n---\n{text}"))
        return render(text, "tools.site.results", results=captured.parent)

    token = current.set(None)
    yield show_as_page
    current.reset(token)


@pytest.fixture
def complaints(warnings_told: Callable) -> Callable:
    """What was warned of, but for results that the small page of a test does not show."""
    return lambda: [warning for warning in warnings_told() if not warning.endswith(" nowhere")]


@pytest.mark.parametrize(
    ("words", "prose", "tex"),
    [
        ("cost .4f", "0.6852", "0.6852"),
        ("count", "669706", "669706"),
        ("count ,", "669,706", "669{,}706"),
        ("few", "4", "4"),
        ("loss .2f", "\N{MINUS SIGN}1.04", "-1.04"),
        ("share .0%", "35\xa0%", r"35\,\%"),
        ("share .2%", "34.87\xa0%", r"34.87\,\%"),
        ("tiny .1e", "\N{MINUS SIGN}2.8·10⁻¹⁷", r"-2.8 \cdot 10^{-17}"),
        ("huge .2e", "1.23·10⁶", r"1.23 \cdot 10^{6}"),
        ("huge ,.0f", "1,234,568", "1{,}234{,}568"),
        ("nothing .2f", "0.00", "0.00"),  # never minus nothing
        ("push .2f", "0.09, \N{MINUS SIGN}0.13, 0.04", "0.09, -0.13, 0.04"),
        ("fits.of_9 .2f", "0.25", "0.25"),
    ],
)
def test_formats(show, complaints, words, prose, tex):
    """Each suits the text around it: signs of print in words, TeX between dollars."""
    assert show(f"It is {{{{ {words} }}}}.").p.text == f"It is {prose}."
    formula = show(f"So $x = {{{{ {words} }}}}$ holds.").select_one(".arithmatex")
    assert formula.text == rf"\(x = {tex}\)"
    assert complaints() == []


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("| a |\n|---|\n| {{ few }} |", "td"),
        ("!!! note\n    {{ few }}", ".admonition p:last-child"),
        ("- one\n- {{ few }}", "li:last-child"),
        ("[{{ few }}](https://example.org/)", "a"),
        ("**{{ few }}**", "strong"),
        ("## {{ few }} { #some }", "#some"),
        ("<figure><figcaption>{{ few }}</figcaption></figure>", "figcaption"),
        ("`a` {{ few }} `b`", "p"),
        ("It costs \\$3, {{ few }} or \\$5.", "p"),
        ("``a` {{ few }} ` b", "p"),
        ("One ` alone.\n\n{{ few }} and ` another.", "p:last-child"),
        ("One $ alone.\n\n{{ few }} and $ another.", "p:last-child"),
    ],
)
def test_a_result_may_stand_in_any_text(show, complaints, text, selector):
    """Tables, boxes, lists, links and captions take one like a paragraph."""
    found = show(text).select_one(selector).text
    assert "4" in found
    assert "{" not in found
    assert complaints() == []


@pytest.mark.parametrize(
    "text",
    [
        "`{{ few }}`",
        "``a ` {{ few }}``",
        "`` alone, {{ few }} and ` another.",
        "Between <code>{{ few }}</code> tags",
        "```\na\n\n{{ few }}\n```",
        "```\n{{ few }}\n```",
        '??? note "Solution"\n    ```text\n    {{ few }}\n    ```',
    ],
)
def test_code_is_left_alone(show, complaints, text):
    """Braces in code are code."""
    assert "{{ few }}" in show(text).select_one("code").text
    assert complaints() == []


def test_preformatted_text_is_left_alone(show, complaints):
    """So is what stands between tags that keep a text as it is, over empty lines as well."""
    assert show("<pre>a\n\n{{ few }}\n</pre>").pre.text == "a\n\n{{ few }}\n"
    assert complaints() == []


def test_a_backslash_takes_the_meaning_away(show, complaints):
    """It shows the braces themselves, and a dollar or a backtick that begins nothing."""
    assert show(r"Write \{{ few }}.").p.text == "Write {{ few }}."
    assert show(r"One \` and {{ few }} and `code`.").p.text == "One ` and 4 and code."
    assert complaints() == []


def test_a_comment_shows_nothing(show, complaints):
    """What is commented out is no text, and may name results that are gone."""
    assert "{{ gone }}" in str(show("One.\n\n<!-- It was {{ gone }},\n\n{{ gone }}. -->"))
    assert complaints() == []


def test_braces_of_tex_are_left_alone(show, complaints):
    """Double braces without spaces mean something else between dollars."""
    assert show("$a_{{few}} + {{b}}$").select_one(".arithmatex").text == r"\(a_{{few}} + {{b}}\)"
    assert complaints() == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{{ none .2f }}", "no result of this page is called none"),
        ("$x = {{ none .2f }}$", "no result of this page is called none"),
        ("{{ cost }}", "cost needs a format such as .4f, ,.0f, .0% or .1e, not none"),
        ("{{ cost .3g }}", "cost needs a format such as .4f, ,.0f, .0% or .1e, not .3g"),
        ("{{ cost x }}", "cost needs a format such as .4f, ,.0f, .0% or .1e, not x"),
        ("{{ cost .4fx }}", "cost needs a format such as .4f, ,.0f, .0% or .1e, not .4fx"),
        ("{{ cost 9999.4f }}", "cost needs a format such as .4f, ,.0f, .0% or .1e, not 9999.4f"),
        ("{{ push }}", "push needs a format such as .4f, ,.0f, .0% or .1e, not none"),
        ("{{ count .2f }}", "count is whole: its format is , or none, not .2f"),
        ("{{cost .2f}}", "a result is written {{ name format }}, on one line"),
        ("{{ cost\n.2f }}", "a result is written {{ name format }}, on one line"),
        ("{{ cost .2f", "a result is written {{ name format }}, on one line"),
        (
            "$$ x = {{ cost .2f }} $$",
            "a display formula holds no result, since it is checked as letters",
        ),
    ],
)
def test_what_cannot_be_shown_fails_by_file_and_line(show, complaints, text, complaint):
    """A slip in a name or a format fails a strict build, and tells where it is."""
    show(f"First.\n\n{text}")
    assert complaints() == [f"docs/part/some-page.md:6: {complaint}"]


def test_an_unknown_result_is_seen(show):
    """What `mkdocs serve` shows of it stands out, in words and in formulas."""
    assert show("It is {{ none .2f }}.").select_one("strong.unknown").text == "none?"
    assert show("$x = {{ none .2f }}$").select_one(".arithmatex").text == r"\(x = \text{none?}\)"


def test_a_result_that_stands_nowhere_is_told_with_its_place(
    show, warnings_told, captured, monkeypatch
):
    """Each result that the page does not show fails a strict build, by file and line."""
    monkeypatch.chdir(captured.parent)
    names = [name for name in VALUES if name not in ("count", "few")]
    show(" ".join(f"{{{{ {name} .1f }}}}" for name in names) + " `{{ few }}`")
    assert warnings_told() == [
        "some_page.json:3: the page shows count nowhere",
        "some_page.json:4: the page shows few nowhere",
    ]


def test_captured_results_that_cannot_be_read_are_one_sentence(
    show, warnings_told, captured, monkeypatch
):
    """What a merge left behind is told with its place, and the page is built without."""
    monkeypatch.chdir(captured.parent)
    captured.write_text('{\n<<<<<<< ours\n  "few": 4\n}')
    assert show("It is {{ few }}.").select_one("strong.unknown").text == "few?"
    assert warnings_told() == [
        "some_page.json:2: this is no JSON: make outputs captures it anew",
        "docs/part/some-page.md:4: no result of this page is called few",
    ]


def test_a_page_without_results_needs_none(render, warnings_told, tmp_path):
    """Neither a page that has no captured results nor one that nobody named is complained of."""
    assert render("Some words.", "tools.site.results", results=tmp_path).text == "Some words."
    current.set(Source(path="docs/other.md", text="Some words."))
    assert render("Some words.", "tools.site.results", results=tmp_path).text == "Some words."
    assert warnings_told() == []


def test_results_come_from_the_project_by_default(render, complaints):
    """Without an option the extension reads what ``make outputs`` captured."""
    current.set(Source(path="docs/basics/perceptron.md", text=""))
    page = render("It takes {{ learned.and_updates }} updates.", "tools.site.results")
    assert page.text == "It takes 11 updates."
    assert complaints() == []
    assert results.load(results.RESULTS / "perceptron.json")["learned.and_updates"] == 11
