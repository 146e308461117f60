"""Which conditions over named measures give all or nothing? 结转结余率≤9%或变动率≤-30%，二者择其一: all or any of them.

The names in the clause are the names of the measures. Without 否则…, what is given where they fail is left open.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from ..expressions.tree import Compare, Literal, Logic, Name, Tree, canonical
from ..methods import AnyMethod, Holds
from ..values.units import unit_word
from .clause import Clause, bare_name
from .statements import Band, End, Interval, Joined, Statement

_REST = ("otherwise", "unmet")


def joins(clause: Clause) -> bool:
    """Are several measures joined, or bands of full points of which one is enough?"""
    return bool(clause.all(Joined)) or clause.says("best")


def apart(one: Statement) -> list[Statement]:
    """超过10%或低于0不得分: two stretches of one measure are two bands."""
    if not isinstance(one, Joined) or one.operator != "or" or one.earned is None:
        return [one]
    first = bare_name(one.parts[0].name)
    if any(bare_name(part.name) not in ("", first) for part in one.parts[1:]):
        return [one]
    return [Band(part, one.earned, part.span) for part in one.parts]


def joined_method(clause: Clause) -> AnyMethod:
    """The conditions as one, and the points where it fails."""
    best = clause.stated("best")
    bands = clause.taken(Band)
    rest = [band for band in bands if band.condition.word in _REST]
    plain = [band for band in bands if band not in rest]
    joined = clause.taken(Joined)
    clause.refuse_any([*joined[1:], *rest[1:], *(plain if joined else ())])
    one = joined[0] if joined else _alternatives(clause, plain)
    if best and one.operator == "and":
        clause.refuse("contradictory", best[0], found=best[0].text)
    if one.earned is not None:
        clause.must_be_full(clause.given(one.earned), one.earned)
    if len({bare_name(part.name) for part in one.parts}) < len(one.parts):
        clause.refuse("several-conditions", one)
    tree = reduce(lambda left, right: Logic(one.operator, left, right), [_tree(clause, part) for part in one.parts])
    otherwise = clause.given(rest[0].earned) if rest else _chosen(clause, one)
    clause.part("holds", one)
    return Holds(method="holds", holds=canonical(tree), otherwise=otherwise)


def _alternatives(clause: Clause, bands: list[Band]) -> Joined:
    """结转结余率≤9%得5分；变动率≤-30%得5分；二者择其一."""
    if len(bands) < 2:
        clause.refuse("clause-unfinished", (0, len(clause.folded)), found=clause.folded[-8:])
    for band in bands:
        clause.must_be_full(clause.given(band.earned), band.earned)
    return Joined("or", tuple(band.condition for band in bands), None, (bands[0].span[0], bands[-1].span[1]))


def _tree(clause: Clause, part: Interval) -> Tree:
    """One measure and where it must lie."""
    name = bare_name(part.name)
    if not name or part.word or part.beyond_target:
        clause.refuse("several-conditions", part)
    clause.same_measure([(part.name, part.name_span)])
    if part.single:
        return Compare("=", Name(name), _literal(part.ends[0]))
    held: list[Tree] = []
    for end, side in ((part.low, "above"), (part.high, "below")):
        if end is not None:
            sign = (">" if side == "above" else "<") + ("=" if clause.closed(end, side, part) in (True, None) else "")
            held.append(Compare(sign, Name(name), _literal(end)))
    return reduce(lambda low, high: Logic("and", low, high), held)


def _literal(end: End) -> Tree:
    return Literal(end.at.value / unit_word(end.at.word).scale, end.at.word)


def _chosen(clause: Clause, one: Joined) -> Fraction:
    """What is given where the conditions fail, by name; none until it is named."""
    chosen = clause.chosen_amount("otherwise", one)
    return Fraction(0) if chosen is None else clause.within(chosen.value, one)
