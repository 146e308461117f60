"""How do conditions become a program that knows only tokens and positive clauses?

Every rule has a condition: a Kleene tree over *atoms* (tests that the measures decide yes, no or unknown) and names
of other rules. A symbol — atom or rule — has four tokens: surely, possibly, surely not, possibly not. "Surely" and
"possibly" of a rule follow from tokens of its condition by Horn clauses; "not" of a rule is settled only after its
stratum has closed, by what was *not* concluded. So three-valued logic and negation live here, once, and an executor
needs only: close these facts under these clauses.

A stratum is over the whole submission or over each indicator row. A row sees the submission's tokens; the submission
sees whether any row has a token (`lifts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from ..expressions.tree import Logic, Name, Not, Tree, canonical, outer

MOST_IN_BODY = 16
"""durable_rules takes 16 conditions in a rule (17: error 304)."""
MOST_USES = 48
"""… and 64 rules matching one fact (65: error 303), below 255 in all."""


class Way(Enum):
    """The four things that can be said of a symbol."""

    SURELY = "+"
    POSSIBLY = "?"
    SURELY_NOT = "-"
    POSSIBLY_NOT = "!"


_NOT = {
    Way.SURELY: Way.SURELY_NOT,
    Way.POSSIBLY: Way.POSSIBLY_NOT,
    Way.SURELY_NOT: Way.SURELY,
    Way.POSSIBLY_NOT: Way.POSSIBLY,
}


_UNSAID = {Way.POSSIBLY.value: Way.SURELY_NOT.value, Way.SURELY.value: Way.POSSIBLY_NOT.value}
"""What the absence of a conclusion means, once its stratum has closed."""


class Token(NamedTuple):
    """A thing that can be told or concluded. `part` numbers intermediate tokens of one symbol's condition."""

    symbol: str
    way: str
    part: int = 0


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
    """Clauses that may be closed together; then `settles` tells what was not concluded.

    Before that, `lifts` tell the submission each (row token, own token) that any row has, and `opens` settle what no
    row had. Both kinds of settling are pairs (absent, then told).
    """

    per_row: bool
    lifts: tuple[tuple[Token, Token], ...]
    opens: tuple[tuple[Token, Token], ...]
    clauses: tuple[Clause, ...]
    """A clause comes after those that conclude its body."""
    settles: tuple[tuple[Token, Token], ...]


@dataclass(frozen=True)
class Program:
    """Atoms to be decided, strata to be closed in order, and the rules concluded."""

    atoms: tuple[Atom, ...]
    strata: tuple[Stratum, ...]
    rules: tuple[Rule, ...]
    given: tuple[tuple[str, bool], ...] = ()
    """Rules of an earlier program, told like atoms: (name, per row)."""

    @property
    def of_rows(self) -> bool:
        """Does it read or conclude anything of rows?"""
        return any(stratum.per_row or stratum.lifts for stratum in self.strata)


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


def program(rules: Sequence[Rule], given: Mapping[str, bool], fields: frozenset[str]) -> Program:
    """The program of `rules`. `given` are rules already concluded (name → per row); `fields` are row names.

    Raises `Cyclic`.
    """
    known = {rule.name: rule for rule in rules}
    atoms: dict[str, Atom] = {}
    compiler = _Compiler(known, given, fields, atoms)
    levels = _levels(rules, known)
    strata = []
    for level in sorted(set(levels.values())):
        for per_row in (False, True):
            members = [rule for rule in rules if levels[rule.name] == level and rule.per_row == per_row]
            if members:
                strata.append(compiler.stratum(members, per_row))
    return Program(tuple(atoms.values()), tuple(strata), tuple(rules), tuple(given.items()))


def _levels(rules: Sequence[Rule], known: Mapping[str, Rule]) -> dict[str, int]:
    """The stratum of each rule: above those it denies, and above those of the other scope."""
    reads = {rule.name: [(n, denied) for n, denied in _reads(rule.when, False) if n in known] for rule in rules}
    try:
        order = tuple(TopologicalSorter({name: [n for n, _ in read] for name, read in reads.items()}).static_order())
    except CycleError as error:
        raise Cyclic(error.args[1][::-1]) from None
    levels: dict[str, int] = {}
    for name in order:
        crossed = [
            levels[other] + (denied or known[other].per_row != known[name].per_row) for other, denied in reads[name]
        ]
        levels[name] = max(crossed, default=0)
    return levels


