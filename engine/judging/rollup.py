"""How do points become those of a block, a total and a grade? All roll-up arithmetic of an evaluation stands here.

Parents sum; a leaf rounds once, whoever gave its points; the total rounds once; both ends of a range are treated alike.
What does not apply is treated as the rule set names it: counted full, counted 0, left out, or left out with the rest
scaled up (`renormalise`: T·Σp ÷ Σw over what applies). No bit is asked by `if`, so the same lines serve symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Generic, NamedTuple, TypeAlias

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range, Truth
from ..planning.plan import Treated
from ..rules.findings import GradeBand
from ..rules.policy import Rounding


class Way(NamedTuple, Generic[Whole, Bit]):
    """One way in which a part of the table may turn out, where it `may`: its points, the weight they are of, and the
    weight that left the table and that the rest is scaled up for. Something of it `applies`, or nothing does; it is an
    `option` where it can be the best of several.
    """

    points: Range[Whole, Bit]
    full: Number[Whole, Bit]
    spared: Number[Whole, Bit]
    may: Bit
    applies: bool = True
    option: bool = True


Ways: TypeAlias = Sequence[Way[Whole, Bit]]
"""What counts towards a sum: exactly one of them turns out."""


class Part(NamedTuple, Generic[Whole, Bit]):
    """A leaf: the ways in which it may turn out where it applies (mostly one), and its weight in the whole table. `by`
    says whether its condition holds, `lost` that it does not apply whatever that says, `unsure` that it may turn out
    so.
    """

    own: Ways[Whole, Bit]
    nominal: Number[Whole, Bit]
    by: Truth[Bit]
    lost: Bit
    unsure: Bit
    treated: Treated


class Weighed(NamedTuple, Generic[Whole, Bit]):
    """One end of a way: the points, and the weight they are of."""

    may: Bit
    points: Number[Whole, Bit]
    weight: Number[Whole, Bit]


class Shown(NamedTuple, Generic[Whole, Bit]):
    """Points and full points, low and high; whether there is surely, or possibly, anything that applies."""

    points: Range[Whole, Bit]
    of: Range[Whole, Bit]
    surely: Bit
    possibly: Bit


class Rollup(Generic[Whole, Bit, Words]):
    """The arithmetic of a table over one carrier."""

    def __init__(self, m: Meaning[Whole, Bit, Words], rounding: Rounding) -> None:
        self.m, self.rounding = m, rounding
        self.none = Range(m.zero, m.zero)
        c = m.carrier
        self.unit = Fraction(0 if rounding.digits is None else 1, 10 ** (rounding.digits or 0))
        """How finely leaves are told; 0 where they are exact."""
        self.nothing = Shown(self.none, self.none, c.false, c.false)

    # -- leaves ---

    def leaf(self, points: Range[Whole, Bit]) -> Range[Whole, Bit]:
        """The points of a leaf, rounded once."""
        digits = self.rounding.digits
        return points if digits is None else self.rounded(points, digits)

    def rounded(self, points: Range[Whole, Bit], digits: int) -> Range[Whole, Bit]:
        """Both ends at so many digits."""
        low = self.m.rounded(points.low, digits, self.rounding.mode)
        if points.high is points.low:
            return Range(low, low)
        return Range(low, self.m.rounded(points.high, digits, self.rounding.mode))

    def surely(self, one: Part[Whole, Bit]) -> Bit:
        """Does it surely apply?"""
        return one.by.sure & self.m.carrier.negated(one.lost | one.unsure)

    def possibly(self, one: Part[Whole, Bit]) -> Bit:
        """May it apply?"""
        return one.by.possible & self.m.carrier.negated(one.lost)

    def way(self, points: Range[Whole, Bit], full: Number[Whole, Bit]) -> Way[Whole, Bit]:
        """What surely turns out so."""
        return Way(points, full, self.m.zero, self.m.carrier.true)

    def ways(self, one: Part[Whole, Bit]) -> Ways[Whole, Bit]:
        """A leaf as it is where it applies, and as the rule set treats it where it does not."""
        m, surely, possibly = self.m, self.surely(one), self.possibly(one)
        if m.carrier.always(surely):
            return one.own
        own = [way._replace(may=way.may & possibly) for way in one.own]
        points = one.nominal if one.treated == "full" else m.zero
        weight = one.nominal if one.treated in ("full", "zero") else m.zero
        spared = one.nominal if one.treated == "renormalise" else m.zero
        gone = m.carrier.negated(surely)
        return [*own, Way(Range(points, points), weight, spared, gone, applies=False, option=one.treated == "full")]

    def scaled(self, ways: Ways[Whole, Bit], factor: Number[Whole, Bit]) -> Ways[Whole, Bit]:
        """The same at another scale: criteria of a block that count to 100 of their own."""
        times = self.m.multiply

        def at_scale(points: Range[Whole, Bit]) -> Range[Whole, Bit]:
            low = times(points.low, factor)
            return Range(low, low if points.high is points.low else times(points.high, factor))

        return [
            one._replace(points=at_scale(one.points), full=times(one.full, factor), spared=times(one.spared, factor))
            for one in ways
        ]

    # -- sums ---

    def add(self, a: Shown[Whole, Bit], b: Shown[Whole, Bit]) -> Shown[Whole, Bit]:
        """Two together."""
        points, of = self.added(a.points, b.points), self.added(a.of, b.of)
        return Shown(points, of, a.surely | b.surely, a.possibly | b.possibly)

    def added(self, a: Range[Whole, Bit], b: Range[Whole, Bit]) -> Range[Whole, Bit]:
        """Both ends together."""
        low = self.m.add(a.low, b.low)
        return Range(low, low if a.high is a.low and b.high is b.low else self.m.add(a.high, b.high))

    def shown(self, ways: Ways[Whole, Bit]) -> Shown[Whole, Bit]:
        """The points that a part shows for itself, and what they are of: from the least to the most of its ways."""
        c = self.m.carrier
        if len(ways) == 1:
            bit = c.true if ways[0].applies else c.false
            return Shown(ways[0].points, Range(ways[0].full, ways[0].full), bit, bit)
        surely = c.negated(self._any(one.may for one in ways if not one.applies))
        possibly = self._any(one.may for one in ways if one.applies)
        low = self._end("<", ((one.may, one.points.low) for one in ways))
        high = self._end(">", ((one.may, one.points.high) for one in ways))
        return Shown(Range(low, high), self._span((one.may, one.full) for one in ways), surely, possibly)

    def together(self, parts: Sequence[Ways[Whole, Bit]]) -> Shown[Whole, Bit]:
        """Points and full points of some parts, before any scaling."""
        return reduce(self.add, map(self.shown, parts), self.nothing)

    def hull(self, a: Range[Whole, Bit], b: Range[Whole, Bit]) -> Range[Whole, Bit]:
        """From the lower low to the higher high."""
        return Range(self.m.least(a.low, b.low), self.m.greatest(a.high, b.high))

    def _span(self, found: Iterable[tuple[Bit, Number[Whole, Bit]]]) -> Range[Whole, Bit]:
        held = list(found)
        return Range(self._end("<", held), self._end(">", held))

    def _end(self, sign: str, found: Iterable[tuple[Bit, Number[Whole, Bit]]]) -> Number[Whole, Bit]:
        """The least (`<`) or greatest of those that may be; 0 of none."""
        m, c = self.m, self.m.carrier
        end, there = m.zero, c.false
        for may, number in found:
            end = m.choose(may & (c.negated(there) | m.holds(sign, number, end)), number, end)
            there = there | may
        return end

    def best(self, options: Sequence[Sequence[Ways[Whole, Bit]]]) -> Ways[Whole, Bit]:
        """The best of several alternatives, each some parts together. What does not apply is one only where it counts
        as full; where there is none, the block is what its alternatives are: 0 of its weight, scaled for, or nothing.
        """
        m, c = self.m, self.m.carrier
        told = [self._option(parts) for parts in options]
        any_sure, any_possible = (
            self._any(bits) for bits in zip(*((one.surely, one.possibly) for one, _ in told), strict=True)
        )
        low = self._end(">", ((one.surely, one.points.low) for one, _ in told))
        least = self._end("<", ((one.possibly, one.points.low) for one, _ in told))
        high = self._end(">", ((one.possibly, one.points.high) for one, _ in told))
        full = self._end(">", ((one.possibly, one.of.high) for one, _ in told))
        weight = self._end(">", ((c.true, left.full) for _, left in told))
        spared = m.choose(m.holds(">", weight, m.zero), m.zero, self._end(">", ((c.true, o.spared) for _, o in told)))
        return [
            Way(Range(m.choose(any_sure, low, least), high), full, m.zero, any_possible),
            Way(self.none, weight, spared, c.negated(any_sure), applies=False, option=False),
        ]

    def _option(self, parts: Sequence[Ways[Whole, Bit]]) -> tuple[Shown[Whole, Bit], Way[Whole, Bit]]:
        """What an alternative comes to where it is one, whether it surely or possibly is; and what it is where not."""
        m, c = self.m, self.m.carrier
        here = [[way for way in ways if way.option or len(parts) > 1] for ways in parts]
        left = [[way for way in ways if not way.option] for ways in parts]
        surely = self._any(c.negated(self._any(way.may for way in ways)) for ways in left)
        possibly = self._any(way.may for ways in parts for way in ways if way.option)
        weight, spared = (
            m.sum(self._end(">", ((way.may, getattr(way, of)) for way in ways)) for ways in left)
            for of in ("full", "spared")
        )
        shown = self.together(here)._replace(surely=surely, possibly=possibly)
        return shown, Way(self.none, weight, spared, c.negated(surely), applies=False, option=False)

    def _any(self, bits: Iterable[Bit]) -> Bit:
        return reduce(lambda a, b: a | b, bits, self.m.carrier.false)

    # -- the total ---

    def total(self, parts: Sequence[Ways[Whole, Bit]]) -> Shown[Whole, Bit]:
        """All parts of the table, where there is anything that counts; with weights that are taken up by the rest,
        scaled to what there would be. (Where that is open, too, the ends of both are multiplied: sound, and a little
        wide.)
        """
        m, c, summed = self.m, self.m.carrier, self.together(parts)
        if all(len(ways) == 1 and ways[0].spared is m.zero for ways in parts):
            return summed
        low = self._least("<", parts, lambda way: way.points.low)
        high = self._least(">", parts, lambda way: way.points.high)
        of = Range(*(self._least(sign, parts, lambda way: m.add(way.full, way.spared)) for sign in "<>"))
        summed = summed._replace(points=Range(low, high), of=of)
        scaled = self._any(way.may & m.holds(">", way.spared, m.zero) for ways in parts for way in ways)
        if c.never(scaled):
            return summed
        share = self.share(parts, m.one)
        low = m.least(m.multiply(of.low, share.low), m.multiply(of.high, share.low))
        high = m.greatest(m.multiply(of.low, share.high), m.multiply(of.high, share.high))
        return summed._replace(points=m.chosen(scaled, Range(low, high), summed.points))

    def _least(
        self,
        sign: str,
        parts: Sequence[Ways[Whole, Bit]],
        of: Callable[[Way[Whole, Bit]], Number[Whole, Bit]],
    ) -> Number[Whole, Bit]:
        """The least (greatest) sum over every choice of some weight: where all may leave, at least one part stays."""
        m = self.m
        ends = [self._end(sign, ((way.may, of(way)) for way in ways)) for ways in parts]
        weight = m.sum(self._end("<", ((way.may, way.full) for way in ways)) for ways in parts)
        more = (
            (way.may & m.holds(">", way.full, m.zero), m.subtract(of(way), end))
            for ways, end in zip(parts, ends, strict=True)
            for way in ways
        )
        return m.add(m.sum(ends), m.choose(m.holds(">", weight, m.zero), m.zero, self._end(sign, more)))

    def share(self, parts: Sequence[Ways[Whole, Bit]], of: Number[Whole, Bit]) -> Range[Whole, Bit]:
        """The points of parts that were of `of` altogether, over all that may apply."""
        low, high = self._extreme(parts, lowest=True), self._extreme(parts, lowest=False)
        return Range(self.m.multiply(low, of), self.m.multiply(high, of))

    def _extreme(self, parts: Sequence[Ways[Whole, Bit]], *, lowest: bool) -> Number[Whole, Bit]:
        """The least (greatest) Σp ÷ Σw over every choice of one way a part, of any weight at all.

        At a share s the best choice takes of each part the way of the least (greatest) p − s·w. It changes only where
        two ways of a part are alike, so the choices to compare are those at each such share, the heavier of two that
        are alike taken there, and the one of the lightest ways.
        """
        m, c = self.m, self.m.carrier
        pick, sign = (m.least, "<") if lowest else (m.greatest, ">")
        weighed = [[Weighed(o.may, o.points.low if lowest else o.points.high, o.full) for o in ways] for ways in parts]
        held = [[one for one in ways if not c.never(one.may)] for ways in weighed]
        sure = [ways[0] for ways in held if len(ways) == 1]
        open_ = [ways for ways in held if len(ways) > 1]
        pairs = [self._alike(a, b) for ways in open_ for place, a in enumerate(ways) for b in ways[place + 1 :]]
        base = Weighed(c.true, m.sum(one.points for one in sure), m.sum(one.weight for one in sure))
        quotient = m.undefined()
        for share in (None, *pairs):
            chosen = [base, *(self._chosen(ways, share, sign) for ways in open_)]
            found = m.divide(m.sum(one.points for one in chosen), m.sum(one.weight for one in chosen))
            better = m.choose(found.known, pick(quotient, found), quotient)
            quotient = m.choose(quotient.known, better, found)
        return m.choose(quotient.known, quotient, m.zero if lowest else m.one)

    def _alike(self, a: Weighed[Whole, Bit], b: Weighed[Whole, Bit]) -> Weighed[Whole, Bit]:
        """The share at which two ways are alike."""
        m = self.m
        points, weight = m.subtract(a.points, b.points), m.subtract(a.weight, b.weight)
        signed = m.choose(m.holds("<", weight, m.zero), m.negative(points), points)
        return Weighed(a.may, signed, m.absolute(weight))

    def _chosen(
        self, ways: Sequence[Weighed[Whole, Bit]], share: Weighed[Whole, Bit] | None, sign: str
    ) -> Weighed[Whole, Bit]:
        """The way to choose at a share; without one, the lightest."""
        m, c = self.m, self.m.carrier
        best = ways[0]
        for one in ways[1:]:
            points, weight = m.subtract(one.points, best.points), m.subtract(one.weight, best.weight)
            if share is None:
                first = m.holds("<", weight, m.zero)
                second = m.holds("=", weight, m.zero) & m.holds(sign, points, m.zero)
            else:
                gain, loss = m.multiply(points, share.weight), m.multiply(weight, share.points)
                first = m.holds(sign, gain, loss)
                second = m.holds("=", gain, loss) & m.holds(">", weight, m.zero)
            better = one.may & (c.negated(best.may) | first | second)
            points, weight = m.choose(better, one.points, best.points), m.choose(better, one.weight, best.weight)
            best = Weighed(one.may | best.may, points, weight)
        return best

    def with_extras(
        self, total: Range[Whole, Bit], bonus: Range[Whole, Bit], deduction: Range[Whole, Bit]
    ) -> Range[Whole, Bit]:
        """Bonuses added, deductions taken off."""
        m = self.m
        low = m.subtract(m.add(total.low, bonus.low), deduction.high)
        high = m.subtract(m.add(total.high, bonus.high), deduction.low)
        return Range(low, high)

    # -- caps and grades ---

    def capped(
        self, total: Range[Whole, Bit], caps: Sequence[tuple[Fraction, Truth[Bit]]]
    ) -> tuple[Range[Whole, Bit], Range[Whole, Bit]]:
        """The total under sure caps; and under possible ones too, its low end alone."""
        m, sure = self.m, total
        for limit, truth in caps:
            most = m.number(limit)
            under = Range(m.least(sure.low, most), m.least(sure.high, most))
            sure = m.chosen(truth.sure, under, sure)
        low = sure.low
        for limit, truth in caps:
            low = m.choose(truth.possible, m.least(low, m.number(limit)), low)
        return sure, Range(low, sure.high)

    def grades(
        self,
        total: Range[Whole, Bit],
        bands: Sequence[GradeBand],
        limits: Sequence[tuple[Fraction, Truth[Bit]]],
        lowered: Sequence[tuple[int, Truth[Bit]]],
    ) -> list[Bit]:
        """Of each band, best first, whether the total (under sure caps) may be in it: as it is, or under a possible
        cap; then lowered by the caps on grades.
        """
        m, c = self.m, self.m.carrier
        met = self._met(total, bands)
        for limit, truth in limits:
            most = m.number(limit)
            under = self._met(Range(m.least(total.low, most), m.least(total.high, most)), bands)
            met = [one | (other & truth.possible) for one, other in zip(met, under, strict=True)]
        for place, truth in lowered:
            better = reduce(lambda a, b: a | b, met[:place], c.false)
            met[place] = met[place] | (better & truth.possible)
            stays = c.negated(truth.sure)
            met[:place] = [one & stays for one in met[:place]]
        return met

    def _met(self, total: Range[Whole, Bit], bands: Sequence[GradeBand]) -> list[Bit]:
        m = self.m
        found: list[Bit] = []
        for place, band in enumerate(bands):
            reached = m.holds(">=", total.high, m.number(band.from_))
            if place:
                reached = reached & m.holds("<", total.low, m.number(bands[place - 1].from_))
            found.append(reached)
        return found

    # -- weights that move ---

    def moved(
        self, to: Part[Whole, Bit], movers: Sequence[Part[Whole, Bit]]
    ) -> tuple[Part[Whole, Bit], list[Ways[Whole, Bit]]]:
        """A row with the weights of those beside it that do not apply: it keeps its share of the full points. Where
        nobody knows whether one applies, its weight gives what either outcome gives, and is counted with it (a digit
        wider, for one row is rounded otherwise than two).
        """
        m, c = self.m, self.m.carrier
        gone = m.sum(m.choose(c.negated(self.possibly(one)), one.nominal, m.zero) for one in movers)
        lighter: list[Ways[Whole, Bit]] = []
        for one in movers:
            may = self.possibly(one)
            hanging = may & c.negated(self.surely(one))
            own = [way._replace(may=way.may & may) for way in one.own]
            share = [
                way._replace(may=way.may & hanging, points=self._wider(way.points, m.number(self.unit)))
                for way in self.ways(self._weighing(to, one.nominal))
            ]
            nothing = Way(self.none, m.zero, m.zero, c.negated(may), applies=False, option=False)
            lighter.append([*own, *share, nothing])
        return self._weighing(to, m.add(to.nominal, gone)), lighter

    def _wider(self, points: Range[Whole, Bit], by: Number[Whole, Bit]) -> Range[Whole, Bit]:
        return Range(self.m.subtract(points.low, by), self.m.add(points.high, by))

    def _weighing(self, one: Part[Whole, Bit], full: Number[Whole, Bit]) -> Part[Whole, Bit]:
        """The same share of other full points."""
        return one._replace(own=self.scaled(one.own, self.m.divide(full, one.nominal)), nominal=full)


@dataclass(frozen=True, slots=True)
class Points:
    """A closed interval of points of one submission."""

    low: Fraction
    high: Fraction

    @property
    def settled(self) -> bool:
        """Nothing is open."""
        return self.low is self.high or self.low == self.high

    @property
    def width(self) -> Fraction:
        """How much is open."""
        return self.high - self.low


def points_of(points: Range[int, bool]) -> Points:
    """The ends of a range of one submission."""
    low = Fraction(points.low.n, points.low.d)
    return Points(low, low if points.high is points.low else Fraction(points.high.n, points.high.d))
