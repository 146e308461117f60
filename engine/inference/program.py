"""How do conditions become a program that knows only tokens and positive clauses?

Every rule has a condition: a Kleene tree over *atoms* (tests that the measures decide yes, no, unknown, or neither
way) and names of other rules. A symbol — atom or rule — has four tokens: surely, possibly, surely not, possibly not.
Those of a rule follow from tokens of its condition by Horn clauses, each way by clauses of its own; a rule that nobody
reads is concluded in two ways only, and the other two say what those do not. So three-valued logic and negation live
here, once, and an executor needs only: close these facts under these clauses.

A stratum is over the whole submission or over each indicator row. A row sees the submission's tokens; the submission
sees whether any row has a token (`lifts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from ..expressions.tree import Logic, Name, Not, Tree, canonical, outer

MOST_IN_BODY = 16
"""Tokens in a body; durable_rules takes 30 in one condition (error 113)."""

Token: TypeAlias = str
"""A thing that can be told or concluded: a way, then the symbol of which it is said."""


class Way(StrEnum):
    """The four things that can be said of a symbol."""

    SURELY = "+"
    POSSIBLY = "?"
    SURELY_NOT = "-"
    POSSIBLY_NOT = "!"


_UNSAID = {Way.POSSIBLY.value: Way.SURELY_NOT.value, Way.SURELY.value: Way.POSSIBLY_NOT.value}
"""What it means that no row has a token."""
_NOT = {
    Way.SURELY: Way.SURELY_NOT,
    Way.POSSIBLY: Way.POSSIBLY_NOT,
    Way.SURELY_NOT: Way.SURELY,
    Way.POSSIBLY_NOT: Way.POSSIBLY,
}


@lru_cache(maxsize=4096)
def said(symbol: str) -> tuple[Token, ...]:
    """The four tokens of a symbol, in the order of a truth."""
    return tuple(way + symbol for way in Way)


@dataclass(frozen=True, slots=True)
class Clause:
    """All of `body` gives `head`."""

    body: tuple[Token, ...]
    head: Token


@dataclass(frozen=True, slots=True)
class Rule:
    """A name raised where `when` holds, for the submission or for each row."""

    name: str
    when: Tree
    per_row: bool


@dataclass(frozen=True, slots=True)
class Atom:
    """A test that the measures decide. Its id is its canonical text, so equal tests are one atom."""

    id: str
    tree: Tree
    per_row: bool


@dataclass(frozen=True)
class Stratum:
    """Clauses that may be closed together. Before that, `lifts` tell the submission each (row token, own token) that
    any row has, and `opens` settle what no row had, in pairs (absent, then told).
    """

    per_row: bool
    lifts: tuple[tuple[Token, Token], ...]
    opens: tuple[tuple[Token, Token], ...]
    clauses: tuple[Clause, ...]
    """A clause comes after those that conclude its body."""


@dataclass(frozen=True)
class Program:
    """Atoms to be decided, strata to be closed in order, and the rules concluded."""

    atoms: tuple[Atom, ...]
    strata: tuple[Stratum, ...]
    rules: tuple[Rule, ...]
    read: frozenset[str] = frozenset()
    """Rules that others read, concluded in all four ways; of the rest, what is not possible is surely not."""

    @property
    def of_rows(self) -> bool:
        """Does it read or conclude anything of rows?"""
        return any(stratum.per_row or stratum.lifts for stratum in self.strata)

    @cached_property
    def asked(self) -> tuple[list[tuple[str, bool, tuple[Token, ...]]], ...]:
        """Of each rule of the submission, then of each of rows: its name, whether others read it, and its tokens."""
        return tuple(
            [(rule.name, rule.name in self.read, said(rule.name)) for rule in self.rules if rule.per_row == per_row]
            for per_row in (False, True)
        )


class Cyclic(Exception):
    """Rules that depend on each other in a circle; `names` in its order."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(" → ".join(names))
        self.names = tuple(names)


def leaves(tree: Tree) -> Iterable[Tree]:
    """The parts of a condition that are not logic."""
    match tree:
        case Logic(left=left, right=right):
            yield from leaves(left)
            yield from leaves(right)
        case Not(operand=operand):
            yield from leaves(operand)
        case _:
            yield tree


def program(
    rules: Sequence[Rule], given: Mapping[str, bool], fields: frozenset[str], read: Iterable[str] = ()
) -> Program:
    """The program of `rules`. `given` are rules already concluded (name → per row); `fields` are row names; `read` are
    names that are read elsewhere, too.

    Raises `Cyclic`.
    """
    known = {rule.name: rule for rule in rules}
    levels = _levels(known)
    compiler = _Compiler(known, given, fields, frozenset([*read, *read_by(rules)]))
    strata = []
    for level in sorted(set(levels.values())):
        for per_row in (False, True):
            members = [rule for rule in rules if levels[rule.name] == level and rule.per_row == per_row]
            if members:
                strata.append(compiler.stratum(members, per_row))
    return Program(tuple(compiler.atoms.values()), tuple(strata), tuple(rules), compiler.read)


def _levels(known: Mapping[str, Rule]) -> dict[str, int]:
    """The level of each rule: of the submission's, above those of rows that it reads."""
    reads = {name: [other for other in read_by([rule]) if other in known] for name, rule in known.items()}
    try:
        order = tuple(TopologicalSorter(reads).static_order())
    except CycleError as error:
        raise Cyclic(error.args[1][::-1]) from None
    levels: dict[str, int] = {}
    for name in order:
        crossed = [levels[other] + (known[other].per_row and not known[name].per_row) for other in reads[name]]
        levels[name] = max(crossed, default=0)
    return levels


