"""How do points become a total and a grade? All roll-up arithmetic of an evaluation stands here.

Parents sum; the total is rounded once; ends of a range are treated alike. A row that does not apply is, as the rule
set names it, full, left out, or left out with the rest scaled up (`renormalise`: T·Σp ÷ Σw over what applies).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..algebra.meaning import Range
from ..methods.methods import Split
from ..rules.ruleset import GradeBand, Rounding
from ..values.exact import half_up, truncated


@dataclass(frozen=True, slots=True)
class Ends:
    """A closed interval of points. Where nothing is open, both ends are mostly one object: half the work."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Ends) -> Ends:
        low = self.low + other.low
        return Ends(low, low if self.low is self.high and other.low is other.high else self.high + other.high)

    @property
    def settled(self) -> bool:
        """Nothing is open."""
        return self.low is self.high or self.low == self.high

    @property
    def width(self) -> Fraction:
        """How much is open."""
        return self.high - self.low


_NONE = Fraction(0)
NOTHING = Ends(_NONE, _NONE)


@dataclass(frozen=True, slots=True)
class Earned:
    """A leaf's points: what it earns if it applies, its full points, and whether it surely or possibly applies."""

    ends: Ends
    full: Fraction
    surely: bool
    possibly: bool
    policy: str


def ends(points: Range) -> Ends:
    """The scalar ends of a known range."""
    low, high = points.low, points.high
    least = Fraction(low.n, low.d)
    return Ends(least, least if low.n == high.n and low.d == high.d else Fraction(high.n, high.d))


def leaf(earned: Earned) -> Ends:
    """The points a leaf shows for itself."""
    if earned.surely:
        return earned.ends
    spared = earned.full if earned.policy == "full" else Fraction(0)
    if not earned.possibly:
        return Ends(spared, spared)
    return Ends(min(earned.ends.low, spared), max(earned.ends.high, spared))


def summed(leaves: Sequence[Earned]) -> tuple[Ends, Fraction] | None:
    """Points and full points of some leaves together, before rounding; None where nothing is left to score."""
    kept = [one for one in leaves if one.policy != "excluded" or one.possibly]
    full = sum((one.full for one in kept), Fraction(0))
    counted = [
        one if one.policy == "renormalise" else Earned(leaf(one), one.full, True, True, one.policy) for one in kept
    ]
    if not full or not any(one.possibly for one in counted):
        return None
    if all(one.surely for one in counted):
        return sum((one.ends for one in counted), NOTHING), full
    return Ends(full * _extreme(counted, lowest=True), full * _extreme(counted, lowest=False)), full


def _extreme(leaves: Sequence[Earned], *, lowest: bool) -> Fraction:
    """The least (greatest) Σp ÷ Σw over every choice of the leaves that only possibly apply.

    A possible leaf moves the quotient towards its own share, so taking them from the lowest (highest) share on,
    while they still move it the right way, gives the extreme.
    """
    sign = 1 if lowest else -1
    points, weight = Fraction(0), Fraction(0)
    for one in leaves:
        if one.surely:
            points, weight = points + (one.ends.low if lowest else one.ends.high), weight + one.full
    possible = [one for one in leaves if one.possibly and not one.surely and one.full]

    def share(one: Earned) -> Fraction:
        return sign * (one.ends.low if lowest else one.ends.high) / one.full

    for one in sorted(possible, key=share):
        if weight and share(one) >= sign * points / weight:
            break
        points, weight = points + (one.ends.low if lowest else one.ends.high), weight + one.full
    return points / weight if weight else Fraction(0 if lowest else 1)


def scaled(earned: Earned, factor: Fraction) -> Earned:
    """The same at another scale: criteria of a block that count to 100 of their own."""
    if factor == 1:
        return earned
    ends = Ends(earned.ends.low * factor, earned.ends.high * factor)
    return Earned(ends, earned.full * factor, earned.surely, earned.possibly, earned.policy)


