"""Points by interval of the measure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from pydantic import Field

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from ..values.amounts import Amount
from ..values.model import AmountText, Exact, Model
from ..values.problems import At
from .choices import Edges
from .method import Around, Branch, Facts, Measured, Said, Told, Trouble, Unwritable, Work, differ
from .writing import decimal_points, half

End = tuple[Fraction, int, str]
"""An end lies between points of the line: (value, 0) is just below the value, (value, 1) just above it."""
_LOWEST, _HIGHEST = (Fraction(-(10**30)), 0, "−∞"), (Fraction(10**30), 1, "∞")


_SAID = {"=": ("at", "at"), ">=": ("from", "from_"), ">": ("above", "from_"), "<=": ("to", "to"), "<": ("below", "to")}
"""How sentences call an end of a band, and the fact that holds it."""
_MARKS = {None: "", True: "（含）", False: "（不含）"}


class Band(Model):
    """One interval of the measure and its points: exactly `at`, or `from` … `to` (either may be missing).

    `from_closed` and `to_closed` say of one end what `edges` says of all that are silent.
    """

    at: AmountText | None = None
    from_: AmountText | None = None
    to: AmountText | None = None
    from_closed: bool | None = None
    to_closed: bool | None = None
    points: Exact

    def closed(self, edges: str | None) -> tuple[bool | None, bool | None]:
        """Whether the lower and the upper end belong to the band; `edges` settles those of which it is silent. None:
        nobody said.
        """
        lower, upper = self.from_closed, self.to_closed
        if edges:
            lower = edges == "lower-closed" if lower is None else lower
            upper = edges == "upper-closed" if upper is None else upper
        return lower, upper

    @property
    def silent(self) -> bool:
        """Has it an end that only `edges` can settle?"""
        lower = self.from_ is not None and self.from_closed is None
        return lower or (self.to is not None and self.to_closed is None)

    def within(self, edges: str | None) -> list[tuple[str, Amount]]:
        """The ends by the comparisons that a measure in it meets."""
        lower, upper = self.closed(edges)
        ends = (("=", self.at), (">=" if lower else ">", self.from_), ("<=" if upper else "<", self.to))
        return [(sign, end) for sign, end in ends if end is not None]

    def ends(self, edges: str) -> tuple[End, End]:
        """Where it begins and ends on the line."""
        if self.at is not None:
            return _end(self.at, False), _end(self.at, True)
        lower, upper = self.closed(edges)
        low = _end(self.from_, not lower) if self.from_ is not None else _LOWEST
        return low, _end(self.to, bool(upper)) if self.to is not None else _HIGHEST


def _end(amount: Amount, above: bool) -> End:
    return amount.value, int(above), f"{'>' if above else '≥'} {amount}"


class Bands(Measured):
    """`edges` says which end belongs to a band: `lower-closed` is [from, to). Outside every band points are open.

    No band gives less than 0, unless `least` names the least that one may give.
    """

    method: Literal["bands"]
    edges: Edges | None = None
    bands: tuple[Band, ...] = Field(min_length=1)
    least: Exact | None = None

    def open(self) -> tuple[str, ...]:
        """Whose the common ends are."""
        return ("edges",) if self.edges is None and any(band.silent for band in self.bands) else ()

    def checks(self, around: Around) -> Iterator[Trouble]:
        """The best band gives the full points; bands stand the right way up, and leave no gap and no overlap."""
        yield from differ(max(band.points for band in self.bands), around.points, "scoring", "bands")
        for number, band in enumerate(self.bands):
            one = band.at is not None
            if one == (band.from_ is not None or band.to is not None):
                yield Trouble("band-without-ends", ("scoring", "bands", number))
            elif band.from_ is not None and band.to is not None and band.from_.value >= band.to.value:
                yield Trouble("band-upside-down", ("scoring", "bands", number))
        if not self.open() and all(b.at or b.from_ or b.to for b in self.bands):
            yield from self._gaps(around.outside_bands is None)

    def _gaps(self, refused: bool) -> Iterator[Trouble]:
        """Walk the line from −∞ to +∞: each point belongs to one band, or the policy says what lies outside."""
        spans = sorted((*band.ends(self.edges or ""), n) for n, band in enumerate(self.bands))
        reached: End = _LOWEST
        for low, high, number in spans:
            path: At = ("scoring", "bands", number)
            if low[:2] < reached[:2]:
                yield Trouble("bands-overlap", path, (("at", low[2]),))
            elif low[:2] > reached[:2] and refused:
                yield Trouble("bands-gap", path, (("from", reached[2]), ("to", low[2])), "outside-bands: open")
            reached = max(reached, high, key=lambda end: end[:2])
        if reached != _HIGHEST and refused:
            yield Trouble("bands-gap", ("scoring", "bands"), (("from", reached[2]), ("to", "∞")), "outside-bands: open")

    def work(self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit], full: Number[Whole, Bit]) -> Work[Whole, Bit]:
        """The band that `x` lies in; outside every band, from the least band to the full points."""
        branches = []
        for number, band in enumerate(self.bands):
            points, inside = m.number(band.points), m.carrier.true
            for sign, end in band.within(self.edges):
                inside = inside & m.holds(sign, x, m.number(end.value))
            branches.append(Branch(f"band:{number}", inside, Range(points, points)))
        least = m.number(min(band.points for band in self.bands))
        branches.append(Branch("outside", m.carrier.true, Range(least, full)))
        return Work(tuple(branches), {})

    def turns(self, full: Fraction) -> Iterator[Fraction]:
        """Every end."""
        yield from (amount.value for _, amount in self.amounts())

    def said(self, told: Told) -> Said:
        """The band, as an interval in words."""
        if told.branch == "outside":
            return Said("outside", {"value": told.apart()})
        band = self.bands[int(told.branch.removeprefix("band:"))]
        within = band.within(self.edges)
        facts: Facts = {"value": told.apart(*(end.value for _, end in within)), "points": band.points}
        facts |= {_SAID[sign][1]: end for sign, end in within}
        return Said("-".join(("band", *(_SAID[sign][0] for sign, _ in within))), facts)

    def clause(self, full: Fraction) -> list[str]:
        """一档一句."""
        if self.least is not None:
            raise Unwritable("least")
        return [f"{_interval(band, *band.closed(self.edges))}得{decimal_points(band.points)}分" for band in self.bands]


def _interval(band: Band, lower: bool | None, upper: bool | None) -> str:
    if band.at is not None:
        return f"={band.at}"
    if band.from_ is not None and band.to is not None:
        return f"{band.from_}{_MARKS[lower]}至{band.to}{_MARKS[upper]}"
    if band.from_ is not None:
        return half(band.from_, True, lower)
    if band.to is None:
        raise Unwritable("band")
    return half(band.to, False, upper)
