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
from typing import Any

from ..algebra.carriers import SCALARS
from .facts import Decided, concluded, told
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
        """Everything concluded from these tokens, themselves not included."""
        sid = f"e{next(self.sids)}"
        waiting = [token for token in told_tokens if token in self.facts]
        seen = set(waiting)
        heads: set[Token] = set()
        if not waiting:
            return frozenset()
        try:
            self.host.assert_fact(_NAME, {"sid": sid, **_OPENING})
            while waiting:
                self.fired.clear()
                for token in sorted(waiting):
                    self.host.assert_fact(_NAME, {"sid": sid, **self.facts[token]})
                heads.update(self.fired)
                waiting = [head for head in dict.fromkeys(self.fired) if head in self.facts and head not in seen]
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
    """An executor for one submission. Networks are built once for each program."""

    def __init__(self) -> None:
        self._networks: dict[int, tuple[Program, list[_Stratum]]] = {}

    def networks(self, program: Program) -> list[_Stratum]:
        """The networks of `program`, by stratum. Raises `ExtensionUnusable`."""
        known = self._networks.get(id(program))
        if known is None:
            known = (program, [_Stratum(stratum.clauses) for stratum in program.strata])
            self._networks[id(program)] = known  # the program is kept, so its id stays its own
        return known[1]

    def __call__(self, program: Program, decided: Decided) -> Decided:
        """See `facts.Executor`."""
        submission = _tokens(decided.submission)
        rows = [_tokens(row) for row in decided.rows]
        for stratum, network in zip(program.strata, self.networks(program), strict=True):
            submission |= {own for row_token, own in stratum.lifts if any(row_token in row for row in rows)}
            submission |= {then for absent, then in stratum.opens if absent not in submission}
            if stratum.per_row:
                _close_rows(stratum, network, submission, rows)
            else:
                submission |= network.close(submission)
                submission |= {then for absent, then in stratum.settles if absent not in submission}
        as_bits = [dict.fromkeys(tokens, True) for tokens in (submission, *rows)]
        return concluded(program, as_bits[0], as_bits[1:], False)


def _tokens(truths: Any) -> set[Token]:
    return {token for token, bit in told(truths, SCALARS).items() if bit}


def _close_rows(stratum: Stratum, network: _Stratum, submission: set[Token], rows: Sequence[set[Token]]) -> None:
    """Rows that are told the same conclude the same: each pattern of tokens is closed once."""
    closed: dict[frozenset[Token], frozenset[Token]] = {}
    for row in rows:
        pattern = frozenset(token for token in row | submission if token in network.facts)
        if pattern not in closed:
            closed[pattern] = network.close(pattern)
        row |= closed[pattern]
        row |= {then for absent, then in stratum.settles if absent not in row}
