"""When requests start: the plan in a simulated network and time, and with real threads."""

import heapq
import itertools
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tools.references.check.fetch.chain import Chain, host_and_port
from tools.references.check.judge.policy import SECOND_WAVE, Retry
from tools.references.check.outcome import Fault, Hop, Outcome
from tools.references.check.schedule import Crew, Fetch, Finished, Pace, Plan

PACE = Pace(timeout_s=20, per_host=10, interval_s=0.05, patience_s=20)
OK = Outcome(hops=(Hop("", 200),))

Network = Callable[[Chain, float], tuple[float, Outcome | None]]
"""What a request brings, and after how many seconds."""


def never(outcome: Outcome, attempt: int) -> None:
    """Ask nothing again."""


def at_once(outcome: Outcome) -> float:
    """Hold no host."""
    return 0.0


@dataclass
class Simulation:
    """A plan carried out by workers in simulated time."""

    network: Network
    pace: Pace = PACE
    retry: Callable[[Outcome, int], Retry | None] = never
    hold: Callable[[Outcome], float] = at_once
    workers: int = 32
    finished: dict[str, tuple[Finished, float]] = field(default_factory=dict)
    """Each address with when it was finished."""
    starts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """When requests started, by host."""
    peaks: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: list[str] = field(default_factory=list)

    def run(self, *urls: str) -> "Simulation":
        """Carry the plan out."""
        plan, now, order = Plan(self.pace, self.retry, self.hold, 0.0), 0.0, itertools.count()
        for url in urls:
            plan.add(url)
        under_way = []
        in_flight = defaultdict(int)
        while not plan.done:
            self._record(plan.give_up(now), now)
            while len(under_way) < self.workers and (job := plan.start(now)):
                asked, host = job.chain.url, host_and_port(job.chain.url)[0]
                self.asked.append(asked)
                self.starts[host].append(now)
                in_flight[host] += 1
                self.peaks[host] = max(self.peaks[host], in_flight[host])
                seconds, outcome = self.network(job.chain, job.timeout_s)
                heapq.heappush(under_way, (now + seconds, next(order), job, asked, outcome))
            moments = [under_way[0][0]] if under_way else []
            if len(under_way) < self.workers:
                moments.append(plan.next_start())
            if plan.done:
                break
            now = max(now, min(moments))
            assert now < float("inf"), "the plan waits for nothing"
            while under_way and under_way[0][0] <= now:
                _, _, job, asked, outcome = heapq.heappop(under_way)
                in_flight[host_and_port(asked)[0]] -= 1
                self._record(plan.finish(job, asked, outcome, now), now)
        return self

    def _record(self, results: list[Finished], now: float) -> None:
        for result in results:
            assert result.url not in self.finished, "an address is finished once"
            self.finished[result.url] = (result, now)

    @property
    def end(self) -> float:
        """When the last was finished."""
        return max(when for _, when in self.finished.values())

    def outcome(self, url: str) -> Outcome:
        """Return what became of an address."""
        return self.finished[url][0].outcome

    def attempts(self, url: str) -> int:
        """Return how often an address was asked."""
        return self.finished[url][0].attempts


def steady(seconds: float) -> Network:
    """Return a network in which everything is alive, after so many seconds."""
    return lambda chain, timeout_s: (seconds, OK)


def pages(host: str, count: int) -> list[str]:
    """Return addresses on a host."""
    return [f"http://{host}/{n}" for n in range(count)]


def test_a_host_is_pressed_no_harder_than_allowed():
    """At most so many in flight, and so long between starts; so fast, too."""
    done = Simulation(steady(0.7)).run(*pages("a.example", 40))
    starts = done.starts["a.example"]
    assert done.peaks["a.example"] == 10
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert min(gaps) >= 0.05 - 1e-9
    # 10 at a time, each taking 0.7 s: 4 rounds, the last begun within its 0.45 s of starts
    assert done.end == pytest.approx(4 * 0.7 + 9 * 0.05)


