"""What a reader of HTML keeps of a page, whatever bytes the page is made of."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.references.check.fetch.page import Page, PageReader, is_html

UTF_8 = "text/html; charset=utf-8"


def read(
    html: str | bytes,
    content_type: str = UTF_8,
    wanted: tuple[str, ...] = (),
    chunk: int = 65536,
) -> Page:
    """Return what a page shows, fed in chunks."""
    data = html.encode() if isinstance(html, str) else html
    reader = PageReader(content_type, frozenset(wanted))
    for begin in range(0, len(data), chunk):
        reader.feed(data[begin : begin + chunk])
    return reader.page(complete=True)


PAGE = """<!DOCTYPE html><html lang=en><head><meta charset=utf-8>
<title>Gradients &amp; <b>co
 </title><style>p {color: red}</style><script src="/a.js"></script>
<script>var a = "<p>no";</script><script type="application/ld+json">{"x": 1}</script></head>
<body><header>Site <nav><a href=/>Home</a></nav></header>
<main><h1>On <em>gra</em>dients</h1><p>Slopes of caf&eacute;s.<br>Second line</p>
<template><p>not this</p></template><noscript>nor this</noscript><svg><title>Icon</title></svg>
<select><option>nor that</select><div hidden>hidden <b>words</b></div><h1>Another</h1>
<p id="über">End</p><a name=old>.</a></main><aside>Related</aside><footer>2019</footer></body>"""


def test_page_is_read_as_a_person_sees_it():
    """Title, first heading and main text are kept; menus, scripts and hidden parts are not."""
    page = read(PAGE, wanted=("über", "old", "Old", "none"))
    assert page.title == "Gradients & <b>co"
    assert page.heading == "On gradients"
    assert page.text == "On gradients Slopes of cafés. Second line Another End ."
    assert page.words == 10
    assert page.scripted
    assert page.script == 'var a = "<p>no";'
    assert page.sources == ("/a.js",)
    assert page.anchors == {"über", "old"}
    assert not page.password
    assert page.complete


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 64, 1000])
def test_chunks_make_no_difference(chunk):
    """However the network cuts a page, it is the same page."""
    html = PAGE + "<p>some&nbsp;more <i>wo</i>rds 字字字字</p>" * 1500
    assert read(html, wanted=("old",), chunk=chunk) == read(html, wanted=("old",))


def test_heading_stands_anywhere_and_has_words_in_it():
    """A logo within h1 is no heading, and one in the page's header is as good as any."""
    page = read("<h1><img alt=Logo></h1><header><h1>Real <br>one</h1>menu</header><p>text")
    assert (page.heading, page.text) == ("Real one", "text")


@pytest.mark.parametrize(
    ("html", "scripted"),
    [
        ("<script src=/a.js></script>", True),
        ("<script type=module>import a</script>", True),
        ("<script type='text/template'><p>x</p></script>", False),
        ("<noscript>no</noscript>", False),
    ],
)
def test_scripts_are_those_that_run(html, scripted):
    """Data and templates in script elements write nothing."""
    assert read(html).scripted is scripted


@pytest.mark.parametrize(
    ("html", "password"),
    [
        ("<input type=password>", True),
        ("<form><input name=a type=' PassWord '>", True),
        ("<div hidden><input type=password></div>", False),
        ("<template><input type=password></template>", False),
        ("<input type=text>", False),
    ],
)
def test_password_is_asked_for_by_a_field_that_shows(html, password):
    """A field in a part that does not show asks nobody."""
    assert read(html).password is password


def test_sources_are_those_of_scripts_and_frames():
    """Scripts, inline frames and framesets tell whence a page comes; pictures do not."""
    page = read("<script src=a></script><iframe src=' //b/c '></iframe><img src=d><embed src=e>")
    assert page.sources == ("a", "//b/c")
    assert read("<frameset><frame src=//park.example/></frameset>").sources == ("//park.example/",)


@pytest.mark.parametrize(
    ("html", "is_shell"),
    [
        ("<script src=a></script><p>" + "word " * 20, True),
        ("<script src=a></script><p>" + "word " * 21, False),
        ("<p>word", False),
    ],
)
def test_shell_has_scripts_and_next_to_nothing_else(html, is_shell):
    """A notice or a menu does not make it a page."""
    assert read(html).is_shell is is_shell


def test_words_are_counted_without_being_kept():
    """Of a long text the beginning is kept, and all of it counted."""
    page = read("<p>" + "one two three " * 30_000)
    assert page.words == 90_000
    assert page.text.startswith("one two three one")
    assert 3900 < len(page.text) <= 4000


