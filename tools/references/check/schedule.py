"""When each request is made: in parallel, each host at its own pace, and nobody waits for another.

``Plan`` decides, as a pure state machine that is told the time; ``crew`` has threads carry it out.
Politeness counts requests, not links: the next hop of a redirect queues at the host it leads to.

How long a run takes is bounded by design, even where nothing answers. A host that cannot be reached
is found out once for all of its links; connecting gets half an attempt's time; what timed out is
asked again once, in a second wave after all else, with a tenth of it; and when after
``Pace.patience_s`` no host at all was reached, the rest is not asked. With the default of 20 s a
list of any length without a network, with broken or hanging DNS, or behind a firewall that swallows
everything, so ends within half a minute.

What is expected to take long is begun first, so that the rest is done meanwhile: the host with the
most work left, and of its links the slowest of earlier runs, which leave room for the others.
"""

import heapq
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .fetch.chain import Chain, host_and_port
from .judge.policy import Retry
from .outcome import OF_HOST, Fault, Outcome

BEGUN = -1.0
FRESH = 0.0
"""Ranks in a host's queue, before every moment of a clock: what was begun is finished first, then
new links are begun, then those asked again whose time has come."""

NEVER = float("inf")

USUAL_S = 0.5
"""How long a link of which nothing is known is expected to take."""

SLOW_S = 10 * USUAL_S
"""From which on it is expected to be slow."""

Authority = tuple[str, int]
"""Whom a request asks: host and port."""

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


@dataclass(frozen=True, slots=True)
class Errand:
    """An address that is to be asked."""

    url: str
    """In requested form."""
    expected_s: float = USUAL_S
    """How long that will take, to go by earlier runs."""
    wanted: frozenset[str] = frozenset()
    """The anchors to look for on the page."""

    @property
    def host(self) -> str:
        """Whom its first request asks."""
        return host_and_port(self.url)[0]

    @property
    def is_slow(self) -> bool:
        """Whether it is expected to be in the way of others."""
        return self.expected_s >= SLOW_S


