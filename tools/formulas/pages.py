r"""Where the site's display formulas stand: every ``$$ \label{eq:name} ... $$``, in reading order.

The pages are parsed as the site parses them, so that formulas inside admonitions and tabs are found
and those inside code are not.
"""

import html
import operator
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

MKDOCS_YML = Path(__file__).resolve().parents[2] / "mkdocs.yml"

LABEL = re.compile(r"\\label\{([^{}]*)\}")
OPENING_DELIMITERS = ("$$", r"\[", r"\begin{")
LABEL_NAME = re.compile(r"eq:[a-z0-9]+(-[a-z0-9]+)*")

# MkDocs turns these on for every site. Left out: our own extensions, which read what is found here,
# and includes, which bring code and figures only.
BUILT_IN_EXTENSIONS = ("toc", "tables", "fenced_code")
LEFT_OUT_EXTENSIONS = ("tools.", "pymdownx.snippets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A display formula of the site."""

    label: str
    """Such as ``eq:softmax``; unique within the site."""
    tex: str
    """What stands between the dollar signs, without the label."""
    page: str
    """Path of its page below the documents' folder."""
    line: int
    """Line of the page on which the formula is opened, counted from 1."""
    number: int
    """Its number through the whole site, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A formula that cannot be numbered."""

    path: Path
    """Its page, from the folder of ``mkdocs.yml``."""
    line: int
    message: str

    def __str__(self) -> str:
        """Return the problem as ``path:line: message``."""
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFormulas:
    """The formulas of a site, numbered, and what is wrong with the others."""

    formulas: tuple[Formula, ...]
    problems: tuple[Problem, ...]

    def by_label(self) -> dict[str, Formula]:
        """Return the formulas by their label."""
        return {formula.label: formula for formula in self.formulas}


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """A display formula as it stands on its page, with all its labels."""

    tex: str
    line: int


def site_formulas(config: Path = MKDOCS_YML) -> SiteFormulas:
    """Return every display formula on the pages that `config`'s nav lists, in the order of the nav.

    A page is parsed again only when it or `config` has changed.

    Args:
        config: a ``mkdocs.yml``.
    """
    config = Path(config).resolve()
    config_time = config.stat().st_mtime_ns
    settings = _settings(config, config_time)
    docs = config.parent / settings.get("docs_dir", "docs")
    # MkDocs itself warns of an entry of the nav that does not exist.
    listed = [page for page in _listed(settings["nav"]) if page.endswith(".md")]
    pages = [page for page in listed if (docs / page).is_file()]
    times = [(docs / page).stat().st_mtime_ns for page in pages]
    return _site_formulas(config, config_time, docs, tuple(zip(pages, times, strict=True)))


def nav_pages(config: Path = MKDOCS_YML) -> list[str]:
    """Return every page that `config`'s nav lists, in order: pages and notebooks.

    Args:
        config: a ``mkdocs.yml``.
    """
    return list(_listed(_settings(config, config.stat().st_mtime_ns)["nav"]))


def nav_titles(config: Path = MKDOCS_YML) -> dict[str, str]:
    """Return the titles that `config`'s nav gives to pages, by their path, in order.

    Args:
        config: a ``mkdocs.yml``.
    """
    return dict(_titled(_settings(config, config.stat().st_mtime_ns)["nav"]))


def repository(config: Path = MKDOCS_YML) -> str:
    """Return the address of the repository that `config` names under `extra`, or nothing.

    The theme's own `repo_url` is not used: it would ask another host for the number of stars.

    Args:
        config: a ``mkdocs.yml``.
    """
    extra = _settings(config, config.stat().st_mtime_ns).get("extra") or {}
    return str(extra.get("repository") or "").rstrip("/")


@lru_cache(maxsize=1)
def _site_formulas(
    config: Path, config_time: int, docs: Path, pages: tuple[tuple[str, int], ...]
) -> SiteFormulas:
    """Return the formulas of `pages`, each given with the time of its last change."""
    formulas: dict[str, Formula] = {}
    problems: list[Problem] = []
    shown = docs.relative_to(config.parent)
    for page, time in pages:
        for display in _page_displays(config, config_time, docs / page, time):
            labels = LABEL.findall(display.tex)
            if problem := _label_problem(labels, formulas):
                problems.append(Problem(path=shown / page, line=display.line, message=problem))
                continue
            formulas[labels[0]] = Formula(
                label=labels[0],
                tex=LABEL.sub("", display.tex).strip(),
                page=page,
                line=display.line,
                number=len(formulas) + 1,
            )
    return SiteFormulas(formulas=tuple(formulas.values()), problems=tuple(problems))


def _label_problem(labels: list[str], taken: Mapping[str, Formula]) -> str | None:
    """Return what is wrong with the labels of one formula, if anything."""
    if len(labels) != 1:
        return rf"a display formula needs one \label{{eq:name}} and this one has {len(labels)}"
    (label,) = labels
    if not LABEL_NAME.fullmatch(label):
        return rf"\label{{{label}}} must be `eq:` and a name of lower-case letters and digits"
    if label in taken:
        first = taken[label]
        return rf"\label{{{label}}} is taken by a formula in {first.page}:{first.line}"
    return None


def display_formulas(root: Element) -> Iterator[Element]:
    """Yield the elements of a parsed page that hold a display formula, in reading order."""
    for element in root.iter("div"):
        if "arithmatex" in element.get("class", "").split():
            yield element


@lru_cache(maxsize=4096)
def _page_displays(
    config: Path, config_time: int, page: Path, page_time: int
) -> tuple[Display, ...]:
    """Return the display formulas of one page; the times are part of the cache's key."""
    source = page.read_text(encoding="utf-8-sig")
    body, _ = get_data(source)
    parser = _parser(config, config_time)
    parser.markdown.reset()
    parser.markdown.convert(body)
    lines = source.splitlines()
    found: list[Display] = []
    start = 0
    for tex in parser.collector.displays:
        start = _find(tex, lines, start)
        found.append(Display(tex=tex, line=start + 1))
        start += 1
    return tuple(found)


def _find(tex: str, lines: list[str], start: int) -> int:
    """Return the index of the line on which the formula `tex` is opened, at or after `start`.

    Python-Markdown does not keep line numbers, so the formula's text is looked for. Its lines may
    be indented on the page, and its delimiters share the first and last with it.
    """
    wanted = [line.strip() for line in tex.splitlines()]
    for index in chain(range(start, len(lines)), range(start)):
        window = lines[index : index + len(wanted)]
        opens = any(delimiter in lines[index] for delimiter in OPENING_DELIMITERS)
        if opens and len(window) == len(wanted) and all(map(operator.contains, window, wanted)):
            return index
    return start


class _Collector(Treeprocessor):
    """Notes the TeX of every display formula and leaves the page as it is."""

    displays: list[str]

    def run(self, root: Element) -> None:
        self.displays = [
            html.unescape(element.text or "").removeprefix("\\[").removesuffix("\\]")
            for element in display_formulas(root)
        ]


class _Parser:
    """A Markdown parser with the site's extensions, and what it collects."""

    def __init__(self, extensions: Mapping[str, Mapping[str, Any]]) -> None:
        self.markdown = Markdown(extensions=list(extensions), extension_configs=dict(extensions))
        self.collector = _Collector(self.markdown)
        self.markdown.treeprocessors.register(self.collector, "collect_formulas", -1)


@lru_cache(maxsize=1)
def _parser(config: Path, config_time: int) -> _Parser:
    """Return the parser for the site that `config` describes."""
    extensions: dict[str, Mapping[str, Any]] = {name: {} for name in BUILT_IN_EXTENSIONS}
    for entry in _settings(config, config_time)["markdown_extensions"]:
        named = entry if isinstance(entry, dict) else {entry: {}}
        extensions |= {name: options or {} for name, options in named.items()}
    return _Parser(
        {
            name: options
            for name, options in extensions.items()
            if not name.startswith(LEFT_OUT_EXTENSIONS)
        }
    )


@lru_cache(maxsize=1)
def _settings(config: Path, config_time: int) -> dict[str, Any]:
    """Return the content of a ``mkdocs.yml``, without MkDocs' defaults."""

    class Loader(get_yaml_loader()):  # type: ignore[misc]  # MkDocs makes the class at run time
        """MkDocs' own loader, with relative paths left as they are written."""

    Loader.add_constructor("!relative", Loader.construct_scalar)
    with config.open(encoding="utf-8") as stream:
        return yaml_load(stream, Loader)


def _listed(nav: list[Any]) -> Iterator[str]:
    """Yield the pages of a nav, or of a part of one, in order."""
    for entry in nav:
        if isinstance(entry, str):
            yield entry
        else:
            for target in entry.values():
                yield from _listed(target if isinstance(target, list) else [target])


def _titled(nav: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield path and title of the pages of a nav, or of a part of one, that it gives a title."""
    for entry in nav:
        for title, target in entry.items() if isinstance(entry, dict) else ():
            yield from _titled(target) if isinstance(target, list) else [(target, title)]
