"""The MkDocs hooks."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from tools.site import hooks
from tools.site.source import current

ENTRY = "- {id: a1, title: A, url: 'https://example.org/', kind: tool, topics: [general]}\n"
NOTEBOOK = (
    "<style>a { color: red }</style><script>import('https://example.org/')</script>"
    '<div class="jupyter-wrapper"><svg><style>path {}</style></svg>text</div>'
)


@pytest.fixture
def config(tmp_path: Path, write_files: Callable) -> MkDocsConfig:
    """The configuration of a small site with a snippet, a page and a list."""
    files = {
        "mkdocs.yml": "site_name: x\nplugins: [mkdocs-jupyter]\nmarkdown_extensions: "
        "[{pymdownx.arithmatex: {generic: true}}]\nnav: [index.md]\n",
        "docs/index.md": "---\ntitle: x\n---\n# X\n",
        "docs/references/references.yml": ENTRY,
        "docs/notebooks/nb.py": "# %%\nfrom snippets.one import ONE\n",
        "snippets/one.py": "ONE = 1\n",
        "snippets/other.py": "OTHER = 1\n",
    }
    write_files(files)
    return load_config(str(tmp_path / "mkdocs.yml"))


def cache_of(config: MkDocsConfig) -> Path:
    """Return where notebooks' results are kept, after the hook has run."""
    hooks.on_config(config)
    return Path(config.plugins["mkdocs-jupyter"].config["cache_dir"])


def test_notebook_cache_outlives_a_build(config):
    """While nothing changed, results are kept and found again."""
    cache = cache_of(config)
    cache.mkdir(parents=True)
    (cache / "result.json").touch()
    assert cache_of(config) == cache
    assert (cache / "result.json").exists()


def test_changed_snippet_drops_the_notebook_cache(config, tmp_path):
    """A notebook runs again when a snippet changed that it imports."""
    cache = cache_of(config)
    cache.mkdir(parents=True)
    (tmp_path / "snippets" / "one.py").write_text("ONE = 2\n", encoding="utf-8")
    assert cache_of(config) != cache
    assert not cache.exists()


def test_unrelated_snippet_keeps_the_notebook_cache(config, tmp_path):
    """A snippet that no notebook imports can change without running them again."""
    cache = cache_of(config)
    (tmp_path / "snippets" / "other.py").write_text("OTHER = 2\n", encoding="utf-8")
    assert cache_of(config) == cache


def test_changed_package_drops_the_notebook_cache(config, monkeypatch):
    """Another version of a package that notebooks use makes them run again."""
    cache = cache_of(config)
    monkeypatch.setattr(hooks, "version", lambda package: f"{package} of tomorrow")
    assert cache_of(config) != cache


def test_build_warns_of_formulas_that_cannot_be_numbered(config, tmp_path, warnings_told):
    """A display formula without a label fails a strict build, with file and line."""
    (tmp_path / "docs" / "index.md").write_text("# X\n\n$$ x $$\n", encoding="utf-8")
    hooks.on_pre_build(config)
    (warning,) = warnings_told()
    assert warning.startswith(str(Path("docs/index.md:3:")))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f"\n{ENTRY}- id: b\n", "references.yml:3: url: is missing"),
        (f"{ENTRY}\n{ENTRY}", "references.yml:3: id: `a1` is that of line 1 too"),
        ("x: 1\n", "references.yml:1: must be a YAML list"),
    ],
)
def test_faults_of_the_list_are_warnings_with_their_line(
    config, tmp_path, warnings_told, text, complaint
):
    """Every rule of the list holds for a build: strict, it fails; served, the site stays."""
    (tmp_path / "docs" / "references" / "references.yml").write_text(text, encoding="utf-8")
    hooks.on_pre_build(config)
    assert [warning for warning in warnings_told() if complaint in warning] != []


@pytest.fixture
def make_page(tmp_path: Path) -> Callable[..., SimpleNamespace]:
    """Make a page of the site as MkDocs would hand it to a hook."""

    def make(name: str, text: str, url: str) -> SimpleNamespace:
        path = tmp_path / "docs" / name
        path.write_text(text, encoding="utf-8")
        file = SimpleNamespace(abs_src_path=str(path), src_uri=name, content_string=text)
        return SimpleNamespace(file=file, url=url, meta={})

    return make


