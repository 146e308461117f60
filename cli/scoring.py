"""How is a submission scored or explained from the terminal? Files in, text out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from engine.desk import evaluate
from engine.inference.durable_rules import DurableRules, ExtensionUnusable
from engine.reading.library import Filing, find_ruleset, find_submission, load_plan, load_submission
from engine.rules.ruleset import SEVERITIES
from engine.telling.evaluation import CriterionResult, Dimension, Evaluation, Evidence, MeasureResult
from engine.values.exact import written
from engine.values.problems import Problem, Refused, Source, nearest
from engine.values.units import unit_word

from .choosing import fitting
from .language import Lang, colon, say
from .screen import console, visible
from .sheet import earned, graded, grounded

if TYPE_CHECKING:
    from engine.planning.plan import Plan


class Desk:
    """Plans by name, each built once, and the executor that serves them all."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.executor = DurableRules()
        self.plans: dict[str, Plan] = {}

    def plan(self, name: str) -> Plan:
        """The plan of a rule set. Raises `Refused`."""
        if name not in self.plans:
            self.plans[name] = load_plan(find_ruleset(name))
        return self.plans[name]

    def evaluate(self, filing: Filing, ruleset: str) -> Evaluation:
        """One evaluation. Raises `Refused`."""
        name = ruleset or filing.submission.ruleset or fitting(filing, self.lang)
        try:
            return evaluate(self.plan(name), filing.submission, filing.place, filing.digest, self.executor, self.lang)
        except ExtensionUnusable as error:
            raise Refused([Problem("extension-unusable", Source("durable_rules"), {"found": str(error)})]) from None


def scored(files: Sequence[str], ruleset: str, lang: Lang, review: Path | None = None) -> list[Evaluation]:
    """Evaluations of the files, in order. Raises `Refused` with the problems of all of them."""
    desk = Desk(lang)
    if review is not None and len(files) != 1:
        raise Refused([Problem("one-review", Source(str(review)))])
    evaluations: list[Evaluation] = []
    problems: list[Problem] = []
    for file in _tracked(files):
        try:
            evaluations.append(desk.evaluate(load_submission(find_submission(file), review), ruleset))
        except Refused as refused:
            problems += [problem for problem in refused.problems if problem not in problems]
    if problems:
        raise Refused(problems)
    return evaluations


def _tracked(files: Sequence[str]) -> Iterable[str]:
    """The files, with a progress bar on a terminal where there are many."""
    errors = console(error=True)
    if len(files) < 20 or not errors.is_terminal:
        return files
    from rich.progress import track

    return track(files, description=say("评分", "Scoring"), console=errors, transient=True)


def _as_json(evaluation: Evaluation) -> str:
    """The JSON contract: stable, one byte sequence for one answer."""
    return json.dumps(evaluation.model_dump(mode="json"), ensure_ascii=False, indent=2)


def rendered(evaluations: Sequence[Evaluation], format_: str, *, to_file: bool) -> str:
    """The evaluations as text: one JSON object (an array for several), or sheets."""
    if format_ == "json":
        if len(evaluations) == 1:
            return _as_json(evaluations[0])
        return "[\n" + ",\n".join(map(_as_json, evaluations)) + "\n]"
    from .sheet import sheet

    screen = console()
    with screen.capture() as capture:
        for number, evaluation in enumerate(evaluations):
            if number:
                screen.rule(characters="=")
            for part in sheet(evaluation):
                screen.print(part)
    text = capture.get()
    if to_file:
        from rich.text import Text

        text = Text.from_ansi(text).plain
    return "\n".join(line.rstrip() for line in text.splitlines())


def failing(evaluations: Sequence[Evaluation], severity: str) -> bool:
    """Is there a sure finding at least this severe?"""
    worst = SEVERITIES[: [*SEVERITIES].index(severity) + 1]  # type: ignore[arg-type]
    return any(
        finding.status == "sure" and finding.severity in worst
        for evaluation in evaluations
        for finding in evaluation.findings
    )


