"""In which words does a clause say a scoring method? The plainest ones; reading them back gives the same form."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from ..expressions.reader import read as expression
from ..expressions.tree import Compare, Literal, Logic, Name, Negative, Tree, canonical, walk
from ..methods.methods import (
    Additions,
    Band,
    Bands,
    Checklist,
    Cut,
    Deductions,
    External,
    Holds,
    Judgement,
    Linear,
    Method,
    Outcomes,
    Proportional,
    Share,
    Steps,
)
from ..values.amounts import Amount
from ..values.exact import NotExact, decimal, written
from .conditions import COUNTED, amount
from .reading import SideCondition

_HUNDRED = amount(Fraction(100), "%")
_PARTIAL = {
    "whole": "不足一步的不扣分",
    "started": "不足一步的按一步计算",
    "pro-rata": "不足一步的按比例扣分",
}
_NUMERALS = "零一二三四五六七八九十"


class Unwritable(ValueError):
    """No official wording says this form: a choice that only a rule set can name. The argument is its name."""


def write(method: Method, full: Fraction, applies: Iterable[SideCondition] = ()) -> str:
    """A clause that reads back as `form` at `full` points. Raises `Unwritable`."""
    match method:
        case Steps():
            sentences = _steps(method)
        case Additions():
            sentences = _additions(method, full)
        case Bands():
            sentences = [f"{_interval(band, method.edges or '')}得{_points(band.points)}分" for band in method.bands]
        case Proportional() | Linear() if method.most is not None:
            raise Unwritable("most")
        case Proportional():
            sentences = _proportional(method, full)
        case Linear():
            sentences = [_line(method), *map(_cut, method.cuts)]
        case Share():
            sentences = _share(method)
        case Judgement():
            sentences = [_judgement(method, full)]
        case Holds():
            sentences = _holding(method)
        case External():
            sentences = [f"得分={method.score}÷{method.of}×分值"]
        case _:
            sentences = _listed(method)
    return "；".join([*sentences, *(one.text for one in applies)]) + "。"


def _points(points: Fraction) -> str:
    text = written(points)
    try:
        decimal(text)
    except NotExact:
        raise Unwritable("points") from None
    return text


def _listed(method: Method) -> list[str]:
    match method:
        case Checklist():
            if len(method.items) > 20:
                raise Unwritable("items")
            marks = [chr(ord("①") + number) for number in range(len(method.items))]
            return [
                f"{mark}{'' if item.item == mark else item.item + '，'}{_points(item.points)}分"
                for mark, item in zip(marks, method.items, strict=True)
            ]
        case Outcomes():
            return [f"{one.outcome}得{_points(one.points)}分" for one in method.outcomes]
        case Deductions():
            return [f"{one.fault}扣{_span(one.least, one.most)}分" for one in method.faults]
        case _:
            raise Unwritable("method")


def _span(least: Fraction, most: Fraction) -> str:
    return _points(least) if least == most else f"{_points(least)}-{_points(most)}"


def _judgement(method: Judgement, full: Fraction) -> str:
    if method.least != 0 or method.most is not None:
        raise Unwritable("judgement")
    if not method.tiers:
        return "酌情扣分"
    if not _end_to_end(method):
        return _graded(method, full)
    ranges = "、".join(_range(method, place) for place in range(len(method.tiers)))
    names = [one.tier for one in method.tiers]
    if all(one.tier == f"{one.to}-{one.from_}" for one in method.tiers):
        return ranges
    return f"分为{'、'.join(names)}{_NUMERALS[len(names)]}档，分别按照{ranges}合理确定分值"


def _end_to_end(method: Judgement) -> bool:
    """Do the tiers leave no share of the points to none of them?"""
    joined = all(above.from_ == below.to for above, below in pairwise(method.tiers))
    wide = all(one.from_.value < one.to.value for one in method.tiers)
    return joined and wide and method.tiers[0].to.value == 1 and method.tiers[-1].from_.value == 0


def _graded(method: Judgement, full: Fraction) -> str:
    """优秀得9-10分；良好得7-8分: each tier with its own points."""
    if method.edges is not None or all(one.from_ == one.to for one in method.tiers):
        raise Unwritable("tiers")
    return "；".join(f"{one.tier}得{_span(one.from_.value * full, one.to.value * full)}分" for one in method.tiers)


def _range(method: Judgement, place: int) -> str:
    """80%-60%（含）: the end that two tiers share is marked in the one it belongs to."""
    one, last = method.tiers[place], len(method.tiers) - 1
    low = "（含）" if method.edges == "lower-closed" and place < last else ""
    high = "（含）" if method.edges == "upper-closed" and place else ""
    return f"{one.to}{high}-{one.from_}{low}"


# -- steps ---------------------------------------------------------------------------------------------------------


def _step(step: Amount, base: str | None) -> str:
    if base == "points" and step.word == "%":
        return f"{str(step)[:-1]}个百分点"
    return str(step)


def _steps(method: Steps) -> list[str]:
    ratio = method.from_ is None or method.from_.word in ("%", "")
    if method.base == "relative" and ratio:
        raise Unwritable("base")
    counted = method.step.word in COUNTED and method.step.value == 1
    word = {"above": "每超过", "below": "每低于", "both": "每相差"}[method.side]
    sentence = f"{word}{_step(method.step, method.base)}扣{_points(method.deduct)}分"
    if method.partial_step is not None and not (counted and method.partial_step == "whole"):
        sentence += "，" + _PARTIAL[method.partial_step]
    sentence += "，扣完为止" if method.floor == 0 else f"，最低得{_points(method.floor)}分"
    standard = [] if method.from_ is None else [f"以{method.from_}为标准"]
    return [*standard, sentence, *map(_cut, method.cuts)]


def _additions(method: Additions, full: Fraction) -> list[str]:
    word = "每超过" if method.side == "above" else "每低于"
    counted = method.step.word in COUNTED and method.step.value == 1
    sentence = f"{word}{_step(method.step, 'points')}加{_points(method.add)}分"
    if method.partial_step is not None and not (counted and method.partial_step == "whole"):
        sentence += "，" + _PARTIAL[method.partial_step].replace("扣分", "计分")
    sentence += f"，最高得{_points(full)}分"
    base = [f"基础分{_points(method.start)}分"] if method.start else []
    standard = [] if method.from_ is None else [f"以{method.from_}为标准"]
    return [*base, *standard, sentence, *map(_cut, method.cuts)]


def _cut(cut: Cut) -> str:
    gives = f"扣{_points(cut.deduct)}分" if cut.deduct is not None else f"得{_points(cut.points or Fraction(0))}分"
    return _half(cut.at, cut.side == "above", cut.closed) + gives


# -- intervals -----------------------------------------------------------------------------------------------------


def _half(at: Amount, above: bool, closed: bool | None) -> str:
    if closed is None:
        return f"{at}{'以上' if above else '以下'}"
    return (("≥" if closed else ">") if above else ("≤" if closed else "<")) + str(at)


def _interval(band: Band, edges: str) -> str:
    if band.at is not None:
        return f"={band.at}"
    said = {"lower-closed": (True, False), "upper-closed": (False, True)}.get(edges, (None, None))
    low = said[0] if band.from_closed is None else band.from_closed
    high = said[1] if band.to_closed is None else band.to_closed
    if band.from_ is not None and band.to is not None:
        return f"{band.from_}{_mark(low)}至{band.to}{_mark(high)}"
    if band.from_ is not None:
        return _half(band.from_, True, low)
    if band.to is None:
        raise Unwritable("band")
    return _half(band.to, False, high)


def _mark(closed: bool | None) -> str:
    return "" if closed is None else "（含）" if closed else "（不含）"


# -- shares of the points --------------------------------------------------------------------------------------------


def _proportional(method: Proportional, full: Fraction) -> list[str]:
    if method.direction == "equal" or method.over in ("zero", "open") or method.reverse == "linear":
        raise Unwritable("over" if method.reverse != "linear" else "reverse")
    whole = any(one.points == full for one in method.cuts)
    reverse = method.direction == "reverse"
    if method.direction is None:
        sentences = ["正向按B/A×分值，反向按A/B×分值"]
        if method.target != _HUNDRED:
            sentences.insert(0, f"≥{method.target}得满分" if method.over else f"以{method.target}为标准")
    elif reverse:
        share = "按A/B计分" if method.reverse == "inverse" else "按比例计分"
        sentences = [f"≤{method.target}得满分，其余{share}"]
    elif whole:
        sentences = ["得分=完成率×分值"]
    else:
        sentences = [f"以{method.target}为标准", "按比例得分"]
    if method.over == "full":
        sentences.append("最高不得超过分值上限")
    passed = [] if method.pass_ is None else [_half(method.pass_, reverse, False) + "得0分"]
    return [*sentences, *passed, *map(_cut, method.cuts)]


def _line(method: Linear) -> str:
    length = method.zero_at.value - method.full_at.value
    if length <= 0:
        raise Unwritable("line")
    return f"得分=（{_points(method.zero_at.value / length)}-{_points(1 / length)}×比值）×分值"


def _holding(method: Holds) -> list[str]:
    """Measures against numbers, joined by one word; any other condition has no official wording."""
    tree = expression(method.holds)
    if not isinstance(tree, Logic):
        raise Unwritable("holds")
    joiner = {"or": "或", "and": "且"}[tree.operator]
    parts: list[Tree] = [part for part in walk(tree) if isinstance(part, Compare)]
    told = [_compared(part) for part in parts]
    joined = reduce(lambda left, right: Logic(tree.operator, left, right), parts)
    if joined != tree or len({name for name, _ in told}) < len(told):
        raise Unwritable("holds")
    return [joiner.join(name + said for name, said in told) + "得满分", f"否则得{_points(method.otherwise)}分"]


def _compared(part: Tree) -> tuple[str, str]:
    assert isinstance(part, Compare)
    sign = {">=": "≥", "<=": "≤"}.get(part.operator, part.operator)
    right = part.right.operand if isinstance(part.right, Negative) else part.right
    if not isinstance(part.left, Name) or not isinstance(right, Literal) or sign == "!=":
        raise Unwritable("holds")
    return part.left.name, f"{sign}{canonical(part.right)}"


def _share(method: Share) -> list[str]:
    fails = ["未达到目标"] if method.from_ is not None else []
    if method.from_ is not None and method.from_ != _HUNDRED:
        raise Unwritable("from")
    if method.to is not None:
        over = written((method.to.value - 1) * 100)
        word = {True: "", False: "及以上", None: "以上"}[method.to_closed]
        fails.append(f"超过目标{over}%{word}")
    rows = method.kind or "指标"
    passes = [f"单个{rows}{'或'.join(fails)}均不得分"] if fails else []
    return [*passes, f"得分=达标{rows}个数÷全部{rows}个数×分值"]
