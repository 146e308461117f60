"""What does one row of the indicator table earn? By the choices of `rows`, one question after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from engine.values.cells import Cell, CellKind, read_cell, share_or_percent
from engine.values.units import UnitWord

from .earned import amount, backwards, tiered
from .ranges import ONE, ZERO, Ends, Rounding, at, cut, exact, hull
from .worth import EITHER, NEITHER, NO, No, Truth, Value, plain

SIGNS = {"≥": "forward", ">": "forward", "≤": "reverse", "<": "reverse", "=": "equal"}
SEVERAL = re.compile(r"[；;、]")


@dataclass(frozen=True)
class Line:
    """A row as read: numbers in base units, or why there are none."""

    name: str
    level: str
    kind: str
    sign: str
    strict: bool
    target: Value
    actual: Value
    raw: tuple[Cell, Cell]
    derived: bool
    open: str
    parts: tuple[tuple[Cell, Cell], ...]
    stated: Fraction | None
    coefficient: Fraction | None
    filed: dict

    @property
    def gone(self) -> bool:
        """It surely does not apply."""
        return No.NOT_APPLICABLE in (self.target, self.actual)

    @property
    def blank(self) -> bool:
        """Nobody knows yet what stands there: it may turn out not to apply."""
        unseen = (CellKind.BLANK, CellKind.UNVERIFIABLE)
        missing = [cell.kind in unseen for cell in self.raw]
        return not self.parts and not self.gone and (missing[1] or (missing[0] and not self.derived))


def number(raw: object) -> Fraction | None:
    """A cell of points or a rate."""
    cell = read_cell(None if raw is None else str(raw))
    return cell.value if cell.kind is CellKind.NUMBER else None


def _confirmed(filing: dict, name: str, which: str) -> str | None:
    for one in filing.get("confirmations", ()):
        if one["row"] == name and one.get("cell", "actual") == which:
            return one["reads"]
    return None


def _cell(filing: dict, filed: dict, which: str) -> tuple[Cell, bool]:
    """As filed, or as somebody confirmed that it reads; an adjusted target prevails."""
    raw = filed.get(which)
    if which == "target" and read_cell(filed.get("adjusted")).kind is not CellKind.BLANK:
        raw = filed["adjusted"]
    reading = _confirmed(filing, filed["name"], which)
    return read_cell(raw if reading is None else reading), reading is not None


def read_line(filing: dict, filed: dict) -> Line:
    (target, target_sure), (actual, actual_sure) = _cell(filing, filed, "target"), _cell(filing, filed, "actual")
    first = target.unit if target.unit.word else actual.unit
    second = actual.unit if actual.unit.word else target.unit
    t, a = _value(target, first), _value(actual, second)
    if first.unit != second.unit and a is not No.NOT_APPLICABLE:
        a = No.UNKNOWN
    rate = _rate(filed.get("stated-rate"))
    parts = tuple((read_cell(one["target"]), read_cell(one.get("actual"))) for one in filed.get("parts", ()))
    derived = target.kind is CellKind.BLANK and isinstance(a, Fraction) and rate is not None and not parts
    if derived:
        assert isinstance(a, Fraction) and rate is not None
        t = a / rate if rate else No.UNDEFINED
    return Line(
        name=filed["name"],
        level=filed.get("level", "").removesuffix("指标"),
        kind=filed.get("kind", ""),
        sign=SIGNS.get(target.operator, ""),
        strict=target.operator in ("<", ">"),
        target=t,
        actual=a,
        raw=(target, actual),
        derived=derived,
        open=_doubt(filed, target, actual, target_sure, actual_sure),
        parts=parts,
        stated=number(filed.get("points")),
        coefficient=_rate(filed.get("coefficient")),
        filed=filed,
    )


def _rate(raw: object) -> Fraction | None:
    """A rate: a bare number is one of percent."""
    cell = read_cell(None if raw is None else str(raw))
    if cell.kind is not CellKind.NUMBER:
        return None
    return cell.value if cell.unit.word else cell.number / 100


def _value(cell: Cell, word: UnitWord) -> Value:
    if cell.kind is CellKind.NUMBER:
        return cell.number * word.scale
    return No.NOT_APPLICABLE if cell.kind is CellKind.NOT_APPLICABLE else No.UNKNOWN


def _doubt(filed: dict, target: Cell, actual: Cell, target_sure: bool, actual_sure: bool) -> str:
    """Why the cells decide nothing by themselves."""
    if actual.operator and not actual_sure:
        return "copied"
    if SEVERAL.search(f"{filed['name']} {filed.get('target') or ''}") and not actual_sure:
        return "packed"
    if share_or_percent(target, actual) and not actual_sure and not target_sure:
        return "bare"
    if target.kind is CellKind.TEXT:
        return "qualitative"
    return "worded" if target.kind is CellKind.NUMBER and actual.kind is CellKind.TEXT else ""


# -- direction and attainment ----------------------------------------------------------------------------------


def directions(rules: dict, line: Line) -> list[str]:
    """Of its sign, else of its name's head, else as `unmarked` says; two where it is doubted."""
    if line.sign:
        return [line.sign]
    named = rules.get("directions")
    if named:
        found = _by_name(named, line)
        if found:
            return [way or _plain(rules, line) for way in found]
    return [_plain(rules, line)]


