"""How does a judged submission become the evaluation that is printed? Each part is worded when it is first read.

Whoever needs the total alone pays for no sentence; nothing is decided here, so the order of reading changes nothing.
"""
# ruff: noqa: D102  (what each part says stands in the contract, evaluation.py)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..filing.figures import Figures
from ..filing.submission import JudgementEntry
from ..judging.judge import Judged
from ..judging.rollup import points_of
from ..judging.table import Total
from ..planning.plan import Node, Plan
from ..values.exact import written
from ..values.problems import Problem
from ..wording import Lang, joined, message, phrase
from . import evaluation as contract
from .criteria import Criteria
from .evaluation import SCHEMA, Evaluation
from .evidence import Evidences
from .explain import Explainer
from .findings import Findings
from .lacking import missing
from .lettersaid import LetterExplainer
from .naming import Naming
from .rowsaid import RowExplainer
from .words import PointWriter, points_shown


@dataclass(frozen=True, slots=True)
class About:
    """What the evaluation says of its making: who spoke, in which language, and what went in."""

    engine: contract.EngineInfo
    lang: Lang
    digest: str
    """Of the submission's content, answers included."""
    answers: str = ""
    inputs: tuple[contract.Input, ...] = ()
    library: bool = True
    """Is the rule set one of those bundled?"""


