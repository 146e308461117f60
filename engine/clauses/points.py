"""How many points does a reading give at a value, and around every edge? Open choices widen them to a range."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from ..algebra.carriers import SCALARS
from ..algebra.meaning import Meaning, Range
from ..methods.methods import (
    Additions,
    Bands,
    Checklist,
    Deductions,
    Linear,
    Measured,
    Method,
    Outcomes,
    Proportional,
    Steps,
)
from ..methods.scoring import Choices, Scorer
from ..values.amounts import Amount
from ..values.exact import written
from ..values.units import unit_word
from .conditions import COUNTED
from .reading import Reading

_MEANING = Meaning(SCALARS)
_SCORER = Scorer(_MEANING, Choices(None, "half-up"))
_VALUES: dict[str, tuple[Any, ...]] = {
    "partial_step": ("whole", "started", "pro-rata"),
    "edges": ("lower-closed", "upper-closed"),
    "base": ("points", "relative"),
    "over": ("full", "zero", "open"),
    "reverse": ("inverse", "linear"),
    "direction": ("forward", "reverse"),
}
"""What a parameter that a wording leaves open may turn out to be."""
_SHOWN_STEPS = 3
"""Steps shown on the way down; the last before the floor is shown besides."""


def points_at(reading: Reading, full: Fraction, value: Fraction) -> Range:
    """Points at a measure of `value` in base units (100% is 1): equal ends unless something is open.

    An evaluator's form, or one whose standard the clause leaves out, gives all it could give.
    """
    method = reading.method
    if not isinstance(method, Measured):
        return _range(*_answers(method, full))
    if isinstance(method, Steps | Additions) and method.from_ is None:
        return _range(Fraction(0), full)
    ends: list[Fraction] = []
    for settled in _settlings(method):
        assert isinstance(settled, Measured)
        earned = _SCORER.points(settled, _MEANING.number(value), _MEANING.number(full), "open")
        ends += [Fraction(end.n, end.d) for end in (earned.low, earned.high) if end.known]
    return _range(min(ends, default=Fraction(0)), max(ends, default=full))


def _range(low: Fraction, high: Fraction) -> Range:
    return Range(_MEANING.number(low), _MEANING.number(high))


def _answers(method: Method, full: Fraction) -> tuple[Fraction, Fraction]:
    match method:
        case Outcomes():
            points = [one.points for one in method.outcomes]
            return min(points), max(points)
        case Deductions():
            lost = sum((full if one.repeats else one.most for one in method.faults), Fraction(0))
            return max(full - lost, Fraction(0)), full
        case Checklist():
            return Fraction(0), sum((one.points for one in method.items), Fraction(0))
        case _:
            return Fraction(0), full


def _settlings(method: Method) -> Iterator[Method]:
    """The form in every way its open parameters could be settled."""
    cuts = getattr(method, "cuts", ())
    names = [name for name in _VALUES if name in type(method).model_fields and getattr(method, name) is None]
    if isinstance(method, Bands) and all(_told(band) for band in method.bands):
        names = []
    for values in product(*(_VALUES[name] for name in names)):
        filled: dict[str, Any] = dict(zip(names, values, strict=True))
        for closed in (True, False) if any(one.closed is None for one in cuts) else (False,):
            if cuts:
                filled["cuts"] = tuple(
                    one if one.closed is not None else one.model_copy(update={"closed": closed}) for one in cuts
                )
            made = method.model_copy(update=filled)
            if not (isinstance(made, Steps) and made.base == "relative" and made.from_ and made.from_.value == 0):
                yield made


def _told(band: Any) -> bool:
    if band.at is not None:
        return True
    return (band.from_ is None or band.from_closed is not None) and (band.to is None or band.to_closed is not None)


def table(reading: Reading, full: Fraction) -> tuple[tuple[str, Range], ...]:
    """(value, points) just below, at and just above every edge, from the lowest up; empty for an evaluator's form."""
    rows: dict[Fraction, str] = {}
    for edge in _edges(reading.method, full):
        scale = unit_word(edge.word).scale
        nudge = scale if edge.word in COUNTED else scale / 100
        for value in (edge.value - nudge, edge.value, edge.value + nudge):
            if value >= 0 or edge.value < 0 or edge.word not in COUNTED:
                rows[value] = f"{written(value / scale)}{edge.word}"
    return tuple((rows[value], points_at(reading, full, value)) for value in sorted(rows))


def _edges(method: Method, full: Fraction) -> list[Amount]:
    found: list[Amount | None] = [one.at for one in getattr(method, "cuts", ())]
    match method:
        case Bands():
            for band in method.bands:
                found += [band.at, band.from_, band.to]
        case Linear():
            found += [method.full_at, method.zero_at]
        case Proportional():
            found += [method.target, method.pass_]
        case Steps() if method.from_ is not None:
            found += _along(method.from_, method, full - method.floor, method.deduct)
        case Additions() if method.from_ is not None:
            found += _along(method.from_, method, full - method.start, method.add)
        case _:
            pass
    return [one for one in found if one is not None]


def _along(start: Amount, method: Steps | Additions, room: Fraction, each: Fraction) -> list[Amount]:
    """The standard, the first steps away from it, and the step where nothing is left to lose or gain."""
    relative = isinstance(method, Steps) and method.base == "relative"
    step = method.step.value * abs(start.value) if relative else method.step.value
    last = -(-room // each) if each else 0
    word = start.word or method.step.word
    signs = {"above": (1,), "below": (-1,)}.get(method.side, (-1, 1))
    counts = sorted({*range(min(_SHOWN_STEPS, int(last)) + 1), int(last)})
    return [Amount(start.value + sign * count * step, start.unit, word) for sign in signs for count in counts]
