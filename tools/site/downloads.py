"""The reference list to take away: files of the site that are made from it at build."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from ..references.export import FORMATS
from .entries import load_entries

FOLDER = "references"
"""Below the documents' folder: where the list stands, and its page, which links to the files."""
DOWNLOADS = {
    "references.bib": "bibtex",
    "references.csl.json": "csl-json",
    "references.csv": "csv",
}


def download_files(config: MkDocsConfig) -> list[File]:
    """Return the files, to be added to those of the site.

    As on the page, an entry with a fault of structure is left out; the hooks tell of it.
    """
    references = list(load_entries(Path(config.docs_dir) / FOLDER / "references.yml").values())
    return [
        File.generated(config, f"{FOLDER}/{name}", content=FORMATS[form](references))
        for name, form in DOWNLOADS.items()
    ]