def test_hosts_do_not_wait_for_each_other():
    """Many hosts are asked at the same time."""
    urls = [url for n in range(30) for url in pages(f"h{n}.example", 1)]
    assert Simulation(steady(1.0)).run(*urls).end == 1.0


def test_workers_are_kept_to_their_number():
    """No more requests are under way than there are workers."""
    urls = [url for n in range(8) for url in pages(f"h{n}.example", 1)]
    assert Simulation(steady(1.0), workers=2).run(*urls).end == 4.0


def test_fullest_host_is_served_first():
    """The longest queue decides the end, so it gets the first free worker."""
    urls = [*pages("small.example", 1), *pages("big.example", 3)]
    assert Simulation(steady(1.0), workers=1).run(*urls).asked[0] == "http://big.example/0"


def test_retry_waits_without_holding_anybody_up():
    """A link that is to be asked again in 30 s keeps neither a worker nor its host."""
    busy = "http://a.example/0"

    def network(chain, timeout_s):
        again = chain.url == busy and simulation.asked.count(busy) == 1
        return 0.1, Outcome(hops=(Hop(chain.url, 503),)) if again else OK

    simulation = Simulation(
        network,
        retry=lambda outcome, attempt: (
            Retry(delay_s=30, timeout_s=20) if outcome.status == 503 else None
        ),
        workers=1,
    )
    simulation.run(*pages("a.example", 5), *pages("b.example", 5))
    ends = {url: when for url, (_, when) in simulation.finished.items()}
    assert ends.pop(busy) == pytest.approx(30.2)
    assert max(ends.values()) < 2
    assert simulation.attempts(busy) == 2


def status(code: int, *urls: str) -> Network:
    """Return a network in which these addresses answer so at first, then everything is alive."""
    told = set()

    def network(chain: Chain, timeout_s: float) -> tuple[float, Outcome]:
        if chain.url not in urls or chain.url in told:
            return 0.1, OK
        told.add(chain.url)
        return 0.1, Outcome(hops=(Hop(chain.url, code),))

    return network


def test_retry_outlives_the_refusal_of_another_port():
    """A host's link that waits for its time is asked though the host's other port is refused."""
    busy = "https://a.example/"
    urls = [busy, *pages("a.example", 2), *pages("b.example", 4)]
    again = status(503, busy)

    def network(chain, timeout_s):
        if chain.url.startswith("http://a.example"):
            return 0.2, Outcome(fault=Fault.REFUSED)
        seconds, outcome = again(chain, timeout_s)
        return (seconds if chain.url == busy else 0.3), outcome

    done = Simulation(
        network,
        retry=lambda outcome, attempt: (
            Retry(delay_s=5, timeout_s=20) if outcome.status == 503 else None
        ),
        workers=3,
    ).run(*urls)
    assert sorted(done.finished) == sorted(urls)
    assert (done.outcome(busy), done.attempts(busy)) == (OK, 2)


@pytest.mark.parametrize("seed", range(60))
def test_every_address_is_finished_whatever_befalls_it(seed):
    """A random mix of ports, faults, redirects, retries and holds loses no address."""
    chance = random.Random(seed)
    hosts = [f"{scheme}://h{n}.example" for scheme in ("http", "https") for n in range(3)]
    urls = [f"{host}/{n}" for host in hosts for n in range(chance.randint(1, 6))]
    faults = (Fault.REFUSED, Fault.CONNECT_TIMEOUT, Fault.NO_SUCH_HOST)
    down = {host: chance.choice(faults) for host in chance.sample(hosts, 2)}
    passing = (*faults, Fault.RESET, Fault.TIMEOUT)

    def network(chain, timeout_s):
        seconds, kind = chance.choice([0.1, 0.2, 0.3, 1.0]), chance.random()
        host = chain.url.rpartition("/")[0]
        if host in down:
            return seconds, chain.outcome(down[host])
        if kind < 0.1 and len(chain.hops) < 3:
            chain.hops.append(Hop(chain.url, 302))
            chain.url = chance.choice(urls)
            return seconds, None
        if kind < 0.3:
            return seconds, chain.outcome(chance.choice(passing))
        return seconds, Outcome(hops=(Hop(chain.url, chance.choice([200, 429, 503])),))

    def retry(outcome, attempt):
        again = attempt < 4 and outcome.fault is not Fault.NO_SUCH_HOST and outcome.status != 200
        delay_s, late = chance.choice([0, 1, 9]), outcome.fault in SECOND_WAVE
        return Retry(delay_s=delay_s, timeout_s=20, second_wave=late) if again else None

    done = Simulation(
        network,
        pace=Pace(
            timeout_s=20,
            per_host=chance.randint(1, 4),
            interval_s=0.05,
            patience_s=chance.choice([5, float("inf")]),
        ),
        retry=retry,
        hold=lambda outcome: 5 if outcome.status == 429 and chance.random() < 0.3 else 0,
        workers=chance.randint(1, 5),
    ).run(*urls)
    assert sorted(done.finished) == sorted(urls)


