"""What does one measure earn? Each scoring method as the design words it, for a number or for one just beside it.

A `Spot` is a number and the side from which it is reached (−1, 0, 1). So the least and the most of a method are found
by looking at every edge, just below it and just above it, and far away on both sides: no method says them itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from engine.values.amounts import read_amount

from .ranges import ONE, ZERO, Ends, at, exact, hull

Method = dict
ENDLESS = Fraction(10**60)
"""Further than any measure reaches."""
MEASURED = ("proportional", "linear", "bands", "steps", "additions", "external")


def amount(written: object) -> Fraction:
    """`95.10%`, `200万元` in base units."""
    return read_amount(str(written)).value


@dataclass(frozen=True)
class Spot:
    """A number, or what lies just below or above it."""

    x: Fraction
    side: int = 0

    def above(self, edge: Fraction, closed: bool = False) -> bool:
        """Beyond the edge upwards; `closed`: or at it."""
        return self.x > edge or (self.x == edge and (self.side > 0 or (closed and self.side == 0)))

    def below(self, edge: Fraction, closed: bool = False) -> bool:
        return self.x < edge or (self.x == edge and (self.side < 0 or (closed and self.side == 0)))

    def at(self, edge: Fraction) -> bool:
        return self.x == edge and self.side == 0


def points(method: Method, x: Fraction, full: Fraction) -> Ends:
    """What a known measure earns, before it is rounded."""
    return _at(method, Spot(x), full)


def extremes(method: Method, full: Fraction, most: Fraction = ENDLESS) -> Ends:
    """The least and the most, whatever the measure up to `most`."""
    edges = [one for one in (*_edges(method, full), ZERO) if one < most]
    spots = [Spot(edge, side) for edge in edges for side in (-1, 0, 1)]
    return hull(_at(method, spot, full) for spot in [Spot(-ENDLESS), *spots, Spot(most)])


def _at(method: Method, spot: Spot, full: Fraction) -> Ends:
    own = _METHODS[method["method"]](method, spot, full)
    own = _cut_off(method, spot, own)
    return own.within(lowest(method), None)


def lowest(method: Method) -> Fraction:
    """The floor of a leaf: 0, or what the method names."""
    return exact(method.get("floor", method.get("least", 0)) if method["method"] != "judgement" else 0)


def _cut_off(method: Method, spot: Spot, own: Ends) -> Ends:
    """Of the cuts of one side, the outermost that holds: it gives points, or it takes some off."""
    holding = []
    for side in ("above", "below"):
        cuts = [one for one in method.get("cuts", ()) if one["side"] == side and _beyond(one, spot)]
        if cuts:
            holding.append(max(cuts, key=lambda one: _rank(one, side)))
    for one in holding:
        if "points" in one:
            own = at(exact(one["points"]))
    for one in holding:
        if "deduct" in one:
            own = Ends(own.low - exact(one["deduct"]), own.high - exact(one["deduct"]))
    return own


def _rank(one: dict, side: str) -> tuple[Fraction, bool]:
    """How far out: of two at one place, the open one lies beyond the closed one."""
    return (amount(one["at"]) if side == "above" else -amount(one["at"]), not one["closed"])


def _beyond(one: dict, spot: Spot) -> bool:
    return (spot.above if one["side"] == "above" else spot.below)(amount(one["at"]), one["closed"])


# -- the methods -----------------------------------------------------------------------------------------------


def _proportional(method: Method, spot: Spot, full: Fraction) -> Ends:
    target, passing = amount(method["target"]), method.get("pass")
    if method["direction"] == "forward":
        if passing is not None and spot.below(amount(passing)):
            return at(ZERO)
        return _forward(method, spot, target, full)
    if method["direction"] == "reverse":
        if passing is not None and spot.above(amount(passing)):
            return at(ZERO)
        return at(full * backwards(method["reverse"], spot.x, target))
    if spot.at(target):
        return at(full)
    away = abs(spot.x - target) / target
    return at(ZERO if method["off"] == "zero" else full * max(ZERO, ONE - away))


def _forward(method: Method, spot: Spot, target: Fraction, full: Fraction) -> Ends:
    share = spot.x / target
    if "most" in method:
        return at(full * min(max(share, ZERO), amount(method["most"])))
    if spot.above(target):
        return {"full": at(full), "zero": at(ZERO), "open": Ends(ZERO, full)}[method["over"]]
    return at(full * max(share, ZERO))


def backwards(how: str, x: Fraction, target: Fraction) -> Fraction:
    """The share that is left of what should be small."""
    if x <= target:
        return ONE
    if how == "linear":
        return max(ZERO, ONE - (x - target) / target)
    return ZERO if x >= ENDLESS else target / x


def _linear(method: Method, spot: Spot, full: Fraction) -> Ends:
    full_at, zero_at = amount(method["full-at"]), amount(method["zero-at"])
    share = (spot.x - zero_at) / (full_at - zero_at)
    return at(full * min(max(share, ZERO), amount(method.get("most", "100%"))))


def _bands(method: Method, spot: Spot, full: Fraction) -> Ends:
    for band in method["bands"]:
        if "at" in band:
            inside = spot.at(amount(band["at"]))
        else:
            lower = band.get("from-closed", method.get("edges") == "lower-closed")
            upper = band.get("to-closed", method.get("edges") == "upper-closed")
            inside = "from" not in band or spot.above(amount(band["from"]), lower)
            inside = inside and ("to" not in band or spot.below(amount(band["to"]), upper))
        single = any("at" in other and spot.at(amount(other["at"])) for other in method["bands"])
        if inside and ("at" in band or not single):
            return at(exact(band["points"]))
    return hull(at(exact(band["points"])) for band in method["bands"])  # outside all of them: open


def _distance(method: Method, spot: Spot) -> tuple[Fraction, int]:
    """How far from the standard, and from which side that distance is reached."""
    start = amount(method.get("from", "0"))
    if method["side"] == "above" or (method["side"] == "both" and spot.x > start):
        return (spot.x - start, spot.side) if spot.above(start) else (ZERO, 0)
    if method["side"] == "below" or spot.x < start:
        return (start - spot.x, -spot.side) if spot.below(start) else (ZERO, 0)
    return ZERO, abs(spot.side)


def _counted(method: Method, spot: Spot) -> Fraction:
    """How many steps count."""
    away, side = _distance(method, spot)
    step = amount(method["step"])
    if method.get("base") == "relative":
        step *= abs(amount(method["from"]))
    count = away / step
    whole = Fraction(count.numerator // count.denominator)
    if method["partial-step"] == "pro-rata":
        return count
    if method["partial-step"] == "whole":
        return whole - 1 if whole == count and side < 0 else whole
    return whole + 1 if whole < count or (whole == count and side > 0) else whole


def _steps(method: Method, spot: Spot, full: Fraction) -> Ends:
    return at(min(full, full - _counted(method, spot) * exact(method["deduct"])))


def _additions(method: Method, spot: Spot, full: Fraction) -> Ends:
    return at(min(full, exact(method.get("start", 0)) + _counted(method, spot) * exact(method["add"])))


def _external(method: Method, spot: Spot, full: Fraction) -> Ends:
    return at(full * min(max(spot.x, ZERO), ONE))


_METHODS: dict[str, Callable[[Method, Spot, Fraction], Ends]] = {
    "proportional": _proportional,
    "linear": _linear,
    "bands": _bands,
    "steps": _steps,
    "additions": _additions,
    "external": _external,
}


def _edges(method: Method, full: Fraction) -> list[Fraction]:
    """Where the points may turn: every amount the method names, and where steps have used up the points."""
    named = ("target", "pass", "full-at", "zero-at", "from")
    found = [amount(method[key]) for key in named if key in method]
    found += [amount(one["at"]) for one in method.get("cuts", ())]
    for band in method.get("bands", ()):
        found += [amount(band[key]) for key in ("at", "from", "to") if key in band]
    return found


def standing(method: Method, full: Fraction, answer: dict | None) -> Ends:
    """What an evaluator's answer leaves open: of items answered, of the outcome or tier named."""
    answer = answer or {}
    if "points" in answer:
        return at(exact(answer["points"]))
    return _ANSWERED[method["method"]](method, full, answer).within(lowest(method), full)


