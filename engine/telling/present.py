"""How does a judged submission become the evaluation that is printed? Every number with its origin and arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..algebra.meaning import MEANING, Number, OneNumber, OneTruth, TextValue, fraction
from ..expressions.tree import Literal, Name, Select, Tree, outer, walk
from ..filing.figures import Figures, Row
from ..filing.submission import JudgementEntry
from ..inference.program import leaves as atoms
from ..judging.judge import Judged
from ..judging.leaves import LeafPoints
from ..judging.rollup import Points, points_of
from ..judging.rows import RowPoints
from ..judging.settings import OneRowSetting, OneSetting
from ..judging.table import Total
from ..methods import Indicators
from ..methods.method import Fact, first_holding
from ..planning.plan import Finding, Node, Plan
from ..rules.authority import Authority
from ..rules.findings import SEVERITIES, FindingSpec
from ..values.exact import fixed, truncated, written
from ..values.problems import Problem
from ..values.units import DATE, UnitWord, unit_word
from ..wording import Lang, message, phrase
from .evaluation import (
    Answers,
    Block,
    CapResult,
    CriterionResult,
    EngineInfo,
    Evaluation,
    FindingResult,
    Input,
    MeasureResult,
    Missing,
    Origin,
    ProblemResult,
    ReviewEntry,
    RuleSetInfo,
    Score,
    SubmissionInfo,
    Trace,
)
from .evidence import Evidences, number_told
from .explain import Explainer
from .naming import Naming
from .present_letters import (
    OfTexts,
    PointTexts,
    best_letter,
    letter_because,
    letter_ends,
    lettered_blocks,
    missing_for_letter,
)
from .rowsaid import RowExplainer
from .words import PERCENT, fact_shown, filed_shown, points_shown, value_shown


@dataclass(frozen=True, slots=True)
class About:
    """What the evaluation says of its making: who spoke, in which language, and what went in."""

    engine: EngineInfo
    lang: Lang
    digest: str
    """Of the submission's content, answers included."""
    answers: str = ""
    inputs: tuple[Input, ...] = ()
    library: bool = True
    """Is the rule set one of those bundled?"""


def present(plan: Plan, figures: Figures, judged: Judged, about: About) -> Evaluation:
    """The evaluation of one judged submission."""
    return _Presenter(plan, figures, judged, about).evaluation()


