"""Strong Kleene logic by what may turn out: yes is True, no is False, unknown is None.

A test on what has no value holds neither way, which is a third thing that may turn out: of two parts joined, a no
decides an `and` and a yes an `or`, else what holds neither way does. So there are values between: what holds or
neither, and what does not hold or neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import cache


class Odd(Enum):
    """Truths besides yes, no and unknown."""

    NEITHER = "neither way"
    PERHAPS = "yes, or neither way"
    PERHAPS_NOT = "no, or neither way"


Kleene = bool | None | Odd
_YES, _NO, _NEITHER = "yes", "no", "neither"
_MAY: dict[Kleene, frozenset[str]] = {
    True: frozenset({_YES}),
    False: frozenset({_NO}),
    None: frozenset({_YES, _NO}),
    Odd.NEITHER: frozenset({_NEITHER}),
    Odd.PERHAPS: frozenset({_YES, _NEITHER}),
    Odd.PERHAPS_NOT: frozenset({_NO, _NEITHER}),
}


def _told(may: Iterable[str]) -> Kleene:
    """Whoever does not know between yes and no need not know of neither."""
    outcomes = frozenset(may)
    if outcomes >= {_YES, _NO}:
        return None
    return next(truth for truth, one in _MAY.items() if one == outcomes)


@cache
def both(a: Kleene, b: Kleene) -> Kleene:
    pairs = [{one, other} for one in _MAY[a] for other in _MAY[b]]
    return _told(_NO if _NO in pair else _NEITHER if _NEITHER in pair else _YES for pair in pairs)


@cache
def either(a: Kleene, b: Kleene) -> Kleene:
    return denied(both(denied(a), denied(b)))


@cache
def denied(a: Kleene) -> Kleene:
    return _told({_YES: _NO, _NO: _YES, _NEITHER: _NEITHER}[one] for one in _MAY[a])


@cache
def passed_over(a: Kleene, outcome: bool) -> Kleene:
    """The truth of one row among many: where it holds neither way the row is passed over, as if it were `outcome`."""
    return _told((_YES if outcome else _NO) if one == _NEITHER else one for one in _MAY[a])


def any_of(truths: Iterable[Kleene]) -> Kleene:
    result: Kleene = False
    for truth in truths:
        result = either(result, truth)
    return result


def all_of(truths: Iterable[Kleene]) -> Kleene:
    result: Kleene = True
    for truth in truths:
        result = both(result, truth)
    return result
