"""How is a program closed for many submissions at once? Column by column, in the order that the clauses need.

Only `& |` and not of the carrier's bits are used, so the same function serves one submission on plain booleans.
"""

from __future__ import annotations

from ..algebra.carriers import Bit, Carrier
from .facts import Bits, Decided, concluded, told
from .program import Program, Stratum, Token


class Columnar:
    """An executor over one carrier."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier

    def __call__(self, program: Program, decided: Decided) -> Decided:
        """See `facts.Executor`."""
        submission = told(decided.submission, self.carrier)
        rows = [told(row, self.carrier) for row in decided.rows]
        present = decided.present or [self.carrier.true] * len(rows)
        for stratum in program.strata:
            for row_token, own in stratum.lifts:
                bit = self.carrier.false
                for row, exists in zip(rows, present, strict=True):
                    bit = bit | (row.get(row_token, self.carrier.false) & exists)
                submission[own] = bit
            self._settle(submission, stratum.opens)
            if stratum.per_row:
                for row in rows:
                    self._close(stratum, row, submission)
            else:
                self._close(stratum, submission, {})
        return concluded(program, submission, rows, self.carrier.false)

    def _close(self, stratum: Stratum, own: dict[Token, Bit], outer: Bits) -> None:
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
