"""Is a broken rule file refused with all its problems at once, and a hostile one without running anything?"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

from engine.reading.editions import load_plan
from engine.values.problems import Problem, Refused
from engine.wording import message

from .examples import RULES, SECONDS, base, patched, told, unmarked, within


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(patch: str) -> tuple[Problem, ...]:
    """Everything wrong in the base rules with these sections in place of theirs."""
    Path(RULES).write_text(patched(RULES, patch), "utf-8")
    with within(SECONDS), pytest.raises(Refused) as caught:
        load_plan(Path(RULES))
    return caught.value.problems


def asserted(patch: str, *codes: str) -> None:
    """The base rules with these sections have exactly these problems, where the marks « » stand."""
    text, expected = unmarked(patch, *codes)
    assert told(refused(text)) == expected


def formula(text: str) -> tuple[Problem, ...]:
    """What is wrong with a formula; its first character stands in column 15 of line 4."""
    return refused(f"measures:\n  甲:\n    unit: 人\n    formula: {json.dumps(text, ensure_ascii=False)}\n")


# -- all at once -----------------------------------------------------------------------------------------------------


def test_ten_values_that_can_not_be_read_are_ten_problems() -> None:
    asserted(
        """\
edition:«»
judges: [«office»]
complete: «perhaps»
of: «百»
authority: [«»{issuer: 财政部, verified: false}]
policy: {rounding: {points: 2, total: «9», mode: half-up}, not-applicable: «nought»}
figures:
  编制数: {unit: 人, «titel»: 以决算为准}
measures:
  控制率: {unit: "%", formula: "实际在职人数 / 编制数", round: «many»}
criteria:
  控制率: {points: «八», scoring: {method: judgement}}
""",
        "blank-value",
        "not-one-of",
        "bad-value",
        "not-a-number",
        "missing-key",
        "bad-value",
        "not-one-of",
        "unknown-key",
        "bad-value",
        "not-a-number",
    )


def test_a_dozen_rules_that_make_no_sense_are_a_dozen_problems() -> None:
    asserted(
        """\
measures:
  控制率: {unit: "%", formula: "«实际在职人» / 编制数"}
  差额: {unit: 元, formula: "«预算 - 编制数»"}
  人均: {unit: 元, formula: "«决算 / 编制数»"}
  剩余: {unit: 元, formula: "预算 «-» "}
flags:
  «决算»: {when: "预算 > 0"}
  超编: {when: "«编制数»"}
criteria:
  控制:
    points: 20
    measure: "实际在职人数 / 编制数"
    scoring: {method: steps, from: 100%, side: above, step: «0%», base: points, deduct: 0.5}
  投入:
    points: «8»
    criteria:
      «管理»: {points: 9}
findings:
  超支:
    severity: major
    when: "«预算 > 编制数»"
    says: "超{«差»}"
    ground: «regulation»
caps:
  «超编限等»: {when: "实际在职人数 > 编制数", ground: practice}
""",
        "unknown-name",
        "units-differ",
        "unit-of-measure",
        "unfinished",
        "name-twice",
        "wrong-kind",
        "step-not-positive",
        "points-differ",
        "leaf-without-method",
        "units-differ",
        "unknown-name",
        "ground-without-authority",
        "cap-of-one",
    )


def test_repeated_keys_bare_formulas_and_bad_values_are_told_together() -> None:
    asserted(
        """\
of: «百»
figures:
  编制数: {unit: 人}
  «编制数»: {unit: 人}
  实际在职人数: {unit: 人, «titel»: 以决算为准}
measures:
  控制率:
    unit: "%"
    formula: «实际在职人数 / 编制数»
""",
        "not-a-number",
        "repeated-key",
        "unknown-key",
        "bare-expression",
    )


def test_bare_formulas_and_rules_that_make_no_sense_are_told_together() -> None:
    asserted(
        """\
measures:
  甲: {unit: 人, formula: «实际在职人数 - 编制数»}
  乙: {unit: 人, formula: "«实际在职人»"}
