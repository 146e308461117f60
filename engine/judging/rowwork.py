"""What does a measured indicator row earn by the rule set's `rows`? Branches in their order, on any carrier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, TypeAlias

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from ..methods.method import Branch, Work, decided
from ..methods.proportional import inverse_share
from ..rules.rows import RowRules


@dataclass(slots=True)
class RowFacts(Generic[Whole, Bit]):
    """One indicator row as its rules see it.

    Which way it points is one of `more`, `less`, `same` (more is better, less is, neither side), `cost` (a cost without
    a sign) or `doubted` (nobody can tell). `standard`: a cost fixed by somebody, which less than is not simply better.
    `strict`: the target itself misses it. `open`: a cell is doubtful, as the rule set names it; `most` of the points
    are then possible, as a share. `started`: something was begun.
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


@dataclass(slots=True)
class Reached(Generic[Whole, Bit]):
    """Of one row: actual over target, and whether the target is surely met; whether the actual is no less, or no more,
    than the target, and whether that is 0, or below it.
    """

    attainment: Number[Whole, Bit]
    met: Bit
    at_least: Bit
    at_most: Bit
    zero: Bit
    negative: Bit


@dataclass(slots=True)
class Case(Generic[Whole, Bit]):
    """A row at work: `inverse` is what is left of its points where less is better."""

    row: RowFacts[Whole, Bit]
    reached: Reached[Whole, Bit]
    inverse: Number[Whole, Bit]
    full: Number[Whole, Bit]


Reading: TypeAlias = tuple[RowFacts[Whole, Bit], Reached[Whole, Bit]]
Points: TypeAlias = Callable[[Case[Whole, Bit]], Range[Whole, Bit]]
Way: TypeAlias = tuple[str, Callable[[Case[Whole, Bit]], Bit], Points[Whole, Bit]]
"""A branch: when it holds, and its points, which are worked where it may."""


