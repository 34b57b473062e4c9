"""How much of a body is read, and what is made of one that breaks off, lies or is no page."""

import gzip
import io
import socket
import time
import zlib
from threading import BoundedSemaphore

import pytest

from tools.references.check.fetch import body
from tools.references.check.fetch.body import ANCHORED_PAGE_BYTES, PAGE_BYTES, UNCLOSED_BYTES
from tools.references.check.fetch.page import PageReader

TIMEOUT_S = 0.4
PATIENT_S = 5.0
HTML = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n"
PAGE = b"<!doctype html><title>A page</title><h1>Heading</h1><p>Words of the page.</p>"
WANTED = frozenset({"part"})


def filler(size: int) -> bytes:
    """Return so many bytes that show nothing."""
    comment = b"<!--" + b"x" * 93 + b"-->"
    return b" " * (size % 100) + comment * (size // 100)


def chunked(data: bytes, size: int = 1000) -> bytes:
    """Return data in chunks of HTTP, with the headers of a page."""
    chunks = [data[begin : begin + size] for begin in range(0, len(data), size)]
    framed = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return HTML + b"Transfer-Encoding: chunked\r\n\r\n" + framed + b"0\r\n\r\n"


def sized(data: bytes, *headers: bytes, size: int | None = None) -> bytes:
    """Return a page as long as it says, or not."""
    length = len(data) if size is None else size
    lines = b"".join(header + b"\r\n" for header in headers)
    return HTML + lines + b"Content-Length: %d\r\n\r\n" % length + data


def then_close(data: bytes):
    """Return an answer that ends the connection."""
    return lambda connection: connection.sendall(data)


@pytest.mark.parametrize(
    "answer",
    [
        sized(PAGE),
        chunked(PAGE),
        chunked(PAGE, size=1),
        then_close(HTML + b"\r\n" + PAGE),
        sized(gzip.compress(PAGE), b"Content-Encoding: gzip"),
        sized(zlib.compress(PAGE)[2:-4], b"Content-Encoding: deflate"),
        sized(PAGE, b"Content-Encoding: utf-8"),
        sized(PAGE).replace(b"Content-Type: text/html\r\n", b""),
    ],
    ids=["length", "chunks", "bytes", "closed", "gzip", "deflate", "misnamed", "untyped"],
)
def test_page_is_read_to_its_end(site, get, answer):
    """In whatever form it comes."""
    site.answers["/"] = answer
    page = get(site.url()).page
    assert (page.title, page.heading, page.complete) == ("A page", "Heading", True)
    assert page.text == "Heading Words of the page."


@pytest.mark.parametrize(
    "answer",
    [
        then_close(sized(PAGE, size=10_000)),
        then_close(chunked(PAGE)[:-5]),
        then_close(HTML + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s" % (10_000, PAGE)),
        chunked(PAGE).replace(b"0\r\n\r\n", b"nonsense\r\n"),
        sized(gzip.compress(PAGE)[:-4], b"Content-Encoding: gzip"),
    ],
    ids=["short", "chunks end", "chunk ends", "bad chunk", "gzip ends"],
)
def test_page_that_breaks_off_is_what_came_of_it(site, get, answer):
    """The status line was said, and is not unsaid; that the page is not all there is known."""
    site.answers["/"] = answer
    outcome = get(site.url())
    assert (outcome.status, outcome.fault) == (200, None)
    assert (outcome.page.title, outcome.page.complete) == ("A page", False)


def test_page_that_drips_is_what_came_of_it_in_time(site, get):
    """A deadline in the middle of the body ends it there."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(HTML + b"Content-Length: 10000\r\n\r\n" + PAGE)
        site.drip(b"x" * 10_000)(connection)

    site.answers["/"] = answer
    outcome = get(site.url(), timeout_s=TIMEOUT_S)
    assert (outcome.status, outcome.fault) == (200, None)
    assert (outcome.page.title, outcome.page.complete) == ("A page", False)


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Encoding: br",
        b"Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip",
        b"Transfer-Encoding: gzip, chunked",
    ],
)
def test_page_that_cannot_be_unpacked_is_none(site, get, header):
    """It is there, but shows nothing: rubbish is not taken for its words."""
    site.answers["/"] = then_close(sized(PAGE, header))
    outcome = get(site.url())
    assert (outcome.status, outcome.page) == (200, None)


def test_page_that_is_not_packed_as_it_says_shows_nothing(site, get):
    """What is not there proves nothing then."""
    site.answers["/"] = sized(PAGE, b"Content-Encoding: gzip")
    outcome = get(site.url())
    assert outcome.status == 200
    assert (outcome.page.title, outcome.page.complete) == ("", False)


@pytest.mark.parametrize(
    "content_type", ["application/pdf", "text/plain", "image/svg+xml", "application/json"]
)
def test_what_is_no_page_is_not_read_as_one(site, get, content_type):
    """Its type says so, whatever it looks like."""
    site.answers["/"] = site.response(200, f"Content-Type: {content_type}", body=PAGE)
    assert get(site.url()).page is None


@pytest.mark.parametrize(
    "types",
    [(b"text/html", b"text/html"), (b"text/plain", b"text/html; charset=utf-8")],
)
def test_last_of_several_types_counts(site, get, types):
    """As in browsers; some servers tell it twice."""
    both = b"Content-Type: %s\r\nContent-Type: %s" % types
    site.answers["/"] = sized(PAGE).replace(b"Content-Type: text/html", both)
    assert get(site.url()).page.title == "A page"


@pytest.mark.parametrize("status", [401, 404, 410, 503])
def test_page_of_an_error_is_read(site, get, status):
    """It may be a wall, or say more."""
    site.answers["/"] = site.page("Words", "Sorry", status=status)
    assert get(site.url()).page.title == "Sorry"


def test_page_of_a_redirect_is_not_the_page(site, get):
    """The last response is what a reader sees."""
    site.answers["/"] = site.page("", "Moved", "Location: /there", status=302)
    site.answers["/there"] = site.page("", "There")
    assert get(site.url()).page.title == "There"


def test_redirect_that_leads_nowhere_is_a_page(site, get):
    """Without a target, what it shows is all there is."""
    site.answers["/"] = site.page("", "Moved", status=302)
    assert get(site.url()).page.title == "Moved"


@pytest.mark.parametrize("pack", [None, "gzip"])
def test_page_is_read_no_further_than_64_kilobytes(site, get, pack):
    """Unpacked: what stands beyond is not seen, and the page not taken for complete."""
    assert PAGE_BYTES == 64 * 1024
    within = filler(PAGE_BYTES - 100) + b"<p>within</p>" + filler(200) + b"<p>beyond</p>"
    packed = gzip.compress(within) if pack else within
    site.answers["/"] = sized(packed, b"Content-Encoding: " + (pack or "identity").encode())
    page = get(site.url()).page
    assert (page.text, page.complete) == ("within", False)


@pytest.mark.parametrize(
    ("before", "status", "found"),
    [
        (0, 200, WANTED),
        (PAGE_BYTES, 200, WANTED),
        (ANCHORED_PAGE_BYTES - 100, 200, WANTED),
        (ANCHORED_PAGE_BYTES, 200, frozenset()),
        (PAGE_BYTES, 404, frozenset()),
        (0, 404, frozenset()),
    ],
)
def test_anchor_is_looked_for_in_two_megabytes(site, get, before, status, found):
    """Of a page that is there; one that is gone has none."""
    assert ANCHORED_PAGE_BYTES == 2 * 1024 * 1024
    html = (filler(before) if before else b"") + b"<a id=part></a>" + filler(5000)
    site.answers["/"] = sized(html).replace(b"200", b"%d" % status)
    assert get(site.url(), wanted=WANTED).page.anchors == found


def test_page_is_left_once_all_anchors_were_found(site, get):
    """Nothing is read of a long page that is not needed any more."""
    left = []

    def answer(connection: socket.socket) -> None:
        connection.sendall(HTML + b"\r\n" + filler(100_000) + b"<a id=part></a>" + filler(100_000))
        left.append(connection.recv(1))  # until the reader closes

    site.answers["/"] = answer
    outcome = get(site.url(), wanted=WANTED)
    assert (outcome.page.anchors, outcome.page.complete) == (WANTED, False)
    assert outcome.elapsed_s < PATIENT_S
    site.close()
    assert left in ([], [b""])


def test_page_on_which_nothing_ends_is_left(site, get):
    """A parser would keep it all, in many times the room."""
    long = b"<p title='" + b"x" * 2 * UNCLOSED_BYTES + b"'><a id=part></a>"
    site.answers["/"] = sized(long)
    page = get(site.url(), wanted=WANTED).page
    assert (page.anchors, page.complete) == (frozenset(), False)


def test_picture_within_a_page_is_passed_over(site, get):
    """Pages that are saved whole have long attributes, if not that long."""
    long = b"<img src='data:" + b"x" * (UNCLOSED_BYTES // 2) + b"'><a id=part></a>"
    site.answers["/"] = sized(long)
    assert get(site.url(), wanted=WANTED).page.anchors == WANTED


def test_anchor_that_is_missing_from_a_whole_page_is_known_to_be(site, get):
    """Up to two megabytes, the end of the page is reached."""
    site.answers["/"] = sized(filler(1_000_000))
    page = get(site.url(), wanted=WANTED).page
    assert (page.anchors, page.complete) == (frozenset(), True)


@pytest.mark.parametrize("typed", ["Content-Type: text/html", "Content-Type: video/mp4", "X: y"])
@pytest.mark.parametrize("wanted", [frozenset(), WANTED])
def test_endless_body_is_left(site, get, typed, wanted):
    """A server that never stops is not listened to for ever."""
    sent = []

    def pour(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 200 OK\r\n{typed}\r\n\r\n".encode())
        while True:
            sent.append(connection.send(b"x" * 65536))

    site.answers["/"] = pour
    assert get(site.url(), wanted=wanted).status == 200
    site.close()
    assert sum(sent) < 20_000_000  # what the system buffers on the way


def test_endless_packing_of_nothing_is_left(site, get):
    """What is read is bounded, too, not what comes of it alone."""
    nothing = gzip.compress(b"") * 1000

    def pour(connection: socket.socket) -> None:
        connection.sendall(HTML + b"Content-Encoding: gzip\r\n\r\n")
        while True:
            connection.sendall(nothing)

    site.answers["/"] = pour
    outcome = get(site.url(), timeout_s=10 * PATIENT_S)
    assert (outcome.status, outcome.page.complete) == (200, False)
    assert outcome.elapsed_s < PATIENT_S


@pytest.mark.parametrize("wanted", [frozenset(), WANTED])
def test_bomb_is_not_unpacked(site, get, wanted):
    """A hundred kilobytes that stand for a hundred megabytes are a page that was not read out."""
    bomb = gzip.compress(gzip.compress(filler(100_000_000), 1))
    site.answers["/"] = sized(bomb, b"Content-Encoding: gzip, gzip")
    outcome = get(site.url(), wanted=wanted)
    assert (outcome.status, outcome.page.complete) == (200, False)


@pytest.mark.parametrize(
    ("answer", "connections"),
    [
        (sized(PAGE), 1),
        (chunked(PAGE), 1),
        (sized(PAGE).replace(b"text/html", b"application/pdf"), 1),
        (chunked(PAGE).replace(b"text/html", b"application/pdf"), 1),
        (sized(b"x" * 40_000).replace(b"Content-Type: text/html\r\n", b""), 1),
        (sized(b"moved", b"Location: /there").replace(b"200", b"302"), 1),
        (sized(filler(70_000)).replace(b"text/html", b"application/pdf"), 2),
        (sized(filler(200_000)), 2),
    ],
    ids=["page", "chunks", "file", "file in chunks", "untyped", "redirect", "long file", "long"],
)
def test_connection_is_used_again_if_little_is_left_on_it(
    site, get, transport, answer, connections
):
    """A new connection costs less than a long body that nobody wants."""
    site.answers["/"] = answer
    one = transport()
    get(site.url(), by=one)
    assert get(site.url("/next"), by=one).status == 200
    assert site.connections == connections


def test_page_that_is_longer_than_it_says_spoils_no_other(site, get, transport):
    """Nor does a connection on which nonsense comes that belongs to the page before."""
    site.answers["/"] = sized(PAGE + b"and more than it says", size=len(PAGE))
    nonsense = [b"the rest of the page before\r\n", site.response(200)]
    site.answers["/next"] = lambda connection: connection.sendall(nonsense.pop(0))
    one = transport()
    assert get(site.url(), by=one).page.title == "A page"
    assert get(site.url("/next"), by=one).status == 200
    assert nonsense == []


def test_file_that_drips_is_not_waited_for(site, get, monkeypatch):
    """It is read for nothing but the connection."""
    monkeypatch.setattr("tools.references.check.fetch.body.DRAINING_S", 0.1)

    def answer(connection: socket.socket) -> None:
        connection.sendall(sized(b"x", size=1000).replace(b"text/html", b"application/pdf"))
        site.hang(connection)

    site.answers["/"] = answer
    outcome = get(site.url(), timeout_s=10 * PATIENT_S)
    assert outcome.status == 200
    assert outcome.elapsed_s < PATIENT_S


def test_connection_with_a_body_under_way_is_not_used_again(site, get, transport, monkeypatch):
    """The next answer would come after it."""
    monkeypatch.setattr("tools.references.check.fetch.body.DRAINING_S", 0.1)

    def answer(connection: socket.socket) -> None:
        connection.sendall(sized(b"x", size=1000).replace(b"text/html", b"application/pdf"))
        site.hang(connection)

    site.answers["/"] = answer
    one = transport()
    assert get(site.url(), by=one).status == 200
    assert get(site.url("/next"), by=one).status == 200
    assert site.connections == 2


def test_connection_with_the_rest_of_a_long_page_to_come_is_not_used_again(site, get, transport):
    """That nothing comes at the moment does not mean that it was all."""
    beginning = sized(filler(PAGE_BYTES), size=3 * PAGE_BYTES)

    def answer(connection: socket.socket) -> None:
        connection.sendall(beginning)
        site.hang(connection)

    site.answers["/"] = answer
    one = transport()
    assert get(site.url(), by=one).page.complete is False
    assert get(site.url("/next"), by=one, timeout_s=TIMEOUT_S).status == 200


def test_answer_behind_a_page_that_is_longer_than_it_says_is_not_taken(
    serve, trust, get, transport
):
    """What was decrypted with the page, and not looked at, belongs to it."""
    trust("loopback.pem")
    site = serve(tls="loopback.pem")
    page = sized(PAGE)
    site.answers["/"] = page.ljust(io.DEFAULT_BUFFER_SIZE) + site.response(404)
    one = transport()
    assert get(site.url(), by=one).page.title == "A page"
    assert get(site.url("/next"), by=one).status == 200


def test_rest_of_the_last_body_on_a_connection_is_left(site, get, monkeypatch):
    """There is nothing to be won by reading it."""
    monkeypatch.setattr("tools.references.check.fetch.body.DRAINING_S", 10 * PATIENT_S)

    def answer(connection: socket.socket) -> None:
        head = sized(b"x", b"Connection: close", size=1000)
        connection.sendall(head.replace(b"text/html", b"application/pdf"))
        site.hang(connection)

    site.answers["/"] = answer
    outcome = get(site.url(), timeout_s=10 * PATIENT_S)
    assert outcome.status == 200
    assert outcome.elapsed_s < PATIENT_S


def test_page_that_takes_long_to_parse_is_left_in_time(site, get, monkeypatch):
    """The deadline holds for what came long ago, too: a bomb is all there at once."""
    feed = PageReader.feed

    def slowly(reader, data):
        time.sleep(0.1)
        feed(reader, data)

    monkeypatch.setattr(PageReader, "feed", slowly)
    bomb = gzip.compress(PAGE + filler(ANCHORED_PAGE_BYTES))
    site.answers["/"] = sized(bomb, b"Content-Encoding: gzip")
    outcome = get(site.url(), wanted=WANTED, timeout_s=TIMEOUT_S)
    assert (outcome.page.title, outcome.page.complete) == ("A page", False)
    assert outcome.elapsed_s < PATIENT_S


def test_long_pages_take_turns(site, get, monkeypatch):
    """Each takes much memory; one that has no turn in time shows its beginning."""
    monkeypatch.setattr("tools.references.check.fetch.body.LONG_PAGES", BoundedSemaphore(1))
    site.answers["/"] = sized(PAGE + filler(PAGE_BYTES) + b"<a id=part></a>")
    assert get(site.url(), wanted=WANTED).page.anchors == WANTED
    assert get(site.url(), wanted=WANTED).page.anchors == WANTED
    with body.LONG_PAGES:
        page = get(site.url(), wanted=WANTED, timeout_s=TIMEOUT_S).page
        assert (page.title, page.anchors, page.complete) == ("A page", frozenset(), False)
        assert get(site.url()).page.title == "A page"
