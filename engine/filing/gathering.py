"""How are the cells of a submission read?

A cell that can't be read as the number it must be is a problem with its place; a blank is unknown. In an indicator row
words are allowed, and what they mean for the score is for the rule set's row rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..algebra.meaning import MEANING, OneNumber, fraction, known
from ..rules.ruleset import FigureSpec
from ..values.cells import Cell, CellKind, read_cell, share_or_percent
from ..values.dates import read_date, read_day
from ..values.exact import written
from ..values.problems import At, Place, Problem, Refused, Source, nearest
from ..values.units import COLUMNS, DATE, MONEY, Unit, UnitWord, unit_word
from .figures import Figures, Filed, Row
from .submission import Confirmation, FiledFigure, IndicatorRow, RowPart, SpendingLine, Submission
from .targets import Part, together

_PRINTED = {"weight": "points", "filed": "score"}
"""What a submission calls the columns of the fund table that rules call otherwise."""
_UNLIMITED = FigureSpec(unit="")
"""The limits of a cell that no rule set limits: those of any number."""
_TIMELY = "时效"
_SEVERAL = re.compile(r"[0-9][^;；]*[;；][^;；]*[0-9][^;；]*[;；][^;；]*[0-9]")
"""Three or more numbers parted by semicolons: several targets in one cell."""


def gather(submission: Submission, place: Place, asked: Mapping[str, FigureSpec]) -> Figures:
    """Read every cell; `asked` are the figures the rule set asks for. Raises `Refused` with all problems."""
    reader = _Reader(submission, place, asked)
    numbers, facts = reader.figures()
    spending: dict[tuple[str, ...], Mapping[str, Filed]] = {}
    for index, line in enumerate(submission.spending):
        reader.spending(line, (), ("spending", index), spending)
    payments = reader.payments()
    rows = tuple(reader.row(index, row) for index, row in enumerate(submission.indicators))
    reader.references()
    if reader.problems:
        raise Refused(reader.problems)
    claims = frozenset(statement.claim for statement in submission.statements)
    stated = {name: known(points) for name, points in submission.stated.levels.items()}
    if submission.stated.total is not None:
        stated["total"] = known(submission.stated.total)
    return Figures(submission, place, numbers, facts, spending, payments, rows, claims, stated, tuple(reader.notes))


@dataclass(frozen=True, slots=True)
class _Pair:
    """What a row asks for and what was done, in words of one dimension, and how the two are held together."""

    target: OneNumber
    actual: OneNumber
    target_word: UnitWord
    actual_word: UnitWord
    direction: str
    strict: bool


class _Reader:
    def __init__(self, submission: Submission, place: Place, asked: Mapping[str, FigureSpec]) -> None:
        self.submission, self.place = submission, place
        self.once = {name: spec for name, spec in asked.items() if spec.for_ is None}
        self.each_line = {name: spec for name, spec in asked.items() if spec.for_ is not None}
        self.of_line = {name: spec for name, spec in self.each_line.items() if name not in COLUMNS}
        self.money = unit_word(submission.money)
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.rows: set[str] = set()
        """Names of the rows read so far."""
        self.readings: dict[tuple[str, str], Confirmation] = {}
        for index, one in enumerate(submission.confirmations):
            if (one.row, one.cell) in self.readings:
                self._twice(("confirmations", index, "row"), one.row)
            self.readings.setdefault((one.row, one.cell), one)

    def _twice(self, path: At, name: str) -> None:
        self.problems.append(Problem("answered-twice", self.place(path), {"name": name}))

    def number(
        self, raw: str | None, word: UnitWord, path: At, source: str = "", limits: FigureSpec = _UNLIMITED
    ) -> Filed:
        """A cell that must be a number of this unit, blank, or not applicable; None is a cell not filed at all."""
        if raw is None:
            return Filed(MEANING.unknown(), "", word, "")
        cell, place = read_cell(raw), self.place(path)
        where = f"{place} {source}".rstrip()
        plain = not cell.unit.word or (cell.unit.word == "分" and not word.word)  # points filed as “50分”
        unit = word if plain else cell.unit
        if cell.kind is CellKind.NUMBER and not cell.operator:
            if word.relative and not cell.unit.word and 0 < cell.number <= 1 and path[-1] != "coefficient":
                facts = {"found": cell.raw, "percent": written(cell.number * 100)}
                self.notes.append(Problem("bare-share", place, facts, f"{written(cell.number * 100)}%"))
                return Filed(MEANING.unknown(), cell.raw, word, where)
            if unit.unit == word.unit:
                self._within(limits, cell.number * unit.scale, unit.unit, cell.raw, place)
                if path[-1] == "points" and cell.number < 0:
                    self.problems.append(Problem("points-negative", place, {"found": cell.raw}))
                return Filed(known(cell.number * unit.scale), cell.raw, unit, where)
            facts = {"found": cell.raw, "unit": word.word or "—"}
            self.problems.append(Problem("unit-of-figure", place, facts))
        elif cell.kind is CellKind.NOT_APPLICABLE:
            return Filed(MEANING.inapplicable(), cell.raw, word, where)
        elif cell.kind is not CellKind.BLANK and cell.kind is not CellKind.UNVERIFIABLE:
            self.problems.append(Problem("not-a-number", place, {"found": cell.raw}))
        return Filed(MEANING.unknown(), cell.raw, word, where)

    def _within(self, limits: FigureSpec, value: Fraction, base: Unit, raw: str, place: Source) -> None:
        """A filed value, in `base` units, is no larger and no finer than its figure may be: executors count on it."""
        if abs(value) > limits.largest:
            most = str(limits.most) if limits.most is not None else f"{written(limits.largest)}{base}"
            self.problems.append(Problem("figure-too-large", place, {"found": raw, "most": most}))
        elif 10**limits.digits % value.denominator:
            self.problems.append(Problem("figure-too-fine", place, {"found": raw, "digits": str(limits.digits)}))

    def figures(self) -> tuple[dict[str, Filed], dict[str, bool | None]]:
        """What is filed once: numbers, and facts."""
        numbers: dict[str, Filed] = {}
        facts: dict[str, bool | None] = {}
        for name, raw, path, source in self._stated(self.submission.figures, self.once, ("figures",)):
            spec = self.once[name]
            if spec.unit == "yes-no":
                facts[name] = self._fact(raw, path)
            else:
                numbers[name] = self._figure(spec, raw, path, source)
        return numbers, facts

    def _stated(
        self, filed: Mapping[str, str | FiledFigure | None], asked: Mapping[str, FigureSpec], at: At
    ) -> Iterator[tuple[str, str | None, At, str]]:
        """Name, text, place and source of each figure that is asked for; one that is not is noted."""
        for name, one in filed.items():
            if name not in asked:
                near = nearest(name, [other for other in asked if other not in filed])
                self.notes.append(Problem("unread-figure", self.place((*at, name), key=True), {"name": name}, near))
            elif isinstance(one, FiledFigure):
                yield name, one.value, (*at, name, "value"), one.source
            else:
                yield name, one, (*at, name), ""

    def _figure(self, spec: FigureSpec, raw: str | None, path: At, source: str) -> Filed:
        """A figure's cell: a number within its limits, or one single day."""
        if spec.word.unit != DATE:
            return self.number(raw, self._word(spec), path, source, spec)
        cell, place = read_cell(raw), self.place(path)
        where = f"{place} {source}".rstrip()
        if cell.kind is CellKind.NOT_APPLICABLE:
            return Filed(MEANING.inapplicable(), cell.raw, spec.word, where)
        day = read_day(cell.raw)
        if day is not None:
            return Filed(known(Fraction(day)), cell.raw, spec.word, where)
        if cell.kind is not CellKind.BLANK and cell.kind is not CellKind.UNVERIFIABLE:
            self.problems.append(Problem("not-a-day", place, {"found": cell.raw}))
        return Filed(MEANING.unknown(), cell.raw, spec.word, where)

    def _word(self, spec: FigureSpec) -> UnitWord:
        return self.money if spec.word.unit == MONEY else spec.word

    def payments(self) -> dict[int, Filed]:
        """Cumulative payments by month."""
        found: dict[int, Filed] = {}
        for index, payment in enumerate(self.submission.payments):
            if payment.month in found:
                place = self.place(("payments", index, "month"))
                self.problems.append(Problem("repeated-line", place, {"found": str(payment.month)}))
            found[payment.month] = self.number(payment.cumulative, self.money, ("payments", index, "cumulative"))
        return found

    def _fact(self, raw: str | None, path: At) -> bool | None:
        answer = (raw or "").strip()
        if answer in ("是", "有", "true", "yes"):
            return True
        if answer in ("否", "无", "没有", "false", "no"):
            return False
        if answer:
            self.problems.append(Problem("not-yes-no", self.place(path), {"found": answer}))
        return None

    def spending(
        self,
        line: SpendingLine,
        above: tuple[str, ...],
        path: At,
        into: dict[tuple[str, ...], Mapping[str, Filed]],
    ) -> None:
        """One line of the fund table and its parts."""
        name = (*above, line.line)
        if name in into:
            self.problems.append(Problem("repeated-line", self.place((*path, "line")), {"found": line.line}))
        cells: dict[str, Filed] = {}
        for column, bare in COLUMNS.items():
            key = _PRINTED.get(column, column)
            word = self.money if unit_word(bare).unit == MONEY else unit_word(bare)
            limits = self.each_line.get(column, _UNLIMITED)
            cells[column] = self.number(getattr(line, key), word, (*path, key), limits=limits)
        into[name] = self._of_one_unit(cells, path) | self._of_line(line, path)
        for index, part in enumerate(line.of):
            self.spending(part, name, (*path, "of", index), into)

    def _of_one_unit(self, cells: dict[str, Filed], path: At) -> dict[str, Filed]:
        """Budget and outturn in the unit declared: where their quotient is the printed rate but for thousands, ten
        thousands or hundred millions, one of them is in another unit, and neither is believed.
        """
        budget, actual, rate = (cells[key].number for key in ("budget", "actual", "rate"))
        if not (budget.known and actual.known and rate.known and budget.n > 0 and actual.n > 0 and rate.n > 0):
            return cells
        times = fraction(actual) / fraction(budget) / fraction(rate)
        if not any(abs(times * worth - 1) < _NEARLY or abs(times / worth - 1) < _NEARLY for worth in _OTHER_UNITS):
            return cells
        facts = {"budget": cells["budget"].raw, "actual": cells["actual"].raw, "rate": cells["rate"].raw}
        self.notes.append(Problem("money-of-other-unit", self.place((*path, "actual")), facts))
        doubted = {key: replace(cells[key], number=MEANING.unknown()) for key in ("initial", "budget", "actual")}
        return cells | doubted

    def _of_line(self, line: SpendingLine, path: At) -> dict[str, Filed]:
        """The figures that the rule set asks for in each line; unknown where this one states none."""
        found = {name: self.number(None, self._word(spec), path) for name, spec in self.of_line.items()}
        for name, raw, at, source in self._stated(line.figures, self.of_line, (*path, "figures")):
            found[name] = self._figure(self.of_line[name], raw, at, source)
        return found

    def row(self, index: int, row: IndicatorRow) -> Row:
        """One indicator row. Units of target and actual must be able to meet."""
        path: At = ("indicators", index)
        actual, actual_confirmed = self._cell(row, row.actual, "actual")
        asked = "target" if read_cell(row.adjusted).kind is CellKind.BLANK else "adjusted"
        target, target_confirmed = self._cell(row, getattr(row, asked), "target")
        rate = self.number(row.stated_rate, unit_word("%"), (*path, "stated-rate"))
        parts = tuple(self._part(one, (*path, "parts", number)) for number, one in enumerate(row.parts))
        pair = self._pair(target, actual, parts, path)
        derived = target.kind is CellKind.BLANK and pair.actual.known and rate.number.known and not parts
        target_number = MEANING.divide(pair.actual, rate.number) if derived else pair.target
        packed = bool(_SEVERAL.search(f"{row.name} {row.target or ''}")) and not actual_confirmed
        repeated = row.name in self.rows
        self.rows.add(row.name)
        plain = unit_word("")
        due = read_date(target.raw, self.submission.year) if target.kind is CellKind.TEXT else None
        done = read_date(actual.raw, self.submission.year) if actual.kind is CellKind.TEXT else None
        weight = self.number(row.points, plain, (*path, "points"))
        return Row(
            name=row.name,
            level=row.level.removesuffix("指标"),
            kind=row.kind,
            direction=pair.direction,
            strict=pair.strict,
            target=Filed(target_number, target.raw, pair.target_word, self._where(row, (*path, asked))),
            actual=Filed(pair.actual, actual.raw, pair.actual_word, self._where(row, (*path, "actual"))),
            weight=weight,
            filed=self.number(row.score, plain, (*path, "score")),
            copied=bool(actual.operator) and not actual_confirmed,
            worded=target.kind is CellKind.NUMBER and actual.kind is CellKind.TEXT,
            qualitative=target.kind is CellKind.TEXT,
            packed=packed,
            bare=share_or_percent(target, actual) and not actual_confirmed and not target_confirmed,
            derived=derived,
            confirmed=actual_confirmed or target_confirmed,
            explained=read_cell(row.reason).kind is CellKind.TEXT,
            blank=actual.kind is CellKind.BLANK and not parts,
            not_started=actual.kind is CellKind.NOT_STARTED,
            unverifiable=actual.kind is CellKind.UNVERIFIABLE,
            money=pair.target_word.unit == MONEY,
            percent=pair.target_word.word == "%",
            target_is_weight=_bare(target) and weight.number.known and known(target.number) == weight.number,
            repeated=repeated,
            stated_rate=rate,
            clause=row.clause,
            parts=parts,
            coefficient=self.number(row.coefficient, unit_word("%"), (*path, "coefficient")),
            core=row.core,
            due=due,
            done=done,
            adjusted=asked == "adjusted",
            initial_target=_like(read_cell(row.target), pair.target_word) if asked == "adjusted" else target_number,
            index=index,
            source=str(self.place(path)),
        )

    def _pair(self, target: Cell, actual: Cell, parts: Sequence[Part], path: At) -> _Pair:
        """Target and actual as numbers that can meet; where both cells are blank, what the parts make together."""
        if parts and target.kind is actual.kind is CellKind.BLANK:
            asked, done, direction = together(parts)
            return _Pair(asked, done, parts[0].word, parts[0].word, direction, any(one.strict for one in parts))
        target_word, actual_word = self._words(target, actual, path)
        meet = target_word.unit == actual_word.unit
        return _Pair(
            _measured(target, target_word),
            _measured(actual, actual_word) if meet else MEANING.unknown(),
            target_word,
            actual_word,
            _DIRECTIONS.get(target.operator, ""),
            target.operator in _STRICT,
        )

    def _cell(self, row: IndicatorRow, raw: str | None, which: str) -> tuple[Cell, bool]:
        """The cell as filed, or as a human confirmed that it reads. In a row of timeliness, `2023.10` is a month."""
        confirmation = self.readings.get((row.name, which))
        cell = read_cell(raw if confirmation is None else confirmation.reads)
        if _TIMELY in row.kind + row.level and _bare(cell) and read_date(cell.raw, self.submission.year):
            cell = Cell(cell.raw, CellKind.TEXT)
        return cell, confirmation is not None

    def _where(self, row: IndicatorRow, path: At) -> str:
        return f"{self.place(path)} {row.source}".rstrip()

    def _words(self, target: Cell, actual: Cell, path: At) -> tuple[UnitWord, UnitWord]:
        """A bare number takes the other's unit word; two words must be of one dimension."""
        if not target.unit.word:
            return actual.unit, actual.unit
        if not actual.unit.word:
            return target.unit, target.unit
        if target.unit.unit != actual.unit.unit:
            facts = {"target": target.raw, "actual": actual.raw}
            self.notes.append(Problem("row-units-differ", self.place((*path, "actual")), facts))
        return target.unit, actual.unit

    def _part(self, part: RowPart, path: tuple[str | int, ...]) -> Part:
        """Two cells of one unit; what is no number, or a copy of the target, is unknown."""
        asked, done = read_cell(part.target), read_cell(part.actual)
        word = asked.unit if asked.unit.word else done.unit
        measured = MEANING.unknown() if done.operator or share_or_percent(asked, done) else _like(done, word)
        funds = self.number(part.funds, self.money, (*path, "funds")).number
        return Part(
            _measured(asked, word),
            measured,
            _DIRECTIONS.get(asked.operator, ""),
            asked.operator in _STRICT,
            word,
            funds,
        )

    def references(self) -> None:
        """Confirmations and judgements must name a row that was filed, and no other has the name."""
        names = Counter(row.name for row in self.submission.indicators)
        for index, confirmation in enumerate(self.submission.confirmations):
            self._named(confirmation.row, names, ("confirmations", index, "row"))
        for index, judgement in enumerate(self.submission.judgements):
            if judgement.row:
                self._named(judgement.row, names, ("judgements", index, "row"))

    def _named(self, name: str, names: Counter[str], path: At) -> None:
        if name not in names:
            self.problems.append(Problem("unknown-row", self.place(path), {"name": name}, nearest(name, names)))
        elif names[name] > 1:
            self.problems.append(Problem("ambiguous-row", self.place(path), {"name": name}))


