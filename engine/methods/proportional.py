"""Actual over target, times the points: more is better, less is better, or neither side."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from ..values.amounts import Amount
from ..values.model import AmountText
from ..values.units import RATIO
from .choices import Direction, Off, OverFulfilment, Reverse
from .cuts import Cut, Side
from .method import Around, Branch, Facts, Measured, Said, Told, Trouble, Unwritable, Work, cut_checks
from .writing import half, write_cut

HUNDRED = Amount(Fraction(1), RATIO, "%")


class Proportional(Measured):
    """`forward`: more is better; `reverse`: less; `equal`: neither side (`off` says what lies off the target).

    `direction` is left out where each row says its own. `reverse: inverse` is t/a, `linear` is 1 − (a − t)/t
    (nothing left at 2t). `pass_` is the measure below which (above which, for reverse) nothing is given. `over` says
    what more than the target earns; with `most` instead, points rise beyond the full ones, up to that share of them.
    """

    method: Literal["proportional"]
    direction: Direction | None = None
    target: AmountText
    over: OverFulfilment | None = None
    most: AmountText | None = None
    reverse: Reverse | None = None
    off: Off | None = None
    pass_: AmountText | None = None
    cuts: tuple[Cut, ...] = ()

    def open(self) -> tuple[str, ...]:
        """By its direction."""
        needed = {"forward": "over", "reverse": "reverse", "equal": "off", None: "direction"}[self.direction]
        settled = getattr(self, needed) is not None or (needed == "over" and self.most is not None)
        return () if settled else (needed,)

    def checks(self, around: Around) -> Iterator[Trouble]:
        """A target above 0, a `most` above the full points."""
        if self.target.value <= 0:
            yield Trouble("target-not-positive", ("scoring", "target"), (("found", str(self.target)),))
            return
        yield from most_checks(self.most)
        if self.most is not None and (self.direction != "forward" or self.over is not None):
            yield Trouble("most-unfit", ("scoring", "most"))
        yield from cut_checks(self.cuts)
        for number, one in enumerate(self.cuts):
            if self.pass_ is not None and one.side == self._failing:
                yield Trouble("cut-beside-pass", ("scoring", "cuts", number), (("at", str(one.at)),))

    @property
    def _failing(self) -> Side:
        return "above" if self.direction == "reverse" else "below"

    @property
    def cut_offs(self) -> tuple[Cut, ...]:
        """Those named, and the pass mark: beyond it nothing is given."""
        if self.pass_ is None:
            return self.cuts
        return (*self.cuts, Cut(at=self.pass_, side=self._failing, closed=False, points=Fraction(0)))

    @property
    def without_pass(self) -> Proportional:
        """The same with its pass mark as a cut-off, where there are others on that side."""
        if self.pass_ is None or all(one.side != self._failing for one in self.cuts):
            return self
        return self.model_copy(update={"pass_": None, "cuts": self.cut_offs})

    # -- points ---

    def work(self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit], full: Number[Whole, Bit]) -> Work[Whole, Bit]:
        """None or all beyond the target, as `over` says; all once the target is met; else a share."""
        target, nothing = m.number(self.target.value), Range(m.zero, m.zero)
        name, meets, share, numbers = self._share(m, x, target)
        earned = m.zero if self.off == "zero" and name == "off" else m.multiply(share, full)
        branches: list[Branch[Whole, Bit]] = []
        if name == "proportional" and self.most is not None:
            branches.append(Branch("risen", m.holds(">", x, target), Range(earned, earned)))
        elif name == "proportional" and self.over != "full":
            over = nothing if self.over == "zero" else Range(m.zero, full)
            branches.append(Branch("over", m.holds(">", x, target), over))
        branches.append(Branch("reached", m.holds(meets, x, target), Range(full, full)))
        if name == "linear" or (name == "off" and self.off == "proportional"):
            branches.append(Branch("nothing", m.holds("<=", share, m.zero), nothing))
        branches.append(Branch(name, m.carrier.true, Range(earned, earned)))
        return Work(tuple(branches), {"share": share, **numbers})

    def _share(
        self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit], target: Number[Whole, Bit]
    ) -> tuple[str, str, Number[Whole, Bit], dict[str, Number[Whole, Bit]]]:
        """By direction: the branch off the target, how a measure meets it, the share off it, and numbers of that."""
        if self.direction == "reverse":
            return str(self.reverse), "<=", inverse_share(m, self.reverse, x, target), {}
        if self.direction == "equal":
            off = m.divide(m.absolute(m.subtract(x, target)), target)
            return "off", "=", m.subtract(m.one, off), {"off": off}
        return "proportional", ">=", m.divide(x, target), {}

    def turns(self, full: Fraction) -> Iterator[Fraction]:
        """The target, where nothing more is gained, where nothing is left, and the pass mark."""
        target = self.target.value
        yield from (target, target * self.highest_share)
        if self.direction == "reverse" and self.reverse == "linear":
            yield 2 * target
        if self.direction == "equal" and self.off == "proportional":
            yield from (Fraction(0), 2 * target)
        if self.pass_ is not None:
            yield self.pass_.value

    # -- words ---

    def said(self, told: Told) -> Said:
        """By the branch that decided."""
        facts: Facts = {"value": told.apart(self.target.value), "target": self.target}
        full, points = told.full, told.result
        match told.branch:
            case "over":
                return Said("over-target-zero" if self.over == "zero" else "over-target", facts)
            case "risen":
                return Said("beyond-target", {**facts, "rate": told.rate("share"), "full": full, "points": points})
            case "reached":
                return Said("reached", {**facts, "points": points})
            case "nothing":
                return Said("share-nothing", facts)
            case "off" if self.off == "zero":
                return Said("off-target", facts)
            case _:
                key = f"share-{told.branch}"
                if told.branch == "proportional" and self.target == HUNDRED:
                    key = "share-of-whole"
                return Said(key, {**facts, "rate": told.rate("share"), "full": full, "points": points})

    def clause(self, full: Fraction) -> list[str]:
        """按比例得分."""
        if self.most is not None:
            raise Unwritable("most")
        if self.direction == "equal" or self.over in ("zero", "open") or self.reverse == "linear":
            raise Unwritable("over" if self.reverse != "linear" else "reverse")
        return [*self._sentences(full), *map(write_cut, self.cuts)]

    def _sentences(self, full: Fraction) -> Iterator[str]:
        if self.direction is None:
            if self.target != HUNDRED:
                yield f"≥{self.target}得满分" if self.over else f"以{self.target}为标准"
            yield "正向按B/A×分值，反向按A/B×分值"
        elif self.direction == "reverse":
            share = "按A/B计分" if self.reverse == "inverse" else "按比例计分"
            yield f"≤{self.target}得满分，其余{share}"
        elif any(one.points == full for one in self.cuts):
            yield "得分=完成率×分值"
        else:
            yield f"以{self.target}为标准"
            yield "按比例得分"
        if self.over == "full":
            yield "最高不得超过分值上限"
        if self.pass_ is not None:
            yield half(self.pass_, self.direction == "reverse", False) + "得0分"


def inverse_share(
    m: Meaning[Whole, Bit, Words], how: str | None, x: Number[Whole, Bit], target: Number[Whole, Bit]
) -> Number[Whole, Bit]:
    """What is left of the points beyond a target that asks for less: t/a, or 1 − (a − t)/t. (Rows do the same.)"""
    if how == "inverse":
        return m.divide(target, x)
    return m.subtract(m.one, m.divide(m.subtract(x, target), target))


def most_checks(most: Amount | None) -> Iterator[Trouble]:
    """Points above the full ones: by a share above 100%."""
    if most is not None and (most.unit != RATIO or most.value <= 1):
        yield Trouble("most-not-above-full", ("scoring", "most"), (("found", str(most)),))
