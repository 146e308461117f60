"""How many points go (or come) for each step? 每…扣…: the standard, its side, the step, the floor, the cut-offs."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from ..methods import Additions, AnyMethod, Deductions, Steps
from ..methods.choices import Base, PartialStep
from ..methods.cuts import Cut
from ..methods.deductions import Fault
from ..methods.writing import COUNTED
from ..values.amounts import Amount
from ..values.units import RATIO
from .banding import half_line
from .clause import Clause, names
from .conditions import amount
from .cutting import cut, meets, ordered
from .reading import SideCondition
from .statements import Band, Each, End, Nothing, Quantity, Span, Tiers

_TO_TARGET = re.compile("^(?:与|较|比)(?:年初|年度|绩效|预期)*(?:计划|目标|指标|预期|标准)")
_IN_TIME = re.compile("(?:按期|按时|及时|如期|准时|在规定时间)")
_NONE_LOST = re.compile(f"(?:{_IN_TIME.pattern}|[无未没全均已])")
_LACKING = re.compile("每?(?:缺|漏|遗漏)")
_STARTING = re.compile("(?:基础|基本|基准|起评|起步)分?")
_HUNDRED = amount(Fraction(100), "%")
Side = Literal["above", "below", "both"]


def steps_method(clause: Clause) -> AnyMethod:
    """The steps of a clause as a form, with what else the clause says of the same measure."""
    eaches = clause.taken(Each)
    if any(_IN_TIME.match(one.name) for one in clause.all_full()):  # 按期得10分，每超出10天…: days beyond the date
        eaches = [replace(one, side="late") if one.side == "above" else one for one in eaches]
    for one in clause.all(Tiers):  # ①–⑤ named before the step: what the occurrences are of
        if not one.ranges:
            clause.use(one)
    first = eaches[0]
    bands = clause.taken(Band)
    clause.same_measure([*names(bands), *_names(eaches)])
    if len(eaches) > 1:
        first = _one(clause, eaches)
    if first.change.kind == "deduct" and first.change.points != first.change.most:
        return _ranged(clause, first)
    return _added(clause, first, bands) if first.gain else _deducted(clause, first, bands)


def _names(eaches: list[Each]) -> list[tuple[str, Span]]:
    found = [(one.condition.name, one.condition.name_span) for one in eaches if one.condition and one.condition.name]
    return found + [
        (one.about, one.span)
        for one in eaches
        if one.side not in ("occurs", "bare", "late") and not _TO_TARGET.match(one.about)
    ]


def _one(clause: Clause, eaches: list[Each]) -> Each:
    """每超过5%扣2分，每低于5%扣2分: one step on both sides. Other pairs can't be told."""
    first, second, *more = eaches
    same = first.step.amount == second.step.amount and first.change.points == second.change.points
    if more or not same or {first.side, second.side} != {"above", "below"} or first.gain or second.gain:
        clause.refuse("several-steps", second.span, found=clause.text_of(second.span))
    return replace(first, side="both", span=(first.span[0], second.span[1]))


def _ranged(clause: Clause, each: Each) -> AnyMethod:
    if each.side not in ("occurs", "bare"):
        clause.refuse("not-combined", each.change.span, found=clause.text_of(each.change.span))
    assert each.change.points is not None and each.change.most is not None
    clause.within(each.change.most, each.change.span)
    clause.stated("floor")
    clause.part("fault:1", each.span)
    name = clause.text_of((each.span[0], each.change.span[0])).rstrip(",")
    return Deductions(
        method="deductions",
        faults=(Fault(fault=name, least=each.change.points, most=each.change.most, repeats=True),),
    )


# -- the standard --------------------------------------------------------------------------------------------------


class _Standard:
    """The value steps are counted from: all places that state it must agree."""

    def __init__(self, clause: Clause, each: Each) -> None:
        self.clause, self.each = clause, each
        self.at: Amount | None = None
        self.side = ""

    def state(self, at: Amount, span: Span) -> None:
        """One more place that names it."""
        if self.at is None:
            self.at = at
            self.clause.part("standard", span)
        elif self.at.value != at.value or (self.at.unit != at.unit and at.value != 0):
            self.clause.refuse("standards-differ", span, found=str(at), first=str(self.at))
        elif not self.at.word:
            self.at = at

    def lean(self, side: str, span: Span) -> None:
        """On which side points are lost, as a condition says."""
        if self.side and self.side != side:
            self.clause.refuse("contradictory", span, found=self.clause.text_of(span))
        self.side = side


