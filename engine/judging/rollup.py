"""How do points become those of a block, a total and a grade? All roll-up arithmetic of an evaluation stands here.

Parents sum; a leaf rounds once, whoever gave its points; the total rounds once; both ends of a range are treated alike.
What does not apply is treated as the rule set names it: counted full, counted 0, left out, or left out with the rest
scaled up (`renormalise`: T·Σp ÷ Σw over what applies). No bit is asked by `if`, so the same lines serve symbols.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Generic, NamedTuple

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range, Truth
from ..planning.plan import Treated
from ..rules.findings import GradeBand
from ..rules.policy import Rounding


class Part(NamedTuple, Generic[Whole, Bit]):
    """What counts towards a sum: a leaf, or the best of several.

    `points` and `full` are those where it applies; `nominal` is its weight in the whole table, `full` without what of
    it does not apply. `by` says whether its condition holds, `lost` that it does not apply whatever that says,
    `unsure` that it may turn out so.
    """

    points: Range[Whole, Bit]
    full: Number[Whole, Bit]
    nominal: Number[Whole, Bit]
    by: Truth[Bit]
    lost: Bit
    unsure: Bit
    treated: Treated
    condition: tuple[str, bool] | None = None
    """Its condition, and whether that must hold or must not: of rows that stand for one another, one set counts."""


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

    def shown(self, one: Part[Whole, Bit]) -> Shown[Whole, Bit]:
        """The points that a part shows for itself, and what they are of."""
        m = self.m
        surely, possibly = self.surely(one), self.possibly(one)
        if m.carrier.always(surely):
            return Shown(one.points, Range(one.full, one.full), surely, possibly)
        spared = one.nominal if one.treated == "full" else m.zero
        weight = one.nominal if one.treated in ("full", "zero") else m.zero
        both = Range(m.least(one.points.low, spared), m.greatest(one.points.high, spared))
        of = Range(m.least(one.full, weight), m.greatest(one.full, weight))
        points = m.chosen(possibly, both, Range(spared, spared))
        of = m.chosen(possibly, of, Range(weight, weight))
        whole = Range(one.full, one.full)
        return Shown(m.chosen(surely, one.points, points), m.chosen(surely, whole, of), surely, possibly)

    def scaled(self, one: Part[Whole, Bit], factor: Fraction) -> Part[Whole, Bit]:
        """The same at another scale: criteria of a block that count to 100 of their own."""
        if factor == 1:
            return one
        m, times = self.m, self.m.number(factor)
        points = Range(m.multiply(one.points.low, times), m.multiply(one.points.high, times))
        return one._replace(points=points, full=m.multiply(one.full, times), nominal=m.multiply(one.nominal, times))

    # -- sums ---

    def add(self, a: Shown[Whole, Bit], b: Shown[Whole, Bit]) -> Shown[Whole, Bit]:
        """Two together."""
        points, of = self._added(a.points, b.points), self._added(a.of, b.of)
        return Shown(points, of, a.surely | b.surely, a.possibly | b.possibly)

    def _added(self, a: Range[Whole, Bit], b: Range[Whole, Bit]) -> Range[Whole, Bit]:
        low = self.m.add(a.low, b.low)
        return Range(low, low if a.high is a.low and b.high is b.low else self.m.add(a.high, b.high))

    def together(self, parts: Sequence[Part[Whole, Bit]]) -> Shown[Whole, Bit]:
        """Points and full points of some parts, before any scaling; of rows that stand for one another, one set."""
        single, pairs = _paired(parts)
        sums = [*map(self.shown, single), *(self._either(*ways) for ways in pairs)]
        return reduce(self.add, sums, self.nothing)

    def _either(self, ways: Sequence[Part[Whole, Bit]], others: Sequence[Part[Whole, Bit]]) -> Shown[Whole, Bit]:
        """Rows of which one set or the other applies, by one condition: never both, never neither."""
        m, by = self.m, ways[0].by
        here, there = (
            reduce(self.add, (self.shown(one._replace(by=m.yes)) for one in some), self.nothing)
            for some in (ways, others)
        )
        both = Shown(
            self.hull(here.points, there.points),
            self.hull(here.of, there.of),
            here.surely & there.surely,
            here.possibly | there.possibly,
        )
        return self._picked(by.sure, here, self._picked(m.carrier.negated(by.possible), there, both))

    def hull(self, a: Range[Whole, Bit], b: Range[Whole, Bit]) -> Range[Whole, Bit]:
        """From the lower low to the higher high."""
        return Range(self.m.least(a.low, b.low), self.m.greatest(a.high, b.high))

    def _picked(self, bit: Bit, a: Shown[Whole, Bit], b: Shown[Whole, Bit]) -> Shown[Whole, Bit]:
        m, no = self.m, self.m.carrier.negated(bit)
        return Shown(
            m.chosen(bit, a.points, b.points),
            m.chosen(bit, a.of, b.of),
            (a.surely & bit) | (b.surely & no),
            (a.possibly & bit) | (b.possibly & no),
        )

    def best(self, options: Sequence[Sequence[Part[Whole, Bit]]]) -> Part[Whole, Bit]:
        """The best of several alternatives, each some parts together. One that does not apply is an alternative only
        where that counts, as full or as 0; where there is none, the block itself does not apply.
        """
        m, c = self.m, self.m.carrier
        parts = [one for option in options for one in option]
        counts = [any(one.treated in ("full", "zero") for one in option) for option in options]
        sums = [self.together(option) for option in options]
        alone = [
            self.together([one._replace(by=m.yes, unsure=c.false) for one in option])
            if len(option) == 1 and not always
            else shown
            for option, shown, always in zip(options, sums, counts, strict=True)
        ]
        """Of one part: the points it gives if it applies, for it is an alternative only then."""
        surely = [c.true if always else s.surely for s, always in zip(sums, counts, strict=True)]
        possibly = [c.true if always else s.possibly for s, always in zip(sums, counts, strict=True)]
        low = reduce(m.greatest, (m.choose(bit, s.points.low, m.zero) for bit, s in zip(surely, sums, strict=True)))
        most = reduce(m.greatest, (s.points.high for s in alone))
        least = reduce(m.least, (m.choose(bit, a.points.low, most) for bit, a in zip(possibly, alone, strict=True)))
        high = reduce(
            m.greatest, (m.choose(bit, a.points.high, m.zero) for bit, a in zip(possibly, alone, strict=True))
        )
        full = reduce(m.greatest, (m.choose(bit, a.of.high, m.zero) for bit, a in zip(possibly, alone, strict=True)))
        nominal = reduce(m.greatest, (reduce(m.add, (one.nominal for one in option)) for option in options))
        any_sure, any_possible = (reduce(lambda a, b: a | b, bits) for bits in (surely, possibly))
        points = Range(m.choose(any_sure, low, least), high)
        treated = next((one.treated for one in parts if one.treated == "renormalise"), parts[0].treated)
        return Part(points, full, nominal, m.truth(any_sure, any_possible), c.false, c.false, treated)

    # -- the total ---

    def total(self, parts: Sequence[Part[Whole, Bit]]) -> Shown[Whole, Bit]:
        """All parts of the table; with weights that are taken up by the rest, scaled to what there would be."""
        summed = self.together(parts)
        if not any(one.treated == "renormalise" for one in parts):
            return summed
        m = self.m
        single, pairs = _paired(parts)
        of = reduce(self._of, single, Range(m.zero, m.zero))
        for ways in pairs:
            pair = self._either(*ways).of
            of = Range(m.add(of.low, pair.low), m.add(of.high, pair.high))
        share = self.share(parts, m.one)
        points = Range(m.multiply(of.low, share.low), m.multiply(of.high, share.high))
        return Shown(points, of, summed.surely, summed.possibly)

    def share(self, parts: Sequence[Part[Whole, Bit]], of: Number[Whole, Bit]) -> Range[Whole, Bit]:
        """The points of parts that were of `of` altogether, over all that may apply."""
        single, pairs = _paired(parts)
        bare = [self._bare(one) for one in single] + [self._sure(self._either(*ways)) for ways in pairs]
        low, high = self._extreme(bare, lowest=True), self._extreme(bare, lowest=False)
        return Range(self.m.multiply(low, of), self.m.multiply(high, of))

    def _of(self, of: Range[Whole, Bit], one: Part[Whole, Bit]) -> Range[Whole, Bit]:
        """The full points of the whole table: those of what is scaled up for stay."""
        m = self.m
        mine = self.shown(one).of if one.treated == "excluded" else Range(one.nominal, one.nominal)
        return Range(m.add(of.low, mine.low), m.add(of.high, mine.high))

    def _bare(self, one: Part[Whole, Bit]) -> Part[Whole, Bit]:
        """A part as the quotient sees it: what is counted whether or not it applies is there."""
        return one if one.treated in ("renormalise", "excluded", "moved") else self._sure(self.shown(one))

    def _sure(self, one: Shown[Whole, Bit]) -> Part[Whole, Bit]:
        c = self.m.carrier
        return Part(one.points, one.of.high, one.of.high, self.m.yes, c.false, c.false, "full")

    def _extreme(self, parts: Sequence[Part[Whole, Bit]], *, lowest: bool) -> Number[Whole, Bit]:
        """The least (greatest) Σp ÷ Σw over every choice of the parts that only possibly apply.

        The best choice takes those up to some share: a part moves the quotient towards its own share, so the choices
        to compare are “all whose share is no higher (lower) than this one's”, for each of them, and none at all.
        """
        m, c = self.m, self.m.carrier
        pick, sign = (m.least, "<=") if lowest else (m.greatest, ">=")
        sure = [one for one in parts if not c.never(self.surely(one))]
        loose = [one for one in parts if not c.always(self.surely(one)) and not c.never(self.possibly(one))]

        def end(one: Part[Whole, Bit]) -> Number[Whole, Bit]:
            return one.points.low if lowest else one.points.high

        base_points = m.sum(m.choose(self.surely(one), end(one), m.zero) for one in sure)
        base_weight = m.sum(m.choose(self.surely(one), one.full, m.zero) for one in sure)
        quotient = m.divide(base_points, base_weight)
        for one in loose:
            points, weight = base_points, base_weight
            for other in loose:
                nearer = m.holds(sign, m.multiply(end(other), one.full), m.multiply(end(one), other.full))
                taken = nearer & self.possibly(other) & c.negated(self.surely(other))
                points = m.add(points, m.choose(taken, end(other), m.zero))
                weight = m.add(weight, m.choose(taken, other.full, m.zero))
            found = m.divide(points, weight)
            better = m.choose(quotient.known, m.choose(found.known, pick(quotient, found), quotient), found)
            quotient = m.choose(self.possibly(one) & c.negated(self.surely(one)), better, quotient)
        return m.choose(quotient.known, quotient, m.zero if lowest else m.one)

    def with_extras(
        self, total: Range[Whole, Bit], bonus: Range[Whole, Bit], deduction: Range[Whole, Bit]
    ) -> Range[Whole, Bit]:
        """Bonuses added, deductions taken off."""
        m = self.m
        low = m.subtract(m.add(total.low, bonus.low), deduction.high)
        high = m.subtract(m.add(total.high, bonus.high), deduction.low)
        return Range(low, high)

    def extra(self, one: Part[Whole, Bit]) -> Range[Whole, Bit]:
        """What an extra gives or takes: nothing where it does not apply, whatever else would be made of that."""
        return self.shown(one._replace(treated="excluded")).points

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
    ) -> tuple[Part[Whole, Bit], list[Part[Whole, Bit]]]:
        """A row with the weights of those beside it that do not apply: it keeps its share of the full points. Where
        nobody knows whether one applies, its weight gives what either outcome gives, and is counted with it.
        """
        m, c = self.m, self.m.carrier
        gone = m.sum(m.choose(c.negated(self.possibly(one)), one.nominal, m.zero) for one in movers)
        heavier = self._weighing(to, m.add(to.full, gone))
        lighter = []
        for one in movers:
            share = self._weighing(to, one.nominal)
            unsure = self.possibly(one) & c.negated(self.surely(one))
            both = self.hull(one.points, share.points)
            points = m.chosen(self.surely(one), one.points, m.chosen(unsure, both, self.none))
            weight = m.choose(self.possibly(one), one.nominal, m.zero)
            lighter.append(
                one._replace(points=points, full=weight, nominal=weight, by=m.yes, lost=c.false, unsure=c.false)
            )
        return heavier, lighter

    def _weighing(self, one: Part[Whole, Bit], full: Number[Whole, Bit]) -> Part[Whole, Bit]:
        """The same share of other full points."""
        m = self.m
        factor = m.divide(full, one.full)
        points = Range(m.multiply(one.points.low, factor), m.multiply(one.points.high, factor))
        return one._replace(points=points, full=full, nominal=full)


def _paired(
    parts: Sequence[Part[Whole, Bit]],
) -> tuple[list[Part[Whole, Bit]], list[tuple[list[Part[Whole, Bit]], list[Part[Whole, Bit]]]]]:
    """Parts that stand alone, and the sets of those that apply by a condition and by its opposite."""
    ways: dict[str, dict[bool, list[Part[Whole, Bit]]]] = {}
    for one in parts:
        if one.condition is not None:
            ways.setdefault(one.condition[0], {}).setdefault(one.condition[1], []).append(one)
    paired = {name for name, sides in ways.items() if len(sides) > 1}
    single = [one for one in parts if one.condition is None or one.condition[0] not in paired]
    return single, [(ways[name][True], ways[name][False]) for name in ways if name in paired]


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
