"""Which share of the points? Formulas (执行率×分值, B/A, 1−10×a/b) and 按比例, with their limits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..methods import AnyMethod, External, Linear, Proportional
from ..methods.cuts import Cut
from ..values.amounts import Amount
from .clause import Clause, bare_name, holds, is_generic, names
from .conditions import HUNDRED, amount
from .cutting import cut, meets, ordered
from .sharing import counts_rows, share_form
from .statements import Band, Earned, Formula, Stated

_INTENDED = re.compile("目标|计划|预期|指标值|标准|定额|控制数|(?:年初|全年)?预算(?!.*(?:执行|支出|完成))")
_DONE = re.compile("实际|完成|执行|支出")
_SCORE = re.compile("(?:得分|分数|成绩|评分|考核分|总分|满分)$")


def scales(clause: Clause) -> bool:
    """Is there a formula, or a condition that gives points in proportion?"""
    ratios = any(band.earned.kind in ("ratio", "cross") for band in clause.all(Band))
    return ratios or bool(clause.all(Formula)) or clause.says("ratio")


def proportional_method(clause: Clause) -> AnyMethod:
    """The formulas and 按比例 of a clause as a form."""
    formulas, alone, bands = clause.taken(Formula), clause.stated("ratio"), clause.taken(Band)
    _one_measure(clause, formulas, bands)
    ratios = [band for band in bands if band.earned.kind in ("ratio", "cross")]
    others = [band for band in bands if band not in ratios]
    named = [one for one in formulas if one.kind != "cross"]
    first = next(one for found in (formulas, alone, ratios) for one in found)
    clause.part("formula", first)
    if len(named) > 1 or len(alone) + bool(ratios and ratios[0].earned.kind == "ratio") > 1:
        clause.refuse("not-combined", (named if len(named) > 1 else ratios or alone)[-1])
    standards = _of_standards(clause, [*named, *(band.earned for band in ratios)])
    special = _special(clause, named[0], others) if named else None
    if special is not None:
        return special
    whole = len(named) == len(formulas) > 0 or any(band.earned.direction == "whole" for band in ratios)
    return _Scale(clause, first, whole and not standards).method(_directions(clause, formulas, ratios), ratios, others)


def _one_measure(clause: Clause, formulas: Sequence[Formula], bands: Sequence[Band]) -> None:
    """得分=完成率×分值，满意度≥90%得满分 speaks of two; and no formula's measure is a change."""
    clause.refuse_any([band for band in bands if band.condition.change or band.condition.word == "last"])
    rates = [(one.top, one.span) for one in formulas if one.top.endswith(("率", "度")) and not one.bottom]
    if named := names(bands):
        clause.same_measure(sorted([*named, *rates], key=lambda one: one[1]))


def _special(clause: Clause, formula: Formula, others: Sequence[Band]) -> AnyMethod | None:
    """The form of a formula that is no plain proportion to a target."""
    if formula.kind == "steep":
        return _steep(clause, formula, others)
    if counts_rows(formula, others):
        return share_form(clause, formula, others)
    if formula.bottom and _SCORE.search(formula.top) and _SCORE.search(formula.bottom):
        clause.refuse_any(others)
        _capped(clause)
        return External(method="external", score=formula.top, of=formula.bottom)
    return None


def _of_standards(clause: Clause, counted: Sequence[Formula | Earned]) -> bool:
    """Each gives the full points; does one count from a standard (执行率/95%)? It is stated from now on."""
    for one in counted:
        clause.must_be_full(one.points, one)
    stated = [Stated("standard", one.span, quantity=one.standard) for one in counted if one.standard is not None]
    clause.left += stated
    return bool(stated)


