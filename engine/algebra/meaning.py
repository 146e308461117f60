"""What do numbers, truths and their states mean? The one place; scalars and columns both run through it.

A number is an exact quotient with a state. Not-applicable wins over undefined over unknown; 0 × unknown is unknown.
A truth is strong Kleene: sure, or at least possible. An undefined or not-applicable number compared gives unknown.
Values are named tuples: an evaluation makes hundreds, and a frozen dataclass costs four times as much to make.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from .carriers import Bit, Carrier, Whole, Words


class Truth(NamedTuple):
    """Yes is (sure, possible), unknown only possible, no is neither."""

    sure: Bit
    possible: Bit


class TextValue(NamedTuple):
    """A text and whether it is known."""

    words: Words
    known: Bit


class Number(NamedTuple):
    """n/d with d > 0 where `known`; at most one of `known`, `undefined`, `inapplicable` holds; none is unknown.

    `over_zero` tells x/0 from 0/0 among the undefined. `common` is the one denominator all rows share, if any.
    """

    n: Whole
    d: Whole
    known: Bit
    undefined: Bit
    inapplicable: Bit
    over_zero: Bit
    common: int | None = None


class Range(NamedTuple):
    """Points, low and high; equal where nothing is open. Both carry the same not-applicable state."""

    low: Number
    high: Number


class Meaning:
    """The operations of the language over one carrier."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
        self.yes = Truth(carrier.true, carrier.true)
        self.no = Truth(carrier.false, carrier.false)
        self.maybe = Truth(carrier.false, carrier.true)

    # -- making values ---

    def number(self, value: Fraction) -> Number:
        """A constant."""
        c = self.carrier
        n, d = value.as_integer_ratio()
        return Number(c.whole(n), c.whole(d), c.true, c.false, c.false, c.false, d)

    def stateless(self, known: Bit, n: Whole, d: Whole, common: int | None = None) -> Number:
        """A number that is known or unknown, such as a figure of the submission."""
        c = self.carrier
        n, d = c.choose(known, n, c.whole(0)), c.choose(known, d, c.whole(common or 1))
        return Number(n, d, known, c.false, c.false, c.false, common)

    def unknown(self, like: Number | None = None) -> Number:
        """Nothing is known, though something exists; over the denominator of `like`."""
        c, common = self.carrier, like.common if like else 1
        return Number(c.whole(0), c.whole(common or 1), c.false, c.false, c.false, c.false, common)

    def zero(self, like: Number) -> Number:
        """Known to be 0, over the denominator of `like`."""
        c = self.carrier
        return Number(c.whole(0), c.whole(like.common or 1), c.true, c.false, c.false, c.false, like.common)

    def inapplicable(self) -> Number:
        """There is nothing to know."""
        c = self.carrier
        return Number(c.whole(0), c.whole(1), c.false, c.false, c.true, c.false, 1)

    def undefined(self, like: Number | None = None) -> Number:
        """The least of no rows, say; over the denominator of `like`."""
        c, common = self.carrier, like.common if like else 1
        return Number(c.whole(0), c.whole(common or 1), c.false, c.true, c.false, c.false, common)

    def bit(self, truth: bool) -> Truth:
        """A constant truth."""
        return self.yes if truth else self.no

    # -- truths ---

    def both(self, a: Truth, b: Truth) -> Truth:
        """Kleene and."""
        return Truth(a.sure & b.sure, a.possible & b.possible)

    def either(self, a: Truth, b: Truth) -> Truth:
        """Kleene or."""
        return Truth(a.sure | b.sure, a.possible | b.possible)

    def denied(self, a: Truth) -> Truth:
        """Kleene not."""
        return Truth(self.carrier.negated(a.possible), self.carrier.negated(a.sure))

    def certain(self, bit: Bit) -> Truth:
        """A plain yes or no."""
        return Truth(bit, bit)

    def compared(self, operator: str, a: Number, b: Number) -> Truth:
        """`a ? b` by cross-multiplied integers; unknown where either is not known."""
        left, right, _ = self._aligned(a, b)
        match operator:
            case "<":
                holds = left < right
            case "<=":
                holds = left <= right
            case ">":
                holds = left > right
            case ">=":
                holds = left >= right
            case "=":
                holds = left == right
            case _:
                holds = left != right
        known = a.known & b.known
        return Truth(holds & known, holds | self.carrier.negated(known))

    def same_text(self, a: TextValue, b: TextValue) -> Truth:
        """Equal texts; unknown where either is."""
        known = a.known & b.known
        holds = a.words == b.words
        return Truth(holds & known, holds | self.carrier.negated(known))

    def unknown_bit(self, a: Number) -> Bit:
        """None of the other three states."""
        return self.carrier.negated(a.known | a.undefined | a.inapplicable)

    # -- arithmetic ---

    def _aligned(self, a: Number, b: Number) -> tuple[Whole, Whole, int | None]:
        """Both numerators over one denominator: the least that the two have in common, else their product."""
        if a.common is None or b.common is None:
            return a.n * b.d, b.n * a.d, None
        if a.common == b.common:
            return a.n, b.n, a.common
        common = lcm(a.common, b.common)
        whole = self.carrier.whole
        return a.n * whole(common // a.common), b.n * whole(common // b.common), common

    def _joined(self, a: Number, b: Number, n: Whole, d: Whole, common: int | None) -> Number:
        c = self.carrier
        if a.known is True and b.known is True:  # scalars, nearly always: no states to join
            n, d = (n, d) if common is not None else c.lowest(n, d)
            return Number(n, d, True, False, False, False, common)
        known = a.known & b.known
        inapplicable = a.inapplicable | b.inapplicable
        undefined = (a.undefined | b.undefined) & c.negated(inapplicable)
        over_zero = (a.over_zero | b.over_zero) & undefined
        return self._settled(n, d, known, undefined, inapplicable, over_zero, common)

    def _settled(
        self, n: Whole, d: Whole, known: Bit, undefined: Bit, inapplicable: Bit, over_zero: Bit, common: int | None
    ) -> Number:
        c = self.carrier
        n, d = c.choose(known, n, c.whole(0)), c.choose(known, d, c.whole(common or 1))
        if common is None:
            n, d = c.lowest(n, d)
        return Number(n, d, known, undefined, inapplicable, over_zero, common)

    def add(self, a: Number, b: Number) -> Number:
        """A + b."""
        left, right, common = self._aligned(a, b)
        d = a.d * b.d if common is None else self.carrier.whole(common)
        return self._joined(a, b, left + right, d, common)

    def negative(self, a: Number) -> Number:
        """−a."""
        n = self.carrier.whole(0) - a.n
        return Number(n, a.d, a.known, a.undefined, a.inapplicable, a.over_zero, a.common)

    def subtract(self, a: Number, b: Number) -> Number:
        """A − b."""
        return self.add(a, self.negative(b))

    def multiply(self, a: Number, b: Number) -> Number:
        """A × b; 0 × unknown stays unknown."""
        return self._joined(a, b, a.n * b.n, a.d * b.d, _times(a.common, b.common))

    def divide(self, a: Number, b: Number) -> Number:
        """A ÷ b; x/0 and 0/0 are undefined, and told apart."""
        c = self.carrier
        zero = c.whole(0)
        n, d, _ = self._aligned(a, b)
        minus = d < zero
        n, d = c.choose(minus, zero - n, n), c.choose(minus, zero - d, d)
        nil = (b.n == zero) & b.known
        known = a.known & b.known & c.negated(nil)
        inapplicable = a.inapplicable | b.inapplicable
        by_zero = nil & a.known
        undefined = (a.undefined | b.undefined | by_zero) & c.negated(inapplicable)
        over_zero = (a.over_zero | b.over_zero | (by_zero & (a.n != zero))) & undefined
        return self._settled(n, d, known, undefined, inapplicable, over_zero, None)

    def least(self, a: Number, b: Number) -> Number:
        """The smaller, where both are known."""
        return self._picked(self.compared("<=", a, b).sure, a, b)

    def greatest(self, a: Number, b: Number) -> Number:
        """The larger, where both are known."""
        return self._picked(self.compared(">=", a, b).sure, a, b)

    def _picked(self, bit: Bit, a: Number, b: Number) -> Number:
        c = self.carrier
        if a.known is True and b.known is True:  # scalars: nothing to join
            return a if bit else b
        common = a.common if a.common == b.common else None
        return self._joined(a, b, c.choose(bit, a.n, b.n), c.choose(bit, a.d, b.d), common)

    def absolute(self, a: Number) -> Number:
        """|a|."""
        return self.choose(self.compared("<", a, self.number(Fraction(0))).sure, self.negative(a), a)

    def choose(self, bit: Bit, a: Number, b: Number) -> Number:
        """`a` with its state where `bit`, else `b` with its own. A plain bit needs no field-by-field choice."""
        if bit is True or bit is False:
            return a if bit else b
        pick = self.carrier.choose
        common = a.common if a.common == b.common else None
        return Number(
            pick(bit, a.n, b.n),
            pick(bit, a.d, b.d),
            pick(bit, a.known, b.known),
            pick(bit, a.undefined, b.undefined),
            pick(bit, a.inapplicable, b.inapplicable),
            pick(bit, a.over_zero, b.over_zero),
            common,
        )

    def clamped(self, a: Number, low: Number, high: Number) -> Number:
        """`a`, no lower than `low` and no higher than `high`."""
        return self.least(self.greatest(a, low), high)

    def looked_up(self, a: Number, first: int, table: Sequence[int]) -> Number:
        """The entry of `table` at the whole number `a`, its entries being for `first` and up; unknown beyond them."""
        c = self.carrier
        zero = c.whole(0)
        index = a.n // a.d - c.whole(first)
        inside = (index >= zero) & (index < c.whole(len(table))) & a.known
        entry = c.picked(table, c.choose(inside, index, zero))
        return self._settled(entry, c.whole(1), inside, a.undefined, a.inapplicable, a.over_zero, 1)

    # -- whole steps and rounding ---

    def floor(self, a: Number) -> Number:
        """The next integer below."""
        return self._joined(a, a, a.n // a.d, self.carrier.whole(1), 1)

    def ceiling(self, a: Number) -> Number:
        """The next integer above."""
        zero = self.carrier.whole(0)
        return self._joined(a, a, zero - ((zero - a.n) // a.d), self.carrier.whole(1), 1)

    def rounded(self, a: Number, digits: int, mode: str) -> Number:
        """At `digits` decimals; `half-up` goes away from zero on a half, `truncate` towards zero."""
        c = self.carrier
        zero, two, scale = c.whole(0), c.whole(2), c.whole(10**digits)
        minus = a.n < zero
        size = c.choose(minus, zero - a.n, a.n) * scale
        whole = (two * size + a.d) // (two * a.d) if mode == "half-up" else size // a.d
        return self._joined(a, a, c.choose(minus, zero - whole, whole), scale, 10**digits)


def _times(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a * b
