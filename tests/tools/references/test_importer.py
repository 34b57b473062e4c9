"""Works become entries, once."""

from collections.abc import Callable

import pytest

from tools.references.bullets import Link, Work
from tools.references.importer import incorporate, relation
from tools.references.model import Kind, Reference, Related, Relation, Topic

ARXIV = "https://arxiv.org/abs/1502.01852"


def work(title: str, url: str, *others: Link) -> Work:
    """Return a work as a bullet would give it."""
    return Work(title=title, url=url, others=others, line=1)


def test_new_work_is_canonical_repaired_and_categorized() -> None:
    """An entry has its canonical address, mended title, key, category and identifier."""
    [entry], [outcome] = incorporate(
        [], [work("Delving  Deep into Rectiﬁers)", "http://arxiv.org/pdf/1502.01852v1.pdf")]
    )
    assert entry == Reference(
        id="arxivdelving",
        title="Delving Deep into Rectifiers",
        url=ARXIV,
        kind=Kind.PAPER,
        topics=entry.topics,
        arxiv="1502.01852",
        aliases=("http://arxiv.org/pdf/1502.01852v1.pdf",),
    )
    assert set(entry.topics) <= set(Topic)
    assert outcome.added


def test_canonical_address_has_no_alias() -> None:
    """An address that needed no change is not recorded twice."""
    [entry], _ = incorporate([], [work("Delving", ARXIV)])
    assert entry.aliases == ()


def test_second_links_are_related() -> None:
    """Further links of a bullet keep their part in it, canonical, each once."""
    [entry], _ = incorporate(
        [],
        [
            work(
                "Delving",
                ARXIV,
                Link("source code", "http://github.com/a/b"),
                Link("pdf", "https://arxiv.org/pdf/1502.01852"),
                Link("again", "https://github.com/A/b/"),
            )
        ],
    )
    assert entry.related == (Related(rel=Relation.CODE, url="https://github.com/a/b"),)


def test_known_address_adds_only_its_spelling(reference: Callable[..., Reference]) -> None:
    """A listed work, spelled otherwise, gains an alias and no second entry."""
    old = reference()
    [entry], [outcome] = incorporate([old], [work("Anything", "http://arxiv.org/abs/1502.01852v2")])
    assert entry.aliases == ("http://arxiv.org/abs/1502.01852v2",)
    assert (outcome.added, outcome.id, outcome.listed_by) == (False, old.id, "address")
    assert outcome.gained == ("http://arxiv.org/abs/1502.01852v2",)


def test_known_address_again_changes_nothing(reference: Callable[..., Reference]) -> None:
    """Adding a listed work a second time leaves the list as it is."""
    old = reference()
    entries, [outcome] = incorporate([old], [work("Anything", ARXIV)])
    assert entries == [old]
    assert outcome.gained == ()


def test_known_title_is_the_same_work(reference: Callable[..., Reference]) -> None:
    """A telling title gives a listed work away, whatever its case."""
    old = reference(title="Delving Deep into Rectifiers")
    [entry], [outcome] = incorporate(
        [old], [work("DELVING DEEP INTO RECTIﬁERS", "https://b.org/p.pdf")]
    )
    assert outcome.listed_by == "title"
    assert entry.aliases == ("https://b.org/p.pdf",)


def test_short_title_is_no_proof(reference: Callable[..., Reference]) -> None:
    """Two works called "Deep Learning" are two works."""
    entries, _ = incorporate(
        [reference(title="Deep Learning")], [work("Deep Learning", "https://b.org/")]
    )
    assert len(entries) == 2


def test_related_address_is_known_too(reference: Callable[..., Reference]) -> None:
    """The code of a listed work is no work of its own."""
    old = reference(related=(Related(rel=Relation.CODE, url="https://github.com/a/b"),))
    entries, [outcome] = incorporate([old], [work("Code", "https://github.com/a/b")])
    assert entries == [old]
    assert outcome.id == old.id


def test_identifiers_are_known_too(reference: Callable[..., Reference]) -> None:
    """A paper listed under another address is found by its DOI."""
    old = reference(url="https://a.org/", arxiv=None, doi="10.1038/nature14236")
    _, [outcome] = incorporate([old], [work("Q", "http://dx.doi.org/10.1038/Nature14236")])
    assert outcome.id == old.id


def test_duplicates_within_one_batch_are_merged() -> None:
    """The second bullet of a work finds the first."""
    entries, outcomes = incorporate(
        [],
        [work("Gym", "https://github.com/openai/gym"), work("G", "http://github.com/OpenAI/gym")],
    )
    assert len(entries) == 1
    assert [outcome.added for outcome in outcomes] == [True, False]


