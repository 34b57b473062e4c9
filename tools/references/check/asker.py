"""Who makes the requests of a run: this process alone, or, in ``cluster``, others on its behalf."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from .crew import Crew
from .fetch.environment import Environment
from .fetch.transport import Transport
from .judge import policy
from .outcome import Outcome
from .schedule import Errand, Finished, Job, Pace, Plan, all_hosts
from .settings import Settings

MIN_PATIENCE_S = 10.0
"""How long a run goes on, at least, while no host at all can be reached."""


class AskerLost(Exception):  # noqa: N818 -- reads as the sentence it becomes
    """There is nobody to ask any more; the text is one sentence without full stop."""


class Asker(Protocol):
    """Asks what it is told to, politely, and keeps from whoever reads it how."""

    @property
    def requests(self) -> int:
        """How many requests were begun."""

    def results(self, errands: Sequence[Errand]) -> Iterator[Finished]:
        """Yield each address when it is finished; after ``stop``, those that were by then.

        Raises:
            AskerLost: when the rest cannot be asked.
        """

    def stop(self) -> None:
        """Have ``results`` end, and never begin again; safe to call from a signal handler."""

    def close(self) -> None:
        """Give back what asking takes."""


class Alone:
    """Asks from this process."""

    def __init__(self, settings: Settings, environment: Environment) -> None:
        """Take how to ask; nothing is opened yet.

        Raises:
            EnvironmentUnusable: when the environment names a file that cannot be read.
        """
        self._settings = settings
        self._transport = transport_of(settings, environment)
        self._crew: Crew | None = None
        self._stopped = False

    @property
    def requests(self) -> int:
        """How many requests were begun."""
        return self._transport.requests

    def results(self, errands: Sequence[Errand]) -> Iterator[Finished]:
        """Yield each address when it is finished; after ``stop``, those that were by then."""
        plan = plan_of(self._settings)
        now = time.monotonic()
        for errand in errands:
            plan.add(errand, now)
        self._crew = Crew(
            plan, partial(fetch, self._transport), concurrency=self._settings.concurrency
        )
        if not self._stopped:
            # No host is another plan's, so nothing is handed over.
            yield from (one for one in self._crew.results() if isinstance(one, Finished))

    def stop(self) -> None:
        """Have ``results`` end, and never begin again; safe to call from a signal handler."""
        self._stopped = True
        if self._crew is not None:
            self._crew.stop()

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._transport.close()


def plan_of(settings: Settings, owns: Callable[[str], bool] = all_hosts) -> Plan:
    """Return an empty plan with the policy of the checker.

    Args:
        settings: how to ask.
        owns: which hosts may be asked here.
    """
    pace = Pace(
        timeout_s=settings.timeout_s,
        per_host=settings.per_host,
        interval_s=settings.interval_s,
        patience_s=max(settings.timeout_s, MIN_PATIENCE_S),
    )
    retry = partial(policy.retry, retries=settings.retries, timeout_s=settings.timeout_s)
    return Plan(
        pace,
        retry=lambda outcome, attempt: retry(outcome, attempt, now=datetime.now(UTC)),
        hold=lambda outcome: policy.hold(outcome, datetime.now(UTC)),
        owns=owns,
    )


def transport_of(settings: Settings, environment: Environment) -> Transport:
    """Return what makes the requests.

    Raises:
        EnvironmentUnusable: when the environment names a file that cannot be read.
    """
    return Transport(environment, allow_private=settings.allow_private, per_host=settings.per_host)


def fetch(transport: Transport, job: Job) -> Outcome | None:
    """Make the next request of a job; return the outcome, or None if its chain goes on."""
    return transport.step(job.chain, job.timeout_s, job.errand.wanted)
