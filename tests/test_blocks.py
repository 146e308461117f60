"""Do blocks, extras, conditions and rows add up as the rule set names it? Small tables, worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cli.screen import as_text
from engine.quality.cases import named
from engine.reports.scored import sheet
from engine.telling.evaluation import Evaluation
from engine.values.problems import Refused
from tests.test_judge import judged, points

HEAD = """\
ruleset: small
edition: "1"
title: 小规则
judges: [department]
complete: true
of: 100
authority: [{issuer: 某局, document: 某办法, verified: true}]
policy:
  {rounding: {points: 2, total: 2, mode: half-up}, not-applicable: full, total-floor: 0, zero-base: open, over: full}
grades: [{grade: 优, from: 90}, {grade: 良, from: 80}, {grade: 中, from: 60}, {grade: 差, from: 0}]
"""
FILED = "submission: s\ndepartment: 某局\nkind: department\nyear: 2024\nmoney: 万元\n"
ANSWER = "  - {{criterion: {name}, points: {points}, by: 甲, reason: 查阅}}\n"


def leaf(points: str, extra: str = "") -> str:
    return f"{{points: {points}, scoring: {{method: judgement}}{extra}}}"


def answered(rules: str, answers: dict[str, str], more: str = "") -> Evaluation:
    said = "".join(ANSWER.format(name=name, points=given) for name, given in answers.items())
    return judged(FILED + more + (f"judgements:\n{said}" if said else ""), HEAD + rules)


def test_three_parts_of_a_hundred_count_50_25_25() -> None:
    """AQSIQ: each part is scored on its own hundred."""
    parts = {"过程": "50", "产出": "25", "效果": "25"}
    rules = "criteria:\n" + "".join(
        f"  {name}: {{points: {share}, of: 100, criteria: {{{name}分: {leaf('100')}}}}}\n"
        for name, share in parts.items()
    )
    answer = answered(rules, {"过程分": "90", "产出分": "80", "效果分": "60"})
    assert answer.score.points == "80.00"  # 90 × 0.5 + 80 × 0.25 + 60 × 0.25
    assert [one.points for one in answer.blocks] == ["45.00", "20.00", "15.00"]


def test_of_two_alternatives_the_better_counts() -> None:
    """二者择其一: 结转结余率 or its change."""
    rules = f"criteria:\n  结余: {{points: 40, take: best, criteria: {{甲: {leaf('40')}, 乙: {leaf('40')}}}}}\n"
    rules += f"  其余: {leaf('60')}\n"
    assert answered(rules, {"甲": "10", "乙": "30", "其余": "60"}).score.points == "90.00"
    open_one = answered(rules, {"甲": "10", "其余": "60"})  # 乙 may give 0–40, so the better is 10–40
    assert (open_one.score.low, open_one.score.high) == ("70.00", "100.00")


def test_conditions_read_of_a_block_what_it_counts() -> None:
    """The better of two alternatives, not both; points at the block's own scale; nothing of a row left out."""
    never = ', applies: "not 有", not-applicable: excluded'
    rules = "figures: {有: {unit: yes-no}}\ncriteria:\n"
    rules += f"  结余: {{points: 40, take: best, criteria: {{甲: {leaf('40')}, 乙: {leaf('40')}}}}}\n"
    rules += f"  过程: {{points: 50, of: 100, criteria: {{过程分: {leaf('100')}}}}}\n"
    rules += f"  其余: {{points: 10, criteria: {{用: {leaf('10')}, 不用: {leaf('10', never)}}}}}\n"
    for name, full, earned in (("结余", "40", "30"), ("过程", "50", "45"), ("其余", "10", "7")):
        when = f"full[{name}] = {full} and points[{name}] = {earned}"
        told = f'findings: {{说: {{severity: info, when: "{when}", says: 说, ground: practice}}}}\n'
        answers = {"甲": "10", "乙": "30", "过程分": "90", "用": "7"}
        assert [one.id for one in answered(rules + told, answers, "figures: {有: 是}\n").findings] == ["说"], name


def test_alternatives_are_each_worth_the_whole() -> None:
    rules = f"criteria:\n  结余: {{points: 100, take: best, criteria: {{甲: {leaf('100')}, 乙: {leaf('90')}}}}}\n"
    with pytest.raises(Refused) as refused:
        answered(rules, {})
    assert [problem.code for problem in refused.value.problems] == ["points-differ"]


