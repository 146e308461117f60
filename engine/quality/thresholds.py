"""Which values of a measure should the examples of a criterion hold? Each threshold, met exactly and just missed.

A threshold is a value at which the points change or turn: the edge of a band, a target, a pass mark, a cut-off, the
first and the last step. It is missed on the side that earns less; where neither does, on the side that earns more.
"Just" is one step of the precision in which the examples are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from fractions import Fraction

from ..methods import Additions, Measured, Steps
from ..methods.bounds import turning
from ..planning.plan import Leaf, Plan
from ..values.amounts import NotAnAmount, read_amount
from ..values.exact import written
from ..values.units import unit_word


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value of the measure, in base units, and the sides on which it is missed: −1 below it, 1 above."""

    at: Fraction
    sides: tuple[int, ...]


def uncovered(plan: Plan) -> list[tuple[Leaf, tuple[str, ...]]]:
    """The measured criteria whose examples leave values out, with these values as an example would write them."""
    found = []
    for leaf in plan.leaves:
        lacking = tuple(left_out(leaf, *_examples(leaf))) if leaf.spec.examples else ()
        if lacking:
            found.append((leaf, lacking))
    return found


def without_examples(plan: Plan) -> list[Leaf]:
    """The measured criteria that have no examples."""
    return [leaf for leaf in plan.leaves if isinstance(leaf.method, Measured) and not leaf.spec.examples]


def thresholds(leaf: Leaf) -> list[Threshold]:
    """The thresholds of a criterion in rising order; none where it scores an answer or a condition."""
    method = leaf.method
    if not isinstance(method, Measured):
        return []
    standard = method.standard.value if isinstance(method, Steps | Additions) else None
    found = []
    for turn in turning(method, leaf.spec.points):
        if turn.here is None:
            continue
        beside = {-1: turn.below, 1: turn.above}
        told = {side: points for side, points in beside.items() if points is not None and points != turn.here}
        lower = tuple(side for side, points in told.items() if points < turn.here)
        if told or turn.at == standard:
            found.append(Threshold(turn.at, lower or tuple(told)))
    return found


def left_out(leaf: Leaf, values: Set[Fraction], printed: Fraction) -> Iterator[str]:
    """What examples at these values lack: thresholds, and for each side on which one is missed a value just there.

    `printed` is one step of the precision in which they are printed, in base units, as the values are.
    """
    scale = leaf.word.scale
    for threshold in thresholds(leaf):
        if threshold.at not in values and _written_out(threshold.at / scale):
            yield f"{written(threshold.at / scale)}{leaf.word.word}"
        for side in threshold.sides:
            if not any(0 < side * (value - threshold.at) <= printed for value in values):
                yield f"{written((threshold.at + side * printed) / scale)}{leaf.word.word}"


def _written_out(value: Fraction) -> bool:
    """Whether a decimal of at most six places writes this value; an example can't hold any other."""
    return (value * 10**6).denominator == 1


def _examples(leaf: Leaf) -> tuple[set[Fraction], Fraction]:
    """The values at which there are examples, and one step of the precision in which they are printed."""
    values, finest = set(), leaf.word.scale
    for text in leaf.spec.examples:
        try:
            amount = read_amount(text)
        except NotAnAmount:
            continue  # said where the examples are run
        scale = unit_word(amount.word).scale if amount.word else leaf.word.scale
        values.add(amount.value if amount.word else amount.value * scale)
        decimals = len(text.partition(".")[2].rstrip("".join(set(amount.word))))
        finest = min(finest, scale / 10**decimals)
    return values, finest
