"""Does the list of editions show every choice that the wording left open, how it was settled, and why?"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest

from engine.expressions.symbols import INDICATORS
from engine.quality.catalogue import Choice, choices, editions, row_choices
from engine.reading.document import parse
from engine.reading.editions import load_rules
from engine.reading.library import ruleset_files
from engine.reading.models import validated
from engine.rules.policy import Policy, Reasons
from engine.rules.rows import RowReasons, RowRules
from engine.rules.ruleset import Criterion, RuleSet
from engine.values.problems import Refused

EDITIONS = sorted(path.stem for path in ruleset_files())


@cache
def edition(name: str) -> RuleSet:
    (path,) = [path for path in ruleset_files() if path.stem == name]
    return load_rules(path)[0].ruleset


def read(**keys: Any) -> RuleSet:
    rules = {
        "ruleset": "try",
        "edition": "2024",
        "title": "试评分表",
        "judges": ["department"],
        "complete": True,
        "of": "10",
        "authority": [{"issuer": "某局", "document": "某表", "verified": True}],
        "policy": {"rounding": {"points": 2, "total": 1, "mode": "truncate"}, "not-applicable": "full"},
    }
    return validated(parse(json.dumps(rules | keys, ensure_ascii=False), "rules.yaml"), RuleSet)


ROWS = {
    "unmarked": "forward",
    "equal": "exact",
    "reverse": "linear",
    "over-fulfilment": {"from": "150%", "effect": "deduct", "deduct": "2"},
    "zero-target": "open",
    "copied": "zero",
    "worded": "judged",
    "derived-target": "open",
    "packed": "open",
    "wording": "unseen",
    "tiers": [{"tier": "好", "from": "60%", "to": "100%"}, {"tier": "差", "from": "0%", "to": "60%"}],
}


@pytest.mark.parametrize("name", EDITIONS)
def test_every_choice_of_every_edition_has_a_reason(name: str) -> None:
    ruleset = edition(name)
    made = [*choices(ruleset), *row_choices(ruleset)]
    assert ("rounding" in {one.name for one in made}) == (ruleset.letters is None)  # letters are not rounded
    assert [one.name for one in made if not one.reason.strip()] == []


@pytest.mark.parametrize("name", EDITIONS)
def test_no_edition_gives_a_reason_for_a_choice_it_does_not_make(name: str) -> None:
    ruleset = edition(name)
    told = set(ruleset.reasons.model_dump(by_alias=True, exclude_defaults=True).values())
    told |= {reason for spec in leaves(ruleset.criteria) for reason in spec.reasons.model_dump().values() if reason}
    assert told == {one.reason for one in choices(ruleset)}


def leaves(criteria: dict[str, Criterion]) -> list[Criterion]:
    return [leaf for spec in criteria.values() for leaf in (leaves(spec.criteria) if spec.criteria else [spec])]


@pytest.mark.parametrize("name", EDITIONS)
def test_every_edition_has_years_or_says_why_not(name: str) -> None:
    ruleset = edition(name)
    assert (ruleset.years is None) == ("不写 years" in ruleset.notes or "不写 places 和 years" in ruleset.notes)


def test_reasons_are_named_like_the_choices() -> None:
    assert set(Reasons.model_fields) == set(Policy.model_fields)
    assert set(RowReasons.model_fields) == {*RowRules.model_fields, "split", "stated_points", "shares"} - {
        "clause",
        "wording",
    }


def test_choices_of_the_policy_and_of_a_criterion_come_with_their_reasons() -> None:
    leaf = {
        "points": "10",
        "clause": "100%计满分，每低于5%扣2分，扣完为止。",
        "choose": {"partial-step": "whole"},
        "applies": "有项目",
        "not-applicable": "excluded",
        "reasons": {"partial-step": "原文未说", "not-applicable": "表下有注"},
    }
    found = choices(read(reasons={"rounding": "惯例"}, criteria={"投入": {"points": "10", "criteria": {"甲": leaf}}}))
    assert list(found) == [
        Choice("rounding", "2/1 truncate", "惯例"),
        Choice("not-applicable", "full", ""),
        Choice("投入/甲 partial-step", "whole", "原文未说"),
        Choice("投入/甲 not-applicable", "excluded", "表下有注"),
    ]


def test_choices_that_stand_in_a_form_are_listed() -> None:
    scoring = {"method": "proportional", "direction": "forward", "target": "100%", "over": "zero"}
    found = choices(read(criteria={"甲": {"points": "10", "scoring": scoring, "reasons": {"over": "须核实"}}}))
    assert list(found)[2:] == [Choice("甲 over", "zero", "须核实")]


def test_row_choices_leave_out_what_is_not_named_and_tell_of_the_split_once() -> None:
    split = {"digits": 0, "mode": "half-up", "remainder": "last"}
    block = {"points": "5", "scoring": {"method": "indicators", "split": split, "stated-points": "ignored"}}
    rules = read(rows=ROWS, row_reasons={"equal": "目标即定额"}, criteria={"甲": block, "乙": block})
    assert [(one.name, one.value) for one in row_choices(rules)] == [
        ("unmarked", "forward"),
        ("equal", "exact"),
        ("reverse", "linear"),
        ("over-fulfilment", "from 150%, effect deduct, deduct 2"),
        ("zero-target", "open"),
        ("copied", "zero"),
        ("worded", "judged"),
        ("derived-target", "open"),
        ("packed", "open"),
        ("tiers", "好 60%–100% | 差 0%–60%"),
        ("split", "digits 0, mode half-up, remainder last"),
        ("stated-points", "ignored"),
    ]
    assert {one.name: one.reason for one in row_choices(rules) if one.reason} == {"equal": "目标即定额"}


def test_row_choices_are_one_line_with_reasons_behind_them() -> None:
    late = {"each": "10天", "deduct": "1.5", "partial-step": "whole"}
    named = {"parts": "share", "deadline": {"before": "inclusive", "late": late}, "reductions": ["30%", "100%"]}
    page = editions([read(rows=ROWS | named, **{"row-reasons": {"parts": "所见如此"}})], "en")
    (line,) = [line for line in page.splitlines() if line.startswith("- Rows: ")]
    assert "`unmarked: forward` · `equal: exact` · " in line
    assert "`deadline: before inclusive, late each 10天, deduct 1.5, partial-step whole` · " in line
    assert "`parts: share` — 所见如此 · `reductions: 30% | 100%` · " in line


def test_an_edition_without_years_is_used_by_name_alone() -> None:
    assert "- 评价对象：部门整体 · 不限地区 · 未写年份，须指名使用" in editions([read()], "zh")
    assert "- 评价对象：部门整体 · 湖南省 · 2018—2019年" in editions(
        [read(places=["湖南省"], years={"from": 2018, "to": 2019})], "zh"
    )


@pytest.mark.parametrize(
    "keys",
    [
        {"reasons": {"roundings": "惯例"}},
        {"row-reasons": {"wording": "惯例"}},
        {"criteria": {"甲": {"points": "10", "reasons": {"rounding": "惯例"}}}},
    ],
    ids=["policy", "rows", "criterion"],
)
def test_a_reason_for_no_known_choice_is_refused(keys: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        read(**keys)
    assert [problem.code for problem in refused.value.problems] == ["unknown-key"]


@pytest.mark.parametrize("twin", ["README.md", "README.zh-CN.md"])
def test_every_field_of_a_row_is_listed_for_who_writes_rules(twin: str) -> None:
    text = (ruleset_files()[0].parent / twin).read_text(encoding="utf-8")
    start = text.index("`name level kind direction")
    listed = re.findall(r"`([^`]+)`", text[start : text.index("\n\n", start)])
    assert sorted(name for some in listed for name in some.split()) == sorted(INDICATORS)
