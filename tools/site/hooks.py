"""MkDocs hooks: only what an extension of Python-Markdown cannot do.

They tell the extensions which page is built, report formulas that cannot be numbered, and mend
four things of ``mkdocs-jupyter``: its cache does not see what a notebook imports, it puts its
stylesheets into every page, and its pages have no description and no links to other pages.
"""

import hashlib
import os
import posixpath
import re
import shutil
import sys
from functools import partial
from importlib.metadata import version
from pathlib import Path

import jupytext  # type: ignore[import-untyped]  # it ships no types
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

# Absolute, because MkDocs runs a hook as a file, not as a module of this package.
from tools.formulas.pages import site_formulas
from tools.references.store import ListError, load
from tools.site.source import Source, current, log, warn

NOTEBOOK_PLUGIN = "mkdocs-jupyter"
NOTEBOOK_CACHE = ".cache/mkdocs-jupyter"
NOTEBOOK_PACKAGES = ("numpy", "matplotlib", "mkdocs-jupyter", "nbconvert")
NOTEBOOK_IMPORTS = ("snippets", "tools/figures")
NOTEBOOK_STYLESHEET = "assets/css/notebook.css"
NOTEBOOK_BEGINS = '<div class="jupyter-wrapper">'
MARKDOWN_LINK = re.compile(r'href="([^":#]+\.(?:md|py))(#[^"]*)?"')
STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def root_of(config: MkDocsConfig) -> Path:
    """Return the folder of ``mkdocs.yml``."""
    return Path(config.config_file_path).parent


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Keep the notebooks' results under a name that changes with whatever they are made from."""
    root = root_of(config)
    cache = root / NOTEBOOK_CACHE / environment_digest(root)
    for stale in cache.parent.glob("*"):
        if stale != cache:
            shutil.rmtree(stale, ignore_errors=True)
    config.plugins[NOTEBOOK_PLUGIN].config["cache_dir"] = str(cache)
    return config


def environment_digest(root: Path) -> str:
    """Return a digest of what a notebook's output depends on besides its own text."""
    digest = hashlib.sha256(sys.version.encode())
    for package in NOTEBOOK_PACKAGES:
        digest.update(f"{package}={version(package)}\n".encode())
    for folder in NOTEBOOK_IMPORTS:
        for module in sorted((root / folder).rglob("*.py")):
            digest.update(str(module.relative_to(root)).encode() + module.read_bytes())
    return digest.hexdigest()[:16]


def on_pre_build(config: MkDocsConfig) -> None:
    """Warn of every formula that cannot be numbered; give up when the reference list is broken."""
    for problem in site_formulas(Path(config.config_file_path)).problems:
        log.warning("%s", problem)
    try:
        load(Path(config.docs_dir) / "references" / "references.yml")
    except ListError as error:
        raise PluginError(str(error)) from None


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
    would ask other hosts, and one for copying, which ``notebook-copy.js`` does.
    """
    head, begins, notebook = html.partition(NOTEBOOK_BEGINS)
    if not begins:
        return html
    stylesheet = Path(config.site_dir) / NOTEBOOK_STYLESHEET
    stylesheet.parent.mkdir(parents=True, exist_ok=True)
    stylesheet.write_text("\n".join(STYLE.findall(head)), encoding="utf-8")
    href = get_relative_url(NOTEBOOK_STYLESHEET, page.url)
    link = f'<link rel="stylesheet" href="{href}">'
    return link + begins + MARKDOWN_LINK.sub(partial(page_link, page, files), notebook)


def page_link(page: Page, files: Files, found: re.Match[str]) -> str:
    """Return a notebook's link to a page's source as one to the page; warn where there is none."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.file.src_uri), found[1]))
    target = files.get_file_from_path(path)
    if target is None:
        warn(f"{found[1]} is no page of the site", found[1])
        return found[0]
    return f'href="{get_relative_url(target.url, page.url)}{found[2] or ""}"'
