"""What an outcome shows, taken apart once for all who judge by it: addresses, hosts and words."""

from functools import cached_property

from ..fetch.page import Page
from ..outcome import Outcome
from .quirks import is_shortener
from .wording import fold, host_of, parts

NO_PAGE = Page()


class Evidence:
    """An outcome, the addresses on its way, and the folded words of its page, if it has one."""

    def __init__(self, outcome: Outcome) -> None:
        """Take apart what most questions are about."""
        self.outcome = outcome
        self.hops = outcome.hops
        self.hosts = [host_of(hop.url) for hop in outcome.hops]
        """That of each address on the way."""
        self.page = outcome.page
        self._shown = outcome.page or NO_PAGE
        self.titles = parts(self._shown.title)
        """The parts of the title."""
        self.headings = parts(self._shown.heading)
        self.title = " ".join(self.titles)
        self.heading = " ".join(self.headings)
        self.named = " ".join([*self.titles, *self.headings])
        self.labels = frozenset((self.title, self.heading, *self.titles, *self.headings))
        """Title and heading, whole and in parts."""

    @cached_property
    def text(self) -> str:
        """What the page says."""
        return fold(self._shown.text)

    @property
    def start(self) -> str:
        """The address of the link; there must have been an answer, here and below."""
        return self.hops[0].url

    @property
    def end(self) -> str:
        """Where redirects led."""
        return self.hops[-1].url

    @cached_property
    def meant(self) -> str:
        """The address of the page that the link stands for: a short one stands for the next."""
        return next((hop.url for hop in self.hops if not is_shortener(hop.url)), self.end)
