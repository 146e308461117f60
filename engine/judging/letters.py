"""How do the letters of several criteria make one? What does not apply is left out, want of information lettered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..rules.letters import Letters


@dataclass(frozen=True, slots=True)
class Lettered:
    """The letter of a criterion or block, between which letters it lies, and what it counts as above.

    `letter` is None where nothing settles it; `value` is None for that, and for what is left out.
    """

    letter: str | None
    low: str
    high: str
    value: Fraction | None
    outcome: Literal["graded", "open", "not-applicable"]


def scored(letters: Letters, low: Fraction, high: Fraction, *, surely: bool) -> Lettered:
    """Between two values of the scale: what could be one or the other, or may not even apply, lacks information."""
    least, most = letters.named(low) or letters.worst, letters.named(high) or letters.best
    if low == high and surely:
        return Lettered(least, least, most, low, "graded")
    return Lettered(letters.wanting.letter, least, most, letters.scale[letters.wanting.counts], "graded")


def left_out(letters: Letters) -> Lettered:
    """What does not apply."""
    said = letters.not_applicable
    return Lettered(said, said, said, None, "not-applicable")


def combined(letters: Letters, how: str, parts: Sequence[Lettered]) -> Lettered:
    """One letter for several, those left out apart; open where one of them is, or the table has no row for them."""
    values = [part.value for part in parts if part.value is not None]
    value: Fraction | None = None
    if any(part.outcome == "open" for part in parts):
        pass
    elif not values:
        return left_out(letters)
    elif how == "weakest-link":
        value = weakest(letters, values)
    elif len(values) in letters.conversion:
        value = converted(letters, values)
    letter = None if value is None else letters.named(value)
    if letter is None:
        return Lettered(None, letters.worst, letters.best, None, "open")
    return Lettered(letter, letter, letter, value, "graded")


def weakest(letters: Letters, values: Sequence[Fraction]) -> Fraction:
    """The lowest, raised where another is higher."""
    return min(values) + (letters.lift if max(values) > min(values) else 0)


def converted(letters: Letters, values: Sequence[Fraction]) -> Fraction | None:
    """What the table gives for so many and their sum; None below its lowest."""
    total = sum(values, Fraction(0))
    reached = [letter for letter, lowest in letters.conversion[len(values)].items() if total >= lowest]
    return max((letters.scale[letter] for letter in reached), default=None)
