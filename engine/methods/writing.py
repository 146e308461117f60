"""In which words does a clause write amounts, ends and cut-offs? What the clauses of several methods share."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from ..values.amounts import Amount
from ..values.exact import NotExact, decimal, written
from .cuts import Cut
from .method import Unwritable

COUNTED = frozenset([*"例项次个处件条份篇户起笔台套场期家宗辆款人名", "批次", "人次"])
"""Things that come whole: a step of one of them leaves no part."""
_WAYS = {"above": "每超过", "below": "每低于", "both": "每相差"}
_PARTIAL = {
    "扣": {"whole": "不足一步的不扣分", "started": "不足一步的按一步计算", "pro-rata": "不足一步的按比例扣分"},
    "加": {"whole": "不足一步的不计分", "started": "不足一步的按一步计算", "pro-rata": "不足一步的按比例计算"},
}
"""What a part of a step counts, where steps take off and where they add."""


def decimal_points(points: Fraction) -> str:
    """Points in a clause. Raises `Unwritable` where no decimal writes them."""
    text = written(points)
    try:
        decimal(text)
    except NotExact:
        raise Unwritable("points") from None
    return text


def points_span(least: Fraction, most: Fraction) -> str:
    """`3` or `2-3`."""
    return decimal_points(least) if least == most else f"{decimal_points(least)}-{decimal_points(most)}"


def half(at: Amount, above: bool, closed: bool | None) -> str:
    """All beyond an amount: `≥90%`, or `90%以上` where nobody said whose the end is."""
    if closed is None:
        return f"{at}{'以上' if above else '以下'}"
    return (("≥" if closed else ">") if above else ("≤" if closed else "<")) + str(at)


def write_cut(cut: Cut) -> str:
    """`<60%得0分`."""
    verb, points = ("得", cut.points or Fraction(0)) if cut.deduct is None else ("扣", cut.deduct)
    return f"{half(cut.at, cut.side == 'above', cut.closed)}{verb}{decimal_points(points)}分"


def write_steps(
    side: str, step: Amount, base: str | None, gives: Literal["扣", "加"], points: Fraction, partial_step: str | None
) -> str:
    """`每低于1个百分点扣0.5分`, and what a part counts where anybody need say it (one 次 has no part). A step of a
    rate in its own unit is one of percentage points.
    """
    one = f"{str(step)[:-1]}个百分点" if base == "points" and step.word == "%" else str(step)
    said = f"{_WAYS[side]}{one}{gives}{decimal_points(points)}分"
    whole_by_nature = step.word in COUNTED and step.value == 1 and partial_step == "whole"
    return said if partial_step is None or whole_by_nature else f"{said}，{_PARTIAL[gives][partial_step]}"
