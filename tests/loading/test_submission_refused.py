"""Is a broken submission refused with every bad value and its place, and a blank never taken for a number?"""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.desk import evaluate
from engine.inference.durable_rules import DurableRules
from engine.reading.editions import load_plan
from engine.reading.library import load_submission
from engine.telling.evaluation import Evaluation
from engine.values.problems import Problem, Refused

from .examples import REVIEW, RULES, SECONDS, SUBMISSION, base, patched, sections, told, unmarked, within

EXECUTOR = DurableRules()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the base rules."""
    monkeypatch.chdir(tmp_path)
    Path(RULES).write_text(base(RULES), "utf-8")
    return tmp_path


def evaluated(patch: str, review: str = "") -> Evaluation:
    """What the base rules say of the base submission with these sections in place of its own."""
    Path(SUBMISSION).write_text(patched(SUBMISSION, patch), "utf-8")
    Path(REVIEW).write_text(patched(REVIEW, review), "utf-8")
    filing = load_submission(Path(SUBMISSION), Path(REVIEW) if review else None)
    return evaluate(load_plan(Path(RULES)), filing.submission, filing.place, filing.digest, EXECUTOR)


def refused(patch: str, review: str = "") -> tuple[Problem, ...]:
    """Everything wrong in it."""
    with within(SECONDS), pytest.raises(Refused) as caught:
        evaluated(patch, review)
    return caught.value.problems


def asserted(patch: str, *codes: str) -> None:
    """It has exactly these problems, where the marks « » stand."""
    text, expected = unmarked(patch, *codes)
    assert told(refused(text)) == expected


def bounds(evaluation: Evaluation) -> tuple[float, float]:
    """The ends of the score; a comparison here needs no exactness."""
    return float(evaluation.score.low), float(evaluation.score.high)


def figures(**stated: str) -> str:
    """The figures of the base submission, some of them otherwise."""
    own = {"编制数": '"46"', "实际在职人数": '"50"', "预算": '"100"', "决算": '"90"', "按时公开": "是"} | stated
    return "figures:\n" + "".join(f"  {name}: {text}\n" for name, text in own.items())


# -- all at once -----------------------------------------------------------------------------------------------------


def test_ten_values_that_can_not_be_read_are_ten_problems() -> None:
    asserted(
        """\
department:«»
kind: «office»
year: «二〇二二»
money: «美元»
payments: [{month: «13», cumulative: 1}]
indicators:
  - «»{level: 产出}
  - {name: 抽查数量, «actul»: 304台}
judgements:
  - {criterion: 管理, points: «九», by: 张三, reason: 见台账}
statements: [{claim: «all-met», quote: 均已达到}]
""",
        "blank-value",
        "not-one-of",
        "not-a-year",
        "not-one-of",
        "bad-value",
        "missing-key",
        "unknown-key",
        "not-a-number",
        "not-one-of",
    )


def test_ten_cells_that_can_not_be_read_are_ten_problems() -> None:
    asserted(
        """\
figures:
  编制数: «四十六»
  实际在职人数: {value: «50元», source: 基础数据表}
  预算: "«1,00.0»"
  决算: ≥90
  按时公开: «大概»
spending:
  - {line: 基本支出, budget: «很多», actual: "1"}
  - {line: «基本支出», actual: «1台», points: «十»}
payments:
  - {month: 6, cumulative: «一半»}
indicators:
  - {name: 抽查数量, level: 产出, target: 300台, actual: 304台, points: «五», stated-rate: «高»}
confirmations:
  - {row: «抽查数», reads: 304台, by: 张三, reason: 见台账}
judgements:
  - {row: «抽检数量», tier: 达成, by: 张三, reason: 见台账}
""".replace("≥90", "«≥90»"),
        "not-a-number",
        "unit-of-figure",
        "not-a-number",
        "not-a-number",
        "not-yes-no",
        "not-a-number",
        "repeated-line",
        "unit-of-figure",
        "not-a-number",
        "not-a-number",
        "not-a-number",
        "not-a-number",
        "unknown-row",
        "unknown-row",
    )


def test_all_answers_that_do_not_fit_are_told_at_once() -> None:
    asserted(
        """\
indicators:
  - {name: 抽查数量, level: 产出, target: 明显, actual: 明显}
  - {name: 检查次数, level: «产岀类», target: 300次, actual: 304次}
judgements:
  - {criterion: 制度, met: [«0»], not-met: [2], by: 张三, reason: 见台账}
  - {criterion: 管理, tier: «尚可», by: 张三, reason: 见台账}
  - {criterion: «管李», points: 9, by: 张三, reason: 见台账}
  - {row: 抽查数量, tier: «还行», by: 张三, reason: 见台账}
