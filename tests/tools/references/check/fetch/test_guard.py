"""Limits of time that no server gets past, and whose turn it is meanwhile."""

import contextlib
import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import BoundedSemaphore

import pytest

from tools.references.check.fetch.addresses import Resolver
from tools.references.check.fetch.guard import Attempt, connect, tls_context
from tools.references.check.fetch.page import PageReader
from tools.references.check.outcome import Fault

DATA = Path(__file__).parents[4] / "data" / "links"
TIMEOUT_S = 0.2
PATIENT_S = 5.0


def test_second_look_at_a_certificate_is_short(serve, trust, get, monkeypatch):
    """A server that fails once and then hangs is not waited for: the date is extra."""
    trust("expired.pem")
    site = serve(tls="expired.pem")
    accept, asked = site.tls.wrap_socket, threading.Event()

    def hang_later(*args, **kwargs):
        if asked.is_set():
            site.hang(args[0])
        asked.set()
        return accept(*args, **kwargs)

    site.tls = type("Context", (), {"wrap_socket": staticmethod(hang_later)})
    monkeypatch.setattr("tools.references.check.fetch.transport.SECOND_LOOK_S", 0.1)
    begun = time.monotonic()
    outcome = get(site.url(), timeout_s=10 * PATIENT_S)
    assert (outcome.fault, outcome.detail) == (Fault.CERTIFICATE, "certificate expired")
    assert time.monotonic() - begun < PATIENT_S


@pytest.mark.parametrize("tls", [None, "loopback.pem"])
@pytest.mark.parametrize("count", [1500, 8000])
def test_long_answer_comes_whole(serve, trust, get, tls, count):
    """It comes in many pieces, of which some are there before they are waited for."""
    trust(tls)
    site = serve(tls=tls)
    site.answers["/"] = site.page("<p>word" * count)
    page = get(site.url()).page
    assert (page.words, page.complete) == (count, True)


@pytest.mark.parametrize("tls", [None, "loopback.pem"])
@pytest.mark.parametrize("timeout_s", [1e7, 1e13, float("inf")])
def test_time_out_may_be_as_long_as_one_likes(serve, trust, get, tls, timeout_s):
    """The system's own limits are no fault of the host."""
    trust(tls)
    assert get(serve(tls=tls).url(), timeout_s=timeout_s).status == 200


def test_address_that_swallows_everything_leaves_time_for_the_next(site, get, monkeypatch):
    """As one of IPv6 does where there is no route."""
    look_up = socket.getaddrinfo
    both = [
        found
        for address in ("127.0.0.2", site.address)
        for found in look_up(address, site.port, type=socket.SOCK_STREAM)
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: both)
    with socket.socket() as deaf, contextlib.ExitStack() as queue:
        deaf.bind(("127.0.0.2", site.port))
        deaf.listen(0)
        for _ in range(3):  # until there is no room for more
            waiting = queue.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(deaf.getsockname())
        assert get(site.url(host="both.example"), timeout_s=8 * TIMEOUT_S).status == 200


@pytest.mark.parametrize("tls", [None, "loopback.pem"])
def test_answer_that_drips_costs_the_time_out(serve, trust, get, tls):
    """Each byte of it is progress; the limit is of all of them."""
    trust(tls)
    site = serve(tls=tls)
    site.answers["/"] = site.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 1000)
    begun = time.monotonic()
    assert get(site.url(), timeout_s=TIMEOUT_S).fault is Fault.TIMEOUT
    assert time.monotonic() - begun < PATIENT_S


def test_record_that_never_ends_costs_the_time_out(serve, trust, get):
    """Something has come then, and nothing that can be read."""
    trust("loopback.pem")
    site = serve(tls="loopback.pem")

    def answer(connection):
        os.write(connection.fileno(), b"\x17\x03\x03\x40\x00")  # the head of 16 kB of data
        site.hang(connection)

    site.answers["/"] = answer
    assert get(site.url(), timeout_s=TIMEOUT_S).fault is Fault.TIMEOUT


