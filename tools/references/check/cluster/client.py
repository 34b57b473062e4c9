"""The side of the process that was started: it has the workers of a Dask cluster ask.

Each worker has a desk, which is given orders and delivers results as they come, in one exchange
after the other. What a worker that is lost has not delivered is given to the others.
"""

import asyncio
import logging
import pickle
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from ..asker import AskerLost
from ..fetch.environment import Environment
from ..schedule import Errand, Finished
from ..settings import Settings
from .desk import ABANDONED_S, Delivery, Desk, Orders, version
from .dispatch import Dispatch

try:
    import dask
    import distributed
    from distributed.security import Security
except ImportError:
    raise AskerLost(
        "--scheduler needs Dask, which is not installed: pip install --group cluster"
    ) from None

CONNECT_S = 10.0
"""How long the scheduler, and a first worker, may take to answer."""

RETURN_S = 30.0
"""How long to wait for a worker when none is left: a nanny starts another in a few seconds."""

LOOK_AGAIN_S = 0.5

SILENT_S = ABANDONED_S + 10.0
"""After how long a desk that says nothing is given up. By then it asks nobody any more."""

DISMISS_S = 5.0
"""How long to wait at the end for what workers have finished."""

Exchange = tuple[str, Delivery | BaseException]
"""With which worker, and what came of it."""


class Cluster:
    """Asks by the workers of a cluster."""

    def __init__(self, address: str, settings: Settings, environment: Environment) -> None:
        """Connect to a scheduler, and set up its workers.

        Args:
            address: of the scheduler.
            settings: how each worker is to ask.
            environment: who we are; all else is the workers' own.

        Raises:
            AskerLost: when there is no such cluster, or it is of no use.
        """
        self._address = address
        # As bytes, since the scheduler would else have to know our modules, too.
        self._pickled_desk = pickle.dumps(Desk(settings, environment.site))
        self._version = version()
        self._client = _connected(address)
        self._dispatch = Dispatch()
        self._desks: dict[str, Any] = {}
        """The actor of each worker."""
        self._lost: set[str] = set()
        """Workers that are not counted on again."""
        self.requests = 0
        """How many were begun, as far as workers have told."""
        self._reached = False
        self._under_way: set[str] = set()
        """Workers with which an exchange is under way."""
        self._exchanges: SimpleQueue[Exchange | None] = SimpleQueue()
        """Those that are over."""
        self._stopped = False
        try:
            self._await_workers(CONNECT_S, "has no workers", all_of_use=True)
        except AskerLost:
            self.close()
            raise

    def results(self, errands: Sequence[Errand]) -> Iterator[Finished]:
        """Yield each address when it is finished; after ``stop``, those that were by then.

        Raises:
            AskerLost: when no worker is left.
        """
        self._dispatch.deal(errands)
        try:
            while self._dispatch.unfinished and not self._stopped:
                self._call_on_all()
                exchange = self._exchanges.get()
                if exchange is not None:
                    yield from self._outcome(*exchange)
            if self._stopped:
                yield from self._dismiss()
        finally:
            self._dispatch.forget()

    def stop(self) -> None:
        """Have ``results`` end, and never begin again; safe to call from a signal handler."""
        self._stopped = True
        self._exchanges.put(None)

    def close(self) -> None:
        """Have the workers stop, and leave the cluster as it was."""
        self._stopped = True
        for _ in self._dismiss():
            pass
        with suppress(OSError, TimeoutError):  # by a scheduler that does not answer any more
            self._client.close(timeout=DISMISS_S)

    def _call_on_all(self) -> None:
        """Begin an exchange with each worker with which none is under way."""
        for worker in self._desks.keys() - self._under_way:
            orders = Orders(self._dispatch.orders(worker), self._reached, last=self._stopped)
            self._under_way.add(worker)
            self._client.loop.add_callback(self._exchange, worker, self._desks[worker], orders)

    async def _exchange(self, worker: str, desk: Any, orders: Orders) -> None:
        """Have a worker told something, and enter what it delivers; the client's thread does."""
        try:
            brought = await asyncio.wait_for(desk.exchange(orders), SILENT_S)
        except (Exception, asyncio.CancelledError) as error:  # of many kinds, from many places
            brought = error
        self._exchanges.put((worker, brought))

    def _outcome(self, worker: str, brought: Delivery | BaseException) -> Iterator[Finished]:
        """Yield what an exchange brought that is final, and see to the rest.

        Raises:
            AskerLost: when no worker is left.
        """
        self._under_way.discard(worker)
        if worker not in self._desks:
            return
        if isinstance(brought, Delivery):
            if brought.error:
                raise RuntimeError(f"in {worker}:\n{brought.error}")
            self.requests += brought.requests
            self._reached = self._reached or brought.reached
            yield from self._dispatch.delivered(worker, brought.results, reached=self._reached)
            if not brought.closed:
                return
        elif not isinstance(brought, TimeoutError):  # after that the desk is closed, at least
            self._lost.add(worker)
        del self._desks[worker]
        if not self._stopped:
            self._replace(worker)

    def _dismiss(self) -> Iterator[Finished]:
        """Have all workers stop; yield what they have finished by then."""
        until = time.monotonic() + DISMISS_S
        with suppress(Empty, AskerLost):
            while self._desks:
                self._call_on_all()
                exchange = self._exchanges.get(timeout=max(0.0, until - time.monotonic()))
                if exchange is not None:
                    yield from self._outcome(*exchange)
        self._desks = {}

    def _replace(self, worker: str) -> None:
        """Begin anew with a worker that has no desk any more, or give its work to the others.

        Raises:
            AskerLost: when there are none, and none comes.
        """
        self._await_workers(RETURN_S, "no worker is left")
        if self._desks and worker not in self._desks:
            self._dispatch.leave(worker)

    def _await_workers(self, within_s: float, complaint: str, *, all_of_use: bool = False) -> None:
        """Set up all workers that there are and are not yet; wait for one if there are none.

        Raises:
            AskerLost: when none comes, or one is of no use and all have to be.
        """
        until = time.monotonic() + within_s
        while not self._stopped:
            useless = self._set_up(self._workers() - self._desks.keys() - self._lost)
            if useless and all_of_use:
                raise AskerLost(useless[0])
            if self._desks:
                return
            if time.monotonic() > until:
                raise AskerLost(f"{self._address}: {complaint}")
            time.sleep(LOOK_AGAIN_S)

    def _workers(self) -> set[str]:
        """Return the workers that run; none if the scheduler does not answer."""
        try:
            # Not ``scheduler_info``, which waits for an answer without end.
            identity = self._client.sync(self._identity, callback_timeout=CONNECT_S)
        except (OSError, TimeoutError):
            return set()
        workers = identity.get("workers", {}).items()
        return {name for name, worker in workers if worker["status"] == "running"}

    async def _identity(self) -> Any:
        scheduler = self._client.scheduler  # none after it was lost
        return await scheduler.identity(n_workers=-1) if scheduler else {}

    def _set_up(self, workers: Iterable[str]) -> list[str]:
        """Put a desk onto each of some workers; return which are of no use, and why."""
        useless = []
        for worker, desk in self._client.sync(self._opened, list(workers)):
            if isinstance(desk, BaseException):  # the scheduler may cancel it, too
                told = " ".join(str(desk).split()) or type(desk).__name__
                useless.append(f"{worker}: this worker is of no use: {told}")
                self._lost.add(worker)
            else:
                self._desks[worker] = desk
                self._dispatch.join(worker)
        return useless

    async def _opened(self, workers: Sequence[str]) -> Iterable[tuple[str, Any]]:
        """Return a new desk on each of some workers, or what kept it from being opened."""
        desks = await asyncio.gather(*map(self._open, workers), return_exceptions=True)
        return zip(workers, desks, strict=True)

    async def _open(self, worker: str) -> Any:
        """Return a new desk on a worker.

        Raises:
            Exception: when it is of no use.
        """
        async with asyncio.timeout(CONNECT_S):
            desk = await self._client.submit(
                pickle.loads,
                self._pickled_desk,
                workers=[worker],
                allow_other_workers=False,
                actor=True,
                pure=False,
            )
            found = await desk.open()
        if found != self._version:
            raise AskerLost("it has another version of tools/references")
        return desk


