"""How does a judged submission become the evaluation that is printed? Every number with its origin and arithmetic."""

from __future__ import annotations

from fractions import Fraction

from .. import __version__
from ..algebra.meaning import Number, TextValue, Truth
from ..expressions.interpreter import Interpreter
from ..filing.figures import MEANING, Figures, Row
from ..filing.submission import JudgementEntry
from ..judging.judge import Judged, LeafPoints
from ..judging.rows import RowPoints
from ..judging.settings import RowSetting, SubmissionSetting
from ..judging.totals import NOTHING, Ends, grades
from ..judging.totals import leaf as leaf_ends
from ..planning.plan import Finding, Plan
from ..rules.ruleset import SEVERITIES, Authority, FindingSpec
from ..values.exact import fixed, written
from ..values.problems import Problem
from ..wording import Lang, message, phrase
from .evaluation import (
    CapResult,
    CriterionResult,
    Dimension,
    EngineInfo,
    Evaluation,
    FindingResult,
    MeasureResult,
    Missing,
    Outcome,
    ProblemResult,
    ReviewEntry,
    RuleSetInfo,
    Score,
    SubmissionInfo,
)
from .evidence import Evidences, exact
from .explain import Explainer
from .naming import Naming
from .present_letters import PointTexts, best_letter, letter_because, letter_ends, lettered_blocks, missing_for_letter
from .shown import PERCENT, points_shown, value_shown


def present(plan: Plan, figures: Figures, judged: Judged, digest: str, lang: Lang) -> Evaluation:
    """The evaluation of one judged submission; `digest` is that of its content."""
    return _Presenter(plan, figures, judged, lang).evaluation(digest)


