"""Days, weeks, months and years: how finely a picture over time is drawn."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "year"]

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")

# A picture has up to about fifty columns, as a telephone has no room for more.
_LONGEST: tuple[tuple[Unit, int], ...] = (("day", 45), ("week", 350), ("month", 1500))


def day(text: str) -> date | None:
    """Return the day with which a text begins; None if that is no ISO date.

    Other ways to write a date are not guessed at: 03/04 is in March or in April.

    >>> day("2026-03-04T10:00Z")
    datetime.date(2026, 3, 4)
    """
    match = _DATE.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def unit(first: date, last: date) -> Unit:
    """Return how finely the time between two days is drawn."""
    length = (last - first).days
    return next((name for name, longest in _LONGEST if length <= longest), "year")


def begin(of: date, by: Unit) -> date:
    """Return the first day of the period that a day is in; weeks begin on Monday."""
    if by == "week":
        # The first days of the first year there is have no Monday before them.
        return of - timedelta(min(of.weekday(), of.toordinal() - 1))
    if by == "month":
        return of.replace(day=1)
    return of.replace(month=1, day=1) if by == "year" else of


def between(first: date, last: date, by: Unit) -> Iterator[date]:
    """Yield the first day of each period from one to another, both included."""
    if by in ("day", "week"):
        step = 7 if by == "week" else 1
        yield from (first + timedelta(n) for n in range(0, (last - first).days + 1, step))
        return
    step = 12 if by == "year" else 1
    for month in range(first.year * 12 + first.month, last.year * 12 + last.month + 1, step):
        yield date((month - 1) // 12, (month - 1) % 12 + 1, 1)


def name(first: date, by: Unit) -> str:
    """Return what a period is called.

    >>> name(date(2026, 3, 1), "month")
    '2026-03'
    """
    return first.isoformat()[: {"month": 7, "year": 4}.get(by, 10)]
