"""Do the boundary examples beside a criterion hold? Each gives a value of the measure and the points it must earn."""

from __future__ import annotations

from fractions import Fraction

from .exact import written
from .expressions.reader import Unreadable, number
from .figures import MEANING, Place, known
from .forms import Answered, Holds, Indicators
from .plan import Leaf, Plan
from .problems import Problem
from .scoring import Choices, Scorer
from .totals import ends
from .units import unit_word


def run_examples(plan: Plan, place: Place) -> tuple[int, list[Problem]]:
    """How many examples the rule set has, and those that differ."""
    rounding = plan.ruleset.policy.rounding
    digits = None if rounding.points == "exact" else rounding.points
    scorer = Scorer(MEANING, Choices(digits, rounding.mode))
    count, problems = 0, []
    for leaf in plan.leaves:
        at: tuple[str | int, ...] = tuple(step for name in leaf.path for step in ("criteria", name))
        for text, expected in leaf.spec.examples.items():
            count += 1
            source = place((*at, "examples", text), key=True)
            found = _points(scorer, leaf, text)
            if found is None:
                problems.append(Problem("not-a-number", source, {"found": text}))
            elif found != (expected, expected):
                low, high = found
                shown = written(low) if low == high else f"{written(low)}–{written(high)}"
                facts = {"at": text, "expected": written(expected), "found": shown}
                problems.append(Problem("example-differs", source, facts))
    return count, problems


def _points(scorer: Scorer, leaf: Leaf, text: str) -> tuple[Fraction, Fraction] | None:
    """The points at a value of the measure; None where the text is no value of it."""
    if isinstance(leaf.form, Answered | Holds | Indicators):
        return None
    try:
        literal = number(text)
    except Unreadable:
        return None
    word = unit_word(literal.word) if literal.word else leaf.word
    points = scorer.points(leaf.form, known(literal.value * word.scale), known(leaf.spec.points), leaf.zero_base)
    found = ends(points)
    return found.low, found.high
