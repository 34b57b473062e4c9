"""A run by the workers of a real cluster: the same verdicts as alone, as politely, nothing lost."""

import asyncio
import itertools
import os
import signal
import threading
import time
from collections import Counter

import psutil
import pytest
from distributed import Client

from tools.references.check.cluster import client as client_module
from tools.references.check.cluster.client import Cluster
from tools.references.check.fetch.environment import Environment
from tools.references.check.run import Run
from tools.references.check.settings import Settings
from tools.references.occurrence import Occurrence

SETTINGS = Settings(
    timeout_s=5.0, retries=0, per_host=4, interval_s=0.0, concurrency=4, allow_private=True
)

LOST = "<h1>Oops!</h1><p>We could not find what you were looking for. Try the search.</p>"

TOLD = ("url", "verdict", "reason", "status_code", "new_url", "attempts", "occurrences")
"""What is said of a link that does not depend on how fast it went."""


class Everywhere(dict):
    """Answers one and the same to every path that has no answer of its own."""

    def get(self, path, default=None):
        """Return the answer for a path."""
        return super().get(path, super().get("*"))


def told(document) -> list[dict]:
    """Return what a report says of each link."""
    return [{name: link[name] for name in TOLD} for link in document["links"]]


def at_first(first, then: bytes, times: int = 1):
    """Return an answer that is another one the first time, or as often as is told."""
    answers = itertools.chain([first] * times, itertools.repeat(then))

    def answer(connection) -> None:
        given = next(answers)
        given(connection) if callable(given) else connection.sendall(given)

    return answer


def needs_cookie(site, path: str, elsewhere: str):
    """Return an answer that sends a visitor away, and lets it in when it comes back."""
    away = site.redirect(302, elsewhere, "Set-Cookie: seen=1; Path=/")

    def answer(connection) -> None:
        *_, request = (request for request in site.requests if request.path == path)
        known = request.headers.get("cookie") == "seen=1"
        connection.sendall(site.response(200) if known else away)

    return answer


def awkward(sites) -> list[str]:
    """Return links on six sites that redirect to each other, hang, refuse and forget."""
    one, two, three, four, five, six = sites
    for site, following in zip(sites, [*sites[1:], one], strict=True):
        site.answers = {
            "/round": site.redirect(301, following.url("/round")),
            "/busy": at_first(site.response(429, "Retry-After: 0"), site.response(200)),
            "/page": site.page("<p id=part>Part", "Page"),
        }
    one.answers |= {
        "/far": one.redirect(301, two.url("/far")),
        "/lost": one.redirect(302, three.url("/dead")),
        "/slow": one.redirect(302, four.url("/hang")),
        "/broken": one.redirect(302, five.url("/broken")),
        "/cookie": needs_cookie(one, "/cookie", two.url("/back")),
        "/down": one.redirect(302, "http://127.0.0.9:9/"),
        "/part": one.redirect(301, three.url("/page")),
    }
    two.answers |= {
        "/far": two.redirect(301, three.url("/far")),
        "/back": two.redirect(302, one.url("/cookie")),
    }
    three.answers["/far"] = three.redirect(302, four.url("/page"))
    four.answers["/hang"] = at_first(four.hang, four.page("<p>Late.", "Page"), times=2)
    five.answers["/broken"] = at_first(
        five.response(503, "Retry-After: 0"), five.page("<p>There.", "Page")
    )
    six.answers = Everywhere({"*": six.page(LOST, "Company")} | six.answers)
    return [
        *(site.url(path) for site in sites for path in ("/page", "/busy", "/dead")),
        *(one.url(path) for path in ("/far", "/lost", "/slow", "/broken", "/cookie", "/down")),
        *(one.url(path) for path in ("/part", "/part#part", "/part#none", "/round")),
        four.url("/hang"),
        "mailto:somebody@e.example",
    ]


@pytest.fixture
def sites(serve):
    """Return a function that starts sites, each on a host of its own."""
    return lambda count: [serve(f"127.0.0.{n}") for n in range(2, 2 + count)]


