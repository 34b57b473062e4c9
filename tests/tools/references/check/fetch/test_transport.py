"""What the transport makes of a server's answers, good, bad and endless."""

import contextlib
import gc
import os
import resource
import socket
import struct
import threading
import time

import pytest

from tools.references.check.fetch.chain import Chain, request_form
from tools.references.check.fetch.environment import EnvironmentUnusable
from tools.references.check.fetch.transport import Transport
from tools.references.check.judge.policy import judge
from tools.references.check.outcome import Fault, Outcome

TIMEOUT_S = 0.2
PATIENT_S = 5.0


def fetch(transport: Transport, url: str, timeout_s: float = PATIENT_S) -> Outcome:
    """Return the outcome of a whole chain."""
    chain = Chain(request_form(url))
    while (outcome := transport.step(chain, timeout_s)) is None:
        pass
    return outcome


def reset(connection: socket.socket) -> None:
    """Answer by breaking the connection off."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.mark.parametrize("status", [200, 204, 404, 410, 401, 403, 999, 429, 500, 503])
def test_status_code_is_told_as_it_came(site, transport, status):
    """Any status code, standard or not, arrives with its headers."""
    site.answers["/"] = site.response(status, "X-Sign: seen", body=b"")
    outcome = fetch(transport(), site.url())
    assert (outcome.status, outcome.fault) == (status, None)
    assert outcome.headers["x-sign"] == "seen"


def test_request_is_labelled_honestly_and_asks_like_a_browser(site, transport):
    """The server learns who asks, and gets the headers without which some refuse."""
    fetch(transport(), site.url("/page?q=1#part"))
    request = site.requests[0]
    assert request.path == "/page?q=1"
    assert request.headers["user-agent"].startswith("deep-learning-notes-link-checker/")
    assert "text/html" in request.headers["accept"]
    assert request.headers["host"] == f"127.0.0.1:{site.port}"


def test_request_names_the_site_of_the_project(site, get, monkeypatch):
    """Whoever finds us in a log can read who we are."""
    monkeypatch.setenv("SITE_URL", "https://notes.example/")
    get(site.url())
    agent = site.requests[0].headers["user-agent"]
    assert agent == "deep-learning-notes-link-checker/0.1 (+https://notes.example/)"


def test_passwords_of_the_user_are_not_sent(site, get, monkeypatch, tmp_path):
    """A file of logins is for other programs."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    get(site.url())
    assert "authorization" not in site.requests[0].headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_followed_with_every_hop_recorded(site, transport, status):
    """Each response on the way is kept, with the address it came from."""
    site.answers["/a"] = site.redirect(status, "/b")
    site.answers["/b"] = site.redirect(302, site.url("/c"))
    outcome = fetch(transport(), site.url("/a"))
    assert [(hop.url, hop.status) for hop in outcome.hops] == [
        (site.url("/a"), status),
        (site.url("/b"), 302),
        (site.url("/c"), 200),
    ]


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("b?x=1", "/dir/b?x=1"),
        ("../b", "/b"),
        ("?x=1", "/dir/a?x=1"),
        ("b c", "/dir/b%20c"),
        ("/b#part", "/b"),
        ("/é".encode(), "/%C3%A9"),
        ("/é".encode("latin-1"), "/%C3%A9"),
        (b" /b ", "/b"),
    ],
)
def test_redirect_target_may_be_relative_or_unescaped(site, transport, location, path):
    """Targets are resolved against the page, and escaped as a browser would."""
    site.answers["/dir/a"] = site.redirect(301, location)
    fetch(transport(), site.url("/dir/a"))
    assert site.paths == ["/dir/a", path]


def test_redirect_loop_is_found(site, transport):
    """Two pages that lead to each other are asked once each."""
    site.answers["/a"] = site.redirect(301, "/b")
    site.answers["/b"] = site.redirect(302, "/a")
    assert fetch(transport(), site.url("/a")).fault is Fault.LOOP
    assert site.paths == ["/a", "/b"]


def test_endless_chain_ends(site, transport):
    """A server that always knows yet another address is left after as many as a browser follows."""
    for n in range(30):
        site.answers[f"/{n}"] = site.redirect(302, f"/{n + 1}")
    assert fetch(transport(), site.url("/0")).fault is Fault.TOO_MANY_REDIRECTS
    assert len(site.paths) == 21


