"""What does an indicator row state? Words are allowed in it, and what they mean for the score is for the row rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ..algebra.meaning import MEANING, OneNumber
from ..values.cells import BLANK, NUMBER, TEXT, Cell, CellKind, read_cell, share_or_percent
from ..values.dates import Days, read_date
from ..values.problems import At
from ..values.units import MONEY, UnitWord, unit_word
from .cells import Cells, in_base, unfiled
from .figures import Filed, Marks, Row
from .submission import Confirmation, IndicatorRow, RowPart
from .targets import Part, together

_TIMELY = "时效"
_SEVERAL = re.compile(r"[0-9][^;；]*[;；][^;；]*[0-9][^;；]*[;；][^;；]*[0-9]")
"""Three or more numbers parted by semicolons: several targets in one cell."""
_STRICT = ("<", ">")
_DIRECTIONS = {"≥": "forward", ">": "forward", "≤": "reverse", "<": "reverse", "=": "equal"}
_POINTS, _RATE = unfiled(unit_word("")), unfiled(unit_word("%"))


class _Read(NamedTuple):
    """The cells of a row as filed, or as a human confirmed that they read; `asked` is the one that prevails."""

    target: Cell
    actual: Cell
    sure_target: bool
    sure_actual: bool
    asked: str


class RowReader:
    """Reads the indicator rows of one submission, in their order."""

    def __init__(self, cells: Cells, year: int, confirmed: Mapping[tuple[str, str], Confirmation]) -> None:
        self.cells, self.year, self.confirmed = cells, year, confirmed
        self.names: set[str] = set()
        """Names of the rows read so far."""

    def row(self, index: int, form: IndicatorRow) -> Row:
        """One indicator row. Units of target and actual must be able to meet."""
        at, number, place = ("indicators", index), self.cells.number, self.cells.place
        read = self._read(form)
        target, actual = read.target, read.actual
        rate = number(form.stated_rate, _RATE, (*at, "stated-rate"))
        parts = tuple([self._part(one, (*at, "parts", count)) for count, one in enumerate(form.parts)])
        asked, reached, word, actual_word, direction, strict = self._pair(target, actual, parts, at)
        derived = target.kind is BLANK and reached.known and rate.number.known and not parts
        if derived:
            asked = MEANING.divide(reached, rate.number)
        weight, days = number(form.points, _POINTS, (*at, "points")), (self._days(target), self._days(actual))
        marks = self._marks(form, read, word, weight.number, direction, days, derived)
        return Row(
            name=form.name,
            level=form.level.removesuffix("指标"),
            kind=form.kind,
            direction=direction,
            strict=strict,
            target=Filed(asked, target.raw, word, place, (*at, read.asked), form.source),
            actual=Filed(reached, actual.raw, actual_word, place, (*at, "actual"), form.source),
            weight=weight,
            filed=number(form.score, _POINTS, (*at, "score")),
            stated_rate=rate,
            coefficient=number(form.coefficient, _RATE, (*at, "coefficient")),
            initial_target=asked if read.asked == "target" else _like(read_cell(form.target), word),
            marks=marks,
            bare=share_or_percent(target, actual) and not read.sure_actual and not read.sure_target,
            clause=form.clause,
            parts=parts,
            due=days[0],
            done=days[1],
            index=index,
            place=place,
        )

    def _read(self, form: IndicatorRow) -> _Read:
        adjusted = form.adjusted is not None and read_cell(form.adjusted).kind is not BLANK
        actual, sure_actual = self._cell(form, form.actual, "actual")
        target, sure_target = self._cell(form, form.adjusted if adjusted else form.target, "target")
        return _Read(target, actual, sure_target, sure_actual, "adjusted" if adjusted else "target")

    def _cell(self, form: IndicatorRow, raw: str | None, which: str) -> tuple[Cell, bool]:
        """The cell as filed, or as a human confirmed that it reads. In a row of timeliness, `2023.10` is a month."""
        confirmation = self.confirmed.get((form.name, which)) if self.confirmed else None
        cell = read_cell(raw if confirmation is None else confirmation.reads)
        if _bare(cell) and _TIMELY in form.kind + form.level and read_date(cell.raw, self.year):
            cell = Cell(cell.raw, TEXT)
        return cell, confirmation is not None

    def _marks(
        self,
        form: IndicatorRow,
        read: _Read,
        word: UnitWord,
        weight: OneNumber,
        direction: str,
        days: tuple[Days | None, Days | None],
        derived: bool,
    ) -> Marks:
        target, actual, (due, done) = read.target, read.actual, days
        repeated = form.name in self.names
        self.names.add(form.name)
        return Marks(
            copied=bool(actual.operator) and not read.sure_actual,
            worded=target.kind is NUMBER and actual.kind is TEXT,
            qualitative=target.kind is TEXT,
            packed=not read.sure_actual and _packed(f"{form.name} {form.target or ''}"),
            derived=derived,
            confirmed=read.sure_actual or read.sure_target,
            explained=read_cell(form.reason).kind is TEXT,
            core=form.core,
            blank=actual.kind is BLANK and not form.parts,
            not_started=actual.kind is CellKind.NOT_STARTED,
            unverifiable=actual.kind is CellKind.UNVERIFIABLE,
            money=word.unit == MONEY,
            percent=word.word == "%",
            target_is_weight=_bare(target) and weight.known and (target.n, target.d) == (weight.n, weight.d),
            repeated=repeated,
            signed=bool(direction),
            dated=due is not None and done is not None,
            outside_year=done is not None and not _in_year(done, self.year),
            adjusted=read.asked == "adjusted",
        )

    def _days(self, cell: Cell) -> Days | None:
        return read_date(cell.raw, self.year) if cell.kind is TEXT else None

    def _pair(
        self, target: Cell, actual: Cell, parts: tuple[Part, ...], at: At
    ) -> tuple[OneNumber, OneNumber, UnitWord, UnitWord, str, bool]:
        """What is asked for and what was done, as numbers in words of one dimension, and how they are held together;
        where both cells are blank, what the parts make. A bare number takes the other's unit word.
        """
        if parts and target.kind is actual.kind is BLANK:
            asked, done, direction = together(parts)
            return asked, done, parts[0].word, parts[0].word, direction, any(one.strict for one in parts)
        first, second = (
            target.unit if target.unit.word else actual.unit,
            actual.unit if actual.unit.word else target.unit,
        )
        meet = first is second or first.unit == second.unit
        if not meet:
            self.cells.noted("row-units-differ", (*at, "actual"), target=target.raw, actual=actual.raw)
        done = _measured(actual, second) if meet else MEANING.unknown()
        operator = target.operator
        return _measured(target, first), done, first, second, _DIRECTIONS.get(operator, ""), operator in _STRICT

    def _part(self, part: RowPart, at: At) -> Part:
        """Two cells of one unit; what is no number, or a copy of the target, is unknown."""
        asked, done = read_cell(part.target), read_cell(part.actual)
        word = asked.unit if asked.unit.word else done.unit
        measured = MEANING.unknown() if done.operator or share_or_percent(asked, done) else _like(done, word)
        direction, strict = _DIRECTIONS.get(asked.operator, ""), asked.operator in _STRICT
        funds = self.cells.number(part.funds, unfiled(self.cells.money), (*at, "funds")).number
        return Part(_measured(asked, word), measured, direction, strict, word, funds)


def _packed(text: str) -> bool:
    return (";" in text or "；" in text) and _SEVERAL.search(text) is not None


def _in_year(done: Days, year: int) -> bool:
    """Was the work done, or may it have been, within the year?"""
    return date.fromordinal(done.first).year <= year <= date.fromordinal(done.last).year


def _bare(cell: Cell) -> bool:
    """A fraction with neither sign nor unit. (Of small counts, points and targets are often the same by chance.)"""
    return cell.d > 1 and not cell.operator and not cell.unit.word


def _like(cell: Cell, word: UnitWord) -> OneNumber:
    """The number a cell states in its own unit word or, without one, in `word`; unknown where the two can't meet."""
    own = cell.unit if cell.unit.word else word
    return _measured(cell, own) if own.unit == word.unit else MEANING.unknown()


def _measured(cell: Cell, word: UnitWord) -> OneNumber:
    """The number a cell states, as a value of its row."""
    if cell.kind is NUMBER:
        return in_base(cell, word)
    return MEANING.inapplicable() if cell.kind is CellKind.NOT_APPLICABLE else MEANING.unknown()
