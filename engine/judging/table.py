"""How do leaves become blocks and a total? The structure of the sum is the plan's, its arithmetic the roll-up's.

Where nobody knows whether something applies, each way in which it may turn out is a table of its own: conditions read
points, and the total is summed, in every one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product

from ..algebra.meaning import MEANING, OneRange, Range, known
from ..planning.plan import Node, Path, Plan
from . import letters
from .leaves import LeafPoints, Leaves, OneShown, OneWays
from .letters import Lettered
from .rollup import Points, Shown, points_of

MOST_OPEN = 5
"""What may be settled at once for every way to be looked at: beyond, each row that hangs on more is taken by itself."""


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

    @cached_property
    def ways(self) -> list[Table]:
        """The table in each way in which may turn out what more than one row hangs on: conditions that nobody knows,
        whether a weight moves, and whether it meets anything. Just this table where all is known; of very much, the
        most shared is settled.
        """
        open_: Counter[str | Path] = Counter()
        targets = {one.leaf.moved_to for one in self.bare}
        for one in self.bare:
            by, name = one.part.by, one.leaf.condition[0] if one.leaf.condition else ""
            if name and by.possible and by.possible_not:
                open_[name] += 1
            if one.part.unsure and (one.leaf.moved_to or one.leaf.path in targets):
                open_[one.leaf.path] += 1
        settled = [name for name, _ in open_.most_common(MOST_OPEN)]
        if not settled:
            return [self]
        return [
            self._settled(dict(zip(settled, bits, strict=True))) for bits in product((True, False), repeat=len(settled))
        ]

    def _settled(self, told: Mapping[str | Path, bool]) -> Table:
        leaves = []
        for one in self.bare:
            name, holds = one.leaf.condition or ("", True)
            part = one.part
            if name in told:
                part = part._replace(by=MEANING.bit(told[name] == holds))
            if one.leaf.path in told:
                part = part._replace(lost=not told[one.leaf.path], unsure=False)
            leaves.append(one._replace(part=part))
        table = Table(self.plan, self.made, leaves)
        table.ways = [table]
        return table

    def shown(self, path: Path) -> OneShown:
        """What is printed of a leaf or block."""
        found = next((one.shown for one in self.leaves if one.leaf.path == path), None)
        return found if found is not None else self.blocks[path]

    @cached_property
    def blocks(self) -> dict[Path, OneShown]:
        """What is printed of every block, from the top: from the least to the most of all ways."""
        found: dict[Path, OneShown] = {}
        waiting = [node for node in self.plan.table if node.leaf is None]
        while waiting:
            node = waiting.pop(0)
            found[node.path] = self._over_ways([table.rollup.together(table.parts(node)) for table in self.ways])
            waiting = [child for child in node.below if child.leaf is None] + waiting
        return found

    def _over_ways(self, found: Sequence[OneShown]) -> OneShown:
        points, of = (
            reduce(self.rollup.hull, some) for some in zip(*((one.points, one.of) for one in found), strict=True)
        )
        return Shown(points, of, any(one.possibly for one in found))

    def parts(self, node: Node) -> list[OneWays]:
        """What stands below a node, at the scale of its own points; of alternatives, the best."""
        if node.leaf is not None:
            return [self.leaves[node.leaf].ways]
        below = [self.parts(child) for child in node.below]
        parts = [self.rollup.best(below)] if node.best else [part for some in below for part in some]
        return parts if node.factor == 1 else [self.rollup.scaled(part, known(node.factor)) for part in parts]

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
        ways = [one for table in self.ways if (one := table._total()) is not None]
        if not ways:
            return None

        def hull(of: Callable[[Total], Points]) -> Points:
            return Points(min(of(one).low for one in ways), max(of(one).high for one in ways))

        return Total(
            summed=hull(lambda one: one.summed),
            scaled=hull(lambda one: one.scaled),
            of=hull(lambda one: one.of),
            bonus=hull(lambda one: one.bonus),
            deduction=hull(lambda one: one.deduction),
            before=hull(lambda one: one.before),
            floored=any(one.floored for one in ways),
            points=hull(lambda one: one.points),
        )

    def _total(self) -> Total | None:
        parts = [part for node in self.plan.table if node.extra is None for part in self.parts(node)]
        summed, shown = self.rollup.together(parts), self.rollup.total(parts)
        of = points_of(shown.of)
        if not points_of(summed.of).high:
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

    def _extras(self, kind: str) -> OneRange:
        extras = [part for node in self.plan.table if node.extra == kind for part in self.parts(node)]
        return self.rollup.together(extras).points

    def block_grades(self) -> dict[Path, tuple[str, ...]]:
        """The grades that each part at the top of the table meets by its share of what it could have had, in every way
        in which what applies may turn out; extras are not graded.
        """
        ruleset = self.plan.ruleset
        found: dict[Path, tuple[str, ...]] = {}
        if ruleset.dimension_grades:
            for node in self.plan.table:
                met = {name for table in self.ways if not node.extra for name in table.graded(node)}
                found[node.path] = tuple(band.grade for band in ruleset.grades if band.grade in met)
        return found

    def graded(self, node: Node) -> list[str]:
        """The grades of a part; none where nothing of it counts."""
        bands, parts = self.plan.ruleset.grades, self.parts(node)
        if not points_of(self.rollup.together(parts).of).high:
            return []
        met = self.rollup.grades(self.rollup.share(parts, known(self.plan.ruleset.of)), bands, (), ())
        return [band.grade for band, bit in zip(bands, met, strict=True) if bit]
