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
"""The widest integer of the columnar executor (Int128). Larger intermediates are refused for every executor."""


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
_PAYMENTS = {"cumulative": Symbol(figure_type(MONEY), Role.FIGURE)}
_FILED = figure_type(RATIO)
ATTAINMENT = NumberType(RATIO, _FILED.n, _FILED.n, share=True)
"""Actual over target, exact."""
POINTS = NumberType(RATIO, 10**27, 10**6, None)
"""Points, earned or full."""
INDICATORS: dict[str, Symbol] = {
    "name": Symbol(TEXT, Role.FIELD, True),
    "level": Symbol(TEXT, Role.FIELD, True),
    "kind": Symbol(TEXT, Role.FIELD, True),
    "direction": Symbol(TEXT, Role.FIELD, True),
    **{name: Symbol(figure_type(_ROW_UNIT), Role.FIELD, True) for name in ("target", "initial_target", "actual")},
    "attainment": Symbol(ATTAINMENT, Role.FIELD, True),
    "weight": Symbol(_FILED, Role.FIELD, True),
    "filed": Symbol(_FILED, Role.FIELD, True),
    "stated_rate": Symbol(figure_type(RATIO, share=True), Role.FIELD, True),
    "delay": Symbol(replace(DAY, unit=DAYS), Role.FIELD, True),
    "score": Symbol(POINTS, Role.POINTS, True),
    "full_score": Symbol(POINTS, Role.POINTS, True),
    "filed_agrees": Symbol(TRUTH, Role.POINTS, True),
    "equal_share": Symbol(TRUTH, Role.POINTS, True),
    **{
        name: Symbol(TRUTH, Role.FIELD, True)
        for name in (
            *("met", "copied", "worded", "qualitative", "derived", "packed", "explained", "confirmed", "core"),
            *("blank", "unverifiable", "money", "percent", "target_is_weight", "repeated", "outside_year", "adjusted"),
            *("not_started", "judged", "signed", "applies"),
            "dated",
        )
    },
}
Tables = Mapping[str, Mapping[str, Symbol]]
TABLES: Tables = {
    "spending": SPENDING,
    "payments": _PAYMENTS,
    "indicators": INDICATORS,
    "statements": {},
    "stated": {},
    "points": {},
    "full": {},
}
"""The fields of each table; a rule set may round some and add others (`planning.figures`)."""
