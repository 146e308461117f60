"""Does the command line keep its contract? Exit codes, streams, JSON, hostile text, and languages."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from engine.reading.library import case_folders, ruleset_files
from engine.telling.evaluation import SCHEMA
from tests.console import jixiao

KAIFU = "2022-kaifu-market-supervision"
SMALL = """\
submission: small
department: 某局
kind: project
year: 2024
money: 万元
ruleset: national-self-evaluation
spending: [{line: 年度资金总额, budget: "100", actual: "90"}]
indicators:
  - {name: 甲, level: 产出, target: ≥10个, actual: 9个, points: "50", score: "50"}
  - {name: 乙, level: 效益, target: ≥10个, actual: 10个, points: "30", score: "30"}
  - {name: 丙, level: 满意度, target: ≥90%, actual: 95%, points: "10", score: "10"}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


WATCHED = """\
submission: watched
department: 某局
kind: department
year: 2025
money: 万元
ruleset: sichuan-monitoring
spending: [{line: 年度资金总额, budget: "10000"}]
payments: [{month: 4, cumulative: "2499"}]
"""


def test_rules_without_points_print_warnings_and_remarks_and_no_total(tmp_path: Path) -> None:
    path = tmp_path / "watched.yaml"
    path.write_text(WATCHED, encoding="utf-8")
    done = jixiao("score", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "本规则不计分" in done.stdout and "24.99%" in done.stdout and "10个工作日内选定" in done.stdout
    assert "总分" not in done.stdout and "小计" not in done.stdout
    answer = json.loads(jixiao("score", str(path), "--format", "json").stdout)
    assert (answer["score"], answer["blocks"], answer["criteria"]) == (None, [], [])


def test_results_go_to_stdout_and_problems_to_stderr(small: Path) -> None:
    good = jixiao("score", str(small))
    assert (good.returncode, good.stderr) == (0, "")
    assert "总分：94.00分（满分100分）" in good.stdout  # 9 + 50 × 9/10 + 30 + 10
    bad = jixiao("score", "nowhere.yaml")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert "error[no-such-file]" in bad.stderr
    for command in (("score",), ("rules", "check"), ("cases", "run")):
        refused = jixiao(*command, "长" * 300)  # longer than any name that the system takes
        assert (refused.returncode, refused.stdout) == (2, "") and "Traceback" not in refused.stderr
    near = jixiao("score", "2022-kaifu-market-supervison")
    assert near.returncode == 2 and "2022-kaifu-market-supervision" in near.stderr


def test_a_sure_finding_at_or_above_the_severity_fails_the_run(small: Path) -> None:
    assert jixiao("score", str(small), "--fail-on", "critical").returncode == 0
    assert jixiao("score", str(small), "--fail-on", "major").returncode == 1  # 甲 is unmet with full points
    assert jixiao("score", str(small), "--fail-on", "minor").returncode == 1


def test_json_follows_the_contract(small: Path) -> None:
    answer = json.loads(jixiao("score", str(small), "--format", "json").stdout)
    assert next(iter(answer)) == "schema" and answer["schema"] == SCHEMA
    score = {key: value for key, value in answer["score"].items() if value}
    assert score == {"points": "94.00", "of": "100", "low": "94.00", "high": "94.00"}
    assert (answer["grade"], answer["grades"]) == ("优", ["优"])
    assert [(*one["id"], one["points"]) for one in answer["blocks"]] == [
        ("预算执行率", "9.00"), ("产出指标", "45.00"), ("效益指标", "30.00"), ("满意度指标", "10.00"),
    ]  # fmt: skip
    row = next(one for one in answer["criteria"] if one["id"] == ["产出指标", "甲"])
    assert (row["points"], row["of"], row["filed"], row["origin"]) == ("45.00", "50.00", "50", "computed")
    assert (row["trace"]["method"], row["trace"]["direction"]) == ("rules", "more")
    figures = {figure["name"]: figure for figure in row["measures"][0]["figures"]}
    assert (figures["actual"]["value"], figures["actual"]["unit"], figures["actual"]["filed"]) == ("9", "个", "9个")
    assert figures["actual"]["source"].startswith(small.as_posix() + ":9:")


def test_values_in_json_are_in_the_unit_beside_them_and_exact_ones_in_base_units(small: Path) -> None:
    answer = json.loads(jixiao("score", str(small), "--format", "json").stdout)
    (rate,) = answer["criteria"][0]["measures"]
    assert (rate["name"], rate["value"], rate["unit"], rate["exact"]) == ("预算执行率", "90", "%", "0.9")
    budget = next(one for one in rate["figures"] if one["name"].endswith(".budget"))
    assert (budget["value"], budget["unit"], budget["exact"], budget["filed"]) == ("100", "万元", "1000000", "100")


def test_several_files_are_an_array(small: Path) -> None:
    answer = json.loads(jixiao("score", str(small), KAIFU, "-f", "json").stdout)
    assert [one["submission"]["id"] for one in answer] == ["small", KAIFU]


def test_out_writes_the_whole_file_or_says_why_not(small: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    assert jixiao("score", str(small), "-f", "json", "-o", str(target)).stdout == ""
    assert json.loads(target.read_text(encoding="utf-8"))["submission"]["id"] == "small"
    before = sorted(tmp_path.iterdir())
    for place in (tmp_path / "no" / "where", tmp_path, Path("."), Path("/"), tmp_path / ("长" * 300)):
        refused = jixiao("score", str(small), "-o", str(place))
        assert refused.returncode == 2 and "Traceback" not in refused.stderr
        assert refused.stderr.startswith("error[unwritable-file]: 文件写不了：")
        assert f" --> {place}:1:1\n" in refused.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_the_bytes_do_not_depend_on_hash_seed_or_locale() -> None:
    runs = [
        jixiao("score", KAIFU, "-f", "json", PYTHONHASHSEED=seed, LC_ALL=locale, LANG=locale)
        for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("4242", "zh_CN.GB18030"))
    ]
    assert len({run.stdout for run in runs}) == 1
    assert runs[0].stdout


def test_markup_in_a_file_is_text(tmp_path: Path) -> None:
    path = tmp_path / "marked.yaml"
    path.write_text(SMALL.replace("name: 甲", 'name: "[red]甲[/red]"'), encoding="utf-8")
    assert "[red]甲[/red]" in jixiao("score", str(path)).stdout.replace("\n", "")


def test_escape_codes_in_a_file_never_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "hostile.yaml"
    for hostile in ("\\e[31m", "\\u202e", "\\u009b31m"):
        path.write_text(SMALL.replace("name: 甲", f'name: "甲{hostile}"'), encoding="utf-8")
        found = jixiao("score", str(path))
        assert found.returncode == 2
        assert not set("\x1b\u202e\x9b") & set(found.stdout + found.stderr)
    named = jixiao("score", "\x1b[31mred.yaml")  # nor do those of a file's name
    assert "\x1b" not in named.stderr


def test_a_broken_submission_names_every_bad_value(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(
        SMALL.replace('actual: "90"', 'actual: "7,00.0,77"').replace("level: 效益", "level: 效益益"), "utf-8"
    )
    bad = jixiao("score", str(path))
    assert bad.returncode == 2
    assert "7,00.0,77" in bad.stderr
    assert f"{path}:7:" in bad.stderr


def test_english_is_complete_outside_the_words_of_the_files() -> None:
    shown = jixiao("score", KAIFU, "--lang", "en").stdout
    for word in (
        "Criterion",
        "Total: 59.47–99.47 of 100",
        "Findings (8 confirmed)",
        "What to supply",
    ):
        assert word in shown
    for word in ("总分", "依据：", "发现的问题", "满分 10", "未定"):
        assert word not in shown
    refused = jixiao("rules", "check", "tests/cli/broken-rules.yaml", "--lang", "en")
    assert "no figure, measure or flag has the name" in refused.stderr


def test_a_broken_rule_file_reports_every_problem_and_exits_1() -> None:
    found = jixiao("rules", "check", "tests/cli/broken-rules.yaml")
    assert found.returncode == 1
    for code in ("unknown-name", "units-differ", "choice-left-open"):
        assert f"error[{code}]" in found.stderr
    assert jixiao("rules", "check", "nowhere.yaml").returncode == 2


def test_thresholds_without_an_example_are_notes_and_no_errors(tmp_path: Path) -> None:
    """Steps of 1% from 100% take 0.5 of 8 points: the first at 101%, the last at 116%."""
    rules = next(path for path in ruleset_files() if path.stem == "hunan-department-b").read_text("utf-8")
    before = '{"95.10%": 8, "100%": 8, "100.99%": 8, "101%": 7.5, "108.70%": 4, "115.99%": 0.5, "116%": 0}'
    file = tmp_path / "my.yaml"
    file.write_text(rules.replace(before, '{"100%": 8, "101%": 7.5, "115.99%": 0.5}'), "utf-8")
    tried = jixiao("rules", "test", str(file))
    assert tried.returncode == 0, tried.stderr
    assert "投入/在职人员控制率：还可举例 100.99%、116%" in tried.stdout


def test_bundled_rule_sets_check_and_their_examples_hold() -> None:
    names = [path.stem for path in ruleset_files()]
    assert len(names) >= 2
    assert jixiao("rules", "check", *names).returncode == 0
    tried = jixiao("rules", "test", *names)
    assert tried.returncode == 0, tried.stderr


def test_past_cases_hold() -> None:
    assert len(case_folders()) >= 5
    found = jixiao("cases", "run")
    assert found.returncode == 0, found.stderr


def test_a_case_that_differs_fails(tmp_path: Path) -> None:
    folder = next(path for path in case_folders() if path.name.endswith("nutrition"))
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        if file.name == "expected.yaml":
            text = text.replace("points: 9.8,", "points: 9.9,")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    found = jixiao("cases", "run", str(tmp_path))
    assert found.returncode == 1
    assert "error[case-differs]" in found.stderr


def test_explain_traces_a_row_to_its_cells() -> None:
    shown = jixiao("explain", KAIFU, "预算执行率").stdout
    assert "8872.71万元 / 9367.65万元 = 94.72%" in shown
    assert f"cases/{KAIFU}/submission.yaml:18:" in shown
    assert "rulesets/national-self-evaluation.yaml:" in shown
    missing = jixiao("explain", KAIFU, "预算执行绿")
    assert missing.returncode == 2
    assert "预算执行率" in missing.stderr


def test_kaifu_says_what_its_own_figures_say() -> None:
    answer = json.loads(jixiao("score", KAIFU, "-f", "json").stdout)
    assert (answer["score"]["low"], answer["score"]["high"], answer["grade"]) == ("59.47", "99.47", None)
    findings = {(one["id"], one["subject"]): one for one in answer["findings"]}
    hidden = findings["支出结构失衡", ""]
    fractions = {one["name"]: one["exact"].split("/") for one in hidden["evidence"]}
    values = {name: Decimal(n) / Decimal(d) for name, (n, d) in fractions.items()}
    rounded = {name: f"{value * 100:.2f}" for name, value in values.items()}
    assert rounded == {"基本支出执行率": "101.78", "项目支出执行率": "71.25", "预算执行率": "94.72"}
    over = {one["subject"]: one["says"] for one in answer["findings"] if one["id"] == "目标值偏低"}
    assert [said[3:].split("，")[0] for said in over.values()] == ["152%", "139.5%", "142%"]
    assert findings["自称全部达到而与数据矛盾", ""]["status"] == "sure"
    assert ("支出进度不均衡", "") not in findings  # nothing was filed of payments: that is asked for, not found
    assert [one["criterion"] for one in answer["missing"]] == [
        ["效益指标"],
        ["满意度指标", "12345平台回访满意率"],
        [],
    ]
    assert "支出进度不均衡" in answer["missing"][-1]["name"]


def test_schemas_are_printed() -> None:
    for subject in ("evaluation", "ruleset", "submission"):
        assert json.loads(jixiao("rules", "schema", subject).stdout)["type"] == "object"


def test_an_extension_that_cannot_be_loaded_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "durable_rules_engine.py").write_text(
        "raise ImportError('undefined symbol: PyEval_CallObject')\n", "utf-8"
    )
    found = jixiao("score", KAIFU, PYTHONPATH=str(tmp_path))
    assert found.returncode == 2
    assert "error[extension-unusable]" in found.stderr
    assert "PyEval_CallObject" in found.stderr


CLAUSE = "100%计满分，每低于5%扣2分，扣完为止。"


def test_a_clause_is_shown_with_what_its_words_were_taken_for() -> None:
    shown = jixiao(
        "rules", "clause", "预算执行率不得低于90%的得5分，否则不得分。", "--points", "5", "--at", "95%"
    ).stdout
    assert "读作：预算执行率〔名称〕不得低于90%〔条件〕的得5分〔得分〕，否则〔条件〕不得分〔得分〕。" in shown
    assert "95% -> 5" in shown
    bare = jixiao("rules", "clause", "满意度≥95得5分，否则不得分。", "--points", "5", "--at", "98%")
    assert "bare-for-percent" in bare.stderr and bare.returncode == 2


def test_a_clause_is_compiled_and_what_it_leaves_open_is_said() -> None:
    open_one = json.loads(jixiao("rules", "clause", CLAUSE, "--points", "8", "--at", "93%", "-f", "json").stdout)
    assert open_one["method"]["method"] == "steps"
    assert [(one["choice"], one["allowed"]) for one in open_one["open"]] == [
        ("partial-step", ["whole", "started", "pro-rata"])
    ]
    assert open_one["points"] == {"low": "4", "high": "6"}  # 7 points short: 1 whole, 2 started, 1.4 pro rata
    for choice, points in (("whole", "6"), ("started", "4"), ("pro-rata", "5.2")):
        chosen = ("--choose", f"partial-step={choice}", "--at", "93%", "-f", "json")
        answer = json.loads(jixiao("rules", "clause", CLAUSE, "--points", "8", *chosen).stdout)
        assert (answer["open"], answer["points"]) == ([], points)


def test_a_clause_that_can_not_be_read_is_refused_at_the_word() -> None:
    found = jixiao("rules", "clause", "100%计满分，每低于5%左右扣2分", "--points", "8")
    assert (found.returncode, found.stdout) == (2, "")
    assert "error[clause-doubtful]" in found.stderr
    assert "左右" in found.stderr
    wrong = jixiao("rules", "clause", CLAUSE, "--points", "8", "--choose", "partial-step=half")
    assert wrong.returncode == 2
    assert "whole" in wrong.stderr