def test_host_that_wants_peace_is_left_alone_and_no_other():
    """After Retry-After nothing at all starts at that host for so long; the others go on."""
    busy = "http://a.example/0"
    done = Simulation(
        status(503, busy),
        pace=Pace(timeout_s=20, per_host=1, interval_s=0.05, patience_s=20),
        hold=lambda outcome: 7 if outcome.status == 503 else 0,
    ).run(*pages("a.example", 4), *pages("b.example", 4))
    assert done.starts["a.example"][:2] == [0, pytest.approx(7.1)]
    assert done.starts["b.example"][-1] < 1


def test_host_that_never_stops_wanting_peace_is_held_for_two_minutes_in_all():
    """Thousands of links on one host that refuses each of them do not hold the run for hours."""
    done = Simulation(
        lambda chain, timeout_s: (0.1, Outcome(hops=(Hop(chain.url, 429),))),
        hold=lambda outcome: 30,
    ).run(*pages("a.example", 300))
    assert 120 < done.end < 120 + 300 * 0.1 + 1


def test_second_attempt_has_the_time_out_of_its_retry():
    """What is asked again may be given less time."""
    given = []

    def network(chain, timeout_s):
        given.append(timeout_s)
        return timeout_s, Outcome(fault=Fault.TIMEOUT)

    retry = lambda outcome, attempt: Retry(delay_s=0, timeout_s=2) if attempt == 1 else None  # noqa: E731 -- the shortest way to say it
    done = Simulation(network, retry=retry).run("http://a.example/")
    assert given == [20, 2]
    assert done.end == 22


def second_chance(outcome: Outcome, attempt: int) -> Retry | None:
    """Ask what timed out again, once, in the second wave, in a tenth of the time."""
    late = outcome.fault in {Fault.TIMEOUT, Fault.CONNECT_TIMEOUT} and attempt == 1
    return Retry(delay_s=0, timeout_s=2, second_wave=True) if late else None


def test_what_timed_out_is_asked_again_after_all_else():
    """A link that hangs gets its second chance when nothing else is asked any more."""
    slow = "http://slow.example/"

    def network(chain, timeout_s):
        return (timeout_s, Outcome(fault=Fault.TIMEOUT)) if chain.url == slow else (5.0, OK)

    others = pages("a.example", 60)
    done = Simulation(network, retry=second_chance).run(slow, *others)
    all_else = 6 * 5 + 9 * 0.05  # ten at a time, the last begun within its round's starts
    assert done.starts["slow.example"] == [0, pytest.approx(all_else)]
    assert done.end == pytest.approx(all_else + 2)


def test_host_that_swallows_everything_costs_two_time_outs():
    """However many links it has: the others wait for what the second wave brings of one."""

    def network(chain, timeout_s):
        if "dark" not in chain.url:
            return 0.1, OK
        return timeout_s / 2, Outcome(fault=Fault.CONNECT_TIMEOUT)

    dark = pages("dark.example", 200)
    done = Simulation(network, retry=second_chance).run(*dark, "http://a.example/")
    assert {done.outcome(url).fault for url in dark} == {Fault.CONNECT_TIMEOUT}
    assert done.end < 10 + 1 + 20 * 0.05
    assert len(done.asked) < 40


