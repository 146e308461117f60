"""In which words does a clause say a scoring form? The plainest ones; reading them back gives the same form."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from ..exact import NotExact, decimal, written
from ..expressions.reader import read as expression
from ..expressions.tree import Compare, Literal, Logic, Name, Negative, Tree, canonical, walk
from ..forms import (
    Additions,
    Band,
    Bands,
    Checklist,
    Cut,
    Deductions,
    External,
    Form,
    Holds,
    Judgement,
    Linear,
    Outcomes,
    Proportional,
    Share,
    Steps,
)
from ..model import Amount
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


def write(form: Form, full: Fraction, applies: Iterable[SideCondition] = ()) -> str:
    """A clause that reads back as `form` at `full` points. Raises `Unwritable`."""
    match form:
        case Steps():
            sentences = _steps(form)
        case Additions():
            sentences = _additions(form, full)
        case Bands():
            sentences = [f"{_interval(band, form.edges or '')}得{_points(band.points)}分" for band in form.bands]
        case Proportional() | Linear() if form.most is not None:
            raise Unwritable("most")
        case Proportional():
            sentences = _proportional(form, full)
        case Linear():
            sentences = [_line(form), *map(_cut, form.cuts)]
        case Share():
            sentences = _share(form)
        case Judgement():
            sentences = [_judgement(form, full)]
        case Holds():
            sentences = _holding(form)
        case External():
            sentences = [f"得分={form.score}÷{form.of}×分值"]
        case _:
            sentences = _listed(form)
    return "；".join([*sentences, *(one.text for one in applies)]) + "。"


def _points(points: Fraction) -> str:
    text = written(points)
    try:
        decimal(text)
    except NotExact:
        raise Unwritable("points") from None
    return text


def _listed(form: Form) -> list[str]:
    match form:
        case Checklist():
            if len(form.items) > 20:
                raise Unwritable("items")
            marks = [chr(ord("①") + number) for number in range(len(form.items))]
            return [
                f"{mark}{'' if item.item == mark else item.item + '，'}{_points(item.points)}分"
                for mark, item in zip(marks, form.items, strict=True)
            ]
        case Outcomes():
            return [f"{one.outcome}得{_points(one.points)}分" for one in form.outcomes]
        case Deductions():
            return [f"{one.fault}扣{_span(one.least, one.most)}分" for one in form.faults]
        case _:
            raise Unwritable("form")


def _span(least: Fraction, most: Fraction) -> str:
    return _points(least) if least == most else f"{_points(least)}-{_points(most)}"


def _judgement(form: Judgement, full: Fraction) -> str:
    if form.least != 0 or form.most is not None:
        raise Unwritable("judgement")
    if not form.tiers:
        return "酌情扣分"
    if not _end_to_end(form):
        return _graded(form, full)
    ranges = "、".join(_range(form, place) for place in range(len(form.tiers)))
    names = [one.tier for one in form.tiers]
    if all(one.tier == f"{one.to}-{one.from_}" for one in form.tiers):
        return ranges
    return f"分为{'、'.join(names)}{_NUMERALS[len(names)]}档，分别按照{ranges}合理确定分值"


def _end_to_end(form: Judgement) -> bool:
    """Do the tiers leave no share of the points to none of them?"""
    joined = all(above.from_ == below.to for above, below in pairwise(form.tiers))
    wide = all(one.from_.value < one.to.value for one in form.tiers)
    return joined and wide and form.tiers[0].to.value == 1 and form.tiers[-1].from_.value == 0


def _graded(form: Judgement, full: Fraction) -> str:
    """优秀得9-10分；良好得7-8分: each tier with its own points."""
    if form.edges is not None or all(one.from_ == one.to for one in form.tiers):
        raise Unwritable("tiers")
    return "；".join(f"{one.tier}得{_span(one.from_.value * full, one.to.value * full)}分" for one in form.tiers)


def _range(form: Judgement, place: int) -> str:
    """80%-60%（含）: the end that two tiers share is marked in the one it belongs to."""
    one, last = form.tiers[place], len(form.tiers) - 1
    low = "（含）" if form.edges == "lower-closed" and place < last else ""
    high = "（含）" if form.edges == "upper-closed" and place else ""
    return f"{one.to}{high}-{one.from_}{low}"


# -- steps ---------------------------------------------------------------------------------------------------------


def _step(step: Amount, base: str | None) -> str:
    if base == "points" and step.word == "%":
        return f"{str(step)[:-1]}个百分点"
    return str(step)


def _steps(form: Steps) -> list[str]:
    ratio = form.from_ is None or form.from_.word in ("%", "")
    if form.base == "relative" and ratio:
        raise Unwritable("base")
    counted = form.step.word in COUNTED and form.step.value == 1
    word = {"above": "每超过", "below": "每低于", "both": "每相差"}[form.side]
    sentence = f"{word}{_step(form.step, form.base)}扣{_points(form.deduct)}分"
    if form.partial_step is not None and not (counted and form.partial_step == "whole"):
        sentence += "，" + _PARTIAL[form.partial_step]
    sentence += "，扣完为止" if form.floor == 0 else f"，最低得{_points(form.floor)}分"
    standard = [] if form.from_ is None else [f"以{form.from_}为标准"]
    return [*standard, sentence, *map(_cut, form.cuts)]


def _additions(form: Additions, full: Fraction) -> list[str]:
    word = "每超过" if form.side == "above" else "每低于"
    counted = form.step.word in COUNTED and form.step.value == 1
    sentence = f"{word}{_step(form.step, 'points')}加{_points(form.add)}分"
    if form.partial_step is not None and not (counted and form.partial_step == "whole"):
        sentence += "，" + _PARTIAL[form.partial_step].replace("扣分", "计分")
    sentence += f"，最高得{_points(full)}分"
    base = [f"基础分{_points(form.start)}分"] if form.start else []
    standard = [] if form.from_ is None else [f"以{form.from_}为标准"]
    return [*base, *standard, sentence, *map(_cut, form.cuts)]


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


def _proportional(form: Proportional, full: Fraction) -> list[str]:
    if form.direction == "equal" or form.over in ("zero", "open") or form.reverse == "linear":
        raise Unwritable("over" if form.reverse != "linear" else "reverse")
    whole = any(one.points == full for one in form.cuts)
    reverse = form.direction == "reverse"
    if form.direction is None:
        sentences = ["正向按B/A×分值，反向按A/B×分值"]
        if form.target != _HUNDRED:
            sentences.insert(0, f"≥{form.target}得满分" if form.over else f"以{form.target}为标准")
    elif reverse:
        share = "按A/B计分" if form.reverse == "inverse" else "按比例计分"
        sentences = [f"≤{form.target}得满分，其余{share}"]
    elif whole:
        sentences = ["得分=完成率×分值"]
    else:
        sentences = [f"以{form.target}为标准", "按比例得分"]
    if form.over == "full":
        sentences.append("最高不得超过分值上限")
    passed = [] if form.pass_ is None else [_half(form.pass_, reverse, False) + "得0分"]
    return [*sentences, *passed, *map(_cut, form.cuts)]


def _line(form: Linear) -> str:
    length = form.zero_at.value - form.full_at.value
    if length <= 0:
        raise Unwritable("line")
    return f"得分=（{_points(form.zero_at.value / length)}-{_points(1 / length)}×比值）×分值"


def _holding(form: Holds) -> list[str]:
    """Measures against numbers, joined by one word; any other condition has no official wording."""
    tree = expression(form.holds)
    if not isinstance(tree, Logic):
        raise Unwritable("holds")
    joiner = {"or": "或", "and": "且"}[tree.operator]
    parts: list[Tree] = [part for part in walk(tree) if isinstance(part, Compare)]
    told = [_compared(part) for part in parts]
    joined = reduce(lambda left, right: Logic(tree.operator, left, right), parts)
    if joined != tree or len({name for name, _ in told}) < len(told):
        raise Unwritable("holds")
    return [joiner.join(name + said for name, said in told) + "得满分", f"否则得{_points(form.otherwise)}分"]


def _compared(part: Tree) -> tuple[str, str]:
    assert isinstance(part, Compare)
    sign = {">=": "≥", "<=": "≤"}.get(part.operator, part.operator)
    right = part.right.operand if isinstance(part.right, Negative) else part.right
    if not isinstance(part.left, Name) or not isinstance(right, Literal) or sign == "!=":
        raise Unwritable("holds")
    return part.left.name, f"{sign}{canonical(part.right)}"


def _share(form: Share) -> list[str]:
    fails = ["未达到目标"] if form.from_ is not None else []
    if form.from_ is not None and form.from_ != _HUNDRED:
        raise Unwritable("from")
    if form.to is not None:
        over = written((form.to.value - 1) * 100)
        word = {True: "", False: "及以上", None: "以上"}[form.to_closed]
        fails.append(f"超过目标{over}%{word}")
    rows = form.kind or "指标"
    passes = [f"单个{rows}{'或'.join(fails)}均不得分"] if fails else []
    return [*passes, f"得分=达标{rows}个数÷全部{rows}个数×分值"]