def _standard(clause: Clause, each: Each, full_bands: list[Band]) -> _Standard:
    standard = _Standard(clause, each)
    for one in clause.stated("standard"):
        assert one.quantity is not None
        standard.state(one.quantity.amount, one.span)
    if each.standard is not None:
        standard.state(each.standard.amount, each.standard.span)
    if _TO_TARGET.match(each.about) and each.step.amount.word == "%" and standard.at is None:
        standard.state(_HUNDRED, each.span)
    for band in full_bands:
        interval = band.condition
        if interval.word == "met":
            standard.state(_HUNDRED, band.span)
            continue
        if interval.low is not None and interval.high is not None and interval.low.at == interval.high.at:
            standard.state(interval.low.at, band.span)
            continue
        found = half_line(interval)
        if found is None:
            clause.refuse("not-combined", band.span, found=clause.text_of(band.span))
        standard.state(found[0].at, band.span)
        standard.lean("below" if found[1] == "above" else "above", band.span)
    return standard


def _conditioned(clause: Clause, each: Each, standard: _Standard, cuts: list[Cut]) -> None:
    """低于95%的，每低…: the condition before a step names the standard, and where the steps stop."""
    interval = each.condition
    if interval is None or interval.word in ("unmet", "otherwise"):
        return
    low, high = interval.low, interval.high
    if low is not None and high is not None and low.at == high.at:
        standard.state(low.at, interval.span)
        return
    if interval.word:
        clause.refuse("not-combined", interval.span, found=interval.word)
    near, far, side = (high, low, "below") if each.side == "below" else (low, high, "above")
    if each.side not in ("below", "above"):
        near, far, side = (low, None, "above") if high is None else (high, low, "below")
    if near is None:
        clause.refuse("contradictory", each.span, found=clause.text_of(each.span))
    standard.state(near.at, interval.span)
    standard.lean(side, interval.span)
    if far is not None and not meets(cuts, far):
        clause.refuse("bands-gap", interval.span, **{"from": str(far.at), "to": "∞" if side == "above" else "−∞"})


def _sided(clause: Clause, each: Each, standard: _Standard) -> str:
    """On which side of the standard the steps count."""
    side = {"late": "above", "occurs": "above"}.get(each.side, each.side)
    if each.side == "late" and each.step.amount.word == "%" and standard.at is not None:
        side = "below"  # 进度滞后10%: behind the standard, not beyond it
    if side == "bare":
        side = standard.side or ("above" if each.step.amount.word in COUNTED else "")
        if not side:
            clause.refuse("side-unsaid", each.span, found=clause.text_of(each.span))
    alike = standard.at is not None and standard.at.value > 0 and standard.at.unit == each.step.amount.unit
    if _counts(each) and alike and standard.side != "above":
        lacks = _LACKING.match(clause.folded[each.span[0] : each.change.span[0]])
        side = "below" if lacks else ""  # 满足5项得10分，每缺1项: short of five; 每发现1处 is no word on either side
    if not side or (standard.side and side not in (standard.side, "both")):
        clause.refuse("contradictory", each.span, found=clause.text_of(each.span))
    return side


def _counts(each: Each) -> bool:
    """Is the measure a number of occurrences, counted from none?"""
    return each.side == "occurs" or (each.side == "bare" and each.step.amount.word in COUNTED)


def _from(clause: Clause, each: Each, standard: _Standard) -> Amount | None:
    """Where steps count from: as stated; from none for occurrences and days late; else open."""
    word = each.step.amount.word
    if standard.at is not None:
        at = standard.at
        if at.value == 0 and not at.word:
            at = amount(Fraction(0), word)
        if at.unit != each.step.amount.unit and (each.step.points or word != "%"):
            clause.refuse("units-differ", each.step.span, left=str(at), right=str(each.step.amount))
        if not at.word and word == "%":
            clause.refuse("units-differ", each.step.span, left=str(at), right=str(each.step.amount))
        return at
    if _counts(each) or each.side == "late":
        return amount(Fraction(0), word)
    return clause.chosen_amount("standard", each.span)


def _base(clause: Clause, step: Quantity, at: Amount | None) -> Base | None:
    """Percentage points or a share of the standard; at 100% both are one, at 0 only points can be."""
    if step.points or step.amount.word != "%":
        return "points"
    if at is not None and (at.unit != RATIO or at.value == 0 or at.value == 1):
        return "points" if at.unit == RATIO else "relative"
    return clause.choice("base", ("points", "relative"), step.span)  # type: ignore[return-value]


def _partial(clause: Clause, each: Each, at: Amount | None) -> PartialStep | None:
    said = clause.stated("whole", "started", "pro-rata")
    kinds = {one.kind for one in said}
    if len(kinds) > 1:
        clause.refuse("contradictory", said[1].span, found=said[1].text)
    if said:
        clause.part("partial-step", said[0].span)
        return said[0].kind  # type: ignore[return-value]
    word = each.step.amount.word
    if word in COUNTED and each.step.amount.value == 1 and (at is None or at.value.denominator == 1):
        return "whole"
    allowed = ("whole", "started", "pro-rata")
    return clause.choice("partial-step", allowed, each.step.span)  # type: ignore[return-value]


