"""Periods by which works are counted: short ones where a list has many works, long elsewhere.

They are decades, halves of decades or years, so that one more work rarely makes others of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

NO_YEAR = "no year"
FEW = 1 / 20
"""Share of the works below which the earliest decades are told as one period."""
MANY = 1 / 5
"""Share of the works above which a decade is told by its halves, and a half by its years."""


def periods(years: Iterable[int | None]) -> Mapping[int | None, str]:
    """Return the period of each year of a list, in words.

    Args:
        years: one for each work; None where it is not known.
    """
    known = Counter(year for year in years if year is not None)
    named: dict[int | None, str] = {None: NO_YEAR}
    if not known:
        return named
    begin = min(known) // 10 * 10
    while sum(count for year, count in known.items() if year < begin + 10) < FEW * known.total():
        begin += 10
    named |= {year: f"up to {begin - 1}" for year in known if year < begin}
    for decade in range(begin, max(known) + 1, 10):
        named |= dict(_split(known, decade, 10))
    return named


def _split(known: Counter[int], first: int, length: int) -> Iterator[tuple[int, str]]:
    """Yield the years of a stretch that have works, each with its period in words."""
    within = [year for year in range(first, first + length) if known[year]]
    if length > 1 and sum(known[year] for year in within) > MANY * known.total():
        part = {10: 5, 5: 1}[length]
        for begin in range(first, first + length, part):
            yield from _split(known, begin, part)
    else:
        words = {10: f"{first}s", 5: f"{first}-{first + 4}", 1: str(first)}[length]
        yield from ((year, words) for year in within)
