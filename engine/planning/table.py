"""Does each row of the table hold together: its clause, form, measure, choices and points?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from ..expressions.reader import Unreadable, read
from ..expressions.symbols import WIDEST, NumberType, Role, TruthType, Type
from ..expressions.tree import Arithmetic, Name, Not, Tree, canonical, quoted
from ..expressions.types import Misused, Scope, require
from ..methods import AnyMethod, External, Holds, Levels, Measured, Share
from ..methods.bounds import Bounds, Span, bounds
from ..methods.method import Trouble
from ..rules.policy import MovedTo
from ..rules.ruleset import Criterion
from ..values.amounts import NotAnAmount, read_amount
from ..values.exact import written
from ..values.problems import At, Problem, nearest
from ..values.units import DATE, RATIO, UnitWord, unit_word
from .compiling import compiled
from .desk import Desk
from .letters import Lettering
from .plan import Leaf, Node, Path, Treated
from .settling import settle, widest


class Table:
    """The criteria of a rule set."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lettering = Lettering(desk)

    def criteria(self, scope: Scope) -> tuple[dict[Path, Criterion], list[Leaf]]:
        """Blocks and leaves by their paths, in the order of the table."""
        blocks: dict[Path, Criterion] = {}
        leaves: list[Leaf] = []

        def visit(above: Path, at: At, criteria: Mapping[str, Criterion]) -> None:
            for name, spec in criteria.items():
                path, here = (*above, name), (*at, "criteria", name)
                self.lettering.criterion(here, spec)
                if spec.criteria and spec.scoring:
                    self.desk.problem("block-with-method", here, on_key=True, name=name)
                elif spec.criteria:
                    blocks[path] = spec
                    self._block(here, spec)
                    visit(path, here, spec.criteria)
                else:
                    leaves.extend(self._compiled(path, here, spec, scope))

        visit((), (), self.desk.ruleset.criteria)
        self._moves(blocks, leaves)
        top = sum((spec.points for spec in self.desk.ruleset.criteria.values() if not spec.extra), Fraction(0))
        if self._either_or(self.desk.ruleset.criteria.values()):
            return blocks, leaves
        if top > self.desk.ruleset.of or (self.desk.ruleset.complete and top != self.desk.ruleset.of):
            self.desk.problem("points-differ", ("of",), stated=written(self.desk.ruleset.of), sum=written(top))
        return blocks, leaves

    def _either_or(self, criteria: Iterable[Criterion]) -> bool:
        """Rows for one kind of unit beside rows for another: what adds up is known only with the submission. Letters
        never add up.
        """
        if self.lettering.letters is not None:
            return True
        left_out = self.desk.ruleset.policy.not_applicable
        return any(one.applies and (one.not_applicable or left_out) == "excluded" for one in criteria)

    def _block(self, at: At, spec: Criterion) -> None:
        """Criteria add up to their block, or to its own scale; of alternatives each is worth the whole."""
        for key in _OF_LEAVES:
            if getattr(spec, key) not in (None, "", False, {}):
                self.desk.problem("block-unread", (*at, key.replace("_", "-")), on_key=True, key=key.replace("_", "-"))
        if self._either_or(spec.criteria.values()):
            return
        whole = spec.of if spec.of is not None else spec.points
        points = [child.points for child in spec.criteria.values()]
        found = sum(points, Fraction(0)) if spec.take == "sum" else max(points)
        if found != whole or (spec.take == "best" and min(points) != whole):
            key = "points" if spec.of is None else "of"
            self.desk.problem("points-differ", (*at, key), stated=written(whole), sum=written(found))

    def _compiled(self, path: Path, at: At, spec: Criterion, scope: Scope) -> list[Leaf]:
        """A leaf by its clause, its form, or both in agreement."""
        made = compiled(spec, self.desk.ruleset.policy)
        if made.trouble is not None:
            wrong, facts = made.trouble, made.trouble.facts
            source = self.desk.place((*at, "clause"), wrong.start, max(1, wrong.end - wrong.start))
            if wrong.code == "choice-unknown" and facts["choice"] in spec.choose:
                source = self.desk.place((*at, "choose", facts["choice"]))
            self.desk.problems.append(Problem(wrong.code, source, facts))
            return []
        if made.method is None:
            self.desk.problem("leaf-without-method", at, on_key=True, name=path[-1])
            return []
        told = spec.model_copy(update={"scoring": made.method})
        return self._leaf(path, at, told, scope, made.checked, spec.scoring is None)

    def _leaf(self, path: Path, at: At, spec: Criterion, scope: Scope, checked: bool, by_clause: bool) -> list[Leaf]:
        assert spec.scoring is not None
        tree, kind = self._leaf_measure(path, at, spec, scope)
        number = kind if isinstance(kind, NumberType) else None
        policy = self.desk.ruleset.policy
        method, troubles = settle(spec, policy, tree, number)
        for trouble in dict.fromkeys(map(_of_clause, troubles) if by_clause else troubles):
            self._trouble(trouble, at)
        if number is not None and widest(method, number, spec.points, policy.rounding) > WIDEST:
            self.desk.problem("too-wide", at, on_key=True)
        if (spec.not_applicable or policy.not_applicable) is None:
            self.desk.problem("choice-left-open", at, on_key=True, choice="not-applicable")
        self._examples(at, spec)
        if spec.clause and spec.wording is None:
            self.desk.problem("missing-key", at, on_key=True, key="wording")
        holds: Tree | None = None
        if isinstance(method, Holds):
            holds = self.desk.checked(method.holds, (*at, "scoring", "holds"), scope, TruthType)
        trees = self.lettering.trees(path, at, spec, method, _measured(scope)) if isinstance(method, Levels) else ()
        treated, moved_to = self._treated(path, spec)
        return [
            Leaf(
                path=path,
                at=at,
                spec=spec,
                method=method,
                tree=tree,
                word=self._shown_in(tree, number.unit if number else None, method),
                zero_base=spec.zero_base or policy.zero_base or "open",
                treated=treated,
                moved_to=moved_to,
                applies="/".join(("applies", *path)) if spec.applies else "",
                source=str(self.desk.place(at, key=True)),
                checked=checked,
                holds=holds,
                trees=trees,
                bounds=None if troubles else self._bounds(method, tree, spec.points),
                condition=self._condition(spec),
            )
        ]

    def _condition(self, spec: Criterion) -> tuple[str, bool] | None:
        """The condition without the `not` before it, and whether it must hold or must not. (What is wrong with it is
        said where conditions are planned.)
        """
        try:
            tree = read(spec.applies) if spec.applies else None
        except Unreadable:
            tree = None
        holds = True
        while isinstance(tree, Not):
            tree, holds = tree.operand, not holds
        return None if tree is None else (canonical(tree), holds)

    def _treated(self, path: Path, spec: Criterion) -> tuple[Treated, Path]:
        """What becomes of a leaf that does not apply, and to which other one its weight moves."""
        named = spec.not_applicable or self.desk.ruleset.policy.not_applicable
        if isinstance(named, MovedTo):
            return "moved", (*path[:-1], named.moved_to)
        return "excluded" if self.desk.ruleset.criteria[path[0]].extra else named or "full", ()

    def _bounds(self, method: AnyMethod, tree: Tree | None, full: Fraction) -> Bounds | None:
        """The points of a measured method while its measure may lie anywhere that it may."""
        if not isinstance(method, Measured) or method.open():
            return None
        spec = self.desk.ruleset.figures.get(tree.name) if isinstance(tree, Name) else None
        if spec is None or spec.most is None:
            return bounds(method, full)
        return bounds(method, full, Span(-spec.most.value, spec.most.value))

    def nodes(self, leaves: Sequence[Leaf]) -> tuple[Node, ...]:
        """The structure of the sum."""
        numbers = {leaf.path: number for number, leaf in enumerate(leaves)}

        def node(path: Path, spec: Criterion) -> Node:
            if not spec.criteria:
                return Node(path, leaf=numbers.get(path), extra=spec.extra)
            below = tuple(node((*path, name), one) for name, one in spec.criteria.items())
            factor = spec.points / spec.of if spec.of else Fraction(1)
            return Node(path, factor, None, spec.take == "best", below, spec.extra)

        return tuple(node((name,), spec) for name, spec in self.desk.ruleset.criteria.items())

    def _declared(self, tree: Tree | None) -> UnitWord:
        """The unit word that the measure itself is declared with; none of a formula."""
        if not isinstance(tree, Name):
            return unit_word("")
        spec = self.desk.ruleset.measures.get(tree.name)
        return unit_word(spec.unit) if spec else self.desk.figures.get(tree.name, unit_word(""))

    def _moves(self, blocks: Mapping[Path, Criterion], leaves: Sequence[Leaf]) -> None:
        """A weight moves to a row beside it that always applies and counts into the same sum."""
        by_path = {leaf.path: leaf for leaf in leaves}
        extra = {(name,) for name, spec in self.desk.ruleset.criteria.items() if spec.extra is not None}
        for leaf in leaves:
            if not leaf.moved_to:
                continue
            here, name = (*leaf.at, "not-applicable", "moved-to"), leaf.moved_to[-1]
            to, block = by_path.get(leaf.moved_to), blocks.get(leaf.path[:-1])
            beside = [path[-1] for path in by_path if path[:-1] == leaf.path[:-1] and path != leaf.path]
            if to is None and leaf.moved_to not in blocks:
                self.desk.problem("unknown-criterion", here, nearest(name, beside), name=name)
            elif (
                to is None
                or to is leaf
                or to.applies
                or to.moved_to
                or (block is not None and block.take == "best")
                or extra & {leaf.path[:1], leaf.moved_to[:1]}
            ):
                self.desk.problem("moved-to-unfit", here, name=name)

    def _examples(self, at: At, spec: Criterion) -> None:
        """Keys are compared as parsed: `100%` and `100.0%` are one."""
        seen: dict[Fraction, str] = {}
        for text, points in spec.examples.items():
            if isinstance(points, str) and self.desk.ruleset.letters is None:
                self.desk.problem("not-a-number", (*at, "examples", text), found=points)
            try:
                value = read_amount(text).value
            except NotAnAmount:
                continue  # said where the examples are run
            if value in seen:
                first = self.desk.place((*at, "examples", seen[value]), key=True).line
                self.desk.problem("repeated-key", (*at, "examples", text), on_key=True, found=text, first=str(first))
            seen.setdefault(value, text)

    def _leaf_measure(self, path: Path, at: At, spec: Criterion, scope: Scope) -> tuple[Tree | None, Type | None]:
        """What a leaf scores: its `measure`, the measure of its own name, or another examination's quotient."""
        method = spec.scoring
        if not isinstance(method, Measured):
            return None, None
        scope = _measured(scope)
        if isinstance(method, External):
            score, of = (
                self.desk.number(quoted(name), (*at, "scoring", key), scope, whole=True)
                for key, name in (("score", method.score), ("of", method.of))
            )
            if score is None or of is None:
                return None, None
            tree: Tree | None = Arithmetic("/", score, of)
        elif isinstance(method, Share):
            tree = self.desk.number(method.quotient(self._treated(path, spec)[0]), at, scope, on_key=True, whole=True)
        elif spec.measure:
            tree = self.desk.number(spec.measure, (*at, "measure"), scope)
        else:
            tree = self.desk.number(quoted(path[-1]), at, scope, on_key=True, whole=True)
        if tree is None:
            return None, None
        found, wrong = require(tree, scope, NumberType)
        if isinstance(found, NumberType) and found.unit == DATE:
            wrong = [Misused("date-arithmetic", tree)]  # no threshold is a date
        for one in wrong:
            self.desk.problem(one.code, at, on_key=True, **one.facts)
        return (None, None) if wrong else (tree, found)

    def _shown_in(self, tree: Tree | None, unit: object, method: AnyMethod) -> UnitWord:
        """The word in which a measure is shown: its own; of a formula, that of the limits it is held against."""
        if isinstance(tree, Name):
            return self._declared(tree)
        words = [amount.word for _, amount in method.amounts() if amount.value != 0]
        return unit_word("%" if unit == RATIO and (any(words) or not words) else "")

    def _trouble(self, trouble: Trouble, at: At) -> None:
        key = not trouble.path
        self.desk.problem(trouble.code, (*at, *trouble.path), trouble.near, on_key=key, **dict(trouble.facts))


_OF_LEAVES = (
    "applies",
    "not_applicable",
    "measure",
    "clause",
    "choose",
    "zero_base",
    "outside_bands",
    "editable",
    "examples",
    "stated_points_of",
)
"""What only a leaf reads."""


def _of_clause(trouble: Trouble) -> Trouble:
    """What is wrong with a form that a clause gave stands in the clause; the file has no `scoring` to point at."""
    return replace(trouble, path=("clause",)) if trouble.path[:1] == ("scoring",) else trouble


def _measured(scope: Scope) -> Scope:
    """What is known before flags are."""
    return replace(scope, names={n: s for n, s in scope.names.items() if s.role is not Role.FLAG})
