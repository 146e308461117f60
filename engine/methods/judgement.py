"""The evaluator's points, within bounds; with tiers, within those of the tier chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Literal

from ..values.amounts import Amount
from ..values.model import AmountText, Exact, Line, Model
from ..values.problems import At, nearest
from ..values.units import RATIO
from .answered import Allowed, Answer, Answered, Wrong
from .choices import Edges
from .method import Around, Trouble, Unwritable, placed, unit_clash
from .writing import points_span

_NUMERALS = "零一二三四五六七八九十"


class Tier(Model):
    """A named outcome and the range of points, in shares of the full ones, that it allows."""

    tier: Line
    from_: AmountText
    to: AmountText


class Judgement(Answered):
    """`edges` says to which of two tiers that touch their common end belongs. The two ends of all tiers together always
    belong to them.
    """

    method: Literal["judgement"]
    least: Exact = Fraction(0)
    most: Exact | None = None
    edges: Edges | None = None
    tiers: tuple[Tier, ...] = ()
    answers: ClassVar[tuple[str, ...]] = ("points", "tier")

    def open(self) -> tuple[str, ...]:
        """Whose a common end is."""
        return ("edges",) if self.edges is None and touching(self.tiers) else ()

    def checks(self, around: Around) -> Iterator[Trouble]:
        """All of it within the full points."""
        most = self.most if self.most is not None else around.points
        if not 0 <= self.least <= most <= around.points or out_of_bounds(self.tiers):
            yield Trouble("judgement-out-of-bounds", ("scoring",))

        yield from unit_clash(tier_shares(self.tiers), RATIO, percent=True)

    @property
    def lowest(self) -> Fraction:
        """What `least` says is no leave to go below 0."""
        return Fraction(0)

    def allowed(self, full: Fraction, answer: Answer | None, wrong: Wrong) -> Allowed:
        """The bounds, or those of the tier chosen."""
        if answer is not None and answer.tier:
            return tiered(self.tiers, self.edges, full, answer, wrong)
        return Allowed(self.least, self.most if self.most is not None else full)

    def clause(self, full: Fraction) -> list[str]:
        """酌情扣分, or tiers."""
        if self.least != 0 or self.most is not None:
            raise Unwritable("judgement")
        return [self._sentence(full)]

    def _sentence(self, full: Fraction) -> str:
        if not self.tiers:
            return "酌情扣分"
        if not self._end_to_end():
            return self._graded(full)
        ranges = "、".join(self._range(place) for place in range(len(self.tiers)))
        names = [one.tier for one in self.tiers]
        if all(one.tier == f"{one.to}-{one.from_}" for one in self.tiers):
            return ranges
        return f"分为{'、'.join(names)}{_NUMERALS[len(names)]}档，分别按照{ranges}合理确定分值"

    def _end_to_end(self) -> bool:
        """Do the tiers leave no share of the points to none of them?"""
        joined = all(above.from_ == below.to for above, below in pairwise(self.tiers))
        wide = all(one.from_.value < one.to.value for one in self.tiers)
        return joined and wide and self.tiers[0].to.value == 1 and self.tiers[-1].from_.value == 0

    def _graded(self, full: Fraction) -> str:
        """优秀得9-10分；良好得7-8分: each tier with its own points."""
        if self.edges is not None or all(one.from_ == one.to for one in self.tiers):
            raise Unwritable("tiers")
        return "；".join(
            f"{one.tier}得{points_span(one.from_.value * full, one.to.value * full)}分" for one in self.tiers
        )

    def _range(self, place: int) -> str:
        """80%-60%（含）: the end that two tiers share is marked in the one it belongs to."""
        one, last = self.tiers[place], len(self.tiers) - 1
        low = "（含）" if self.edges == "lower-closed" and place < last else ""
        high = "（含）" if self.edges == "upper-closed" and place else ""
        return f"{one.to}{high}-{one.from_}{low}"


def out_of_bounds(tiers: Sequence[Tier]) -> bool:
    """Whether a tier reaches below 0 or above the full points, or stands upside down."""
    return any(not 0 <= one.from_.value <= one.to.value <= 1 for one in tiers)


def tier_shares(tiers: Sequence[Tier]) -> list[tuple[At, Amount]]:
    """The ends of tiers, each with its place."""
    return [(("tiers", place, *at), share) for place, one in enumerate(tiers) for at, share in placed(one, Amount)]


def touching(tiers: Sequence[Tier]) -> bool:
    """Whether two tiers share an end, so that somebody must say whose it is."""
    return bool({one.to.value for one in tiers} & {one.from_.value for one in tiers if one.from_.value < one.to.value})


def tiered(tiers: Sequence[Tier], edges: Edges | None, full: Fraction, answer: Answer, wrong: Wrong) -> Allowed:
    """The points of the tier chosen, with its open end: the one it shares with the tier above (below, where upper
    ends belong). A tier that does not exist allows all.
    """
    chosen = next((one for one in tiers if one.tier == answer.tier), None)
    if chosen is None:
        names = [one.tier for one in tiers]
        near = nearest(answer.tier, names)
        wrong("unknown-tier", "tier", near=near, found=answer.tier, expected="、".join(names) or "—")
        return Allowed(Fraction(0), full)
    low, high, beyond = chosen.from_.value, chosen.to.value, None
    if edges == "lower-closed" and any(one.from_.value == high for one in tiers):
        beyond = high
    elif edges == "upper-closed" and any(one.to.value == low for one in tiers):
        beyond = low
    return Allowed(low * full, high * full, beyond * full if beyond is not None and low < high else None)
