"""How is a program closed on bits, with `& |` and not alone? In the order that the clauses need, on any carrier.

It serves where durable_rules can't be had, and whatever runs on bits other than booleans.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

from ..algebra.carriers import Bit, Carrier, Whole, Words
from .facts import Decided, concluded, told
from .program import Program, Stratum, Token


class Bitwise(Generic[Whole, Bit, Words]):
    """An executor over one carrier."""

    def __init__(self, carrier: Carrier[Whole, Bit, Words]) -> None:
        self.carrier = carrier

    def __call__(self, program: Program, decided: Decided[Bit]) -> Decided[Bit]:
        """See `facts.Executor`."""
        c = self.carrier
        submission = told(decided.submission)
        rows = [told(row) for row in decided.rows]
        present = decided.present or [c.true] * len(rows)
        for stratum in program.strata:
            for row_token, own in stratum.lifts:
                bit = c.false
                for row, exists in zip(rows, present, strict=True):
                    bit = bit | (row.get(row_token, c.false) & exists)
                submission[own] = bit
            self._settle(submission, stratum.opens)
            if stratum.per_row:
                for row in rows:
                    self._close(stratum, row, submission)
            else:
                self._close(stratum, submission, {})
        return concluded(program, submission, rows, c.false, c.negated)

    def _close(self, stratum: Stratum, own: dict[Token, Bit], outer: Mapping[Token, Bit]) -> None:
        """One pass, since each head is concluded before it is used."""
        false = self.carrier.false
        for clause in stratum.clauses:
            every = self.carrier.true
            for token in clause.body:
                every = every & (own[token] if token in own else outer.get(token, false))
            own[clause.head] = own.get(clause.head, false) | every
        self._settle(own, stratum.settles)

    def _settle(self, bits: dict[Token, Bit], pairs: tuple[tuple[Token, Token], ...]) -> None:
        for absent, then in pairs:
            bits[then] = self.carrier.negated(bits.get(absent, self.carrier.false))