def test_a_bonus_and_a_deduction_stand_outside_the_hundred() -> None:
    """国土整治 附加分5; a deduction column."""
    rules = f"criteria:\n  正文: {leaf('100')}\n  附加分: {leaf('5', ', extra: bonus')}\n"
    rules += f"  扣分: {leaf('10', ', extra: deduction')}\n"
    answer = answered(rules, {"正文": "88", "附加分": "5", "扣分": "2"})
    assert (answer.score.points, answer.score.of, answer.grade) == ("91.00", "100", "优")  # 88 + 5 − 2
    unsaid = answered(rules, {"正文": "88"})  # 0–5 more, 0–10 less
    assert (unsaid.score.low, unsaid.score.high) == ("78.00", "93.00")


def test_rows_for_units_with_and_without_special_funds() -> None:
    """Sichuan 2018: 3/4/3 without 专项, 2/3/2 + 3 with."""
    with_, without = 'applies: "有专项"', 'applies: "not 有专项"'
    rules = "figures: {有专项: {unit: yes-no}}\ncriteria:\n"
    for name, given, condition in (
        ("六月无", "3", without), ("九月无", "4", without), ("十二月无", "3", without),
        ("六月有", "2", with_), ("九月有", "3", with_), ("十二月有", "2", with_), ("专项下达", "3", with_),
    ):  # fmt: skip
        rules += f"  {name}: {leaf(given, f', {condition}, not-applicable: excluded')}\n"
    rules += f"  其余: {leaf('90')}\n"
    for has, names in (("是", "六月有 九月有 十二月有 专项下达"), ("否", "六月无 九月无 十二月无")):
        answers = {name: "2" for name in names.split()} | {"其余": "80"}
        answer = answered(rules, answers, f"figures: {{有专项: {has}}}\n")
        assert answer.score.of == "100"
        assert Fraction(answer.score.low) == 80 + 2 * len(names.split())


def test_a_yes_no_fact_earns_all_or_nothing() -> None:
    """CIQ: 资金是否被核减 否→25."""
    rules = "figures: {被核减: {unit: yes-no}}\ncriteria:\n"
    rules += '  核减: {points: 25, scoring: {method: holds, holds: "not 被核减"}}\n' + f"  其余: {leaf('75')}\n"
    for filed, low, high in (("否", "25.00", "25.00"), ("是", "0.00", "0.00"), ("", "0.00", "25.00")):
        answer = answered(rules, {"其余": "75"}, f"figures: {{被核减: {filed}}}\n")
        assert points(answer)["核减"] == (low, high)


def test_each_dimension_is_graded_by_its_own_share() -> None:
    """Hainan, a court of 2018: 过程 49.04 of 55 is 89.16%, 良, though 优 was published."""
    given = {"投入": ("15", "15"), "过程": ("55", "49.04"), "产出": ("20", "20"), "效果": ("10", "10")}
    rules = "dimension-grades: true\ncriteria:\n" + "".join(f"  {n}: {leaf(of)}\n" for n, (of, _) in given.items())
    answer = answered(rules, {name: score for name, (_, score) in given.items()})
    assert (answer.score.points, answer.grade) == ("94.04", "优")
    assert {named(one): one.grades for one in answer.blocks} == {
        "投入": ("优",), "过程": ("良",), "产出": ("优",), "效果": ("优",),
    }  # fmt: skip


ROWS = """\
criteria: {产出指标: {points: 100, scoring: {method: indicators, level: 产出, split: exact, stated-points: prevail}}}
rows:
  wording: unseen
  unmarked: forward
  equal: as-forward
  reverse: inverse
  over-fulfilment: OVER
  zero-target: met-or-zero
  copied: open
  worded: judged
  packed: open
  derived-target: accepted
  own-clauses: accepted
  edges: lower-closed
  tiers: [{tier: 达成, from: 80%, to: 100%}, {tier: 未达成, from: 0%, to: 80%}]
"""


def row(over: str, target: str, actual: str, clause: str = "", policy: str = "") -> tuple[str, str]:
    filed = f"{{name: 甲, level: 产出, target: {target}, actual: {actual}, points: '10'"
    filed += f", clause: {clause}}}" if clause else "}"
    rules = HEAD.replace("over: full", f"over: full{policy}") + ROWS.replace("OVER", over)
    return points(judged(FILED + f"indicators: [{filed}]\n", rules))["产出指标/甲"]


