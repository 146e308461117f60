"""Where does a measure lie, by the words of a condition? Quantities, edges, ranges and words for them.

The upper half of what the grammar's rules build; `parts.py` builds the rest on it.
"""

# ruff: noqa: D102  # the methods are named after the rules of grammar.py, which say what they are

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from lark import Token, Transformer

from ..values.amounts import Amount
from ..values.exact import NotExact
from ..values.units import unit_word
from .lexicon import ABOVE, AT_LEAST, AT_MOST, BELOW, EQUAL, UNSAID
from .reading import ClauseUnreadable
from .statements import End, Interval, Quantity, Span, Statement
from .text import numeral

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?|半")
FIGURES = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_OF_TARGET = re.compile("^(达到|达|完成|未达到|不足|超过)(?!或|且|等).+")
"""达到目标值的90%: the measure is a share of the target."""
_POINTS = ("个百分点", "百分点", "个点")
_TAIL = re.compile("(?:个?百分点|个点)$")
_AND = "及或和"
"""及以上 takes the end in."""


def amount(value: Fraction | int, word: str) -> Amount:
    """An amount of `value` such units; percentage points are written as %."""
    unit = unit_word("%" if word in _POINTS else word)
    return Amount(value * unit.scale, unit.unit, unit.word)


HUNDRED, NIL = amount(100, "%"), amount(0, "%")
_Edge = tuple[Amount, bool] | None
_WORDED: dict[str, tuple[str, _Edge, _Edge]] = {
    "ELSE": ("otherwise", None, None),
    "MET": ("met", None, None),
    "MET_ONLY": ("met", None, None),
    "UNMET": ("unmet", None, None),
    "PAST": ("over", None, None),
    "SHORT": ("under", None, None),
    "WITHIN_TARGET": ("", None, (HUNDRED, True)),
    "BEYOND_TARGET": ("", (HUNDRED, False), None),
    "WITHIN_LAST": ("last", (NIL, False), (HUNDRED, True)),
    "BEYOND_LAST": ("last", (HUNDRED, False), None),
    "DOWN": ("", None, (NIL, False)),
    "LEVEL": ("", (NIL, True), (NIL, True)),
    "UP": ("", (NIL, False), None),
}
"""Conditions without a number: their word, and the ends that they set by themselves, each closed or not."""
_CHANGES = frozenset(["DOWN", "LEVEL", "UP"])


@dataclass(frozen=True, slots=True)
class Mark:
    """（含） or （不含）: does the end belong?"""

    closed: bool
    token: Token
    span: Span


def span_of(*parts: Any) -> Span:
    """From the first to the last of these parts."""
    starts, ends = zip(*[span for part in parts if (span := place_of(part)) is not None], strict=True)
    return min(starts), max(ends)


def place_of(part: Any) -> Span | None:
    """Where a token, a mark or a statement stands; None for what has no place."""
    if isinstance(part, Token):
        return part.start_pos or 0, part.end_pos or 0
    return getattr(part, "span", None)


def numbers_in(token: Token) -> list[Fraction]:
    """The numbers of a phrase, in order; Chinese numerals only where there are no figures."""
    found = FIGURES.findall(token) or _NUMBER.findall(token)
    try:
        return [numeral(text) for text in found]
    except NotExact:
        raise unreadable("not-exact", token) from None


def unreadable(code: str, part: Any, **facts: str) -> ClauseUnreadable:
    """A refusal at `part`, to be raised; what was found there is the phrase, unless said otherwise."""
    found = {"found": str(part)} if isinstance(part, Token) else {}
    return ClauseUnreadable(code, *span_of(part), found | facts)


def piece(token: Token, text: str) -> Token:
    """A part of a phrase that is a number."""
    return Token("QUANTITY", text, token.start_pos, 1, 1, 1, 1, token.end_pos)


