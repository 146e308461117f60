"""What does a clause say when it is tried alone? How it was read, and the points at a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..algebra.meaning import OneRange
from ..clauses.points import meets, points_at
from ..clauses.reader import read
from ..clauses.reading import ClauseUnreadable, Reading
from ..values.amounts import Amount, NotAnAmount, percent_meant, read_amount
from ..values.exact import NotExact, decimal
from ..values.problems import Problem, Refused, Source, nearest

CHOICES = {
    "partial-step": ("whole", "started", "pro-rata"),
    "edges": ("lower-closed", "upper-closed"),
    "base": ("points", "relative"),
    "over": ("full", "zero", "open"),
    "reverse": ("inverse", "linear"),
    "direction": ("forward", "reverse"),
    "outside-bands": ("open",),
    "standard": (),
}
"""Names of open choices and the values they take; `standard` takes any amount."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A clause as read, its full points, and the points `at` a value, where one was asked for."""

    reading: Reading
    full: Fraction
    at: str = ""
    found: OneRange | None = None


def trial(text: str, points: str, choose: Sequence[str], at: str, called: str) -> Trial:
    """What the clause says. Raises `Refused`, pointing at the word that can't be read in what is `called` so."""
    full = _decimal("--points", points)
    chosen = dict(_choice(one) for one in choose)
    value = _value(at) if at else None
    try:
        reading = read(text, full, chosen)
    except ClauseUnreadable as error:
        source = Source(called, 1, error.start + 1, max(1, error.end - error.start))
        raise Refused([Problem(error.code, source, error.facts)]) from None
    if value is None:
        return Trial(reading, full)
    edge = meets(reading, value)
    if edge is not None:
        raise Refused([_apart(value, edge)])
    return Trial(reading, full, at, points_at(reading, full, value.value))


def _decimal(name: str, text: str) -> Fraction:
    try:
        return decimal(text)
    except NotExact:
        raise Refused([Problem("not-a-number", Source(name), {"found": text})]) from None


def _apart(value: Amount, edge: Amount) -> Problem:
    """Why the value and a threshold of the clause can't be compared."""
    if value.unit == edge.unit:  # 95 and 95%
        bare = edge if not edge.word else value
        return Problem("bare-for-percent", Source("--at"), {"found": str(bare)}, percent_meant(bare.value))
    return Problem("units-differ", Source("--at"), {"left": str(value), "right": str(edge)})


def _value(text: str) -> Amount:
    try:
        return read_amount(text)
    except NotAnAmount:
        raise Refused([Problem("not-a-number", Source("--at"), {"found": text})]) from None


def _choice(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    place = Source("--choose")
    if name not in CHOICES:
        facts = {"found": name, "expected": ", ".join(CHOICES)}
        raise Refused([Problem("not-one-of", place, facts, nearest(name, CHOICES))])
    if CHOICES[name] and value not in CHOICES[name]:
        facts = {"found": value, "expected": ", ".join(CHOICES[name])}
        raise Refused([Problem("not-one-of", place, facts, nearest(value, CHOICES[name]))])
    return name, value
