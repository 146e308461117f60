"""Which units may meet in one formula, and what is a unit word worth?

A unit is a product of base words with exponents (`元/人` is 元¹·人⁻¹); a ratio has none. Words that name the
same thing at another scale (万元, %) carry that scale. Any word not listed is a base of its own (台, 件, 户).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

_PERCENT = dict.fromkeys(["%", "百分点", "个百分点", "百分比"], Fraction(1, 100))
_WORTH: dict[str, dict[str, Fraction | int]] = {
    "元": {"元": 1, "千元": 10**3, "万元": 10**4, "亿元": 10**8},
    "": {"": 1, **_PERCENT, "‰": Fraction(1, 1000)},
    "人": {"人": 1, "名": 1},
    "天": {"天": 1, "日": 1},
    "工作日": {"工作日": 1, "个工作日": 1},
    "月": {"个月": 1, "月": 1},
    "日期": {"date": 1},
    "平方米": {"㎡": 1, "m²": 1, "平米": 1},
}
"""What is one of each word worth in its base word?"""
_SCALED = {word: (base, Fraction(worth)) for base, words in _WORTH.items() for word, worth in words.items()}
_MANY = {"万": Fraction(10**4), "亿": Fraction(10**8)}
"""Counted in ten thousands or hundred millions of what follows: 万人次, 亿立方米."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A dimension: base words with their exponents, sorted; empty for a ratio or a plain number."""

    bases: tuple[tuple[str, int], ...] = ()

    def __mul__(self, other: Unit) -> Unit:
        exponents = dict(self.bases)
        for base, exponent in other.bases:
            exponents[base] = exponents.get(base, 0) + exponent
        return Unit(tuple(sorted((b, e) for b, e in exponents.items() if e)))

    def __truediv__(self, other: Unit) -> Unit:
        return self * Unit(tuple((b, -e) for b, e in other.bases))

    def __str__(self) -> str:
        over = "·".join(b if e == 1 else f"{b}^{e}" for b, e in self.bases if e > 0)
        under = "·".join(b if e == -1 else f"{b}^{-e}" for b, e in self.bases if e < 0)
        if under:
            return f"{over or '1'}/{under}"
        return over


RATIO = Unit()
MONEY = Unit((("元", 1),))
DATE_WORD = "date"
"""The unit word of a figure that is a day."""
DATE = Unit((("日期", 1),))
"""A day of the calendar, by its ordinal. Dates meet only dates, and nothing is calculated with them."""
DAYS, WORKDAYS = Unit((("天", 1),)), Unit((("工作日", 1),))
MONTHS, YEARS = Unit((("月", 1),)), Unit((("年", 1),))
COLUMNS = {"initial": "元", "budget": "元", "actual": "元", "rate": "%", "weight": "", "filed": ""}
"""The columns of the fund table, each with the unit word of a bare number (money: as the submission says)."""


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A unit as somebody wrote it: the word, its dimension, and what one of it is worth in base units."""

    word: str
    unit: Unit
    scale: Fraction

    @property
    def relative(self) -> bool:
        """A rate (%, ‰), not an amount."""
        return bool(self.word) and self.unit == RATIO

    @property
    def share(self) -> bool:
        """% or ‰: a number without the sign would mean something else."""
        return self.unit == RATIO and self.scale < 1


@lru_cache(maxsize=1024)
def unit_word(word: str) -> UnitWord:
    """Read a unit word; `a/b` is a quotient. Full-width ％ reads as %."""
    word = word.replace("％", "%").strip()
    parts = [_base(part.strip()) for part in word.split("/")]
    unit, scale = RATIO, Fraction(1)
    for place, (base, worth) in enumerate(parts):
        one = Unit(((base, 1),)) if base else RATIO
        unit, scale = (unit * one, scale * worth) if place == 0 else (unit / one, scale / worth)
    return UnitWord(word, unit, scale)


def _base(word: str) -> tuple[str, Fraction]:
    """The base word of a simple unit word, and what one of it is worth."""
    if word in _SCALED:
        return _SCALED[word]
    if word[:1] in _MANY and word[1:]:
        base, worth = _base(word[1:])
        return base, worth * _MANY[word[0]]
    return word, Fraction(1)
