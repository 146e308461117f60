"""Totals and grades against brute force: every choice of what applies, every total, every set of caps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction as F
from itertools import chain, combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.judging.totals import Earned, Ends, capped, grades, hanging, leaf, moved, rounded, split, summed
from engine.methods.methods import Split
from engine.rules.ruleset import GradeBand, Rounding

CHECKS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "derandomize": True}
HALVES = st.integers(0, 20).map(lambda n: F(n, 2))


@st.composite
def earned(draw: st.DrawFn, policies: Sequence[str]) -> Earned:
    full = draw(st.integers(1, 12).map(F))
    low, high = sorted((min(full, draw(HALVES)), min(full, draw(HALVES))))
    surely = draw(st.booleans())
    return Earned(Ends(low, high), full, surely, surely or draw(st.booleans()), draw(st.sampled_from(policies)))


def worlds(leaves: Sequence[Earned]) -> Iterator[tuple[bool, ...]]:
    """Every way in which the leaves may turn out to apply."""
    return product(*[(True,) if one.surely else (True, False) if one.possibly else (False,) for one in leaves])


# -- what does not apply ---------------------------------------------------------------------------------------


@settings(max_examples=1000, **CHECKS)
@given(st.lists(earned(["renormalise", "full"]), min_size=1, max_size=6))
def test_renormalising_is_the_extreme_over_every_choice_of_what_applies(leaves: list[Earned]) -> None:
    """T·Σp ÷ Σw; a leaf that is spared with full points counts with them."""
    whole = sum((one.full for one in leaves), F(0))
    lows, highs = [], []
    for world in worlds(leaves):
        points_low = points_high = weight = F(0)
        for one, applies in zip(leaves, world, strict=True):
            if not applies and one.policy == "renormalise":
                continue
            ends = one.ends if applies else Ends(one.full, one.full)
            points_low, points_high, weight = points_low + ends.low, points_high + ends.high, weight + one.full
        if weight:
            lows.append(whole * points_low / weight)
            highs.append(whole * points_high / weight)
    told = summed(leaves)
    if not lows:
        assert told is None
    else:
        assert told is not None
        ends, full = told
        assert full == whole
        assert (ends.low, ends.high) == (min(lows), max(highs))


@settings(max_examples=500, **CHECKS)
@given(st.lists(earned(["full", "excluded"]), min_size=1, max_size=6))
def test_without_renormalising_ends_are_sums_over_every_choice(leaves: list[Earned]) -> None:
    """Excluded leaves that surely do not apply leave the table; what is spared as full has full points."""
    kept = [one for one in leaves if one.possibly or one.policy == "full"]
    told = summed(leaves)
    if not kept:
        assert told is None
        return
    assert told is not None
    sums = []
    for world in worlds(kept):
        spared = [one.full if one.policy == "full" else F(0) for one in kept]
        lows = [one.ends.low if applies else s for one, applies, s in zip(kept, world, spared, strict=True)]
        highs = [one.ends.high if applies else s for one, applies, s in zip(kept, world, spared, strict=True)]
        sums.append((sum(lows), sum(highs)))
    ends, full = told
    assert full == sum(one.full for one in kept)
    assert (ends.low, ends.high) == (min(low for low, _ in sums), max(high for _, high in sums))


@settings(max_examples=500, **CHECKS)
@given(earned(["moved"]), st.lists(earned(["moved"]), min_size=1, max_size=3))
def test_a_moved_weight_earns_the_share_of_the_row_it_moves_to(to: Earned, movers: list[Earned]) -> None:
    """Brute force over what applies: p of a row that applies, else its weight at the other's share."""
    to = replace(to, surely=True, possibly=True)
    lows, highs = [], []
    for world in worlds(movers):
        low, high = to.ends.low, to.ends.high
        for one, applies in zip(movers, world, strict=True):
            share = one.full / to.full
            low += one.ends.low if applies else to.ends.low * share
            high += one.ends.high if applies else to.ends.high * share
        lows.append(low)
        highs.append(high)
    shown = [one if one.surely else hanging(one, to) for one in movers if one.possibly]
    told = summed([moved(to, movers), *shown])
    assert told is not None
    assert told == (Ends(min(lows), max(highs)), to.full + sum(one.full for one in movers))


