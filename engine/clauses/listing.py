"""Which points of attention, outcomes or faults are listed? Their points say which of the three a list is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NoReturn

from ..methods import AnyMethod, Checklist, Deductions, Judgement, Outcomes
from ..methods.checklist import Item as FormItem
from ..methods.choices import Edges
from ..methods.deductions import Fault
from ..methods.judgement import Tier
from ..methods.outcomes import Outcome
from ..values.amounts import Amount
from ..values.exact import written
from .clause import GRADES, Clause
from .conditions import amount
from .statements import Band, Each, Earned, Item, Nothing, Span, Stated, Tiers
from .stepping import repeated

_MISREAD = re.compile("百分点|^[个项例]$|每|最多|最高|最低|[①-⑳].")
"""Remnants of a step or a limit: no name of an item holds them."""


def lists(clause: Clause) -> bool:
    """Are there items, outcomes or tiers?"""
    return any(isinstance(one, Item | Tiers | Nothing) for one in clause.left) or clause.says("shared")


def list_method(clause: Clause) -> AnyMethod:
    """The items of a clause as a checklist, as outcomes, as faults, or as ranges for the evaluator."""
    for tiers in clause.all(Tiers):
        if tiers.ranges:
            clause.use(tiers)
            return _tiers(clause, tiers)
    items, rest = _items(clause), clause.taken(Band)
    if any(band.condition.word not in ("otherwise", "unmet", "met") for band in rest):
        _mixed(clause, [*items, *rest])
    clause.stated("floor", "cap")
    kinds = {one.earned.kind for one in items if one.earned is not None} | {band.earned.kind for band in rest}
    if "range" in kinds:
        return _graded(clause, items, rest)
    if "discretion" in kinds:
        clause.stated("judged")
        return Judgement(method="judgement")
    for number, one in enumerate(items, 1):
        clause.part(f"item:{number}", one)
    if any(one.earned is not None and one.earned.kind == "deduct" for one in items):
        return _faults(clause, items, rest)
    return _listed(clause, items, rest)


def _mixed(clause: Clause, statements: Sequence[Item | Band]) -> NoReturn:
    """Outcomes beside stretches of a measure: what is not of the kind that came first is at fault."""
    first, *others = sorted(statements, key=lambda one: one.span)
    clause.refuse("not-combined", next((one for one in others if type(one) is not type(first)), first))


def _items(clause: Clause) -> list[Item]:
    """Items in order; 各1分 gives its points to those that have none."""
    shared = clause.stated("shared")
    items: list[Item] = []
    for statement in list(clause.left):
        if isinstance(statement, Item):
            items.append(statement)
        elif isinstance(statement, Tiers):
            items += [Item(name, None, True, statement.span) for name in statement.names]
        elif isinstance(statement, Nothing):
            items.append(Item(statement.name, statement.earned, False, statement.span))
        else:
            continue
        clause.use(statement)
    clause.refuse_any(shared[1:], "contradictory")
    if shared:
        items = _shared(clause, items, shared[0])
    _restated(clause, items)
    for place, one in enumerate(items):
        if _MISREAD.search(one.name) or (one.marked and "①" <= one.name <= "⑳" and one.name != chr(0x2460 + place)):
            clause.refuse("clause-unreadable", one, found=one.name)
        if not one.name:
            clause.refuse("clause-unfinished", one)
        if one.earned is None:
            clause.refuse("points-unsaid", one, found=one.name)
    return items


def _restated(clause: Clause, items: list[Item]) -> None:
    """每少一项扣1分 behind a list says the points of its items again."""
    points = {one.earned.points if one.earned and one.earned.kind == "points" else None for one in items}
    for each in clause.taken(Each) if None not in points else ():
        one = each.step.amount.value == 1 and each.side in ("below", "occurs", "bare")
        if not one or points != {each.change.points}:
            clause.refuse("contradictory", each)


def _shared(clause: Clause, items: list[Item], shared: Stated) -> list[Item]:
    count = int(Fraction(shared.text)) if shared.text else len(items)
    items = items or [Item(f"第{number}项", None, True, shared.span) for number in range(1, count + 1)]
    if count != len(items) or not items:
        clause.refuse("points-unsaid", shared)
    earned = Earned("points", shared.points, shared.span)
    return [replace(one, earned=one.earned or earned) for one in items]


def _listed(clause: Clause, items: list[Item], rest: list[Band]) -> AnyMethod:
    """Outcomes, of which one comes about, or points of attention, which add up to the full points."""
    points = [clause.given(one.earned) for one in items if one.earned is not None]
    placed = [(one.span, one.name, given) for one, given in zip(items, points, strict=True)]
    marked = any(one.marked for one in items)
    for band in rest:
        placed.append((band.span, _said(clause, band), clause.given(band.earned)))
        if marked or band.condition.ends:
            clause.refuse("not-combined", band)
    placed.sort()
    whole, total = (items[0].span[0], items[-1].span[1]), sum(points, Fraction(0))
    graded = bool(rest) or any(one.name in GRADES for one in items) or 0 in points
    if not marked and (graded or total != clause.full):
        return _outcomes(clause, placed, None if graded else total, whole)
    if total != clause.full:
        _differ(clause, total, whole)
    if len(items) == 1 and not marked:
        clause.refuse("clause-unfinished", whole)
    _told_apart(clause, placed)
    return Checklist(method="checklist", items=tuple(FormItem(item=name, points=p) for _, name, p in placed))


def _told_apart(clause: Clause, placed: list[tuple[Span, str, Fraction]]) -> None:
    """Each item has a name of its own."""
    seen: set[str] = set()
    for span, name, _ in placed:
        if name in seen:
            clause.refuse("items-alike", span, found=name)
        seen.add(name)


def _outcomes(
    clause: Clause, placed: list[tuple[Span, str, Fraction]], total: Fraction | None, whole: Span
) -> AnyMethod:
    """`total`: what they add up to, where nothing says that they exclude each other."""
    most = max(given for _, _, given in placed)
    if len(placed) < 2 or most != clause.full:
        _differ(clause, most if total is None or len(placed) < 2 else total, whole)
    if len({name for _, name, _ in placed}) != len(placed):
        clause.refuse("contradictory", whole)
    return Outcomes(method="outcomes", outcomes=tuple(Outcome(outcome=name, points=p) for _, name, p in placed))


def _differ(clause: Clause, found: Fraction, span: Span) -> NoReturn:
    clause.must_be_full(found, span)
    clause.refuse("clause-unfinished", span)


def _faults(clause: Clause, items: list[Item], rest: list[Band]) -> AnyMethod:
    clause.refuse_any(rest)
    faults = []
    for one in items:
        earned = one.earned
        if earned is None or earned.points is None or earned.most is None or earned.kind != "deduct":
            _odd(clause, items)
        clause.within(earned.most, earned)
        repeats = any(_carries(clause, each, one) for each in clause.all(Each))
        faults.append(Fault(fault=one.name, least=earned.points, most=earned.most, repeats=repeats))
    for each in clause.taken(Each):
        series = each.step.span[0] == each.span[0]
        if series or each.side not in ("occurs", "bare", "late") or each.gain or each.change.kind != "deduct":
            clause.refuse("not-combined", each)
        fault = repeated(clause, each)
        if not fault.fault:
            clause.refuse("clause-unfinished", each)
        clause.part(f"item:{len(faults) + 1}", each)
        faults.append(fault)
    return Deductions(method="deductions", faults=tuple(faults))


def _odd(clause: Clause, items: list[Item]) -> NoReturn:
    """Points given beside points taken off: the first that differs from the one before all is at fault."""
    taken = [one.earned is not None and one.earned.kind == "deduct" for one in items]
    clause.refuse("not-combined", items[taken.index(not taken[0])])


def _carries(clause: Clause, each: Each, item: Item) -> bool:
    """每发生一起重大事故扣5分，一般事故扣2分: 每 holds to the end of its sentence, so the second may repeat, too."""
    between = clause.text_of((each.span[1], item.span[0]))
    return clause.folded[each.span[0]] == "每" and each.span < item.span and not set(between) & set(";。\n")


def _graded(clause: Clause, items: list[Item], rest: list[Band]) -> AnyMethod:
    """优秀得8-10分，良好得6-8分: tiers by name, from the best down, each with its points as shares of the full ones."""
    listed = [(one.span, one.name, one.earned) for one in items if one.earned]
    listed += [(band.span, _said(clause, band), band.earned) for band in rest]
    made: list[Tier] = []
    for number, (span, name, earned) in enumerate(sorted(listed, key=lambda one: one[0]), 1):
        most = earned.most if earned.kind == "range" else clause.given(earned)
        least = earned.points if earned.kind == "range" else most
        assert least is not None and most is not None
        clause.within(most, earned)
        if made and most / clause.full > made[-1].from_.value:
            clause.refuse("bands-overlap", span, at=written(most))
        clause.part(f"tier:{number}", span)
        made.append(Tier(tier=name, from_=_share(clause, least), to=_share(clause, most)))
    whole = (listed[0][0][0], clause.spans[-1].end)
    if len({one.tier for one in made}) != len(made) or any(one.marked for one in items):
        clause.refuse("contradictory", whole)
    clause.must_be_full(made[0].to.value * clause.full, whole)
    clause.stated("judged")
    touch = {one.to.value for one in made} & {one.from_.value for one in made if one.from_.value < one.to.value}
    edges = clause.choice("edges", whole) if touch else None
    return Judgement(method="judgement", edges=edges, tiers=tuple(made))  # type: ignore[arg-type]


def _share(clause: Clause, points: Fraction) -> Amount:
    return amount(points / clause.full * 100, "%")


def _said(clause: Clause, band: Band) -> str:
    return "否则" if band.condition.word == "otherwise" else clause.text_of(band.condition)


def _tiers(clause: Clause, tiers: Tiers) -> AnyMethod:
    """Ranges of shares, from the full points down to none."""
    clause.stated("judged")
    made = []
    reached = Fraction(1)
    for place, one in enumerate(clause.one_unit(*tiers.ranges)):
        low, high = (end.at for end in one.ends)
        if high.value != reached:
            code = "bands-overlap" if high.value > reached else "bands-gap"
            clause.refuse(code, one, **{"from": str(high), "to": written(reached * 100) + "%", "at": str(high)})
        reached = low.value
        clause.part(f"tier:{place + 1}", one)
        made.append(Tier(tier=tiers.names[place] if tiers.names else f"{high}-{low}", from_=low, to=high))
    if reached != 0:
        clause.refuse("bands-gap", tiers, **{"from": "0%", "to": written(reached * 100) + "%"})
    return Judgement(method="judgement", edges=_edges(clause, tiers), tiers=tuple(made))


def _edges(clause: Clause, tiers: Tiers) -> Edges | None:
    """To which of two tiers their common end belongs, as （含） says it; else it is left open."""
    lower = {one.low is not None and bool(one.low.closed) for one in tiers.ranges[:-1]}
    upper = {one.high is not None and bool(one.high.closed) for one in tiers.ranges[1:]}
    if (lower, upper) == ({True}, {False}):
        return "lower-closed"
    if (lower, upper) == ({False}, {True}):
        return "upper-closed"
    return clause.choice("edges", tiers)  # type: ignore[return-value]
