"""Does an edition from outside China score as its framework says? Letters of a submission worked by hand, end to end.

`constructed/` is a submission made up for this; its arithmetic stands in `expected.yaml`.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from cli.screen import as_text
from engine.algebra.carriers import SCALARS
from engine.algebra.meaning import MEANING, Meaning, Number, known
from engine.desk import evaluate
from engine.expressions.interpreter import Interpreter
from engine.inference.bitwise import Bitwise
from engine.inference.durable_rules import DurableRules
from engine.judging.settings import RowSetting, SubmissionSetting
from engine.methods import Levels
from engine.planning.plan import Leaf, Plan
from engine.quality.cases import Case, ExpectedFile, Published
from engine.quality.catalogue import cases, editions
from engine.reading.editions import load_plan
from engine.reading.library import find_ruleset, load_submission
from engine.reading.models import load
from engine.reports import scored
from engine.telling.evaluation import Evaluation, content
from engine.values.exact import shown
from engine.values.problems import Refused
from tests.bundled import planned
from tests.console import jixiao
from tests.core.symbols import SYMBOLS, Lifting, values_of

FOLDER = Path(__file__).parent / "constructed"
PEFA = "pefa-2016-budget-reliability"
PLAN = planned(PEFA)
DURABLE = DurableRules()
YEARS = ("本年", "上年", "前年")
HEAD = "submission: s\ndepartment: 某国财政部\nkind: government\nyear: 2015\nmoney: 亿元\n"


def answer(folder: Path, spending: str, more: str = "", plan: Plan = PLAN) -> Evaluation:
    path = folder / "submission.yaml"
    path.write_text(f"{HEAD}{more}spending:\n{spending}", encoding="utf-8")
    filing = load_submission(path)
    return evaluate(plan, filing.submission, filing.place, filing.digest, DURABLE)


def letters(evaluation: Evaluation) -> dict[str, str | None]:
    return {one.id[-1]: one.points for one in (*evaluation.criteria, *evaluation.blocks)}


def total(year: str, actual: str) -> str:
    return f"  - {{line: {year}, budget: 1000, actual: {actual}}}\n"


def heads(year: str, *pairs: tuple[str, str]) -> str:
    """A year of revenue by heads, each budget and actual."""
    parts = ", ".join(
        f"{{line: 第{number}项, budget: {budget}, actual: {actual}}}" for number, (budget, actual) in enumerate(pairs)
    )
    return f"  - {{line: {year}收入, of: [{parts}]}}\n"


@pytest.mark.parametrize(
    ("actuals", "letter"),
    [
        (("950", "1050", "3000"), "A"),  # both ends, and an outlier
        (("949.999999", "1050", "3000"), "B"),
        (("950", "1050.000001", "3000"), "B"),
        (("900", "1100", "0"), "B"),
        (("899.999999", "1100", "0"), "C"),
        (("850", "1150", "0"), "C"),
        (("850", "1150.000001", "0"), "D"),
        (("950", "1050", ""), "A"),  # the third year can't change it
        (("", "1000", "1000"), "A"),
        (("950", "900", ""), "D*"),
        (("950", "", ""), "D*"),
        (("0", "2000", ""), "D"),
        (("不适用", "不适用", "不适用"), "NA"),
    ],
)
def test_total_expenditure_against_its_budget(tmp_path: Path, actuals: tuple[str, ...], letter: str) -> None:
    filed = "".join(total(year, actual) for year, actual in zip(YEARS, actuals, strict=True))
    found = letters(answer(tmp_path, filed))
    assert found["1.1"] == letter
    assert found["PI-1"] == letter.rstrip("*")  # the star stands at the dimension alone


@pytest.mark.parametrize(
    ("actuals", "letter"),
    [
        # Of 100 and 100, x more and x less: 2x ÷ 200. The total stays, so that nothing is scaled.
        (("104.999999", "95.000001"), "A"),
        (("105", "95"), "B"),
        (("109.999999", "90.000001"), "B"),
        (("110", "90"), "C"),
        (("114.999999", "85.000001"), "C"),
        (("115", "85"), "D"),
        # Twice the total: heads of 200 and 200 are as budgeted.
        (("200", "200"), "A"),
        (("210", "190"), "B"),  # 10 + 10 of 400
    ],
)
def test_the_composition_of_revenue(tmp_path: Path, actuals: tuple[str, str], letter: str) -> None:
    filed = "".join(heads(year, *(("100", actual) for actual in actuals)) for year in YEARS)
    assert letters(answer(tmp_path, filed))["3.2"] == letter


def test_variance_is_exact_where_a_quotient_never_ends(tmp_path: Path) -> None:
    """Thirds: 3 budgets of 1 scaled by 20/3 are 6.666…; actuals of 7, 7 and 6 are 1/3 + 1/3 + 2/3 off, 4/3 ÷ 20."""
    pairs = (("1", "7"), ("1", "7"), ("1", "6"))
    found = answer(tmp_path, "".join(heads(year, *pairs) for year in YEARS))
    (measure, _, _) = next(one.measures for one in found.criteria if one.id == ("PI-3", "3.2"))
    assert (measure.value, measure.unit, measure.exact) == ("6.67", "%", "1/15")


def function(year: str, *lines: tuple[str, str, str]) -> str:
    parts = ", ".join(f"{{line: {line}, budget: {budget}, actual: {actual}}}" for line, budget, actual in lines)
    return f"  - {{line: {year}, budget: 1000, actual: 1000, of: [{{line: 按功能分, of: [{parts}]}}]}}\n"


@pytest.mark.parametrize(
    ("charged", "letter"),
    [
        (("29.9999", "29.9999", "29.9999"), "A"),
        (("30", "30", "30"), "B"),
        (("0", "0", "90"), "B"),  # (0 + 0 + 9%) ÷ 3 = 3%
        (("60", "60", "60"), "B"),
        (("60.001", "60", "60"), "C"),  # 6.0001% + 6% + 6%, a third of it
        (("99.999", "100", "100"), "C"),
        (("100", "100", "100"), "D"),
        (("0", "0", ""), "D*"),
    ],
)
def test_contingency_by_the_mean_of_three_years(tmp_path: Path, charged: tuple[str, ...], letter: str) -> None:
    filed = "".join(function(year, ("应急支出", "50", one)) for year, one in zip(YEARS, charged, strict=True))
    assert letters(answer(tmp_path, filed))["2.3"] == letter


def test_interest_and_contingency_are_left_out_of_the_composition_by_function(tmp_path: Path) -> None:
    lines = ("教育", "100", "104"), ("卫生", "100", "96"), ("债务利息", "100", "900"), ("应急支出", "100", "0")
    found = letters(answer(tmp_path, "".join(function(year, *lines) for year in YEARS)))
    assert found["2.1"] == "A"  # 8 of 200; with the other two it would be far more


@pytest.mark.parametrize(("actual", "code"), [("1000000.000001", "figure-too-large"), ("0.5元", "figure-too-fine")])
def test_money_beyond_the_limits_of_the_arithmetic_is_refused(tmp_path: Path, actual: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        answer(tmp_path, total("本年", actual))
    assert [problem.code for problem in refused.value.problems] == [code]


MOST = 10**14
EXTREMES: list[list[tuple[int, int]]] = [
    [(MOST, MOST)] * 3,
    [(MOST, 0), (0, MOST), (MOST, MOST)],  # shares ½ 0 ½ and 0 ½ ½
    [(MOST, 1), (1, MOST), (1, 1)],
    [(MOST, MOST - 1), (MOST - 1, MOST), (1, 0)],
]
"""Heads of four submissions, each budget and actual in 元, at the limits that the rule file names."""


def variance(meaning: Meaning, heads_: list[tuple[Number, Number]]) -> Number:
    """The variance of revenue of one submission, each of its heads a budget and an actual."""
    setting = SubmissionSetting(meaning, {}, {})
    setting.lines["spending", ("本年收入",)] = [
        (meaning.carrier.true, RowSetting({"budget": budget, "actual": actual}, setting)) for budget, actual in heads_
    ]
    for name in ("本年收入实际", "本年收入预算", "本年收入偏差率"):
        setting.names[name] = Interpreter(meaning).number(PLAN.measures[name].tree, setting)
    found = setting.names["本年收入偏差率"]
    assert isinstance(found, Number)
    return found


def test_the_variance_of_the_largest_sums_is_exact_on_scalars_and_symbols() -> None:
    by_hand, environments = [], []
    for heads_ in EXTREMES:
        budget, actual = (sum(amounts) for amounts in zip(*heads_, strict=True))
        by_hand.append(sum(abs(Fraction(a, actual) - Fraction(b, budget)) for b, a in heads_))
        lifting = Lifting()
        held = [tuple(lifting.known(f"{at} {n}", Fraction(x)) for n, x in enumerate(h)) for at, h in enumerate(heads_)]
        environments.append(lifting.environment)
        alone = variance(MEANING, [(known(Fraction(b)), known(Fraction(a))) for b, a in heads_])
        assert Fraction(alone.n, alone.d) == by_hand[-1]
    assert by_hand[:2] == [0, 1]
    found = list(values_of(variance(SYMBOLS, held), environments))
    assert [Fraction(one.n, one.d) for one in found] == by_hand


CONDITIONAL = """\
findings:
  总额偏离:
    severity: major
    when: "points[PI-1/1.1] < full[PI-1]"
    says: "1.1按{points[PI-1/1.1]}计，最高{full[PI-1/1.1]}；支柱第三项按{points[PI-3]}计"
    ground: practice
