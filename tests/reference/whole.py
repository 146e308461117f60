"""What is a whole submission worth? A rule file and a filing as plain data in, every result out, in one naive pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import product

from engine.expressions.tree import Not, canonical

from .earned import MEASURED, amount, extremes, points, standing
from .facts import Filed, Path
from .lines import Line, attainment, directions, earns, met, scored_as
from .ranges import ZERO, Ends, Rounding, at, exact, hull
from .sharing import parts as shared_parts
from .ways import Way, Ways, best, gone, open_whole, scaled, shares, shown, together, weights, whole
from .worth import ANY, EITHER, NEITHER, NO, YES, May, No, Truth, Value, may, now, plain, tree_of, truth


@dataclass
class Told:
    """What came out of one criterion, row or block: its points (None: it left the table) and its full ones."""

    ends: Ends | None
    of: Ends
    grades: tuple[str, ...] = ()
    computed: Ends | None = None
    kept: bool = True
    digits: int | None = None
    """The decimals with which it was printed, where it was."""
    parts: bool = False
    """It is a block of others."""


@dataclass
class Answer:
    """Everything that is compared."""

    total: Ends | None = None
    of: Ends = at(ZERO)
    grades: tuple[str, ...] = ()
    told: dict[Path, Told] = field(default_factory=dict)
    findings: set[tuple[str, str, str]] = field(default_factory=set)
    asked: set[tuple[str, str]] = field(default_factory=set)
    """Findings of which nothing that was filed speaks yet: they are asked for."""
    caps: set[tuple[str, bool]] = field(default_factory=set)
    loose: bool = False
    """The table is scaled, and to what is open, too: the engine multiplies the ends of both, so its bounds may be wider
    than those of every way by itself, which are told here.
    """
    answered: set[Path] = field(default_factory=set)
    """Criteria that an evaluator answered though they don't apply: the filing is refused."""


def evaluated(rules: dict, filing: dict) -> Answer:
    return Table(rules, filing).answer()


@dataclass(frozen=True)
class Leaf:
    """A scored criterion: what it earns where it applies, and whether it does."""

    full: Fraction
    raw: Ends
    applies: Truth
    leaves: bool
    treatment: object
    condition: str = ""
    computed: Ends | None = None

    @property
    def surely(self) -> bool:
        return self.applies.yes and not self.leaves


MOST_OPEN = 5
"""Conditions open at once whose ways are gone through."""


def condition(text: str) -> tuple[str, bool]:
    """A condition without the `not` before it, and whether it must hold or must not."""
    positive, inner = True, tree_of(text)
    while isinstance(inner, Not):
        positive, inner = not positive, inner.operand
    return canonical(inner), positive