def test_host_that_comes_back_is_asked_for_everything():
    """Links put off to the second wave with one that could not connect are asked there."""
    first = "http://back.example/0"

    def network(chain, timeout_s):
        lost = chain.url == first and simulation.asked.count(first) == 1
        return (10.0, Outcome(fault=Fault.CONNECT_TIMEOUT)) if lost else (0.1, OK)

    pace = Pace(timeout_s=20, per_host=1, interval_s=0.05, patience_s=20)
    simulation = Simulation(network, pace=pace, retry=second_chance)
    back = pages("back.example", 5)
    simulation.run(*back, "http://a.example/")
    assert [simulation.outcome(url) for url in back] == [OK] * 5
    assert [simulation.attempts(url) for url in back] == [2, 1, 1, 1, 1]


def test_redirect_hop_queues_at_the_host_it_leads_to():
    """Politeness counts requests: hops are paced, and come before links not yet begun."""

    def network(chain, timeout_s):
        if "target" in chain.url:
            return 1.0, OK
        chain.hops.append(Hop(chain.url, 302))
        chain.url = chain.url.replace("source", "target")
        return 0.1, None

    pace = Pace(timeout_s=20, per_host=2, interval_s=0.05, patience_s=20)
    urls = [f"http://source{n}.example/" for n in range(6)]
    hops = [url.replace("source", "target") for url in urls]
    chained = Simulation(network, pace=pace).run(*urls)
    assert chained.asked[6:] == hops

    def to_one_host(chain, timeout_s):
        seconds, outcome = network(chain, timeout_s)
        if outcome is None:
            chain.url = "http://target.example/"
        return seconds, outcome

    together = Simulation(to_one_host, pace=pace).run(*urls)
    assert together.peaks["target.example"] == 2
    assert all(together.attempts(url) == 1 for url in urls)


def test_chain_is_finished_before_another_is_begun():
    """A hop goes before the links of its host that have not been asked yet."""

    def network(chain, timeout_s):
        if chain.hops:
            return 0.1, OK
        chain.hops.append(Hop(chain.url, 302))
        chain.url += "/hop"
        return 0.1, None

    one, two = pages("a.example", 2)
    done = Simulation(network, workers=1).run(one, two)
    assert done.asked == [one, f"{one}/hop", two, f"{two}/hop"]


def test_chain_that_leads_to_a_host_that_is_down_ends_there():
    """A hop is not asked at a host that is known to be gone, and its way there is kept."""

    def network(chain, timeout_s):
        if "down" in chain.url:
            return 0.1, Outcome(fault=Fault.NO_SUCH_HOST)
        chain.hops.append(Hop(chain.url, 302))
        chain.url = "http://down.example/hop"
        return 0.2, None

    done = Simulation(network).run("http://down.example/", "http://a.example/")
    assert done.asked == ["http://down.example/", "http://a.example/"]
    outcome = done.outcome("http://a.example/")
    assert (outcome.fault, outcome.status) == (Fault.NO_SUCH_HOST, 302)


@pytest.mark.parametrize("fault", [Fault.NO_SUCH_HOST, Fault.REFUSED, Fault.CONNECT_TIMEOUT])
def test_fault_of_a_host_is_found_once(fault):
    """What holds for a host is not proven again for each of its links; other ports are others."""

    def network(chain, timeout_s):
        return 0.1, OK if ":8080" in chain.url else Outcome(fault=fault)

    other = "http://down.example:8080/"
    done = Simulation(network).run(*pages("down.example", 500), other)
    assert len(done.asked) <= 12
    assert {done.outcome(url).fault for url in pages("down.example", 500)} == {fault}
    assert done.outcome(other) is OK


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.UNREACHABLE, Fault.NO_DNS])
def test_links_of_a_host_wait_while_it_is_given_another_chance(fault):
    """Thousands of links on a host that is down cost the retries of one, not of each."""

    def network(chain, timeout_s):
        return (3.0, Outcome(fault=fault)) if "down" in chain.url else (0.1, OK)

    def backoff(outcome, attempt):
        again = outcome.fault and attempt < 4
        return Retry(delay_s=2 ** (attempt - 1), timeout_s=20) if again else None

    down = pages("down.example", 500)
    done = Simulation(network, retry=backoff).run(*down, "http://a.example/")
    assert {done.outcome(url).fault for url in down} == {fault}
    assert len(done.asked) <= 4 * 10 + 1
    assert done.end <= 4 * (3 + 10 * 0.05) + (1 + 2 + 4)


