"""What becomes of an indicator row that does not apply, by what the rule set names? By hand, end to end."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

import pytest

from engine.values.problems import Refused
from tests.shapes.test_shapes import BASE, judged

BLOCK = {"method": "indicators", "level": "产出", "split": "exact", "stated-points": "prevail"}


def filed(treated: str, rows: list[dict[str, str]]) -> tuple[dict[str, F], F, F]:
    """Points of each row, of a block of 40 beside a criterion of 60 that earns 30; the total, and what it is of."""
    rest = {"points": "60", "scoring": {"method": "judgement"}}
    if treated == "renormalise":
        rest["not-applicable"] = "renormalise"
    criteria = {"产出": {"points": "40", "not-applicable": treated, "scoring": BLOCK}, "其余": rest}
    answers = [{"criterion": "其余", "points": "30", "by": "甲", "reason": "核对"}]
    rules = {"criteria": criteria, "rows": BASE["rules"]["rows"]}
    found = judged({"rules": rules}, {"indicators": rows, "judgements": answers})
    assert found.score is not None
    points = {one.id[-1]: F(one.points or "-1") for one in found.criteria}
    return points, F(found.score.points or "-1"), F(found.score.of)


def row(name: str, target: str, actual: str, **others: Any) -> dict[str, Any]:
    return {"name": name, "level": "产出", "target": target, "actual": actual, **others}


HALF, NONE_TARGET, NONE_ACTUAL = row("甲", "≥10件", "5件"), row("乙", "不适用", "5件"), row("乙", "≥10件", "不适用")


@pytest.mark.parametrize("gone", [NONE_TARGET, NONE_ACTUAL], ids=["target", "actual"])
@pytest.mark.parametrize(
    ("treated", "first", "total", "of"),
    [
        ("full", "10", "60", "100"),  # each row has 20: 10 + 20 + 30
        ("excluded", "20", "50", "100"),  # it leaves before unstated points are split: 甲 has all 40
    ],
)
def test_a_row_that_does_not_apply_is_treated_as_named(
    gone: dict[str, Any], treated: str, first: str, total: str, of: str
) -> None:
    points, summed, whole = filed(treated, [HALF, gone])
    assert (points["甲"], summed, whole) == (F(first), F(total), F(of))


def test_stated_points_of_a_row_that_does_not_apply_leave_the_table_with_it_or_are_scaled_up() -> None:
    """甲 10 of 20, 乙 20 of 20 left out: 10 + 30 of 80; or scaled, 40 of 80 is 50 of 100."""
    rows = [{**HALF, "points": "20"}, {**NONE_ACTUAL, "points": "20"}]
    assert filed("excluded", rows)[1:] == (40, 80)
    assert filed("renormalise", rows)[1:] == (50, 100)


def told(filed_: list[dict[str, Any]], scoring: dict[str, Any], of: str = "20", **sections: Any) -> dict[str, F]:
    """Points of one criterion and of the rows below it; `rows` and `policy` lie over those of the shapes."""
    rules = {name: BASE["rules"][name] | sections.get(name, {}) for name in ("rows", "policy")}
    examples = {"examples": {"100%": of}} if scoring["method"] == "share" else {}
    criteria = {"块": {"points": of, "scoring": scoring, **examples}}
    answers = [{"by": "甲", "reason": "核对", **one} for one in sections.get("answers", [])]
    found = judged({"rules": {"criteria": criteria, **rules}}, {"indicators": filed_, "judgements": answers})
    return {one.id[-1]: F(one.points or "-1") for one in found.criteria}


def test_rows_rounded_up_earn_no_more_together_than_their_full_points() -> None:
    """1.26 among ten: 99.99% of 0.126 is printed 0.13 each, and ten times that would be 1.30."""
    rows = [row(f"甲{number}", "≥10000件", "9999件") for number in range(10)]
    points = told(rows, BLOCK, of="1.26")
    assert (points["甲0"], points["块"]) == (F("0.13"), F("1.26"))


def test_the_edges_of_tiers_are_those_of_the_rows_before_those_of_the_policy() -> None:
    """16 of 20 is an end of 部分达成 where upper ends belong, though bands of the same rule set keep lower ones."""
    answer = {"row": "效果", "tier": "部分达成", "points": "16"}
    edges = {"rows": {"edges": "upper-closed"}, "policy": {"edges": "lower-closed"}}
    assert told([row("效果", "明显", "明显")], BLOCK, answers=[answer], **edges)["效果"] == 16


@pytest.mark.parametrize(("done", "points"), [("2023年6月29日", 20), ("2023年6月30日", 20), ("2023年7月1日", 0)])
def test_a_date_is_met_on_the_very_day(done: str, points: int) -> None:
    deadline = {"rows": {"deadline": {"before": "inclusive", "late": "zero"}}}
    assert told([row("甲", "2023年6月30日", done)], {"method": "share"}, **deadline)["块"] == points
    assert told([row("甲", "2023年6月30日", done)], BLOCK, **deadline)["甲"] == points


def test_a_reviewers_cut_leaves_points_rounded_like_any_others() -> None:
    """20 ÷ 3 less 30% of it is 4.67 a row, and the block is the sum of what is printed: 14.01."""
    rows = [row(name, "≥3件", "3件") for name in "甲乙丙"]
    cut = [{"row": name, "reduce": "30%"} for name in "甲乙丙"]
    points = told(rows, BLOCK, answers=cut, rows={"reductions": ["30%"]})
    assert (points["甲"], points["块"]) == (F("4.67"), F("14.01"))


def test_a_tier_is_read_of_a_row_that_is_worth_nothing() -> None:
    rows = [row("效果", "明显", "明显", points="0"), row("甲", "≥3件", "3件", points="20")]
    points = told(rows, BLOCK, answers=[{"row": "效果", "tier": "达成"}])
    assert (points["效果"], points["块"]) == (0, 20)


def late(done: str, due: str = "2023年6月30日", **cells: str) -> Any:
    """A row of 20 to be done by a day, with a rule of its own where it prints one; a finding reads its delay."""
    rows = {"deadline": {"before": "inclusive", "late": "zero"}, "own-clauses": "accepted"}
    slow = {"severity": "minor", "for": "each indicator", "when": "delay > 10天", "says": "迟", "ground": "practice"}
    rules = {
        "criteria": {"块": {"points": "20", "scoring": BLOCK}},
        "rows": BASE["rules"]["rows"] | rows,
        "policy": BASE["rules"]["policy"] | {"partial-step": "whole"},
        "findings": {"迟": slow},
    }
    return judged({"rules": rules}, {"indicators": [row("甲", due, done, **cells)]})


@pytest.mark.parametrize(("done", "sure"), [("2023年7月20日", True), ("2023年7月5日", False), ("2023年7月", False)])
def test_a_delay_that_only_may_be_long_is_not_said_to_be(done: str, sure: bool) -> None:
    """A month is 1 to 31 days after the last of June."""
    assert [one.id for one in late(done).findings if one.status == "sure"] == ["迟"] * sure


def test_a_delay_that_nobody_can_count_reaches_down_to_the_floor_of_the_rule() -> None:
    """No calendar says which days of 2098 are worked."""
    clause = "按期完成得20分，每超出1个工作日扣1分，最低得4分"
    found = late("2098年7月1日", "2098年6月30日", clause=clause).criteria[-1]
    assert (found.low, found.high) == ("4.00", "20.00")


@pytest.mark.parametrize(("stated", "sharing"), [("40", []), ("", ["甲"])])
def test_a_row_that_left_has_no_share_of_the_block(stated: str, sharing: list[str]) -> None:
    """What 乙 leaves undone leaves with it; 甲 shares the 40 only where it states no points of its own."""
    shared = {"severity": "minor", "for": "each indicator", "when": "equal_share", "says": "平分", "ground": "practice"}
    criteria = {"块": {"points": "40", "not-applicable": "excluded", "scoring": BLOCK}}
    rows = [row("甲", "≥10件", "5件", points=stated), NONE_ACTUAL]
    rules = {"criteria": criteria, "rows": BASE["rules"]["rows"], "findings": {"平分": shared}}
    found = judged({"rules": rules}, {"indicators": rows})
    assert [one.subject for one in found.findings if one.status == "sure"] == sharing


@pytest.mark.parametrize(("tier", "points", "code"), [("优", "20", ""), ("良", "20", "points-of-the-next-tier")])
def test_a_tier_of_one_share_keeps_it(tier: str, points: str, code: str) -> None:
    """优 is 100% and nothing else; 良 touches it, and with lower ends closed does not reach it."""
    tiers = [("优", "100%", "100%"), ("良", "60%", "100%"), ("差", "0%", "60%")]
    rules = {"tiers": [{"tier": name, "from": low, "to": high} for name, low, high in tiers]}
    answer = {"row": "效果", "tier": tier, "points": points}
    if code:
        with pytest.raises(Refused) as refused:
            told([row("效果", "明显", "明显")], BLOCK, answers=[answer], rows=rules)
        assert [one.code for one in refused.value.problems] == [code]
    else:
        assert told([row("效果", "明显", "明显")], BLOCK, answers=[answer], rows=rules)["效果"] == F(points)


def test_what_a_printed_rule_gave_stands_beside_what_an_evaluator_made_of_it() -> None:
    """Two 件 short: 20 − 2 × 1 = 18, changed to 15."""
    rules = {
        "criteria": {"块": {"points": "20", "scoring": BLOCK}},
        "rows": BASE["rules"]["rows"] | {"own-clauses": "accepted", "editable": "true"},
    }
    filed_ = [row("甲", "≥10件", "8件", clause="每低于1件扣1分，扣完为止")]
    answers = [{"row": "甲", "points": "15", "by": "甲", "reason": "核对"}]
    found = judged({"rules": rules}, {"indicators": filed_, "judgements": answers}).criteria[-1]
    assert (found.computed, found.points) == ("18.00", "15.00")
