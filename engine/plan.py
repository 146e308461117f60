"""Does a rule set hold together, and in what order is it worked? RuleSet → Plan, or every problem at once.

A plan has all names resolved, all units met, every open choice settled by name, and the conditions compiled into the
three programs of inference: flags (before points), findings and caps (after them), remarks (after the grade).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from .choices import Trouble, settle
from .expressions.reader import Unreadable, read
from .expressions.tree import Is, Name, Tree, quoted, walk
from .expressions.types import (
    INDICATORS,
    TEXT,
    TRUTH,
    Misused,
    NumberType,
    Role,
    Scope,
    Symbol,
    TextType,
    TruthType,
    Type,
    figure_type,
    require,
)
from .forms import Form, Indicators
from .inference.program import Cyclic, Program, Rule, program
from .problems import Problem, Refused, Source, nearest
from .ruleset import CapSpec, Criterion, FindingSpec, RemarkSpec, RuleSet
from .units import RATIO, UnitWord, unit_word

Path = tuple[str, ...]
At = tuple[str | int, ...]
Place = Callable[..., Source]


@dataclass(frozen=True, slots=True)
class Measure:
    """A derived number in the order of computing."""

    name: str
    tree: Tree
    word: UnitWord
    digits: int | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scored row of the table. `tree` is its measure (None where the form scores an answer)."""

    path: Path
    spec: Criterion
    form: Form
    tree: Tree | None
    word: UnitWord
    zero_base: str
    not_applicable: str
    applies: str
    source: str


