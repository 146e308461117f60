"""Where is a method cut off? Beyond a value the measure earns points outright, or loses some of its points.

Of cut-offs on one side the outermost that holds decides, whatever their order in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number
from ..values.model import AmountText, Exact, Model
from ..values.problems import At
from .method import Trouble, left_open

Side = Literal["above", "below"]


class Cut(Model):
    """Beyond `at` the measure earns `points` outright, or loses `deduct` of its points.

    `closed` says whether `at` itself lies beyond.
    """

    at: AmountText
    side: Side
    closed: bool | None = None
    points: Exact | None = None
    deduct: Exact | None = None

    def sign(self) -> str:
        """The comparison that a measure beyond it meets."""
        return {"above": (">", ">="), "below": ("<", "<=")}[self.side][bool(self.closed)]

    def beyond(self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit]) -> Bit:
        """Does `x` surely lie beyond?"""
        return m.holds(self.sign(), x, m.number(self.at.value))

    def shown(self) -> str:
        """Where it begins: `> 100%`."""
        sign = {">=": "≥", "<=": "≤"}.get(self.sign(), self.sign())
        return f"{sign} {self.at}"


def outermost(cuts: tuple[Cut, ...], side: Side) -> list[int]:
    """The numbers of the cut-offs on one side, from the outermost in; of two at one place the open one lies further."""

    def reach(number: int) -> tuple[Fraction, bool]:
        one = cuts[number]
        return (one.at.value if side == "above" else -one.at.value), not one.closed

    return sorted((number for number, one in enumerate(cuts) if one.side == side), key=reach, reverse=True)


def cut_checks(cuts: tuple[Cut, ...]) -> Iterator[Trouble]:
    """Each gives or takes, not both; on one side all give or all take, and no two lie at the very same place."""
    if any(one.closed is None for one in cuts):
        yield left_open("closed", "scoring", "cuts")
    for number, one in enumerate(cuts):
        here: At = ("scoring", "cuts", number)
        if (one.points is None) == (one.deduct is None):
            yield Trouble("cut-of-one", here)
            continue
        before = [other for other in cuts[:number] if other.side == one.side]
        if any((other.points is None) != (one.points is None) for other in before):
            yield Trouble("cuts-mixed", here, (("side", one.side),))
        elif any((other.at.value, other.closed) == (one.at.value, one.closed) for other in before):
            yield Trouble("cuts-overlap", here, (("at", str(one.at)),))
