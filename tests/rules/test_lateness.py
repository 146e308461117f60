"""Is a delay counted from the day due, in each unit, and is it open where the dates leave it open?"""

from __future__ import annotations

from datetime import date

import pytest

from engine.rules.lateness import LAGS, delay, lags
from engine.values.dates import read_date
from engine.values.units import DAYS, MONTHS, WORKDAYS, YEARS, Unit


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("unit", "due", "done", "late"),
    [
        (DAYS, "2023-06-30", "2023-06-30", 0),
        (DAYS, "2023-06-30", "2023-07-01", 1),
        (DAYS, "2024-02-28", "2024-03-01", 2),  # a leap year
        (WORKDAYS, "2023-09-28", "2023-10-06", 0),  # 中秋 and 国庆
        (WORKDAYS, "2023-09-28", "2023-10-07", 1),  # a Saturday that was worked
        (WORKDAYS, "2023-09-28", "2023-10-08", 2),  # and the Sunday
        (WORKDAYS, "2023-10-13", "2023-10-15", 0),  # a weekend like any other
        (WORKDAYS, "2023-12-29", "2024-01-02", 1),  # New Year's Day was a Monday
        (MONTHS, "2023-10-31", "2023-11-01", 1),
        (MONTHS, "2023-10-01", "2023-10-31", 0),
        (MONTHS, "2023-12-15", "2024-02-01", 2),
        (YEARS, "2022-12-31", "2023-01-01", 1),
        (YEARS, "2022-01-01", "2022-12-31", 0),
    ],
)
def test_a_delay_is_counted_from_the_day_due(unit: Unit, due: str, done: str, late: int) -> None:
    assert delay(unit, day(due), day(done)) == late


@pytest.mark.parametrize("unit", LAGS)
def test_what_is_early_is_not_late(unit: Unit) -> None:
    assert delay(unit, day("2023-06-30"), day("2022-05-01")) == 0


def test_working_days_beyond_the_calendar_are_unknown_and_other_days_are_not() -> None:
    assert delay(WORKDAYS, day("2098-06-30"), day("2098-07-01")) is None
    assert delay(WORKDAYS, day("2098-06-30"), day("2098-06-30")) == 0
    assert delay(DAYS, day("2098-06-30"), day("2098-07-01")) == 1


@pytest.mark.parametrize(
    ("before", "bounds"),
    [("exclusive", (1, 30)), ("inclusive", (0, 0)), ("", (0, 30))],
)
def test_a_span_is_late_between_its_first_day_and_its_last(before: str, bounds: tuple[int, int]) -> None:
    due, done = read_date("2023年9月前", 2023), read_date("2023年9月", 2023)
    assert due is not None and done is not None
    assert lags(DAYS, due, done, before) == bounds
