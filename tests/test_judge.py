"""Are flags, points, findings, caps, grade and remarks settled in their order? Small rule sets, worked by hand."""

from __future__ import annotations

import pytest

from engine.desk import evaluate
from engine.filing.submission import Submission
from engine.inference.durable_rules import DurableRules
from engine.planning.planner import plan
from engine.quality.cases import named
from engine.reading.document import parse
from engine.reading.library import digest
from engine.reading.models import validated
from engine.rules.ruleset import RuleSet
from engine.telling.evaluation import Evaluation
from engine.values.problems import Refused
from engine.wording import Lang, message

RULES = """\
ruleset: small
edition: "1"
title: 小规则
judges: [department]
complete: true
of: 100
authority: [{issuer: 某局, document: 某办法, verified: true}]
policy:
  rounding: {points: 2, total: 2, mode: half-up}
  not-applicable: full
  zero-base: open
  over: full
figures:
  完成: {unit: 件}
  计划: {unit: 件}
  有楼堂馆所: {unit: yes-no}
  实际面积: {unit: ㎡}
  批准面积: {unit: ㎡}
  外部得分: {unit: ""}
  外部总分: {unit: ""}
  违规: {unit: yes-no}
measures:
  完成率: {unit: "%", formula: "完成 / 计划"}
  面积控制率: {unit: "%", formula: "实际面积 / 批准面积"}
flags:
  未完成: {when: "完成率 < 100%"}
  明显未完成: {when: "未完成 and 完成率 < 50%"}
criteria:
  完成率: {points: 40, scoring: {method: proportional, direction: forward, target: 100%}}
  面积控制率:
    points: 20
    applies: "有楼堂馆所"
    scoring: {method: steps, from: 100%, side: above, step: 5%, base: points, deduct: 2, partial-step: whole}
  制度:
    points: 10
    scoring: {method: checklist, items: [{item: 制定, points: 4}, {item: 合规, points: 3}, {item: 执行, points: 3}]}
  效能:
    points: 20
    scoring:
      method: judgement
      edges: lower-closed
      tiers: [{tier: 好, from: 80%, to: 100%}, {tier: 中, from: 60%, to: 80%}, {tier: 差, from: 0%, to: 60%}]
  外部考核: {points: 10, scoring: {method: external, score: 外部得分, of: 外部总分}}
findings:
  进度滞后: {severity: minor, when: "未完成", says: "完成率{完成率}", ground: arithmetic}
  严重滞后: {severity: major, when: "进度滞后 and 明显未完成", says: "完成率{完成率}", ground: arithmetic}
  并无滞后: {severity: info, when: "not 进度滞后", says: "没有滞后", ground: arithmetic}
  资金违规: {severity: critical, when: "违规", says: "有违规", ground: practice}
  制度失分: {severity: minor, when: "points[制度] < full[制度]", says: "制度{points[制度]}分", ground: arithmetic}
caps:
  滞后封顶: {when: "严重滞后", total: 59, ground: practice}
  违规降等: {when: "资金违规", grade: 差, ground: practice}
remarks:
  表扬: {when: 'grade = "优"', says: "总分{total}，等级{grade}"}
grades: [{grade: 优, from: 90}, {grade: 良, from: 80}, {grade: 中, from: 60}, {grade: 差, from: 0}]
actions: {优: 优先保障}
"""
FILED = """\
submission: s
department: 某局
kind: department
year: 2024
money: 万元
figures: {完成: "10", 计划: "10", 有楼堂馆所: 否, 外部得分: "45", 外部总分: "50", 违规: 否}
judgements:
  - {criterion: 制度, met: [1, 2, 3], by: 甲, reason: 查阅文件}
  - {criterion: 效能, tier: 好, points: 18, by: 甲, reason: 走访}
"""
EXECUTOR = DurableRules()


def judged(filed: str, rules: str = RULES, lang: Lang = "zh") -> Evaluation:
    document = parse(rules, "small.yaml")
    ruleset = validated(document, RuleSet)
    submission = parse(filed, "s.yaml")
    read = validated(submission, Submission)
    made = plan(ruleset, document.place, digest(ruleset))
    return evaluate(made, read, submission.place, digest(read), EXECUTOR, lang)


def points(evaluation: Evaluation) -> dict[str, tuple[str, str]]:
    return {named(one): (one.low, one.high) for one in evaluation.criteria}


def findings(evaluation: Evaluation) -> dict[str, str]:
    return {one.id: one.status for one in evaluation.findings}


