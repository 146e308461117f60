"""In which ways may the rows of a block turn out, while nobody knows which of them apply?

A row that nobody has seen yet may leave, where rows that do not apply are left out. One that states its points takes
them along; one that states none leaves before the rest is shared, and those that stay become heavier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

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
    shares = _sharing(method, block, own)
    told = list(zip(rows, shares, open_, strict=True))
    sharing = [(row, may) for row, share, may in told if row.counts and share]
    held = _Held(
        sure=[row for row, share, may in told if row.counts and not share and not may],
        loose=[row for row, share, may in told if may and not share],
        shared=total(row.full for row, _ in sharing),
        whole=total(row.full for row, share in zip(rows, shares, strict=True) if not share),
        every=total(method.full_points(block, own, [True] * len(rows))),
    )
    return [way for points in _shared(method, sharing, at) for way in held.ways(points)]


class _Held(NamedTuple):
    """The rows of a block that state their points: those that stay, and those that may leave; what is shared among the
    others, what is stated in all, and what all of it comes to where none stays.
    """

    sure: Sequence[RowPoints]
    loose: Sequence[RowPoints]
    shared: Fraction
    whole: Fraction
    every: Fraction

    def ways(self, points: Sequence[Points]) -> Iterator[Way[int, bool]]:
        """With all that may leave, and without, beside these points of rows that share."""
        for some in (self.loose, []) if self.loose else ([],):
            full = total(row.full for row in (*self.sure, *some))
            held = [*(row.points for row in self.sure), *(Points(ZERO, row.full) for row in some), *points]
            left = self.whole - full if held else self.every
            yield _way(held, full + self.shared if points else full, left)


def _way(held: Sequence[Points], full: Fraction, left: Fraction) -> Way[int, bool]:
    """What so many points come to, of so many full ones, while so many left."""
    low, high = total(points.low for points in held), total(points.high for points in held)
    ends = Range(known(min(low, full)), known(min(high, full)))
    return Way(ends, known(full), known(left) if left else MEANING.zero, True, bool(held), bool(held))


def _sharing(method: Indicators, block: Fraction, own: Sequence[Fraction | None]) -> list[bool]:
    """Of each row whether it shares what the block has left, by the points that it states."""
    if method.equal(block, own):
        return [False] * len(own)
    return [method.stated_points == "ignored" or points is None for points in own]


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
