"""What should be supplied next? Figures and answers that would settle points, those that could settle most first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..expressions.tree import canonical
from ..judging.leaves import LeafPoints
from ..judging.rows import RowPoints
from ..methods import Indicators
from ..planning.plan import Path
from .evaluation import Missing
from .explain import Teller

_ASKED = {"doubted": "the-direction", "under-standard": "the-judgement", "edge": "the-judgement"}


def missing(tell: Teller) -> list[Missing]:
    """What would narrow the total, widest first."""
    found: list[tuple[Fraction, Missing]] = []
    for one in tell.judged.leaves:
        if one.letter is None and one.points.settled:
            continue
        for name, path, width in _of_leaf(one, tell):
            settles = tell.points.points(width) if one.letter is None else f"{one.letter.low}–{one.letter.high}"
            found.append((width, Missing(name=name, criterion=path, settles=settles)))
    return [told for _, told in sorted(found, key=lambda entry: -entry[0])]


def _of_leaf(one: LeafPoints, tell: Teller) -> Iterator[tuple[str, Path, Fraction]]:
    """Of each thing missing its name, for what it is missing, and how much that leaves open."""
    for row in one.rows:
        if not row.points.settled:
            yield _row_missing(row, tell), (*one.leaf.path, row.row.name), row.points.width
    names = _letter_missing(one, tell) if one.letter is not None else _leaf_missing(one, tell)
    yield from ((name, one.leaf.path, one.points.width) for name in dict.fromkeys(names))


def _row_missing(one: RowPoints, tell: Teller) -> str:
    if one.how != "rules" or one.branch in _ASKED or one.branch.startswith(("over-", "not-started")):
        return tell.say(_ASKED.get(one.branch, "the-judgement"))
    return tell.naming.row_lacks(one.row)


def _leaf_missing(one: LeafPoints, tell: Teller) -> list[str]:
    """What would settle whether a leaf applies, and what it earns by itself."""
    naming = tell.naming
    applies = naming.lacking(naming.conditions[one.leaf.applies]) if one.doubtful else []
    if one.rows or one.own.settled:
        return applies
    tree = one.leaf.tree if one.leaf.holds is None else one.leaf.holds
    names = naming.lacking(tree) if tree is not None else []
    return applies + (names or [tell.say("the-rows" if isinstance(one.leaf.method, Indicators) else "the-judgement")])


def _letter_missing(one: LeafPoints, tell: Teller) -> Iterator[str]:
    """The figures, or else the measures, that would settle a letter."""
    for tree, measure in zip(one.leaf.trees, one.measures, strict=True):
        if one.letter is not None and one.letter.low != one.letter.high and not measure.known:
            yield from tell.naming.lacking(tree) or [canonical(tree)]
