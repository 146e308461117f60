"""Which form do the statements of a clause make together? One rule a clause; whatever is left over is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from ..methods import AnyMethod, Judgement, Measured
from .banding import bands_method
from .clause import Clause
from .conditions import HUNDRED, amount
from .joining import apart, joined_method, joins
from .lexicon import problem, word_in
from .listing import list_method, lists
from .overdue import overdue, overdue_method
from .proportions import proportional_method, scales
from .reading import Note, Reading
from .spreading import spread_method, spreads
from .statements import Band, Each, End, Formula, Interval, Item, Nothing, Stated, Statement, Tiers
from .stepping import steps, steps_method

_FAULT = re.compile(
    "(?:如|若|凡)?(?:出现|发生|发现|存在|有)(?:截留|挤占|挪用|虚列|套取|骗取|违规|违纪|违法|弄虚作假|重大|较大|特大)"
)


def assembled(text: str, statements: list[Statement], full: Fraction, choose: Mapping[str, str]) -> Reading:
    """The reading of a folded clause. Spans are of the folded text."""
    clause = Clause(text, [part for one in statements for part in apart(one)], full, choose)
    _set_apart(clause)
    method = _method(clause)
    clause.refuse_any(clause.left)
    if isinstance(method, Measured):
        _outcomes_are_plain(clause, statements)
    return Reading(
        text, full, method, tuple(clause.open), tuple(clause.spans), tuple(clause.applies), tuple(clause.notes)
    )


def _outcomes_are_plain(clause: Clause, statements: list[Statement]) -> None:
    """按期得10分 beside a measured rule only says where it begins: 基本按期得10分 would say more than is read."""
    shown = [(one.start, one.end) for one in clause.applies] + [(one.start, one.end) for one in clause.notes]
    for item in statements:
        if isinstance(item, Item | Nothing) and item.span not in shown and (word := word_in(item.name)):
            start = clause.folded.find(word, *item.span)
            clause.refuse(problem(word), (start, start + len(word)), found=word)


def _set_apart(clause: Clause) -> None:
    """Notes, exceptions, the full points restated, and where the clause does not apply."""
    clause.notes += [Note(one.text, *one.span) for one in clause.stated("note")]
    for one in clause.stated("full-is"):
        clause.must_be_full(one.points, one)
    for one in clause.stated("exception"):
        clause.set_apart(one, one.text, "exempt")
    for nothing in clause.all(Nothing):
        effect = _effect(clause, nothing)
        if effect:
            clause.set_apart(nothing, nothing.name, effect)
    measured = any(
        isinstance(one, Each | Formula) or (isinstance(one, Band) and one.condition.ends) for one in clause.left
    )
    for item in clause.all(Item) if measured else []:  # a fault beside a measured rule is no part of it, but ends it
        zero = item.earned is not None and item.earned.kind == "points" and item.earned.points == 0
        if zero and not item.marked and _FAULT.match(item.name):
            clause.set_apart(item, item.name, "zero")


def _effect(clause: Clause, nothing: Nothing) -> str:
    """What 没有… does: makes the clause not apply, unless it is one of the outcomes (无结余3分)."""
    if nothing.earned.kind == "excluded":
        return "excluded"
    others = [one for one in clause.left if one is not nothing and not isinstance(one, (Stated, Nothing))]
    if nothing.earned.points is not None or not others:
        return ""
    if any(isinstance(one, Band) and one.condition.word == "last" for one in others):
        return ""
    compared = any(isinstance(one, Item | Nothing) for one in others)
    occurs = any(isinstance(one, Each) and one.side in ("occurs", "bare") for one in others)
    said_so = "按" in clause.text_of(nothing.earned) or nothing.name.endswith(("的", "部门", "单位", "项目", "任务"))
    return "full" if said_so or not (compared or occurs) else ""


def _settle_beyond(clause: Clause) -> None:
    """超过的不得分: beyond the outermost edge that the other conditions name; without one it says nothing."""
    beyond = [band for band in clause.all(Band) if band.condition.word in ("over", "under")]
    told = [band.condition for band in clause.all(Band) if band not in beyond]
    for band in beyond:
        over = band.condition.word == "over"
        ends = [end for one in told if (end := _edge(one, over)) is not None]
        if not ends or any(isinstance(one, Each | Formula) for one in clause.left):
            clause.refuse("not-combined", band)
        end = End((max if over else min)((end.at for end in ends), key=lambda at: at.value), False, band.span)
        spread = "spread" if any(one.word == "spread" for one in told) else ""
        if spread and not over:
            clause.refuse("contradictory", band)
        low, high = (end, None) if over else (None, end)
        clause.left[clause.left.index(band)] = replace(band, condition=Interval(low, high, band.span, word=spread))


def _edge(condition: Interval, over: bool) -> End | None:
    if condition.word == "met" and not over:
        return End(HUNDRED, True, condition.span)
    return condition.high if over else condition.low


def _method(clause: Clause) -> AnyMethod:
    """One form by what the clause states: the first kind that it is of."""
    _settle_beyond(clause)
    for is_of, method in _BY_MEASURES:
        if is_of(clause):
            return method(clause)
    counted = [band for band in clause.all(Band) if _items_met(band)]
    if steps(clause) or (counted and counted == clause.all(Band)):
        for one in clause.all(Item):  # ①②③ without points: what the occurrences, or the number met, are of
            if one.marked and one.earned is None:
                clause.note(one)
    for is_of, method in _BY_WORDS:
        if is_of(clause):
            return method(clause)
    clause.refuse("clause-without-rule", (0, len(clause.folded)))


def _items_met(band: Band) -> bool:
    """符合其中两项得3分: how many points of attention are met."""
    ends = band.condition.ends
    return band.condition.word == "otherwise" or bool(ends and all(end.at.word in ("项", "条", "个") for end in ends))


def _leaves_open(clause: Clause) -> bool:
    return any(band.earned.kind == "discretion" for band in clause.all(Band)) and not clause.all(Item)


def _discretion(clause: Clause) -> AnyMethod:
    """Any 酌情 makes the whole an evaluator's: a number would be a guess."""
    for band in clause.taken(Band):
        if band.earned.kind == "points" and band.earned.points is not None:
            clause.within(band.earned.points, band.earned)
        clause.part("judgement", band)
    clause.stated("judged", "floor")
    clause.caps()
    return Judgement(method="judgement")


def _judged(clause: Clause) -> AnyMethod:
    clause.part("judgement", clause.stated("judged")[0])
    clause.caps()
    return Judgement(method="judgement")


def _banded(clause: Clause) -> bool:
    return bool(clause.all(Band)) and not clause.all(Item) and not clause.all(Tiers)


def _bands(clause: Clause) -> AnyMethod:
    """无结余3分 is the band at 0."""
    bands = clause.taken(Band)
    for one in clause.taken(Nothing):
        end = End(amount(0, ""), True, one.span)
        bands.insert(0, Band(Interval(end, end, one.span), one.earned, one.span))
    clause.stated("floor")
    return bands_method(clause, bands)


_Kinds = tuple[tuple[Callable[[Clause], bool], Callable[[Clause], AnyMethod]], ...]
_BY_MEASURES: _Kinds = (
    (spreads, spread_method),
    (overdue, overdue_method),
    (joins, joined_method),
    (scales, proportional_method),
)
_BY_WORDS: _Kinds = (
    (steps, steps_method),
    (_leaves_open, _discretion),
    (_banded, _bands),
    (lists, list_method),
    (lambda clause: clause.says("judged"), _judged),
)
"""The kinds of clauses, in the order in which they are told apart: is it of this kind, and its form. A new kind is a
line here.
"""
