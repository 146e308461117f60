"""How is an interval of a measure written, and does a value lie in it?"""

from __future__ import annotations

from fractions import Fraction

from ..values.amounts import Amount
from .methods import Band, Cut, Level


def beyond(cut: Cut, x: Fraction) -> bool:
    """Whether a value lies where a form is cut off."""
    if x == cut.at.value:
        return bool(cut.closed)
    return (x > cut.at.value) == (cut.side == "above")


def cut_shown(cut: Cut) -> str:
    """Where a form is cut off: `> 100%`."""
    sign = (">", "≥") if cut.side == "above" else ("<", "≤")
    return f"{sign[bool(cut.closed)]} {cut.at}"


def within(band: Band, edges: str, x: Fraction) -> bool:
    """Whether a value lies in a band; `edges` settles the ends of which the band itself is silent."""
    if band.at is not None:
        return x == band.at.value
    lower, upper = band.closed(edges)
    low = band.from_ is None or (x >= band.from_.value if lower else x > band.from_.value)
    return low and (band.to is None or (x <= band.to.value if upper else x < band.to.value))


def band_shown(band: Band, edges: str) -> str:
    """An interval as mathematics writes it: `(10%, 20%]`."""
    if band.at is not None:
        return f"= {band.at}"
    return _shown(band.from_, band.to, *band.closed(edges))


def level_shown(level: Level) -> str:
    """The range of a letter, likewise: `[95%, 105%]`."""
    return _shown(level.from_, level.to, level.closed, level.closed)


def _shown(low: Amount | None, high: Amount | None, lower: bool, upper: bool) -> str:
    left = "[" if lower and low else "("
    right = "]" if upper and high else ")"
    return f"{left}{low or '−∞'}, {high or '∞'}{right}"
