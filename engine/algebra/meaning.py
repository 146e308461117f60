"""What do numbers, truths and their states mean? The one place; every carrier runs through it.

A number is an exact quotient with a state. Not-applicable wins over undefined over unknown; 0 × unknown is unknown.
A truth is strong Kleene, told in four bits: surely and possibly, and the same of its opposite. A comparison with what
surely does not apply, or is surely undefined, is none of the four: it holds neither way.
Values are named tuples: an evaluation makes hundreds, and a frozen dataclass costs four times as much to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Generic, NamedTuple, TypeAlias

from .carriers import SCALARS, Bit, Carrier, Whole, Words

_number = tuple.__new__
"""Makes a named tuple without its own `__new__`, which costs twice as much; an evaluation makes thousands."""


class Truth(NamedTuple, Generic[Bit]):
    """Yes is sure and possible, no surely not and possibly not, unknown possible and possibly not."""

    sure: Bit
    possible: Bit
    sure_not: Bit
    possible_not: Bit


class TextValue(NamedTuple, Generic[Words, Bit]):
    """A text and whether it is known."""

    words: Words
    known: Bit


class Number(NamedTuple, Generic[Whole, Bit]):
    """n/d with d > 0 where `known`; at most one of `known`, `undefined`, `inapplicable` holds; none is unknown.

    `over_zero` tells x/0 from 0/0 among the undefined. `risky`: among the unknown, that it may turn out undefined;
    among the undefined, that nobody knows of which kind. `common` is the one denominator all rows share, if any.
    """

    n: Whole
    d: Whole
    known: Bit
    undefined: Bit
    inapplicable: Bit
    over_zero: Bit
    risky: Bit
    common: int | None = None


class Range(NamedTuple, Generic[Whole, Bit]):
    """Points, low and high, both known; equal where nothing is open."""

    low: Number[Whole, Bit]
    high: Number[Whole, Bit]


class Meaning(Generic[Whole, Bit, Words]):
    """The operations of the language over one carrier."""

    def __init__(self, carrier: Carrier[Whole, Bit, Words]) -> None:
        self.carrier = carrier
        true, false = carrier.true, carrier.false
        less, at_most, equal = carrier.less, carrier.at_most, carrier.equal
        self._compare = {"<": (less, False, False), "<=": (at_most, False, False), ">": (less, True, False)}
        self._compare |= {">=": (at_most, True, False), "=": (equal, False, False), "!=": (equal, False, True)}
        """Of each comparison the one by which it is made, whether its sides are swapped, and whether it is denied."""
        self.yes = Truth(true, true, false, false)
        self.no = Truth(false, false, true, true)
        self.maybe = Truth(false, true, false, true)
        self.neither = Truth(false, false, false, false)
        self._surely = (true, false, false, false, false)
        """The states of what is known."""
        self._numbers: dict[tuple[int, int], Number[Whole, Bit]] = {}
        self._unknown = Number(carrier.whole(0), carrier.whole(1), false, false, false, false, false, 1)
        self._inapplicable = self._unknown._replace(inapplicable=true)
        self.zero = self.number(Fraction(0))
        self.one = self.number(Fraction(1))

    # -- making values ---

    def number(self, value: Fraction) -> Number[Whole, Bit]:
        """A constant. Constants recur, so a few hundred are kept."""
        ratio = value.as_integer_ratio()
        found = self._numbers.get(ratio)
        if found is None:
            found = self.over(*ratio)
            if len(self._numbers) < 512:
                self._numbers[ratio] = found
        return found

    def over(self, n: int, d: int) -> Number[Whole, Bit]:
        """The constant n/d, in lowest terms."""
        whole = self.carrier.whole
        return self._known(whole(n), whole(d), d)

    def unknown(self, like: Number[Whole, Bit] | None = None) -> Number[Whole, Bit]:
        """Nothing is known, though something exists; over the denominator of `like`."""
        if like is None or like.common == 1:
            return self._unknown
        return self._unknown._replace(d=self.carrier.whole(like.common or 1), common=like.common)

    def nothing(self, like: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """Known to be 0, over the denominator of `like`."""
        whole = self.carrier.whole
        return self._known(whole(0), whole(like.common or 1), like.common)

    def inapplicable(self) -> Number[Whole, Bit]:
        """There is nothing to know."""
        return self._inapplicable

    def undefined(self, like: Number[Whole, Bit] | None = None) -> Number[Whole, Bit]:
        """The least of no rows, say; over the denominator of `like`."""
        return self.unknown(like)._replace(undefined=self.carrier.true)

    # -- truths ---

    def bit(self, truth: bool) -> Truth[Bit]:
        """A constant truth."""
        return self.yes if truth else self.no

    def certain(self, bit: Bit) -> Truth[Bit]:
        """A plain yes or no."""
        c = self.carrier
        if bit is True or c.always(bit):
            return self.yes
        if bit is False or c.never(bit):
            return self.no
        no = c.negated(bit)
        return Truth(bit, bit, no, no)

    def truth(self, sure: Bit, possible: Bit) -> Truth[Bit]:
        """Sure, at least possible, or neither."""
        negated = self.carrier.negated
        return Truth(sure, possible, negated(possible), negated(sure))

    def both(self, a: Truth[Bit], b: Truth[Bit]) -> Truth[Bit]:
        """Kleene and."""
        if a is self.yes or b is self.no:
            return b
        if b is self.yes or a is self.no:
            return a
        return Truth(a.sure & b.sure, a.possible & b.possible, a.sure_not | b.sure_not, a.possible_not | b.possible_not)

    def either(self, a: Truth[Bit], b: Truth[Bit]) -> Truth[Bit]:
        """Kleene or."""
        if a is self.no or b is self.yes:
            return b
        if b is self.no or a is self.yes:
            return a
        return Truth(a.sure | b.sure, a.possible | b.possible, a.sure_not & b.sure_not, a.possible_not & b.possible_not)

    def denied(self, a: Truth[Bit]) -> Truth[Bit]:
        """Kleene not."""
        if a is self.yes:
            return self.no
        if a is self.no:
            return self.yes
        if a is self.maybe:
            return a
        return Truth(a.sure_not, a.possible_not, a.sure, a.possible)

    def compared(self, operator: str, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> Truth[Bit]:
        """`a ? b` by cross-multiplied integers; unknown where either is, neither way where either surely has none."""
        c = self.carrier
        compare, swapped, turned = self._compare[operator]
        left, right = (a.n, b.n) if a.common == b.common is not None else (a.n * b.d, b.n * a.d)
        holds = compare(right, left) if swapped else compare(left, right)
        if turned:
            holds = c.negated(holds)
        if a.known is True and b.known is True:  # scalars, nearly always
            return self.yes if holds is True else self.no if holds is False else self.certain(holds)
        known = a.known & b.known
        void = a.undefined | a.inapplicable | b.undefined | b.inapplicable
        if known is False and (void is True or void is False):
            return self.neither if void is True else self.maybe
        open_ = c.negated(known | void)
        sure, sure_not = holds & known, c.negated(holds) & known
        return Truth(sure, sure | open_, sure_not, sure_not | open_)

    def holds(self, operator: str, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> Bit:
        """Does `a ? b` surely hold?"""
        return self.compared(operator, a, b).sure

    def same_text(self, a: TextValue[Words, Bit], b: TextValue[Words, Bit]) -> Truth[Bit]:
        """Equal texts; unknown where either is."""
        known, same = a.known & b.known, self.carrier.same(a.words, b.words)
        if known is True or self.carrier.always(known):
            return self.yes if same is True else self.no if same is False else self.certain(same)
        if known is False:
            return self.maybe
        return self.truth(same & known, same | self.carrier.negated(known))

    def open(self, a: Number[Whole, Bit]) -> Bit:
        """None of the other three states."""
        return self.carrier.negated(a.known | a.undefined | a.inapplicable)

    # -- arithmetic ---

    def _aligned(self, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> tuple[Whole, Whole, Whole, int | None]:
        """Both numerators, and the denominator that they stand over: the least that the two have in common, else their
        product.
        """
        if a.common is None or b.common is None:
            return a.n * b.d, b.n * a.d, a.d * b.d, None
        if a.common == b.common:
            return a.n, b.n, a.d, a.common
        common, whole = lcm(a.common, b.common), self.carrier.whole
        return a.n * whole(common // a.common), b.n * whole(common // b.common), whole(common), common

    def _known(self, n: Whole, d: Whole, common: int | None) -> Number[Whole, Bit]:
        """A number that is known everywhere; where rows have denominators of their own, in lowest terms."""
        if common is None:
            n, d = self.carrier.lowest(n, d)
        return _number(Number, (n, d, *self._surely, common))

    def _joined(
        self, a: Number[Whole, Bit], b: Number[Whole, Bit], n: Whole, d: Whole, common: int | None
    ) -> Number[Whole, Bit]:
        if a.known is True and b.known is True:  # scalars, nearly always: no states to join
            return self._known(n, d, common)
        c = self.carrier
        known = a.known & b.known
        inapplicable = a.inapplicable | b.inapplicable
        undefined = (a.undefined | b.undefined) & c.negated(inapplicable)
        over_zero = (a.over_zero | b.over_zero) & undefined
        risky = (a.risky | b.risky) & c.negated(known | inapplicable)
        return self._settled(n, d, known, undefined, inapplicable, over_zero, risky, common)

    def _settled(
        self,
        n: Whole,
        d: Whole,
        known: Bit,
        undefined: Bit,
        inapplicable: Bit,
        over_zero: Bit,
        risky: Bit,
        common: int | None,
    ) -> Number[Whole, Bit]:
        c = self.carrier
        n, d = c.chosen(known, n, c.whole(0)), c.chosen(known, d, c.whole(common or 1))
        if common is None:
            n, d = c.lowest(n, d)
        return Number(n, d, known, undefined, inapplicable, over_zero, risky, common)

    def add(self, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """A + b."""
        left, right, d, common = self._aligned(a, b)
        return self._joined(a, b, left + right, d, common)

    def subtract(self, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """A − b."""
        left, right, d, common = self._aligned(a, b)
        return self._joined(a, b, left - right, d, common)

    def sum(self, numbers: Iterable[Number[Whole, Bit]]) -> Number[Whole, Bit]:
        """All of them together; 0 of none."""
        return reduce(self.add, numbers, self.zero)

    def negative(self, a: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """−a."""
        return _number(Number, (self.carrier.whole(0) - a.n, *a[1:]))

    def multiply(self, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """A × b; 0 × unknown stays unknown."""
        common = None if a.common is None or b.common is None else a.common * b.common
        return self._joined(a, b, a.n * b.n, a.d * b.d, common)

    def divide(self, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """A ÷ b; x/0 and 0/0 are undefined, and told apart; unknown ÷ 0 is either; a ÷ unknown may be undefined."""
        c = self.carrier
        zero = c.whole(0)
        n, d, _, _ = self._aligned(a, b)
        minus = c.less(d, zero)
        n, d = c.chosen(minus, zero - n, n), c.chosen(minus, zero - d, d)
        nil = c.equal(b.n, zero)
        if a.known is True and b.known is True and c.never(nil):
            return self._known(n, d, None)
        nil = nil & b.known
        known = a.known & b.known & c.negated(nil)
        inapplicable = a.inapplicable | b.inapplicable
        undefined = (a.undefined | b.undefined | nil) & c.negated(inapplicable)
        over_zero = (a.over_zero | b.over_zero | (nil & a.known & c.negated(c.equal(a.n, zero)))) & undefined
        risky = (a.risky | b.risky | (nil & self.open(a)) | self.open(b)) & c.negated(known | inapplicable)
        return self._settled(n, d, known, undefined, inapplicable, over_zero, risky, None)

    def least(self, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """The smaller, where both are known."""
        return self._picked(self.holds("<=", a, b), a, b)

    def greatest(self, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """The larger, where both are known."""
        return self._picked(self.holds(">=", a, b), a, b)

    def _picked(self, bit: Bit, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> Number[Whole, Bit]:
        c = self.carrier
        if a.known is True and b.known is True:  # scalars, nearly always: nothing to join
            return self.choose(bit, a, b)
        common = a.common if a.common == b.common else None
        return self._joined(a, b, c.chosen(bit, a.n, b.n), c.chosen(bit, a.d, b.d), common)

    def absolute(self, a: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """|a|."""
        return self.choose(self.holds("<", a, self.zero), self.negative(a), a)

    def choose(self, bit: Bit, a: Number[Whole, Bit], b: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """`a` with its state where `bit`, else `b` with its own. A constant bit needs no field-by-field choice."""
        c = self.carrier
        if c.always(bit):
            return a
        if c.never(bit):
            return b
        no = c.negated(bit)
        common = a.common if a.common == b.common else None
        return Number(
            c.chosen(bit, a.n, b.n),
            c.chosen(bit, a.d, b.d),
            (a.known & bit) | (b.known & no),
            (a.undefined & bit) | (b.undefined & no),
            (a.inapplicable & bit) | (b.inapplicable & no),
            (a.over_zero & bit) | (b.over_zero & no),
            (a.risky & bit) | (b.risky & no),
            common,
        )

    def counted(self, a: Number[Whole, Bit], counts: Truth[Bit]) -> Number[Whole, Bit]:
        """What `a` adds to a sum: itself where it surely counts, 0 where it surely does not, else unknown."""
        c = self.carrier
        if c.always(counts.sure):
            return a
        if c.never(counts.possible):
            return self.nothing(a)
        either = self.choose(counts.sure, a, self.unknown(a))
        return self.choose(c.negated(counts.possible), self.nothing(a), either)

    def chosen(self, bit: Bit, a: Range[Whole, Bit], b: Range[Whole, Bit]) -> Range[Whole, Bit]:
        """One of two ranges."""
        return Range(self.choose(bit, a.low, b.low), self.choose(bit, a.high, b.high))

    def clamped(self, a: Number[Whole, Bit], low: Number[Whole, Bit], high: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """`a`, no lower than `low` and no higher than `high`."""
        return self.least(self.greatest(a, low), high)

    def looked_up(self, a: Number[Whole, Bit], first: int, table: Sequence[int]) -> Number[Whole, Bit]:
        """The entry of `table` at the whole number `a`, its entries being for `first` and up; unknown beyond them."""
        c = self.carrier
        zero = c.whole(0)
        index = a.n // a.d - c.whole(first)
        inside = c.at_most(zero, index) & c.less(index, c.whole(len(table))) & a.known
        entry = c.picked(table, c.chosen(inside, index, zero))
        return self._settled(entry, c.whole(1), inside, a.undefined, a.inapplicable, a.over_zero, a.risky, 1)

    # -- whole steps and rounding ---

    def floor(self, a: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """The next integer below."""
        return self._joined(a, a, a.n // a.d, self.carrier.whole(1), 1)

    def ceiling(self, a: Number[Whole, Bit]) -> Number[Whole, Bit]:
        """The next integer above."""
        zero = self.carrier.whole(0)
        return self._joined(a, a, zero - ((zero - a.n) // a.d), self.carrier.whole(1), 1)

    def rounded(self, a: Number[Whole, Bit], digits: int, mode: str) -> Number[Whole, Bit]:
        """At `digits` decimals; `half-up` goes away from zero on a half, `truncate` towards zero."""
        c = self.carrier
        scaling: int = 10**digits
        zero, two, scale = c.whole(0), c.whole(2), c.whole(scaling)
        minus = c.less(a.n, zero)
        size = c.chosen(minus, zero - a.n, a.n) * scale
        whole = (two * size + a.d) // (two * a.d) if mode == "half-up" else size // a.d
        return self._joined(a, a, c.chosen(minus, zero - whole, whole), scale, scaling)


OneNumber: TypeAlias = Number[int, bool]
"""A number of one submission."""
OneTruth: TypeAlias = Truth[bool]
"""A truth of one submission."""
OneText: TypeAlias = TextValue[str, bool]
"""A text of one submission."""
OneRange: TypeAlias = Range[int, bool]
"""Points of one submission."""
MEANING = Meaning(SCALARS)
"""The meaning for one submission."""


def known(value: Fraction) -> OneNumber:
    """A known number of one submission."""
    return MEANING.over(*value.as_integer_ratio())


def fraction(number: OneNumber) -> Fraction:
    """The value of a known number."""
    return Fraction(number.n, number.d)
