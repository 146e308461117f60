"""What is told to an executor, and what does it conclude? Bits by token, for the submission and for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from ..algebra.carriers import Bit, Carrier
from ..algebra.meaning import Truth
from .program import Program, Token, Way

Bits = Mapping[Token, Bit]


@dataclass(frozen=True)
class Decided:
    """The truth of each symbol: atoms and rules of the submission by name, and of each row (slot) by name.

    `present` says for each slot where there is a row; empty, all of them are rows.
    """

    submission: Mapping[str, Truth]
    rows: Sequence[Mapping[str, Truth]]
    present: Sequence[Bit] = ()


class Executor(Protocol):
    """Closes a program over what is decided, and says the truth of its rules."""

    def __call__(self, program: Program, decided: Decided) -> Decided:
        """The rules' truths, for the submission and for each row."""


@lru_cache(maxsize=4096)
def _said(symbol: str) -> tuple[Token, Token, Token, Token]:
    """The four tokens of a symbol."""
    surely, possibly, surely_not, possibly_not = (Token(symbol, way.value) for way in Way)
    return surely, possibly, surely_not, possibly_not


def told(truths: Mapping[str, Truth], carrier: Carrier) -> dict[Token, Bit]:
    """The four tokens of each symbol."""
    bits: dict[Token, Bit] = {}
    for symbol, truth in truths.items():
        surely, possibly, surely_not, possibly_not = _said(symbol)
        bits[surely], bits[possibly] = truth.sure, truth.possible
        bits[surely_not], bits[possibly_not] = carrier.negated(truth.possible), carrier.negated(truth.sure)
    return bits


def concluded(program: Program, submission: Bits, rows: Sequence[Bits], absent: Bit) -> Decided:
    """The truth of each rule from its own tokens; a token never concluded is `absent`."""

    def truth(bits: Bits, name: str) -> Truth:
        sure, possible, _, _ = _said(name)
        return Truth(bits.get(sure, absent), bits.get(possible, absent))

    return Decided(
        {rule.name: truth(submission, rule.name) for rule in program.rules if not rule.per_row},
        [{rule.name: truth(row, rule.name) for rule in program.rules if rule.per_row} for row in rows],
    )
