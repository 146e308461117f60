"""Is every finding raised where it should be, and not by what comes close?

A file of this folder is about one rule set: each finding has a submission that `raises` it and one, alike but for one
step, that comes `close` and does not. Sections left out are those of the smallest submission.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.desk import evaluate
from engine.inference.durable_rules import DurableRules
from engine.planning.plan import Plan
from engine.reading.editions import load_plan
from engine.reading.library import find_ruleset, load_submission, ruleset_files
from engine.telling.evaluation import Evaluation

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))
PLANS: dict[str, Plan] = {}


def planned(ruleset: str) -> Plan:
    if ruleset not in PLANS:
        PLANS[ruleset] = load_plan(find_ruleset(ruleset))
    return PLANS[ruleset]


def stated() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Rule set, finding, and what raises it or comes close."""
    for file in FILES:
        content = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
        for name, one in content["findings"].items():
            yield content["ruleset"], name, one


STATED = list(stated())


def judged(ruleset: str, sections: dict[str, Any], folder: Path) -> Evaluation:
    plan = planned(ruleset)
    smallest = {
        "submission": "smallest",
        "department": "某局",
        "kind": plan.ruleset.judges[0],
        "year": "2023",
        "money": "万元",
    }
    path = folder / "submission.yaml"
    path.write_text(yaml.safe_dump({**smallest, **sections}, allow_unicode=True, default_style='"'), "utf-8")
    filing = load_submission(path)
    return evaluate(plan, filing.submission, filing.place, filing.digest, DurableRules())


@pytest.mark.parametrize(("ruleset", "name", "one"), STATED, ids=[f"{name}-{rules}" for rules, name, _ in STATED])
def test_a_finding_is_raised_and_a_near_miss_is_not(
    ruleset: str, name: str, one: dict[str, Any], tmp_path: Path
) -> None:
    raised = {found.id: found.status for found in judged(ruleset, one["raises"], tmp_path).findings}
    assert raised.get(name) == "sure"
    close = {found.id for found in judged(ruleset, one["close"], tmp_path).findings}
    assert name not in close


def test_every_finding_of_every_rule_set_stands_here() -> None:
    told = {(ruleset, name) for ruleset, name, _ in STATED}
    shared = {name for _, name in told}
    for path in ruleset_files():
        plan = planned(path.stem)
        for name in plan.ruleset.findings:
            of_a_part = plan.says[name].source.startswith("rulesets/shared/")
            assert (name in shared) if of_a_part else ((path.stem, name) in told), (path.stem, name)
