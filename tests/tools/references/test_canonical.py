"""Addresses: one form to write, one key to compare."""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tools.references.strategies import addresses, addresses_or_not, always_alike
from tools.references.canonical import arxiv_id, canonical, doi_of, identity_key
from tools.references.site_rules import gone

FORMS = [
    # Scheme, host, port: https only where the site is known to serve it.
    ("http://colah.github.io/posts/", "https://colah.github.io/posts/"),
    ("http://www.leemon.com/papers/1993wb2.pdf", "http://www.leemon.com/papers/1993wb2.pdf"),
    ("HTTP://Example.ORG:80", "http://example.org/"),
    ("https://example.org:443/a", "https://example.org/a"),
    ("http://example.org:8080/a", "http://example.org:8080/a"),
    ("http://[::1]:80/a", "http://[::1]/a"),
    ("http://github.com:443/a/b", "https://github.com/a/b"),
    ("http://github.com:8080/a/b", "http://github.com:8080/a/b"),
    ("http://example.org:443/", "http://example.org:443/"),
    ("https://example.org./a", "https://example.org/a"),
    ("https://me:pw@Example.org/", "https://me:pw@example.org/"),
    # Tracking goes, what selects the page stays, in its order and spelling.
    ("https://a.org/x?utm_source=n&b=2&fbclid=z&a=1", "https://a.org/x?b=2&a=1"),
    ("https://a.org/x?UTM_Source=n&FBCLID=z&B=2", "https://a.org/x?B=2"),
    ("https://a.org/x?utm_source=n&&b=1&", "https://a.org/x?b=1"),
    ("https://a.org/x?&b=1", "https://a.org/x?b=1"),
    ("https://blogs.nvidia.com/b/?adbsc=social_2017", "https://blogs.nvidia.com/b/"),
    ("https://www.technologyreview.com/s/1/x/?set=6", "https://www.technologyreview.com/s/1/x/"),
    ("https://example.org/?set=6", "https://example.org/?set=6"),
    ("https://a.org/?q=50%25+x&empty=", "https://a.org/?q=50%25+x&empty="),
    # Fragments: an empty one goes, any other stays.
    ("https://quickdraw.withgoogle.com/#", "https://quickdraw.withgoogle.com/"),
    (
        "http://cs231n.github.io/neural-networks-1/#actfun",
        "https://cs231n.github.io/neural-networks-1/#actfun",
    ),
    ("https://app.example.org/#/route?x=1",) * 2,
    # Parentheses and percent escapes keep their bytes.
    ("http://read.pudn.com/a%20b/0405(1).pdf",) * 2,
    ("https://en.wikipedia.org/wiki/A_(b)%2Fc",) * 2,
    # One form for the sites that have many.
    ("https://arxiv.org/pdf/1502.01852v1.pdf", "https://arxiv.org/abs/1502.01852"),
    ("https://arxiv.org/pdf/1502.01852", "https://arxiv.org/abs/1502.01852"),
    ("https://arxiv.org/abs/1703.03906v2", "https://arxiv.org/abs/1703.03906"),
    ("http://export.arxiv.org/abs/cs/0112017v1", "https://arxiv.org/abs/cs/0112017"),
    ("https://arxiv.org/html/1706.03762v7#S3", "https://arxiv.org/abs/1706.03762"),
    ("arxiv:1706.03762", "https://arxiv.org/abs/1706.03762"),
    ("https://arxiv.org/list/cs.LG/recent",) * 2,
    ("http://dx.doi.org/10.1038/nature14236", "https://doi.org/10.1038/nature14236"),
    ("doi:10.1016/S0925-5273(00)00156-0", "https://doi.org/10.1016/S0925-5273(00)00156-0"),
    ("doi:10.1002/1<1::AID-X>2-#", "https://doi.org/10.1002/1<1::AID-X>2-%23"),
    ("doi:10.1000/what?", "https://doi.org/10.1000/what%3F"),
    ("https://doi.org/10.48550/ARXIV.1706.03762v5", "https://arxiv.org/abs/1706.03762"),
    ("doi:10.48550/arXiv.cs/0112017", "https://arxiv.org/abs/cs/0112017"),
    ("https://youtu.be/ghEmQSxT6tw", "https://www.youtube.com/watch?v=ghEmQSxT6tw"),
    ("http://www.youtu.be/ghEmQSxT6tw", "https://www.youtube.com/watch?v=ghEmQSxT6tw"),
    ("https://youtu.be/ghEmQSxT6tw?t=30", "https://www.youtube.com/watch?v=ghEmQSxT6tw&t=30"),
    (
        "https://www.youtube.com/watch?time_continue=1&v=0FW99AQmMc8",
        "https://www.youtube.com/watch?v=0FW99AQmMc8",
    ),
    (
        "https://www.youtube-nocookie.com/embed/0FW99AQmMc8",
        "https://www.youtube.com/watch?v=0FW99AQmMc8",
    ),
    (
        "http://youtube-nocookie.com/embed/0FW99AQmMc8?si=x",
        "https://www.youtube.com/watch?v=0FW99AQmMc8",
    ),
    (
        "https://m.youtube.com/shorts/0FW99AQmMc8",
        "https://www.youtube.com/watch?v=0FW99AQmMc8",
    ),
    (
        "https://www.youtube.com/live/0FW99AQmMc8?t=9",
        "https://www.youtube.com/watch?v=0FW99AQmMc8&t=9",
    ),
    ("https://www.youtube.com/@3blue1brown",) * 2,
    ("https://www.youtube.com/3blue1brown",) * 2,
    ("https://www.youtube.com/embed/videoseries?list=PL1",) * 2,
    ("https://music.youtube.com/watch?v=0FW99AQmMc8",) * 2,
    ("http://en.m.wikipedia.org/wiki/Word2vec", "https://en.wikipedia.org/wiki/Word2vec"),
    ("http://github.com/openai/gym.git", "https://github.com/openai/gym"),
    ("https://github.com/a/b.git.git.git/", "https://github.com/a/b"),
    ("https://github.com/a/b/blob/main/c.git",) * 2,
    ("https://www.aclweb.org/anthology/P15-2116", "https://aclanthology.org/P15-2116/"),
    ("https://aclanthology.org/2020.acl-main.1.pdf", "https://aclanthology.org/2020.acl-main.1/"),
    ("https://openreview.net/pdf?id=Xyz", "https://openreview.net/forum?id=Xyz"),
    (
        "http://proceedings.mlr.press/v9/glorot10a/glorot10a.pdf",
        "https://proceedings.mlr.press/v9/glorot10a.html",
    ),
    (
        "http://proceedings.mlr.press/v37/jozefowicz15.pdf",
        "https://proceedings.mlr.press/v37/jozefowicz15.html",
    ),
    (
        "https://papers.nips.cc/paper/1740-low-power.pdf",
        "https://papers.nips.cc/paper/1740-low-power",
    ),
    (
        "https://papers.nips.cc/paper/1740-low-power.pdf.pdf",
        "https://papers.nips.cc/paper/1740-low-power",
    ),
    (
        "https://proceedings.neurips.cc/paper_files/paper/2012/file/c399-Paper.pdf",
        "https://proceedings.neurips.cc/paper_files/paper/2012/hash/c399-Abstract.html",
    ),
]