def test_nothing_that_applies_gives_no_score() -> None:
    gone = Earned(Ends(F(0), F(0)), F(10), False, False, "renormalise")
    assert summed([gone, gone]) is None
    assert summed([]) is None


def test_a_table_of_100_with_20_not_applicable_is_scaled_by_hand() -> None:
    """72 of the 80 that apply are 90 of 100."""
    applies = Earned(Ends(F(72), F(72)), F(80), True, True, "renormalise")
    gone = Earned(Ends(F(0), F(0)), F(20), False, False, "renormalise")
    assert summed([applies, gone]) == (Ends(F(90), F(90)), F(100))
    maybe = Earned(Ends(F(20), F(20)), F(20), False, True, "renormalise")
    assert summed([applies, maybe]) == (Ends(F(90), F(92)), F(100))


@pytest.mark.parametrize(
    ("policy", "surely", "possibly", "low", "high"),
    [
        ("full", True, True, "3", "5"),
        ("full", False, True, "3", "8"),
        ("full", False, False, "8", "8"),
        ("excluded", False, True, "0", "5"),
        ("excluded", False, False, "0", "0"),
        ("renormalise", True, True, "3", "5"),
    ],
)
def test_a_leaf_shows_what_it_earns_or_is_spared(
    policy: str, surely: bool, possibly: bool, low: str, high: str
) -> None:
    one = Earned(Ends(F(3), F(5)), F(8), surely, possibly, policy)
    assert leaf(one) == Ends(F(low), F(high))


# -- rounding and caps -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "digits", "total", "expected"),
    [
        ("half-up", 2, ("89.995", "90.004"), ("90.00", "90.00")),
        ("truncate", 2, ("89.995", "90.009"), ("89.99", "90.00")),
        ("half-up", 0, ("59.5", "59.49"), ("60", "59")),
        ("half-up", 1, ("-0.05", "0.05"), ("-0.1", "0.1")),
        ("truncate", 1, ("-0.19", "0.19"), ("-0.1", "0.1")),
    ],
)
def test_the_total_is_rounded_once(mode: str, digits: int, total: tuple[str, str], expected: tuple[str, str]) -> None:
    rounding = Rounding(points="exact", total=digits, mode=mode)
    assert rounded(Ends(F(total[0]), F(total[1])), rounding) == Ends(F(expected[0]), F(expected[1]))


def subsets(items: Sequence) -> Iterator[tuple]:
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


@settings(max_examples=500, **CHECKS)
@given(st.tuples(HALVES, HALVES), st.lists(HALVES, max_size=3), st.lists(HALVES, max_size=3))
def test_a_capped_total_spans_every_set_of_possible_caps(pair: tuple[F, F], sure: list[F], possible: list[F]) -> None:
    low, high = sorted(pair)
    reached = [(min([low, *sure, *some]), min([high, *sure, *some])) for some in subsets(possible)]
    told = capped(Ends(low, high), sure, possible)
    assert told == Ends(min(one for one, _ in reached), max(one for _, one in reached))


# -- grades ----------------------------------------------------------------------------------------------------

BANDS = tuple(
    GradeBand(grade=grade, from_=F(least)) for grade, least in (("优", 90), ("良", 80), ("中", 60), ("差", 0))
)
ORDER = [band.grade for band in BANDS]


def grade_of(points: F) -> str:
    return next(band.grade for band in BANDS if points >= band.from_)


def lowered(grade: str, caps: Sequence[str]) -> str:
    return max([grade, *caps], key=ORDER.index)


