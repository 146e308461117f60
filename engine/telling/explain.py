"""Why these points? Each form says its arithmetic with the figures put in, in the reader's language."""

from __future__ import annotations

from fractions import Fraction

from ..algebra.meaning import Number, Truth
from ..expressions.tree import Tree, canonical
from ..filing.figures import known
from ..filing.submission import JudgementEntry
from ..judging.judge import Judged, LeafPoints
from ..judging.lateness import Late
from ..judging.rows import RowPoints
from ..judging.settings import SubmissionSetting
from ..judging.totals import Ends
from ..methods.intervals import band_shown, beyond, cut_shown, within
from ..methods.methods import Additions, Answered, Bands, Checklist, Linear, Proportional, Share, Steps
from ..planning.plan import Plan
from ..values.amounts import Amount
from ..values.exact import shown, written
from ..wording import Lang, phrase
from .naming import Naming
from .shown import PERCENT, beyond_counted, points_shown, steps_counted, value_shown


class Explainer:
    """Sentences about one judged submission."""

    def __init__(self, plan: Plan, judged: Judged, naming: Naming, lang: Lang) -> None:
        self.plan, self.judged, self.naming, self.lang = plan, judged, naming, lang

    @property
    def setting(self) -> SubmissionSetting:
        """Where values stand."""
        return self.judged.setting

    # -- a leaf of the table ---

    def leaf(self, one: LeafPoints) -> tuple[str, str]:
        """(because, cause): the arithmetic, and where points are open, why; then what came of it."""
        to = one.leaf.moved_to[-1] if one.leaf.moved_to else ""
        if not one.own.possibly:
            said = phrase(f"not-applicable-{one.own.policy}", self.lang, name=to)
            return said, said
        said, cause = self._leaf_said(one)
        maybe = phrase("maybe-applies", self.lang)
        if not one.own.surely and maybe not in said:  # what is open is said with its cause, which this may be
            said += "；" + maybe
        if not one.own.surely and one.own.policy == "moved":
            said += "；" + phrase("maybe-moved", self.lang, name=to)
        if one.earned.full != one.own.full:
            facts = {"own": points_shown(one.own.full), "full": points_shown(one.earned.full)}
            said += "；" + phrase("weight-moved", self.lang, points=self._shown(one.ends), **facts)
        return said, cause

    def _shown(self, ends: Ends) -> str:
        low, high = points_shown(ends.low), points_shown(ends.high)
        return low if ends.settled else f"{low}–{high}"

    def _leaf_said(self, one: LeafPoints) -> tuple[str, str]:
        method = one.leaf.method
        cause = "" if one.own.surely else phrase("maybe-applies", self.lang)
        if one.judged is not None and one.judged.points is not None:
            said = self._judged(one.judged, one.computed)
            return (f"{self._computed(one, cause)[0]}；{said}" if one.computed else said), cause
        if isinstance(method, Answered):
            return self._answer(one, method, cause)
        if method.method == "indicators":
            return self._rows(one, cause)
        return self._computed(one, cause)

    def _judged(self, entry: JudgementEntry, computed: Ends | None) -> str:
        """Points that an evaluator gave, instead of those computed where a rule had given some."""
        assert entry.points is not None
        facts = {"by": entry.by, "points": written(entry.points), "reason": entry.reason}
        if computed is None:
            return phrase("judged-points", self.lang, **facts)
        return phrase("edited-points", self.lang, computed=points_shown(computed.low), **facts)

    def _computed(self, one: LeafPoints, cause: str) -> tuple[str, str]:
        """What the rule gives, with the arithmetic."""
        if one.leaf.holds is not None:
            return self._holding(one, one.leaf.holds, cause)
        assert one.measure is not None and one.leaf.tree is not None
        if not one.measure.known:
            return self._unmeasured(one, cause)
        said = self._method(one, one.measure)
        if not one.by_rule.settled and not cause:
            cause = self._left_open(one, one.measure)
        return said, cause

    def _range(self, cause: str, ends: Ends) -> str:
        return phrase("open-range", self.lang, cause=cause, low=points_shown(ends.low), high=points_shown(ends.high))

    def lacks(self, tree: Tree) -> str:
        """What a measure or condition lacks; where nothing can be named, the text itself."""
        names = self.naming.listed(self.naming.lacking(tree)) or canonical(tree)
        return phrase("lacks", self.lang, names=names)

    def _holding(self, one: LeafPoints, holds: Tree, cause: str) -> tuple[str, str]:
        text = canonical(holds)
        if not one.by_rule.settled:
            cause = cause or self.lacks(holds)
            return self._range(cause, one.by_rule), cause
        key = "holds" if one.by_rule.low == one.own.full else "holds-not"
        return phrase(key, self.lang, text=text, points=points_shown(one.by_rule.low)), cause

    def _rows(self, one: LeafPoints, cause: str) -> tuple[str, str]:
        if one.rows:
            causes = [said for row in one.rows if (said := self.row(row)[1])]
            cause = cause or "；".join(dict.fromkeys(causes))
            return phrase("sum-of-rows", self.lang, count=len(one.rows)), cause
        level = one.leaf.path[-1]
        cause = phrase("no-rows", self.lang, level=level)
        return self._range(cause, one.by_rule), cause

    def _answer(self, one: LeafPoints, method: Answered, cause: str) -> tuple[str, str]:
        entry = one.judged
        if not one.by_rule.settled:
            cause = phrase("pending", self.lang)
            if isinstance(method, Checklist):
                answered = {*entry.met, *entry.not_met} if entry else set()
                left = [str(n) for n in range(1, len(method.items) + 1) if n not in answered]
                cause = phrase("pending-items", self.lang, items="、".join(left))
        if entry is None:
            return self._range(cause, one.by_rule), cause
        if entry.tier:
            return phrase("judged-tier", self.lang, by=entry.by, tier=entry.tier, reason=entry.reason), cause
        said = phrase("judged-items", self.lang, by=entry.by, reason=entry.reason)
        return (said, cause) if one.by_rule.settled else (self._range(f"{said}；{cause}", one.by_rule), cause)

    def _unmeasured(self, one: LeafPoints, cause: str) -> tuple[str, str]:
        assert one.measure is not None and one.leaf.tree is not None
        if one.measure.undefined:
            if one.leaf.zero_base != "open":
                return phrase(f"zero-base-{one.leaf.zero_base}", self.lang), cause
            if isinstance(one.leaf.method, Share):  # its quotient is not written in the rule file
                cause = phrase("no-rows", self.lang, level=one.leaf.method.kind or one.leaf.path[-1])
            else:
                cause = phrase("undefined", self.lang, formula=self.naming.formula(one.leaf.tree))
        else:
            cause = "；".join(filter(None, (cause, self.lacks(one.leaf.tree))))  # whether it applies comes first
        return self._range(cause, one.by_rule), cause

    def _left_open(self, one: LeafPoints, x: Number) -> str:
        value = value_shown(x, one.leaf.word)
        if isinstance(one.leaf.method, Proportional):
            return phrase("over-target", self.lang, value=value, target=one.leaf.method.target)
        return phrase("outside", self.lang, value=value)

    def _method(self, one: LeafPoints, x: Number) -> str:
        method, full = one.leaf.method, one.own.full
        value, points = value_shown(x, one.leaf.word), points_shown(one.by_rule.low)
        for cut in getattr(method, "cuts", ()):
            if beyond(cut, Fraction(x.n, x.d)):
                return phrase("cut", self.lang, value=value, at=cut_shown(cut), points=points)
        match method:
            case Steps() | Additions():
                said = self._steps(method, x, one)
            case Bands():
                said = self._band(method, x, one, value)
            case Proportional():
                said = self._proportional(method, x, value, points, full)
            case Share():
                said = phrase("share", self.lang, value=value, full=points_shown(full), points=points)
            case Linear() if one.by_rule.high > full:
                said = self._beyond_full(method.full_at, method.most, value, points)
            case Linear() if one.by_rule.low == full:
                said = phrase("reached", self.lang, value=value, target=method.full_at, points=points)
            case Linear():
                facts = {"zero": method.zero_at, "full_at": method.full_at}
                said = phrase("linear", self.lang, value=value, points=points, **facts)
            case _:
                assert one.leaf.tree is not None
                worked = self.naming.worked(one.leaf.tree, one.leaf.word, x)
                said = phrase("external", self.lang, worked=worked, full=points_shown(full), points=points)
        return said

    def _beyond_full(self, full_at: Amount, most: Amount | None, value: str, points: str) -> str:
        return phrase("beyond-full", self.lang, value=value, full_at=full_at, most=most, points=points)

    def _steps(self, method: Steps | Additions, x: Number, one: LeafPoints) -> str:
        assert method.from_ is not None
        distance, counted = beyond_counted(method, method.from_.value, Fraction(x.n, x.d))
        standard = {"above": "≤ ", "below": "≥ ", "both": "= "}[method.side] + str(method.from_)
        facts = {"value": value_shown(x, one.leaf.word), "points": points_shown(one.by_rule.low), "step": method.step}
        facts |= {"distance": shown(distance / one.leaf.word.scale, 4) + one.leaf.word.word}
        facts |= {"steps": points_shown(counted), "mode": self._mode(method)}
        if isinstance(method, Additions):
            facts |= {"standard": method.from_, "start": written(method.start), "add": written(method.add)}
            said = phrase("additions" if counted else "additions-none", self.lang, **facts)
            over = method.start + counted * method.add > one.own.full
            return said + (phrase("additions-full", self.lang) if over else "")
        if distance <= 0:
            return phrase("steps-none", self.lang, value=facts["value"], standard=standard)
        facts |= {"standard": method.from_, "full": points_shown(one.own.full), "deduct": written(method.deduct)}
        at_floor = one.own.full - counted * method.deduct < method.floor
        return phrase("steps", self.lang, **facts) + (phrase("steps-floor", self.lang) if at_floor else "")

    def _mode(self, method: Steps | Additions) -> str:
        """How a part of a step counts."""
        assert method.partial_step is not None, "the plan has seen to it"
        return phrase(method.partial_step, self.lang)

    def _band(self, method: Bands, x: Number, one: LeafPoints, value: str) -> str:
        for band in method.bands:
            if (
                one.by_rule.settled
                and band.points == one.by_rule.low
                and within(band, method.edges or "", Fraction(x.n, x.d))
            ):
                shown_band = band_shown(band, method.edges or "")
                return phrase("band", self.lang, value=value, band=shown_band, points=written(band.points))
        return self._range(phrase("outside", self.lang, value=value), one.by_rule)

    def _proportional(self, method: Proportional, x: Number, value: str, points: str, full: Fraction) -> str:
        exact, target = Fraction(x.n, x.d), method.target.value
        facts = {"value": value, "target": method.target, "full": points_shown(full), "points": points}
        if method.direction == "reverse":
            if exact <= target:
                return phrase("reached", self.lang, **facts)
            return phrase("inverse" if method.reverse == "inverse" else "reverse-linear", self.lang, **facts)
        if method.pass_ is not None and exact < method.pass_.value:
            return phrase("below-pass", self.lang, **{**facts, "target": method.pass_})
        if exact > target and method.most is not None:
            return self._beyond_full(method.target, method.most, value, points)
        if exact > target and method.over != "full":
            return phrase("over-target", self.lang, **facts)
        return phrase("reached" if exact >= target else "proportional", self.lang, **facts)

    # -- an indicator row ---

    def row(self, one: RowPoints) -> tuple[str, str]:
        """(because, cause) of an indicator row, with the reviewer's cut behind it."""
        said, cause = self._row_said(one)
        entry = one.judged
        if entry is not None and entry.reduce is not None:
            facts = {
                "by": entry.by,
                "reduce": entry.reduce,
                "reason": entry.reason,
                "points": points_shown(one.ends.high),
            }
            said += "；" + phrase("row-reduced", self.lang, **facts)
        return said, cause

    def _row_said(self, one: RowPoints) -> tuple[str, str]:
        if not one.applicable:
            said = phrase("row-not-applicable", self.lang)
            return said, said
        entry = one.judged
        if entry is not None and entry.points is not None:
            said = self._judged(entry, one.computed)
            return (f"{self._row_by_rule(one)[0]}；{said}" if one.computed else said), ""
        if entry is not None and entry.tier:
            said = phrase("judged-tier", self.lang, by=entry.by, tier=entry.tier, reason=entry.reason)
            return said, "" if one.by_rule.settled else phrase("pending", self.lang)
        return self._row_by_rule(one)

    def _row_by_rule(self, one: RowPoints) -> tuple[str, str]:
        rules = self.plan.ruleset.rows
        if rules is not None and rules.coefficients == "accepted" and one.row.coefficient.number.known:
            share = value_shown(one.row.coefficient.number, PERCENT)
            facts = {"rate": share, "full": points_shown(one.full), "points": points_shown(one.by_rule.low)}
            return phrase("row-scaled", self.lang, **facts), ""
        if rules is not None and rules.parts == "share" and one.row.parts:
            said = phrase("row-parts", self.lang, count=len(one.row.parts), points=points_shown(one.by_rule.low))
            return (said, "") if one.by_rule.settled else (self._range(said, one.by_rule), said)
        if one.late is not None:
            return self._late(one, one.late)
        if self._dated(one):
            return self._on_time(one)
        cause = self._row_cause(one)
        if cause:
            return self._range(cause, one.by_rule), cause
        return self._row_measured(one), ""

    def _dated(self, one: RowPoints) -> bool:
        rules = self.plan.ruleset.rows
        return rules is not None and rules.deadline is not None and bool(one.row.due and one.row.done)

    def _on_time(self, one: RowPoints) -> tuple[str, str]:
        facts = {"actual": one.row.actual.raw, "target": one.row.target.raw}
        if one.by_rule.low == one.full:
            return phrase("row-on-time", self.lang, points=points_shown(one.full), **facts), ""
        said = phrase("row-late", self.lang, **facts)
        return (said, "") if one.by_rule.settled else (self._range(said, one.by_rule), said)

    def _late(self, one: RowPoints, late: Late) -> tuple[str, str]:
        """The delay, the steps that it is, and what is left."""
        word, method, ends = late.method.step.word, late.method, one.by_rule
        facts = {"actual": one.row.actual.raw, "target": one.row.target.raw, "points": points_shown(ends.low)}
        if late.least is None or late.most is None:
            assert one.row.due is not None and one.row.done is not None
            years = self.naming.without_holidays((one.row.due.last, one.row.done.first, one.row.done.last))
            cause = phrase("lacks", self.lang, names="、".join(years))
            return self._range(cause, ends), cause
        if late.on_time:
            return phrase("row-on-time", self.lang, **facts), ""
        if late.least != late.most:
            cause = phrase("row-delay-open", self.lang, least=late.least, most=f"{late.most}{word}", **facts)
            return (cause, "") if ends.settled else (self._range(cause, ends), cause)
        allowed = method.from_.value if method.from_ is not None else Fraction(0)
        counted = steps_counted(method, max(late.most - allowed, Fraction(0)), method.step.value)
        facts |= {"lag": f"{late.most}{word}", "step": str(method.step), "steps": points_shown(counted)}
        facts |= {"full": points_shown(one.full), "deduct": written(method.deduct)}
        said = phrase("row-delay", self.lang, mode=self._mode(method), **facts)
        at_floor = one.full - counted * method.deduct < method.floor
        return said + (phrase("steps-floor", self.lang) if at_floor else ""), ""

    def _row_cause(self, one: RowPoints) -> str:
        row = one.row
        facts = {"target": row.target.raw, "actual": row.actual.raw}
        rules = self.plan.ruleset.rows
        for holds, key in (
            (row.packed and rules is not None and rules.packed == "open", "row-packed"),
            (row.qualitative and any(map(str.isdigit, row.target.raw)), "row-unread"),
            (row.qualitative, "row-qualitative"),
            (row.copied, "row-copied"),
            (row.worded, "row-worded"),
            (row.bare, "row-bare"),
            (row.target.word.unit != row.actual.word.unit, "row-units"),
            (bool(row.parts) and not row.target.raw, "row-apart"),
            (row.target.number.known and row.target.number.n < 0, "row-below-zero"),
            (not row.target.number.known, "row-no-target"),
            (row.unverifiable, "row-unverifiable"),
            (not row.actual.number.known, "row-no-actual"),
        ):
            if holds and not one.by_rule.settled:
                return phrase(key, self.lang, **facts)
        return "" if one.by_rule.settled else phrase("pending", self.lang)

    def _row_measured(self, one: RowPoints) -> str:
        row = one.row
        rules = self.plan.ruleset.rows
        if row.clause and rules is not None and rules.own_clauses == "accepted":
            facts = {"actual": value_shown(row.actual.number, row.actual.word), "clause": row.clause}
            points = points_shown(one.by_rule.low) if one.by_rule.settled else "?"
            return phrase("row-own-clause", self.lang, points=points, **facts)
        actual = value_shown(row.actual.number, row.actual.word)
        target = value_shown(row.target.number, row.target.word)
        rate = self.setting.indicators[row.index][1].fields["attainment"]
        assert isinstance(rate, Number)
        told = "attained" if rate.known else "against-zero"
        said = phrase(told, self.lang, actual=actual, target=target, rate=value_shown(rate, PERCENT))
        said += "；" + self._row_share(one, rate)
        if row.derived:
            said += "；" + phrase("row-derived", self.lang, actual=actual, rate=value_shown(rate, PERCENT))
        if row.confirmed:
            said += "；" + phrase("row-confirmed", self.lang)
        return said

    def _row_share(self, one: RowPoints, rate: Number) -> str:
        """Why a measured row has this share of its points; the share is exact, not worked back from rounded points."""
        row, rules, points = one.row, self.plan.ruleset.rows, points_shown(one.by_rule.low)
        met = self.setting.indicators[row.index][1].fields["met"]
        assert rules is not None and isinstance(met, Truth)
        over = rules.over_fulfilment
        facts = {"full": points_shown(one.full), "points": points, "rate": value_shown(rate, PERCENT)}
        if not rate.known:
            return phrase("row-met" if met.sure else "row-zero-target", self.lang, points=points)
        exact = Fraction(rate.n, rate.d)
        if over.effect in _OVER and exact >= over.from_.value and row.direction != "reverse":
            deduct, beyond = written(over.deduct or Fraction(0)), _shown_percent(exact - over.from_.value)
            return phrase(f"row-over-{over.effect}", self.lang, at=over.from_, deduct=deduct, beyond=beyond, **facts)
        if met.sure:
            return phrase("row-met", self.lang, points=points)
        if row.direction == "reverse":
            share = 1 / exact if rules.reverse == "inverse" else max(2 - exact, Fraction(0))
            return phrase(f"row-{rules.reverse}", self.lang, **facts | {"rate": _shown_percent(share)})
        if rules.equal == "exact" and row.direction == "equal":
            return phrase("row-unequal", self.lang, points=points)
        return phrase(
            "row-scaled", self.lang, **facts | {"rate": _shown_percent(min(max(exact, Fraction(0)), Fraction(1)))}
        )


_OVER = ("zero", "deduct", "deviation")
"""What over-fulfilment may take from a row that reached its target."""


def _shown_percent(share: Fraction) -> str:
    """A share for a reader."""
    return value_shown(known(share), PERCENT)
