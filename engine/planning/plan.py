"""What is worked, and in what order? A rule set made ready: names resolved, units met, conditions compiled.

Conditions stand in three programs of inference: flags (before points), findings and caps (after them), remarks (after
the grade). `planning` makes a plan from a rule set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from ..algebra.meaning import MEANING
from ..expressions.interpreter import Interpreter
from ..expressions.tree import Name, Tree, template
from ..inference.program import Program
from ..methods import AnyMethod
from ..methods.bounds import Bounds
from ..methods.choices import ZeroBase
from ..rules.findings import CapSpec, FindingSpec, RemarkSpec
from ..rules.ruleset import Criterion, RuleSet
from ..values.problems import At
from ..values.units import UnitWord, unit_word

_OF_A_ROW = {"attainment": "%", "delay": "天"}
"""The unit words of fields of a row."""
Path = tuple[str, ...]
Treated = Literal["full", "zero", "excluded", "renormalise", "moved"]
"""What becomes of that which does not apply: it counts full, or 0, is left out, has the rest scaled up, or its weight
goes to another row.
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """A derived number in the order of computing; `text` is its formula in canonical form, `parts` its template."""

    name: str
    tree: Tree
    text: str
    parts: tuple[str | Tree, ...]
    word: UnitWord
    digits: int | None
    mode: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scored row of the table. `tree` is its measure (None where the method scores an answer), `trees` are those that
    reach a letter together.
    """

    path: Path
    at: At
    spec: Criterion
    method: AnyMethod
    tree: Tree | None
    word: UnitWord
    zero_base: ZeroBase
    treated: Treated
    """What becomes of it where it does not apply; `moved`: its weight goes to `moved_to`."""
    moved_to: Path
    applies: str
    source: str
    checked: bool
    """Was the clause itself compiled?"""
    holds: Tree | None
    """The condition of an all-or-nothing method."""
    trees: tuple[Tree, ...] = ()
    bounds: Bounds | None = None
    """Between which points a measured method lies while nothing is known."""
    condition: tuple[str, bool] | None = None
    """The condition under which it applies, without a `not` before it, and whether that must hold or must not."""

    @property
    def holds_rule(self) -> str:
        """The name of the rule that decides its condition, among those that raise flags."""
        return "/".join(("holds", *self.path))


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the structure of the sum: a leaf by its number, or a block of others, brought to its own points by
    `factor`. Blocks take the sum of what stands below them, or the best of it.
    """

    path: Path
    factor: Fraction = Fraction(1)
    leaf: int | None = None
    best: bool = False
    below: tuple[Node, ...] = ()
    extra: Literal["bonus", "deduction"] | None = None

    def leaves(self) -> Iterator[int]:
        """The numbers of all leaves below it."""
        if self.leaf is not None:
            yield self.leaf
        for node in self.below:
            yield from node.leaves()


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
    measures: Mapping[str, Measure]
    leaves: tuple[Leaf, ...]
    blocks: Mapping[Path, Criterion]
    table: tuple[Node, ...]
    """The structure of the sum, from the top."""
    flags: Program
    findings: Program
    remarks: Program
    says: Mapping[str, Finding]
    caps: Mapping[str, CapSpec]
    points_read: frozenset[Path]
    """Criteria whose points a condition or sentence reads."""
    interpreter: Interpreter[int, bool, str] = field(
        default_factory=lambda: Interpreter(MEANING), compare=False, repr=False
    )
    """Values of its formulas and conditions, each made ready once."""

    def measure(self, tree: Tree) -> Measure | None:
        """The measure that `tree` names; None of anything else."""
        return self.measures.get(tree.name) if isinstance(tree, Name) else None

    @property
    def conditions(self) -> Mapping[str, Tree]:
        """Of each flag, and of each criterion that applies or holds by a condition, that condition."""
        return {rule.name: rule.when for rule in self.flags.rules if not rule.per_row}

    def parts(self, tree: Tree) -> tuple[str | Tree, ...]:
        """The formula behind a tree, in parts: of a measure its own, else the tree's."""
        measure = self.measure(tree)
        return measure.parts if measure else template(tree)

    def word_of(self, tree: Tree) -> UnitWord:
        """The unit word in which a value of `tree` is shown."""
        measure = self.measure(tree)
        if measure is not None:
            return measure.word
        if isinstance(tree, Name):
            return self.figures.get(tree.name) or unit_word(_OF_A_ROW.get(tree.name, ""))
        return unit_word("")
