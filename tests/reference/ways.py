"""How do parts of a table make a whole, where nobody knows yet which of them apply? Every way is gone through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from .ranges import ZERO, Ends, at, hull


@dataclass(frozen=True)
class Way:
    """One way in which a part may turn out: its points, the weight they are of, and the weight that left the table
    while the rest is scaled for it. `there`: something applies. `option`: it may be the best of several.
    """

    points: Ends
    weight: Fraction
    spared: Fraction = ZERO
    there: bool = True
    option: bool = True

    def times(self, factor: Fraction) -> Way:
        return Way(self.points.times(factor), self.weight * factor, self.spared * factor, self.there, self.option)


Ways = tuple[Way, ...]
NOTHING = Way(at(ZERO), ZERO, ZERO, False, False)


def gone(spared: Fraction = ZERO) -> Way:
    """What left the table."""
    return Way(at(ZERO), ZERO, spared, False, False)


def together(parts: Iterable[Ways]) -> Ways:
    """All parts added up, in every way."""
    held = {NOTHING}
    for ways in parts:
        held = {
            Way(a.points + b.points, a.weight + b.weight, a.spared + b.spared, a.there or b.there, a.option or b.option)
            for a in held
            for b in ways
        }
    return tuple(held)


def best(parts: Sequence[Ways], full: Fraction) -> Ways:
    """The best of the options that apply; of none, what the rule set does with what does not apply."""
    found = set()
    for chosen in product(*parts):
        options = [one for one in chosen if one.option]
        if options:
            points = Ends(max(one.points.low for one in options), max(one.points.high for one in options))
            found.add(Way(points, full))
        elif any(one.there for one in chosen):
            found.add(Way(at(ZERO), full, option=False))
        else:
            found.add(gone(full if any(one.spared for one in chosen) else ZERO))
    return tuple(found)


def shown(ways: Ways) -> Ends | None:
    """Between which points a part lies; none where it surely left."""
    return hull(one.points for one in ways) if any(one.there for one in ways) else None


def weights(ways: Ways) -> Ends:
    return hull(at(one.weight) for one in ways)


def scaled(ways: Ways) -> Ends | None:
    """T·Σp ÷ Σw over what applies: its extremes. None where nothing applies."""
    counted = [one for one in ways if one.weight > 0]
    return hull(one.points.times((one.weight + one.spared) / one.weight) for one in counted) if counted else None


def whole(ways: Ways) -> Ends:
    """The full points of the table."""
    counted = [one for one in ways if one.weight > 0] or list(ways)
    return hull(at(one.weight + one.spared) for one in counted)


def shares(ways: Ways) -> Ends | None:
    """Points as a share of the full ones of what applies."""
    counted = [one for one in ways if one.weight > 0]
    return hull(one.points.times(1 / one.weight) for one in counted) if counted else None


def open_whole(ways: Ways) -> bool:
    """Is the table scaled, and to what it is scaled is open, too?"""
    counted = [one for one in ways if one.weight > 0]
    return any(one.spared for one in counted) and len({one.weight + one.spared for one in counted}) > 1
