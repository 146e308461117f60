"""Amounts as rule files write them: what is one, and what is none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.values.amounts import NotAnAmount, read_amount


@pytest.mark.parametrize(
    ("text", "value", "word"),
    [
        ("95.10%", Fraction(951, 1000), "%"),
        (" -5 ", Fraction(-5), ""),
        ("10天", Fraction(10), "天"),
        ("100％", Fraction(1), "%"),
        ("2 万元", Fraction(20000), "万元"),
        ("0.5‰", Fraction(5, 10000), "‰"),
    ],
)
def test_an_amount_is_a_number_with_its_unit(text: str, value: Fraction, word: str) -> None:
    amount = read_amount(text)
    assert (amount.value, amount.word) == (value, word)


@pytest.mark.parametrize(
    "text", ["a", "1 + 1", "--5", "1 > 0", "１００％", "", "%", "1.", "1" * 16, "0.0000001", "1 2"]
)
def test_an_amount_is_nothing_but_a_number(text: str) -> None:
    with pytest.raises(NotAnAmount):
        read_amount(text)
