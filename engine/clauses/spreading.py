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
    conditions = [band.condition for band in clause.all(Band)] + [each.condition for each in clause.all(Each)]
    return any(one is not None and one.word == "spread" for one in conditions)


def spread_method(clause: Clause) -> AnyMethod:
    """The bands of the distance, once below the middle and once above it."""
    clause.refuse_any(clause.all(Each))  # no form counts steps from the edge of a stretch to both sides
    bands = clause.taken(Band)
    clause.refuse_any([band for band in bands if band.condition.word not in ("spread", "otherwise")])
    first = next(band for band in bands if band.condition.word == "spread")
    middle = _middle(clause, bands, first)
    made = bands_method(clause, [_distance(band) for band in bands])
    assert isinstance(made, Bands)
    for _, end in made.amounts():
        if end.unit != middle.unit and middle.value != 0:
            clause.refuse("units-differ", first, left=str(middle), right=str(end))
    both = [band for one in made.bands for band in _both_ways(one, middle, made.edges)]
    return Bands(method="bands", bands=tuple(sorted(both, key=_place)))


def _distance(band: Band) -> Band:
    return band if band.condition.word == "otherwise" else replace(band, condition=replace(band.condition, word=""))


def _middle(clause: Clause, bands: list[Band], first: Band) -> Amount:
    """0 for a measure that is a deviation by its name, else the standard that the clause states or `choose` names."""
    name = "".join(band.condition.name for band in bands)
    stated = clause.stated("standard")
    if len(stated) > 1:
        clause.refuse("standards-differ", stated[1], found=stated[1].text, first=stated[0].text)
    if stated and stated[0].quantity is not None:
        return stated[0].quantity.amount
    if _DEVIATES.search(name) and not _OF_TARGET.search(name):
        return replace(first.condition.ends[0].at, value=Fraction(0))
    chosen = clause.chosen_amount("standard", first)
    if chosen is None:
        clause.refuse("clause-leaves-open", first, choice="standard", allowed="…")
    return chosen


def _both_ways(one: FormBand, middle: Amount, edges: str | None) -> list[FormBand]:
    """A band of the distance as bands of the measure."""
    said = {"lower-closed": (True, False), "upper-closed": (False, True)}.get(edges or "", (None, None))
    near_closed = said[0] if one.from_closed is None else one.from_closed
    far_closed = said[1] if one.to_closed is None else one.to_closed

    def away(end: Amount | None, closed: bool | None, way: int) -> tuple[Amount | None, bool | None]:
        return (None, None) if end is None else (replace(end, value=middle.value + way * end.value), closed)

    far = (away(one.to, far_closed, -1), away(one.to, far_closed, 1))
    near = (away(one.from_, near_closed, -1), away(one.from_, near_closed, 1))
    sides = [far] if one.from_ is None else [(far[0], near[0]), (near[1], far[1])]
    return [
        FormBand(from_=low, to=high, from_closed=low_closed, to_closed=high_closed, points=one.points)
        for (low, low_closed), (high, high_closed) in sides
    ]


def _place(band: FormBand) -> tuple[int, Fraction]:
    return (0, Fraction(0)) if band.from_ is None else (1, band.from_.value)
