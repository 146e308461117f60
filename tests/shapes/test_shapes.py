"""Does the engine express each shape of rule as data? One file a shape; expected points are worked by hand in it.

    shape: 10                 the number in the table of rulesets/README.md, and of the file's name
    says: …                   which real rule it is, and where it stands
    rules: {…}                sections of a rule file; those not written are base.yaml's
    filed: {…}                sections of a submission that all examples share
    examples:
      - work: "…"             the arithmetic, by hand
        figures: {…}          what is filed (also spending, payments, indicators, judgements, statements)
        points: {name: 7.5}   or `0–10` where the rule leaves the points open
        computed: {path: 8}   what the rule gave where an evaluator changed it
        total (null: no score), of, grade, blocks, action, findings, caps, remarks, refused: as fits

An example with `rules` of its own replaces those sections for itself. A finding for one row is written `finding @ row`.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine.desk import evaluate
from engine.filing.submission import Submission
from engine.inference.durable_rules import DurableRules
from engine.planning.planner import plan
from engine.reading.document import parse
from engine.reading.library import digest
from engine.reading.models import validated
from engine.rules.ruleset import RuleSet
from engine.telling.evaluation import Evaluation
from engine.values.problems import Refused

FOLDER = Path(__file__).parent
README = FOLDER.parents[1] / "rulesets" / "README.md"
EXECUTOR = DurableRules()
FILED = ("figures", "spending", "payments", "indicators", "judgements", "confirmations", "statements")
RESULTS = ("points", "computed", "total", "of", "grade", "blocks", "action", "findings", "caps", "remarks")
EXPECTED = (*RESULTS, "refused")


def content(path: Path) -> dict[str, Any]:
    return parse(path.read_text("utf-8"), path.name).data


BASE = content(FOLDER / "base.yaml")
FILES = sorted(FOLDER.glob("[0-9][0-9]-*.yaml"))
SHAPES = {path.stem: content(path) for path in FILES}
EXAMPLES = [
    pytest.param(shape, example, id=f"{name} {number}")
    for name, shape in SHAPES.items()
    for number, example in enumerate(shape["examples"], 1)
]


def judged(shape: dict[str, Any], example: dict[str, Any]) -> Evaluation:
    rules = BASE["rules"] | shape["rules"] | example.get("rules", {})
    common = shape.get("filed", {})
    filed = {section: example[section] for section in FILED if section in example}
    if "figures" in common:
        filed["figures"] = common["figures"] | filed.get("figures", {})
    document, submission = (
        parse(json.dumps(data, ensure_ascii=False), "shape.yaml") for data in (rules, BASE["filed"] | common | filed)
    )
    ruleset, read = validated(document, RuleSet), validated(submission, Submission)
    return evaluate(plan(ruleset, document.place, digest(ruleset)), read, submission.place, digest(read), EXECUTOR)


def ends(text: str) -> tuple[Fraction, Fraction]:
    """`7.5` or `0–10`."""
    low, _, high = text.partition("–")
    return Fraction(low), Fraction(high or low)


def found(evaluation: Evaluation) -> dict[str, Any]:
    """What came out, in the words of an example."""
    points, score = {}, evaluation.score
    for one in evaluation.criteria:
        points["/".join(one.id)] = points[one.id[-1]] = ends(f"{one.low}–{one.high}")
    return {
        "points": points,
        "computed": {
            "/".join(one.id): Fraction(one.computed) for one in evaluation.criteria if one.computed is not None
        },
        "total": ends(f"{score.low}–{score.high}") if score is not None else None,
        "of": score.of if score is not None else None,
        "grade": evaluation.grade,
        "blocks": {"/".join(one.id): "、".join(one.grades) for one in evaluation.blocks},
        "action": evaluation.action,
        "findings": sorted(
            f"{one.id} @ {one.subject}" if one.subject else one.id
            for one in evaluation.findings
            if one.status == "sure"
        ),
        "caps": [cap.id for cap in evaluation.caps if cap.sure],
        "remarks": list(evaluation.remarks),
    }


@pytest.mark.parametrize(("shape", "example"), EXAMPLES)
def test_the_engine_gives_what_the_rule_gives_by_hand(shape: dict[str, Any], example: dict[str, Any]) -> None:
    assert example["work"]
    if "refused" in example:
        with pytest.raises(Refused) as refused:
            judged(shape, example)
        assert [problem.code for problem in refused.value.problems] == example["refused"]
        return
    result = found(judged(shape, example))
    wanted = {key: example[key] for key in EXPECTED if key in example}
    assert wanted, "an example expects something"
    if "points" in wanted:
        wanted["points"] = {name: ends(text) for name, text in wanted["points"].items()}
        result["points"] = {name: result["points"][name] for name in wanted["points"]}
    if "computed" in wanted:
        wanted["computed"] = {name: Fraction(text) for name, text in wanted["computed"].items()}
    if wanted.get("total") is not None:
        wanted["total"] = ends(wanted["total"])
    if "findings" in wanted:
        wanted["findings"] = sorted(wanted["findings"])
    assert {key: result[key] for key in wanted} == wanted


@pytest.mark.parametrize("name", SHAPES)
def test_a_file_holds_nothing_that_no_test_reads(name: str) -> None:
    shape = SHAPES[name]
    assert set(shape) - {"filed"} == {"shape", "says", "rules", "examples"}
    assert int(shape["shape"]) == int(name[:2])
    for example in shape["examples"]:
        assert set(example) <= {"work", "rules", *FILED, *EXPECTED}


def test_the_table_of_the_readme_and_the_files_name_each_other() -> None:
    section = README.read_text("utf-8").partition("\n## The 47 shapes\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d+) \|.*\|$", section, re.MULTILINE)
    assert [int(number) for number in rows] == list(range(1, 48))
    linked = dict(re.findall(r"^\| (\d+) \|.*\(\.\./tests/shapes/([^)]+)\.yaml\) \|$", section, re.MULTILINE))
    assert {int(number): name for number, name in linked.items()} == {
        int(shape["shape"]): name for name, shape in SHAPES.items()
    }
    missing = set(re.findall(r"^\| (\d+) \|.*\| not yet \| — \|$", section, re.MULTILINE))
    assert {*linked, *missing} == set(rows)
