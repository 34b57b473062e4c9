"""When requests start: the plan in a simulated network and time."""

import heapq
import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from tools.references.check.fetch.chain import Chain, host_and_port
from tools.references.check.judge.policy import SECOND_WAVE, Retry
from tools.references.check.outcome import Fault, Hop, Outcome
from tools.references.check.schedule import Errand, Finished, HandedOver, Job, Pace, Plan

PACE = Pace(timeout_s=20, per_host=10, interval_s=0.05, patience_s=20)
OK = Outcome(hops=(Hop("", 200),))
NOTHING: Mapping[str, float] = {}

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

    def run(self, *urls: str, expected: Mapping[str, float] = NOTHING) -> "Simulation":
        """Carry the plan out; how long some addresses are expected to take may be told."""
        plan, now, order = Plan(self.pace, self.retry, self.hold), 0.0, itertools.count()
        for url in urls:
            plan.add(Errand(url, expected[url]) if url in expected else Errand(url), now)
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
                self._record(plan.finish(job, outcome, now), now)
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


def test_what_was_slow_last_time_is_begun_first():
    """On one host: its ten seconds go by while the others are asked in the other lane."""
    slow, *quick = pages("a.example", 11)

    def network(chain, timeout_s):
        return (10.0 if chain.url == slow else 1.0), OK

    pace = Pace(timeout_s=20, per_host=2, interval_s=0.05, patience_s=20)
    urls = [*quick, slow]
    unknown = Simulation(network, pace=pace).run(*urls)
    assert unknown.end == pytest.approx(5 + 10)  # the others take five seconds in two lanes
    known = Simulation(network, pace=pace).run(*urls, expected={slow: 10.0})
    assert known.end == pytest.approx(0.05 + 10)  # the others take ten in one


def test_slow_ones_leave_room_for_the_others():
    """Four of 10 s in four lanes would keep 300 others waiting, who then take 300 * 0.05 s: 25."""
    urls = pages("a.example", 304)
    slow = dict.fromkeys(urls[:4], 10.0)
    expected = slow | dict.fromkeys(urls[4:], 0.1)

    def network(chain, timeout_s):
        return expected[chain.url], OK

    pace = Pace(timeout_s=20, per_host=4, interval_s=0.05, patience_s=20)
    done = Simulation(network, pace=pace).run(*urls, expected=expected)
    assert done.end == pytest.approx(20, abs=0.2)  # two, and two more, while the others go on
    few = Simulation(network, pace=pace).run(*urls[:44], expected=expected)
    assert few.end == pytest.approx(10 + 40 * 0.05, abs=0.2)  # all four at once: the rest is little


@pytest.mark.parametrize(
    ("slow", "quick", "at_once"),
    [
        (7, 330, 7),  # ten lanes have 190 s of work, so 19 s: about as long as each of the slow
        (12, 3000, 2),  # the others take 150 s at least, by the pace: 240 s fit into two lanes
        (100, 3000, 8),  # 2450 s of work in ten lanes: 2000 s of it are theirs
    ],
)
def test_slow_ones_in_flight_are_in_proportion_to_their_work(slow, quick, at_once):
    """Those under way count, or the last would begin when the others are done."""
    urls = pages("a.example", slow + quick)
    expected = dict.fromkeys(urls[:slow], 20.0) | dict.fromkeys(urls[slow:], 0.15)
    starts = []

    def network(chain, timeout_s):
        if expected[chain.url] == 20:
            starts.append(chain.url)
        if len(simulation.asked) == 30:
            begun.append(len(starts))
        return expected[chain.url], OK

    begun, simulation = [], Simulation(network)
    simulation.run(*urls, expected=expected)
    assert begun == [at_once]


def test_slow_hop_is_not_kept_waiting():
    """What was begun is finished first, by the slow as well."""
    source = "http://source.example/"
    slow, *quick = pages("target.example", 50)

    def network(chain, timeout_s):
        if chain.url != source:
            return (30.0 if chain.url == slow else 1.0), OK
        chain.hops.append(Hop(chain.url, 302))
        chain.url = "http://target.example/hop"
        return 0.1, None

    pace = Pace(timeout_s=20, per_host=2, interval_s=0.05, patience_s=20)
    expected = {source: 9.0, slow: 20.0}
    done = Simulation(network, pace=pace).run(source, slow, *quick, expected=expected)
    assert done.asked.index("http://target.example/hop") <= 4  # as soon as a lane is free


def test_links_that_took_no_time_are_no_trouble():
    """What an earlier run has rounded to nothing is something to reckon with."""
    slow, *quick = pages("a.example", 4)
    pace = Pace(timeout_s=20, per_host=2, interval_s=0.0, patience_s=20)
    expected = dict.fromkeys(quick, 0.0) | {slow: 10.0}
    assert Simulation(steady(1.0), pace=pace).run(slow, *quick, expected=expected).end == 2


def test_host_that_was_slow_last_time_is_begun_first():
    """What timed out last time starts first, so that its time-out overlaps all else."""
    slow = "http://slow.example/"
    urls = [*(f"http://h{n}.example/" for n in range(20)), slow]

    def network(chain, timeout_s):
        return (timeout_s, Outcome(fault=Fault.TIMEOUT)) if chain.url == slow else (1.0, OK)

    unknown = Simulation(network, workers=2).run(*urls)
    assert unknown.end == 10 + 20  # the others take ten seconds on two workers
    known = Simulation(network, workers=2).run(*urls, expected={slow: 20.0})
    assert known.end == 20  # as they do on the other one
    assert known.asked[0] == slow


