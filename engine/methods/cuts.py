"""Where is a method cut off? Beyond a value the measure earns points outright, or loses some of its points.

Of cut-offs on one side the outermost that holds decides, whatever their order in the file.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number
from ..values.model import AmountText, Exact, Model

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
