"""How is a value written for a reader, with as many digits as what is said of it needs?

A number is written at two decimals; where that would hide that it differs from a threshold, or where the equation it
stands in would not come out, with more. What was filed is written as filed.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ..algebra.meaning import OneNumber
from ..methods.method import Fact, FactValue, Said
from ..values.amounts import Amount
from ..values.exact import half_up, quotient, ratio_written, shown, trimmed, written
from ..values.units import DATE_WORD, UnitWord, unit_word
from ..wording import Lang, phrase

PERCENT = unit_word("%")
_SHOWN = 2
"""Decimals of a value in a sentence; the exact value stands beside it in the answer."""
_MOST = 12
"""Beyond so many decimals a value is written as a quotient."""
_PLAIN = unit_word("")


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


def fact_shown(fact: FactValue, lang: Lang) -> str:
    """A fact as a sentence has it."""
    if isinstance(fact, Amount):
        return str(fact)
    if not isinstance(fact, Fact):
        return str(fact)
    word = fact.word or _PLAIN
    if fact.word is None and fact.holds is None:
        return points_shown(fact.value)
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


def sentence(said: Said, lang: Lang) -> str:
    """A sentence and those that follow it."""
    facts = {name: fact_shown(fact, lang) for name, fact in said.facts.items()}
    return phrase(said.key, lang, **facts) + "".join(sentence(more, lang) for more in said.more)
