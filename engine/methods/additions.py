"""Points added for each step beyond a standard, up to the full ones."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from ..values.exact import written
from ..values.model import AmountText, Exact
from .choices import PartialStep
from .cuts import Cut, Side
from .method import Around, Branch, Fact, Facts, Said, Told, Trouble, Work, cut_checks
from .steps import Stepping
from .writing import decimal_points, write_cut, write_steps


class Additions(Stepping):
    """`add` points for each `step` beyond `from`, from `start` up to the full points."""

    method: Literal["additions"]
    from_: AmountText | None = None
    side: Side
    step: AmountText
    add: Exact
    partial_step: PartialStep | None = None
    start: Exact = Fraction(0)
    cuts: tuple[Cut, ...] = ()
    needs: ClassVar[tuple[str, ...]] = ("from_", "partial_step")

    def checks(self, around: Around) -> Iterator[Trouble]:
        """A step above 0, and a start below the full points."""
        yield from super().checks(around)
        if not 0 <= self.start < around.points:
            yield Trouble("floor-out-of-bounds", ("scoring", "start"), (("found", written(self.start)),))
        yield from cut_checks(self.cuts)

    def work(self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit], full: Number[Whole, Bit]) -> Work[Whole, Bit]:
        """Start + steps × add."""
        off, steps = self.walked(m, x)
        start = m.number(self.start)
        earned = m.add(start, m.multiply(steps, m.number(self.add)))
        branches = (
            Branch("none", m.holds("=", steps, m.zero), Range(start, start)),
            Branch("added", m.carrier.true, Range(earned, earned)),
        )
        return Work(branches, {"distance": off, "steps": steps})

    def turns(self, full: Fraction) -> Iterator[Fraction]:
        """The standard, the first step, the last that gains anything."""
        steps = (full - self.start) / self.add if self.add > 0 else Fraction(0)
        yield from self.turned(steps)

    def said(self, told: Told) -> Said:
        """The distance, the steps that it is, and what they add."""
        if told.branch == "none":
            step = self.one_step("points")
            facts: Facts = {"value": told.apart(self.standard.value), "step": step, "points": self.start}
            if self.counts:
                return Said("additions-none-counted", facts)
            return Said(f"additions-none-{self.side}", {**facts, "standard": self.standard})
        steps = Fact(told.numbers["steps"], None, (), told.gives(lambda shown: self.start + shown * self.add))
        gains: Facts = {"steps": steps, "add": self.add}
        gained = Said("steps-gain", {**gains, "step": self.one_step("points")})
        equation = Said("equation-added", {**gains, "start": self.start, "points": told.result})
        return self.stepped(told, gained, equation)

    def clause(self, full: Fraction) -> list[str]:
        """每超过…加…."""
        sentence = write_steps(self.side, self.step, "points", "加", self.add, self.partial_step)
        base = [f"基础分{decimal_points(self.start)}分"] if self.start else []
        standard = [] if self.from_ is None else [f"以{self.from_}为标准"]
        return [*base, *standard, f"{sentence}，最高得{decimal_points(full)}分", *map(write_cut, self.cuts)]
