"""Which thresholds has each form, and do the examples of all rule files meet each exactly and just miss it?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction as F
from typing import Any

import pytest

from engine.planning.plan import Leaf, Plan
from engine.planning.planner import plan
from engine.quality.examples import run_examples
from engine.quality.thresholds import left_out, thresholds, uncovered, without_examples
from engine.reading.document import parse
from engine.reading.editions import load_rules
from engine.reading.library import digest, ruleset_files
from engine.reading.models import validated
from engine.rules.ruleset import RuleSet
from engine.values.exact import written
from tests.shapes.test_shapes import BASE, SHAPES, judged

Place = Any


def planned(rules: dict[str, Any]) -> tuple[Plan, Place]:
    document = parse(json.dumps(rules, ensure_ascii=False), "rules.yaml")
    ruleset = validated(document, RuleSet)
    return plan(ruleset, document.place, digest(ruleset)), document.place


def leaf(scoring: dict[str, Any], points: str = "10", **others: Any) -> Leaf:
    criterion = {"points": points, "measure": "率", "scoring": scoring, **others}
    rules = BASE["rules"] | {"figures": {"率": {"unit": "%"}}, "criteria": {"率": criterion}}
    rules["policy"] = rules["policy"] | {"outside-bands": "open"}
    (only,) = planned(rules)[0].leaves
    return only


def told(one: Leaf) -> dict[str, tuple[int, ...]]:
    return {written(threshold.at * 100): threshold.sides for threshold in thresholds(one)}


BELOW, ABOVE, BOTH = (-1,), (1,), (-1, 1)
FORWARD = {"method": "proportional", "direction": "forward", "target": "90%"}
REVERSE = {"method": "proportional", "direction": "reverse", "target": "50%"}
STEPS = {"method": "steps", "from": "100%", "step": "5%", "base": "points", "deduct": "3"}
LADDER = [{"from": "90%", "points": "10"}, {"from": "80%", "to": "90%", "points": "4"}, {"to": "80%", "points": "0"}]


@pytest.mark.parametrize(
    ("scoring", "expected"),
    [
        (FORWARD | {"over": "full"}, {"90": BELOW}),
        (FORWARD | {"over": "zero"}, {"90": BOTH}),
        (FORWARD | {"over": "full", "pass": "60%"}, {"60": BELOW, "90": BELOW}),
        (FORWARD | {"most": "120%"}, {"90": BELOW, "108": BELOW}),
        (REVERSE | {"reverse": "inverse"}, {"50": ABOVE}),
        (REVERSE | {"reverse": "linear"}, {"50": ABOVE, "100": BELOW}),
        ({"method": "linear", "full-at": "100%", "zero-at": "80%"}, {"80": ABOVE, "100": BELOW}),
        (
            {"method": "linear", "full-at": "100%", "zero-at": "80%", "most": "150%"},
            {"80": ABOVE, "100": BELOW, "110": BELOW},
        ),
        ({"method": "bands", "edges": "lower-closed", "bands": LADDER}, {"80": BELOW, "90": BELOW}),
        ({"method": "bands", "edges": "upper-closed", "bands": LADDER}, {"80": ABOVE, "90": ABOVE}),
        # 10, 7, 4, 1, 0: four steps of 5 points
        (STEPS | {"side": "above", "partial-step": "whole"}, {"100": (), "105": BELOW, "120": BELOW}),
        (STEPS | {"side": "above", "partial-step": "started"}, {"100": ABOVE, "105": ABOVE, "115": ABOVE}),
        (STEPS | {"side": "below", "partial-step": "whole"}, {"80": ABOVE, "95": ABOVE, "100": ()}),
        (
            {"method": "additions", "from": "0%", "side": "above", "step": "1%", "add": "4", "partial-step": "whole"},
            {"0": (), "1": BELOW, "3": BELOW},
        ),
        (
            FORWARD | {"over": "full", "cuts": [{"at": "50%", "side": "below", "closed": False, "points": "0"}]},
            {"50": BELOW, "90": BELOW},
        ),
        ({"method": "judgement"}, {}),
    ],
)
def test_a_form_has_its_thresholds_and_the_sides_on_which_they_are_missed(
    scoring: dict[str, Any], expected: dict[str, tuple[int, ...]]
) -> None:
    """Beyond 110% of a line from 80% to 100% lie more than 150% of the points; 120% of a 90% target is 108%."""
    assert told(leaf(scoring)) == expected


def test_steps_pro_rata_turn_at_the_standard_and_where_nothing_is_left() -> None:
    """10 ÷ 3 steps of 5% are 16.67 points: no decimal writes 83.33…%, so only its neighbour can be asked for."""
    one = leaf(STEPS | {"side": "below", "partial-step": "pro-rata"})
    assert [(threshold.at, threshold.sides) for threshold in thresholds(one)] == [(F(5, 6), ABOVE), (F(1), BELOW)]
    assert list(left_out(one, {F(1), F("0.99"), F("0.84")}, F("0.01"))) == []


def test_what_examples_leave_out_is_told_in_the_precision_in_which_they_are_printed() -> None:
    scoring = {"method": "bands", "edges": "lower-closed", "bands": LADDER}
    one = leaf(scoring, examples={"90%": 10, "79.9%": 0})
    assert list(left_out(one, {F("0.9"), F("0.799")}, F("0.001"))) == ["80%", "89.9%"]
    rules = BASE["rules"] | {"figures": {"率": {"unit": "%"}}, "criteria": {"率": one.spec.model_dump(by_alias=True)}}
    ((found, values),) = uncovered(planned(rules)[0])
    assert (found.path, values) == (("率",), ("80%", "89.9%"))


@pytest.mark.parametrize("path", ruleset_files(), ids=lambda path: path.stem)
def test_every_criterion_of_a_rule_set_has_examples_at_and_beside_each_threshold(path: Any) -> None:
    ready, _ = load_rules(path)
    assert without_examples(ready) == []
    assert [("/".join(one.path), values) for one, values in uncovered(ready)] == []


@pytest.mark.parametrize("name", SHAPES)
def test_every_criterion_of_a_shape_is_tried_at_and_beside_each_threshold(name: str) -> None:
    """By the examples beside it or by what is filed; beside is within one of its unit (1%, one day)."""
    shape = SHAPES[name]
    ready, place = planned(BASE["rules"] | shape["rules"])
    assert run_examples(ready, place)[1] == []
    filed = list(_filed(shape))
    for one in ready.leaves:
        if not thresholds(one):
            continue
        beside = [F(text.rstrip(one.word.word)) * one.word.scale for text in one.spec.examples]
        values = {value for path, value in filed if path == "/".join(one.path)} | set(beside)
        assert list(left_out(one, values, one.word.scale)) == [], one.path


def _filed(shape: dict[str, Any]) -> Iterator[tuple[str, F]]:
    """Each value of a measure that the examples of a shape file, with the path of its criterion."""
    for example in shape["examples"]:
        if "refused" in example or "rules" in example:
            continue
        for one in judged(shape, example).criteria:
            for measure in one.measures:
                if measure.exact is not None:
                    yield "/".join(one.id), F(measure.exact)
