"""In what order are measures worked, and in which units? Each reads only earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from ..expressions.symbols import WIDEST, NumberType, Role, Symbol, Tables, Type, rounded_type
from ..expressions.tree import Name, Tree, canonical, template, walk
from ..expressions.types import Scope, in_percent, require
from ..values.units import UnitWord, unit_word
from .desk import Desk
from .plan import Measure


class Measures:
    """The measures of a rule set; `types` are those of all that a formula may read."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.types: dict[str, Type] = {}

    def ordered(self, figures: Mapping[str, Symbol], later: Mapping[str, Symbol], rows: Tables) -> tuple[Measure, ...]:
        """Measures in an order in which each reads only earlier ones."""
        specs = self.desk.ruleset.measures
        trees = {name: self.desk.read(spec.formula, ("measures", name, "formula")) for name, spec in specs.items()}
        reads = {
            name: {part.name for part in walk(tree) if isinstance(part, Name) and part.name in specs} if tree else set()
            for name, tree in trees.items()
        }
        order: list[Measure] = []
        done: dict[str, Symbol] = dict(figures)
        cut = {name: Symbol(_known(unit_word(spec.unit)), Role.MEASURE) for name, spec in specs.items()}
        for name in self._in_order(reads):
            scope = Scope({**cut, **done}, later, tables=rows)
            done[name] = Symbol(self._measure(name, trees[name], scope, order), Role.MEASURE)
        self.types = {name: symbol.type for name, symbol in done.items()}
        return tuple(order)

    def _in_order(self, reads: dict[str, set[str]]) -> tuple[str, ...]:
        """The names, each after those it reads; a circle is a problem, and cut so that the rest can be checked."""
        while True:
            try:
                return tuple(TopologicalSorter(reads).static_order())
            except CycleError as error:
                circle = error.args[1][::-1]
                self.desk.problem("circle", ("measures", circle[0]), on_key=True, names=" → ".join(circle))
                reads[circle[0]] = set()

    def _measure(self, name: str, tree: Tree | None, scope: Scope, order: list[Measure]) -> Type:
        spec, path = self.desk.ruleset.measures[name], ("measures", name, "formula")
        word = unit_word(spec.unit)
        found: Type | None = None
        if tree is not None and self.desk.checked(spec.formula, path, scope, NumberType) is not None:
            found, _ = require(tree, scope, NumberType)
        if tree is None or not isinstance(found, NumberType):
            return _known(word)
        if found.unit is not None and found.unit != word.unit:
            self.desk.problem("unit-of-measure", path, found=str(found.unit) or "%", expected=spec.unit or "%")
        if found.bare and word.share:
            self.desk.problem("bare-for-percent", path, in_percent(tree), found=canonical(tree))
        order.append(Measure(name, tree, canonical(tree), template(tree), word, spec.round, spec.round_mode))
        if spec.round is None:
            return NumberType(word.unit, found.n, found.d, found.common, word.share)
        rounded = rounded_type(NumberType(word.unit, found.n, found.d, share=word.share), spec.round)
        if 2 * rounded.n + found.d > WIDEST:
            self.desk.problem("too-wide", path)
        return rounded


def _known(word: UnitWord) -> NumberType:
    """Its unit is known, and nothing else."""
    return NumberType(word.unit, 1, 1, share=word.share)
