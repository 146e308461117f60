"""Does what is said of a score match the score? Submissions as departments file them, arithmetic worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from engine.desk import evaluate
from engine.inference.durable_rules import DurableRules
from engine.reading.editions import load_plan
from engine.reading.library import find_ruleset, load_submission
from engine.telling.evaluation import CriterionResult, Evaluation

SMALLEST = {"submission": "s", "department": "某局", "kind": "project", "year": "2023", "money": "万元"}


def judged(folder: Path, ruleset: str, **sections: Any) -> Evaluation:
    path = folder / "submission.yaml"
    path.write_text(yaml.safe_dump(SMALLEST | sections, allow_unicode=True, default_style='"'), "utf-8")
    filing = load_submission(path)
    return evaluate(
        load_plan(find_ruleset(ruleset)), filing.submission, filing.place, filing.digest, DurableRules(), "zh"
    )


def row(evaluation: Evaluation, title: str) -> CriterionResult:
    return next(one for one in evaluation.criteria if one.title == title)


def said(evaluation: Evaluation, finding: str) -> list[str]:
    return [one.says for one in evaluation.findings if one.id == finding]


def output(name: str, target: str, actual: str, **cells: str) -> dict[str, str]:
    return {"name": name, "level": "产出", "target": target, "actual": actual, **cells}


def test_the_share_of_a_row_is_that_of_its_figures_not_of_its_rounded_points(tmp_path: Path) -> None:
    rows = [output("合格率", "=100%", "97.5%"), output("成本", "≤4万元", "6万元"), output("场次", "≥3场", "3场")]
    evaluation = judged(tmp_path, "national-self-evaluation", indicators=rows)  # 50 ÷ 3 = 16.67 each
    assert row(evaluation, "合格率").because == "97.5% ÷ 100% = 97.5%；97.5% × 16.67 = 16.25"
    assert (
        row(evaluation, "成本").because
        == "完成6万元，目标4万元；超过目标，4万元 ÷ 6万元 = 66.67%，66.67% × 16.67 = 11.11"
    )
    assert row(evaluation, "场次").because == "3场 ÷ 3场 = 100%；达到目标，得满分16.66分"


def test_a_missed_target_of_nothing_is_not_divided_by(tmp_path: Path) -> None:
    evaluation = judged(tmp_path, "national-self-evaluation", indicators=[output("事故", "≤0起", "1起")])
    assert row(evaluation, "事故").because == "完成1起，目标0起；目标为0而没有做到，不得分"


def test_what_over_fulfilment_takes_off_is_said(tmp_path: Path) -> None:
    rows = [output("场次", "≥10场", "13场", points="25")]
    scored = row(judged(tmp_path, "platform-self-evaluation", indicators=rows), "场次")
    assert (scored.points, scored.because) == ("23.00", "13场 ÷ 10场 = 130%；完成率达到130%，按规定减2分：25 − 2 = 23")


def test_rates_and_points_of_the_fund_table_are_not_money(tmp_path: Path) -> None:
    total = {"line": "年度资金总额", "budget": "90", "actual": "80", "rate": "88.88%", "points": "10", "score": "99"}
    evaluation = judged(tmp_path, "national-self-evaluation", spending=[total])
    assert said(evaluation, "执行率算错") == ["表上执行率88.88%，按执行数÷预算数为88.89%"]
    assert said(evaluation, "资金行得分超过分值") == ["资金行得99分，超过分值10分"]


def test_a_bare_1_beside_a_percentage_is_asked_about(tmp_path: Path) -> None:
    rows = [output("完工率", "100%", "1", points="25"), output("合格率", "0.95", "96%", points="25")]
    evaluation = judged(tmp_path, "national-self-evaluation", indicators=rows)
    assert [(one.low, one.high) for one in map(lambda name: row(evaluation, name), ("完工率", "合格率"))] == [
        ("0.00", "25.00")
    ] * 2
    assert "1可能是1%，也可能是100%" in row(evaluation, "完工率").because
    confirmed = [{"row": "完工率", "reads": "100%", "by": "甲", "reason": "验收单"}]
    evaluation = judged(tmp_path, "national-self-evaluation", indicators=rows, confirmations=confirmed)
    assert row(evaluation, "完工率").points == "25.00"


def test_a_cell_that_is_lacking_is_called_as_the_form_calls_it(tmp_path: Path) -> None:
    evaluation = judged(tmp_path, "national-self-evaluation", spending=[{"line": "年度资金总额", "actual": "80"}])
    execution = next(one for one in evaluation.missing if one.criterion == ("预算执行率",))
    assert execution.name == "“年度资金总额”的全年预算数"
    assert row(evaluation, "预算执行率").cause == "缺 “年度资金总额”的全年预算数"


def test_alike_named_rows_have_evidence_of_their_own(tmp_path: Path) -> None:
    rows = [output("培训", "10人", "10人", points="25"), output("培训", "10人", "20人", points="25")]
    evaluation = judged(tmp_path, "national-self-evaluation", indicators=rows)
    (finding,) = [one for one in evaluation.findings if one.id == "目标值偏低"]
    assert [one.value for one in finding.evidence] == ["10", "20", "200"]  # the second: 20 ÷ 10, in %


def test_a_whole_table_without_a_grade_says_why(tmp_path: Path) -> None:
    rows = [output("场次", "10场", "10场", points="60")]  # 10 + 60 + 30 + 10
    evaluation = judged(tmp_path, "national-self-evaluation", indicators=rows)
    assert (evaluation.score.of, evaluation.grades) == ("110", ())
    assert [one.message for one in evaluation.problems] == ["满分合计 110 分，不是 100 分，不评等级"]


def test_a_printed_rule_that_does_not_go_with_its_target_leaves_the_row_to_be_judged(tmp_path: Path) -> None:
    rows = [output("单价", "≤400元/人", "410元/人", points="10", clause="每超出1元扣1分，扣完为止。")]
    evaluation = judged(tmp_path, "xiangxi-own-clauses", indicators=rows)
    assert (row(evaluation, "单价").low, row(evaluation, "单价").high) == ("0.00", "10.00")
    assert [one.code for one in evaluation.problems] == ["not-combined"]


def test_one_set_of_rows_or_the_other_counts_once_while_nobody_knows_which(tmp_path: Path) -> None:
    figures = {"六月底量化支出数": "500", "九月底量化支出数": "800", "十二月底量化支出数": "1000"}
    paid = [{"month": month, "cumulative": sum_} for month, sum_ in (("6", "450"), ("9", "800"), ("12", "1000"))]
    evaluation = judged(
        tmp_path, "sichuan-department-2018", kind="department", year="2019", figures=figures, payments=paid
    )
    (execution,) = [one for one in evaluation.blocks if one.id == ("执行进度",)]
    # without earmarked funds 90% × 3 + 4 + 3 = 9.7, with them 90% × 2 + 3 + 2 + 0 to 3 = 6.8 to 9.8
    assert (execution.of, execution.low, execution.high) == ("10.00", "6.80", "9.80")
    assert evaluation.score.of == "13"
    assert "有专项" in [one.name for one in evaluation.missing if one.criterion == ("执行进度", "无专项六月")]


def test_funds_that_were_never_listed_are_unknown_and_none_at_all_is_no_delay(tmp_path: Path) -> None:
    def pace(**sections: Any) -> tuple[str, str]:
        found = judged(tmp_path, "hunan-department-c", kind="department", **sections)
        return row(found, "支付进度").low, row(found, "支付进度").high

    assert pace(figures={"专项资金个数": "2"}) == ("0.00", "3.00")
    assert pace(figures={"专项资金个数": "0"}) == ("3.00", "3.00")


def test_rows_that_share_a_block_earn_no_more_than_it_has(tmp_path: Path) -> None:
    rows = [output(name, "1次", "1次") for name in ("甲", "乙", "丙")]
    evaluation = judged(tmp_path, "national-self-evaluation", indicators=rows)
    assert [row(evaluation, name).points for name in ("甲", "乙", "丙")] == ["16.67", "16.67", "16.66"]
    assert row(evaluation, "产出指标").points == "50.00"  # what is over after 3 × 16.66 goes to the first ones


def test_a_target_below_zero_is_met_or_open_and_never_a_proportion(tmp_path: Path) -> None:
    rows = [
        output("增长率", "≥-5%", "-10%", points="25"),  # −10 ÷ −5 = 200%, but it fell twice as far
        output("降幅", "≤-5%", "-3%", points="15"),
        output("变动率", "≥-5%", "2%", points="10"),
    ]
    evaluation = judged(tmp_path, "national-self-evaluation", indicators=rows)
    assert [(row(evaluation, name).low, row(evaluation, name).high) for name in ("增长率", "降幅", "变动率")] == [
        ("0.00", "25.00"),
        ("0.00", "15.00"),
        ("10.00", "10.00"),
    ]
    assert said(evaluation, "目标值偏低") == []


def test_a_weight_of_nothing_is_not_a_blank_one_and_points_may_say_so(tmp_path: Path) -> None:
    total = {"line": "年度资金总额", "budget": "100", "actual": "90", "points": "0分"}
    rows = [output("场次", "10场", "9场", points="50分")]
    evaluation = judged(tmp_path, "national-self-evaluation", spending=[total], indicators=rows)
    assert (row(evaluation, "预算执行率").of, row(evaluation, "预算执行率").points) == ("0.00", "0.00")
    assert row(evaluation, "场次").points == "45.00"


def test_a_target_that_can_not_be_read_is_not_called_qualitative(tmp_path: Path) -> None:
    rows = [output("工期", "3-5天", "4天"), output("人数", "5;6;7人", "完成"), output("效果", "明显", "明显")]
    evaluation = judged(tmp_path, "national-self-evaluation", indicators=rows)
    assert [row(evaluation, one["name"]).cause for one in rows] == [
        "目标值“3-5天”不是单一的数值，不能按比例计算，待评价人定档",
        "一格填列多个目标，与完成值无法一一对应",
        "定性指标，待评价人定档",
    ]


def test_what_surely_holds_is_said_though_a_number_of_its_sentence_is_not_filed(tmp_path: Path) -> None:
    claim = [{"claim": "all-targets-met", "quote": "均已达到"}]
    total = {"line": "年度资金总额", "budget": "100", "actual": "70"}
    evaluation = judged(tmp_path, "national-self-evaluation", spending=[total], statements=claim)
    assert said(evaluation, "自称全部达到而与数据矛盾") == [
        "自评称各项绩效目标均已达到；但预算执行率70%，其中项目支出执行率（未知）"
    ]


def test_a_finding_on_which_nothing_was_filed_is_asked_for(tmp_path: Path) -> None:
    evaluation = judged(tmp_path, "national-self-evaluation")
    assert said(evaluation, "支出进度不均衡") == []
    assert any(one.name.endswith("（未填报，无法判断“支出进度不均衡”）") for one in evaluation.missing)


def test_a_cut_of_a_row_that_is_open_is_no_equation(tmp_path: Path) -> None:
    rows = [output("效果", "明显", "明显", points="20")]
    answers = [{"row": "效果", "reduce": "60%", "by": "甲", "reason": "不可考查"}]
    cut = row(judged(tmp_path, "sichuan-review-pidu", indicators=rows, judgements=answers), "效果")
    assert (cut.low, cut.high) == ("0.00", "8.00")
    assert cut.because.endswith("；复核减60%（甲：不可考查），得0–8分")
