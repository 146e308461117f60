"""How is a program closed by durable_rules? The one module that imports it.

What shapes this file, all measured (2.0.28): it compares, joins, negates and counts unsafely, so it is told string
tokens only and knows positive conjunctions of them; a fact no rule mentions raises, so only tokens in use are told;
facts derived inside an action are lost when it fails, so actions only note their head and facts are asserted between
runs; the default host's threads walk freed state, so ours has none; ids are hashed within a `sid`, so every closing
has a fresh one, deleted after use; `delete_state` frees two pointers that only a firing sets (valgrind: uninitialised
in `deleteStateNode`, the process dies at random), so every closing begins with a fact that fires a rule of its own;
`set_rulesets` changes the dict it is given; it hangs on a ruleset that tests more than some 500 different texts, so
the clauses of a large stratum are shared among several rulesets;
on Python 3.13 the extension has an undefined symbol and loads only lazily bound.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import count
from operator import not_
from threading import RLock
from typing import Any

from ..algebra.meaning import Truth
from .facts import Decided, concluded, held
from .program import Clause, Program, Stratum, Token

MOST_TOKENS = 400
"""Different tokens in the bodies of one ruleset (494 worked, 518 hung)."""
_NAME = "stratum"
_OPENING = {"token": "opening"}
"""The fact that fires first in every closing, so that its state can be deleted."""


class ExtensionUnusable(ImportError):
    """durable_rules is not installed, or its compiled part can't be loaded; the cause says which."""


@lru_cache(maxsize=1)
def _quiet_host() -> Any:
    """The host class without threads. Raises `ExtensionUnusable`."""
    lazy = sys.version_info >= (3, 13) and hasattr(os, "RTLD_LAZY")
    before = sys.getdlopenflags() if lazy else 0
    try:
        if lazy:
            sys.setdlopenflags(os.RTLD_LAZY)
        from durable.engine import Host
    except ImportError as error:
        raise ExtensionUnusable(str(error)) from error
    finally:
        if lazy:
            sys.setdlopenflags(before)

    class QuietHost(Host):  # type: ignore[misc]
        def _run(self) -> None:
            """No timers, no dispatch: nothing of ours waits for a thread."""

    return QuietHost


class _Network:
    """Clauses as a ruleset of durable_rules."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        tokens = sorted({token for clause in clauses for token in clause.body})
        self.facts = {token: {"token": str(number)} for number, token in enumerate(tokens)}
        self.bodies = [frozenset(clause.body) for clause in clauses]
        self.heads = frozenset(clause.head for clause in clauses)
        self.fired: list[Token] = []
        self.host = _quiet_host()()
        self.sids = count()
        rules = {
            f"r{number}": {
                "all": [{f"m{place}": dict(self.facts[token])} for place, token in enumerate(clause.body)],
                "run": self._noting(clause.head),
            }
            for number, clause in enumerate(clauses)
        }
        rules["opening"] = {"all": [{"m0": dict(_OPENING)}], "run": self._opened}
        self.host.set_rulesets({_NAME: rules})

    def _opened(self, _context: Any) -> None:
        """Nothing to note."""

    def _noting(self, head: Token) -> Callable[[Any], None]:
        def note(_context: Any) -> None:
            self.fired.append(head)

        return note

    def close(self, told_tokens: Iterable[Token]) -> frozenset[Token]:
        """Everything concluded from these tokens, themselves not included. What only clauses read that lack a token
        which is neither told nor ever concluded is not told: telling is what costs.
        """
        sid = f"e{next(self.sids)}"
        told = self.facts.keys() & told_tokens
        within = told | self.heads
        read = frozenset[Token]().union(*(body for body in self.bodies if body <= within))
        waiting = list(told & read)
        seen = set(waiting)
        heads: set[Token] = set()
        if not waiting:
            return frozenset()
        try:
            self.host.assert_fact(_NAME, {"sid": sid, **_OPENING})
            while waiting:
                self.fired.clear()
                self.host.assert_facts(_NAME, [{"sid": sid, **self.facts[token]} for token in sorted(waiting)])
                heads.update(self.fired)
                waiting = [head for head in dict.fromkeys(self.fired) if head in read and head not in seen]
                seen.update(waiting)
        finally:
            self.host.delete_state(_NAME, sid)
        return frozenset(heads)


class _Stratum:
    """The clauses of one stratum, in as few networks as their tokens allow."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.networks = [_Network(group) for group in _grouped(clauses)]
        self.facts = frozenset(token for network in self.networks for token in network.facts)

    def close(self, told_tokens: Iterable[Token]) -> frozenset[Token]:
        """Everything concluded from these tokens: the networks in turn, until none has more to say."""
        if len(self.networks) == 1:
            return self.networks[0].close(told_tokens)
        known = frozenset(told_tokens)
        heads: frozenset[Token] = frozenset()
        while True:
            more = heads.union(*(network.close(known | heads) for network in self.networks))
            if more == heads:
                return heads
            heads = more


