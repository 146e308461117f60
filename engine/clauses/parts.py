"""What does each phrase of the grammar state? One method a rule; numbers are taken out of the phrases here."""

# ruff: noqa: D102  # the methods are named after the rules of clauses.lark, which say what they are

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from lark import Token, Transformer

from ..exact import NotExact
from ..model import Amount
from ..units import unit_word
from .reading import ClauseUnreadable
from .statements import (
    Band,
    Each,
    Earned,
    End,
    Formula,
    Interval,
    Item,
    Nothing,
    Quantity,
    Ratio,
    Span,
    Stated,
    Statement,
    Tiers,
)
from .text import numeral

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?|半")
_FIGURES = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_AT_LEAST = frozenset(
    [
        "≥",
        ">=",
        "不低于",
        "不少于",
        "不小于",
        "大于等于",
        "大于或等于",
        "大于且等于",
        "达到或超过",
        "达到或高于",
        "高于或等于",
        "达到",
        "达",
        "完成",
    ]
)
_ABOVE = frozenset([">", "高于", "大于", "超过", "超出", "多于", "超"])
_BELOW = frozenset(["<", "低于", "小于", "少于", "不足", "不到", "未满", "不满", "未达", "未达到", "达不到"])
_AT_MOST = frozenset(
    [
        "≤",
        "<=",
        "不超过",
        "不超出",
        "不超",
        "不高于",
        "不大于",
        "不多于",
        "小于等于",
        "小于或等于",
        "小于且等于",
        "低于或等于",
        "控制在",
        "未超过",
    ]
)
_POINTS = re.compile("(?:个?百分点|个点)$")
_TARGET = re.compile("目标|指标值|计划|标准|预期|预算数|要求")
_ZERO = Fraction(0)
_HUNDRED = Amount(Fraction(1), unit_word("%").unit, "%")
_NIL = Amount(Fraction(0), unit_word("%").unit, "%")


def amount(value: Fraction, word: str) -> Amount:
    """An amount of `value` such units; percentage points are written as %."""
    unit = unit_word("%" if word in ("个百分点", "百分点", "个点") else word)
    return Amount(value * unit.scale, unit.unit, unit.word)


def _span(*parts: Any) -> Span:
    found = [span for part in parts if (span := _place(part)) is not None]
    return min(start for start, _ in found), max(end for _, end in found)


def _place(part: Any) -> Span | None:
    if isinstance(part, Token):
        return part.start_pos or 0, part.end_pos or 0
    if isinstance(part, tuple) and len(part) == 2 and part[0] == "mark":
        return _place(part[1][1])
    return getattr(part, "span", None)


def _numbers(token: Token) -> list[Fraction]:
    """The numbers of a phrase, in order; Chinese numerals only where there are no figures."""
    found = _FIGURES.findall(token) or _NUMBER.findall(token)
    try:
        return [numeral(text) for text in found]
    except NotExact:
        raise _unreadable("not-exact", token, found=str(token)) from None


def _unreadable(code: str, part: Any, **facts: str) -> ClauseUnreadable:
    start, end = _span(part)
    return ClauseUnreadable(code, start, end, facts)