class RowWork(Generic[Whole, Bit, Words]):
    """The row rules over one carrier."""

    def __init__(self, m: Meaning[Whole, Bit, Words], rules: RowRules) -> None:
        self.m, self.rules = m, rules
        self.ways = tuple(self._ways())

    def reached(self, row: RowFacts[Whole, Bit]) -> Reached[Whole, Bit]:
        """How far a row came, as all that is said and worked of it takes it. Its attainment is rounded for every reader
        where the rule set says so; of a target below 0 there is none: −10% against −5% would be twice the target. A
        strict target is met only beyond it.
        """
        m, c, digits = self.m, self.m.carrier, self.rules.attainment_round
        at_least, at_most = m.holds(">=", row.actual, row.target), m.holds("<=", row.actual, row.target)
        zero = negative = c.false
        if not c.never(m.holds("<=", row.target, m.zero)):
            zero, negative = m.holds("=", row.target, m.zero), m.holds("<", row.target, m.zero)
        attainment = m.divide(row.actual, row.target)
        if not c.never(negative):
            attainment = m.choose(negative, m.unknown(attainment), attainment)
        if digits is not None:
            attainment = m.rounded(attainment, digits, "half-up")
        met = self._met(row.more, row.less | row.cost, row.same | row.doubted, row.strict, at_least, at_most)
        return Reached(attainment, met, at_least, at_most, zero, negative)

    def _met(self, more: Bit, less: Bit, same: Bit, strict: Bit, at_least: Bit, at_most: Bit) -> Bit:
        exactly = at_least & at_most
        return ((more & at_least) | (less & at_most) | (same & exactly)) & self.m.carrier.negated(strict & exactly)

    def met(self, row: RowFacts[Whole, Bit]) -> Bit:
        """Does a measured row surely reach its target?"""
        return self.reached(row).met

    def work(
        self, row: RowFacts[Whole, Bit], reached: Reached[Whole, Bit], full: Number[Whole, Bit]
    ) -> Work[Whole, Bit]:
        """The points of a row, before rounding. A branch that never holds is none, and none stands behind one that
        always does: its points are not worked.
        """
        inverse = inverse_share(self.m, self.rules.reverse, row.actual, row.target)
        branches = self._branches(Case(row, reached, inverse, full))
        return Work(branches, {"attainment": reached.attainment, "inverse": inverse})

    def _branches(self, case: Case[Whole, Bit]) -> tuple[Branch[Whole, Bit], ...]:
        c, branches = self.m.carrier, []
        for name, when, points in self.ways:
            holds = when(case)
            if not c.never(holds):
                branches.append(Branch(name, holds, points(case)))
                if c.always(holds):
                    break
        return tuple(branches)

    def _ways(self) -> Iterator[Way[Whole, Bit]]:
        """In which ways points may come about, in their order; the last always holds."""
        m, c, rules = self.m, self.m.carrier, self.rules
        none = Range(m.zero, m.zero)

        def nothing(_: Case[Whole, Bit]) -> Range[Whole, Bit]:
            return none

        def any_(one: Case[Whole, Bit]) -> Range[Whole, Bit]:
            return Range(m.zero, one.full)

        def judged(one: Case[Whole, Bit]) -> Range[Whole, Bit]:
            return Range(m.zero, m.multiply(one.row.most, one.full))

        yield "not-started", lambda one: c.negated(one.row.started), nothing if rules.not_started == "zero" else any_
        yield "open", lambda one: one.row.open | c.negated(one.row.target.known & one.row.actual.known), judged
        yield "below-zero", lambda one: one.reached.negative & c.negated(one.reached.met), judged
        yield (
            "edge",
            lambda one: one.row.strict & one.reached.at_least & one.reached.at_most,
            nothing if rules.strict == "zero" else any_,
        )
        if rules.zero_target == "open":
            yield "zero-target", lambda one: one.reached.zero, judged
        yield (
            "doubted",
            lambda one: one.row.doubted & c.negated(one.reached.met),
            lambda one: m.chosen(one.row.doubted, self._read(one), any_(one)),
        )
        yield "under-standard", lambda one: one.row.cost & one.row.standard & c.negated(one.reached.at_least), any_
        yield from self._over()
        yield "met", lambda one: one.reached.met, lambda one: Range(one.full, one.full)
        yield "unequal", lambda one: one.row.same, nothing
        yield "against-zero", lambda one: one.reached.zero, nothing
        yield rules.reverse, lambda one: one.row.less | one.row.cost, lambda one: self._share(one.inverse, one.full)
        yield "scaled", lambda one: c.true, lambda one: self._share(one.reached.attainment, one.full)

    def _over(self) -> Iterator[Way[Whole, Bit]]:
        """What far more than its target may take from a row that reached it."""
        m, over = self.m, self.rules.over_fulfilment
        limit, deduct = m.number(over.from_.value), m.number(over.deduct or Fraction(0))

        def far(one: Case[Whole, Bit]) -> Bit:
            return one.reached.met & one.row.more & m.holds(">=", one.reached.attainment, limit)

        def left(one: Case[Whole, Bit]) -> Range[Whole, Bit]:
            if over.effect in ("zero", "open"):
                return Range(m.zero, m.zero if over.effect == "zero" else one.full)
            lost = deduct
            if over.effect == "deviation":
                lost = m.multiply(m.subtract(one.reached.attainment, limit), one.full)
            kept = m.greatest(m.subtract(one.full, m.choose(lost.known, lost, m.zero)), m.zero)
            return Range(kept, kept)

        if over.effect != "full":
            yield f"over-{over.effect}", far, left

    def _share(self, share: Number[Whole, Bit], full: Number[Whole, Bit]) -> Range[Whole, Bit]:
        """A share of the full points, no less than none and no more than all."""
        m = self.m
        points = m.multiply(m.clamped(share, m.zero, m.one), full)
        points = m.choose(points.known, points, m.zero)
        return Range(points, points)

    def _read(self, case: Case[Whole, Bit]) -> Range[Whole, Bit]:
        """The points of a row that nobody can tell the direction of, from the least to the most."""
        m, (plain, less) = self.m, self.readings(case.row, case.reached)
        a = decided(m, self._branches(Case(*plain, case.inverse, case.full)))
        b = decided(m, self._branches(Case(*less, case.inverse, case.full)))
        return Range(m.least(a.low, b.low), m.greatest(a.high, b.high))

    def readings(self, row: RowFacts[Whole, Bit], reached: Reached[Whole, Bit]) -> list[Reading[Whole, Bit]]:
        """A row of doubted direction as one without a sign, and as one of which less is better. It is asked where the
        row was started and none of its cells is doubtful.
        """
        c, readings = self.m.carrier, []
        forward = self.rules.unmarked == "forward" or self.rules.equal == "as-forward"
        more = c.negated(reached.zero) if forward else c.false  # a target of 0 asks for none
        rest = (c.false, c.false, c.false)
        for bits in ((more, c.false, c.negated(more)), (c.false, c.true, c.false)):
            met = self._met(*bits, row.strict, reached.at_least, reached.at_most)
            one = RowFacts(row.target, row.actual, *bits, *rest, row.strict, c.true, c.false, row.most)
            readings.append((one, replace(reached, met=met)))
        return readings