""",
        "bare-expression",
        "unknown-name",
    )


def test_one_mistake_is_one_problem() -> None:
    asserted(
        "policy:\n  rounding: {points: «two», total: 2, mode: half-up}\n  not-applicable: full\n",
        "bad-value",
    )


def test_a_mistake_in_one_measure_is_not_told_again_for_all_that_read_it() -> None:
    asserted(
        """\
measures:
  甲: {unit: 人, formula: "«实际在职人»"}
  乙: {unit: 人, formula: "甲 + 编制数"}
flags:
  丙: {when: "乙 > 甲"}
""",
        "unknown-name",
    )


def test_problems_are_in_the_order_of_the_file() -> None:
    asserted(
        """\
caps:
  超编: {when: "甲 > 1人", grade: «差», ground: practice}
measures:
  甲: {unit: 人, formula: "«丙»"}
""",
        "unknown-grade",
        "unknown-name",
    )


@cache
def digest_of(path: Path) -> str:
    return load_plan(path).digest


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_every_bundled_rule_file_loads(end: str) -> None:
    for path in sorted((Path(__file__).parents[2] / "rulesets").glob("*.yaml")):
        Path(path.name).write_bytes(path.read_text("utf-8").replace("\n", end).encode())
        assert load_plan(Path(path.name)).digest == digest_of(path)


def test_every_top_level_key_that_has_no_default_is_asked_for() -> None:
    Path(RULES).write_text("notes: 空\n", "utf-8")
    with pytest.raises(Refused) as caught:
        load_plan(Path(RULES))
    missing = {problem.facts["key"] for problem in caught.value.problems if problem.code == "missing-key"}
    assert missing == {"ruleset", "edition", "title", "judges", "complete", "of", "authority", "policy"}


# -- hostile formulas ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at", "code"),
    [
        ("__import__('os').system('touch owned')", 10, "unexpected"),
        ("(lambda: open('owned', 'w'))()", 7, "unexpected"),
        ("编制数.__class__", 3, "unexpected"),
        ("[x for x in 编制数]", 0, "unexpected"),
        ("编制数 ** 9 ** 9 ** 9", 5, "unexpected"),
        ("{{编制数}}", 0, "unexpected"),
        ("${IFS}", 0, "unexpected"),
        ("`touch owned`", 0, "unknown-name"),
        ("编制数; 编制数", 3, "unexpected"),
        ("[red]甲", 0, "unexpected"),
        ("", 0, "blank-value"),
        (" ", 0, "unfinished"),
        ("编制数 # 人", 4, "unexpected"),
        ("1e400人", 2, "unexpected"),
        ("9" * 400, 0, "not-exact"),
        ("0x10", 2, "unexpected"),
    ],
)
def test_a_formula_in_another_language_is_refused_at_its_place_and_not_run(text: str, at: int, code: str) -> None:
    (problem,) = formula(text)
    assert (problem.source.line, problem.source.column, problem.code) == (4, 15 + at, code)
    assert os.listdir() == [RULES]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("编制数 + " * 9_999 + "编制数", "too-long"),
        ("编制数 + " * 300 + "编制数", "too-deep"),
        ("not " * 400 + "按时公开", "too-deep"),
        ("not " * 10_000 + "按时公开", "too-long"),
        ("-" * 1_900 + "编制数", "too-deep"),
        ("(" * 1_900, "unfinished"),
        (")" * 1_900, "unexpected"),
        ("min(" * 400 + "编制数", "unfinished"),
        ("min(编制数, " * 150 + "编制数" + ")" * 150, "too-deep"),
        ("count(indicators where " * 60 + "met" + ")" * 60, "too-deep"),
        ("编制数 * " * 50 + "编制数", "too-wide"),
        ("名" * 1_999, "unknown-name"),
        ("`" * 1_999, "unexpected"),
        ('"' * 1_999, "unexpected"),
    ],
    ids=lambda value: value if len(value) < 20 else f"{len(value)} characters",
)
def test_a_formula_beyond_all_measure_is_one_clear_problem(text: str, code: str) -> None:
    (problem,) = formula(text)
    assert problem.code == code
    assert (problem.source.line, problem.source.file) == (4, RULES)


def test_brackets_cost_nothing() -> None:
    Path(RULES).write_text(
        patched(RULES, f'measures:\n  甲: {{unit: 人, formula: "{"(" * 900}编制数{")" * 900}"}}\n'), "utf-8"
    )
    assert "甲" in load_plan(Path(RULES)).ruleset.measures


# -- hostile names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["[red]甲[/red]", "[link=file:///etc/passwd]甲", "{甲}", "%s", "甲 {0.__class__}"])
def test_marks_in_a_name_are_told_as_they_stand(name: str) -> None:
    (problem,) = refused(f"measures:\n  {json.dumps(name, ensure_ascii=False)}: {{unit: 人, formula: 编制数}}\n")
    assert (problem.code, problem.source.line) == ("bare-expression", 2)
    (problem,) = formula(f"`{name}`")
    assert problem.code == "unknown-name"
    assert name in message(problem, "zh") and name in message(problem, "en")


@pytest.mark.parametrize("name", ["甲\x1b[31m", "甲\x07", "甲\u202e乙", "甲\0"], ids=ascii)
@pytest.mark.parametrize("section", ["figures", "measures"])
def test_a_name_with_control_characters_is_refused(name: str, section: str) -> None:
    spec = "{unit: 人}" if section == "figures" else '{unit: 人, formula: "编制数"}'
    figures = "  编制数: {unit: 人}\n  实际在职人数: {unit: 人}\n" if section == "figures" else ""
    problems = refused(f"{section}:\n{figures}  {json.dumps(name)}: {spec}\n")
    assert [problem.source.line for problem in problems] == [4 if figures else 2]


def test_a_sentence_reads_no_attribute_of_python() -> None:
    (problem,) = refused(
        'findings:\n  甲: {severity: minor, when: "预算 > 0", says: "{预算.__class__}", ground: practice}\n'
    )
    assert (problem.code, problem.source.line) == ("unexpected", 2)


# -- much of everything ----------------------------------------------------------------------------------------------


def test_a_long_chain_of_measures_is_planned_or_refused() -> None:
    chain = "".join(f'  m{n}: {{unit: 人, round: 0, formula: "m{n + 1}"}}\n' for n in range(3_000))
    Path(RULES).write_text(patched(RULES, f'measures:\n{chain}  m3000: {{unit: 人, formula: "编制数"}}\n'), "utf-8")
    with within(2 * SECONDS):
        try:
            load_plan(Path(RULES))
        except Refused as refusal:
            assert refusal.problems


def test_a_long_chain_of_flags_is_planned_or_refused() -> None:
    chain = "".join(f'  f{n}: {{when: "f{n + 1}"}}\n' for n in range(3_000))
    Path(RULES).write_text(patched(RULES, f'flags:\n{chain}  f3000: {{when: "预算 > 0"}}\n'), "utf-8")
    with within(2 * SECONDS):
        try:
            load_plan(Path(RULES))
        except Refused as refusal:
            assert refusal.problems


def test_a_long_circle_of_measures_is_refused() -> None:
    circle = "".join(f'  m{n}: {{unit: 人, formula: "m{(n + 1) % 3_000}"}}\n' for n in range(3_000))
    assert {problem.code for problem in refused(f"measures:\n{circle}")} == {"circle"}


def test_thousands_of_unknown_names_are_told_soon() -> None:
    flags = "".join(f'  flag{n}: {{when: "name{n} > 0"}}\n' for n in range(2_000))
    assert {problem.code for problem in refused(f"flags:\n{flags}")} == {"unknown-name"}


def test_tens_of_thousands_of_unknown_keys_are_told_soon() -> None:
    keys = "".join(f"key{n}: 1\n" for n in range(60_000))
    assert {problem.code for problem in refused(keys)} == {"unknown-key"}


def test_thousands_of_bad_values_in_blocks_are_told_soon() -> None:
    criteria = "".join(f"  c{n}:\n    points: |-\n      x\n    scoring: {{method: judgement}}\n" for n in range(10_000))
    assert {problem.code for problem in refused(f"criteria:\n{criteria}")} == {"not-a-number"}


def test_the_base_of_these_tests_loads() -> None:
    Path(RULES).write_text(base(RULES), "utf-8")
    assert load_plan(Path(RULES)).ruleset.ruleset == "base"
