"""What do several targets in one row make together, where they are those of several units?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from ..algebra.meaning import MEANING, OneNumber
from ..values.units import UnitWord


@dataclass(frozen=True, slots=True)
class Part:
    """One of several targets in one row, in a unit of its own; `funds` weight it among those of other units.

    `strict`: the target itself misses it (`<5次`).
    """

    target: OneNumber
    actual: OneNumber
    direction: str
    strict: bool
    word: UnitWord
    funds: OneNumber


def together(parts: Sequence[Part]) -> tuple[OneNumber, OneNumber, str]:
    """Target, actual and direction of all parts as one: amounts add up, rates are means weighted by funds.

    Unknown where the parts can't meet: unlike in unit or direction, or a number or its funds missing.
    """
    if len({(part.direction, part.strict, part.word.unit, part.word.relative) for part in parts}) > 1:
        return MEANING.unknown(), MEANING.unknown(), ""
    one, relative = MEANING.number(Fraction(1)), parts[0].word.relative
    weights = [part.funds if relative else one for part in parts]
    whole = reduce(MEANING.add, weights) if relative else one
    target, actual = (
        MEANING.divide(reduce(MEANING.add, map(MEANING.multiply, values, weights)), whole)
        for values in ([part.target for part in parts], [part.actual for part in parts])
    )
    return target, actual, parts[0].direction
