"""Many submissions at once: Int128 and Boolean columns of Polars.

Polars refuses Int128 beside a Python integer (measured with 2.1), so constants are columns of length one, which it
spreads over longer ones. Int128 wraps silently: the plan refuses any formula whose magnitude could reach it.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


class Columns:
    """A carrier of `height` submissions."""

    def __init__(self, height: int) -> None:
        self.height = height
        self.true = pl.repeat(True, height, dtype=pl.Boolean, eager=True)
        self.false = pl.repeat(False, height, dtype=pl.Boolean, eager=True)

    def whole(self, value: int) -> pl.Series:
        """The constant at full height."""
        return pl.repeat(value, self.height, dtype=pl.Int128, eager=True)

    def wholes(self, values: Sequence[int]) -> pl.Series:
        """One integer a submission."""
        return pl.Series(values, dtype=pl.Int128)

    def bits(self, values: Sequence[bool]) -> pl.Series:
        """One bit a submission."""
        return pl.Series(values, dtype=pl.Boolean)

    def text(self, value: str) -> pl.Series:
        """The constant at full height."""
        return pl.repeat(value, self.height, dtype=pl.String, eager=True)

    def texts(self, values: Sequence[str]) -> pl.Series:
        """One text a submission."""
        return pl.Series(values, dtype=pl.String)

    def negated(self, bit: pl.Series) -> pl.Series:
        """Not."""
        return ~bit

    def choose(self, bit: pl.Series, yes: pl.Series, no: pl.Series) -> pl.Series:
        """Row by row one of the two."""
        return yes.zip_with(bit, no)

    def lowest(self, n: pl.Series, d: pl.Series) -> tuple[pl.Series, pl.Series]:
        """As it stands: the plan has proved that it fits."""
        return n, d

    def picked(self, table: Sequence[int], index: pl.Series) -> pl.Series:
        """Row by row the entry."""
        return pl.Series(table, dtype=pl.Int128).gather(index.cast(pl.Int64))