@pytest.mark.parametrize(
    ("over", "actual", "score"),
    [
        ("{from: 130%, effect: full}", "200台", "10.00"),
        ("{from: 130%, effect: zero}", "129台", "10.00"),  # 大英: over by 30% counts as not met
        ("{from: 130%, effect: zero}", "130台", "0.00"),
        ("{from: 130%, effect: deduct, deduct: 2}", "129台", "10.00"),  # the platform manual: 30% over, 2 off
        ("{from: 130%, effect: deduct, deduct: 2}", "130台", "8.00"),
        ("{from: 130%, effect: deviation}", "150台", "8.00"),  # 20% beyond 130%: 10 × (1 − 0.2)
        ("{from: 130%, effect: deviation}", "300台", "0.00"),
    ],
)
def test_far_beyond_the_target_is_treated_as_the_rule_set_names_it(over: str, actual: str, score: str) -> None:
    assert row(over, "100台", actual) == (score, score)


FULL = "{from: 130%, effect: full}"


@pytest.mark.parametrize(
    ("clause", "target", "actual", "score"),
    [
        ("每少1元扣1分", "1000元", "1000元", "10.00"),  # 湘西特殊教育学校 2023
        ("每少1元扣1分", "1000元", "997元", "7.00"),
        ("每少1元扣1分", "1000元", "980元", "0.00"),
        ("每降低1%扣1分", "95%", "95%", "10.00"),
        ("每降低1%扣1分", "95%", "92%", "7.00"),
    ],
)
def test_a_row_that_prints_its_own_rule_is_scored_by_it(clause: str, target: str, actual: str, score: str) -> None:
    assert row(FULL, target, actual, clause, ", partial-step: whole") == (score, score)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("100台", ("10.00", "10.00")),
        ("95台", ("8.00", "8.00")),
        ("89台", ("0.00", "0.00")),
        ("101台", ("0.00", "10.00")),
    ],
)
def test_a_printed_rule_that_ends_before_the_line_does_leaves_what_lies_beyond_open(
    actual: str, expected: tuple[str, str]
) -> None:
    clause = "完成率100%得10分；完成率90%以上（含90%）不足100%得8分；完成率90%以下得0分"
    assert row(FULL, "100台", actual, clause) == expected


def test_a_printed_rule_that_leaves_a_choice_open_is_refused_at_its_words() -> None:
    with pytest.raises(Refused) as refused:
        row(FULL, "95%", "92%", "每降低1%扣1分")
    assert [problem.code for problem in refused.value.problems] == ["clause-leaves-open"]


def test_a_printed_rule_with_a_fault_beside_it_is_refused_at_the_fault() -> None:
    with pytest.raises(Refused) as refused:
        row(FULL, "95%", "92%", "每降低1%扣1分，出现截留的不得分", ", partial-step: whole")
    assert [problem.code for problem in refused.value.problems] == ["not-combined"]


def test_a_printed_rule_that_cannot_be_read_is_said_and_leaves_its_row_open() -> None:
    rules = HEAD.replace("over: full", "over: full, partial-step: whole") + ROWS.replace("OVER", FULL)
    rows = "indicators: [{name: 甲, level: 产出, target: 90%, actual: 88%, points: '10', clause: 9%0得10分}]\n"
    answer = judged(FILED + rows, rules)
    assert points(answer)["产出指标/甲"] == ("0.00", "10.00")
    assert ("own-clause-unread", "s.yaml") in [(one.code, one.source.split(":")[0]) for one in answer.problems]


def test_a_rate_cut_off_before_scoring_is_named_in_its_measure() -> None:
    """A page prints 31% for 2513 ÷ 7952 = 31.60%: cut at two digits, not rounded."""
    rules = "figures: {执行: {unit: 元}, 预算: {unit: 元}}\n"
    rules += 'measures: {执行率: {unit: "%", formula: "执行 / 预算", round: 2, round-mode: truncate}}\n'
    rules += "criteria: {执行率: {points: 100, scoring: {method: proportional, direction: forward, target: 100%}}}\n"
    answer = answered(rules, {}, 'figures: {执行: "2513", 预算: "7952"}\n')
    assert answer.score.points == "31.00"
    rounded = answered(rules.replace(", round-mode: truncate", ""), {}, 'figures: {执行: "2513", 预算: "7952"}\n')
    assert rounded.score.points == "32.00"


