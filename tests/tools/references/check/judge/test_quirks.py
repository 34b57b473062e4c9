"""The table of hosts that are asked or read in a way of their own."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.references.check.judge.quirks import (
    TABLE,
    asked,
    has_project_sites,
    is_resolver,
    is_shortener,
    quirk_of,
    shows_anchors,
)

VIDEO = "aircAruvnKk"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.youtube.com/watch?v={VIDEO}",
        f"http://youtube.com/watch?feature=share&v={VIDEO}&list=PL1&t=30s",
        f"https://m.youtube.com/watch?v={VIDEO}#t=30",
        f"https://music.youtube.com/watch?v={VIDEO}",
        f"https://youtu.be/{VIDEO}",
        f"https://youtu.be/{VIDEO}?t=30",
        f"https://www.youtube.com/embed/{VIDEO}?rel=0",
        f"https://www.youtube-nocookie.com/embed/{VIDEO}",
        f"https://youtube.com/shorts/{VIDEO}/",
        f"https://www.youtube.com/live/{VIDEO}?feature=share",
        f"HTTPS://WWW.YouTube.com/v/{VIDEO}",
    ],
)
def test_all_addresses_of_a_video_are_one_request_for_its_description(url):
    """The page of a removed video answers 200, its description does not."""
    parts = urlsplit(asked(url))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://www.youtube.com/oembed"
    assert parse_qs(parts.query) == {
        "format": ["json"],
        "url": [f"https://www.youtube.com/watch?v={VIDEO}"],
    }
    assert parts.fragment == ""


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://vimeo.com/76979871", "https://vimeo.com/76979871"),
        ("http://www.vimeo.com/76979871#t=10s", "https://vimeo.com/76979871"),
        ("https://vimeo.com/76979871/8272103f6e", "https://vimeo.com/76979871/8272103f6e"),
        ("https://vimeo.com/channels/staffpicks/76979871", "https://vimeo.com/76979871"),
        ("https://vimeo.com/groups/shorts/videos/76979871", "https://vimeo.com/76979871"),
        ("https://player.vimeo.com/video/76979871", "https://vimeo.com/76979871"),
        (
            "https://player.vimeo.com/video/76979871?h=8272103f6e&color=fff",
            "https://vimeo.com/76979871/8272103f6e",
        ),
    ],
)
def test_video_on_vimeo_is_asked_for_by_its_description(url, page):
    """With the part that an unlisted one is not found without."""
    parts = urlsplit(asked(url))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://vimeo.com/api/oembed.json"
    assert parse_qs(parts.query) == {"url": [page]}


@pytest.mark.parametrize(
    ("url", "source"),
    [
        (
            "https://colab.research.google.com/github/a/b/blob/main/dir/c.ipynb#scrollTo=x",
            "https://github.com/a/b/blob/main/dir/c.ipynb",
        ),
        (
            "https://colab.research.google.com/gist/a/0123abc/c.ipynb",
            "https://gist.github.com/a/0123abc",
        ),
    ],
)
def test_notebook_is_asked_for_where_it_is_kept(url, source):
    """Colab answers 200 for any notebook; GitHub knows whether there is one."""
    assert asked(url) == source


@pytest.mark.parametrize(
    "url",
    [
        "https://e.example/watch?v=aircAruvnKk",
        "https://notyoutube.com/watch?v=aircAruvnKk",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/@3blue1brown",
        "https://www.youtube.com/playlist?list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi",
        "https://www.youtube.com/embed/videoseries?list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi",
        "https://www.youtube.com:8443/watch?v=aircAruvnKk",
        "https://vimeo.com/about",
        "https://vimeo.com/channels/staffpicks",
        "https://colab.research.google.com/",
        "https://colab.research.google.com/drive/1k_4T4a5i79SQ3cQEEfCmgY",
        "https://doi.org/10.1038/nature14539",
        "ftp://youtu.be/aircAruvnKk",
        "http://[",
        "http://youtu.be:x/aircAruvnKk",
        "",
    ],
)
def test_other_links_are_asked_for_themselves(url):
    """What is no video, not on the site's own port, or no address at all is left alone."""
    assert asked(url) == url


@given(st.text() | st.from_regex(r"https?://(www\.youtube\.com|youtu\.be|vimeo\.com)/.*"))
def test_any_text_is_looked_up_without_a_fault(text):
    """Whatever a source calls a link; and what is asked for is asked for itself."""
    assert asked(asked(text)) == asked(text)
    quirk_of(text)
    shows_anchors(text)


@pytest.mark.parametrize(
    ("host", "resolver"),
    [
        ("doi.org", True),
        ("dx.doi.org", True),
        ("www.doi.org", True),
        ("DOI.org.", True),
        ("hdl.handle.net", True),
        ("notdoi.org", False),
        ("doi.org.example", False),
        ("handle.net", False),
        ("n2t.net", False),
        ("purl.org", False),
        ("", False),
    ],
)
def test_resolvers_are_those_that_know_each_single_name(host, resolver):
    """One that passes names on by their beginning proves nothing by it."""
    assert is_resolver(host) is resolver


def test_short_addresses_and_project_sites_are_known():
    """By their host, whatever the path."""
    assert is_shortener("https://bit.ly/3abc")
    assert is_shortener("http://www.tinyurl.com/x")
    assert not is_shortener("https://e.example/bit.ly")
    assert has_project_sites("https://user.github.io/project/")
    assert not has_project_sites("https://github.com/user/project")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://github.com/a/b#install", True),
        ("https://github.com/a/b/wiki/Page#install", True),
        ("https://github.com/a/b/blob/main/README.md#install", False),
        ("https://github.com/a/b/issues/1#issuecomment-1", False),
        ("https://gitlab.com/a/b#install", False),
        ("https://codeberg.org/a/b#install", True),
        ("https://e.example/#part", True),
    ],
)
def test_pages_whose_anchors_scripts_write_are_known(url, shown):
    """There a name that is not in the HTML may yet be on the page."""
    assert shows_anchors(url) is shown


@pytest.mark.parametrize("tab", ["readme", "readme-ov-file", "MIT-1-ov-file"])
def test_tabs_of_a_repository_are_no_elements_of_its_page(tab):
    """Scripts open them; a heading on the same page is looked for."""
    assert not shows_anchors(f"https://github.com/owner/name#{tab}")
    assert shows_anchors("https://github.com/owner/name#install")


def test_table_says_why_and_names_each_host_once():
    """A row without a reason cannot be judged by who reads it, a second one is never found."""
    hosts = [host for quirk in TABLE for host in quirk.hosts]
    assert len(hosts) == len(set(hosts))
    assert all(host == host.lower() for host in hosts)
    assert all(quirk.why.endswith(".") for quirk in TABLE)
    assert all(bool(quirk.by) is (quirk.instead is not None) for quirk in TABLE)
