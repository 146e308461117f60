"""The evaluator names which outcome holds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from ..values.model import Exact, Line, Model
from ..values.problems import nearest
from .answered import Allowed, Answer, Answered, Wrong
from .method import Around, Trouble, Unwritable, differ
from .writing import decimal_points


class Outcome(Model):
    """A named outcome and its points."""

    outcome: Line
    points: Exact


class Outcomes(Answered):
    """The best outcome gives the full points. None gives less than 0, unless `least` names the least."""

    method: Literal["outcomes"]
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    least: Exact | None = None
    answers: ClassVar[tuple[str, ...]] = ("tier",)

    def checks(self, around: Around) -> Iterator[Trouble]:
        """The best gives all."""
        yield from differ(max(one.points for one in self.outcomes), around.points, "scoring", "outcomes")

    def allowed(self, full: Fraction, answer: Answer | None, wrong: Wrong) -> Allowed:
        """The points of the outcome named; until one is, from the least to the most."""
        points = {one.outcome: one.points for one in self.outcomes}
        name = answer.tier if answer is not None else ""
        if name and name not in points:
            wrong("unknown-tier", "tier", near=nearest(name, points), found=name, expected="、".join(points))
        if name in points:
            return Allowed(points[name], points[name])
        return Allowed(min(points.values()), max(points.values()))

    def clause(self, full: Fraction) -> list[str]:
        """甲得…；乙得…."""
        if self.least is not None:
            raise Unwritable("least")
        return [f"{one.outcome}得{decimal_points(one.points)}分" for one in self.outcomes]
