"""The submission's own indicator rows, each scored by the rule set's `rows`; and how they share a block's points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from ..values.exact import half_up, total, truncated
from ..values.model import Model
from .method import Method, Unwritable

_SHARED_AT_LEAST = 2
"""Decimals of stated points that may be a rounded share of the block: 16.7 of 50 is a wrong weight, 16.67 a third."""


class Split(Model):
    """How points are shared equally among rows: rounded at `digits`, and what is left over goes, unit by unit, to the
    first rows of the table (`largest` remainder), or all of it to the `first` or `last` one, parts rounded as `mode`
    says.
    """

    digits: int = Field(ge=0, le=6)
    mode: Literal["half-up", "truncate"] = "truncate"
    remainder: Literal["largest", "first", "last"]

    def parts(self, points: Fraction, count: int) -> list[Fraction]:
        """`count` parts that sum to `points`, none of them below 0."""
        cut = truncated(points / count, self.digits)
        if self.remainder == "largest":
            return self._spread(points, count, cut)
        part = half_up(points / count, self.digits) if self.mode == "half-up" else cut
        if part * (count - 1) > points:
            part = cut
        parts = [part] * count
        parts[0 if self.remainder == "first" else -1] = points - part * (count - 1)
        return parts

    def _spread(self, points: Fraction, count: int, part: Fraction) -> list[Fraction]:
        unit = Fraction(1, 10**self.digits)
        left = points - part * count
        more = int(left // unit)
        parts = [part + unit] * more + [part] * (count - more)
        parts[more if more < count else -1] += left - more * unit  # what is finer than the digits
        return parts


class Indicators(Method):
    """The rows at `level` (of every level where none is named).

    `stated_points` says whether the points printed in the form count or only the block's own. With `shares: block`,
    stated points that are all the block's divided by its rows, rounded, are taken for what they mean: equal shares.
    """

    method: Literal["indicators"]
    level: str = ""
    split: Literal["exact"] | Split
    stated_points: Literal["prevail", "ignored"]
    shares: Literal["block"] | None = None
    answers: ClassVar[tuple[str, ...]] = ()

    def equal(self, block: Fraction, stated: Sequence[Fraction | None]) -> bool:
        """Are the points stated taken for equal shares of the block: all of it divided by its rows, rounded or cut at
        two digits or more?
        """
        first = stated[0] if stated else None
        if self.shares != "block" or self.stated_points != "prevail" or first is None:
            return False
        if any(points != first for points in stated) or first * len(stated) == block:
            return False
        share = block / len(stated)
        digits = next((digits for digits in range(12) if (first * 10**digits).denominator == 1), 12)
        return digits >= _SHARED_AT_LEAST and first in (half_up(share, digits), truncated(share, digits))

    def full_points(
        self, block: Fraction, stated: Sequence[Fraction | None], leaving: Sequence[bool]
    ) -> list[Fraction]:
        """Full points of each row: as stated, and what the block has left shared among rows that state none. A row that
        leaves takes what it states with it; one that states nothing leaves before the rest is shared.
        """
        if self.equal(block, stated):
            return self.parts(block, len(stated))
        if self.stated_points == "ignored":
            stated = [None] * len(stated)
        none_stays = all(leaving)
        sharing = [points is None and (none_stays or not out) for points, out in zip(stated, leaving, strict=True)]
        left = max(block - total(points for points in stated if points is not None), Fraction(0))
        parts = iter(self.parts(left, sum(sharing)))
        return [next(parts) if own else points or Fraction(0) for own, points in zip(sharing, stated, strict=True)]

    def parts(self, points: Fraction, count: int) -> list[Fraction]:
        """Points shared by so many rows."""
        if not count:
            return []
        return [points / count] * count if self.split == "exact" else self.split.parts(points, count)

    def clause(self, full: Fraction) -> list[str]:
        """Rows have a clause of their own."""
        raise Unwritable("method")
