"""On what do values run? One submission on Python integers; whatever else gives whole numbers, bits and texts.

`+ - * //` of wholes and `& |` of bits read the same on every carrier, so the meaning of the language (`meaning.py`)
and of the scoring methods is written once, over these few primitives. A bit is never asked by `if`: what may be asked
is whether it is a constant (`always`, `never`), which on integers it is and on symbols it mostly is not.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from math import gcd
from typing import Protocol, Self, TypeVar


class WholeNumber(Protocol):
    """What whole numbers of every carrier can do."""

    def __add__(self, other: Self, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __mul__(self, other: Self, /) -> Self: ...
    def __floordiv__(self, other: Self, /) -> Self: ...


class TruthBit(Protocol):
    """What bits of every carrier can do."""

    def __and__(self, other: Self, /) -> Self: ...
    def __or__(self, other: Self, /) -> Self: ...


Whole = TypeVar("Whole", bound=WholeNumber)
Bit = TypeVar("Bit", bound=TruthBit)
Words = TypeVar("Words")
Any_ = TypeVar("Any_")


class Carrier(Protocol[Whole, Bit, Words]):
    """What a carrier must offer beyond the operators of its numbers."""

    @property
    def true(self) -> Bit:
        """The constant."""

    @property
    def false(self) -> Bit:
        """The constant."""

    def whole(self, value: int) -> Whole:
        """A constant."""

    def text(self, value: str) -> Words:
        """A constant text."""

    def less(self, a: Whole, b: Whole) -> Bit:
        """`a < b`."""

    def at_most(self, a: Whole, b: Whole) -> Bit:
        """`a <= b`."""

    def equal(self, a: Whole, b: Whole) -> Bit:
        """`a = b`."""

    def same(self, a: Words, b: Words) -> Bit:
        """Equal texts."""

    def negated(self, bit: Bit) -> Bit:
        """Not."""

    def always(self, bit: Bit) -> bool:
        """Is the bit constantly true?"""

    def never(self, bit: Bit) -> bool:
        """Is the bit constantly false?"""

    def chosen(self, bit: Bit, yes: Whole, no: Whole) -> Whole:
        """`yes` where `bit`, else `no`; both sides are computed."""

    def lowest(self, n: Whole, d: Whole) -> tuple[Whole, Whole]:
        """The same fraction, in lowest terms where that is cheap."""

    def picked(self, table: Sequence[int], index: Whole) -> Whole:
        """The entry of a table at an index inside it."""


class Scalars:
    """Python integers and booleans: no limit of size, nothing to import."""

    true, false = True, False
    whole, text = int, str
    less, at_most, equal, same = (staticmethod(one) for one in (operator.lt, operator.le, operator.eq, operator.eq))
    negated = never = staticmethod(operator.not_)
    always = staticmethod(operator.truth)

    @staticmethod
    def picked(table: Sequence[int], index: int) -> int:
        """The entry."""
        return table[index]

    @staticmethod
    def chosen(bit: bool, yes: int, no: int) -> int:
        """One of the two."""
        return yes if bit else no

    @staticmethod
    def lowest(n: int, d: int) -> tuple[int, int]:
        """Divided by the greatest common divisor."""
        common = gcd(n, d)
        return (n // common, d // common) if common > 1 else (n, d)


SCALARS: Carrier[int, bool, str] = Scalars()
