"""Dates as people write them, each a stretch of time in local time: "last week of April 2021".

Only dates that are fixed: "yesterday" would make a saved search find something else tomorrow.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

Period = tuple[datetime, datetime | None]
"""From the first moment to the first one after it, None where time ends; no time zone."""


class DateError(ValueError):
    """One sentence: why this is not a date."""


class _UnreadError(DateError):
    """No date at all, while another `DateError` says what is wrong with one."""


_MONTHS = {name.lower(): at for at, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: at for name, at in list(_MONTHS.items())} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = [name.lower() for name in calendar.day_name]
_WEEKDAY = "|".join([*_DAYS, *(day[:3] for day in _DAYS)])
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4, "last": 0}
_ORDINAL = "|".join(_NTH)


def period(text: str) -> Period:
    """The stretch of time that a date means. Raises DateError."""
    plain = _plain(text)
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(plain):
            return read(found)
    if re.search(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", plain):
        raise DateError(f"{text} is one day to some and another to others: write it as 2021-04-30.")
    if re.search(r"[a-z]", plain) and not re.search(r"\d{4}|\d0s", plain):
        raise _UnreadError(
            f"{text!r} is not a fixed date: name the year, and put several words in quotation"
            ' marks, as in date:"last week of April 2021".'
        )
    raise _UnreadError(f"{text!r} cannot be read as a date; 2021-04-30 always can.")


def stretch(text: str) -> tuple[datetime | None, datetime | None]:
    """Like `period`, and also "from A to B", "since A", "before B". Raises DateError."""
    plain = _plain(text)
    if found := _FROM_TO.fullmatch(plain):
        return _from_to(found[1], found[2])
    if found := _ONE_SIDE.fullmatch(plain):
        low, high = period(found[2])
        sides: dict[str, tuple[datetime | None, datetime | None]]
        sides = {"since": (low, None), "from": (low, None), "after": (high, None)}
        sides |= {"before": (None, low), "until": (None, high), "till": (None, high)}
        return sides[found[1]]
    return period(text)


_FROM_TO = re.compile(r"(?:from |between )?(.+?) (?:to|until|till|and|-|–) (.+)")
_ONE_SIDE = re.compile(r"(since|from|after|before|until|till) (.+)")


def _from_to(first: str, last: str) -> Period:
    """What the first date leaves out is taken from the second: "April to June 2021"."""
    end, words = period(last), last.split()
    start: Period | None = None
    for borrowed in range(min(3, len(words))):
        try:
            start = period(" ".join([first, *words[len(words) - borrowed :]]))
            break
        except _UnreadError:
            continue
    if start is None:
        raise _UnreadError(f"{first!r} cannot be read as a date; 2021-04-30 always can.")
    if end[1] is not None and start[0] >= end[1]:
        raise DateError("The second date lies before the first: change them round.")
    return start[0], end[1]


def _plain(text: str) -> str:
    plain = re.sub(r"[,\s]+", " ", text.casefold()).strip()
    plain = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", plain)
    plain = re.sub(r"\b(?:the|of|in) ", "", plain)
    return re.sub(rf"\b({_MONTH})\.", r"\1", plain)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _days(first: date, count: int) -> Period:
    try:
        return _midnight(first), _midnight(first + timedelta(days=count))
    except OverflowError:
        return _midnight(first), None


def _year_of(text: str) -> int:
    if int(text) < 1:
        raise DateError("There is no year 0; write a year as 2021.")
    return int(text)


def _year(year: int) -> Period:
    return _days(date(year, 1, 1), 365 + calendar.isleap(year))


def _month(year: int, month: int, months: int = 1) -> Period:
    if not 1 <= month <= 12:
        raise DateError(f"There is no month {month}, months go from 1 to 12.")
    last = year * 12 + month - 1 + months
    if last // 12 > date.max.year:
        return _midnight(date(year, month, 1)), None
    return _midnight(date(year, month, 1)), _midnight(date(last // 12, last % 12 + 1, 1))


def _day(year: int, month: int, day: int) -> Period:
    _month(year, month)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        name = calendar.month_name[month]
        raise DateError(f"There is no {day} {name} {year}, that month has {days} days.")
    return _days(date(year, month, day), 1)


def _iso(found: re.Match[str]) -> Period:
    year = _year_of(found["y"])
    if not found["m"]:
        return _year(year)
    if not found["d"]:
        return _month(year, int(found["m"]))
    whole = _day(year, int(found["m"]), int(found["d"]))
    if not found["h"]:
        return whole
    hour, minute, second = (int(found[part] or 0) for part in ("h", "n", "s"))
    if hour > 23 or minute > 59 or second > 59:
        raise DateError("There is no such time of day, hours go to 23 and minutes to 59.")
    start = whole[0] + timedelta(hours=hour, minutes=minute, seconds=second)
    try:
        return start, start + timedelta(seconds=1 if found["s"] else 60)
    except OverflowError:
        return start, None


def _named(found: re.Match[str]) -> Period:
    """`april 2021`, `30 april 2021`, perhaps with its day of the week."""
    year, month = _year_of(found["y"]), _MONTHS[found["m"]]
    parts = found.groupdict()
    if not parts.get("d"):
        return _month(year, month)
    whole = _day(year, month, int(found["d"]))
    named, right = parts.get("w"), _DAYS[whole[0].weekday()]
    if named and not right.startswith(named):
        raise DateError(
            f"{found['d']} {calendar.month_name[month]} {year} was a {right.capitalize()}, not a"
            f" {next(day for day in _DAYS if day.startswith(named)).capitalize()}."
        )
    return whole


def _season(found: re.Match[str]) -> Period:
    """Whole months: spring from March, summer from June, autumn from September, winter December."""
    return _month(_year_of(found["y"]), _SEASONS[found["s"]], 3)


def _quarter(found: re.Match[str]) -> Period:
    quarter = _NTH[next(filter(None, (found["a"], found["b"], found["c"])))]
    quarter = quarter or 4
    year = _year_of(next(filter(None, (found["x"], found["y"], found["z"]))))
    return _month(year, quarter * 3 - 2, 3)


def _iso_week(found: re.Match[str]) -> Period:
    year, week = (int(part) for part in (found["y"] or found["z"], found["w"] or found["v"]))
    try:
        return _days(date.fromisocalendar(_year_of(str(year)), week, 1), 7)
    except ValueError:
        raise DateError(f"There is no week {week} in {year}, the last is 52 or 53.") from None


def _decade(found: re.Match[str]) -> Period:
    return _month(_year_of(found[1]), 1, 120)


def _of(found: re.Match[str]) -> tuple[datetime, datetime]:
    """The stretch that a part is taken of."""
    low, high = period(found["of"])
    if high is None:
        raise DateError("Time ends there; name an earlier date.")
    return low, high


def _third(found: re.Match[str]) -> Period:
    """`early`, `mid` and `late`: of a month days 1–10, 11–20 and the rest, of a year 4 months."""
    low, high = _of(found)
    part = ("early", "mid", "late").index(found[1])
    if high - low > timedelta(days=31):
        return _month(low.year, low.month + 4 * part, 4)
    start = low + timedelta(days=10 * part)
    return start, high if part == 2 else start + timedelta(days=10)


def _half(found: re.Match[str]) -> Period:
    """Of a year six months; of a month days 1–15 and the rest."""
    low, high = _of(found)
    middle = _month(low.year, 7)[0] if high - low > timedelta(days=31) else low + timedelta(days=15)
    return (low, middle) if found[1] in ("first", "1") else (middle, high)


def _some(found: re.Match[str]) -> Period:
    """`second week`: days 8–14. `last week`: the last seven days. `first 10 days`."""
    low, high = _of(found)
    count = int(found["n"] or 1) * (7 if found["unit"].startswith("week") else 1)
    which = _NTH[found["nth"]]
    start = high - timedelta(days=count)
    if which:
        start = low + timedelta(days=count * (which - 1))
    if start < low or start + timedelta(days=count) > high:
        raise DateError(f"{found['of'].title()} does not have as many days.")
    return start, start + timedelta(days=count)


def _week_of(found: re.Match[str]) -> Period:
    """Monday to Sunday around a day."""
    low, high = _of(found)
    if high - low > timedelta(days=1):
        raise DateError("Which week? Write “first week of April 2021” or “week of 2021-04-26”.")
    return _days((low - timedelta(days=low.weekday())).date(), 7)


_Y = r"(?P<y>\d{4})"
_LONG = rf"(?P<of>(?:(?:{_MONTH}) )?\d{{4}}|\d{{4}}-\d\d)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (
            rf"{_Y}(?:-(?P<m>\d{{1,2}})(?:-(?P<d>\d{{1,2}})"
            r"(?:[t ](?P<h>\d{1,2}):(?P<n>\d\d)(?::(?P<s>\d\d))?)?)?)?",
            _iso,
        ),
        (rf"(?:(?P<w>{_WEEKDAY}) )?(?P<d>\d{{1,2}}) (?P<m>{_MONTH}) {_Y}", _named),
        (rf"(?:(?P<w>{_WEEKDAY}) )?(?P<m>{_MONTH}) (?P<d>\d{{1,2}}) {_Y}", _named),
        (rf"(?P<m>{_MONTH}) {_Y}", _named),
        (rf"(?P<s>{'|'.join(_SEASONS)}) {_Y}(?:/\d{{2,4}})?", _season),
        (
            rf"(?:q(?P<a>[1-4]) {_Y}|(?P<z>\d{{4}})[- ]?q(?P<b>[1-4])"
            rf"|(?P<c>{_ORDINAL}) quarter (?P<x>\d{{4}}))",
            _quarter,
        ),
        (r"(?P<y>\d{4})-?w(?P<w>\d{1,2})|week (?P<v>\d{1,2}) (?P<z>\d{4})", _iso_week),
        (r"(\d{3}0)s", _decade),
        (rf"(early|mid|late)[- ]{_LONG}", _third),
        (rf"(first|second|1|2) half {_LONG}", _half),
        (rf"(?P<nth>{_ORDINAL})(?: (?P<n>\d{{1,3}}))? (?P<unit>weeks?|days?) {_LONG}", _some),
        (r"week (?P<of>.+)", _week_of),
    )
)
