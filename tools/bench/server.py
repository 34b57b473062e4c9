"""The web that the link checkers are measured on: many hosts in one process, and cheap to ask.

It shares its machine with what is measured, so an answer is a few bytes looked up and written.
``started`` runs it as a process of its own; whoever connects to its control address is told a
``Tally`` of what it has seen since it was asked last.
"""

import asyncio
import errno
import json
import math
import random
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from statistics import NormalDist
from zlib import crc32

STANDARD_NORMAL = NormalDist()


class ServerError(Exception):
    """There is nobody to ask; the text is one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How long each address takes to answer: the same in every run with the same seed."""

    seed: int = 0
    median_s: float = 0.0
    """Of a lognormal distribution; 0 answers at once."""
    sigma: float = 0.8
    """Of the logarithm: one answer in a hundred takes more than six times the median."""
    hanging: Sequence[str] = ()
    """What never answers: hosts, each with a path."""

    def delay(self, host: str, target: str) -> float | None:
        """Return the seconds until the answer, or None if there is none, ever."""
        if host + target in self.hanging:
            return None
        if self.median_s == 0:
            return 0.0
        key = f"{self.seed} {host}{target}".encode()
        quantile = int.from_bytes(blake2b(key, digest_size=6).digest(), "big")
        deviation = STANDARD_NORMAL.inv_cdf((quantile + 0.5) / 2.0**48)
        return self.median_s * math.exp(self.sigma * deviation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the server saw."""

    requests: int
    in_flight: int
    """The most requests that one host had to work on at a time."""
    starts_per_s: int
    """The most requests that were sent to one host within any second, as far as can be seen."""


ON_ITS_WAY_S = 0.05
"""How much longer than another a request may have taken to come, the first having to connect: so
many within a second less this were surely sent within a second."""


@dataclass(slots=True)
class Watch:
    """Counts what one host sees."""

    in_flight: int = 0
    peak: int = 0
    requests: int = 0
    rate: int = 0
    latest: deque[float] = field(default_factory=deque)
    """When the requests came that may have been sent within a second."""

    def begin(self, now: float) -> None:
        """Count a request that came."""
        self.requests += 1
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)
        self.latest.append(now)
        while self.latest[0] <= now - 1.0 + ON_ITS_WAY_S:
            self.latest.popleft()
        self.rate = max(self.rate, len(self.latest))

    def forget(self) -> None:
        """Begin anew; what is in flight still is."""
        self.requests = self.rate = 0
        self.peak = self.in_flight

    def end(self) -> None:
        """Count a request that was answered or given up."""
        self.in_flight -= 1


class Connection(asyncio.Protocol):
    """One kept connection; the requests on it come one after another."""

    def __init__(self, watches: dict[str, Watch], weather: Weather, pages: Sequence[bytes]) -> None:
        """Share the counts with all other connections."""
        self._watches = watches
        self._weather = weather
        self._pages = pages
        self._buffer = b""
        self._pending: asyncio.TimerHandle | None = None
        self._busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note which host was meant."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._host: str = transport.get_extra_info("sockname")[0]

    def data_received(self, data: bytes) -> None:
        """Answer a request as soon as its head is complete; none has a body."""
        self._buffer += data
        if not self._buffer.endswith(b"\r\n\r\n"):
            return
        head, self._buffer = self._buffer, b""
        path = head.split(b" ", 2)[1]
        target = path.decode("latin-1")
        self._busy = True
        self._watches[self._host].begin(time.monotonic())
        delay = self._weather.delay(self._host, target)
        page = self._pages[crc32(path) % len(self._pages)]  # the same for whoever asks
        if delay is None:
            return
        if delay == 0:
            self._answer(page)
        else:
            loop = asyncio.get_running_loop()
            self._pending = loop.call_later(delay, self._answer, page)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the request as given up, if there was one."""
        if self._pending is not None:
            self._pending.cancel()
        self._end()

    def _answer(self, page: bytes) -> None:
        self._end()
        self._transport.write(page)

    def _end(self) -> None:
        if self._busy:
            self._busy = False
            self._watches[self._host].end()


TEXT = (
    "a note on the gradient of each layer and how its weights are found when the data are few "
    "while one step follows another until the loss no longer falls so that a reader who has seen "
    "the derivation once may try it on an example with two inputs and one output by hand"
)

PAGES = 16


def pages() -> list[bytes]:
    """Return whole responses: HTML of 2 to 8 kB with a title, a heading and paragraphs."""
    return [_page(number) for number in range(PAGES)]


def _page(number: int) -> bytes:
    chance, words = random.Random(number), TEXT.split()
    title = " ".join(chance.sample(words, 5)).capitalize()
    paragraphs = "\n".join(
        f"<p>{' '.join(chance.choices(words, k=60)).capitalize()}.</p>" for _ in range(5 + number)
    )
    links = "\n".join(f'<li><a href="/{word}">{word}</a></li>' for word in chance.sample(words, 8))
    body = (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="stylesheet" href="/style.css"></head>\n<body>\n<nav><ul>{links}</ul></nav>\n'
        f'<main id="main"><h1>{title}</h1>\n{paragraphs}\n</main>\n</body>\n</html>\n'
    ).encode()
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def tally(watches: dict[str, Watch]) -> Tally:
    """Return the sums and peaks over all hosts."""
    seen = watches.values()
    return Tally(
        requests=sum(watch.requests for watch in seen),
        in_flight=max(watch.peak for watch in seen),
        starts_per_s=max(watch.rate for watch in seen),
    )


TRIES = 100
"""How many ports are tried before none is thought to be free."""


def listeners(hosts: Sequence[str]) -> list[socket.socket]:
    """Listen on one port, free at all of the hosts, and at no other address of the machine.

    Raises:
        OSError: when one of them is no address of this machine, or there is no such port.
    """
    for _ in range(TRIES):
        try:
            return _at_one_port(hosts)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, "no port is free at all hosts")


