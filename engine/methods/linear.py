"""A straight line of points between two values of the measure, flat beyond both."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from ..values.model import AmountText
from .cuts import Cut
from .method import Around, Branch, Facts, Measured, Said, Told, Trouble, Unwritable, Work, cut_checks
from .proportional import most_checks
from .writing import decimal_points, write_cut


class Linear(Measured):
    """Full points at `full_at`, none at `zero_at`; with `most`, the line goes on beyond the full points, up to that
    share of them.
    """

    method: Literal["linear"]
    full_at: AmountText
    zero_at: AmountText
    most: AmountText | None = None
    cuts: tuple[Cut, ...] = ()

    def checks(self, around: Around) -> Iterator[Trouble]:
        """The line has a length."""
        if self.full_at.value == self.zero_at.value:
            yield Trouble("line-without-length", ("scoring",))
            return
        yield from most_checks(self.most)
        yield from cut_checks(self.cuts)

    def work(self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit], full: Number[Whole, Bit]) -> Work[Whole, Bit]:
        """(x − zero) ÷ (full − zero)."""
        zero_at, full_at = m.number(self.zero_at.value), m.number(self.full_at.value)
        share = m.divide(m.subtract(x, zero_at), m.subtract(full_at, zero_at))
        earned = m.multiply(share, full)
        end = Range(full, full) if self.most is None else Range(earned, earned)
        branches = (
            Branch("nothing", m.holds("<=", share, m.zero), Range(m.zero, m.zero)),
            Branch("reached" if self.most is None else "risen", m.holds(">=", share, m.one), end),
            Branch("line", m.carrier.true, Range(earned, earned)),
        )
        return Work(branches, {"share": share})

    def turns(self, full: Fraction) -> Iterator[Fraction]:
        """Both ends, and where nothing more is gained."""
        full_at, zero_at = self.full_at.value, self.zero_at.value
        yield from (full_at, zero_at, zero_at + self.highest_share * (full_at - zero_at))

    def said(self, told: Told) -> Said:
        """The share of the way from no points to all of them."""
        value, full = told.apart(self.full_at.value, self.zero_at.value), told.full
        if told.branch == "nothing":
            return Said("line-nothing", {"value": value, "zero": self.zero_at})
        if told.branch == "reached":
            return Said("reached", {"value": value, "target": self.full_at, "points": told.result})
        facts: Facts = {"value": value, "full_at": self.full_at, "full": full, "points": told.result}
        facts["rate"] = told.rate("share")
        return Said("beyond-line", facts) if told.branch == "risen" else Said("linear", {**facts, "zero": self.zero_at})

    def clause(self, full: Fraction) -> list[str]:
        """得分=（a-b×比值）×分值."""
        length = self.zero_at.value - self.full_at.value
        if self.most is not None or length <= 0:
            raise Unwritable("most" if self.most is not None else "line")
        start, slope = decimal_points(self.zero_at.value / length), decimal_points(1 / length)
        return [f"得分=（{start}-{slope}×比值）×分值", *map(write_cut, self.cuts)]