class Conditions(Transformer[Token, list[Statement]]):
    """The rules of the grammar that make quantities and conditions."""

    def quantity(self, parts: list[Token]) -> Quantity:
        token = parts[0]
        text = str(token)
        try:
            if text.startswith("百分之"):
                return Quantity(amount(numeral(text[3:]), "%"), span_of(token))
            tail = _TAIL.search(text)  # 一百分点 is 一 and 百分点
            match = re.match(f"[-+]?(?:{_NUMBER.pattern})", text[: tail.start()] if tail else text)
            if match is None:
                raise unreadable("clause-unreadable", token)
            digits, word = match.group(), text[match.end() :]
            value = numeral(digits.lstrip("+-")) * (-1 if digits[0] == "-" else 1)
        except NotExact:
            raise unreadable("not-exact", token) from None
        return Quantity(amount(value, word), span_of(token), word in _POINTS, not word)

    def mark(self, parts: list[Token]) -> Mark:
        return Mark(parts[0].type == "INCLUDED", parts[0], span_of(*parts))

    # -- one end -------------------------------------------------------------------------------------------------------

    def compared(self, parts: list[Any]) -> Interval:
        word, quantity, span = _OF_TARGET.sub(r"\1", str(parts[0])), parts[1], span_of(*parts)
        side, closed = _behind(parts[2:], quantity)
        if parts[0].endswith("的") and quantity.amount.word != "%":
            raise unreadable("unit-of-target", quantity, found=str(parts[0]))
        if word in EQUAL:
            return _at(quantity, span)
        lower = word in AT_LEAST or word in ABOVE
        said = word in AT_LEAST or word in AT_MOST
        if side and lower != _lower(side) and word != "控制在":
            raise unreadable("contradictory", parts[0], found=word + side)
        if closed is None:
            closed = None if side and not said else said
        elif closed != said and not side and not closed:
            raise unreadable("contradictory", parts[-1], found=word)
        return _half(quantity.amount, closed, lower, span)

    def sided(self, parts: list[Any]) -> Interval:
        side, closed = _behind(parts[1:], parts[0])
        closed = True if closed is None and side[0] in _AND else closed
        return _half(parts[0].amount, closed, _lower(side), span_of(*parts))

    def beyond(self, parts: list[Any]) -> Interval:
        """超过目标值30%(以上): from 130% of the target."""
        word, off = str(parts[0]), parts[1].amount
        side, closed = _behind(parts[2:], parts[1])
        if closed is None:
            closed = None if side and side[0] not in _AND else bool(side)
        if off.word != "%":
            raise unreadable("unit-of-target", parts[1], found=word)
        lower = word[0] in "超高多大偏"
        shifted = amount(100 + (1 if lower else -1) * off.value * 100, "%")
        return replace(_half(shifted, closed, lower, span_of(*parts)), beyond_target=True)

    # -- both ends -----------------------------------------------------------------------------------------------------

    def both(self, parts: list[Any]) -> Interval:
        first, *name, second = parts
        low = next((one.low for one in (first, second) if one.high is None), None)
        high = next((one.high for one in (first, second) if one.low is None), None)
        if low is None or high is None:
            raise unreadable("contradictory", second)
        if low.at.unit == high.at.unit and low.at.value > high.at.value:
            raise unreadable("band-upside-down", second)
        made = Interval(low, high, span_of(first, second))
        return self.named([*name, made]) if name else made

    def range(self, parts: list[Any]) -> Interval:
        near, far = (part for part in parts if isinstance(part, Quantity))
        pair = _same_unit(near, far)
        closed: list[bool | None] = [None, None]
        for place, part in enumerate(parts):
            if isinstance(part, Mark):
                closed[_named_end(part, pair, int(place > parts.index(far)))] = part.closed
        first, second = (End(one.amount, shut, span_of(*parts)) for one, shut in zip(pair, closed, strict=True))
        if first.at.value == second.at.value:
            raise unreadable("band-upside-down", far)
        low, high = (first, second) if first.at.value < second.at.value else (second, first)
        return Interval(low, high, span_of(*parts))

    def chain(self, parts: list[Any]) -> Interval:
        """90≤x<95."""
        pair = _same_unit(*(part for part in parts if isinstance(part, Quantity)))
        left, right = (str(part) for part in parts if isinstance(part, Token) and part.type != "TEXT")
        up = left in ("<", "≤", "<=") and (right in AT_MOST or right in BELOW)
        down = left in (">", "≥", ">=") and (right in AT_LEAST or right in ABOVE)
        if not (up or down) or (pair[0].amount.value < pair[1].amount.value) != up:
            raise unreadable("band-upside-down", parts[1])
        closed = (left in ("≤", "<=", "≥", ">="), right in AT_MOST or right in AT_LEAST)
        ends = [End(one.amount, shut, one.span) for one, shut in zip(pair, closed, strict=True)]
        low, high = ends if up else reversed(ends)
        made = Interval(low, high, span_of(*parts))
        name = next((part for part in parts if isinstance(part, Token) and part.type == "TEXT"), None)
        return made if name is None else replace(made, name=str(name), name_span=span_of(name))

    def exactly(self, parts: list[Quantity]) -> Interval:
        return _at(parts[0], parts[0].span)

    def bracketed(self, parts: list[Token]) -> Interval:
        """[80,90), (-∞,60]."""
        text, span = str(parts[0]), span_of(*parts)
        low, high = (None if "∞" in side else self.quantity([piece(parts[0], side)]) for side in text[1:-1].split(","))
        if low is not None and high is not None:
            low, high = _same_unit(low, high)
            if low.amount.value >= high.amount.value:
                raise unreadable("band-upside-down", parts[0])
        return Interval(
            None if low is None else End(low.amount, text[0] == "[", span),
            None if high is None else End(high.amount, text[-1] == "]", span),
            span,
        )

    # -- names and words -----------------------------------------------------------------------------------------------

    def named(self, parts: list[Any]) -> Interval:
        name: Token = parts[0]
        interval: Interval = parts[1]
        if name.endswith(UNSAID):  # 未下降10%以上 is not 下降10%以上, 超过至多3次 neither
            raise unreadable("clause-unreadable", name)
        return replace(interval, name=str(name), name_span=span_of(name), span=span_of(name, interval))

    def worded(self, parts: list[Token]) -> Interval:
        word, *edges = _WORDED[parts[-1].type]
        span, name = span_of(*parts), str(parts[0]) if len(parts) > 1 else ""
        low, high = (edge and End(*edge, span) for edge in edges)
        return Interval(low, high, span, name, span, word, change=parts[-1].type in _CHANGES)

    def unmet_or(self, parts: list[Any]) -> Interval:
        """未达到预期或超过预期30%以上: what lies outside the target's own stretch."""
        *name, _unmet, _or, bound = parts
        span = span_of(*parts)
        return Interval(bound.low, bound.high, span, "".join(name), span, "unmet-or")


