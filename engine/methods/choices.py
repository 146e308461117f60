"""Is a scoring method whole? Open choices filled from the policy, units met, bands without gap or overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from ..expressions.symbols import NumberType
from ..expressions.tree import Arithmetic, Literal, Tree, walk
from ..rules.ruleset import Criterion, Policy, Rounding
from ..values.amounts import Amount
from ..values.exact import written
from ..values.problems import At
from ..values.units import RATIO, Unit
from .methods import (
    Additions,
    Answered,
    Band,
    Bands,
    Checklist,
    Cut,
    Deductions,
    Editable,
    Indicators,
    Judgement,
    Linear,
    Method,
    Outcomes,
    Proportional,
    Share,
    Steps,
    Tier,
    highest_share,
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem inside one criterion; `path` is relative to it."""

    code: str
    path: At
    facts: tuple[tuple[str, str], ...] = ()
    near: str = ""


def settle(spec: Criterion, policy: Policy, tree: Tree | None, unit: Unit | None) -> tuple[Method, list[Trouble]]:
    """The form with every choice filled in, and what is wrong with it. `unit` is that of the measure."""
    method = spec.scoring
    assert method is not None
    rising = isinstance(method, Proportional) and method.most is not None  # says itself what lies over the target
    filled = {
        name: getattr(policy, name)
        for name in ("partial_step", "edges", "over", "reverse")
        if getattr(method, name, "absent") is None and getattr(policy, name) is not None
        if not (rising and name == "over")
    }
    method = method.model_copy(update=filled)
    troubles = [*_open_choices(method), *_amounts(method, unit), *_own(method, spec, policy), *_editing(spec, method)]
    if tree is not None and spec.zero_base is None and policy.zero_base is None and _divides(tree):
        troubles.append(_open("zero-base"))
    return method, troubles


def _open(choice: str, *path: str) -> Trouble:
    return Trouble("choice-left-open", path, (("choice", choice),))


def _open_choices(method: Method) -> list[Trouble]:
    missing = [name for name in _needed(method) if getattr(method, name) is None]
    troubles = [_open(_CHOICE.get(name, name.replace("_", "-"))) for name in missing]
    if any(one.closed is None for one in getattr(method, "cuts", ())):
        troubles.append(_open("closed", "scoring", "cuts"))
    return troubles


_CHOICE = {"from_": "standard", "to_closed": "edges"}


def _needed(method: Method) -> tuple[str, ...]:
    """The parameters that this form can't do without, each a choice that a wording may leave open."""
    match method:
        case Steps():
            return "from_", "base", "partial_step"
        case Additions():
            return "from_", "partial_step"
        case Bands() if any(_silent(band) for band in method.bands):
            return ("edges",)
        case Share(to=to) if to is not None:
            return ("to_closed",)
        case Judgement(tiers=tiers) if tiers_touch(tiers):
            return ("edges",)
        case Proportional(direction="forward", most=None):
            return ("over",)
        case Proportional(direction="reverse"):
            return ("reverse",)
        case Proportional(direction=None):
            return ("direction",)
        case _:
            return ()


def _silent(band: Band) -> bool:
    """Has the band an end that only `edges` can settle?"""
    lower = band.from_ is not None and band.from_closed is None
    return lower or (band.to is not None and band.to_closed is None)


def _divides(tree: Tree) -> bool:
    return any(
        isinstance(part, Arithmetic) and part.operator == "/" and not isinstance(part.right, Literal)
        for part in walk(tree)
    )


def _amounts(method: Method, unit: Unit | None) -> list[Trouble]:
    """Every threshold is of the measure's unit; a bare 0 fits all."""
    troubles = []
    for path, amount in limits(method):
        if unit is not None and amount.unit != unit and amount.value != 0:
            facts = (("found", str(amount)), ("unit", str(unit) or "%"))
            troubles.append(Trouble("unit-of-threshold", ("scoring", *path), facts))
    return troubles


def limits(method: Method) -> list[tuple[At, Amount]]:
    """The thresholds and steps that a form names in its measure's unit, each with its place in the form."""
    found: list[tuple[At, Amount | None]] = []
    match method:
        case Proportional():
            found = [(("target",), method.target), (("pass",), method.pass_)]
        case Linear():
            found = [(("full-at",), method.full_at), (("zero-at",), method.zero_at)]
        case Steps() | Additions():
            found = [(("from",), method.from_)]
            if isinstance(method, Additions) or method.base == "points":
                found.append((("step",), method.step))
        case Bands():
            for number, band in enumerate(method.bands):
                ends = {"at": band.at, "from": band.from_, "to": band.to}
                found += [(("bands", number, key), amount) for key, amount in ends.items()]
        case _:
            pass
    cuts: tuple[Cut, ...] = getattr(method, "cuts", ())
    found += [(("cuts", number, "at"), one.at) for number, one in enumerate(cuts)]
    return [(path, amount) for path, amount in found if amount is not None]


