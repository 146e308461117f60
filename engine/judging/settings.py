"""Where do names get their values while a submission is judged? Figures first; each later stratum adds its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, TypeAlias

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import MEANING, Meaning, TextValue
from ..expressions.interpreter import Value
from ..filing.figures import Figures, Marks, Row
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
        try:
            return self.fields[name]
        except KeyError:
            return self.outer.names[name]

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
    made = SubmissionSetting(m, names, {})
    tables, lines = made.tables, made.lines
    for path, cells in figures.spending.items():
        line: dict[str, OneValue] = {key: filed.number for key, filed in cells.items()}
        tables.update({("spending", path, key): value for key, value in line.items()})
        line["line"] = TextValue(path[-1], True)
        lines.setdefault(("spending", path[:-1]), []).append((True, RowSetting(line, made)))
        lines.setdefault(("spending", path), [])  # a line without parts has none, one not filed may have any
    for month, payment in figures.payments.items():
        tables["payments", (str(month),), "cumulative"] = payment.number
        paid = RowSetting({"cumulative": payment.number, "month": m.number(Fraction(month))}, made)
        lines.setdefault(("payments", ()), []).append((True, paid))
    tables.update({("statements", (claim,), ""): m.yes for claim in figures.claims})
    tables.update({("stated", (name,), ""): points for name, points in figures.stated.items()})
    lines["indicators", ()] = [(True, RowSetting(_fields(row), made)) for row in figures.rows]
    return made


def _fields(row: Row) -> dict[str, OneValue]:
    bits = (MEANING.no, MEANING.yes)
    fields: dict[str, OneValue] = dict(zip(Marks._fields, map(bits.__getitem__, row.marks), strict=True))
    fields["name"], fields["level"] = TextValue(row.name, bool(row.name)), TextValue(row.level, bool(row.level))
    fields["kind"] = TextValue(row.kind, bool(row.kind))
    fields["target"], fields["actual"] = row.target.number, row.actual.number
    fields["weight"], fields["filed"] = row.weight.number, row.filed.number
    fields["stated_rate"], fields["initial_target"] = row.stated_rate.number, row.initial_target
    return fields