def test_verdicts_are_those_of_one_machine(cluster, check, sites):
    """Redirects between the workers' hosts, second chances, dead hosts and doubts included."""
    options = ("--timeout", "1", "--retries", "1")
    hosts = sites(6)
    alone = check(awkward(hosts), *options)
    together = check(awkward(hosts), *options, by=cluster)
    assert told(together[1]) == told(alone[1])
    assert (together[0], alone[0]) == (1, 1)
    assert together[1]["summary"]["requests"] == alone[1]["summary"]["requests"]
    assert len({link["verdict"] for link in alone[1]["links"]}) == 6


def test_work_is_shared(cluster, check, sites):
    """Two hosts that answer only together are asked at once, though each process asks singly."""
    together = threading.Barrier(2)

    def answer(connection) -> None:
        together.wait(5)
        connection.sendall(hosts[0].response(200))

    hosts = sites(2)
    for site in hosts:
        site.answers["/"] = answer
    status, document = check([site.url() for site in hosts], "--concurrency", "1", by=cluster)
    assert (status, document["summary"]["alive"]) == (0, 2)


def test_no_host_is_pressed_by_two_processes(cluster, check, sites):
    """The limits hold at a host that links of all others, whoever asks them, redirect to."""
    target, *others = sites(7)

    def answer(connection) -> None:
        time.sleep(0.01)
        connection.sendall(target.response(200))

    target.answers = Everywhere({"*": answer})
    for n, site in enumerate(others):
        site.answers |= {f"/{k}": site.redirect(302, target.url(f"/{n}/{k}")) for k in range(4)}
    urls = [site.url(f"/{k}") for site in others for k in range(4)]
    status, document = check(urls, "--per-host", "2", "--interval", "0.02", by=cluster)
    assert (status, document["summary"]["alive"], len(target.paths)) == (0, 24, 24)
    assert max(site.peak for site in (target, *others)) <= 2
    lasted = target.requests[-1].at - target.requests[0].at
    assert lasted >= 22 * 0.02  # and one, for a first request that was slow to arrive


@pytest.fixture
def journal(tmp_path):
    """Return a function that waits until so many results are safe."""

    def wait_for(results: int) -> None:
        path = tmp_path / ".state.json.journal"
        until = time.monotonic() + 10
        while not path.exists() or path.read_text().count('"url"') < results:
            assert time.monotonic() < until
            time.sleep(0.01)

    return wait_for


def processes(cluster) -> list[psutil.Process]:
    """Return the workers' processes."""
    return [psutil.Process(nanny.pid) for nanny in cluster.workers.values()]


def kill_all(cluster) -> None:
    """Kill all workers."""
    for process in processes(cluster):
        process.kill()


def asks(process: psutil.Process, site) -> bool:
    """Return whether a process has a connection to a site."""
    return any(c.raddr and c.raddr.port == site.port for c in process.net_connections())


def test_worker_killed_half_way_loses_nothing(cluster, sites):
    """Its links are asked by the other; none that was finished is asked again."""
    hosts, go = sites(6), threading.Event()

    def wait(connection) -> None:
        go.wait(10)
        connection.sendall(hosts[0].response(200))

    for site in hosts:
        site.answers = Everywhere({"*": wait} | {f"/{n}": site.response(200) for n in range(3)})
    urls = [site.url(f"/{n}") for site in hosts for n in range(12)]
    asker = Cluster(cluster.scheduler_address, SETTINGS, Environment.read())
    run = Run([Occurrence(url=url, file="", line=1) for url in urls], SETTINGS, asker, {}, {})
    safe = []
    for result in run.results():
        safe.append(result.url)
        if len(safe) == 18:
            processes(cluster)[0].kill()
            go.set()
    asker.close()
    assert sorted(safe) == sorted(urls)
    asked = Counter(site.url(path) for site in hosts for path in site.paths)
    assert {asked[url] for url in safe[:18]} == {1}
    again = [url for url in urls if asked[url] > 1]
    assert 1 <= len(again) <= 3 * SETTINGS.per_host
    assert max(asked.values()) == 2


