"""How is a program closed by durable_rules? The one module that imports it.

What shapes this file, all measured (2.0.28): it compares, joins, negates and counts unsafely, so it is told only which
tokens there are, and its rules are positive conjunctions of them. A join costs an index of 11 KB for each of its parts
in every closing, so there is none: all that is known stands in one fact, a property for each token, and each rule tests
some of them. What rules conclude is told in the next fact to those that read it, so each fact goes to rules of its own,
by a property that only these test (with more than 64 that match, error 303; with more than 252 properties, error 302;
it hangs on more than some 500 different tests at one place). A fact is asserted alone, under an id of its own: in a
batch, one that no rule matches hides what the others fire. Its Python layer keeps a state for each rule that fires
(30 µs), swallows what actions raise, and has threads that walk freed state; so the compiled network is spoken to, and
says itself which rule fired. `delete_state` frees two pointers that only a firing sets (valgrind: uninitialised in
`deleteStateNode`, the process dies at random), so every closing begins with a fact that fires a rule of its own. On
Python 3.13 the extension has an undefined symbol and loads only lazily bound.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain, compress
from threading import RLock
from typing import Any

from ..algebra.meaning import MEANING, OneTruth, Truth
from .facts import Decided
from .program import Clause, Program, Token, said

MOST_CLAUSES, MOST_TOKENS, MOST_FACTS = 48, 200, 80
"""Clauses and tokens that one fact is for, and facts that one ruleset is for (it takes 4096 rules, error 106)."""
_SID = "0"
_OPENING = f'{{"id":"opening","sid":"{_SID}","opening":1}}'
"""The fact that fires first in every closing, so that its state can be deleted."""
_UNMATCHED = 1


class ExtensionUnusable(ImportError):
    """durable_rules is not installed, or its compiled part can't be loaded; the cause says which."""


@lru_cache(maxsize=1)
def _compiled() -> Any:
    """The compiled part of durable_rules. Raises `ExtensionUnusable`."""
    lazy = sys.version_info >= (3, 13) and hasattr(os, "RTLD_LAZY")
    before = sys.getdlopenflags() if lazy else 0
    try:
        if lazy:
            sys.setdlopenflags(os.RTLD_LAZY)
        import durable_rules_engine
    except ImportError as error:
        raise ExtensionUnusable(str(error)) from error
    finally:
        if lazy:
            sys.setdlopenflags(before)
    return durable_rules_engine


class _Network:
    """Clauses as a ruleset of durable_rules, told by one fact for each group of them."""

    def __init__(self, groups: Sequence[Sequence[Clause]]) -> None:
        self.engine = _compiled()
        self.heads: list[Token] = [""]
        self.facts: list[tuple[str, dict[Token, str]]] = []
        """Of each its text, but for the tokens that are known, and how it says each of them."""
        rules: dict[str, Any] = {"0": {"all": [{"m": {"opening": 1}}]}}
        for place, group in enumerate(groups):
            tokens = sorted({token for clause in group for token in clause.body})
            names = {token: str(number) for number, token in enumerate(tokens)}
            for clause in group:
                tests = [{f"f{place}": 1}, *({names[token]: 1} for token in clause.body)]
                rules[str(len(self.heads))] = {"all": [{"m": {"$and": tests}}]}
                self.heads.append(clause.head)
            fact = f'{{"id":"{place}","sid":"{_SID}","f{place}":1%s}}'
            self.facts.append((fact, {token: f',"{name}":1' for token, name in names.items()}))
        self.reads = frozenset[Token]().union(*(names for _, names in self.facts))
        self.handle = self.engine.create_ruleset("clauses", json.dumps(rules))

    def close(self, told: Set[Token]) -> Set[Token]:
        """Everything concluded from these tokens, themselves not included."""
        heads: set[Token] = set()
        if self.reads.isdisjoint(told):
            return heads
        known = set(told)
        try:
            list(self._fired(_OPENING))
            for fact, names in self.facts:
                told_now = [names[token] for token in names.keys() & known]
                if told_now:
                    heads.update(self._fired(fact % "".join(told_now)))
                    known |= heads
        finally:
            self.engine.delete_state(self.handle, _SID)
        return heads

    def _fired(self, fact: str) -> Iterator[Token]:
        """The heads of the clauses that one more fact fires."""
        matched, state = self.engine.assert_fact(self.handle, fact)
        if matched == _UNMATCHED:
            return
        assert not matched, "each fact of a closing has an id of its own"
        started = self.engine.start_action_for_state(self.handle, state)
        fired = started and started[1]
        while fired:  # {"7":{"m":{…
            yield self.heads[int(fired[2 : fired.index('"', 2)])]
            fired = self.engine.complete_and_start_action(self.handle, state)