"""


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("是", {"3.1": "B", "3.2": "A", "PI-3": "B+"}),  # 3 + 4 = 7
        ("否", {"3.1": "NA", "3.2": "A", "PI-3": None}),  # the table has no row for one
        ("", {"3.1": "D*", "3.2": "A", "PI-3": "C+"}),  # B or left out: it is not known, 1 + 4 = 5
    ],
)
def test_a_dimension_that_does_not_apply_is_left_out(
    tmp_path: Path, fact: str, expected: dict[str, str | None]
) -> None:
    text = find_ruleset(PEFA).read_text("utf-8") + CONDITIONAL
    text = text.replace("figures:\n", "figures:\n  有收入预算: {unit: yes-no}\n", 1)
    title = "        title: 3.1 收入总额\n"
    text = text.replace(title, title + '        applies: "有收入预算"\n')
    path = tmp_path / "rules.yaml"
    path.write_text(text, "utf-8")
    filed = "".join(
        f"  - {{line: {year}收入, budget: 100, actual: 94, of: [{{line: 税收, budget: 100, actual: 94}}]}}\n"
        for year in YEARS
    )
    spent = total("本年", "950") + total("上年", "900")
    found = answer(tmp_path, filed + spent, f"figures: {{有收入预算: {fact}}}\n", load_plan(path))
    assert {name: letters(found)[name] for name in expected} == expected
    third = {"是": "3.5", "否": "（未知）", "": "2.5"}[fact]
    assert [one.says for one in found.findings] == [f"1.1按1计，最高4；支柱第三项按{third}计"]


def test_a_remark_is_printed_once(tmp_path: Path) -> None:
    found = answer(tmp_path, total("本年", "950"))
    vars(found)["remarks"] = ("一句评语",)
    assert as_text(scored.sheet(found, "zh")).count("一句评语") == 1


def test_there_is_no_total_and_no_grade(tmp_path: Path) -> None:
    found = answer(tmp_path, total("本年", "950"))
    assert (found.score, found.grade, found.grades) == (None, None, ())
    assert [one.points for one in found.blocks] == ["D", "D", "D"]
    one = found.criteria[0]
    assert (one.points, one.low, one.high, one.of, one.origin) == ("D*", "D", "A", "A", "computed")
    assert found.missing[0].settles == "D–A"


def test_an_evaluator_does_not_answer_what_is_measured(tmp_path: Path) -> None:
    answered = "judgements: [{criterion: PI-1/1.1, points: 4, by: 甲, reason: 查阅}]\n"
    with pytest.raises(Refused) as refused:
        answer(tmp_path, total("本年", "950"), answered)
    assert "answer-unread" in [problem.code for problem in refused.value.problems]


def test_the_executors_give_the_same_bytes() -> None:
    filing = load_submission(FOLDER / "submission.yaml")
    texts = [
        json.dumps(content(evaluate(PLAN, filing.submission, filing.place, filing.digest, executor)) | {"engine": ""})
        for executor in (DURABLE, Bitwise(SCALARS))
    ]
    assert len(set(texts)) == 1


def test_the_constructed_case_holds_and_a_letter_that_differs_fails(tmp_path: Path) -> None:
    found = jixiao("cases", "run", str(FOLDER))
    assert found.returncode == 0, found.stderr
    assert "PI-1 A  PI-2 D+  PI-3 B+" in found.stdout
    for file in FOLDER.iterdir():
        text = file.read_text("utf-8").replace("PI-3/3.2:\n        letter: B\n", "PI-3/3.2:\n        letter: A\n")
        (tmp_path / file.name).write_text(text.replace("PI-2/2.3: {letter: B,", "PI-2/2.4: {letter: B,"), "utf-8")
    found = jixiao("cases", "run", str(tmp_path))
    assert found.returncode == 1
    assert found.stderr.count("error[case-differs]") == 3  # 3.2; 2.4 is no criterion; 2.3 is expected no more


def test_the_table_has_letters_where_points_stand() -> None:
    for lang, words in (("zh", ("按字母评分", "得分：PI-1 A")), ("en", ("scored by letters", "Scores: PI-1 A"))):
        found = jixiao("score", str(FOLDER), "--lang", lang)
        assert found.returncode == 0, found.stderr
        for word in (*words, "D*", "B–A"):
            assert word in found.stdout
        assert "None" not in found.stdout and "满分" not in found.stdout


def test_json_has_letters_and_no_score() -> None:
    found = json.loads(jixiao("score", str(FOLDER), "--format", "json").stdout)
    assert found["score"] is None
    assert {one["id"][0]: one["points"] for one in found["blocks"]} == {"PI-1": "A", "PI-2": "D+", "PI-3": "B+"}
    assert TypeAdapter(Evaluation).validate_python(found)


def test_a_letter_is_explained_from_its_cells_and_a_block_from_its_letters() -> None:
    block = jixiao("explain", str(FOLDER), "PI-3").stdout
    assert "PI-3：B+（最高A）" in block and "2 项合计 7：B+" in block
    criterion = jixiao("explain", str(FOLDER), "1.1").stdout
    assert "3 项中 2 项在 [95%, 105%] 之内" in criterion
    assert f"spending[本年].actual = 1050亿元  <- {FOLDER}/submission.yaml:12:13" in criterion


def test_the_rule_set_is_shown_and_its_examples_run(tmp_path: Path) -> None:
    shown = jixiao("rules", "show", PEFA).stdout
    for line in ("A [95%, 105%]", "PI-3：按项数与合计换算", "换算（3项合计）：D ≥ 3  D+ ≥ 4"):
        assert line in shown
    text = find_ruleset(PEFA).read_text("utf-8")
    assert jixiao("rules", "test", PEFA).returncode == 0
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        text.replace('"95%、?、105%": A', '"95%、?、105%": "D*"').replace('"0%": A, "2.99%"', '"0%、1%": A, "2.99%"')
    )
    found = jixiao("rules", "test", str(broken), "--lang", "en")
    assert found.returncode == 1
    assert "example `95%、?、105%` should give D*, it gives A" in found.stderr
    assert "`0%、1%` is not a number" in found.stderr  # one measure has one value


@pytest.mark.parametrize("leaf", PLAN.leaves, ids=lambda leaf: leaf.path[-1])
def test_the_examples_hold_each_end_of_each_range_and_what_lies_just_beyond(leaf: Leaf) -> None:
    assert isinstance(leaf.method, Levels)
    for level in leaf.method.levels:
        for end, outward in ((level.from_, -1), (level.to, 1)):
            if end is not None:
                beyond = end.value + (outward if level.closed else -1) * Fraction(1, 10_000)
                assert {str(end), f"{shown(beyond * 100)}%"} <= set(leaf.spec.examples)


def test_the_schema_of_a_rule_file_asks_for_no_points() -> None:
    schema = json.loads(jixiao("rules", "schema", "ruleset").stdout)
    definitions = schema["$defs"]
    assert "of" not in schema["required"] and "title" in schema["required"]
    assert "points" not in definitions["Criterion"].get("required", [])
    assert "rounding" not in definitions["Policy"].get("required", [])
    assert "Levels" in definitions and "Letters" in definitions


def test_the_catalogue_names_the_letters() -> None:
    (said,) = [one for one in editions([PLAN.ruleset], "zh").split("\n") if "按字母评分" in one]
    assert said == "- 按字母评分：A · B+ · B · C+ · C · D+ · D — PI-1 · PI-2 · PI-3"
    published, expected = load(FOLDER / "published.yaml", Published)[0], load(FOLDER / "expected.yaml", ExpectedFile)[0]
    (said,) = [one for one in cases([Case(published, expected.accepted)], "en").split("\n") if PEFA in one]
    assert said == f"- By the rule: `{PEFA}` PI-1 A · PI-2 D+ · PI-3 B+"
