"""Is a scoring form whole? Open choices filled from the policy, units met, bands without gap or overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from .exact import written
from .expressions.symbols import NumberType
from .expressions.tree import Arithmetic, Literal, Tree, walk
from .forms import (
    Additions,
    Answered,
    Band,
    Bands,
    Checklist,
    Cut,
    Deductions,
    Editable,
    Form,
    Indicators,
    Judgement,
    Linear,
    Outcomes,
    Proportional,
    Share,
    Steps,
    Tier,
    highest_share,
)
from .model import Amount
from .problems import At
from .ruleset import Criterion, Policy, Rounding
from .units import RATIO, Unit


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem inside one criterion; `path` is relative to it."""

    code: str
    path: At
    facts: tuple[tuple[str, str], ...] = ()
    near: str = ""


def settle(spec: Criterion, policy: Policy, tree: Tree | None, unit: Unit | None) -> tuple[Form, list[Trouble]]:
    """The form with every choice filled in, and what is wrong with it. `unit` is that of the measure."""
    form = spec.scoring
    assert form is not None
    rising = isinstance(form, Proportional) and form.most is not None  # says itself what lies over the target
    filled = {
        name: getattr(policy, name)
        for name in ("partial_step", "edges", "over", "reverse")
        if getattr(form, name, "absent") is None and getattr(policy, name) is not None
        if not (rising and name == "over")
    }
    form = form.model_copy(update=filled)
    troubles = [*_open_choices(form), *_amounts(form, unit), *_own(form, spec, policy), *_editing(spec, form)]
    if tree is not None and spec.zero_base is None and policy.zero_base is None and _divides(tree):
        troubles.append(_open("zero-base"))
    return form, troubles


def _open(choice: str, *path: str) -> Trouble:
    return Trouble("choice-left-open", path, (("choice", choice),))


def _open_choices(form: Form) -> list[Trouble]:
    missing = [name for name in _needed(form) if getattr(form, name) is None]
    troubles = [_open(_CHOICE.get(name, name.replace("_", "-"))) for name in missing]
    if any(one.closed is None for one in getattr(form, "cuts", ())):
        troubles.append(_open("closed", "scoring", "cuts"))
    return troubles


_CHOICE = {"from_": "standard", "to_closed": "edges"}


def _needed(form: Form) -> tuple[str, ...]:
    """The parameters that this form can't do without, each a choice that a wording may leave open."""
    match form:
        case Steps():
            return "from_", "base", "partial_step"
        case Additions():
            return "from_", "partial_step"
        case Bands() if any(_silent(band) for band in form.bands):
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


def _amounts(form: Form, unit: Unit | None) -> list[Trouble]:
    """Every threshold is of the measure's unit; a bare 0 fits all."""
    troubles = []
    for path, amount in limits(form):
        if unit is not None and amount.unit != unit and amount.value != 0:
            facts = (("found", str(amount)), ("unit", str(unit) or "%"))
            troubles.append(Trouble("unit-of-threshold", ("scoring", *path), facts))
    return troubles


def limits(form: Form) -> list[tuple[At, Amount]]:
    """The thresholds and steps that a form names in its measure's unit, each with its place in the form."""
    found: list[tuple[At, Amount | None]] = []
    match form:
        case Proportional():
            found = [(("target",), form.target), (("pass",), form.pass_)]
        case Linear():
            found = [(("full-at",), form.full_at), (("zero-at",), form.zero_at)]
        case Steps() | Additions():
            found = [(("from",), form.from_)]
            if isinstance(form, Additions) or form.base == "points":
                found.append((("step",), form.step))
        case Bands():
            for number, band in enumerate(form.bands):
                ends = {"at": band.at, "from": band.from_, "to": band.to}
                found += [(("bands", number, key), amount) for key, amount in ends.items()]
        case _:
            pass
    cuts: tuple[Cut, ...] = getattr(form, "cuts", ())
    found += [(("cuts", number, "at"), one.at) for number, one in enumerate(cuts)]
    return [(path, amount) for path, amount in found if amount is not None]


def widest(form: Form, measure: NumberType, points: Fraction, rounding: Rounding) -> int:
    """An integer that no intermediate of the form exceeds, scored on columns.

    Forms divide by at most the product of their thresholds, multiply by the points, compare the result crosswise with
    the points and with 0, and round it.
    """
    digits = 0 if rounding.points == "exact" else rounding.points
    thresholds = [max(abs(amount.value.numerator), amount.value.denominator) for _, amount in limits(form)]
    span = max(thresholds, default=1) if isinstance(form, Bands) else prod(thresholds)
    if isinstance(form, Proportional | Linear) and form.most is not None:
        span *= form.most.value.numerator * form.most.value.denominator
    deducted = form.deduct.denominator * form.deduct.numerator if isinstance(form, Steps) else 1
    size = max(measure.n, measure.d) * span * max(1, deducted)
    scale: int = 10**digits
    product = points.numerator * points.denominator
    return 2 * size * scale * product * product


