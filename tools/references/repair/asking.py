"""One small answer of a service: asked for once, within a time, and never more than its size."""

from ..check.fetch.addresses import Resolver
from ..check.fetch.chain import origin_of, request_form
from ..check.fetch.environment import Environment
from ..check.fetch.guard import Attempt
from ..check.fetch.origin import Origin
from ..check.fetch.transport import fault_of, trusting
from .wayback import Answer, Unanswered

TIMEOUT_S = 10.0
"""How long a question may take in all."""

MOST_BYTES = 64 * 1024
"""How long an answer may be: one snapshot takes a few hundred."""


class Asker:
    """Asks addresses, through the proxies and trusting the authorities that the user names.

    The connections are those of the checker, but that one reads pages. Here a body of any type is
    wanted, and nothing is to be followed, tried again or remembered.
    """

    def __init__(self, environment: Environment, timeout_s: float = TIMEOUT_S) -> None:
        """Take the settings; nothing is opened yet.

        Raises:
            EnvironmentUnusable: when the bundle of certificate authorities cannot be read.
        """
        self._context = trusting(environment.ca_bundle)
        self._environment = environment
        self._headers = {"User-Agent": environment.agent, "Accept-Encoding": "identity"}
        self._timeout_s = timeout_s

    def __call__(self, url: str) -> Answer:
        """Return what an address answers.

        Raises:
            Unanswered: when it answers nothing, too late, or too much.
        """
        with Attempt(self._timeout_s, Resolver(allow_private=True)):
            try:
                status, body = self._asked(request_form(url))
            except Exception as error:  # servers send anything
                fault, detail = fault_of(error)
                raise Unanswered(detail or str(fault)) from None
        if len(body) > MOST_BYTES:
            raise Unanswered("the answer is too long")
        return status, body

    def _asked(self, form: str) -> Answer:
        origin = Origin(
            origin_of(form),
            proxy=self._environment.proxy(form),
            headers=self._headers,
            context=self._context,
            kept=0,
        )
        connection = origin.connect()
        with connection.ask(origin.request(form, None)) as answer:
            return answer.status, answer.read(MOST_BYTES + 1)
