"""A plan carried out by real threads: each address once, none lost, none run ahead of."""

import itertools
import random
import threading
import time

import pytest

from tools.references.check import crew as crew_module
from tools.references.check.crew import Crew, Fetch
from tools.references.check.judge.policy import SECOND_WAVE, Retry
from tools.references.check.outcome import Fault, Hop, Outcome
from tools.references.check.schedule import Errand, Finished, Job, Pace, Plan

OK = Outcome(hops=(Hop("", 200),))


def never(outcome: Outcome, attempt: int) -> None:
    """Ask nothing again."""


def pages(host: str, count: int) -> list[str]:
    """Return addresses on a host."""
    return [f"http://{host}/{n}" for n in range(count)]


def fetch_ok(job: Job) -> Outcome:
    """Answer at once."""
    return OK


FAST = Pace(timeout_s=5, per_host=4, interval_s=0.0, patience_s=60)


def crew_of(urls: list[str], fetch: Fetch, concurrency: int, pace=FAST, retry=never) -> Crew:
    """Return real threads that are to ask some addresses."""
    plan = Plan(pace, retry, hold=lambda outcome: 0.0)
    for url in urls:
        plan.add(Errand(url), time.monotonic())
    return Crew(plan, fetch, concurrency=concurrency)


def carry_out(urls: list[str], fetch: Fetch, concurrency: int) -> list[Finished]:
    """Return the results of real threads."""
    return list(crew_of(urls, fetch, concurrency).results())


def test_threads_finish_every_address_once():
    """Whatever the threads do, each address comes out exactly once."""
    urls = [url for n in range(20) for url in pages(f"h{n}.example", 20)]
    results = carry_out(urls, fetch_ok, 8)
    assert sorted(result.url for result in results) == sorted(urls)


def test_threads_become_more_where_they_wait_for_the_network():
    """As many hosts as may be are asked at once, though the threads were few to begin with."""
    urls = [f"http://h{n}.example/" for n in range(40)]
    together = threading.Barrier(len(urls))

    def fetch(job: Job) -> Outcome:
        together.wait(5)
        return OK

    assert len(carry_out(urls, fetch, len(urls))) == 40


@pytest.mark.parametrize(("computes", "most"), [(True, 8), (False, 40)])
def test_threads_stay_few_where_they_compute(monkeypatch, computes, most):
    """More of them would only stand in each other's way."""
    clock = time.monotonic if computes else lambda: 0.0
    monkeypatch.setattr(crew_module.time, "process_time", clock)
    urls, threads = [f"http://h{n}.example/" for n in range(200)], set()

    def fetch(job: Job) -> Outcome:
        threads.add(threading.get_ident())
        time.sleep(0.005)
        return OK

    carry_out(urls, fetch, 40)
    assert 8 <= len(threads) <= most
    assert computes or len(threads) > 8


@pytest.mark.parametrize("allowed", [0, 3])
def test_fewer_threads_do_where_the_system_has_no_more(monkeypatch, allowed):
    """A container may have a limit; without any it cannot be done."""
    left, start = itertools.repeat(None, allowed), threading.Thread.start

    def start_if_allowed(thread) -> None:
        if next(left, "none") == "none":
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_if_allowed)
    urls = [f"http://h{n}.example/" for n in range(40)]

    def fetch(job: Job) -> Outcome:
        time.sleep(0.005)
        return OK

    if allowed:
        assert sorted(one.url for one in carry_out(urls, fetch, 64)) == sorted(urls)
    else:
        with pytest.raises(RuntimeError):
            carry_out(urls, fetch, 64)


def test_threads_are_called_when_many_hosts_may_be_asked_at_once():
    """After a common wait all start together, though only one of them watches the clock."""
    urls = [f"http://h{n}.example/" for n in range(6)]
    together, seen = threading.Barrier(len(urls)), set()

    def fetch(job: Job) -> Outcome:
        if job.chain.url in seen:
            together.wait(5)
            return OK
        seen.add(job.chain.url)
        return Outcome(fault=Fault.RESET)

    crew = crew_of(
        urls,
        fetch,
        concurrency=len(urls),
        retry=lambda outcome, attempt: (
            Retry(delay_s=0.1, timeout_s=5) if outcome is not OK else None
        ),
    )
    assert [result.outcome for result in crew.results()] == [OK] * len(urls)


