"""How do points become those of a block, a total and a grade? All roll-up arithmetic of an evaluation stands here.

Parents sum; a leaf rounds once, whoever gave its points; the total rounds once; both ends of a range are treated alike.
What does not apply is treated as the rule set names it: counted full, counted 0, left out, or left out with the rest
scaled up (`renormalise`: T·Σp ÷ Σw over what applies). No bit is asked by `if`, so the same lines serve symbols.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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

    def end(self, sign: str) -> Number[Whole, Bit]:
        """The least (`<`) or the most of its points."""
        return self.points.low if sign == "<" else self.points.high


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
    """Points and full points, low and high; whether there is possibly anything that applies."""

    points: Range[Whole, Bit]
    of: Range[Whole, Bit]
    possibly: Bit


class Rollup(Generic[Whole, Bit, Words]):
    """The arithmetic of a table over one carrier."""

    def __init__(self, m: Meaning[Whole, Bit, Words], rounding: Rounding) -> None:
        self.m, self.rounding = m, rounding
        self.none = Range(m.zero, m.zero)
        self.unit = Fraction(0 if rounding.digits is None else 1, 10 ** (rounding.digits or 0))
        """How finely leaves are told; 0 where they are exact."""
        self.nothing = Shown(self.none, self.none, m.carrier.false)

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
        m, times = self.m, self._times
        return [
            one._replace(
                points=times(one.points, factor),
                full=m.multiply(one.full, factor),
                spared=m.multiply(one.spared, factor),
            )
            for one in ways
        ]

    def _times(self, points: Range[Whole, Bit], factor: Number[Whole, Bit]) -> Range[Whole, Bit]:
        low = self.m.multiply(points.low, factor)
        return Range(low, low if points.high is points.low else self.m.multiply(points.high, factor))

    # -- sums ---

    def add(self, a: Shown[Whole, Bit], b: Shown[Whole, Bit]) -> Shown[Whole, Bit]:
        """Two together."""
        return Shown(self._added(a.points, b.points), self._added(a.of, b.of), a.possibly | b.possibly)

    def _added(self, a: Range[Whole, Bit], b: Range[Whole, Bit]) -> Range[Whole, Bit]:
        low = self.m.add(a.low, b.low)
        return Range(low, low if a.high is a.low and b.high is b.low else self.m.add(a.high, b.high))

    def shown(self, ways: Ways[Whole, Bit]) -> Shown[Whole, Bit]:
        """The points that a part shows for itself, and what they are of: from the least to the most of its ways."""
        possibly = self._any(one.may for one in ways if one.applies)
        if len(ways) == 1:
            return Shown(ways[0].points, Range(ways[0].full, ways[0].full), possibly)
        points = Range(*(self._end(sign, ((one.may, one.end(sign)) for one in ways)) for sign in "<>"))
        return Shown(
            points, Range(*(self._end(sign, ((one.may, one.full) for one in ways)) for sign in "<>")), possibly
        )

    def together(self, parts: Sequence[Ways[Whole, Bit]]) -> Shown[Whole, Bit]:
        """Points and full points of some parts, before any scaling."""
        return reduce(self.add, map(self.shown, parts), self.nothing)

    def hull(self, a: Range[Whole, Bit], b: Range[Whole, Bit]) -> Range[Whole, Bit]:
        """From the lower low to the higher high."""
        return Range(self.m.least(a.low, b.low), self.m.greatest(a.high, b.high))

    def _end(self, sign: str, found: Iterable[tuple[Bit, Number[Whole, Bit]]]) -> Number[Whole, Bit]:
        """The least (`<`) or greatest of those that may be; 0 of none."""
        m, c = self.m, self.m.carrier
        end, there = m.zero, c.false
        for may, number in found:
            end = m.choose(may & (c.negated(there) | m.holds(sign, number, end)), number, end)
            there = there | may
        return end

    def _any(self, bits: Iterable[Bit]) -> Bit:
        return reduce(lambda a, b: a | b, bits, self.m.carrier.false)

    def best(self, options: Sequence[Sequence[Ways[Whole, Bit]]]) -> Ways[Whole, Bit]:
        """The best of several alternatives, each some parts together. What does not apply is one only where it counts
        as full; where there is none, the block is what its alternatives are: 0 of its weight, scaled for, or nothing.
        """
        m, c = self.m, self.m.carrier
        left = [[[way for way in ways if not way.option] for ways in parts] for parts in options]
        surely = [self._any(c.negated(self._any(way.may for way in ways)) for ways in parts) for parts in left]
        possibly = [self._any(way.may for ways in parts for way in ways if way.option) for parts in options]
        told = list(zip(surely, possibly, map(self._option, options), strict=True))
        low = self._end(">", ((bit, one.points.low) for bit, _, one in told))
        least = self._end("<", ((bit, one.points.low) for _, bit, one in told))
        high = self._end(">", ((bit, one.points.high) for _, bit, one in told))
        full = self._end(">", ((bit, one.of.high) for _, bit, one in told))
        sure, possible = self._any(surely), self._any(possibly)
        return [
            Way(Range(m.choose(sure, low, least), high), full, m.zero, possible),
            self._no_option(left, c.negated(sure)),
        ]

    def _option(self, parts: Sequence[Ways[Whole, Bit]]) -> Shown[Whole, Bit]:
        """An alternative as it is where it can be the best; of several parts together, one may be missing."""
        return self.together([[way for way in ways if way.option or len(parts) > 1] for ways in parts])

    def _no_option(self, left: Sequence[Sequence[Ways[Whole, Bit]]], may: Bit) -> Way[Whole, Bit]:
        """What a block is where none of its alternatives is one: `left` are the ways of each that are no option."""
        m, c = self.m, self.m.carrier
        weight, spared = (
            self._end(">", ((c.true, m.sum(self._end(">", map(of, ways)) for ways in parts)) for parts in left))
            for of in (lambda way: (way.may, way.full), lambda way: (way.may, way.spared))
        )
        spared = m.choose(m.holds(">", weight, m.zero), m.zero, spared)
        return Way(self.none, weight, spared, may, applies=False, option=False)

    # -- the total ---

    def total(self, parts: Sequence[Ways[Whole, Bit]]) -> Shown[Whole, Bit]:
        """All parts of the table, where there is anything that counts; with weights that are taken up by the rest,
        scaled to what there would be. (Where that is open, too, the ends of both are multiplied: sound, and a little
        wide.)
        """
        m, summed = self.m, self.together(parts)
        if all(len(ways) == 1 and ways[0].spared is m.zero for ways in parts):
            return summed
        points = Range(*(self._sum(sign, [[(way, way.end(sign)) for way in ways] for ways in parts]) for sign in "<>"))
        wholes = [[(way, m.add(way.full, way.spared)) for way in ways] for ways in parts]
        of = Range(*(self._sum(sign, wholes) for sign in "<>"))
        scaled = self._any(way.may & m.holds(">", way.spared, m.zero) for ways in parts for way in ways)
        if not m.carrier.never(scaled):
            share = self.share(parts, m.one)
            points = m.chosen(scaled, self.hull(self._times(share, of.low), self._times(share, of.high)), points)
        return Shown(points, of, summed.possibly)

    def _sum(
        self, sign: str, parts: Sequence[Sequence[tuple[Way[Whole, Bit], Number[Whole, Bit]]]]
    ) -> Number[Whole, Bit]:
        """The least (greatest) sum over every choice of some weight: where all may leave, one part stays."""
        m = self.m
        ends = [self._end(sign, ((way.may, value) for way, value in ways)) for ways in parts]
        weight = m.sum(self._end("<", ((way.may, way.full) for way, _ in ways)) for ways in parts)
        more = (
            (way.may & m.holds(">", way.full, m.zero), m.subtract(value, end))
            for ways, end in zip(parts, ends, strict=True)
            for way, value in ways
        )
        return m.add(m.sum(ends), m.choose(m.holds(">", weight, m.zero), m.zero, self._end(sign, more)))

    def share(self, parts: Sequence[Ways[Whole, Bit]], of: Number[Whole, Bit]) -> Range[Whole, Bit]:
        """The points of parts that were of `of` altogether, over all that may apply."""
        return self._times(Range(self._extreme("<", parts), self._extreme(">", parts)), of)

    def _extreme(self, sign: str, parts: Sequence[Ways[Whole, Bit]]) -> Number[Whole, Bit]:
        """The least (greatest) Σp ÷ Σw over every choice of one way a part, of any weight at all.

        At a share s the best choice takes of each part the way of the least (greatest) p − s·w. It changes only where
        two ways of a part are alike, so the choices to compare are those at each such share, the heavier of two that
        are alike taken there, and the one of the lightest ways.
        """
        m, c = self.m, self.m.carrier
        held = [[Weighed(way.may, way.end(sign), way.full) for way in ways if not c.never(way.may)] for ways in parts]
        open_ = [ways for ways in held if len(ways) > 1]
        sure = [ways[0] for ways in held if len(ways) == 1]
        base = Weighed(c.true, m.sum(one.points for one in sure), m.sum(one.weight for one in sure))
        shares = [self._apart(a, b) for ways in open_ for place, a in enumerate(ways) for b in ways[place + 1 :]]
        lightest = Weighed(c.true, m.negative(m.one) if sign == "<" else m.one, m.zero)
        quotient = m.undefined()
        for share in (lightest, *shares):
            chosen = [base, *(self._chosen(sign, ways, share) for ways in open_)]
            found = m.divide(m.sum(one.points for one in chosen), m.sum(one.weight for one in chosen))
            nearer = found.known & (c.negated(quotient.known) | m.holds(sign, found, quotient))
            quotient = m.choose(nearer, found, quotient)
        return m.choose(quotient.known, quotient, m.zero if sign == "<" else m.one)

    def _apart(self, a: Weighed[Whole, Bit], b: Weighed[Whole, Bit]) -> Weighed[Whole, Bit]:
        """The share at which two ways are alike."""
        m = self.m
        points, weight = m.subtract(a.points, b.points), m.subtract(a.weight, b.weight)
        signed = m.choose(m.holds("<", weight, m.zero), m.negative(points), points)
        return Weighed(a.may, signed, m.absolute(weight))

    def _chosen(self, sign: str, ways: Sequence[Weighed[Whole, Bit]], at: Weighed[Whole, Bit]) -> Weighed[Whole, Bit]:
        """The way to choose at a share."""
        m, c = self.m, self.m.carrier
        best = ways[0]
        for one in ways[1:]:
            points, weight = m.subtract(one.points, best.points), m.subtract(one.weight, best.weight)
            gain, loss = m.multiply(points, at.weight), m.multiply(weight, at.points)
            more = m.holds(">", weight, m.zero) | (m.holds("=", weight, m.zero) & m.holds(sign, points, m.zero))
            better = one.may & (c.negated(best.may) | m.holds(sign, gain, loss) | (m.holds("=", gain, loss) & more))
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
        unit = m.number(self.unit)
        lighter: list[Ways[Whole, Bit]] = []
        for one in movers:
            may, nothing = self.possibly(one), Way(self.none, m.zero, m.zero, m.carrier.true, False, False)
            own = [(may, way) for way in one.own] + [(c.negated(may), nothing)]
            for way in self.ways(self._weighing(to, one.nominal)):
                wider = Range(m.subtract(way.points.low, unit), m.add(way.points.high, unit))
                own.append((may & c.negated(self.surely(one)), way._replace(points=wider)))
            lighter.append([way._replace(may=way.may & bit) for bit, way in own])
        return self._weighing(to, m.add(to.nominal, gone)), lighter

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
