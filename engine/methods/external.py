"""The score of another examination, scaled."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number
from ..values.model import Line
from .method import Fact, Facts, Measured, Said, Told, Worked
from .share import whole_share


class External(Measured):
    """`score` ÷ `of` × points. Both are figures or measures."""

    method: Literal["external"]
    score: Line
    of: Line

    def work(
        self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit], full: Number[Whole, Bit]
    ) -> Worked[Whole, Bit]:
        """The share of the full points."""
        return whole_share(m, x, full)

    def turns(self, full: Fraction) -> Iterator[Fraction]:
        """Where all is reached."""
        yield Fraction(1)

    def said(self, told: Told) -> Said:
        """The quotient, times the points."""
        facts: Facts = {"value": told.rate("share"), "full": Fact(told.full), "points": told.result}
        return Said("external", facts)

    def clause(self, full: Fraction) -> list[str]:
        """得分=甲÷乙×分值."""
        return [f"得分={self.score}÷{self.of}×分值"]
