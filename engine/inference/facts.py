"""What is told to an executor, and what does it conclude? Bits by token, for the submission and for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..algebra.carriers import Bit, Carrier
from ..algebra.values import Truth
from .program import Program, Token, Way

Bits = Mapping[Token, Bit]


@dataclass(frozen=True)
class Decided:
    """The truth of each symbol: atoms and rules of the submission by name, and of each row (slot) by name."""

    submission: Mapping[str, Truth]
    rows: Sequence[Mapping[str, Truth]]


class Executor(Protocol):
    """Closes a program over what is decided, and says the truth of its rules."""

    def __call__(self, program: Program, decided: Decided) -> Decided:
        """The rules' truths, for the submission and for each row."""


def told(truths: Mapping[str, Truth], carrier: Carrier) -> dict[Token, Bit]:
    """The four tokens of each symbol."""
    bits: dict[Token, Bit] = {}
    for symbol, truth in truths.items():
        bits[Token(symbol, Way.SURELY.value)] = truth.sure
        bits[Token(symbol, Way.POSSIBLY.value)] = truth.possible
        bits[Token(symbol, Way.SURELY_NOT.value)] = carrier.negated(truth.possible)
        bits[Token(symbol, Way.POSSIBLY_NOT.value)] = carrier.negated(truth.sure)
    return bits


def concluded(program: Program, submission: Bits, rows: Sequence[Bits], absent: Bit) -> Decided:
    """The truth of each rule from its own tokens; a token never concluded is `absent`."""

    def truth(bits: Bits, name: str) -> Truth:
        sure, possible = Token(name, Way.SURELY.value), Token(name, Way.POSSIBLY.value)
        return Truth(bits.get(sure, absent), bits.get(possible, absent))

    return Decided(
        {rule.name: truth(submission, rule.name) for rule in program.rules if not rule.per_row},
        [{rule.name: truth(row, rule.name) for rule in program.rules if rule.per_row} for row in rows],
    )
