"""One run of the check: from where links stand to what became of each."""

import hashlib
import itertools
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from ..occurrence import Occurrence
from . import policy, schedule
from .chain import host_and_port, request_form
from .outcome import Fault, FaultError, Outcome
from .transport import Environment, Transport
from .verdict import LinkResult, Report, Verdict

MIN_PATIENCE_S = 10.0
"""How long a run goes on, at least, while no host at all can be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the options of the command say."""

    timeout_s: float
    """Of a whole attempt, redirects included."""
    retries: int
    per_host: int
    """Requests in flight at one host."""
    interval_s: float
    """Between two starts at one host."""
    concurrency: int
    """Requests in flight at all hosts."""
    exclude: tuple[re.Pattern[str], ...] = ()
    allow_private: bool = False
    shard: tuple[int, int] = (1, 1)
    """Which part of how many, from 1."""


class Run:
    """Checks links: iterate over ``results`` once, then read ``report``."""

    def __init__(
        self,
        occurrences: Iterable[Occurrence],
        settings: Settings,
        environment: Environment,
        known: Mapping[str, LinkResult],
    ) -> None:
        """Plan the run; nothing is asked yet.

        Args:
            occurrences: the links, each with where it stands.
            settings: how to ask.
            environment: through which proxies, trusting whom.
            known: results that are fresh enough to be taken over.
        """
        self._settings = settings
        self._begun = time.monotonic()
        self._transport = Transport(
            environment, allow_private=settings.allow_private, per_host=settings.per_host
        )
        self._places: dict[str, list[Occurrence]] = {}
        for occurrence in occurrences:
            self._places.setdefault(occurrence.url, []).append(occurrence)
        self._results: dict[str, LinkResult] = {}
        self._asked: dict[str, list[str]] = {}
        """Links by the address that is requested for them, be it the same but for a fragment."""
        self._fresh: list[str] = []
        """The addresses that would be requested for the links whose results are taken over."""
        for url in self._places:
            self._plan(url, known)
        self._crew = self._crew_of(self._asked)
        self._tried = False
        """Whether any link was asked for, over the network."""
        self.interrupted = False
        """Whether it was stopped before its end."""
        self.online = False
        """Whether any host answered so far."""

    @property
    def to_ask(self) -> int:
        """How many links are to be asked."""
        return sum(map(len, self._asked.values()))

    @property
    def asked(self) -> int:
        """How many links were asked, with or without an answer, themselves or by their host."""
        links = (self._results.get(url) for urls in self._asked.values() for url in urls)
        return sum(link is not None and link.checked_at is not None for link in links)

    @property
    def unfinished(self) -> int:
        """How many of them have no result."""
        return sum(url not in self._results for urls in self._asked.values() for url in urls)

    @property
    def judged(self) -> bool:
        """Whether the run proves anything: a host answered, or there was none to be asked."""
        return self.online or not self._tried

    def results(self) -> Iterator[LinkResult]:
        """Ask, and yield the result of each link that is asked as soon as it is certain."""
        unproven = []
        for finished in self._crew.results():
            self.online = self.online or finished.outcome.answered
            # A private address is refused by us: nobody was asked.
            self._tried = self._tried or finished.outcome.fault is not Fault.PRIVATE
            # That a name is unknown proves something only once the network is known to work.
            if finished.outcome.fault is Fault.NO_SUCH_HOST and not self.online:
                unproven.append(finished)
                continue
            for earlier in unproven:
                yield from self._judge(earlier)
            unproven = []
            yield from self._judge(finished)
        if not self.judged:
            self._ask_control()
        for earlier in unproven:
            yield from self._judge(earlier)
        self._transport.close()

    def stop(self) -> None:
        """Have ``results`` end with what is finished; safe to call from a signal handler."""
        self.interrupted = True
        self._crew.stop()

    def report(self) -> Report:
        """Return what is known so far, in the order of the sources."""
        return Report(
            results=tuple(self._results[url] for url in self._places if url in self._results),
            requests=self._transport.requests,
            wall_s=round(time.monotonic() - self._begun, 3),
        )

    def _ask_control(self) -> None:
        """Find out whether the machine is online where no link that was asked answered.

        In a second run that may be, because all that answers is fresh and only the broken is asked.
        So one fresh link is asked, of a host that was not; its result stays the one taken over.
        """
        hosts = {host_and_port(form)[0] for form in self._asked}
        others = (form for form in self._fresh if host_and_port(form)[0] not in hosts)
        self._crew = self._crew_of(list(itertools.islice(others, 1)))
        if not self.interrupted:
            self.online = any(finished.outcome.answered for finished in self._crew.results())

    def _crew_of(self, forms: Iterable[str]) -> schedule.Crew:
        settings = self._settings
        pace = schedule.Pace(
            timeout_s=settings.timeout_s,
            per_host=settings.per_host,
            interval_s=settings.interval_s,
            patience_s=max(settings.timeout_s, MIN_PATIENCE_S),
        )
        retry = partial(policy.retry, retries=settings.retries, timeout_s=settings.timeout_s)
        return schedule.Crew(
            forms,
            self._transport.step,
            pace=pace,
            retry=lambda outcome, attempt: retry(outcome, attempt, now=datetime.now(UTC)),
            hold=lambda outcome: policy.hold(outcome, datetime.now(UTC)),
            concurrency=settings.concurrency,
        )

    def _plan(self, url: str, known: Mapping[str, LinkResult]) -> None:
        """Give a link its result if that needs no request, else enter it to be asked."""
        places = tuple(self._places[url])
        try:
            form = request_form(url)
            host = host_and_port(form)[0]
        except FaultError as error:
            outcome = Outcome(fault=error.fault, detail=error.detail)
            form, host = None, url
        if not in_shard(host, self._settings.shard):
            return
        rule = next((rule for rule in self._settings.exclude if rule.search(url)), None)
        if rule is not None:
            self._results[url] = LinkResult(
                url=url,
                verdict=Verdict.EXCLUDED,
                reason=f"by --exclude {rule.pattern}",
                occurrences=places,
            )
        elif form is None:
            judgement = policy.judge(outcome)
            self._results[url] = LinkResult(
                url=url, verdict=judgement.verdict, reason=judgement.reason, occurrences=places
            )
        elif url in known:
            self._results[url] = replace(known[url], occurrences=places)
            self._fresh.append(form)
        else:
            self._asked.setdefault(form, []).append(url)

    def _judge(self, finished: schedule.Finished) -> Iterator[LinkResult]:
        outcome = finished.outcome
        judgement = policy.judge(outcome, online=self.online)
        asked = judgement.verdict is not Verdict.EXCLUDED and outcome.fault is not Fault.NOT_ASKED
        now = datetime.now(UTC).replace(microsecond=0)
        for url in self._asked[finished.url]:
            result = LinkResult(
                url=url,
                verdict=judgement.verdict,
                reason=judgement.reason,
                status_code=outcome.status,
                new_url=judgement.new_url and with_fragment_of(url, judgement.new_url),
                elapsed_s=outcome.elapsed_s,
                checked_at=now if asked else None,
                attempts=finished.attempts,
                occurrences=tuple(self._places[url]),
            )
            self._results[url] = result
            yield result


def in_shard(host: str, shard: tuple[int, int]) -> bool:
    """Return whether a host belongs to part I of N; on every machine the same, and to one only."""
    part, parts = shard
    digest = hashlib.sha256(host.encode()).digest()
    return int.from_bytes(digest[:8], "big") % parts == part - 1


def with_fragment_of(url: str, new_url: str) -> str:
    """Return a new address with the old one's fragment, which redirects without one carry over."""
    fragment = url.partition("#")[2]
    return f"{new_url}#{fragment}" if fragment and "#" not in new_url else new_url
