"""What does each phrase of the grammar state? One method a rule; numbers are taken out of the phrases here."""

# ruff: noqa: D102  # the methods are named after the rules of grammar.py, which say what they are

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

from lark import Token

from ..values.units import unit_word
from .conditions import FIGURES, amount, numbers_in, span_of, unreadable
from .lexicon import UNSAID
from .reaches import Reaches
from .statements import (
    Band,
    Each,
    Earned,
    Formula,
    Interval,
    Item,
    Joined,
    Nothing,
    Quantity,
    Stated,
    Statement,
    Tiers,
)
from .text import numeral

S = TypeVar("S")
_ZERO = Fraction(0)
_TARGET = re.compile("目标|指标值|计划|标准|预期|预算|概算|要求")
_UNIT = re.compile("^每(?:出现|发生|发现|存在|有|缺少|缺失|缺|少|低|降低|超过|超)?")
_MEASURED = ("EACH_BELOW", "EACH_ABOVE", "EACH_BOTH")
_WITHOUT_NUMBER = {
    "FULL": ("points", None),
    "ZERO": ("points", _ZERO),
    "RATIO": ("ratio", None),
    "JUDGED": ("discretion", None),
    "EXCLUDED_FROM": ("excluded", None),
}
_WITH_NUMBERS = {
    "AWARD": "points",
    "LISTED": "points",
    "RANGE_AWARD": "range",
    "SHARE_AWARD": "points-share",
    "GAIN": "gain",
    "DEDUCT": "deduct",
    "RANGE_DEDUCT": "deduct",
    "SHARE_DEDUCT": "deduct-share",
}
"""What each phrase that gives or takes points gives: kinds of `Earned`."""


