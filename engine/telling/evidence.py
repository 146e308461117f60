"""Where does each number of an answer come from? Formula, arithmetic, figures, and the cells they stood in."""

from __future__ import annotations

from fractions import Fraction

from ..algebra.meaning import Number
from ..expressions.tree import Name, Select, Tree, canonical
from ..filing.figures import Figures, Filed, Row
from ..judging.judge import LeafPoints
from ..judging.settings import RowSetting, SubmissionSetting
from ..planning.plan import Plan
from ..values.exact import written
from ..values.units import DATE, UnitWord
from .evaluation import Evidence, MeasureResult
from .naming import Naming
from .shown import value_shown


class Evidences:
    """The evidence in one submission; what several formulas read is made once."""

    def __init__(self, plan: Plan, figures: Figures, setting: SubmissionSetting, naming: Naming) -> None:
        self.plan, self.figures, self.setting, self.naming = plan, figures, setting, naming
        self.made: dict[str, Evidence | None] = {}

    def filed(self, name: str, filed: Filed) -> Evidence:
        """A cell as filed."""
        return Evidence(name=name, value=exact(filed.number), unit=filed.word.word, source=filed.source)

    def measures(self, one: LeafPoints) -> tuple[MeasureResult, ...]:
        """What a leaf scores, with formula, arithmetic and figures."""
        if one.measure is not None and one.leaf.tree is not None:
            return (self._measure(one.leaf.tree, one.leaf.word, one.measure),)
        return tuple(
            self._measure(tree, self.plan.word_of(tree), number)
            for tree, number in zip(one.leaf.trees, one.measures, strict=True)
        )

    def _measure(self, tree: Tree, word: UnitWord, number: Number) -> MeasureResult:
        measure = self.plan.measure(tree)
        return MeasureResult(
            name=canonical(tree),
            value=exact(number),
            unit=word.word,
            formula=measure.text if measure else canonical(tree),
            worked=self.naming.worked(tree, word, number),
            figures=tuple(self._figures(tree)),
        )

    def _figures(self, tree: Tree) -> list[Evidence]:
        """The filed figures below a formula, each once."""
        found: dict[str, Evidence] = {}
        waiting = [tree]
        while waiting:
            for part in self.plan.parts(waiting.pop()):
                if not isinstance(part, str) and self.plan.measure(part) is not None:
                    waiting.append(part)
                elif isinstance(part, (Name, Select)):
                    evidence = self._of(part, self.setting)
                    if evidence is not None:
                        found[evidence.name] = evidence
        return list(found.values())

    def _of(self, tree: Tree, setting: SubmissionSetting | RowSetting) -> Evidence | None:
        """The value of a name or selection as evidence; None where it is no number. Formulas share figures, so what
        the submission says is made once.
        """
        name = canonical(tree)
        if isinstance(setting, RowSetting):
            return self._made(name, tree, setting)
        if name not in self.made:
            self.made[name] = self._made(name, tree, setting)
        return self.made[name]

    def _made(self, name: str, tree: Tree, setting: SubmissionSetting | RowSetting) -> Evidence | None:
        if isinstance(tree, Name):
            value = setting.name(tree.name)
        elif isinstance(tree, Select):
            value = setting.select(tree.table, tree.path, tree.field)
        else:
            return None
        if not isinstance(value, Number):
            return None
        filed = self._origin(tree)
        word = filed.word if filed else self.naming.word(tree)
        worked = self.naming.worked(tree, word, value) if self.plan.measure(tree) is not None else ""
        source = filed.source if filed else ""
        told = value_shown(value, word) if value.known and word.unit == DATE else exact(value)
        return Evidence(name=name, value=told, unit=word.word, source=source, worked=worked)

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

    def of_row(self, tree: Tree, setting: SubmissionSetting | RowSetting, row: Row | None) -> Evidence | None:
        """The value of a name in a row, or of the submission, with where it was filed; None where it is no number."""
        if isinstance(tree, Name) and isinstance(setting, RowSetting) and tree.name in setting.fields:
            filed = {"target": row.target, "actual": row.actual, "weight": row.weight, "filed": row.filed}.get(
                tree.name
            ) if row else None  # fmt: skip
            if filed is not None:
                return self.filed(tree.name, filed)
            value = setting.fields[tree.name]
            word = self.plan.word_of(tree).word
            source = row.source if row else ""
            if not isinstance(value, Number):
                return None
            return Evidence(name=tree.name, value=exact(value), unit=word, source=source)
        return self._of(tree, setting)


def exact(number: Number) -> str | None:
    """The exact value as text; None where there is none."""
    return written(Fraction(number.n, number.d)) if number.known else None