@pytest.mark.parametrize(("url", "form"), FORMS)
def test_canonical_form(url: str, form: str) -> None:
    """Each known spelling is written in its one form."""
    assert canonical(url) == form


@pytest.mark.parametrize("form", [form for _, form in FORMS])
def test_canonical_form_is_its_own(form: str) -> None:
    """A canonical address is not changed again."""
    assert canonical(form) == form


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://a.org/",
        "mailto:a@b.org",
        "http:///a",
        "http://[",
        "http://a:99999/",
        "http://a:0/",
        "http://a b.org/",
        "http://a..org/",
        "http://./",
        "http://a.org/\x01",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """An unusable address is named in the error."""
    with pytest.raises(ValueError, match="is not an") as error:
        canonical(url)
    assert f"`{url}`" in str(error.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.org/x", "https://www.a.org/x/"),
        ("http://a.org", "https://a.org/index.html"),
        ("https://a.org/?b=2&a=1", "https://a.org/?a=1&b=2"),
        ("https://a.org/%7Eme/%28x%29", "https://a.org/~me/(x)"),
        ("https://a.org/%e3%81%82", "https://a.org/あ"),
        ("https://doi.org/10.1038/NATURE14236", "https://dx.doi.org/10.1038/nature14236"),
        ("https://github.com/OpenAI/Gym", "http://github.com/openai/gym.git"),
        ("https://arxiv.org/abs/1502.01852v1", "http://arxiv.org/pdf/1502.01852.pdf"),
        ("https://openreview.net/pdf/?id=Xyz", "https://openreview.net/forum?id=Xyz"),
        ("https://a.org/x?%75tm_source=n", "https://a.org/x"),
        ("https://doi.org/10.48550/arXiv.1502.01852", "https://arxiv.org/pdf/1502.01852v2"),
        ("https://doi.org/10.1145/3065386", "https://dl.acm.org/doi/abs/10.1145/3065386"),
        (
            "https://link.springer.com/article/10.1007/BF00992696",
            "https://link.springer.com/content/pdf/10.1007/BF00992696.pdf",
        ),
        ("https://doi.org/10.1038/nature14236", "http://www.nature.com/articles/nature14236.pdf"),
        (
            "https://doi.org/10.1038/s41586-020-2649-2",
            "https://www.nature.com/articles/s41586-020-2649-2",
        ),
        ("doi:10.1002/1<1::AID-X>2-#", "https://doi.org/10.1002/1%3C1::AID-X%3E2-%23"),
    ],
)
def test_spellings_of_one_page_share_a_key(one: str, other: str) -> None:
    """Two spellings of one address are told to be one work."""
    assert identity_key(one) == identity_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.org/x", "https://a.org/X"),
        ("https://a.org/x#one", "https://a.org/x#two"),
        ("https://a.org/?section=gtsrb", "https://a.org/"),
        ("https://a.org/a%2Fb", "https://a.org/a/b"),
        ("https://a.org:8080/", "https://a.org/"),
        ("https://github.com/a/b/blob/main/X", "https://github.com/a/b/blob/main/x"),
        ("https://arxiv.org/abs/1502.01852", "https://arxiv.org/abs/1502.03167"),
        ("doi:10.1000/a?b", "doi:10.1000/a?c"),
        ("https://doi.org/10.1145/1", "https://files.dl.example/doi/10.1145/1"),
        ("https://doi.org/10.1002/1", "https://onlinelibrary.wiley.com/doi/10.1002/1/abstract"),
        (
            "https://link.springer.com/article/10.1007/1/figures/2",
            "https://link.springer.com/article/10.1007/1",
        ),
        (
            "https://link.springer.com/chapter/10.1007/1_2#s1",
            "https://link.springer.com/chapter/10.1007/1_2",
        ),
    ],
)
def test_different_pages_keep_different_keys(one: str, other: str) -> None:
    """What a server tells apart is not merged."""
    assert identity_key(one) != identity_key(other)


