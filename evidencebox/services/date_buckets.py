"""Years, months or days: what a histogram of dates is cut into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

DAYS, MONTHS = 92, 60
"""Up to so many days are shown day by day, up to so many months month by month, else years."""


def buckets(first: int, last: int, zone: tzinfo = UTC) -> list[str]:
    """From the bucket of `first` to that of `last` (seconds since 1970 UTC), as `date:` takes them.

    Days are those of `zone`.

    None is left out in between: a gap in a leak is worth seeing.
    """
    low, high = _day(first, zone), _day(last, zone)
    if (high - low).days < DAYS:
        return [(low + timedelta(n)).isoformat() for n in range((high - low).days + 1)]
    if 12 * (high.year - low.year) + high.month - low.month < MONTHS:
        return list(_months(low, high))
    return [f"{year:04}" for year in range(low.year, high.year + 1)]


def _months(low: date, high: date) -> Iterator[str]:
    year, month = low.year, low.month
    while (year, month) <= (high.year, high.month):
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _day(seconds: int, zone: tzinfo) -> date:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    try:
        return moment.astimezone(zone).date()
    except OverflowError:  # the first or the last day that there is
        return moment.date()
