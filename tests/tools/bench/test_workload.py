"""The lists that are checked: as uneven as real ones, and without repetition."""

from collections import Counter
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from tools.bench import workload
from tools.bench.server import Weather
from tools.bench.workload import Link
from tools.references import sources


@pytest.mark.parametrize("count", [140, 1000, 10_000])
def test_a_third_is_on_one_host_and_the_rest_on_dozens(count: int) -> None:
    """One host holds a third; the others, all on loopback, hold shares of very different size."""
    links = workload.links(count, seed=1)
    (_, most), *others = Counter(link.host for link in links).most_common()
    assert len(set(links)) == len(links) == count
    assert most == count // 3
    assert 24 <= len(others) < 60
    assert others[0][1] > 5 * others[-1][1]
    assert others[0][1] < most
    assert all(ip_address(link.host) in ip_network("127.0.0.0/8") for link in links)


def test_hosts_are_mixed() -> None:
    """The fullest host's links stand all over the list."""
    links = workload.links(1000, seed=1)
    fullest = Counter(link.host for link in links).most_common(1)[0][0]
    for part in range(0, 1000, 100):
        assert 15 < sum(link.host == fullest for link in links[part : part + 100]) < 55


def test_each_seed_has_a_list_of_its_own() -> None:
    """The same seed gives the same list; another one other hosts."""
    assert workload.links(140, seed=1) == workload.links(140, seed=1)
    hosts = [{link.host for link in workload.links(140, seed)} for seed in (1, 2)]
    assert not hosts[0] & hosts[1]


def test_a_list_is_a_markdown_file_that_is_read_whole(tmp_path: Path) -> None:
    """The project's own reader finds each link once, in order."""
    path = tmp_path / "links.md"
    links = workload.links(140, seed=1)
    path.write_text(workload.markdown(links, 8080))
    assert [place.url for place in sources.read(str(path))] == [
        f"http://{link.host}:8080{link.target}" for link in links
    ]


def test_two_in_a_hundred_hang() -> None:
    """The share is exact, so that no seed has a list without any; they are on several hosts."""
    links = workload.links(1000, seed=3)
    weather = workload.weather(links, seed=3)
    hanging = [link for link in links if weather.delay(link.host, link.target) is None]
    assert len(hanging) == 20
    assert len({link.host for link in hanging}) > 3
    assert workload.weather(links, seed=3) == weather
    assert workload.weather(links, seed=4).hanging != weather.hanging


def on_hosts(*counts: int) -> list[Link]:
    """Return as many links as told on each of some hosts."""
    return [
        Link(f"127.0.1.{host}", f"/{number}")
        for host, count in enumerate(counts)
        for number in range(count)
    ]


def all_hanging(*counts: int) -> Weather:
    """Return weather in which none of these links answers."""
    return Weather(hanging=[link.host + link.target for link in on_hosts(*counts)])


@pytest.mark.parametrize(
    ("counts", "weather", "bound"),
    [
        ((21, 5), Weather(), 1.0),  # twenty times 50 ms from the first start to the last
        ((21, 41), Weather(), 2.0),
        ((1, 1), all_hanging(1, 1), 10.0),  # one time-out
        ((3, 30), all_hanging(3, 30), 30.0),  # three time-outs, ten links at once
        ((5,), Weather(median_s=0.4, sigma=0.0), 0.4),  # all at once
        ((50,), Weather(median_s=1.0, sigma=0.0), 5.0),  # five times ten
    ],
)
def test_the_bound_is_that_of_the_slowest_host(
    counts: tuple[int, ...], weather: Weather, bound: float
) -> None:
    """Ten at once, twenty starts a second, a time-out for what hangs."""
    assert workload.bound_s(on_hosts(*counts), weather, 10.0) == pytest.approx(bound)
