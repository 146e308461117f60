"""In what order is a rule set made ready? Names, measures, the table, conditions; then what they say together."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..expressions.symbols import INDICATORS, POINTS, TEXT, TRUTH, Role, Symbol
from ..expressions.tree import Select, walk
from ..expressions.types import Scope
from ..inference.program import Rule, read_by
from ..methods import Indicators
from ..methods.judgement import out_of_bounds, touching
from ..methods.method import unit_clash
from ..rules.lateness import LAGS
from ..rules.rows import Delay
from ..rules.ruleset import RuleSet
from ..values.exact import written
from ..values.problems import At, Place, Refused, nearest
from ..values.units import RATIO
from .conditions import Conditions
from .desk import Desk
from .figures import limits_column, symbols, tables
from .measures import Measures
from .plan import Finding, Leaf, Path, Plan
from .table import Table


def plan(ruleset: RuleSet, place: Place, digest: str) -> Plan:
    """The plan of `ruleset`. `place(path, start, width, key=…)` gives sources. Raises `Refused`."""
    desk = Desk(ruleset, place)
    measures, conditions = Measures(desk), Conditions(desk)
    figures, rows = symbols(desk), tables(ruleset)
    flags = {name: Symbol(TRUTH, Role.FLAG, spec.for_ is not None) for name, spec in ruleset.flags.items()}
    findings = {name: Symbol(TRUTH, Role.FINDING, spec.for_ is not None) for name, spec in ruleset.findings.items()}
    results = {"total": Symbol(POINTS, Role.RESULT), "grade": Symbol(TEXT, Role.RESULT)}
    _once(desk)
    later = flags | findings | results | {"subtotal": Symbol(POINTS, Role.POINTS)}
    ordered = measures.ordered(figures, later, rows)
    names = figures | {name: Symbol(measures.types[name], Role.MEASURE) for name in ruleset.measures}
    table = Table(desk)
    before = Scope(names | flags, later, tables=rows)
    blocks, leaves = table.criteria(before)
    flag_rules = conditions.rules(ruleset.flags, before) + conditions.leaf_rules(before, leaves)
    paths = frozenset(blocks) | frozenset(leaf.path for leaf in leaves)
    subtotal = {"subtotal": Symbol(POINTS, Role.POINTS)}
    after = Scope(names | flags | findings | subtotal, results, paths, tables=rows)
    finding_rules = conditions.rules(ruleset.findings, after)
    cap_rules = conditions.rules(ruleset.caps, after)
    last = Scope({**after.names, **results}, {}, paths, tables=rows)
    remark_rules = conditions.rules(ruleset.remarks, last)
    says = conditions.says(after, last)
    _rows(desk, leaves)
    _grades(desk)
    _totals(desk)
    _years(desk)
    given = {rule.name: rule.per_row for rule in flag_rules}
    flag_program = conditions.program(flag_rules, {}, "flags", given)
    finding_program = conditions.program([*finding_rules, *cap_rules], given, "findings", read_by(remark_rules))
    given |= {rule.name: rule.per_row for rule in finding_rules}
    remark_program = conditions.program(remark_rules, given, "remarks", ())
    if desk.problems:
        raise Refused(desk.problems)
    return Plan(
        ruleset, digest, desk.figures, {one.name: one for one in ordered}, tuple(leaves), blocks, table.nodes(leaves),
        flag_program, finding_program, remark_program, says, ruleset.caps,
        _points_read([*finding_rules, *cap_rules, *remark_rules], says.values()),
    )  # fmt: skip


def _once(desk: Desk) -> None:
    """One name, one thing. (A finding is no criterion: the same words may stand in both places.)"""
    homes: dict[str, str] = {}
    for section in ("figures", "measures", "flags", "findings", "caps", "remarks"):
        for name in getattr(desk.ruleset, section):
            if name in homes:
                desk.problem("name-twice", (section, name), on_key=True, name=name, first=homes[name])
            elif name in _RESERVED and not (section == "figures" and limits_column(name, desk.ruleset.figures[name])):
                desk.problem("name-reserved", (section, name), on_key=True, name=name)
            homes.setdefault(name, section)


def _rows(desk: Desk, leaves: list[Leaf]) -> None:
    rules, policy = desk.ruleset.rows, desk.ruleset.policy
    if rules is None:
        for leaf in leaves:
            if isinstance(leaf.method, Indicators):
                desk.problem("rows-without-rules", leaf.at, on_key=True)
        return
    over = rules.over_fulfilment
    if over is not None and (over.effect == "deduct") != (over.deduct is not None):
        desk.problem("missing-key", ("rows", "over-fulfilment"), on_key=True, key="deduct")
    if touching(rules.tiers) and rules.edges is None and policy.edges is None:
        desk.problem("choice-left-open", ("rows", "tiers"), on_key=True, choice="edges")
    for trouble in unit_clash(rules.shares(), RATIO, percent=True):
        desk.problem(trouble.code, ("rows", *trouble.path[1:]), trouble.near, on_key=False, **dict(trouble.facts))
    if out_of_bounds(rules.tiers):
        desk.problem("judgement-out-of-bounds", ("rows", "tiers"), on_key=True)
    if rules.deadline is not None and isinstance(rules.deadline.late, Delay):
        _delay(desk, rules.deadline.late)


def _delay(desk: Desk, rule: Delay) -> None:
    """Steps of delay are of a unit that dates lie apart in, and say what part of a step counts."""
    at = ("rows", "deadline", "late")
    if rule.each.unit not in LAGS:
        desk.problem("unit-of-threshold", (*at, "each"), found=str(rule.each), unit="、".join(map(str, LAGS)))
    if rule.each.value <= 0:
        desk.problem("step-not-positive", (*at, "each"), found=str(rule.each))
    if rule.deduct <= 0:
        desk.problem("points-not-positive", (*at, "deduct"), found=written(rule.deduct))
    if rule.partial_step is None and desk.ruleset.policy.partial_step is None:
        desk.problem("choice-left-open", at, on_key=True, choice="partial-step")


def _grades(desk: Desk) -> None:
    bands = desk.ruleset.grades
    if not desk.ruleset.complete or desk.ruleset.letters is not None:
        return
    if not bands and desk.ruleset.criteria:
        desk.problem("missing-key", (), key="grades")
    for place, band in enumerate(bands):
        above = bands[place - 1].from_ if place else None
        last = place == len(bands) - 1
        if (above is not None and band.from_ >= above) or (last and band.from_ != 0):
            desk.problem("grades-out-of-order", ("grades", place, "from"), name=band.grade)
    for grade in desk.ruleset.actions:
        names = [band.grade for band in bands]
        if grade not in names:
            desk.problem("unknown-grade", ("actions", grade), nearest(grade, names), on_key=True, name=grade)


def _totals(desk: Desk) -> None:
    """Caps and floors are no finer than the total is printed; where something is taken off, how far down is named."""
    ruleset, policy = desk.ruleset, desk.ruleset.policy
    digits = policy.rounding.total
    limits: dict[At, Fraction | None] = {("caps", name, "total"): cap.total for name, cap in ruleset.caps.items()}
    limits["policy", "total-floor"] = policy.total_floor
    for path, limit in limits.items():
        if limit is not None and 10**digits % limit.denominator:
            desk.problem("cap-too-fine", path, found=written(limit), digits=str(digits))
    taking = [name for name, spec in ruleset.criteria.items() if spec.extra == "deduction"]
    if taking and policy.total_floor is None:
        desk.problem("choice-left-open", ("criteria", taking[0], "extra"), choice="total-floor")


def _years(desk: Desk) -> None:
    years = desk.ruleset.years
    if years is not None and years.to is not None and years.to < years.from_:
        desk.problem("years-reversed", ("years", "to"), first=str(years.from_), last=str(years.to))


_RESERVED = frozenset([*INDICATORS, "line", "total", "grade", "subtotal"])


def _points_read(rules: Iterable[Rule], said: Iterable[Finding]) -> frozenset[Path]:
    trees = [rule.when for rule in rules]
    trees += [part for one in said for part in (*one.says.parts, *one.evidence) if not isinstance(part, str)]
    selected = [part for tree in trees for part in walk(tree) if isinstance(part, Select)]
    return frozenset(part.path for part in selected if part.table in ("points", "full"))
