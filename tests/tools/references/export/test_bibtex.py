"""BibTeX."""

from dataclasses import replace

import pytest
from bibtexparser.entrypoint import parse_string

from tools.references.export.bibtex import export
from tools.references.model import Reference


def test_article_is_written_for_latex(article: Reference) -> None:
    """Capitals and bodies are braced, special characters escaped, addresses left alone."""
    assert export([article]) == (
        "@article{hochreiter1997long,\n"
        "  title = {{Long Short-Term Memory: 100\\% of A \\& B\\_1 for \\$5 \\{\\#2\\}}},\n"
        "  author = {Hochreiter, Sepp and Schmidhuber, Jürgen and {Institute of A \\& B}},\n"
        "  year = {1997},\n"
        "  journal = {{Neural Computation}},\n"
        "  doi = {10.1162/neco.1997.9.8.1735},\n"
        "  url = {https://doi.org/10.1162/neco.1997.9.8.1735},\n"
        "  annotation = {The original; *read* it [twice].},\n"
        "  keywords = {sequences, training},\n"
        "}\n"
    )


def test_lone_body_is_in_double_braces(page: Reference) -> None:
    """A corporate author is not taken for a first and last name."""
    assert "  author = {{Google DeepMind}},\n" in export(
        [replace(page, authors=("Google DeepMind",))]
    )


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("a -- b --- c", "a -{}- b -{}-{}- c"),
        ("``a''", "`{}`a'{}'"),
        ("{a} {b}", r"\{a\} \{b\}"),
        ("f: {0, 1", r"f: \textbraceleft{}0, 1"),
        ("}{", r"\textbraceright{}\textbraceleft{}"),
        (r"\~^", r"\textbackslash{}\textasciitilde{}\textasciicircum{}"),
    ],
)
def test_characters_are_set_as_they_are(page: Reference, text: str, latex: str) -> None:
    """No two characters become one, and no brace without its half ends the field elsewhere."""
    assert f"  annotation = {{{latex}}},\n" in export([replace(page, note=text)])


def test_preprint_names_its_server(page: Reference) -> None:
    """A number alone could be that of any archive."""
    text = export([replace(page, arxiv="1502.01852")])
    assert "  eprint = {1502.01852},\n  eprinttype = {arxiv},\n" in text


def test_address_keeps_the_field_whole(page: Reference) -> None:
    """Characters that would end the field, or escape its end, are encoded as in any address."""
    work = replace(page, url="https://example.org/{a_b}?c=%20\\")
    assert "  url = {https://example.org/%7Ba_b%7D?c=%20%5C},\n" in export([work])


def test_whole_list_is_parsed_back(references: list[Reference]) -> None:
    """Every entry of the site's list survives, with its fields, in its order."""
    library = parse_string(export(references))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [reference.id for reference in references]
    for entry, reference in zip(library.entries, references, strict=True):
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        assert fields["url"] == reference.url
        assert fields.get("year") == (str(reference.year) if reference.year else None)
        assert fields.get("eprint") == reference.arxiv
        authors = fields.get("author", "").split(" and ") if reference.authors else []
        assert [author.strip("{}") for author in authors] == list(reference.authors)
    types = {entry.key: entry.entry_type for entry in library.entries}
    assert {
        "hochreiter1997long": "article",
        "he2015delving": "inproceedings",
        "lecun1998efficient": "incollection",
        "lin1993reinforcement": "techreport",
        "mishkin2016systematic": "misc",
        "goodfellow2016deep": "book",
        "lecunmnist": "dataset",
        "johnsonbenchmarks": "software",
        "zeilervisualizing": "video",
        "wikipediabias": "online",
        "olah2015understanding": "online",
    }.items() <= types.items()
