"""Why does an answer say what it says of one name? Clause, formula, the figures put in, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..telling.evaluation import Block, CriterionResult, Evaluation, Evidence, FindingResult, MeasureResult
from ..values.exact import shown
from ..values.problems import Problem, Refused, Source, nearest
from ..values.units import DATE, unit_word
from ..wording import Lang, phrase, said
from ..wording.visible import folded
from .marks import earned, grounded, named, points_of
from .sheet import Line

_FIELDS = frozenset(["attainment", "actual", "target", "weight", "filed", "score"])
"""Fields of an indicator row that formulas name in English."""
_BELOW = "  "
_DEEPER = "    "


def explained(evaluation: Evaluation, name: str, file: str, lang: Lang) -> Sequence[Line]:
    """Everything about one criterion, block, measure or finding. Raises `Refused`, with the nearest name."""
    explanation = _Explanation(evaluation, lang)
    blocks = [[*block, Line()] for block in explanation.about(name)]
    lines = [line for block in blocks for line in block][:-1] or explanation.derived(name)
    if not lines:
        raise Refused([Problem("unknown-subject", Source(file), {"name": name}, nearest(name, explanation.known()))])
    return tuple(lines)


class _Explanation:
    def __init__(self, evaluation: Evaluation, lang: Lang) -> None:
        self.evaluation, self.lang = evaluation, lang

    def known(self) -> list[str]:
        """The names that can be explained."""
        criteria = self.evaluation.criteria
        blocks = [named(block.id) for block in self.evaluation.blocks if block.because]
        findings = [finding.id for finding in self.evaluation.findings]
        return [named(one.id) for one in criteria] + [one.title for one in criteria] + blocks + findings

    def about(self, name: str) -> Iterator[list[Line]]:
        """Each thing of this name."""
        for one in self.evaluation.criteria:
            if name in (named(one.id), one.title, one.id[-1], *(measure.name for measure in one.measures)):
                yield list(self._criterion(one))
        for block in self.evaluation.blocks:
            if block.because and name in (named(block.id), block.title):
                yield list(self._block(block))
        for finding in self.evaluation.findings:
            if name in (finding.id, f"{finding.id}[{finding.subject}]"):
                yield list(self._finding(finding))

    def derived(self, name: str) -> list[Line]:
        """A derived number that only a finding rests on."""
        worked = {one.name: one for finding in self.evaluation.findings for one in finding.evidence if one.worked}
        return [self._evidence(worked[name], "")] if name in worked else []

    def _headed(self, one: CriterionResult | Block) -> Line:
        return Line(phrase("said", self.lang, name=named(one.id), text=points_of(one, self.lang)))

    def _item(self, name: str, text: str) -> Line:
        return Line(said(name, text, self.lang), margin=_BELOW)

    def _criterion(self, one: CriterionResult) -> Iterator[Line]:
        yield self._headed(one)
        yield Line(one.because, margin=_BELOW)
        if one.cause and one.cause not in one.because:
            yield self._item("open-for", one.cause)
        if one.clause:
            seen = phrase(f"wording-{one.wording or 'unseen'}", self.lang)
            head = phrase("clause", self.lang, seen=seen)
            yield Line(phrase("said", self.lang, name=head, text=folded(one.clause)), margin=_BELOW)
        for measure in one.measures:
            yield self._item("formula", f"{self._field(measure.name)} = {self._formula(measure)}")
            yield self._item("worked", measure.worked)
            yield from self._all(measure.figures)
        yield self._item("authority", one.authority)
        yield self._item("rule", one.rule)

    def _block(self, block: Block) -> Iterator[Line]:
        yield self._headed(block)
        yield Line(block.because, margin=_BELOW)
        for one in self.evaluation.criteria:
            if one.id[: len(block.id)] == block.id and one.id != block.id:
                yield Line(phrase("said", self.lang, name=named(one.id), text=earned(one, self.lang)), margin=_BELOW)

    def _finding(self, finding: FindingResult) -> Iterator[Line]:
        subject = f" [{finding.subject}]" if finding.subject else ""
        status = phrase("confirmed-finding" if finding.status == "sure" else "to-verify", self.lang)
        severe = phrase(f"severity-{finding.severity}", self.lang) + phrase("comma", self.lang) + status
        yield Line(finding.id + subject + phrase("aside", self.lang, text=severe))
        yield Line(finding.says, margin=_BELOW)
        yield from self._all(finding.evidence)
        yield self._item("ground", grounded(finding, self.lang))
        yield self._item("rule", finding.rule)
        if finding.advice:
            yield self._item("advice", folded(finding.advice))

    # -- numbers ---

    def _all(self, evidence: Sequence[Evidence]) -> Iterator[Line]:
        return (self._evidence(one, _DEEPER) for one in evidence)

    def _evidence(self, one: Evidence, margin: str) -> Line:
        origin = f"  <- {one.source}" if one.source else ""
        return Line(f"{self._field(one.name)} = {one.worked or _value(one)}{origin}", margin=margin)

    def _field(self, name: str) -> str:
        """A field of an indicator row in the reader's language; any other name as it is."""
        return phrase(f"field-{name}", self.lang) if name in _FIELDS else name

    def _formula(self, measure: MeasureResult) -> str:
        if measure.name != "attainment":
            return measure.formula
        return " / ".join(self._field(name) for name in measure.formula.split(" / "))


def _value(one: Evidence) -> str:
    """A value in its unit, one that no decimal writes rounded; what is no number, as it was filed."""
    if one.value is None:
        return f"“{folded(one.filed)}”" if one.filed else "?"
    if unit_word(one.unit).unit == DATE:
        return one.value
    return (shown(Fraction(one.value)) if "/" in one.value else one.value) + one.unit
