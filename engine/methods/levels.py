"""The best letter whose range is reached by at least so many of the measures.

A measure that is not known may lie anywhere: the letter is then between what is reached for sure and what is possible,
and where the two are one, the unknown changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range, Truth
from ..values.amounts import Amount
from ..values.model import AmountText, Line, Model
from .method import Method, Unwritable


class Level(Model):
    """A letter and the range that earns it, from `from` to `to` (either may be missing); `closed` says whether the ends
    belong to it.
    """

    letter: Line
    from_: AmountText | None = None
    to: AmountText | None = None
    closed: bool

    def ends(self) -> list[tuple[str, Amount]]:
        """The comparisons that a measure in the range meets."""
        low, high = (">=", "<=") if self.closed else (">", "<")
        return [(sign, end) for sign, end in ((low, self.from_), (high, self.to)) if end is not None]

    def shown(self) -> str:
        """The range as mathematics writes it: `[95%, 105%]`."""
        left = "[" if self.closed and self.from_ else "("
        right = "]" if self.closed and self.to else ")"
        return f"{left}{self.from_ or '−∞'}, {self.to or '∞'}{right}"


class Levels(Method):
    """The best letter reached by at least `reached_in` of the measures, else `otherwise`.

    Each range lies within the next. Without `measures`, the criterion's own is the only one.
    """

    method: Literal["levels"]
    measures: tuple[Line, ...] = ()
    reached_in: int = Field(default=1, ge=1)
    levels: tuple[Level, ...] = Field(min_length=1)
    otherwise: Line
    answers: ClassVar[tuple[str, ...]] = ()

    def reached(
        self,
        m: Meaning[Whole, Bit, Words],
        scale: Mapping[str, Fraction],
        measures: Sequence[Number[Whole, Bit]],
        zero_base: str,
    ) -> Range[Whole, Bit]:
        """What the letter counts as on the scale, low and high; not applicable where none of the measures is."""
        low = high = m.number(scale[self.otherwise])
        for level in reversed(self.levels):
            enough = self._counted(m, [_within(m, level, x, zero_base) for x in measures])
            value = m.number(scale[level.letter])
            low, high = m.choose(enough.sure, value, low), m.choose(enough.possible, value, high)
        inapplicable = m.carrier.true
        for x in measures:
            inapplicable = inapplicable & x.inapplicable
        none = m.inapplicable()
        return Range(m.choose(inapplicable, none, low), m.choose(inapplicable, none, high))

    def _counted(self, m: Meaning[Whole, Bit, Words], within: Sequence[Truth[Bit]]) -> Truth[Bit]:
        """Is the range reached by enough of the measures?"""
        c = m.carrier
        sure = possible = c.whole(0)
        for truth in within:
            sure = sure + c.chosen(truth.sure, c.whole(1), c.whole(0))
            possible = possible + c.chosen(truth.possible, c.whole(1), c.whole(0))
        needed = c.whole(self.reached_in)
        return m.truth(c.at_most(needed, sure), c.at_most(needed, possible))

    def clause(self, full: Fraction) -> list[str]:
        """Letters have no official wording of ours."""
        raise Unwritable("method")


def _within(m: Meaning[Whole, Bit, Words], level: Level, x: Number[Whole, Bit], zero_base: str) -> Truth[Bit]:
    """Does `x` lie in the range? Over a base of 0 it does, or not, as the rule set names it; unnamed, it may."""
    truth = m.yes
    for sign, end in level.ends():
        truth = m.both(truth, m.compared(sign, x, m.number(end.value)))
    c = m.carrier
    doubted = x.undefined & x.risky  # what nobody knows, over 0
    over_zero = x.undefined & c.negated(doubted) if zero_base != "open" else c.false
    lifted, sunk = (over_zero, c.false) if zero_base == "full" else (c.false, over_zero)
    may = x.undefined if zero_base == "open" else doubted | (x.risky & m.open(x) if zero_base == "full" else c.false)
    down = c.negated(x.risky & m.open(x)) if zero_base == "zero" else c.true
    sure = (truth.sure | lifted) & c.negated(sunk) & down
    return m.truth(sure, (truth.possible | lifted | may) & c.negated(sunk))
