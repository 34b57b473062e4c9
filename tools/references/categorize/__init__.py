"""Kind and topics of a link, read from its title and address alone, for links never seen.

The rules are data, in ``rules/``: what stands at a place (``places.toml``), what words tell the
kind (``kinds.toml``) and the topic (``topics.toml``), what proper names stand for (``names.toml``),
what the shape of an address tells (``traits.toml``), what little words do to those beside them
(``grammar.toml``), and how all of it is weighed (``weights.toml``). Each file says at its top how
to add a rule, and beside the rules stands how hard cases are decided.

The modules are mechanism: ``rules`` reads and checks the files, ``engine`` gathers the evidence and
``evidence`` adds it up. ``python -m tools.references.categorize.accuracy FILE`` tells how often the
rules are right on labelled links.
"""

from .engine import Category, categorize

__all__ = ["Category", "categorize"]
