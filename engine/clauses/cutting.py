"""Where is a form cut off? Bands beside a formula or beside steps that give points outright beyond some value."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from ..methods.cuts import Cut
from ..values.amounts import Amount
from .banding import half_line
from .clause import Clause
from .statements import Band, Earned, End


def cut(clause: Clause, band: Band) -> Cut:
    """The band as a cut-off. Refused where it is no half-line or gives no fixed points."""
    found = half_line(clause.one_unit([band.condition])[0])
    if found is None:
        clause.refuse("not-combined", band.span, found=clause.text_of(band.span))
    end, side = found
    closed = end.closed
    if closed is None:
        value = clause.choice("edges", ("lower-closed", "upper-closed"), band.span)
        closed = None if value is None else (value == "lower-closed") == (side == "above")
    clause.part("cut", band.span)
    points, deduct = _effect(clause, band.earned)
    kind: Literal["above", "below"] = "above" if side == "above" else "below"
    return Cut(at=end.at, side=kind, closed=closed, points=points, deduct=deduct)


def _effect(clause: Clause, earned: Earned) -> tuple[Fraction | None, Fraction | None]:
    if earned.kind in ("deduct", "deduct-share"):
        if earned.most is not None and earned.points != earned.most:
            clause.refuse("not-combined", earned.span, found=clause.text_of(earned.span))
        return None, clause.lost(earned)
    return clause.given(earned), None


def meets(cuts: list[Cut], end: End) -> bool:
    """Does some cut begin where a stretch ends?"""
    return any(one.at.value == end.at.value for one in cuts)


def ordered(cuts: list[Cut]) -> tuple[Cut, ...]:
    """Cuts from the lowest up, so that the order of sentences leaves no trace."""
    return tuple(sorted(cuts, key=lambda one: (one.side == "above", _at(one.at))))


def _at(amount: Amount) -> Fraction:
    return amount.value