def _directions(clause: Clause, formulas: Sequence[Formula], ratios: Sequence[Band]) -> set[str]:
    found = {one.direction for one in formulas if one.direction}
    if any(_INTENDED.search(one.top) and _DONE.search(one.bottom) for one in formulas if one.kind != "cross"):
        # the measure may be this very quotient, or the attainment, which it turns over
        found = {"reverse"} if clause.choose.get("measure") == "attainment" else {"forward", "reverse"}
    return found | {band.earned.direction for band in ratios if band.earned.kind == "cross"}


def _capped(clause: Clause) -> bool:
    caps = clause.caps()
    for one in caps:
        clause.part("cap", one)
    return bool(caps)


def _steep(clause: Clause, formula: Formula, bands: Sequence[Band]) -> AnyMethod:
    """(whole − times × ratio) × points: full where the bracket is 1, none where it is 0."""
    if formula.times <= 0 or formula.whole <= 0:
        clause.refuse("contradictory", formula)
    _capped(clause)
    clause.stated("floor")
    zero_at, full_at = formula.whole / formula.times, (formula.whole - 1) / formula.times
    halves = [one.half for one in clause.one_unit(*(band.condition for band in bands))]
    for band in bands:
        _own(clause, band, formula)
    cuts = []
    for band, half in zip(bands, halves, strict=True):
        flat = half is not None and (
            (half[1] == "above" and half[0].at.value >= zero_at and clause.given(band.earned) == 0)
            or (half[1] == "below" and half[0].at.value <= full_at and clause.given(band.earned) == clause.full)
        )
        if flat:
            clause.part("cut", band)
        else:
            cuts.append(_in_percent(cut(clause, band)))
    return Linear(
        method="linear", full_at=amount(full_at * 100, "%"), zero_at=amount(zero_at * 100, "%"), cuts=ordered(cuts)
    )


def _own(clause: Clause, band: Band, formula: Formula) -> None:
    """A cut-off beside a formula speaks of its quotient: in its words (a/b>0.1), by a rate named after it, or 比值."""
    name = bare_name(band.condition.name)
    whole = f"{formula.top}/{formula.bottom}" if formula.bottom else formula.top
    top, slash, bottom = name.partition("/")
    if slash:
        same = _alike(top, formula.top) and _alike(bottom, formula.bottom)
    else:
        rate = name.endswith(("率", "比", "例", "重")) and holds(whole, name.rstrip("率比例占重"))
        same = is_generic(name) or rate or _alike(name, whole)
    if not same:
        clause.refuse("several-measures", band.condition.name_span, found=band.condition.name, first=whole)


def _alike(one: str, other: str) -> bool:
    """Is one name the other, perhaps shortened (部门全年预算调剂金额, 全年预算调剂金额)?"""
    return bool(one and other) and (holds(one, other) or holds(other, one))


def _in_percent(one: Cut) -> Cut:
    """A ratio written 0.1 is the 10% of the same line."""
    return one if one.at.word else one.model_copy(update={"at": amount(one.at.value * 100, "%")})