class _Presenter:
    def __init__(self, plan: Plan, figures: Figures, judged: Judged, lang: Lang) -> None:
        self.plan, self.figures, self.judged, self.lang = plan, figures, judged, lang
        self.naming = Naming(plan, judged.setting, figures, lang)
        self.explain = Explainer(plan, judged, self.naming, lang)
        self.evidence = Evidences(plan, figures, judged.setting, self.naming)

    def evaluation(self, digest: str) -> Evaluation:
        ruleset, submission = self.plan.ruleset, self.figures.submission
        settled = self.judged.grades
        return Evaluation(
            engine=EngineInfo(version=__version__),
            ruleset=RuleSetInfo(
                id=ruleset.ruleset,
                edition=ruleset.edition,
                title=ruleset.title,
                digest=self.plan.digest,
                complete=ruleset.complete,
                verified=ruleset.verified,
            ),
            submission=SubmissionInfo(
                id=submission.submission, department=submission.department, year=submission.year, digest=digest
            ),
            score=self._score(),
            grade=settled[0] if len(settled) == 1 else None,
            grades=settled,
            action=ruleset.actions.get(settled[0], "") if len(settled) == 1 else "",
            dimensions=tuple(self._dimensions()),
            caps=tuple(self._caps()),
            criteria=tuple(result for leaf in self.judged.leaves for result in self._criterion(leaf)),
            findings=tuple(self._findings()),
            remarks=tuple(self._remarks()),
            missing=tuple(self._missing()),
            review=tuple(self._review()),
            problems=tuple(
                ProblemResult(code=note.code, message=self._noted(note), source=str(note.source))
                for note in (*self.figures.notes, *self.judged.notes)
            ),
        )

    def _noted(self, note: Problem) -> str:
        near = phrase("nearest", self.lang, name=note.nearest) if note.nearest else ""
        return message(note, self.lang) + (f" {near}" if near else "")

    # -- points ---

    def _points(self, points: Fraction, total: bool = False) -> str:
        digits = self.judged.rounding.total if total else self.judged.rounding.points
        return written(points) if digits == "exact" else fixed(points, digits)

    def _ends(self, ends: Ends, total: bool = False) -> PointTexts:
        low = self._points(ends.low, total)
        if ends.settled:
            return {"points": low, "low": low, "high": low}
        return {"points": None, "low": low, "high": self._points(ends.high, total)}

    def _score(self) -> Score | None:
        if self.plan.ruleset.letters is not None:
            return None
        total, of = self.judged.total, written(self.judged.full)
        if total is None:
            return Score(points=None, of=of, low="0", high="0")
        return Score(of=of, **self._ends(total, True))

    def _dimensions(self) -> list[Dimension]:
        if self.plan.ruleset.letters is not None:
            return lettered_blocks(self.explain)
        tops: dict[str, tuple[Ends, Fraction]] = {}
        for top, earned in self.judged.counted:
            ends, full = tops.get(top, (NOTHING, Fraction(0)))
            tops[top] = (ends + leaf_ends(earned), full + earned.full)
        criteria = self.plan.ruleset.criteria
        order = {name: place for place, name in enumerate(criteria)}
        return [
            Dimension(
                id=top,
                title=criteria[top].title or top,
                of=self._points(full),
                grades=() if criteria[top].extra else self._dimension_grades(ends, full),
                extra=criteria[top].extra,
                **self._ends(ends),
            )
            for top, (ends, full) in sorted(tops.items(), key=lambda one: order[one[0]])
        ]

    def _dimension_grades(self, ends: Ends, full: Fraction) -> tuple[str, ...]:
        """The grades that a block's share of full points meets, in percent of the rule set's `of`."""
        ruleset = self.plan.ruleset
        if not ruleset.dimension_grades or not full:
            return ()
        scale = ruleset.of / full
        return grades(Ends(ends.low * scale, ends.high * scale), ruleset.grades, (), ())

    def _criterion(self, one: LeafPoints) -> list[CriterionResult]:
        leaf, spec = one.leaf, one.leaf.spec
        letter = one.letter
        because, cause = letter_because(self.explain, one) if letter is not None else self.explain.leaf(one)
        own = CriterionResult(
            id="/".join(leaf.path),
            title=spec.title or leaf.path[-1],
            of=self._points(one.earned.full) if letter is None else best_letter(self.explain),
            computed=None if one.computed is None else self._points(one.computed.low),
            outcome=_outcome(one.earned.possibly, one.ends) if letter is None else letter.outcome,
            cause=cause,
            measures=self.evidence.measures(one),
            because=because,
            clause=spec.clause,
            wording=spec.wording or "",
            checked=leaf.checked,
            authority=self._cited(spec.authority or self.plan.ruleset.authority[0]),
            rule=leaf.source,
            **(self._ends(one.ends) if letter is None else letter_ends(letter)),
        )
        return [own, *(self._row(leaf.path, row, own) for row in one.rows)]

    def _row(self, path: tuple[str, ...], one: RowPoints, parent: CriterionResult) -> CriterionResult:
        because, cause = self.explain.row(one)
        rules = self.plan.ruleset.rows
        rate = self.judged.setting.indicators[one.row.index][1].fields["attainment"]
        assert isinstance(rate, Number) and rules is not None
        own = bool(one.row.clause) and rules.own_clauses == "accepted"
        measure = MeasureResult(
            name="attainment",
            value=exact(rate),
            unit="%",
            formula="actual / target",
            worked=f"{one.row.actual.raw or '?'} / {_target(one.row)} = {value_shown(rate, PERCENT)}",
            figures=(self.evidence.filed("target", one.row.target), self.evidence.filed("actual", one.row.actual)),
        )
        return CriterionResult(
            id="/".join((*path, one.row.name)),
            title=one.row.name,
            of=self._points(one.full),
            computed=None if one.computed is None else self._points(one.computed.low),
            outcome=_outcome(one.applicable, one.ends),
            cause=cause,
            measures=(measure,),
            because=because,
            clause=one.row.clause if own else rules.clause,
            wording="verbatim" if own else rules.wording,
            checked=own,
            authority=f"{self.figures.submission.department} {one.row.source}".strip() if own else parent.authority,
            rule=parent.rule,
            **self._ends(one.ends),
        )

    def _cited(self, authority: Authority) -> str:
        """What is not seen in the document itself is said to be so."""
        return authority.cited + ("" if authority.verified else phrase("unverified", self.lang))

    # -- what is said ---

    def _findings(self) -> list[FindingResult]:
        results: list[FindingResult] = []
        for name, finding in self.plan.says.items():
            if not isinstance(finding.spec, FindingSpec):
                continue
            if finding.per_row:
                for place, (_, slot) in enumerate(self.judged.setting.indicators):
                    truth = self.judged.findings.rows[place][name]
                    results += self._finding(finding, finding.spec, truth, slot, self.figures.rows[place])
            else:
                truth = self.judged.findings.submission[name]
                results += self._finding(finding, finding.spec, truth, self.judged.setting, None)
        return sorted(results, key=lambda one: (SEVERITIES.index(one.severity), one.status == "possible"))

    def _finding(
        self,
        finding: Finding,
        spec: FindingSpec,
        truth: Truth,
        setting: SubmissionSetting | RowSetting,
        row: Row | None,
    ) -> list[FindingResult]:
        if not truth.possible:
            return []
        evidence = [self.evidence.of_row(tree, setting, row) for tree in finding.evidence]
        return [
            FindingResult(
                id=finding.name,
                severity=spec.severity,
                status="sure" if truth.sure else "possible",
                subject=row.name if row else "",
                says=self._said(finding, setting),
                evidence=tuple(one for one in evidence if one is not None),
                ground=spec.ground,
                authority=self._cited(spec.authority) if spec.authority else "",
                advice=spec.advice,
                rule=finding.source,
            )
        ]

    def _said(self, finding: Finding, setting: SubmissionSetting | RowSetting) -> str:
        parts = []
        for part in finding.says.parts:
            if isinstance(part, str):
                parts.append(part)
                continue
            value = Interpreter(MEANING).value(part, setting)
            if isinstance(value, TextValue):
                parts.append(value.words if value.known else "?")
            elif isinstance(value, Number):
                parts.append(value_shown(value, self.naming.word(part)))
        return "".join(parts)

    def _remarks(self) -> list[str]:
        said = []
        for name, finding in self.plan.says.items():
            truth = self.judged.remarks.submission.get(name)
            if not isinstance(finding.spec, FindingSpec) and truth is not None and truth.sure:
                said.append(self._said(finding, self.judged.setting))
        return said

    def _caps(self) -> list[CapResult]:
        results = []
        for name, cap in self.plan.caps.items():
            truth = self.judged.findings.submission[name]
            if truth.possible:
                effect = (
                    phrase("cap-total", self.lang, total=written(cap.total))
                    if cap.total is not None
                    else phrase("cap-grade", self.lang, grade=cap.grade)
                )
                results.append(CapResult(id=name, sure=truth.sure, effect=effect))
        return results

    def _missing(self) -> list[Missing]:
        """What would narrow the total, widest first."""
        found: list[tuple[Fraction, Missing]] = []

        def add(name: str, criterion: str, ends: Ends) -> None:
            width = self._points(ends.width)
            found.append((ends.width, Missing(name=name, criterion=criterion, settles=width)))

        for one in self.judged.leaves:
            path = "/".join(one.leaf.path)
            found += [(one.ends.width, missing) for missing in missing_for_letter(self.explain, one)]
            if one.letter is not None or one.ends.settled:
                continue
            for row in one.rows:
                if not row.ends.settled:
                    add(self.naming.row_lacks(row.row), f"{path}/{row.row.name}", row.ends)
            for name in self._leaf_missing(one):
                add(name, path, one.ends)
        return [missing for _, missing in sorted(found, key=lambda entry: -entry[0])]

    def _leaf_missing(self, one: LeafPoints) -> list[str]:
        """What would settle whether a leaf applies, and what it earns by itself."""
        applies = [] if one.own.surely else self.naming.lacking(self.naming.conditions[one.leaf.applies])
        if one.rows or one.own.ends.settled:
            return applies
        tree = one.leaf.tree if one.leaf.holds is None else one.leaf.holds
        names = self.naming.lacking(tree) if tree is not None else []
        fallback = "the-rows" if one.leaf.method.method == "indicators" else "the-judgement"
        return list(dict.fromkeys([*applies, *(names or [phrase(fallback, self.lang)])]))

    def _review(self) -> list[ReviewEntry]:
        submission = self.figures.submission
        entries = []
        for entry in submission.judgements:
            subject = entry.criterion or entry.row
            entries.append(ReviewEntry(subject=subject, says=_answered(entry), by=entry.by, reason=entry.reason))
        for one in submission.confirmations:
            entries.append(ReviewEntry(subject=one.row, says=one.reads, by=one.by, reason=one.reason))
        return entries


def _answered(entry: JudgementEntry) -> str:
    """An evaluator's answer in short: a tier, points, or items met and not met; with the cut of a reviewer."""
    points = points_shown(entry.points) if entry.points is not None else ""
    cut = f"−{entry.reduce}" if entry.reduce is not None else ""
    said = " ".join(filter(None, (entry.tier, points, cut)))
    items = [f"{mark} {'、'.join(map(str, some))}" for mark, some in (("✓", entry.met), ("✗", entry.not_met)) if some]
    return said or "  ".join(items)


def _outcome(applies: bool, ends: Ends) -> Outcome:
    if not applies:
        return "not-applicable"
    return "graded" if ends.settled else "open"


def _target(row: Row) -> str:
    return row.target.raw or value_shown(row.target.number, row.target.word)
