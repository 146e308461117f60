"""Does the whole path give one answer, whoever infers, and does durable_rules really do the inferring?"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from engine.algebra.carriers import SCALARS
from engine.desk import evaluate
from engine.inference.bitwise import Bitwise
from engine.inference.durable_rules import DurableRules
from engine.inference.facts import Decided, Executor
from engine.inference.program import Program
from engine.planning.plan import Plan
from engine.quality.cases import ExpectedFile
from engine.reading.editions import load_plan
from engine.reading.library import Filing, case_folders, find_ruleset, load_submission, ruleset_files
from engine.reading.models import load
from engine.telling.evaluation import Evaluation

PLANS = {path.stem: load_plan(path) for path in ruleset_files()}
DURABLE = DurableRules()


def filings() -> Iterator[tuple[Plan, Filing]]:
    """Every case under the rule sets for which it is accepted."""
    for folder in case_folders():
        filing = load_submission(folder / "submission.yaml")
        expected, _ = load(folder / "expected.yaml", ExpectedFile, folder.name)
        for name in dict.fromkeys(accepted.ruleset for accepted in expected.accepted):
            yield PLANS[name], filing


PAIRS = list(filings())
NAMES = [f"{plan.ruleset.ruleset} {filing.submission.submission}" for plan, filing in PAIRS]


def answer(plan: Plan, filing: Filing, executor: Executor) -> Evaluation:
    return evaluate(plan, filing.submission, filing.place, filing.digest, executor)


@pytest.mark.parametrize(("plan", "filing"), PAIRS, ids=NAMES)
def test_the_executors_give_the_same_bytes(plan: Plan, filing: Filing) -> None:
    texts = [
        json.dumps(answer(plan, filing, executor).model_dump(mode="json", exclude={"engine"}), ensure_ascii=False)
        for executor in (DURABLE, Bitwise(SCALARS), DurableRules())
    ]
    assert len(set(texts)) == 1


def test_without_the_conclusions_of_durable_rules_the_findings_vanish(monkeypatch: pytest.MonkeyPatch) -> None:
    filing = load_submission(next(path for path in case_folders() if "unnamed" in path.name) / "submission.yaml")
    plan = load_plan(find_ruleset("hunan-department-b"))
    chained = {"预算大幅追加", "追加而年末有结余"}  # the second is raised by the first
    assert {finding.id for finding in answer(plan, filing, DurableRules()).findings} == chained
    monkeypatch.setattr("engine.inference.durable_rules._Network.close", lambda _self, _told: frozenset())
    assert answer(plan, filing, DurableRules()).findings == ()


def test_a_stub_executor_shows_what_inference_decides() -> None:
    def silent(program: Program, decided: Decided) -> Decided:
        return Bitwise(SCALARS)(Program((), (), program.rules), Decided({}, [{} for _ in decided.rows]))

    plan, filing = next(pair for pair in PAIRS if answer(*pair, DURABLE).findings)
    assert answer(plan, filing, silent).findings == ()


def test_a_row_without_a_measure_is_open_and_spans_what_its_form_can_give() -> None:
    plan = load_plan(find_ruleset("hunan-department-b"))
    filing = load_submission(next(path for path in case_folders() if "kaifu" in path.name) / "submission.yaml")
    for criterion in answer(plan, filing, DURABLE).criteria:  # none of the figures this rule set asks for was filed
        assert (criterion.origin, criterion.low, criterion.high) == ("open", "0.00", "8.00")


def test_a_reviewers_cut_is_listed_among_the_answers() -> None:
    folder = next(path for path in case_folders() if path.name == "2025-pidu-temples")
    filing = load_submission(folder / "submission.yaml", folder / "review.yaml")
    said = {entry.subject: entry.says for entry in answer(PLANS["sichuan-review-pidu"], filing, DURABLE).review}
    assert said["社会效益"] == "−100%"
    assert said["团结清真寺园林打造"] == "0㎡"
