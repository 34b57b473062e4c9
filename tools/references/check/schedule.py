"""When each request is made: in parallel, each host at its own pace, and nobody waits for another.

``Plan`` decides, as a pure state machine that is told the time; ``Crew`` has threads carry it out.
Politeness counts requests, not links: the next hop of a redirect queues at the host it leads to.

How long a run takes is bounded by design, even where nothing answers. A host that cannot be reached
is found out once for all of its links; connecting gets half an attempt's time; what timed out is
asked again once, in a second wave after all else, with a tenth of it; and when after
``Pace.patience_s`` no host at all was reached, the rest is not asked. With the default of 20 s a
list of any length without a network, with broken or hanging DNS, or behind a firewall that swallows
everything, so ends within half a minute.
"""

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue

from .fetch.chain import Chain, host_and_port
from .judge.policy import Retry
from .outcome import OF_HOST, Fault, Outcome

HOP = -1.0
FRESH = 0.0
"""Ranks in a host's queue, before every moment of a clock: chains are finished first, then new
links begun, then those asked again whose time has come."""

NEVER = float("inf")

Authority = tuple[str, int]
"""Whom a request asks: host and port."""

Fetch = Callable[[Chain, float], Outcome | None]
"""Makes the next request of a chain in time; returns the outcome, or None if the chain goes on."""

RetryPolicy = Callable[[Outcome, int], Retry | None]
"""How to ask again after an outcome of attempt number n, or None."""

HoldPolicy = Callable[[Outcome], float]
"""How many seconds the host of an outcome wants to be left alone."""

HELD_S = 120.0
"""How long one host may be held in all: if it still wants peace after that, each of its links waits
for itself. Else a host that refuses all, and has many links, would hold the run for hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How hard the network and each host may be pressed."""

    timeout_s: float
    """Of a whole attempt."""
    per_host: int
    """Requests in flight at one host."""
    interval_s: float
    """Between two starts at one host."""
    patience_s: float
    """How long to go on while no host at all can be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """An address with its last outcome."""

    url: str
    outcome: Outcome
    attempts: int


@dataclass(slots=True, eq=False)
class Job:
    """An address on its way: the attempt that is being made, and how many there were."""

    url: str
    chain: Chain
    timeout_s: float
    attempts: int = 0
    outcome: Outcome | None = None
    """Of the attempt before."""

    def finished(self, outcome: Outcome) -> Finished:
        """Return the job with its last outcome."""
        return Finished(url=self.url, outcome=outcome, attempts=self.attempts)


@dataclass(slots=True, eq=False)
class Host:
    """One host's queue and pace."""

    limit: int
    """Requests in flight that it takes at present."""
    jobs: list[tuple[float, int, Job]] = field(default_factory=list)
    """A heap by rank or moment, then by order."""
    in_flight: int = 0
    next_start: float = 0.0
    held_s: float = 0.0
    """How long it was left alone, at its wish, in all."""
    due: float | None = None
    """The moment of its valid entry in the plan's heap, if it has one."""
    ready: bool = False

    def next_moment(self) -> float:
        """Return when it may start its first job; without jobs, or at its limit, never."""
        if not self.jobs or self.in_flight >= self.limit:
            return NEVER
        return max(self.next_start, self.jobs[0][0])

    def hold(self, seconds: float, now: float) -> None:
        """Start nothing for some time, as far as it may still be held."""
        begin = max(now, self.next_start)
        longer = min(now + seconds - begin, HELD_S - self.held_s)
        if longer > 0:
            self.next_start = begin + longer
            self.held_s += longer


