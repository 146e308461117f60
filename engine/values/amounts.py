"""How is a threshold or step written? `95.10%`, `-5`, `10天`: an exact number and its unit word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from .exact import NotExact, decimal, written
from .units import Unit, unit_word

_MARKS = str.maketrans("（），％−－", "(),%--")
_AMOUNT = re.compile(r"(?P<minus>-?)\s*(?P<number>[0-9]+(?:\.[0-9]+)?)\s*(?P<word>(?:%|‰|[^\W\d_]+)?)")


class NotAnAmount(ValueError):
    """The text is no number with at most one unit word, or one of too many digits."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A threshold or step as the rule file writes it. `value` is in base units (元, plain ratio)."""

    value: Fraction
    unit: Unit
    word: str = field(compare=False)
    """How it is written; `1%` and `1个百分点` are the same amount."""

    def __str__(self) -> str:
        return _amount_text(*self.value.as_integer_ratio(), self.word)


@lru_cache(maxsize=4096)
def _amount_text(n: int, d: int, word: str) -> str:
    return f"{written(Fraction(n, d) / unit_word(word).scale)}{word}"


def percent_meant(value: Fraction) -> str:
    """What was probably meant by a number without the sign it needs: 60 is 60%, 0.6 too, 1.3 is 130%."""
    return f"{written(value if abs(value) >= 2 else value * 100)}%"


def read_amount(text: str) -> Amount:
    """The amount that `text` writes. Raises `NotAnAmount`."""
    match = _AMOUNT.fullmatch(text.strip().translate(_MARKS))
    if match is None:
        raise NotAnAmount(text)
    try:
        number = decimal(match["number"])
    except NotExact:
        raise NotAnAmount(text) from None
    word = unit_word(match["word"])
    value = number * word.scale
    return Amount(-value if match["minus"] else value, word.unit, match["word"])
