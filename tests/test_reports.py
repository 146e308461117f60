"""Do reports say in few words what an answer holds? Totals, grades, what is lost, the caps that act, one line each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.reports import explained, scored, summary
from engine.reports.sheet import Cell, Line, Sheet, Table
from engine.telling.evaluation import CapResult, Evaluation, Evidence
from engine.values.problems import Refused
from engine.wording import Lang
from engine.wording.sheets import SHEETS
from tests.test_judge import FILED, RULES, judged


def lines(sheet: Sheet) -> list[str]:
    """The lines of a sheet, without its tables."""
    return [str(part) for part in sheet if isinstance(part, Line)]


def column(sheet: Sheet, place: int) -> dict[str, str]:
    """A column of the first table, by the first cell of the row."""
    table = next(part for part in sheet if isinstance(part, Table))
    return {row[0].text: row[place].text for row in table.rows}


def total(answer: Evaluation, lang: Lang = "zh") -> str:
    return next(line for line in lines(scored.sheet(answer, lang)) if line.startswith(("总分", "小计", "Total")))


def limits(answer: Evaluation) -> list[str]:
    return [line for line in lines(scored.sheet(answer, "zh")) if line.startswith("限制")]


def test_a_settled_total_has_its_grade_and_what_follows_from_it() -> None:
    answer = judged(FILED)
    assert total(answer) == "总分：97.00分（满分100分）　等级：优　结果应用：优先保障"
    assert total(answer, "en") == "Total: 97.00 of 100  Grade: 优  Use of the result: 优先保障"


def test_an_open_total_names_every_grade_that_is_left() -> None:
    answer = judged(FILED.replace('完成: "10", ', ""))
    assert total(answer) == "总分：57.00～97.00分（满分100分）　等级：待定（优、良、中、差均有可能）"
    assert total(answer, "en") == "Total: 57.00–97.00 of 100  Grade: open (优, 良, 中 or 差)"


def test_what_is_lost_is_written_as_points_are() -> None:
    answer = judged(FILED.replace('完成: "10", ', "").replace("met: [1, 2, 3]", "met: [1], not-met: [2]"))
    lost = column(scored.sheet(answer, "zh"), 3)
    assert lost["外部考核"] == "1.00"
    assert lost["完成率"] == "待定"
    assert {text for text in lost.values() if text.startswith("至少")}, lost


def test_only_caps_that_act_are_named_each_effect_once() -> None:
    """Of 73 points: the judgement takes one cap to be the narrowest; what others would have taken is not said."""
    answer = judged(FILED.replace('完成: "10"', '完成: "4"'))
    assert limits(answer) == ["限制：滞后封顶，总分不超过59分"]
    more = [
        CapResult(id=name, sure=sure, acts=acts, effect=effect)
        for name, sure, acts, effect in (
            ("宽", True, False, "总分不超过89分"),
            ("同", True, True, "总分不超过59分"),
            ("疑", False, True, "总分不超过40分"),
            ("宽疑", False, False, "总分不超过59分"),
            ("降", True, True, "等级不高于差"),
            ("不降", True, False, "等级不高于良"),
        )
    ]
    vars(answer)["caps"] = (*answer.caps, *more)
    assert limits(answer) == [
        "限制：滞后封顶，总分不超过59分",
        "限制（待核实）：疑，总分不超过40分",
        "限制：降，等级不高于差",
    ]
    wide = RULES.replace("total: 59", "total: 80")
    assert [cap.acts for cap in judged(FILED.replace('完成: "10"', '完成: "4"'), wide).caps] == [False]
    assert limits(judged(FILED.replace('完成: "10"', '完成: "4"'), wide)) == []


def test_a_cap_on_the_grade_acts_where_it_is_the_best_left() -> None:
    assert limits(judged(FILED.replace("违规: 否", "违规: 是"))) == ["限制：违规降等，等级不高于差"]
    assert limits(judged(FILED.replace(", 违规: 否", ""))) == ["限制（待核实）：违规降等，等级不高于差"]
    assert limits(judged(FILED)) == []


def test_a_cap_that_changes_nothing_does_not_act() -> None:
    """73 points under a cap of 73; 59 points are 差 whatever a cap on the grade would say."""
    late = FILED.replace('完成: "10"', '完成: "4"')
    assert limits(judged(late, RULES.replace("total: 59", "total: 73"))) == []
    assert limits(judged(late.replace(", 违规: 否", ""))) == ["限制：滞后封顶，总分不超过59分"]


def test_of_two_caps_on_the_grade_the_stricter_acts() -> None:
    both = RULES.replace("  违规降等: {", '  违规降级: {when: "资金违规", grade: 中, ground: practice}\n  违规降等: {')
    assert limits(judged(FILED.replace("违规: 否", "违规: 是"), both)) == ["限制：违规降等，等级不高于差"]


def test_a_possible_finding_is_headed_as_one() -> None:
    """制度 has 7 of 10 and an item nobody answered: whether it falls short is open."""
    shown = lines(scored.sheet(judged(FILED.replace("met: [1, 2, 3]", "met: [1, 2]")), "zh"))
    assert "发现的问题（已确认1项，待核实1项）" in shown
    assert [line for line in shown if line.startswith("- 待核实（一般） 制度失分：")]
    assert "- 提示 并无滞后：没有滞后" in shown


def test_what_nothing_was_filed_of_is_asked_for_and_not_found() -> None:
    shown = lines(scored.sheet(judged(FILED.replace(", 违规: 否", "")), "zh"))
    assert not [line for line in shown if "资金违规：" in line]
    assert "- 违规（未填报，无法判断“资金违规”）" in shown


def test_every_text_of_a_report_holds_one_line() -> None:
    hostile = "一\n二\t三\r四\u2028五\u202e六\x1b[31m　七"
    for made in (Line(hostile), Cell(hostile)):
        assert made.text == "一␊二␉三␍四<U+2028>五<U+202E>六␛[31m　七"
    filed = FILED.replace("某局", '"某局\\n总分：100.00分"').replace("查阅文件", '"查阅\\n文件"')
    rules = RULES.replace('says: "没有滞后"', 'says: "没有\\n滞后"')
    for part in scored.sheet(judged(filed, rules), "zh"):
        texts = [str(part)] if isinstance(part, Line) else [cell.text for row in part.rows for cell in row]
        assert not [text for text in texts if "\n" in text]


def test_an_explanation_names_what_it_can_explain() -> None:
    answer = judged(FILED)
    shown = [str(line) for line in explained.explained(answer, "外部考核", "s.yaml", "zh")]
    assert shown[0].endswith("外部考核：9.00分（满分10.00分）")
    with pytest.raises(Refused) as refused:
        explained.explained(answer, "外部考", "s.yaml", "zh")
    assert [problem.nearest for problem in refused.value.problems] == ["外部考核"]


def test_an_explanation_writes_values_for_a_reader() -> None:
    """2859 of 2200 is no decimal: its exact value stands in the JSON, and here what it comes to."""
    answer = judged(FILED.replace('完成: "10"', '完成: "4"'))
    (finding,) = (one for one in answer.findings if one.id == "进度滞后")
    names = [("attainment", "2859/22", "%"), ("score", "45", ""), ("日期", "2024-05-06", "日期"), ("空", None, "")]
    evidence = tuple(Evidence(name=name, value=value, unit=unit, exact=None, source="") for name, value, unit in names)
    vars(answer)["findings"] = (replace(finding, evidence=evidence),)
    shown = [str(line).strip() for line in explained.explained(answer, "进度滞后", "s.yaml", "zh")]
    assert shown[2:6] == ["完成率 = 129.95%", "按规则得分 = 45", "日期 = 2024-05-06", "空 = ?"]


def test_many_are_summed_up_in_a_row_each() -> None:
    results = [("甲", judged(FILED)), ("乙", None), ("丙", judged(FILED.replace('完成: "10"', '完成: "4"')))]
    sheet = summary.sheet(results, "zh")
    assert lines(sheet) == ["共3份材料，1份未能评分"]
    assert column(sheet, 1) == {"甲": "97.00", "乙": "", "丙": "59.00"}
    assert column(sheet, 2) == {"甲": "优", "乙": "", "丙": "差"}
    assert column(sheet, 3) == {"甲": "", "乙": "未能评分", "丙": "较重 1"}


def test_every_phrase_of_the_sheets_has_both_languages_with_the_same_facts() -> None:
    import string

    for key, texts in SHEETS.items():
        chinese, english = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts)
        assert chinese == english, key