def test_link_that_was_told_to_wait_is_not_asked_sooner_for_another():
    """Its moment stays, though another link of the host is asked again before it."""
    busy, refused = pages("a.example", 2)
    first = {busy: Outcome(hops=(Hop(busy, 503),)), refused: Outcome(fault=Fault.REFUSED)}
    delays = {503: 25, None: 1}
    done = Simulation(
        lambda chain, timeout_s: (0.1, first.pop(chain.url, OK)),
        retry=lambda outcome, attempt: (
            Retry(delay_s=delays[outcome.status], timeout_s=20) if outcome is not OK else None
        ),
    ).run(busy, refused)
    assert done.starts["a.example"] == pytest.approx([0, 0.05, 1.15, 25.1])


def test_link_that_was_asked_when_its_host_was_given_up_is_not_asked_again():
    """It would meet the same."""
    quick, slow = pages("down.example", 2)
    done = Simulation(
        lambda chain, s: (0.1 if chain.url == quick else 5, Outcome(fault=Fault.REFUSED)),
        retry=lambda outcome, attempt: Retry(delay_s=1, timeout_s=20) if attempt == 1 else None,
    ).run(quick, slow)
    assert [done.attempts(url) for url in (quick, slow)] == [2, 1]
    assert done.end == pytest.approx(5.05)


def test_redirect_that_finds_a_host_down_says_nothing_of_its_links():
    """What a chain took before is time that it had not for connecting."""

    def network(chain, timeout_s):
        if "source" in chain.url:
            chain.hops.append(Hop(chain.url, 302))
            chain.url = "http://target.example/end"
            return 0.1, None
        return (1.0, chain.outcome(Fault.CONNECT_TIMEOUT)) if chain.hops else (2.0, OK)

    target = pages("target.example", 30)
    done = Simulation(network).run("http://source.example/", *target)
    assert done.outcome("http://source.example/").fault is Fault.CONNECT_TIMEOUT
    assert all(done.outcome(url) is OK for url in target)


def test_page_that_times_out_says_nothing_of_its_host():
    """Every link of a slow host is asked."""
    done = Simulation(lambda chain, s: (0.1, Outcome(fault=Fault.TIMEOUT))).run(
        *pages("a.example", 30)
    )
    assert len(done.asked) == 30


def test_too_many_requests_slows_a_host_down_and_answers_speed_it_up():
    """After 429 fewer are in flight at a host, and more again as it answers."""

    def network(chain, timeout_s):
        n = int(chain.url.rpartition("/")[2])
        return 1.0, Outcome(hops=(Hop(chain.url, 429),)) if n < 10 else OK

    done = Simulation(network).run(*pages("a.example", 20))
    assert sum(start < 1.9 for start in done.starts["a.example"]) < 15  # without a brake, all 20
    assert done.end < 10  # one at a time it would be 11


@pytest.mark.parametrize("fault", [Fault.CONNECT_TIMEOUT, Fault.NO_DNS])
@pytest.mark.parametrize("count", [150, 3000])
def test_run_in_which_nothing_is_reached_ends_soon(fault, count):
    """Without a network every link gets a result within half a minute, however many there are."""
    urls = [f"http://h{n}.example/" for n in range(count)]
    seconds = PACE.timeout_s / 2  # what connecting may take
    again = lambda outcome, attempt: Retry(delay_s=1, timeout_s=2) if attempt == 1 else None  # noqa: E731 -- as above
    done = Simulation(lambda chain, s: (seconds, Outcome(fault=fault)), retry=again).run(*urls)
    assert len(done.finished) == count
    assert done.end <= PACE.patience_s + seconds
    assert {done.outcome(url).fault for url in urls} <= {fault, Fault.NOT_ASKED}


