"""Is every problem said as it should be, at the exact place? One example each, in `messages/` (see `examples.py`)."""

import re
from pathlib import Path

import pytest

from engine.reading.editions import load_plan
from engine.wording.problems import PROBLEMS
from tests.clauses.test_refusals import REFUSED

from .examples import FOLDER, REVIEW, RULES, SUBMISSION, Example, base, example, problems, said, written

FILES = [RULES, SUBMISSION, REVIEW]
"""In the order in which they are read; an example of one stands beside bases of those before it."""

ELSEWHERE = {
    "unwritable-file": "the command line: where an answer is to be written",
    "out-is-input": "the command line: where an answer is to be written; see test_cli.py",
    "unreadable-file": "the system refuses to read it; see test_document.py",
    "no-such-submission": "the command line: the name of a case; see test_cli.py",
    "one-review": "the command line: a review beside several submissions",
    "no-ruleset-fits": "the command line: no rule set is named; see test_choosing.py",
    "several-rulesets": "the command line: no rule set is named; see test_choosing.py",
    "unknown-ruleset": "the command line: the name of a rule set",
    "older-spelling": "a note, no problem; see migrating/test_migrating.py",
    "migrate-by-hand": "the command line: files brought up; see migrating/test_migrating.py",
    "no-kind": "the command line: files brought up; see migrating/test_migrating.py",
    "several-into-one": "the command line: files brought up; see migrating/test_migrating.py",
    "unknown-subject": "the command line: the name to explain",
    "ambiguous-criterion": "needs a rule set of two like names; see test_submission_refused.py",
    "extension-unusable": "the installation of durable_rules",
    "full-points-differ": "needs a whole table with grades; see tests/test_sentences.py",
    "letter-differs": "examples of criteria are run by `rules test`, not by loading",
    "example-differs": "examples of criteria are run by `rules test`, not by loading",
    "case-differs": "cases",
    "difference-unexplained": "cases",
    "reason-without-difference": "cases",
}
"""Codes that neither a rule file nor a submission can raise when it is loaded or judged, and who raises them."""

EXAMPLES = {path.stem: example(path) for path in sorted(FOLDER.glob("*.txt"))}
each_example = pytest.mark.parametrize("one", EXAMPLES.values(), ids=EXAMPLES.keys())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, so that files are called in messages as they are here."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@each_example
def test_the_message_is_the_one_written_down(one: Example, folder: Path) -> None:
    for file in FILES[: FILES.index(one.file)]:
        (folder / file).write_text(base(file), "utf-8")
    if one.how != "missing":
        (folder / one.file).write_bytes(written(one))
    found = problems(folder)
    assert said(found) == one.says
    if one.carets is not None:
        (problem,) = found
        assert (problem.source.line, problem.source.column, problem.source.width) == one.carets


@each_example
def test_the_place_written_down_is_where_the_carets_are_drawn(one: Example) -> None:
    place, code = one.says.splitlines()[0].split(" ")
    assert code == one.code
    if one.carets is not None:
        assert place == f"{one.file}:{one.carets[0]}:{one.carets[1]}"


def test_the_base_of_the_examples_has_no_problem(folder: Path) -> None:
    for file in FILES:
        (folder / file).write_text(base(file), "utf-8")
    assert problems(folder) == ()


def test_every_code_has_an_example() -> None:
    refused = {code for _, _, code, _ in REFUSED}
    assert {one.code for one in EXAMPLES.values()} | set(ELSEWHERE) | refused == set(PROBLEMS)
    assert not {one.code for one in EXAMPLES.values()} & set(ELSEWHERE)


def test_every_sentence_names_the_same_facts_in_both_languages() -> None:
    for code, (chinese, english) in PROBLEMS.items():
        named = [set(re.findall(r"\{(\w+)\}", sentence)) for sentence in (chinese, english)]
        assert named[0] == named[1] or code == "bad-value", code


def test_a_problem_in_a_bundled_rule_set_is_told_by_its_place_in_the_project(folder: Path) -> None:
    plan = load_plan(Path(__file__).parents[2] / "rulesets" / "hunan-department-b.yaml")
    assert {leaf.source.split(":")[0] for leaf in plan.leaves} == {"rulesets/hunan-department-b.yaml"}