@always_alike
@given(addresses_or_not())
@example("https://b\u00fccher.example/\u00e9")
def test_any_text_has_a_lasting_form_or_is_refused(text: str) -> None:
    """Nothing but a ValueError is raised; a form is its own form and the same work."""
    with suppress(ValueError):
        form = canonical(text)
        assert canonical(form) == form
        assert identity_key(form) == identity_key(text)
    with suppress(ValueError):
        identity_key(text)
    arxiv_id(text)
    doi_of(text)


@always_alike
@given(addresses(["example.org", "sub.example.co.uk"]))
def test_form_keeps_what_a_server_may_tell_apart(url: str) -> None:
    """Of a site without rules, path, fragment and the untracked parameters keep every byte."""
    form, parts = urlsplit(canonical(url)), urlsplit(url)
    assert (form.path, form.fragment) == (parts.path or "/", parts.fragment)
    tracking = ("utm_source=x", "UTM_x=1", "fbclid=1")
    assert form.query.split("&") == [
        p for p in parts.query.split("&") if p and p not in tracking
    ] or [""]


RESPELLINGS: list[Callable[[SplitResult], SplitResult]] = [
    lambda parts: parts._replace(
        netloc=parts.netloc.swapcase() if "@" not in parts.netloc else parts.netloc
    ),
    lambda parts: parts._replace(path=parts.path.rstrip("/") + "/"),
    lambda parts: parts._replace(path=parts.path.replace("a", "%61")),
    lambda parts: parts._replace(path=parts.path.replace("%2F", "%2f")),
    lambda parts: parts._replace(query="&".join(reversed(parts.query.split("&")))),
    lambda parts: parts._replace(query=f"{parts.query}&utm_campaign=x"),
    lambda parts: parts._replace(query=f"gclid=x&&{parts.query}"),
]