class Table(Filed):
    """The scored table; `told` are conditions taken to hold or not."""

    def __init__(self, rules: dict, filing: dict, told: Mapping[str, bool] | None = None) -> None:
        super().__init__(rules, filing)
        self.told = told or {}

    @cached_property
    def rounding(self) -> Rounding:
        return Rounding.read(self.rules["policy"]["rounding"])

    def answer(self) -> Answer:
        from .concluding import conclude

        ends = self.total()
        ways = [Table(self.rules, self.filing, told) for told in self.turns()]
        if ways:
            found = [(total, one.out.of) for one in ways if (total := one.total()) is not None]
            ends = hull([total for total, _ in found]) if found else None
            self.out.of = hull([of for _, of in found]) if found else self.out.of
            self.out.loose = any(one.out.loose for one in ways)
            for path, told in self.out.told.items():
                self.over_ways(told, [one.out.told[path] for one in ways])
        conclude(self, ends, ways)
        return self.out

    def over_ways(self, told: Told, ways: list[Told]) -> None:
        """A block as it is in every way, and its grades; of what left the table nothing is earned."""
        met = {grade for one in ways for grade in one.grades}
        told.grades = tuple(band["grade"] for band in self.rules["grades"] if band["grade"] in met)
        if told.parts and told.ends is not None:
            told.ends = hull(one.ends or at(ZERO) for one in ways)
            told.of = hull(one.of for one in ways)

    def turns(self) -> list[dict[str, bool]]:
        """How conditions that nobody can tell yet may turn out, and rows whose weight moves if what they measure does
        not apply; too many are left open together.
        """
        open_ = set()
        for path, spec in self.leaves_of((), self.rules.get("criteria", {})):
            open_.add(self.open(spec))
            if isinstance(spec.get("not-applicable"), dict) and self.leaf(path, spec).leaves:
                open_.add("/".join(path))
        open_.discard("")
        if len(open_) > MOST_OPEN or not open_:
            return []
        return [dict(zip(sorted(open_), bits, strict=True)) for bits in product((True, False), repeat=len(open_))]

    def leaves_of(self, above: Path, specs: dict) -> Iterator[tuple[Path, dict]]:
        for name, spec in specs.items():
            if "criteria" in spec:
                yield from self.leaves_of((*above, name), spec["criteria"])
            elif spec["scoring"]["method"] != "indicators":
                yield (*above, name), spec

    def open(self, spec: dict) -> str:
        """The condition of a criterion while it is open; empty where it has none or it is known."""
        if not spec.get("applies"):
            return ""
        held = self.applies(spec)
        return "" if held.yes or (held.no and not held.maybe) else condition(spec["applies"])[0]

    def applies(self, spec: dict) -> Truth:
        """Does a criterion apply? What holds neither way may turn out either way."""
        if not spec.get("applies"):
            return YES
        name, positive = condition(spec["applies"])
        if name in self.told:
            return plain(self.told[name] == positive)
        held = truth(tree_of(spec["applies"]), self.world)
        return EITHER if held == NEITHER else held

    def total(self) -> Ends | None:
        """The total before caps; what each criterion comes to is told on the way."""
        self.out = Answer()
        self.worked: set[Path] = set()
        """Criteria that something was measured, filed or answered of."""
        self.row_points: dict[int, tuple[Ends | None, Ends]] = {}
        top = self.rules.get("criteria", {})
        held = {name: self.ways((name,), spec, top) for name, spec in top.items()}
        extras = {name: spec for name, spec in top.items() if spec.get("extra")}
        ways = together(self.grouped((), top, {name: one for name, one in held.items() if name not in extras}))
        self.out.of, self.out.loose = whole(ways), open_whole(ways)
        ends = scaled(ways)
        if ends is None:
            return None
        for name, spec in extras.items():
            beside = shown(held[name]) or at(ZERO)
            gives = spec["extra"] == "bonus"
            ends = ends + beside if gives else Ends(ends.low - beside.high, ends.high - beside.low)
        ends = self.rounding.whole(ends)
        floor = self.rules["policy"].get("total-floor")
        return ends if floor is None else ends.within(exact(floor), None)

    # -- leaves ------------------------------------------------------------------------------------------------

    def policy(self, spec: dict, key: str) -> object:
        return spec.get(key, self.rules["policy"].get(key))

    def answered(self, path: Path) -> dict | None:
        for one in self.filing.get("judgements", ()):
            if one.get("criterion") in (path[-1], "/".join(path)):
                return one
        return None

    def leaf(self, path: Path, spec: dict) -> Leaf:
        full, given = exact(spec["points"]), self.answered(path)
        applies = self.applies(spec)
        own, leaves = self.own(path, spec, full, given)
        if leaves and "/".join(path) in self.told:
            own, leaves = (own if self.told["/".join(path)] else None), False
        computed, gave = None, own
        if given and "points" in given and spec["scoring"]["method"] in (*MEASURED, "holds", "share"):
            computed = None if own is None or own.low < own.high or leaves else own
            own, leaves = at(exact(given["points"])), False
        elif own is None:
            applies, own = NO, at(ZERO)
        if given and (gave is None or not (applies.maybe or applies == NEITHER)):
            self.out.answered.add(path)
        if given or self.measured(path, spec):
            self.worked.add(path)
        treatment = (
            "excluded" if spec.get("extra") else self.policy(spec, "not-applicable")
        )  # it gives and takes nothing
        return Leaf(full, own, applies, leaves, treatment, spec.get("applies", ""), computed)

    def measured(self, path: Path, spec: dict) -> bool:
        """Is what the criterion measures known?"""
        method = spec["scoring"]
        if method["method"] == "external":
            return isinstance(now(tree_of(f"`{method['score']}` / `{method['of']}`"), self.world), Fraction)
        if method["method"] == "share":
            counted, truths = self.passing(spec)
            return bool(counted) and all(one.yes or not one.maybe for one in truths)
        if method["method"] not in MEASURED:
            return False
        measure = spec.get("measure", path[-1])
        return isinstance(now(tree_of(measure), self.world), Fraction)

    def own(self, path: Path, spec: dict, full: Fraction, given: dict | None) -> tuple[Ends | None, bool]:
        """What the method gives, and whether its measure may not apply (None: it surely does not)."""
        method = spec["scoring"]
        match method["method"]:
            case "checklist" | "outcomes" | "deductions" | "judgement":
                return standing(method, full, given), False
            case "holds":
                holds = truth(tree_of(method["holds"]), self.world)
                good, bad = at(full), at(exact(method.get("otherwise", 0)))
                return (good if holds.yes else bad if holds.no else hull([good, bad])), False
            case "share":
                return self.share(spec, full)
        kinds = self.kinds(path, spec)
        method = self.chosen(method)
        found = []
        for kind in kinds:
            if isinstance(kind, Fraction):
                found.append(points(method, kind, full))
            elif kind is ANY:
                found.append(self.anywhere(path, spec, method, full))
            elif kind is No.UNDEFINED:
                found.append(self.over_nothing(spec, full, extremes(method, full)))
        leaves = No.NOT_APPLICABLE in kinds
        return (hull(found) if found else None), leaves

    def chosen(self, method: dict) -> dict:
        """The method with the choices of the policy."""
        policy = self.rules["policy"]
        keys = ("partial-step", "edges", "over", "reverse")
        return {key: policy[key] for key in keys if key in policy} | method

    def anywhere(self, path: Path, spec: dict, method: dict, full: Fraction) -> Ends:
        """The points of a measure that nobody knows; a filed figure lies within its limit."""
        most = self.rules["figures"].get(spec.get("measure", path[-1]), {}).get("most")
        return extremes(method, full) if most is None else extremes(method, full, amount(most))

    def over_nothing(self, spec: dict, full: Fraction, anything: Ends) -> Ends:
        return {"open": anything, "full": at(full), "zero": at(ZERO)}[str(self.policy(spec, "zero-base"))]

    def kinds(self, path: Path, spec: dict) -> May:
        method = spec["scoring"]
        if method["method"] == "external":
            return may(tree_of(f"`{method['score']}` / `{method['of']}`"), self.world)
        measure = spec.get("measure", path[-1])
        known = {**self.rules["figures"], **self.rules.get("measures", {})}
        return self.may(measure) if measure in known else may(tree_of(measure), self.world)

    def share(self, spec: dict, full: Fraction) -> tuple[Ends | None, bool]:
        """The rows that pass ÷ all rows of the kind; one that nobody can tell leaves all open."""
        counted, passing = self.passing(spec)
        if not counted:
            return self.over_nothing(spec, full, Ends(ZERO, full)), False
        if any(one.maybe and not one.yes for one in passing):
            return Ends(ZERO, full), False
        return at(full * sum(one.yes for one in passing) / len(counted)), False

    def passing(self, spec: dict) -> tuple[list[Line], list[Truth]]:
        """The rows that are counted, and whether each passes."""
        method, rows = spec["scoring"], self.rules["rows"]
        treatment = "excluded" if spec.get("extra") else self.policy(spec, "not-applicable")
        takes_out = treatment not in ("full", "zero")
        lines = [one for one in self.lines if method.get("kind", "") in ("", one.kind)]
        counted = [one for one in lines if not (one.gone and takes_out)]
        given = plain(treatment == "full")
        return counted, [given if one.gone else self.passes(method, rows, one) for one in counted]

    def passes(self, method: dict, rows: dict, line: Line) -> Truth:
        """Met, and no more exceeded than it may be; asked of rows where more is better, which some only may be."""
        good = self.tiered(line) or met(rows, line)
        ways = {scored_as(rows, line, way) for way in directions(rows, line)}
        forward = YES if ways == {"forward"} else EITHER if "forward" in ways else NO
        rate = attainment(rows, line)
        if "from" in method and amount(method["from"]) != 1:
            good = good | (forward & self.beyond(rate, lambda rate: rate >= amount(method["from"])))
        if "to" in method:
            good = good & (~forward | self.beyond(rate, lambda rate: self.up_to(method)(rate, amount(method["to"]))))
        return good

    @staticmethod
    def beyond(rate: Value, holds: Callable[[Fraction], bool]) -> Truth:
        if isinstance(rate, Fraction):
            return plain(holds(rate))
        return EITHER if rate is ANY else NEITHER

    @staticmethod
    def up_to(method: dict):  # type: ignore[no-untyped-def]
        return (lambda r, e: r <= e) if method.get("to-closed") else (lambda r, e: r < e)

    # -- what does not apply -------------------------------------------------------------------------------------

    def left(self, treatment: object, full: Fraction) -> Way:
        """What a part is where it does not apply."""
        match treatment:
            case "full":
                return Way(at(full), full)
            case "zero":
                return Way(at(ZERO), full, option=False)
            case "renormalise":
                return gone(full)
        return gone()

    def leaf_ways(self, leaf: Leaf) -> Ways:
        found = []
        if leaf.applies.maybe:
            found.append(Way(self.rounding.leaf(leaf.raw), leaf.full))
        if leaf.leaves or not leaf.applies.yes:
            found.append(self.left(leaf.treatment, leaf.full))
        return tuple(found)

    # -- the table -----------------------------------------------------------------------------------------------

    def ways(self, path: Path, spec: dict, beside: dict) -> Ways:
        """In which ways a criterion or block may turn out; each is told on the way."""
        if "criteria" in spec:
            return self.block(path, spec)
        if spec["scoring"]["method"] == "indicators":
            return self.rows_block(path, spec)
        leaf = self.leaf(path, spec)
        ways = self.leaf_ways(leaf)
        self.out.told[path] = Told(shown(ways), weights(ways), self.part(ways, path), leaf.computed)
        return ways

    def part(self, ways: Ways, path: Path) -> tuple[str, ...]:
        """The grades of a block of the table by its share of what it could have had."""
        from .concluding import meeting

        extra = self.rules["criteria"][path[0]].get("extra")
        if len(path) > 1 or extra or not self.rules.get("dimension-grades") or not (share := shares(ways)):
            return ()
        return meeting(self.rules["grades"], share.times(exact(self.rules["of"])))

    def block(self, path: Path, spec: dict) -> Ways:
        full, inner = exact(spec["points"]), spec["criteria"]
        held = {name: self.ways((*path, name), one, inner) for name, one in inner.items()}
        if spec.get("take") == "best":
            ways = best([*held.values()], full)
        else:
            ways = together(self.grouped(path, inner, held))
            if "of" in spec:
                ways = tuple(one.times(full / exact(spec["of"])) for one in ways)
        self.out.told[path] = Told(shown(ways), weights(ways), self.part(ways, path), parts=True)
        return ways

    def grouped(self, path: Path, specs: dict, held: dict[str, Ways]) -> list[Ways]:
        """The parts of a sum: either-or rows as one part, and a row with those whose weight moves to it."""
        rest, groups = dict(held), []
        for name in held:
            treatment = specs[name].get("not-applicable")
            if isinstance(treatment, dict) and name in rest and treatment["moved-to"] in rest:
                to = treatment["moved-to"]
                movers = [one for one in rest if specs[one].get("not-applicable") == {"moved-to": to}]
                groups.append(self.moved(path, specs, to, movers))
                for one in (to, *movers):
                    del rest[one]
        by_condition: dict[str, dict[bool, list[str]]] = {}
        for name in rest:
            condition = self.undecided(path, specs, name)
            if condition:
                by_condition.setdefault(condition[0], {True: [], False: []})[condition[1]].append(name)
        for sides in by_condition.values():
            groups.append(tuple(one for side in sides.values() for one in self.side(path, specs, side)))
            for name in sides[True] + sides[False]:
                del rest[name]
        return [*rest.values(), *groups]

    def undecided(self, path: Path, specs: dict, name: str) -> tuple[str, bool] | None:
        """The open condition of a row that would be taken out, and whether it applies by it or by its opposite."""
        spec = specs[name]
        if "criteria" in spec or not spec.get("applies") or self.policy(spec, "not-applicable") != "excluded":
            return None
        return condition(spec["applies"]) if self.open(spec) else None

    def side(self, path: Path, specs: dict, names: list[str]) -> Ways:
        """What the rows of one side make together where their condition holds."""
        parts = []
        for name in names:
            leaf = self.leaf((*path, name), specs[name])
            ways = [Way(self.rounding.leaf(leaf.raw), leaf.full)] if leaf.applies.maybe else []
            parts.append(tuple([*ways, self.left(leaf.treatment, leaf.full)] if leaf.leaves or not ways else ways))
        return together(parts)

    def moved(self, path: Path, specs: dict, to: str, movers: list[str]) -> Ways:
        """A row, and those whose weight goes to it where they do not apply: every way in which some of them may."""
        target = self.leaf((*path, to), specs[to])
        leaves = {name: self.leaf((*path, name), specs[name]) for name in movers}
        if not target.applies.maybe:  # where that row does not apply either, they are treated as it is
            alone = {to: self.leaf_ways(target)}
            alone |= {name: self.leaf_ways(replace(one, treatment=target.treatment)) for name, one in leaves.items()}
            self.tell(path, alone)
            return together(alone.values())
        found: set[Way] = set()
        own: dict[str, set[Way]] = {name: set() for name in (to, *movers)}
        turns = [(True,) if one.applies.no else (False,) if one.surely else (False, True) for one in leaves.values()]
        for chosen in product(*turns):
            weight, stay = target.full, []
            for (name, one), moves in zip(leaves.items(), chosen, strict=True):
                weight += one.full if moves else ZERO
                ways = (gone(),) if moves else (Way(self.rounding.leaf(one.raw), one.full),)
                own[name] |= {*ways}
                if moves and not target.surely:  # where that row does not apply either, it is treated as it is
                    own[name].add(self.left(target.treatment, one.full))
                stay.append(ways)
            heavy = self.of_target(target, weight)
            own[to] |= {*heavy}
            found |= {*together([heavy, *stay])}
        self.tell(path, {name: tuple(some) for name, some in own.items()})
        return tuple(found)

    def tell(self, path: Path, held: dict[str, Ways]) -> None:
        """Each of some rows by itself, after weights have moved."""
        for name, ways in held.items():
            told = self.out.told[(*path, name)]
            told.ends, told.of, told.grades = shown(ways), weights(ways), self.part(ways, (*path, name))

    def of_target(self, target: Leaf, weight: Fraction) -> Ways:
        """So much weight at the share of the row it moved to; treated as that row is where it does not apply."""
        applies = Way(self.rounding.leaf(target.raw.times(weight / target.full)), weight)
        left = self.left(target.treatment, weight)
        return (*([applies] if target.applies.maybe else []), *([] if target.surely else [left]))

    # -- rows ----------------------------------------------------------------------------------------------------

    def rows_block(self, path: Path, spec: dict) -> Ways:
        """The rows of a level, in every way in which those not known yet may turn out to apply."""
        method, full = spec["scoring"], exact(spec["points"])
        level = method.get("level", "").removesuffix("指标")
        lines = [(n, one) for n, one in enumerate(self.lines) if level in ("", one.level)]
        if lines:
            self.worked.add(path)
        treatment = self.policy(spec, "not-applicable")
        takes_out = treatment in ("excluded", "renormalise")
        turns = [
            (False,) if one.gone else (True, False) if one.blank and takes_out and not self.given(one) else (True,)
            for _, one in lines
        ]
        seen: dict[int, list[tuple[Ends | None, Fraction]]] = {n: [] for n, _ in lines}
        ways = []
        for chosen in product(*turns):
            ways.append(self.rows_way(spec, full, lines, chosen, seen))
        for n, line in lines:  # as it is while what is not known yet stays in the table
            ends, weight = seen[n][0]
            leaves = any(one is None for one, _ in seen[n])
            ends = hull([ends, at(ZERO)]) if ends is not None and leaves else ends
            self.row_points[n] = (ends, at(weight))
            self.out.told[(*path, line.name)] = Told(ends, at(weight))
        result = tuple(set(ways))
        self.out.told[path] = Told(shown(result), weights(result), self.part(result, path))
        return result

    def tiered(self, line: Line) -> Truth | None:
        """Whether the tier that an evaluator named for a row is one that reaches its full points."""
        named = (self.given(line) or {}).get("tier")
        tops = {one["tier"]: one["to"] == "100%" for one in self.rules["rows"]["tiers"]}
        return None if named is None or line.gone else plain(tops[named])

    def given(self, line: Line) -> dict | None:
        for one in self.filing.get("judgements", ()):
            if one.get("row") == line.name:
                return one
        return None

    def rows_way(
        self,
        spec: dict,
        full: Fraction,
        lines: list[tuple[int, Line]],
        chosen: tuple[bool, ...],
        seen: dict[int, list[tuple[Ends | None, Fraction]]],
    ) -> Way:
        treatment = self.policy(spec, "not-applicable")
        takes_out = treatment not in ("full", "zero")
        if not lines:
            return Way(Ends(ZERO, full), full)
        stay = [applies or not takes_out for applies in chosen]
        if not any(stay):
            stated = [one.stated for _, one in lines]
            spare = sum((one for one in stated if one is not None), ZERO)
            whole_ = spare if None not in stated and spec["scoring"]["stated-points"] == "prevail" else full
            for n, _ in lines:
                seen[n].append((None, ZERO))
            return gone(whole_ if treatment == "renormalise" else ZERO)
        weights_ = shared_parts(spec["scoring"], full, [one.stated for _, one in lines], stay)
        total, of, spare = at(ZERO), ZERO, ZERO
        for (n, line), weight, stays in zip(lines, weights_, stay, strict=True):
            if not stays:
                seen[n].append((None, ZERO))
                spare += weight
                continue
            ends = self.rounding.leaf(self.row_ends(spec, line, weight))
            seen[n].append((ends, weight))
            total, of = total + ends, of + weight
        return Way(total.within(ZERO, of), of, spare if treatment == "renormalise" else ZERO)

    def row_ends(self, spec: dict, line: Line, weight: Fraction) -> Ends:
        if line.gone:
            return at(weight if self.policy(spec, "not-applicable") == "full" else ZERO)
        own = earns(self.rules["rows"], line, weight, self.given(line), self.rounding)
        if line.blank and not self.given(line):
            own = hull([own, at(weight)] if self.policy(spec, "not-applicable") == "full" else [own, at(ZERO)])
        return own
