"""In which ways may the rows of a block turn out, while nobody knows which of them apply?

A row that nobody has seen yet may leave, where rows that do not apply are left out. One that states its points takes
them along; one that states none leaves before the rest is shared, and those that stay become heavier.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from ..algebra.meaning import MEANING, Range, known
from ..methods import Indicators
from ..values.exact import total
from .rollup import Points, Way
from .rows import RowPoints, stated

ZERO = Fraction(0)
MOST_TRIED = 2000
"""Rows that share points × those of them that may leave, up to which every choice is tried; beyond, all is open."""
At = Callable[[RowPoints, Fraction], Points]
"""The points of a row at a weight."""


def row_ways(
    method: Indicators, block: Fraction, rows: Sequence[RowPoints], open_: Sequence[bool], at: At
) -> list[Way[int, bool]]:
    """Every way in which the rows of a block may turn out, `open_` telling which may leave; what left is spared. Rows
    that state their points, and that nobody has seen, earn anything up to full: the extremes of every sum and quotient
    leave all of them in, or take all of them out.
    """
    own = [stated(row.row) for row in rows]
    ignored, equal = method.stated_points == "ignored", method.equal(block, own)
    shares = [not equal and (ignored or points is None) for points in own]
    told = list(zip(rows, shares, open_, strict=True))
    sharing = [(row, may) for row, share, may in told if share and row.counts]
    sure = [row for row, share, may in told if not share and not may and row.counts]
    loose = [row for row, share, may in told if not share and may]
    whole = total(row.full for row, share, _ in told if not share)
    every = total(method.full_points(block, own, [True] * len(rows)))
    found = []
    for shared in _shared(method, sharing, at):
        for some in (loose, []) if loose else (loose,):
            points = [row.points for row in sure] + [Points(ZERO, row.full) for row in some] + shared
            stays = bool(sure or some or shared)
            full = total(row.full for row in (*sure, *some))
            left = whole - full if stays else every
            full += total(row.full for row, _ in sharing) if shared else ZERO
            low, high = (min(total(ends), full) for ends in ([p.low for p in points], [p.high for p in points]))
            ends = Range(known(low), known(high))
            found.append(Way(ends, known(full), known(left) if left else MEANING.zero, True, stays, stays))
    return found


def _shared(method: Indicators, rows: Sequence[tuple[RowPoints, bool]], at: At) -> list[list[Points]]:
    """What rows that share points come to, while one of them stays; nothing where none may."""
    may, points = sum(open_ for _, open_ in rows), total(row.full for row, _ in rows)
    nothing: list[list[Points]] = [[]] if may == len(rows) else []
    if not may:
        return [[row.points for row, _ in rows]]
    if may * len(rows) > MOST_TRIED:
        return [[Points(ZERO, points)], *nothing]
    ends: list[Points] = []
    for count in range(max(1, len(rows) - may), len(rows) + 1):
        parts = method.parts(points, count)
        held = {0: Points(ZERO, ZERO)}  # over the choices that leave so many before a row
        for row, open_ in rows:
            new = dict(held) if open_ else {}
            for place, before in held.items():
                if place < count:
                    own = Points(ZERO, parts[place]) if open_ else at(row, parts[place])
                    low, high = before.low + own.low, before.high + own.high
                    other = new.get(place + 1, Points(low, high))
                    new[place + 1] = Points(min(low, other.low), max(high, other.high))
            held = new
        ends.append(held[count])
    return [[Points(min(one.low for one in ends), max(one.high for one in ends))], *nothing]