def test_a_whole_table_adds_up() -> None:
    answer = judged(FILED)  # 40 + 20 (does not apply: full) + 10 + 18 + 45/50 × 10 = 97
    assert answer.score.points == "97.00"
    assert (answer.grade, answer.action) == ("优", "优先保障")
    assert answer.remarks == ("总分97，等级优",)
    assert findings(answer) == {"并无滞后": "sure"}
    origins = {named(one): one.origin for one in answer.criteria}
    assert origins["面积控制率"] == "not-applicable"


def test_flags_raise_findings_and_findings_raise_caps() -> None:
    answer = judged(FILED.replace('完成: "10"', '完成: "4"'))  # 16 + 20 + 10 + 18 + 9 = 73, capped at 59
    assert findings(answer) == {"严重滞后": "sure", "进度滞后": "sure"}
    assert answer.score.points == "59.00"
    assert answer.grade == "差"
    assert [(cap.id, cap.sure) for cap in answer.caps] == [("滞后封顶", True)]
    assert answer.remarks == ()


def test_a_sure_cap_on_the_grade_leaves_the_points() -> None:
    answer = judged(FILED.replace("违规: 否", "违规: 是"))
    assert (answer.score.points, answer.grade) == ("97.00", "差")


def test_an_unknown_fact_makes_cap_and_grade_possible() -> None:
    answer = judged(FILED.replace(", 违规: 否", ""))
    assert findings(answer) == {"并无滞后": "sure"}  # on what nobody filed nothing is found; it is asked for
    assert "违规（未填报，无法判断“资金违规”）" in [one.name for one in answer.missing]
    assert (answer.grade, answer.grades) == (None, ("优", "差"))
    assert [(cap.id, cap.sure) for cap in answer.caps] == [("违规降等", False)]


def test_a_possible_cap_on_the_total_lowers_only_the_low_end() -> None:
    answer = judged(FILED.replace('完成: "10", ', ""))  # 完成率 unknown: 0–40, so 57–97; the cap is possible
    assert (answer.score.low, answer.score.high) == ("57.00", "97.00")
    assert findings(answer) == {}
    higher = judged(FILED.replace('完成: "10", ', "").replace("points: 18", "points: 20"))  # 59–99
    assert (higher.score.low, higher.score.high) == ("59.00", "99.00")


def test_items_met_not_met_and_unanswered_are_three_things() -> None:
    some = judged(FILED.replace("met: [1, 2, 3]", "met: [1], not-met: [3]"))
    assert points(some)["制度"] == ("4.00", "7.00")
    assert findings(some) == {"制度失分": "possible", "并无滞后": "sure"}  # its points are not settled
    none = judged(FILED.replace("met: [1, 2, 3]", "not-met: [1, 2, 3]"))
    assert points(none)["制度"] == ("0.00", "0.00")
    assert findings(none)["制度失分"] == "sure"


def test_a_tier_bounds_the_points_and_points_must_lie_in_it() -> None:
    tier = judged(FILED.replace("tier: 好, points: 18", "tier: 中"))
    assert points(tier)["效能"] == ("12.00", "16.00")
    with pytest.raises(Refused) as refused:
        judged(FILED.replace("tier: 好, points: 18", "tier: 中, points: 18"))
    assert [problem.code for problem in refused.value.problems] == ["points-out-of-range"]


def test_where_it_applies_is_scored_and_where_nobody_knows_is_open() -> None:
    filed = FILED.replace("有楼堂馆所: 否", '有楼堂馆所: 是, 实际面积: "111", 批准面积: "100"')
    assert points(judged(filed))["面积控制率"] == ("16.00", "16.00")  # 11 points over: 2 whole steps × 2
    unknown = filed.replace("有楼堂馆所: 是, ", "")
    assert points(judged(unknown))["面积控制率"] == ("16.00", "20.00")  # 16 if it applies, full if not


def cause(evaluation: Evaluation, criterion: str) -> str:
    return next(one.cause for one in evaluation.criteria if named(one) == criterion)


def test_a_row_that_may_apply_and_has_no_figures_says_both() -> None:
    unknown = judged(FILED.replace("有楼堂馆所: 否, ", ""))
    assert cause(unknown, "面积控制率") == "是否适用尚不清楚；缺 实际面积、批准面积"