class _Presenter:
    def __init__(self, plan: Plan, figures: Figures, judged: Judged, about: About) -> None:
        self.plan, self.figures, self.judged, self.about, self.lang = plan, figures, judged, about, about.lang
        self.naming = Naming(plan, judged.setting, figures, self.lang)
        self.explain = Explainer(plan, judged, self.naming, self.lang)
        self.rows = RowExplainer(self.explain)
        self.evidence = Evidences(plan, figures, judged.setting, self.naming)
        self.lettered = plan.ruleset.letters is not None

    def evaluation(self) -> Evaluation:
        ruleset, submission, settled = self.plan.ruleset, self.figures.submission, self.judged.grades
        findings, lacking = self._findings()
        return Evaluation(
            engine=self.about.engine,
            lang=self.lang,
            inputs=self.about.inputs,
            answers=Answers(digest=self.about.answers),
            ruleset=RuleSetInfo(
                id=ruleset.ruleset,
                edition=ruleset.edition,
                title=ruleset.title,
                digest=self.plan.digest,
                complete=ruleset.complete,
                verified=ruleset.verified,
                origin="library" if self.about.library else "file",
            ),
            submission=SubmissionInfo(
                id=submission.submission,
                department=submission.department,
                project=submission.title,
                year=submission.year,
                digest=self.about.digest,
            ),
            lettered=self.lettered,
            score=self._score(),
            grade=settled[0] if len(settled) == 1 else None,
            grades=settled,
            action=ruleset.actions.get(settled[0], "") if len(settled) == 1 else "",
            blocks=tuple(lettered_blocks(self.explain) if self.lettered else self._blocks(self.plan.table)),
            caps=tuple(self._caps()),
            criteria=tuple(result for leaf in self.judged.leaves for result in self._criterion(leaf)),
            findings=tuple(findings),
            remarks=tuple(self._remarks()),
            missing=(*self._missing(), *lacking),
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
        rounding = self.judged.rounding
        digits = rounding.total if total else rounding.digits
        if digits is None:
            return written(points)
        return fixed(truncated(points, digits) if rounding.mode == "truncate" else points, digits)

    def _ends(self, ends: Points, total: bool = False) -> PointTexts:
        low = self._points(ends.low, total)
        if ends.settled:
            return {"points": low, "low": low, "high": low}
        return {"points": None, "low": low, "high": self._points(ends.high, total)}

    def _of(self, of: Points) -> OfTexts:
        return {"of": self._points(of.high), "of_low": None if of.settled else self._points(of.low)}

    def _score(self) -> Score | None:
        total = self.judged.total
        if self.lettered or total is None:
            return None
        stated = self.figures.submission.stated.total
        of_low = None if total.of.settled else written(total.of.low)
        return Score(
            of=written(total.of.high),
            of_low=of_low,
            filed=None if stated is None else written(stated),
            summed=None if total.summed == total.points else self._range(total.summed),
            bridge=self._bridge(total),
            **self._ends(total.points, True),
        )

    def _range(self, points: Points) -> str:
        return self._points(points.low) if points.settled else f"{self._points(points.low)}–{self._points(points.high)}"

    def _bridge(self, total: Total) -> str:
        """How the sum of what is printed became the total."""
        said = []
        if total.scaled != total.summed:
            said.append(phrase("bridge-scaled", self.lang, points=self.explain.range_shown(total.scaled)))
        for name, extra in (("bonus", total.bonus), ("deduction", total.deduction)):
            if extra.high:
                said.append(phrase(f"bridge-{name}", self.lang, points=self.explain.range_shown(extra)))
        if total.floored:
            floor = self.plan.ruleset.policy.total_floor or Fraction(0)
            said.append(phrase("bridge-floored", self.lang, floor=points_shown(floor)))
        if not said and total.before != total.summed:
            said.append(phrase("bridge-rounded", self.lang, digits=self.judged.rounding.total))
        if total.points != total.before:
            said.append(phrase("bridge-capped", self.lang, points=self.explain.range_shown(total.points)))
        return "；".join(said) if self.lang == "zh" else "; ".join(said)

    def _blocks(self, nodes: tuple[Node, ...]) -> Iterator[Block]:
        for node in nodes:
            if node.leaf is not None and len(node.path) > 1:
                continue
            if node.leaf is None:
                shown, spec = self.judged.blocks[node.path], self.plan.blocks[node.path]
            else:
                shown, spec = self.judged.leaves[node.leaf].shown, self.plan.leaves[node.leaf].spec
            yield Block(
                id=node.path,
                title=spec.title or node.path[-1],
                grades=self.judged.block_grades.get(node.path, ()),
                extra=node.extra,
                **self._of(points_of(shown.of)),
                **self._ends(points_of(shown.points)),
            )
            yield from self._blocks(node.below)

    def _criterion(self, one: LeafPoints) -> list[CriterionResult]:
        leaf, spec, letter = one.leaf, one.leaf.spec, one.letter
        because, cause = letter_because(self.explain, one) if letter is not None else self.explain.leaf(one)
        own = CriterionResult(
            id=leaf.path,
            title=spec.title or leaf.path[-1],
            computed=self._points(one.computed.low) if one.changed else None,
            filed=self._filed(one),
            origin=self._origin(one),
            cause="" if one.points.settled and letter is None else cause,
            trace=self._trace(one),
            measures=self.evidence.measures(one),
            because=because,
            clause=spec.clause,
            wording=spec.wording or "",
            checked=leaf.checked,
            authority=self._cited(spec.authority or self.plan.ruleset.authority[0]),
            rule=leaf.source,
            **(
                self._of(points_of(one.shown.of))
                if letter is None
                else OfTexts(of=best_letter(self.explain), of_low=None)
            ),
            **(self._ends(one.points) if letter is None else letter_ends(letter)),
        )
        return [own, *(self._row(row, own) for row in one.rows)]

    def _filed(self, one: LeafPoints) -> str | None:
        """The score that the form prints for a leaf: in its fund table, or of a level of indicators."""
        if isinstance(one.leaf.method, Indicators):
            stated = self.figures.submission.stated.levels.get(one.leaf.method.level)
            return None if stated is None else written(stated)
        cells = self.figures.spending.get((one.leaf.spec.stated_points_of,))
        return (cells["filed"].raw or None) if cells else None

    def _origin(self, one: LeafPoints) -> Origin:
        if one.letter is not None:
            return {"graded": "computed", "open": "open", "not-applicable": "not-applicable"}[one.letter.outcome]  # type: ignore[return-value]
        if not one.shown.possibly:
            return "not-applicable"
        if not one.points.settled:
            return "open"
        if one.judged is not None:
            return "judged"
        if any(self._row_origin(row) in ("judged", "assumed") for row in one.rows):
            return "judged" if any(self._row_origin(row) == "judged" for row in one.rows) else "assumed"
        return "computed"

    def _trace(self, one: LeafPoints) -> Trace:
        method = one.leaf.method.method
        if one.scored is None:
            return Trace(method=method, branch="" if one.holds is None else "holds" if one.holds.sure else "otherwise")
        made = one.scored
        cut = first_holding((*made.cut, *made.worked.branches)) if made.cut else None
        acting = cut is not None and cut.holds and cut.name.startswith("cut:")
        return Trace(
            method=method,
            branch=first_holding(made.worked.branches).name,
            numbers={name: written(fraction(n)) for name, n in made.worked.numbers.items() if n.known},
            own=written(fraction(made.own.low)) if made.own.low == made.own.high else None,
            topped=made.topped,
            cut=int(cut.name.removeprefix("cut:")) if cut is not None and acting else None,
            deducted=tuple(number for number, beyond in made.deducted if beyond),
            floored=made.floored,
        )

    def _row(self, one: RowPoints, parent: CriterionResult) -> CriterionResult:
        because, cause = self.rows.row(one)
        rules = self.plan.ruleset.rows
        rate = self.judged.setting.indicators[one.row.index][1].fields["attainment"]
        assert isinstance(rate, Number) and rules is not None
        own = bool(one.row.clause) and rules.own_clauses == "accepted"
        value, exact = number_told(rate, PERCENT)
        target = one.row.target.raw or filed_shown(one.row.target.number, one.row.target.word)
        measure = MeasureResult(
            name="attainment",
            value=value,
            unit="%",
            exact=exact,
            formula="actual / target",
            worked=f"{one.row.actual.raw} / {target} = {value_shown(rate, PERCENT)}" if rate.known else "",
            figures=(self.evidence.filed("target", one.row.target), self.evidence.filed("actual", one.row.actual)),
        )
        numbers = {name: written(fraction(n)) for name, n in (one.numbers or {}).items() if n.known}
        return CriterionResult(
            id=(*parent.id, one.row.name),
            title=one.row.name,
            of=self._points(one.full if one.counts else Fraction(0)),
            filed=one.row.filed.raw or None,
            computed=self._points(one.computed.low) if one.judged is not None and one.changed else None,
            origin=self._row_origin(one),
            cause="" if one.points.settled else cause,
            trace=Trace(
                method=one.how if one.method is None else one.method.method,
                branch=one.branch,
                numbers=numbers,
                direction=one.heading.better,
                direction_by=one.heading.word,
            ),
            measures=(measure,),
            because=because,
            clause=one.row.clause if own else rules.clause,
            wording="verbatim" if own else rules.wording,
            checked=own,
            authority=f"{self.figures.submission.department} {one.row.source}".strip() if own else parent.authority,
            rule=parent.rule,
            **self._ends(one.points),
        )

    def _row_origin(self, one: RowPoints) -> Origin:
        if not one.applicable:
            return "not-applicable"
        if not one.points.settled:
            return "open"
        if one.judged is not None:
            return "judged"
        return "assumed" if one.row.derived or one.heading.word else "computed"

    def _cited(self, authority: Authority) -> str:
        """What is not seen in the document itself is said to be so."""
        return authority.cited + ("" if authority.verified else phrase("unverified", self.lang))

    # -- what is said ---

    def _findings(self) -> tuple[list[FindingResult], list[Missing]]:
        """The findings; and of those on which nothing was filed, what to supply to know."""
        results: list[FindingResult] = []
        lacking: list[Missing] = []
        whens = {rule.name: rule.when for rule in self.plan.findings.rules}
        for name, finding in self.plan.says.items():
            if not isinstance(finding.spec, FindingSpec):
                continue
            if finding.per_row:
                for place, decided in enumerate(self.judged.findings.rows):
                    truth = decided[name]
                    if not truth.possible:
                        continue
                    slot, row = self.judged.setting.indicators[place][1], self.figures.rows[place]
                    if truth.sure or self._told(whens[name], slot, place):
                        results.append(self._finding(finding, finding.spec, whens[name], truth, slot, row))
                continue
            truth = self.judged.findings.submission[name]
            if truth.sure or (truth.possible and self._told(whens[name], self.judged.setting, None)):
                results.append(self._finding(finding, finding.spec, whens[name], truth, self.judged.setting, None))
            elif truth.possible:
                lacks = self.naming.listed(self.naming.lacking(whens[name]))
                said = phrase("finding-lacks", self.lang, names=lacks or name, finding=name)
                lacking.append(Missing(name=said, criterion=(), settles="0"))
        ordered = sorted(results, key=lambda one: (SEVERITIES.index(one.severity), one.status == "possible"))
        return ordered, lacking

    def _told(self, when: Tree, setting: OneSetting | OneRowSetting, place: int | None) -> bool:
        """Does anything that was filed speak for it, though something lacks? Nothing is said on no data at all."""
        for atom in atoms(when):
            truth = self._truth(atom, setting, place)
            if truth.sure or truth.sure_not or any(self._worked(part) for part in outer(atom)):
                return True
        return False

    def _worked(self, part: Tree) -> bool:
        """Are these points of something that was measured, or answered, though it is open whether they count?"""
        if not isinstance(part, Select) or part.table not in ("points", "full"):
            return False
        below = [one for one in self.judged.leaves if one.leaf.path[: len(part.path)] == part.path]
        return any(one.scored is not None or one.judged is not None or one.rows for one in below)

    def _truth(self, atom: Tree, setting: OneSetting | OneRowSetting, place: int | None) -> OneTruth:
        name = atom.name if isinstance(atom, Name) else ""
        for decided in (self.judged.findings, self.judged.flags):
            if name in decided.submission:
                return decided.submission[name]
            if place is not None and name in decided.rows[place]:
                return decided.rows[place][name]
        return self.plan.interpreter.truth(atom, setting)

    def _finding(
        self,
        finding: Finding,
        spec: FindingSpec,
        when: Tree,
        truth: OneTruth,
        setting: OneSetting | OneRowSetting,
        row: Row | None,
    ) -> FindingResult:
        says, whole = self._said(finding, setting, when)
        if not whole and not truth.sure:  # what surely holds is said, whatever else its sentence would have told
            lacks = self.naming.listed(self.naming.lacking(when)) if row is None else self.naming.row_lacks(row)
            says = phrase("finding-open", self.lang, names=lacks)
        return FindingResult(
            id=finding.name,
            severity=spec.severity,
            status="sure" if truth.sure else "possible",
            subject=row.name if row else "",
            says=says,
            evidence=self.evidence.of_finding(finding, when, setting, row),
            ground=spec.ground,
            authority=self._cited(spec.authority) if spec.authority else "",
            advice=spec.advice,
            rule=finding.source,
        )

    def _said(
        self, finding: Finding, setting: OneSetting | OneRowSetting, when: Tree | None = None
    ) -> tuple[str, bool]:
        """The sentence with its values (told apart from the limits of its condition), and whether all are known."""
        parts, whole = [], True
        limits = [part for part in walk(when) if isinstance(part, Literal)] if when is not None else []
        for part in finding.says.parts:
            if isinstance(part, str):
                parts.append(part)
                continue
            value = self.plan.interpreter.value(part, setting)
            if isinstance(value, TextValue):
                parts.append(value.words if value.known else phrase("value-unknown", self.lang))
                whole = whole and value.known
            elif isinstance(value, Number):
                parts.append(self._shown(value, self.naming.word(part), limits))
                whole = whole and not MEANING.open(value)
        return "".join(parts), whole

    def _shown(self, value: OneNumber, word: UnitWord, limits: Sequence[Literal]) -> str:
        if MEANING.open(value):
            return phrase("value-unknown", self.lang)
        if not value.known or word.unit == DATE:
            return value_shown(value, word)
        exact = fraction(value)
        edges = {one.value * unit_word(one.word).scale for one in limits if unit_word(one.word).unit == word.unit}
        return fact_shown(Fact(exact, word, tuple(edge for edge in edges if edge != exact)), self.lang)

    def _remarks(self) -> list[str]:
        said = []
        for name, finding in self.plan.says.items():
            truth = self.judged.remarks.submission.get(name)
            if not isinstance(finding.spec, FindingSpec) and truth is not None and truth.sure:
                said.append(self._said(finding, self.judged.setting)[0])
        return said

    def _caps(self) -> Iterator[CapResult]:
        total = self.judged.total
        for name, cap in self.plan.caps.items():
            truth = self.judged.findings.submission[name]
            if truth.possible:
                effect = (
                    phrase("cap-total", self.lang, total=written(cap.total))
                    if cap.total is not None
                    else phrase("cap-grade", self.lang, grade=cap.grade)
                )
                acts = total is not None and name in total.acting
                yield CapResult(id=name, sure=truth.sure, acts=acts, effect=effect)

    def _missing(self) -> list[Missing]:
        """What would narrow the total, widest first."""
        found: list[tuple[Fraction, Missing]] = []

        def add(name: str, criterion: tuple[str, ...], ends: Points) -> None:
            found.append((ends.width, Missing(name=name, criterion=criterion, settles=self._points(ends.width))))

        for one in self.judged.leaves:
            found += [(one.points.width, missing) for missing in missing_for_letter(self.explain, one)]
            if one.letter is not None or one.points.settled:
                continue
            for row in one.rows:
                if not row.points.settled:
                    add(self._row_missing(row), (*one.leaf.path, row.row.name), row.points)
            for name in self._leaf_missing(one):
                add(name, one.leaf.path, one.points)
        return [missing for _, missing in sorted(found, key=lambda entry: -entry[0])]

    def _row_missing(self, one: RowPoints) -> str:
        asked = {"doubted": "the-direction", "under-standard": "the-judgement", "edge": "the-judgement"}
        if one.how != "rules" or one.branch in asked or one.branch.startswith(("over-", "not-started")):
            return phrase(asked.get(one.branch, "the-judgement"), self.lang)
        return self.naming.row_lacks(one.row)

    def _leaf_missing(self, one: LeafPoints) -> list[str]:
        """What would settle whether a leaf applies, and what it earns by itself."""
        applies = self.naming.lacking(self.naming.conditions[one.leaf.applies]) if one.doubtful else []
        if one.rows or one.own.settled:
            return applies
        tree = one.leaf.tree if one.leaf.holds is None else one.leaf.holds
        names = self.naming.lacking(tree) if tree is not None else []
        fallback = "the-rows" if isinstance(one.leaf.method, Indicators) else "the-judgement"
        return list(dict.fromkeys([*applies, *(names or [phrase(fallback, self.lang)])]))

    def _review(self) -> list[ReviewEntry]:
        submission = self.figures.submission
        entries = [
            ReviewEntry(subject=entry.subject, says=_answered(entry), by=entry.by, reason=entry.reason)
            for entry in submission.judgements
        ]
        return entries + [
            ReviewEntry(subject=one.row, says=one.reads, by=one.by, reason=one.reason)
            for one in submission.confirmations
        ]


def _answered(entry: JudgementEntry) -> str:
    """An evaluator's answer in short: a tier, points, or items met and not met; with the cut of a reviewer."""
    points = points_shown(entry.points) if entry.points is not None else ""
    cut = f"−{entry.reduce}" if entry.reduce is not None else ""
    said = " ".join(filter(None, (entry.tier, points, cut)))
    items = [f"{mark} {'、'.join(map(str, some))}" for mark, some in (("✓", entry.met), ("✗", entry.not_met)) if some]
    return said or "  ".join(items)
