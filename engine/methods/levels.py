"""Which letter do measures reach? In ranges, in at least so many of them; written once, for scalars and columns.

A measure that is not known may lie anywhere: the letter is then between what is reached for sure and what is possible,
and where the two are one, the unknown changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..algebra.meaning import Meaning, Number, Range, Truth
from ..rules.letters import Letters
from ..values.amounts import Amount
from .methods import Level, Levels


class Leveller:
    """Levels over one carrier."""

    def __init__(self, meaning: Meaning, letters: Letters) -> None:
        self.meaning, self.letters = meaning, letters

    def reached(self, method: Levels, measures: Sequence[Number], zero_base: str) -> Range:
        """What the letter counts as, low and high; not applicable where none of the measures is."""
        m, scale = self.meaning, self.letters.scale
        low = high = m.number(scale[method.otherwise])
        for level in reversed(method.levels):
            counted = self._counted(method, [self._within(level, x, zero_base) for x in measures])
            value = m.number(scale[level.letter])
            low, high = m.choose(counted.sure, value, low), m.choose(counted.possible, value, high)
        inapplicable = m.carrier.true
        for x in measures:
            inapplicable = inapplicable & x.inapplicable
        none = m.inapplicable()
        return Range(m.choose(inapplicable, none, low), m.choose(inapplicable, none, high))

    def _counted(self, method: Levels, within: Sequence[Truth]) -> Truth:
        """Is the range reached by enough of the measures?"""
        c = self.meaning.carrier
        sure = possible = c.whole(0)
        for truth in within:
            sure = sure + c.choose(truth.sure, c.whole(1), c.whole(0))
            possible = possible + c.choose(truth.possible, c.whole(1), c.whole(0))
        needed = c.whole(method.reached_in)
        return Truth(sure >= needed, possible >= needed)

    def _within(self, level: Level, x: Number, zero_base: str) -> Truth:
        """Does `x` lie in the range? Over a base of 0 it does, or not, as the rule set names it."""
        m = self.meaning
        truth = m.yes
        for sign, end in ends(level):
            truth = m.both(truth, m.compared(sign, x, m.number(end.value)))
        if zero_base == "open":
            return truth
        settled = m.bit(zero_base == "full")
        pick = m.carrier.choose
        return Truth(pick(x.undefined, settled.sure, truth.sure), pick(x.undefined, settled.possible, truth.possible))


def ends(level: Level) -> list[tuple[str, Amount]]:
    """The comparisons that a measure in the range meets."""
    low, high = (">=", "<=") if level.closed else (">", "<")
    return [(sign, end) for sign, end in ((low, level.from_), (high, level.to)) if end is not None]