class Presented(Evaluation):
    """The evaluation of one judged submission."""

    def __init__(self, plan: Plan, figures: Figures, judged: Judged, about: About) -> None:
        points = PointWriter(judged.rounding)
        naming = Naming(plan, judged.setting, figures, about.lang)
        told = (plan, judged, naming, points)
        explain, rows, letters = Explainer(*told), RowExplainer(*told), LetterExplainer(*told)
        criteria = Criteria(explain, rows, letters, Evidences(plan, figures, judged.setting, naming))
        put = self.__dict__.update  # it is frozen
        put(_plan=plan, _figures=figures, _judged=judged, _about=about)
        put(_points=points, _explain=explain, _criteria=criteria, _findings=Findings(judged, criteria))
        put(engine=about.engine, lang=about.lang, inputs=about.inputs, answers=contract.Answers(digest=about.answers))
        grade = judged.grades[0] if len(judged.grades) == 1 else None
        put(grades=judged.grades, grade=grade, action=plan.ruleset.actions.get(grade or "", ""))
        put(lettered=plan.ruleset.letters is not None)

    _plan: Plan
    _figures: Figures
    _judged: Judged
    _about: About
    _points: PointWriter
    _explain: Explainer
    _criteria: Criteria
    _findings: Findings
    schema_ = SCHEMA

    @cached_property
    def ruleset(self) -> contract.RuleSetInfo:
        one = self._plan.ruleset
        return contract.RuleSetInfo(
            id=one.ruleset,
            edition=one.edition,
            title=one.title,
            digest=self._plan.digest,
            complete=one.complete,
            verified=one.verified,
            origin="library" if self._about.library else "file",
        )

    @cached_property
    def submission(self) -> contract.SubmissionInfo:
        one = self._figures.submission
        return contract.SubmissionInfo(
            id=one.submission, department=one.department, project=one.title, year=one.year, digest=self._about.digest
        )

    # -- points ---

    @cached_property
    def score(self) -> contract.Score | None:
        total = self._judged.total
        if self.lettered or total is None:
            return None
        stated = self._figures.submission.stated.total
        return contract.Score(
            of=written(total.of.high),
            of_low=None if total.of.settled else written(total.of.low),
            filed=None if stated is None else written(stated),
            summed=None if total.summed == total.points else self._points.between(total.summed),
            bridge=self._bridge(total),
            **self._points.ends(total.points, True),
        )

    def _bridge(self, total: Total) -> str:
        """How the sum of what is printed became the total."""
        said, say = [], self._explain.say
        if total.scaled != total.summed:
            said.append(say("bridge-scaled", points=total.scaled))
        for name, extra in (("bonus", total.bonus), ("deduction", total.deduction)):
            if extra.high:
                said.append(say(f"bridge-{name}", points=extra))
        if total.floored:
            said.append(say("bridge-floored", floor=self._plan.ruleset.policy.total_floor or Fraction(0)))
        if not said and total.before != total.summed:
            said.append(say("bridge-rounded", digits=self._judged.rounding.total))
        if total.points != total.before:
            said.append(say("bridge-capped", points=total.points))
        return joined(said, self.lang)

    @cached_property
    def blocks(self) -> tuple[contract.Block, ...]:
        return tuple(self._criteria.letters.blocks() if self.lettered else self._blocks(self._plan.table))

    def _blocks(self, nodes: tuple[Node, ...]) -> Iterator[contract.Block]:
        plan, judged = self._plan, self._judged
        for node in nodes:
            if node.leaf is not None and len(node.path) > 1:
                continue
            if node.leaf is None:
                shown, title = judged.blocks[node.path], plan.blocks[node.path].title
            else:
                shown, title = judged.leaves[node.leaf].shown, plan.leaves[node.leaf].spec.title
            yield contract.Block(
                id=node.path,
                title=title or node.path[-1],
                grades=judged.block_grades.get(node.path, ()),
                extra=node.extra,
                **self._points.texts(points_of(shown.points), shown.of),
            )
            yield from self._blocks(node.below)

    @cached_property
    def caps(self) -> tuple[contract.CapResult, ...]:
        return tuple(self._caps())

    def _caps(self) -> Iterator[contract.CapResult]:
        total = self._judged.total
        for name, cap in self._plan.caps.items():
            truth = self._judged.findings.submission[name]
            if truth.possible:
                key, limit = ("cap-grade", cap.grade) if cap.total is None else ("cap-total", written(cap.total))
                acts = total is not None and name in total.acting
                effect = phrase(key, self.lang, grade=limit, total=limit)
                yield contract.CapResult(id=name, sure=truth.sure, acts=acts, effect=effect)

    # -- what is said ---

    @cached_property
    def criteria(self) -> tuple[contract.CriterionResult, ...]:
        return self._criteria.results(self._judged)

    @cached_property
    def findings(self) -> tuple[contract.FindingResult, ...]:
        return self._findings.results()

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        return tuple(self._findings.remarks())

    @cached_property
    def missing(self) -> tuple[contract.Missing, ...]:
        return (*missing(self._explain), *self._findings.lacking())

    @cached_property
    def review(self) -> tuple[contract.ReviewEntry, ...]:
        filed, entry = self._figures.submission, contract.ReviewEntry
        said = [
            entry(subject=one.subject, says=_answered(one), by=one.by, reason=one.reason) for one in filed.judgements
        ]
        read = [entry(subject=one.row, says=one.reads, by=one.by, reason=one.reason) for one in filed.confirmations]
        return (*said, *read)

    @cached_property
    def problems(self) -> tuple[contract.ProblemResult, ...]:
        return tuple(
            contract.ProblemResult(code=note.code, message=self._noted(note), source=str(note.source))
            for note in (*self._figures.notes, *self._judged.notes)
        )

    def _noted(self, note: Problem) -> str:
        near = phrase("nearest", self.lang, name=note.nearest) if note.nearest else ""
        return message(note, self.lang) + (f" {near}" if near else "")


def _answered(entry: JudgementEntry) -> str:
    """An evaluator's answer in short: a tier, points, or items met and not met; with the cut of a reviewer."""
    points = points_shown(entry.points) if entry.points is not None else ""
    cut = f"−{entry.reduce}" if entry.reduce is not None else ""
    said = " ".join(filter(None, (entry.tier, points, cut)))
    items = [f"{mark} {'、'.join(map(str, some))}" for mark, some in (("✓", entry.met), ("✗", entry.not_met)) if some]
    return said or "  ".join(items)
