"""One run of the check: from where links stand to what became of each."""

import hashlib
import itertools
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from ..occurrence import Occurrence
from .asker import Asker, AskerLost
from .fetch.chain import host_and_port, request_form
from .judge import anchors, policy, quirks
from .memory.state import LASTING
from .outcome import Fault, FaultError, Outcome
from .schedule import USUAL_S, Errand, Finished
from .settings import Settings
from .verdict import LinkResult, Report, Verdict

CONTROLS = 3
"""How many hosts tell whether the machine is online where all others fail: one may fail as well."""

WHOLE = (1, 1)
"""The shard that is everything."""


class Run:
    """Checks links: iterate over ``results`` once, then read ``report``."""

    def __init__(
        self,
        occurrences: Iterable[Occurrence],
        settings: Settings,
        asker: Asker,
        known: Mapping[str, LinkResult],
        expected: Mapping[str, float],
    ) -> None:
        """Plan the run; nothing is asked yet.

        Args:
            occurrences: the links, each with where it stands.
            settings: what not to ask.
            asker: who makes the requests.
            known: results that are fresh enough to be taken over.
            expected: how many seconds a link will take, to go by earlier runs.
        """
        self._settings = settings
        self._begun = time.monotonic()
        self._asker = asker
        self._places: dict[str, list[Occurrence]] = {}
        for occurrence in occurrences:
            self._places.setdefault(occurrence.url, []).append(occurrence)
        self._results: dict[str, LinkResult] = {}
        self._asked: dict[str, list[str]] = {}
        """Links by the address that is requested for them, be it the same but for a fragment."""
        self._expected = expected
        self._doubtful: dict[str, list[tuple[str, Finished]]] = {}
        """Links that a random path will decide on, by the root of the host that has it."""
        self._answered: list[str] = []
        """The addresses of links whose results are taken over, where somebody answered lately."""
        for url in self._places:
            self._plan(url, known)
        self._tried = False
        """Whether any link was asked for, over the network."""
        self.interrupted = False
        """Whether it was stopped before its end."""
        self.fault = ""
        """Why, if nobody wanted it: a sentence without full stop."""
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
        for finished in self._ask(list(map(self._errand, self._asked))):
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
        yield from self._decide_doubtful()

    def stop(self) -> None:
        """Have ``results`` end with what is finished; safe to call from a signal handler."""
        self.interrupted = True
        self._asker.stop()

    def report(self) -> Report:
        """Return what is known so far, in the order of the sources."""
        return Report(
            results=tuple(self._results[url] for url in self._places if url in self._results),
            requests=self._asker.requests,
            wall_s=round(time.monotonic() - self._begun, 3),
        )

    def _ask_control(self) -> None:
        """Find out whether the machine is online where no link that was asked answered.

        In a second run that may be, because all that answers is fresh and only the broken is asked.
        So some of those are asked, of hosts that were not; their results stay those taken over.
        """
        hosts = {host_and_port(form)[0] for form in self._asked}
        others: dict[str, str] = {}
        for form in self._answered:
            others.setdefault(host_and_port(form)[0], form)
        controls = (Errand(form) for host, form in others.items() if host not in hosts)
        asked = self._ask(list(itertools.islice(controls, CONTROLS)))
        self.online = any(finished.outcome.answered for finished in asked)

    def _decide_doubtful(self) -> Iterator[LinkResult]:
        """Ask each host whose pages look gone for a page that cannot be there, and compare."""
        roots = {urljoin(root, secrets.token_hex(16)): root for root in self._doubtful}
        for probe in self._ask(list(map(Errand, roots))):
            for url, finished in self._doubtful[roots[probe.url]]:
                yield from self._judge_link(url, finished, probe.outcome)

    def _ask(self, errands: Sequence[Errand]) -> Iterator[Finished]:
        """Ask for addresses, unless interrupted."""
        if self.interrupted:
            return
        try:
            yield from self._asker.results(errands)
        except AskerLost as error:
            self.interrupted, self.fault = True, str(error)

    def _errand(self, form: str) -> Errand:
        """Return what is to be asked for the links of an address, and how long it may take."""
        links = self._asked[form]
        expected_s = max(self._expected.get(url, USUAL_S) for url in links)
        return Errand(
            form,
            min(expected_s, self._settings.timeout_s),
            frozenset().union(*map(anchors.wanted, links)),
        )

    def _plan(self, url: str, known: Mapping[str, LinkResult]) -> None:
        """Give a link its result if that needs no request, else enter it to be asked."""
        try:
            form = request_form(quirks.asked(url))
        except FaultError as error:
            outcome = Outcome(fault=error.fault, detail=error.detail)
            form = None
        shard = self._settings.shard
        if shard != WHOLE and not in_shard(url if form is None else host_and_port(form)[0], shard):
            return
        places = tuple(self._places[url])
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
            if known[url].verdict in LASTING:
                self._answered.append(form)
        else:
            self._asked.setdefault(form, []).append(url)

    def _judge(self, finished: Finished) -> Iterator[LinkResult]:
        for url in self._asked[finished.url]:
            yield from self._judge_link(url, finished)

    def _judge_link(
        self, url: str, finished: Finished, probe: Outcome | None = None
    ) -> Iterator[LinkResult]:
        """Yield the result of a link, unless it takes a random path of its host to be certain."""
        outcome = finished.outcome
        judgement = policy.judge(outcome, url=url, online=self.online, probe=probe)
        if judgement.doubtful:
            root = urljoin(outcome.hops[-1].url, "/")
            self._doubtful.setdefault(root, []).append((url, finished))
            return
        asked = judgement.verdict is not Verdict.EXCLUDED and outcome.fault is not Fault.NOT_ASKED
        result = self._results[url] = LinkResult(
            url=url,
            verdict=judgement.verdict,
            reason=judgement.reason,
            status_code=outcome.status,
            new_url=judgement.new_url and with_fragment_of(url, judgement.new_url),
            elapsed_s=outcome.elapsed_s,
            checked_at=datetime.now(UTC).replace(microsecond=0) if asked else None,
            attempts=finished.attempts,
            occurrences=tuple(self._places[url]),
        )
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
