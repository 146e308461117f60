"""Points for each point of attention that is met; met, not met and unanswered are three things."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from ..values.model import Exact, Line, Model
from .answered import Allowed, Answer, Answered, Wrong, told_apart
from .method import Around, Trouble, Unwritable, differ
from .writing import decimal_points


class Item(Model):
    """One point of attention."""

    item: Line
    points: Exact


class Checklist(Answered):
    """Items met are earned, items not met are lost, unanswered ones are open. None gives less than 0, unless `least`
    names the least that one may give.
    """

    method: Literal["checklist"]
    items: tuple[Item, ...] = Field(min_length=1)
    least: Exact | None = None
    answers: ClassVar[tuple[str, ...]] = ("met", "not-met")

    def asked(self) -> tuple[str, ...]:
        """As written."""
        return tuple(one.item for one in self.items)

    def checks(self, around: Around) -> Iterator[Trouble]:
        """The items add up, those apart that only take off."""
        most = sum((max(one.points, Fraction(0)) for one in self.items), Fraction(0))
        yield from differ(most, around.points, "scoring", "items")

    def allowed(self, full: Fraction, answer: Answer | None, wrong: Wrong) -> Allowed:
        """What is met for sure, and what may be."""
        met, missed = told_apart(answer, len(self.items), wrong)
        earned = sum((self.items[number - 1].points for number in met), Fraction(0))
        left = [one.points for number, one in enumerate(self.items, 1) if number not in met | missed]
        return Allowed(earned + sum(one for one in left if one < 0), earned + sum(one for one in left if one > 0))

    def clause(self, full: Fraction) -> list[str]:
        """①…②…."""
        if len(self.items) > 20 or self.least is not None:
            raise Unwritable("items")
        marks = [chr(ord("①") + number) for number in range(len(self.items))]
        return [
            f"{mark}{'' if one.item == mark else one.item + '，'}{decimal_points(one.points)}分"
            for mark, one in zip(marks, self.items, strict=True)
        ]
