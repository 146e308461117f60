"""What does a measured indicator row earn by the rule set's `rows`? Branches in their order, on any carrier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, NamedTuple, TypeAlias

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from ..methods.method import Branch, Work, decided
from ..methods.proportional import inverse_share
from ..rules.rows import RowRules


@dataclass(frozen=True, slots=True)
class RowFacts(Generic[Whole, Bit]):
    """One indicator row as its rules see it.

    Which way it points is one of `more`, `less`, `same` (more is better, less is, neither side), `cost` (a cost without
    a sign) or `doubted` (nobody can tell). `standard`: a cost fixed by somebody, which less than is not simply better.
    `strict`: the target itself misses it. `open`: a cell is doubtful, as the rule set names it; `least` of the points
    are then sure, and `most` possible, in shares. `started`: something was begun.
    """

    target: Number[Whole, Bit]
    actual: Number[Whole, Bit]
    more: Bit
    less: Bit
    same: Bit
    cost: Bit
    doubted: Bit
    standard: Bit
    strict: Bit
    started: Bit
    open: Bit
    most: Number[Whole, Bit]


class Reached(NamedTuple, Generic[Whole, Bit]):
    """Of one row: actual over target, and whether the target is surely met."""

    attainment: Number[Whole, Bit]
    met: Bit


Way: TypeAlias = tuple[str, Bit, Callable[[], Range[Whole, Bit]]]
"""A branch whose points are worked where it may hold."""


class RowWork(Generic[Whole, Bit, Words]):
    """The row rules over one carrier."""

    def __init__(self, m: Meaning[Whole, Bit, Words], rules: RowRules) -> None:
        self.m, self.rules = m, rules

    def attainment(self, row: RowFacts[Whole, Bit]) -> Number[Whole, Bit]:
        """Actual over target, rounded for every reader where the rule set says so; of a target below 0 there is none:
        −10% against −5% would be twice the target.
        """
        m, digits = self.m, self.rules.attainment_round
        exact = m.divide(row.actual, row.target)
        exact = m.choose(m.holds("<", row.target, m.zero), m.unknown(exact), exact)
        return exact if digits is None else m.rounded(exact, digits, "half-up")

    def met(self, row: RowFacts[Whole, Bit]) -> Bit:
        """Does a measured row surely reach its target? A strict one only beyond it."""
        m, c = self.m, self.m.carrier
        at_least, at_most = m.holds(">=", row.actual, row.target), m.holds("<=", row.actual, row.target)
        fewer = row.less | row.cost
        met = (fewer & at_most) | (row.same & at_least & at_most) | (row.more & at_least)
        both_ways = row.doubted & at_least & at_most
        return (met | both_ways) & c.negated(row.strict & at_least & at_most)

    def reached(self, row: RowFacts[Whole, Bit]) -> Reached[Whole, Bit]:
        """How far a row came, as all that is said and worked of it takes it."""
        return Reached(self.attainment(row), self.met(row))

    def work(
        self, row: RowFacts[Whole, Bit], reached: Reached[Whole, Bit], full: Number[Whole, Bit]
    ) -> Work[Whole, Bit]:
        """The points of a row, before rounding. A branch that never holds is none, and none stands behind one that
        always does: its points are not worked.
        """
        c = self.m.carrier
        inverse = inverse_share(self.m, self.rules.reverse, row.actual, row.target)
        branches = []
        for name, holds, points in self._ways(row, reached, inverse, full):
            if not c.never(holds):
                branches.append(Branch(name, holds, points()))
                if c.always(holds):
                    break
        return Work(tuple(branches), {"attainment": reached.attainment, "inverse": inverse})

    def _ways(
        self,
        row: RowFacts[Whole, Bit],
        reached: Reached[Whole, Bit],
        inverse: Number[Whole, Bit],
        full: Number[Whole, Bit],
    ) -> Iterator[Way[Bit, Whole]]:
        """In which ways its points may come about, in their order; the last always holds."""
        m, c, rules = self.m, self.m.carrier, self.rules
        attainment, met = reached

        def nothing() -> Range[Whole, Bit]:
            return Range(m.zero, m.zero)

        def any_() -> Range[Whole, Bit]:
            return Range(m.zero, full)

        def judged() -> Range[Whole, Bit]:
            return Range(m.zero, m.multiply(row.most, full))

        yield "not-started", c.negated(row.started), nothing if rules.not_started == "zero" else any_
        yield "open", row.open | c.negated(row.target.known & row.actual.known), judged
        yield "below-zero", m.holds("<", row.target, m.zero) & c.negated(met), judged
        at_edge = row.strict & m.holds("=", row.actual, row.target)
        yield "edge", at_edge, nothing if rules.strict == "zero" else any_
        zero = m.holds("=", row.target, m.zero)
        if rules.zero_target == "open":
            yield "zero-target", zero, judged
        yield "doubted", row.doubted & c.negated(met), lambda: m.chosen(row.doubted, self._read(row, full), any_())
        yield "under-standard", row.cost & row.standard & m.holds("<", row.actual, row.target), any_
        yield from self._over(row, attainment, met, full)
        yield "met", met, lambda: Range(full, full)
        yield "unequal", row.same, nothing
        yield "against-zero", zero, nothing
        yield rules.reverse, row.less | row.cost, lambda: self._share(inverse, full)
        yield "scaled", c.true, lambda: self._share(attainment, full)

    def _read(self, row: RowFacts[Whole, Bit], full: Number[Whole, Bit]) -> Range[Whole, Bit]:
        """The points of a row that nobody can tell the direction of, from the least to the most."""
        m = self.m
        a, b = (self.points(self.work(one, self.reached(one), full)) for one in self.readings(row))
        return Range(m.least(a.low, b.low), m.greatest(a.high, b.high))

    def readings(self, row: RowFacts[Whole, Bit]) -> tuple[RowFacts[Whole, Bit], RowFacts[Whole, Bit]]:
        """A row of doubted direction as one without a sign, and as one of which less is better."""
        m, c = self.m, self.m.carrier
        zero = m.holds("=", row.target, m.zero)  # asks for none
        forward = self.rules.unmarked == "forward" or self.rules.equal == "as-forward"
        more = c.negated(zero) if forward else c.false
        plain = replace(row, doubted=c.false, more=more, same=c.negated(more))
        return plain, replace(row, doubted=c.false, less=c.true)

    def points(self, worked: Work[Whole, Bit]) -> Range[Whole, Bit]:
        """The points of the branch that decided, never below 0."""
        found = decided(self.m, worked.branches)
        low = self.m.greatest(found.low, self.m.zero)
        return Range(low, low if found.high is found.low else self.m.greatest(found.high, self.m.zero))

    def _share(self, share: Number[Whole, Bit], full: Number[Whole, Bit]) -> Range[Whole, Bit]:
        """A share of the full points, no less than none and no more than all."""
        m = self.m
        points = m.multiply(m.clamped(share, m.zero, m.one), full)
        points = m.choose(points.known, points, m.zero)
        return Range(points, points)

    def _over(
        self, row: RowFacts[Whole, Bit], attainment: Number[Whole, Bit], met: Bit, full: Number[Whole, Bit]
    ) -> Iterator[Way[Bit, Whole]]:
        """What far more than its target may take from a row that reached it."""
        m, over = self.m, self.rules.over_fulfilment
        if over.effect == "full":
            return
        limit = m.number(over.from_.value)
        far = met & row.more & m.holds(">=", attainment, limit)

        def left() -> Range[Whole, Bit]:
            if over.effect == "deduct":
                return self._less(full, m.number(over.deduct or Fraction(0)))
            if over.effect == "deviation":
                return self._less(full, m.multiply(m.subtract(attainment, limit), full))
            return Range(m.zero, m.zero if over.effect == "zero" else full)

        yield f"over-{over.effect}", far, left

    def _less(self, full: Number[Whole, Bit], lost: Number[Whole, Bit]) -> Range[Whole, Bit]:
        m = self.m
        kept = m.subtract(full, m.choose(lost.known, lost, m.zero))
        return Range(kept, kept)
