"""What should be supplied next? Figures and answers that would settle points, those that could settle most first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..judging.judge import Judged
from ..judging.leaves import LeafPoints
from ..judging.rows import RowPoints
from ..methods import Indicators
from ..planning.plan import Path
from ..wording import phrase
from .evaluation import Missing
from .explain import Explainer
from .present_letters import missing_for_letter
from .texts import PointWriter


def missing(judged: Judged, explain: Explainer, points: PointWriter) -> list[Missing]:
    """What would narrow the total, widest first."""
    found: list[tuple[Fraction, Missing]] = []
    for one in judged.leaves:
        if one.letter is not None:
            found += [(one.points.width, told) for told in missing_for_letter(explain, one)]
        elif not one.points.settled:
            for name, path, width in _of_leaf(one, explain):
                found.append((width, Missing(name=name, criterion=path, settles=points.points(width))))
    return [told for _, told in sorted(found, key=lambda entry: -entry[0])]


def _of_leaf(one: LeafPoints, explain: Explainer) -> Iterator[tuple[str, Path, Fraction]]:
    """Of each thing missing its name, for what it is missing, and how much that leaves open."""
    for row in one.rows:
        if not row.points.settled:
            yield _row_missing(row, explain), (*one.leaf.path, row.row.name), row.points.width
    for name in _leaf_missing(one, explain):
        yield name, one.leaf.path, one.points.width


def _row_missing(one: RowPoints, explain: Explainer) -> str:
    asked = {"doubted": "the-direction", "under-standard": "the-judgement", "edge": "the-judgement"}
    if one.how != "rules" or one.branch in asked or one.branch.startswith(("over-", "not-started")):
        return phrase(asked.get(one.branch, "the-judgement"), explain.lang)
    return explain.naming.row_lacks(one.row)


def _leaf_missing(one: LeafPoints, explain: Explainer) -> list[str]:
    """What would settle whether a leaf applies, and what it earns by itself."""
    naming = explain.naming
    applies = naming.lacking(naming.conditions[one.leaf.applies]) if one.doubtful else []
    if one.rows or one.own.settled:
        return applies
    tree = one.leaf.tree if one.leaf.holds is None else one.leaf.holds
    names = naming.lacking(tree) if tree is not None else []
    fallback = "the-rows" if isinstance(one.leaf.method, Indicators) else "the-judgement"
    return list(dict.fromkeys([*applies, *(names or [phrase(fallback, explain.lang)])]))
