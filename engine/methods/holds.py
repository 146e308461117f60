"""All or nothing, by a condition. (A yes/no fact is a condition.)"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import Literal

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range, Truth
from ..expressions.tree import Compare, Logic, Name, Negative, Tree, canonical, walk
from ..expressions.tree import Literal as Constant
from ..values.model import Exact, Line
from ..values.problems import At
from .method import Method, Unwritable
from .writing import decimal_points


class Holds(Method):
    """The full points where the condition `holds`, else `otherwise`, which is not below 0 unless `least` says so."""

    method: Literal["holds"]
    holds: Line
    otherwise: Exact = Fraction(0)
    least: Exact | None = None

    def points_named(self) -> list[tuple[At, Fraction]]:
        """Those otherwise."""
        return [(("otherwise",), self.otherwise)]

    def points(self, m: Meaning[Whole, Bit, Words], truth: Truth[Bit], full: Number[Whole, Bit]) -> Range[Whole, Bit]:
        """All where it holds for sure, `otherwise` where it surely does not; in between, both are possible."""
        otherwise = m.number(self.otherwise)
        unsure = Range(m.least(full, otherwise), m.greatest(full, otherwise))
        not_so = m.chosen(m.carrier.negated(truth.possible), Range(otherwise, otherwise), unsure)
        return m.chosen(truth.sure, Range(full, full), not_so)

    def clause(self, full: Fraction) -> list[str]:
        """Measures against numbers, joined by one word; any other condition has no official wording."""
        from ..expressions.reader import read  # costly to import, and needed by none who scores

        tree = read(self.holds)
        if not isinstance(tree, Logic) or self.least is not None:
            raise Unwritable("holds")
        joiner = {"or": "或", "and": "且"}[tree.operator]
        parts: list[Tree] = [part for part in walk(tree) if isinstance(part, Compare)]
        told = [_compared(part) for part in parts]
        joined = reduce(lambda left, right: Logic(tree.operator, left, right), parts)
        if joined != tree or len({name for name, _ in told}) < len(told):
            raise Unwritable("holds")
        sentence = joiner.join(name + said for name, said in told) + "得满分"
        return [sentence, f"否则得{decimal_points(self.otherwise)}分"]


def _compared(part: Tree) -> tuple[str, str]:
    assert isinstance(part, Compare)
    sign = {">=": "≥", "<=": "≤"}.get(part.operator, part.operator)
    right = part.right.operand if isinstance(part.right, Negative) else part.right
    if not isinstance(part.left, Name) or not isinstance(right, Constant) or sign == "!=":
        raise Unwritable("holds")
    return part.left.name, f"{sign}{canonical(part.right)}"