def test_cookie_is_kept_within_one_chain_only(site, transport):
    """A page that sends a visitor back to itself with a cookie is alive; the next link has none."""

    def gate(connection: socket.socket) -> None:
        known = site.requests[-1].headers.get("cookie") == "seen=1"
        welcome = site.redirect(302, "/gate", "Set-Cookie: seen=1", "Connection: close")
        connection.sendall(site.response(200, "Connection: close") if known else welcome)

    site.answers["/gate"] = gate
    one = transport()
    assert fetch(one, site.url("/gate")).status == 200
    fetch(one, site.url("/other"))
    assert ["cookie" in request.headers for request in site.requests] == [False, True, False]


@pytest.mark.parametrize(
    "cookie",
    [b"a=b\rX-Evil: 1", b"a=b\r\n\tX-Evil: 1", b"a=b\0\x85\xff\x0b", b'a="b\\\r\\\n X-Evil: 1"'],
)
def test_cookie_cannot_begin_another_header(site, transport, cookie):
    """Whatever a server has us remember comes back in one line."""
    plain, odd = (b"Set-Cookie: " + value for value in (b"a=b", cookie))
    for path, line in (("/plain", plain), ("/odd", odd)):
        site.answers[path] = b"HTTP/1.1 302 X\r\n%s\r\nLocation: /\r\n\r\n" % line
        site.answers[path] = lambda connection, answer=site.answers[path]: connection.sendall(
            answer
        )
        fetch(transport(), site.url(path))
    assert site.paths == ["/plain", "/", "/odd", "/"]
    assert site.requests[3].headers.keys() == site.requests[1].headers.keys()
    assert site.requests[3].headers["cookie"].startswith("a=")


@pytest.mark.parametrize(
    ("location", "fault"),
    [
        ("http://[", Fault.BAD_REDIRECT),
        ("https://", Fault.BAD_REDIRECT),
        ("", None),
        (" ", None),
    ],
)
def test_redirect_to_no_address_ends_there(site, transport, location, fault):
    """Targets that are no address are not followed; an empty one is none."""
    site.answers["/"] = site.redirect(302, location)
    outcome = fetch(transport(), site.url())
    assert (outcome.status, outcome.fault) == (302, fault)


@pytest.mark.parametrize("location", ["ftp://e.example/", "file:///etc/passwd", "JavaScript:a()"])
def test_redirect_out_of_the_web_is_dead_and_names_the_scheme(site, transport, location):
    """No reader gets anywhere by it."""
    site.answers["/"] = site.redirect(301, location)
    judgement = judge(fetch(transport(), site.url()))
    scheme = location.partition(":")[0].lower()
    assert judgement.verdict == "dead"
    assert judgement.reason == f"redirects to a {scheme}: address, no web page"


def test_redirect_without_a_target_is_the_final_answer(site, transport):
    """A 302 that leads nowhere is told as it is."""
    site.answers["/"] = site.response(302)
    assert fetch(transport(), site.url()).status == 302


def test_connection_is_used_again(site, transport):
    """Pages of one host come over one connection, small bodies being read to their end."""
    ports = []
    one = transport()
    for path in ("/1", "/2", "/3"):
        fetch(one, site.url(path))
        ports.append(site.connections)
    assert ports == [1, 1, 1]


def test_kept_connection_that_the_server_has_closed_is_no_fault(site, transport):
    """A connection that turns out to be over when it is used again is replaced by a new one."""
    over = threading.Event()

    def answer_and_close(connection: socket.socket) -> None:
        connection.sendall(site.response(200))
        over.wait(PATIENT_S)
        connection.recv(10_000)  # the next request comes, and is not answered

    site.answers["/1"] = answer_and_close
    one = transport()
    assert fetch(one, site.url("/1")).status == 200
    over.set()
    assert fetch(one, site.url("/2")).status == 200


def test_answer_that_nobody_asked_for_is_not_taken_for_the_next(site, transport):
    """Some servers send one when they close a connection that was not used for long."""
    asked_all, sent = threading.Event(), threading.Event()

    def answer(connection: socket.socket) -> None:
        connection.sendall(site.response(200))
        asked_all.wait(PATIENT_S)
        connection.sendall(site.response(408))
        sent.set()
        site.hang(connection)

    site.answers["/1"] = answer
    one = transport()
    assert fetch(one, site.url("/1")).status == 200
    asked_all.set()
    assert sent.wait(PATIENT_S)
    assert fetch(one, site.url("/2")).status == 200


