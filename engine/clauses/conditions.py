"""Where does a measure lie, by the words of a condition? Quantities, edges, ranges and words for them.

The upper half of what the grammar's rules build; `parts.py` builds the rest on it.
"""

# ruff: noqa: D102  # the methods are named after the rules of grammar.py, which say what they are

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
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
_POINTS = re.compile("(?:个?百分点|个点)$")
_HUNDRED = Amount(Fraction(1), unit_word("%").unit, "%")
_NIL = Amount(Fraction(0), unit_word("%").unit, "%")


def amount(value: Fraction, word: str) -> Amount:
    """An amount of `value` such units; percentage points are written as %."""
    unit = unit_word("%" if word in ("个百分点", "百分点", "个点") else word)
    return Amount(value * unit.scale, unit.unit, unit.word)


def span_of(*parts: Any) -> Span:
    """From the first to the last of these parts."""
    found = [span for part in parts if (span := place_of(part)) is not None]
    if len(found) == 1:
        return found[0]
    starts, ends = zip(*found, strict=True)
    return min(starts), max(ends)


def place_of(part: Any) -> Span | None:
    """Where a token, a mark or a statement stands; None for what has no place."""
    if isinstance(part, Token):
        return part.start_pos or 0, part.end_pos or 0
    if type(part) is tuple and len(part) == 2 and part[0] == "mark":
        return place_of(part[1][1])
    return getattr(part, "span", None)


def numbers_in(token: Token) -> list[Fraction]:
    """The numbers of a phrase, in order; Chinese numerals only where there are no figures."""
    found = FIGURES.findall(token) or _NUMBER.findall(token)
    try:
        return [numeral(text) for text in found]
    except NotExact:
        raise unreadable("not-exact", token, found=str(token)) from None


def unreadable(code: str, part: Any, **facts: str) -> ClauseUnreadable:
    """A refusal at `part`, to be raised."""
    start, end = span_of(part)
    return ClauseUnreadable(code, start, end, facts)


