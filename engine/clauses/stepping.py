"""How many points go (or come) for each step? 每…扣…: the standard, its side, the step, the floor, the cut-offs."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
from .clause import Clause, Where, names
from .conditions import HUNDRED, amount
from .cutting import cut, meets, ordered
from .statements import Band, Each, Earned, Item, Nothing, Quantity, Span, Stated, Tiers

_TO_TARGET = re.compile("^(?:与|较|比)(?:年初|年度|绩效|预期)*(?:计划|目标|指标|预期|标准)")
_IN_TIME = re.compile("(?:按期|按时|及时|如期|准时|在规定时间)")
_NONE_LOST = re.compile(f"(?:{_IN_TIME.pattern}|[无未没全均已])")
_LACKING = re.compile("每?(?:缺|漏|遗漏)")
_EACH_MET = re.compile("(?:以上|上述)?(?:评价)?(?:条件|情况|要求|要素|要点|内容|标准)?,?每(?:符合|满足|具备)一[项条点]")
_STARTING = re.compile("(?:基础|基本|基准|起评|起步)分?")


def steps(clause: Clause) -> bool:
    """Are there steps, and no list that they only say again?"""
    listed = any(one.earned is not None and (one.marked or one.earned.kind == "deduct") for one in clause.all(Item))
    return _met_alone(clause) is not None or bool(clause.all(Each) and not clause.says("shared") and not listed)


def _met_alone(clause: Clause) -> Stated | None:
    """每符合一项得2分 without a list: points for each that is met, whatever their number."""
    shared = next((one for one in clause.all(Stated) if one.kind == "shared"), None)
    if shared is None or any(isinstance(one, Each | Item | Tiers | Nothing | Band) for one in clause.left):
        return None
    return shared if not shared.text and _EACH_MET.match(clause.text_of(shared)) else None


def steps_method(clause: Clause) -> AnyMethod:
    """The steps of a clause as a form, with what else the clause says of the same measure."""
    eaches = clause.taken(Each)
    if (shared := _met_alone(clause)) is not None:
        clause.use(shared)
        step, gain = Quantity(amount(1, "项"), shared.span), Earned("gain", shared.points, shared.span)
        eaches = [Each("occurs", None, step, gain, "", None, shared.span)]
    if any(_IN_TIME.match(one.name) for one in clause.all_full()):  # 按期得10分，每超出10天…: days beyond the date
        eaches = [replace(one, side="late") if one.side == "above" else one for one in eaches]
    for tiers in clause.all(Tiers):  # ①–⑤ named before the step: what the occurrences are of
        if not tiers.ranges:
            clause.use(tiers)
    bands = clause.taken(Band)
    clause.same_measure([*names(bands), *_names(eaches)])
    each = _one(clause, eaches)
    if each.change.kind == "deduct" and each.change.points != each.change.most:
        return _ranged(clause, each)
    return _Steps(clause, each).added(bands) if each.gain else _Steps(clause, each).deducted(bands)


def _names(eaches: Sequence[Each]) -> list[tuple[str, Span]]:
    found = [(one.condition.name, one.condition.name_span) for one in eaches if one.condition and one.condition.name]
    measured = [one for one in eaches if one.side not in ("occurs", "bare", "late")]
    return found + [(one.about, one.span) for one in measured if not _TO_TARGET.match(one.about)]


def _one(clause: Clause, eaches: Sequence[Each]) -> Each:
    """每超过5%扣2分，每低于5%扣2分: one step on both sides. Other pairs can't be told."""
    first, *more = eaches
    if not more:
        return first
    second = more[0]
    same = first.step.amount == second.step.amount and first.change.points == second.change.points
    if more[1:] or not same or {first.side, second.side} != {"above", "below"} or first.gain or second.gain:
        clause.refuse("several-steps", second)
    return replace(first, side="both", span=(first.span[0], second.span[1]))


def _ranged(clause: Clause, each: Each) -> AnyMethod:
    """每发现一处扣1-3分: a fault, since a person says how many points each costs."""
    if each.side not in ("occurs", "bare"):
        clause.refuse("not-combined", each.change)
    fault = repeated(clause, each)
    clause.within(fault.most, each.change)
    clause.stated("floor")
    clause.part("fault:1", each)
    return Deductions(method="deductions", faults=(fault,))


def repeated(clause: Clause, each: Each) -> Fault:
    """A step as a fault that may occur several times, in the words before its points."""
    least, most = each.change.points, each.change.most
    assert least is not None and most is not None
    name = clause.text_of((each.span[0], each.change.span[0])).rstrip(",")
    return Fault(fault=name, least=least, most=most, repeats=True)


