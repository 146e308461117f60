"""What does a rule program conclude? Each rule's truth by plain recursion over its condition, nothing compiled.

Tests may hold neither way, and so may rules: neither they are raised nor what denies them. Of all rows together it
counts as no: such a row is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.expressions.tree import Logic, Name, Not, Tree

from .kleene import Kleene, any_of, both, denied, either, passed_over


@dataclass(frozen=True)
class RuleText:
    """A rule as written: its name, its condition, and whether it speaks of each row."""

    name: str
    when: Tree
    per_row: bool


@dataclass(frozen=True)
class Filed:
    """What one submission decides: atoms by their tree, and rules of an earlier program by name."""

    atoms: Mapping[Tree, Kleene]
    row_atoms: Sequence[Mapping[Tree, Kleene]]
    given: Mapping[str, Kleene]
    row_given: Sequence[Mapping[str, Kleene]]


@dataclass(frozen=True)
class Concluded:
    """The truth of each rule, of the submission and of each row."""

    submission: dict[str, Kleene]
    rows: list[dict[str, Kleene]]


def conclude(rules: Sequence[RuleText], given: Mapping[str, bool], filed: Filed) -> Concluded:
    """The truth of every rule. `given` are rules of an earlier program (name → per row); no rule may be circular."""
    by_name = {rule.name: rule for rule in rules}
    rows = range(len(filed.row_atoms))
    memory: dict[tuple[str, int | None], Kleene] = {}

    def of_rule(rule: RuleText, row: int | None) -> Kleene:
        if rule.per_row and row is None:
            return any_of(passed_over(of_rule(rule, each), False) for each in rows)
        place = (rule.name, row if rule.per_row else None)
        if place not in memory:
            memory[place] = of_tree(rule.when, place[1])
        return memory[place]

    def of_given(name: str, row: int | None) -> Kleene:
        if not given[name]:
            return filed.given[name]
        if row is None:
            return any_of(passed_over(each[name], False) for each in filed.row_given)
        return filed.row_given[row][name]

    def of_tree(tree: Tree, row: int | None) -> Kleene:
        match tree:
            case Not(operand=operand):
                return denied(of_tree(operand, row))
            case Logic(operator="and", left=left, right=right):
                return both(of_tree(left, row), of_tree(right, row))
            case Logic(left=left, right=right):
                return either(of_tree(left, row), of_tree(right, row))
            case Name(name=name) if name in by_name:
                return of_rule(by_name[name], row)
            case Name(name=name) if name in given:
                return of_given(name, row)
            case _ if row is not None and tree in filed.row_atoms[row]:
                return filed.row_atoms[row][tree]
            case _:
                return filed.atoms[tree]

    return Concluded(
        {rule.name: of_rule(rule, None) for rule in rules if not rule.per_row},
        [{rule.name: of_rule(rule, row) for rule in rules if rule.per_row} for row in rows],
    )