def read_by(rules: Iterable[Rule]) -> Iterable[str]:
    """The names that conditions of these rules read."""
    return (leaf.name for rule in rules for leaf in leaves(rule.when) if isinstance(leaf, Name))


class _Compiler:
    def __init__(
        self, rules: Mapping[str, Rule], given: Mapping[str, bool], fields: frozenset[str], read: frozenset[str]
    ) -> None:
        self.rules, self.given, self.fields, self.read = rules, given, fields, read
        self.atoms: dict[str, Atom] = {}

    def stratum(self, members: Sequence[Rule], per_row: bool) -> Stratum:
        clauses: list[Clause] = []
        lifts: dict[Token, Token] = {}
        for rule in members:
            parts = _Parts(self, rule, clauses, lifts)
            for way in Way if rule.name in self.read else (Way.SURELY, Way.POSSIBLY):
                parts.conclude(way + rule.name, rule.when, way)
        opens = tuple((token, _UNSAID[token[0]] + token[1:]) for token in sorted(set(lifts.values())))
        return Stratum(per_row, tuple(lifts.items()), opens, tuple(_ordered(clauses)))

    def symbol(self, leaf: Tree, rule: Rule) -> tuple[str, bool]:
        """The symbol of a leaf, and whether it is one of each row."""
        if isinstance(leaf, Name):
            if leaf.name in self.rules:
                return leaf.name, self.rules[leaf.name].per_row
            if leaf.name in self.given:
                return leaf.name, self.given[leaf.name]
        per_row = rule.per_row and any(isinstance(part, Name) and part.name in self.fields for part in outer(leaf))
        key = ("`row " if per_row else "` ") + canonical(leaf)  # no rule's name can hold a backtick
        self.atoms.setdefault(key, Atom(key, leaf, per_row))
        return key, per_row


class _Parts:
    """Clauses of one rule; every `or` below an `and` gets an intermediate token of its own."""

    def __init__(self, compiler: _Compiler, rule: Rule, clauses: list[Clause], lifts: dict[Token, Token]) -> None:
        self.compiler, self.rule, self.clauses, self.lifts = compiler, rule, clauses, lifts
        self.count = 0

    def _part(self) -> Token:
        self.count += 1
        return f"`{self.count} {self.rule.name}"

    def conclude(self, head: Token, tree: Tree, way: Way) -> None:
        for alternative in self._alternatives(tree, way):
            body: list[Token] = []
            for conjunct, one_way in self._conjuncts(alternative, way):
                body.append(self._token(conjunct, one_way))
            body = list(dict.fromkeys(body))
            while len(body) > MOST_IN_BODY:
                part = self._part()
                self.clauses.append(Clause(tuple(body[:MOST_IN_BODY]), part))
                body = [part, *body[MOST_IN_BODY:]]
            self.clauses.append(Clause(tuple(body), head))

    def _alternatives(self, tree: Tree, way: Way) -> Iterable[Tree]:
        tree, flipped = _undenied(tree)
        if isinstance(tree, Logic) and (tree.operator == "or") != (flipped != (way in _DENYING)):
            wrap = Not if flipped else (lambda part: part)
            yield from self._alternatives(wrap(tree.left), way)
            yield from self._alternatives(wrap(tree.right), way)
        else:
            yield Not(tree) if flipped else tree

    def _conjuncts(self, tree: Tree, way: Way) -> Iterable[tuple[Tree, Way]]:
        tree, flipped = _undenied(tree)
        if isinstance(tree, Logic) and (tree.operator == "and") != (flipped != (way in _DENYING)):
            wrap = Not if flipped else (lambda part: part)
            yield from self._conjuncts(wrap(tree.left), way)
            yield from self._conjuncts(wrap(tree.right), way)
        else:
            yield tree, _NOT[way] if flipped else way

    def _token(self, tree: Tree, way: Way) -> Token:
        if isinstance(tree, Logic):
            part = self._part()
            self.conclude(part, tree, way)
            return part
        symbol, per_row = self.compiler.symbol(tree, self.rule)
        return self._lifted(symbol, way) if per_row and not self.rule.per_row else way + symbol

    def _lifted(self, symbol: str, way: Way) -> Token:
        """Of a row rule read by the submission: "any row". Denied, no row may: settled from the lifted token."""
        lifted = f"`any {symbol}"
        positive = {Way.SURELY_NOT: Way.POSSIBLY, Way.POSSIBLY_NOT: Way.SURELY}.get(way, way)
        self.lifts[positive + symbol] = positive + lifted
        return way + lifted


_DENYING = (Way.SURELY_NOT, Way.POSSIBLY_NOT)


def _undenied(tree: Tree) -> tuple[Tree, bool]:
    flipped = False
    while isinstance(tree, Not):
        tree, flipped = tree.operand, not flipped
    return tree, flipped


def _ordered(clauses: Iterable[Clause]) -> Iterable[Clause]:
    """The clauses with each head concluded before it is used: one pass over them closes a stratum."""
    heads: dict[Token, list[Clause]] = {}
    for clause in clauses:
        heads.setdefault(clause.head, []).append(clause)
    graph = {head: [token for one in group for token in one.body] for head, group in heads.items()}
    for token in TopologicalSorter(graph).static_order():
        yield from heads.get(token, ())