@settings(max_examples=1000, **CHECKS)
@given(
    st.tuples(*[st.integers(0, 200).map(lambda n: F(n, 2))] * 2),
    st.lists(st.sampled_from(ORDER), max_size=2),
    st.lists(st.sampled_from(ORDER), max_size=3),
)
def test_grades_are_those_of_some_total_under_some_caps(
    pair: tuple[F, F], sure: list[str], possible: list[str]
) -> None:
    low, high = sorted(pair)
    totals = [low + step * (high - low) / 60 for step in range(61)] + [
        one for band in BANDS for one in (band.from_, band.from_ - F(1, 1000)) if low <= one <= high
    ]
    reached = {lowered(grade_of(total), [*sure, *some]) for total in totals for some in subsets(possible)}
    assert grades(Ends(low, high), BANDS, sure, possible) == tuple(grade for grade in ORDER if grade in reached)


@pytest.mark.parametrize(
    ("low", "high", "sure", "possible", "expected"),
    [
        ("90", "90", "", "", "优"),
        ("89.99", "89.99", "", "", "良"),
        ("89.99", "90", "", "", "优良"),
        ("71.5", "83.5", "", "", "良中"),
        ("80", "89.99", "", "", "良"),
        ("0", "100", "", "", "优良中差"),
        ("95", "95", "差", "", "差"),
        ("95", "95", "", "差", "优差"),
        ("95", "95", "中", "良", "中"),
        ("50", "50", "良", "优", "差"),
        ("59.99", "60", "", "", "中差"),
    ],
)
def test_grades_by_bounds_and_caps_worked_by_hand(low: str, high: str, sure: str, possible: str, expected: str) -> None:
    assert "".join(grades(Ends(F(low), F(high)), BANDS, list(sure), list(possible))) == expected


def shared(digits: int, mode: str, remainder: str) -> Split:
    return Split.model_validate({"digits": digits, "mode": mode, "remainder": remainder})


# -- sharing points --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "count", "digits", "remainder", "parts"),
    [
        ("11.13", 3, 2, "last", "3.71 3.71 3.71"),
        ("11.16", 3, 2, "last", "3.72 3.72 3.72"),
        ("10", 3, 2, "last", "3.33 3.33 3.34"),
        ("10", 3, 2, "first", "3.34 3.33 3.33"),
        ("15", 7, 0, "last", "2 2 2 2 2 2 3"),
        ("90", 4, 1, "last", "22.5 22.5 22.5 22.5"),
        ("2", 3, 0, "first", "2 0 0"),
        ("0", 2, 2, "last", "0 0"),
        ("10", 1, 0, "last", "10"),
    ],
)
def test_points_are_split_with_the_rest_on_one_row(
    points: str, count: int, digits: int, remainder: str, parts: str
) -> None:
    assert split(F(points), count, shared(digits, "truncate", remainder)) == [F(part) for part in parts.split()]


@given(st.integers(0, 10000).map(lambda n: F(n, 100)), st.integers(1, 30), st.integers(0, 6) | st.none())
@settings(max_examples=300, **CHECKS)
def test_split_points_are_never_lost(points: F, count: int, digits: int | None) -> None:
    for remainder in ("first", "last"):
        parts = split(points, count, "exact" if digits is None else shared(digits, "truncate", remainder))
        assert len(parts) == count and sum(parts) == points and min(parts) >= 0
        equal = parts[1:] if remainder == "first" else parts[:-1]
        assert len(set(equal)) <= 1


@pytest.mark.parametrize(
    ("points", "count", "digits", "remainder", "parts"),
    [
        ("15", 4, 0, "last", "4 4 4 3"),
        ("15", 4, 0, "first", "3 4 4 4"),
        ("14", 4, 0, "last", "4 4 4 2"),
        ("13.96", 4, 0, "last", "3 3 3 4.96"),
        ("11.16", 3, 1, "last", "3.7 3.7 3.76"),
        ("11.15", 3, 2, "last", "3.72 3.72 3.71"),
        ("2", 3, 0, "last", "1 1 0"),
        ("2", 4, 0, "first", "-1 1 1 1"),
    ],
)
def test_points_are_split_half_up_with_the_rest_on_one_row(
    points: str, count: int, digits: int, remainder: str, parts: str
) -> None:
    assert split(F(points), count, shared(digits, "half-up", remainder)) == [F(part) for part in parts.split()]


def test_exact_split_is_a_fraction() -> None:
    assert split(F(10), 3, "exact") == [F(10, 3)] * 3