class _Scale:
    """Points in proportion to a target. `first` are the words that say so; `whole`: they count from 100%."""

    def __init__(self, clause: Clause, first: Formula | Stated | Band, whole: bool) -> None:
        self.clause, self.first, self.whole = clause, first, whole
        self.target = HUNDRED
        self.lean = ""
        """On which side of the target less is earned; "": nothing says it."""

    def method(self, directions: set[str], ratios: Sequence[Band], others: Sequence[Band]) -> AnyMethod:
        """The form, with what else the clause says of the same measure."""
        clause = self.clause
        # 执行率×分值 beside ≥95%得满分: the formula still counts from the whole, the band cuts it off
        full = [one for one in others if clause.gives(one.earned, clause.full) and not self._early(one)]
        cuts = [cut(clause, band) for band in others if band not in full]
        self._aim(full)
        direction, reverse = self._direction(directions)
        self._reached(ratios, cuts)
        capped = _capped(clause)
        clause.stated("floor")
        over = self._over(direction, cuts, capped or bool(full))
        if direction == "reverse" and reverse is None:
            reverse = clause.choice("reverse", self.first)
        self._beside(cuts)
        side = "above" if direction == "reverse" else "below"
        zero = [one for one in cuts if one.side == side and one.closed is False and one.points == 0]
        passed = zero[0] if zero else None
        made = Proportional(
            method="proportional",
            direction=direction,  # type: ignore[arg-type]
            target=self.target,
            over=over,  # type: ignore[arg-type]
            reverse=reverse,  # type: ignore[arg-type]
            pass_=None if passed is None else passed.at,
            cuts=ordered([one for one in cuts if one != passed]),
        )
        return made.without_pass

    def _over(self, direction: str | None, cuts: Sequence[Cut], full: bool) -> str | None:
        """What earns more than the target; `full`: the clause ends the points there."""
        if direction == "reverse":
            return None
        met = any(one.side == "above" and one.points == self.clause.full for one in cuts)
        return "full" if full or met else self.clause.choice("over", self.first)

    def _early(self, band: Band) -> bool:
        """Does it give the full points before the whole is reached?"""
        if not self.whole or band.condition.word:
            return False
        ends = self.clause.one_unit(band.condition)[0].ends
        return not ends or ends[0].at.value != 1

    def _aim(self, full: Sequence[Band]) -> None:
        """What earns the full points, and on which side less is earned. Without a word on it: the whole (100%)."""
        clause = self.clause
        for place, band in enumerate(full):
            condition = clause.one_unit(band.condition)[0]
            if condition.word == "met":
                at, side = HUNDRED, "below"
            elif condition.half is not None:
                at, side = condition.half[0].at, "below" if condition.half[1] == "above" else "above"
            elif condition.ends:
                at, side = condition.ends[0].at, ""
            else:
                clause.refuse("not-combined", band)
            if place and at != self.target:
                clause.refuse("standards-differ", band, found=str(at), first=str(self.target))
            if at.value <= 0:
                clause.refuse("target-not-positive", band, found=str(at))
            self.target, self.lean = at, side
            clause.part("target", band)
        for one in clause.stated("standard"):
            assert one.quantity is not None
            if full and one.quantity.amount != self.target:
                clause.refuse("standards-differ", one, found=str(one.quantity.amount), first=str(self.target))
            self.target = one.quantity.amount

    def _direction(self, told: set[str]) -> tuple[str | None, str | None]:
        """Is more better, and if not, how do points fall?"""
        inverse = "inverse" if "reverse" in told else None
        if len(told) == 2:
            chosen = self.clause.choice("direction", self.first, ("forward", "reverse"))
            return chosen, None if chosen == "forward" else inverse
        leaning = "reverse" if self.lean == "above" else "forward"
        if self.lean and told - {leaning}:
            self.clause.refuse("contradictory", self.first)
        return next(iter(told), leaning), inverse

    def _reached(self, ratios: Sequence[Band], cuts: Sequence[Cut]) -> None:
        """The stretch said to earn in proportion must reach from the target to the cut-off, or to the end."""
        for band in ratios:
            condition = self.clause.one_unit(band.condition)[0]
            for end in condition.ends if not condition.word else ():
                if end.at.value != self.target.value and not meets(cuts, end):
                    self.clause.refuse("bands-gap", band, **{"from": str(end.at), "to": str(self.target)})

    def _beside(self, cuts: Sequence[Cut]) -> None:
        """Cut-offs are of the target's unit, and lie on their own side of it."""
        target: Amount = self.target
        for one in cuts:
            if one.at.value < 0:
                self.clause.refuse("contradictory", self.first, found=str(one.at))
            if one.at.unit != target.unit and one.at.value != 0:
                self.clause.refuse("units-differ", self.first, left=str(target), right=str(one.at))
            wrong = one.at.value > target.value if one.side == "below" else one.at.value < target.value
            if one.points != self.clause.full and wrong:
                self.clause.refuse("contradictory", self.first, found=str(one.at))
