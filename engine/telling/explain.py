"""Why these points? The branch that decided, in the reader's language, with the figures of its arithmetic put in.

Nothing is decided here: methods and rows say which sentence words which branch, and what an evaluator settled is told
apart from what a rule computed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from ..algebra.meaning import OneNumber, fraction
from ..expressions.tree import Tree, canonical
from ..filing.submission import JudgementEntry
from ..judging.judge import Judged
from ..judging.leaves import LeafPoints
from ..judging.rollup import Points, points_of
from ..methods import Answered, Indicators, Measured, Proportional, Share
from ..methods.method import Fact, Scored, Told, cut_number, first_holding
from ..planning.plan import Plan
from ..values.exact import half_up
from ..values.units import UnitWord
from ..wording import Lang, joined, listed
from .naming import Naming
from .words import PointWriter, Value, say, sentence, value_shown

Why: TypeAlias = tuple[str, str]
"""The reason, and where points are open, the cause of that."""


def scored_said(
    made: Scored[int, bool], method: Measured, x: Fraction, word: UnitWord, full: Fraction, of: PointWriter, lang: Lang
) -> str:
    """Why a known measure has its points: the method's own branch, then ceiling, cut-offs, floor and rounding."""
    numbers = {name: fraction(number) for name, number in made.worked.numbers.items() if number.known}
    own = fraction(made.own.low)
    told = Told(first_holding(made.worked.branches).name, x, word, full, own, numbers, of.rounded)
    number = cut_number(made)
    if number is not None:
        return _cut_said(method, number, told, lang)
    said, reached = sentence(method.said(told), lang), of.rounded(own)
    if reached != half_up(own, of.digits):
        said += say("cut-off", lang, digits=of.digits)
    if made.topped:
        reached = of.rounded(full * method.highest_share)
        said += say("topped", lang, points=reached)
    for number, beyond in made.deducted:
        one = method.cut_offs[number]
        if beyond and one.deduct is not None:
            left = reached - one.deduct
            said += say("cut-deducts", lang, at=one.shown(), deduct=one.deduct, before=reached, points=left)
            reached = left
    if made.floored:
        said += say("floored", lang, points=of.rounded(fraction(made.points.low)))
    return said


def _cut_said(method: Measured, number: int, told: Told, lang: Lang) -> str:
    one = method.cut_offs[number]
    value = told.apart(one.at.value)
    if number >= len(getattr(method, "cuts", ())):
        return say("below-pass", lang, value=value, target=one.at)
    return say("cut", lang, value=value, at=one.shown(), points=one.points or Fraction(0))


class Teller:
    """What is said of one judged submission, in the reader's language; and sentences that leaves and rows share."""

    def __init__(self, plan: Plan, judged: Judged, naming: Naming, points: PointWriter) -> None:
        self.plan, self.judged, self.naming, self.points = plan, judged, naming, points
        self.lang = naming.lang

    def say(self, key: str, **facts: Value) -> str:
        """A sentence with its facts put in."""
        return say(key, self.lang, **facts)

    def both(self, *said: str) -> str:
        """Sentences one after the other."""
        return joined(said, self.lang)

    def open(self, cause: str, points: Points) -> str:
        """Why points are open, and between which they lie."""
        return self.say("open-range", cause=cause, low=points.low, high=points.high)

    def given(self, entry: JudgementEntry, computed: Points | None, rule: Callable[[], Why]) -> str:
        """Points that an evaluator gave, instead of those computed where a rule had given some."""
        facts: dict[str, Value] = {"by": entry.by, "points": entry.points or Fraction(0), "reason": entry.reason}
        if computed is None:
            return self.say("judged-points", **facts)
        return self.both(rule()[0], self.say("edited-points", computed=computed.low, **facts))

    def tiered(self, entry: JudgementEntry) -> str:
        """The tier that an evaluator chose."""
        return self.say("judged-tier", by=entry.by, tier=entry.tier, reason=entry.reason)

    def lacks(self, tree: Tree) -> str:
        """What a measure or condition lacks; where nothing can be named, the text itself."""
        return self.say("lacks", names=self.naming.listed(self.naming.lacking(tree)) or canonical(tree))