class Plan:
    """Decides which job starts when. Not safe for threads: ``Crew`` holds a lock around it."""

    def __init__(self, pace: Pace, retry: RetryPolicy, hold: HoldPolicy, now: float) -> None:
        """Begin at a moment of any clock that only moves on."""
        self._pace = pace
        self._retry = retry
        self._hold = hold
        self._begun = now
        self._reached = False
        self._unfinished = 0
        self._order = itertools.count()
        self._hosts: dict[str, Host] = {}
        self._second_wave: list[Job] = []
        """Those whose time ran out, to be asked once more when all others are finished."""
        self._down: dict[Authority, Outcome] = {}
        """Whom to expect nothing of, and why."""
        self._ready: list[tuple[int, int, Host]] = []
        """Hosts that may start a job, the fullest first: the longest queue decides the end."""
        self._waiting: list[tuple[float, int, Host]] = []
        """Hosts that may start one at a later moment."""

    @property
    def done(self) -> bool:
        """Whether every job is finished."""
        return self._unfinished == 0

    def add(self, url: str) -> None:
        """Plan to ask an address, given in requested form."""
        self._unfinished += 1
        self._put(Job(url, Chain(url), self._pace.timeout_s), FRESH)

    def start(self, now: float) -> Job | None:
        """Return a job to be started this very moment, or None if none may be."""
        self._wake(now)
        while self._ready:
            host = heapq.heappop(self._ready)[2]
            host.ready = False
            if host.next_moment() > now:  # since then jobs were finished unasked, or it is held
                self._place(host)
                continue
            job = heapq.heappop(host.jobs)[2]
            job.attempts += not job.chain.hops
            host.in_flight += 1
            host.next_start = now + self._pace.interval_s
            self._place(host)
            return job
        return None

    def next_start(self) -> float:
        """Return the moment a job may start; never, if another must be finished first."""
        if self._ready:
            return FRESH
        return self._waiting[0][0] if self._waiting else NEVER

    def finish(self, job: Job, asked: str, outcome: Outcome | None, now: float) -> list[Finished]:
        """Record what a started job's request brought; return the jobs that are finished by it.

        Args:
            job: as ``start`` returned it.
            asked: the address of the request.
            outcome: None if the job's chain goes on.
            now: the moment.
        """
        authority = host_and_port(asked)
        host = self._hosts[authority[0]]
        host.in_flight -= 1
        self._reached = self._reached or outcome is None or outcome.reached
        self._adapt(host, outcome)
        if outcome is not None:
            host.hold(self._hold(outcome), now)
        finished = self._next(job, authority, outcome, now)
        self._place(host)
        self._unfinished -= len(finished)
        if self._unfinished == len(self._second_wave):
            self._begin_second_wave()
        return finished

    def give_up(self, now: float) -> list[Finished]:
        """End the queued jobs if no host at all was reached for too long; return those ended."""
        if self._reached or now - self._begun < self._pace.patience_s:
            return []
        ended, self._second_wave = self._second_wave, []
        for host in self._hosts.values():
            ended += [job for _, _, job in host.jobs]
            host.jobs.clear()
        unasked = Outcome(fault=Fault.NOT_ASKED)
        finished = [job.finished(job.outcome or unasked) for job in ended]
        self._unfinished -= len(finished)
        return finished

    def _next(
        self, job: Job, authority: Authority, outcome: Outcome | None, now: float
    ) -> list[Finished]:
        if outcome is None:
            down = self._down.get(host_and_port(job.chain.url))
            if down is None:
                self._put(job, HOP)
                return []
            outcome = job.chain.outcome(down.fault, down.detail)
        again = None if authority in self._down else self._retry(outcome, job.attempts)
        # Whatever would ask the same host meets the same fate, so it waits for this job's. Behind a
        # redirect there is less time to connect, which proves less.
        is_of_host = outcome.fault in OF_HOST and not outcome.hops
        others = self._take(authority) if is_of_host else []
        if again is not None:
            job.chain, job.timeout_s, job.outcome = Chain(job.url), again.timeout_s, outcome
            if again.second_wave:
                self._second_wave += [job, *(other for _, other in others)]
            else:
                for moment, waiting in [(FRESH, job), *others]:
                    self._put(waiting, max(moment, now + again.delay_s))
            return []
        finished = [job.finished(outcome)]
        if is_of_host:
            self._down[authority] = outcome
        for _, other in others:
            shared = other.chain.outcome(outcome.fault, outcome.detail)
            finished.append(other.finished(shared))
        return finished

    def _begin_second_wave(self) -> None:
        """Queue what was put off, first what has had its chance: it is the quickest to decide."""
        wave, self._second_wave = self._second_wave, []
        for job in sorted(wave, key=lambda job: job.attempts, reverse=True):
            self._put(job, FRESH)

    def _take(self, authority: Authority) -> list[tuple[float, Job]]:
        """Remove and return the queued jobs that would ask a host next, each with its moment."""
        host = self._hosts[authority[0]]
        taken: list[tuple[float, int, Job]] = []
        kept: list[tuple[float, int, Job]] = []
        for entry in sorted(host.jobs):
            (taken if host_and_port(entry[2].chain.url) == authority else kept).append(entry)
        host.jobs = kept  # sorted, hence a heap
        return [(moment, job) for moment, _, job in taken]

    def _adapt(self, host: Host, outcome: Outcome | None) -> None:
        """Halve what a host takes at once when it says 429, and work up again by one an answer."""
        if outcome is not None and outcome.status == 429:
            host.limit = max(1, host.limit // 2)
        else:
            host.limit = min(self._pace.per_host, host.limit + 1)

    def _put(self, job: Job, moment: float) -> None:
        name = host_and_port(job.chain.url)[0]
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = Host(self._pace.per_host)
        heapq.heappush(host.jobs, (moment, next(self._order), job))
        self._place(host)

    def _place(self, host: Host) -> None:
        """Enter a host for its next moment, unless it is entered for that or an earlier one."""
        moment = host.next_moment()
        if host.ready or moment >= (NEVER if host.due is None else host.due):
            return
        host.due = moment
        heapq.heappush(self._waiting, (moment, next(self._order), host))

    def _wake(self, now: float) -> None:
        """Make the hosts ready whose moment has come."""
        while self._waiting and self._waiting[0][0] <= now:
            moment, _, host = heapq.heappop(self._waiting)
            if host.due != moment:  # it has been entered for an earlier one since
                continue
            host.due = None
            if host.next_moment() <= now:
                host.ready = True
                heapq.heappush(self._ready, (-len(host.jobs), next(self._order), host))
            else:
                self._place(host)


READ_AHEAD = 8
"""How many results may wait to be consumed. Only then are they safe from a kill; on a fast network
the threads would else run ahead by hundreds."""


class Crew:
    """The threads that carry out a plan.

    One idle thread, the sentinel, sleeps until the next start is due; the others sleep until they
    are called, so that the clock does not wake them all. All are daemons: nobody is kept waiting
    for what is in flight when a run is broken off.
    """

    def __init__(
        self,
        urls: Iterable[str],
        fetch: Fetch,
        *,
        pace: Pace,
        retry: RetryPolicy,
        hold: HoldPolicy,
        concurrency: int,
    ) -> None:
        """Plan to ask addresses, given in requested form; nothing is started yet."""
        self._plan = Plan(pace, retry, hold, time.monotonic())
        self._fetch = fetch
        self._concurrency = concurrency
        self._count = 0
        for url in urls:
            self._plan.add(url)
            self._count += 1
        # Not a Queue of limited size: a signal handler could not put its None into a full one.
        self._results: SimpleQueue[Finished | Exception | None] = SimpleQueue()
        self._room = threading.Semaphore(READ_AHEAD)
        self._called = threading.Condition()
        self._wakes = NEVER
        """When the sentinel does."""
        self._stopped = False

    def results(self) -> Iterator[Finished]:
        """Yield each address when it is finished; after ``stop``, those that were by then.

        Raises:
            Exception: whatever ``fetch`` raises.
        """
        threads = [
            threading.Thread(target=self._work, daemon=True)
            for _ in range(min(self._concurrency, self._count))
        ]
        for thread in threads:
            thread.start()
        try:
            for _ in range(self._count):
                result = self._results.get()
                if result is None:
                    self._end()
                    yield from self._finished_meanwhile()
                    return
                if isinstance(result, Exception):
                    raise result
                yield result
                self._room.release()
        finally:
            self._end()
        for thread in threads:
            thread.join()

    def stop(self) -> None:
        """Have ``results`` end; safe to call from a signal handler."""
        self._results.put(None)

    def _end(self) -> None:
        """Start no more."""
        self._room.release(self._count + 1)  # whoever waits for room holds the lock
        with self._called:
            self._stopped = True
            self._called.notify_all()

    def _finished_meanwhile(self) -> Iterator[Finished]:
        while not self._results.empty():
            result = self._results.get()
            if isinstance(result, Finished):
                yield result

    def _work(self) -> None:
        """Make requests until the plan is done; the body of a thread."""
        try:
            while (job := self._next_job()) is not None:
                asked = job.chain.url
                outcome = self._fetch(job.chain, job.timeout_s)
                with self._called:
                    self._deliver(self._plan.finish(job, asked, outcome, time.monotonic()))
        except Exception as error:  # the consumer is told; a silent thread would leave it waiting
            self._results.put(error)

    def _next_job(self) -> Job | None:
        """Return the next job as soon as it may be started; None when there is none any more."""
        with self._called:
            while not (self._stopped or self._plan.done):
                now = time.monotonic()
                self._deliver(self._plan.give_up(now))
                job = self._plan.start(now)
                next_start = self._plan.next_start()
                if job is not None:
                    if next_start < self._wakes:
                        self._called.notify()
                    return job
                self._sleep(now, next_start)
            self._called.notify_all()
            return None

    def _sleep(self, now: float, until: float) -> None:
        if until >= self._wakes:
            self._called.wait()
        else:
            self._wakes = until
            self._called.wait(until - now)
            self._wakes = NEVER

    def _deliver(self, finished: list[Finished]) -> None:
        for result in finished:
            self._room.acquire()
            self._results.put(result)
