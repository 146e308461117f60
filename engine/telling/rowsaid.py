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
from ..wording import joined, listed
from .explain import Teller, Why, scored_said
from .words import PERCENT, Value, fact_shown, filed_shown

_MET = {"more": "row-met", "less": "row-met-at-most", "cost": "row-met-at-most", "same": "row-met-exactly"}

_OPEN = {
    "open": "",  # for several causes
    "below-zero": "row-below-zero",
    "zero-target": "row-no-target-zero",
    "doubted": "row-doubted",
    "under-standard": "row-under-standard",
}
"""Branches for the evaluator, and the sentences that say why."""


class RowExplainer(Teller):
    """Sentences about the indicator rows of one judged submission."""

    @property
    def rules(self) -> RowRules:
        """By which rows are scored."""
        rules = self.plan.ruleset.rows
        assert rules is not None
        return rules

    def row(self, one: RowPoints) -> Why:
        """Why an indicator row has its points, with the reviewer's cut behind it."""
        said, cause = self._said(one)
        entry = one.judged
        if entry is not None and entry.reduce is not None:
            said = self.both(said, self._reduced(one, entry, entry.reduce))
        return said, cause

    def _reduced(self, one: RowPoints, entry: JudgementEntry, cut: Amount) -> str:
        """What a reviewer took off; an equation where there was one number to take it from."""
        before = one.computed if entry.points is None else Points(entry.points, entry.points)
        facts: dict[str, Value] = {"by": entry.by, "reason": entry.reason, "reduce": cut}
        if not before.settled:
            return self.say("row-reduced-open", points=one.points, **facts)
        left = before.low - cut.value * one.full
        floored = self.say("floored", points=one.points.low) if left < 0 else ""
        shown = self.points.rounded(left) if floored else one.points.low
        return self.say("row-reduced", points=shown, full=one.full, before=before.low, **facts) + floored

    def _said(self, one: RowPoints) -> Why:
        entry = one.judged
        if entry is not None and entry.points is not None:
            return self.given(entry, one.computed if one.computed.settled else None, lambda: self._by_rule(one)), ""
        if entry is not None and entry.tier:
            said = self.tiered(entry)
            return (said, "") if one.points.settled else (self.open(said, one.points), self.say("pending"))
        return self._by_rule(one)

    def _by_rule(self, one: RowPoints) -> Why:
        says: dict[str, Callable[[RowPoints], Why]] = {
            "inapplicable": self._inapplicable,
            "coefficient": self._coefficient,
            "parts": self._parts,
            "delay": self._delay,
            "date": self._date,
            "named": self._pending,
            "own": self._own,
            "rules": self._ruled,
        }
        return says[one.how](one)

    def _opened(self, cause: str, one: RowPoints) -> Why:
        return self.open(cause, one.computed), cause

    def _either(self, key: str, one: RowPoints, **facts: Value) -> Why:
        """The sentence of a row that its rule settles; else its own for one that is open."""
        if one.computed.settled:
            return self._phrase(key, one, **facts), ""
        return self._opened(self._phrase(f"{key}-open", one, **facts), one)

    def _phrase(self, key: str, one: RowPoints, **facts: Value) -> str:
        about: dict[str, Value] = {"actual": one.row.actual.raw, "target": one.row.target.raw}
        about |= {"full": one.full, "points": one.computed.low}
        return self.say(key, **(about | facts))

    # -- rows that are not scored by their numbers ---

    def _inapplicable(self, one: RowPoints) -> Why:
        said = self.say("row-not-applicable" + ("-full" if one.computed.high else self._left_out(one)))
        return said, said

    def _left_out(self, one: RowPoints) -> str:
        parents = [leaf for leaf in self.judged.leaves if one in leaf.rows]
        return "-zero" if parents and parents[0].leaf.treated == "zero" else ""

    def _coefficient(self, one: RowPoints) -> Why:
        share = fraction((one.numbers or {})["share"])
        rate = Fact(share, PERCENT, (), self._gives(one, lambda shown: shown * one.full))
        return self._phrase("row-coefficient", one, rate=rate), ""

    def _parts(self, one: RowPoints) -> Why:
        return self._either("row-parts", one, **{name: fraction(value) for name, value in (one.numbers or {}).items()})

    def _date(self, one: RowPoints) -> Why:
        if one.branch == "late":
            return self._either("row-late", one)
        if one.branch == "on-time":
            return self._phrase("row-on-time", one), ""
        return self._opened(self._phrase("row-late-either", one), one)

    def _delay(self, one: RowPoints) -> Why:
        """The delay, the steps that it is, and what is left."""
        late = one.late
        assert late is not None and one.own is not None
        if late.least is None or late.most is None:
            assert one.row.due is not None and one.row.done is not None
            years = self.naming.without_holidays((one.row.due.last, one.row.done.first, one.row.done.last))
            return self._opened(self.say("lacks", names=listed(years, self.lang)), one)
        if late.on_time:
            return self._phrase("row-on-time", one), ""
        if late.least != late.most:
            most = f"{late.most}{late.method.step.word}"
            cause = self._phrase("row-delay-open", one, least=late.least, most=most)
            return (cause, "") if one.computed.settled else self._opened(cause, one)
        return self._phrase("row-delay", one, said=self._worked(one)), ""

    def _pending(self, one: RowPoints) -> Why:
        return self._opened(self.say("row-own-open", clause=one.row.clause), one)

    def _own(self, one: RowPoints) -> Why:
        """By the rule that the row prints itself."""
        if one.own is None or not one.computed.settled:
            return self._pending(one)
        return self.say("row-own-clause", clause=one.row.clause, said=self._worked(one)), ""

    def _worked(self, one: RowPoints) -> str:
        assert one.own is not None and isinstance(one.method, Measured) and one.measure is not None
        word = one.word if one.word is not None else unit_word(one.late.method.step.word if one.late else "%")
        return scored_said(one.own, one.method, fraction(one.measure), word, one.full, self.points, self.lang)

    # -- rows scored by target and actual ---

    def _ruled(self, one: RowPoints) -> Why:
        if one.branch in _OPEN:
            key = _OPEN[one.branch]
            cause = self._phrase(key, one, word=one.heading.word) if key else self.cause(one.row)
            refused = one.computed.settled
            return (self._phrase("row-refused", one, cause=cause), "") if refused else self._opened(cause, one)
        if one.branch in ("not-started", "edge"):
            return self._either(f"row-{one.branch}", one)
        if not one.computed.settled:  # over-fulfilment, for the evaluator
            return self._opened(self._phrase(f"row-{one.branch}", one, at=self.rules.over_fulfilment.from_), one)
        return self._measured(one), ""

    def cause(self, row: Row) -> str:
        """Why a row can't be measured: what is doubtful about its cells, or missing in them."""
        holding = (
            (row.marks.packed and self.rules.packed == "open", "row-packed"),
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
            (True, "pending"),
        )
        key = next(key for holds, key in holding if holds)
        return self.say(key, target=row.target.raw, actual=row.actual.raw)

    def _measured(self, one: RowPoints) -> str:
        """Actual against target, and what the rules make of it."""
        row, rate = one.row, (one.numbers or {})["attainment"]
        facts: dict[str, Value] = {
            "actual": filed_shown(row.actual.number, row.actual.word),
            "target": filed_shown(row.target.number, row.target.word),
        }
        if rate.known:
            facts["rate"] = fact_shown(self._rate(one, fraction(rate)))
        ratio = rate.known and one.branch not in ("inverse", "linear", "unequal")
        parts = [self.say("attained" if ratio else "against", **facts)]
        if one.heading.better in ("less", "cost") and one.heading.word:
            parts.append(self.say(f"row-as-{one.heading.better}", word=one.heading.word))
        parts.append(self._share(one, facts))
        if row.marks.derived:
            stated = filed_shown(row.stated_rate.number, PERCENT)
            parts.append(self.say("row-derived", actual=facts["actual"], rate=stated))
        if row.marks.confirmed:
            parts.append(self.say("row-confirmed"))
        return joined(parts, self.lang)

    def _rate(self, one: RowPoints, rate: Fraction) -> Fact:
        """Attainment, with the digits that tell it from 100% and from the limit of over-fulfilment, and that make the
        equation of a row in proportion come out.
        """
        apart = (Fraction(1), self.rules.over_fulfilment.from_.value)
        holds = self._gives(one, lambda shown: min(shown, Fraction(1)) * one.full) if one.branch == "scaled" else None
        return Fact(rate, PERCENT, tuple(edge for edge in apart if edge != rate), holds)

    def _gives(self, one: RowPoints, work: Callable[[Fraction], Fraction]) -> Callable[[Fraction], bool]:
        given = self.points.rounded(one.computed.low)
        return lambda shown: self.points.rounded(work(shown)) == given

    def _share(self, one: RowPoints, facts: dict[str, Value]) -> str:
        """What the branch gave, as it came about."""
        if one.branch == "met":
            return self._phrase(_MET.get(one.heading.better, "row-met-exactly"), one)
        if one.branch in ("inverse", "linear"):
            share = min(max(fraction((one.numbers or {})["inverse"]), Fraction(0)), Fraction(1))
            if not share:
                return self._phrase("row-nothing-left", one)
            facts = facts | {"share": Fact(share, PERCENT, (), self._gives(one, lambda value: value * one.full))}
        elif one.branch.startswith("over-"):
            return self._over(one)
        return self._phrase(f"row-{one.branch}", one, **facts)

    def _over(self, one: RowPoints) -> str:
        """What far more than the target takes off, and where nothing is left."""
        over, rounded = self.rules.over_fulfilment, self.points.rounded
        beyond = fraction((one.numbers or {})["attainment"]) - over.from_.value
        lost = beyond * one.full if over.effect == "deviation" else over.deduct or Fraction(0)
        left = rounded(one.full - lost)
        shown = Fact(beyond, PERCENT, (), lambda value: rounded((1 - value) * one.full) == left)
        facts: dict[str, Value] = {"at": over.from_, "deduct": over.deduct or Fraction(0), "points": left}
        said = self._phrase(f"row-{one.branch}", one, beyond=shown, **facts)
        floored = over.effect in ("deduct", "deviation") and left < 0
        return said + (self.say("floored", points=one.computed.low) if floored else "")
