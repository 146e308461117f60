"""Which letters does a rule set score by? All of it is the rule file's.

Letters stand in place of points: no total, no grade. Each counts as a number where several are put together: by the
weakest link, or by a table from the number of criteria and their sum. What does not apply is left out; where
information is wanting, the rule set names the letter.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from ..values.model import Exact, Line, Model


class Wanting(Model):
    """What a criterion gets for want of information: the `letter` printed, and the letter it `counts` as above."""

    letter: Line
    counts: Line


class Letters(Model):
    """The letters, from the best, and what each counts as.

    `lift` is what the weakest of several is raised by where another is higher. `conversion` gives, by the number of
    criteria that apply, the lowest sum that earns each letter. `not_applicable` is printed for what is left out.
    """

    scale: dict[str, Exact] = Field(min_length=1)
    wanting: Wanting
    not_applicable: Line
    lift: Exact = Fraction(0)
    conversion: dict[Annotated[int, Field(ge=1)], dict[str, Exact]] = {}

    def named(self, value: Fraction) -> str | None:
        """The letter that counts as `value`; None where there is none."""
        return next((letter for letter, counts in self.scale.items() if counts == value), None)

    @property
    def best(self) -> str:
        """The first letter of the scale."""
        return next(iter(self.scale))

    @property
    def worst(self) -> str:
        """The last letter of the scale."""
        return [*self.scale][-1]
