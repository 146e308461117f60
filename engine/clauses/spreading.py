"""Which points for how far from the middle, on both sides alike? ±10%以内: bands of the distance, laid both ways."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from ..methods import AnyMethod, Bands
from ..methods.bands import Band as FormBand
from ..values.amounts import Amount
from .banding import bands_method
from .clause import Clause
from .statements import Band, Each

_DEVIATES = re.compile("偏差|偏离|误差|差异|差额|离差|变动|变化|波动|浮动|增减|调整")
_OF_TARGET = re.compile("目标|计划|预期|指标值|标准|要求")


def spreads(clause: Clause) -> bool:
    """Does a condition reach to both sides alike?"""
    return any(one.condition.word == "spread" for one in clause.all(Band)) or any(
        one.condition is not None and one.condition.word == "spread" for one in clause.all(Each)
    )


def spread_method(clause: Clause) -> AnyMethod:
    """The bands of the distance, once below the middle and once above it."""
    for each in clause.all(Each):  # no form counts steps from the edge of a stretch to both sides
        clause.refuse("not-combined", each.span, found=clause.text_of(each.span))
    bands = clause.taken(Band)
    for band in bands:
        if band.condition.word not in ("spread", "otherwise"):
            clause.refuse("not-combined", band.span, found=clause.text_of(band.span))
    first = next(band for band in bands if band.condition.word == "spread")
    middle = _middle(clause, bands, first)
    told = [_distance(band) for band in bands]
    made = bands_method(clause, told)
    assert isinstance(made, Bands)
    for one in made.bands:
        for end in (one.at, one.from_, one.to):
            if end is not None and end.unit != middle.unit and middle.value != 0:
                clause.refuse("units-differ", first.span, left=str(middle), right=str(end))
    both = [band for one in made.bands for band in _both_ways(one, middle, made.edges)]
    return Bands(method="bands", bands=tuple(sorted(both, key=_place)))


def _distance(band: Band) -> Band:
    return band if band.condition.word == "otherwise" else replace(band, condition=replace(band.condition, word=""))


def _middle(clause: Clause, bands: list[Band], first: Band) -> Amount:
    """0 for a measure that is a deviation by its name, else the standard that the clause states or `choose` names."""
    name = "".join(band.condition.name for band in bands)
    stated = clause.stated("standard")
    if len(stated) > 1:
        clause.refuse("standards-differ", stated[1].span, found=stated[1].text, first=stated[0].text)
    if stated and stated[0].quantity is not None:
        return stated[0].quantity.amount
    if _DEVIATES.search(name) and not _OF_TARGET.search(name):
        end = first.condition.low or first.condition.high
        assert end is not None
        return Amount(Fraction(0), end.at.unit, end.at.word)
    chosen = clause.chosen_amount("standard", first.span)
    if chosen is None:
        clause.refuse("clause-leaves-open", first.span, choice="standard", allowed="…")
    return chosen


def _both_ways(one: FormBand, middle: Amount, edges: str | None) -> list[FormBand]:
    """A band of the distance as bands of the measure."""
    said = {"lower-closed": (True, False), "upper-closed": (False, True)}.get(edges or "", (None, None))
    near_closed = said[0] if one.from_closed is None else one.from_closed
    far_closed = said[1] if one.to_closed is None else one.to_closed
    near, far = one.from_, one.to
    above = [None if end is None else _moved(end, middle, end.value) for end in (near, far)]
    below = [None if end is None else _moved(end, middle, -end.value) for end in (near, far)]
    if near is None:
        return [_band(below[1], above[1], far_closed, far_closed, one.points)]
    return [
        _band(below[1], below[0], far_closed, near_closed, one.points),
        _band(above[0], above[1], near_closed, far_closed, one.points),
    ]


def _band(
    low: Amount | None, high: Amount | None, low_closed: bool | None, high_closed: bool | None, points: Fraction
) -> FormBand:
    return FormBand(
        from_=low,
        to=high,
        from_closed=None if low is None else low_closed,
        to_closed=None if high is None else high_closed,
        points=points,
    )


def _moved(end: Amount, middle: Amount, by: Fraction) -> Amount:
    return Amount(middle.value + by, end.unit, end.word)


def _place(band: FormBand) -> tuple[int, Fraction]:
    return (0, Fraction(0)) if band.from_ is None else (1, band.from_.value)