def _at_one_port(hosts: Sequence[str]) -> list[socket.socket]:
    with ExitStack() as opened:
        listening: list[socket.socket] = []
        port = 0  # the system chooses; then all take the same
        for host in hosts:
            each = opened.enter_context(socket.create_server((host, port), backlog=1024))
            port = each.getsockname()[1]
            listening.append(each)
        opened.pop_all()
        return listening


async def serve(hosts: Sequence[str], weather: Weather) -> None:
    """Answer until standard input ends, having told the port and the control address' own."""
    watches = {host: Watch() for host in hosts}
    made = pages()

    def tell(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(json.dumps(asdict(tally(watches))).encode())
        for watch in watches.values():
            watch.forget()
        writer.close()

    loop = asyncio.get_running_loop()
    sockets = listeners(hosts)
    for listener in sockets:
        await loop.create_server(lambda: Connection(watches, weather, made), sock=listener)
    control = await asyncio.start_server(tell, "127.0.0.1", 0)
    port, told = (each.getsockname()[1] for each in (sockets[0], control.sockets[0]))
    print(json.dumps({"port": port, "control": told}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    port: int
    control: int

    def tally(self) -> Tally:
        """Return what it has seen since this was asked last."""
        with (
            socket.create_connection(("127.0.0.1", self.control)) as connection,
            connection.makefile() as answer,
        ):
            return Tally(**json.load(answer))


@contextmanager
def started(hosts: Sequence[str], weather: Weather) -> Iterator[Server]:
    """Run a server as a process of its own for as long as the context lasts.

    Raises:
        ServerError: when it does not begin.
    """
    command = [sys.executable, "-m", __name__, json.dumps([list(hosts), asdict(weather)])]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a Ctrl-C is not for it: it ends with its standard input
    ) as process:
        assert process.stdout is not None
        try:
            told = process.stdout.readline()
            if not told:
                raise ServerError("the server of the bench could not listen on 127.0.0.0/8")
            yield Server(**json.loads(told))
        finally:
            process.communicate()  # closes its standard input, which ends it


if __name__ == "__main__":
    told_hosts, told_weather = json.loads(sys.argv[1])
    with suppress(OSError):  # whoever started it sees that it says nothing
        asyncio.run(serve(told_hosts, Weather(**told_weather)))
