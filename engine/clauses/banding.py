"""Which points for which stretch of the measure? Bands laid end to end; gaps, overlaps and unsaid edges found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from ..methods import AnyMethod, Bands
from ..methods.bands import Band as FormBand
from ..methods.choices import Edges
from ..methods.writing import COUNTED
from .clause import Clause, names
from .conditions import amount
from .statements import Band, End, Interval, Span

_TARGET = amount(Fraction(100), "%")


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
    stretches = _stretches(clause, bands)
    _cascade(stretches)
    stretches.sort(key=lambda one: (_value(one.low, -1), _value(one.high, 1)))
    _counted(stretches)
    rest = [band for band in bands if band.condition.word == "otherwise" or _is_rest(band, bands)]
    if len(rest) > 1:
        clause.refuse("not-combined", rest[1].span, found=clause.text_of(rest[1].span))
    if rest:
        stretches = _filled(stretches, clause.given(rest[0].earned), rest[0].span)
    best = max(stretches, key=lambda one: one.points)
    clause.must_be_full(best.points, best.span)
    unsaid = _joined(clause, stretches)
    _outside(clause, stretches)
    for number, one in enumerate(stretches, 1):
        clause.part(f"band:{number}", one.span)
    return _method(clause, stretches, unsaid)


def _is_rest(band: Band, bands: list[Band]) -> bool:
    """未达到 after a band with a number means: whatever lies outside it."""
    return band.condition.word == "unmet" and any(b.condition.low or b.condition.high for b in bands)


def _stretches(clause: Clause, bands: list[Band]) -> list[_Stretch]:
    told = [band for band in bands if band.condition.word != "otherwise" and not _is_rest(band, bands)]
    intervals = clause.one_unit([_of_target(band.condition) for band in told])
    made = [
        _Stretch(interval.low, interval.high, clause.given(band.earned), band.span)
        for band, interval in zip(told, intervals, strict=True)
    ]
    if not made:
        clause.refuse("bands-gap", bands[0].span, **{"from": "−∞", "to": "∞"})
    return made


def _of_target(interval: Interval) -> Interval:
    """达到目标 and 未达到目标 in numbers."""
    if interval.word == "met":
        return replace(interval, low=End(_TARGET, True, interval.span))
    return replace(interval, high=End(_TARGET, False, interval.span)) if interval.word == "unmet" else interval


def _value(end: End | None, side: int) -> tuple[int, Fraction]:
    return (side, Fraction(0)) if end is None else (0, end.at.value)


def _cascade(stretches: list[_Stretch]) -> None:
    """≥90%得5分；≥80%得4分: written from the strictest down, each takes what the one before left; =100% may lead."""
    for ends, other in (("low", "high"), ("high", "low")):
        chain = [
            one for one in stretches if getattr(one, ends) is not None and (getattr(one, other) is None or one.single)
        ]
        for strict, loose in pairwise(chain):
            if loose.single:
                continue
            a, b = getattr(strict, ends), getattr(loose, ends)
            looser = b.at.value < a.at.value if ends == "low" else b.at.value > a.at.value
            if looser and loose.points < strict.points:
                setattr(loose, other, replace(a, closed=None if a.closed is None else not a.closed))


def _counted(stretches: list[_Stretch]) -> None:
    """1次得3分；2次得1分: numbers one by one, of things that come whole, leave nothing between one and the next."""
    least = stretches[0]
    for left, right in pairwise(stretches):
        high, low = left.high, right.low
        if high is None or low is None or high.closed is False or low.closed is False:
            continue
        if not (left.single or right.single):
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
    reached: End | None = None
    for place, one in enumerate(stretches):
        if place == 0:
            if one.low is not None:
                filled.append(_Stretch(None, _beside(one.low), points, span))
        elif reached is not None and one.low is not None and _between(reached, one.low):
            filled.append(_Stretch(_beside(reached), _beside(one.low), points, span))
        filled.append(one)
        reached = one.high
    if reached is not None:
        filled.append(_Stretch(_beside(reached), None, points, span))
    return filled


def _beside(end: End) -> End:
    return replace(end, closed=None if end.closed is None else not end.closed)


def _between(high: End, low: End) -> bool:
    return low.at.value > high.at.value


def _joined(clause: Clause, stretches: list[_Stretch]) -> Span | None:
    """Settle each inner edge from what either side says; the words of the first edge that neither settles."""
    unsaid: Span | None = None
    for left, right in pairwise(stretches):
        high, low = left.high, right.low
        if high is None or low is None or high.at.value > low.at.value:
            at = low.at if low is not None else (high.at if high is not None else None)
            clause.refuse("bands-overlap", right.span, at="" if at is None else str(at))
        if high.at.value < low.at.value:
            clause.refuse("bands-gap", right.span, **{"from": str(high.at), "to": str(low.at)})
        if left.single and right.single:
            clause.refuse("bands-overlap", right.span, at=str(low.at))
        ends = [None if left.single else high.closed, None if right.single else low.closed]
        if left.single or right.single:
            if True in ends and high.mark != low.mark:
                clause.refuse("bands-overlap", right.span, at=str(low.at))
            ends = [left.single, right.single]
        if ends == [True, True]:
            clause.refuse("bands-overlap", right.span, at=str(low.at))
        if ends == [False, False]:
            clause.refuse("bands-gap", right.span, **{"from": str(high.at), "to": str(low.at)})
        if ends == [None, None]:
            unsaid = unsaid or right.span
        elif ends[0] is None:
            ends[0] = not ends[1]
        elif ends[1] is None:
            ends[1] = not ends[0]
        left.high, right.low = replace(high, closed=ends[0]), replace(low, closed=ends[1])
    for end, one in ((stretches[0].low, stretches[0]), (stretches[-1].high, stretches[-1])):
        if end is not None and end.closed is None:
            unsaid = unsaid or one.span
    return unsaid


def _outside(clause: Clause, stretches: list[_Stretch]) -> None:
    """What lies beyond the outer bands is open where the clause names some zero; else the clause is unfinished."""
    first, last = stretches[0], stretches[-1]
    if first.low is None and last.high is None:
        return
    end = last.high if first.low is None else first.low
    assert end is not None
    if all(one.points != 0 for one in stretches):
        facts = {"from": "−∞", "to": str(end.at)} if first.low is not None else {"from": str(end.at), "to": "∞"}
        clause.refuse("bands-gap", first.span if first.low is not None else last.span, **facts)
    clause.choice("outside-bands", ("open",), first.span if first.low is not None else last.span)


def _method(clause: Clause, stretches: list[_Stretch], unsaid: Span | None) -> AnyMethod:
    chosen: Edges | None = None
    if unsaid is not None:
        value = clause.choice("edges", ("lower-closed", "upper-closed"), unsaid)
        chosen = value  # type: ignore[assignment]
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
    found: list[Edges] = []
    kinds: tuple[Edges, Edges] = ("lower-closed", "upper-closed")
    for edges in kinds:
        lows = [one.low.closed for one in stretches if one.low is not None and not one.single]
        highs = [one.high.closed for one in stretches if one.high is not None and not one.single]
        if all(c == (edges == "lower-closed") for c in lows) and all(c == (edges == "upper-closed") for c in highs):
            found.append(edges)
    return found[0] if found else None


def _form_band(one: _Stretch, flagged: bool) -> FormBand:
    if one.single:
        assert one.low is not None
        return FormBand(at=one.low.at, points=one.points)
    return FormBand(
        from_=None if one.low is None else one.low.at,
        to=None if one.high is None else one.high.at,
        from_closed=one.low.closed if flagged and one.low else None,
        to_closed=one.high.closed if flagged and one.high else None,
        points=one.points,
    )


def half_line(interval: Interval) -> tuple[End, str] | None:
    """The end and the side (`above`, `below`) of an interval with one end."""
    if interval.low is not None and interval.high is None:
        return interval.low, "above"
    if interval.high is not None and interval.low is None:
        return interval.high, "below"
    return None
