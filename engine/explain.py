"""Why these points? Each form says its arithmetic with the figures put in, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from .algebra.values import Number
from .exact import shown, written
from .expressions.interpreter import Interpreter
from .expressions.tree import Aggregate, Call, Is, Name, Select, Tree, canonical, outer
from .figures import MEANING, known
from .forms import Additions, Answered, Bands, Checklist, Linear, Proportional, Share, Steps
from .intervals import band_shown, beyond, cut_shown, within
from .judge import Judged, LeafPoints
from .lateness import Late
from .model import Amount
from .plan import Plan
from .rows import RowPoints
from .settings import SubmissionSetting
from .shown import PERCENT, beyond_counted, points_shown, steps_counted, value_shown
from .submission import JudgementEntry
from .totals import Ends
from .units import UnitWord, unit_word
from .wording import Lang, phrase
from .workdays import calendar


class Explainer:
    """Sentences about one judged submission."""

    def __init__(self, plan: Plan, judged: Judged, words: dict[str, UnitWord], lang: Lang) -> None:
        self.plan, self.judged, self.words, self.lang = plan, judged, words, lang

    @property
    def setting(self) -> SubmissionSetting:
        """Where values stand."""
        return self.judged.setting

    def word(self, tree: Tree) -> UnitWord:
        """The unit word a value of `tree` is shown in: as filed, else as the rules declare it."""
        if isinstance(tree, Name) and tree.name in self.words:
            return self.words[tree.name]
        if isinstance(tree, Select):
            asked = self.plan.figures.get(tree.field)  # a figure of each line
            return asked or unit_word("万元" if tree.table in ("spending", "payments") else "")
        return self.plan.word_of(tree)

    def worked(self, tree: Tree, word: UnitWord, result: Number) -> str:
        """The formula behind `tree` with figures put in, and what it gives."""
        said = []
        for part in self.plan.parts(tree):
            if isinstance(part, str):
                said.append(part)
                continue
            value = self._value(part)
            said.append(value_shown(value, self.word(part)) if isinstance(value, Number) else canonical(part))
        return f"{''.join(said)} = {value_shown(result, word)}"

    def _value(self, part: Tree) -> object:
        if isinstance(part, Name):
            return self.setting.name(part.name)
        return Interpreter(MEANING).value(part, self.setting)

    def lacking(self, tree: Tree) -> list[str]:
        """The filed figures that a formula needs and does not have, followed through measures."""
        names: list[str] = []
        for part in outer(tree):
            measure = self.plan.measure(part)
            if isinstance(part, Is):
                continue
            if isinstance(part, Call) and part.function == "workdays":
                days = [Interpreter(MEANING).number(argument, self.setting) for argument in part.arguments]
                names += self._without_holidays(day.n for day in days if day.known)
            if measure is not None:
                names += self.lacking(measure.tree)
            elif isinstance(part, Name) and part.name in self.setting.names:
                value = self.setting.name(part.name)
                names += [part.name] if isinstance(value, Number) and _unknown(value) else []
            elif isinstance(part, Select):
                value = self.setting.select(part.table, part.path, part.field)
                names += [canonical(part)] if isinstance(value, Number) and _unknown(value) else []
            elif isinstance(part, Aggregate):
                folded = self._value(part)
                names += [canonical(part)] if isinstance(folded, Number) and _unknown(folded) else []
        return list(dict.fromkeys(names))

    def _without_holidays(self, days: Iterable[int]) -> list[str]:
        """The years of these days whose holidays the calendar does not have."""
        first, last = calendar().years
        years = dict.fromkeys(date.fromordinal(day).year for day in days if calendar().at(day) is None)
        return [phrase("no-calendar", self.lang, year=year, first=first, last=last) for year in years]

    # -- a leaf of the table ---

    def leaf(self, one: LeafPoints) -> tuple[str, str]:
        """(because, cause): the arithmetic, and where points are open, why; then what came of it."""
        to = one.leaf.moved_to[-1] if one.leaf.moved_to else ""
        if not one.own.possibly:
            said = phrase(f"not-applicable-{one.own.policy}", self.lang, name=to)
            return said, said
        said, cause = self._leaf_said(one)
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
        form = one.leaf.form
        cause = "" if one.own.surely else phrase("maybe-applies", self.lang)
        if one.judged is not None and one.judged.points is not None:
            said = self._judged(one.judged, one.computed)
            return (f"{self._computed(one, cause)[0]}；{said}" if one.computed else said), cause
        if isinstance(form, Answered):
            return self._answer(one, form, cause)
        if form.form == "indicators":
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
        said = self._form(one, one.measure)
        if not one.by_rule.settled and not cause:
            cause = self._left_open(one, one.measure)
        return said, cause

    def _range(self, cause: str, ends: Ends) -> str:
        return phrase("open-range", self.lang, cause=cause, low=points_shown(ends.low), high=points_shown(ends.high))

    def _holding(self, one: LeafPoints, holds: Tree, cause: str) -> tuple[str, str]:
        text = canonical(holds)
        if not one.by_rule.settled:
            cause = cause or phrase("lacks", self.lang, names="、".join(self.lacking(holds)) or text)
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

    def _answer(self, one: LeafPoints, form: Answered, cause: str) -> tuple[str, str]:
        entry = one.judged
        if not one.by_rule.settled:
            cause = phrase("pending", self.lang)
            if isinstance(form, Checklist):
                answered = {*entry.met, *entry.not_met} if entry else set()
                left = [str(n) for n in range(1, len(form.items) + 1) if n not in answered]
                cause = phrase("pending-items", self.lang, items="、".join(left))
        if entry is None:
            return self._range(cause, one.by_rule), cause
        if entry.tier:
            return phrase("judged-tier", self.lang, by=entry.by, tier=entry.tier, reason=entry.reason), cause
        return phrase("judged-items", self.lang, by=entry.by, reason=entry.reason), cause

    def _unmeasured(self, one: LeafPoints, cause: str) -> tuple[str, str]:
        assert one.measure is not None and one.leaf.tree is not None
        if one.measure.undefined:
            if one.leaf.zero_base != "open":
                return phrase(f"zero-base-{one.leaf.zero_base}", self.lang), cause
            measure = self.plan.measure(one.leaf.tree)
            cause = phrase("undefined", self.lang, formula=measure.text if measure else canonical(one.leaf.tree))
        else:
            lacks = phrase("lacks", self.lang, names="、".join(self.lacking(one.leaf.tree)))
            cause = "；".join(filter(None, (cause, lacks)))  # whether it applies comes first
        return self._range(cause, one.by_rule), cause

    def _left_open(self, one: LeafPoints, x: Number) -> str:
        value = value_shown(x, one.leaf.word)
        if isinstance(one.leaf.form, Proportional):
            return phrase("over-target", self.lang, value=value, target=one.leaf.form.target)
        return phrase("outside", self.lang, value=value)

    def _form(self, one: LeafPoints, x: Number) -> str:
        form, full = one.leaf.form, one.own.full
        value, points = value_shown(x, one.leaf.word), points_shown(one.by_rule.low)
        said = ""
        for cut in getattr(form, "cuts", ()):
            if beyond(cut, Fraction(x.n, x.d)):
                return phrase("cut", self.lang, value=value, at=cut_shown(cut), points=points)
        match form:
            case Steps() | Additions():
                said = self._steps(form, x, one)
            case Bands():
                said = self._band(form, x, one, value)
            case Proportional():
                said = self._proportional(form, x, value, points, full)
            case Share():
                said = phrase("share", self.lang, value=value, full=points_shown(full), points=points)
            case Linear() if one.by_rule.high > full:
                said = self._beyond_full(form.full_at, form.most, value, points)
            case Linear():
                facts = {"zero": form.zero_at, "full_at": form.full_at}
                said = phrase("linear", self.lang, value=value, points=points, **facts)
            case _:
                assert one.leaf.tree is not None
                worked = self.worked(one.leaf.tree, one.leaf.word, x)
                said = phrase("external", self.lang, worked=worked, full=points_shown(full), points=points)
        return said

    def _beyond_full(self, full_at: Amount, most: Amount | None, value: str, points: str) -> str:
        return phrase("beyond-full", self.lang, value=value, full_at=full_at, most=most, points=points)

    def _steps(self, form: Steps | Additions, x: Number, one: LeafPoints) -> str:
        assert form.from_ is not None
        distance, counted = beyond_counted(form, form.from_.value, Fraction(x.n, x.d))
        standard = {"above": "≤ ", "below": "≥ ", "both": "= "}[form.side] + str(form.from_)
        facts = {"value": value_shown(x, one.leaf.word), "points": points_shown(one.by_rule.low), "step": form.step}
        facts |= {"distance": shown(distance / one.leaf.word.scale, 4) + one.leaf.word.word}
        facts |= {"steps": points_shown(counted), "mode": phrase(form.partial_step or "whole", self.lang)}
        if isinstance(form, Additions):
            facts |= {"standard": form.from_, "start": written(form.start), "add": written(form.add)}
            said = phrase("additions" if counted else "additions-none", self.lang, **facts)
            over = form.start + counted * form.add > one.own.full
            return said + (phrase("additions-full", self.lang) if over else "")
        if distance <= 0:
            return phrase("steps-none", self.lang, value=facts["value"], standard=standard)
        facts |= {"standard": form.from_, "full": points_shown(one.own.full), "deduct": written(form.deduct)}
        at_floor = one.own.full - counted * form.deduct < form.floor
        return phrase("steps", self.lang, **facts) + (phrase("steps-floor", self.lang) if at_floor else "")

    def _band(self, form: Bands, x: Number, one: LeafPoints, value: str) -> str:
        for band in form.bands:
            if (
                one.by_rule.settled
                and band.points == one.by_rule.low
                and within(band, form.edges or "", Fraction(x.n, x.d))
            ):
                shown_band = band_shown(band, form.edges or "")
                return phrase("band", self.lang, value=value, band=shown_band, points=written(band.points))
        return self._range(phrase("outside", self.lang, value=value), one.by_rule)

    def _proportional(self, form: Proportional, x: Number, value: str, points: str, full: Fraction) -> str:
        exact, target = Fraction(x.n, x.d), form.target.value
        facts = {"value": value, "target": form.target, "full": points_shown(full), "points": points}
        if form.direction == "reverse":
            if exact <= target:
                return phrase("reached", self.lang, **facts)
            return phrase("inverse" if form.reverse == "inverse" else "reverse-linear", self.lang, **facts)
        if form.pass_ is not None and exact < form.pass_.value:
            return phrase("below-pass", self.lang, **{**facts, "target": form.pass_})
        if exact > target and form.most is not None:
            return self._beyond_full(form.target, form.most, value, points)
        if exact > target and form.over != "full":
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
        word, form, ends = late.form.step.word, late.form, one.by_rule
        facts = {"actual": one.row.actual.raw, "target": one.row.target.raw, "points": points_shown(ends.low)}
        if late.least is None or late.most is None:
            assert one.row.due is not None and one.row.done is not None
            years = self._without_holidays((one.row.due.last, one.row.done.first, one.row.done.last))
            cause = phrase("lacks", self.lang, names="、".join(years))
            return self._range(cause, ends), cause
        if late.on_time:
            return phrase("row-on-time", self.lang, **facts), ""
        if late.least != late.most:
            cause = phrase("row-delay-open", self.lang, least=late.least, most=f"{late.most}{word}", **facts)
            return (cause, "") if ends.settled else (self._range(cause, ends), cause)
        allowed = form.from_.value if form.from_ is not None else Fraction(0)
        counted = steps_counted(form, max(late.most - allowed, Fraction(0)), form.step.value)
        facts |= {"lag": f"{late.most}{word}", "step": str(form.step), "steps": points_shown(counted)}
        facts |= {"full": points_shown(one.full), "deduct": written(form.deduct)}
        said = phrase("row-delay", self.lang, mode=phrase(form.partial_step or "whole", self.lang), **facts)
        at_floor = one.full - counted * form.deduct < form.floor
        return said + (phrase("steps-floor", self.lang) if at_floor else ""), ""

    def _row_cause(self, one: RowPoints) -> str:
        row = one.row
        facts = {"target": row.target.raw, "actual": row.actual.raw}
        rules = self.plan.ruleset.rows
        for holds, key in (
            (row.qualitative, "row-qualitative"),
            (row.copied, "row-copied"),
            (row.worded, "row-worded"),
            (row.packed and rules is not None and rules.packed == "open", "row-packed"),
            (row.target.word.unit != row.actual.word.unit, "row-units"),
            (bool(row.parts) and not row.target.raw, "row-apart"),
            (not row.target.number.known, "row-no-target"),
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
        said = phrase("attained", self.lang, actual=actual, target=target, rate=value_shown(rate, PERCENT))
        points = points_shown(one.by_rule.low)
        if one.by_rule.low == one.full:
            said += "；" + phrase("row-met", self.lang, points=points)
        else:
            share = value_shown(known(one.by_rule.low / one.full), PERCENT) if one.full else "—"
            facts = {"full": points_shown(one.full), "points": points, "rate": share}
            said += "；" + phrase("row-scaled", self.lang, **facts)
        if row.derived:
            said += "；" + phrase("row-derived", self.lang, actual=actual, rate=value_shown(rate, PERCENT))
        if row.confirmed:
            said += "；" + phrase("row-confirmed", self.lang)
        return said


def _unknown(number: Number) -> bool:
    return not (number.known or number.undefined or number.inapplicable)
