"""What does a filed cell say? Operator, number and unit apart; text stays text; blank is not zero.

The raw text is kept beside what was read. A malformed number is never repaired: it reads as text, and where a number
is needed that is a problem with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from .exact import MOST_DIGITS, NotExact, ratio
from .units import UnitWord, unit_word


class CellKind(Enum):
    """The closed set of things a cell can be."""

    NUMBER = "number"
    TEXT = "text"
    BLANK = "blank"
    NOT_APPLICABLE = "not-applicable"
    NOT_STARTED = "not-started"
    UNVERIFIABLE = "unverifiable"


NUMBER, TEXT, BLANK = CellKind.NUMBER, CellKind.TEXT, CellKind.BLANK


@dataclass(frozen=True, slots=True)
class Cell:
    """One filed value: the number n/d in units of `unit.word`; `operator` is `≥ > ≤ < =` or empty.

    A number with an operator in the *actual* column is a copied target, not a measurement.
    """

    raw: str
    kind: CellKind
    n: int = 0
    d: int = 1
    operator: str = ""
    unit: UnitWord = unit_word("")

    @property
    def number(self) -> Fraction:
        """The number as it is written."""
        return Fraction(self.n, self.d)

    @property
    def value(self) -> Fraction:
        """The number in base units (元, plain ratio)."""
        return self.number * self.unit.scale


_GLYPHS = str.maketrans(
    {
        "≧": "≥", "≦": "≤", "═": "=", "﹦": "=", "＝": "=", "＞": ">", "＜": "<", "﹥": ">", "﹤": "<",
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        "（": "(", "）": ")",
        "％": "%", "﹪": "%", "，": ",", "．": ".", "－": "-", "−": "-", "＋": "+",
    }
)  # fmt: skip
_GLYPH = re.compile(f"[{''.join(map(chr, _GLYPHS))}]")
_BLANK = frozenset({"", "-", "—", "——", "–", "/", "*", "无", "null", "~"})
_STATES = {
    "不适用": CellKind.NOT_APPLICABLE,
    "不涉及": CellKind.NOT_APPLICABLE,
    "未启动": CellKind.NOT_STARTED,
    "未开展": CellKind.NOT_STARTED,
    "未开始": CellKind.NOT_STARTED,
    "无法核实": CellKind.UNVERIFIABLE,
    "不可核实": CellKind.UNVERIFIABLE,
}
_BEFORE = {
    "≥": "≥", ">=": "≥", "不低于": "≥", "不少于": "≥", "不小于": "≥", "达到": "≥", "至少": "≥",
    ">": ">", "大于": ">", "超过": ">", "高于": ">", "多于": ">",
    "≤": "≤", "<=": "≤", "不超过": "≤", "不高于": "≤", "不大于": "≤", "不多于": "≤", "控制在": "≤",
    "<": "<", "小于": "<", "少于": "<", "低于": "<",
    "=": "=", "等于": "=",
}  # fmt: skip
_AFTER = {
    "以上": "≥", "及以上": "≥", "(含)以上": "≥", "以下": "≤", "及以下": "≤", "及其以下": "≤", "以内": "≤", "之内": "≤",
}  # fmt: skip
_DATED = re.compile(r"[年月日]?(?:前|以前|之前|底|初|末|上旬|中旬|下旬).*")
_BEGINS = "年月日前以之底初末上中下"
_YEARS, _MONTHS = range(1900, 2101), range(1, 13)
"""`9月前`, `2021年` and `7月` are dates, not quantities; `6个月` is one."""
_NUMBER = re.compile(
    "(?P<before>{})?\\s*(?P<number>[+-]?[0-9][0-9,]*(?:\\.[0-9]+)?)\\s*(?P<word>[^0-9.,;；、。\\s/]*?(?:/[^.,;；、。\\s]*?[^0-9.,;；、。\\s])?)(?P<after>{})?".format(
        "|".join(sorted(map(re.escape, _BEFORE), key=len, reverse=True)),
        "|".join(sorted(map(re.escape, _AFTER), key=len, reverse=True)),
    )
)


def unified(text: str) -> str:
    """Look-alike glyphs (≧ ═ ﹦ ％ and full-width digits) as the plain sign."""
    return (text.translate(_GLYPHS) if _GLYPH.search(text) else text).strip()


_EMPTY = Cell("", BLANK)


def read_cell(raw: str | None) -> Cell:
    """Read one cell. Never raises: what is no number, state or blank is text."""
    if not raw:
        return _EMPTY
    if raw.isdigit() and raw.isascii() and len(raw) <= MOST_DIGITS:  # as most points are filed
        return Cell(raw, NUMBER, int(raw))
    text = unified(raw)
    if text in _BLANK:
        return Cell(raw, BLANK)
    if text in _STATES:
        return Cell(raw, _STATES[text])
    match = _NUMBER.fullmatch(text)
    if not match:
        return Cell(raw, TEXT)
    before, number, word, after = match.groups("")
    try:
        n, d = ratio(number)
    except NotExact:
        return Cell(raw, TEXT)
    operator = _BEFORE.get(before, "") or _AFTER.get(after, "")
    if word and word[0] in _BEGINS and _dated(n if d == 1 else 0, word, operator):
        return Cell(raw, TEXT)
    return Cell(raw, NUMBER, n, d, operator, unit_word(word))


def _dated(whole: int, word: str, operator: str) -> bool:
    if word == "月":
        return not operator and whole in _MONTHS
    return bool(_DATED.fullmatch(word)) or (word == "年" and whole in _YEARS)


def share_or_percent(target: Cell, actual: Cell) -> bool:
    """Is one of the two a bare share and the other a percentage above 1%? `1` beside 100% may be 1% or 100%."""
    return _share_beside(target, actual) or _share_beside(actual, target)


def _share_beside(one: Cell, other: Cell) -> bool:
    return other.unit.word == "%" and other.n > other.d and not one.unit.word and 0 < one.n <= one.d
