"""Do the boundary examples beside a criterion hold? Each gives a value of the measure and the points it must earn."""

from __future__ import annotations

from fractions import Fraction
from itertools import cycle

from ..algebra.meaning import MEANING, OneNumber, fraction, known
from ..judging.letters import scored as lettered
from ..judging.rollup import Rollup, points_of
from ..methods import Levels, Measured
from ..methods.scoring import scored
from ..planning.plan import Leaf, Plan
from ..values.amounts import NotAnAmount, read_amount
from ..values.exact import written
from ..values.problems import Place, Problem, Source
from ..values.units import UnitWord


def run_examples(plan: Plan, place: Place) -> tuple[int, list[Problem]]:
    """How many examples the rule set has, and those that differ."""
    rollup = Rollup(MEANING, plan.ruleset.policy.rounding)
    count, problems = 0, []
    for leaf in plan.leaves:
        at: tuple[str | int, ...] = tuple(step for name in leaf.path for step in ("criteria", name))
        for text, expected in leaf.spec.examples.items():
            count += 1
            source = place((*at, "examples", text), key=True)
            if isinstance(expected, str):
                problems += _letter_differs(plan, leaf, text, expected, source)
                continue
            found = _points(rollup, leaf, text)
            if found is None:
                problems.append(Problem("not-a-number", source, {"found": text}))
            elif found != (expected, expected):
                low, high = found
                shown = written(low) if low == high else f"{written(low)}–{written(high)}"
                problems.append(_differs("example-differs", text, written(expected), shown, source))
    return count, problems


def _differs(code: str, text: str, expected: str, found: str, source: Source) -> Problem:
    return Problem(code, source, {"at": text, "expected": expected, "found": found})


def _letter_differs(plan: Plan, leaf: Leaf, text: str, expected: str, source: Source) -> list[Problem]:
    """`95%、105%、?` are the values of the measures in turn (`?`: not known); one alone is the value of each."""
    letters = plan.ruleset.letters
    assert letters is not None and isinstance(leaf.method, Levels)
    texts = text.split("、")
    values = [
        MEANING.unknown() if one == "?" else _value(one, plan.word_of(tree))
        for one, tree in zip(cycle(texts), leaf.trees, strict=False)
    ]
    measures = [one for one in values if one is not None]
    if len(texts) not in (1, len(leaf.trees)) or len(measures) < len(values):
        return [Problem("not-a-number", source, {"found": text})]
    reached = leaf.method.reached(MEANING, letters.scale, measures, leaf.zero_base)
    found = lettered(letters, fraction(reached.low), fraction(reached.high), surely=True).letter
    return [] if found == expected else [_differs("letter-differs", text, expected, str(found), source)]


def _value(text: str, word: UnitWord) -> OneNumber | None:
    """A value of the measure; None where the text is none."""
    try:
        amount = read_amount(text)
    except NotAnAmount:
        return None
    return known(amount.value if amount.word else amount.value * word.scale)


def _points(rollup: Rollup[int, bool, str], leaf: Leaf, text: str) -> tuple[Fraction, Fraction] | None:
    """The points at a value of the measure; None where the text is no value of it."""
    if not isinstance(leaf.method, Measured):
        return None
    measure = _value(text, leaf.word)
    if measure is None:
        return None
    points = scored(MEANING, leaf.method, measure, known(leaf.spec.points)).points
    found = points_of(rollup.leaf(points))
    return found.low, found.high
