"""Do the boundary examples beside a criterion hold? Each gives a value of the measure and the points it must earn."""

from __future__ import annotations

from fractions import Fraction
from itertools import cycle

from .algebra.values import Number
from .exact import written
from .expressions.reader import Unreadable, number
from .figures import MEANING, known
from .forms import Levels, Measured
from .letters import scored
from .levels import Leveller
from .plan import Leaf, Plan
from .problems import Place, Problem, Source
from .scoring import Choices, Scorer
from .totals import ends
from .units import UnitWord, unit_word


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
            if isinstance(expected, str):
                problems += _letter_differs(plan, leaf, text, expected, source)
                continue
            found = _points(scorer, leaf, text)
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
    assert letters is not None and isinstance(leaf.form, Levels)
    texts = text.split("、")
    values = [
        MEANING.unknown() if one == "?" else _value(one, plan.word_of(tree))
        for one, tree in zip(cycle(texts), leaf.trees, strict=False)
    ]
    measures = [one for one in values if one is not None]
    if len(texts) not in (1, len(leaf.trees)) or len(measures) < len(values):
        return [Problem("not-a-number", source, {"found": text})]
    reached = ends(Leveller(MEANING, letters).reached(leaf.form, measures, leaf.zero_base))
    found = scored(letters, reached.low, reached.high, surely=True).letter
    return [] if found == expected else [_differs("letter-differs", text, expected, str(found), source)]


def _value(text: str, word: UnitWord) -> Number | None:
    """A value of the measure; None where the text is none."""
    try:
        literal = number(text)
    except Unreadable:
        return None
    return known(literal.value * (unit_word(literal.word) if literal.word else word).scale)


def _points(scorer: Scorer, leaf: Leaf, text: str) -> tuple[Fraction, Fraction] | None:
    """The points at a value of the measure; None where the text is no value of it."""
    if not isinstance(leaf.form, Measured):
        return None
    measure = _value(text, leaf.word)
    if measure is None:
        return None
    points = scorer.points(leaf.form, measure, known(leaf.spec.points), leaf.zero_base)
    found = ends(points)
    return found.low, found.high
