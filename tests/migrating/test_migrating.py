"""Is an older file brought up where it is older and nowhere else? And does it mean the same as before?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.reading.document import Document, survey
from engine.reading.editions import brought_up, load_rules, rule_document
from engine.reading.migrating import Renamed, completed, migrated, modern
from engine.reading.models import validated
from engine.rules.ruleset import RuleSet
from engine.values.problems import Refused
from tests.console import ROOT, jixiao

HERE = Path(__file__).parent
FLOOR = "policy: {total-floor: 0}\n"
DEDUCTION = "criteria: {扣分: {points: 5, extra: deduction}}\n"


def text(name: str) -> str:
    return (HERE / f"{name}.yaml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The older rules and the part that they include, as they stand beside each other."""
    (tmp_path / "shared").mkdir()
    shutil.copy(HERE / "older-rules.yaml", tmp_path / "rules.yaml")
    shutil.copy(HERE / "older-part.yaml", tmp_path / "shared")
    return tmp_path


def changed(older: str) -> str:
    document = survey(older, "f")
    return migrated(older, "f", document).text


def test_only_the_places_that_change_are_touched(folder: Path) -> None:
    assert brought_up(folder / "rules.yaml").text == text("present-rules")
    assert brought_up(folder / "shared" / "older-part.yaml").text == text("present-part")
    (folder / "rules.yaml").write_text(text("present-rules"), "utf-8")
    assert brought_up(folder / "rules.yaml").changes == ""


def test_byte_order_mark_and_line_ends_stay(folder: Path) -> None:
    path = folder / "rules.yaml"
    path.write_bytes(("\ufeff" + text("older-rules")).replace("\n", "\r\n").encode())
    assert brought_up(path).text == ("\ufeff" + text("present-rules")).replace("\n", "\r\n")


def test_nothing_that_ships_is_older() -> None:
    files = [*ROOT.glob("rulesets/**/*.yaml"), *ROOT.glob("cases/*/submission.yaml"), *ROOT.glob("cases/*/review.yaml")]
    found = {path.name: brought_up(path).changes for path in files}
    assert {name: changes for name, changes in found.items() if changes} == {}


ADDITIONS = {
    "in lines": ("policy:\n    # why\n    over: full\n", "policy:\n    total-floor: 0\n    # why\n    over: full\n"),
    "in braces": ("policy: {over: full}\n", "policy: {total-floor: 0, over: full}\n"),
    "in braces of several lines": ("policy: {\n  over: full}\n", "policy: {total-floor: 0, \n  over: full}\n"),
    "in empty braces": ("policy: {}\n", FLOOR),
    "where there is none": ("# the table\n", FLOOR + "# the table\n"),
    "named already": ("policy: {total-floor: 5}\n", "policy: {total-floor: 5}\n"),
}


@pytest.mark.parametrize(("older", "present"), ADDITIONS.values(), ids=ADDITIONS)
def test_a_floor_that_older_files_went_without_is_added(older: str, present: str) -> None:
    assert changed(f"ruleset: r\n{older}{DEDUCTION}") == f"ruleset: r\n{present}{DEDUCTION}"


def test_a_floor_is_added_in_whatever_the_whole_file_is_laid_out() -> None:
    assert changed("{ruleset: r, " + DEDUCTION.strip() + "}") == "{policy: {total-floor: 0}, ruleset: r, " + (
        DEDUCTION.strip() + "}"
    )
    assert changed(f"{DEDUCTION}ruleset: r") == f"{FLOOR}{DEDUCTION}ruleset: r"


def test_a_part_and_a_table_without_deductions_get_no_floor() -> None:
    for older in (f"part: p\n{DEDUCTION}", "ruleset: r\ncriteria: {加分: {points: 5, extra: bonus}}\n"):
        assert changed(older) == older


