"""How is a clause made plain before it is read? Look-alike signs folded, blanks dropped, every place remembered."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from ..values.exact import decimal

_FOLDED = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width ASCII
    **dict.fromkeys("（【〔﹙「", "("),
    **dict.fromkeys("）】〕﹚」", ")"),
    "﹪": "%",
    **dict.fromkeys("≦⩽≤", "≤"),
    **dict.fromkeys("≧⩾≥", "≥"),
    **dict.fromkeys("﹦═", "="),
    **dict.fromkeys("﹥〉", ">"),
    **dict.fromkeys("﹤〈", "<"),
    **dict.fromkeys("－–—−～~〜﹣‐", "-"),
    **dict.fromkeys("×＊*✕╳", "×"),
    **dict.fromkeys("÷／∕", "/"),
    "﹐": ",",
    "∶": ":",
    "｡": "。",
    "？": "!",
    "﹢": "+",
    "\r": "\n",
}
_MARKS = str.maketrans(_FOLDED)
_BLANK = frozenset(" \t　\u00a0\u200b\ufeff“”\"‘’'《》")
"""Blanks and quotation marks carry no rule."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The folded text, and for each of its characters the place in the text as written."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span as written of `start`–`end` of the folded text; never empty unless the text is."""
        if not self.places:
            return 0, 0
        first = self.places[min(start, len(self.places) - 1)]
        last = self.places[min(max(end - 1, start), len(self.places) - 1)]
        return first, last + 1


def plain(text: str) -> Plain:
    """Fold `text`. Same clause, same folded text, however it was typed."""
    folded = text.replace("——", "—\u200b").translate(_MARKS)
    kept = [place for place, char in enumerate(folded) if char not in _BLANK]
    return Plain("".join(folded[place] for place in kept), tuple(kept))


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100}


@lru_cache(maxsize=4096)
def numeral(text: str) -> Fraction:
    """A number in figures or Chinese numerals: `0.5`, `1,000`, `十五`, `零点五`, `半`. Raises `NotExact`.

    Numbers recur, so they are kept.
    """
    if text[-1] in "0123456789":
        return decimal(text)
    if text == "半":
        return Fraction(1, 2)
    whole, _, part = text.partition("点")
    total, digit = 0, 0
    for char in whole:
        if char in _PLACES:
            total, digit = total + max(digit, 1) * _PLACES[char], 0
        else:
            digit = digit * 10 + _DIGITS[char]
    value = Fraction(total + digit)
    for place, char in enumerate(part, 1):
        value += Fraction(_DIGITS[char], 10**place)
    return value