def test_links_put_off_to_a_second_wave_are_given_up_with_the_others():
    """Where nothing is reached there is no second wave, but what the first has found is told."""
    urls = [f"http://h{n}.example/" for n in range(50)]
    done = Simulation(
        lambda chain, s: (12.0, Outcome(fault=Fault.CONNECT_TIMEOUT)),
        retry=second_chance,
        workers=20,
    ).run(*urls)
    assert len(done.asked) == 40
    faults = [done.outcome(url).fault for url in urls]
    assert (faults.count(Fault.CONNECT_TIMEOUT), faults.count(Fault.NOT_ASKED)) == (40, 10)
    assert done.end == pytest.approx(24)


def test_one_host_that_is_reached_keeps_the_run_going():
    """A single answer, or refusal, shows that there is a network: then every link is asked."""

    def network(chain, timeout_s):
        up = "up" in chain.url
        return (0.1, OK) if up else (10.0, Outcome(fault=Fault.CONNECT_TIMEOUT))

    urls = ["http://up.example/", *(f"http://h{n}.example/" for n in range(200))]
    done = Simulation(network).run(*urls)
    assert sorted(done.asked) == sorted(urls)


def fetch_ok(chain: Chain, timeout_s: float) -> Outcome:
    """Answer at once."""
    return OK


FAST = Pace(timeout_s=5, per_host=4, interval_s=0.0, patience_s=60)


def carry_out(urls: list[str], fetch: Fetch, concurrency: int) -> list[Finished]:
    """Return the results of real threads."""
    crew = Crew(urls, fetch, pace=FAST, retry=never, hold=at_once, concurrency=concurrency)
    return list(crew.results())


def test_threads_finish_every_address_once():
    """Whatever the threads do, each address comes out exactly once."""
    urls = [url for n in range(20) for url in pages(f"h{n}.example", 20)]
    results = carry_out(urls, fetch_ok, 8)
    assert sorted(result.url for result in results) == sorted(urls)


def test_threads_are_called_when_many_hosts_may_be_asked_at_once():
    """After a common wait all start together, though only one of them watches the clock."""
    urls = [f"http://h{n}.example/" for n in range(6)]
    together, seen = threading.Barrier(len(urls)), set()

    def fetch(chain: Chain, timeout_s: float) -> Outcome:
        if chain.url in seen:
            together.wait(5)
            return OK
        seen.add(chain.url)
        return Outcome(fault=Fault.RESET)

    crew = Crew(
        urls,
        fetch,
        pace=FAST,
        retry=lambda outcome, attempt: (
            Retry(delay_s=0.1, timeout_s=5) if outcome is not OK else None
        ),
        hold=at_once,
        concurrency=len(urls),
    )
    assert [result.outcome for result in crew.results()] == [OK] * len(urls)


@pytest.mark.parametrize("seed", range(20))
def test_threads_lose_no_address_whatever_befalls_it(seed):
    """Redirects, faults of pages and of hosts, second chances and a slow consumer, all at once."""
    chance = random.Random(seed)
    urls = [url for n in range(6) for url in pages(f"h{n}.example", chance.randint(1, 30))]
    faults = [*SECOND_WAVE, Fault.RESET, Fault.REFUSED, Fault.NO_SUCH_HOST]

    def fetch(chain: Chain, timeout_s: float) -> Outcome | None:
        kind = chance.random()
        if kind < 0.1 and len(chain.hops) < 3:
            chain.hops.append(Hop(chain.url, 302))
            chain.url = chance.choice(urls)
            return None
        return chain.outcome(chance.choice(faults)) if kind < 0.3 else OK

    def retry(outcome: Outcome, attempt: int) -> Retry | None:
        again = outcome.fault is not None and attempt < 3
        late = outcome.fault in SECOND_WAVE
        return Retry(delay_s=0.001, timeout_s=5, second_wave=late) if again else None

    pace = Pace(timeout_s=5, per_host=chance.randint(1, 4), interval_s=0.0, patience_s=60)
    crew = Crew(
        urls, fetch, pace=pace, retry=retry, hold=at_once, concurrency=chance.randint(1, 12)
    )
    finished = []
    for result in crew.results():
        finished.append(result.url)
        if seed % 2:
            time.sleep(0.0002)
    assert sorted(finished) == sorted(urls)


