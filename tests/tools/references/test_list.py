"""The list that the site shows, against the list it grew from."""

from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.references.bullets import Work, works
from tools.references.canonical import identity_key
from tools.references.index import addresses
from tools.references.model import Reference


@pytest.fixture(scope="module")
def seed(root: Path) -> list[Work]:
    """The works of the original list."""
    return works((root / "tests" / "data" / "seed_references.md").read_text(encoding="utf-8"))


def test_original_list_is_whole(seed: list[Work]) -> None:
    """The fixture has its 140 bullets and 144 links, 33 of them not encrypted."""
    assert len(seed) == 140
    urls = [url for work in seed for url in (work.url, *(other.url for other in work.others))]
    assert len(urls) == 144
    assert sum(url.startswith("http://") for url in urls) == 33


def test_import_alone_finds_the_134_works(
    root: Path, tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    """`add --from` makes 134 entries of 140 bullets, by mechanism only."""
    empty = tmp_path / "list.yml"
    empty.touch()
    source = root / "tests" / "data" / "seed_references.md"
    status, output, _ = run("add", "--from", source, "--list", empty)
    assert status == 0
    assert output.splitlines()[-1] == "134 added, 6 not; the list has 134 works."


def test_every_original_address_leads_to_exactly_one_entry(
    seed: list[Work], references: list[Reference]
) -> None:
    """Each of the 144 links stands verbatim in one entry, and in no other in any spelling."""
    verbatim: dict[str, set[str]] = defaultdict(set)
    in_any_spelling: dict[str, set[str]] = defaultdict(set)
    for reference in references:
        for url in addresses(reference):
            verbatim[url].add(reference.id)
            in_any_spelling[identity_key(url)].add(reference.id)
    for url in [url for work in seed for url in (work.url, *(o.url for o in work.others))]:
        assert len(verbatim[url]) == 1, url
        assert in_any_spelling[identity_key(url)] == verbatim[url]


def test_bullets_of_one_entry_are_the_known_duplicates(
    seed: list[Work], references: list[Reference]
) -> None:
    """Six bullets repeat a work, and no two others were merged."""
    owner = {url: reference.id for reference in references for url in addresses(reference)}
    repeated = Counter(owner[work.url] for work in seed)
    assert {key: count for key, count in repeated.items() if count > 1} == {
        "olah2015understanding": 2,
        "he2015delving": 2,
        "ioffe2015batch": 2,
        "wikipediamean": 2,
        "mnih2015human": 3,
    }
    assert len(repeated) == 134