def test_chain_goes_on_where_a_killed_worker_had_it(cluster, sites):
    """What led to the host that it was asking is not asked again."""
    source, target = sites(2)
    source.answers["/a"] = source.redirect(301, target.url("/a"))

    def kill(connection) -> None:
        if target.paths.count("/a") == 1:
            next(process for process in processes(cluster) if asks(process, target)).kill()
        else:
            connection.sendall(target.response(200))

    target.answers["/a"] = kill
    asker = Cluster(cluster.scheduler_address, SETTINGS, Environment.read())
    urls = [source.url("/a"), target.url("/b")]
    run = Run([Occurrence(url=url, file="", line=1) for url in urls], SETTINGS, asker, {}, {})
    found = {result.url: result.verdict for result in run.results()}
    asker.close()
    assert found == {source.url("/a"): "moved", target.url("/b"): "alive"}
    assert (source.paths, target.paths.count("/a")) == (["/a"], 2)


def test_run_waits_for_the_workers_that_nannies_start_anew(
    cluster, check, serve, journal, monkeypatch
):
    """Where all were killed, the next one goes on."""
    monkeypatch.setattr(client_module, "LOOK_AGAIN_S", 0.05)
    site = serve("127.0.0.2")

    def kill(connection) -> None:
        if site.paths.count("/kill") > 1:
            connection.sendall(site.response(200))
            return
        journal(2)
        kill_all(cluster)

    site.answers["/kill"] = kill
    urls = [site.url(path) for path in ("/a", "/b", "/kill")]
    status, document = check(urls, "--state", "state.json", by=cluster)
    assert (status, document["summary"]["alive"]) == (0, 3)
    assert sorted(site.paths) == ["/a", "/b", "/kill", "/kill"]


def test_stopped_worker_is_not_waited_for_without_end(cluster, sites, monkeypatch):
    """If it says nothing for too long, though it lives, the other asks its links."""
    hosts = sites(6)
    urls = [site.url(f"/{n}") for site in hosts for n in range(4)]
    asker = Cluster(cluster.scheduler_address, SETTINGS, Environment.read())
    run = Run([Occurrence(url=url, file="", line=1) for url in urls], SETTINGS, asker, {}, {})
    monkeypatch.setattr(client_module, "SILENT_S", 0.3)
    monkeypatch.setattr(client_module, "CONNECT_S", 1.0)
    stopped = processes(cluster)[0]
    stopped.suspend()
    try:
        safe = [result.url for result in run.results()]
        asker.close()
    finally:
        stopped.resume()
    assert sorted(safe) == sorted(urls)


def close_desks(cluster) -> None:
    """Have the workers do what they do when nobody comes for long: after Ctrl-Z, say."""
    with Client(cluster) as client:
        client.run(lambda dask_worker: [one.close() for one in dask_worker.state.actors.values()])


def test_run_that_was_stopped_for_long_goes_on(cluster, sites):
    """The workers have given it up meanwhile; what was not begun is asked by new desks."""
    hosts, go, found = sites(2), threading.Event(), []

    def wait(connection) -> None:
        go.wait(10)
        connection.sendall(hosts[0].response(200))

    for site in hosts:
        site.answers = Everywhere({"*": wait, "/0": site.response(200)})
    urls = [site.url(f"/{n}") for site in hosts for n in range(12)]
    asker = Cluster(cluster.scheduler_address, SETTINGS, Environment.read())
    run = Run([Occurrence(url=url, file="", line=1) for url in urls], SETTINGS, asker, {}, {})
    for result in run.results():
        found.append(result.url)
        if len(found) == 2:
            close_desks(cluster)
            go.set()
    asker.close()
    assert sorted(found) == sorted(urls)
    assert run.report().requests == sum(len(site.paths) for site in hosts)


def test_scheduler_that_does_not_answer_is_not_waited_for_without_end(cluster, serve, monkeypatch):
    """What is finished is kept, as when no worker is left."""

    async def say_nothing(**_) -> None:
        await asyncio.sleep(60)

    asker = Cluster(cluster.scheduler_address, SETTINGS, Environment.read())
    site = serve("127.0.0.2")
    site.answers["/hang"] = site.hang
    links = [Occurrence(url=site.url(path), file="", line=1) for path in ("/a", "/hang")]
    run = Run(links, SETTINGS, asker, {}, {})
    for _ in run.results():
        close_desks(cluster)
        monkeypatch.setattr(client_module, "RETURN_S", 0.0)
        monkeypatch.setattr(client_module, "CONNECT_S", 0.2)
        monkeypatch.setitem(cluster.scheduler.handlers, "identity", say_nothing)
    asker.close()
    assert (run.fault, run.unfinished) == (f"{cluster.scheduler_address}: no worker is left", 1)


