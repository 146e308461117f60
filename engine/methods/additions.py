"""Points added for each step beyond a standard, up to the full ones."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from ..values.amounts import Amount
from ..values.exact import written
from ..values.model import AmountText, Exact
from ..values.problems import At
from . import cuts as cutting
from .choices import PartialStep
from .cuts import Cut, Side
from .method import Around, Branch, Fact, Facts, Measured, Said, Told, Trouble, Worked
from .steps import counted, counts, distance, off_standard, one_step, partly, step_checks, stepping
from .writing import PARTIAL, decimal_points, whole_by_nature, write_cut, write_step

_PARTIAL = PARTIAL | {"whole": "不足一步的不计分", "pro-rata": "不足一步的按比例计算"}
"""Where steps add, nothing is taken off for a part of one."""


class Additions(Measured):
    """`add` points for each `step` beyond `from`, from `start` up to the full points."""

    method: Literal["additions"]
    from_: AmountText | None = None
    side: Side
    step: AmountText
    add: Exact
    partial_step: PartialStep | None = None
    start: Exact = Fraction(0)
    cuts: tuple[Cut, ...] = ()

    def open(self) -> tuple[str, ...]:
        """From where, and what a part counts."""
        return tuple(name for name in ("from_", "partial_step") if getattr(self, name) is None)

    def amounts(self) -> list[tuple[At, Amount]]:
        """The standard, the step, cut-offs."""
        found: list[tuple[At, Amount]] = [] if self.from_ is None else [(("from",), self.from_)]
        return [*found, (("step",), self.step), *cutting.amounts(self.cuts)]

    def points_named(self) -> list[tuple[At, Fraction]]:
        """Those of cut-offs."""
        return cutting.points_named(self.cuts)

    def checks(self, around: Around) -> Iterator[Trouble]:
        """A step above 0, and a start below the full points."""
        yield from step_checks(self.step)
        if not 0 <= self.start < around.points:
            yield Trouble("floor-out-of-bounds", ("scoring", "start"), (("found", written(self.start)),))
        yield from cutting.checks(self.cuts)

    @property
    def standard(self) -> Amount:
        """From where steps are counted; a rule file has named it."""
        assert self.from_ is not None, "left open only in a clause's reading"
        return self.from_

    def work(
        self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit], full: Number[Whole, Bit]
    ) -> Worked[Whole, Bit]:
        """Start + steps × add."""
        off = distance(m, self.side, self.standard.value, x)
        steps = counted(m, off, self.step.value, self.partial_step)
        start = m.number(self.start)
        earned = m.add(start, m.multiply(steps, m.number(self.add)))
        branches = (
            Branch("none", m.holds("=", steps, m.zero), Range(start, start)),
            Branch("added", m.carrier.true, Range(earned, earned)),
        )
        return Worked(branches, {"distance": off, "steps": steps})

    def turns(self, full: Fraction) -> Iterator[Fraction]:
        """The standard, the first step, the last that gains anything."""
        steps = (full - self.start) / self.add if self.add > 0 else Fraction(0)
        yield from stepping(self.standard.value, self.step.value, self.side, self.partial_step, steps)

    def said(self, told: Told) -> Said:
        """The distance, the steps that it is, and what they add."""
        if told.branch == "none":
            step = one_step(self.step, "points")
            facts: Facts = {"value": told.apart(self.standard.value), "step": step, "points": Fact(self.start)}
            if counts(self.side, self.standard):
                return Said("additions-none-counted", facts)
            return Said(f"additions-none-{self.side}", {**facts, "standard": self.standard})
        add = Fact(self.add)
        steps = Fact(told.numbers["steps"], None, (), told.gives(lambda shown: self.start + shown * self.add))
        equation: Facts = {"start": Fact(self.start), "steps": steps, "add": add, "points": told.result}
        key, facts_, _ = off_standard(told, self.side, self.standard)
        gains = Said("steps-gain", {"step": one_step(self.step, "points"), "add": add, "steps": steps})
        more = partly(told, self.step.value, self.partial_step)
        return Said(key, facts_, (gains, *more, Said("equation-added", equation)))

    def clause(self, full: Fraction) -> list[str]:
        """每超过…加…."""
        word = "每超过" if self.side == "above" else "每低于"
        sentence = f"{word}{write_step(self.step, 'points')}加{decimal_points(self.add)}分"
        if self.partial_step is not None and not whole_by_nature(self.step, self.partial_step):
            sentence += "，" + _PARTIAL[self.partial_step]
        sentence += f"，最高得{decimal_points(full)}分"
        base = [f"基础分{decimal_points(self.start)}分"] if self.start else []
        standard = [] if self.from_ is None else [f"以{self.from_}为标准"]
        return [*base, *standard, sentence, *map(write_cut, self.cuts)]
