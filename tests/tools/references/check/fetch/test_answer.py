"""Heads of answers as servers send them: odd, long and without end."""

import pytest

from tools.references.check.outcome import Fault

TIMEOUT_S = 0.2
PATIENT_S = 5.0
CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"Content-Length: 2\r\n\r\nok"


def many(count: int) -> bytes:
    """Return so many lines of headers."""
    return b"".join(b"X-%d: %d\r\n" % (n, n) for n in range(count))


def test_redirect_behind_100_000_headers_is_followed(site, get):
    """However many there are, the one that matters is found."""
    head = b"HTTP/1.1 302 X\r\n" + many(100_000)
    site.answers["/"] = head + b"Location: /there\r\nContent-Length: 0\r\n\r\n"
    outcome = get(site.url())
    assert (outcome.status, site.paths) == (200, ["/", "/there"])


def test_many_headers_are_kept(site, get):
    """A response may have more header lines than the standard library takes."""
    site.answers["/"] = b"HTTP/1.1 200 X\r\n" + many(500) + END
    outcome = get(site.url())
    assert (outcome.status, outcome.headers["x-499"]) == (200, "499")


@pytest.mark.parametrize("name", [b"X-More", b"Location", b"Set-Cookie"])
def test_headers_without_use_are_not_kept(site, get, name):
    """A server cannot fill the memory with them, whatever they are called."""
    lines = b"".join(b"%s: %d\r\n" % (name, n) for n in range(50_000))
    site.answers["/"] = b"HTTP/1.1 200 X\r\n" + lines + END
    outcome = get(site.url())
    assert outcome.status == 200
    assert sum(map(len, outcome.headers.values())) < 200_000


def test_headers_without_end_are_broken_off(site, get):
    """A server that sends nothing but headers is left."""

    def pour(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-More: " + b"x" * 50_000 + b"\r\n")

    site.answers["/"] = pour
    outcome = get(site.url())
    assert (outcome.fault, outcome.detail) == (Fault.GARBLED, "headers without end")


@pytest.mark.parametrize(
    "lines",
    [
        b"this is no header\r\n",
        b": nor this\r\n",
        b"From nobody\r\n",
        b"With Space: x\r\n",
        b" goes on with nothing\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"\xff\xfe: x\r\n",
        b"X: a\rFrom nobody\r\n",
        b"X-Long: " + b"x" * 200_000 + b"\r\n",
        b"X-Long: " + b"x" * 200_000 + b"\r\n goes on\r\n",
        b"X-Empty:\r\n",
        b"\0: x\r\n",
    ],
    ids=lambda lines: lines[:20].decode("latin-1").strip(),
)
def test_line_that_is_no_header_hides_none_after_it(site, get, lines):
    """Browsers pass over such lines; a parser of mail takes them for the end of the headers."""
    target = b"Location: /there\r\nContent-Length: 0\r\n\r\n"
    site.answers["/"] = b"HTTP/1.1 301 X\r\n" + lines + target
    get(site.url())
    assert site.paths == ["/", "/there"]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b"X-Sign: seen", "seen"),
        (b"X-Sign:seen", "seen"),
        (b"x-sIGN : \t seen \t", "seen"),
        (b"X-Sign: se\ren", "se en"),
        (b"X-Sign: se:en", "se:en"),
        (b"X-Sign: one\r\nX-Sign: two", "one, two"),
        (b"X-Sign: se\r\n\ten \r\n  twice", "se en twice"),
        (b"X-Sign: seen\r\nno header\r\n goes on", "seen"),
    ],
)
def test_header_is_read_as_a_browser_reads_it(site, get, line, value):
    """White space around a header means nothing."""
    site.answers["/"] = b"HTTP/1.1 200 X\r\n" + line + b"\r\n" + END
    assert get(site.url()).headers["X-Sign"] == value


@pytest.mark.parametrize("version", [b"HTTP/0.9", b"HTTP/1.0", b"HTTP/1.1", b"HTTP/2", b"HTTP/2.0"])
def test_answer_is_read_whatever_its_version(site, get, version):
    """Servers that say another than they speak are read by browsers, too."""
    site.answers["/"] = version + b" 404 X\r\n" + END
    assert get(site.url()).status == 404


@pytest.mark.parametrize(
    ("version", "header", "connections"),
    [
        (b"HTTP/1.1", b"X: y", 1),
        (b"HTTP/1.1", b"Connection: Close", 2),
        (b"HTTP/1.0", b"X: y", 2),
        (b"HTTP/1.0", b"Connection: keep-alive", 1),
    ],
)
def test_connection_is_kept_as_the_server_says(site, get, transport, version, header, connections):
    """By its version, unless a header says otherwise."""
    site.answers["/"] = version + b" 200 X\r\n" + header + b"\r\n" + END
    one = transport()
    assert [get(site.url(path), by=one).status for path in ("/", "/next")] == [200, 200]
    assert site.connections == connections


