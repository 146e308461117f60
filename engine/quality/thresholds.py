"""Which values of a measure should the examples of a criterion hold? Each threshold, met exactly and just missed.

A threshold is a value at which the points change or turn: the edge of a band, a target, a pass mark, a cut-off, the
first and the last step. It is missed on the side that earns less; where neither does, on the side that earns more.
"Just" is one step of the precision in which the examples are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from fractions import Fraction

from ..filing.figures import MEANING, known
from ..judging.totals import ends
from ..methods.methods import (
    Additions,
    Bands,
    External,
    Linear,
    Measured,
    Proportional,
    Share,
    Steps,
    highest_share,
)
from ..methods.scoring import Choices, Scorer
from ..planning.plan import Leaf, Plan
from ..values.amounts import NotAnAmount, read_amount
from ..values.exact import written
from ..values.units import unit_word

_SCORER = Scorer(MEANING, Choices(None, "half-up"))
_NEAR = Fraction(1, 10**9)
"""So close to a threshold that nothing else lies between."""


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
    return [leaf for leaf in plan.leaves if _measured(leaf) is not None and not leaf.spec.examples]


def thresholds(leaf: Leaf) -> list[Threshold]:
    """The thresholds of a criterion in rising order; none where it scores an answer or a condition."""
    method = _measured(leaf)
    if method is None:
        return []
    full = leaf.spec.points
    standard = method.from_.value if isinstance(method, Steps | Additions) and method.from_ is not None else None
    found = []
    for at in sorted(set(_candidates(method, full))):
        here = _points(leaf, method, at)
        beside = {side: _points(leaf, method, at + side * _NEAR) for side in (-1, 1)}
        if here is None:
            continue
        told = {side: points for side, points in beside.items() if points is not None and points != here}
        lower = tuple(side for side, points in told.items() if points < here)
        if told or at == standard:
            found.append(Threshold(at, lower or tuple(told)))
    return found


def _measured(leaf: Leaf) -> Measured | None:
    return leaf.method if isinstance(leaf.method, Measured) else None


def _points(leaf: Leaf, method: Measured, at: Fraction) -> Fraction | None:
    """The points at a value of the measure; None where the rule leaves them open."""
    earned = ends(_SCORER.points(method, known(at), known(leaf.spec.points), leaf.zero_base))
    return earned.low if earned.settled else None


def _candidates(method: Measured, full: Fraction) -> Iterator[Fraction]:
    """Where the points of a form may change."""
    match method:
        case Proportional():
            target = method.target.value
            yield from (target, target * highest_share(method))
            if method.direction == "reverse" and method.reverse == "linear":
                yield 2 * target
            if method.pass_ is not None:
                yield method.pass_.value
        case Linear():
            full_at, zero_at = method.full_at.value, method.zero_at.value
            yield from (full_at, zero_at, zero_at + highest_share(method) * (full_at - zero_at))
        case Bands():
            for band in method.bands:
                yield from (end.value for end in (band.at, band.from_, band.to) if end is not None)
        case Steps() if method.deduct > 0:
            yield from _stepped(method, (full - method.floor) / method.deduct)
        case Additions() if method.add > 0:
            yield from _stepped(method, (full - method.start) / method.add)
        case External() | Share():
            yield Fraction(1)
    for cut in getattr(method, "cuts", ()):
        yield cut.at.value


def _stepped(method: Steps | Additions, steps: Fraction) -> Iterator[Fraction]:
    """The standard, the first step away from it, and the last before nothing changes any more."""
    assert method.from_ is not None and method.partial_step is not None, "the plan has seen to it"
    start, step = method.from_.value, method.step.value
    if isinstance(method, Steps) and method.base == "relative":
        step *= abs(start)
    last = Fraction(-(-steps // 1))
    ways = {"whole": (0, 1, last), "started": (0, 1, last - 1), "pro-rata": (0, steps)}
    for sign in {"above": (1,), "below": (-1,)}.get(method.side, (-1, 1)):
        yield from (start + sign * count * step for count in ways[method.partial_step])


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