def test_a_share_counts_the_rows_that_reach_their_target_and_do_not_pass_it_by_far() -> None:
    """大英: 单个数量指标未达到预期或超过预期30%以上均不计分; k of n rows × points."""
    rules = HEAD + ROWS.replace("OVER", FULL).replace(
        "{points: 100, scoring: {method: indicators, level: 产出, split: exact, stated-points: prevail}}",
        "{points: 100, zero-base: zero, scoring: {method: share, from: 100%, to: 130%, to-closed: true}}",
    )
    actuals = ["99台", "100台", "130台", "131台"]  # one short, two within, one beyond
    rows = "".join(f"  - {{name: 行{n}, level: 产出, target: 100台, actual: {a}}}\n" for n, a in enumerate(actuals))
    assert judged(FILED + "indicators:\n" + rows, rules).score.points == "50.00"  # 2 ÷ 4 × 100
    unknown = judged(FILED + "indicators:\n" + rows + "  - {name: 末, level: 产出, target: 100台}\n", rules)
    assert (unknown.score.low, unknown.score.high) == ("0.00", "100.00")
    assert judged(FILED, rules).score.points == "0.00"  # no rows: 0 ÷ 0, named as zero


@pytest.mark.parametrize(
    ("before", "target", "actual", "expected"),
    [
        ("exclusive", "2023年12月", "2023年10月", ("10.00", "10.00")),  # case of Linxiang 2023
        ("exclusive", "9月前", "8月", ("10.00", "10.00")),  # ends on 31 August
        ("exclusive", "9月前", "9月", ("0.00", "0.00")),
        ("inclusive", "9月前", "9月", ("10.00", "10.00")),
        ("exclusive", "12月底前完成", "12月31日", ("10.00", "10.00")),
        ("exclusive", "6月15日", "6月", ("0.00", "10.00")),  # some day of June: on time or late
        ("exclusive", "2023年底", "2024年1月1日", ("0.00", "0.00")),
        ("exclusive", "6月30日", "7月1日", ("0.00", "0.00")),
    ],
)
def test_a_deadline_is_kept_or_missed_by_the_day(before: str, target: str, actual: str, expected: object) -> None:
    rules = HEAD + ROWS.replace("OVER", FULL) + f"  deadline: {{before: {before}, late: zero}}\n"
    filed = FILED.replace("2024", "2023")
    filed += f"indicators: [{{name: 甲, level: 产出, target: {target}, actual: {actual}, points: '10'}}]\n"
    assert points(judged(filed, rules))["产出指标/甲"] == expected


def test_without_a_rule_for_deadlines_dates_are_words_to_judge() -> None:
    assert row(FULL, "2023年12月", "2023年10月") == ("0.00", "10.00")


def one_row(row_text: str, rules_more: str, answers: str = "") -> tuple[str, str]:
    rules = HEAD + ROWS.replace("OVER", FULL) + rules_more
    filed = FILED + f"indicators: [{{name: 甲, level: 产出, points: '12', {row_text}}}]\n" + answers
    return points(judged(filed, rules))["产出指标/甲"]


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("1%", ("12.00", "12.00")), ("-1%", ("6.00", "6.00")), ("", ("6.00", "12.00"))],
)
def test_of_two_targets_in_one_row_each_counts_half(actual: str, expected: object) -> None:
    """Nanchang 2021: 签约提高1%、体检率提高2%; one met and one missed gave 6 of 12."""
    parts = f"parts: [{{target: ≥1%, actual: 1%}}, {{target: ≥1%, actual: {actual!r}}}]"
    assert one_row(parts, "  parts: share\n") == expected
    assert one_row(parts, "") == ("0.00", "12.00")  # not named: open


def test_a_printed_coefficient_scales_the_row_where_the_rule_set_takes_it() -> None:
    """Chongqing: 得分 = 权重 × 得分系数."""
    filed = "target: 100%, actual: 76%, coefficient: 50%"
    assert one_row(filed, "  coefficients: accepted\n") == ("6.00", "6.00")
    assert one_row(filed, "") == ("9.12", "9.12")  # 12 × 76%


