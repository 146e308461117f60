"""What kinds of values are there, which names do rows and lines have, and how large may each grow?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from math import ceil

from ..values.exact import INTEGER_LIMIT, MOST_DECIMALS
from ..values.units import COLUMNS, DATE, DAYS, MONEY, RATIO, Unit, unit_word

WIDEST = 2**127 - 1
"""The widest integer that executors of many need (Int128). Larger intermediates are refused for every executor."""


@dataclass(frozen=True, slots=True)
class NumberType:
    """A number of a unit (None: a bare 0, which fits every unit), and how large n and d of its quotient may grow.

    `common` is the denominator all values of it share, as `values.Number.common` has it.
    """

    unit: Unit | None
    n: int
    d: int
    common: int | None = None
    share: bool = False
    """In % or ‰, which no bare number meets."""
    bare: bool = False
    """Written without a unit, other than 0."""


@dataclass(frozen=True, slots=True)
class TruthType:
    """Yes, no, unknown."""


@dataclass(frozen=True, slots=True)
class TextType:
    """A text field."""


Type = NumberType | TruthType | TextType
TRUTH, TEXT = TruthType(), TextType()


class Role(Enum):
    """What a name stands for; later roles read earlier ones."""

    FIGURE = "figure"
    FIELD = "field"
    MEASURE = "measure"
    FLAG = "flag"
    POINTS = "points"
    FINDING = "finding"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name that expressions may use."""

    type: Type
    role: Role
    per_row: bool = False


def figure_type(
    unit: Unit, digits: int = MOST_DECIMALS, largest: Fraction = Fraction(INTEGER_LIMIT), share: bool = False
) -> NumberType:
    """A filed number of this unit, at so many decimals and no larger; a column holds it over 10 to the `digits`."""
    scale: int = 10**digits
    return NumberType(unit, ceil(largest * scale), scale, scale, share)


DAY = NumberType(DATE, 10**7, 1, 1)
"""A filed date; the days between two of them are no more."""


def rounded_type(exact: NumberType, digits: int) -> NumberType:
    """`exact`, rounded at so many decimals."""
    scale: int = 10**digits
    return NumberType(exact.unit, exact.n * scale, scale, scale, exact.share)


_ROW_UNIT = Unit((("行", 1),))
"""The unit of a row's target and actual: each row has its own, so they meet only each other."""
SPENDING = {
    name: Symbol(figure_type(unit_word(word).unit, share=unit_word(word).share), Role.FIGURE)
    for name, word in COLUMNS.items()
}
_FILED = figure_type(RATIO)
ATTAINMENT = NumberType(RATIO, _FILED.n, _FILED.n, share=True)
"""Actual over target, exact."""
POINTS = NumberType(RATIO, 10**27, 10**6, None)
"""Points, earned or full."""
_TOLD = (
    *("met", "copied", "worded", "qualitative", "derived", "packed", "explained", "confirmed", "core"),
    *("blank", "unverifiable", "money", "percent", "target_is_weight", "repeated", "outside_year", "adjusted"),
    *("not_started", "judged", "signed", "applies", "dated"),
)
_KINDS: dict[str, Type] = {
    **dict.fromkeys(["name", "level", "kind", "direction"], TEXT),
    **dict.fromkeys(["target", "initial_target", "actual"], figure_type(_ROW_UNIT)),
    "attainment": ATTAINMENT,
    **dict.fromkeys(["weight", "filed"], _FILED),
    "stated_rate": figure_type(RATIO, share=True),
    "delay": replace(DAY, unit=DAYS),
    **dict.fromkeys(["score", "full_score"], POINTS),
    **dict.fromkeys(["filed_agrees", "equal_share", *_TOLD], TRUTH),
}
_AFTER_POINTS = ("score", "full_score", "filed_agrees", "equal_share")
INDICATORS = {
    name: Symbol(kind, Role.POINTS if name in _AFTER_POINTS else Role.FIELD, True) for name, kind in _KINDS.items()
}
Tables = Mapping[str, Mapping[str, Symbol]]
TABLES: Tables = {
    "spending": SPENDING,
    "payments": {"cumulative": Symbol(figure_type(MONEY), Role.FIGURE)},
    "indicators": INDICATORS,
    **{table: {} for table in ("statements", "stated", "points", "full")},
}
"""The fields of each table; a rule set may round some and add others (`planning.figures`)."""