def test_unusable_address_is_refused_and_the_rest_goes_on() -> None:
    """One bad link does not cost the others."""
    entries, outcomes = incorporate([], [work("Bad", "http://["), work("Good", "https://a.org/")])
    assert [entry.title for entry in entries] == ["Good"]
    assert "is not an address" in outcomes[0].refusal


def test_unusable_second_link_is_refused_and_its_work_taken() -> None:
    """A work keeps its sound links, the bad one is named, and the next work is reached."""
    links = [Link("pdf", "http://x.org:99999/"), Link("code", "https://github.com/a/b")]
    entries, outcomes = incorporate(
        [], [work("One", "https://a.org/", *links), work("Two", "https://b.org/")]
    )
    assert [entry.title for entry in entries] == ["One", "Two"]
    assert entries[0].related == (Related(rel=Relation.CODE, url="https://github.com/a/b"),)
    assert outcomes[0].refused_links == ("`http://x.org:99999/` is not an address",)
    assert (outcomes[0].added, outcomes[1].refused_links) == (True, ())


def test_second_link_of_another_work_stays_with_its_owner(
    reference: Callable[..., Reference],
) -> None:
    """An address that a listed work owns becomes no part of a new one."""
    code = Related(rel=Relation.CODE, url="https://github.com/a/b")
    owner = reference(related=(code,))
    entries, [outcome] = incorporate(
        [owner], [work("New", "https://new.org/", Link("code", code.url), Link("see", owner.url))]
    )
    assert [entry.related for entry in entries] == [(code,), ()]
    assert entries[0] == owner
    assert outcome.added


def test_name_of_a_work_becomes_no_alias(reference: Callable[..., Reference]) -> None:
    """No browser opens `arxiv:` and `doi:`, and the entry's address says the same."""
    entries, [outcome] = incorporate([reference()], [work("Anything", "arxiv:1502.01852")])
    assert (entries, outcome.gained) == ([reference()], ())
    [entry], _ = incorporate([], [work("A Title", "doi:10.1000/x")])
    assert (entry.url, entry.doi, entry.aliases) == ("https://doi.org/10.1000/x", "10.1000/x", ())


@pytest.mark.parametrize(
    ("url", "title", "key"),
    [
        (
            "https://en.wikipedia.org/wiki/Bias_of_an_estimator",
            "Bias of an estimator",
            "wikipediabias",
        ),
        (
            "https://en.wikipedia.org/wiki/Backpropagation",
            "Backpropagation",
            "wikipediabackpropagation",
        ),
        ("https://github.com/karpathy/nanoGPT", "nanoGPT", "karpathynanogpt"),
        ("https://a.org/posts/why-deep.html", "Why deep", "adeep"),
        ("https://a.org/new%E2%80%8B%00-thing", "New thing", "anew"),
        ("https://a.org/x/1234", "a.org/x/1234", "a1234"),
        ("https://a.org/", "a.org", "aaorg"),
        ("https://youtu.be/aircAruvnKk", "www.youtube.com/watch?v=aircAruvnKk", "youtubewatch"),
        ("arxiv:1412.6980v9", "arxiv.org/abs/1412.6980", "arxiv14126980"),
        ("doi:10.1000/1-x_y", "doi.org/10.1000/1-x_y", "doi1"),
    ],
)
def test_bare_address_gets_a_title_to_be_looked_at(url: str, title: str, key: str) -> None:
    """Words of the address stand in for a title, marked as unverified, and make the key."""
    [entry], _ = incorporate([], [work("", url)])
    assert (entry.title, entry.unverified, entry.id) == (title, ("title",), key)


def test_identifier_that_is_none_hides_no_work(reference: Callable[..., Reference]) -> None:
    """A list whose identifiers `validate` objects to can still be asked for its works."""
    old = reference(doi="10.1000/x\N{NO-BREAK SPACE}y")
    _, [outcome] = incorporate([old], [work("Anything", ARXIV)])
    assert outcome.id == old.id


@pytest.mark.parametrize(
    ("text", "url", "rel"),
    [
        ("source code", "https://a.org/", Relation.CODE),
        ("Python implementation", "https://a.org/", Relation.CODE),
        ("project", "https://github.com/a/b", Relation.PROJECT),
        ("course", "https://a.org/x.pdf", Relation.COURSE),
        ("PDF", "https://a.org/", Relation.PDF),
        ("here", "https://www.github.com/a/b", Relation.CODE),
        ("", "https://a.org/x.PDF", Relation.PDF),
        ("slides", "https://a.org/", Relation.PROJECT),
    ],
)
def test_relation_of_a_second_link(text: str, url: str, rel: Relation) -> None:
    """Its text tells what a second link is, and failing that its address."""
    assert relation(Link(text, url)) is rel