def test_a_reviewer_cuts_a_row_only_by_a_share_that_the_rule_set_allows() -> None:
    """郫都: light −30%, medium −60%, severe −100%."""
    allowed = "  reductions: [30%, 60%, 100%]\n"
    answer = "judgements: [{row: 甲, reduce: CUT, by: 复核人, reason: 不可考查}]\n"
    for cut, left in (("30%", "8.40"), ("60%", "4.80"), ("100%", "0.00")):
        assert one_row("target: 10, actual: 10", allowed, answer.replace("CUT", cut)) == (left, left)
    with pytest.raises(Refused) as refused:
        one_row("target: 10, actual: 10", allowed, answer.replace("CUT", "50%"))
    assert [problem.code for problem in refused.value.problems] == ["not-one-of"]


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [("=0件", "0件", "10.00"), ("=0件", "1件", "0.00"), ("0件", "0件", "10.00"), ("0件", "1件", "0.00"),
     ("≥0件", "1件", "10.00"), ("≤0件", "1件", "0.00")],
)  # fmt: skip
def test_a_target_of_none_is_missed_by_one(target: str, actual: str, score: str) -> None:
    assert row(FULL, target, actual) == (score, score)


@pytest.mark.parametrize(
    ("actual", "score"), [("80元", "10.00"), ("100元", "10.00"), ("125元", "8.00"), ("200元", "5.00")]
)
def test_a_printed_quotient_of_target_over_actual_turns_the_attainment_over(actual: str, score: str) -> None:
    """100 ÷ 125 × 10 = 8, however far 125元 is above the target."""
    assert row(FULL, "100元", actual, "得分=目标值/实际值×分值") == (score, score)


@pytest.mark.parametrize(
    ("clause", "target", "actual", "expected"),
    [
        ("得分=完成率×分值", "1000人", "500人", ("5.00", "5.00")),  # the rate is actual over target
        ("按期得10分，每超出10天扣1分", "≤30天", "45天", ("0.00", "10.00")),  # counts from a delay, not from 30 days
        ("每个问题扣1分", "1000人", "998人", ("0.00", "10.00")),  # problems are no people
    ],
)
def test_a_printed_rule_that_counts_from_elsewhere_stays_open(
    clause: str, target: str, actual: str, expected: object
) -> None:
    assert row(FULL, target, actual, clause, ", partial-step: whole") == expected


def test_a_measure_may_count_rows_that_reached_their_target() -> None:
    rules = HEAD + ROWS.replace("OVER", FULL).replace(
        "{points: 100, scoring: {method: indicators, level: 产出, split: exact, stated-points: prevail}}",
        '{points: 100, zero-base: zero, measure: "达标率", '
        "scoring: {method: proportional, direction: forward, target: 100%}}",
    )
    rules += 'measures: {达标率: {unit: "%", formula: "count(indicators where met) / count(indicators)"}}\n'
    rows = "".join(f"  - {{name: 行{a}, level: 产出, target: 100台, actual: {a}台}}\n" for a in (90, 100))
    assert judged(FILED + "indicators:\n" + rows, rules).score.points == "50.00"


# -- weights that move, points that are changed ---

LINE = "{method: linear, full-at: 100%, zero-at: 0%}"
MOVING = f"""\
figures: {{适用: {{unit: yes-no}}, 率: {{unit: "%"}}}}
criteria:
  甲: {{points: 20, applies: 适用, not-applicable: {{moved-to: 乙}}, measure: 率, scoring: {LINE}}}
  乙: {{points: 30, measure: 率, editable: true, scoring: {LINE}}}
  丙: {leaf("50")}
findings:
  乙不满: {{severity: minor, when: "points[乙] < full[乙]", says: "{{points[乙]}}/{{full[乙]}}", ground: arithmetic}}
"""


def because(answer: Evaluation) -> dict[str, str]:
    return {named(one): one.because for one in answer.criteria}


def test_a_weight_that_moved_is_said_and_read_by_findings() -> None:
    """90% of 30 is 27; of 50 it is 45."""
    answer = answered(MOVING, {"丙": "50"}, "figures: {适用: 否, 率: 90%}\n")
    assert (answer.score.points, answer.score.of, answer.grade) == ("95.00", "100", "优")
    said = because(answer)
    assert said["甲"] == "不适用，分值并入“乙”"
    assert said["乙"].endswith("：90% × 30 = 27；并入不适用行的分值，满分由 30 改为 50，折算为 45")
    assert [one.says for one in answer.findings] == ["45/50"]