def widest(method: Method, measure: NumberType, points: Fraction, rounding: Rounding) -> int:
    """An integer that no intermediate of the form exceeds, scored on columns.

    Forms divide by at most the product of their thresholds, multiply by the points, compare the result crosswise with
    the points and with 0, and round it.
    """
    digits = 0 if rounding.points == "exact" else rounding.points
    thresholds = [max(abs(amount.value.numerator), amount.value.denominator) for _, amount in limits(method)]
    span = max(thresholds, default=1) if isinstance(method, Bands) else prod(thresholds)
    if isinstance(method, Proportional | Linear) and method.most is not None:
        span *= method.most.value.numerator * method.most.value.denominator
    deducted = method.deduct.denominator * method.deduct.numerator if isinstance(method, Steps) else 1
    size = max(measure.n, measure.d) * span * max(1, deducted)
    scale: int = 10**digits
    product = points.numerator * points.denominator
    return 2 * size * scale * product * product


def _own(method: Method, spec: Criterion, policy: Policy) -> list[Trouble]:
    """What only this form can have wrong."""
    match method:
        case Steps():
            return [*_steps(method, spec), *_cuts(method.cuts)]
        case Additions():
            return [*_additions(method, spec), *_cuts(method.cuts)]
        case Bands():
            return [*_band_points(method, spec), *_gaps(method, spec.outside_bands or policy.outside_bands)]
        case Linear() if method.full_at.value == method.zero_at.value:
            return [Trouble("line-without-length", ("scoring",))]
        case Proportional() if method.target.value <= 0:
            return [Trouble("target-not-positive", ("scoring", "target"), (("found", str(method.target)),))]
        case Linear() | Proportional():
            return [*_most(method), *_cuts(method.cuts)]
        case Outcomes():
            return _differ(max(one.points for one in method.outcomes), spec.points, "scoring", "outcomes")
        case Deductions():
            return [
                Trouble("judgement-out-of-bounds", ("scoring", "faults", number))
                for number, one in enumerate(method.faults)
                if not 0 <= one.least <= one.most <= spec.points
            ]
        case Checklist():
            total = sum((item.points for item in method.items), Fraction(0))
            return _differ(total, spec.points, "scoring", "items")
        case Judgement():
            most = method.most if method.most is not None else spec.points
            inside = 0 <= method.least <= most <= spec.points and not tiers_out_of_bounds(method.tiers)
            return [] if inside else [Trouble("judgement-out-of-bounds", ("scoring",))]
        case _:
            return []


def tiers_out_of_bounds(tiers: Sequence[Tier]) -> bool:
    """Whether a tier reaches below 0 or above the full points, or stands upside down."""
    return any(not 0 <= one.from_.value <= one.to.value <= 1 for one in tiers)


def tiers_touch(tiers: Sequence[Tier]) -> bool:
    """Whether two tiers share an end, so that somebody must say whose it is."""
    return bool({one.to.value for one in tiers} & {one.from_.value for one in tiers if one.from_.value < one.to.value})


def _most(method: Linear | Proportional) -> list[Trouble]:
    """Points above the full ones: by a share above 100%, of a form that rises, and not beside `over`."""
    if method.most is None:
        return []
    found = (("found", str(method.most)),)
    if method.most.unit != RATIO or method.most.value <= 1:
        return [Trouble("most-not-above-full", ("scoring", "most"), found)]
    if isinstance(method, Proportional) and (method.direction != "forward" or method.over is not None):
        return [Trouble("most-unfit", ("scoring", "most"))]
    return []


def _editing(spec: Criterion, method: Method) -> list[Trouble]:
    """An evaluator may change what a measured form gives, within its reach; an evaluator's form needs no leave."""
    editable = spec.editable
    if not editable:
        return []
    if isinstance(method, Answered | Indicators):
        return [Trouble("editable-unread", ("editable",), (("method", method.method),))]
    reach = highest_share(method)
    if isinstance(editable, Editable) and not 0 <= editable.from_.value <= editable.to.value <= reach:
        return [Trouble("judgement-out-of-bounds", ("editable",))]
    return []


