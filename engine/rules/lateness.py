"""How late is what had to be done by a day, and what does each step of the delay cost?

In days and working days the delay is counted from the due day; in months and years it is the difference of calendar
months or years, so within the month that was due nothing is late by a month.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ..methods import Method, Steps
from ..values.amounts import Amount
from ..values.dates import Days
from ..values.units import DAYS, MONTHS, WORKDAYS, YEARS, Unit
from ..values.workdays import calendar
from .policy import Policy
from .rows import Delay


def _months(day: int) -> int:
    return date.fromordinal(day).year * 12 + date.fromordinal(day).month


_COUNTED: Mapping[Unit, Callable[[int], int | None]] = {
    DAYS: lambda day: day,
    WORKDAYS: lambda day: calendar().at(day),
    MONTHS: _months,
    YEARS: lambda day: date.fromordinal(day).year,
}
"""Up to a day, how many of a unit there are; None where the calendar does not reach."""
LAGS = tuple(_COUNTED)
"""The units in which a delay may be counted."""


def delay(unit: Unit, due: int, done: int) -> int | None:
    """How late it is on the day `done`; 0 up to the day `due`. None where that can't be known."""
    if done <= due:
        return 0
    start, end = _COUNTED[unit](due), _COUNTED[unit](done)
    return None if start is None or end is None else end - start


@dataclass(frozen=True, slots=True)
class Late:
    """A delay that `method` takes points off for, in its unit: at least and at most, as the days meant leave it open.

    A delay of 0 working days, months or years may still be one of days; `on_time` says that there is none.
    """

    method: Steps
    least: int | None
    most: int | None
    on_time: bool


def lags(unit: Unit, due: Days, done: Days, before: str) -> tuple[int | None, int | None]:
    """The delay at least and at most, as the days meant leave it open. Where nobody named what “9月前” means (`before`
    is empty), it may mean both.
    """
    first, last = _due(due, before)
    return delay(unit, last, done.first), delay(unit, first, done.last)


def late(method: Steps, due: Days, done: Days, before: str) -> Late:
    """The delay of a row as `method` counts it."""
    least, most = lags(method.step.unit, due, done, before)
    return Late(method, least, most, done.last <= _due(due, before)[0])


def _due(due: Days, before: str) -> tuple[int, int]:
    """The day due, the earliest and the latest that may be meant."""
    return due.due(before or "exclusive"), due.due(before or "inclusive")


def counts_delay(method: Method | None) -> bool:
    """Does the method take points off for a delay?"""
    return isinstance(method, Steps) and method.side == "above" and method.step.unit in LAGS


def steps(rule: Delay, policy: Policy) -> Steps:
    """The method by which a rule set's steps of delay are scored."""
    on_time = Amount(Fraction(0), rule.each.unit, rule.each.word)
    return Steps(
        method="steps",
        from_=on_time,
        side="above",
        step=rule.each,
        base="points",
        deduct=rule.deduct,
        partial_step=rule.partial_step or policy.partial_step,
    )
