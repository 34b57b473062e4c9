"""The page of errata: it is complete, and the tests that it names exist."""

import posixpath
import re
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from ruamel.yaml import YAML

TESTS = Path(__file__).resolve().parents[1]
PAGE = "errata.md"


@pytest.fixture(scope="module")
def content(load_page) -> BeautifulSoup:
    """The page."""
    return load_page(PAGE).content


@pytest.fixture(scope="module")
def named(content: BeautifulSoup) -> set[str]:
    """The tests that the page names, as pytest does."""
    return {code.get_text() for code in content.find_all("code") if "::" in code.get_text()}


@pytest.fixture(scope="module")
def collected(named: set[str]) -> set[str]:
    """All tests of the files that the page names."""
    files = sorted({str(TESTS / name.partition("::")[0]) for name in named})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "--no-header", *files]
    done = subprocess.run(command, cwd=TESTS.parent, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
    return {line.removeprefix("tests/") for line in done.stdout.splitlines() if "::" in line}


def test_each_mistake_says_what_catches_it(content: BeautifulSoup) -> None:
    """After what is right: a test, the linter, or the eye; of words it is said once for all."""
    for mistake in content.find_all("dt"):
        right, *catches = takewhile(lambda tag: tag.name == "dd", mistake.find_next_siblings())
        assert right.get_text().strip(), mistake
        if right.find_previous("h2")["id"] != "words":
            (says,) = (catch.get_text() for catch in catches)
            assert "aught by" in says or "By eye; kept by" in says, mistake
            assert "::" in says or "the linter" in says, mistake


def test_the_tests_it_names_exist(named: set[str], collected: set[str]) -> None:
    """Pytest collects each of them; a function stands for all its parameters."""
    known = collected | {name.partition("[")[0] for name in collected}
    assert named <= known, named - known


def test_every_formula_of_the_notes_that_fails_is_listed(
    named: set[str], collected: set[str]
) -> None:
    """A test tries what the original had in F1 to F14; what it rejects was a mistake."""
    rejected = {name for name in collected if re.search(r"::.*\[F\d+\]$", name)}
    assert rejected
    assert rejected <= named


def links(element: Tag) -> set[tuple[str, str]]:
    """Return page and anchor of each link of the page."""
    targets = (anchor["href"].partition("#") for anchor in element.find_all("a", href=True))
    return {(posixpath.normpath(page.lstrip("/")), anchor) for page, _, anchor in targets if page}


def test_every_correction_of_a_page_is_listed(content: BeautifulSoup) -> None:
    """What a page has in its box "The notes said" is listed, with a link to where it stands."""
    items = YAML(typ="safe").load(TESTS / "data" / "seed_coverage.yml")
    corrected = {item: [p for p in places if "errata" in p] for item, places in items.items()}
    listed = links(content)
    missing = {
        item: places
        for item, places in corrected.items()
        if places and not listed & {(place["page"], place["anchor"]) for place in places}
    }
    assert not missing
