"""How is a value, or are points, written for a reader, with as many digits as what is said of them needs?

A number is written at two decimals; where that would hide that it differs from a threshold, or where the equation it
stands in would not come out, with more. What was filed is written as filed. Points are written at the digits of the
rule set, low and high, and alone once they are settled.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypeAlias, TypedDict

from ..algebra.meaning import OneNumber, OneRange, fraction
from ..judging.rollup import Points, points_of
from ..methods.method import Fact, FactValue, Said
from ..rules.policy import Rounding
from ..values.exact import fixed, half_up, quotient, ratio_written, shown, trimmed, truncated, written
from ..values.units import DATE_WORD, UnitWord, unit_word
from ..wording import Lang, phrase

PERCENT = unit_word("%")
_SHOWN = 2
"""Decimals of a value in a sentence; the exact value stands beside it in the answer."""
_MOST = 12
"""Beyond so many decimals a value is written as a quotient."""
_PLAIN = unit_word("")
_EXACT_DIGITS = 4
"""At how many decimals points are printed in sentences where a rule set rounds none."""

Value: TypeAlias = FactValue | Points
"""What is put into a sentence; of points that are open, between which they lie."""


def value_shown(number: OneNumber, word: UnitWord) -> str:
    """A number for a reader, in its unit word; a state where there is no number."""
    if number.known and word.word == DATE_WORD:
        return date.fromordinal(number.n).isoformat()
    if number.known:
        scale = word.scale
        return trimmed(quotient(number.n * scale.denominator, number.d * scale.numerator, _SHOWN)) + word.word
    if number.inapplicable:
        return "—"
    if number.undefined:
        return "x/0" if number.over_zero else "0/0"
    return "?"


def filed_shown(number: OneNumber, word: UnitWord) -> str:
    """A filed number in full, in the unit word it was filed in; of one that no decimal writes, at two decimals."""
    if not number.known or word.word == DATE_WORD:
        return value_shown(number, word)
    scale = word.scale
    text = ratio_written(number.n * scale.denominator, number.d * scale.numerator)
    return value_shown(number, word) if "/" in text else text + word.word


def points_shown(points: Fraction) -> str:
    """Points for a reader: in full where short, else to four places."""
    text = written(points)
    return signed(text if len(text) <= 8 and "/" not in text else shown(points, 4))


def fact_shown(fact: Value) -> str:
    """A fact as a sentence has it."""
    if isinstance(fact, Points):
        low = points_shown(fact.low)
        return low if fact.settled else f"{low}–{points_shown(fact.high)}"
    if not isinstance(fact, Fact):
        return points_shown(fact) if isinstance(fact, Fraction) else str(fact)
    word = fact.word or _PLAIN
    if not fact.apart and fact.holds is None:  # nothing is asked of the digits
        scale = word.scale
        n, d = fact.value.numerator * scale.denominator, fact.value.denominator * scale.numerator
        return signed(trimmed(quotient(n, d, _SHOWN))) + word.word
    value = fact.value if word.scale == 1 else fact.value / word.scale
    for digits in range(_SHOWN if fact.word is not None else 0, _MOST + 1):
        if 10**digits % value.denominator == 0:  # so many tell all of it
            break
        near = half_up(value, digits)
        told = near if word.scale == 1 else near * word.scale
        if all(_side(told, edge) == _side(fact.value, edge) for edge in fact.apart) and (
            fact.holds is None or fact.holds(told)
        ):
            return signed(written(near)) + word.word
    return signed(written(value)) + word.word


def signed(text: str) -> str:
    """A number with the minus sign that equations have."""
    return text.replace("-", "−", 1)


def _side(value: Fraction, edge: Fraction) -> int:
    return (value > edge) - (value < edge)


def say(key: str, lang: Lang, **facts: Value) -> str:
    """A sentence with its facts, each as sentences have it."""
    for name, fact in facts.items():
        if fact.__class__ is not str:
            facts[name] = fact_shown(fact)
    return phrase(key, lang, **facts)


def sentence(said: Said, lang: Lang) -> str:
    """A sentence and those that follow it."""
    return say(said.key, lang, **said.facts) + "".join(sentence(more, lang) for more in said.more)


# -- points in an answer ---


class Ends(TypedDict):
    """Points, or a letter, as an answer holds them."""

    points: str | None
    low: str
    high: str


class PointTexts(Ends):
    """The same, and what could be had."""

    of: str
    of_low: str | None


class PointWriter:
    """Writes points as a rule set rounds them."""

    def __init__(self, rounding: Rounding) -> None:
        self.of_leaf, self.of_total, self.mode = rounding.digits, rounding.total, rounding.mode
        self.digits = _EXACT_DIGITS if self.of_leaf is None else self.of_leaf
        """The decimals of points in sentences."""

    def rounded(self, points: Fraction) -> Fraction:
        """Points as sentences print them."""
        return (half_up if self.mode == "half-up" else truncated)(points, self.digits)

    def points(self, points: Fraction, total: bool = False) -> str:
        """One number."""
        digits = self.of_total if total else self.of_leaf
        if digits is None:
            return written(points)
        return fixed(truncated(points, digits) if self.mode == "truncate" else points, digits)

    def between(self, points: Points) -> str:
        """The points, or between which they lie."""
        return self.points(points.low) if points.settled else f"{self.points(points.low)}–{self.points(points.high)}"

    def ends(self, ends: Points, total: bool = False) -> Ends:
        """Both ends, and the points where they meet."""
        low = self.points(ends.low, total)
        if ends.settled:
            return {"points": low, "low": low, "high": low}
        return {"points": None, "low": low, "high": self.points(ends.high, total)}

    def texts(self, points: Points, of: OneRange) -> PointTexts:
        """Both ends, and of how many: the most, and where that is open the least."""
        high = self._number(of.high)
        low = high if of.low is of.high else self._number(of.low)
        return {**self.ends(points), "of": high, "of_low": None if low == high and points_of(of).settled else low}

    def _number(self, number: OneNumber) -> str:
        if self.of_leaf is None or self.mode == "truncate":
            return self.points(fraction(number))
        return quotient(number.n, number.d, self.of_leaf)
