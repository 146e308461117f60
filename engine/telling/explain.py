"""Why these points? The branch that decided, in the reader's language, with the figures of its arithmetic put in.

Nothing is decided here: methods and rows say which sentence words which branch, and what an evaluator settled is told
apart from what a rule computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..algebra.meaning import OneNumber, fraction
from ..expressions.tree import Tree, canonical
from ..filing.submission import JudgementEntry
from ..judging.judge import Judged
from ..judging.leaves import LeafPoints
from ..judging.rollup import Points, points_of
from ..judging.settings import OneSetting
from ..methods import Answered, Holds, Indicators, Measured, Proportional, Share
from ..methods.method import Fact, Scored, Told, first_holding
from ..planning.plan import Plan
from ..values.exact import half_up, truncated
from ..values.units import UnitWord
from ..wording import Lang, joined, listed, phrase
from .naming import Naming
from .words import fact_shown, points_shown, sentence, value_shown

_EXACT_DIGITS = 4
"""At how many decimals points are printed in sentences where a rule set rounds none."""


@dataclass(frozen=True, slots=True)
class Rounder:
    """How points are rounded as they are printed: as a leaf is, or at four decimals where a rule set rounds none."""

    digits: int
    mode: str

    def __call__(self, points: Fraction) -> Fraction:
        """Rounded."""
        return (half_up if self.mode == "half-up" else truncated)(points, self.digits)


def scored_said(
    made: Scored[int, bool], method: Measured, x: Fraction, word: UnitWord, full: Fraction, rounder: Rounder, lang: Lang
) -> str:
    """Why a known measure has its points: the method's own branch, then ceiling, cut-offs, floor and rounding."""
    numbers = {name: fraction(number) for name, number in made.worked.numbers.items() if number.known}
    own = fraction(made.own.low)
    told = Told(first_holding(made.worked.branches).name, x, word, full, own, numbers, rounder)
    cut = next((one for one in made.cut if one.holds), None)
    if cut is not None:
        return _cut_said(method, int(cut.name.removeprefix("cut:")), told, lang)
    said, reached = sentence(method.said(told), lang), rounder(own)
    if reached != half_up(own, rounder.digits):
        said += phrase("cut-off", lang, digits=rounder.digits)
    if made.topped:
        reached = rounder(full * method.highest_share)
        said += phrase("topped", lang, points=points_shown(reached))
    for number, beyond in made.deducted:
        one = method.cut_offs[number]
        if beyond and one.deduct is not None:
            facts = {"at": one.shown(), "deduct": points_shown(one.deduct), "before": points_shown(reached)}
            reached -= one.deduct
            said += phrase("cut-deducts", lang, points=points_shown(reached), **facts)
    if made.floored:
        said += phrase("floored", lang, points=points_shown(rounder(fraction(made.points.low))))
    return said


def _cut_said(method: Measured, number: int, told: Told, lang: Lang) -> str:
    one = method.cut_offs[number]
    value = fact_shown(told.apart(one.at.value), lang)
    if number >= len(getattr(method, "cuts", ())):
        return phrase("below-pass", lang, value=value, target=one.at)
    points = points_shown(one.points or Fraction(0))
    return phrase("cut", lang, value=value, at=one.shown(), points=points)


