"""How is a program closed on bits, with `& |` and not alone? In the order that the clauses need, on any carrier.

It serves where durable_rules can't be had, and whatever runs on bits other than booleans.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

from ..algebra.carriers import Bit, Carrier, Whole, Words
from ..algebra.meaning import Truth
from .facts import Decided
from .program import Program, Stratum, Token, said


class Bitwise(Generic[Whole, Bit, Words]):
    """An executor over one carrier."""

    def __init__(self, carrier: Carrier[Whole, Bit, Words]) -> None:
        self.carrier = carrier

    def __call__(self, program: Program, decided: Decided[Bit]) -> Decided[Bit]:
        """See `facts.Executor`."""
        c = self.carrier
        submission = _told(decided.submission)
        rows = [_told(row) for row in decided.rows]
        present = decided.present or [c.true] * len(rows)
        for stratum in program.strata:
            for row_token, own in stratum.lifts:
                bit = c.false
                for row, exists in zip(rows, present, strict=True):
                    bit = bit | (row.get(row_token, c.false) & exists)
                submission[own] = bit
            for absent, then in stratum.opens:
                submission[then] = c.negated(submission[absent])
            if stratum.per_row:
                for row in rows:
                    self._close(stratum, row, submission)
            else:
                self._close(stratum, submission, {})
        return Decided(self._truths(program, False, submission), [self._truths(program, True, row) for row in rows])

    def _close(self, stratum: Stratum, own: dict[Token, Bit], outer: Mapping[Token, Bit]) -> None:
        """One pass, since each head is concluded before it is used."""
        false = self.carrier.false
        for clause in stratum.clauses:
            every = self.carrier.true
            for token in clause.body:
                every = every & (own[token] if token in own else outer.get(token, false))
            own[clause.head] = own.get(clause.head, false) | every

    def _truths(self, program: Program, per_row: bool, bits: Mapping[Token, Bit]) -> dict[str, Truth[Bit]]:
        """Of each rule from its own tokens; what nobody reads is surely not, where it is not possible."""
        c, found = self.carrier, {}
        for name, read, tokens in program.asked[per_row]:
            sure, possible, sure_not, possible_not = (bits.get(token, c.false) for token in tokens)
            if not read:
                sure_not, possible_not = c.negated(possible), c.negated(sure)
            found[name] = Truth(sure, possible, sure_not, possible_not)
        return found


def _told(truths: Mapping[str, Truth[Bit]]) -> dict[Token, Bit]:
    """The four tokens of each symbol."""
    bits: dict[Token, Bit] = {}
    for symbol, truth in truths.items():
        bits.update(zip(said(symbol), truth, strict=True))
    return bits
