"""Between which points does something lie? Plain fractions, two ends at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, order=True)
class Ends:
    """The least and the most."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Ends) -> Ends:
        return Ends(self.low + other.low, self.high + other.high)

    def times(self, factor: Fraction) -> Ends:
        """Both ends by a factor that is not below 0."""
        return Ends(self.low * factor, self.high * factor)

    def within(self, least: Fraction | None, most: Fraction | None) -> Ends:
        """Both ends, moved to where they may be."""

        def moved(value: Fraction) -> Fraction:
            value = value if most is None else min(value, most)
            return value if least is None else max(value, least)

        return Ends(moved(self.low), moved(self.high))


def at(value: Fraction) -> Ends:
    return Ends(value, value)


def hull(ranges: Iterable[Ends]) -> Ends:
    """From the least low to the most high."""
    held = list(ranges)
    return Ends(min(one.low for one in held), max(one.high for one in held))


def exact(value: object) -> Fraction:
    """A plain decimal of a rule file."""
    return Fraction(str(value))


@dataclass(frozen=True)
class Rounding:
    """How a rule set rounds: `points` digits of each leaf (None: not at all), and those of the total."""

    points: int | None
    total: int
    mode: str

    @staticmethod
    def read(written: dict) -> Rounding:
        points = written["points"]
        return Rounding(None if points == "exact" else int(points), int(written["total"]), str(written["mode"]))

    def leaf(self, ends: Ends) -> Ends:
        return ends if self.points is None else self._both(ends, self.points)

    def whole(self, ends: Ends) -> Ends:
        return self._both(ends, self.total)

    def _both(self, ends: Ends, digits: int) -> Ends:
        return Ends(cut(ends.low, digits, self.mode), cut(ends.high, digits, self.mode))


def cut(value: Fraction, digits: int, mode: str) -> Fraction:
    """At so many digits: a half away from zero, or all that follows left off."""
    scale = Fraction(10) ** digits
    size = abs(value) * scale
    whole = size.numerator // size.denominator
    if mode == "half-up" and 2 * (size - whole) >= 1:
        whole += 1
    return Fraction(whole if value >= 0 else -whole) / scale
