"""A worker's side without Dask: it asks its own hosts, and hands over what leads elsewhere."""

import pickle
import threading
import time

import pytest

from tools.references.check.cluster import desk as desk_module
from tools.references.check.cluster.desk import Delivery, Desk, Orders, version
from tools.references.check.schedule import Errand, HandedOver
from tools.references.check.settings import Settings

SETTINGS = Settings(
    timeout_s=5.0, retries=1, per_host=4, interval_s=0.0, concurrency=4, allow_private=True
)


@pytest.fixture
def open_desk():
    """Return a function that opens a desk, pickled and unpickled as on its way to a worker."""
    desks = []

    def begin() -> Desk:
        desks.append(pickle.loads(pickle.dumps(Desk(SETTINGS, "+https://notes.example/"))))
        assert desks[-1].open() == version()
        return desks[-1]

    yield begin
    for desk in desks:
        desk.exchange(Orders(last=True))


def sent(value):
    """Return something as it comes out at the other end."""
    return pickle.loads(pickle.dumps(value))


def delivered(desk: Desk, orders: Orders, count: int) -> Delivery:
    """Give orders, and wait for so many results."""
    results, requests, until = [], 0, time.monotonic() + 10
    while len(results) < count:
        assert time.monotonic() < until
        delivery = sent(desk.exchange(sent(orders)))
        assert (delivery.error, delivery.closed) == ("", False)
        results += delivery.results
        requests += delivery.requests
        orders = Orders()
    return Delivery(results, requests, delivery.reached)


def test_redirect_to_a_host_of_another_worker_is_not_followed(open_desk, serve):
    """The chain goes on there with its cookies, and comes back with all that was answered."""
    here, there = serve("127.0.0.2"), serve("127.0.0.3")
    one, two = open_desk(), open_desk()
    here.answers["/a"] = here.redirect(301, there.url("/b"), "Set-Cookie: seen=1; Path=/")
    there.answers["/b"] = there.redirect(302, here.url("/c"))
    (away,) = delivered(one, Orders([Errand(here.url("/a"))]), 1).results
    assert (away.host, there.paths) == ("127.0.0.3", [])
    (back,) = delivered(two, Orders([away]), 1).results
    assert (back.host, here.paths) == ("127.0.0.2", ["/a"])
    (end,) = delivered(one, Orders([back]), 1).results
    assert [(hop.url, hop.status) for hop in end.outcome.hops] == [
        (here.url("/a"), 301),
        (there.url("/b"), 302),
        (here.url("/c"), 200),
    ]
    assert (end.url, end.attempts) == (here.url("/a"), 1)
    assert here.requests[1].headers["cookie"] == "seen=1"
    assert here.requests[0].headers["user-agent"].endswith("(+https://notes.example/)")


def test_another_attempt_begins_where_the_link_begins(open_desk, serve):
    """What fails at another worker's host is handed back, to be asked again at its own."""
    here, there = serve("127.0.0.2"), serve("127.0.0.3")
    one, two = open_desk(), open_desk()
    here.answers["/a"] = here.redirect(302, there.url("/b"))
    there.answers["/b"] = there.response(503, "Retry-After: 0")
    (away,) = delivered(one, Orders([Errand(here.url("/a"))]), 1).results
    (back,) = delivered(two, Orders([away]), 1).results
    assert isinstance(back, HandedOver)
    assert (back.host, back.again.delay_s) == ("127.0.0.2", 0)
    (away,) = delivered(one, Orders([back]), 1).results
    there.answers["/b"] = there.response(200)
    (end,) = delivered(two, Orders([away]), 1).results
    assert (end.outcome.status, end.attempts) == (200, 2)
    assert (here.paths, there.paths) == (["/a", "/a"], ["/b", "/b"])


def test_desk_tells_what_it_has_reached(open_desk, serve):
    """And takes part in what others have: then it asks on."""
    site, desk = serve("127.0.0.2"), open_desk()
    assert not desk.exchange(Orders()).reached
    delivery = delivered(desk, Orders([Errand(site.url("/a"))]), 1)
    assert (delivery.reached, delivery.requests) == (True, 1)
    other = open_desk()
    assert other.exchange(Orders(reached=True)).reached


def test_part_of_a_page_is_looked_for(open_desk, serve):
    """The names that are wanted come along."""
    site, desk = serve("127.0.0.2"), open_desk()
    site.answers["/a"] = site.page("<p id=one>One<p id=two>Two")
    wanted = frozenset({"one", "three"})
    (end,) = delivered(desk, Orders([Errand(site.url("/a"), wanted=wanted)]), 1).results
    assert end.outcome.page.anchors == {"one"}


def test_last_orders_stop_the_asking(open_desk, serve):
    """What is finished is still delivered."""
    site, desk = serve("127.0.0.2"), open_desk()
    site.answers["/hang"] = site.hang
    first = delivered(desk, Orders([Errand(site.url("/a"))]), 1)
    desk.exchange(Orders([Errand(site.url("/hang"))]))
    site.wait_for("/hang", 5)
    assert desk.exchange(Orders([Errand(site.url("/b"))], last=True)).results == []
    assert (first.results[0].outcome.status, site.paths) == (200, ["/a", "/hang"])


def test_abandoned_desk_stops(open_desk, serve, monkeypatch):
    """If nobody fetches results, others may have been given its hosts."""
    monkeypatch.setattr(desk_module, "ABANDONED_S", 0.0)
    site, others = serve("127.0.0.2"), set(threading.enumerate())
    desk = open_desk()
    for thread in set(threading.enumerate()) - others:
        thread.join(5)
        assert not thread.is_alive()
    desk.exchange(Orders([Errand(site.url("/a"))]))
    assert site.paths == []


def test_desk_that_was_stopped_asks_nothing_in_what_it_wakes_up_to(open_desk, serve, monkeypatch):
    """Orders may have waited for it; meanwhile others may have been given its hosts."""
    site, desk = serve("127.0.0.2"), open_desk()  # whose watch looks after 20 s
    monkeypatch.setattr(desk_module, "ABANDONED_S", 0.0)
    assert desk.exchange(Orders([Errand(site.url("/a"))])).closed
    assert site.paths == []


def test_closed_desk_delivers_what_is_finished(open_desk, serve, monkeypatch):
    """It need not be asked again; and what was told of is not told twice."""
    site, desk = serve("127.0.0.2"), open_desk()
    desk.exchange(Orders([Errand(site.url("/a"))]))
    site.answers["/b"] = lambda connection: (time.sleep(0.3), connection.sendall(site.response()))
    first = desk.exchange(Orders([Errand(site.url("/b"))]))
    time.sleep(0.3)
    monkeypatch.setattr(desk_module, "ABANDONED_S", 0.0)
    last = desk.exchange(Orders())
    assert (first.results, first.requests, first.closed) == ([], 1, False)
    assert ([result.url for result in last.results], last.closed) == ([site.url("/b")], True)
    assert last.requests == 0


def test_fault_of_the_program_is_told(open_desk, monkeypatch):
    """It is no reason to think that the worker is lost."""

    def broken(transport, job):
        raise ZeroDivisionError

    monkeypatch.setattr(desk_module, "fetch", broken)
    delivery = open_desk().exchange(Orders([Errand("http://127.0.0.2:9/")]))
    assert delivery.error.endswith("ZeroDivisionError\n")