def test_a_weight_that_may_have_moved_is_read_in_either_way() -> None:
    """18 or 20 × 90% = 18: the total is settled, not where its points stand; 27 of 30 and 45 of 50 are both less."""
    answer = answered(MOVING, {"丙": "50"}, "figures: {率: 90%}\n")
    assert answer.score.points == "95.00"
    said = because(answer)
    assert said["甲"].endswith("：90% × 20 = 18；是否适用尚不清楚；不适用时分值并入“乙”")
    assert said["乙"].endswith("：90% × 30 = 27；不适用行的分值可能并入，满分为30至50，得27–45分")
    assert {(one.name, one.criterion) for one in answer.missing} >= {("适用", ("甲",))}
    assert [(one.id, one.status) for one in answer.findings] == [("乙不满", "sure")]


@pytest.mark.parametrize(("treated", "points"), [("full", "90.00"), ("zero", "40.00"), ("renormalise", "80.00")])
def test_a_weight_that_moves_to_what_does_not_apply_is_treated_as_that_is(treated: str, points: str) -> None:
    """20 moved to 30, and 40 of the other 50: 50 + 40, 0 + 40, or 40 ÷ 50 × 100."""
    rest = leaf("50", ", not-applicable: renormalise" if treated == "renormalise" else "")
    rules = f"""\
figures: {{适用: {{unit: yes-no}}, 率: {{unit: "%"}}}}
criteria:
  甲: {{points: 20, applies: 适用, not-applicable: {{moved-to: 乙}}, measure: 率, scoring: {LINE}}}
  乙: {{points: 30, not-applicable: {treated}, measure: 率, scoring: {LINE}}}
  丙: {rest}
"""
    answer = answered(rules, {"丙": "40"}, "figures: {适用: 否, 率: 不适用}\n")
    assert (answer.score.points, answer.score.of) == (points, "100")


@pytest.mark.parametrize(("treated", "points"), [("full", "100.00"), ("zero", "0.00"), ("excluded", None)])
def test_where_nothing_applies_there_is_a_score_only_if_that_counts(treated: str, points: str | None) -> None:
    rules = 'figures: {率: {unit: "%"}}\ncriteria:\n'
    rules += f"  甲: {{points: 100, not-applicable: {treated}, measure: 率, scoring: {LINE}}}\n"
    answer = answered(rules, {}, "figures: {率: 不适用}\n")
    assert (answer.score.points if answer.score else None) == points


@pytest.mark.parametrize(("count", "low", "high"), [(1, "15.43", "16.00"), (5, "15.43", "17.33")])
def test_each_way_in_which_open_conditions_may_turn_out_is_a_table_of_its_own(count: int, low: str, high: str) -> None:
    """8 of 10, another 10 to scale for, and k of the rows with 1 of 4 apply: (8 + k) ÷ (10 + 4k) × (20 + 4k). That is
    16 for none, 15.43 for one, 15.56, 16, 16.62, and 17.33 for five.
    """
    names = [f"有{number}" for number in range(count)]
    rules = "figures: {率: {unit: '%'}, " + ", ".join(f"{name}: {{unit: yes-no}}" for name in names) + "}\ncriteria:\n"
    rules += f"  实: {leaf('10', ', not-applicable: renormalise')}\n"
    rules += f"  空: {{points: 10, not-applicable: renormalise, measure: 率, scoring: {LINE}}}\n"
    for name in names:
        rules += f"  项{name}: {leaf('4', f', applies: {name}, not-applicable: excluded')}\n"
    answer = answered(rules, {"实": "8", **{f"项{name}": "1" for name in names}}, "figures: {率: 不适用}\n")
    assert (answer.score.low, answer.score.high) == (low, high)


def test_points_that_an_evaluator_changed_stand_beside_those_computed() -> None:
    """27 changed to 15; the weight of 甲 moves with the share of the points given: 15 ÷ 30 × 50 = 25."""
    answer = answered(MOVING, {"乙": "15", "丙": "50"}, "figures: {适用: 否, 率: 90%}\n")
    (changed,) = [one for one in answer.criteria if one.computed is not None]
    assert (named(changed), changed.points, changed.computed) == ("乙", "25.00", "27.00")
    assert "：90% × 30 = 27；甲由 27 分改定为 15 分：查阅；" in changed.because
    assert answer.score.points == "75.00"


