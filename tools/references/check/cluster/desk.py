"""A worker's side: it asks what it is told to, of the hosts that are its own, at the usual pace.

Dask keeps it as an actor. Nothing here imports Dask.
"""

import hashlib
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from ...model import ROOT
from ..asker import fetch, plan_of, transport_of
from ..crew import Crew
from ..fetch.environment import Environment
from ..schedule import Errand, HandedOver, Result
from ..settings import Settings

WAIT_S = 0.1
"""How long an exchange waits for a first result; what else there is to be told waits as long."""

LINGER_S = 0.03
"""How long it then waits for others: an exchange costs three processes about a millisecond each."""

READ_AHEAD = 256
"""How many results may wait to be fetched: as many as a fast network brings between two exchanges.
A worker that is killed loses them, and they are asked for again."""

ABANDONED_S = 20.0
"""How long to go on when nobody fetches results: who was to do so is dead, or thinks that we are,
and has others ask our hosts. Only a new desk then goes on."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a worker is told."""

    jobs: Sequence[Errand | HandedOver] = ()
    """Their hosts are this worker's from now on."""
    reached: bool = False
    """Whether any worker has reached any host."""
    last: bool = False
    """Whether nothing more is to be asked."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a worker has done since it was asked last."""

    results: Sequence[Result]
    requests: int
    """How many it has begun since."""
    reached: bool
    """Whether it has reached any host."""
    closed: bool = False
    """Whether it asks no more, told so or not."""
    error: str = ""
    """A traceback, if this program is at fault."""


class Desk:
    """Where a worker is given orders. It comes to the worker pickled, and is opened there."""

    def __init__(self, settings: Settings, site: str) -> None:
        """Take how to ask, and what to say of who we are; all else is the worker's own."""
        self._settings = settings
        self._site = site

    def open(self) -> str:
        """Begin to work; return the version of this program.

        Raises:
            EnvironmentUnusable: when the worker's environment names what is of no use.
        """
        environment = replace(Environment.read(), site=self._site)
        self._transport = transport_of(self._settings, environment)
        self._hosts: set[str] = set()
        self._crew = Crew(
            plan_of(self._settings, self._hosts.__contains__),
            partial(fetch, self._transport),
            concurrency=self._settings.concurrency,
            read_ahead=READ_AHEAD,
            more_to_come=True,
        )
        self._crew.begin()
        self._told_requests = 0
        self._heard = time.monotonic()
        """When somebody came last."""
        self._closed = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()
        return version()

    def exchange(self, orders: Orders) -> Delivery:
        """Take orders, and return what was finished since."""
        if time.monotonic() - self._heard > ABANDONED_S:  # we were stopped, and the watch, too
            self.close()
        self._heard = time.monotonic()
        self._hosts.update(job.host for job in orders.jobs)
        results: list[Result] = []
        error = ""
        try:
            self._crew.add(orders.jobs, reached=orders.reached)
            if orders.last:
                self.close()
            results = self._crew.take(WAIT_S, LINGER_S)
        except Exception:
            error = traceback.format_exc()
        before, self._told_requests = self._told_requests, self._transport.requests
        requests = self._told_requests - before
        return Delivery(results, requests, self._crew.reached, self._closed.is_set(), error)

    def close(self) -> None:
        """Ask no more; what is finished can still be fetched."""
        self._crew.end()
        self._transport.close()
        self._closed.set()

    def _watch(self) -> None:
        """Close the desk when nobody comes any more; the body of a thread."""
        while not self._closed.wait(max(0.0, self._heard + ABANDONED_S - time.monotonic())):
            if time.monotonic() - self._heard > ABANDONED_S:
                self.close()


def version() -> str:
    """Return what tells this checkout's program from another's."""
    digest = hashlib.sha256()
    folder = ROOT / "tools" / "references"
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()
