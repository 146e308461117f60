"""What are figures, cells and formulas called for a reader, and which of them are lacking?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ..algebra.meaning import Number, OneNumber, Truth
from ..expressions.tree import Aggregate, Call, Name, Select, Tree, canonical, outer
from ..filing.figures import Figures, Row
from ..judging.settings import OneRowSetting, OneSetting
from ..planning.plan import Plan
from ..values.units import COLUMNS, RATIO, UnitWord, unit_word
from ..values.workdays import calendar
from ..wording import Lang, listed, phrase
from .words import filed_shown, value_shown

LISTED = 5
"""How many lacking cells one sentence names; the list of what to supply next names all."""


class Naming:
    """Names, units and gaps of one submission under one plan, in the reader's language."""

    def __init__(self, plan: Plan, setting: OneSetting, figures: Figures, lang: Lang) -> None:
        self.plan, self.setting, self.figures, self.lang = plan, setting, figures, lang
        self.conditions = plan.conditions

    def word(self, tree: Tree) -> UnitWord:
        """The unit word a value of `tree` is shown in: as filed, else as the rules declare it."""
        if isinstance(tree, Name) and tree.name in self.figures.numbers:
            return self.figures.numbers[tree.name].word
        if isinstance(tree, Select):
            asked = self.plan.figures.get(tree.field)  # a figure of each line
            return asked or unit_word(_SHOWN_IN.get(tree.field, ""))
        if isinstance(tree, Call) and tree.function in ("abs", "min", "max"):
            return self.word(tree.arguments[0])
        return self.plan.word_of(tree)

    def worked(self, tree: Tree, word: UnitWord, result: OneNumber) -> str:
        """The formula behind `tree` with figures put in, and what it gives."""
        said = ""
        for part in self.plan.parts(tree):
            if isinstance(part, str):
                said += part
                continue
            value = self._value(part)
            said += filed_shown(value, self.word(part)) if isinstance(value, Number) else canonical(part)
        return f"{said} = {self._result(tree, word, result)}"

    def _result(self, tree: Tree, word: UnitWord, result: OneNumber) -> str:
        """What it gives; of a measure that its own rule rounds, all of it, and to how many places."""
        measure = self.plan.measure(tree)
        if measure is None or measure.digits is None or not result.known:
            return value_shown(result, word)
        places = measure.digits - (2 if measure.word.unit == RATIO and measure.word.scale != 1 else 0)
        key = "cut-off" if measure.mode == "truncate" else "rounded-to"
        return filed_shown(result, word) + phrase(key, self.lang, digits=max(places, 0))

    def _value(self, part: Tree) -> object:
        if isinstance(part, Name):
            return self.setting.name(part.name)
        return self.plan.interpreter.value(part, self.setting)

    # -- what things are called ---

    def formula(self, tree: Tree) -> str:
        """The formula behind `tree` in a reader's words."""
        return "".join(part if isinstance(part, str) else self.called(part) for part in self.plan.parts(tree))

    def called(self, tree: Tree) -> str:
        """A name, or a cell of a table in the words of the form."""
        match tree:
            case Select(table="spending", path=path, field=field):
                return self._cell("/".join(path), field)
            case Select(table="payments", path=path):
                return phrase("paid-by", self.lang, month=path[0])
            case Select(table="stated" | "points" | "full" as table, path=path):
                return phrase(f"called-{table}", self.lang, name=path[-1])
            case _:
                return tree.name if isinstance(tree, Name) else canonical(tree)

    def _cell(self, line: str, field: str) -> str:
        column = phrase(f"column-{field}", self.lang) if field in COLUMNS else field
        return phrase("cell", self.lang, line=line, column=column)

    # -- what is lacking ---

    def listed(self, names: Sequence[str]) -> str:
        """Names in one sentence; of many, the first ones and how many there are."""
        if len(names) <= LISTED:
            return listed(names, self.lang)
        return phrase("and-more", self.lang, names=listed(names[:LISTED], self.lang), count=len(names))

    def lacking(self, tree: Tree) -> list[str]:
        """What a formula or condition needs and nobody filed, followed through measures and flags."""
        names: list[str] = []
        for part in outer(tree):
            measure = self.plan.measure(part)
            if isinstance(part, Call) and part.function == "workdays":
                days = [self.plan.interpreter.number(argument, self.setting) for argument in part.arguments]
                names += self.without_holidays(day.n for day in days if day.known)
            if measure is not None:
                names += self.lacking(measure.tree)
            elif isinstance(part, Name) and part.name in self.setting.names:
                names += [part.name] if _unknown(self.setting.name(part.name)) else []
            elif isinstance(part, Name) and part.name in self.conditions:
                names += self.lacking(self.conditions[part.name])
            elif isinstance(part, Select):
                value = self.setting.select(part.table, part.path, part.field)
                names += [self.called(part)] if _unknown(value) else []
            elif isinstance(part, Aggregate) and _unknown(self._value(part)):
                names += self._lacking_in_rows(part)
        return list(dict.fromkeys(names))

    def without_holidays(self, days: Iterable[int]) -> list[str]:
        """The years of these days whose holidays the calendar does not have."""
        first, last = calendar().years
        years = dict.fromkeys(date.fromordinal(day).year for day in days if calendar().at(day) is None)
        return [phrase("no-calendar", self.lang, year=year, first=first, last=last) for year in years]

    def _lacking_in_rows(self, tree: Aggregate) -> list[str]:
        """The cells that keep an aggregate open: of each row that it can't count or add, those that it reads."""
        rows = self.setting.rows(tree.table, tree.path)
        if rows is None:
            key = "lines-of" if tree.path else f"all-{tree.table}"
            return [phrase(key, self.lang, line="/".join(tree.path))]
        reads = [part for part in (tree.value, tree.where) if part is not None]
        fields = list(dict.fromkeys(one.name for part in reads for one in outer(part) if isinstance(one, Name)))
        names: list[str] = []
        for place, (_, row) in enumerate(rows):
            if not any(_unknown(self.plan.interpreter.value(part, row)) for part in reads):
                continue
            if tree.table == "indicators":
                filed = self.figures.rows[place]
                names.append(phrase("cell", self.lang, line=filed.name, column=self.row_lacks(filed)))
            else:
                names += self._lacking_in_line(tree, row, fields)
        return names or [canonical(tree)]

    def _lacking_in_line(self, tree: Aggregate, row: OneRowSetting, fields: Sequence[str]) -> list[str]:
        label = row.fields.get("line")
        line = "/".join((*tree.path, getattr(label, "words", ""))).rstrip("/")
        return [self._cell(line, field) for field in fields if field in row.fields and _unknown(row.fields[field])]

    def row_lacks(self, row: Row) -> str:
        """What would settle an indicator row."""
        asked = (
            (row.marks.qualitative, "the-judgement"),
            (row.marks.copied or row.marks.worded or row.bare or row.marks.packed, "the-confirmation"),
            (row.parts and not row.target.raw, "the-parts"),
            (not row.target.number.known, "the-target"),
            (not row.actual.number.known, "the-actual"),
            (True, "the-judgement"),
        )
        return phrase(next(key for holds, key in asked if holds), self.lang)


def _unknown(value: object) -> bool:
    match value:
        case Number():
            return not (value.known or value.inapplicable) and (value.risky or not value.undefined)
        case Truth():
            return bool(value.possible and value.possible_not)
        case _:
            return False


_SHOWN_IN = {"initial": "万元", "budget": "万元", "actual": "万元", "cumulative": "万元", "rate": "%"}
"""The unit words that cells of the fund table and payments are shown in; points have none."""
