"""Which worker asks which host: each host is one worker's alone, so that politeness holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..outcome import Fault
from ..schedule import Errand, Finished, HandedOver, Result

Job = Errand | HandedOver


class Dispatch:
    """Who has what to do. A pure state machine; workers go by any names."""

    def __init__(self) -> None:
        """Begin without workers."""
        self._owners: dict[str, str] = {}
        """The worker of each host."""
        self._loads: dict[str, float] = {}
        """How many seconds the work of each worker is expected to take, one after the other."""
        self._left: dict[str, tuple[str, Job]] = {}
        """What is not finished, by address, each with the worker that has it."""
        self._orders: dict[str, list[Job]] = {}
        """What each worker is still to be told."""

    @property
    def unfinished(self) -> int:
        """How many addresses have no result."""
        return len(self._left)

    def join(self, worker: str) -> None:
        """Count on a worker; one that begins anew is told all that it has not delivered."""
        left = [job for owner, job in self._left.values() if owner == worker]
        self._orders[worker] = left
        self._loads[worker] = sum(job.expected_s for job in left)

    def leave(self, worker: str) -> None:
        """Give what a worker has not delivered, and its hosts, to others; there must be some."""
        del self._loads[worker], self._orders[worker]
        self._owners = {host: owner for host, owner in self._owners.items() if owner != worker}
        self.deal([job for owner, job in self._left.values() if owner == worker])

    def deal(self, jobs: Iterable[Job]) -> None:
        """Give jobs to the workers, all of a host to one, the most work first."""
        by_host: dict[str, list[Job]] = defaultdict(list)
        for job in jobs:
            by_host[job.host].append(job)
        work = {host: sum(job.expected_s for job in given) for host, given in by_host.items()}
        for host in sorted(by_host, key=work.__getitem__, reverse=True):
            worker = self._owners.get(host) or min(self._loads, key=self._loads.__getitem__)
            self._owners[host] = worker
            for job in by_host[host]:
                self._give(job, worker)

    def orders(self, worker: str) -> Sequence[Job]:
        """Return what a worker is to be told, once."""
        told, self._orders[worker] = self._orders[worker], []
        return told

    def delivered(
        self, worker: str, results: Iterable[Result], *, reached: bool
    ) -> Sequence[Finished]:
        """Return which of a worker's results are final; the others are work again.

        Args:
            worker: whose they are.
            results: what it delivered.
            reached: whether any worker has reached any host; then none may leave anything unasked.
        """
        finished = []
        for result in results:
            owner, job = self._left.get(result.url, ("", None))
            if job is None or owner != worker:  # nobody waits for it any more
                continue
            self._loads[worker] -= job.expected_s
            if isinstance(result, HandedOver):
                # Who has found a host may have it, so that chains within it stay there.
                self._give(result, self._owners.setdefault(result.host, worker))
            elif result.outcome.fault is Fault.NOT_ASKED and reached:
                self._give(job, worker)
            else:
                del self._left[result.url]
                finished.append(result)
        return finished

    def forget(self) -> None:
        """Wait for no result any more."""
        self._left.clear()
        for worker in self._loads:
            self.join(worker)  # with nothing to do

    def _give(self, job: Job, worker: str) -> None:
        self._left[job.url] = worker, job
        self._loads[worker] += job.expected_s
        self._orders[worker].append(job)
