"""What do all methods share that score an evaluator's answer?"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from .method import Method


@dataclass(frozen=True, slots=True)
class Answer:
    """What an evaluator said of a criterion or row; `None` and "" where nothing of the kind."""

    points: Fraction | None = None
    tier: str = ""
    met: tuple[int, ...] = ()
    not_met: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowed:
    """The points that an answer leaves possible; `beyond` is an end that belongs to the tier beside it."""

    low: Fraction
    high: Fraction
    beyond: Fraction | None = None

    def holds(self, points: Fraction) -> bool:
        """Do these points lie within, and clear of an end that is another's?"""
        return self.low <= points <= self.high and points != self.beyond


Wrong = Callable[..., None]
"""`wrong(code, *field, near="", **facts)`: notes what of an answer does not fit."""


class Answered(Method):
    """A method that scores an evaluator's answer."""

    @abstractmethod
    def allowed(self, full: Fraction, answer: Answer | None, wrong: Wrong) -> Allowed:
        """The points that the answer leaves possible (without one: all the method could give)."""

    def asked(self) -> tuple[str, ...]:
        """What is asked, where it is asked item by item."""
        return ()


def told_apart(answer: Answer | None, count: int, wrong: Wrong) -> tuple[set[int], set[int]]:
    """The items met and not met that exist, each in one of the two; none without an answer."""
    if answer is None:
        return set(), set()
    for field, items in (("met", answer.met), ("not-met", answer.not_met)):
        for place, item in enumerate(items):
            if not 1 <= item <= count or (field == "not-met" and item in answer.met):
                wrong("wrong-item", field, place, found=str(item), items=str(count))
    known = set(range(1, count + 1))
    return known & set(answer.met), (known & set(answer.not_met)) - set(answer.met)