def test_a_deduction_that_stands_in_a_part_counts(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "own.yaml").write_text(f"part: own\n{DEDUCTION}", "utf-8")
    path = tmp_path / "rules.yaml"
    path.write_text("ruleset: r\ninclude: [own]", "utf-8")
    assert brought_up(path).text == f"ruleset: r\ninclude: [own]\n{FLOOR}"
    (tmp_path / "shared" / "own.yaml").write_text(f"part: own\n{FLOOR}{DEDUCTION}", "utf-8")
    assert brought_up(path).changes == ""


UNTOUCHED = {
    "both keys": "ruleset: r\ncriteria: {甲: {scoring: {form: steps, method: steps}}}\n",
    "a criterion called so": "ruleset: r\ncriteria: {scoring: {form: steps}}\n",
    "another place": "ruleset: r\nrows: {scoring: {form: steps}}\n",
    "a submission": "submission: s\nruleset: r\ncriteria: {甲: {scoring: {form: steps}}}\n",
}


@pytest.mark.parametrize("older", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_only_looks_older_is_left(older: str) -> None:
    assert changed(older) == older


def test_keys_however_they_are_quoted() -> None:
    for key in ("form", "'form'", '"form"', '"\\x66orm"'):
        new = key[: key.startswith(("'", '"'))] + "method" + key[len(key) - key.endswith(("'", '"')) :]
        assert changed(f"ruleset: r\ncriteria: {{甲𠮷: {{scoring: {{{key}: steps}}}}}}\n") == (
            f"ruleset: r\ncriteria: {{甲𠮷: {{scoring: {{{new}: steps}}}}}}\n"
        )
    assert changed("ruleset: r\ncriteria:\n  甲:\n    scoring:\n      ? form\n      : steps\n").count("? method\n") == 1


def test_what_can_not_be_changed_in_place_is_refused() -> None:
    for laid_out, code in (
        (f"ruleset: r\n? policy\n: over: full\n{DEDUCTION}", "migrate-by-hand"),
        (f"ruleset: r\npolicy:\n{DEDUCTION}", ""),  # blank: the model says so
        ("甲: 1\n", "no-kind"),
        ("ruleset: r\nruleset: s\n", "repeated-key"),
        ("ruleset: [\n", "not-yaml"),
    ):
        if code:
            with pytest.raises(Refused) as refused:
                changed(laid_out)
            assert [one.code for one in refused.value.problems] == [code]
        else:
            assert changed(laid_out) == laid_out


def places(document: Document) -> dict[tuple[str | int, ...], tuple[str, int]]:
    """Line of every value, by its path."""
    return {path: (document.place(path).file, document.place(path).line) for path in document.marks}


def test_an_older_file_is_read_as_the_present_one_and_says_so(folder: Path) -> None:
    older_plan, document = load_rules(folder / "rules.yaml")
    assert [(one.code, one.source.line, one.source.width, one.facts["changes"]) for one in document.older][:2] == [
        ("older-spelling", 23, 4, "form → method ×3"),
        ("older-spelling", 3, 4, "form → method"),
    ]
    older = modern(survey(text("older-part"), "f"))
    assert places(older) == places(survey(text("present-part"), "f"))
    present = text("present-rules").replace("  total-floor: 0\n", "")  # the table alone is compared
    (folder / "rules.yaml").write_text(present, "utf-8")
    (folder / "shared" / "older-part.yaml").write_text(text("present-part"), "utf-8")
    whole = rule_document(folder / "rules.yaml")
    assert (whole.older, validated(whole, RuleSet).criteria) == ((), older_plan.ruleset.criteria)


def test_a_problem_in_an_older_file_is_told_where_it_stands(folder: Path) -> None:
    path = folder / "rules.yaml"
    path.write_text(text("older-rules").replace('"form": steps', '"form": stepps'), "utf-8")
    with pytest.raises(Refused) as refused:
        load_rules(path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.source.line, problem.source.column, problem.nearest) == (
        "not-one-of",
        28,
        19,
        "steps",
    )


def test_a_floor_is_taken_for_granted_only_in_what_is_older_by_another_sign(folder: Path) -> None:
    whole = completed(rule_document(folder / "rules.yaml"))
    assert whole.data["policy"]["total-floor"] == "0"
    assert whole.older[-1].facts == {"changes": "+ policy.total-floor: 0"}
    new = survey(f"ruleset: r\n{DEDUCTION}", "f")
    assert completed(new) is new and "policy" not in new.data


def test_a_key_may_be_renamed_inside_one_that_is_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    of = frozenset({"submission"})
    table = (Renamed(of, (), "rows", "indicators"), Renamed(of, ("indicators", "a"), "full", "points"))
    monkeypatch.setattr("engine.reading.migrating.RENAMED", table)
    older = "submission: s\nrows: {a: {full: 5}}\n"
    assert changed(older) == "submission: s\nindicators: {a: {points: 5}}\n"
    document = modern(survey(older, "f"))
    at = document.place(("indicators", "a", "points"), key=True)
    assert (at.line, at.column, at.width) == (2, 12, 4)


def test_the_command_changes_checks_and_says(folder: Path) -> None:
    rules, part = folder / "rules.yaml", folder / "shared" / "older-part.yaml"
    found = jixiao("migrate", "--check", str(rules), str(part))
    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout == (
        f"{rules}：待更新（form → method ×3, + policy.total-floor: 0）\n{part}：待更新（form → method）\n"
    )
    assert rules.read_text("utf-8") == text("older-rules")
    rules.chmod(0o640)
    found = jixiao("migrate", str(rules), str(folder / "nowhere.yaml"), str(part), "--lang", "en")
    assert found.returncode == 2 and "error[no-such-file]" in found.stderr  # the others are brought up all the same
    assert found.stdout.count("brought up") == 2
    assert rules.read_text("utf-8") == text("present-rules") and rules.stat().st_mode & 0o777 == 0o640
    found = jixiao("migrate", "--check", str(rules), str(part))
    assert (found.returncode, found.stdout.count("未改动")) == (0, 2)
    assert sorted(path.name for path in folder.iterdir()) == ["rules.yaml", "shared"]


def test_the_command_writes_elsewhere(folder: Path) -> None:
    rules, part = folder / "rules.yaml", folder / "shared" / "older-part.yaml"
    found = jixiao("migrate", str(rules), "--out", str(folder / "new.yaml"))
    assert (found.returncode, (folder / "new.yaml").read_text("utf-8")) == (0, text("present-rules"))
    (folder / "new").mkdir()
    assert jixiao("migrate", str(rules), str(part), "--out", str(folder / "new")).returncode == 0
    assert (folder / "new" / "older-part.yaml").read_text("utf-8") == text("present-part")
    assert rules.read_text("utf-8") == text("older-rules")
    for out, code in ((folder / "one.yaml", "several-into-one"), (folder / "no" / "where", "several-into-one")):
        refused = jixiao("migrate", str(rules), str(part), "--out", str(out))
        assert refused.returncode == 2 and f"error[{code}]" in refused.stderr
    refused = jixiao("migrate", str(rules), "--out", str(folder / "no" / "where"))
    assert refused.returncode == 2 and "error[unwritable-file]" in refused.stderr


def test_the_other_commands_tell_an_older_file_once(folder: Path) -> None:
    rules = folder / "rules.yaml"
    found = jixiao("rules", "check", str(rules), str(rules))
    assert found.returncode == 0 and "没有问题" in found.stdout
    assert found.stderr.startswith("note[older-spelling]: 这个文件用的是旧写法（form → method ×3）")
    assert found.stderr.count("×3") == 1 and found.stderr.count("older-part.yaml:3") == 1
    submission = folder / "s.yaml"
    submission.write_text("submission: s\ndepartment: 某局\nkind: department\nyear: 2024\nmoney: 万元\n", "utf-8")
    found = jixiao("score", str(submission), str(submission), "--ruleset", str(rules), "--lang", "en")
    assert found.returncode == 0 and found.stderr.count("(form → method") == 2