def _at(quantity: Quantity, span: Span) -> Interval:
    end = End(quantity.amount, True, quantity.span)
    return Interval(end, end, span)


def _half(at: Amount, closed: bool | None, lower: bool, span: Span) -> Interval:
    end = End(at, closed, span)
    return Interval(end, None, span) if lower else Interval(None, end, span)


def _behind(parts: Sequence[Any], quantity: Quantity) -> tuple[str, bool | None]:
    """What stands behind a number: 以上, 以内 …, and whether （含） or （不含） says that the end belongs."""
    side = next((str(part) for part in parts if isinstance(part, Token)), "")
    for mark in (part for part in parts if isinstance(part, Mark)):
        _named_end(mark, (quantity, quantity), 0)
        return side, mark.closed
    return side, None


def _named_end(mark: Mark, ends: tuple[Quantity, Quantity], beside: int) -> int:
    """80%-90%（含80%）: the mark names its end; without a number it is the one it stands beside."""
    if not FIGURES.search(mark.token):
        return beside
    for place, end in enumerate(ends):
        if numbers_in(mark.token)[0] * unit_word(end.amount.word).scale == end.amount.value:
            return place
    raise unreadable("contradictory", mark.token)


def _lower(side: str) -> bool:
    return side[-1] == "上"


def _same_unit(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """0-10%: a bare number takes the other's unit."""
    for one, other in ((first, second), (second, first)):
        if one.bare and not other.bare:
            taken = replace(one, amount=amount(one.amount.value, other.amount.word), bare=False)
            return (taken, second) if one is first else (first, taken)
    if first.amount.unit != second.amount.unit:
        raise unreadable("units-differ", second, left=str(first.amount), right=str(second.amount))
    return first, second
