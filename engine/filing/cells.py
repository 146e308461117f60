"""Which number, day or fact does a cell of a submission state, and may it?

A cell that can't be read as what it must be is a problem with its place; a blank is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import gcd

from ..algebra.meaning import MEANING, OneNumber
from ..rules.ruleset import FigureSpec
from ..values.cells import BLANK, NUMBER, Cell, CellKind, read_cell
from ..values.dates import read_day
from ..values.exact import INTEGER_LIMIT, MOST_DECIMALS, ratio_written, written
from ..values.problems import At, Place, Problem, nearest
from ..values.units import DATE, MONEY, UnitWord
from .figures import Filed
from .submission import FiledFigure

UNLIMITED = FigureSpec(unit="")
"""The limits of a cell that no rule set limits: those of any number."""
_FINEST = 10**MOST_DECIMALS
_YES, _NO = ("是", "有", "true", "yes"), ("否", "无", "没有", "false", "no")


class Cells:
    """Reads the cells of one submission; collects what is wrong with them, and what is only to be noted."""

    def __init__(self, place: Place, money: UnitWord) -> None:
        self.place, self.money = place, money
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def wrong(self, code: str, at: At, near: str = "", **facts: str) -> None:
        """Something that keeps the submission from being judged."""
        self.problems.append(Problem(code, self.place(at), facts, near))

    def noted(self, code: str, at: At, near: str = "", **facts: str) -> None:
        """Something that can't be used, and leaves what it says open."""
        self.notes.append(Problem(code, self.place(at), facts, near))

    def number(self, raw: str | None, unfiled: Filed, at: At, said: str = "", limits: FigureSpec = UNLIMITED) -> Filed:
        """A cell that must be a number of one unit, blank, or not applicable; where none was filed, it is `unfiled`."""
        if raw is None:
            return unfiled
        cell, number, word = read_cell(raw), MEANING.unknown(), unfiled.word
        if cell.kind is not NUMBER or cell.operator:
            number = self._stateless(cell, "not-a-number", at)
        elif not cell.unit.word and word.relative and 0 < cell.n <= cell.d and at[-1] != "coefficient":
            percent = written(cell.number * 100)
            self.noted("bare-share", at, f"{percent}%", found=raw, percent=percent)
        else:
            plain = not cell.unit.word or (cell.unit.word == "分" and not word.word)  # points filed as “50分”
            unit = word if plain else cell.unit
            if unit is word or unit.unit == word.unit:
                number, word = in_base(cell, unit), unit
                self._within(limits, number, unit, raw, at)
                if at[-1] == "points" and cell.n < 0:
                    self.wrong("points-negative", at, found=raw)
            else:
                self.wrong("unit-of-figure", at, found=raw, unit=word.word or "—")
        return Filed(number, raw, word, self.place, at, said)

    def _stateless(self, cell: Cell, code: str, at: At) -> OneNumber:
        """What a cell states that holds none of what it must; a problem where that is nothing."""
        if cell.kind is CellKind.NOT_APPLICABLE:
            return MEANING.inapplicable()
        if cell.kind is not BLANK and cell.kind is not CellKind.UNVERIFIABLE:
            self.wrong(code, at, found=cell.raw)
        return MEANING.unknown()

    def _within(self, limits: FigureSpec, number: OneNumber, unit: UnitWord, raw: str, at: At) -> None:
        """A filed value, in base units, is no larger and no finer than its figure may be: executors count on it."""
        if limits is UNLIMITED and abs(number.n) < INTEGER_LIMIT and not _FINEST % number.d:
            return
        most, over = limits.largest.as_integer_ratio()
        if abs(number.n) * over > most * number.d:
            named = str(limits.most) if limits.most is not None else f"{ratio_written(most, over)}{unit.unit}"
            self.wrong("figure-too-large", at, found=raw, most=named)
        elif 10**limits.digits % number.d:
            self.wrong("figure-too-fine", at, found=raw, digits=str(limits.digits))

    # -- figures that a rule set asks for ---

    def stated(
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

    def figure(self, spec: FigureSpec, raw: str | None, at: At, said: str) -> Filed:
        """A figure's cell: a number within its limits, or one single day."""
        word = self.word(spec)
        if word.unit != DATE:
            return self.number(raw, unfiled(word), at, said, spec)
        cell = read_cell(raw)
        day = read_day(cell.raw)
        number = self._stateless(cell, "not-a-day", at) if day is None else MEANING.over(day, 1)
        return Filed(number, cell.raw, word, self.place, at, said)

    def word(self, spec: FigureSpec) -> UnitWord:
        """The unit word of a bare number in a figure."""
        word = spec.word
        return self.money if word.unit == MONEY else word

    def fact(self, raw: str | None, at: At) -> bool | None:
        """A figure that is yes or no."""
        answer = (raw or "").strip()
        if answer and answer not in _YES and answer not in _NO:
            self.wrong("not-yes-no", at, found=answer)
        return True if answer in _YES else False if answer in _NO else None


def unfiled(word: UnitWord) -> Filed:
    """What stands for a number of this unit where its cell was not filed at all."""
    return Filed(MEANING.unknown(), "", word)


def in_base(cell: Cell, word: UnitWord) -> OneNumber:
    """The number of a cell that is in this unit word, in base units."""
    if not word.word:
        return MEANING.over(cell.n, cell.d)
    n, d = word.scale.as_integer_ratio()
    n, d = cell.n * n, cell.d * d
    common = gcd(n, d)
    return MEANING.over(n // common, d // common)
