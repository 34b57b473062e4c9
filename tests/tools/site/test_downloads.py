"""The files to take away that are made at build."""

import json
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from tools.references import store
from tools.references.export import FORMATS
from tools.site import hooks
from tools.site.downloads import download_files

GOOD = "- {id: a1, title: Läufer, url: 'https://a.b/', kind: tool, topics: [vision]}\n"
FAULTY = "- {id: b2, title: B, url: 'https://b.c/', kind: gadget, topics: [vision]}\n"


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """The configuration of a site in a temporary folder."""
    (tmp_path / "docs" / "references").mkdir(parents=True)
    path = tmp_path / "mkdocs.yml"
    path.write_text("site_name: Notes\nplugins: []\n", encoding="utf-8")
    config = load_config(str(path))
    return config.plugins.on_config(config)  # as a build begins; only then are files made


@pytest.fixture
def listed(config: MkDocsConfig) -> Path:
    """Where the list of that site is; there is none yet."""
    return Path(config.docs_dir) / "references" / "references.yml"


def test_files_are_the_exports_of_the_list(config: MkDocsConfig, listed: Path) -> None:
    """Each file stands beside the list's page and holds what `export` writes."""
    listed.write_text(GOOD, encoding="utf-8")
    references = store.load(listed)
    texts = {file.src_uri: file.content_string for file in download_files(config)}
    assert texts == {
        "references/references.bib": FORMATS["bibtex"](references),
        "references/references.csl.json": FORMATS["csl-json"](references),
        "references/references.csv": FORMATS["csv"](references),
    }


def test_files_become_part_of_the_site(config: MkDocsConfig, listed: Path, tmp_path: Path) -> None:
    """The hook adds them to what is there, and a build writes them where links lead."""
    listed.write_text(GOOD, encoding="utf-8")
    files = hooks.on_files(Files([]), config)
    csl = files.get_file_from_path("references/references.csl.json")
    assert csl is not None
    assert csl.url == "references/references.csl.json"
    csl.copy_file()
    written = tmp_path / "site" / "references" / "references.csl.json"
    assert json.loads(written.read_bytes())[0]["title"] == "Läufer"


@pytest.mark.parametrize(
    ("text", "ids"), [(GOOD + FAULTY, ["a1"]), ("x: 1\n", []), ("- [", []), (None, [])]
)
def test_faulty_list_ends_no_build(
    config: MkDocsConfig, listed: Path, text: str | None, ids: list[str]
) -> None:
    """Sound entries are exported, others left out; without a list the files are empty."""
    if text is not None:
        listed.write_text(text, encoding="utf-8")
    _, csl, _ = download_files(config)
    assert [item["id"] for item in json.loads(csl.content_string)] == ids
