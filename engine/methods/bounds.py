"""Between which points does a method lie while its measure is not known? And at which values do its points turn?

Both ask the method itself: its points at, just below and just above each value at which they may turn, and far out on
both sides. Points are straight lines or constant between such values (`t ÷ x` is monotone), so the least and the
greatest of these limits are those of all values.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ..algebra.meaning import MEANING, fraction, known
from .method import Measured
from .scoring import scored

_NEAR = Fraction(1, 10**40)
_FAR = Fraction(10**60)
_SNAP = 10**24


class Span(NamedTuple):
    """Between which values a measure lies; None: anywhere on that side."""

    low: Fraction | None = None
    high: Fraction | None = None


ANYWHERE = Span()


class Bounds(NamedTuple):
    """The least and the greatest points."""

    low: Fraction
    high: Fraction


class Turn(NamedTuple):
    """A value at which points may change, and those very near below it, at it, and very near above; None where they are
    open.
    """

    at: Fraction
    below: Fraction | None
    here: Fraction | None
    above: Fraction | None


def _at(method: Measured, full: Fraction, x: Fraction) -> Bounds:
    low, high = scored(MEANING, method, known(x), known(full)).points
    return Bounds(fraction(low), fraction(high))


def _beside(method: Measured, full: Fraction, at: Fraction, side: int) -> Bounds:
    """The limit of the points on one side of `at`, from two values very near: exact on lines, and on `t ÷ x` after
    taking the nearest fraction of a bearable size.
    """
    near, further = (_at(method, full, at + side * step * _NEAR) for step in (1, 2))
    low, high = ((2 * a - b).limit_denominator(_SNAP) for a, b in zip(near, further, strict=True))
    return Bounds(low, high)


@lru_cache(maxsize=2048)
def bounds(method: Measured, full: Fraction, span: Span = ANYWHERE) -> Bounds:
    """The least and the greatest points of the method, its measure lying anywhere in `span`."""
    low = -_FAR if span.low is None else span.low
    high = _FAR if span.high is None else span.high
    values = [low, *(x for x in _turns(method, full) if low < x < high), high]
    found = [_at(method, full, x) for x in values]
    found += [_beside(method, full, x, side) for x in values[1:-1] for side in (-1, 1)]
    found += [_beside(method, full, low, 1), _beside(method, full, high, -1)] if low < high else []
    least = min(one.low for one in found).limit_denominator(_SNAP)
    return Bounds(least, max(one.high for one in found).limit_denominator(_SNAP))


def _turns(method: Measured, full: Fraction) -> list[Fraction]:
    cuts = (one.at.value for one in method.cut_offs)
    return sorted({*method.turns(full), *cuts})


def turning(method: Measured, full: Fraction) -> Iterator[Turn]:
    """The values at which the points really change or turn, in rising order."""
    for at in _turns(method, full):
        yield Turn(at, *(_settled(_at(method, full, at + side * _NEAR)) for side in (-1, 0, 1)))


def _settled(points: Bounds) -> Fraction | None:
    return points.low if points.low == points.high else None
