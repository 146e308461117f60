"""What came out of one rule file and one filing? The one place of these tests that knows the shape of the engine.

Everything else reads `Seen`: plain words and fractions. When the engine's answer changes its shape, this module does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
import yaml

from engine.desk import evaluate
from engine.inference.durable_rules import DurableRules
from engine.reading.editions import load_plan
from engine.reading.library import case_folders, load_submission
from engine.telling.evaluation import Evaluation, content
from engine.values.problems import Refused
from engine.wording import Lang
from tests.bundled import planned

Ends = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Points:
    """Points of a row, a block or the table: between two ends, of so many; `of` may be a range, too."""

    low: Fraction
    high: Fraction
    of: Ends


@dataclass(frozen=True)
class Seen:
    """An answer in these tests' words. `refused` are the codes of problems, where nothing was scored."""

    refused: tuple[str, ...] = ()
    facts: tuple[dict[str, str], ...] = ()
    places: tuple[str, ...] = ()
    score: Points | None = None
    grades: tuple[str, ...] = ()
    leaves: dict[str, Points] = field(default_factory=dict)
    blocks: dict[str, Points] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: dict[str, str] = field(default_factory=dict)
    caps: dict[str, bool] = field(default_factory=dict)
    ids: tuple[tuple[str, ...], ...] = ()
    because: dict[str, str] = field(default_factory=dict)
    worked: tuple[str, ...] = ()
    says: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, tuple[tuple[str, str | None, str], ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    report: str = ""
    """The whole answer as text."""

    def sentences(self) -> list[str]:
        """Everything said: reasons, workings, findings, problems."""
        return [*self.because.values(), *self.worked, *self.says.values(), *self.notes]


class _Plain(yaml.SafeDumper):
    """Writes what stands twice, twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(data: Any, path: Path) -> Path:
    """Write YAML in which every value is quoted, so that no mark of a formula is YAML's."""
    text = yaml.dump(data, Dumper=_Plain, allow_unicode=True, default_style='"', sort_keys=False, width=10**6)
    path.write_text(text, "utf-8")
    return path


ANSWERS: dict[str, Seen] = {}


def scored(rules: dict[str, Any] | str, filed: dict[str, Any], review: dict[str, Any] | None) -> Seen:
    """Evaluate `filed` under the rules, which are a bundled id or the content of a file; the same only once."""
    asked = json.dumps([rules, filed, review], ensure_ascii=False)
    if asked not in ANSWERS:
        with TemporaryDirectory() as folder:
            ANSWERS[asked] = _scored(rules, filed, review, Path(folder))
    return ANSWERS[asked]


def _scored(rules: dict[str, Any] | str, filed: dict[str, Any], review: dict[str, Any] | None, folder: Path) -> Seen:
    try:
        plan = planned(rules) if isinstance(rules, str) else load_plan(dumped(rules, folder / "rules.yaml"))
        reviewed = dumped(review, folder / "review.yaml") if review else None
        filing = load_submission(dumped(filed, folder / "submission.yaml"), reviewed)
        return seen(evaluate(plan, filing.submission, filing.place, filing.digest, DurableRules()))
    except Refused as refused:
        problems = refused.problems
        return Seen(
            refused=tuple(one.code for one in problems),
            facts=tuple({**one.facts, "nearest": one.nearest} for one in problems),
            places=tuple(str(one.source) for one in problems),
        )


@cache
def accepted(folder: Path) -> list[dict[str, Any]]:
    """The accepted results of a bundled case."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (folder / "expected.yaml").read_text("utf-8")
    return cast(list[dict[str, Any]], yaml.load(text, Loader=loader)["accepted"])


CASES = [
    pytest.param(folder, number, id=f"{folder.name} {number}")
    for folder in case_folders()
    for number in range(len(accepted(folder)))
]


@cache
def case(folder: Path, number: int, lang: Lang = "zh") -> Seen:
    """A bundled case under the rules of its `number`-th accepted result, with its review where that has one."""
    result = accepted(folder)[number]
    review = folder / "review.yaml" if result.get("reviewed") else None
    filing = load_submission(folder / "submission.yaml", review)
    plan = planned(result["ruleset"])
    return seen(evaluate(plan, filing.submission, filing.place, filing.digest, DurableRules(), lang))


def name(one: Any) -> str:
    """An id: a text, or a list of texts that stand under one another."""
    return one if isinstance(one, str) else "/".join(one)


def parted(one: Any) -> tuple[str, ...]:
    """An id as the names that it is made of."""
    return tuple(one.split("/")) if isinstance(one, str) else tuple(one)


def ends(text: str) -> Ends:
    """`7.5` or `0–10`."""
    low, _, high = text.partition("–")
    return Fraction(low), Fraction(high or low)


def seen(answer: Evaluation) -> Seen:
    """The answer in these tests' words."""
    score = answer.score
    nothing = score is None or not score.low or (Fraction(score.of.split("–")[-1]) == 0 and score.points is None)
    findings = [(f"{name(one.id)} @ {one.subject}" if one.subject else name(one.id), one) for one in answer.findings]
    return Seen(
        score=None if nothing or score is None else Points(Fraction(score.low), Fraction(score.high), _of(score)),
        grades=answer.grades,
        leaves=_shortened({name(one.id): _points(one) for one in answer.criteria}),
        blocks=_shortened({name(one.id): _points(one) for one in answer.blocks}),
        parts={name(one.id): one.grades for one in answer.blocks},
        findings={key: one.status for key, one in findings},
        caps={name(cap.id): cap.sure for cap in answer.caps},
        ids=tuple(parted(one.id) for one in (*answer.criteria, *answer.blocks)),
        because={name(one.id): one.because for one in answer.criteria},
        worked=tuple(measure.worked for one in answer.criteria for measure in one.measures),
        says={key: one.says for key, one in findings},
        evidence={key: tuple((it.name, it.value, it.unit) for it in one.evidence) for key, one in findings},
        notes=tuple(f"{one.code}: {one.message}" for one in answer.problems),
        missing=tuple(one.name for one in answer.missing),
        report=json.dumps(content(answer), ensure_ascii=False, indent=1),
    )


def _points(one: Any) -> Points:
    return Points(Fraction(one.low or 0), Fraction(one.high or 0), _of(one))


def _of(one: Any) -> Ends:
    return Fraction(one.of if one.of_low is None else one.of_low), Fraction(one.of)


def _shortened(found: dict[str, Points]) -> dict[str, Points]:
    """Each under its whole id, and under its last name where only one has it."""
    last = [key.rpartition("/")[2] for key in found]
    return {
        key.rpartition("/")[2]: one for key, one in found.items() if last.count(key.rpartition("/")[2]) == 1
    } | found
