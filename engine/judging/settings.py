"""Where do names get their values while a submission is judged? Figures first; each later stratum adds its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Generic, TypeAlias

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import MEANING, Meaning, OneText, TextValue
from ..expressions.interpreter import Value
from ..filing.figures import Figures, Row
from ..rules.ruleset import FigureSpec

Key = tuple[str, tuple[str, ...], str]
"""table, path, field."""


@dataclass
class RowSetting(Generic[Whole, Bit, Words]):
    """One indicator row (or slot of rows): its own fields before the names of the submission."""

    fields: dict[str, Value[Whole, Bit, Words]]
    outer: SubmissionSetting[Whole, Bit, Words]

    def name(self, name: str) -> Value[Whole, Bit, Words]:
        """A field of the row, else a name of the submission."""
        found = self.fields.get(name)
        return self.outer.names[name] if found is None else found

    def select(self, table: str, path: tuple[str, ...], field: str) -> Value[Whole, Bit, Words]:
        """As the submission's."""
        return self.outer.select(table, path, field)

    def rows(self, table: str, path: tuple[str, ...]) -> Sequence[tuple[Bit, RowSetting[Whole, Bit, Words]]] | None:
        """As the submission's."""
        return self.outer.rows(table, path)


@dataclass
class SubmissionSetting(Generic[Whole, Bit, Words]):
    """Values by name over one carrier. What is asked for and was not filed is unknown; an unmade claim is no."""

    meaning: Meaning[Whole, Bit, Words]
    names: dict[str, Value[Whole, Bit, Words]]
    tables: dict[Key, Value[Whole, Bit, Words]]
    lines: dict[tuple[str, tuple[str, ...]], list[tuple[Bit, RowSetting[Whole, Bit, Words]]]] = field(
        default_factory=dict
    )

    def name(self, name: str) -> Value[Whole, Bit, Words]:
        """A figure, measure, flag, or result settled so far."""
        return self.names[name]

    def select(self, table: str, path: tuple[str, ...], field: str) -> Value[Whole, Bit, Words]:
        """A field of a line; unknown where the line was not filed."""
        found = self.tables.get((table, path, field))
        if found is not None:
            return found
        return self.meaning.no if table == "statements" else self.meaning.unknown()

    def rows(self, table: str, path: tuple[str, ...]) -> Sequence[tuple[Bit, RowSetting[Whole, Bit, Words]]] | None:
        """The rows of a table, or the parts of one of its lines; None where table or line was not filed at all."""
        return self.lines.get((table, path))

    @property
    def indicators(self) -> Sequence[tuple[Bit, RowSetting[Whole, Bit, Words]]]:
        """The indicator rows."""
        return self.lines.get(("indicators", ()), [])


OneValue: TypeAlias = Value[int, bool, str]
OneSetting: TypeAlias = SubmissionSetting[int, bool, str]
OneRowSetting: TypeAlias = RowSetting[int, bool, str]


def setting(figures: Figures, asked: Mapping[str, FigureSpec]) -> OneSetting:
    """The setting of one submission, with what it states; `asked` are the figures that rules may read."""
    m = MEANING
    names: dict[str, OneValue] = {}
    for name, spec in asked.items():
        if spec.for_ is not None:
            continue
        if spec.unit == "yes-no":
            fact = figures.facts.get(name)
            names[name] = m.maybe if fact is None else m.bit(fact)
        else:
            filed = figures.numbers.get(name)
            names[name] = filed.number if filed else m.unknown()
    tables: dict[Key, OneValue] = {}
    for path, cells in figures.spending.items():
        tables |= {("spending", path, key): filed.number for key, filed in cells.items()}
    for month, payment in figures.payments.items():
        tables["payments", (str(month),), "cumulative"] = payment.number
    tables |= {("statements", (claim,), ""): m.yes for claim in figures.claims}
    tables |= {("stated", (name,), ""): points for name, points in figures.stated.items()}
    made = SubmissionSetting(m, names, tables)
    for path, cells in figures.spending.items():
        line = RowSetting({key: filed.number for key, filed in cells.items()}, made)
        line.fields["line"] = TextValue(path[-1], True)
        made.lines.setdefault(("spending", path[:-1]), []).append((True, line))
        made.lines.setdefault(("spending", path), [])  # a line without parts has none, one not filed may have any
    for month, payment in figures.payments.items():
        row = RowSetting({"cumulative": payment.number, "month": m.number(Fraction(month))}, made)
        made.lines.setdefault(("payments", ()), []).append((True, row))
    made.lines["indicators", ()] = [
        (True, RowSetting(_fields(row, figures.submission.year), made)) for row in figures.rows
    ]
    return made


def _outside(row: Row, year: int) -> bool:
    """Was the work done wholly before or after the year?"""
    done = row.done
    return done is not None and (date.fromordinal(done.last).year < year or date.fromordinal(done.first).year > year)


def _fields(row: Row, year: int) -> dict[str, OneValue]:
    m = MEANING

    def text(value: str) -> OneText:
        return TextValue(value, bool(value))

    return {
        "name": text(row.name),
        "level": text(row.level),
        "kind": text(row.kind),
        "signed": m.bit(bool(row.direction)),
        "target": row.target.number,
        "actual": row.actual.number,
        "weight": row.weight.number,
        "filed": row.filed.number,
        "copied": m.bit(row.copied),
        "worded": m.bit(row.worded),
        "qualitative": m.bit(row.qualitative),
        "derived": m.bit(row.derived),
        "packed": m.bit(row.packed),
        "explained": m.bit(row.explained),
        "confirmed": m.bit(row.confirmed),
        "core": m.bit(row.core),
        "blank": m.bit(row.blank),
        "unverifiable": m.bit(row.unverifiable),
        "not_started": m.bit(row.not_started),
        "money": m.bit(row.money),
        "percent": m.bit(row.percent),
        "target_is_weight": m.bit(row.target_is_weight),
        "repeated": m.bit(row.repeated),
        "dated": m.bit(row.due is not None and row.done is not None),
        "outside_year": m.bit(_outside(row, year)),
        "stated_rate": row.stated_rate.number,
        "adjusted": m.bit(row.adjusted),
        "initial_target": row.initial_target,
    }