def _differ(found: Fraction, stated: Fraction, *path: str) -> list[Trouble]:
    if found == stated:
        return []
    return [Trouble("points-differ", path, (("stated", written(stated)), ("sum", written(found))))]


def _cuts(cuts: tuple[Cut, ...]) -> list[Trouble]:
    """A cut-off gives points or takes some, not both."""
    return [
        Trouble("cut-of-one", ("scoring", "cuts", number))
        for number, one in enumerate(cuts)
        if (one.points is None) == (one.deduct is None)
    ]


def _additions(method: Additions, spec: Criterion) -> list[Trouble]:
    troubles = []
    if method.step.value <= 0:
        troubles.append(Trouble("step-not-positive", ("scoring", "step"), (("found", str(method.step)),)))
    if not 0 <= method.start < spec.points:
        troubles.append(Trouble("floor-out-of-bounds", ("scoring", "start"), (("found", written(method.start)),)))
    return troubles


def _steps(method: Steps, spec: Criterion) -> list[Trouble]:
    troubles = []
    if method.step.value <= 0:
        troubles.append(Trouble("step-not-positive", ("scoring", "step"), (("found", str(method.step)),)))
    if method.base == "relative" and method.from_ is not None and method.from_.value == 0:
        troubles.append(Trouble("relative-to-zero", ("scoring", "base")))
    if method.base == "relative" and method.step.unit != RATIO:
        troubles.append(Trouble("unit-of-threshold", ("scoring", "step"), (("found", str(method.step)), ("unit", "%"))))
    if not 0 <= method.floor <= spec.points:
        troubles.append(Trouble("floor-out-of-bounds", ("scoring", "floor"), (("found", written(method.floor)),)))
    return troubles


def _band_points(method: Bands, spec: Criterion) -> list[Trouble]:
    most = max(band.points for band in method.bands)
    troubles = _differ(most, spec.points, "scoring", "bands")
    for number, band in enumerate(method.bands):
        one = band.at is not None
        if one == (band.from_ is not None or band.to is not None):
            troubles.append(Trouble("band-without-ends", ("scoring", "bands", number)))
        elif band.from_ is not None and band.to is not None and band.from_.value >= band.to.value:
            troubles.append(Trouble("band-upside-down", ("scoring", "bands", number)))
    return troubles


def _gaps(method: Bands, outside: str | None) -> list[Trouble]:
    """Walk the line from −∞ to +∞: each point belongs to one band, or the policy says what lies outside."""
    silent = method.edges is None and any(_silent(band) for band in method.bands)
    if silent or any(b.at is None and b.from_ is None and b.to is None for b in method.bands):
        return []
    edges = method.edges or ""
    spans = sorted((_low(band, edges), _high(band, edges), n) for n, band in enumerate(method.bands))
    troubles: list[Trouble] = []
    reached = _LOWEST
    for low, high, number in spans:
        path: At = ("scoring", "bands", number)
        if low[:2] < reached[:2]:
            troubles.append(Trouble("bands-overlap", path, (("at", low[2]),)))
        elif low[:2] > reached[:2] and outside is None:
            facts = (("from", reached[2]), ("to", low[2]))
            troubles.append(Trouble("bands-gap", path, facts, "outside-bands: open"))
        reached = max(reached, high, key=lambda end: end[:2])
    if reached != _HIGHEST and outside is None:
        facts = (("from", reached[2]), ("to", "∞"))
        troubles.append(Trouble("bands-gap", ("scoring", "bands"), facts, "outside-bands: open"))
    return troubles


# An end lies between points of the line: (value, 0) is just below the value, (value, 1) just above it.
End = tuple[Fraction, int, str]
_LOWEST, _HIGHEST = (Fraction(-(10**30)), 0, "−∞"), (Fraction(10**30), 1, "∞")


def _end(amount: Amount, above: bool) -> End:
    return amount.value, int(above), f"{'>' if above else '≥'} {amount}"


def _low(band: Band, edges: str) -> End:
    if band.at is not None:
        return _end(band.at, False)
    return _end(band.from_, not band.closed(edges)[0]) if band.from_ else _LOWEST


def _high(band: Band, edges: str) -> End:
    if band.at is not None:
        return _end(band.at, True)
    return _end(band.to, band.closed(edges)[1]) if band.to else _HIGHEST