_OTHER_UNITS = (10**3, 10**4, 10**7, 10**8)
"""How many of one money unit make another: 元, 千元, 万元, 亿元."""
_NEARLY = Fraction(1, 100)
"""A printed rate is rounded, so quotients agree with it only so nearly."""
_STRICT = ("<", ">")
_DIRECTIONS = {"≥": "forward", ">": "forward", "≤": "reverse", "<": "reverse", "=": "equal"}


def _bare(cell: Cell) -> bool:
    """A fraction with neither sign nor unit. (Of small counts, points and targets are often the same by chance.)"""
    return cell.kind is CellKind.NUMBER and cell.number.denominator > 1 and not cell.operator and not cell.unit.word


def _like(cell: Cell, word: UnitWord) -> OneNumber:
    """The number a cell states in its own unit word or, without one, in `word`; unknown where the two can't meet."""
    own = cell.unit if cell.unit.word else word
    return _measured(cell, own) if own.unit == word.unit else MEANING.unknown()


def _measured(cell: Cell, word: UnitWord) -> OneNumber:
    """The number a cell states, as a value of its row."""
    match cell.kind:
        case CellKind.NUMBER:
            return known(cell.number * word.scale)
        case CellKind.NOT_APPLICABLE:
            return MEANING.inapplicable()
        case _:
            return MEANING.unknown()
