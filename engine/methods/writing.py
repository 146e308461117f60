"""In which words does a clause write amounts, ends and cut-offs? What the clauses of several methods share."""

from __future__ import annotations

from fractions import Fraction

from ..values.amounts import Amount
from ..values.exact import NotExact, decimal, written
from .cuts import Cut
from .method import Unwritable

COUNTED = frozenset(
    [
        "例",
        "项",
        "次",
        "个",
        "处",
        "件",
        "条",
        "份",
        "篇",
        "户",
        "起",
        "笔",
        "台",
        "套",
        "场",
        "期",
        "家",
        "宗",
        "辆",
        "款",
        "批次",
        "人次",
        "人",
        "名",
    ]
)
"""Things that come whole: a step of one of them leaves no part."""
PARTIAL = {"whole": "不足一步的不扣分", "started": "不足一步的按一步计算", "pro-rata": "不足一步的按比例扣分"}


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
    if cut.deduct is not None:
        gives = f"扣{decimal_points(cut.deduct)}分"
    else:
        gives = f"得{decimal_points(cut.points or Fraction(0))}分"
    return half(cut.at, cut.side == "above", cut.closed) + gives


def write_step(step: Amount, base: str | None) -> str:
    """A step of a rate in its own unit is one of percentage points."""
    if base == "points" and step.word == "%":
        return f"{str(step)[:-1]}个百分点"
    return str(step)


def whole_by_nature(step: Amount, partial_step: str | None) -> bool:
    """Does nobody need to say what part of a step counts? (One 次 has no part.)"""
    return step.word in COUNTED and step.value == 1 and partial_step == "whole"
