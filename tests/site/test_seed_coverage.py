"""No statement of the original notes is lost, and each that was wrong is corrected in words.

``tests/data/seed_coverage.yml`` says where each of them stands.
"""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

COVERAGE = Path(__file__).resolve().parents[1] / "data" / "seed_coverage.yml"
ITEMS = YAML(typ="safe").load(COVERAGE)
PLACES = [
    pytest.param(item, place, id=f"{item}-{place['page']}#{place['anchor']}")
    for item, places in ITEMS.items()
    for place in places
]

STATEMENTS = [f"S{number}" for number in range(24)]
FORMULAS = [f"F{number}" for number in range(1, 15)]
RIGHT = {"S0", "S9", "S15", "F4", "F8"}
"""What the original had right, or left empty. All else was wrong, or lacked what it needed."""


def test_every_item_is_there_and_no_other():
    """All statements and formulas of the original have a place."""
    assert set(ITEMS) == {*STATEMENTS, *FORMULAS}
    assert all(ITEMS.values())


def test_every_item_that_was_wrong_is_corrected():
    """At one of its places at least, an item that was wrong has its words of correction."""
    corrected = {item for item, places in ITEMS.items() if any("errata" in p for p in places)}
    assert set(ITEMS) - RIGHT <= corrected


@pytest.mark.parametrize(("item", "place"), PLACES)
def test_the_place_is_on_the_site(item, place, documents):
    """The page has an element with the id: a formula for a formula, else a heading or a formula."""
    assert set(place) <= {"page", "anchor", "about", "errata"}
    assert place["about"].strip()
    assert place["page"] in documents, "it is no page of the nav"
    element = documents[place["page"]].find(id=place["anchor"])
    assert element is not None
    is_formula = "arithmatex" in element.get("class", [])
    assert is_formula or (element.name in ("h1", "h2", "h3") and item in STATEMENTS)


@pytest.mark.parametrize(("item", "place"), [each for each in PLACES if "errata" in each.values[1]])
def test_the_correction_stands_in_a_box(item, place, documents):
    """Its words are in a box of the page that is titled "The notes said", and no mere scrap."""
    assert len(place["errata"].split()) >= 3
    boxes = documents[place["page"]].select(".admonition.errata")
    assert {box.find(class_="admonition-title").get_text() for box in boxes} == {"The notes said"}
    texts = [" ".join(box.get_text().split()) for box in boxes]
    assert any(place["errata"] in text for text in texts), texts


def test_every_reference_has_a_home(documents, references):
    """Each entry of the list has an element on its page, which citations of it lead to."""
    ids = {element["id"] for element in documents["references/index.md"].select("li[data-kind]")}
    assert ids == {f"ref-{entry.id}" for entry in references}
