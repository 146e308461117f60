"""Which points for which stretch of the measure? Bands laid end to end; gaps, overlaps and unsaid edges found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import final

from ..methods import AnyMethod, Bands
from ..methods.bands import Band as FormBand
from ..methods.choices import Edges
from ..methods.writing import COUNTED
from .clause import Clause, names
from .conditions import HUNDRED
from .statements import Band, End, Interval, Span


@final
@dataclass(slots=True)
class _Stretch:
    """A band while its ends are being settled."""

    low: End | None
    high: End | None
    points: Fraction
    span: Span

    @property
    def single(self) -> bool:
        """One value alone."""
        return self.low is not None and self.high is not None and self.low.at.value == self.high.at.value


def bands_method(clause: Clause, bands: list[Band]) -> AnyMethod:
    """The bands of a clause as a form. Raises where they leave a gap, overlap, or give no full points."""
    clause.same_measure(names(bands))
    rest = [band for band in bands if band.condition.word == "otherwise" or _is_rest(band, bands)]
    told = [band for band in bands if band not in rest]
    intervals = clause.one_unit(*(_of_target(band.condition) for band in told))
    stretches = [
        _Stretch(interval.low, interval.high, clause.given(band.earned), band.span)
        for band, interval in zip(told, intervals, strict=True)
    ]
    if not stretches:
        clause.refuse("bands-gap", bands[0], **{"from": "−∞", "to": "∞"})
    _cascade(stretches)
    stretches.sort(key=lambda one: (_value(one.low, -1), _value(one.high, 1)))
    _counted(stretches)
    clause.refuse_any(rest[1:])
    if rest:
        stretches = _filled(stretches, clause.given(rest[0].earned), rest[0].span)
    best = max(stretches, key=lambda one: one.points)
    clause.must_be_full(best.points, best)
    unsaid = _joined(clause, stretches)
    _outside(clause, stretches)
    for number, one in enumerate(stretches, 1):
        clause.part(f"band:{number}", one)
    return _method(clause, stretches, unsaid)


def _is_rest(band: Band, bands: list[Band]) -> bool:
    """未达到 after a band with a number means: whatever lies outside it."""
    return band.condition.word == "unmet" and any(one.condition.ends for one in bands)


def _of_target(interval: Interval) -> Interval:
    """达到目标 and 未达到目标 in numbers."""
    if interval.word == "met":
        return replace(interval, low=End(HUNDRED, True, interval.span))
    return replace(interval, high=End(HUNDRED, False, interval.span)) if interval.word == "unmet" else interval


def _value(end: End | None, side: int) -> tuple[int, Fraction]:
    return (side, Fraction(0)) if end is None else (0, end.at.value)


def _cascade(stretches: list[_Stretch]) -> None:
    """≥90%得5分；≥80%得4分: written from the strictest down, each takes what the one before left; =100% may lead."""
    for near, far, way in (("low", "high", 1), ("high", "low", -1)):
        chain = [
            one for one in stretches if getattr(one, near) is not None and (getattr(one, far) is None or one.single)
        ]
        for strict, loose in pairwise(chain):
            end = getattr(strict, near)
            looser = way * (end.at.value - getattr(loose, near).at.value) > 0
            if looser and not loose.single and loose.points < strict.points:
                setattr(loose, far, _beside(end))


def _counted(stretches: list[_Stretch]) -> None:
    """1次得3分；2次得1分: numbers one by one, of things that come whole, leave nothing between one and the next."""
    least = stretches[0]
    for left, right in pairwise(stretches):
        high, low = left.high, right.low
        if high is None or low is None or False in (high.closed, low.closed) or not (left.single or right.single):
            continue
        whole = high.at.word in COUNTED and low.at.word == high.at.word and high.at.value.denominator == 1
        if whole and low.at.value == high.at.value + 1:
            left.low = left.low and replace(left.low, closed=True if left.single else left.low.closed)
            left.high, right.low = replace(low, closed=False), replace(low, closed=True)
            if least.low is not None and least.low.at.value == 0:
                least.low = None  # nor do they count less than none


def _filled(stretches: list[_Stretch], points: Fraction, span: Span) -> list[_Stretch]:
    """否则: a band wherever none is."""
    filled: list[_Stretch] = []
    for before, one in zip([None, *stretches], [*stretches, None], strict=True):
        reached, begun = before and before.high, one and one.low
        bounded = (before is None or reached is not None) and (one is None or begun is not None)
        if bounded and (reached is None or begun is None or begun.at.value > reached.at.value):
            filled.append(_Stretch(reached and _beside(reached), begun and _beside(begun), points, span))
        filled += [one] if one is not None else []
    return filled


def _beside(end: End) -> End:
    return replace(end, closed=None if end.closed is None else not end.closed)


def _joined(clause: Clause, stretches: list[_Stretch]) -> Span | None:
    """Settle each inner edge from what either side says; the words of the first edge that neither settles."""
    for left, right in pairwise(stretches):
        _meet(clause, left, right)
    first, last = stretches[0], stretches[-1]
    edges = [(right.low, right) for right in stretches[1:]] + [(first.low, first), (last.high, last)]
    return next((one.span for end, one in edges if end is not None and end.closed is None), None)


def _meet(clause: Clause, left: _Stretch, right: _Stretch) -> None:
    """Two stretches beside each other have one end in common, which belongs to one of them."""
    high, low = left.high, right.low
    if high is None or low is None or high.at.value > low.at.value:
        at = low or high
        clause.refuse("bands-overlap", right, at="" if at is None else str(at.at))
    ends: list[bool | None] = [None if left.single else high.closed, None if right.single else low.closed]
    single = left.single or right.single
    twice = single and True in ends and high.mark != low.mark
    if single:
        ends = [left.single, right.single]
    if high.at.value < low.at.value or ends == [False, False]:
        clause.refuse("bands-gap", right, **{"from": str(high.at), "to": str(low.at)})
    if twice or ends == [True, True]:
        clause.refuse("bands-overlap", right, at=str(low.at))
    if ends[0] is not None or ends[1] is not None:
        ends = [not ends[1] if ends[0] is None else ends[0], not ends[0] if ends[1] is None else ends[1]]
    left.high, right.low = replace(high, closed=ends[0]), replace(low, closed=ends[1])


def _outside(clause: Clause, stretches: list[_Stretch]) -> None:
    """What lies beyond the outer bands is open where the clause names some zero; else the clause is unfinished."""
    first, last = stretches[0], stretches[-1]
    end, one = (first.low, first) if first.low is not None else (last.high, last)
    if end is None:
        return
    if all(stretch.points != 0 for stretch in stretches):
        low, high = ("−∞", str(end.at)) if end is first.low else (str(end.at), "∞")
        clause.refuse("bands-gap", one, **{"from": low, "to": high})
    clause.choice("outside-bands", one)


def _method(clause: Clause, stretches: list[_Stretch], unsaid: Span | None) -> AnyMethod:
    chosen = None if unsaid is None else clause.choice("edges", unsaid)
    if chosen is not None:
        for one in stretches:
            one.low = one.low and _settled(one.low, chosen == "lower-closed")
            one.high = one.high and _settled(one.high, chosen == "upper-closed")
    edges = None if unsaid is not None and chosen is None else _uniform(stretches)
    return Bands(method="bands", edges=edges, bands=tuple(_form_band(one, edges is None) for one in stretches))


def _settled(end: End, closed: bool) -> End:
    return replace(end, closed=closed) if end.closed is None else end


def _uniform(stretches: list[_Stretch]) -> Edges | None:
    """The one word that says all edges, if there is one."""
    lows = {one.low.closed for one in stretches if one.low is not None and not one.single}
    highs = {one.high.closed for one in stretches if one.high is not None and not one.single}
    if lows <= {True} and highs <= {False}:
        return "lower-closed"
    return "upper-closed" if lows <= {False} and highs <= {True} else None


def _form_band(one: _Stretch, flagged: bool) -> FormBand:
    if one.single:
        return FormBand(at=one.low and one.low.at, points=one.points)
    return FormBand(
        from_=one.low and one.low.at,
        to=one.high and one.high.at,
        from_closed=one.low.closed if flagged and one.low else None,
        to_closed=one.high.closed if flagged and one.high else None,
        points=one.points,
    )
