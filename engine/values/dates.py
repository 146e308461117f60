"""Which days does a filed date mean? Months and years are spans of days; “前”, “底” and “完成” are read with them.

`2023年12月`, `2023.12`, `2023-12-31`, `9月前`, `12月底前完成`, `6月30日前`, `2021年底`; a year left out is the
submission's own. Whether “9月前” ends before September or with it is a choice that the rule set names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .cells import unified

_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)(?:年度?|[.\-/]))?"
    r"(?:(?P<month>0?[1-9]|1[0-2])(?:月份?|(?=[.\-/]\d)|(?=$)))?"
    r"(?:[.\-/]?(?P<day>0?[1-9]|[12]\d|3[01])日?)?"
    r"(?P<end>底之?前|底|末)?(?P<before>以前|之前|前)?"
    r"(?:全部|及时|按时)*(?:完成|完工|竣工|办结|验收|到位|发放)?"
)

_DIGIT = re.compile("[0-9０-９]")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day meant, as ordinals; `before` says that the date was written as “…前”."""

    first: int
    last: int
    before: bool

    def due(self, before: str) -> int:
        """The last day that keeps this deadline: with `exclusive`, “9月前” ends on the last of August."""
        return self.first - 1 if self.before and before == "exclusive" else self.last


def read_day(text: str) -> int | None:
    """The one day, year and all, that a date means; None where it means several or none. “6月30日前” names no day: it
    may or may not include the 30th.
    """
    plain = unified(text).replace(" ", "")
    compact = _COMPACT.fullmatch(plain)
    found = read_date("-".join(compact.groups()) if compact else plain, None)
    return found.first if found is not None and found.first == found.last and not found.before else None


def read_date(text: str, year: int | None) -> Days | None:
    """The days of a date; None where the text is no date, no day of the calendar, or of no `year`."""
    match = _DATE.fullmatch(unified(text).replace(" ", "")) if _DIGIT.search(text) else None
    if not match or (year is None and not match["year"]):
        return None
    if not ((match["year"] and (match["month"] or "年" in text)) or "月" in text):
        return None  # a bare number is no date
    if match["day"] and not match["month"]:
        return None
    try:
        first, last = _span(int(match["year"] or year or 0), match["month"], match["day"])
    except ValueError:
        return None
    if match["end"]:
        first = last
    return Days(first.toordinal(), last.toordinal(), bool(match["before"]) and not match["end"])


def _span(year: int, month: str | None, day: str | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    number = int(month)
    if day is not None:
        one = date(year, number, int(day))
        return one, one
    following = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, 1), following - timedelta(days=1)
