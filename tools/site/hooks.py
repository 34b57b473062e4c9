"""MkDocs hooks: only what an extension of Python-Markdown cannot do.

They tell the extensions which page is built, report formulas that cannot be numbered, and mend
what ``mkdocs-jupyter`` leaves undone: its cache does not see what a notebook imports, it puts its
stylesheets into every page, and its pages have no description, no links to pages and no citations.
"""

import hashlib
import os
import posixpath
import re
import shutil
import sys
from collections.abc import Iterable
from functools import partial
from importlib.metadata import version
from pathlib import Path

import jupytext  # type: ignore[import-untyped]  # it ships no types
from bs4 import BeautifulSoup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

# Absolute, because MkDocs runs a hook as a file, not as a module of this package.
from tools.formulas.pages import site_formulas
from tools.references.store import ListError, read
from tools.references.validate import faults
from tools.site.downloads import download_files
from tools.site.imports import project_modules
from tools.site.notebook_citations import cite
from tools.site.source import Source, current, log, warn

NOTEBOOK_PLUGIN = "mkdocs-jupyter"
NOTEBOOK_CACHE = ".cache/mkdocs-jupyter"
NOTEBOOK_PACKAGES = ("numpy", "matplotlib", "mkdocs-jupyter", "nbconvert")
NOTEBOOKS = "notebooks/*.py"
NOTEBOOK_STYLESHEET = "assets/css/notebook.css"
NOTEBOOK_BEGINS = '<div class="jupyter-wrapper">'
MARKDOWN_LINK = re.compile(r'href="([^":#]+\.(?:md|py))(#[^"]*)?"')


def root_of(config: MkDocsConfig) -> Path:
    """Return the folder of ``mkdocs.yml``."""
    return Path(config.config_file_path).parent


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Keep the notebooks' results under a name that changes with whatever they are made from."""
    root = root_of(config)
    notebooks = sorted(Path(config.docs_dir).glob(NOTEBOOKS))
    cache = root / NOTEBOOK_CACHE / environment_digest(notebooks, root)
    for stale in cache.parent.glob("*"):
        if stale != cache:
            shutil.rmtree(stale, ignore_errors=True)
    config.plugins[NOTEBOOK_PLUGIN].config["cache_dir"] = str(cache)
    return config


def environment_digest(notebooks: Iterable[Path], root: Path) -> str:
    """Return a digest of what the notebooks' output depends on besides their own text."""
    digest = hashlib.sha256(sys.version.encode())
    for package in NOTEBOOK_PACKAGES:
        digest.update(f"{package}={version(package)}\n".encode())
    for module in sorted({m for notebook in notebooks for m in project_modules(notebook, root)}):
        digest.update(str(module.relative_to(root)).encode() + module.read_bytes())
    return digest.hexdigest()[:16]


def on_pre_build(config: MkDocsConfig) -> None:
    """Warn of every formula that cannot be numbered and of every fault of the reference list."""
    for problem in site_formulas(Path(config.config_file_path)).problems:
        log.warning("%s", problem)
    for message in list_faults(Path(config.docs_dir) / "references" / "references.yml"):
        log.warning("%s", message)


def list_faults(path: Path) -> tuple[str, ...]:
    """Return what is wrong with the reference list, each as ``path:line: message``."""
    try:
        return ListError(path, faults(read(path))).messages
    except ListError as unreadable:
        return unreadable.messages


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the reference list as files to take away."""
    for file in download_files(config):
        files.append(file)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Tell the extensions which page comes, and give a notebook the description it carries."""
    path = Path(page.file.abs_src_path or page.file.src_uri)
    shown = os.path.relpath(path, root_of(config))
    current.set(Source(path=shown, text=page.file.content_string))
    if path.suffix == ".py":
        page.meta["description"] = jupytext.read(path).metadata.get("description")


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Move a notebook's stylesheets, the same half megabyte on each page, into one shared file.

    The rest of what comes before the notebook is dropped: scripts for diagrams and formulas that
    would ask other hosts, and one for copying, which ``notebook-copy.js`` does. What the notebook
    cites gets its notes, and links to pages lead there.
    """
    head, begins, notebook = html.partition(NOTEBOOK_BEGINS)
    if not begins:
        return html
    stylesheet = Path(config.site_dir) / NOTEBOOK_STYLESHEET
    stylesheet.parent.mkdir(parents=True, exist_ok=True)
    styles = [style.text for style in BeautifulSoup(head, "html.parser").find_all("style")]
    stylesheet.write_text("\n".join(styles), encoding="utf-8")
    href = get_relative_url(NOTEBOOK_STYLESHEET, page.url)
    link = f'<link rel="stylesheet" href="{href}">'
    cited = cite(notebook, config.mdx_configs)
    return link + begins + MARKDOWN_LINK.sub(partial(page_link, page, files), cited)


def page_link(page: Page, files: Files, found: re.Match[str]) -> str:
    """Return a notebook's link to a page's source as one to the page; warn where there is none."""
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(page.file.src_uri), found[1]))
    target = files.get_file_from_path(path.lstrip("/"))
    if target is None:
        warn(f"{found[1]} is no page of the site", found[1])
        return found[0]
    return f'href="{get_relative_url(target.url, page.url)}{found[2] or ""}"'