def explained(file: str, name: str, ruleset: str, lang: Lang, review: Path | None = None) -> str:
    """Everything about one criterion, measure or finding. Raises `Refused`."""
    evaluation = scored([file], ruleset, lang, review)[0]
    lines: list[str] = []
    for one in evaluation.criteria:
        if name in (one.id, one.title, one.id.rsplit("/", 1)[-1]) or name in [m.name for m in one.measures]:
            lines += [*_criterion(one), ""]
    for block in evaluation.dimensions:
        if block.because and name in (block.id, block.title):
            lines += [f"{block.id}{colon()}{earned(block)} / {block.of}", f"  {block.because}", ""]
            lines += [f"  {one.id}{colon()}{earned(one)}" for one in _below(evaluation, block)] + [""]
    for finding in evaluation.findings:
        if name in (finding.id, f"{finding.id}[{finding.subject}]"):
            subject = f" [{finding.subject}]" if finding.subject else ""
            lines += [f"{finding.id}{subject} ({graded(finding)})", f"  {finding.says}"]
            lines += _evidence(finding.evidence)
            cited = " ".join(part for part in (grounded(finding.ground), finding.authority) if part)
            lines += [_item("依据", "ground", cited), _item("规则", "rule", finding.rule)]
            lines += [_item("建议", "advice", finding.advice)] if finding.advice else []
            lines.append("")
    derived = {one.name: one for finding in evaluation.findings for one in finding.evidence if one.worked}
    if not lines and name in derived:
        lines = [line.strip() for line in _evidence([derived[name]])]
    if not lines:
        known = [one.id for one in evaluation.criteria] + [one.title for one in evaluation.criteria]
        known += [block.id for block in evaluation.dimensions if block.because]
        known += [finding.id for finding in evaluation.findings]
        raise Refused([Problem("unknown-subject", Source(file), {"name": name}, nearest(name, known))])
    return "\n".join(visible(line) for line in lines).rstrip()


def _item(zh: str, en: str, text: str) -> str:
    return f"  {say(zh, en)}{colon()}{text}"


def _below(evaluation: Evaluation, block: Dimension) -> list[CriterionResult]:
    return [one for one in evaluation.criteria if one.id.startswith(f"{block.id}/")]


def _field(name: str) -> str:
    """A field of an indicator row in the reader's language; any other name as it is."""
    return say(_FIELDS.get(name, name), name)


_FIELDS = {"attainment": "完成率", "actual": "完成值", "target": "目标值", "weight": "分值", "filed": "自评得分"}


def _formula(measure: MeasureResult) -> str:
    if measure.name != "attainment":
        return measure.formula
    return " / ".join(_field(name) for name in measure.formula.split(" / "))


def _criterion(one: CriterionResult) -> list[str]:
    lines = [f"{one.id}{colon()}{earned(one)} / {one.of}", f"  {one.because}"]
    if one.cause and one.cause not in one.because:
        lines.append(_item("未定", "open", one.cause))
    if one.clause:
        wording = {"verbatim": ("原文", "verbatim"), "paraphrase": ("转述", "paraphrase")}
        seen = say(*wording.get(one.wording, ("未见原文", "unseen")))
        lines.append(_item(f"条文 ({seen})", f"clause ({seen})", one.clause))
    for measure in one.measures:
        lines.append(_item("公式", "formula", f"{_field(measure.name)} = {_formula(measure)}"))
        lines.append(_item("代入", "worked", measure.worked))
        lines += _evidence(measure.figures)
    return [*lines, _item("出处", "authority", one.authority), _item("规则", "rule", one.rule)]


def _evidence(evidence: Sequence[Evidence]) -> list[str]:
    lines = []
    for one in evidence:
        value = "?"
        if one.value is not None:
            word = unit_word(one.unit)
            value = written(Fraction(one.value) / word.scale) + word.word
        origin = f"  <- {one.source}" if one.source else ""
        lines.append(f"    {_field(one.name)} = {one.worked or value}{origin}")
    return lines
