"""How did many submissions fare? A row each: its score and grade, and how many severe findings; or that it has none."""

from __future__ import annotations

from collections.abc import Sequence

from ..rules.findings import SEVERITIES, Severity
from ..rules.ruleset import RuleSet
from ..telling.evaluation import Evaluation
from ..wording import Lang, phrase
from ..wording.visible import visible
from .marks import earned, graded, lettered
from .rules import trust
from .sheet import Cell, Column, Line, Sheet, Table

_SEVERE = ("critical", "major")


def sheet(results: Sequence[tuple[str, Evaluation | None]], lang: Lang) -> Sheet:
    """The submissions by name, with their evaluations; None for one that was refused."""
    columns = (
        Column(phrase("head-file", lang)),
        Column(phrase("head-total", lang), numeric=True),
        Column(phrase("head-grade", lang)),
        Column(phrase("head-severe", lang)),
    )
    rows = tuple(_row(name, evaluation, lang) for name, evaluation in results)
    refused = sum(evaluation is None for _, evaluation in results)
    return Line(phrase("summary", lang, count=len(results), refused=refused), "strong"), Table(columns, rows)


def _row(name: str, evaluation: Evaluation | None, lang: Lang) -> tuple[Cell, ...]:
    if evaluation is None:
        return Cell(name), Cell(), Cell(), Cell(phrase("refused", lang), "critical")
    total = lettered(evaluation) if evaluation.lettered else ""
    total = earned(evaluation.score, lang) if evaluation.score is not None else total
    counted = [
        f"{phrase(f'severity-{severity}', lang)} {count}"
        for severity in _SEVERE
        if (count := sum(one.status == "sure" and one.severity == severity for one in evaluation.findings))
    ]
    return Cell(name), Cell(total), Cell(graded(evaluation, lang)), Cell(phrase("list", lang).join(counted))


def failing(results: Sequence[tuple[str, Evaluation | None]], severity: Severity) -> bool:
    """Has any a sure finding at least this severe?"""
    worst = SEVERITIES[: SEVERITIES.index(severity) + 1]
    findings = [finding for _, evaluation in results if evaluation is not None for finding in evaluation.findings]
    return any(finding.status == "sure" and finding.severity in worst for finding in findings)


def case(name: str, ruleset: RuleSet, evaluation: Evaluation, reviewed: bool, same: bool, lang: Lang) -> str:
    """A past case in one line: whether it is as accepted, its rule set, and what it scores."""
    mark = phrase("same" if same else "differs", lang)
    called = name + (phrase("reviewed", lang) if reviewed else "")
    score = evaluation.score
    scored = lettered(evaluation) if evaluation.lettered else ""
    scored = scored if score is None else f"{earned(score, lang)} / {score.of}"
    grades = "" if score is None else "  " + " ".join(evaluation.grades)
    return visible(f"{mark}  {called}  {ruleset.ruleset}{trust(ruleset, lang)}  {scored}{grades}").rstrip()