def test_body_is_read_no_further_than_needed(site, transport):
    """Of an endless body 64 kB are read and the connection is closed."""
    sent = []

    def pour(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            sent.append(connection.send(b"x" * 65536))

    site.answers["/"] = pour
    assert fetch(transport(), site.url()).status == 200
    site.close()
    assert sum(sent) < 20_000_000  # what the system buffers on the way


def test_answer_to_an_address_that_was_not_taken_in_whole_counts(site, transport):
    """Who finds it too long says so, and closes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def refuse() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(site.response(414))

    thread = threading.Thread(target=refuse)
    thread.start()
    try:
        path = "a" * 20_000_000
        outcome = fetch(transport(), f"http://127.0.0.1:{listener.getsockname()[1]}/{path}")
    finally:
        thread.join()
        listener.close()
    assert (outcome.status, outcome.fault) == (414, None)


def test_files_that_are_open_are_no_limit(site, transport):
    """The system numbers connections through with them, and ``select`` takes none from 1024 on."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    many = 1100
    with contextlib.ExitStack() as files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * many), hard))
        files.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        for _ in range(many):
            files.enter_context(open(os.devnull))
        one = transport()
        assert [fetch(one, site.url(path)).status for path in ("/1", "/2")] == [200, 200]
        assert site.connections == 1


def test_hanging_server_costs_the_time_out(site, transport):
    """A server that accepts and says nothing is a time-out."""
    site.answers["/"] = site.hang
    outcome = fetch(transport(), site.url(), TIMEOUT_S)
    assert outcome.fault is Fault.TIMEOUT
    assert TIMEOUT_S <= outcome.elapsed_s < PATIENT_S


def test_dripping_headers_cost_no_more_than_the_time_out(site, transport):
    """The limit is of the whole attempt: a byte now and then does not extend it."""
    site.answers["/"] = site.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 100)
    outcome = fetch(transport(), site.url(), TIMEOUT_S)
    assert outcome.fault is Fault.TIMEOUT
    assert outcome.elapsed_s < PATIENT_S


def test_dripping_body_does_not_unsay_the_status(site, transport):
    """A page whose body comes slowly has been found all the same, within the time-out."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        site.drip(b"x" * 1000)(connection)

    site.answers["/"] = answer
    outcome = fetch(transport(), site.url(), TIMEOUT_S)
    assert outcome.status == 200
    assert outcome.elapsed_s < PATIENT_S


def test_time_out_is_of_the_whole_chain(site, transport):
    """What earlier hops took is not given to a later one."""
    site.answers["/"] = site.hang
    chain = Chain(site.url())
    chain.elapsed_s = PATIENT_S - TIMEOUT_S
    begun = time.monotonic()
    outcome = transport().step(chain, PATIENT_S)
    assert outcome.fault is Fault.TIMEOUT
    assert outcome.elapsed_s >= PATIENT_S
    assert time.monotonic() - begun < PATIENT_S


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (reset, Fault.RESET),
        (lambda connection: None, Fault.RESET),
        (b"SSH-2.0-OpenSSH_9.7\r\n\r\n", Fault.GARBLED),
        (b"HTTP/1.1 abc\r\n\r\n", Fault.GARBLED),
        (b"HTTP/1.1 200 " + b"X" * 100_000 + b"\r\n\r\n", Fault.GARBLED),
        (b"\x00\xff\x15\x03\x01\r\n\r\n", Fault.GARBLED),
    ],
    ids=["reset", "closed", "ssh", "status", "long line", "bytes"],
)
def test_broken_answer_is_named(site, transport, answer, fault):
    """Connections that break off are told from answers that make no sense; nothing is raised."""
    site.answers["/"] = answer
    assert fetch(transport(), site.url()).fault is fault


def test_refused_connection_and_unknown_host_are_named(serve, transport):
    """Nobody listening is told from nobody there."""
    gone = serve()
    gone.close()
    assert fetch(transport(), gone.url()).fault is Fault.REFUSED
    assert fetch(transport(), "http://nowhere.example/").fault is Fault.NO_SUCH_HOST


@pytest.mark.parametrize(
    ("served", "trusted", "reason"),
    [
        ("loopback.pem", None, "certificate signed by itself"),
        ("expired.pem", "expired.pem", "certificate expired 2001-01-01"),
        ("expired.pem", None, "certificate signed by itself"),
        ("not-yet.pem", "not-yet.pem", "certificate not valid before 2099-01-01"),
    ],
)
def test_certificate_fault_is_a_wall_with_its_reason(
    serve, transport, trust, served, trusted, reason
):
    """A page behind a bad certificate is blocked, not dead: a person may still look at it."""
    trust(trusted)
    judgement = judge(fetch(transport(), serve(tls=served).url()))
    assert (judgement.verdict, judgement.reason) == ("blocked", reason)


def test_certificate_for_another_host_is_named(serve, transport, trust, names):
    """A trusted certificate counts only for the hosts it names."""
    trust("loopback.pem")
    names["other.example"] = "127.0.0.1"
    outcome = fetch(transport(), serve(tls="loopback.pem").url(host="other.example"))
    assert judge(outcome).reason == "certificate is for another host (127.0.0.1)"


def test_second_look_at_a_certificate_asks_for_nothing(serve, transport, trust):
    """The date costs another handshake, and no request."""
    trust("expired.pem")
    site = serve(tls="expired.pem")
    fetch(transport(), site.url())
    assert (site.connections, site.paths) == (2, [])


def test_second_look_that_fails_changes_nothing(serve, transport, trust, monkeypatch):
    """The date is extra: a server that is gone by then leaves the fault as it was."""
    trust("expired.pem")
    site = serve(tls="expired.pem")

    def gone(*args):
        raise ConnectionResetError

    monkeypatch.setattr("tools.references.check.fetch.transport.peer_certificate", gone)
    outcome = fetch(transport(), site.url())
    assert (outcome.fault, outcome.detail) == (Fault.CERTIFICATE, "certificate expired")


def test_authorities_of_the_environment_are_trusted(serve, transport, trust):
    """REQUESTS_CA_BUNDLE makes a private authority's pages reachable."""
    trust("loopback.pem")
    assert fetch(transport(), serve(tls="loopback.pem").url()).status == 200


