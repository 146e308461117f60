"""Is a criterion's method whole? Open choices filled from the policy, units met, points in bounds, choices named."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod

from ..expressions.symbols import NumberType
from ..expressions.tree import Arithmetic, Literal, Tree, walk
from ..methods import Answered, AnyMethod, Bands, Indicators, Linear, Measured, Proportional, Steps
from ..methods.choices import BY_FIELD, FILLED
from ..methods.method import Around, Trouble, left_open, out_of_bounds, unit_clash
from ..rules.policy import Policy, Rounding
from ..rules.rows import Editable
from ..rules.ruleset import Criterion
from ..values.exact import written


def settle(
    spec: Criterion, policy: Policy, tree: Tree | None, kind: NumberType | None
) -> tuple[AnyMethod, list[Trouble]]:
    """The method with every choice filled in, and what is wrong with it. `kind` is that of the measure."""
    method = spec.scoring
    assert method is not None
    method = method.model_copy(update=_filled(method, policy))
    around = Around(spec.points, spec.outside_bands or policy.outside_bands)
    troubles = [left_open(BY_FIELD[name].name) for name in method.open()]
    troubles += unit_clash(method.amounts(), kind.unit if kind else None, kind is not None and kind.share)
    troubles += method.checks(around)
    troubles += out_of_bounds(method, spec.points)
    troubles += _editing(spec, method)
    digits = policy.rounding.digits
    if digits is not None and 10**digits % spec.points.denominator and not isinstance(method, Indicators):
        facts = (("found", written(spec.points)), ("digits", str(digits)))
        troubles.append(Trouble("points-too-fine", ("points",), facts))
    if tree is not None and spec.zero_base is None and policy.zero_base is None and _divides(tree):
        troubles.append(left_open("zero-base"))
    return method, list(dict.fromkeys(troubles))


def _filled(method: AnyMethod, policy: Policy) -> dict[str, object]:
    """What the policy names of that which the method leaves out and has a place for."""
    rising = isinstance(method, Proportional) and method.most is not None  # says itself what lies over the target
    return {
        one.field: value
        for one in FILLED
        if getattr(method, one.field, "absent") is None and (value := getattr(policy, one.field)) is not None
        if not (rising and one.name == "over")
    }


def _divides(tree: Tree) -> bool:
    return any(
        isinstance(part, Arithmetic) and part.operator == "/" and not isinstance(part.right, Literal)
        for part in walk(tree)
    )


def _editing(spec: Criterion, method: AnyMethod) -> Iterator[Trouble]:
    """An evaluator may change what a rule gives, within its reach; an evaluator's method needs no leave."""
    editable = spec.editable
    if not editable:
        return
    if isinstance(method, Answered | Indicators):
        yield Trouble("editable-unread", ("editable",), (("method", method.method),))
    elif isinstance(editable, Editable) and not (
        0 <= editable.from_.value <= editable.to.value <= method.highest_share
    ):
        yield Trouble("judgement-out-of-bounds", ("editable",))


def widest(method: AnyMethod, measure: NumberType, points: Fraction, rounding: Rounding) -> int:
    """An integer that no intermediate of the method exceeds.

    Methods divide by at most the product of their thresholds, multiply by the points, compare the result crosswise with
    the points and with 0, and round it.
    """
    if not isinstance(method, Measured):
        return 0
    thresholds = [max(abs(amount.value.numerator), amount.value.denominator) for _, amount in method.amounts()]
    span = max(thresholds, default=1) if isinstance(method, Bands) else prod(thresholds)
    if isinstance(method, Proportional | Linear) and method.most is not None:
        span *= method.most.value.numerator * method.most.value.denominator
    deducted = method.deduct.denominator * method.deduct.numerator if isinstance(method, Steps) else 1
    size = max(measure.n, measure.d) * span * max(1, deducted)
    scale: int = 10 ** (rounding.digits or 0)
    product = points.numerator * points.denominator
    return 2 * size * scale * product * product
