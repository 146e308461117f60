"""How is a value written for a reader, and how many steps is it off?"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ..algebra.meaning import Number
from ..methods.methods import Additions, Steps
from ..values.exact import quotient, shown, trimmed, written
from ..values.units import DATE_WORD, UnitWord, unit_word

PERCENT = unit_word("%")
_SHOWN = 2
"""Decimals of a value in a sentence; the exact value stands beside it in the answer."""


def value_shown(number: Number, word: UnitWord) -> str:
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


def points_shown(points: Fraction) -> str:
    """Points for a reader: in full where short, else to four places."""
    text = written(points)
    return text if len(text) <= 8 and "/" not in text else shown(points, 4)


def steps_counted(method: Steps | Additions, distance: Fraction, step: Fraction) -> Fraction:
    """How many steps of a form a distance is, as the form counts a part of one."""
    counted = distance / step
    if method.partial_step == "pro-rata":
        return counted
    whole = counted.numerator // counted.denominator
    return Fraction(whole + (method.partial_step == "started" and whole != counted))


def beyond_counted(method: Steps | Additions, standard: Fraction, value: Fraction) -> tuple[Fraction, Fraction]:
    """How far a value lies beyond the standard on the form's side, and how many steps that is."""
    beyond = standard - value if method.side == "below" else value - standard
    distance = abs(beyond) if method.side == "both" else max(Fraction(0), beyond)
    relative = isinstance(method, Steps) and method.base == "relative"
    return distance, steps_counted(method, distance, method.step.value * (abs(standard) if relative else 1))