# -- sentences about steps ---


@pytest.mark.parametrize(
    ("filed", "earned", "said"),
    [
        ("0", "0.00", "0次，不满1次，不加分，得0分"),
        ("2", "2.00", "2次，每1次加1分，计2个：0 + 2 × 1 = 2"),
        ("3", "3.00", "3次，每1次加1分，计3个：0 + 3 × 1 = 3"),
        ("4", "3.00", "4次，每1次加1分，计4个：0 + 4 × 1 = 4，封顶得3分"),
    ],
)
def test_points_added_for_each_step_say_their_arithmetic(filed: str, earned: str, said: str) -> None:
    rules = "figures: {表彰: {unit: 次}}\ncriteria:\n  甲: {points: 97, scoring: {method: judgement}}\n"
    rules += "  乙:\n    points: 3\n"
    rules += '    measure: "表彰"\n    wording: verbatim\n    clause: "每有1次加1分，最高加3分"\n'
    answer = answered(rules, {"甲": "97"}, f"figures: {{表彰: {filed}}}\n")
    assert points(answer)["乙"] == (earned, earned)
    assert because(answer)["乙"] == said


def test_a_judgement_up_to_the_full_points_agrees_with_a_clause_that_leaves_all_to_the_evaluator() -> None:
    rules = """\
criteria:
  甲:
    points: 100
    wording: verbatim
    clause: "由评价人酌情打分"
    scoring: {method: judgement, least: 0, most: MOST}
"""
    assert answered(rules.replace("MOST", "100"), {"甲": "97"}).score.points == "97.00"
    with pytest.raises(Refused) as caught:
        answered(rules.replace("MOST", "99"), {"甲": "97"})
    assert [one.code for one in caught.value.problems] == ["clause-disagrees"]


def test_of_a_bonus_nothing_is_lost_and_a_deduction_loses_what_it_takes_off() -> None:
    """A bonus of 3 in 5 lacks nothing; a deduction of 2 in 10 takes 2. Neither is a dimension to be graded."""
    rules = f"dimension-grades: true\ncriteria:\n  正文: {leaf('100')}\n  附加分: {leaf('5', ', extra: bonus')}\n"
    rules += f"  扣分: {leaf('10', ', extra: deduction')}\n"
    answer = answered(rules, {"正文": "88", "附加分": "3", "扣分": "2"})
    assert {named(one): one.grades for one in answer.blocks} == {"正文": ("良",), "附加分": (), "扣分": ()}
    drawn = as_text(sheet(answer, "zh"), plain=True).splitlines()
    cells = {words[0]: words[1:4] for line in drawn if len(words := line.split()) > 3}
    assert (cells["正文"], cells["扣分"]) == (["100.00", "88.00", "12.00"], ["10.00", "2.00", "2.00"])
    assert cells["附加分"][:2] == ["5.00", "3.00"]
    assert not cells["附加分"][2].replace(".", "").isdigit()


def test_a_fault_beside_the_rule_leaves_nothing() -> None:
    """执行率 90% is two steps of 5% short of 100%: 10 − 2 × 2; with 截留 it is nothing; unsaid, either."""
    rules = 'figures: {截留: {unit: yes-no}, 执行率: {unit: "%", digits: 4, most: 100%}}\ncriteria:\n'
    rules += '  执行率: {points: 10, applies: "not 截留", not-applicable: zero, wording: verbatim, '
    rules += 'choose: {partial-step: whole}, clause: "100%计满分，每低于5%扣2分；出现截留、挪用的不得分。"}\n'
    rules += f"  其余: {leaf('90')}\n"
    for filed, low, high in (("否", "6.00", "6.00"), ("是", "0.00", "0.00"), ("", "0.00", "6.00")):
        answer = answered(rules, {"其余": "80"}, f"figures: {{截留: {filed}, 执行率: 90%}}\n")
        assert points(answer)["执行率"] == (low, high)
        assert (Fraction(answer.score.low), answer.score.of) == (80 + Fraction(low), "100")
    with pytest.raises(Refused) as refused:
        answered(rules.replace("not-applicable: zero", "not-applicable: full"), {})
    assert [problem.code for problem in refused.value.problems] == ["clause-forfeits"]
