"""How is a program closed for many submissions at once? Column by column, in the order that the clauses need.

Only `& |` and not of the carrier's bits are used, so the same function serves one submission on plain booleans.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..algebra.carriers import Bit, Carrier
from .facts import Bits, Decided, concluded, told
from .program import Clause, Program, Stratum, Token


class Columnar:
    """An executor over one carrier."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier

    def __call__(self, program: Program, decided: Decided) -> Decided:
        """See `facts.Executor`."""
        submission = told(decided.submission, self.carrier)
        rows = [told(row, self.carrier) for row in decided.rows]
        for stratum in program.strata:
            for row_token, own in stratum.lifts:
                bit = self.carrier.false
                for row in rows:
                    bit = bit | row.get(row_token, self.carrier.false)
                submission[own] = bit
            self._settle(submission, stratum.opens)
            if stratum.per_row:
                for row in rows:
                    self._close(stratum, row, submission)
            else:
                self._close(stratum, submission, {})
        return concluded(program, submission, rows, self.carrier.false)

    def _close(self, stratum: Stratum, own: dict[Token, Bit], outer: Bits) -> None:
        clauses: dict[Token, list[Clause]] = {}
        for clause in stratum.clauses:
            clauses.setdefault(clause.head, []).append(clause)
        for head in clauses:
            self._bit(head, clauses, own, outer)
        self._settle(own, stratum.settles)

    def _bit(self, token: Token, clauses: Mapping[Token, list[Clause]], own: dict[Token, Bit], outer: Bits) -> Bit:
        if token in own:
            return own[token]
        if token not in clauses:
            return outer.get(token, self.carrier.false)
        result = self.carrier.false
        for clause in clauses[token]:
            every = self.carrier.true
            for part in clause.body:
                every = every & self._bit(part, clauses, own, outer)
            result = result | every
        own[token] = result
        return result

    def _settle(self, bits: dict[Token, Bit], pairs: tuple[tuple[Token, Token], ...]) -> None:
        for absent, then in pairs:
            bits[then] = self.carrier.negated(bits.get(absent, self.carrier.false))