def _plain(rules: dict, line: Line) -> str:
    """A row without a sign, by itself: a target of 0 asks for none."""
    return "exact" if line.target == 0 else str(rules["unmarked"])


def _by_name(named: dict, line: Line) -> list[str]:
    bare = re.sub(r"[（(][^（()）]*[)）]$", "", line.name).strip()
    before = re.split(r"[：:]", bare)[0].strip() if re.search(r"[：:]", bare) else ""
    for way in ("forward", "reverse", "cost"):
        for word in named.get(way, ()):
            if bare.endswith(word) or (before and before.endswith(word)):
                return [way]
    if line.kind == "成本指标":
        return ["cost"]
    if any(word in line.name for way in ("reverse", "cost") for word in named.get(way, ())):
        return ["", "reverse"]
    return []


def measured(rules: dict, line: Line) -> bool:
    """Do its two numbers say how far the target was reached?"""
    if line.open == "packed":
        return bool(rules["packed"] == "accepted")
    return not line.open and not (line.derived and rules["derived-target"] == "open")


def attainment(rules: dict, line: Line) -> Value:
    """Actual ÷ target, rounded where the rules say so."""
    t, a = line.target, line.actual
    for reason in (No.NOT_APPLICABLE, No.UNDEFINED):
        if reason in (t, a):
            return reason
    if not measured(rules, line):
        return No.UNKNOWN
    if t == 0:
        return No.UNDEFINED
    if not isinstance(t, Fraction) or not isinstance(a, Fraction):
        return No.UNKNOWN
    digits = rules.get("attainment-round")
    return a / t if digits is None else cut(a / t, int(digits), "half-up")


def reached(t: Fraction, a: Fraction, way: str, strict: bool) -> bool:
    if way == "equal":
        return a == t
    if way == "forward":
        return a > t if strict else a >= t
    return a < t if strict else a <= t


def met(rules: dict, line: Line) -> Truth:
    """Is the target met? Asked of the actual itself."""
    t, a = line.target, line.actual
    if line.gone:
        return NEITHER
    if line.raw[1].kind is CellKind.NOT_STARTED:
        return NO
    if not isinstance(t, Fraction) or not isinstance(a, Fraction) or not measured(rules, line):
        return EITHER
    said = {reached(t, a, scored_as(rules, line, way), line.strict) for way in directions(rules, line)}
    return plain(said.pop()) if len(said) == 1 else EITHER


def scored_as(rules: dict, line: Line, way: str) -> str:
    """How it is scored: `equal` may be as the forward ones are, a cost is one of the reverse; a target of 0 without ≥
    is missed by 1.
    """
    if way == "exact" or (line.target == 0 and line.sign == way == "equal"):
        return "equal"
    if way == "equal":
        return "forward" if rules["equal"] == "as-forward" else "equal"
    return "reverse" if way == "cost" else way