def _grouped(clauses: Sequence[Clause]) -> list[list[Clause]]:
    groups: list[list[Clause]] = [[]]
    tokens: set[Token] = set()
    for clause in clauses:
        if len(tokens.union(clause.body)) > MOST_TOKENS:
            groups.append([])
            tokens = set()
        groups[-1].append(clause)
        tokens.update(clause.body)
    return groups


class DurableRules:
    """An executor for one submission at a time. Networks are built once for each program.

    What fires is noted in the network itself, so two closings at once would take each other's conclusions (measured: 5
    of 600 wrong with 4 threads). Whoever comes second waits.
    """

    def __init__(self) -> None:
        self._networks: dict[int, tuple[Program, list[_Stratum]]] = {}
        self._closing = RLock()

    def networks(self, program: Program) -> list[_Stratum]:
        """The networks of `program`, by stratum. Raises `ExtensionUnusable`."""
        with self._closing:
            known = self._networks.get(id(program))
            if known is None:
                known = (program, [_Stratum(stratum.clauses) for stratum in program.strata])
                self._networks[id(program)] = known  # the program is kept, so its id stays its own
            return known[1]

    def __call__(self, program: Program, decided: Decided[bool]) -> Decided[bool]:
        """See `facts.Executor`."""
        with self._closing:
            return self._closed(program, decided)

    def _closed(self, program: Program, decided: Decided[bool]) -> Decided[bool]:
        submission = held(decided.submission)
        patterns: dict[tuple[tuple[str, Truth[bool]], ...], set[Token]] = {}
        kept = []  # rows of which the same is decided share what is concluded
        for row in decided.rows:
            pattern = tuple(row.items())
            if pattern not in patterns:
                patterns[pattern] = held(row)
            kept.append(pattern)
        rows = list(patterns.values())
        for stratum, network in zip(program.strata, self.networks(program), strict=True):
            submission |= {own for row_token, own in stratum.lifts if any(row_token in row for row in rows)}
            submission |= {then for absent, then in stratum.opens if absent not in submission}
            if stratum.per_row:
                _close_rows(stratum, network, submission, rows)
            else:
                submission |= network.close(submission)
                submission |= {then for absent, then in stratum.settles if absent not in submission}
        as_bits = [dict.fromkeys(tokens, True) for tokens in (submission, *rows)]
        made = concluded(program, as_bits[0], as_bits[1:], False, not_)
        of_pattern = dict(zip(patterns, made.rows, strict=True))
        return Decided(made.submission, [of_pattern[pattern] for pattern in kept])


def _close_rows(stratum: Stratum, network: _Stratum, submission: set[Token], rows: Sequence[set[Token]]) -> None:
    """Rows that are told the same conclude the same: each pattern of tokens is closed once."""
    closed: dict[frozenset[Token], frozenset[Token]] = {}
    outer = network.facts & submission
    for row in rows:
        pattern = outer | (network.facts & row)
        if pattern not in closed:
            closed[pattern] = network.close(pattern)
        row |= closed[pattern]
        row |= {then for absent, then in stratum.settles if absent not in row}
