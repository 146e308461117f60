"""What is told to an executor, and what does it conclude? Truths by name, for the submission and for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol

from ..algebra.carriers import Bit
from ..algebra.meaning import Truth
from .program import Program


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
