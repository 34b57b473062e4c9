"""Who asks which host: pure, with workers that are only names."""

import pytest

from tools.references.check.cluster.dispatch import Dispatch
from tools.references.check.fetch.chain import Chain
from tools.references.check.outcome import Fault, Hop, Outcome
from tools.references.check.schedule import Errand, Finished, HandedOver, Job

OK = Outcome(hops=(Hop("", 200),))


def pages(host: str, count: int, expected_s: float = 1.0) -> list[Errand]:
    """Return addresses on a host."""
    return [Errand(f"http://{host}/{n}", expected_s) for n in range(count)]


def finished(errand: Errand, outcome: Outcome = OK) -> Finished:
    """Return an address with what it brought."""
    return Finished(url=errand.url, outcome=outcome, attempts=1)


def handed_over(errand: Errand, to: str) -> HandedOver:
    """Return a job that a redirect has led elsewhere."""
    job = Job(errand, timeout_s=20)
    job.chain = Chain(to)
    job.aim()
    return HandedOver(job)


@pytest.fixture
def dispatch() -> Dispatch:
    """Return one with two workers."""
    dispatch = Dispatch()
    dispatch.join("one")
    dispatch.join("two")
    return dispatch


def hosts(jobs) -> list[str]:
    """Return the hosts of jobs, each once, in order."""
    return list(dict.fromkeys(job.host for job in jobs))


def test_fullest_hosts_are_shared_first(dispatch):
    """By the work that is expected, not by the number of links; each host has one worker."""
    small, slow, big = pages("s.example", 4), pages("slow.example", 1, 9), pages("b.example", 6)
    dispatch.deal([*small, *slow, *big])
    assert hosts(dispatch.orders("one")) == ["slow.example"]
    assert hosts(dispatch.orders("two")) == ["b.example", "s.example"]  # 6 + 4 against 9
    assert [dispatch.orders(worker) for worker in ("one", "two")] == [[], []]
    assert dispatch.unfinished == 11


def test_host_stays_with_its_worker(dispatch):
    """Whatever else there is to do later, and by whatever port."""
    dispatch.deal(pages("a.example", 1))
    dispatch.deal([*pages("b.example", 9), Errand("https://a.example/later")])
    assert hosts(dispatch.orders("one")) == ["a.example"]
    assert hosts(dispatch.orders("two")) == ["b.example"]


def test_job_goes_to_the_worker_of_the_host_it_has_come_to(dispatch):
    """And stays with who has it, if the host is nobody's yet."""
    (a,), (b,) = pages("a.example", 1), pages("b.example", 1)
    dispatch.deal([a, b])
    dispatch.orders("one"), dispatch.orders("two")
    to_b, anew = handed_over(a, "http://b.example/x"), handed_over(a, "http://new.example/")
    assert dispatch.delivered("one", [to_b], reached=True) == []
    assert (dispatch.orders("one"), dispatch.orders("two")) == ([], [to_b])
    assert dispatch.delivered("two", [anew], reached=True) == []
    assert (dispatch.orders("one"), dispatch.orders("two")) == ([], [anew])
    assert dispatch.delivered("two", [finished(a)], reached=True) == [finished(a)]
    assert dispatch.unfinished == 1


def test_what_a_lost_worker_has_not_delivered_is_given_to_the_others(dispatch):
    """With its hosts; what it has delivered is not, and a chain goes on from where it was."""
    errands = pages("a.example", 3)
    (b,) = pages("b.example", 1)
    dispatch.deal([*errands, b])
    dispatch.orders("one"), dispatch.orders("two")
    dispatch.delivered("one", [finished(errands[0])], reached=True)
    to_a = handed_over(b, "http://a.example/x")
    dispatch.delivered("two", [to_a], reached=True)
    dispatch.leave("one")
    assert dispatch.orders("two") == [errands[1], errands[2], to_a]
    dispatch.deal(pages("a.example", 1))
    assert len(dispatch.orders("two")) == 1


def test_worker_that_begins_anew_is_told_what_it_has_not_delivered(dispatch):
    """Its hosts stay its own, and a chain goes on from where it was."""
    errands, (b,) = pages("a.example", 3), pages("b.example", 1)
    dispatch.deal([*errands, b])
    dispatch.orders("one"), dispatch.orders("two")
    dispatch.delivered("one", [finished(errands[0])], reached=True)
    to_a = handed_over(b, "http://a.example/x")
    dispatch.delivered("two", [to_a], reached=True)
    dispatch.join("one")
    assert dispatch.orders("one") == [errands[1], errands[2], to_a]
    dispatch.deal(pages("c.example", 1))
    assert hosts(dispatch.orders("two")) == ["c.example"]  # the other has three to do


def test_result_is_final_once_and_from_who_was_to_bring_it(dispatch):
    """A worker that was thought lost, or repeats itself, is not heard."""
    (a,) = pages("a.example", 1)
    dispatch.deal([a])
    assert dispatch.delivered("two", [finished(a)], reached=True) == []
    assert dispatch.delivered("one", [finished(a), finished(a)], reached=True) == [finished(a)]
    assert dispatch.unfinished == 0


@pytest.mark.parametrize("reached", [True, False])
def test_nothing_is_left_unasked_if_another_worker_has_reached_somebody(dispatch, reached):
    """That a worker's own hosts are all down does not prove that there is no network."""
    (a,) = pages("a.example", 1)
    dispatch.deal([a])
    dispatch.orders("one")
    unasked = finished(a, Outcome(fault=Fault.NOT_ASKED))
    assert dispatch.delivered("one", [unasked], reached=reached) == ([] if reached else [unasked])
    assert dispatch.orders("one") == ([a] if reached else [])


def test_load_counts_what_is_left(dispatch):
    """A worker that has finished gets what is new."""
    a, (b,) = pages("a.example", 5), pages("b.example", 1, 3)
    dispatch.deal([*a, b])
    dispatch.delivered("one", [finished(errand) for errand in a], reached=True)
    dispatch.deal(pages("c.example", 1))
    assert hosts(dispatch.orders("one")) == ["a.example", "c.example"]


def test_what_nobody_waits_for_is_forgotten(dispatch):
    """Its results are none."""
    (a,) = pages("a.example", 1)
    dispatch.deal([a])
    dispatch.forget()
    assert (dispatch.unfinished, dispatch.orders("one")) == (0, [])
    assert dispatch.delivered("one", [finished(a)], reached=True) == []