def _connected(address: str) -> Any:
    """Return a client of a scheduler.

    Raises:
        AskerLost: when there is none.
    """
    # What goes wrong is told in a sentence of ours.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set({"distributed.comm.timeouts.connect": f"{CONNECT_S}s"})
    client: Any = distributed.Client
    try:
        # A client would wait without end for a handshake.
        # In a thread of its own, for in a notebook this one has a loop already.
        with ThreadPoolExecutor(1) as aside:
            kind = aside.submit(asyncio.run, asyncio.wait_for(_kind(address), CONNECT_S)).result()
        if kind == "Scheduler":
            return client(address, timeout=CONNECT_S)
    except (OSError, TimeoutError, MemoryError):  # the last by what is no handshake at all
        raise AskerLost(f"{address}: no scheduler answers") from None
    except Exception as error:  # of many kinds, from many places
        raise AskerLost(f"{address}: is no address of a scheduler ({error})") from None
    raise AskerLost(f"{address}: is a {kind.lower()} of a cluster, not its scheduler")


async def _kind(address: str) -> str:
    """Return what answers at an address.

    Raises:
        Exception: when nothing does.
    """
    security: Any = Security
    arguments = security().get_connection_args("client")
    if address.startswith(("tls:", "wss:")) and not arguments["ssl_context"]:
        raise ValueError("Dask's configuration names no certificate")
    server: Any = distributed.rpc
    async with server(address, connection_args=arguments, timeout=CONNECT_S) as asked:
        identity = await asked.identity()
    return str(identity["type"])