def _own(form: Form, spec: Criterion, policy: Policy) -> list[Trouble]:
    """What only this form can have wrong."""
    match form:
        case Steps():
            return [*_steps(form, spec), *_cuts(form.cuts)]
        case Additions():
            return [*_additions(form, spec), *_cuts(form.cuts)]
        case Bands():
            return [*_band_points(form, spec), *_gaps(form, spec.outside_bands or policy.outside_bands)]
        case Linear() if form.full_at.value == form.zero_at.value:
            return [Trouble("line-without-length", ("scoring",))]
        case Proportional() if form.target.value <= 0:
            return [Trouble("target-not-positive", ("scoring", "target"), (("found", str(form.target)),))]
        case Linear() | Proportional():
            return [*_most(form), *_cuts(form.cuts)]
        case Outcomes():
            return _differ(max(one.points for one in form.outcomes), spec.points, "scoring", "outcomes")
        case Deductions():
            return [
                Trouble("judgement-out-of-bounds", ("scoring", "faults", number))
                for number, one in enumerate(form.faults)
                if not 0 <= one.least <= one.most <= spec.points
            ]
        case Checklist():
            total = sum((item.points for item in form.items), Fraction(0))
            return _differ(total, spec.points, "scoring", "items")
        case Judgement():
            most = form.most if form.most is not None else spec.points
            inside = 0 <= form.least <= most <= spec.points and not tiers_out_of_bounds(form.tiers)
            return [] if inside else [Trouble("judgement-out-of-bounds", ("scoring",))]
        case _:
            return []


def tiers_out_of_bounds(tiers: Sequence[Tier]) -> bool:
    """Whether a tier reaches below 0 or above the full points, or stands upside down."""
    return any(not 0 <= one.from_.value <= one.to.value <= 1 for one in tiers)


def tiers_touch(tiers: Sequence[Tier]) -> bool:
    """Whether two tiers share an end, so that somebody must say whose it is."""
    return bool({one.to.value for one in tiers} & {one.from_.value for one in tiers if one.from_.value < one.to.value})


def _most(form: Linear | Proportional) -> list[Trouble]:
    """Points above the full ones: by a share above 100%, of a form that rises, and not beside `over`."""
    if form.most is None:
        return []
    found = (("found", str(form.most)),)
    if form.most.unit != RATIO or form.most.value <= 1:
        return [Trouble("most-not-above-full", ("scoring", "most"), found)]
    if isinstance(form, Proportional) and (form.direction != "forward" or form.over is not None):
        return [Trouble("most-unfit", ("scoring", "most"))]
    return []


def _editing(spec: Criterion, form: Form) -> list[Trouble]:
    """An evaluator may change what a measured form gives, within its reach; an evaluator's form needs no leave."""
    editable = spec.editable
    if not editable:
        return []
    if isinstance(form, Answered | Indicators):
        return [Trouble("editable-unread", ("editable",), (("form", form.form),))]
    reach = highest_share(form)
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


def _additions(form: Additions, spec: Criterion) -> list[Trouble]:
    troubles = []
    if form.step.value <= 0:
        troubles.append(Trouble("step-not-positive", ("scoring", "step"), (("found", str(form.step)),)))
    if not 0 <= form.start < spec.points:
        troubles.append(Trouble("floor-out-of-bounds", ("scoring", "start"), (("found", written(form.start)),)))
    return troubles


def _steps(form: Steps, spec: Criterion) -> list[Trouble]:
    troubles = []
    if form.step.value <= 0:
        troubles.append(Trouble("step-not-positive", ("scoring", "step"), (("found", str(form.step)),)))
    if form.base == "relative" and form.from_ is not None and form.from_.value == 0:
        troubles.append(Trouble("relative-to-zero", ("scoring", "base")))
    if form.base == "relative" and form.step.unit != RATIO:
        troubles.append(Trouble("unit-of-threshold", ("scoring", "step"), (("found", str(form.step)), ("unit", "%"))))
    if not 0 <= form.floor <= spec.points:
        troubles.append(Trouble("floor-out-of-bounds", ("scoring", "floor"), (("found", written(form.floor)),)))
    return troubles


def _band_points(form: Bands, spec: Criterion) -> list[Trouble]:
    most = max(band.points for band in form.bands)
    troubles = _differ(most, spec.points, "scoring", "bands")
    for number, band in enumerate(form.bands):
        one = band.at is not None
        if one == (band.from_ is not None or band.to is not None):
            troubles.append(Trouble("band-without-ends", ("scoring", "bands", number)))
        elif band.from_ is not None and band.to is not None and band.from_.value >= band.to.value:
            troubles.append(Trouble("band-upside-down", ("scoring", "bands", number)))
    return troubles


def _gaps(form: Bands, outside: str | None) -> list[Trouble]:
    """Walk the line from −∞ to +∞: each point belongs to one band, or the policy says what lies outside."""
    silent = form.edges is None and any(_silent(band) for band in form.bands)
    if silent or any(b.at is None and b.from_ is None and b.to is None for b in form.bands):
        return []
    edges = form.edges or ""
    spans = sorted((_low(band, edges), _high(band, edges), n) for n, band in enumerate(form.bands))
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
