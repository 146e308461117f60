"""What do rule files and past cases say when they are tried? Examples, cases, lists and schemas, from files.

For whoever makes rules, as `desk` is for whoever judges by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .desk import Desk, Rules, load_rules, read_submission
from .filing.submission import Submission
from .quality import catalogue
from .quality.cases import Case, ExpectedFile, Published, compare
from .quality.examples import run_examples
from .quality.thresholds import uncovered, without_examples
from .reading.library import case_folders, find_submission, load_submission, name_of
from .reading.models import M, load
from .reading.plans import rulesets
from .rules.ruleset import RuleSet
from .telling.evaluation import Evaluation
from .telling.evaluation import schema as evaluation_schema
from .values.model import Model
from .values.problems import Problem
from .wording import Lang

UNREADABLE = frozenset(["no-such-file", "unreadable-file", "too-large", "not-utf-8", "unknown-ruleset"])
"""Problems with which there is no text of rules at all; any other is found by reading it."""


def checked(name: str) -> Rules:
    """A rule set with all that the first submission would need. Raises `Refused` with every problem at once."""
    rules = load_rules(name)
    rules.prepare()
    return rules


@dataclass(frozen=True, slots=True)
class Tested:
    """The examples of a rule set: how many ran, which differ, and what none of them tries."""

    rules: Rules
    count: int
    problems: Sequence[Problem]
    untried: Sequence[tuple[str, Sequence[str]]]
    """Criteria by name, with the values at their thresholds that no example has; none where there is no example."""


def tested(name: str) -> Tested:
    """The examples of a rule set, run. Raises `Refused`."""
    rules = load_rules(name)
    count, problems = run_examples(rules.plan, rules.place)
    untried = [("/".join(leaf.path), tuple(values)) for leaf, values in uncovered(rules.plan)]
    untried += [("/".join(leaf.path), ()) for leaf in without_examples(rules.plan)]
    return Tested(rules, count, problems, untried)


def editions(lang: Lang) -> str:
    """Every bundled edition with its authority, points and choices, as Markdown."""
    return catalogue.editions(rulesets(), lang)


def past_cases(lang: Lang) -> str:
    """Every bundled case, as Markdown. Raises `Refused`."""
    return catalogue.cases(map(_case, case_folders()), lang)


def _case(folder: Path) -> Case:
    return Case(_read(folder, "published.yaml", Published), _read(folder, "expected.yaml", ExpectedFile).accepted)


def _read(folder: Path, name: str, model: type[M]) -> M:
    return load(folder / name, model, name_of(folder / name))[0]


@dataclass(frozen=True, slots=True)
class CaseRun:
    """A past case scored again under one rule set, and each difference from what was accepted."""

    name: str
    reviewed: bool
    ruleset: RuleSet
    evaluation: Evaluation
    problems: Sequence[Problem]


def run_cases(names: Sequence[str], lang: Lang) -> Iterator[CaseRun]:
    """Cases by id or folder, else all bundled ones, under each rule set they are accepted for. Raises `Refused`."""
    desk = Desk(lang)
    for folder in [find_submission(name).parent for name in names] or case_folders():
        published = _read(folder, "published.yaml", Published)
        expected, document = load(folder / "expected.yaml", ExpectedFile, name_of(folder / "expected.yaml"))
        filed = load_submission(folder / "submission.yaml")
        for number, accepted in enumerate(expected.accepted):
            review = folder / "review.yaml"
            filing = read_submission(folder / "submission.yaml", review) if accepted.reviewed else filed
            rules = desk.rules(accepted.ruleset)
            evaluation = desk.evaluate(filing, rules)
            wrong = compare(evaluation, number, expected, published, document.place)
            yield CaseRun(folder.name, accepted.reviewed, rules.plan.ruleset, evaluation, wrong)


def schema(subject: str) -> dict[str, object]:
    """The JSON Schema (2020-12) of an `evaluation`, a `ruleset` or a `submission`."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    if subject == "evaluation":
        return dialect | evaluation_schema()
    models: dict[str, type[Model]] = {"ruleset": RuleSet, "submission": Submission}
    return dialect | models[subject].model_json_schema(mode="validation")