@dataclass(slots=True, eq=False)
class Job:
    """An address on its way: the attempt that is being made, and how many there were."""

    errand: Errand
    timeout_s: float
    chain: Chain = field(init=False)
    authority: Authority = field(init=False)
    """Whom its next request asks, or the one under way."""
    attempts: int = 0
    outcome: Outcome | None = None
    """Of the attempt before."""

    def __post_init__(self) -> None:
        """Begin the first attempt."""
        self.restart()

    def restart(self) -> None:
        """Begin another attempt."""
        self.chain = Chain(self.errand.url)
        self.aim()

    def aim(self) -> None:
        """Find out whom the next request asks: once for each, because it takes parsing."""
        self.authority = host_and_port(self.chain.url)

    def finished(self, outcome: Outcome) -> "Finished":
        """Return the job with its last outcome."""
        return Finished(url=self.errand.url, outcome=outcome, attempts=self.attempts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """An address with its last outcome."""

    url: str
    outcome: Outcome
    attempts: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A job whose next request asks a host that is another plan's."""

    job: Job
    again: Retry | None = None
    """How to begin its next attempt; None to go on with the one that was begun."""

    @property
    def url(self) -> str:
        """The address that it is about."""
        return self.job.errand.url

    @property
    def expected_s(self) -> float:
        """How long the whole was expected to take."""
        return self.job.errand.expected_s

    @property
    def host(self) -> str:
        """Whom its next request asks."""
        return self.job.authority[0]


Result = Finished | HandedOver


Entry = tuple[float, float, int, Job]
"""A job in a host's queue: by rank or moment, then the slowest first, then in order."""


def all_hosts(host: str) -> bool:
    """Return that a host is this plan's: there is no other."""
    return True


@dataclass(slots=True, eq=False)
class Host:
    """One host's queue and pace."""

    limit: int
    """Requests in flight that it takes at present."""
    interval_s: float
    """Between two starts."""
    slow: list[Entry] = field(default_factory=list)
    quick: list[Entry] = field(default_factory=list)
    """Heaps, of what is expected to be slow and of the rest: the first is the next."""
    slow_s: float = 0.0
    quick_s: float = 0.0
    """How long those in each are expected to take, one after the other."""
    in_flight: int = 0
    slow_in_flight: int = 0
    """How many of those are expected to be slow."""
    next_start: float = 0.0
    held_s: float = 0.0
    """How long it was left alone, at its wish, in all."""
    due: float | None = None
    """The moment of its valid entry in the plan's heap, if it has one."""
    ready: bool = False

    def push(self, job: Job, moment: float, order: int) -> None:
        """Queue a job."""
        expected_s = job.errand.expected_s
        entry = (moment, -expected_s, order, job)
        if job.errand.is_slow:
            heapq.heappush(self.slow, entry)
            self.slow_s += expected_s
        else:
            heapq.heappush(self.quick, entry)
            self.quick_s += expected_s

    def start(self) -> Job:
        """Take the next job from the queue, which is then in flight."""
        job = heapq.heappop(self._next_queue())[3]
        self.in_flight += 1
        if job.errand.is_slow:
            self.slow_s -= job.errand.expected_s
            self.slow_in_flight += 1
        else:
            self.quick_s -= job.errand.expected_s
        return job

    def end(self, job: Job) -> None:
        """Note that a job is no longer in flight."""
        self.in_flight -= 1
        self.slow_in_flight -= job.errand.is_slow

    def take(self, authority: Authority) -> list[tuple[float, Job]]:
        """Take the jobs that would ask one of its ports next, each with its moment, in order."""
        entries = sorted(self.clear())
        for moment, _, order, job in entries:
            if job.authority != authority:
                self.push(job, moment, order)
        return [(moment, job) for moment, _, _, job in entries if job.authority == authority]

    def clear(self) -> list[Entry]:
        """Take all jobs."""
        entries = self.slow + self.quick
        self.slow, self.quick, self.slow_s, self.quick_s = [], [], 0.0, 0.0
        return entries

    def next_moment(self) -> float:
        """Return when it may start its next job; without jobs, or at its limit, never."""
        if self.in_flight >= self.limit:
            return NEVER
        queue = self._next_queue()
        return max(self.next_start, queue[0][0]) if queue else NEVER

    def work_left_s(self) -> float:
        """Return how long its queue will take, if the next job were to end last."""
        jobs = len(self.slow) + len(self.quick)
        next_s = -self._next_queue()[0][1]
        return max((self.slow_s + self.quick_s) / self.limit, jobs * self.interval_s) + next_s

    def _next_queue(self) -> list[Entry]:
        """Return the queue whose first job is the next: of one rank a slow one, if it has room."""
        if not self.slow or not self.quick:
            return self.slow or self.quick
        if self.slow[0][0] == self.quick[0][0] and self.slow_in_flight >= self._room_for_slow():
            return self.quick
        return min(self.slow, self.quick, key=lambda queue: queue[0])

    def _room_for_slow(self) -> int:
        """Return how many slow jobs are best in flight: as many as their share of the work asks.

        With more of them the others would stand still; with fewer, they would go on long after
        these. Those in flight count as if just begun, and as slow as the others.
        """
        slow_s = self.slow_s * (1 + self.slow_in_flight / len(self.slow))
        paced_s = (len(self.slow) + len(self.quick)) * self.interval_s
        return max(1, round(slow_s / max((slow_s + self.quick_s) / self.limit, paced_s)))

    def hold(self, seconds: float, now: float) -> None:
        """Start nothing for some time, as far as it may still be held."""
        begin = max(now, self.next_start)
        longer = min(now + seconds - begin, HELD_S - self.held_s)
        if longer > 0:
            self.next_start = begin + longer
            self.held_s += longer


class Plan:
    """Decides which job starts when. Not safe for threads: ``Crew`` holds a lock around it."""

    def __init__(
        self,
        pace: Pace,
        retry: RetryPolicy,
        hold: HoldPolicy,
        owns: Callable[[str], bool] = all_hosts,
    ) -> None:
        """Begin with nothing to do; moments are those of any clock that only moves on.

        Args:
            pace: how hard to press.
            retry: what is asked again, and when.
            hold: which hosts are left alone, and how long.
            owns: which hosts may be asked here; what leads to another is handed over.
        """
        self._pace = pace
        self._retry = retry
        self._hold = hold
        self._owns = owns
        self._begun = 0.0
        """When it had nothing to do last: patience begins with work."""
        self.reached = False
        """Whether any host was, here or elsewhere."""
        self._unfinished = 0
        self._order = itertools.count()
        self._hosts: dict[str, Host] = {}
        self._second_wave: list[Job] = []
        """Those whose time ran out, to be asked once more when all others are finished."""
        self._down: dict[Authority, Outcome] = {}
        """Whom to expect nothing of, and why."""
        self._ready: list[tuple[float, int, Host]] = []
        """Hosts that may start a job, first the one that has the most work left."""
        self._waiting: list[tuple[float, int, Host]] = []
        """Hosts that may start one at a later moment."""

    @property
    def done(self) -> bool:
        """Whether every job is finished."""
        return self._unfinished == 0

    def add(self, errand: Errand, now: float) -> None:
        """Plan to ask an address of a host that is this plan's."""
        self._begun = now if self.done else self._begun
        self._unfinished += 1
        self._put(Job(errand, self._pace.timeout_s), FRESH)

    def take_over(self, handed: HandedOver, now: float) -> list[Result]:
        """Go on with a job that another plan has handed over; return it if it is finished by it."""
        self._unfinished += 1
        self.reached = True  # or it would have stayed there
        if handed.again is None:
            results = self._go_on(handed.job, now)
        else:
            results = self._begin_again([(FRESH, handed.job)], handed.again, now)
        return self._counted(results)

    def start(self, now: float) -> Job | None:
        """Return a job to be started this very moment, or None if none may be."""
        self._wake(now)
        while self._ready:
            host = heapq.heappop(self._ready)[2]
            host.ready = False
            if host.next_moment() > now:  # since then jobs were finished unasked, or it is held
                self._place(host)
                continue
            job = host.start()
            job.attempts += not job.chain.hops
            host.next_start = now + self._pace.interval_s
            self._place(host)
            return job
        return None

    def next_start(self) -> float:
        """Return the moment a job may start; never, if another must be finished first."""
        if self._ready:
            return FRESH
        return self._waiting[0][0] if self._waiting else NEVER

    def finish(self, job: Job, outcome: Outcome | None, now: float) -> list[Result]:
        """Record what a started job's request brought; return the jobs that are finished by it.

        Args:
            job: as ``start`` returned it.
            outcome: None if the job's chain goes on.
            now: the moment.
        """
        host = self._hosts[job.authority[0]]
        host.end(job)
        self.reached = self.reached or outcome is None or outcome.reached
        self._adapt(host, outcome)
        if outcome is None:
            job.aim()
            results = self._go_on(job, now)
        else:
            host.hold(self._hold(outcome), now)
            results = self._settle(job, outcome, now)
        self._place(host)
        return self._counted(results)

    def give_up(self, now: float) -> list[Result]:
        """End the queued jobs if no host at all was reached for too long; return those ended."""
        if self.reached or now - self._begun < self._pace.patience_s:
            return []
        ended, self._second_wave = self._second_wave, []
        for host in self._hosts.values():
            ended += [job for _, _, _, job in host.clear()]
        unasked = Outcome(fault=Fault.NOT_ASKED)
        return self._counted([job.finished(job.outcome or unasked) for job in ended])

    def _counted(self, results: list[Result]) -> list[Result]:
        """Count what is finished; when all is but the second wave, begin that."""
        self._unfinished -= len(results)
        if self._second_wave and self._unfinished == len(self._second_wave):
            self._begin_second_wave()
        return results

    def _go_on(self, job: Job, now: float) -> list[Result]:
        """Have the next request of a job's chain made, unless there is nobody to ask."""
        if not self._owns(job.authority[0]):
            return [HandedOver(job)]
        down = self._down.get(job.authority)
        if down is not None:
            return self._settle(job, job.chain.outcome(down.fault, down.detail), now)
        self._put(job, BEGUN)
        return []

    def _settle(self, job: Job, outcome: Outcome, now: float) -> list[Result]:
        """Finish a job's attempt, and the job unless it is asked again."""
        authority = job.authority
        again = None if authority in self._down else self._retry(outcome, job.attempts)
        # Whatever would ask the same host meets the same fate, so it waits for this job's. Behind a
        # redirect there is less time to connect, which proves less.
        is_of_host = outcome.fault in OF_HOST and not outcome.hops
        others = self._hosts[authority[0]].take(authority) if is_of_host else []
        if again is not None:
            job.timeout_s, job.outcome = again.timeout_s, outcome
            job.restart()
            return self._begin_again([(FRESH, job), *others], again, now)
        if is_of_host:
            self._down[authority] = outcome
        shared = (
            other.finished(other.chain.outcome(outcome.fault, outcome.detail))
            for _, other in others
        )
        return [job.finished(outcome), *shared]

    def _begin_again(
        self, jobs: Sequence[tuple[float, Job]], again: Retry, now: float
    ) -> list[Result]:
        """Queue a job for its next attempt, and after it those that wait for what it brings."""
        first = jobs[0][1]
        if not self._owns(first.authority[0]):  # then it was asked elsewhere, and nobody waits
            return [HandedOver(first, again)]
        if again.second_wave:
            self._second_wave += [job for _, job in jobs]
        else:
            for moment, job in jobs:
                self._put(job, max(moment, now + again.delay_s))
        return []

    def _begin_second_wave(self) -> None:
        """Queue what was put off, first what has had its chance: it is the quickest to decide."""
        wave, self._second_wave = self._second_wave, []
        for job in wave:
            self._put(job, BEGUN if job.attempts else FRESH)

    def _adapt(self, host: Host, outcome: Outcome | None) -> None:
        """Halve what a host takes at once when it says 429, and work up again by one an answer."""
        if outcome is not None and outcome.status == 429:
            host.limit = max(1, host.limit // 2)
        else:
            host.limit = min(self._pace.per_host, host.limit + 1)

    def _put(self, job: Job, moment: float) -> None:
        name = job.authority[0]
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = Host(self._pace.per_host, self._pace.interval_s)
        host.push(job, moment, next(self._order))
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
                work_left_s = host.work_left_s()
                heapq.heappush(self._ready, (-work_left_s, next(self._order), host))
            else:
                self._place(host)
