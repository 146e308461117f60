"""Which share of the points? Formulas (执行率×分值, B/A, 1−10×a/b) and 按比例, with their limits."""

from __future__ import annotations

import re
from fractions import Fraction

from ..methods import AnyMethod, External, Linear, Proportional
from ..methods.choices import OverFulfilment, Reverse
from ..methods.cuts import Cut
from ..values.amounts import Amount
from .banding import half_line
from .clause import Clause, bare_name, holds, is_generic, names
from .conditions import amount
from .cutting import cut, meets, ordered
from .sharing import counts_rows, share_form
from .statements import Band, Earned, Formula, Span, Stated

_HUNDRED = amount(Fraction(100), "%")
_INTENDED = re.compile("目标|计划|预期|指标值|标准|定额|控制数|(?:年初|全年)?预算(?!.*(?:执行|支出|完成))")
_DONE = re.compile("实际|完成|执行|支出")
_SCORE = re.compile("(?:得分|分数|成绩|评分|考核分|总分|满分)$")


def proportional_method(clause: Clause) -> AnyMethod:
    """The formulas and 按比例 of a clause as a form."""
    formulas = clause.taken(Formula)
    alone = clause.stated("ratio")
    bands = clause.taken(Band)
    for band in bands:
        if band.condition.change or band.condition.word == "last":  # the formula's measure is no change
            clause.refuse("not-combined", band.span, found=clause.text_of(band.span))
    rates = [(one.top, one.span) for one in formulas if one.top.endswith(("率", "度")) and not one.bottom]
    named_bands = names(bands)  # 得分=完成率×分值，满意度≥90%得满分 speaks of two
    clause.same_measure(sorted([*named_bands, *rates], key=lambda one: one[1]) if named_bands else [])
    ratios = [band for band in bands if band.earned.kind in ("ratio", "cross")]
    others = [band for band in bands if band not in ratios]
    named = [one for one in formulas if one.kind != "cross"]
    span = formulas[0].span if formulas else alone[0].span if alone else ratios[0].span
    clause.part("formula", span)
    whole = len(named) == len(formulas) > 0 or any(band.earned.direction == "whole" for band in ratios)
    if len(named) > 1 or len(alone) + bool(ratios and ratios[0].earned.kind == "ratio") > 1:
        extra = named[-1].span if len(named) > 1 else (alone[-1].span if not ratios else ratios[-1].span)
        clause.refuse("not-combined", extra, found=clause.text_of(extra))
    for band in ratios:
        clause.must_be_full(band.earned.points, band.earned.span)
    counted: list[Formula | Earned] = [*named, *(band.earned for band in ratios)]
    for told in counted:
        if told.standard is not None:
            clause.left.append(Stated("standard", told.span, quantity=told.standard))
            whole = False
    for one in named:
        if one.points is not None:
            clause.must_be_full(one.points, one.span)
        if one.kind == "steep":
            return _steep(clause, one, others)
    if named and counts_rows(named[0], others):
        return share_form(clause, named[0], others)
    if named and named[0].bottom and _SCORE.search(named[0].top) and _SCORE.search(named[0].bottom):
        return _external(clause, named[0], others)
    directions = [one.direction for one in formulas if one.direction]
    if any(_INTENDED.search(one.top) and _DONE.search(one.bottom) for one in named):
        attained = clause.choose.get("measure") == "attainment"
        # the measure may be this very quotient, or the attainment, which it turns over
        directions = ["reverse"] if attained else ["forward", "reverse"]
    directions += [band.earned.direction for band in ratios if band.earned.kind == "cross"]
    return _scaled(clause, directions, ratios, others, (span, whole))


def _capped(clause: Clause) -> bool:
    caps = clause.stated("cap")
    for one in caps:
        clause.must_be_full(one.points, one.span)
        clause.part("cap", one.span)
    return bool(caps)


def _steep(clause: Clause, formula: Formula, bands: list[Band]) -> AnyMethod:
    """(whole − times × ratio) × points: full where the bracket is 1, none where it is 0."""
    if formula.times <= 0 or formula.whole <= 0:
        clause.refuse("contradictory", formula.span, found=clause.text_of(formula.span))
    _capped(clause)
    clause.stated("floor")
    zero_at = formula.whole / formula.times
    full_at = (formula.whole - 1) / formula.times
    intervals = clause.one_unit([band.condition for band in bands])
    for band in bands:
        _own(clause, band, formula)
    cuts = []
    for band, interval in zip(bands, intervals, strict=True):
        found = half_line(interval)
        flat = found is not None and (
            (found[1] == "above" and found[0].at.value >= zero_at and clause.given(band.earned) == 0)
            or (found[1] == "below" and found[0].at.value <= full_at and clause.given(band.earned) == clause.full)
        )
        if flat:
            clause.part("cut", band.span)
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
        same = is_generic(name) or (name.endswith(("率", "比", "例", "重")) and holds(whole, name.rstrip("率比例占重")))
    if same or (not slash and _alike(name, whole)):
        return
    clause.refuse("several-measures", band.condition.name_span, found=band.condition.name, first=whole)


def _alike(one: str, other: str) -> bool:
    """Is one name the other, perhaps shortened (部门全年预算调剂金额, 全年预算调剂金额)?"""
    return bool(one and other) and (holds(one, other) or holds(other, one))


