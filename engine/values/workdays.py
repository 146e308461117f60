"""Which days are working days in China? By the State Council's holidays, and the weekends worked for them (调休).

The days come from `chinesecalendar`, which is imported only when a working day is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate

_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The working days of whole years. `counted[i]` are those from the first day to i days after it, both included;
    `first` is the ordinal of the first day.
    """

    first: int
    counted: Sequence[int]

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        last = self.first + len(self.counted) - 1
        return date.fromordinal(self.first).year, date.fromordinal(last).year

    def at(self, day: int) -> int | None:
        """How many working days there are up to this one; None outside the years."""
        index = day - self.first
        return self.counted[index] if 0 <= index < len(self.counted) else None


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The calendar, made once."""
    from chinese_calendar.constants import holidays, workdays

    first, last = date(min(holidays).year, 1, 1).toordinal(), date(max(holidays).year, 12, 31).toordinal()
    days = (date.fromordinal(day) for day in range(first, last + 1))
    worked = (day in workdays or (day.weekday() < _SATURDAY and day not in holidays) for day in days)
    return Calendar(first, tuple(accumulate(map(int, worked))))