def _floor(clause: Clause) -> Fraction:
    """The least points: 0 unless the clause says more."""
    floor: Fraction | None = None
    for one in clause.stated("floor", "most-off"):
        assert one.points is not None
        clause.within(one.points, one.span)
        least = one.points if one.kind == "floor" else clause.full - one.points
        if floor is not None and floor != least:
            clause.refuse("contradictory", one.span, found=clause.text_of(one.span))
        floor = least
        clause.part("floor", one.span)
    return floor or Fraction(0)


# -- the forms -----------------------------------------------------------------------------------------------------


def _step(clause: Clause, each: Each) -> None:
    if each.step.amount.value <= 0:
        clause.refuse("step-not-positive", each.step.span, found=str(each.step.amount))
    clause.part("step", each.step.span)
    clause.part("add" if each.gain else "deduct", each.change.span)


def _deducted(clause: Clause, each: Each, bands: list[Band]) -> AnyMethod:
    deduct = clause.lost(each.change)
    _step(clause, each)
    full_bands = [b for b in bands if b.earned.kind == "points" and clause.given(b.earned) == clause.full]
    cuts = [cut(clause, band) for band in bands if band not in full_bands]
    standard = _standard(clause, each, full_bands)
    _absorbed(clause, each, standard)
    _conditioned(clause, each, standard, cuts)
    side = _sided(clause, each, standard)
    if standard.side and side == "both":
        clause.refuse("contradictory", each.span, found=clause.text_of(each.span))
    at = _from(clause, each, standard)
    for one, band in zip(cuts, [b for b in bands if b not in full_bands], strict=True):
        beyond = at is None or (one.at.value >= at.value if one.side == "above" else one.at.value <= at.value)
        if not beyond or (side != "both" and one.side != side):
            clause.refuse("contradictory", band.span, found=clause.text_of(band.span))
    kind: Side = side  # type: ignore[assignment]
    return Steps(
        method="steps",
        from_=at,
        side=kind,
        step=each.step.amount,
        base=_base(clause, each.step, at),
        deduct=deduct,
        partial_step=_partial(clause, each, at),
        floor=_floor(clause),
        cuts=ordered(cuts),
    )


def _absorbed(clause: Clause, each: Each, standard: _Standard) -> None:
    """按期得10分; 无违规得满分: full points in words, where steps count from none or from a standard yet to name."""
    for item in clause.all_full():
        if not (_counts(each) or each.side == "late" or standard.at is None):
            clause.refuse("not-combined", item.span, found=clause.text_of(item.span))
        if item.earned is None or clause.given(item.earned) == 0:
            clause.refuse("not-combined", item.span, found=clause.text_of(item.span))
        clause.must_be_full(clause.given(item.earned), item.span)
        clause.use(item)
        clause.part("full", item.span)
        if "扣分" in clause.text_of(item.earned.span) and not _NONE_LOST.match(item.name):  # 因疫情逾期的不扣分
            clause.applies.append(SideCondition(item.name, "exempt", *item.span))
    for one in clause.all(Nothing):
        if _counts(each) and one.earned.kind == "points" and clause.given(one.earned) == clause.full:
            clause.use(one)
            clause.part("full", one.span)


def _added(clause: Clause, each: Each, bands: list[Band]) -> AnyMethod:
    add = clause.within(each.change.points or Fraction(0), each.change.span)
    if add <= 0:
        clause.refuse("points-not-positive", each.change.span, found=str(add))
    _step(clause, each)
    for one in clause.stated("cap"):
        clause.must_be_full(one.points, one.span)
    standard = _Standard(clause, each)
    for stated in clause.stated("standard"):
        assert stated.quantity is not None
        standard.state(stated.quantity.amount, stated.span)
    start = Fraction(0)
    for item in clause.all_full():
        if _STARTING.match(item.name) and item.earned is not None:
            clause.use(item)
            start = clause.given(item.earned)
    zero = [band for band in bands if band.earned.kind == "points" and clause.given(band.earned) == 0]
    cuts = [cut(clause, band) for band in zero]
    for band in [band for band in bands if band not in zero]:
        start = clause.given(band.earned)
        end: End | None = band.condition.low or band.condition.high
        if end is None or start >= clause.full:
            clause.refuse("contradictory", band.span, found=clause.text_of(band.span))
        standard.state(end.at, band.span)
        if not meets(cuts, end):  # what lies short of the start must be said too
            clause.refuse("bands-gap", band.span, **{"from": "−∞", "to": str(end.at)})
    side = _sided(clause, each, standard)
    if side == "both":
        clause.refuse("side-unsaid", each.span, found=clause.text_of(each.span))
    at = _from(clause, each, standard)
    if _base(clause, each.step, at) == "relative":
        clause.refuse("not-combined", each.step.span, found=str(each.step.amount))
    kind: Literal["above", "below"] = "above" if side == "above" else "below"
    return Additions(
        method="additions",
        from_=at,
        side=kind,
        step=each.step.amount,
        add=add,
        partial_step=_partial(clause, each, at),
        start=start,
        cuts=ordered(cuts),
    )
