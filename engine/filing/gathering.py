"""What does a submission state in all: figures, fund table, payments and indicator rows, each cell read once?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..algebra.meaning import MEANING, known
from ..rules.ruleset import FigureSpec
from ..values.problems import At, Place, Refused, nearest
from ..values.units import COLUMNS, unit_word
from .cells import UNLIMITED, Cells, unfiled
from .figures import Figures, Filed
from .rows import RowReader
from .submission import Confirmation, SpendingLine, Submission

_PRINTED = {"weight": "points", "filed": "score"}
"""What a submission calls the columns of the fund table that rules call otherwise."""
_OTHER_UNITS = (10**3, 10**4, 10**7, 10**8)
"""How many of one money unit make another: 元, 千元, 万元, 亿元."""
_NEARLY = 100
"""A printed rate is rounded, so quotients agree with it only to one part in so many."""


def gather(submission: Submission, place: Place, asked: Mapping[str, FigureSpec]) -> Figures:
    """Read every cell; `asked` are the figures the rule set asks for. Raises `Refused` with all problems."""
    cells = Cells(place, unit_word(submission.money))
    confirmed = _confirmed(submission, cells)
    numbers, facts = _figures(submission, cells, asked)
    table = _FundTable(cells, asked)
    table.read(submission.spending, (), ("spending",))
    payments = _payments(submission, cells)
    reader = RowReader(cells, submission.year, confirmed)
    rows = tuple([reader.row(index, row) for index, row in enumerate(submission.indicators)])
    _references(submission, cells)
    if cells.problems:
        raise Refused(cells.problems)
    claims = frozenset(statement.claim for statement in submission.statements)
    stated = {name: known(points) for name, points in submission.stated.levels.items()}
    if submission.stated.total is not None:
        stated["total"] = known(submission.stated.total)
    return Figures(submission, place, numbers, facts, table.lines, payments, rows, claims, stated, tuple(cells.notes))


def _confirmed(submission: Submission, cells: Cells) -> dict[tuple[str, str], Confirmation]:
    """Readings of doubtful cells, by row and cell; the first counts where there are two."""
    found: dict[tuple[str, str], Confirmation] = {}
    for index, one in enumerate(submission.confirmations):
        if found.setdefault((one.row, one.cell), one) is not one:
            cells.wrong("answered-twice", ("confirmations", index, "row"), name=one.row)
    return found


def _figures(
    submission: Submission, cells: Cells, asked: Mapping[str, FigureSpec]
) -> tuple[dict[str, Filed], dict[str, bool | None]]:
    """What is filed once: numbers, and facts."""
    numbers: dict[str, Filed] = {}
    facts: dict[str, bool | None] = {}
    once = {name: spec for name, spec in asked.items() if spec.for_ is None}
    for name, raw, at, said in cells.stated(submission.figures, once, ("figures",)):
        if once[name].unit == "yes-no":
            facts[name] = cells.fact(raw, at)
        else:
            numbers[name] = cells.figure(once[name], raw, at, said)
    return numbers, facts


def _payments(submission: Submission, cells: Cells) -> dict[int, Filed]:
    """Cumulative payments by month."""
    found: dict[int, Filed] = {}
    for index, payment in enumerate(submission.payments):
        if payment.month in found:
            cells.wrong("repeated-line", ("payments", index, "month"), found=str(payment.month))
        found[payment.month] = cells.number(payment.cumulative, unfiled(cells.money), ("payments", index, "cumulative"))
    return found


class _FundTable:
    """Lines of the fund table, by the names of all that they are parts of and their own."""

    def __init__(self, cells: Cells, asked: Mapping[str, FigureSpec]) -> None:
        self.cells = cells
        each = {name: spec for name, spec in asked.items() if spec.for_ is not None}
        self.of_line = {name: spec for name, spec in each.items() if name not in COLUMNS}
        words = {column: cells.money if bare == "元" else unit_word(bare) for column, bare in COLUMNS.items()}
        self.columns = [
            (column, _PRINTED.get(column, column), unfiled(word), each.get(column, UNLIMITED))
            for column, word in words.items()
        ]
        self.lines: dict[tuple[str, ...], Mapping[str, Filed]] = {}

    def read(self, lines: Sequence[SpendingLine], above: tuple[str, ...], at: At) -> None:
        """Some lines, each with its parts."""
        for index, line in enumerate(lines):
            name, here, number = (*above, line.line), (*at, index), self.cells.number
            if name in self.lines:
                self.cells.wrong("repeated-line", (*here, "line"), found=line.line)
            cells = {
                column: number(getattr(line, key), blank, (*here, key), limits=limits)
                for column, key, blank, limits in self.columns
            }
            self.lines[name] = self._of_one_unit(cells, here) | self._others(line, here)
            if line.of:
                self.read(line.of, name, (*here, "of"))

    def _of_one_unit(self, cells: dict[str, Filed], at: At) -> dict[str, Filed]:
        """Budget and outturn in the unit declared: where their quotient is the printed rate but for thousands, ten
        thousands or hundred millions, one of them is in another unit, and neither is believed.
        """
        budget, actual, rate = (cells[key].number for key in ("budget", "actual", "rate"))
        if not (budget.known and actual.known and rate.known and budget.n > 0 and actual.n > 0 and rate.n > 0):
            return cells
        n, d = actual.n * budget.d * rate.d, actual.d * budget.n * rate.n
        if not any(
            abs(n * worth - d) * _NEARLY < d or abs(n - d * worth) * _NEARLY < d * worth for worth in _OTHER_UNITS
        ):
            return cells
        facts = {key: cells[key].raw for key in ("budget", "actual", "rate")}
        self.cells.noted("money-of-other-unit", (*at, "actual"), **facts)
        unknown = MEANING.unknown()
        return cells | {key: replace(cells[key], number=unknown) for key in ("initial", "budget", "actual")}

    def _others(self, line: SpendingLine, at: At) -> dict[str, Filed]:
        """The figures that the rule set asks for in each line; unknown where this one states none."""
        found = {name: unfiled(self.cells.word(spec)) for name, spec in self.of_line.items()}
        for name, raw, there, said in self.cells.stated(line.figures, self.of_line, (*at, "figures")):
            found[name] = self.cells.figure(self.of_line[name], raw, there, said)
        return found


def _references(submission: Submission, cells: Cells) -> None:
    """Confirmations and judgements must name a row that was filed, and no other has the name."""
    named: list[tuple[str, str, int]] = [
        *((one.row, "confirmations", index) for index, one in enumerate(submission.confirmations)),
        *((one.row, "judgements", index) for index, one in enumerate(submission.judgements) if one.row),
    ]
    names = Counter(row.name for row in submission.indicators) if named else Counter[str]()
    for name, section, index in named:
        if name not in names:
            cells.wrong("unknown-row", (section, index, "row"), nearest(name, names), name=name)
        elif names[name] > 1:
            cells.wrong("ambiguous-row", (section, index, "row"), name=name)
