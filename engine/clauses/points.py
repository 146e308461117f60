"""How many points does a reading give at a value, and around every edge? Open choices widen them to a range."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from ..algebra.meaning import MEANING, OneRange, Range, fraction, known
from ..methods import Additions, Answered, AnyMethod, Measured, Steps
from ..methods.choices import CHOICES
from ..methods.scoring import scored
from ..methods.writing import COUNTED
from ..values.amounts import Amount
from ..values.exact import written
from ..values.units import unit_word
from .reading import Reading

_VALUES: dict[str, tuple[object, ...]] = {
    **{one.field: one.values for one in CHOICES if one.values},
    "to_closed": (True, False),  # of a share: whose its upper end is
}
_SHOWN_STEPS = 3
"""Steps shown on the way down; the last before the floor is shown besides."""


def points_at(reading: Reading, full: Fraction, value: Fraction) -> OneRange:
    """Points at a measure of `value` in base units (100% is 1): equal ends unless something is open.

    An evaluator's method, or one whose standard the clause leaves out, gives all it could give.
    """
    method = reading.method
    if isinstance(method, Answered):
        allowed = method.allowed(full, None, lambda *_where, **_facts: None)  # where nobody answered, none is wrong
        return _range(allowed.low, allowed.high)
    if not isinstance(method, Measured) or (isinstance(method, Steps | Additions) and method.from_ is None):
        return _range(Fraction(0), full)
    found = [scored(MEANING, one, known(value), known(full)).points for one in _settlings(method)]
    return _range(min(fraction(one.low) for one in found), max(fraction(one.high) for one in found))


def meets(reading: Reading, value: Amount) -> Amount | None:
    """The first threshold that a value of this unit can't be compared with, if any. A bare number is no %."""
    for edge in _edges(reading.method, reading.points):
        words = unit_word(edge.word), unit_word(value.word)
        if edge.value and value.value and (edge.unit != value.unit or words[0].share != words[1].share):
            return edge
    return None


def _range(low: Fraction, high: Fraction) -> OneRange:
    return Range(known(low), known(high))


def _settlings(method: Measured) -> Iterator[Measured]:
    """The method in every way its open parameters could be settled."""
    cuts = getattr(method, "cuts", ())
    open_ = {name: _VALUES[name] for name in method.open() if name in _VALUES}
    for values in product(*open_.values()):
        filled: dict[str, Any] = dict(zip(open_, values, strict=True))
        for closed in (True, False) if any(one.closed is None for one in cuts) else (False,):
            if cuts:
                filled["cuts"] = tuple(
                    one if one.closed is not None else one.model_copy(update={"closed": closed}) for one in cuts
                )
            made = method.model_copy(update=filled)
            if isinstance(made, Steps) and made.base == "relative" and made.standard.value == 0:
                continue
            if made.open():
                yield from _settlings(made)
            else:
                yield made


def table(reading: Reading, full: Fraction) -> tuple[tuple[str, OneRange], ...]:
    """(value, points) just below, at and just above every edge, from the lowest up; empty for an evaluator's method."""
    rows: dict[Fraction, str] = {}
    for edge in _edges(reading.method, full):
        scale = unit_word(edge.word).scale
        nudge = scale if edge.word in COUNTED else scale / 100
        for value in (edge.value - nudge, edge.value, edge.value + nudge):
            if value >= 0 or edge.value < 0 or edge.word not in COUNTED:
                rows[value] = f"{written(value / scale)}{edge.word}"
    return tuple((rows[value], points_at(reading, full, value)) for value in sorted(rows))


def _edges(method: AnyMethod, full: Fraction) -> list[Amount]:
    if not isinstance(method, Measured):
        return []
    if not isinstance(method, Steps | Additions):
        return [amount for _, amount in method.amounts()]
    cuts = [one.at for one in method.cuts]
    if method.from_ is None:
        return cuts
    room, each = (
        (full - method.floor, method.deduct) if isinstance(method, Steps) else (full - method.start, method.add)
    )
    return [*cuts, *_along(method.from_, method, room, each)]


def _along(start: Amount, method: Steps | Additions, room: Fraction, each: Fraction) -> list[Amount]:
    """The standard, the first steps away from it, and the step where nothing is left to lose or gain."""
    relative = isinstance(method, Steps) and method.base == "relative"
    step = method.step.value * abs(start.value) if relative else method.step.value
    last = -(-room // each) if each else 0
    word = start.word or method.step.word
    signs = {"above": (1,), "below": (-1,)}.get(method.side, (-1, 1))
    counts = sorted({*range(min(_SHOWN_STEPS, int(last)) + 1), int(last)})
    return [Amount(start.value + sign * count * step, start.unit, word) for sign in signs for count in counts]
