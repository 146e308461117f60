"""In which ways may the rows of a block turn out, while nobody knows which of them apply?

A row that nobody has seen yet may leave, where rows that do not apply are left out. One that states its points takes
them along; one that states none leaves before the rest is shared, and those that stay become heavier.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from ..methods import Indicators
from ..values.exact import truncated
from .rollup import Points
from .rows import RowPoints, stated

ZERO = Fraction(0)
MOST_TRIED = 400
"""Rows that share points × those of them that may leave, up to which all choices are tried; beyond, bounds are wide."""
At = Callable[[RowPoints, Fraction], Points]
"""The points of a row at a weight."""


class Turned(NamedTuple):
    """One way: points, the weight that stays, and the weight that left (`stays`: something does)."""

    points: Points
    full: Fraction
    left: Fraction
    stays: bool


def turned(
    method: Indicators, block: Fraction, rows: Sequence[RowPoints], open_: Sequence[bool], unit: Fraction, at: At
) -> list[Turned]:
    """Every way in which the rows of a block may turn out, `open_` telling which may leave; `unit` is how finely leaves
    are told. Rows that state their points, and that nobody has seen, earn anything up to full: the extremes of every
    sum and quotient leave all of them in, or take all of them out.
    """
    own = [stated(row.row) for row in rows]
    equal, ignored = method.equal(block, own), method.stated_points == "ignored"
    silent = [not equal and (ignored or one is None) for one in own]
    told = [(row, shares, may) for row, shares, may in zip(rows, silent, open_, strict=True) if row.counts]
    sharing = [(row, may) for row, shares, may in told if shares]
    sure = [row for row, shares, may in told if not shares and not may]
    loose = [row for row, shares, may in told if not shares and may]
    gone = _weight([row for row, shares in zip(rows, silent, strict=True) if not row.counts and not shares])
    every = sum(method.full_points(block, own, [True] * len(rows)), ZERO)
    found = []
    for shared in _shared(method, sharing, unit, at):
        for some in (loose, []) if loose else (loose,):
            left = gone + _weight(loose) - _weight(some)
            stays = bool(sure or some or shared is not None)
            points = [row.points for row in sure] + ([shared] if shared is not None else [])
            points += [Points(ZERO, row.full) for row in some]
            full = _weight([*sure, *some]) + (_weight([row for row, _ in sharing]) if shared is not None else ZERO)
            low, high = sum((one.low for one in points), ZERO), sum((one.high for one in points), ZERO)
            found.append(Turned(Points(min(low, full), min(high, full)), full, left if stays else every, stays))
    return found


def _weight(rows: Sequence[RowPoints]) -> Fraction:
    return sum((row.full for row in rows), ZERO)


def _shared(method: Indicators, rows: Sequence[tuple[RowPoints, bool]], unit: Fraction, at: At) -> list[Points | None]:
    """The least and the most of rows that share points, while one of them stays; None where none may."""
    may = sum(open_ for _, open_ in rows)
    nothing: list[Points | None] = [None] if may == len(rows) else []
    if not rows:
        return nothing
    points = _weight([row for row, _ in rows])
    if may * len(rows) <= MOST_TRIED:
        return [_tried(method, rows, points, at), *nothing]
    return [_wide(method, rows, points, unit, at), *nothing]


def _tried(method: Indicators, rows: Sequence[tuple[RowPoints, bool]], points: Fraction, at: At) -> Points:
    """Row after row, for so many that stay: the ends over all choices that leave so many before it."""
    ends: list[Points] = []
    for count in range(max(1, sum(not open_ for _, open_ in rows)), len(rows) + 1):
        parts = method.parts(points, count)
        held = {0: Points(ZERO, ZERO)}
        for row, open_ in rows:
            new = dict(held) if open_ else {}
            for place, before in held.items():
                if place < count:
                    own = Points(ZERO, parts[place]) if open_ else at(row, parts[place])
                    low, high = before.low + own.low, before.high + own.high
                    other = new.get(place + 1)
                    new[place + 1] = Points(min(low, other.low), max(high, other.high)) if other else Points(low, high)
            held = new
        ends.append(held[count])
    return Points(min(one.low for one in ends), max(one.high for one in ends))


def _wide(
    method: Indicators, rows: Sequence[tuple[RowPoints, bool]], points: Fraction, unit: Fraction, at: At
) -> Points:
    """Of very many, without a try: no share is less than the least that all rows would have, but that of the one that
    takes what is left over; and a row loses no less of a larger share, but for rounding.
    """
    split, count = method.split, len(rows)
    each = points / count if split == "exact" else truncated(points / count, split.digits)
    own = [at(row, each) for row, open_ in rows if not open_]
    low, lost = [one.low for one in own], [max(each - one.high - unit, ZERO) for one in own]
    if split != "exact" and split.remainder != "largest":
        low, lost = sorted(low)[:-1], sorted(lost)[:-1]
    return Points(sum(low, ZERO), points - sum(lost, ZERO))