def _networks(clauses: Sequence[Clause]) -> list[_Network]:
    groups = list(_grouped(clauses))
    return [_Network(groups[start : start + MOST_FACTS]) for start in range(0, len(groups), MOST_FACTS)]


def _grouped(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    """The clauses, none beside one whose head it reads."""
    level: dict[Token, int] = {}
    levels: dict[int, list[Clause]] = {}
    for clause in clauses:
        own = max(level.get(token, 0) for token in clause.body)
        level[clause.head] = max(level.get(clause.head, 0), own + 1)
        levels.setdefault(own, []).append(clause)
    for _, alike in sorted(levels.items()):
        group: list[Clause] = []
        for clause in alike:
            if len({*clause.body, *(token for one in group for token in one.body)}) > MOST_TOKENS or (
                len(group) == MOST_CLAUSES
            ):
                yield group
                group = []
            group.append(clause)
        yield group


class DurableRules:
    """An executor for one submission at a time. Networks are built once for each program.

    A network has one closing at a time; whoever comes second waits.
    """

    def __init__(self) -> None:
        self._networks: dict[int, tuple[Program, list[list[_Network]]]] = {}
        self._closing = RLock()

    def networks(self, program: Program) -> list[list[_Network]]:
        """The networks of `program`, by stratum. Raises `ExtensionUnusable`."""
        with self._closing:
            known = self._networks.get(id(program))
            if known is None:
                known = (program, [_networks(stratum.clauses) for stratum in program.strata])
                self._networks[id(program)] = known  # the program is kept, so its id stays its own
            return known[1]

    def __call__(self, program: Program, decided: Decided[bool]) -> Decided[bool]:
        """See `facts.Executor`."""
        with self._closing:
            return self._closed(program, decided)

    def _closed(self, program: Program, decided: Decided[bool]) -> Decided[bool]:
        submission = _held(decided.submission)
        rows = [_held(row) for row in decided.rows]
        for stratum, networks in zip(program.strata, self.networks(program), strict=True):
            submission |= {own for row_token, own in stratum.lifts if any(row_token in row for row in rows)}
            submission |= {then for absent, then in stratum.opens if absent not in submission}
            for network in networks:
                if stratum.per_row:
                    outer = network.reads & submission
                    for row in rows:
                        row |= network.close(outer | row)
                else:
                    submission |= network.close(submission)
        return Decided(_truths(program, False, submission), [_truths(program, True, row) for row in rows])


def _held(truths: Mapping[str, OneTruth]) -> set[Token]:
    """Those of the four tokens of each symbol that hold."""
    return set(chain.from_iterable(map(compress, map(said, truths), truths.values())))


def _truths(program: Program, per_row: bool, tokens: Set[Token]) -> dict[str, OneTruth]:
    """Of each rule from its own tokens; what nobody reads is surely not, where it is not possible."""
    found: dict[str, OneTruth] = {}
    for name, read, (sure, possible, sure_not, possible_not) in program.asked[per_row]:
        if read:
            found[name] = Truth(sure in tokens, possible in tokens, sure_not in tokens, possible_not in tokens)
        else:
            found[name] = MEANING.yes if sure in tokens else MEANING.maybe if possible in tokens else MEANING.no
    return found
