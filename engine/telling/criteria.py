"""What is said of a criterion or an indicator row? Points, origin, trace, measures, the reason, and the rule."""

from __future__ import annotations

from fractions import Fraction

from ..algebra.meaning import MEANING, Number, Range, fraction
from ..judging.judge import Judged
from ..judging.leaves import LeafPoints
from ..judging.rollup import Points
from ..judging.rows import RowPoints
from ..methods import Indicators
from ..methods.method import Numbers, cut_number, first_holding
from ..rules.authority import Authority
from ..values.exact import written
from .evaluation import CriterionResult, Origin, Trace
from .evidence import Evidences
from .explain import Explainer
from .lettersaid import LetterExplainer
from .rowsaid import RowExplainer


class Criteria:
    """The criteria of one judged submission, in the order of the table, indicator rows below theirs."""

    def __init__(self, leaves: Explainer, rows: RowExplainer, letters: LetterExplainer, evidence: Evidences) -> None:
        self.leaves, self.rows, self.letters, self.evidence = leaves, rows, letters, evidence
        self.plan, self.points, self.figures = leaves.plan, leaves.points, evidence.figures

    def results(self, judged: Judged) -> tuple[CriterionResult, ...]:
        """All of them."""
        found: list[CriterionResult] = []
        for one in judged.leaves:
            own = self._criterion(one)
            found += [own, *(self._row(row, own, judged) for row in one.rows)]
        return tuple(found)

    def _criterion(self, one: LeafPoints) -> CriterionResult:
        leaf, spec, letter, points = one.leaf, one.leaf.spec, one.letter, one.points
        because, cause = self.leaves.leaf(one) if letter is None else self.letters.leaf(one)
        texts = self.points.texts(points, one.shown.of) if letter is None else self.letters.texts(letter)
        return CriterionResult(
            id=leaf.path,
            title=spec.title or leaf.path[-1],
            computed=self.points.points(one.computed.low) if one.changed else None,
            filed=self._filed(one),
            origin=_origin(one, points),
            cause="" if points.settled and letter is None else cause,
            trace=_trace(one),
            measures=self.evidence.measures(one),
            because=because,
            clause=spec.clause,
            wording=spec.wording or "",
            checked=leaf.checked,
            authority=self.cited(spec.authority or self.plan.ruleset.authority[0]),
            rule=leaf.source,
            **texts,
        )

    def _filed(self, one: LeafPoints) -> str | None:
        """The score that the form prints for a leaf: in its fund table, or of a level of indicators."""
        if isinstance(one.leaf.method, Indicators):
            stated = self.figures.submission.stated.levels.get(one.leaf.method.level)
            return None if stated is None else written(stated)
        cells = self.figures.spending.get((one.leaf.spec.stated_points_of,))
        return (cells["filed"].raw or None) if cells else None

    def _row(self, one: RowPoints, parent: CriterionResult, judged: Judged) -> CriterionResult:
        because, cause = self.rows.row(one)
        rules = self.plan.ruleset.rows
        rate = judged.setting.indicators[one.row.index][1].fields["attainment"]
        assert isinstance(rate, Number) and rules is not None
        own = bool(one.row.clause) and rules.own_clauses == "accepted"
        of = MEANING.number(one.full if one.counts else Fraction(0))
        return CriterionResult(
            id=(*parent.id, one.row.name),
            title=one.row.name,
            filed=one.row.filed.raw or None,
            computed=self.points.points(one.computed.low) if one.judged is not None and one.changed else None,
            origin=_row_origin(one),
            cause="" if one.points.settled else cause,
            trace=Trace(
                method=one.how if one.method is None else one.method.method,
                branch=one.branch,
                numbers=_written(one.numbers or {}),
                direction=one.heading.better,
                direction_by=one.heading.word,
            ),
            measures=(self.evidence.attainment(one.row, rate),),
            because=because,
            clause=one.row.clause if own else rules.clause,
            wording="verbatim" if own else rules.wording,
            checked=own,
            authority=f"{self.figures.submission.department} {one.row.source}".strip() if own else parent.authority,
            rule=parent.rule,
            **self.points.texts(one.points, Range(of, of)),
        )

    def cited(self, authority: Authority) -> str:
        """What is not seen in the document itself is said to be so."""
        return authority.cited + ("" if authority.verified else self.leaves.say("unverified"))


def _origin(one: LeafPoints, points: Points) -> Origin:
    if one.letter is not None:
        return "computed" if one.letter.outcome == "graded" else one.letter.outcome
    if not one.shown.possibly:
        return "not-applicable"
    if not points.settled:
        return "open"
    rows = [_row_origin(row) for row in one.rows]
    if one.judged is not None or "judged" in rows:
        return "judged"
    return "assumed" if "assumed" in rows else "computed"


def _row_origin(one: RowPoints) -> Origin:
    if not one.applicable:
        return "not-applicable"
    if not one.points.settled:
        return "open"
    if one.judged is not None:
        return "judged"
    return "assumed" if one.row.marks.derived or one.heading.word else "computed"


def _trace(one: LeafPoints) -> Trace:
    method, made = one.leaf.method.method, one.scored
    if made is None:
        return Trace(method=method, branch="" if one.holds is None else "holds" if one.holds.sure else "otherwise")
    return Trace(
        method=method,
        branch=first_holding(made.worked.branches).name,
        numbers=_written(made.worked.numbers),
        own=written(fraction(made.own.low)) if made.own.low == made.own.high else None,
        topped=made.topped,
        cut=cut_number(made),
        deducted=tuple(number for number, beyond in made.deducted if beyond),
        floored=made.floored,
    )


def _written(numbers: Numbers[int, bool]) -> dict[str, str]:
    return {name: written(fraction(number)) for name, number in numbers.items() if number.known}
