"""The full points, less what each fault found costs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from ..values.model import Exact, Line, Model
from .answered import Allowed, Answer, Answered, Wrong, told_apart
from .method import Around, Trouble
from .writing import points_span


class Fault(Model):
    """A fault and what it costs, from `least` to `most` at the evaluator's choice; `repeats`: each time it occurs."""

    fault: Line
    least: Exact
    most: Exact
    repeats: bool = False


class Deductions(Answered):
    """`met` names the faults that were not found, `not-met` those that were; the rest is open."""

    method: Literal["deductions"]
    faults: tuple[Fault, ...] = Field(min_length=1)
    answers: ClassVar[tuple[str, ...]] = ("points", "met", "not-met")

    def asked(self) -> tuple[str, ...]:
        """The faults."""
        return tuple(one.fault for one in self.faults)

    def checks(self, around: Around) -> Iterator[Trouble]:
        """No fault costs less at most than at least."""
        for number, one in enumerate(self.faults):
            if one.least > one.most:
                yield Trouble("judgement-out-of-bounds", ("scoring", "faults", number))

    def allowed(self, full: Fraction, answer: Answer | None, wrong: Wrong) -> Allowed:
        """Less at most, and at least, what the faults cost that are not ruled out."""
        met, missed = told_apart(answer, len(self.faults), wrong)
        low = high = full
        for number, one in enumerate(self.faults, 1):
            low -= Fraction(0) if number in met else full if one.repeats else one.most
            high -= one.least if number in missed else Fraction(0)
        return Allowed(max(low, Fraction(0)), max(high, Fraction(0)))

    def clause(self, full: Fraction) -> list[str]:
        """出现…扣…."""
        return [f"{one.fault}扣{points_span(one.least, one.most)}分" for one in self.faults]
