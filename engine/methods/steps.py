"""Points taken off for each step away from a standard; and how steps are counted, by all methods that have them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from ..values.amounts import Amount
from ..values.exact import written
from ..values.model import AmountText, Exact
from ..values.problems import At
from ..values.units import RATIO, unit_word
from .choices import Base, PartialStep
from .cuts import Cut
from .method import Around, Branch, Fact, Facts, FactValue, Measured, Said, Told, Trouble, Unwritable, Work, cut_checks
from .writing import decimal_points, write_cut, write_steps

StepSide = Literal["above", "below", "both"]
POINTS_WORD = unit_word("个百分点")


class Stepping(Measured):
    """A method that counts steps away from a standard, to take points off for them or to add some."""

    if TYPE_CHECKING:  # each lays out its own parameters
        from_: AmountText | None
        side: StepSide
        step: AmountText
        partial_step: PartialStep | None

    @property
    def standard(self) -> Amount:
        """From where steps are counted; a rule file has named it."""
        assert self.from_ is not None, "left open only in a clause's reading"
        return self.from_

    @property
    def each(self) -> Fraction:
        """One step, in the measure's base unit."""
        return self.step.value

    @property
    def counts(self) -> bool:
        """Is the measure itself what is counted (3次, 10天), from nothing on?"""
        return self.standard.value == 0 and self.side == "above"

    def walked(
        self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit]
    ) -> tuple[Number[Whole, Bit], Number[Whole, Bit]]:
        """How far off `x` is: max(0, x − t), max(0, t − x) or |x − t|; and how many steps that is: whole ones, started
        ones, or to the part.
        """
        at = m.number(self.standard.value)
        beyond = m.subtract(at, x) if self.side == "below" else m.subtract(x, at)
        off = m.absolute(beyond) if self.side == "both" else m.greatest(beyond, m.zero)
        steps = m.divide(off, m.number(self.each))
        if self.partial_step == "whole":
            return off, m.floor(steps)
        return off, m.ceiling(steps) if self.partial_step == "started" else steps

    def turned(self, steps: Fraction) -> Iterator[Fraction]:
        """Where points turn: the standard, the first step away from it, the last before nothing changes any more."""
        last = Fraction(-(-steps // 1))
        ways = {"whole": (0, 1, last), "started": (0, 1, last - 1), "pro-rata": (0, steps)}
        for sign in {"above": (1,), "below": (-1,)}.get(self.side, (-1, 1)):
            yield from (self.standard.value + sign * way * self.each for way in ways[self.partial_step or "whole"])

    def stepped(self, told: Told, steps: Said, equation: Said) -> Said:
        """How far off the measure is, what the steps give or take, what became of a part of one, and the equation."""
        off = told.numbers["distance"]
        part = [] if (off / self.each).denominator == 1 else [Said(f"partial-{self.partial_step}", {})]
        facts: Facts = {"distance": Fact(off, POINTS_WORD if told.word.word == "%" else told.word, (Fraction(0),))}
        if self.counts:
            return Said("steps-counted", facts, (steps, *part, equation))
        facts |= {"value": told.apart(self.standard.value), "standard": self.standard}
        side = "below" if self.side == "both" and told.x <= self.standard.value else self.side
        return Said(f"steps-{side}", facts, (steps, *part, equation))

    def one_step(self, base: Base | None) -> FactValue:
        """A step as a sentence has it: of a rate in percentage points, unless it is a share of the standard."""
        return Fact(self.step.value, POINTS_WORD) if base == "points" and self.step.word == "%" else self.step

    def checks(self, around: Around) -> Iterator[Trouble]:
        """A step leads somewhere."""
        if self.step.value <= 0:
            yield Trouble("step-not-positive", ("scoring", "step"), (("found", str(self.step)),))


class Steps(Stepping):
    """`deduct` points off for each `step` away from `from`, down to `floor`.

    `side` is where the distance counts; `base: points` measures it in the measure's own unit (percentage points
    for a rate), `relative` as a share of `from`. `partial_step` says what part of a step counts.
    """

    method: Literal["steps"]
    from_: AmountText | None = None
    side: StepSide
    step: AmountText
    base: Base | None = None
    deduct: Exact
    partial_step: PartialStep | None = None
    floor: Exact = Fraction(0)
    cuts: tuple[Cut, ...] = ()
    needs: ClassVar[tuple[str, ...]] = ("from_", "base", "partial_step")

    def amounts(self) -> list[tuple[At, Amount]]:
        """A step only in the measure's own unit."""
        return [(at, amount) for at, amount in super().amounts() if at != ("step",) or self.base == "points"]

    @property
    def lowest(self) -> Fraction:
        """The floor, or less where a cut-off gives less."""
        return min([self.floor, *(one.points for one in self.cuts if one.points is not None)])

    def checks(self, around: Around) -> Iterator[Trouble]:
        """A step above 0, of a standard that it can be a share of, and a floor within the points."""
        yield from super().checks(around)
        if self.base == "relative" and self.from_ is not None and self.from_.value == 0:
            yield Trouble("relative-to-zero", ("scoring", "base"))
        if self.base == "relative" and self.step.unit != RATIO:
            facts = (("found", str(self.step)), ("unit", "%"))
            yield Trouble("unit-of-threshold", ("scoring", "step"), facts)
        if not 0 <= self.floor <= around.points:
            yield Trouble("floor-out-of-bounds", ("scoring", "floor"), (("found", written(self.floor)),))
        yield from cut_checks(self.cuts)

    @property
    def each(self) -> Fraction:
        """One step, in the measure's base unit."""
        return self.step.value if self.base == "points" else self.step.value * abs(self.standard.value)

    def work(self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit], full: Number[Whole, Bit]) -> Work[Whole, Bit]:
        """Full − steps × deduct."""
        off, steps = self.walked(m, x)
        left = m.subtract(full, m.multiply(steps, m.number(self.deduct)))
        branches = (
            Branch("met", m.holds("=", off, m.zero), Range(full, full)),
            Branch("stepped", m.carrier.true, Range(left, left)),
        )
        return Work(branches, {"distance": off, "steps": steps})

    def turns(self, full: Fraction) -> Iterator[Fraction]:
        """The standard, the first step, the last that costs anything."""
        steps = (full - self.floor) / self.deduct if self.deduct > 0 else Fraction(0)
        yield from self.turned(steps)

    def said(self, told: Told) -> Said:
        """The distance, the steps that it is, and what they cost."""
        if told.branch == "met":
            met = {"above": "≤ ", "below": "≥ ", "both": "= "}[self.side]
            facts: Facts = {"value": told.apart(self.standard.value), "points": told.full}
            if self.counts:
                return Said("steps-nothing", facts)
            return Said("steps-none", {**facts, "standard": f"{met}{self.standard}"})
        steps = Fact(told.numbers["steps"], None, (), told.gives(lambda shown: told.full - shown * self.deduct))
        costs: Facts = {"steps": steps, "deduct": self.deduct}
        cost = Said("steps-cost", {**costs, "step": self.one_step(self.base)})
        equation = Said("equation-steps", {**costs, "full": told.full, "points": told.result})
        return self.stepped(told, cost, equation)

    def clause(self, full: Fraction) -> list[str]:
        """每低于…扣…."""
        ratio = self.from_ is None or self.from_.word in ("%", "")
        if self.base == "relative" and ratio:
            raise Unwritable("base")
        sentence = write_steps(self.side, self.step, self.base, "扣", self.deduct, self.partial_step)
        sentence += "，扣完为止" if self.floor == 0 else f"，最低得{decimal_points(self.floor)}分"
        standard = [] if self.from_ is None else [f"以{self.from_}为标准"]
        return [*standard, sentence, *map(write_cut, self.cuts)]
