"""Markdown."""

from collections.abc import Callable
from pathlib import Path

from tools.references.bullets import works
from tools.references.export.markdown import export
from tools.references.model import Reference
from tools.references.store import load


def test_bullets_stand_under_their_topics(article: Reference, page: Reference) -> None:
    """Topics come in their order, each work with its links, facts and note."""
    assert export([article, page]) == (
        "# References\n"
        "\n"
        "## Mathematics\n"
        "\n"
        "- [Bias of an estimator](<https://en.wikipedia.org/wiki/Bias_of_an_estimator>)\n"
        "\n"
        "## Sequences\n"
        "\n"
        "- [Long Short-Term Memory: 100% of A \\& B\\_1 for $5 {#2}]"
        "(<https://doi.org/10.1162/neco.1997.9.8.1735>) · [pdf](<https://a.org/x_(1).pdf>) "
        "(Sepp Hochreiter, Jürgen Schmidhuber, Institute of A \\& B, Neural Computation, 1997). "
        "The original; \\*read\\* it \\[twice\\].\n"
    )


def test_whole_list_is_read_back(
    tmp_path: Path, run: Callable[..., tuple[int, str, str]], references: list[Reference]
) -> None:
    """`add --from` the export gives the same works: titles, addresses and second links."""
    source, copy = tmp_path / "list.md", tmp_path / "copy.yml"
    copy.touch()
    assert run("export", "--format", "markdown", "--output", source)[0] == 0
    assert run("add", "--from", source, "--list", copy)[0] == 0

    def essence(listed: list[Reference]) -> set[object]:
        return {(work.title, work.url, frozenset(work.related)) for work in listed}

    assert essence(load(copy)) == essence(references)
    assert len(works(source.read_text(encoding="utf-8"))) == len(references)
