"""Is a filed date read as the days it means, and nothing else read as a date?"""

from __future__ import annotations

from datetime import date

import pytest

from engine.values.dates import read_date, read_day
from engine.values.workdays import calendar


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023年12月", "2023-12-01", "2023-12-31"),
        ("2023.12", "2023-12-01", "2023-12-31"),
        ("2023-12-31", "2023-12-31", "2023-12-31"),
        ("2023/6/5", "2023-06-05", "2023-06-05"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("7月", "2023-07-01", "2023-07-31"),
        ("9月前", "2023-09-01", "2023-09-30"),
        ("12月底前完成", "2023-12-31", "2023-12-31"),
        ("６月３０日前", "2023-06-30", "2023-06-30"),
        ("2021年底", "2021-12-31", "2021-12-31"),
        ("2021年", "2021-01-01", "2021-12-31"),
    ],
)
def test_the_days_meant(text: str, first: str, last: str) -> None:
    found = read_date(text, 2023)
    assert found is not None
    assert (date.fromordinal(found.first).isoformat(), date.fromordinal(found.last).isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["12", "3.5", "100", "2023", "20", "有效", "", "2023年2月30日", "13月", "按时限完成", "15年"]
)
def test_no_date(text: str) -> None:
    assert read_date(text, 2023) is None


def test_before_a_month_ends_before_it_or_with_it_as_the_rule_set_names_it() -> None:
    found = read_date("9月前", 2023)
    assert found is not None
    assert date.fromordinal(found.due("exclusive")) == date(2023, 8, 31)
    assert date.fromordinal(found.due("inclusive")) == date(2023, 9, 30)


@pytest.mark.parametrize(
    "text",
    ["2023年6月5日", "2023-06-05", "2023/6/5", "2023.6.5", "20230605", "２０２３年６月５日", "2023 年 6 月 5 日"],
)
def test_one_day_in_many_hands(text: str) -> None:
    assert read_day(text) == date(2023, 6, 5).toordinal()


def test_the_end_of_a_month_is_a_day() -> None:
    assert read_day("2024年2月底") == date(2024, 2, 29).toordinal()


@pytest.mark.parametrize(
    "text",
    ["6月5日", "2023年6月", "2023年", "2023年6月5日前", "20230631", "2023-02-30", "45082", "202306051", "尚未报送", ""],
)
def test_what_names_no_single_day(text: str) -> None:
    assert read_day(text) is None


def test_working_days_are_counted_from_the_calendars_first_day_to_its_last() -> None:
    days = calendar()
    first, last = date(2004, 1, 1).toordinal(), date(days.years[1], 12, 31).toordinal()
    assert (days.first, days.years[0]) == (first, 2004)
    assert (days.at(first - 1), days.at(first), days.at(first + 1)) == (None, 0, 1)  # New Year's Day, then a Friday
    assert (days.at(last) is None, days.at(last + 1)) == (False, None)