@always_alike
@given(addresses(), st.lists(st.sampled_from(RESPELLINGS), min_size=1))
def test_no_respelling_makes_another_work(url: str, respellings: list) -> None:
    """Case of the host, slashes at the end, order, tracking and needless escapes do not count."""
    parts = urlsplit(url)
    for respelled in respellings:
        parts = respelled(parts)
    assert identity_key(parts.geturl()) == identity_key(url)


OTHER_PAGES: list[Callable[[SplitResult], SplitResult]] = [
    lambda parts: parts._replace(netloc=f"other.{parts.hostname}"),
    lambda parts: parts._replace(netloc=f"{parts.hostname}:8443"),
    lambda parts: parts._replace(path=f"{parts.path.rstrip('/')}/other"),
    lambda parts: parts._replace(path=f"/other{parts.path}"),
    lambda parts: parts._replace(query=f"{parts.query}&other=1"),
    lambda parts: parts._replace(fragment=f"{parts.fragment}other"),
]


@always_alike
@given(addresses(["example.org", "sub.example.co.uk"]), st.sampled_from(OTHER_PAGES))
def test_what_may_be_another_page_is_another_work(
    url: str, other: Callable[[SplitResult], SplitResult]
) -> None:
    """Another host, port, path, parameter or fragment is never taken for the same."""
    assert identity_key(other(urlsplit(url)).geturl()) != identity_key(url)


def test_identifiers_are_read_from_any_form() -> None:
    """The arXiv and DOI names in an address are found, and none where there is none."""
    assert arxiv_id("http://arxiv.org/pdf/1502.01852v1.pdf") == "1502.01852"
    assert arxiv_id("https://arxiv.org/") is None
    assert doi_of("http://dx.doi.org/10.1162/neco.1997.9.8.1735") == "10.1162/neco.1997.9.8.1735"
    assert doi_of("https://doi.org/10.1002/1%3C1::AID-X%3E2-%23") == "10.1002/1<1::AID-X>2-#"
    assert doi_of("https://dl.acm.org/doi/pdf/10.1145/3065386") == "10.1145/3065386"
    assert doi_of("https://www.nature.com/articles/nature21056.epdf") == "10.1038/nature21056"
    assert doi_of("https://doi.org/10.48550/arXiv.1502.01852") is None
    assert doi_of("https://link.springer.com/article/10.1007/1/figures/2") is None
    assert doi_of("https://dl.acm.org/doi/10.5555/3295222.3295349") is None
    assert doi_of("not an address") is None


@pytest.mark.parametrize(
    ("url", "is_gone"),
    [
        ("https://deepmind.com/blog/x/", True),
        ("https://www.deepmind.com/blog/x/", True),
        ("https://deepmind.google/blog/x/", False),
        ("https://sites.google.com/a/deepmind.com/dqn/", True),
        ("https://sites.google.com/about", False),
        ("https://notdeepmind.com/", False),
    ],
)
def test_gone_sites_are_known_by_host_and_folder(url: str, is_gone: bool) -> None:
    """A site counts as gone with its sub-domains, but not its namesakes or neighbours."""
    assert (gone(url) is not None) == is_gone
