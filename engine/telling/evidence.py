"""Where does each number of an answer come from? Formula, arithmetic, figures, and the cells they stood in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, TypedDict

from ..algebra.meaning import MEANING, Number, OneNumber, OneTruth, TextValue, Truth
from ..expressions.tree import Aggregate, Name, Select, Tree, canonical, outer
from ..filing.figures import Figures, Filed, Row
from ..judging.leaves import LeafPoints
from ..judging.settings import OneRowSetting, OneSetting, OneValue, SubmissionSetting
from ..planning.plan import Finding, Plan
from ..values.exact import ratio_written
from ..values.units import UnitWord, unit_word
from .evaluation import Evidence, MeasureResult
from .naming import Naming
from .words import PERCENT, filed_shown, value_shown

Slot: TypeAlias = OneSetting | OneRowSetting
"""The submission, or a row of it."""
MOST = 20
"""Rows that one aggregate names as evidence."""
_PLAIN, _NOTHING = unit_word(""), MEANING.unknown()


class Evidences:
    """The evidence in one submission; what several formulas read is made once."""

    def __init__(self, plan: Plan, figures: Figures, setting: OneSetting, naming: Naming) -> None:
        self.plan, self.figures, self.setting, self.naming = plan, figures, setting, naming
        self.made: dict[Tree, Evidence | None] = {}
        self.inferred = {rule.name: rule.when for rule in plan.findings.rules}

    def filed(self, name: str, filed: Filed) -> Evidence:
        """A cell as filed."""
        return _evidence(name, filed.number, filed.word, filed.source, filed.raw)

    def measures(self, one: LeafPoints) -> tuple[MeasureResult, ...]:
        """What a leaf scores, with formula, arithmetic and figures."""
        if one.measure is not None and one.leaf.tree is not None:
            return (self._measure(one.leaf.tree, one.leaf.word, one.measure),)
        return tuple(
            self._measure(tree, self.plan.word_of(tree), number)
            for tree, number in zip(one.leaf.trees, one.measures, strict=True)
        )

    def _measure(self, tree: Tree, word: UnitWord, number: OneNumber) -> MeasureResult:
        measure, name, figures = self.plan.measure(tree), canonical(tree), tuple(self._figures(tree))
        formula, worked = measure.text if measure else name, self.naming.worked(tree, word, number)
        return MeasureResult(name=name, **_valued(number, word), formula=formula, worked=worked, figures=figures)

    def attainment(self, row: Row, rate: OneNumber) -> MeasureResult:
        """What an indicator row is measured by."""
        actual, target = (filed_shown(cell.number, cell.word) for cell in (row.actual, row.target))
        return MeasureResult(
            name="attainment",
            **_valued(rate, PERCENT),
            formula="actual / target",
            worked=f"{actual} / {target} = {value_shown(rate, PERCENT)}" if rate.known else "",
            figures=(self.filed("target", row.target), self.filed("actual", row.actual)),
        )

    def _figures(self, tree: Tree) -> list[Evidence]:
        """The filed figures below a formula, each once."""
        found: dict[str, Evidence] = {}
        waiting = [tree]
        while waiting:
            for part in self.plan.parts(waiting.pop()):
                if not isinstance(part, str) and self.plan.measure(part) is not None:
                    waiting.append(part)
                elif isinstance(part, Name | Select) and (one := self._of(part, self.setting)) is not None:
                    found[one.name] = one
        return list(found.values())

    # -- what a finding rests on ---

    def of_finding(self, finding: Finding, when: Tree, setting: Slot, row: Row | None) -> tuple[Evidence, ...]:
        """What the rules name; where none of that is a number, what the condition read: cells, rows, quotes."""
        named = [one for tree in finding.evidence if (one := self.of_row(tree, setting, row)) is not None]
        if not named:
            named = [one for part in outer(when) for one in self._read(part, setting, row)]
        return tuple({(one.name, one.source): one for one in named}.values())

    def _read(self, part: Tree, setting: Slot, row: Row | None) -> Iterator[Evidence]:
        if isinstance(part, Aggregate):
            yield from self._rows(part, setting)
        elif isinstance(part, Select) and part.table == "statements":
            yield from self._quoted(part.path[0])
        elif isinstance(part, Name) and (below := self.inferred.get(part.name) or self.plan.conditions.get(part.name)):
            for one in outer(below):
                yield from self._read(one, setting, row)
        else:
            found = self.of_row(part, setting, row)
            if found is not None:
                yield found

    def _quoted(self, claim: str) -> Iterator[Evidence]:
        for place, one in enumerate(self.figures.submission.statements):
            if one.claim == claim:
                source = f"{self.figures.place(('statements', place, 'quote'))} {one.source}".rstrip()
                yield _evidence(claim, source=source, filed=one.quote)

    def _rows(self, tree: Aggregate, setting: Slot) -> Iterator[Evidence]:
        """The rows that an aggregate counts, adds up, or finds its condition in (those it fails in, of `every`)."""
        value = self.plan.interpreter.value(tree, setting)
        if isinstance(value, Number):
            yield _evidence(canonical(tree), value)
        for place, (_, slot) in enumerate(setting.rows(tree.table, tree.path) or ()):
            if place < MOST and tree.table == "indicators" and self._counts(tree, slot):
                row = self.figures.rows[place]
                yield _evidence(row.name, source=row.source, filed=row.actual.raw)

    def _counts(self, tree: Aggregate, slot: OneRowSetting) -> bool:
        interpreter = self.plan.interpreter
        where = interpreter.truth(tree.where, slot) if tree.where is not None else MEANING.yes
        holds: OneTruth = MEANING.yes
        if tree.value is not None and tree.function in ("any", "every"):
            holds = interpreter.truth(tree.value, slot)
        return where.possible and not (holds.sure if tree.function == "every" else holds.sure_not)

    # -- single values ---

    def _of(self, tree: Tree, setting: Slot) -> Evidence | None:
        """The value of a name or selection as evidence; None where it has none. Formulas share figures, so what the
        submission says is made once.
        """
        if not isinstance(setting, SubmissionSetting):
            return self._made(canonical(tree), tree, setting)
        if tree not in self.made:
            self.made[tree] = self._made(canonical(tree), tree, setting)
        return self.made[tree]

    def _made(self, name: str, tree: Tree, setting: Slot) -> Evidence | None:
        value: OneValue
        if isinstance(tree, Name):
            value = setting.name(tree.name)
        elif isinstance(tree, Select):
            value = setting.select(tree.table, tree.path, tree.field)
        else:
            return None
        if not isinstance(value, Number):
            return self._fact(name, value)
        filed = self._origin(tree)
        if filed is not None:
            word, source, raw = filed.word, filed.source, filed.raw
        else:
            word, source, raw = self.naming.word(tree), "", ""
        worked = self.naming.worked(tree, word, value) if self.plan.measure(tree) is not None else ""
        return _evidence(name, value, word, source, raw, worked)

    def _fact(self, name: str, value: OneValue) -> Evidence | None:
        """A yes/no figure as filed; other truths and texts are no evidence."""
        if not isinstance(value, Truth) or name not in self.figures.submission.figures:
            return None
        filed = self.figures.submission.figures[name]
        raw = filed if isinstance(filed, str) else filed.value if filed is not None else None
        return _evidence(name, source=str(self.figures.place(("figures", name))), filed=raw or "")

    def _origin(self, tree: Tree) -> Filed | None:
        match tree:
            case Name(name=name):
                return self.figures.numbers.get(name)
            case Select(table="spending", path=path, field=field):
                return self.figures.spending.get(path, {}).get(field)
            case Select(table="payments", path=(month,)) if month.isdigit():
                return self.figures.payments.get(int(month))
            case _:
                return None

    def of_row(self, tree: Tree, setting: Slot, row: Row | None) -> Evidence | None:
        """The value of a name in a row, or of the submission, with where it was filed; None where it has none."""
        if not isinstance(tree, Name) or isinstance(setting, SubmissionSetting) or tree.name not in setting.fields:
            return self._of(tree, setting)
        if row is not None:
            cells = {"target": row.target, "actual": row.actual, "weight": row.weight, "filed": row.filed}
            if tree.name in cells:
                return self.filed(tree.name, cells[tree.name])
        value, source = setting.fields[tree.name], row.source if row else ""
        if isinstance(value, Number):
            return _evidence(tree.name, value, self.plan.word_of(tree), source)
        raw = value.words if isinstance(value, TextValue) else (row.actual.raw or row.target.raw) if row else ""
        return _evidence(tree.name, source=source, filed=raw)


class _Valued(TypedDict):
    """A number as a reader writes it in its unit word, and exactly, in base units; None where there is none."""

    value: str | None
    unit: str
    exact: str | None


def _valued(number: OneNumber, word: UnitWord) -> _Valued:
    if not number.known:
        return {"value": None, "unit": word.word, "exact": None}
    value = filed_shown(number, word).removesuffix(word.word)
    return {"value": value, "unit": word.word, "exact": ratio_written(number.n, number.d)}


def _evidence(
    name: str,
    number: OneNumber = _NOTHING,
    word: UnitWord = _PLAIN,
    source: str = "",
    filed: str = "",
    worked: str = "",
) -> Evidence:
    return Evidence(name=name, **_valued(number, word), source=source, filed=filed, worked=worked)