def _in_percent(one: Cut) -> Cut:
    """A ratio written 0.1 is the 10% of the same line."""
    if one.at.word:
        return one
    return one.model_copy(update={"at": amount(one.at.value * 100, "%")})


def _external(clause: Clause, formula: Formula, bands: list[Band]) -> AnyMethod:
    if bands:
        clause.refuse("not-combined", bands[0].span, found=clause.text_of(bands[0].span))
    _capped(clause)
    return External(method="external", score=formula.top, of=formula.bottom)


def _scaled(
    clause: Clause, directions: list[str], ratios: list[Band], others: list[Band], where: tuple[Span, bool]
) -> AnyMethod:
    span, whole = where
    full_bands = [b for b in others if b.earned.kind == "points" and clause.given(b.earned) == clause.full]
    if whole:  # 执行率×分值 beside ≥95%得满分: the formula still counts from the whole, the band cuts it off
        early = [b for b in full_bands if not b.condition.word and not _at_whole(clause, b)]
        full_bands = [band for band in full_bands if band not in early]
    cuts = [cut(clause, band) for band in others if band not in full_bands]
    target, lean = _target(clause, full_bands)
    direction, reverse = _direction(clause, directions, lean, span)
    _reached(clause, ratios, cuts, target)
    capped = _capped(clause)
    clause.stated("floor")
    over: OverFulfilment | None = None
    if direction != "reverse":
        met = any(one.side == "above" and one.points == clause.full for one in cuts)
        over = "full" if capped or full_bands or met else None
        if over is None:
            over = clause.choice("over", ("full", "zero", "open"), span)  # type: ignore[assignment]
    if direction == "reverse" and reverse is None:
        reverse = clause.choice("reverse", ("inverse", "linear"), span)  # type: ignore[assignment]
    side = "above" if direction == "reverse" else "below"
    passed = [one for one in cuts if one.side == side and one.closed is False and one.points == 0]
    rest = [one for one in cuts if one not in passed[:1]]
    for one in cuts:
        if one.at.value < 0:
            clause.refuse("contradictory", span, found=str(one.at))
        if one.at.unit != target.unit and one.at.value != 0:
            clause.refuse("units-differ", span, left=str(target), right=str(one.at))
        if one.points == clause.full:
            continue
        if (one.at.value > target.value) if one.side == "below" else (one.at.value < target.value):
            clause.refuse("contradictory", span, found=str(one.at))
    made = Proportional(
        method="proportional",
        direction=direction,  # type: ignore[arg-type]
        target=target,
        over=over,
        reverse=reverse,
        pass_=passed[0].at if passed else None,
        cuts=ordered(rest),
    )
    return made.without_pass


def _at_whole(clause: Clause, band: Band) -> bool:
    condition = clause.one_unit([band.condition])[0]
    end = condition.low or condition.high
    return end is not None and end.at.value == 1


def _target(clause: Clause, bands: list[Band]) -> tuple[Amount, str]:
    """What earns the full points, and on which side less is earned. Without a word on it: the whole (100%)."""
    target, lean = _HUNDRED, ""
    for place, band in enumerate(bands):
        condition = clause.one_unit([band.condition])[0]
        found = half_line(condition)
        if condition.word == "met":
            at, side = _HUNDRED, "below"
        elif found is None and condition.low is not None and condition.high is not None:
            at, side = condition.low.at, ""
        elif found is not None:
            at, side = found[0].at, "below" if found[1] == "above" else "above"
        else:
            clause.refuse("not-combined", band.span, found=clause.text_of(band.span))
        if place and at != target:
            clause.refuse("standards-differ", band.span, found=str(at), first=str(target))
        if at.value <= 0:
            clause.refuse("target-not-positive", band.span, found=str(at))
        target, lean = at, side
        clause.part("target", band.span)
    for one in clause.stated("standard"):
        assert one.quantity is not None
        if bands and one.quantity.amount != target:
            clause.refuse("standards-differ", one.span, found=str(one.quantity.amount), first=str(target))
        target = one.quantity.amount
    return target, lean


def _direction(clause: Clause, directions: list[str], lean: str, span: Span) -> tuple[str | None, Reverse | None]:
    kinds = set(directions)
    inverse: Reverse | None = "inverse" if "reverse" in kinds else None
    if len(kinds) == 2:
        chosen = clause.choice("direction", ("forward", "reverse"), span)
        return chosen, None if chosen == "forward" else inverse
    if kinds and lean and kinds != {"reverse" if lean == "above" else "forward"}:
        clause.refuse("contradictory", span, found=clause.text_of(span))
    return (next(iter(kinds)) if kinds else "reverse" if lean == "above" else "forward"), inverse


def _reached(clause: Clause, ratios: list[Band], cuts: list[Cut], target: Amount) -> None:
    """The stretch that is said to earn in proportion must reach from the target to the cut-off, or to the end."""
    for band in ratios:
        condition = clause.one_unit([band.condition])[0]
        if condition.word:
            continue
        for end in (condition.low, condition.high):
            if end is not None and end.at.value != target.value and not meets(cuts, end):
                facts = {"from": str(end.at), "to": str(target)}
                clause.refuse("bands-gap", band.span, **facts)
