"""On what do values run? One submission on Python integers; many on Polars columns, with the same meaning.

A carrier gives whole numbers, bits and texts. `Whole` is an `int` or an Int128 column, `Bit` a `bool` or a Boolean
column, `Words` a `str` or a text column: `+ - * //`, comparisons and `& |` read the same on both, so the meaning of
the language (`values.py`) and of the scoring methods (`scoring.py`) is written once, over these few primitives.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import Any, Protocol

Whole = Any
Bit = Any
Words = Any


class Carrier(Protocol):
    """What a carrier must offer beyond the operators of its numbers."""

    true: Bit
    false: Bit

    def whole(self, value: int) -> Whole:
        """A constant."""

    def text(self, value: str) -> Words:
        """A constant text."""

    def negated(self, bit: Bit) -> Bit:
        """Not."""

    def choose(self, bit: Bit, yes: Any, no: Any) -> Any:
        """`yes` where `bit`, else `no`; both sides are computed."""

    def lowest(self, n: Whole, d: Whole) -> tuple[Whole, Whole]:
        """The same fraction, in lowest terms where that is cheap."""

    def picked(self, table: Sequence[int], index: Whole) -> Whole:
        """The entry of a table at an index inside it."""


class Scalars:
    """Python integers and booleans: no limit of size, nothing to import."""

    true = True
    false = False

    def whole(self, value: int) -> int:
        """The integer itself."""
        return value

    def text(self, value: str) -> str:
        """The text itself."""
        return value

    def negated(self, bit: bool) -> bool:
        """Not."""
        return not bit

    def choose(self, bit: bool, yes: Any, no: Any) -> Any:
        """One of the two."""
        return yes if bit else no

    def lowest(self, n: int, d: int) -> tuple[int, int]:
        """Divided by the greatest common divisor."""
        common = gcd(n, d)
        return (n // common, d // common) if common > 1 else (n, d)

    def picked(self, table: Sequence[int], index: int) -> int:
        """The entry."""
        return table[index]


SCALARS = Scalars()
