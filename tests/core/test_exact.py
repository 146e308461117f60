"""Decimals are read, rounded and written without a binary float, and refused beyond 15 digits or 6 decimals."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.values.exact import NotExact, decimal, fixed, half_up, shown, total, written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", F(0)),
        ("-0", F(0)),
        ("007", F(7)),
        ("+5", F(5)),
        ("-7,200.18", F(-720018, 100)),
        ("1,234,567", F(1234567)),
        ("7.50", F(15, 2)),
        ("0.123456", F(123456, 10**6)),
        ("0.12345600", F(123456, 10**6)),
        ("999999999999999", F(10**15 - 1)),
        ("99999999999999.9", F(10**15 - 1, 10)),
        ("999999999.999999", F(10**15 - 1, 10**6)),
    ],
)
def test_a_plain_decimal_is_read_exactly(text: str, value: F) -> None:
    assert decimal(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "1 ", "1\n", "7,00.0", "7,00.0,77", "7.50.", ".5", "5.", "1,23", "1234,567", "1,,234", "--1", "1e5",
        "0x10", "１２", "٣", "½", "NaN", "inf", "1_000", "0.1234567", "1000000000000000", "100000000000000.1",
        "9999999999.999999", "0" * 50,
    ],
)  # fmt: skip
def test_what_is_no_exact_decimal_is_refused(text: str) -> None:
    with pytest.raises(NotExact):
        decimal(text)


@pytest.mark.parametrize(
    ("value", "digits", "rounded", "text"),
    [
        (F(-125, 1000), 2, "-0.13", "-0.13"),
        (F(125, 1000), 2, "0.13", "0.13"),
        (F(-124, 1000), 2, "-0.12", "-0.12"),
        (F(5, 2), 0, "3", "3"),
        (F(-5, 2), 0, "-3", "-3"),
        (F(1, 2), 0, "1", "1"),
        (F(-4, 1000), 2, "0", "0.00"),
        (F(-5, 1000), 2, "-0.01", "-0.01"),
        (F(1, 3), 4, "0.3333", "0.3333"),
        (F(2, 3), 4, "0.6667", "0.6667"),
        (F(200, 23), 2, "8.70", "8.70"),
        (F(1617, 1440), 2, "1.12", "1.12"),
        (F(1617, 720), 2, "2.25", "2.25"),
        (F(9831, 10000), 4, "0.9831", "0.9831"),
        (F(10**30 + 1, 2), 0, str((10**30 + 2) // 2), str((10**30 + 2) // 2)),
        (F(0), 3, "0", "0.000"),
        (F(100), 0, "100", "100"),
    ],
)
def test_a_half_goes_away_from_zero(value: F, digits: int, rounded: str, text: str) -> None:
    assert half_up(value, digits) == F(rounded)
    assert fixed(value, digits) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (F(0), "0"),
        (F(8), "8"),
        (F(-7), "-7"),
        (F(1200), "1200"),
        (F(1, 8), "0.125"),
        (F(-951, 1000), "-0.951"),
        (F(1, 3), "1/3"),
        (F(-200, 23), "-200/23"),
        (F(1, 10**12), "0.000000000001"),
        (F(3, 2**5), "0.09375"),
    ],
)
def test_a_value_is_written_in_full_or_as_a_quotient(value: F, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize(
    ("value", "most", "text"),
    [
        (F(1200), 2, "1200"),
        (F(100), 0, "100"),
        (F(15, 2), 2, "7.5"),
        (F(2, 3), 2, "0.67"),
        (F(-1, 1000), 2, "0"),
        (F(1, 200), 2, "0.01"),
        (F(10), 2, "10"),
    ],
)
def test_a_reader_sees_no_trailing_zeros(value: F, most: int, text: str) -> None:
    assert shown(value, most) == text


@settings(database=None, derandomize=True, deadline=None)
@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6))
def test_written_decimals_read_back(integer: int, places: int) -> None:
    value = F(integer, 10**places)
    assert decimal(written(value)) == value
    assert F(fixed(value, 6)) == value


@settings(database=None, derandomize=True, deadline=None)
@given(st.fractions(), st.integers(0, 8))
def test_rounding_is_nearest_and_odd(value: F, digits: int) -> None:
    rounded = half_up(value, digits)
    assert (rounded * 10**digits).denominator == 1
    assert abs(rounded - value) * 2 * 10**digits <= 1
    assert half_up(-value, digits) == -rounded
    if abs(rounded - value) * 2 * 10**digits == 1:
        assert abs(rounded) > abs(value)


@settings(database=None, derandomize=True)
@given(st.lists(st.fractions(max_denominator=1000)))
def test_a_total_is_the_sum_whatever_the_denominators(values: list[F]) -> None:
    assert total(values) == sum(values, F(0))