def _reads(tree: Tree, denied: bool) -> Iterable[tuple[str, bool]]:
    """Names at the leaves, and whether they stand under an odd number of `not`."""
    match tree:
        case Logic(left=left, right=right):
            yield from _reads(left, denied)
            yield from _reads(right, denied)
        case Not(operand=operand):
            yield from _reads(operand, not denied)
        case Name(name=name):
            yield name, denied


class _Compiler:
    def __init__(
        self, rules: Mapping[str, Rule], given: Mapping[str, bool], fields: frozenset[str], atoms: dict[str, Atom]
    ) -> None:
        self.rules, self.given, self.fields, self.atoms = rules, given, fields, atoms

    def stratum(self, members: Sequence[Rule], per_row: bool) -> Stratum:
        clauses: list[Clause] = []
        lifts: dict[Token, Token] = {}
        settles = []
        for rule in members:
            parts = _Parts(self, rule, clauses, lifts)
            for way in (Way.SURELY, Way.POSSIBLY):
                parts.conclude(Token(rule.name, way.value), rule.when, way)
                settles.append((Token(rule.name, way.value), Token(rule.name, _UNSAID[way.value])))
        lifted = sorted(set(lifts.values()))
        opens = tuple((token, Token(token.symbol, _UNSAID[token.way])) for token in lifted)
        return Stratum(per_row, tuple(lifts.items()), opens, tuple(_ordered(_fanned(clauses))), tuple(settles))

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
        return Token(self.rule.name, "part", self.count)

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
        token = Token(symbol, way.value)
        if per_row and not self.rule.per_row:
            return self._lifted(symbol, way)
        return token

    def _lifted(self, symbol: str, way: Way) -> Token:
        """Of a row rule read by the submission: "any row". Denied, no row may: settled from the lifted token."""
        lifted = f"`any {symbol}"
        if way in (Way.SURELY, Way.POSSIBLY):
            self.lifts[Token(symbol, way.value)] = Token(lifted, way.value)
        else:
            positive = Way.POSSIBLY if way is Way.SURELY_NOT else Way.SURELY
            self.lifts[Token(symbol, positive.value)] = Token(lifted, positive.value)
        return Token(lifted, way.value)


_DENYING = (Way.SURELY_NOT, Way.POSSIBLY_NOT)


def _undenied(tree: Tree) -> tuple[Tree, bool]:
    flipped = False
    while isinstance(tree, Not):
        tree, flipped = tree.operand, not flipped
    return tree, flipped


def _fanned(clauses: Sequence[Clause]) -> Iterable[Clause]:
    """The clauses with no token used more than `MOST_USES` times: beyond, a chain of copies of it is used."""
    uses: Counter[Token] = Counter()
    latest: dict[Token, Token] = {}
    added: list[Clause] = []

    def spread(token: Token) -> Token:
        block, place = divmod(uses[token], MOST_USES)
        uses[token] += 1
        if block and not place:
            twin = Token(token.symbol, f"{token.way} {block}", token.part)
            added.append(Clause((latest.get(token, token),), twin))
            latest[token] = twin
        return latest.get(token, token)

    kept = [Clause(tuple(map(spread, clause.body)), clause.head) for clause in clauses]
    return [*added, *kept]


def _ordered(clauses: Iterable[Clause]) -> Iterable[Clause]:
    """The clauses with each head concluded before it is used: one pass over them closes a stratum."""
    heads: dict[Token, list[Clause]] = {}
    for clause in clauses:
        heads.setdefault(clause.head, []).append(clause)
    graph = {head: [token for one in group for token in one.body] for head, group in heads.items()}
    for token in TopologicalSorter(graph).static_order():
        yield from heads.get(token, ())