""",
        "unknown-level",
        "wrong-item",
        "unknown-tier",
        "unknown-criterion",
        "unknown-tier",
    )


def test_a_key_nobody_reads_is_refused_with_the_nearest_that_is_read() -> None:
    problems = refused("figure: {编制数: 46}\ndepartmnet: 某局\n")
    assert [(problem.code, problem.facts["key"], problem.nearest) for problem in problems] == [
        ("unknown-key", "figure", "figures"),
        ("unknown-key", "departmnet", "department"),
    ]


def test_a_key_like_no_other_is_refused_without_advice() -> None:
    (problem,) = refused("编制: 46\n")
    assert (problem.code, problem.nearest) == ("unknown-key", "")


@pytest.mark.parametrize(
    ("figure", "code"),
    [("{«valu»: 46}", "unknown-key"), ("«[»46]", "bad-value"), ('{value: "46", «from»: 表}', "unknown-key")],
)
def test_a_figure_in_a_wrong_frame_is_one_problem_at_its_place(figure: str, code: str) -> None:
    text, expected = unmarked(f"figures:\n  编制数: {figure}\n", code)
    found = [(one.source.line, one.source.column, one.code) for one in refused(text) if one.code != "missing-key"]
    assert found == [(line, column, code) for line, column, _, code in expected]


# -- nothing is scored half-read -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "patch",
    [
        figures(决算="九十"),
        "spending: [{line: 基本支出, budget: 很多}]\n",
        "payments: [{month: 6, cumulative: 一半}]\n",
        "indicators:\n  - {name: 抽查数量, level: 产出, target: 300台, actual: 304台, score: 满分}\n",
        "confirmations: [{row: 无此行, reads: 1, by: 张三, reason: 见台账}]\n",
        "stated: {total: 九十六}\n",
    ],
)
def test_a_bad_value_that_no_criterion_reads_still_refuses_the_submission(patch: str) -> None:
    assert len(refused(patch)) == 1


def test_a_bad_answer_of_a_review_refuses_the_submission_at_its_place_in_the_review() -> None:
    (problem,) = refused("", "confirmations:\n  - {row: 抽查数, reads: 1, by: 张三, reason: 见台账}\n")
    assert (problem.code, str(problem.source)) == ("unknown-row", "review.yaml:2:11")


# -- blank is unknown ------------------------------------------------------------------------------------------------

BLANKS = ["", "~", "null", '""', '" "', '"-"', '"/"', '"—"', "# 未填"]


def test_the_base_submission_has_66_points_and_20_await_the_evaluator() -> None:
    """50 staff of 46 are 8 whole points of a hundred over: 20 − 8 × 0.5 = 16, and 50 for the row."""
    assert bounds(evaluated("")) == (66, 86)


def test_a_figure_of_0_is_the_number_0() -> None:
    assert bounds(evaluated(figures(实际在职人数='"0"'))) == (70, 90)


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_figure_is_unknown_and_never_0(blank: str) -> None:
    evaluation = evaluated(figures(实际在职人数=blank))
    assert bounds(evaluation) == (50, 90)
    assert "实际在职人数" in [missing.name for missing in evaluation.missing]


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_figure_in_its_frame_is_unknown_and_never_0(blank: str) -> None:
    assert bounds(evaluated(figures(实际在职人数=f"\n    value: {blank}\n    source: 基础数据表"))) == (50, 90)


def test_a_figure_left_out_is_unknown() -> None:
    assert bounds(evaluated('figures:\n  编制数: "46"\n')) == (50, 90)


@pytest.mark.parametrize("cell", ["actual", "target"])
@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_cell_of_a_row_is_unknown_and_never_0(cell: str, blank: str) -> None:
    cells = {"target": "300台", "actual": "304台"} | {cell: blank}
    lines = "".join(f"    {key}: {text}\n" for key, text in cells.items())
    assert bounds(evaluated(f"indicators:\n  - name: 抽查数量\n    level: 产出\n{lines}")) == (16, 86)


def test_a_cell_that_can_not_be_verified_is_unknown() -> None:
    assert bounds(evaluated(figures(实际在职人数="无法核实"))) == (50, 90)


@pytest.mark.parametrize(
    "patch",
    ["title:\n", "notes:\n", "source:\n", "place:\n", "figures:\n", "indicators:\n", "stated: {total: , grade: }\n"],
)
def test_an_optional_key_with_nothing_behind_it_is_as_good_as_left_out(patch: str) -> None:
    without = base(SUBMISSION)
    for name in sections(patch):
        without = without.replace(sections(without).get(name, "\0"), "")
    Path("without.yaml").write_text(without, "utf-8")
    evaluated(patch)
    assert load_submission(Path(SUBMISSION)).digest == load_submission(Path("without.yaml")).digest


# -- units and ranges ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["46元", "46%", "46台", "46人/元"])
def test_a_figure_in_another_unit_is_refused(text: str) -> None:
    asserted(f"figures:\n  编制数: «{text}»\n", "unit-of-figure")


@pytest.mark.parametrize("text", ["46人", "46名", "46", '" 46 人"', "４６人"])
def test_a_figure_in_its_own_unit_or_none_is_read(text: str) -> None:
    assert bounds(evaluated(figures(编制数=text))) == (66, 86)


@pytest.mark.parametrize("text", ["100万元", "1000000元", "0.01亿元", '"100"', "1,000千元"])
def test_money_is_read_in_its_own_unit_else_in_that_of_the_submission(text: str) -> None:
    assert not evaluated(figures(预算=text)).problems


@pytest.mark.parametrize("text", ["≥46人", "46以上", "约46", "46-48", "1e2", "0x2E", "4 6", "46.0000001", "9" * 16])
def test_a_figure_that_is_no_one_number_is_refused_and_not_repaired(text: str) -> None:
    asserted(f'figures:\n  编制数: "«{text}»"\n', "not-a-number")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("criterion: 管理, points: «-1»", "points-out-of-range"),
        ("criterion: 管理, points: «10.01»", "points-out-of-range"),
        ("criterion: 管理, tier: 好, points: «7.99»", "points-out-of-range"),
        ("criterion: 管理, tier: 差, points: «8.01»", "points-out-of-range"),
        ("criterion: 控制率, points: «17»", "not-editable"),
        ("criterion: 控制率, points: «16»", "not-editable"),
        ("row: 抽查数量, points: «49»", "not-editable"),
        ("row: 抽查数量, tier: «达成»", "tier-of-measured"),
        ("criterion: 制度, met: [«3»]", "wrong-item"),
        ("criterion: 制度, met: [«-1»]", "wrong-item"),
        ("criterion: 制度, met: [1], not-met: [«1»]", "wrong-item"),
        ("criterion: 管理, tier: «中»", "unknown-tier"),
        ("row: 抽查数量, tier: «好»", "tier-of-measured"),
        ("row: «抽查», tier: 达成", "unknown-row"),
        ("criterion: «抽查数量», points: 9", "unknown-criterion"),
    ],
)
def test_an_answer_out_of_range_is_refused_at_the_word_that_is(answer: str, code: str) -> None:
    asserted(f"judgements:\n  - {{{answer}, by: 张三, reason: 见台账}}\n", code)


@pytest.mark.parametrize(
    ("answer", "low", "high"), [("points: 10", 76, 86), ("points: 0", 66, 76), ("tier: 好", 74, 86)]
)
def test_an_answer_at_the_end_of_its_range_is_taken(answer: str, low: float, high: float) -> None:
    assert bounds(evaluated(f"judgements: [{{criterion: 管理, {answer}, by: 张三, reason: 见台账}}]\n")) == (low, high)


def test_items_met_not_met_and_unanswered_are_three_things() -> None:
    def answered(items: str) -> tuple[float, float]:
        return bounds(evaluated(f"judgements: [{{criterion: 制度, {items}, by: 张三, reason: 见台账}}]\n"))

    assert answered("met: [1]") == (70, 86)
    assert answered("not-met: [1]") == (66, 82)
    assert answered("met: [1], not-met: [2]") == (70, 80)


# -- answers nobody would read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        "points: 9",
        "criterion: 管理, row: 抽查数量, points: 9",
        "criterion: 管理",
        "criterion: 管理, met: [1]",
        "criterion: 制度, points: 9",
        "criterion: 制度, tier: 好",
        "criterion: 控制率, tier: 好",
        "criterion: 控制率, met: [1]",
        "row: 抽查数量, met: [1]",
    ],
)
def test_an_answer_that_its_criterion_can_not_read_is_refused_and_not_ignored(answer: str) -> None:
    assert refused(f"judgements: [{{{answer}, by: 张三, reason: 见台账}}]\n")


@pytest.mark.parametrize("key", ["by", "reason"])
def test_an_answer_without_a_name_or_a_reason_is_refused(key: str) -> None:
    given = {"by": "张三", "reason": "见台账"} | {key: ""}
    (problem,) = refused(
        f"judgements:\n  - criterion: 管理\n    points: 9\n    by: {given['by']}\n    reason: {given['reason']}\n"
    )
    assert problem.code == "blank-value"


def test_two_answers_to_one_criterion_are_refused() -> None:
    one, other = (f"{{criterion: 管理, points: {points}, by: 张三, reason: 见台账}}" for points in (9, 3))
    assert refused(f"judgements: [{one}, {other}]\n")


def test_two_answers_to_one_row_are_refused() -> None:
    one, other = (f"{{row: 抽查数量, tier: {tier}, by: 张三, reason: 见台账}}" for tier in ("达成", "未达成"))
    assert refused(f"judgements: [{one}, {other}]\n")


def test_two_readings_of_one_cell_are_refused() -> None:
    one, other = (f"{{row: 抽查数量, reads: {count}台, by: 张三, reason: 见台账}}" for count in (304, 12))
    assert refused(f"confirmations: [{one}, {other}]\n")


def test_an_answer_of_a_review_against_one_in_the_submission_is_refused() -> None:
    one, other = (f"judgements: [{{criterion: 管理, points: {n}, by: 张三, reason: 见台账}}]\n" for n in (9, 3))
    assert {problem.source.file for problem in refused(one, other)} == {REVIEW}


def test_two_payments_at_the_end_of_one_month_are_refused() -> None:
    (problem,) = refused("payments:\n  - {month: 6, cumulative: 10}\n  - {month: 6, cumulative: 90}\n")
    assert problem.source.line == 3


def test_an_answer_to_a_name_that_two_criteria_have_is_refused() -> None:
    leaf = "管理: {points: 5, scoring: {method: judgement}}"
    criteria = "criteria:\n" + "".join(f"  {n}: {{points: 5, criteria: {{{leaf}}}}}\n" for n in ("投入", "过程"))
    Path(RULES).write_text(patched(RULES, criteria), "utf-8")
    judgement = "judgements: [{criterion: %s, points: 5, by: 张三, reason: 见台账}]\n"
    assert bounds(evaluated(judgement % "投入/管理")) == (5, 10)
    assert refused(judgement % "管理")


# -- hostile ---------------------------------------------------------------------------------------------------------


def test_marks_in_a_cell_are_told_as_they_stand() -> None:
    (problem,) = refused('figures:\n  编制数: "[red]{0.__class__}%s"\n')
    assert (problem.code, problem.facts["found"]) == ("not-a-number", "[red]{0.__class__}%s")


def test_a_number_of_a_million_digits_is_refused_soon() -> None:
    assert [one.code for one in refused(f'figures:\n  编制数: "{"9" * 1_000_000}"\n')] == ["not-a-number"]


def test_a_year_of_a_million_digits_is_refused_soon() -> None:
    assert [one.code for one in refused(f"year: {'9' * 1_000_000}\n")] == ["bad-value"]


@pytest.mark.parametrize(
    "cell", ["1" * 20_000 + "x", "1;" * 20_000, "," * 20_000, "1 " * 20_000, "≥" * 20_000, "1/" * 20_000]
)
def test_a_long_cell_is_read_soon(cell: str) -> None:
    assert len(refused(f'figures:\n  编制数: "{cell}"\n')) == 1


@pytest.mark.parametrize("name", ["甲;1;" * 8_000, "1;" * 8_000 + "甲", "1甲" * 8_000], ids=lambda name: name[:4])
def test_a_long_name_of_a_row_is_read_soon(name: str) -> None:
    with within(SECONDS):
        evaluated(f'indicators:\n  - {{name: "{name}", level: 产出, target: 300台, actual: 304台}}\n')


def test_thousands_of_bad_cells_in_blocks_are_told_soon() -> None:
    lines = "".join(f"  - line: l{n}\n    budget: |-\n      x\n" for n in range(10_000))
    assert len(refused(f"spending:\n{lines}")) == 10_000


def test_thousands_of_confirmations_of_as_many_rows_are_read_soon() -> None:
    rows = "".join(f"  - {{name: r{n}, level: 产出, target: 1, actual: 1}}\n" for n in range(2_000))
    reads = "".join(f"  - {{row: r{n}, reads: 1, by: 张三, reason: 见台账}}\n" for n in range(2_000))
    with within(2 * SECONDS):
        evaluated(f"indicators:\n{rows}confirmations:\n{reads}")


def test_thousands_of_unknown_rows_are_told_soon() -> None:
    rows = "".join(f"  - {{name: row{n}, level: 产出, target: 1, actual: 1}}\n" for n in range(2_000))
    reads = "".join(f"  - {{row: raw{n}, reads: 1, by: 张三, reason: 见台账}}\n" for n in range(2_000))
    assert len(refused(f"indicators:\n{rows}confirmations:\n{reads}")) == 2_000


def test_thousands_of_answers_to_unknown_criteria_are_told_soon() -> None:
    answers = "".join(f"  - {{criterion: c{n}, points: 1, by: 张三, reason: 见台账}}\n" for n in range(10_000))
    assert len(refused(f"judgements:\n{answers}")) == 10_000