def test_two_letters_of_an_unspaced_language_are_a_word():
    """A page in Chinese is not short for want of spaces."""
    assert 100 <= read("<p>" + "神经网络" * 50).words <= 101


def test_everything_kept_is_bounded():
    """No title, heading, script, source or text grows beyond its measure."""
    long = "x y " * 5000
    page = read(
        f"<title>{long}</title><h1>{long}</h1><script>{long}</script>"
        + f"<script src='/{'s' * 5000}'></script>" * 200
    )
    assert len(page.title) <= 300
    assert len(page.heading) <= 300
    assert len(page.script) <= 300 * 8
    assert len(page.sources) <= 50
    assert max(map(len, page.sources)) <= 300


@pytest.mark.parametrize(
    ("html", "content_type"),
    [
        ("<title>café 神</title>".encode(), UTF_8),
        ("<title>café 神</title>".encode(), "text/html"),
        ("<title>café 神</title>".encode(), "text/html; charset=nonsense"),
        ("<title>café 神</title>".encode(), 'text/html;Charset="UTF8"; a=b'),
        ("\ufeff<title>café 神</title>".encode(), "text/html; charset=iso-8859-1"),
        ("<title>café 神</title>".encode("utf-16"), UTF_8),
        ("\ufeff<title>café 神</title>".encode("utf-16-be"), "text/html"),
        ("<title>café 神</title>".encode("utf-16-le"), "text/html; charset=utf-16le"),
        ("<meta charset=utf-16><title>café 神</title>".encode(), "text/html"),
        ("<meta charset=nonsense><title>café 神</title>".encode(), "text/html"),
        ("<meta charset=' GB2312 '><title>café 神</title>".encode("gb18030"), "text/html"),
        (
            "<meta content='text/html; charset=big5' http-equiv=Content-Type>"
            "<title>café 神</title>".replace("é", "&eacute;").encode("big5"),
            "text/html",
        ),
        ("<title>caf&eacute; 神</title>".encode("shift_jis"), "text/html; charset=x-sjis"),
        ("<title>caf&#233; 神</title>".encode("euc_jp"), "text/html; charset=EUC-JP"),
    ],
)
def test_encoding_is_found_as_browsers_find_it(html, content_type):
    """Byte order mark, then header, then the page's own word; names nobody knows are ignored."""
    assert read(html, content_type).title == "café 神"


@pytest.mark.parametrize(("before", "found"), [(0, True), (505, True), (4000, True), (4096, False)])
def test_page_s_own_word_on_its_encoding_is_looked_for_at_its_beginning(before, found):
    """The first word counts; after so much it comes too late."""
    said = "<meta charset=''><meta charset=koi8-r><meta charset=utf-8><title>мир</title>"
    comment = "<!--".ljust(before - 3, "x") + "-->" if before else ""
    page = read((comment + said).encode("koi8-r"), "text/html")
    assert (page.title == "мир") is found


@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=latin1"])
def test_encoding_that_nobody_names_may_be_western(content_type):
    """Bytes that are no UTF-8 are read as browsers read them, quotes of Windows included."""
    assert read("<title>“café”</title>".encode("cp1252"), content_type).title == "“café”"


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis", "euc-jp", "gb18030", "koi8-r"])
def test_bytes_that_do_not_fit_lose_nothing_else(encoding):
    """A page is read on after a broken letter: an anchor behind it is not called missing."""
    page = read(b"<p>\xff\x80\xfe</p><a id=end>", f"text/html; charset={encoding}", ("end",))
    assert page.anchors == {"end"}


def test_xhtml_ends_its_elements_in_their_tags():
    """A script that ends itself does not swallow the page."""
    xhtml = '<html xmlns="http://www.w3.org/1999/xhtml"><script src="/a"/><a id="x"/><p>text</p>'
    page = read(xhtml, "application/xhtml+xml", ("x",))
    assert (page.text, page.anchors) == ("text", {"x"})


def test_reader_is_satisfied_when_every_name_was_found():
    """The rest of a page need not be read then."""
    reader = PageReader(UTF_8, frozenset({"a", "b"}))
    reader.feed(b"<p id=a>" + b" " * 5000)
    assert not reader.satisfied
    reader.feed(b"<p id=b>" + b" " * 5000)
    assert reader.satisfied
    assert PageReader(UTF_8).satisfied


def test_page_cut_off_shows_what_came():
    """A title, a script or a heading that never ends is kept, and the page is not complete."""
    reader = PageReader(UTF_8)
    reader.feed(b"<title>Half a ti")
    page = reader.page(complete=False)
    assert (page.title, page.complete) == ("Half a ti", False)
    assert reader.page(complete=False) == page
    assert read("<script>var a").script == "var a"
    assert read("<h1>Head").heading == "Head"
    assert read("") == Page(complete=True)