class Conditions(Transformer[Token, list[Statement]]):
    """The rules of the grammar that make quantities and conditions."""

    # -- quantities and intervals ------------------------------------------------------------------------------------

    def quantity(self, parts: list[Token]) -> Quantity:
        token = parts[0]
        text = str(token)
        try:
            if text.startswith("百分之"):
                return Quantity(amount(numeral(text[3:]), "%"), span_of(token))
            tail = _POINTS.search(text)  # 一百分点 is 一 and 百分点
            match = re.match(r"[-+]?" + f"(?:{_NUMBER.pattern})", text[: tail.start()] if tail else text)
            if match is None:
                raise unreadable("clause-unreadable", token, found=text)
            digits, word = match.group(), text[match.end() :]
            value = numeral(digits.lstrip("+-")) * (-1 if digits[0] == "-" else 1)
        except NotExact:
            raise unreadable("not-exact", token, found=text) from None
        points = word in ("个百分点", "百分点", "个点")
        return Quantity(amount(value, word), span_of(token), points, not word)

    def included(self, parts: list[Token]) -> tuple[str, tuple[bool, Token]]:
        return "mark", (True, parts[0])

    def excluded(self, parts: list[Token]) -> tuple[str, tuple[bool, Token]]:
        return "mark", (False, parts[0])

    mark = included

    def compared(self, parts: list[Any]) -> Interval:
        word, quantity = _OF_TARGET.sub(r"\1", str(parts[0])), parts[1]
        side = next((str(p) for p in parts[2:] if isinstance(p, Token)), "")
        closed = _closed(parts[2:], quantity)
        if str(parts[0]).endswith("的") and quantity.amount.word != "%":
            raise unreadable("unit-of-target", quantity, found=str(parts[0]))
        if word in EQUAL:
            return self._at(quantity, span_of(*parts))
        lower = word in AT_LEAST or word in ABOVE
        said = word in AT_LEAST or word in AT_MOST
        if side and (lower != _lower(side) and word != "控制在"):
            raise unreadable("contradictory", parts[0], found=word + side)
        if closed is None:
            closed = None if side and not said else said
        elif closed != said and not side and not closed:
            raise unreadable("contradictory", parts[-1][1][1], found=word)
        return self._ends(quantity, closed, lower, span_of(*parts))

    def sided(self, parts: list[Any]) -> Interval:
        side = next(str(p) for p in parts[1:] if isinstance(p, Token))
        closed = _closed(parts[1:], parts[0])
        if closed is None and side[0] in "及或和":
            closed = True
        return self._ends(parts[0], closed, _lower(side), span_of(*parts))

    def beyond(self, parts: list[Any]) -> Interval:
        """超过目标值30%(以上): from 130% of the target."""
        word, quantity = str(parts[0]), parts[1]
        side = next((str(p) for p in parts[2:] if isinstance(p, Token)), "")
        closed = _closed(parts[2:], quantity)
        if closed is None:
            closed = None if side else False
            closed = True if side and side[0] in "及或和" else closed
        lower = word[0] in "超高多大偏"
        off = quantity.amount
        if off.word != "%":
            raise unreadable("unit-of-target", quantity, found=word)
        shifted = amount(100 + (1 if lower else -1) * off.value * 100, "%")
        quantity = replace(quantity, amount=shifted)
        return replace(self._ends(quantity, closed, lower, span_of(*parts)), beyond_target=True)

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
            raise unreadable("contradictory", parts[1])
        if low.at.unit == high.at.unit and low.at.value > high.at.value:
            raise unreadable("band-upside-down", parts[1], found=str(high.at))
        return Interval(low, high, span_of(*parts))

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
        ends = [End(q.amount, closed, span_of(*parts)) for q, closed in zip((first, second), marks, strict=True)]
        if ends[0].at.value == ends[1].at.value:
            raise unreadable("band-upside-down", quantities[1], found=str(ends[1].at))
        if ends[0].at.value > ends[1].at.value:
            ends.reverse()
        return Interval(ends[0], ends[1], span_of(*parts))

    def chain(self, parts: list[Any]) -> Interval:
        quantities = [part for part in parts if isinstance(part, Quantity)]
        words = [str(p) for p in parts if isinstance(p, Token) and p.type != "TEXT"]
        name = next((p for p in parts if isinstance(p, Token) and p.type == "TEXT"), None)
        first, second = _same_unit(quantities[0], quantities[1])
        up = words[0] in ("<", "≤", "<=") and (words[1] in AT_MOST or words[1] in BELOW)
        down = words[0] in (">", "≥", ">=") and (words[1] in AT_LEAST or words[1] in ABOVE)
        if not (up or down) or (first.amount.value < second.amount.value) != up:
            raise unreadable("band-upside-down", parts[1], found=words[0])
        closed = [words[0] in ("≤", "<=", "≥", ">="), words[1] in AT_MOST or words[1] in AT_LEAST]
        ends = [End(q.amount, shut, q.span) for q, shut in zip((first, second), closed, strict=True)]
        low, high = ends if up else reversed(ends)
        span = span_of(*parts)
        return Interval(low, high, span, str(name or ""), span if name is None else span_of(name))

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
                raise unreadable("band-upside-down", parts[0], found=text)
        return Interval(
            None if low is None else End(low.amount, text[0] == "[", span_of(*parts)),
            None if high is None else End(high.amount, text[-1] == "]", span_of(*parts)),
            span_of(*parts),
        )

    def condition(self, parts: list[Interval]) -> Interval:
        return parts[0]

    def named(self, parts: list[Any]) -> Interval:
        name, interval = parts
        assert isinstance(interval, Interval)
        if name.endswith(UNSAID):  # 未下降10%以上 is not 下降10%以上, 超过至多3次 neither
            raise unreadable("clause-unreadable", name, found=str(name))
        return replace(interval, name=str(name), name_span=span_of(name), span=span_of(name, interval))

    def _word(self, parts: list[Any], word: str) -> Interval:
        name = next((str(p) for p in parts if isinstance(p, Token) and p.type == "TEXT"), "")
        return Interval(None, None, span_of(*parts), name, span_of(*parts), word)

    def otherwise(self, parts: list[Any]) -> Interval:
        return self._word(parts, "otherwise")

    def unmet(self, parts: list[Any]) -> Interval:
        return self._word(parts, "unmet")

    def unmet_or(self, parts: list[Any]) -> Interval:
        """未达到预期或超过预期30%以上: what lies outside the target's own stretch."""
        bound = parts[-1]
        return replace(self._word(parts, "unmet-or"), low=bound.low, high=bound.high)

    def past(self, parts: list[Token]) -> Interval:
        """超过的, 低于的: whatever lies beyond the outermost edge of the others."""
        return self._word(parts, "over" if parts[0].type == "PAST" else "under")

    def met(self, parts: list[Any]) -> Interval:
        return self._word(parts, "met")

    def within_target(self, parts: list[Any]) -> Interval:
        end = End(_HUNDRED, True, span_of(*parts))
        return replace(self._word(parts, ""), high=end)

    def beyond_target(self, parts: list[Any]) -> Interval:
        end = End(_HUNDRED, False, span_of(*parts))
        return replace(self._word(parts, ""), low=end)

    def down(self, parts: list[Any]) -> Interval:
        return Interval(None, End(_NIL, False, span_of(*parts)), span_of(*parts), change=True)

    def level(self, parts: list[Any]) -> Interval:
        end = End(_NIL, True, span_of(*parts))
        return Interval(end, end, span_of(*parts), change=True)

    def up(self, parts: list[Any]) -> Interval:
        return Interval(End(_NIL, False, span_of(*parts)), None, span_of(*parts), change=True)

    def within_last(self, parts: list[Any]) -> Interval:
        """有结余但不超过上年结转: the measure is a share of last year's."""
        return Interval(
            End(_NIL, False, span_of(*parts)), End(_HUNDRED, True, span_of(*parts)), span_of(*parts), word="last"
        )

    def beyond_last(self, parts: list[Any]) -> Interval:
        return Interval(End(_HUNDRED, False, span_of(*parts)), None, span_of(*parts), word="last")


def _closed(parts: Sequence[Any], quantity: Quantity) -> bool | None:
    for part in parts:
        if isinstance(part, tuple):
            _named_end(part[1][1], (quantity, quantity), 0)
            return bool(part[1][0])
    return None


def _named_end(mark: Token, ends: tuple[Quantity, Quantity], beside: int) -> int:
    """80%-90%（含80%）: the mark names its end; without a number it is the one it stands beside."""
    if not FIGURES.search(mark):
        return beside
    for place, end in enumerate(ends):
        if numbers_in(mark)[0] * unit_word(end.amount.word).scale == end.amount.value:
            return place
    raise unreadable("contradictory", mark, found=str(mark))


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
