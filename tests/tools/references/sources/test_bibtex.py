"""BibTeX and BibLaTeX: the fields that lead somewhere, and how their values are put together."""

import pytest

from tools.references.sources import bibtex
from tools.references.sources.found import Unreadable

A_AND_F = ["https://e.example/a", "http://f.example/"]


def addresses(fields: str) -> list[str]:
    """Return the links of an entry with the given fields."""
    return [found.url for found in bibtex.links(f"@misc{{key, {fields}}}")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("doi = {10.1000/182}", ["https://doi.org/10.1000/182"]),
        ("doi = {DOI: 10.1000/182}", ["https://doi.org/10.1000/182"]),
        ("doi = {http://dx.doi.org/10.1000/182}", ["http://dx.doi.org/10.1000/182"]),
        ("doi = {}, url = {}", []),
        ("doi = {https://dx.doi.org/10.1000/182}", ["https://dx.doi.org/10.1000/182"]),
        ("doi = {dx.doi.org/10.1000/182}", ["https://doi.org/10.1000/182"]),
        ("doi = {n/a}", []),
        (
            "doi = {10.1002/1097(2000)1<1::AID-X>3.0.CO;2-\\#}",
            ["https://doi.org/10.1002/1097(2000)1<1::AID-X>3.0.CO;2-%23"],
        ),
        # A line break within an address is none; between addresses it parts them.
        ("url = {https://e.example/a\n    /b}", ["https://e.example/a/b"]),
        ("url = {https://e.example/a, http://f.example/}", A_AND_F),
        ("howpublished = {https://e.example/a http://f.example/}", A_AND_F),
        ("howpublished = {At https://e.example/a}", []),
        (
            "eprint = {1706.03762v2}, archivePrefix = {arXiv}",
            ["https://arxiv.org/abs/1706.03762v2"],
        ),
        ("eprinttype = arxiv, eprint = {cs/0112017}", ["https://arxiv.org/abs/cs/0112017"]),
        ("eprint = {arXiv:1706.03762}", ["https://arxiv.org/abs/1706.03762"]),
        ("eprint = {1706.03762}", []),
        ("eprint = {12345}, eprinttype = {jstor}", []),
        ("eprint = {see above}, eprinttype = {arxiv}", []),
        ("eprint = {https://e.example/1}", ["https://e.example/1"]),
        (
            r"note = {\url{https://e.example/a%20b} and \href{https://f.example/}{f}}",
            ["https://e.example/a%20b", "https://f.example/"],
        ),
        (r"url = {https://e.example/$\sim$me/a\_b\&c\#d}", ["https://e.example/~me/a_b&c#d"]),
        (
            r"howpublished = {\url{https://e.example/{\textasciitilde}me}}",
            ["https://e.example/~me"],
        ),
        ('url = "https://e.example/{"}x{"}"', ['https://e.example/{"}x{"}']),
        ('url = "https:" # {//e.example/#} # "#a" # 1', ["https://e.example/##a1"]),
    ],
)
def test_fields_lead_where_the_styles_lead(fields, expected):
    """DOIs and arXiv's identifiers become addresses, marked ones count in every field."""
    assert addresses(fields) == expected


def test_strings_are_put_in_whatever_the_case_of_their_names():
    """A string may be made of others, and be one of many parts of a value."""
    text = '@string{a = "https:"}\n@string{B = A # {//e.example}}\n@misc{c, url = b # "/x"}'
    assert [(found.line, found.url) for found in bibtex.links(text)] == [(3, "https://e.example/x")]


def test_strings_that_double_without_end_do_no_harm():
    """Strings made of strings, sixty deep, would otherwise fill any memory."""
    doubled = "".join(f"@string{{a{i + 1} = a{i} # a{i}}}\n" for i in range(60))
    text = (
        f'@string{{a0 = "https:"}}\n{doubled}@misc{{c, url = {{https://e.example/}}, note = a60}}'
    )
    assert "https://e.example/" in [found.url for found in bibtex.links(text)]


@pytest.mark.parametrize("value", ["{T}", '"T"', "2000", "{\\url{https://f.example/}}"])
def test_missing_comma_is_told(value):
    """The field behind it would else belong to the value before it, its link unseen."""
    text = f"\n@misc{{a,\n  note = {value}\n  url = {{https://e.example/}}\n}}"
    with pytest.raises(Unreadable, match="a comma is missing") as caught:
        list(bibtex.links(text))
    assert caught.value.line == 2
