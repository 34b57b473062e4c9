"""A list, what may be observed of its links, and what the archive may answer."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.tools.references.check.conftest import Site
from tools.references import store, watched
from tools.references.check.memory.history import Failing
from tools.references.check.memory.state import State
from tools.references.check.verdict import LinkResult, Verdict
from tools.references.repair.proposals import Find, Held, Plan, proposals

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

LIST = """\
# The list.

- id: one2001dead
  title: Zeroth | of `all`
  url: https://one.example/
  kind: paper
  topics: [vision]
  year: 2001
  aliases:
    - http://www.one.example/old   # as it was

- id: two2002moved
  title: "Second"
  url: 'https://two.example/a'  # quoted
  kind: book
  topics: [training]
  related:
    - rel: code
      url: https://two.example/code
    - {rel: pdf, url: "https://two.example/pdf"}
  unverified: [title]

# the last
- id: three2003new
  title: Third
  url: https://three.example/#part
  kind: tool
  topics: [vision]
"""


def moved(new_url: str | None) -> tuple[LinkResult, None]:
    """Return what a run noted of a link that moved."""
    reason = "301 Moved Permanently"
    return LinkResult(
        url="", verdict=Verdict.MOVED, reason=reason, new_url=new_url, checked_at=NOW
    ), None


def dead(runs: int = 3) -> tuple[LinkResult, Failing]:
    """Return what so many runs noted of a link that is dead, since three weeks."""
    result = LinkResult(url="", verdict=Verdict.DEAD, reason="404 Not Found", checked_at=NOW)
    since = NOW - timedelta(days=21)
    return result, Failing(since=since, runs=runs, dead_since=since, dead_runs=runs)


def other(verdict: Verdict) -> tuple[LinkResult, None]:
    """Return what a run noted of any other link."""
    return LinkResult(url="", verdict=verdict, reason="as told", checked_at=NOW), None


Known = dict[str, tuple[LinkResult, Failing | None]]


def observed(known: Known) -> State:
    """Return a state in which these links are known."""
    links = {url: replace(result, url=url) for url, (result, _) in known.items()}
    return State(links, {url: row for url, (_, row) in known.items() if row is not None})


def nobody(addresses: object, year: int) -> None:
    """Find no snapshot of anything."""


def proposed(known: Known, text: str = LIST, find: Find = nobody) -> tuple[list[Plan], list[Held]]:
    """Return what is proposed for a list, and what is held back."""
    listing = store.parse(Path("list.yml"), text)
    state = observed(known)
    links = watched.links(watched.places(listing), state)
    return proposals(links, listing.references(), state, find)


class Archive(Site):
    """What answers in place of the archive: by the address that is asked for, else ``{}``."""

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__("127.0.0.1", None)
        self.snapshots: dict[str, object] = {}
        """What is answered: an answer as a site has it, or the document to be sent."""

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The addresses and times that were asked for."""
        questions = [parse_qs(urlsplit(path).query) for path in self.paths]
        return [(question["url"][0], question["timestamp"][0]) for question in questions]

    def _answer(self, path: str):
        [url] = parse_qs(urlsplit(path).query)["url"]
        answer = self.snapshots.get(url, {"archived_snapshots": {}})
        if isinstance(answer, bytes) or callable(answer):
            return answer
        return self.response(body=json.dumps(answer).encode())


def snapshot(page: str, moment: str, /, **fields: object) -> dict[str, object]:
    """Return an answer of the archive, as its documentation shows them."""
    closest = {
        "available": True,
        "url": f"http://web.archive.org/web/{moment}/{page}",
        "timestamp": moment,
        "status": "200",
    }
    return {"url": page, "archived_snapshots": {"closest": closest | fields}}
