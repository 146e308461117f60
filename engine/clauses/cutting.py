"""Where is a form cut off? Bands beside a formula or beside steps that give points outright beyond some value."""

from __future__ import annotations

from collections.abc import Sequence

from ..methods.cuts import Cut
from .clause import Clause
from .statements import Band, End


def cut(clause: Clause, band: Band) -> Cut:
    """The band as a cut-off. Refused where it is no half-line or gives no fixed points."""
    half = clause.one_unit(band.condition)[0].half
    if half is None:
        clause.refuse("not-combined", band)
    end, side = half
    closed = clause.closed(end, side, band)
    clause.part("cut", band)
    earned = band.earned
    if earned.kind not in ("deduct", "deduct-share"):
        return Cut(at=end.at, side=side, closed=closed, points=clause.given(earned))
    if earned.most is not None and earned.points != earned.most:
        clause.refuse("not-combined", earned)
    return Cut(at=end.at, side=side, closed=closed, deduct=clause.lost(earned))


def meets(cuts: Sequence[Cut], end: End) -> bool:
    """Does some cut begin where a stretch ends?"""
    return any(one.at.value == end.at.value for one in cuts)


def ordered(cuts: Sequence[Cut]) -> tuple[Cut, ...]:
    """Cuts from the lowest up, so that the order of sentences leaves no trace."""
    return tuple(sorted(cuts, key=lambda one: (one.side == "above", one.at.value)))
