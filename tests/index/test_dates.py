"""Dates as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.index.dates import DateError, period, stretch
from evidencebox.index.language import parse
from evidencebox.index.plan import Between


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2021", "2021-01-01", "2022-01-01"),
        ("2021-04", "2021-04-01", "2021-05-01"),
        ("2020-02-29", "2020-02-29", "2020-03-01"),
        ("2021-04-30 14:05", "2021-04-30T14:05", "2021-04-30T14:06"),
        ("2021-04-30T23:59:59", "2021-04-30T23:59:59", "2021-05-01"),
        ("April 2021", "2021-04-01", "2021-05-01"),
        ("Sept. 2021", "2021-09-01", "2021-10-01"),
        ("30th of April, 2021", "2021-04-30", "2021-05-01"),
        ("Friday, April 30 2021", "2021-04-30", "2021-05-01"),
        ("last week of April 2021", "2021-04-24", "2021-05-01"),
        ("second week of April 2021", "2021-04-08", "2021-04-15"),
        ("week of April 28, 2021", "2021-04-26", "2021-05-03"),
        ("2020-W53", "2020-12-28", "2021-01-04"),
        ("first 10 days of April 2021", "2021-04-01", "2021-04-11"),
        ("last day of February 2020", "2020-02-29", "2020-03-01"),
        ("spring 2020", "2020-03-01", "2020-06-01"),
        ("winter 2020/21", "2020-12-01", "2021-03-01"),
        ("Q4 2021", "2021-10-01", "2022-01-01"),
        ("last quarter of 2021", "2021-10-01", "2022-01-01"),
        ("first half of 2021", "2021-01-01", "2021-07-01"),
        ("second half of April 2021", "2021-04-16", "2021-05-01"),
        ("mid-April 2021", "2021-04-11", "2021-04-21"),
        ("late 2021", "2021-09-01", "2022-01-01"),
        ("the 1990s", "1990-01-01", "2000-01-01"),
        ("from April to June 2021", "2021-04-01", "2021-07-01"),
        ("1 to 5 April 2021", "2021-04-01", "2021-04-06"),
        ("between 2019 and 2021", "2019-01-01", "2022-01-01"),
        ("since May 2020", "2020-05-01", None),
        ("after May 2020", "2020-06-01", None),
        ("before 2020", None, "2020-01-01"),
        ("until 2020", None, "2021-01-01"),
        ("9999", "9999-01-01", None),
    ],
)
def test_a_date_is_a_stretch_of_time(text: str, first: str | None, after: str | None) -> None:
    expected = tuple(None if one is None else datetime.fromisoformat(one) for one in (first, after))
    assert stretch(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2021-02-30", "no 30 February 2021, that month has 28 days"),
        ("31 April 2021 to 3 May 2021", "no 31 April 2021"),
        ("2021-13", "no month 13"),
        ("0000", "no year 0"),
        ("2021-W54", "no week 54"),
        ("2021-04-30 24:00", "no such time"),
        ("Monday 30 April 2021", "was a Friday, not a Monday"),
        ("4/5/2021", "one day to some and another"),
        ("yesterday", "not a fixed date"),
        ("April", "name the year"),
        ("week of April 2021", "Which week"),
        ("fourth 10 days of April 2021", "not have as many days"),
        ("June 2021 to April 2021", "lies before the first"),
        ("soon 2021", "cannot be read"),
    ],
)
def test_what_is_no_date_is_a_sentence(text: str, says: str) -> None:
    with pytest.raises(DateError, match=says):
        stretch(text)


@given(st.dates())
def test_all_ways_to_write_a_day_mean_the_same(day: datetime) -> None:
    name = f"{datetime(2000, day.month, 1):%B}"
    written = [
        day.isoformat(),
        f"{day.day} {name} {day.year:04}",
        f"{name} {day.day}, {day.year:04}",
        f"{day:%A} {day.day} {name[:3]} {day.year:04}",
    ]
    assert len({period(text) for text in written}) == 1
    low, high = period(written[0])
    assert low.date() == day
    assert high is None or high - low == timedelta(days=1)


def test_dates_are_those_of_the_case() -> None:
    def bounds(text: str, zone: timezone | ZoneInfo) -> tuple[int | None, int | None]:
        node = parse(text, zone).node
        assert isinstance(node, Between)
        return node.low, node.high

    day = int(datetime(2021, 3, 14, tzinfo=UTC).timestamp())
    assert bounds("date:2021-03-14", UTC) == (day, day + 86_400)
    # New York: five hours behind in the morning, and that day has 23 hours.
    assert bounds("date:2021-03-14", ZoneInfo("America/New_York")) == (
        day + 5 * 3600,
        day + 28 * 3600,
    )
    for zone in (timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))):
        assert parse('date:"1 January 0001".."31 December 9999"', zone).words