class _Steps:
    """One step, and the value that it is counted from: all places that state it must agree."""

    def __init__(self, clause: Clause, each: Each) -> None:
        self.clause, self.each = clause, each
        self.at: Amount | None = None
        self.side = ""
        """On which side of it points are lost, as a condition says."""
        self.counts = each.side == "occurs" or (each.side == "bare" and each.step.amount.word in COUNTED)
        """Is the measure a number of occurrences, counted from none?"""

    # -- the standard --------------------------------------------------------------------------------------------------

    def _state(self, at: Amount, where: Where) -> None:
        """One more place that names it."""
        if self.at is None:
            self.at = at
            self.clause.part("standard", where)
        elif self.at.value != at.value or (self.at.unit != at.unit and at.value != 0):
            self.clause.refuse("standards-differ", where, found=str(at), first=str(self.at))
        elif not self.at.word:
            self.at = at

    def _lean(self, side: str, where: Where) -> None:
        if self.side and self.side != side:
            self.clause.refuse("contradictory", where)
        self.side = side

    def _stated(self) -> None:
        """以95%为标准."""
        for one in self.clause.stated("standard"):
            assert one.quantity is not None
            self._state(one.quantity.amount, one)

    def _full(self, bands: Sequence[Band]) -> None:
        """≥95%得满分, 每低于95%1个百分点, and what else says where the full points end."""
        each = self.each
        self._stated()
        if each.standard is not None:
            self._state(each.standard.amount, each.standard)
        if _TO_TARGET.match(each.about) and each.step.amount.word == "%" and self.at is None:
            self._state(HUNDRED, each)
        for band in bands:
            condition = band.condition
            if condition.word == "met":
                self._state(HUNDRED, band)
            elif condition.single:
                self._state(condition.ends[0].at, band)
            elif condition.half is not None:
                self._state(condition.half[0].at, band)
                self._lean("below" if condition.half[1] == "above" else "above", band)
            else:
                self.clause.refuse("not-combined", band)

    def _conditioned(self, cuts: Sequence[Cut]) -> None:
        """低于95%的，每低…: the condition before a step names the standard, and where the steps stop."""
        clause, each, interval = self.clause, self.each, self.each.condition
        if interval is None or interval.word in ("unmet", "otherwise"):
            return
        low, high = interval.low, interval.high
        if interval.single:
            self._state(interval.ends[0].at, interval)
            return
        if interval.word:
            clause.refuse("not-combined", interval, found=interval.word)
        if each.side in ("below", "above"):
            near, far, side = (high, low, "below") if each.side == "below" else (low, high, "above")
        else:
            near, far, side = (low, None, "above") if high is None else (high, low, "below")
        if near is None:
            clause.refuse("contradictory", each)
        self._state(near.at, interval)
        self._lean(side, interval)
        if far is not None and not meets(cuts, far):
            clause.refuse("bands-gap", interval, **{"from": str(far.at), "to": "∞" if side == "above" else "−∞"})

    # -- what the form needs -------------------------------------------------------------------------------------------

    def _sided(self) -> Literal["above", "below", "both"]:
        """On which side of the standard the steps count."""
        clause, each, step = self.clause, self.each, self.each.step.amount
        side = {"late": "above", "occurs": "above"}.get(each.side, each.side)
        if each.side == "late" and step.word == "%" and self.at is not None:
            side = "below"  # 进度滞后10%: behind the standard, not beyond it
        if side == "bare":
            side = self.side or ("above" if step.word in COUNTED else "")
            if not side:
                clause.refuse("side-unsaid", each)
        alike = self.at is not None and self.at.value > 0 and self.at.unit == step.unit
        if self.counts and alike and self.side != "above":
            lacks = _LACKING.match(clause.text_of((each.span[0], each.change.span[0])))
            side = (
                "below" if lacks else ""
            )  # 满足5项得10分，每缺1项: short of five; 每发现1处 is no word on either side
        if not side or (self.side and side not in (self.side, "both")):
            clause.refuse("contradictory", each)
        return side  # type: ignore[return-value]

    def _from(self) -> Amount | None:
        """Where steps count from: as stated; from none for occurrences and days late; else open."""
        step, at = self.each.step, self.at
        nil = amount(0, step.amount.word)
        if at is None:
            return nil if self.counts or self.each.side == "late" else self.clause.chosen_amount("standard", self.each)
        at = nil if at.value == 0 and not at.word else at
        percent = step.amount.word == "%"
        if (at.unit != step.amount.unit and (step.points or not percent)) or (percent and not at.word):
            self.clause.refuse("units-differ", step, left=str(at), right=str(step.amount))
        return at

    def _base(self, at: Amount | None) -> Base | None:
        """Percentage points or a share of the standard; at 100% both are one, at 0 only points can be."""
        step = self.each.step
        if step.points or step.amount.word != "%":
            return "points"
        if at is not None and (at.unit != RATIO or at.value in (0, 1)):
            return "points" if at.unit == RATIO else "relative"
        return self.clause.choice("base", step)  # type: ignore[return-value]

    def _partial(self, at: Amount | None) -> PartialStep | None:
        """What a part of a step counts: as said; things that come whole, one by one, have no parts; else open."""
        said, step = self.clause.stated("whole", "started", "pro-rata"), self.each.step
        if len({one.kind for one in said}) > 1:
            self.clause.refuse("contradictory", said[1], found=said[1].text)
        if said:
            self.clause.part("partial-step", said[0])
            return said[0].kind  # type: ignore[return-value]
        if step.amount.word in COUNTED and step.amount.value == 1 and (at is None or at.value.denominator == 1):
            return "whole"
        return self.clause.choice("partial-step", step)  # type: ignore[return-value]

    def _floor(self) -> Fraction:
        """The least points: 0 unless the clause says more."""
        clause = self.clause
        floor: Fraction | None = None
        for one in clause.stated("floor", "most-off"):
            assert one.points is not None
            least = clause.within(one.points, one)
            least = least if one.kind == "floor" else clause.full - least
            if floor is not None and floor != least:
                clause.refuse("contradictory", one)
            floor = least
            clause.part("floor", one)
        return floor or Fraction(0)

    def _step(self) -> Amount:
        step, clause = self.each.step, self.clause
        if step.amount.value <= 0:
            clause.refuse("step-not-positive", step, found=str(step.amount))
        clause.part("step", step)
        clause.part("add" if self.each.gain else "deduct", self.each.change)
        return step.amount

    # -- the forms -----------------------------------------------------------------------------------------------------

    def deducted(self, bands: Sequence[Band]) -> AnyMethod:
        """每…扣…."""
        clause, each = self.clause, self.each
        deduct, step = clause.lost(each.change), self._step()
        full = [band for band in bands if clause.gives(band.earned, clause.full)]
        others = [band for band in bands if band not in full]
        cuts = [cut(clause, band) for band in others]
        self._full(full)
        self._absorb()
        self._conditioned(cuts)
        side = self._sided()
        if self.side and side == "both":
            clause.refuse("contradictory", each)
        at = self._from()
        for one, band in zip(cuts, others, strict=True):
            beyond = at is None or (one.at.value >= at.value if one.side == "above" else one.at.value <= at.value)
            if not beyond or (side != "both" and one.side != side):
                clause.refuse("contradictory", band)
        return Steps(
            method="steps",
            from_=at,
            side=side,
            step=step,
            base=self._base(at),
            deduct=deduct,
            partial_step=self._partial(at),
            floor=self._floor(),
            cuts=ordered(cuts),
        )

    def _absorb(self) -> None:
        """按期得10分; 无违规得满分: full points in words, where steps count from none or a standard yet to name."""
        clause = self.clause
        for item in clause.all_full():
            assert item.earned is not None
            if not (self.counts or self.each.side == "late" or self.at is None) or clause.given(item.earned) == 0:
                clause.refuse("not-combined", item)
            clause.must_be_full(clause.given(item.earned), item)
            clause.use(item)
            clause.part("full", item)
            if "扣分" in clause.text_of(item.earned) and not _NONE_LOST.match(item.name):  # 因疫情逾期的不扣分
                clause.set_apart(item, item.name, "exempt")
        for one in clause.all(Nothing):
            if self.counts and clause.gives(one.earned, clause.full):
                clause.use(one)
                clause.part("full", one)

    def added(self, bands: Sequence[Band]) -> AnyMethod:
        """每…加…."""
        clause, each = self.clause, self.each
        add = clause.within(each.change.points or Fraction(0), each.change)
        if add <= 0:
            clause.refuse("points-not-positive", each.change, found=str(add))
        step = self._step()
        clause.caps()
        self._stated()
        start = Fraction(0)
        for item in clause.all_full():
            if _STARTING.match(item.name) and item.earned is not None:
                clause.use(item)
                start = clause.given(item.earned)
        zero = [band for band in bands if clause.gives(band.earned, 0)]
        cuts = [cut(clause, band) for band in zero]
        for band in [band for band in bands if band not in zero]:
            start = clause.given(band.earned)
            if not band.condition.ends or start >= clause.full:
                clause.refuse("contradictory", band)
            end = band.condition.ends[0]
            self._state(end.at, band)
            if not meets(cuts, end):  # what lies short of the start must be said too
                clause.refuse("bands-gap", band, **{"from": "−∞", "to": str(end.at)})
        side = self._sided()
        if side == "both":
            clause.refuse("side-unsaid", each)
        at = self._from()
        if self._base(at) == "relative":
            clause.refuse("not-combined", each.step, found=str(each.step.amount))
        return Additions(
            method="additions",
            from_=at,
            side=side,
            step=step,
            add=add,
            partial_step=self._partial(at),
            start=start,
            cuts=ordered(cuts),
        )