def test_warnings_name_the_page_being_built(config, make_page):
    """While a page is built, its path and whole text are known to the extensions."""
    text = "---\ntitle: x\n---\n# X\n"
    hooks.on_page_markdown("# X", page=make_page("x.md", text, "x/"), config=config, files=None)
    source = current.get()
    assert source is not None
    assert (source.path, source.text) == (str(Path("docs/x.md")), text)
    assert source.line_of("# X") == 4


def test_notebook_brings_its_description(config, make_page):
    """A notebook's header says what a search engine is told about it."""
    text = "# ---\n# jupyter:\n#   description: What it shows.\n# ---\n\n# %%\n1\n"
    page = make_page("x.py", text, "x/")
    hooks.on_page_markdown(text, page=page, config=config, files=None)
    assert page.meta == {"description": "What it shows."}


def test_notebook_styles_move_to_one_file(config, make_page, tmp_path):
    """The styles before the notebook are linked from a file; scripts go, its own styles stay."""
    config.site_dir = str(tmp_path / "site")
    page = make_page("x.py", "", "deep/x/")
    html = hooks.on_page_content(NOTEBOOK, page=page, config=config, files=None)
    assert html == (
        '<link rel="stylesheet" href="../../assets/css/notebook.css">'
        '<div class="jupyter-wrapper"><svg><style>path {}</style></svg>text</div>'
    )
    written = tmp_path / "site" / "assets" / "css" / "notebook.css"
    assert written.read_text() == "a { color: red }"


def test_other_pages_are_left_alone(config, make_page):
    """A page that is no notebook keeps its styles and scripts."""
    html = "<style>p {}</style><p>text</p>"
    page = make_page("x.md", "", "x/")
    assert hooks.on_page_content(html, page=page, config=config, files=None) == html


@pytest.fixture
def pages() -> Files:
    """The files of a site with one page in a folder."""
    return Files([File("part/page.md", "docs", "site", use_directory_urls=True)])


def test_notebook_links_lead_to_pages(config, make_page, pages, tmp_path):
    """A link to a page's source becomes one to the page; addresses and anchors stay."""
    config.site_dir = str(tmp_path / "site")
    page = make_page("nb.py", "", "nb/")
    links = (
        '<a href="part/page.md#here">a</a><a href="https://example.org/x.md">b</a>'
        '<a href="#own">c</a>'
    )
    html = hooks.on_page_content(f"{hooks.NOTEBOOK_BEGINS}{links}", page, config, pages)
    assert html.endswith(links.replace("part/page.md#here", "../part/page/#here"))


def test_notebook_cites_as_pages_do(config, make_page, pages, tmp_path, warnings_told):
    """Its citations have notes that lead to the list's page; an unknown id has file and line."""
    config.site_dir = str(tmp_path / "site")
    config.mdx_configs = {
        "tools.site.citations": {
            "references": tmp_path / "docs" / "references" / "references.yml",
            "page": "part/page.md",
        }
    }
    text = "# %% [markdown]\n# As in [@a1; @b2]\n"
    page = make_page("nb.py", text, "nb/")
    hooks.on_page_markdown(text, page=page, config=config, files=pages)
    notebook = f'{hooks.NOTEBOOK_BEGINS}<div class="jp-RenderedMarkdown"><p>As in [@a1; @b2]'
    html = hooks.on_page_content(f"{notebook}</p></div></div>", page, config, pages)
    assert 'href="../part/page/#ref-a1"' in html
    assert warnings_told() == [f"{Path('docs/nb.py')}:2: no reference has the id b2"]


def test_notebook_link_to_nowhere_warns(config, make_page, pages, tmp_path, warnings_told):
    """A notebook's link to a page that is not there fails a strict build."""
    config.site_dir = str(tmp_path / "site")
    page = make_page("nb.py", "", "nb/")
    link = '<a href="part/gone.md">a</a>'
    hooks.on_page_content(f"{hooks.NOTEBOOK_BEGINS}{link}", page, config, pages)
    assert "part/gone.md is no page of the site" in " ".join(warnings_told())
