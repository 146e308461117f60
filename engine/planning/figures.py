"""What may be filed under each name, and in each row and line? As the rule set declares it: units, and limits."""

from __future__ import annotations

from ..expressions.symbols import (
    ATTAINMENT,
    DAY,
    INDICATORS,
    SPENDING,
    TABLES,
    TRUTH,
    Role,
    Symbol,
    Tables,
    figure_type,
    rounded_type,
)
from ..rules.ruleset import FigureSpec, RuleSet
from ..values.amounts import percent_meant
from ..values.units import COLUMNS, DATE, unit_word
from .desk import Desk


def symbols(desk: Desk) -> dict[str, Symbol]:
    """The figures filed once, by name; every figure's limits are looked at."""
    for name, spec in desk.ruleset.figures.items():
        _limits(desk, name, spec)
    return {name: _symbol(spec) for name, spec in desk.ruleset.figures.items() if spec.for_ is None}


def tables(ruleset: RuleSet) -> Tables:
    """The fields of rows and lines: attainment as it is rounded, and the figures filed in each line."""
    of_lines = {name: _symbol(spec) for name, spec in ruleset.figures.items() if spec.for_ is not None}
    indicators = dict(INDICATORS)
    if ruleset.rows is not None and ruleset.rows.attainment_round is not None:
        rounded = rounded_type(ATTAINMENT, ruleset.rows.attainment_round)  # fits with all the digits a rule may ask
        indicators["attainment"] = Symbol(rounded, Role.FIELD, True)
    return {**TABLES, "spending": {**SPENDING, **of_lines}, "indicators": indicators}


def limits_column(name: str, spec: FigureSpec) -> bool:
    """Does it limit a column of the fund table, and add no name?"""
    return spec.for_ is not None and name in COLUMNS


def _symbol(spec: FigureSpec) -> Symbol:
    if spec.unit == "yes-no":
        return Symbol(TRUTH, Role.FIGURE)
    dated = spec.word.unit == DATE
    number = figure_type(spec.word.unit, spec.digits, spec.largest, spec.word.share)
    return Symbol(DAY if dated else number, Role.FIGURE)


def _limits(desk: Desk, name: str, spec: FigureSpec) -> None:
    """A limit is in the figure's unit and above 0. In a line stand numbers; one with the name of a column of the fund
    table limits that column.
    """
    at = ("figures", name)
    if spec.most is not None and (spec.most.unit != spec.word.unit or spec.word.unit == DATE):
        desk.problem("unit-of-threshold", (*at, "most"), found=str(spec.most), unit=spec.unit or "%")
    elif spec.most is not None and spec.word.share and spec.most.value and not spec.most.word:
        desk.problem("bare-for-percent", (*at, "most"), percent_meant(spec.most.value), found=str(spec.most))
    elif spec.most is not None and not 0 < spec.most.value <= FigureSpec(unit="").largest:
        desk.problem("limit-out-of-bounds", (*at, "most"), found=str(spec.most))
    if spec.for_ is not None and spec.unit == "yes-no":
        desk.problem("wrong-kind", (*at, "unit"), expected="number", found="truth")
    elif spec.for_ is not None and spec.word.unit != unit_word(COLUMNS.get(name, spec.unit)).unit:
        desk.problem("unit-of-figure", (*at, "unit"), found=spec.unit or "%", unit=COLUMNS[name] or "%")