def test_an_unknown_cell_inside_a_count_is_asked_for_by_its_line() -> None:
    rules = RULES.replace("完成 / 计划", "count(spending[专项] where actual < budget) / 1")
    lines = 'spending: [{line: 专项, of: [{line: 甲, budget: "1", actual: "1"}, {line: 乙, budget: "1"}]}]\n'
    assert cause(judged(FILED + lines, rules), "完成率") == "缺 “专项/乙”的全年执行数"


def test_a_table_that_was_never_filed_is_unknown_and_one_without_lines_is_empty() -> None:
    rules = RULES.replace("完成 / 计划", "1 - count(spending[专项] where actual < budget) / 1")
    assert points(judged(FILED, rules))["完成率"] == ("0.00", "40.00")
    assert cause(judged(FILED, rules), "完成率") == "缺 “专项”各行"
    assert points(judged(FILED + "spending: [{line: 专项}]\n", rules))["完成率"] == ("40.00", "40.00")  # none is late


@pytest.mark.parametrize(
    ("table", "zh", "en"),
    [
        ("spending", "缺 资金表各行", "the lines of the fund table not supplied"),
        ("payments", "缺 各月累计支付数", "the payments by month not supplied"),
    ],
)
def test_a_whole_table_that_was_never_filed_is_asked_for_in_the_words_of_the_form(table: str, zh: str, en: str) -> None:
    rules = RULES.replace("完成 / 计划", f"count({table}) / 1")
    assert cause(judged(FILED, rules), "完成率") == zh
    assert cause(judged(FILED, rules, "en"), "完成率") == en


def test_a_share_of_rows_of_which_there_are_none_says_so() -> None:
    rules = RULES.replace("method: proportional, direction: forward, target: 100%", "method: share, kind: 数量指标")
    assert cause(judged(FILED, rules), "完成率") == "没有填报“数量指标”的指标行"


def test_kinds_of_submissions_are_told_in_words() -> None:
    with pytest.raises(Refused) as caught:
        judged(
            FILED.replace("kind: department", "kind: government"),
            RULES.replace("[department]", "[project, department]"),
        )
    (problem,) = caught.value.problems
    assert message(problem, "zh") == "本规则评的是 项目、部门整体，提交的是 政府"


def test_an_open_condition_asks_for_the_facts_below_it_followed_through_flags() -> None:
    leaf = '{points: 40, scoring: {method: holds, holds: "not 违规 and not 未完成"}}'
    rules = RULES.replace("{points: 40, scoring: {method: proportional, direction: forward, target: 100%}}", leaf)
    open_ = judged(FILED.replace('完成: "10", ', "").replace(", 违规: 否", ""), rules)
    assert cause(open_, "完成率") == "缺 违规、完成"
    assert [one.name for one in open_.missing if one.criterion == ("完成率",)] == ["违规", "完成"]


@pytest.mark.parametrize(
    ("policy", "score", "of"),
    [("full", "97.00", "100"), ("excluded", "77.00", "80"), ("renormalise", "96.25", "100")],  # 77 ÷ 80 × 100
)
def test_what_does_not_apply_is_treated_as_the_rule_set_names_it(policy: str, score: str, of: str) -> None:
    answer = judged(FILED, RULES.replace("not-applicable: full", f"not-applicable: {policy}"))
    assert (answer.score.points, answer.score.of) == (score, of)


def test_uncertain_applicability_takes_both_extremes_when_renormalising() -> None:
    filed = FILED.replace("有楼堂馆所: 否", '实际面积: "150", 批准面积: "100"')  # if it applies: 20 − 10 × 2 = 0
    answer = judged(filed, RULES.replace("not-applicable: full", "not-applicable: renormalise"))
    assert (answer.score.low, answer.score.high) == ("77.00", "96.25")  # 77/100 × 100 or 77/80 × 100


def test_a_zero_base_is_undefined_and_open() -> None:
    answer = judged(FILED.replace('计划: "10"', '计划: "0"'))
    row = next(one for one in answer.criteria if named(one) == "完成率")
    assert (row.origin, row.low, row.high) == ("open", "0.00", "40.00")
    assert "除数为0" in row.because


def test_a_filed_not_applicable_figure_makes_the_row_not_apply() -> None:
    answer = judged(FILED.replace('完成: "10"', "完成: 不适用"))
    assert next(one for one in answer.criteria if named(one) == "完成率").origin == "not-applicable"
    # a test on what surely does not apply holds neither way: nothing is raised by it, no cap at 59
    assert (answer.score.low, answer.score.high) == ("97.00", "97.00")
    assert findings(answer) == {}  # 进度滞后 asks of what does not apply: it is not raised, nor what denies it