def test_results_are_kept_when_no_worker_is_left(
    cluster, check, serve, journal, capsys, monkeypatch
):
    """That is told, with status 2, and the next run, of one machine say, asks for the rest."""
    monkeypatch.setattr(client_module, "RETURN_S", 0.0)
    site = serve("127.0.0.2")

    def kill(connection) -> None:
        journal(2)
        kill_all(cluster)

    site.answers["/kill"] = kill
    urls = [site.url(path) for path in ("/a", "/b", "/kill")]
    status, document = check(urls, "--state", "state.json", by=cluster)
    address = cluster.scheduler_address
    assert (status, document["summary"]["alive"]) == (2, 2)
    assert capsys.readouterr().err == f"{address}: no worker is left; 1 link unfinished.\n"
    del site.requests[:], site.answers["/kill"]
    status, document = check(urls, "--state", "state.json")
    assert (status, document["summary"]["alive"], site.paths) == (0, 3, ["/kill"])


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_keeps_what_is_finished_and_stops_the_workers(
    cluster, check, sites, journal, capsys
):
    """No worker goes on asking after it."""
    hosts, interrupted, over = sites(2), threading.Event(), threading.Event()

    def interrupt(connection) -> None:
        journal(2)
        if not interrupted.is_set():
            interrupted.set()
            os.kill(os.getpid(), signal.SIGINT)
        over.wait(10)
        connection.sendall(hosts[0].response(200))

    for site in hosts:
        site.answers = Everywhere({"*": interrupt, "/0": site.response(200)})
    urls = [site.url(f"/{n}") for site in hosts for n in range(40)]
    options = ("--state", "state.json", "--concurrency", "1")
    status, document = check(urls, *options, by=cluster)
    assert status == 130
    assert capsys.readouterr().err == "Interrupted; 78 links unfinished.\n"
    assert [link["url"] for link in document["links"]] == [urls[0], urls[40]]
    over.set()
    time.sleep(0.3)
    assert {path for site in hosts for path in site.paths} <= {"/0", "/1"}


def test_who_we_are_is_said_by_the_one_who_asks(cluster, check, serve, monkeypatch):
    """The workers tell the address of the site that this process knows."""
    monkeypatch.setenv("SITE_URL", "https://notes.example/")
    site = serve("127.0.0.2")
    assert check([site.url()], by=cluster)[0] == 0
    assert "https://notes.example/" in site.requests[0].headers["user-agent"]


def test_nothing_is_left_behind(cluster, check, serve):
    """No thread and no connection here; no thread and no desk on the workers."""
    site = serve("127.0.0.2")
    check([site.url("/")], by=cluster)  # the first has Dask begin what it keeps
    before = set(threading.enumerate()), connections(cluster)
    with Client(cluster) as client:
        elders = on_workers(client)  # those of a desk that an earlier test has lost live 20 s on
    check([site.url("/a")], by=cluster)
    assert (set(threading.enumerate()), connections(cluster)) == before
    with Client(cluster) as client:
        until = time.monotonic() + 5
        while left := on_workers(client) - elders:
            assert time.monotonic() < until, left
            time.sleep(0.02)


def on_workers(client: Client) -> set[tuple[str, str]]:
    """Return what is ours on the workers, by their addresses."""
    return {(worker, name) for worker, names in client.run(of_ours).items() for name in names}


def of_ours(dask_worker) -> list[str]:
    """Return the threads of ours on a worker, by name and number, and the desks."""
    threads = [f"{thread.name} {thread.ident}" for thread in threading.enumerate()]
    ours = [name for name in threads if "(_work)" in name or "(_watch)" in name]
    return ours + [str(key) for key in dask_worker.state.actors]


def connections(cluster) -> int:
    """Return how many this process has to the scheduler and the workers."""
    addresses = [cluster.scheduler.address, *cluster.scheduler.workers]
    ports = {int(address.rpartition(":")[2]) for address in addresses}
    return sum(
        c.status == "ESTABLISHED" and bool({c.laddr.port, c.raddr.port} & ports)
        for c in psutil.Process().net_connections("inet")
    )
