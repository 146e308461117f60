"""How are points written in an answer? At the digits of the rule set, low and high, and alone once they are settled."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypedDict

from ..algebra.meaning import OneNumber, OneRange, fraction
from ..judging.rollup import Points, points_of
from ..rules.policy import Rounding
from ..values.exact import fixed, quotient, truncated, written


class PointTexts(TypedDict):
    """Points, or a letter, as an answer holds them."""

    points: str | None
    low: str
    high: str


class OfTexts(TypedDict):
    """Full points, as an answer holds them."""

    of: str
    of_low: str | None


@dataclass(frozen=True, slots=True)
class PointWriter:
    """Writes points as a rule set rounds them."""

    rounding: Rounding

    def points(self, points: Fraction, total: bool = False) -> str:
        """One number."""
        digits = self.rounding.total if total else self.rounding.digits
        if digits is None:
            return written(points)
        return fixed(truncated(points, digits) if self.rounding.mode == "truncate" else points, digits)

    def ends(self, ends: Points, total: bool = False) -> PointTexts:
        """Both ends, and the points where they meet."""
        low = self.points(ends.low, total)
        if ends.settled:
            return {"points": low, "low": low, "high": low}
        return {"points": None, "low": low, "high": self.points(ends.high, total)}

    def of(self, of: OneRange) -> OfTexts:
        """Full points: the most, and where that is open the least."""
        high = self._number(of.high)
        low = high if of.low is of.high else self._number(of.low)
        return {"of": high, "of_low": None if low == high and points_of(of).settled else low}

    def _number(self, number: OneNumber) -> str:
        digits = self.rounding.digits
        if digits is None or self.rounding.mode == "truncate":
            return self.points(fraction(number))
        return quotient(number.n, number.d, digits)

    def between(self, points: Points) -> str:
        """The points, or between which they lie."""
        return self.points(points.low) if points.settled else f"{self.points(points.low)}–{self.points(points.high)}"