@pytest.mark.parametrize(
    ("expected_s", "first"),
    [
        (4.0, "few"),  # 3 of 4 s: they end after 4 s at least, the others after 40 * 0.05 s
        (0.5, "many"),
    ],
)
def test_host_with_the_most_work_left_is_served_first(expected_s, first):
    """How much that is depends on how long its links take, and on the pace that it allows."""
    few, many = pages("few.example", 3), pages("many.example", 40)
    done = Simulation(steady(0.1), workers=1).run(
        *few, *many, expected=dict.fromkeys(few, expected_s) | dict.fromkeys(many, 0.1)
    )
    assert host_and_port(done.asked[0])[0] == f"{first}.example"


def test_hop_goes_before_links_that_are_slower():
    """What was begun is finished first, whatever history says of the rest."""
    source, target = "http://source.example/", pages("target.example", 2)

    def network(chain, timeout_s):
        if chain.url != source:
            return 1.0, OK
        chain.hops.append(Hop(chain.url, 302))
        chain.url = "http://target.example/hop"
        return 0.1, None

    pace = Pace(timeout_s=20, per_host=1, interval_s=0.05, patience_s=20)
    done = Simulation(network, pace=pace).run(source, *target, expected=dict.fromkeys(target, 9.0))
    assert done.asked == [target[0], source, "http://target.example/hop", target[1]]


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


def plan_of_hosts(*hosts: str, retry=never) -> Plan:
    """Return a plan that asks only these hosts, of several that share the work."""
    return Plan(PACE, retry, at_once, owns=set(hosts).__contains__)


def redirected(job: Job, to: str) -> None:
    """Have a job's request answered by a redirect."""
    job.chain.hops.append(Hop(job.chain.url, 302))
    job.chain.url = to


def test_what_leads_to_a_host_of_another_plan_is_handed_over():
    """It is not asked here, and is finished for this plan; there the same chain goes on."""
    here, there = plan_of_hosts("a.example"), plan_of_hosts("b.example")
    here.add(Errand("http://a.example/"), 0.0)
    job = here.start(0.0)
    redirected(job, "http://b.example/")
    (handed,) = here.finish(job, None, 1.0)
    assert here.done
    assert (handed.url, handed.host) == ("http://a.example/", "b.example")
    assert there.take_over(handed, 1.0) == []
    assert there.start(1.0) is job
    outcome = job.chain.outcome()
    assert there.finish(job, outcome, 2.0) == [
        Finished(url="http://a.example/", outcome=outcome, attempts=1)
    ]


@pytest.mark.parametrize("second_wave", [False, True])
def test_attempt_after_one_elsewhere_is_handed_back(second_wave):
    """It begins where the link does, in its own time, and there only."""
    again = Retry(delay_s=5, timeout_s=2, second_wave=second_wave)
    retry = lambda outcome, attempt: again if attempt == 1 else None  # noqa: E731 -- as above
    here, there = plan_of_hosts("a.example"), plan_of_hosts("b.example", retry=retry)
    for url in pages("a.example", 2):
        here.add(Errand(url), 0.0)
    job, other = here.start(0.0), here.start(0.05)
    redirected(job, "http://b.example/")
    there.take_over(*here.finish(job, None, 1.0), 1.0)
    (back,) = there.finish(there.start(1.0), job.chain.outcome(Fault.TIMEOUT), 2.0)
    assert there.done
    assert here.take_over(back, 2.0) == []
    assert (job.chain.hops, job.timeout_s, here.start(2.0)) == ([], 2, None)
    if second_wave:
        here.finish(other, OK, 3.0)
        assert here.start(3.0) is job
    else:
        assert here.next_start() == 7.0
        assert here.start(7.0) is job
    assert job.attempts == 2


def test_chain_that_is_handed_to_a_host_that_is_down_ends_there():
    """As it would have in one plan."""
    here, there = plan_of_hosts("a.example"), plan_of_hosts("b.example")
    here.add(Errand("http://a.example/"), 0.0)
    there.add(Errand("http://b.example/"), 0.0)
    there.finish(there.start(0.0), Outcome(fault=Fault.NO_SUCH_HOST), 0.1)
    job = here.start(0.0)
    redirected(job, "http://b.example/x")
    (handed,) = here.finish(job, None, 0.2)
    (end,) = there.take_over(handed, 0.2)
    assert (end.outcome.fault, end.outcome.status) == (Fault.NO_SUCH_HOST, 302)
    assert there.done


def test_patience_begins_with_work():
    """A plan that had nothing to do for long gives what comes then its time."""
    plan = plan_of_hosts("a.example")
    plan.add(Errand("http://a.example/1"), 0.0)
    plan.finish(plan.start(0.0), Outcome(fault=Fault.NO_DNS), 1.0)
    plan.add(Errand("http://a.example:81/2"), 1000.0)
    assert plan.give_up(1000.0 + PACE.patience_s - 1) == []
    (unasked,) = plan.give_up(1000.0 + PACE.patience_s)
    assert unasked.outcome.fault is Fault.NOT_ASKED


def test_plan_goes_on_when_others_have_reached_somebody():
    """It may be told so, or see it from what is handed over."""
    told = plan_of_hosts("a.example")
    told.add(Errand("http://a.example/"), 0.0)
    told.reached = True
    assert told.give_up(1000.0) == []
    seen = plan_of_hosts("a.example")
    seen.add(Errand("http://a.example/"), 0.0)
    job = Job(Errand("http://b.example/"), timeout_s=20)
    redirected(job, "http://a.example/x")
    job.aim()
    seen.take_over(HandedOver(job), 0.0)
    assert seen.give_up(1000.0) == []