@pytest.mark.parametrize("seed", range(20))
def test_threads_lose_no_address_whatever_befalls_it(seed):
    """Redirects, faults of pages and of hosts, second chances and a slow consumer, all at once."""
    chance = random.Random(seed)
    urls = [url for n in range(6) for url in pages(f"h{n}.example", chance.randint(1, 30))]
    faults = [*SECOND_WAVE, Fault.RESET, Fault.REFUSED, Fault.NO_SUCH_HOST]

    def fetch(job: Job) -> Outcome | None:
        kind = chance.random()
        if kind < 0.1 and len(job.chain.hops) < 3:
            job.chain.hops.append(Hop(job.chain.url, 302))
            job.chain.url = chance.choice(urls)
            return None
        return job.chain.outcome(chance.choice(faults)) if kind < 0.3 else OK

    def retry(outcome: Outcome, attempt: int) -> Retry | None:
        again = outcome.fault is not None and attempt < 3
        late = outcome.fault in SECOND_WAVE
        return Retry(delay_s=0.001, timeout_s=5, second_wave=late) if again else None

    pace = Pace(timeout_s=5, per_host=chance.randint(1, 4), interval_s=0.0, patience_s=60)
    crew = crew_of(urls, fetch, concurrency=chance.randint(1, 12), pace=pace, retry=retry)
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

    def fetch(job: Job) -> Outcome:
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

    def fetch(job: Job) -> Outcome:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        carry_out(pages("a.example", 3), fetch, 2)


def test_no_request_starts_after_the_reader_has_left():
    """Who stops reading stops the run, without waiting for what is in flight."""
    gate, asked = threading.Event(), []

    def fetch(job: Job) -> Outcome:
        asked.append(job.chain.url)
        if len(asked) > 1:
            gate.wait(5)
        return OK

    others = set(threading.enumerate())
    crew = crew_of(pages("a.example", 50), fetch, concurrency=2)
    results = crew.results()
    next(results)
    results.close()
    begun = len(asked)
    gate.set()
    for thread in set(threading.enumerate()) - others:
        thread.join(5)
    assert len(asked) <= begun + 1


def test_reader_may_leave_while_the_threads_wait_for_it():
    """They have run as far ahead as they may."""
    fetched, left = threading.Semaphore(0), threading.Event()

    def fetch(job: Job) -> Outcome:
        fetched.release()
        return OK

    crew = crew_of(pages("a.example", 50), fetch, concurrency=1)
    results = crew.results()
    next(results)
    for _ in range(8):
        assert fetched.acquire(timeout=5)
    threading.Thread(target=lambda: (results.close(), left.set()), daemon=True).start()
    assert left.wait(5)


def test_stop_keeps_every_finished_result():
    """What was finished before the stop comes out, read or not; what hangs is not waited for."""
    gate, finished = threading.Event(), threading.Semaphore(0)

    def fetch(job: Job) -> Outcome:
        if job.chain.url.endswith("/3"):
            finished.release()
            gate.wait(5)
        return OK

    crew = crew_of(pages("a.example", 9), fetch, concurrency=1)
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

    def fetch(job: Job) -> Outcome:
        fetched.append(job.chain.url)
        return OK

    crew = crew_of(pages("a.example", 300), fetch, concurrency=4)
    ahead = []
    for consumed, _ in enumerate(crew.results(), start=1):
        time.sleep(0.0005)
        ahead.append(len(fetched) - consumed)
    assert (len(ahead), ahead[-1]) == (300, 0)
    assert max(ahead) <= 8 + 4


def test_nothing_to_ask_is_finished_at_once():
    """An empty list is no special case."""
    assert carry_out([], fetch_ok, 4) == []