def moved(to: Earned, movers: Sequence[Earned]) -> Earned:
    """A row with the weights of those that surely do not apply: it keeps its share of the full points."""
    gone = sum((one.full for one in movers if not one.possibly), Fraction(0))
    return scaled(to, (to.full + gone) / to.full) if to.full else to


def hanging(one: Earned, to: Earned) -> Earned:
    """A row of which nobody knows whether it applies: what its weight gives, scored here or moved to the other."""
    share = Ends(to.ends.low * one.full / to.full, to.ends.high * one.full / to.full) if to.full else NOTHING
    ends = Ends(min(one.ends.low, share.low), max(one.ends.high, share.high))
    return Earned(ends, one.full, True, True, one.policy)


def best(options: Sequence[Sequence[Earned]]) -> Earned:
    """The best of several alternatives, each some leaves together; what does not apply is no alternative."""
    open_to = [option for option in options if any(one.possibly for one in option)] or options
    sums = [sum((leaf(one) for one in option), NOTHING) for option in open_to]
    full = max(sum((one.full for one in option), Fraction(0)) for option in options)
    return Earned(Ends(max(one.low for one in sums), max(one.high for one in sums)), full, True, True, "full")


def either(ways: Sequence[Sequence[Earned]]) -> Earned:
    """Rows of which one set or the other applies, by one condition that nobody knows: never both, never neither."""
    sums = [sum((one.ends for one in way), NOTHING) for way in ways]
    full = max(sum((one.full for one in way), Fraction(0)) for way in ways)
    return Earned(Ends(min(one.low for one in sums), max(one.high for one in sums)), full, True, True, "excluded")


def clamped(ends: Ends, full: Fraction) -> Ends:
    """Rows together earn no more than their full points, though each is rounded: 3 × 16.67 of 50 is 50."""
    return Ends(min(ends.low, full), min(ends.high, full))


def with_extras(total: Ends, bonus: Ends, deduction: Ends) -> Ends:
    """Bonuses added, deductions taken off, never below 0."""
    low, high = total.low + bonus.low - deduction.high, total.high + bonus.high - deduction.low
    return Ends(max(low, Fraction(0)), max(high, Fraction(0)))


def rounded(total: Ends, rounding: Rounding) -> Ends:
    """The total, rounded once."""
    one = half_up if rounding.mode == "half-up" else truncated
    return Ends(one(total.low, rounding.total), one(total.high, rounding.total))


def capped(total: Ends, sure: Sequence[Fraction], possible: Sequence[Fraction]) -> Ends:
    """Low under sure and possible caps, high under sure ones."""
    return Ends(min([total.low, *sure, *possible]), min([total.high, *sure]))


def grades(total: Ends, bands: Sequence[GradeBand], sure: Sequence[str], possible: Sequence[str]) -> tuple[str, ...]:
    """The grades that [low, high] meets, lowered by sure caps; plus each lowered by possible caps. Best first."""
    names = [band.grade for band in bands]
    met: set[int] = set()
    for place, band in enumerate(bands):
        above = bands[place - 1].from_ if place else None
        if total.high >= band.from_ and (above is None or total.low < above):
            met.add(place)
    lowest_sure = max((names.index(grade) for grade in sure), default=0)
    met = {max(place, lowest_sure) for place in met}
    for grade in possible:
        met |= {max(place, names.index(grade)) for place in met}
    return tuple(names[place] for place in sorted(met))


def split(points: Fraction, count: int, how: Literal["exact"] | Split) -> list[Fraction]:
    """`points` in `count` equal parts, exact, or rounded with the rest on one row.

    Rounded half-up, the parts may take more than there is: the rest is below 0 then.
    """
    if how == "exact":
        return [points / count] * count
    part = (half_up if how.mode == "half-up" else truncated)(points / count, how.digits)
    parts = [part] * count
    parts[0 if how.remainder == "first" else -1] += points - part * count
    return parts
