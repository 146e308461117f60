"""In what order do the points of a measure come about? The method's own, ceiling, cut-offs, deductions, floor.

What is rounded is the leaf (`Leaf rounding` stands with the roll-up), whoever gave its points.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from .cuts import Side, outermost
from .method import Branch, Measured, Scored, decided

_SIDES: tuple[Side, ...] = ("above", "below")


def scored(
    m: Meaning[Whole, Bit, Words], method: Measured, x: Number[Whole, Bit], full: Number[Whole, Bit]
) -> Scored[Whole, Bit]:
    """The points at a known `x`. (Where `x` is not known, they mean nothing: see `bounds.py`.)"""
    worked = method.work(m, x, full)
    own = decided(m, worked.branches)
    share = method.highest_share
    most = full if share == 1 else m.multiply(m.number(share), full)
    topped, points = m.holds(">", own.high, most), own
    if not m.carrier.never(topped):  # and then the low end is no higher either
        points = _both(own, lambda end: m.least(end, most))
    cuts = method.cut_offs
    giving: list[Branch[Whole, Bit]] = []
    taking: list[tuple[int, Bit]] = []
    for side in _SIDES if cuts else ():
        yet = m.carrier.true
        for number in outermost(cuts, side):
            cut = cuts[number]
            beyond = cut.beyond(m, x) & yet
            yet = yet & m.carrier.negated(beyond)
            if cut.points is not None:
                given = m.number(cut.points)
                giving.append(Branch(f"cut:{number}", beyond, Range(given, given)))
            elif cut.deduct is not None:
                taking.append((number, beyond))
    for one in giving:
        points = m.chosen(one.holds, one.points, points)
    for number, beyond in taking:
        lost = m.number(cuts[number].deduct or Fraction(0))
        points = m.chosen(beyond, Range(m.subtract(points.low, lost), m.subtract(points.high, lost)), points)
    floor = m.number(method.lowest)
    floored = m.holds("<", points.low, floor)
    if not m.carrier.never(floored):
        points = _both(points, lambda end: m.greatest(end, floor))
    return Scored(points, worked, own, topped, tuple(giving), tuple(taking), floored)


def _both(points: Range[Whole, Bit], work: Callable[[Number[Whole, Bit]], Number[Whole, Bit]]) -> Range[Whole, Bit]:
    """The same of both ends; of one that is both, once."""
    low = work(points.low)
    return Range(low, low if points.high is points.low else work(points.high))
