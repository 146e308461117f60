"""How far to both sides, or up or down from the year before? ±10%以内, 下降10%以上: conditions by distance."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

from lark import Token

from ..values.amounts import Amount
from .conditions import Conditions, piece, span_of, unreadable
from .lexicon import ABOVE, AT_LEAST, AT_MOST
from .statements import End, Interval

_SPREAD = re.compile(
    "(?P<word>[^±正]+)?(?:±|正负)(?P<near>[^-()至到±正及以之内范]+)(?P<own>\\([不含]+\\))?"
    "(?:[-至到](?:±|正负)(?P<far>[^()及以之内范]+))?(?P<side>及?(?:以内|之内|以外|之外|以上|内|之间))?(?P<last>\\([不含]+\\))?"
    "(?:范围内|范围|之间)?"
)
_OUTSIDE = ("以外", "之外")


class Reaches(Conditions):
    """The rules of the grammar whose numbers are distances."""

    def spread(self, parts: list[Token]) -> Interval:
        """±10%以内, 超过±10%, ±5%-±10%: how far from the middle, on both sides alike."""
        token, span = parts[0], span_of(*parts)
        matched = _SPREAD.fullmatch(token)
        if matched is None:
            raise unreadable("clause-unreadable", token)
        ends = [self.quantity([piece(token, one)]).amount for one in matched.group("near", "far") if one]
        if any(end.value <= 0 for end in ends):
            raise unreadable("contradictory", token)
        if len(ends) == 2:
            return self._ring(matched, ends, token)
        told = _told(matched)
        if told is None:
            raise unreadable("contradictory", token)
        outside, closed = told
        end = End(ends[0], closed, span)
        low, high = (end, None) if outside else (None, end)
        return Interval(low, high, span, word="spread")

    def _ring(self, matched: re.Match[str], ends: list[Amount], token: Token) -> Interval:
        """±5%（不含）至±10%（含）."""
        near, far = ends
        if matched["word"] or near.unit != far.unit or near.value >= far.value:
            raise unreadable("contradictory", token)
        marks = [None if mark is None else "不" not in mark for mark in matched.group("own", "last")]
        low, high = (End(at, closed, span_of(token)) for at, closed in zip(ends, marks, strict=True))
        return Interval(low, high, span_of(token), word="spread")

    def fell(self, parts: list[Any]) -> Interval:
        """下降10%以上: a change of -10% or less."""
        rise = self.rose(parts)
        low, high = (end and replace(end, at=replace(end.at, value=-end.at.value)) for end in (rise.high, rise.low))
        return replace(rise, low=low, high=high)

    def rose(self, parts: list[Any]) -> Interval:
        """增长10%以内: a change above 0, of 10% or less."""
        interval: Interval = parts[1]
        low, high, span = interval.low, interval.high, span_of(*parts)
        if interval.word or interval.single:
            raise unreadable("clause-unreadable", parts[0])
        if any(end.at.value < 0 for end in interval.ends):
            raise unreadable("contradictory", parts[0])
        if low is None and high is not None:
            low = End(replace(high.at, value=Fraction(0)), False, span)
        return Interval(low, high, span, change=True)


def _told(matched: re.Match[str]) -> tuple[bool, bool | None] | None:
    """Does the condition lie outside the distance, and does the end belong to it? None: its words contradict."""
    word, side, own, last = (matched[name] or "" for name in ("word", "side", "own", "last"))
    beyond, outside = word in ABOVE | AT_LEAST, side.endswith(("外", "上"))
    said = "不" not in own + last if own or last else None
    if (word and side and beyond != outside) or (own and last):
        return None
    if word and word != "控制在":
        closed = word in AT_LEAST | AT_MOST
        return (beyond or outside, closed) if said in (None, closed) else None
    if side in _OUTSIDE:
        return None if said else (True, False)
    return beyond or outside, True if side.startswith("及") else said