class Parts(Transformer[Token, list[Statement]]):
    """Called by the parser as it reduces; returns the statements in the order of the text."""

    def start(self, parts: list[Statement]) -> list[Statement]:
        return parts

    # -- quantities and intervals ------------------------------------------------------------------------------------

    def quantity(self, parts: list[Token]) -> Quantity:
        token = parts[0]
        text = str(token)
        try:
            if text.startswith("百分之"):
                return Quantity(amount(numeral(text[3:]), "%"), _span(token))
            tail = _POINTS.search(text)  # 一百分点 is 一 and 百分点
            match = re.match(r"[-+]?" + f"(?:{_NUMBER.pattern})", text[: tail.start()] if tail else text)
            if match is None:
                raise _unreadable("clause-unreadable", token, found=text)
            digits, word = match.group(), text[match.end() :]
            value = numeral(digits.lstrip("+-")) * (-1 if digits[0] == "-" else 1)
        except NotExact:
            raise _unreadable("not-exact", token, found=text) from None
        points = word in ("个百分点", "百分点", "个点")
        return Quantity(amount(value, word), _span(token), points, not word)

    def included(self, parts: list[Token]) -> tuple[str, tuple[bool, Token]]:
        return "mark", (True, parts[0])

    def excluded(self, parts: list[Token]) -> tuple[str, tuple[bool, Token]]:
        return "mark", (False, parts[0])

    mark = included

    def compared(self, parts: list[Any]) -> Interval:
        word, quantity = str(parts[0]), parts[1]
        side = next((str(p) for p in parts[2:] if isinstance(p, Token)), "")
        closed = _closed(parts[2:])
        if word in ("=", "等于"):
            return self._at(quantity, _span(*parts))
        lower = word in _AT_LEAST or word in _ABOVE
        said = word in _AT_LEAST or word in _AT_MOST
        if side and (lower != _lower(side) and word != "控制在"):
            raise _unreadable("contradictory", parts[0], found=word + side)
        if closed is None:
            closed = None if side and not said else said
        elif closed != said and not side and not closed:
            raise _unreadable("contradictory", parts[-1][1][1], found=word)
        return self._ends(quantity, closed, lower, _span(*parts))

    def sided(self, parts: list[Any]) -> Interval:
        side = next(str(p) for p in parts[1:] if isinstance(p, Token))
        closed = _closed(parts[1:])
        if closed is None and side[0] in "及或和":
            closed = True
        return self._ends(parts[0], closed, _lower(side), _span(*parts))

    def beyond(self, parts: list[Any]) -> Interval:
        """超过目标值30%(以上): from 130% of the target."""
        word, quantity = str(parts[0]), parts[1]
        side = next((str(p) for p in parts[2:] if isinstance(p, Token)), "")
        closed = _closed(parts[2:])
        if closed is None:
            closed = None if side else False
            closed = True if side and side[0] in "及或和" else closed
        lower = word[0] in "超高多大偏"
        off = quantity.amount
        if off.word != "%":
            raise _unreadable("unit-of-target", quantity, found=word)
        shifted = amount(100 + (1 if lower else -1) * off.value * 100, "%")
        quantity = replace(quantity, amount=shifted)
        return replace(self._ends(quantity, closed, lower, _span(*parts)), beyond_target=True)

    def _at(self, quantity: Quantity, span: Span) -> Interval:
        end = End(quantity.amount, True, quantity.span)
        return Interval(end, end, span)

    def _ends(self, quantity: Quantity, closed: bool | None, lower: bool, span: Span) -> Interval:
        end = End(quantity.amount, closed, span)
        return Interval(end, None, span) if lower else Interval(None, end, span)

    def bound(self, parts: list[Interval]) -> Interval:
        return parts[0]

    def both(self, parts: list[Interval]) -> Interval:
        low = next((p.low for p in parts if p.high is None), None)
        high = next((p.high for p in parts if p.low is None), None)
        if low is None or high is None:
            raise _unreadable("contradictory", parts[1])
        return Interval(low, high, _span(*parts))

    def both_named(self, parts: list[Any]) -> Interval:
        first, name, second = parts
        return self.named([name, self.both([first, second])])

    def range(self, parts: list[Any]) -> Interval:
        quantities = [part for part in parts if isinstance(part, Quantity)]
        marks: list[bool | None] = [None, None]
        first, second = _same_unit(quantities[0], quantities[1])
        for place, part in enumerate(parts):
            if isinstance(part, tuple):
                at = 0 if parts.index(quantities[1]) > place else 1
                marks[_named_end(part[1][1], (first, second), at)] = part[1][0]
        ends = [End(q.amount, closed, _span(*parts)) for q, closed in zip((first, second), marks, strict=True)]
        if ends[0].at.value == ends[1].at.value:
            raise _unreadable("band-upside-down", quantities[1], found=str(ends[1].at))
        if ends[0].at.value > ends[1].at.value:
            ends.reverse()
        return Interval(ends[0], ends[1], _span(*parts))

    def chain(self, parts: list[Any]) -> Interval:
        quantities = [part for part in parts if isinstance(part, Quantity)]
        words = [str(p) for p in parts if isinstance(p, Token) and p.type != "TEXT"]
        name = next((p for p in parts if isinstance(p, Token) and p.type == "TEXT"), None)
        first, second = _same_unit(quantities[0], quantities[1])
        up = words[0] in ("<", "≤", "<=") and (words[1] in _AT_MOST or words[1] in _BELOW)
        down = words[0] in (">", "≥", ">=") and (words[1] in _AT_LEAST or words[1] in _ABOVE)
        if not (up or down) or (first.amount.value < second.amount.value) != up:
            raise _unreadable("band-upside-down", parts[1], found=words[0])
        closed = [words[0] in ("≤", "<=", "≥", ">="), words[1] in _AT_MOST or words[1] in _AT_LEAST]
        ends = [End(q.amount, shut, q.span) for q, shut in zip((first, second), closed, strict=True)]
        low, high = ends if up else reversed(ends)
        span = _span(*parts)
        return Interval(low, high, span, str(name or ""), span if name is None else _span(name))

    def exactly(self, parts: list[Quantity]) -> Interval:
        return self._at(parts[0], parts[0].span)

    def interval(self, parts: list[Any]) -> Interval:
        if isinstance(parts[0], Interval):
            return parts[0]
        text = str(parts[0])
        sides: list[Quantity | None] = []
        for side in text[1:-1].split(","):
            sides.append(
                None
                if "∞" in side
                else self.quantity([Token("QUANTITY", side, parts[0].start_pos, 1, 1, 1, 1, parts[0].end_pos)])
            )
        low, high = sides
        if low is not None and high is not None:
            low, high = _same_unit(low, high)
            if low.amount.value >= high.amount.value:
                raise _unreadable("band-upside-down", parts[0], found=text)
        return Interval(
            None if low is None else End(low.amount, text[0] == "[", _span(*parts)),
            None if high is None else End(high.amount, text[-1] == "]", _span(*parts)),
            _span(*parts),
        )

    def condition(self, parts: list[Interval]) -> Interval:
        return parts[0]

    def named(self, parts: list[Any]) -> Interval:
        name, interval = parts
        assert isinstance(interval, Interval)
        return replace(interval, name=str(name), name_span=_span(name), span=_span(name, interval))

    def _word(self, parts: list[Any], word: str) -> Interval:
        name = next((str(p) for p in parts if isinstance(p, Token) and p.type == "TEXT"), "")
        return Interval(None, None, _span(*parts), name, _span(*parts), word)

    def otherwise(self, parts: list[Any]) -> Interval:
        return self._word(parts, "otherwise")

    def unmet(self, parts: list[Any]) -> Interval:
        return self._word(parts, "unmet")

    def unmet_or(self, parts: list[Any]) -> Interval:
        """未达到预期或超过预期30%以上: what lies outside the target's own stretch."""
        bound = parts[-1]
        return replace(self._word(parts, "unmet-or"), low=bound.low, high=bound.high)

    def met(self, parts: list[Any]) -> Interval:
        return self._word(parts, "met")

    def within_target(self, parts: list[Any]) -> Interval:
        end = End(_HUNDRED, True, _span(*parts))
        return replace(self._word(parts, ""), high=end)

    def beyond_target(self, parts: list[Any]) -> Interval:
        end = End(_HUNDRED, False, _span(*parts))
        return replace(self._word(parts, ""), low=end)

    def down(self, parts: list[Any]) -> Interval:
        return Interval(None, End(_NIL, False, _span(*parts)), _span(*parts))

    def level(self, parts: list[Any]) -> Interval:
        end = End(_NIL, True, _span(*parts))
        return Interval(end, end, _span(*parts))

    def up(self, parts: list[Any]) -> Interval:
        return Interval(End(_NIL, False, _span(*parts)), None, _span(*parts))

    def within_last(self, parts: list[Any]) -> Interval:
        """有结余但不超过上年结转: the measure is a share of last year's."""
        return Interval(End(_NIL, False, _span(*parts)), End(_HUNDRED, True, _span(*parts)), _span(*parts), word="last")

    def beyond_last(self, parts: list[Any]) -> Interval:
        return Interval(End(_HUNDRED, False, _span(*parts)), None, _span(*parts), word="last")

    # -- what is given -------------------------------------------------------------------------------------------------

    def award(self, parts: list[Token]) -> Earned:
        return Earned("points", _numbers(parts[0])[-1], _span(*parts))

    def full(self, parts: list[Token]) -> Earned:
        return Earned("points", None, _span(*parts))

    def zero(self, parts: list[Token]) -> Earned:
        return Earned("points", _ZERO, _span(*parts))

    def ratio(self, parts: list[Any]) -> Earned | Ratio:
        """按比例计分 as what a condition gives; or the rate of a formula."""
        if isinstance(parts[0], Token):
            return Earned("ratio", None, _span(*parts))
        names = [part for part in parts if isinstance(part, Ratio)]
        return Ratio(names[0].top, names[1].top if len(names) > 1 else "", _span(*parts))

    def discretion(self, parts: list[Token]) -> Earned:
        return Earned("discretion", None, _span(*parts))

    def excluded_from(self, parts: list[Token]) -> Earned:
        return Earned("excluded", None, _span(*parts))

    def deduct(self, parts: list[Token]) -> Earned:
        numbers = _numbers(parts[0])
        if parts[0].type == "RANGE_DEDUCT" and len(numbers) == 1:
            numbers = [_ZERO, numbers[0]]
        if numbers[0] > numbers[-1]:
            raise _unreadable("contradictory", parts[0], found=str(parts[0]))
        return Earned("deduct", numbers[0], _span(*parts), numbers[-1])

    def deduct_share(self, parts: list[Token]) -> Earned:
        return Earned("deduct-share", _numbers(parts[0])[0] / 100, _span(*parts))

    def award_share(self, parts: list[Token]) -> Earned:
        return Earned("points-share", _numbers(parts[0])[0] / 100, _span(*parts))

    def scored(self, parts: list[Any]) -> Earned:
        """完成率<100%的，得分=完成率×分值: the formula as what a condition gives."""
        made: Formula = parts[-1]
        if made.kind != "product":
            raise _unreadable("not-combined", made, found="")
        return Earned("ratio", made.points, _span(*parts), direction="whole")

    def gain(self, parts: list[Token]) -> Earned:
        return Earned("gain", _numbers(parts[0])[-1], _span(*parts))

    def cross(self, parts: list[Token]) -> Earned:
        kind = next(part.type for part in parts if part.type in ("BA", "AB"))
        return Earned("cross", None, _span(*parts), direction="forward" if kind == "BA" else "reverse")

    # -- statements ----------------------------------------------------------------------------------------------------

    def band(self, parts: list[Any]) -> Band:
        return Band(parts[0], parts[1], _span(*parts))

    def standard(self, parts: list[Any]) -> Stated:
        quantity = next(part for part in parts if isinstance(part, Quantity))
        return Stated("standard", _span(*parts), quantity=quantity)

    def below(self, parts: list[Token]) -> Token:
        return parts[0]

    above = two_sided = late = occurs = bare = below

    def about(self, parts: list[Token]) -> str:
        return "".join(parts)

    def each(self, parts: list[Any]) -> Each:
        word = next(p for p in parts if isinstance(p, Token) and p.type.startswith("EACH"))
        quantities = [part for part in parts if isinstance(part, Quantity)]
        change = next(part for part in parts if isinstance(part, Earned))
        condition = next((part for part in parts if isinstance(part, Interval)), None)
        about = "".join(p for p in parts if isinstance(p, str) and not (isinstance(p, Token) and p.type != "TEXT"))
        if _TARGET.search(word):
            about = "与目标" + about
        gain = change.kind in ("gain", "points")
        if word.type == "EACH_UNIT":
            unit = re.sub(r"^每(?:出现|发生|发现|存在|有|缺少|缺失|缺|少|低|降低|超过|超)?", "", word)
            side = "below" if re.match("每(?:少|低|降低)", word) else "occurs"
            side = "above" if word.startswith("每超") else side
            step = Quantity(amount(Fraction(1), unit), _span(word))
            return Each(side, None, step, change, gain, about, condition, _span(*parts))
        if not quantities:
            unit = "项"
            quantities = [Quantity(amount(Fraction(1), unit), _span(word))]
        standard = quantities[0] if len(quantities) > 1 else None
        side = word.type.removeprefix("EACH_").lower()
        return Each(side, standard, quantities[-1], change, gain, about, condition, _span(*parts))

    def series(self, parts: list[Any]) -> Each:
        """超5个工作日扣0.5, 10个扣1, 以此类推: the later terms must be multiples of the first."""
        condition, first, more = parts
        end = condition.low or condition.high
        if end is None or (condition.low and condition.high):
            raise _unreadable("contradictory", condition, found="")
        points = _numbers(first)[0]
        size = end.at.value / unit_word(end.at.word).scale
        numbers = [numeral(text) for text in _FIGURES.findall(more)]
        for reached, lost in zip(numbers[::2], numbers[1::2], strict=False):
            if reached * points != lost * size:
                raise _unreadable("contradictory", more, found=str(more))
        side = "above" if condition.low else "below"
        step = Quantity(end.at, end.mark)
        change = Earned("deduct", points, _span(first), points)
        return Each("late" if side == "above" else side, None, step, change, False, condition.name, None, _span(*parts))

    def item(self, parts: list[Any]) -> Item:
        name = "，".join(str(part) for part in parts[:-1])
        return Item(name, parts[-1], False, _span(*parts))

    def item_bare(self, parts: list[Token]) -> Item:
        earned = Earned("points", _numbers(parts[-1])[0], _span(parts[-1]))
        return Item("，".join(parts[:-1]), earned, False, _span(*parts))

    def marked(self, parts: list[Token]) -> Item:
        awarded = parts[-1].type == "AWARD"
        texts = parts[1 : len(parts) - awarded]
        earned = self.award([parts[-1]]) if awarded else None
        name = "，".join(texts).strip(",、:()").replace(",", "，")
        return Item(name or str(parts[0]), earned, True, _span(*parts))

    def marked_range(self, parts: list[Token]) -> Tiers:
        first, last = ord(parts[0][0]), ord(parts[-1][0])
        if not 0 < last - first < 20:
            raise _unreadable("contradictory", parts[-1], found=str(parts[-1]))
        return Tiers((), tuple(chr(code) for code in range(first, last + 1)), _span(*parts))

    def shared(self, parts: list[Token]) -> Stated:
        numbers = _numbers(parts[0])
        text = str(numbers[0]) if len(numbers) > 1 else ""
        return Stated("shared", _span(*parts), numbers[-1], text=text)

    def none(self, parts: list[Any]) -> Nothing:
        name = "".join(p for p in parts if isinstance(p, Token))
        return Nothing(name, parts[-1], _span(*parts))

    def exception(self, parts: list[Token]) -> Stated:
        return Stated("exception", _span(*parts), text="".join(parts))

    def tiers(self, parts: list[Any]) -> Tiers:
        names: Sequence[str] = ()
        for part in parts:
            if isinstance(part, Token) and part.type == "TIER_NAMES":
                listed = re.sub(r"^.*?分为|(?:[一二三四五]|\d)个?(?:档次?|等级|等次|级).*$", "", part)
                names = [name for name in re.split(r"[、,]|和(?=未)", listed) if name]
        ranges = tuple(part for part in parts if isinstance(part, Interval))
        if names and len(names) != len(ranges):
            raise _unreadable("contradictory", parts[0], found=str(len(names)))
        return Tiers(ranges, tuple(names), _span(*parts))

    # -- formulas ------------------------------------------------------------------------------------------------------

    def operand(self, parts: list[Token]) -> Ratio:
        return Ratio("".join(parts), "", _span(*parts))

    def formula(self, parts: list[Any]) -> Formula:
        made: Earned | Formula = parts[-1]
        if isinstance(made, Earned):
            return Formula("cross", _span(*parts), direction=made.direction)
        return replace(made, span=_span(*parts))

    def product(self, parts: list[Any]) -> Formula:
        ratio = next(part for part in parts if isinstance(part, Ratio))
        last = parts[-1]
        points = None
        if isinstance(last, Quantity):
            points = last.amount.value
        elif isinstance(last, Token) and last.type == "AWARD":
            points = _numbers(last)[-1]
        return Formula("product", _span(*parts), ratio.top, ratio.bottom, points=points)

    def steep(self, parts: list[Any]) -> Formula:
        whole, times = (part.amount.value for part in parts if isinstance(part, Quantity))
        ratio = next(part for part in parts if isinstance(part, Ratio))
        return Formula("steep", _span(*parts), ratio.top, ratio.bottom, whole, times)

    def floor(self, parts: list[Token]) -> Stated:
        token = parts[0]
        figures = _FIGURES.findall(token)
        most_off = token.type == "MOST" or (token.startswith("扣满") and bool(figures))
        points = numeral(figures[-1]) if figures else (_numbers(token)[-1] if token.type == "MOST" else _ZERO)
        return Stated("most-off" if most_off else "floor", _span(token), points)

    def cap(self, parts: list[Token]) -> Stated:
        figures = re.findall(_FIGURES.pattern + "(?![%\\d.])", parts[0])
        return Stated("cap", _span(*parts), numeral(figures[-1]) if figures else None)

    def full_is(self, parts: list[Token]) -> Stated:
        return Stated("full-is", _span(*parts), _numbers(parts[0])[-1])

    def _stated(self, kind: str, parts: list[Token]) -> Stated:
        return Stated(kind, _span(*parts), text="".join(parts))

    def whole(self, parts: list[Token]) -> Stated:
        return self._stated("whole", parts)

    def started(self, parts: list[Token]) -> Stated:
        return self._stated("started", parts)

    def pro_rata(self, parts: list[Token]) -> Stated:
        return self._stated("pro-rata", parts)

    def best(self, parts: list[Token]) -> Stated:
        return self._stated("best", parts)

    def judged(self, parts: list[Token]) -> Stated:
        return self._stated("judged", parts)

    def ratio_alone(self, parts: list[Token]) -> Stated:
        return self._stated("ratio", parts)

    def note(self, parts: list[Token]) -> Stated:
        return self._stated("note", parts)


def _closed(parts: Sequence[Any]) -> bool | None:
    for part in parts:
        if isinstance(part, tuple):
            return bool(part[1][0])
    return None


def _named_end(mark: Token, ends: tuple[Quantity, Quantity], beside: int) -> int:
    """80%-90%（含80%）: the mark names its end; without a number it is the one it stands beside."""
    numbers = _FIGURES.findall(mark)
    if not numbers:
        return beside
    for place, end in enumerate(ends):
        if numeral(numbers[0]) * unit_word(end.amount.word).scale == end.amount.value:
            return place
    raise _unreadable("contradictory", mark, found=str(mark))


def _lower(side: str) -> bool:
    return side[-1] == "上"


def _same_unit(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """0-10%: a bare number takes the other's unit."""
    for one, other in ((first, second), (second, first)):
        if one.bare and not other.bare:
            taken = replace(one, amount=amount(one.amount.value, other.amount.word), bare=False)
            return (taken, second) if one is first else (first, taken)
    if first.amount.unit != second.amount.unit:
        raise _unreadable("units-differ", second, left=str(first.amount), right=str(second.amount))
    return first, second
