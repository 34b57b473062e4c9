"""Answers that nobody would think of: no crash, no hanging, no memory without end."""

import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tools.references.check.judge.policy import judge
from tools.references.check.verdict import Verdict

ROOT = Path(__file__).parents[5]
TIMEOUT_S = 1.0
MEMORY_MB = 80

fuzzed = settings(
    derandomize=True,
    max_examples=75,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

NAMES = [
    *(b"Content-Type", b"Content-Length", b"Content-Encoding", b"Transfer-Encoding", b"Location"),
    *(
        b"Set-Cookie",
        b"Retry-After",
        b"Connection",
        b"Keep-Alive",
        b"X-Sign",
        b"",
        b"From",
        b"\xff",
    ),
]
VALUES = [
    *(
        b"",
        b"text/html",
        b"text/html; charset=utf-16",
        b"text/html; charset=",
        b"text/html; charset=\0",
    ),
    *(
        b"0",
        b"5",
        b"-1",
        b"5, 6",
        b"1e9",
        b"99999999999999999999",
        b"0x10",
        b"gzip",
        b"deflate",
        b"br",
    ),
    *(
        b"gzip, deflate, gzip",
        b",,,",
        b"chunked",
        b"gzip, chunked",
        b"close",
        b"keep-alive",
        b"/there",
    ),
    *(
        b"//",
        b"http://",
        b"http://[",
        b"?",
        b"\xc3\xa9",
        b"\xe9",
        b"javascript:1",
        b"a=b; Path=/; Max-Age=",
    ),
    *(
        b"a=b; Expires=Thu, 99 Foo 9999",
        b"Wed, 21 Oct 2099 07:28:00 GMT",
        b"=?utf-8?q?=",
        b"\0",
        b"\x85",
    ),
]
PIECES = [
    *(
        b"<",
        b">",
        b"<html",
        b"<!--",
        b"-->",
        b"<title>",
        b"</title>",
        b"<h1>",
        b"<p id=part>",
        b"<script>",
    ),
    *(
        b"<![CDATA[",
        b"<?xml",
        b"&#",
        b"&#xD800;",
        b"&amp",
        b"'",
        b'"',
        b"\0",
        b"\xff\xfe",
        b"\xed\xa0\x80",
    ),
    *(
        b"<meta charset=utf-7>",
        b"<svg>",
        b"<template>",
        b"</p>",
        b"<a name=part",
        b"\r\n0\r\n\r\n",
        b"5\r\n",
    ),
]

words = st.one_of(st.sampled_from(VALUES), st.binary(max_size=30))
lines = st.one_of(
    st.tuples(st.one_of(st.sampled_from(NAMES), st.binary(max_size=10)), words).map(b": ".join),
    st.binary(max_size=60),
)
heads = st.lists(lines, max_size=8).map(b"\r\n".join)
bodies = st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=50)), max_size=20).map(
    b"".join
)
versions = st.sampled_from(
    [b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2", b"ICY", b"", b"http/1.1", b"HTTP/1.1\t"]
)
codes = st.one_of(
    st.integers(0, 1100).map(b"%d".__mod__), st.sampled_from([b"", b"2OO", b"-1", b"+200"])
)
statuses = st.tuples(versions, codes, st.binary(max_size=10)).map(b" ".join)


@pytest.fixture
def answered(site, get, transport):
    """Return a function that gives what became of an answer, and that nothing else was spoilt."""
    one = transport()

    def ask(answer: bytes):
        site.answers["/"] = lambda connection: connection.sendall(answer)
        outcome = get(site.url(), by=one, wanted=frozenset({"part"}))
        assert isinstance(judge(outcome).verdict, Verdict)
        assert get(site.url("/fine"), by=one).status == 200
        return outcome

    return ask


@fuzzed
@given(status=statuses, head=heads, body=bodies)
@example(status=b"", head=b"", body=b"")
@example(status=b"HTTP/1.1 200", head=b"Content-Type: text/html", body=b"\0" * 5000)
def test_any_answer_has_an_outcome(answered, status, head, body):
    """Whatever the status line, the headers and the body."""
    outcome = answered(status + b"\r\n" + head + b"\r\n\r\n" + body)
    assert outcome.hops or outcome.fault


@fuzzed
@given(code=st.integers(200, 999), head=heads, body=bodies)
def test_status_is_told_whatever_follows_it(answered, code, head, body):
    """Headers and body do not unsay it, unless they lead elsewhere or contradict themselves."""
    outcome = answered(b"HTTP/1.1 %d X\r\n" % code + head + b"\r\n\r\n" + body)
    if outcome.fault is None:
        assert outcome.hops[0].status == code
    else:
        assert b":" in head


@fuzzed
@given(sizes=st.lists(words, max_size=6), body=bodies)
def test_any_chunks_are_the_page_or_the_end_of_it(answered, sizes, body):
    """Framing that makes no sense is a body that breaks off."""
    chunks = b"".join(size + b"\r\n" + body + b"\r\n" for size in sizes)
    head = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    outcome = answered(head + chunks)
    assert (outcome.status, outcome.fault) == (200, None)
    assert not outcome.page.complete or b"0" in chunks


@fuzzed
@given(
    named=st.lists(st.sampled_from([b"gzip", b"deflate", b"x-gzip", b"identity", b""]), max_size=4),
    body=bodies,
    cut=st.integers(0, 60),
    flipped=st.integers(0, 60),
)
def test_any_packing_is_the_page_or_the_end_of_it(answered, named, body, cut, flipped):
    """Packed bodies that are cut short, spoilt, or not packed as they say."""
    packed = bytearray(gzip.compress(body)[: -cut or None])
    if flipped < len(packed):
        packed[flipped] ^= 0x55
    encoding = b"Content-Encoding: " + b", ".join(named)
    head = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n" + encoding
    outcome = answered(head + b"\r\n\r\n" + packed)
    assert (outcome.status, outcome.fault) == (200, None)


@fuzzed
@given(
    target=st.one_of(
        words, st.lists(st.sampled_from([*b"/:?#[]@%.\\ \xe9a1"]), max_size=20).map(bytes)
    )
)
def test_any_target_of_a_redirect_has_an_outcome(answered, target):
    """It leads somewhere, or nowhere, or is none; nobody is asked but the site and who is named."""
    line = target.replace(b"\r", b"").replace(b"\n", b"")
    outcome = answered(b"HTTP/1.1 302 X\r\nLocation: " + line + b"\r\nContent-Length: 0\r\n\r\n")
    assert outcome.hops[0].status == 302


def test_spoilt_answers_have_outcomes(answered, site):
    """Good answers with some bytes changed, which go deeper than those made of nothing."""
    chance = random.Random(4)
    good = [
        site.page("<p id=part>Words</p>" * 50, "Title", "Set-Cookie: a=b; Path=/"),
        site.redirect(302, "/there", "Set-Cookie: a=b; Expires=Wed, 21 Oct 2099 07:28:00 GMT"),
        site.response(200, "Content-Encoding: gzip", body=gzip.compress(b"<html>" + b"x" * 2000)),
    ]
    for _ in range(200):
        answer = bytearray(chance.choice(good))
        for _ in range(chance.randint(1, 8)):
            answer[chance.randrange(len(answer))] = chance.randrange(256)
        outcome = answered(bytes(answer[: chance.choice([None, chance.randrange(len(answer))])]))
        assert outcome.hops or outcome.fault


def endless(beginning: bytes, piece: bytes):
    """Return an answer that never ends."""

    def pour(connection):
        connection.sendall(beginning)
        while True:
            connection.sendall(piece)

    return pour


HTML = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n"
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"


def hostile(site) -> dict[str, tuple[object, set[str]]]:
    """Return answers of a site that means harm, each with the verdicts that are right for it."""
    bomb = gzip.compress(gzip.compress(b"<p>x" * 25_000_000, 1))
    packed = HTML + b"Content-Encoding: gzip, gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    names = b"".join(b"<p id=x%d>word</p>" % n for n in range(1000))
    cookies = b"".join(b"Set-Cookie: a%d=b; Path=/\r\n" % n for n in range(1000))
    return {
        "bomb": (packed + bomb, {"alive"}),
        "zeros": (endless(HTML + b"\r\n", b"\0" * 10_000), {"alive"}),
        "names": (endless(HTML + b"\r\n", names), {"alive"}),
        "nested": (endless(HTML + b"\r\n", b"<b>x" * 1000), {"alive"}),
        "attributes": (endless(HTML + b"\r\n<p ", b"a=b " * 5000), {"alive"}),
        "comment": (endless(HTML + b"\r\n<!--", b"x" * 50_000), {"alive"}),
        "title": (endless(HTML + b"\r\n<title>", b"x" * 50_000), {"alive"}),
        "entities": (endless(HTML + b"\r\n", b"&amp;&#x1F600;" * 2000), {"alive"}),
        "crumbs": (endless(CHUNKED, b"1\r\nx\r\n" * 5000), {"alive"}),
        "size": (endless(CHUNKED, b"1" * 50_000), {"alive"}),
        "trailer": (endless(CHUNKED + b"0\r\n", b"X: y\r\n" * 5000), {"alive"}),
        "longer": (
            endless(HTML + b"Content-Length: 1%s\r\n\r\n" % (b"0" * 30), b"x" * 9999),
            {"alive"},
        ),
        "headers": (endless(b"HTTP/1.1 200 X\r\n", b"X-More: y\r\n" * 5000), {"transient"}),
        "cookies": (endless(b"HTTP/1.1 200 X\r\n", cookies), {"transient"}),
        "line": (endless(b"HTTP/1.1 200 X\r\nX: ", b"x" * 50_000), {"transient"}),
        "interim": (endless(b"", b"HTTP/1.1 103 X\r\nA: b\r\n\r\n" * 2000), {"transient"}),
        "status": (endless(b"HTTP/1.1 200 ", b"x" * 50_000), {"transient"}),
        "nothing": (site.hang, {"transient"}),
        "drips": (site.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 1000), {"transient"}),
        "drops": (site.drip(HTML + b"\r\n" + b"<p>x" * 1000), {"alive", "transient"}),
        "round": (site.redirect(301, "/round"), {"dead"}),
        "away": (site.redirect(302, "/" + "a" * 50_000), {"alive"}),
    }