class Explainer:
    """Sentences about the leaves of one judged submission."""

    def __init__(self, plan: Plan, judged: Judged, naming: Naming, lang: Lang) -> None:
        self.plan, self.judged, self.naming, self.lang = plan, judged, naming, lang
        digits = judged.rounding.digits
        self.rounder = Rounder(_EXACT_DIGITS if digits is None else digits, judged.rounding.mode)

    @property
    def setting(self) -> OneSetting:
        """Where values stand."""
        return self.judged.setting

    def leaf(self, one: LeafPoints) -> tuple[str, str]:
        """(because, cause): the arithmetic, and where points are open, why; then what came of it."""
        to = one.leaf.moved_to[-1] if one.leaf.moved_to else ""
        if not one.shown.possibly:
            said = phrase(
                f"not-applicable-{one.part.treated if one.leaf.treated != 'moved' else 'moved'}", self.lang, name=to
            )
            return said, said
        said, cause = self._leaf_said(one)
        maybe, unsure = phrase("maybe-applies", self.lang), one.doubtful
        if unsure and maybe not in said:  # what is open is said with its cause, which this may be
            said = joined((said, maybe), self.lang)
        if unsure and one.leaf.treated == "moved":
            said = joined((said, phrase("maybe-moved", self.lang, name=to)), self.lang)
        if one.leaf.treated != "moved" and fraction(one.shown.of.high) > one.full:
            of = points_of(one.shown.of)
            facts = {"own": points_shown(one.full), "full": points_shown(of.high)}
            key = "weight-moved" if of.settled else "weight-may-move"
            more = phrase(key, self.lang, points=self.range_shown(one.points), **facts)
            said, cause = joined((said, more), self.lang), cause if of.settled or cause else more
        return said, cause

    def range_shown(self, points: Points) -> str:
        """The points, or between which they lie."""
        low, high = points_shown(points.low), points_shown(points.high)
        return low if points.settled else f"{low}–{high}"

    def _leaf_said(self, one: LeafPoints) -> tuple[str, str]:
        cause = phrase("maybe-applies", self.lang) if one.doubtful else ""
        if one.judged is not None and one.judged.points is not None:
            said = self.judged_points(one.judged, one.computed if one.changed else None)
            rule = self._computed(one, cause)[0] if one.changed else ""
            return joined((rule, said), self.lang), cause
        if isinstance(one.leaf.method, Answered):
            return self._answer(one, one.leaf.method, cause)
        return self._computed(one, cause)

    def judged_points(self, entry: JudgementEntry, computed: Points | None) -> str:
        """Points that an evaluator gave, instead of those computed where a rule had given some."""
        assert entry.points is not None
        facts = {"by": entry.by, "points": points_shown(entry.points), "reason": entry.reason}
        if computed is None:
            return phrase("judged-points", self.lang, **facts)
        return phrase("edited-points", self.lang, computed=points_shown(computed.low), **facts)

    def _computed(self, one: LeafPoints, cause: str) -> tuple[str, str]:
        """What the rule gives, with the arithmetic."""
        method = one.leaf.method
        if isinstance(method, Indicators):
            return self._rows(one, cause)
        if isinstance(method, Holds):
            return self._holding(one, cause)
        assert isinstance(method, Measured) and one.measure is not None and one.leaf.tree is not None
        if one.scored is None:
            return self._unmeasured(one, one.measure, cause)
        points = one.computed
        if not points.settled:
            cause = cause or self._left_open(one, one.measure)
            return self.open(cause, points), cause
        x = fraction(one.measure)
        return scored_said(one.scored, method, x, one.leaf.word, one.full, self.rounder, self.lang), cause

    def open(self, cause: str, points: Points) -> str:
        """Why points are open, and between which they lie."""
        low, high = points_shown(points.low), points_shown(points.high)
        return phrase("open-range", self.lang, cause=cause, low=low, high=high)

    def lacks(self, tree: Tree) -> str:
        """What a measure or condition lacks; where nothing can be named, the text itself."""
        names = self.naming.listed(self.naming.lacking(tree)) or canonical(tree)
        return phrase("lacks", self.lang, names=names)

    def _holding(self, one: LeafPoints, cause: str) -> tuple[str, str]:
        holds, truth = one.leaf.holds, one.holds
        assert holds is not None and truth is not None
        if not one.computed.settled:
            cause = cause or self.lacks(holds)
            return self.open(cause, one.computed), cause
        key = "holds" if truth.sure else "holds-not"
        return phrase(key, self.lang, text=canonical(holds), points=points_shown(one.computed.low)), cause

    def _rows(self, one: LeafPoints, cause: str) -> tuple[str, str]:
        if one.rows:
            return self._sum_of_rows(one), cause
        cause = phrase("no-rows", self.lang, level=one.leaf.path[-1])
        return self.open(cause, one.computed), cause

    def _sum_of_rows(self, one: LeafPoints) -> str:
        """How many rows there are, and which of their full points nobody printed."""
        counted = [row for row in one.rows if row.counts]
        shared = [row for row in counted if row.shared]
        said = phrase("sum-of-rows", self.lang, count=len(counted)) if len(counted) > 1 else ""
        if shared:
            fulls = points_shown(sum((row.full for row in shared), Fraction(0)))
            alone = "row-alone" if len(shared) == 1 else "rows-shared"
            key = "rows-shared-rounded" if shared[0].row.weight.number.known else alone
            said = joined((said, phrase(key, self.lang, count=len(shared), full=fulls)), self.lang)
        return said or phrase("one-row", self.lang)

    def _answer(self, one: LeafPoints, method: Answered, cause: str) -> tuple[str, str]:
        entry, asked = one.judged, method.asked()
        if not one.own.settled:
            cause = phrase("pending", self.lang)
            if asked:
                answered = {*entry.met, *entry.not_met} if entry else set()
                left = [f"“{item}”" for number, item in enumerate(asked, 1) if number not in answered]
                cause = phrase("pending-items", self.lang, items=listed(left, self.lang))
        if entry is None:
            return self.open(cause, one.own), cause
        if entry.tier:
            said = phrase("judged-tier", self.lang, by=entry.by, tier=entry.tier, reason=entry.reason)
            return (said if one.own.settled else self.open(said, one.own)), cause
        said = phrase("judged-items", self.lang, by=entry.by, reason=entry.reason)
        return (said if one.own.settled else self.open(joined((said, cause), self.lang), one.own)), cause

    def _unmeasured(self, one: LeafPoints, measure: OneNumber, cause: str) -> tuple[str, str]:
        assert one.leaf.tree is not None
        if measure.undefined and not measure.risky:
            if one.leaf.zero_base != "open":
                return phrase(f"zero-base-{one.leaf.zero_base}", self.lang), cause
            if isinstance(one.leaf.method, Share):  # its quotient is not written in the rule file
                cause = phrase("no-rows", self.lang, level=one.leaf.method.kind or one.leaf.path[-1])
            else:
                cause = phrase("undefined", self.lang, formula=self.naming.formula(one.leaf.tree))
        else:
            cause = joined((cause, self.lacks(one.leaf.tree)), self.lang)  # whether it applies comes first
        return self.open(cause, one.computed), cause

    def _left_open(self, one: LeafPoints, x: OneNumber) -> str:
        value = value_shown(x, one.leaf.word)
        if isinstance(one.leaf.method, Proportional):
            shown = fact_shown(Fact(fraction(x), one.leaf.word, (one.leaf.method.target.value,)), self.lang)
            return phrase("over-target", self.lang, value=shown, target=one.leaf.method.target)
        return phrase("outside", self.lang, value=value)