def test_threads_keep_to_the_number_per_host():
    """What the plan promises holds for real threads."""
    lock, gate = threading.Lock(), threading.Semaphore(0)
    counts = {"now": 0, "peak": 0}

    def fetch(chain: Chain, timeout_s: float) -> Outcome:
        with lock:
            counts["now"] += 1
            counts["peak"] = max(counts["peak"], counts["now"])
            if counts["now"] == FAST.per_host:  # let them go only when as many as may be are here
                gate.release(FAST.per_host)
        gate.acquire(timeout=5)
        with lock:
            counts["now"] -= 1
        return OK

    carry_out(pages("a.example", 40), fetch, 16)
    assert counts["peak"] == FAST.per_host


def test_error_in_a_thread_reaches_the_caller():
    """A fault of the program is raised where the results are read, not lost in a thread."""

    def fetch(chain: Chain, timeout_s: float) -> Outcome:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        carry_out(pages("a.example", 3), fetch, 2)


def test_no_request_starts_after_the_reader_has_left():
    """Who stops reading stops the run, without waiting for what is in flight."""
    gate, asked = threading.Event(), []

    def fetch(chain: Chain, timeout_s: float) -> Outcome:
        asked.append(chain.url)
        if len(asked) > 1:
            gate.wait(5)
        return OK

    others = set(threading.enumerate())
    crew = Crew(pages("a.example", 50), fetch, pace=FAST, retry=never, hold=at_once, concurrency=2)
    results = crew.results()
    next(results)
    results.close()
    begun = len(asked)
    gate.set()
    for thread in set(threading.enumerate()) - others:
        thread.join(5)
    assert len(asked) <= begun + 1


def test_reader_may_leave_while_the_threads_wait_for_it():
    """They have run as far ahead as they may, and one holds the lock."""
    fetched, left = threading.Semaphore(0), threading.Event()

    def fetch(chain: Chain, timeout_s: float) -> Outcome:
        fetched.release()
        return OK

    crew = Crew(pages("a.example", 50), fetch, pace=FAST, retry=never, hold=at_once, concurrency=1)
    results = crew.results()
    next(results)
    for _ in range(8 + 1):
        assert fetched.acquire(timeout=5)
    threading.Thread(target=lambda: (results.close(), left.set()), daemon=True).start()
    assert left.wait(5)


def test_stop_keeps_every_finished_result():
    """What was finished before the stop comes out, read or not; what hangs is not waited for."""
    gate, finished = threading.Event(), threading.Semaphore(0)

    def fetch(chain: Chain, timeout_s: float) -> Outcome:
        if chain.url.endswith("/3"):
            finished.release()
            gate.wait(5)
        return OK

    crew = Crew(pages("a.example", 9), fetch, pace=FAST, retry=never, hold=at_once, concurrency=1)
    results = crew.results()
    urls = [next(results).url]
    finished.acquire(timeout=5)
    crew.stop()
    urls += [result.url for result in results]
    gate.set()
    assert urls == pages("a.example", 3)


def test_threads_do_not_run_ahead_of_what_is_kept():
    """What a kill would lose is what is in flight and a handful, however slow the consumer is."""
    fetched = []

    def fetch(chain: Chain, timeout_s: float) -> Outcome:
        fetched.append(chain.url)
        return OK

    crew = Crew(pages("a.example", 300), fetch, pace=FAST, retry=never, hold=at_once, concurrency=4)
    ahead = []
    for consumed, _ in enumerate(crew.results(), start=1):
        time.sleep(0.0005)
        ahead.append(len(fetched) - consumed)
    assert (len(ahead), ahead[-1]) == (300, 0)
    assert max(ahead) <= 8 + 4


def test_nothing_to_ask_is_finished_at_once():
    """An empty list is no special case."""
    assert carry_out([], fetch_ok, 4) == []
