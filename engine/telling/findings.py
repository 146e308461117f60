"""Which findings and remarks are told, in which words, and on which numbers do they rest?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..algebra.meaning import MEANING, Number, OneNumber, OneTruth, TextValue, fraction
from ..expressions.tree import Literal, Name, Select, Tree, outer, walk
from ..filing.figures import Row
from ..inference.program import leaves as atoms
from ..judging.judge import Judged
from ..methods.method import Fact
from ..planning.plan import Finding
from ..rules.findings import SEVERITIES, FindingSpec
from ..values.units import DATE, UnitWord, unit_word
from .criteria import Criteria
from .evaluation import FindingResult, Missing
from .evidence import Slot
from .words import fact_shown, value_shown


@dataclass(frozen=True, slots=True)
class _Held:
    """A finding that holds, at least possibly: of the submission, or of one of its rows."""

    finding: Finding
    spec: FindingSpec
    when: Tree
    truth: OneTruth
    setting: Slot
    row: Row | None = None


class Findings:
    """The findings of one judged submission."""

    def __init__(self, judged: Judged, criteria: Criteria) -> None:
        self.judged, self.plan, self.say = judged, criteria.plan, criteria.leaves.say
        self.evidence, self.naming, self.cited = criteria.evidence, criteria.leaves.naming, criteria.cited
        self.rows = criteria.figures.rows

    def results(self) -> tuple[FindingResult, ...]:
        """By severity, sure ones first."""
        told = map(self._result, filter(self._told, self._held))
        return tuple(sorted(told, key=lambda one: (SEVERITIES.index(one.severity), one.status == "possible")))

    def lacking(self) -> Iterator[Missing]:
        """Of those on which nothing was filed, what to supply to know."""
        for one in self._held:
            if one.row is None and not self._told(one):
                lacks = self.naming.listed(self.naming.lacking(one.when))
                name = one.finding.name
                says = self.say("finding-lacks", names=lacks or name, finding=name)
                yield Missing(name=says, criterion=(), settles="0")

    def remarks(self) -> Iterator[str]:
        """Sentences that hang on the grade."""
        for name, finding in self.plan.says.items():
            truth = self.judged.remarks.submission.get(name)
            if not isinstance(finding.spec, FindingSpec) and truth is not None and truth.sure:
                yield self._said(finding, self.judged.setting)[0]

    @cached_property
    def _held(self) -> list[_Held]:
        found = []
        setting, decided, whens = self.judged.setting, self.judged.findings, self.evidence.inferred
        for name, finding in self.plan.says.items():
            if not isinstance(finding.spec, FindingSpec):
                continue
            if not finding.per_row:
                if decided.submission[name].possible:
                    found.append(_Held(finding, finding.spec, whens[name], decided.submission[name], setting))
                continue
            for row, truths, (_, slot) in zip(self.rows, decided.rows, setting.indicators, strict=True):
                if truths[name].possible:
                    found.append(_Held(finding, finding.spec, whens[name], truths[name], slot, row))
        return found

    def _told(self, one: _Held) -> bool:
        """Does anything that was filed speak for it, though something lacks? Nothing is said on no data at all."""
        if one.truth.sure:
            return True
        for atom in atoms(one.when):
            truth = self._truth(atom, one)
            if truth.sure or truth.sure_not or any(map(self._worked, outer(atom))):
                return True
        return False

    def _worked(self, part: Tree) -> bool:
        """Are these points of something that was measured, or answered, though it is open whether they count?"""
        if not isinstance(part, Select) or part.table not in ("points", "full"):
            return False
        below = [one for one in self.judged.leaves if one.leaf.path[: len(part.path)] == part.path]
        return any(one.scored is not None or one.judged is not None or one.rows for one in below)

    def _truth(self, atom: Tree, one: _Held) -> OneTruth:
        name = atom.name if isinstance(atom, Name) else ""
        for decided in (self.judged.findings, self.judged.flags):
            if name in decided.submission:
                return decided.submission[name]
            if one.row is not None and name in decided.rows[one.row.index]:
                return decided.rows[one.row.index][name]
        return self.plan.interpreter.truth(atom, one.setting)

    def _result(self, one: _Held) -> FindingResult:
        says, whole = self._said(one.finding, one.setting, one.when)
        if not whole and not one.truth.sure:  # what surely holds is said, whatever else its sentence would have told
            lacks = self.naming.listed(self.naming.lacking(one.when)) if one.row is None else ""
            says = self.say("finding-open", names=self.naming.row_lacks(one.row) if one.row else lacks)
        return FindingResult(
            id=one.finding.name,
            severity=one.spec.severity,
            status="sure" if one.truth.sure else "possible",
            subject=one.row.name if one.row else "",
            says=says,
            evidence=self.evidence.of_finding(one.finding, one.when, one.setting, one.row),
            ground=one.spec.ground,
            authority=self.cited(one.spec.authority) if one.spec.authority else "",
            advice=one.spec.advice,
            rule=one.finding.source,
        )

    def _said(self, finding: Finding, setting: Slot, when: Tree | None = None) -> tuple[str, bool]:
        """The sentence with its values (told apart from the limits of its condition), and whether all are known."""
        parts, whole = [], True
        limits = [part for part in walk(when) if isinstance(part, Literal)] if when is not None else []
        for part in finding.says.parts:
            if isinstance(part, str):
                parts.append(part)
                continue
            value = self.plan.interpreter.value(part, setting)
            if isinstance(value, TextValue):
                parts.append(value.words if value.known else self.say("value-unknown"))
                whole = whole and value.known
            elif isinstance(value, Number):
                parts.append(self._shown(value, self.naming.word(part), limits))
                whole = whole and not MEANING.open(value)
        return "".join(parts), whole

    def _shown(self, value: OneNumber, word: UnitWord, limits: Sequence[Literal]) -> str:
        if MEANING.open(value):
            return self.say("value-unknown")
        if not value.known or word.unit == DATE:
            return value_shown(value, word)
        exact = fraction(value)
        edges = {one.value * unit_word(one.word).scale for one in limits if unit_word(one.word).unit == word.unit}
        return fact_shown(Fact(exact, word, tuple(edge for edge in edges if edge != exact)))
