"""The threads that carry out a plan: as many as help, and no result lost or run ahead of."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue

from .outcome import Outcome
from .schedule import NEVER, Errand, HandedOver, Job, Plan, Result

Fetch = Callable[[Job], Outcome | None]
"""Makes the next request of a job in time; returns the outcome, or None if its chain goes on."""

READ_AHEAD = 8
"""How many results may wait to be consumed. Only then are they safe from a kill; on a fast network
the threads would else run ahead by hundreds."""

FEW = 8
"""Threads to begin with. Python runs one at a time, so each more costs something where answers come
at once, and none helps."""

LOOK_S = 0.02
"""How often to look whether more threads would help."""

IDLE_SHARE = 0.3
"""The share of the time in which the process has nothing to compute, from which on more do."""


class Crew:
    """The threads that carry out a plan.

    They are few to begin with. As long as jobs wait to be started while the threads wait for the
    network, their number is doubled, up to the concurrency. One idle thread, the sentinel, sleeps
    until the next start is due; the others sleep until they are called, so that the clock does not
    wake them all. All are daemons: nobody is kept waiting for what is in flight when a run is
    broken off.
    """

    def __init__(
        self,
        plan: Plan,
        fetch: Fetch,
        *,
        concurrency: int,
        read_ahead: int = READ_AHEAD,
        more_to_come: bool = False,
    ) -> None:
        """Take a plan; nothing is started yet.

        Args:
            plan: nobody else may touch it from now on.
            fetch: makes one request.
            concurrency: how many may be under way at once.
            read_ahead: how many results may wait to be consumed.
            more_to_come: whether jobs may be added later, so that it never ends by itself.
        """
        self._plan = plan
        self._fetch = fetch
        self._concurrency = concurrency
        self._read_ahead = read_ahead
        self._more_to_come = more_to_come
        self._threads: list[threading.Thread] = []
        # Not a Queue of limited size: a signal handler could not put its None into a full one.
        self._results: SimpleQueue[Result | Exception | None] = SimpleQueue()
        self._called = threading.Condition()
        self._wakes = NEVER
        """When the sentinel does."""
        self._waits_for_room = False
        """Whether a thread does, because too many results wait to be consumed."""
        self._stopped = False
        self._looked = self._computed = 0.0
        """When it was looked at last whether more threads would help, by both clocks."""

    @property
    def reached(self) -> bool:
        """Whether any host was, as far as is known here."""
        return self._plan.reached

    def results(self) -> Iterator[Result]:
        """Yield each address when it is finished; after ``stop``, those that were by then.

        Raises:
            Exception: whatever ``fetch`` raises.
        """
        self.begin()
        try:
            while (result := self._get(threading.TIMEOUT_MAX)) is not None:
                yield result
            yield from self._finished_meanwhile()
        finally:
            self.end()
        if self._plan.done:
            for thread in self._threads:
                thread.join()

    def begin(self) -> None:
        """Begin to carry out the plan."""
        self._hire(FEW)

    def add(self, jobs: Iterable[Errand | HandedOver], *, reached: bool) -> None:
        """Take on more jobs.

        Args:
            jobs: they belong to hosts of the plan.
            reached: whether any host was reached elsewhere.
        """
        now = time.monotonic()
        with self._called:
            self._plan.reached = self._plan.reached or reached
            for job in jobs:
                if isinstance(job, Errand):
                    self._plan.add(job, now)
                else:
                    self._deliver(self._plan.take_over(job, now))
            self._called.notify()

    def take(self, wait_s: float, linger_s: float) -> list[Result]:
        """Return what was finished since; wait for the first, and a little longer for others.

        Raises:
            Exception: whatever ``fetch`` raises.
        """
        with suppress(Empty):
            first = self._get(wait_s)
            time.sleep(linger_s)
            return [*([first] if first else []), *self._finished_meanwhile()]
        return []

    def stop(self) -> None:
        """Have ``results`` end; safe to call from a signal handler."""
        self._results.put(None)

    def end(self) -> None:
        """Start no more."""
        with self._called:
            self._stopped = True
            self._called.notify_all()

    def _get(self, wait_s: float) -> Result | None:
        """Return the next result, None at the end; look after the threads while none comes.

        Raises:
            Empty: when there was none for so long.
            Exception: whatever ``fetch`` raises.
        """
        until = time.monotonic() + wait_s
        while True:
            now = time.monotonic()
            self._look(now)
            look_s = LOOK_S if len(self._threads) < self._concurrency else wait_s
            try:
                result = self._results.get(timeout=max(0.0, min(look_s, until - now)))
            except Empty:
                if time.monotonic() >= until:
                    raise
                continue
            if self._waits_for_room and self._results.qsize() <= self._read_ahead // 2:
                with self._called:
                    self._waits_for_room = False
                    self._called.notify()
            if isinstance(result, Exception):
                raise result
            return result

    def _finished_meanwhile(self) -> Iterator[Result]:
        while not self._results.empty():
            result = self._get(0.0)
            if result is not None:
                yield result

    def _look(self, now: float) -> None:
        """Double the threads if jobs wait to be started, and the processor has little to do."""
        if now - self._looked < LOOK_S or len(self._threads) >= self._concurrency:
            return
        computed = time.process_time()
        busy = (computed - self._computed) / (now - self._looked)
        self._looked, self._computed = now, computed
        with self._called:
            waits = self._plan.next_start() <= now and not self._waits_for_room
        if waits and busy < 1 - IDLE_SHARE:
            self._hire(len(self._threads))

    def _hire(self, more: int) -> None:
        """Begin more threads, as far as the concurrency allows."""
        for _ in range(min(more, self._concurrency - len(self._threads))):
            thread = threading.Thread(target=self._work, daemon=True)
            try:
                thread.start()
            except RuntimeError:  # the system has no more
                if not self._threads:
                    raise
                self._concurrency = len(self._threads)
                return
            self._threads.append(thread)

    def _work(self) -> None:
        """Make requests until the plan is done; the body of a thread."""
        job = outcome = None
        try:
            while True:
                with self._called:
                    if job is not None:
                        self._deliver(self._plan.finish(job, outcome, time.monotonic()))
                    job = self._next_job()
                if job is None:
                    return
                outcome = self._fetch(job)
        except Exception as error:  # the consumer is told; a silent thread would leave it waiting
            self._results.put(error)

    def _next_job(self) -> Job | None:
        """Return the next job as soon as it may be started; None when there is none any more."""
        while not self._stopped and (self._more_to_come or not self._plan.done):
            now = time.monotonic()
            self._deliver(self._plan.give_up(now))
            if self._is_full():
                self._called.wait()
                continue
            job = self._plan.start(now)
            next_start = self._plan.next_start()
            if job is not None:
                if next_start < self._wakes:
                    self._called.notify()
                return job
            self._sleep(now, next_start)
        self._results.put(None)
        self._called.notify_all()
        return None

    def _is_full(self) -> bool:
        """Return whether there is no room for more results until some are consumed."""
        if self._results.qsize() < self._read_ahead:
            return False
        self._waits_for_room = True
        return self._results.qsize() >= self._read_ahead  # the consumer may not have seen that

    def _sleep(self, now: float, until: float) -> None:
        if until >= self._wakes:
            self._called.wait()
        else:
            self._wakes = until
            self._called.wait(until - now)
            self._wakes = NEVER

    def _deliver(self, results: list[Result]) -> None:
        for result in results:
            self._results.put(result)