class Parts(Reaches):
    """Called by the parser as it reduces; returns the statements in the order of the text."""

    def start(self, parts: list[Statement]) -> list[Statement]:
        return parts

    # -- what is given -------------------------------------------------------------------------------------------------

    def earned(self, parts: list[Token]) -> Earned:
        token, span = parts[0], span_of(*parts)
        if token.type in _WITHOUT_NUMBER:
            return Earned(*_WITHOUT_NUMBER[token.type], span)
        kind, numbers = _WITH_NUMBERS[token.type], numbers_in(token)
        if kind.endswith("-share"):
            return Earned(kind, numbers[0] / 100, span)
        if kind == "range":  # 得8-10分: from the fewer to the more, at the evaluator's choice
            least, most = sorted(numbers)
            return Earned(kind, least, span, most)
        if kind != "deduct":
            return Earned(kind, numbers[-1], span)
        least, most = _ZERO if token.type == "RANGE_DEDUCT" and len(numbers) == 1 else numbers[0], numbers[-1]
        if least > most:
            raise unreadable("contradictory", token)
        return Earned(kind, least, span, most)

    def scored(self, parts: list[Any]) -> Earned:
        """完成率<100%的，得分=完成率×分值: the formula as what a condition gives."""
        made: Formula = parts[-1]
        if made.kind != "product":
            raise unreadable("not-combined", made)
        return Earned("ratio", made.points, span_of(*parts), direction="whole", standard=made.standard)

    def cross(self, parts: list[Token]) -> Earned:
        kind = next(part.type for part in parts if part.type in ("BA", "AB"))
        return Earned("cross", None, span_of(*parts), direction="forward" if kind == "BA" else "reverse")

    # -- statements ----------------------------------------------------------------------------------------------------

    def band(self, parts: list[Any]) -> Band:
        return Band(parts[0], parts[1], span_of(*parts))

    def any_of(self, parts: list[Any]) -> Joined:
        """结转结余率≤9%或变动率≤-30%."""
        return Joined("or", tuple(part for part in parts if isinstance(part, Interval)), None, span_of(*parts))

    def all_of(self, parts: list[Any]) -> Joined:
        return replace(self.any_of(parts), operator="and")

    def joined(self, parts: list[Any]) -> Joined:
        earned = parts[-1] if isinstance(parts[-1], Earned) else None
        return replace(_first(parts, Joined), earned=earned, span=span_of(*parts))

    def standard(self, parts: list[Any]) -> Stated:
        if isinstance(parts[0], Token) and parts[0].endswith(UNSAID):  # 不以100%为标准
            raise unreadable("clause-unreadable", parts[0])
        return Stated("standard", span_of(*parts), quantity=_first(parts, Quantity))

    def about(self, parts: list[Token]) -> str:
        return "".join(parts)

    def each(self, parts: list[Any]) -> Each:
        word = next(part for part in parts if getattr(part, "type", "").startswith("EACH"))
        quantities = [part for part in parts if isinstance(part, Quantity)]
        behind = [part for part in parts[parts.index(quantities[-1]) :] if isinstance(part, Token)]
        once = word[0] != "每"  # 逾期5日后扣1分, 有1处得5分: once, not for each
        if behind and (word.type in _MEASURED or (word.type == "EACH_LATE" and once)):
            raise unreadable("clause-unreadable", behind[0])
        side, standard = word.type.removeprefix("EACH_").lower(), quantities[0] if len(quantities) > 1 else None
        made = self._each(side, quantities[-1], parts)
        if made.gain and once and word.type in ("EACH_LATE", "EACH_OCCURS"):
            raise unreadable("clause-unreadable", word)
        return replace(made, standard=standard, about="与目标" + made.about if _TARGET.search(word) else made.about)

    def each_unit(self, parts: list[Any]) -> Each:
        """每少1项扣1分, 每项扣1分: one of what the word ends with."""
        word = next(part for part in parts if getattr(part, "type", "") == "EACH_UNIT")
        side = "above" if word.startswith("每超") else "below" if re.match("每(?:少|低|降低)", word) else "occurs"
        return self._each(side, Quantity(amount(1, _UNIT.sub("", word)), span_of(word)), parts)

    def _each(self, side: str, step: Quantity, parts: list[Any]) -> Each:
        about = "".join(p for p in parts if isinstance(p, str) and getattr(p, "type", "TEXT") == "TEXT")
        condition = next((part for part in parts if isinstance(part, Interval)), None)
        return Each(side, None, step, _first(parts, Earned), about, condition, span_of(*parts))

    def series(self, parts: list[Any]) -> Each:
        """超5个工作日扣0.5, 10个扣1, 以此类推: the later terms must be multiples of the first."""
        condition, first, more = parts
        if condition.half is None:
            raise unreadable("contradictory", condition)
        end, side = condition.half
        points = numbers_in(first)[0]
        size = end.at.value / unit_word(end.at.word).scale
        numbers = [numeral(text) for text in FIGURES.findall(more)]
        for reached, lost in zip(numbers[::2], numbers[1::2], strict=False):
            if reached * points != lost * size:
                raise unreadable("contradictory", more)
        side = "late" if side == "above" else side
        change = Earned("deduct", points, span_of(first), points)
        step = Quantity(end.at, end.mark)
        return Each(side, None, step, change, condition.name, None, span_of(*parts))

    def item(self, parts: list[Any]) -> Item:
        return Item("，".join(parts[:-1]).strip("-，"), parts[-1], False, span_of(*parts))

    def marked(self, parts: list[Token]) -> Item:
        awarded = parts[-1].type == "AWARD"
        texts = parts[1 : len(parts) - awarded]
        earned = self.earned([parts[-1]]) if awarded else None
        name = "，".join(texts).strip(",、:()-").replace(",", "，")
        return Item(name or str(parts[0]), earned, True, span_of(*parts))

    def marked_range(self, parts: list[Token]) -> Tiers:
        first, last = ord(parts[0][0]), ord(parts[-1][0])
        if not 0 < last - first < 20:
            raise unreadable("contradictory", parts[-1])
        return Tiers((), tuple(chr(code) for code in range(first, last + 1)), span_of(*parts))

    def shared(self, parts: list[Token]) -> Stated:
        numbers = numbers_in(parts[0])
        text = str(numbers[0]) if len(numbers) > 1 else ""
        return Stated("shared", span_of(*parts), numbers[-1], text=text)

    def none(self, parts: list[Any]) -> Nothing:
        words = [str(part) for part in parts if isinstance(part, Token)]
        name = words[0] + "，".join(words[1:])
        return Nothing(name, parts[-1], span_of(*parts))

    def tiers(self, parts: list[Any]) -> Tiers:
        names: Sequence[str] = ()
        for part in parts:
            if isinstance(part, Token) and part.type == "TIER_NAMES":
                listed = re.sub(r"^.*?分为|(?:[一二三四五]|\d)个?(?:档次?|等级|等次|级).*$", "", part)
                names = [name for name in re.split(r"[、,]|和(?=未)", listed) if name]
        ranges = tuple(part for part in parts if isinstance(part, Interval))
        if names and len(names) != len(ranges):
            raise unreadable("contradictory", parts[0], found=str(len(names)))
        return Tiers(ranges, tuple(names), span_of(*parts))

    # -- formulas ------------------------------------------------------------------------------------------------------

    def operand(self, parts: list[Token]) -> Formula:
        return Formula("ratio", span_of(*parts), "".join(parts))

    def ratio(self, parts: list[Any]) -> Formula:
        top, *bottom = (part.top for part in parts if isinstance(part, Formula))
        return Formula("ratio", span_of(*parts), top, "".join(bottom))

    def ratio_to(self, parts: list[Any]) -> Formula:
        """执行率/95%: full points where the rate is reached."""
        return replace(_first(parts, Formula), span=span_of(*parts), standard=parts[-1])

    def product(self, parts: list[Any]) -> Formula:
        points, *_ = [*_numbers(parts), None]
        return replace(_first(parts, Formula), kind="product", points=points, span=span_of(*parts))

    def steep(self, parts: list[Any]) -> Formula:
        """(1-10×a/b)×分值."""
        ratio, numbers = _first(parts, Formula), _numbers(parts)
        if ratio.standard is not None:
            raise unreadable("not-combined", ratio.standard, found=str(ratio.standard.amount))
        whole, times, points, *_ = [*numbers, None]
        return replace(ratio, kind="steep", whole=whole, times=times, points=points, span=span_of(*parts))

    def formula(self, parts: list[Any]) -> Formula:
        made: Earned | Formula = parts[-1]
        if isinstance(made, Earned):
            return Formula("cross", span_of(*parts), direction=made.direction)
        return replace(made, span=span_of(*parts))

    def floor(self, parts: list[Token]) -> Stated:
        token = parts[0]
        figures = FIGURES.findall(token)
        most_off = token.type == "MOST" or (token.startswith(("扣满", "扣完")) and bool(figures))
        points = numeral(figures[-1]) if figures else (numbers_in(token)[-1] if token.type == "MOST" else _ZERO)
        return Stated("most-off" if most_off else "floor", span_of(token), points)

    def cap(self, parts: list[Token]) -> Stated:
        figures = re.findall(FIGURES.pattern + "(?![%\\d.])", parts[0])
        return Stated("cap", span_of(*parts), numeral(figures[-1]) if figures else None)

    def full_is(self, parts: list[Token]) -> Stated:
        return Stated("full-is", span_of(*parts), numbers_in(parts[0])[-1])

    def said(self, parts: list[Token]) -> Stated:
        kind = parts[-1].type
        kind = {"RATIO_OF": "ratio", "EXCEPT": "exception"}.get(kind, kind.lower().replace("_", "-"))
        return Stated(kind, span_of(*parts), text="".join(parts))


def _first(parts: Sequence[Any], kind: type[S]) -> S:
    """The first part of a kind."""
    return next(part for part in parts if isinstance(part, kind))


def _numbers(parts: Sequence[Any]) -> list[Fraction]:
    """The numbers of a formula, the points last."""
    written = [part for part in parts if isinstance(part, Quantity) or getattr(part, "type", "") == "AWARD"]
    return [part.amount.value if isinstance(part, Quantity) else numbers_in(part)[-1] for part in written]