def test_dripping_handshake_costs_no_more_than_the_time_out(transport):
    """The limit holds before the first byte of HTTP, too."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(b"\x16\x03\x03\x40\x00")  # a handshake record of 16 kB
            while not over.wait(0.05):
                connection.sendall(b"\x02")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        outcome = fetch(transport(), url, TIMEOUT_S)
    finally:
        over.set()
        thread.join()
        listener.close()
    assert outcome.fault is Fault.TIMEOUT
    assert outcome.elapsed_s < PATIENT_S


def test_private_host_is_never_connected_to(site, transport, names):
    """Loopback is refused under its number and under any name, before a connection is made."""
    names["innocent.example"] = "127.0.0.1"
    guarded = transport(allow_private=False)
    for url in (site.url(), site.url(host="innocent.example")):
        assert fetch(guarded, url).fault is Fault.PRIVATE
    assert site.connections == 0


def test_redirect_to_a_private_host_is_refused(site, serve, transport, monkeypatch):
    """A public page cannot send the checker to the local network."""
    inner = serve("127.0.0.2")
    site.answers["/"] = site.redirect(302, inner.url("/secret"))
    monkeypatch.setattr(
        "tools.references.check.fetch.addresses.is_public", lambda address: address == "127.0.0.1"
    )
    outcome = fetch(transport(allow_private=False), site.url())
    assert (outcome.status, outcome.fault) == (302, Fault.PRIVATE)
    assert inner.connections == 0


@pytest.mark.parametrize(("content", "reason"), [(None, "No such file"), ("", "it holds none")])
def test_unreadable_authorities_are_named(tmp_path, transport, monkeypatch, content, reason):
    """A bundle that is missing, or holds no certificate, is told before anything is asked."""
    if content is not None:
        (tmp_path / "ca.pem").write_text(content)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    with pytest.raises(EnvironmentUnusable, match=rf"ca\.pem: .*{reason}.*REQUESTS_CA_BUNDLE"):
        transport()


def test_connections_of_hosts_long_past_are_closed(serve, transport, monkeypatch):
    """A list of many hosts does not use up the system's sockets."""
    monkeypatch.setattr("tools.references.check.fetch.transport.KEPT_HOSTS", 4)
    sites = [serve(f"127.0.0.{n}") for n in range(1, 8)]
    one = transport()
    for each in sites:
        fetch(one, each.url())
    assert [each.closed_by_client(within_s=PATIENT_S) for each in sites[:3]] == [1, 1, 1]


def test_connections_are_closed_with_the_transport(site, serve, trust, transport):
    """Without waiting for the collector of garbage."""
    trust("loopback.pem")
    sites = [site, serve(tls="loopback.pem")]
    one = transport()
    gc.disable()
    try:
        for each in sites:
            fetch(one, each.url())
        one.close()
        assert [each.closed_by_client(within_s=PATIENT_S) for each in sites] == [1, 1]
    finally:
        gc.enable()
