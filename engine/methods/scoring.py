"""How many points does a measure earn? Each form once, for scalars and columns; an unknown earns a range.

Points are clamped between the form's least and the full points, and rounded once per leaf where the rule set says so;
both ends of a range are treated alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..algebra.carriers import Bit
from ..algebra.meaning import Meaning, Number, Range, Truth
from ..rules.ruleset import RowRules
from ..values.amounts import Amount
from .methods import (
    Additions,
    Band,
    Bands,
    Cut,
    External,
    Holds,
    Linear,
    Measured,
    Proportional,
    Share,
    Steps,
    highest_share,
)


@dataclass(frozen=True, slots=True)
class Choices:
    """The rule set's settled choices that every leaf meets."""

    digits: int | None
    mode: str


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One indicator row, or the j-th row of every submission."""

    target: Number
    actual: Number
    forward: Bit
    reverse: Bit
    strict: Bit
    """The target itself misses it (`<5次`, `>90%`)."""
    qualitative: Bit
    open: Bit
    judged: Range
    """Points an evaluator gave, as shares of the full ones: 0 to 1 where nobody did."""


class Scorer:
    """Scoring methods over one carrier."""

    def __init__(self, meaning: Meaning, choices: Choices) -> None:
        self.meaning, self.choices = meaning, choices
        self.zero = meaning.number(Fraction(0))
        self.one = meaning.number(Fraction(1))

    # -- one measure ---

    def points(self, method: Measured, measure: Number, full: Number, zero_base: str) -> Range:
        """The points of a criterion. A not-applicable measure gives not-applicable points."""
        m = self.meaning
        earned, least = self._earned(method, measure, full)
        most = self._most(method, full)
        low, high = m.choose(measure.known, earned.low, least), m.choose(measure.known, earned.high, most)
        if zero_base != "open":
            settled = full if zero_base == "full" else self.zero
            low = m.choose(measure.undefined, settled, low)
            high = m.choose(measure.undefined, settled, high)
        return self._closed(Range(low, high), most, measure.inapplicable)

    def _most(self, method: Measured, full: Number) -> Number:
        """The most that the form can give: the full points, or the share above them that it names."""
        share = highest_share(method)
        return full if share == 1 else self.meaning.multiply(self.meaning.number(share), full)

    def _closed(self, earned: Range, most: Number, inapplicable: Bit) -> Range:
        low = self._end(earned.low, most, inapplicable)
        return Range(low, low if earned.high is earned.low else self._end(earned.high, most, inapplicable))

    def _end(self, points: Number, most: Number, inapplicable: Bit) -> Number:
        """Clamped and rounded, once."""
        m = self.meaning
        points = m.clamped(points, self.zero, most)
        if self.choices.digits is not None:
            points = m.rounded(points, self.choices.digits, self.choices.mode)
        return m.choose(inapplicable, m.inapplicable(), points)

    def _earned(self, method: Measured, x: Number, full: Number) -> tuple[Range, Number]:
        """The points at a known `x`, and the least that the form can give."""
        match method:
            case Proportional():
                return self._cut(method.cuts, x, self._proportional(method, x, full)), self.zero
            case Linear():
                points = self._line(method, x, full)
                return self._cut(method.cuts, x, Range(points, points)), self.zero
            case Bands():
                return self._bands(method, x, full)
            case Steps():
                points = self._steps(method, x, full)
                return self._cut(method.cuts, x, Range(points, points)), self._least(method)
            case Additions():
                points = self._additions(method, x)
                return self._cut(method.cuts, x, Range(points, points)), self._least(method)
            case External() | Share():
                points = self.meaning.multiply(x, full)
                return Range(points, points), self.zero

    def _at(self, amount: Amount) -> Number:
        return self.meaning.number(amount.value)

    def _cut(self, cuts: tuple[Cut, ...], x: Number, earned: Range) -> Range:
        """Beyond a cut-off its own points count, or its deduction comes off, never below 0."""
        m = self.meaning
        low, high = earned.low, earned.high
        for one in cuts:
            sign = (">=" if one.closed else ">") if one.side == "above" else ("<=" if one.closed else "<")
            beyond = m.compared(sign, x, self._at(one.at)).sure
            ends = []
            for end in (low, high):
                if one.points is not None:
                    then = m.number(one.points)
                else:
                    then = m.greatest(m.subtract(end, m.number(one.deduct or Fraction(0))), self.zero)
                ends.append(m.choose(beyond, then, end))
            low, high = ends
        return Range(low, high)

    def _least(self, method: Steps | Additions) -> Number:
        """The floor or the start, or less where a cut-off gives less."""
        given = [Fraction(0) if one.points is None else one.points for one in method.cuts]
        return self.meaning.number(min([method.floor if isinstance(method, Steps) else method.start, *given]))

    def _line(self, method: Linear, x: Number, full: Number) -> Number:
        m, zero_at = self.meaning, self._at(method.zero_at)
        share = m.divide(m.subtract(x, zero_at), m.subtract(self._at(method.full_at), zero_at))
        most = self.one if method.most is None else self._at(method.most)
        return m.multiply(m.clamped(share, self.zero, most), full)

    def _proportional(self, method: Proportional, x: Number, full: Number) -> Range:
        m, target = self.meaning, self._at(method.target)
        if method.direction == "reverse":
            earned = self._reverse(x, target, full, method.reverse or "")
            passed = m.compared("<=", x, self._at(method.pass_)).sure if method.pass_ else m.carrier.true
            earned = m.choose(passed, earned, self.zero)
            return Range(earned, earned)
        earned = m.multiply(m.divide(x, target), full)
        if method.pass_:
            earned = m.choose(m.compared(">=", x, self._at(method.pass_)).sure, earned, self.zero)
        if method.most is not None:
            return Range(earned, earned)
        over = m.compared(">", x, target).sure
        if method.direction == "equal" or method.over == "zero":
            return Range(m.choose(over, self.zero, earned), m.choose(over, self.zero, earned))
        if method.over == "open":
            return Range(m.choose(over, self.zero, earned), m.choose(over, full, earned))
        return Range(m.choose(over, full, earned), m.choose(over, full, earned))

    def _reverse(self, x: Number, target: Number, full: Number, how: str) -> Number:
        """t/a, or 1 − (a − t)/t, once a exceeds t; full up to t."""
        m = self.meaning
        if how == "inverse":
            share = m.divide(target, x)
        else:
            share = m.subtract(self.one, m.divide(m.subtract(x, target), target))
        met = m.compared("<=", x, target).sure
        return m.choose(met, full, m.multiply(m.clamped(share, self.zero, self.one), full))

    def _bands(self, method: Bands, x: Number, full: Number) -> tuple[Range, Number]:
        """Outside every band the points are open: from the least band to the full points."""
        m = self.meaning
        least = m.number(min(band.points for band in method.bands))
        low, high = least, full
        for band in method.bands:
            inside, points = self._inside(band, method.edges, x), m.number(band.points)
            low, high = m.choose(inside, points, low), m.choose(inside, points, high)
        return Range(low, high), least

    def _inside(self, band: Band, edges: str | None, x: Number) -> Bit:
        m = self.meaning
        if band.at is not None:
            return m.compared("=", x, self._at(band.at)).sure
        inside, (lower, upper) = m.carrier.true, band.closed(edges)
        if band.from_ is not None:
            inside = inside & m.compared(">=" if lower else ">", x, self._at(band.from_)).sure
        if band.to is not None:
            inside = inside & m.compared("<=" if upper else "<", x, self._at(band.to)).sure
        return inside

    def _steps(self, method: Steps, x: Number, full: Number) -> Number:
        steps = self.steps(method, x)
        m = self.meaning
        lost = m.multiply(steps, m.number(method.deduct))
        return m.greatest(m.subtract(full, lost), m.number(method.floor))

    def steps(self, method: Steps, x: Number) -> Number:
        """How many steps `x` is off: d = max(0, x − t), max(0, t − x) or |x − t|; q = d ÷ step, as the file counts."""
        assert method.from_ is not None  # left open only in a clause's reading; a rule file must name it
        step = method.step.value if method.base == "points" else method.step.value * abs(method.from_.value)
        return self._counted(self._distance(method.side, method.from_, x), step, method.partial_step)

    def _distance(self, side: str, standard: Amount, x: Number) -> Number:
        m, at = self.meaning, self._at(standard)
        match side:
            case "above":
                return m.greatest(m.subtract(x, at), self.zero)
            case "below":
                return m.greatest(m.subtract(at, x), self.zero)
            case _:
                return m.absolute(m.subtract(x, at))

    def _counted(self, distance: Number, step: Fraction, partial_step: str | None) -> Number:
        m = self.meaning
        steps = m.divide(distance, m.number(step))
        if partial_step == "whole":
            return m.floor(steps)
        return m.ceiling(steps) if partial_step == "started" else steps

    def _additions(self, method: Additions, x: Number) -> Number:
        """Points added for each step beyond the standard; the caller clamps at the full points."""
        assert method.from_ is not None
        m = self.meaning
        steps = self._counted(self._distance(method.side, method.from_, x), method.step.value, method.partial_step)
        return m.add(m.number(method.start), m.multiply(steps, m.number(method.add)))

    def holding(self, method: Holds, truth: Truth, full: Number) -> Range:
        """All or nothing by a condition; unknown, both are possible."""
        m, otherwise = self.meaning, self.meaning.number(method.otherwise)
        low, high = m.choose(truth.sure, full, otherwise), m.choose(truth.possible, full, otherwise)
        return self._closed(Range(low, high), full, m.carrier.false)

    # -- an evaluator's answer ---

    def judged(self, allowed: Range, full: Number) -> Range:
        """Points within what the evaluator's answer allows."""
        return self._closed(allowed, full, self.meaning.carrier.false)

    def shared(self, share: Range, full: Number) -> Range:
        """A share of the full points."""
        m = self.meaning
        return self._closed(Range(m.multiply(share.low, full), m.multiply(share.high, full)), full, m.carrier.false)

    # -- one indicator row ---

    def attainment(self, row: RowFacts, rules: RowRules | None) -> Number:
        """Actual over target, rounded for every reader where the rule set says so."""
        m, digits = self.meaning, rules.attainment_round if rules is not None else None
        exact = m.divide(row.actual, row.target)
        exact = m.choose(m.compared("<", row.target, self.zero).sure, m.unknown(exact), exact)
        return exact if digits is None else m.rounded(exact, digits, "half-up")

    def met(self, row: RowFacts, rules: RowRules) -> tuple[Bit, Bit]:
        """Whether a measured row reached its target, and whether it is an equality that counts on both sides."""
        m, c = self.meaning, self.meaning.carrier
        unmarked = c.negated(row.forward | row.reverse)
        nothing = m.compared("=", row.target, self.zero).sure  # “=0件”: any more misses it
        at_least = m.compared(">=", row.actual, row.target).sure
        at_most = m.compared("<=", row.actual, row.target).sure
        exact = unmarked if rules.equal == "exact" else unmarked & nothing
        met = (row.reverse & at_most) | (exact & at_least & at_most) | (c.negated(row.reverse | exact) & at_least)
        return met & c.negated(row.strict & at_least & at_most), exact

    def row(self, rules: RowRules, row: RowFacts, full: Number) -> Range:
        """The points of one indicator row by the row rules; what can't be measured is open or judged."""
        m, c = self.meaning, self.meaning.carrier
        met, exact = self.met(row, rules)
        attainment = self.attainment(row, rules)
        forward = m.multiply(attainment, full)
        inverse = self._reverse(row.actual, row.target, full, rules.reverse)
        unmet = m.choose(row.reverse, inverse, m.choose(exact, self.zero, forward))
        unmet = m.choose(unmet.known, unmet, self.zero)
        low = high = m.choose(met, full, unmet)
        far = m.compared(">=", attainment, self._at(rules.over_fulfilment.from_)).sure & c.negated(row.reverse)
        if rules.over_fulfilment.effect == "zero":
            low = high = m.choose(far, self.zero, low)
        elif rules.over_fulfilment.effect == "open":
            low = m.choose(far, self.zero, low)
        elif rules.over_fulfilment.effect == "deduct":
            low = high = m.choose(far, m.subtract(full, m.number(rules.over_fulfilment.deduct or Fraction(0))), low)
        elif rules.over_fulfilment.effect == "deviation":
            beyond = m.subtract(attainment, self._at(rules.over_fulfilment.from_))
            kept = m.multiply(m.subtract(self.one, m.choose(far, beyond, self.zero)), full)
            low = high = m.choose(far, kept, low)
        measured = row.target.known & row.actual.known & c.negated(row.open | row.qualitative)
        # a share of a target below 0 is no proportion: −10% against −5% would be twice the target
        measured = measured & (met | m.compared(">=", row.target, self.zero).sure)
        if rules.zero_target == "open":
            measured = measured & m.compared("!=", row.target, self.zero).sure
        answer = Range(m.multiply(row.judged.low, full), m.multiply(row.judged.high, full))
        low, high = m.choose(measured, low, answer.low), m.choose(measured, high, answer.high)
        inapplicable = (row.target.inapplicable | row.actual.inapplicable) & c.negated(row.qualitative)
        return self._closed(Range(low, high), full, inapplicable)
