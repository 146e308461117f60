"""How are exact numbers read, rounded and written? Nothing here, or after it, is a binary float."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

MOST_DECIMALS = 6
"""A figure is an integer × 10⁻ᵏ with k ≤ 6."""
MOST_DIGITS = 15
INTEGER_LIMIT = 10**MOST_DIGITS
"""… and |integer| < 10¹⁵, so that every executor can hold it in the widest integer."""

_DECIMAL = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)


class NotExact(ValueError):
    """The text is no decimal, or one beyond 15 digits or 6 decimals."""


def decimal(text: str) -> Fraction:
    """The exact value of a plain decimal such as `-7,200.18`.

    Thousands separators count only where they stand right ("7,00.0" is refused). Raises `NotExact`.
    """
    return Fraction(*ratio(text))


def ratio(text: str) -> tuple[int, int]:
    """The same as n/d in lowest terms, with no fraction made on the way: a form has thousands of cells."""
    if len(text) <= MOST_DIGITS and text.isdigit() and text.isascii():  # most numbers
        return int(text), 1
    if not _DECIMAL.fullmatch(text):
        raise NotExact(text)
    digits = text.replace(",", "")
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    if len(digits) > 40 or len(part) > MOST_DECIMALS:
        raise NotExact(text)
    number = int(whole + part)
    if abs(number) >= INTEGER_LIMIT:
        raise NotExact(text)
    if not part:
        return number, 1
    d: int = 10 ** len(part)
    common = gcd(number, d)
    return number // common, d // common


def total(values: Iterable[Fraction]) -> Fraction:
    """All of them together, over one denominator: a sum of fractions one by one costs ten times as much."""
    ratios = [one.as_integer_ratio() for one in values]
    d = lcm(*(over for _, over in ratios))
    return Fraction(sum(n * (d // over) for n, over in ratios), d)


def _scaled(n: int, d: int, digits: int) -> int:
    """n/d × 10^digits as an integer, a half going away from zero."""
    scale: int = 10**digits
    whole = (2 * abs(n) * scale + d) // (2 * d)
    return whole if n >= 0 else -whole


def half_up(value: Fraction, digits: int) -> Fraction:
    """`value` at `digits` decimals, a half going away from zero (−0.125 → −0.13)."""
    return Fraction(_scaled(value.numerator, value.denominator, digits), 10**digits)


def truncated(value: Fraction, digits: int) -> Fraction:
    """`value` cut off at `digits` decimals, towards zero."""
    scale: int = 10**digits
    whole = abs(value.numerator) * scale // value.denominator
    return Fraction(whole if value >= 0 else -whole, scale)


def fixed(value: Fraction, digits: int) -> str:
    """`value` rounded half-up and written with exactly `digits` decimals, never an exponent."""
    return quotient(*value.as_integer_ratio(), digits)


@lru_cache(maxsize=8192)
def quotient(n: int, d: int, digits: int) -> str:
    """n/d as `fixed` writes it, with no fraction made on the way (d > 0). Points recur, so texts are kept."""
    if d == 1 and digits:
        return f"{n}.{'0' * digits}"
    scaled = _scaled(n, d, digits)
    sign, whole = ("-" if scaled < 0 else ""), str(abs(scaled))
    if digits == 0:
        return sign + whole
    whole = whole.rjust(digits + 1, "0")
    return f"{sign}{whole[:-digits]}.{whole[-digits:]}"


def written(value: Fraction) -> str:
    """The value in full: the shortest decimal where one exists, else `n/d`."""
    return _in_full(*value.as_integer_ratio())


def ratio_written(n: int, d: int) -> str:
    """n/d in full, whatever their terms (d > 0); no fraction is made on the way."""
    common = gcd(n, d)
    return _in_full(n // common, d // common)


@lru_cache(maxsize=8192)
def _in_full(n: int, d: int) -> str:
    rest, twos, fives = d, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return quotient(n, d, max(twos, fives)) if rest == 1 else f"{n}/{d}"


def shown(value: Fraction, most: int = 2) -> str:
    """The value for a reader: at most `most` decimals, no trailing zeros."""
    return trimmed(fixed(value, most))


def trimmed(text: str) -> str:
    """A decimal without trailing zeros."""
    return text.rstrip("0").rstrip(".") if "." in text else text
