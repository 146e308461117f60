"""Does a rule set hold together? RuleSet → Plan, or every problem at once.

All names are resolved, all units met, every open choice is settled by name, clauses are compiled, and conditions become
programs of inference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from .choices import Trouble, settle, widest
from .compiling import compiled
from .exact import written
from .expressions.reader import Unreadable, number, read
from .expressions.tree import Arithmetic, Is, Name, Select, Tree, canonical, quoted, template, walk
from .expressions.types import (
    INDICATORS,
    TEXT,
    TRUTH,
    WIDEST,
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
from .forms import External, Form, Holds, Indicators, Share
from .inference.program import Cyclic, Program, Rule, program
from .plan import At, Finding, Leaf, Measure, Path, Place, Plan, Says
from .problems import Problem, Refused, nearest
from .ruleset import CapSpec, Criterion, FindingSpec, RemarkSpec, RuleSet
from .units import RATIO, UnitWord, unit_word


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

    # -- the order of work ---

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
            self.ruleset, digest, self.figures, {one.name: one for one in measures}, tuple(leaves), blocks,
            flag_program, finding_program, remark_program, says, self.ruleset.caps,
            _points_read([*finding_rules, *cap_rules, *remark_rules], says.values()),
        )  # fmt: skip

    # -- expressions ---

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
            source = self.place(path, offset + one.span.start, max(1, one.span.end - one.span.start))
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

    # -- measures ---

    def _measures(self, figures: Mapping[str, Symbol], later: Mapping[str, Symbol]) -> tuple[Measure, ...]:
        """Measures in an order in which each reads only earlier ones."""
        specs = self.ruleset.measures
        trees = {name: self._read(spec.formula, ("measures", name, "formula")) for name, spec in specs.items()}
        reads = {
            name: {part.name for part in walk(tree) if isinstance(part, Name) and part.name in specs} if tree else set()
            for name, tree in trees.items()
        }
        order: list[Measure] = []
        done: dict[str, Symbol] = dict(figures)
        cut = {name: Symbol(NumberType(unit_word(spec.unit).unit, 1, 1), Role.MEASURE) for name, spec in specs.items()}
        for name in self._in_order(reads):
            done[name] = Symbol(self._measure(name, trees[name], Scope({**cut, **done}, later), order), Role.MEASURE)
        self._types = {name: symbol.type for name, symbol in done.items()}
        return tuple(order)

    def _in_order(self, reads: dict[str, set[str]]) -> tuple[str, ...]:
        """The names, each after those it reads; a circle is a problem, and cut so that the rest can be checked."""
        while True:
            try:
                return tuple(TopologicalSorter(reads).static_order())
            except CycleError as error:
                circle = error.args[1][::-1]
                self._problem("circle", ("measures", circle[0]), on_key=True, names=" → ".join(circle))
                reads[circle[0]] = set()

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
        order.append(Measure(name, tree, canonical(tree), template(tree), word, spec.round, spec.round_mode))
        if spec.round is None:
            return NumberType(word.unit, found.n, found.d, found.common)
        if 2 * found.n * 10**spec.round + found.d > WIDEST:
            self._problem("too-wide", path)
        return NumberType(word.unit, found.n * 10**spec.round, 10**spec.round, 10**spec.round)

    def _type(self, name: str) -> Type:
        return self._types[name]

    # -- criteria ---

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
                    self._block(here, spec)
                    visit(path, here, spec.criteria)
                else:
                    leaves.extend(self._compiled(path, here, spec, scope))

        visit((), (), self.ruleset.criteria)
        top = sum((spec.points for spec in self.ruleset.criteria.values() if not spec.extra), Fraction(0))
        if self._either_or(self.ruleset.criteria.values()):
            return blocks, leaves
        if top > self.ruleset.of or (self.ruleset.complete and top != self.ruleset.of):
            self._problem("points-differ", ("of",), stated=written(self.ruleset.of), sum=written(top))
        return blocks, leaves

    def _either_or(self, criteria: Iterable[Criterion]) -> bool:
        """Rows for one kind of unit beside rows for another: what adds up is known only with the submission."""
        left_out = self.ruleset.policy.not_applicable
        return any(one.applies and (one.not_applicable or left_out) == "excluded" for one in criteria)

    def _block(self, at: At, spec: Criterion) -> None:
        """Criteria add up to their block, or to its own scale; of alternatives each is worth the whole."""
        if self._either_or(spec.criteria.values()):
            return
        whole = spec.of if spec.of is not None else spec.points
        points = [child.points for child in spec.criteria.values()]
        found = sum(points, Fraction(0)) if spec.take == "sum" else max(points)
        if found != whole or (spec.take == "best" and min(points) != whole):
            key = "points" if spec.of is None else "of"
            self._problem("points-differ", (*at, key), stated=written(whole), sum=written(found))

    def _compiled(self, path: Path, at: At, spec: Criterion, scope: Scope) -> list[Leaf]:
        """A leaf by its clause, its form, or both in agreement."""
        made = compiled(spec, self.ruleset.policy)
        if made.trouble is not None:
            code, start, end, facts = made.trouble
            source = self.place((*at, "clause"), start, max(1, end - start))
            self.problems.append(Problem(code, source, dict(facts)))
            return []
        if made.form is None:
            self._problem("leaf-without-form", at, on_key=True, name=path[-1])
            return []
        return self._leaf(path, at, spec.model_copy(update={"scoring": made.form}), scope, made.checked)

    def _leaf(self, path: Path, at: At, spec: Criterion, scope: Scope, checked: bool) -> list[Leaf]:
        assert spec.scoring is not None
        tree, kind = self._leaf_measure(path, at, spec, scope)
        unit = kind.unit if isinstance(kind, NumberType) else None
        form, troubles = settle(spec, self.ruleset.policy, tree, unit)
        for trouble in troubles:
            self._trouble(trouble, at)
        policy = self.ruleset.policy
        if isinstance(kind, NumberType) and widest(form, kind, spec.points, policy.rounding) > WIDEST:
            self._problem("too-wide", at, on_key=True)
        zero_base, inapplicable = spec.zero_base or policy.zero_base, spec.not_applicable or policy.not_applicable
        if inapplicable is None:
            self._problem("choice-left-open", at, on_key=True, choice="not-applicable")
        self._examples(at, spec)
        if spec.clause and spec.wording is None:
            self._problem("missing-key", at, on_key=True, key="wording")
        holds = self._condition(form, at, scope)
        word = self._shown_in(tree, unit)
        applies = "/".join(("applies", *path)) if spec.applies else ""
        source = str(self.place(at, key=True))
        leaf = Leaf(
            path,
            at,
            spec,
            form,
            tree,
            word,
            zero_base or "open",
            inapplicable or "full",
            applies,
            source,
            checked,
            holds,
        )
        return [leaf]

    def _condition(self, form: Form, at: At, scope: Scope) -> Tree | None:
        """The condition of an all-or-nothing form, over figures and measures."""
        if not isinstance(form, Holds):
            return None
        measured = Scope({n: s for n, s in scope.names.items() if s.role is not Role.FLAG}, scope.later)
        return self._checked(form.holds, (*at, "scoring", "holds"), measured, TruthType)

    def _examples(self, at: At, spec: Criterion) -> None:
        """Keys are compared as parsed: `100%` and `100.0%` are one."""
        seen: dict[Fraction, str] = {}
        for text in spec.examples:
            try:
                literal = number(text)
            except Unreadable:
                continue  # said where the examples are run
            value = literal.value * unit_word(literal.word).scale
            if value in seen:
                first = self.place((*at, "examples", seen[value]), key=True).line
                self._problem("repeated-key", (*at, "examples", text), on_key=True, found=text, first=str(first))
            seen.setdefault(value, text)

    def _leaf_measure(self, path: Path, at: At, spec: Criterion, scope: Scope) -> tuple[Tree | None, Type | None]:
        """What a leaf scores: its `measure`, the measure of its own name, or another examination's quotient."""
        form = spec.scoring
        if form is None or form.form in ("checklist", "judgement", "outcomes", "deductions", "indicators", "holds"):
            return None, None
        scope = Scope({n: s for n, s in scope.names.items() if s.role is not Role.FLAG}, scope.later)
        if isinstance(form, External):
            score, of = (
                self._number(quoted(name), (*at, "scoring", key), scope, whole=True)
                for key, name in (("score", form.score), ("of", form.of))
            )
            if score is None or of is None:
                return None, None
            tree: Tree | None = Arithmetic("/", score, of)
        elif isinstance(form, Share):
            tree = self._number(_shared(form), at, scope, on_key=True, whole=True)
        elif spec.measure:
            tree = self._number(spec.measure, (*at, "measure"), scope)
        else:
            tree = self._number(quoted(path[-1]), at, scope, on_key=True, whole=True)
        if tree is None:
            return None, None
        found, wrong = require(tree, scope, NumberType)
        for one in wrong:
            self._problem(one.code, at, on_key=True, **one.facts)
        return (None, None) if wrong else (tree, found)

    def _number(self, text: str, at: At, scope: Scope, *, on_key: bool = False, whole: bool = False) -> Tree | None:
        """A tree of type number; with `whole`, problems are of the whole value (or key) at `at`."""
        tree = self._read(text, at)
        wrong = require(tree, scope, NumberType)[1] if tree is not None else []
        for one in wrong:
            start, width = (0, None) if whole else (one.span.start, one.span.end - one.span.start)
            self.problems.append(Problem(one.code, self.place(at, start, width, key=on_key), one.facts, one.near))
        return None if wrong else tree

    def _shown_in(self, tree: Tree | None, unit: object) -> UnitWord:
        if isinstance(tree, Name):
            spec = self.ruleset.measures.get(tree.name)
            return unit_word(spec.unit) if spec else self.figures.get(tree.name, unit_word(""))
        return unit_word("%" if unit == RATIO else "")

    def _trouble(self, trouble: Trouble, at: At) -> None:
        key = not trouble.path
        self._problem(trouble.code, (*at, *trouble.path), trouble.near, on_key=key, **dict(trouble.facts))

    # -- rules of inference ---

    def _rule(self, name: str, at: At, text: str, scope: Scope, per_row: bool) -> list[Rule]:
        tree = self._checked(text, at, scope.within_row() if per_row else scope, TruthType)
        return [] if tree is None else [Rule(name, tree, per_row)]

    def _flag_rules(self, scope: Scope, leaves: list[Leaf]) -> list[Rule]:
        rules: list[Rule] = []
        for name, spec in self.ruleset.flags.items():
            rules += self._rule(name, ("flags", name, "when"), spec.when, scope, spec.for_ is not None)
        for leaf in leaves:
            if leaf.applies:
                rules += self._rule(leaf.applies, (*leaf.at, "applies"), leaf.spec.applies, scope, False)
        return rules

    def _finding_rules(self, scope: Scope) -> list[Rule]:
        rules: list[Rule] = []
        for name, spec in self.ruleset.findings.items():
            rules += self._rule(name, ("findings", name, "when"), spec.when, scope, spec.for_ is not None)
            self._cited("findings", name, spec)
        return rules

    def _cited(self, section: str, name: str, spec: FindingSpec | CapSpec) -> None:
        """No invented citations, and none left out."""
        if spec.ground == "regulation" and spec.authority is None:
            self._problem("ground-without-authority", (section, name, "ground"), name=name)

    def _cap_rules(self, scope: Scope) -> list[Rule]:
        rules: list[Rule] = []
        grades = [band.grade for band in self.ruleset.grades]
        for name, spec in self.ruleset.caps.items():
            rules += self._rule(name, ("caps", name, "when"), spec.when, scope, False)
            self._cited("caps", name, spec)
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

    # -- what is said ---

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

    # -- the rest ---

    def _rows(self, leaves: list[Leaf]) -> None:
        for leaf in leaves:
            if isinstance(leaf.form, Indicators) and self.ruleset.rows is None:
                self._problem("rows-without-rules", leaf.at, on_key=True)
        over = self.ruleset.rows.over_fulfilment if self.ruleset.rows else None
        if over is not None and (over.effect == "deduct") != (over.deduct is not None):
            self._problem("missing-key", ("rows", "over-fulfilment"), on_key=True, key="deduct")

    def _grades(self) -> None:
        bands = self.ruleset.grades
        if not self.ruleset.complete:
            return
        if not bands:
            self._problem("missing-key", (), key="grades")
        for place, band in enumerate(bands):
            above = bands[place - 1].from_ if place else None
            last = place == len(bands) - 1
            if (above is not None and band.from_ >= above) or (last and band.from_ != 0):
                self._problem("grades-out-of-order", ("grades", place, "from"), name=band.grade)
        for grade in self.ruleset.actions:
            names = [band.grade for band in bands]
            if grade not in names:
                self._problem("unknown-grade", ("actions", grade), nearest(grade, names), on_key=True, name=grade)


_POINTS = NumberType(RATIO, 10**27, 10**6)


def _shared(form: Share) -> str:
    """The quotient that a share scores: rows within the passing range, over all rows."""
    passing = ["met" if form.from_ is None else f"attainment >= {form.from_}"]
    if form.to is not None:
        passing.append(f"attainment {'<' if form.to_closed is False else '<='} {form.to}")
    of_kind = [f'kind = "{form.kind}"'] if form.kind else []
    every = f" where {of_kind[0]}" if of_kind else ""
    return f"count(indicators where {' and '.join([*of_kind, *passing])}) / count(indicators{every})"


def _points_read(rules: Iterable[Rule], said: Iterable[Finding]) -> frozenset[Path]:
    trees = [rule.when for rule in rules]
    trees += [part for one in said for part in (*one.says.parts, *one.evidence) if not isinstance(part, str)]
    selected = [part for tree in trees for part in walk(tree) if isinstance(part, Select)]
    return frozenset(part.path for part in selected if part.table in ("points", "full"))


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
