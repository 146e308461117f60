"""How do leaves become blocks and a total? The structure of the sum is the plan's, its arithmetic the roll-up's.

Where nobody knows whether something applies, each way in which it may turn out is a table of its own: conditions read
points, and the total is summed, in every one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ..algebra.meaning import MEANING, OneRange, Range, known
from ..planning.plan import Node, Path, Plan
from . import letters
from .leaves import LeafPoints, Leaves, OnePart, OneShown
from .letters import Lettered
from .rollup import Points, points_of

MOST_OPEN = 5
"""Conditions that may be open at once for every way to be looked at; beyond, what reads points of them is unknown."""


@dataclass(frozen=True, slots=True)
class Total:
    """How the total came about: the sum of what is printed in the table, the same scaled to the weights of what does
    not apply, extras, and what was rounded, held by a floor and capped. `of` is what could be had.
    """

    summed: Points
    scaled: Points
    of: Points
    bonus: Points
    deduction: Points
    before: Points
    """With extras, rounded and held by the floor: before caps."""
    floored: bool
    points: Points
    acting: tuple[str, ...] = ()
    """The caps that hold the total down: surely, or possibly."""


class Table:
    """The table of one submission: its leaves, and what they come to."""

    def __init__(self, plan: Plan, made: Leaves, bare: Sequence[LeafPoints]) -> None:
        self.plan, self.rollup, self.made, self.bare = plan, made.rollup, made, bare
        self.leaves = made.moved(bare)
        self.rounding = plan.ruleset.policy.rounding

    def ways(self) -> list[Table]:
        """The table in each way in which conditions that nobody knows may turn out; none where all are known, or too
        many are open.
        """
        open_ = dict.fromkeys(
            one.leaf.condition[0]
            for one in self.bare
            if one.leaf.condition is not None and one.part.by.possible and one.part.by.possible_not
        )
        if not 0 < len(open_) <= MOST_OPEN:
            return []
        return [
            self._settled(dict(zip(open_, bits, strict=True))) for bits in product((True, False), repeat=len(open_))
        ]

    def _settled(self, told: Mapping[str, bool]) -> Table:
        leaves = []
        for one in self.bare:
            name, holds = one.leaf.condition or ("", True)
            if name in told:
                one = one._replace(part=one.part._replace(by=MEANING.bit(told[name] == holds)))
            leaves.append(one)
        return Table(self.plan, self.made, leaves)

    def shown(self, path: Path) -> OneShown:
        """What is printed of a leaf or block."""
        found = next((one.shown for one in self.leaves if one.leaf.path == path), None)
        return found if found is not None else self.blocks()[path]

    def parts(self, node: Node) -> list[OnePart]:
        """What stands below a node, at the scale of its own points; of alternatives, the best."""
        if node.leaf is not None:
            return [self.leaves[node.leaf].part]
        below = [self.parts(child) for child in node.below]
        parts = [self.rollup.best(below)] if node.best else [part for some in below for part in some]
        return [self.rollup.scaled(part, node.factor) for part in parts]

    def blocks(self) -> dict[Path, OneShown]:
        """What is printed of every block, from the top."""
        found: dict[Path, OneShown] = {}
        waiting = [node for node in self.plan.table if node.leaf is None]
        while waiting:
            node = waiting.pop(0)
            found[node.path] = self.rollup.together(self.parts(node))
            waiting = [child for child in node.below if child.leaf is None] + waiting
        return found

    def lettered(self) -> dict[Path, Lettered]:
        """The letters of criteria, and of their blocks from the innermost out."""
        scale = self.plan.ruleset.letters
        found = {one.leaf.path: one.letter for one in self.leaves if one.letter is not None}
        if scale is None:
            return {}
        for path in sorted(self.plan.blocks, key=len, reverse=True):
            block = self.plan.blocks[path]
            found[path] = letters.combined(scale, block.take, [found[(*path, name)] for name in block.criteria])
        return found

    # -- the total ---

    def subtotal(self) -> Total | None:
        """The total before caps; None where nothing applies. Extras stand outside the full points."""
        ways = [one for table in self.ways() or [self] if (one := table._total()) is not None]
        if not ways:
            return None

        def hull(of: Callable[[Total], Points]) -> Points:
            return Points(min(of(one).low for one in ways), max(of(one).high for one in ways))

        return Total(
            summed=points_of(self.rollup.together(self._table()).points),
            scaled=hull(lambda one: one.scaled),
            of=hull(lambda one: one.of),
            bonus=hull(lambda one: one.bonus),
            deduction=hull(lambda one: one.deduction),
            before=hull(lambda one: one.before),
            floored=any(one.floored for one in ways),
            points=hull(lambda one: one.points),
        )

    def _table(self) -> list[OnePart]:
        return [part for node in self.plan.table if node.extra is None for part in self.parts(node)]

    def _total(self) -> Total | None:
        parts = self._table()
        summed, shown = self.rollup.together(parts), self.rollup.total(parts)
        of = points_of(shown.of)
        if (not shown.possibly and not self._spared(parts)) or of.high == 0:
            return None
        bonus, deduction = (self._extras(kind) for kind in ("bonus", "deduction"))
        before = self.rollup.rounded(self.rollup.with_extras(shown.points, bonus, deduction), self.rounding.total)
        floor = self.plan.ruleset.policy.total_floor
        held = before
        if floor is not None:
            held = Range(MEANING.greatest(before.low, known(floor)), MEANING.greatest(before.high, known(floor)))
        told = points_of(held)
        return Total(
            points_of(summed.points), points_of(shown.points), of, points_of(bonus), points_of(deduction),
            told, points_of(before) != told, told,
        )  # fmt: skip

    def _spared(self, parts: Sequence[OnePart]) -> bool:
        """Is there anything that counts though it does not apply?"""
        return any(part.treated in ("full", "zero") for part in parts)

    def _extras(self, kind: str) -> OneRange:
        found = self.rollup.none
        for node in self.plan.table:
            for part in self.parts(node) if node.extra == kind else ():
                one = self.rollup.extra(part)
                found = Range(MEANING.add(found.low, one.low), MEANING.add(found.high, one.high))
        return found

    def block_grades(self) -> dict[Path, tuple[str, ...]]:
        """The grades that each part at the top of the table meets by its share of what it could have had, in every way
        in which what applies may turn out; extras are not graded.
        """
        ruleset = self.plan.ruleset
        found: dict[Path, tuple[str, ...]] = {}
        if ruleset.dimension_grades:
            ways = self.ways() or [self]
            for node in self.plan.table:
                met = {name for table in ways if not node.extra for name in table.graded(node)}
                found[node.path] = tuple(band.grade for band in ruleset.grades if band.grade in met)
        return found

    def graded(self, node: Node) -> list[str]:
        """The grades of a part; none where nothing of it counts."""
        bands, parts = self.plan.ruleset.grades, self.parts(node)
        if not points_of(self.rollup.together(parts).of).high:
            return []
        met = self.rollup.grades(self.rollup.share(parts, known(self.plan.ruleset.of)), bands, (), ())
        return [band.grade for band, bit in zip(bands, met, strict=True) if bit]