@dataclass(frozen=True, slots=True)
class Says:
    """A sentence with values in it."""

    parts: tuple[str | Tree, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding or remark ready to be said."""

    name: str
    spec: FindingSpec | RemarkSpec
    says: Says
    evidence: tuple[Tree, ...]
    per_row: bool
    source: str


@dataclass(frozen=True)
class Plan:
    """A rule set ready to be applied. `digest` is of its canonical content."""

    ruleset: RuleSet
    digest: str
    figures: Mapping[str, UnitWord]
    measures: tuple[Measure, ...]
    leaves: tuple[Leaf, ...]
    blocks: Mapping[Path, Criterion]
    flags: Program
    findings: Program
    remarks: Program
    says: Mapping[str, Finding]
    caps: Mapping[str, CapSpec]
    sources: Mapping[str, str] = field(default_factory=dict)

    def word_of(self, tree: Tree) -> UnitWord:
        """The unit word in which a value of `tree` is shown."""
        if isinstance(tree, Name):
            for measure in self.measures:
                if measure.name == tree.name:
                    return measure.word
            return self.figures.get(tree.name) or unit_word("%" if tree.name == "attainment" else "")
        return unit_word("")


def plan(ruleset: RuleSet, place: Place, digest: str) -> Plan:
    """The plan of `ruleset`. `place(path, start, width, key=…)` gives sources. Raises `Refused`."""
    return _Planner(ruleset, place).plan(digest)


class _Planner:
    def __init__(self, ruleset: RuleSet, place: Place) -> None:
        self.ruleset, self.place = ruleset, place
        self.problems: list[Problem] = []
        self.figures = {name: unit_word(spec.unit) for name, spec in ruleset.figures.items()}
        self.names: dict[str, Symbol] = {}
        self.trees: dict[At, Tree] = {}

    # -- the order of work ---------------------------------------------------------------------------------------

    def plan(self, digest: str) -> Plan:
        figures = {name: _figure_symbol(word) for name, word in self.figures.items()}
        flags = {name: Symbol(TRUTH, Role.FLAG, spec.for_ is not None) for name, spec in self.ruleset.flags.items()}
        findings = {
            name: Symbol(TRUTH, Role.FINDING, spec.for_ is not None) for name, spec in self.ruleset.findings.items()
        }
        results = {"total": Symbol(_POINTS, Role.RESULT), "grade": Symbol(TEXT, Role.RESULT)}
        self._once()
        later = flags | findings | results | {"subtotal": Symbol(_POINTS, Role.POINTS)}
        measures = self._measures(figures, later)
        self.names = figures | {name: Symbol(self._type(name), Role.MEASURE) for name in self.ruleset.measures}
        blocks, leaves = self._criteria(Scope(self.names | flags, later))
        flag_rules = self._flag_rules(Scope(self.names | flags, later), leaves)
        paths = frozenset(blocks) | frozenset(leaf.path for leaf in leaves)
        subtotal = {"subtotal": Symbol(_POINTS, Role.POINTS)}
        after = Scope(self.names | flags | findings | subtotal, results, paths)
        finding_rules = self._finding_rules(after)
        cap_rules = self._cap_rules(after)
        last = Scope({**after.names, **results}, {}, paths)
        remark_rules = self._remark_rules(last)
        says = self._says(after, last)
        self._rows(leaves)
        self._grades()
        given = {rule.name: rule.per_row for rule in flag_rules}
        flag_program = self._program(flag_rules, {}, "flags")
        finding_program = self._program([*finding_rules, *cap_rules], given, "findings")
        given |= {rule.name: rule.per_row for rule in finding_rules}
        remark_program = self._program(remark_rules, given, "remarks")
        if self.problems:
            raise Refused(self.problems)
        return Plan(
            self.ruleset, digest, self.figures, measures, tuple(leaves), blocks,
            flag_program, finding_program, remark_program, says, self.ruleset.caps,
        )  # fmt: skip

    # -- expressions ---------------------------------------------------------------------------------------------

    def _problem(self, code: str, path: At, near: str = "", *, on_key: bool = False, **facts: str) -> None:
        self.problems.append(Problem(code, self.place(path, key=on_key), facts, near))

    def _read(self, text: str, path: At, offset: int = 0) -> Tree | None:
        try:
            return read(text)
        except Unreadable as error:
            source = self.place(path, offset + error.start, max(1, error.end - error.start))
            self.problems.append(Problem(error.code, source, error.facts))
            return None

    def _checked(self, text: str, path: At, scope: Scope, wanted: type[Type], offset: int = 0) -> Tree | None:
        tree = self._read(text, path, offset)
        if tree is None:
            return None
        _, wrong = require(tree, scope, wanted)
        wrong += [Misused("inferred-state", part) for part in walk(tree) if _asks_inferred(part, scope)]
        for one in wrong:
            span = one.tree.span
            source = self.place(path, offset + span.start, max(1, span.end - span.start))
            self.problems.append(Problem(one.code, source, one.facts, one.near))
        return None if wrong else tree

    def _once(self) -> None:
        """One name, one thing. (A finding is no criterion: the same words may stand in both places.)"""
        homes: dict[str, str] = {}
        sections: dict[str, Iterable[str]] = {
            "figures": self.ruleset.figures,
            "measures": self.ruleset.measures,
            "flags": self.ruleset.flags,
            "findings": self.ruleset.findings,
            "caps": self.ruleset.caps,
            "remarks": self.ruleset.remarks,
        }
        for section, names in sections.items():
            for name in names:
                if name in homes:
                    self._problem("name-twice", (section, name), on_key=True, name=name, first=homes[name])
                elif name in INDICATORS or name in ("total", "grade", "subtotal"):
                    self._problem("name-reserved", (section, name), on_key=True, name=name)
                homes.setdefault(name, section)

    # -- measures ------------------------------------------------------------------------------------------------

    def _measures(self, figures: Mapping[str, Symbol], later: Mapping[str, Symbol]) -> tuple[Measure, ...]:
        """Measures in an order in which each reads only earlier ones."""
        specs = self.ruleset.measures
        trees = {name: self._read(spec.formula, ("measures", name, "formula")) for name, spec in specs.items()}
        order: list[Measure] = []
        done: dict[str, Symbol] = dict(figures)
        trail: list[str] = []

        def visit(name: str) -> None:
            if name in done:
                return
            if name in trail:
                circle = " → ".join([*trail[trail.index(name) :], name])
                self._problem("circle", ("measures", name), on_key=True, names=circle)
                done[name] = Symbol(NumberType(unit_word(specs[name].unit).unit, 1, 1), Role.MEASURE)
                return
            trail.append(name)
            tree = trees[name]
            for part in walk(tree) if tree is not None else ():
                if isinstance(part, Name) and part.name in specs:
                    visit(part.name)
            trail.pop()
            if name not in done:
                done[name] = Symbol(self._measure(name, tree, Scope(done, later), order), Role.MEASURE)

        for name in specs:
            visit(name)
        self._types = {name: symbol.type for name, symbol in done.items()}
        return tuple(order)

    def _measure(self, name: str, tree: Tree | None, scope: Scope, order: list[Measure]) -> Type:
        spec, path = self.ruleset.measures[name], ("measures", name, "formula")
        word = unit_word(spec.unit)
        found: Type | None = None
        if tree is not None and self._checked(spec.formula, path, scope, NumberType) is not None:
            found, _ = require(tree, scope, NumberType)
        if tree is None or not isinstance(found, NumberType):
            return NumberType(word.unit, 1, 1)
        if found.unit is not None and found.unit != word.unit:
            self._problem("unit-of-measure", path, found=str(found.unit) or "%", expected=spec.unit or "%")
        order.append(Measure(name, tree, word, spec.round))
        if spec.round is None:
            return NumberType(word.unit, found.n, found.d, found.common)
        return NumberType(word.unit, found.n * 10**spec.round, 10**spec.round, 10**spec.round)

    def _type(self, name: str) -> Type:
        return self._types[name]

    # -- criteria ------------------------------------------------------------------------------------------------

    def _criteria(self, scope: Scope) -> tuple[dict[Path, Criterion], list[Leaf]]:
        blocks: dict[Path, Criterion] = {}
        leaves: list[Leaf] = []

        def visit(above: Path, at: At, criteria: Mapping[str, Criterion]) -> None:
            for name, spec in criteria.items():
                path, here = (*above, name), (*at, "criteria", name)
                if spec.criteria and spec.scoring:
                    self._problem("block-with-form", here, on_key=True, name=name)
                elif spec.criteria:
                    blocks[path] = spec
                    below = sum(child.points for child in spec.criteria.values())
                    if below != spec.points:
                        self._problem("points-differ", (*here, "points"), stated=f"{spec.points}", sum=f"{below}")
                    visit(path, here, spec.criteria)
                elif spec.scoring is None:
                    self._problem("leaf-without-form", here, on_key=True, name=name)
                else:
                    leaves.extend(self._leaf(path, here, spec, scope))

        visit((), (), self.ruleset.criteria)
        top = sum(spec.points for spec in self.ruleset.criteria.values())
        if top > self.ruleset.of or (self.ruleset.complete and top != self.ruleset.of):
            self._problem("points-differ", ("of",), stated=f"{self.ruleset.of}", sum=f"{top}")
        return blocks, leaves

    def _leaf(self, path: Path, at: At, spec: Criterion, scope: Scope) -> list[Leaf]:
        assert spec.scoring is not None
        tree, kind = self._leaf_measure(path, at, spec, scope)
        unit = kind.unit if isinstance(kind, NumberType) else None
        form, troubles = settle(spec, self.ruleset.policy, tree, unit)
        for trouble in troubles:
            self._trouble(trouble, at)
        policy = self.ruleset.policy
        zero_base, inapplicable = spec.zero_base or policy.zero_base, spec.not_applicable or policy.not_applicable
        if inapplicable is None:
            self._problem("choice-left-open", at, on_key=True, choice="not-applicable")
        if spec.clause and spec.wording is None:
            self._problem("missing-key", at, on_key=True, key="wording")
        word = self._shown_in(tree, unit)
        applies = "/".join(("applies", *path)) if spec.applies else ""
        source = str(self.place(at, key=True))
        leaf = Leaf(path, spec, form, tree, word, zero_base or "open", inapplicable or "full", applies, source)
        return [leaf]

    def _leaf_measure(self, path: Path, at: At, spec: Criterion, scope: Scope) -> tuple[Tree | None, Type | None]:
        form = spec.scoring
        if form is None or form.form in ("checklist", "judgement", "outcomes", "deductions", "indicators"):
            return None, None
        if form.form == "external":
            text, where = f"{quoted(form.score)} / {quoted(form.of)}", (*at, "scoring", "score")
        else:
            text, where = spec.measure or quoted(path[-1]), (*at, "measure") if spec.measure else at
        before = len(self.problems)
        scope = Scope({n: s for n, s in scope.names.items() if s.role is not Role.FLAG}, scope.later)
        tree = self._read(text, where)
        if tree is None:
            return None, None
        found, wrong = require(tree, scope, NumberType)
        for one in wrong:
            source = self.place(where, key=not spec.measure and form.form != "external")
            self.problems.append(Problem(one.code, source, one.facts, one.near))
        return (tree, found) if len(self.problems) == before else (None, None)

    def _shown_in(self, tree: Tree | None, unit: object) -> UnitWord:
        if isinstance(tree, Name):
            spec = self.ruleset.measures.get(tree.name)
            return unit_word(spec.unit) if spec else self.figures.get(tree.name, unit_word(""))
        return unit_word("%" if unit == RATIO else "")

    def _trouble(self, trouble: Trouble, at: At) -> None:
        key = not trouble.path
        self._problem(trouble.code, (*at, *trouble.path), trouble.near, on_key=key, **dict(trouble.facts))

    # -- rules of inference ----------------------------------------------------------------------------------------

    def _rule(self, name: str, at: At, text: str, scope: Scope, per_row: bool) -> list[Rule]:
        tree = self._checked(text, at, scope.within_row() if per_row else scope, TruthType)
        return [] if tree is None else [Rule(name, tree, per_row)]

    def _flag_rules(self, scope: Scope, leaves: list[Leaf]) -> list[Rule]:
        rules: list[Rule] = []
        for name, spec in self.ruleset.flags.items():
            rules += self._rule(name, ("flags", name, "when"), spec.when, scope, spec.for_ is not None)
        for leaf in leaves:
            if leaf.applies:
                at: At = tuple(step for name in leaf.path for step in ("criteria", name))
                rules += self._rule(leaf.applies, (*at, "applies"), leaf.spec.applies, scope, False)
        return rules

    def _finding_rules(self, scope: Scope) -> list[Rule]:
        rules: list[Rule] = []
        for name, spec in self.ruleset.findings.items():
            rules += self._rule(name, ("findings", name, "when"), spec.when, scope, spec.for_ is not None)
            if spec.ground == "regulation" and spec.authority is None:
                self._problem("ground-without-authority", ("findings", name, "ground"), name=name)
        return rules

    def _cap_rules(self, scope: Scope) -> list[Rule]:
        rules: list[Rule] = []
        grades = [band.grade for band in self.ruleset.grades]
        for name, spec in self.ruleset.caps.items():
            rules += self._rule(name, ("caps", name, "when"), spec.when, scope, False)
            if (spec.total is None) == (not spec.grade):
                self._problem("cap-of-one", ("caps", name), on_key=True, name=name)
            elif spec.grade and spec.grade not in grades:
                near = nearest(spec.grade, grades)
                self._problem("unknown-grade", ("caps", name, "grade"), near, name=spec.grade)
        return rules

    def _remark_rules(self, scope: Scope) -> list[Rule]:
        rules: list[Rule] = []
        for name, spec in self.ruleset.remarks.items():
            rules += self._rule(name, ("remarks", name, "when"), spec.when, scope, False)
        return rules

    def _program(self, rules: list[Rule], given: Mapping[str, bool], section: str) -> Program:
        try:
            return program(rules, given, frozenset(INDICATORS))
        except Cyclic as error:
            home = next(
                (s for s in ("flags", "findings", "caps") if error.names[0] in getattr(self.ruleset, s)), section
            )
            self._problem("circle", (home, error.names[0]), on_key=True, names=" → ".join(error.names))
            return Program((), (), ())

    # -- what is said ----------------------------------------------------------------------------------------------

    def _says(self, after: Scope, last: Scope) -> dict[str, Finding]:
        said: dict[str, Finding] = {}
        specs: list[tuple[str, str, FindingSpec | RemarkSpec, Scope]] = [
            *(("findings", name, spec, after) for name, spec in self.ruleset.findings.items()),
            *(("remarks", name, remark, last) for name, remark in self.ruleset.remarks.items()),
        ]
        for section, name, spec, scope in specs:
            per_row = isinstance(spec, FindingSpec) and spec.for_ is not None
            scope = scope.within_row() if per_row else scope
            says = self._sentence(spec.says, (section, name, "says"), scope)
            stated = spec.evidence if isinstance(spec, FindingSpec) else ()
            evidence = [
                tree
                for number, text in enumerate(stated)
                if (tree := self._checked(text, (section, name, "evidence", number), scope, NumberType)) is not None
            ]
            evidence = evidence or [part for part in says.parts if not isinstance(part, str)]
            source = str(self.place((section, name), key=True))
            said[name] = Finding(name, spec, says, tuple(evidence), per_row, source)
        return said

    def _sentence(self, text: str, at: At, scope: Scope) -> Says:
        parts: list[str | Tree] = []
        end = 0
        for match in re.finditer(r"\{([^{}]*)\}", text):
            parts.append(text[end : match.start()])
            tree = self._read(match[1], at, match.start(1))
            if tree is not None:
                kind: type[Type] = TextType if _is_text(tree, scope) else NumberType
                tree = self._checked(match[1], at, scope, kind, match.start(1))
            if tree is not None:
                parts.append(tree)
            end = match.end()
        return Says((*parts, text[end:]))

    # -- the rest ----------------------------------------------------------------------------------------------------

    def _rows(self, leaves: list[Leaf]) -> None:
        if any(isinstance(leaf.form, Indicators) for leaf in leaves) and self.ruleset.rows is None:
            self._problem("rows-without-rules", (), on_key=False)

    def _grades(self) -> None:
        bands = self.ruleset.grades
        if not self.ruleset.complete:
            return
        if not bands:
            self._problem("missing-key", (), key="grades")
        for number, band in enumerate(bands):
            above = bands[number - 1].from_ if number else None
            last = number == len(bands) - 1
            if (above is not None and band.from_ >= above) or (last and band.from_ != 0):
                self._problem("grades-out-of-order", ("grades", number, "from"), name=band.grade)
        for grade in self.ruleset.actions:
            names = [band.grade for band in bands]
            if grade not in names:
                self._problem("unknown-grade", ("actions", grade), nearest(grade, names), on_key=True, name=grade)


_POINTS = NumberType(RATIO, 10**27, 10**6)


def _figure_symbol(word: UnitWord) -> Symbol:
    return Symbol(TRUTH if word.word == "yes-no" else figure_type(word.unit), Role.FIGURE)


def _asks_inferred(tree: Tree, scope: Scope) -> bool:
    """`flag is unknown`: what is inferred has no state to ask for; its opposite is `not flag`."""
    if not isinstance(tree, Is):
        return False
    names = [part.name for part in walk(tree.operand) if isinstance(part, Name)]
    return any(name in scope.names and scope.names[name].role in (Role.FLAG, Role.FINDING) for name in names)


def _is_text(tree: Tree, scope: Scope) -> bool:
    return isinstance(tree, Name) and tree.name in scope.names and scope.names[tree.name].type is TEXT
