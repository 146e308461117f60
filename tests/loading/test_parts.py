"""Do rule files take in shared parts, each value keeping its own place?"""

from pathlib import Path

import pytest

from engine.reading.editions import load_plan, load_rules
from engine.reading.library import digest
from engine.values.problems import Refused

from .examples import RULES, base

LATE = """\
findings:
  迟报:
    severity: minor
    when: "是否迟报"
    says: "报送迟于{限期}"
    ground: practice
"""


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rule file that includes the part `late`, which is still to be written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shared").mkdir()
    path = Path(RULES)
    path.write_text("include: [late]\n" + base(RULES), "utf-8")
    return path


def part(name: str, text: str) -> None:
    (Path("shared") / f"{name}.yaml").write_text(text, "utf-8")


def places(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        load_plan(path)
    return [(str(problem.source), problem.code) for problem in refused.value.problems]


def test_names_of_a_section_are_joined_and_those_of_the_file_come_first(rules: Path) -> None:
    part("late", "part: late\nfigures:\n  是否迟报: {unit: yes-no}\n  限期: {unit: 天}\n" + LATE)
    own = load_plan(Path(rules)).ruleset
    assert list(own.findings) == ["迟报"]
    assert list(own.figures)[:2] == ["编制数", "实际在职人数"]
    assert list(own.figures)[-2:] == ["是否迟报", "限期"]


def test_a_problem_in_a_part_is_told_in_the_part(rules: Path) -> None:
    part("late", "part: late\nfigures:\n  限期: {unit: 天}\n" + LATE)
    assert places(rules) == [("shared/late.yaml:7:12", "unknown-name")]


def test_a_bare_expression_in_a_part_is_told_in_the_part(rules: Path) -> None:
    text = "part: late\nfigures:\n  是否迟报: {unit: yes-no}\n  限期: {unit: 天}\n" + LATE
    part("late", text.replace('when: "是否迟报"', "when: 是否迟报"))
    assert places(rules) == [("shared/late.yaml:8:11", "bare-expression")]


def test_parts_include_parts_each_once_and_a_circle_does_no_harm(rules: Path) -> None:
    part("late", "part: late\ninclude: [dates]\n" + LATE)
    part("dates", "part: dates\ninclude: [late]\nfigures:\n  是否迟报: {unit: yes-no}\n  限期: {unit: 天}\n")
    assert "限期" in load_plan(rules).ruleset.figures


def test_a_name_said_in_two_parts_is_refused_at_the_second(rules: Path) -> None:
    rules.write_text("include: [late, dates]\n" + base(RULES), "utf-8")
    part("late", "part: late\nfigures:\n  是否迟报: {unit: yes-no}\n  限期: {unit: 天}\n" + LATE)
    part("dates", "part: dates\nfigures:\n  限期: {unit: 天}\n")
    assert places(rules) == [("shared/dates.yaml:3:3", "said-twice")]


def test_a_part_says_its_own_name(rules: Path) -> None:
    part("late", "part: early\nfigures:\n  限期: {unit: 天}\n")
    assert places(rules) == [("shared/late.yaml:1:7", "not-one-of")]


def test_a_part_that_is_no_yaml_is_told_in_the_part(rules: Path) -> None:
    part("late", "part: [\n")
    ((place, code),) = places(rules)
    assert code == "not-yaml" and place.startswith("shared/late.yaml:")


def test_the_file_beside_the_rules_stands_before_the_bundled_one(rules: Path) -> None:
    rules.write_text("include: [grades-90-80-60]\n" + base(RULES), "utf-8")
    part("grades-90-80-60", "part: grades-90-80-60\nfigures:\n  限期: {unit: 天}\n")
    assert "限期" in load_plan(rules).ruleset.figures


def test_the_digest_is_of_what_is_meant_not_of_where_it_stands(rules: Path, tmp_path: Path) -> None:
    given = "figures:\n  是否迟报: {unit: yes-no}\n  限期: {unit: 天}\n"
    part("late", "part: late\n" + given + LATE)
    apart = load_plan(rules)
    whole = tmp_path / "whole.yaml"
    part("empty", "part: empty\n")
    whole.write_text("include: [empty]\n" + base(RULES).replace("figures:\n", given, 1) + LATE, "utf-8")
    together = load_rules(whole)[0]
    assert apart.digest == together.digest == digest(apart.ruleset)