def test_connection_that_goes_on_in_another_way_is_not_used_again(site, get, transport):
    """Nobody here speaks what a server means to speak from now on."""
    site.answers["/"] = b"HTTP/1.1 101 X\r\nUpgrade: h2c\r\n\r\n"
    one = transport()
    assert [get(site.url(path), by=one).status for path in ("/", "/next")] == [101, 200]
    assert site.connections == 2


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 11\r\nContent-Length: 11\r\n\r\n<p>Words<p>",
        b"Content-Length: 11, 11\r\n\r\n<p>Words<p>",
        CHUNKED + b"Transfer-Encoding: Chunked\r\n\r\n8\r\n<p>Words\r\n0\r\n\r\n",
        b"Transfer-Encoding: identity\r\nContent-Length: 8\r\n\r\n<p>Words",
        b"Content-Length: 3\r\n" + CHUNKED + b"\r\n8\r\n<p>Words\r\n0\r\n\r\n",
        CHUNKED + b"\r\n3;a=b\r\n<p>\r\n005\r\nWords\r\n0;c\r\nX: y\r\nZ: z\r\n\r\n",
    ],
    ids=["length twice", "in one line", "chunked twice", "identity", "both", "odd chunks"],
)
def test_body_ends_where_its_head_says(site, get, transport, framing):
    """Saying it twice, or in both ways, is common; nothing is waited for then."""
    site.answers["/"] = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n" + framing
    one = transport()
    page = get(site.url(), by=one, timeout_s=10 * PATIENT_S).page
    assert (page.text, page.complete) == ("Words", True)
    assert get(site.url("/next"), by=one).status == 200
    assert site.connections == 1


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 2\r\nContent-Length: 8\r\n\r\n<p>Words",
        b"Content-Length: 2\r\nTransfer-Encoding: gzip, chunked\r\n\r\n8\r\n<p>Words\r\n0\r\n\r\n",
        CHUNKED + b"\r\n8\r\n<p>Words\r\nnonsense\r\n",
        CHUNKED + b"\r\n8\r\n<p>Words0\r\n\r\n",
        CHUNKED + b"\r\nnonsense\r\n",
    ],
    ids=["two lengths", "packed chunks", "bad size", "no end of chunk", "bad first size"],
)
def test_connection_is_not_used_again_where_an_end_was_not_found(site, get, transport, framing):
    """Where the next answer would begin, nobody knows."""
    site.answers["/"] = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n" + framing
    one = transport()
    outcomes = [get(site.url(path), by=one, timeout_s=TIMEOUT_S) for path in ("/", "/next")]
    assert [outcome.status for outcome in outcomes] == [200, 200]
    assert site.connections == 2


@pytest.mark.parametrize("status", [204, 304])
def test_answer_without_a_body_is_over_with_its_head(site, get, transport, status):
    """Whatever length it tells; nothing is waited for, and the connection is used again."""
    site.answers["/"] = b"HTTP/1.1 %d X\r\nContent-Length: 5\r\n\r\n" % status
    one = transport()
    outcomes = [get(site.url(path), by=one) for path in ("/", "/next")]
    assert [outcome.status for outcome in outcomes] == [status, 200]
    assert site.connections == 1


@pytest.mark.parametrize("status", [204, 304])
def test_answer_without_a_body_has_no_chunks(site, get, transport, status):
    """Whatever framing it tells; nothing is waited for."""

    def answer(connection):
        connection.sendall(b"HTTP/1.1 %d X\r\nTransfer-Encoding: chunked\r\n\r\n" % status)
        site.hang(connection)

    site.answers["/"] = answer
    one = transport()
    outcome = get(site.url(), by=one, timeout_s=10 * PATIENT_S)
    assert (outcome.status, outcome.fault) == (status, None)
    assert outcome.elapsed_s < PATIENT_S


@pytest.mark.parametrize(
    "interim",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
        b"HTTP/1.1 102\r\n\r\n" * 200,
        b"HTTP/1.1 199 Unknown\r\nX-Long: " + b"x" * 100_000 + b"\r\n\r\n",
    ],
    ids=["100", "103", "102", "199"],
)
def test_interim_answer_is_not_the_answer(site, get, interim):
    """Servers send hints before the page is ready."""
    site.answers["/"] = interim + b"HTTP/1.1 404 X\r\n" + END
    assert get(site.url()).status == 404


def test_interim_answers_without_end_are_broken_off(site, get):
    """A server that always says that there will be an answer has none."""

    def pour(connection):
        while True:
            connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1000)

    site.answers["/"] = pour
    assert get(site.url()).fault is Fault.GARBLED


def test_dripping_interim_answers_cost_the_time_out(site, get):
    """Each of them is progress, and none is the answer."""
    site.answers["/"] = site.drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
    assert get(site.url(), timeout_s=TIMEOUT_S).fault is Fault.TIMEOUT
