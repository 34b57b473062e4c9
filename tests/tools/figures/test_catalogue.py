"""The committed figures: that they are current, and fit to stand inside a page."""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest
import tinycss2

from tools.figures import style
from tools.figures.__main__ import main
from tools.figures.catalogue import DIRECTORY, DRAWINGS
from tools.outputs import compare

SVG = "{http://www.w3.org/2000/svg}"
GROUNDS = {":root": "#ffffff", '[data-md-color-scheme="slate"]': "#1e2129"}  # Material's


@pytest.fixture(params=DRAWINGS)
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of each figure in turn."""
    return request.param


@pytest.fixture
def text(name: str) -> str:
    """Return each committed figure in turn."""
    return (DIRECTORY / f"{name}.svg").read_text(encoding="utf-8")


@pytest.fixture
def root(text: str) -> ElementTree.Element:
    """Return each committed figure in turn, parsed."""
    return ElementTree.fromstring(text)


def test_it_is_what_the_snippets_give(name: str, text: str) -> None:
    """Drawing it again gives the same figure, up to a twentieth of a point."""
    assert compare(text, DRAWINGS[name].svg(), abs_tol=0.05) == []


def test_no_figure_is_left_over() -> None:
    """Every SVG file in the folder is one of the catalogue."""
    assert {path.stem for path in DIRECTORY.glob("*.svg")} == set(DRAWINGS)


def test_it_speaks_to_those_who_cannot_see_it(name: str, root: ElementTree.Element) -> None:
    """It is one image to a screen reader, named by a title and told by a description."""
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert (title.text, description.text) == (DRAWINGS[name].title, DRAWINGS[name].description)
    assert len(DRAWINGS[name].description) > 80
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_its_ids_are_its_own(name: str, root: ElementTree.Element) -> None:
    """Several figures stand on a page: every id begins with the figure's name and occurs once."""
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert max(ids.values()) == 1
    assert all(each.startswith(f"{name}-") for each in ids)

    references = (element.get("{http://www.w3.org/1999/xlink}href") for element in root.iter())
    referred = {reference for reference in references if reference}
    clips = {
        element.attrib["clip-path"] for element in root.iter() if "clip-path" in element.attrib
    }
    targets = {each.removeprefix("#") for each in referred}
    targets |= {each.removeprefix("url(#").removesuffix(")") for each in clips}
    labels = set(root.attrib["aria-labelledby"].split())
    assert targets | labels == set(ids)


def test_its_colours_follow_the_page(root: ElementTree.Element) -> None:
    """Every fill and stroke is the ink, the ground, a series variable or nothing."""
    values = []
    for element in root.iter():
        assert element.get("fill") is None
        assert element.get("stroke") is None
        for declaration in tinycss2.parse_declaration_list(
            element.get("style", ""), skip_whitespace=True
        ):
            if declaration.lower_name in ("fill", "stroke"):
                values.append(tinycss2.serialize(declaration.value).strip())
    assert "currentColor" in values
    assert set(values) <= {"none", *style.CSS.values()}


def test_it_carries_no_style_sheet_and_no_text(root: ElementTree.Element) -> None:
    """A style sheet would apply to the whole page; text would need the drawing's font."""
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "clipPath", "g", "path", "rect", "use"}


def test_markdown_leaves_it_alone(text: str) -> None:
    """Inside a figure element of a page it passes through Python-Markdown unchanged."""
    page = f'Before.\n\n<figure class="plot">\n{text}</figure>\n\nAfter.\n'
    html = markdown.markdown(page, extensions=["attr_list", "md_in_html", "footnotes"])
    assert text in html
    assert html.startswith("<p>Before.</p>")
    assert html.endswith("<p>After.</p>")


def test_it_is_light(text: str) -> None:
    """A figure costs a page less than a photograph would."""
    assert len(text.encode()) < 60_000


def test_only_what_changed_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command writes a missing figure and names it; the second time it is silent."""
    monkeypatch.setattr("tools.figures.__main__.DIRECTORY", tmp_path)
    assert main(["activations"]) == 0
    assert capsys.readouterr().out == "drew activations.svg\n"
    assert [path.name for path in tmp_path.iterdir()] == ["activations.svg"]
    assert main(["activations"]) == 0
    assert capsys.readouterr().out == ""


def test_a_notebook_shows_what_a_page_shows() -> None:
    """Displayed in a notebook, a drawing is the same figure element that pages write."""
    drawing = DRAWINGS["activations"]
    shown = drawing._repr_html_()
    assert shown == f'<figure class="plot">\n{drawing.svg()}</figure>'


def test_an_unknown_name_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in a name ends with status 2 and the names there are."""
    with pytest.raises(SystemExit) as stop:
        main(["activation"])
    assert stop.value.code == 2
    assert "no such figure: activation (there are " in capsys.readouterr().err


def palette() -> dict[str, dict[str, str]]:
    """Return the custom properties of plot.css by selector."""
    sheet = tinycss2.parse_stylesheet(
        (DIRECTORY / "plot.css").read_text(encoding="utf-8"),
        skip_comments=True,
        skip_whitespace=True,
    )
    return {
        tinycss2.serialize(rule.prelude).strip(): {
            declaration.name: tinycss2.serialize(declaration.value).strip()
            for declaration in tinycss2.parse_declaration_list(rule.content, skip_whitespace=True)
            if declaration.name.startswith("--")
        }
        for rule in sheet
    }


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` as WCAG 2 defines it."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", GROUNDS)
def test_every_series_colour_can_be_read(scheme: str) -> None:
    """Labels wear their series' colour, so each has a contrast of 4.5 in both schemes."""
    colours = palette()[scheme]
    ground = luminance(GROUNDS[scheme])
    assert len(colours) == len(style.SERIES)
    for colour in colours.values():
        lighter, darker = sorted((luminance(colour), ground), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_the_fallbacks_are_the_light_colours() -> None:
    """A figure without the style sheet still shows its series in the light scheme's colours."""
    light = palette()[":root"]
    fallbacks = [style.CSS[series] for series in style.SERIES]
    assert fallbacks == [f"var({name}, {colour})" for name, colour in light.items()]
