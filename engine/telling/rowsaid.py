"""Why has an indicator row its points? The branch that decided, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ..algebra.meaning import fraction
from ..filing.figures import Row
from ..filing.submission import JudgementEntry
from ..judging.rollup import Points
from ..judging.rows import RowPoints
from ..methods import Measured
from ..methods.method import Fact
from ..rules.rows import RowRules
from ..values.amounts import Amount
from ..values.units import unit_word
from ..wording import joined, listed, phrase
from .explain import Explainer, scored_said
from .words import PERCENT, fact_shown, filed_shown, points_shown

_MET = {"more": "row-met", "less": "row-met-at-most", "cost": "row-met-at-most", "same": "row-met-exactly"}

_OPEN = {
    "open": "",  # for several causes
    "below-zero": "row-below-zero",
    "zero-target": "row-no-target-zero",
    "doubted": "row-doubted",
    "under-standard": "row-under-standard",
}
"""Branches for the evaluator, and the sentences that say why."""


class RowExplainer:
    """Sentences about the indicator rows of one judged submission."""

    def __init__(self, explain: Explainer) -> None:
        self.explain, self.lang = explain, explain.lang
        self.rules = explain.plan.ruleset.rows

    def row(self, one: RowPoints) -> tuple[str, str]:
        """(because, cause) of an indicator row, with the reviewer's cut behind it."""
        said, cause = self._said(one)
        entry = one.judged
        if entry is not None and entry.reduce is not None:
            said = joined((said, self._reduced(one, entry, entry.reduce)), self.lang)
        return said, cause

    def _reduced(self, one: RowPoints, entry: JudgementEntry, cut: Amount) -> str:
        """What a reviewer took off; an equation where there was one number to take it from."""
        before, facts = self._before_cut(one), {"by": entry.by, "reason": entry.reason, "reduce": cut}
        if not before.settled:
            return phrase("row-reduced-open", self.lang, points=self.explain.range_shown(one.points), **facts)
        left = before.low - cut.value * one.full
        facts |= {"full": points_shown(one.full), "before": points_shown(before.low)}
        shown = points_shown(one.points.low if left >= 0 else self.explain.rounder(left))
        said = phrase("row-reduced", self.lang, points=shown, **facts)
        return said if left >= 0 else said + phrase("floored", self.lang, points=points_shown(one.points.low))

    def _before_cut(self, one: RowPoints) -> Points:
        entry = one.judged
        if entry is not None and entry.points is not None:
            return Points(entry.points, entry.points)
        return one.computed

    def _said(self, one: RowPoints) -> tuple[str, str]:
        entry = one.judged
        if entry is not None and entry.points is not None:
            changed = one.computed if one.computed.settled else None
            said = self.explain.judged_points(entry, changed)
            return joined((self._by_rule(one)[0] if changed else "", said), self.lang), ""
        if entry is not None and entry.tier:
            said = phrase("judged-tier", self.lang, by=entry.by, tier=entry.tier, reason=entry.reason)
            open_ = not one.points.settled
            return (self.explain.open(said, one.points) if open_ else said), phrase(
                "pending", self.lang
            ) if open_ else ""
        return self._by_rule(one)

    def _by_rule(self, one: RowPoints) -> tuple[str, str]:
        says: dict[str, Callable[[RowPoints, RowRules], tuple[str, str]]] = {
            "inapplicable": self._inapplicable,
            "coefficient": self._coefficient,
            "parts": self._parts,
            "delay": self._delay,
            "date": self._date,
            "named": self._pending,
            "own": self._own,
            "rules": self._rules,
        }
        assert self.rules is not None
        return says[one.how](one, self.rules)

    def _opened(self, cause: str, one: RowPoints) -> tuple[str, str]:
        return self.explain.open(cause, one.computed), cause

    def _phrase(self, key: str, one: RowPoints, **facts: object) -> str:
        about = {
            "actual": one.row.actual.raw,
            "target": one.row.target.raw,
            "full": points_shown(one.full),
            "points": points_shown(one.computed.low),
        }
        return phrase(key, self.lang, **(about | facts))

    # -- rows that are not scored by their numbers ---

    def _inapplicable(self, one: RowPoints, _rules: RowRules) -> tuple[str, str]:
        counted = "" if not one.computed.high and one.full else "-full"
        key = "row-not-applicable" + (counted if one.computed.high else self._left_out(one))
        said = phrase(key, self.lang)
        return said, said

    def _left_out(self, one: RowPoints) -> str:
        parents = [leaf for leaf in self.explain.judged.leaves if one in leaf.rows]
        return "-zero" if parents and parents[0].leaf.treated == "zero" else ""

    def _coefficient(self, one: RowPoints, _rules: RowRules) -> tuple[str, str]:
        share = fraction((one.numbers or {})["share"])
        rate = Fact(share, PERCENT, (), self._gives(one, lambda shown: shown * one.full))
        return self._phrase("row-coefficient", one, rate=fact_shown(rate, self.lang)), ""

    def _parts(self, one: RowPoints, _rules: RowRules) -> tuple[str, str]:
        numbers = {name: points_shown(fraction(number)) for name, number in (one.numbers or {}).items()}
        if one.computed.settled:
            return self._phrase("row-parts", one, **numbers), ""
        return self._opened(self._phrase("row-parts-open", one, **numbers), one)

    def _date(self, one: RowPoints, _rules: RowRules) -> tuple[str, str]:
        if one.branch == "on-time":
            return self._phrase("row-on-time", one), ""
        if one.branch == "late" and one.computed.settled:
            return self._phrase("row-late", one), ""
        key = "row-late-open" if one.branch == "late" else "row-late-either"
        return self._opened(self._phrase(key, one), one)

    def _delay(self, one: RowPoints, _rules: RowRules) -> tuple[str, str]:
        """The delay, the steps that it is, and what is left."""
        late = one.late
        assert late is not None and one.own is not None
        if late.least is None or late.most is None:
            assert one.row.due is not None and one.row.done is not None
            years = self.explain.naming.without_holidays((one.row.due.last, one.row.done.first, one.row.done.last))
            return self._opened(phrase("lacks", self.lang, names=listed(years, self.lang)), one)
        if late.on_time:
            return self._phrase("row-on-time", one), ""
        if late.least != late.most:
            most = f"{late.most}{late.method.step.word}"
            cause = self._phrase("row-delay-open", one, least=late.least, most=most)
            return (cause, "") if one.computed.settled else self._opened(cause, one)
        return self._phrase("row-delay", one, said=self._worked(one)), ""

    def _pending(self, one: RowPoints, _rules: RowRules) -> tuple[str, str]:
        return self._opened(phrase("row-own-open", self.lang, clause=one.row.clause), one)

    def _own(self, one: RowPoints, _rules: RowRules) -> tuple[str, str]:
        """By the rule that the row prints itself."""
        if one.own is None or not one.computed.settled:
            return self._pending(one, _rules)
        return phrase("row-own-clause", self.lang, clause=one.row.clause, said=self._worked(one)), ""

    def _worked(self, one: RowPoints) -> str:
        assert one.own is not None and isinstance(one.method, Measured) and one.measure is not None
        word = one.word if one.word is not None else unit_word(one.late.method.step.word if one.late else "%")
        x = fraction(one.measure)
        return scored_said(one.own, one.method, x, word, one.full, self.explain.rounder, self.lang)

    # -- rows scored by target and actual ---

    def _rules(self, one: RowPoints, rules: RowRules) -> tuple[str, str]:
        if one.branch in _OPEN:
            key = _OPEN[one.branch]
            cause = self._phrase(key, one, word=one.heading.word) if key else self.cause(one.row)
            if one.computed.settled:
                return self._phrase("row-refused", one, cause=cause), ""
            return self._opened(cause, one)
        if one.branch in ("not-started", "edge"):
            key = f"row-{one.branch}"
            if one.computed.settled:
                return self._phrase(key, one), ""
            return self._opened(self._phrase(f"{key}-open", one), one)
        if not one.computed.settled:  # over-fulfilment, for the evaluator
            at = rules.over_fulfilment.from_
            return self._opened(self._phrase(f"row-{one.branch}", one, at=at), one)
        return self._measured(one, rules), ""

    def cause(self, row: Row) -> str:
        """Why a row can't be measured: what is doubtful about its cells, or missing in them."""
        facts = {"target": row.target.raw, "actual": row.actual.raw}
        for holds, key in (
            (row.marks.packed and self.rules is not None and self.rules.packed == "open", "row-packed"),
            (row.marks.qualitative and any(map(str.isdigit, row.target.raw)), "row-unread"),
            (row.marks.qualitative, "row-qualitative"),
            (row.marks.copied, "row-copied"),
            (row.marks.worded, "row-worded"),
            (row.bare, "row-bare"),
            (row.target.word.unit != row.actual.word.unit, "row-units"),
            (bool(row.parts) and not row.target.raw, "row-apart"),
            (not row.target.number.known, "row-no-target"),
            (row.marks.unverifiable, "row-unverifiable"),
            (not row.actual.number.known, "row-no-actual"),
        ):
            if holds:
                return phrase(key, self.lang, **facts)
        return phrase("pending", self.lang)

    def _measured(self, one: RowPoints, rules: RowRules) -> str:
        """Actual against target, and what the rules make of it."""
        row, numbers = one.row, one.numbers or {}
        rate = numbers["attainment"]
        facts: dict[str, object] = {
            "actual": filed_shown(row.actual.number, row.actual.word),
            "target": filed_shown(row.target.number, row.target.word),
        }
        if rate.known:
            facts["rate"] = fact_shown(self._rate(one, rules, fraction(rate)), self.lang)
        ratio = rate.known and one.branch not in ("inverse", "linear", "unequal")
        parts = [phrase("attained" if ratio else "against", self.lang, **facts)]
        if one.heading.better in ("less", "cost") and one.heading.word:
            key = "row-as-cost" if one.heading.better == "cost" else "row-as-less"
            parts.append(phrase(key, self.lang, word=one.heading.word))
        parts.append(self._share(one, rules, facts))
        if row.marks.derived:
            stated = filed_shown(row.stated_rate.number, PERCENT)
            parts.append(phrase("row-derived", self.lang, actual=facts["actual"], rate=stated))
        if row.marks.confirmed:
            parts.append(phrase("row-confirmed", self.lang))
        return joined(parts, self.lang)

    def _rate(self, one: RowPoints, rules: RowRules, rate: Fraction) -> Fact:
        """Attainment, with the digits that tell it from 100% and from the limit of over-fulfilment, and that make the
        equation of a row in proportion come out.
        """
        apart = (Fraction(1), rules.over_fulfilment.from_.value)
        holds = self._gives(one, lambda shown: min(shown, Fraction(1)) * one.full) if one.branch == "scaled" else None
        return Fact(rate, PERCENT, tuple(edge for edge in apart if edge != rate), holds)

    def _gives(self, one: RowPoints, work: Callable[[Fraction], Fraction]) -> Callable[[Fraction], bool]:
        rounder = self.explain.rounder
        given = rounder(one.computed.low)
        return lambda shown: rounder(work(shown)) == given

    def _share(self, one: RowPoints, rules: RowRules, facts: dict[str, object]) -> str:
        """What the branch gave, as it came about."""
        numbers = one.numbers or {}
        if one.branch == "met":
            return self._phrase(_MET.get(one.heading.better, "row-met-exactly"), one)
        if one.branch in ("inverse", "linear"):
            share = min(max(fraction(numbers["inverse"]), Fraction(0)), Fraction(1))
            if not share:
                return self._phrase("row-nothing-left", one)
            shown = Fact(share, PERCENT, (), self._gives(one, lambda value: value * one.full))
            return self._phrase(f"row-{one.branch}", one, share=fact_shown(shown, self.lang), **facts)
        if one.branch.startswith("over-"):
            return self._over(one, rules)
        return self._phrase(f"row-{one.branch}", one, **facts)

    def _over(self, one: RowPoints, rules: RowRules) -> str:
        """What far more than the target takes off, and where nothing is left."""
        over, rounder = rules.over_fulfilment, self.explain.rounder
        beyond = fraction((one.numbers or {})["attainment"]) - over.from_.value
        lost = beyond * one.full if over.effect == "deviation" else over.deduct or Fraction(0)
        left = rounder(one.full - lost)
        shown = Fact(beyond, PERCENT, (), lambda value: rounder((1 - value) * one.full) == left)
        facts = {"at": over.from_, "deduct": points_shown(over.deduct or Fraction(0)), "points": points_shown(left)}
        said = self._phrase(f"row-{one.branch}", one, beyond=fact_shown(shown, self.lang), **facts)
        floored = over.effect in ("deduct", "deviation") and left < 0
        return said + (phrase("floored", self.lang, points=points_shown(one.computed.low)) if floored else "")