# -- points ----------------------------------------------------------------------------------------------------


def earns(rules: dict, line: Line, full: Fraction, answer: dict | None, rounding: Rounding) -> Ends:
    """The points of a row that applies, before they are rounded; a reviewer takes his cut off what is printed."""
    answer = answer or {}
    if "points" in answer:
        return at(exact(answer["points"]))
    own = _own(rules, line, full, answer).within(ZERO, full)
    if "reduce" in answer:
        less, own = amount(answer["reduce"]) * full, rounding.leaf(own)
        own = Ends(own.low - less, own.high - less).within(ZERO, full)
    return own


def _own(rules: dict, line: Line, full: Fraction, answer: dict) -> Ends:
    anything = Ends(ZERO, full)
    if line.parts:
        return _shared(rules, line, full) if rules.get("parts") == "share" else anything
    if line.coefficient is not None and rules.get("coefficients") == "accepted":
        return at(line.coefficient * full)
    if line.raw[1].kind is CellKind.NOT_STARTED:
        return at(ZERO) if rules.get("not-started") == "zero" else anything
    if line.open in ("qualitative", "worded"):
        return tiered(rules["tiers"], answer.get("tier")).times(full)
    if line.open == "copied":
        return at(ZERO) if rules["copied"] == "zero" else anything
    if line.open == "bare" or (line.open == "packed" and rules["packed"] == "open"):
        return anything
    if line.derived and rules["derived-target"] == "open":
        return anything
    t, a = line.target, line.actual
    if not isinstance(t, Fraction) or not isinstance(a, Fraction):
        return anything
    return hull(_by_way(rules, line, t, a, way, full) for way in directions(rules, line))


def _by_way(rules: dict, line: Line, t: Fraction, a: Fraction, way: str, full: Fraction) -> Ends:
    anything = Ends(ZERO, full)
    if line.strict and a == t:
        return at(ZERO) if rules.get("strict") == "zero" else anything
    if way == "cost" and a < t and any(word in line.name for word in rules["directions"].get("standards", ())):
        return anything
    way = scored_as(rules, line, way)
    good = reached(t, a, way, line.strict)
    if t == 0:
        return anything if rules["zero-target"] == "open" else at(full if good else ZERO)
    if way == "equal":
        return at(full if good else ZERO)
    if t < 0:
        return at(full) if good else anything
    if way == "reverse":
        return at(full * (ONE if good else backwards(rules["reverse"], a, t)))
    share = attainment(rules, line)
    assert isinstance(share, Fraction)
    return _beyond(rules["over-fulfilment"], share, full) if good else at(full * max(ZERO, min(ONE, share)))


def _beyond(over: dict, share: Fraction, full: Fraction) -> Ends:
    """A forward row that met its target, perhaps by far."""
    start = amount(over["from"])
    if share < start or over["effect"] == "full":
        return at(full)
    match over["effect"]:
        case "zero":
            return at(ZERO)
        case "open":
            return Ends(ZERO, full)
        case "deduct":
            return at(full - exact(over["deduct"]))
    return at(full * (ONE - (share - start)))


def _shared(rules: dict, line: Line, full: Fraction) -> Ends:
    """Each of several targets counts for its part."""
    low = high = 0
    for target, actual in line.parts:
        word = target.unit if target.unit.word else actual.unit
        second = actual.unit if actual.unit.word else word
        t, a = _value(target, word), _value(actual, second)
        settled = isinstance(t, Fraction) and isinstance(a, Fraction) and not actual.operator
        if settled and word.unit == second.unit and not share_or_percent(target, actual):
            assert isinstance(t, Fraction) and isinstance(a, Fraction)
            way = SIGNS.get(target.operator, rules["unmarked"])
            way = "forward" if way == "equal" and rules["equal"] == "as-forward" else way
            good = reached(t, a, way, target.operator in ("<", ">"))
            low, high = low + good, high + good
        else:
            high += 1
    return Ends(full * low / len(line.parts), full * high / len(line.parts))
