"""Where the works of the list are cited."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.site.cited_on import cited_on

SCRIPT = "# %% [markdown]\n# # Notebook\n# [@a1]\n"


@pytest.fixture
def config(tmp_path: Path, write_files: Callable) -> Path:
    """A site whose nav is not in the order of names and does not have every page."""
    write_files(
        {
            "mkdocs.yml": "site_name: x\nnav:\n  - Two: two.md\n  - Part:\n      - nb/n.py\n"
            "      - one.md\n      - Gone: gone.md\n      - Out: https://example.org/x.md\n"
            "  - Again: two.md\n",
            "docs/one.md": "# One\n\n## A\n\n[@a1] [@b2]\n\n## B\n\n[@a1]\n\n[@a1]\n",
            "docs/two.md": "# Two\n\n[@a1]\n\n## A\n\n[@unknown9]\n",
            "docs/draft.md": "[@c3]",
            "docs/nb/n.py": SCRIPT,
        }
    )
    return tmp_path / "mkdocs.yml"


def test_each_section_that_cites_stands_once_in_nav_order(config):
    """A work cited twice in a section, and a page twice in the nav, make no second place."""
    found = cited_on(config)
    assert [(c.page, c.section, c.line) for c in found["a1"]] == [
        ("two.md", "Two", 3),
        ("nb/n.py", "Notebook", 3),
        ("one.md", "A", 5),
        ("one.md", "B", 9),
    ]


def test_pages_outside_the_nav_are_not_of_the_site(config):
    """A draft cites nothing that a reader could be sent to; an unknown id is no concern here."""
    assert set(cited_on(config)) == {"a1", "b2", "unknown9"}