class Explainer(Teller):
    """Sentences about the leaves of one judged submission."""

    def leaf(self, one: LeafPoints) -> Why:
        """The arithmetic, and where points are open, why; then what came of it."""
        treated = one.leaf.treated
        to = one.leaf.moved_to[-1] if one.leaf.moved_to else ""
        if not one.shown.possibly:
            said = self.say(f"not-applicable-{one.part.treated if treated != 'moved' else 'moved'}", name=to)
            return said, said
        (said, cause), more = self._leaf_said(one), []
        if one.doubtful:
            maybe = self.say("maybe-applies")
            more = [maybe] if maybe not in said else []  # what is open is said with its cause, which this may be
            more += [self.say("maybe-moved", name=to)] if treated == "moved" else []
        if treated != "moved" and fraction(one.shown.of.high) > one.full:
            of = points_of(one.shown.of)
            key = "weight-moved" if of.settled else "weight-may-move"
            more.append(self.say(key, points=one.points, own=one.full, full=of.high))
            cause = cause if of.settled or cause else more[-1]
        return self.both(said, *more), cause

    def _leaf_said(self, one: LeafPoints) -> Why:
        cause = self.say("maybe-applies") if one.doubtful else ""
        if one.judged is not None and one.judged.points is not None:
            computed = one.computed if one.changed else None
            return self.given(one.judged, computed, lambda: self._computed(one, cause)), cause
        if isinstance(one.leaf.method, Answered):
            return self._answer(one, one.leaf.method, cause)
        return self._computed(one, cause)

    def _computed(self, one: LeafPoints, cause: str) -> Why:
        """What the rule gives, with the arithmetic."""
        why = self._open_for(one, cause)
        return (self.open(why, one.computed), why) if why else (self._worked(one), cause)

    def _open_for(self, one: LeafPoints, cause: str) -> str:
        """What leaves the points of its rule open; nothing where they are settled."""
        leaf, method, measure = one.leaf, one.leaf.method, one.measure
        if isinstance(method, Indicators):
            return "" if one.rows else self.say("no-rows", level=leaf.path[-1])
        if leaf.holds is not None:
            return "" if one.computed.settled else cause or self.lacks(leaf.holds)
        assert leaf.tree is not None and measure is not None
        if one.scored is not None:
            return "" if one.computed.settled else cause or self._left_open(one, measure)
        if measure.risky or not measure.undefined:
            return self.both(cause, self.lacks(leaf.tree))  # whether it applies comes first
        if leaf.zero_base != "open":
            return ""
        if isinstance(method, Share):  # its quotient is not written in the rule file
            return self.say("no-rows", level=method.kind or leaf.path[-1])
        return self.say("undefined", formula=self.naming.formula(leaf.tree))

    def _worked(self, one: LeafPoints) -> str:
        leaf, method = one.leaf, one.leaf.method
        if isinstance(method, Indicators):
            return self._sum_of_rows(one)
        if leaf.holds is not None and one.holds is not None:
            key = "holds" if one.holds.sure else "holds-not"
            return self.say(key, text=canonical(leaf.holds), points=one.computed.low)
        if one.scored is None or one.measure is None:
            return self.say(f"zero-base-{leaf.zero_base}")
        assert isinstance(method, Measured)
        return scored_said(one.scored, method, fraction(one.measure), leaf.word, one.full, self.points, self.lang)

    def _sum_of_rows(self, one: LeafPoints) -> str:
        """How many rows there are, and which of their full points nobody printed."""
        counted = [row for row in one.rows if row.counts]
        shared = [row for row in counted if row.shared]
        said = self.say("sum-of-rows", count=len(counted)) if len(counted) > 1 else ""
        if shared:
            alone = "row-alone" if len(shared) == 1 else "rows-shared"
            key = "rows-shared-rounded" if shared[0].row.weight.number.known else alone
            full = sum((row.full for row in shared), Fraction(0))
            said = self.both(said, self.say(key, count=len(shared), full=full))
        return said or self.say("one-row")

    def _answer(self, one: LeafPoints, method: Answered, cause: str) -> Why:
        entry, asked, own = one.judged, method.asked(), one.own
        if not own.settled:
            answered = {*entry.met, *entry.not_met} if entry else set()
            left = [f"“{item}”" for number, item in enumerate(asked, 1) if number not in answered]
            cause = self.say("pending-items", items=listed(left, self.lang)) if asked else self.say("pending")
        if entry is None:
            return self.open(cause, own), cause
        said = self.tiered(entry) if entry.tier else self.say("judged-items", by=entry.by, reason=entry.reason)
        if own.settled:
            return said, cause
        return self.open(said if entry.tier else self.both(said, cause), own), cause

    def _left_open(self, one: LeafPoints, x: OneNumber) -> str:
        method, word = one.leaf.method, one.leaf.word
        if isinstance(method, Proportional):
            value = Fact(fraction(x), word, (method.target.value,))
            return self.say("over-target", value=value, target=method.target)
        return self.say("outside", value=value_shown(x, word))