@pytest.fixture
def checked(tmp_path):
    """Return a function that runs the whole command: its exit status, links and megabytes."""

    def check(urls: list[str], *options: str) -> tuple[int, dict[str, dict], float]:
        (tmp_path / "links.md").write_text("\n\n".join(f"[link]({url})" for url in urls))
        arguments = [
            "check",
            "links.md",
            "--json",
            "report.json",
            "--allow-private",
            "--retries",
            "0",
        ]
        measured = (
            "import atexit, runpy, sys\n"
            "def tell():\n"
            "    peak = open('/proc/self/status').read().partition('VmHWM:')[2].split()[0]\n"
            "    open('peak', 'w').write(peak)\n"
            "atexit.register(tell)\n"
            "runpy.run_module('tools.references', run_name='__main__', alter_sys=True)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", measured, *arguments, "--timeout", str(TIMEOUT_S), *options],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert "Traceback" not in done.stderr
        links = json.loads((tmp_path / "report.json").read_text())["links"]
        peak_mb = int((tmp_path / "peak").read_text()) / 1024
        return done.returncode, {link["url"]: link for link in links}, peak_mb

    return check


measured = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="memory is read as on Linux"
)


@measured
def test_hostile_site_costs_neither_time_nor_memory(site, checked):
    """Each answer gets its verdict within its deadline, with and without an anchor to look for."""
    urls = {}
    for name, (answer, verdicts) in hostile(site).items():
        for path, part in ((f"/{name}", ""), (f"/{name}/with-anchor", "#part")):
            site.answers[path] = answer
            urls[site.url(path) + part] = verdicts
    status, links, peak_mb = checked(list(urls), "--interval", "0", "--per-host", "16")
    assert status in {0, 1}
    wrong = {url: links[url]["verdict"] for url in urls if links[url]["verdict"] not in urls[url]}
    assert not wrong
    assert peak_mb < MEMORY_MB


@measured
@pytest.mark.parametrize(
    ("piece", "ends"),
    [(b"<!--" + b"x" * 100_000 + b"-->", True), (b"<img src='" + b"x" * 120_000 + b"'>", False)],
    ids=["comments", "pictures, never ending"],
)
def test_many_long_pages_at_once_cost_little_memory(site, checked, piece, ends):
    """As many as are asked at once, each as long as is read where an anchor is looked for."""
    page = piece * (2_000_000 // len(piece))
    head = HTML + b"Content-Length: %d\r\n\r\n" % (len(page) + (not ends))
    site.answers |= {f"/{n}": head + page for n in range(32)}
    urls = [site.url(f"/{n}#part") for n in range(32)]
    _, links, peak_mb = checked(urls, "--interval", "0", "--per-host", "32", "--timeout", "1")
    assert {links[url]["verdict"] for url in urls} <= {"anchor", "alive"}
    assert peak_mb < MEMORY_MB