def _checklist(method: Method, full: Fraction, answer: dict) -> Ends:
    met, missed = answer.get("met", ()), answer.get("not-met", ())
    low = high = ZERO
    for number, item in enumerate(method["items"], 1):
        worth = exact(item["points"])
        if number in met:
            low, high = low + worth, high + worth
        elif number not in missed:
            low, high = low + min(worth, ZERO), high + max(worth, ZERO)
    return Ends(low, high)


def _outcomes(method: Method, full: Fraction, answer: dict) -> Ends:
    named = [one for one in method["outcomes"] if answer.get("tier", one["outcome"]) == one["outcome"]]
    return hull(at(exact(one["points"])) for one in named)


def _deductions(method: Method, full: Fraction, answer: dict) -> Ends:
    """`met`: not found. A fault that repeats may have occurred any number of times."""
    low = high = full
    for number, fault in enumerate(method["faults"], 1):
        if number in answer.get("met", ()):
            continue
        low -= ENDLESS if fault.get("repeats") else exact(fault["most"])
        if number in answer.get("not-met", ()):
            high -= exact(fault["least"])
    return Ends(low, high)


def _judgement(method: Method, full: Fraction, answer: dict) -> Ends:
    if "tiers" in method:
        return tiered(method["tiers"], answer.get("tier")).times(full)
    return Ends(exact(method.get("least", 0)), exact(method["most"]) if "most" in method else full)


def tiered(tiers: list[dict], named: str | None) -> Ends:
    """The shares that a tier allows; of all tiers where none is named."""
    return hull(Ends(amount(one["from"]), amount(one["to"])) for one in tiers if named in (None, one["tier"]))


_ANSWERED: dict[str, Callable[[Method, Fraction, dict], Ends]] = {
    "checklist": _checklist,
    "outcomes": _outcomes,
    "deductions": _deductions,
    "judgement": _judgement,
}
