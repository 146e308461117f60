"""Which findings, caps and grades follow? Each condition by plain recursion over its words; every cap tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from engine.expressions.tree import Logic, Not, Select, Tree, walk

from .lines import Line, attainment, directions, met
from .ranges import Ends, exact
from .worth import ANY, NO, No, Truth, Value, World, plain, tree_of, truth

if TYPE_CHECKING:
    from .whole import Table


def conclude(table: Table, ends: Ends | None, ways: Sequence[Table]) -> None:
    """Findings, caps, the capped total and the grades, into the answer of the table; `ways` are tables in which it is
    settled what applies.
    """
    out, specs = table.out, table.rules.get("findings", {})
    rows = [_fields(table, number, line) for number, line in enumerate(table.lines)]
    world = World(table.value, table.may, table.truth, _selected(table), rows)

    def held(name: str) -> Truth:
        spec = specs.get(name)
        if spec is None:
            return table.truth(name)
        if not spec.get("for"):
            return truth(tree_of(spec["when"]), named)
        result = NO
        for row in rows:
            found = truth(tree_of(spec["when"]), named.within(row))
            result = result | Truth(found.yes, found.maybe, not found.maybe, not found.yes)  # neither: passed over
        return result

    others = [World(one.value, one.may, held, _selected(one), rows) for one in ways]
    named = World(table.value, table.may, held, world.select, rows, others=others)

    def of_row(name: str, row: Mapping[str, Value | Truth]) -> Truth:
        return truth(tree_of(specs[name]["when"]), named.within(row | _own(specs, named, row)))

    for name, spec in specs.items():
        tree = tree_of(spec["when"])
        if spec.get("for"):
            for row, line in zip(rows, table.lines, strict=True):
                own = named.within(row | _own(specs, named, row))
                _raise(out.findings, name, line.name, of_row(name, row), spoken(tree, own, table.worked), out.asked)
        else:
            _raise(out.findings, name, "", held(name), spoken(tree, named, table.worked), out.asked)
    caps = {name: truth(tree_of(spec["when"]), named) for name, spec in table.rules.get("caps", {}).items()}
    out.caps = {(name, one.yes) for name, one in caps.items() if one.maybe or one.yes}
    entire = out.of.low <= exact(table.rules["of"]) <= out.of.high  # a grade needs the whole table
    out.total, out.grades = capped(table.rules, caps, ends, entire)


def _own(specs: dict, world: World, row: Mapping[str, Value | Truth]) -> dict[str, Value | Truth]:
    """What findings of the same row say."""
    return {
        name: truth(tree_of(spec["when"]), world.within(row))
        for name, spec in specs.items()
        if spec.get("for") and not any(other in spec["when"] for other in specs)
    }


def spoken(tree: Tree, world: World, worked: set[tuple[str, ...]]) -> bool:
    """Does anything filed speak for it? A part of it is settled, or reads points of what was measured or answered."""
    match tree:
        case Not(operand=operand):
            return spoken(operand, world, worked)
        case Logic(left=left, right=right):
            return spoken(left, world, worked) or spoken(right, world, worked)
    told = truth(tree, world)
    read = [one.path for one in walk(tree) if isinstance(one, Select) and one.table in ("points", "full")]
    return told.yes or told.no or any(path == one[: len(path)] for path in read for one in worked)


def _raise(
    into: set[tuple[str, str, str]], name: str, subject: str, held: Truth, said: bool, asked: set[tuple[str, str]]
) -> None:
    if held.maybe and not held.yes and not said:
        asked.add((name, subject))
    elif held.yes or held.maybe:
        into.add((name, subject, "sure" if held.yes else "possible"))


def _fields(table: Table, number: int, line: Line) -> dict[str, Value | Truth]:
    """What conditions may read of a row."""
    rules = table.rules["rows"]
    ends, of = table.row_points.get(number, (None, None))
    ways = directions(rules, line)
    return {
        "name": line.name,
        "level": line.level,
        "kind": line.kind,
        "direction": {"exact": "equal", "cost": "reverse"}.get(ways[0], ways[0]) if len(ways) == 1 else ANY,
        "target": line.target,
        "actual": line.actual,
        "attainment": attainment(rules, line),
        "met": table.tiered(line) or met(rules, line),
        "blank": plain(line.raw[1].kind.value == "blank" and not line.parts),
        "weight": ANY if line.stated is None else line.stated,
        "score": _settled(ends, line.gone),
        "full_score": _settled(of, False),
    }


def _settled(ends: Ends | None, gone: bool) -> Value:
    if gone:
        return No.NOT_APPLICABLE
    return ends.low if ends is not None and ends.low == ends.high else ANY


def _selected(table: Table) -> Callable[[str, tuple[str, ...], str], Value]:
    def select(kind: str, path: tuple[str, ...], one: str) -> Value:
        if kind not in ("points", "full"):
            return table.select(kind, path, one)
        told = table.out.told[_path(table, path)]
        if told.ends is None:
            return No.NOT_APPLICABLE
        if told.of.low < told.of.high:
            return ANY  # it may yet leave the table
        return _settled(told.ends if kind == "points" else told.of, False)

    return select


def _path(table: Table, path: tuple[str, ...]) -> tuple[str, ...]:
    return next(one for one in table.out.told if one[-len(path) :] == path)


# -- grades ----------------------------------------------------------------------------------------------------


def meeting(bands: list[dict], ends: Ends) -> tuple[str, ...]:
    """The grades of which some total between the ends may be."""
    found, above = [], None
    for band in bands:
        lowest = exact(band["from"])
        if ends.high >= lowest and (above is None or ends.low < above):
            found.append(band["grade"])
        above = lowest
    return tuple(found)


def capped(rules: dict, caps: dict[str, Truth], ends: Ends | None, entire: bool) -> tuple[Ends | None, tuple[str, ...]]:
    """Low and high after the caps, and the grades that are left."""
    if ends is None:
        return None, ()
    specs = rules.get("caps", {})

    def limits(key: str, sure: bool) -> list:
        return [
            specs[n][key]
            for n, one in caps.items()
            if key in specs[n] and (one.yes if sure else one.maybe and not one.yes)
        ]

    high = min([ends.high, *map(exact, limits("total", True))])
    low = min([ends.low, *map(exact, limits("total", True))])
    possible = [*map(exact, limits("total", False))]
    bands = rules.get("grades", [])
    order = [band["grade"] for band in bands]
    reached = {grade for c in [high, *possible] for grade in meeting(bands, Ends(min(low, c), min(high, c)))}
    for cap in limits("grade", True):
        reached = {max(grade, cap, key=order.index) for grade in reached}
    for cap in limits("grade", False):
        reached |= {max(grade, cap, key=order.index) for grade in reached}
    grades = tuple(grade for grade in order if grade in reached) if rules["complete"] and entire else ()
    return Ends(min([low, *possible]), high), grades
