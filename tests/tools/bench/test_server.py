"""The web that checkers are measured on: it is as slow as told, and counts right."""

import http.client
import math
import socket
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pytest

from tools.bench import server
from tools.bench.server import Server, Watch, Weather

HOSTS = ("127.11.0.1", "127.12.0.1")


def delays(weather: Weather) -> list[float]:
    """Return what 4,000 addresses of a host take."""
    taken = [weather.delay("127.1.2.3", f"/page-{i}") for i in range(4000)]
    return [delay for delay in taken if delay is not None]


def test_latency_depends_on_the_seed_and_the_address_alone() -> None:
    """Two servers with one seed are equally slow at each address; another seed is another web."""
    weather = Weather(seed=1, median_s=0.15)
    assert delays(weather) == delays(Weather(seed=1, median_s=0.15))
    assert delays(weather) != delays(Weather(seed=2, median_s=0.15))
    assert weather.delay("127.1.2.3", "/a") != weather.delay("127.1.2.4", "/a")


def test_latency_is_lognormal() -> None:
    """Median and spread are those that were asked for."""
    logs = [math.log(delay) for delay in delays(Weather(seed=3, median_s=0.15, sigma=0.8))]
    assert math.exp(statistics.median(logs)) == pytest.approx(0.15, rel=0.06)
    assert statistics.stdev(logs) == pytest.approx(0.8, rel=0.06)
    # Of a normal distribution, 84 in a hundred are below one standard deviation above its median.
    assert statistics.quantiles(logs, n=100)[83] == pytest.approx(math.log(0.15) + 0.8, abs=0.12)


def test_what_hangs_is_named() -> None:
    """An address that hangs has no delay; the same path of another host has."""
    weather = Weather(median_s=0.15, hanging=("127.1.2.3/page-7",))
    assert len(delays(weather)) == 3999
    assert weather.delay("127.1.2.3", "/page-7") is None
    assert weather.delay("127.1.2.4", "/page-7") is not None


def test_without_latency_all_answer_at_once() -> None:
    """The web without weather does not wait."""
    assert set(delays(Weather(seed=4))) == {0.0}


def test_a_host_counts_what_is_in_flight() -> None:
    """The peak is the most that were begun and not ended at a time."""
    watch = Watch()
    for event in (watch.begin, watch.begin, watch.end, watch.begin, watch.begin, watch.end):
        event(*((0.0,) if event == watch.begin else ()))
    assert (watch.peak, watch.in_flight, watch.requests) == (3, 2, 4)
    watch.forget()
    assert (watch.peak, watch.in_flight, watch.requests) == (2, 2, 0)


@pytest.mark.parametrize(
    ("starts", "most"),
    [
        ([i / 16 for i in range(100)], 16),  # steadily
        ([i / 32 for i in range(100)], 31),  # too fast
        ([0.0, 0.4, 0.9, 1.1, 1.2, 5.0], 4),  # from 0.4 to 1.2
        ([0.02, *(i / 20 for i in range(1, 30))], 20),  # the first was on its way for longer
        ([0.0, 1.0, 2.0], 1),
    ],
)
def test_a_host_counts_starts_within_any_second(starts: list[float], most: int) -> None:
    """The window slides, so that no burst hides at the turn of a second."""
    watch = Watch()
    for start in starts:
        watch.begin(start)
    assert watch.rate == most


@contextmanager
def asked(
    port: int, host: str, target: str, agent: str = "a reader"
) -> Iterator[http.client.HTTPConnection]:
    """Ask for an address, and keep the connection until the context ends."""
    connection = http.client.HTTPConnection(host, port, timeout=10)
    connection.request("GET", target, headers={"User-Agent": agent})
    yield connection
    connection.close()


def wait_for(seen: Callable[[], int], number: int) -> None:
    """Return as soon as the server has seen that."""
    deadline = time.monotonic() + 10
    while (last := seen()) != number:
        assert time.monotonic() < deadline, f"{last} seen, not {number}"
        time.sleep(0.01)


def in_flight(running: Server) -> Callable[[], int]:
    """Return a function that tells what a host has to do, at most, at present."""
    running.tally()  # forgets earlier peaks
    return lambda: running.tally().in_flight


def test_answers_are_pages_on_kept_connections() -> None:
    """A page is HTML of some kilobytes with a title, and its connection serves for the next."""
    with server.started(HOSTS, Weather()) as running:
        for host in HOSTS:
            with asked(running.port, host, "/a") as connection:
                response = connection.getresponse()
                page = response.read().decode()
                used = connection.sock
                connection.request("GET", "/b")
                assert connection.getresponse().read()
                assert connection.sock is used is not None
            assert response.status == 200
            assert response.headers["Content-Type"] == "text/html; charset=utf-8"
            assert "<title>" in page
            assert 2_000 < len(page) < 10_000
        assert running.tally().requests == 4
        assert running.tally().requests == 0


def test_what_hangs_is_in_flight_until_the_client_gives_up() -> None:
    """The server counts by host, and a closed connection ends its request."""
    hanging = [f"{host}/{number}" for host in HOSTS for number in range(3)]
    with server.started(HOSTS, Weather(hanging=hanging)) as running, ExitStack() as kept:
        kept.enter_context(asked(running.port, HOSTS[1], "/0"))
        with ExitStack() as given_up:
            for number in range(3):
                given_up.enter_context(asked(running.port, HOSTS[0], f"/{number}"))
            wait_for(in_flight(running), 3)
        wait_for(in_flight(running), 1)


def names_of(listening: Sequence[socket.socket]) -> list[tuple[str, int]]:
    """Close sockets; return where they listened."""
    names = [each.getsockname() for each in listening]
    for each in listening:
        each.close()
    return names


def test_only_loopback_is_listened_at() -> None:
    """Nobody else on the network can ask; the port is the same at all hosts."""
    names = names_of(server.listeners(HOSTS))
    assert [host for host, _ in names] == list(HOSTS)
    assert len({port for _, port in names}) == 1


def test_a_port_that_is_taken_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system chose for one host may be busy at another; then it chooses anew."""
    create, busy = socket.create_server, list[socket.socket]()

    def created(address: tuple[str, int], **options: int) -> socket.socket:
        made = create(address, **options)
        if not busy:
            busy.append(create((HOSTS[1], made.getsockname()[1])))
        return made

    monkeypatch.setattr(socket, "create_server", created)
    names = names_of(server.listeners(HOSTS))
    (_, taken), *_ = names_of(busy)
    ports = {port for _, port in names}
    assert len(ports) == 1
    assert taken not in ports


def test_no_free_port_is_an_end() -> None:
    """A port that is never free at all hosts is not looked for endlessly."""
    with pytest.raises(OSError, match="no port is free"):
        server.listeners([HOSTS[0], HOSTS[0]])


def test_a_page_is_the_same_for_all_checkers() -> None:
    """However long their heads are, they read as much."""
    with server.started(HOSTS, Weather()) as running:
        for number in range(8):
            pages = set()
            for agent in ("a", "some other agent"):
                with asked(running.port, HOSTS[0], f"/{number}", agent) as connection:
                    pages.add(connection.getresponse().read())
            assert len(pages) == 1


def test_a_server_that_cannot_listen_is_one_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    """An address of another machine ends in an error that says so."""
    with (
        pytest.raises(server.ServerError, match="could not listen"),
        server.started(("192.0.2.1",), Weather()),
    ):
        pass
    assert "Traceback" not in capfd.readouterr().err