HALF_A_MEGABYTE = 512 * 1024

HOSTILE = [
    *(b"<div>", b"<b>", b"<p>", b"<", b"&", b"&amp;", b"&bogus;", b"<!--", b"</", b"<?", b"<!"),
    *(b"<a x=1 ", b"<a href='", b"<title>", b"<script>", b"<svg><title>", b"<table><tr><td>"),
    *(b"<select><option>", b"<h1>", b"</div>", b"\0", b"\xff", b"<a><b></a></b>", b"<li><ul>"),
    *(b"<form><input>", b"<iframe src=x>", b"<![CDATA[", b"<plaintext>", b"<frameset>", b"x"),
    *(
        b"<a id=x>",
        b"<dl><dt><dd>",
        b"<body a=1>",
        b" ",
        b"<template>",
        b"<h1 hidden>",
        b"<h1>a<p>",
    ),
    *(b"<h1><i>a</i>", b"<script>a</script>", b"<title>&amp;", b"<title>a</title>"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_page_costs_time_and_memory_within_bounds(piece):
    """Half a megabyte of what parsers dislike is read, and little of it is kept."""
    tracemalloc.start()
    try:
        reader = PageReader("text/html", frozenset({"end"}))
        part = (piece * (32768 // len(piece) + 1))[:32768]
        for _ in range(HALF_A_MEGABYTE // len(part)):
            reader.feed(part)
        reader.page(complete=True)
        assert tracemalloc.get_traced_memory()[1] < 700_000
    finally:
        tracemalloc.stop()


def names(count: int) -> str:
    """Return elements that all have a name and an attribute of their own."""
    return "".join(f"<x{n} y{n}=1>.</x{n}>" for n in range(count))


@pytest.mark.parametrize(
    ("sound", "endless"),
    [("<div>" * 1500, "<div>" * 4000), (names(800), names(4000))],
)
def test_page_that_would_fill_the_memory_is_left(sound, endless):
    """What is nested thousands deep, or has thousands of names, is not read to its end."""
    page = read(f"{sound}<p id=end>", wanted=("end",))
    assert (page.anchors, page.complete) == ({"end"}, True)
    page = read(f"<title>Trap</title>{endless}<p id=end>", wanted=("end",))
    assert (page.title, page.anchors, page.complete) == ("Trap", frozenset(), False)


MARKUP = st.lists(
    st.sampled_from(
        [
            *(b"<p>", b"</p>", b"<h1>", b"</h1>", b"<title>", b"</title>", b"<div hidden>"),
            *(b"</div>", b"<script>", b"</script>", b"<script/>", b"<nav>", b"</nav>", b"<a id=x>"),
            *(b"<!--", b"-->", b"&#x0;", b"&#xD800;", b"\xff\xfe", b"<svg>", b"</svg>", b"<"),
            *(b"<meta charset=utf-16>", b"word ", b"<?xml?>", b"\0", b"</body>", b"</html>"),
        ]
    )
    | st.binary(max_size=20),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(
    parts=MARKUP, content_type=st.sampled_from(["", UTF_8, "text/html; charset=\0", "x;charset"])
)
def test_reader_never_raises(parts, content_type):
    """Whatever comes in whatever pieces, there is a page, and all of it is text."""
    reader = PageReader(content_type, frozenset({"x"}))
    for part in parts:
        reader.feed(part)
    page = reader.page(complete=True)
    for text in (page.title, page.heading, page.text, page.script, *page.sources):
        text.encode()
        assert text == " ".join(text.split())


@pytest.mark.parametrize(
    ("content_type", "beginning", "html"),
    [
        ("text/html", b"", True),
        ("Text/HTML ; charset=utf-8", b"%PDF", True),
        ("application/xhtml+xml", b"", True),
        ("application/pdf", b"<html>", False),
        ("text/plain", b"<!DOCTYPE html>", False),
        ("application/xml", b"<html>", False),
        ("", b"  <!-- a --> <?xml version='1'?>\n<!DocType HTML>", True),
        ("", b"<!-- <p> a --><!DOCTYPE html>", True),
        ("", b"\xef\xbb\xbf<html>", True),
        ("", b"<title>x", True),
        ("", b"%PDF-1.7", False),
        ("", b"{}", False),
        ("", b"", False),
    ],
)
def test_html_is_known_by_its_type_or_without_one_by_its_look(content_type, beginning, html):
    """What a server calls something else is something else."""
    assert is_html(content_type, beginning) is html