@pytest.mark.parametrize("tls", [None, "loopback.pem"])
def test_request_that_is_taken_in_sips_costs_the_time_out(serve, tls):
    """Each piece of it is progress; the limit is of all of them."""

    def sip(connection):
        while connection.recv(16_384):
            time.sleep(0.005)

    site = serve(tls=tls)
    site.answers["/"] = sip
    begun = time.monotonic()
    with (
        Attempt(TIMEOUT_S, Resolver(allow_private=True)),
        connect("127.0.0.1", site.port, checked=True) as sock,
        tls_context(str(DATA / "loopback.pem")).wrap_socket(sock, server_hostname="127.0.0.1")
        if tls
        else sock as stream,
    ):
        stream.settimeout(10 * PATIENT_S)  # left behind by an earlier request
        with pytest.raises(TimeoutError):
            stream.sendall(b"GET / HTTP/1.1\r\n\r\n" + bytes(40_000_000))
    assert time.monotonic() - begun < PATIENT_S


def test_attempt_within_another_is_refused():
    """The thread would wait for its own turn, and nobody would ever know why."""
    resolver = Resolver(allow_private=True)
    with (
        Attempt(PATIENT_S, resolver),
        pytest.raises(AssertionError, match="for itself"),
        Attempt(PATIENT_S, resolver),
    ):
        pass
    with Attempt(PATIENT_S, resolver) as attempt:  # that was no end of all turns
        assert attempt.rest_s > 0


def test_pages_are_read_one_at_a_time(site, get, transport, monkeypatch):
    """Threads at it together would spend their time with changing over."""
    feed, reading, most = PageReader.feed, [], []

    def slowly(reader, data):
        reading.append(data)
        most.append(len(reading))
        time.sleep(0.01)
        feed(reader, data)
        reading.pop()

    monkeypatch.setattr(PageReader, "feed", slowly)
    site.answers |= {f"/{n}": site.page("Words") for n in range(8)}
    one = transport()
    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(lambda n: get(site.url(f"/{n}"), by=one), range(8)))
    assert {outcome.page.text for outcome in outcomes} == {"Words"}
    assert max(most) == 1


@pytest.mark.parametrize(
    "waits_for", ["name", "name for a proxy", "handshake", "answer", "body", "place"]
)
def test_who_waits_holds_up_nobody(site, serve, get, transport, monkeypatch, waits_for):
    """Whatever it is that does not come."""
    look_up, found, places = socket.getaddrinfo, threading.Event(), BoundedSemaphore(1)

    def hang(host, *args, **kwargs):
        if host == "hangs.example":
            found.wait()
        return look_up(host, *args, **kwargs)

    def break_off(connection):
        connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\n<p>")
        broken.hang(connection)

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    monkeypatch.setattr("tools.references.check.fetch.body.LONG_PAGES", places)
    places.acquire()
    broken = serve("127.0.0.2")
    broken.answers |= {
        "/answer": broken.hang,
        "/body": break_off,
        "/place": site.page("<p>Words" * 10_000),
    }
    url, end = {
        "name": ("http://hangs.example/", found.set),
        "name for a proxy": ("http://hangs.example/", found.set),
        "handshake": (f"https://127.0.0.2:{broken.port}/", broken.close),
        "answer": (broken.url("/answer"), broken.close),
        "body": (broken.url("/body"), broken.close),
        "place": (broken.url("/place"), places.release),
    }[waits_for]
    with monkeypatch.context() as behind_proxy:
        if waits_for == "name for a proxy":
            behind_proxy.setenv("http_proxy", "http://127.0.0.3:9")
        by = transport(allow_private=waits_for != "name for a proxy")
    patience = {"timeout_s": 10 * PATIENT_S, "wanted": frozenset({"part"}), "by": by}
    waiting = threading.Thread(target=get, args=(url,), kwargs=patience)
    waiting.start()
    waiting.join(0.05)  # until it waits; who holds up others does so at once
    outcome = get(site.url(), timeout_s=PATIENT_S)
    held_up = not waiting.is_alive()
    end()
    waiting.join()
    assert (outcome.status, held_up) == (200, False)
