"""What is told to an executor, and what does it conclude? Bits by token, for the submission and for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Generic, Protocol

from ..algebra.carriers import Bit
from ..algebra.meaning import Truth
from .program import Program, Token, Way


@dataclass(frozen=True)
class Decided(Generic[Bit]):
    """The truth of each symbol: atoms and rules of the submission by name, and of each row (slot) by name.

    `present` says for each slot where there is a row; empty, all of them are rows.
    """

    submission: Mapping[str, Truth[Bit]]
    rows: Sequence[Mapping[str, Truth[Bit]]]
    present: Sequence[Bit] = ()


class Executor(Protocol):
    """Closes a program over what is decided, and says the truth of its rules."""

    def __call__(self, program: Program, decided: Decided[bool]) -> Decided[bool]:
        """The rules' truths, for the submission and for each row."""


@lru_cache(maxsize=4096)
def _said(symbol: str) -> tuple[Token, Token, Token, Token]:
    """The four tokens of a symbol."""
    surely, possibly, surely_not, possibly_not = (Token(symbol, way.value) for way in Way)
    return surely, possibly, surely_not, possibly_not


def held(truths: Mapping[str, Truth[bool]]) -> set[Token]:
    """Those of the four tokens of each symbol that hold."""
    tokens: set[Token] = set()
    for symbol, truth in truths.items():
        tokens.update(compress(_said(symbol), truth))
    return tokens


def told(truths: Mapping[str, Truth[Bit]]) -> dict[Token, Bit]:
    """The four tokens of each symbol."""
    bits: dict[Token, Bit] = {}
    for symbol, truth in truths.items():
        bits.update(zip(_said(symbol), truth, strict=True))
    return bits


def concluded(
    program: Program,
    submission: Mapping[Token, Bit],
    rows: Sequence[Mapping[Token, Bit]],
    absent: Bit,
    negated: Callable[[Bit], Bit],
) -> Decided[Bit]:
    """The truth of each rule from its own tokens; a token never concluded is `absent`."""

    def truths(bits: Mapping[Token, Bit], asked: Sequence[tuple[str, Token, Token]]) -> dict[str, Truth[Bit]]:
        found = {}
        for name, surely, possibly in asked:
            sure, possible = bits.get(surely, absent), bits.get(possibly, absent)
            found[name] = Truth(sure, possible, negated(possible), negated(sure))
        return found

    single, each = (
        [(rule.name, *_said(rule.name)[:2]) for rule in program.rules if rule.per_row == per_row]
        for per_row in (False, True)
    )
    return Decided(truths(submission, single), [truths(row, each) for row in rows])
