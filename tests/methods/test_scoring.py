"""What each method gives, worked by hand: every threshold met exactly and missed by one step; symbols as scalars."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as F
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.algebra.meaning import MEANING, Number, Range, known
from engine.judging.rollup import Rollup
from engine.judging.rowwork import RowFacts, RowWork
from engine.methods import Additions, Bands, External, Linear, Measured, Proportional, Share, Steps
from engine.methods.bounds import bounds
from engine.methods.cuts import Cut
from engine.methods.method import decided as points_decided
from engine.methods.method import first_holding
from engine.methods.scoring import scored
from engine.rules.policy import Rounding
from engine.rules.rows import RowRules
from engine.values.exact import half_up
from tests.core.symbols import SYMBOLS, Lifting, plain, value_of, values_of
from tests.shapes.test_shapes import judged

UNKNOWN, UNDEFINED, BY_ZERO, NONE = "unknown", "undefined", "x/0", "not-applicable"
Cell = F | str
Points = tuple[F, F]
"""Low and high."""
CHECKS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "derandomize": True}


# -- both carriers ---------------------------------------------------------------------------------------------


def scalar(cell: Cell) -> Number:
    n, d = (cell.numerator, cell.denominator) if isinstance(cell, F) else (0, 1)
    by_zero = cell == BY_ZERO
    return Number(n, d, isinstance(cell, F), cell == UNDEFINED or by_zero, cell == NONE, by_zero, False)


def ends(points: Range) -> Points:
    low, high = points.low, points.high
    assert low.known and high.known
    return F(low.n, low.d), F(high.n, high.d)


def score(method: Measured, values: Sequence[F], full: F) -> list[Points]:
    """Points of each measure; all that is told of how they came about is the same on symbols."""
    alone = [scored(MEANING, method, known(value), known(full)) for value in values]
    lifted = [Lifting() for _ in values]
    for one, value in zip(lifted, values, strict=True):
        one.known("full", full)
        x = one.known("x", value)
    held = scored(SYMBOLS, method, x, lifted[-1].known("full", full))
    each = values_of(held, [one.environment for one in lifted])
    assert [plain(one) for one in each] == [plain(one) for one in alone]
    return [ends(one.points) for one in alone]


def check(method: Measured, full: str, table: dict[str, Any]) -> None:
    """A table of measure → points; two points are a range."""
    cells = [cell for cell in table if cell != UNKNOWN]
    told = dict(zip(cells, score(method, [amount(cell) for cell in cells], F(full)), strict=True))
    if UNKNOWN in table:
        told[UNKNOWN] = tuple(bounds(method, F(full)))
    assert told == {cell: wanted(points) for cell, points in table.items()}


def wanted(points: Any) -> Points:
    low, high = points if isinstance(points, tuple) else (points, points)
    return F(low), F(high)


def amount(text: str) -> F:
    return F(text[:-1]) / 100 if text.endswith("%") else F(text)


def leaf(points: Sequence[Points], digits: int, mode: str) -> list[Points]:
    """The points of leaves, rounded on both carriers."""
    rounding, found = Rounding(points=digits, total=digits, mode=mode), []
    for low, high in points:
        alone = Rollup(MEANING, rounding).leaf(Range(known(low), known(high)))
        lifting = Lifting()
        held = Rollup(SYMBOLS, rounding).leaf(Range(lifting.known("low", low), lifting.known("high", high)))
        assert plain(value_of(held, lifting.environment)) == plain(alone)
        found.append(ends(alone))
    return found


# -- proportional ----------------------------------------------------------------------------------------------

OPEN_10 = {UNKNOWN: ("0", "10")}


def test_forward_is_actual_over_target_and_over_fulfilment_is_as_named() -> None:
    below = {"-1%": "0", "0%": "0", "45%": "5", "89.99%": F("8999") / 900, "90%": "10", **OPEN_10}
    for over, above in (("full", "10"), ("zero", "0"), ("open", ("0", "10"))):
        method = Proportional(method="proportional", direction="forward", target="90%", over=over)
        check(method, "10", below | {"90.01%": above, "300%": above})


def test_forward_gives_nothing_below_the_pass_mark() -> None:
    method = Proportional(method="proportional", direction="forward", target="100%", over="full", pass_="60%")
    check(
        method, "10", {"0%": "0", "59.99%": "0", "60%": "6", "60.01%": "6.001", "100%": "10", "101%": "10", **OPEN_10}
    )


def test_reverse_inverse_is_target_over_actual() -> None:
    method = Proportional(method="proportional", direction="reverse", target="5", reverse="inverse")
    table = {"-3": "10", "0": "10", "4.99": "10", "5": "10", "5.01": F(5000, 501), "10": "5", "50": "1", **OPEN_10}
    check(method, "10", table)


def test_reverse_linear_is_spent_at_twice_the_target() -> None:
    method = Proportional(method="proportional", direction="reverse", target="5", reverse="linear")
    table = {"0": "10", "5": "10", "5.01": "9.98", "7.5": "5", "9.99": "0.02", "10": "0", "10.01": "0", "99": "0"}
    check(method, "10", table | OPEN_10)


def test_reverse_gives_nothing_above_the_pass_mark() -> None:
    method = Proportional(method="proportional", direction="reverse", target="5", reverse="linear", pass_="8")
    check(method, "10", {"5": "10", "8": "4", "8.01": "0", "10": "0", **OPEN_10})


def test_off_its_target_equal_gives_nothing_or_less_on_either_side() -> None:
    method = Proportional(method="proportional", direction="equal", target="4", off="zero")
    check(method, "10", {"0": "0", "2": "0", "3.99": "0", "4": "10", "4.01": "0", "8": "0", **OPEN_10})
    method = Proportional(method="proportional", direction="equal", target="4", off="proportional")
    below = {"-1": "0", "0": "0", "0.01": "0.025", "2": "5", "3.99": "9.975", "4": "10", **OPEN_10}
    check(method, "10", below | {"4.01": "9.975", "6": "5", "7.99": "0.025", "8": "0", "9": "0"})


def test_forward_may_rise_above_the_full_points_to_the_share_named() -> None:
    method = Proportional(method="proportional", direction="forward", target="90%", most="120%")
    table = {"-1%": "0", "0%": "0", "45%": "5", "90%": "10", "90.09%": "10.01", "107.91%": "11.99", "108%": "12"}
    check(method, "10", table | {"108.09%": "12", "500%": "12", UNKNOWN: ("0", "12")})
    passed = Proportional(method="proportional", direction="forward", target="100%", most="105.5%", pass_="60%")
    check(passed, "7", {"59.99%": "0", "60%": "4.2", "100%": "7", "105.5%": "7.385", "105.6%": "7.385"})


def test_points_above_the_full_ones_are_rounded_like_others() -> None:
    method = Proportional(method="proportional", direction="forward", target="100%", most="105.5%")
    assert leaf(score(method, [F("1.0551"), F("1.0545")], F(7)), 2, "half-up") == [
        (F("7.39"), F("7.39")), (F("7.38"), F("7.38")),
    ]  # 7.385, 7.3815  # fmt: skip
    assert leaf([tuple(bounds(method, F(7)))], 2, "half-up") == [(F(0), F("7.39"))]


# -- linear ----------------------------------------------------------------------------------------------------


def test_linear_is_a_line_flat_beyond_both_ends() -> None:
    method = Linear(method="linear", full_at="100%", zero_at="80%")
    table = {"0%": "0", "79.99%": "0", "80%": "0", "80.01%": "0.005", "90%": "5", "99.99%": "9.995", "100%": "10"}
    check(method, "10", table | {"100.01%": "10", "200%": "10", **OPEN_10})


def test_a_line_may_go_on_above_the_full_points_to_the_share_named() -> None:
    rising = Linear(method="linear", full_at="100%", zero_at="0%", most="120%")
    table = {"-1%": "0", "0%": "0", "95%": "9.5", "100%": "10", "105%": "10.5", "119.99%": "11.999", "120%": "12"}
    check(rising, "10", table | {"120.01%": "12", "999%": "12", UNKNOWN: ("0", "12")})
    falling = Linear(method="linear", full_at="10", zero_at="30", most="150%")
    check(falling, "8", {"30": "0", "10": "8", "9.99": "8.004", "0.01": "11.996", "0": "12", "-0.01": "12"})


def test_what_is_only_approached_bounds_an_unknown_as_well() -> None:
    """8 is never earned: 80% itself is cut off."""
    cut = Cut(at="80%", side="above", closed=True, points=F(0))
    method = Linear(method="linear", full_at="100%", zero_at="0%", cuts=(cut,))
    check(method, "10", {"79.99%": "7.999", "80%": "0", "100%": "0", UNKNOWN: ("0", "8")})


def test_linear_may_fall() -> None:
    method = Linear(method="linear", full_at="10", zero_at="30")
    check(method, "8", {"0": "8", "9.99": "8", "10": "8", "20": "4", "29.99": "0.004", "30": "0", "31": "0"})


# -- bands -----------------------------------------------------------------------------------------------------

LADDER = [
    {"from": "90%", "points": "5"},
    {"from": "80%", "to": "90%", "points": "3"},
    {"to": "80%", "points": "1"},
]
OPEN_BANDS = {UNKNOWN: ("1", "5")}


def test_lower_closed_bands_keep_their_lower_end() -> None:
    method = Bands.model_validate({"method": "bands", "edges": "lower-closed", "bands": LADDER})
    table = {"-5%": "1", "79.99%": "1", "80%": "3", "80.01%": "3", "89.99%": "3", "90%": "5", "90.01%": "5"}
    check(method, "5", table | OPEN_BANDS)


def test_upper_closed_bands_keep_their_upper_end() -> None:
    method = Bands.model_validate({"method": "bands", "edges": "upper-closed", "bands": LADDER})
    table = {"79.99%": "1", "80%": "1", "80.01%": "3", "89.99%": "3", "90%": "3", "90.01%": "5", "100%": "5"}
    check(method, "5", table | OPEN_BANDS)


def test_a_single_point_is_a_band_and_what_lies_outside_all_is_open() -> None:
    bands = [{"at": "100%", "points": "4"}, {"from": "50%", "to": "100%", "points": "2"}, {"to": "50%", "points": "0"}]
    method = Bands.model_validate({"method": "bands", "edges": "lower-closed", "bands": bands})
    check(
        method, "4", {"49.99%": "0", "50%": "2", "99.99%": "2", "100%": "4", "100.01%": ("0", "4"), UNKNOWN: ("0", "4")}
    )
    method = Bands.model_validate({"method": "bands", "edges": "lower-closed", "bands": LADDER[:2]})
    check(method, "5", {"79.99%": ("3", "5"), "80%": "3", "90%": "5", UNKNOWN: ("3", "5")})


# -- steps -----------------------------------------------------------------------------------------------------


def steps(side: str, partial: str, *, base: str = "points", floor: str = "0", **others: str) -> Steps:
    given_ = {"from_": "100%", "step": "1%", "deduct": "0.5", **others}
    return Steps(method="steps", side=side, partial_step=partial, base=base, floor=floor, **given_)


def test_steps_above_count_whole_started_or_pro_rata() -> None:
    whole = {"0%": "8", "95.1%": "8", "99.99%": "8", "100%": "8", "100.01%": "8", "100.99%": "8", "101%": "7.5"}
    whole |= {"101.01%": "7.5", "108.7%": "4", "115.99%": "0.5", "116%": "0", "117%": "0", "900%": "0"}
    check(steps("above", "whole"), "8", whole)
    started = {
        "100%": "8",
        "100.01%": "7.5",
        "101%": "7.5",
        "101.01%": "7",
        "108.7%": "3.5",
        "115.01%": "0",
        "116%": "0",
    }
    check(steps("above", "started"), "8", started)
    pro_rata = {"100%": "8", "100.01%": "7.995", "101%": "7.5", "101.5%": "7.25", "116%": "0", "116.01%": "0"}
    check(steps("above", "pro-rata"), "8", pro_rata)


def test_fifty_staff_of_forty_six_are_eight_whole_nine_started_steps_over() -> None:
    rate = F(50, 46)
    assert score(steps("above", "whole"), [rate], F(8)) == [(F(4), F(4))]
    assert score(steps("above", "started"), [rate], F(8)) == [(F("3.5"), F("3.5"))]
    exact = F(8) - F(200, 23) / 2
    assert score(steps("above", "pro-rata"), [rate], F(8)) == [(exact, exact)]
    q = steps("above", "pro-rata").work(MEANING, known(rate), known(F(8))).numbers["steps"]
    assert F(q.n, q.d) == F(200, 23)
    assert half_up(F(q.n, q.d), 2) == F("8.70") and half_up(F(q.n, q.d), 4) == F("8.6957")


def test_steps_below_count_what_is_missing() -> None:
    method = steps("below", "whole", from_="95%", step="5%", deduct="2")
    check(method, "10", {"200%": "10", "95%": "10", "94.99%": "10", "90.01%": "10", "90%": "8", "85%": "6", "70%": "0"})
    method = steps("below", "started", from_="95%", step="5%", deduct="2")
    check(method, "10", {"95%": "10", "94.99%": "8", "90%": "8", "89.99%": "6", "-30%": "0"})


def test_steps_on_both_sides_count_the_distance() -> None:
    method = steps("both", "whole", from_="0%", step="10%", deduct="1")
    table = {"0%": "3", "9.99%": "3", "-9.99%": "3", "10%": "2", "-10%": "2", "19.99%": "2", "-30%": "0", "45%": "0"}
    check(method, "3", table)
    method = steps("both", "started", from_="0%", step="10%", deduct="1")
    check(method, "3", {"0%": "3", "0.01%": "2", "-0.01%": "2", "10%": "2", "-10%": "2", "10.01%": "1", "-20.01%": "0"})


def test_a_relative_step_is_a_share_of_the_standard() -> None:
    method = steps("above", "whole", base="relative", from_="200", step="10%", deduct="1")
    check(method, "5", {"200": "5", "219.99": "5", "220": "4", "239.99": "4", "240": "3", "300": "0"})
    method = steps("below", "started", base="relative", from_="-200", step="10%", deduct="1")
    check(method, "5", {"-200": "5", "-200.01": "4", "-220": "4", "-220.01": "3"})


def test_steps_stop_at_the_floor_and_an_unknown_reaches_down_to_it() -> None:
    method = steps("above", "whole", floor="2", deduct="3")
    opened = {UNKNOWN: ("2", "8")}
    check(method, "8", {"100%": "8", "101%": "5", "101.99%": "5", "102%": "2", "103%": "2", "999%": "2", **opened})


# -- external --------------------------------------------------------------------------------------------------


def test_the_score_of_another_examination_is_scaled() -> None:
    method = External(method="external", score="得分", of="满分")
    check(
        method,
        "20",
        {"0%": "0", "87.5%": "17.5", "100%": "20", "100.01%": "20", "-1%": "0", UNKNOWN: ("0", "20")},
    )


# -- zero bases and rounding -----------------------------------------------------------------------------------


def filed(method: dict[str, Any], top: str, bottom: str, **others: str) -> tuple[F, F, F]:
    """Points of a criterion of 10 that scores a quotient, low and high, and what they are of."""
    figures = {name: {"unit": "人"} for name in ("甲", "乙")}
    measures = {"率": {"unit": "%", "formula": "甲 / 乙"}}
    criteria = {"率": {"points": "10", "scoring": method, **others}}
    rules = {"figures": figures, "measures": measures, "criteria": criteria}
    evaluation = judged({"rules": rules}, {"figures": {"甲": top, "乙": bottom}})
    (one,) = evaluation.criteria
    return F(one.low), F(one.high), F(one.of)


METHODS_OF_A_QUOTIENT = [
    ({"method": "linear", "full-at": "100%", "zero-at": "0%"}, ("0", "10")),
    ({"method": "proportional", "direction": "forward", "target": "90%", "most": "120%"}, ("0", "12")),
    ({"method": "bands", "edges": "lower-closed",
      "bands": [{"from": "90%", "points": "10"}, {"to": "90%", "points": "1"}]}, ("1", "10")),
    ({"method": "steps", "from": "100%", "side": "above", "step": "1%", "base": "points", "deduct": "3",
      "partial-step": "whole", "floor": "2"}, ("2", "10")),
]  # fmt: skip


@pytest.mark.parametrize(("method", "span"), METHODS_OF_A_QUOTIENT, ids=["linear", "proportional", "bands", "steps"])
@pytest.mark.parametrize(("zero_base", "points"), [("open", None), ("full", "10"), ("zero", "0")])
def test_an_undefined_measure_earns_what_the_rule_set_names(
    method: dict[str, Any], span: tuple[str, str], zero_base: str, points: str | None
) -> None:
    low, high = wanted(span)
    for top in ("0", "1"):  # 0/0 and x/0
        assert filed(method, top, "0", **{"zero-base": zero_base})[:2] == wanted(points or span)
    assert filed(method, "1", "2", **{"zero-base": zero_base})[0] >= low
    # whoever does not know the divisor does not know whether it is 0; nor whether anything applies (here: counted full)
    settled = [F(10)] if points is None else [F(10), F(points)]
    assert filed(method, "1", "", **{"zero-base": zero_base})[:2] == (min(low, *settled), max(high, *settled))
    assert filed(method, "不适用", "1", **{"zero-base": zero_base}) == (10, 10, 10)


@pytest.mark.parametrize(
    ("share", "half_up_2", "truncate_2"),
    [
        (F("0.125"), "0.13", "0.12"),
        (F("0.1249999"), "0.12", "0.12"),
        (F("0.995"), "1.00", "0.99"),
        (F(2, 3), "0.67", "0.66"),
        (F("1617") / 1440 / 2, "0.56", "0.56"),
        (F("0.005"), "0.01", "0"),
        (F("0.0049"), "0", "0"),
    ],
)
def test_points_are_rounded_once_as_the_rule_set_says(share: F, half_up_2: str, truncate_2: str) -> None:
    method = External(method="external", score="得分", of="满分")
    exact = score(method, [share], F(1))
    assert exact == [(share, share)]
    for mode, points in (("half-up", half_up_2), ("truncate", truncate_2)):
        assert leaf(exact, 2, mode) == [(F(points), F(points))]


@pytest.mark.parametrize(
    ("value", "digits", "half_up_", "truncated"),
    [
        (F("-0.125"), 2, "-0.13", "-0.12"),
        (F("0.125"), 2, "0.13", "0.12"),
        (F("-0.1249"), 2, "-0.12", "-0.12"),
        (F("-2.5"), 0, "-3", "-2"),
        (F("2.5"), 0, "3", "2"),
        (F("0.5"), 0, "1", "0"),
        (F("-0.4"), 0, "0", "0"),
        (F("1617") / 1440, 2, "1.12", "1.12"),
        (F("1617") / 720, 2, "2.25", "2.24"),
    ],
)
def test_a_half_goes_away_from_zero_on_both_carriers(value: F, digits: int, half_up_: str, truncated: str) -> None:
    for mode, expected in (("half-up", half_up_), ("truncate", truncated)):
        alone = MEANING.rounded(scalar(value), digits, mode)
        assert F(alone.n, alone.d) == F(expected)
        lifting = Lifting()
        held = value_of(SYMBOLS.rounded(lifting.lifted("x", scalar(value)), digits, mode), lifting.environment)
        assert plain(held) == plain(alone)
    assert half_up(value, digits) == F(half_up_)


# -- random measures: scalars and symbols alike ----------------------------------------------------------------

AMOUNTS = st.sampled_from(["-5%", "1%", "33.3%", "95.10%", "100%", "3", "1000"])


def pointed(points: Sequence[str]) -> list[dict[str, str]]:
    """The ladder with other points."""
    return [{**band, "points": one} for band, one in zip(LADDER, points, strict=True)]


PARTIAL, EDGES = st.sampled_from(["whole", "started", "pro-rata"]), st.sampled_from(["lower-closed", "upper-closed"])
MOST = st.none() | st.sampled_from(["120%", "105.5%"])
POSITIVE = st.sampled_from(["1%", "33.3%", "100%", "250"])
CUT = st.builds(
    Cut,
    at=AMOUNTS,
    side=st.sampled_from(["above", "below"]),
    closed=st.booleans(),
    points=st.sampled_from(["0", "1", "4"]),
) | st.builds(
    Cut, at=AMOUNTS, side=st.sampled_from(["above", "below"]), closed=st.booleans(), deduct=st.sampled_from(["1", "9"])
)
CUTS = st.just(()) | st.lists(CUT, max_size=4).map(tuple)
METHODS = st.one_of(
    st.builds(
        Proportional,
        method=st.just("proportional"),
        direction=st.sampled_from(["forward", "reverse", "equal"]),
        target=POSITIVE,
        over=st.sampled_from(["full", "zero", "open"]),
        reverse=st.sampled_from(["inverse", "linear"]),
        off=st.sampled_from(["zero", "proportional"]),
        pass_=st.none() | AMOUNTS,
        cuts=CUTS,
    ),
    st.builds(Linear, method=st.just("linear"), full_at=AMOUNTS, zero_at=st.just("7.7%"), most=MOST, cuts=CUTS),
    st.builds(
        Proportional,
        method=st.just("proportional"),
        direction=st.just("forward"),
        target=POSITIVE,
        most=MOST,
        over=st.just("full"),
        pass_=st.none() | AMOUNTS,
    ),
    st.builds(
        lambda edges, points: Bands.model_validate(
            {
                "method": "bands",
                "edges": edges,
                "bands": [{**band, "points": p} for band, p in zip(LADDER, points, strict=True)],
            }
        ),
        EDGES,
        st.permutations(["0", "2.5", "7"]),
    ),
    st.builds(
        Steps,
        method=st.just("steps"),
        from_=AMOUNTS,
        side=st.sampled_from(["above", "below", "both"]),
        step=POSITIVE,
        base=st.sampled_from(["points", "relative"]),
        deduct=st.sampled_from(["0.5", "0.333", "3"]),
        partial_step=PARTIAL,
        floor=st.sampled_from(["0", "1.25"]),
        cuts=CUTS,
    ),
    st.builds(
        Additions,
        method=st.just("additions"),
        from_=AMOUNTS,
        side=st.sampled_from(["above", "below"]),
        step=POSITIVE,
        add=st.sampled_from(["0.5", "0.333", "3"]),
        partial_step=PARTIAL,
        start=st.sampled_from(["0", "1.25"]),
        cuts=CUTS,
    ),
    st.builds(lambda kind: Share(method="share", kind=kind), st.just("")),
    st.builds(External, method=st.just("external"), score=st.just("得分"), of=st.just("满分")),
)


def random_measure(random: Random) -> F:
    pick = random.random()
    if pick < 0.4:
        return F(random.choice(["0", "0.01", "0.333", "0.951", "1", "0.8", "0.9", "2.5", "250", "-0.05", "1.005"]))
    if pick < 0.8:
        return F(random.randint(-300, 300), random.randint(1, 200))
    return F(random.randint(-(10**21), 10**21), random.randint(1, 10**21))


@settings(max_examples=250, **CHECKS)
@given(METHODS, st.sampled_from(["5", "7", "12.5"]), st.integers(0, 2**48))
def test_every_method_is_the_same_on_symbols_and_within_its_bounds(method: Measured, full: str, seed: int) -> None:
    random = Random(seed)
    least, most = bounds(method, F(full))
    named = [one.points for one in method.cut_offs if one.points is not None]
    assert most <= max([method.highest_share * F(full), *named]) and least >= min([method.lowest, *named])
    for low, high in score(method, [random_measure(random) for _ in range(10)], F(full)):
        assert least <= low <= high <= most


# -- cut-offs --------------------------------------------------------------------------------------------------


def linear(*cuts: dict[str, Any]) -> Linear:
    return Linear.model_validate({"method": "linear", "full-at": "100%", "zero-at": "0%", "cuts": cuts})


def cut(at: str, side: str, **gives: str) -> dict[str, Any]:
    return {"at": at, "side": side, "closed": False, **gives}


@pytest.mark.parametrize("turned", [False, True])
def test_of_cut_offs_on_one_side_the_outermost_that_holds_decides(turned: bool) -> None:
    """Whatever their order in the file. Of two at one place the open one lies further out."""
    giving = [cut("30%", "below", points="1"), cut("60%", "below", points="3"), cut("90%", "above", points="8")]
    table = {"0%": "1", "29.99%": "1", "30%": "3", "59.99%": "3", "60%": "6", "90%": "9", "90.01%": "8", "200%": "8"}
    check(linear(*giving[:: -1 if turned else 1]), "10", table | {UNKNOWN: ("1", "9")})
    taking = [cut("60%", "below", deduct="1"), cut("30%", "below", deduct="2"), cut("90%", "above", deduct="4")]
    check(linear(*taking[:: -1 if turned else 1]), "10", {
        "60%": "6", "59%": "4.9", "30%": "2", "29%": "0.9", "19%": "0", "0%": "0", "90%": "9",
        "91%": "5.1", "300%": "6", UNKNOWN: ("0", "9"),
    })  # fmt: skip


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_cut_offs_at_one_place_the_open_one_lies_further_out(turned: bool) -> None:
    below = [cut("30%", "below", points="1"), {**cut("30%", "below", points="2"), "closed": True}]
    above = [cut("90%", "above", points="8"), {**cut("90%", "above", points="7"), "closed": True}]
    cuts = [*below, *above][:: -1 if turned else 1]
    table = {"0%": "1", "29.99%": "1", "30%": "2", "30.01%": "3.001", "89.99%": "8.999", "90%": "7", "90.01%": "8"}
    check(linear(*cuts), "10", table)


def test_the_ceiling_comes_before_what_is_deducted_and_the_floor_after() -> None:
    """150% of a target that gives at most 120%, 2 off beyond 100%: 12 − 2, of a line as in proportion."""
    cuts = [cut("100%", "above", deduct="2")]
    line = {"method": "linear", "full-at": "100%", "zero-at": "0%", "most": "120%", "cuts": cuts}
    share = {"method": "proportional", "direction": "forward", "target": "100%", "most": "120%", "cuts": cuts}
    for method in (Linear.model_validate(line), Proportional.model_validate(share)):
        check(method, "10", {"150%": "10", "100%": "10", "100.01%": "8.001", "119%": "9.9", "120%": "10"})
    floored = steps("above", "whole", floor="2", deduct="3").model_copy(
        update={"cuts": (Cut.model_validate(cut("101.5%", "above", deduct="1")),)}
    )
    check(floored, "8", {"101%": "5", "101.51%": "4", "102%": "2", UNKNOWN: ("2", "8")})


# -- indicator rows --------------------------------------------------------------------------------------------

TIERS = [{"tier": "达成", "from": "80%", "to": "100%"}]


def rules(**others: Any) -> RowRules:
    stated = {
        "unmarked": "forward", "equal": "as-forward", "reverse": "linear", "zero-target": "met-or-zero",
        "over-fulfilment": {"from": "130%", "effect": "full"}, "copied": "open", "worded": "judged",
        "derived-target": "accepted", "packed": "open", "tiers": TIERS, "wording": "unseen",
    }  # fmt: skip
    return RowRules.model_validate(stated | others)


ROWS = [
    # direction, target, actual, points of 10
    ("forward", "100", "100", "10"),
    ("forward", "100", "99", "9.9"),
    ("forward", "100", "101", "10"),
    ("forward", "100", "129.99", "10"),
    ("forward", "100", "130", "10"),
    ("forward", "100", "0", "0"),
    ("forward", "100", "-5", "0"),
    ("forward", "0", "0", "10"),
    ("forward", "0", "1", "10"),
    ("forward", "0", "-1", "0"),
    ("reverse", "100", "100", "10"),
    ("reverse", "100", "100.1", "9.99"),
    ("reverse", "100", "150", "5"),
    ("reverse", "100", "200", "0"),
    ("reverse", "100", "300", "0"),
    ("reverse", "100", "0", "10"),
    ("reverse", "0", "0", "10"),
    ("reverse", "0", "1", "0"),
    ("", "100", "100", "10"),
    ("", "100", "50", "5"),
    ("", "100", "200", "10"),
    ("forward", UNKNOWN, "5", ("0", "10")),
    ("forward", "5", UNKNOWN, ("0", "10")),
    ("reverse", UNKNOWN, "5", ("0", "10")),
]


BITS = ("more", "less", "same", "cost", "doubted", "standard", "strict", "started", "open")
DIRECTIONS = {"forward": "more", "": "more", "reverse": "less", "equal": "same", "cost": "cost", "doubted": "doubted"}


def row_facts(row: tuple[str, str, str], most: str = "1", **bits: bool) -> RowFacts:
    """A row by its direction; without a sign these rule sets take it for a forward one."""
    flags = dict.fromkeys(BITS, False) | {"started": True, DIRECTIONS[row[0]]: True} | bits
    cells = [scalar(cell if cell == UNKNOWN else F(cell)) for cell in row[1:3]]
    return RowFacts(*cells, **flags, most=known(F(most)))


def row_points(
    row_rules: RowRules, rows: Sequence[tuple[str, str, str]], most: str = "1", **bits: bool
) -> list[Points]:
    """Points of 10 of each row; which branch gave them, numbers, `met` and attainment are the same on symbols."""
    each, lifted = [row_facts(row, most, **bits) for row in rows], []
    for facts in each:
        lifting = Lifting()
        names = (*("target", "actual"), *BITS, "most")
        held = RowFacts(**{
            name: lifting.lifted(name, getattr(facts, name), 10**6 if name in ("target", "actual") else None)
            for name in names
        })  # fmt: skip
        lifted.append(lifting.environment)

    def told(work: RowWork, facts: RowFacts, full: Number) -> tuple[Any, ...]:
        reached = work.reached(facts)
        worked = work.work(facts, reached, full)
        return worked, points_decided(work.m, worked.branches), reached.met, reached.attainment

    alone = [told(RowWork(MEANING, row_rules), facts, known(F(10))) for facts in each]
    symbols = told(RowWork(SYMBOLS, row_rules), held, SYMBOLS.number(F(10)))

    def decided(one: tuple[Any, ...]) -> Any:
        worked, *others = one
        return plain((first_holding(worked.branches), worked.numbers, *others))

    assert list(map(decided, values_of(symbols, lifted))) == list(map(decided, alone))
    return [ends(one[1]) for one in alone]


def test_an_indicator_row_earns_by_its_direction() -> None:
    told = row_points(rules(), [row[:3] for row in ROWS])
    assert dict(zip(ROWS, told, strict=True)) == {row: wanted(row[3]) for row in ROWS}


@pytest.mark.parametrize(("effect", "points"), [("full", "10"), ("zero", "0"), ("open", ("0", "10"))])
def test_far_beyond_its_target_a_row_earns_what_the_rule_set_names(effect: str, points: Any) -> None:
    row_rules = rules(**{"over-fulfilment": {"from": "130%", "effect": effect}})
    beyond = row_points(row_rules, [("forward", "100", "129.99"), ("forward", "100", "130"), ("reverse", "100", "30")])
    assert beyond == [wanted("10"), wanted(points), wanted("10")]


def test_attainment_rounded_by_the_rule_set_is_one_number_for_the_points_as_well() -> None:
    """2/3 at two digits is 67%; 129.5% becomes 130%, and so far beyond; whether a target is met is not rounded."""
    rows = [("forward", "3", "2"), ("forward", "1000", "1295"), ("forward", "1000", "1294"), ("forward", "1000", "999")]
    zero = {"over-fulfilment": {"from": "130%", "effect": "zero"}}
    assert row_points(rules(**zero), rows) == [wanted(p) for p in (F(20, 3), "10", "10", "9.99")]
    rounded = rules(**zero, **{"attainment-round": 2})
    assert row_points(rounded, rows) == [wanted(p) for p in ("6.7", "0", "10", "10")]
    exact = rules(**{"equal": "exact", "attainment-round": 2})
    assert row_points(exact, [("equal", "1000", "999"), ("equal", "0", "3"), ("forward", UNKNOWN, "3")]) == [
        wanted(p) for p in ("0", "0", ("0", "10"))
    ]


def test_an_unmarked_row_may_have_to_be_met_exactly() -> None:
    rows = [("equal", "100", "99.99"), ("equal", "100", "100"), ("equal", "100", "100.01"), ("forward", "100", "110")]
    assert row_points(rules(equal="exact"), rows) == [wanted(p) for p in ("0", "10", "0", "10")]


def test_a_zero_target_may_be_open() -> None:
    rows = [("forward", "0", "5"), ("reverse", "0", "0"), ("forward", "1", "0")]
    assert row_points(rules(**{"zero-target": "open"}), rows) == [wanted(p) for p in (("0", "10"), ("0", "10"), "0")]


def test_what_is_doubtful_or_in_words_is_for_the_evaluator() -> None:
    rows = [("forward", "100", "100"), ("reverse", "100", "500")]
    assert row_points(rules(), rows, open=True) == [wanted(("0", "10"))] * 2
    assert row_points(rules(), rows, most="0.8", open=True) == [wanted(("0", "8"))] * 2


def test_reverse_inverse_of_a_row_is_target_over_actual() -> None:
    rows = [("reverse", "100", "100"), ("reverse", "100", "125"), ("reverse", "100", "1000"), ("reverse", "0", "3")]
    assert row_points(rules(reverse="inverse"), rows) == [wanted(p) for p in ("10", "8", "1", "0")]


@pytest.mark.parametrize(("effect", "points"), [("zero", "0"), ("open", ("0", "10")), ("deduct", "8")])
def test_over_fulfilment_touches_only_rows_that_met_their_target_in_a_way_that_can_be_exceeded(
    effect: str, points: Any
) -> None:
    over = {"from": "130%", "effect": effect} | ({"deduct": "2"} if effect == "deduct" else {})
    row_rules = rules(**{"equal": "exact", "over-fulfilment": over})
    rows = [("forward", "100", "150"), ("equal", "100", "150"), ("reverse", "100", "150"), ("equal", "100", "100")]
    assert row_points(row_rules, rows) == [wanted(p) for p in (points, "0", "5", "10")]


def test_a_deviation_takes_off_the_share_beyond() -> None:
    row_rules = rules(**{"over-fulfilment": {"from": "130%", "effect": "deviation"}})
    rows = [("forward", "100", "129"), ("forward", "100", "130"), ("forward", "100", "150"), ("forward", "100", "999")]
    assert row_points(row_rules, rows) == [wanted(p) for p in ("10", "10", "8", "0")]


@pytest.mark.parametrize(("strict", "points"), [(None, ("0", "10")), ("zero", "0"), ("open", ("0", "10"))])
def test_exactly_at_a_strict_target_a_row_is_unmet(strict: str | None, points: Any) -> None:
    row_rules = rules(**({"strict": strict} if strict else {}))
    rows = [("forward", "90", "90"), ("forward", "90", "90.1"), ("forward", "90", "45"), ("reverse", "5", "5")]
    assert row_points(row_rules, rows, strict=True) == [wanted(p) for p in (points, "10", "5", points)]


@pytest.mark.parametrize(("named", "points"), [(None, ("0", "10")), ("zero", "0"), ("open", ("0", "10"))])
def test_what_was_not_begun_earns_what_is_named_whatever_the_direction(named: str | None, points: Any) -> None:
    row_rules = rules(**({"not-started": named} if named else {}))
    rows = [(way, "5", UNKNOWN) for way in ("forward", "reverse", "equal", "cost")]
    assert row_points(row_rules, rows, started=False) == [wanted(points)] * 4


def test_a_cost_without_a_sign_is_full_at_its_target_falls_above_and_below_it_is_full_unless_a_standard() -> None:
    rows = [("cost", "400", "400"), ("cost", "400", "500"), ("cost", "400", "180")]
    assert row_points(rules(), rows) == [wanted(p) for p in ("10", "7.5", "10")]
    assert row_points(rules(), rows, standard=True) == [wanted(p) for p in ("10", "7.5", ("0", "10"))]


def test_a_doubted_direction_is_the_hull_of_both() -> None:
    """120 of 100: full if more is better, 8 if less; 60 of 100: 6, or full; just on target it is full either way."""
    rows = [("doubted", "100", "120"), ("doubted", "100", "60"), ("doubted", "100", "100")]
    assert row_points(rules(), rows) == [wanted(p) for p in (("8", "10"), ("6", "10"), "10")]


ROW_RULES = st.builds(
    lambda reverse, effect, zero, strict, begun, digits: rules(**{
        "equal": "exact", "reverse": reverse, "zero-target": zero, "strict": strict, "not-started": begun,
        "over-fulfilment": {"from": "130%", "effect": effect} | ({"deduct": "2"} if effect == "deduct" else {}),
        "attainment-round": digits,
    }),
    st.sampled_from(["inverse", "linear"]), st.sampled_from(["full", "zero", "open", "deduct", "deviation"]),
    st.sampled_from(["met-or-zero", "open"]), st.sampled_from([None, "zero", "open"]),
    st.sampled_from([None, "zero", "open"]), st.sampled_from([None, 2]),
)  # fmt: skip
TENTHS = st.sampled_from(["0", "1", "100", "-5", UNKNOWN]) | st.integers(-50, 3000).map(lambda n: str(F(n, 10)))
ROW = st.tuples(st.sampled_from(list(DIRECTIONS)), TENTHS, TENTHS)


@settings(max_examples=80, **CHECKS)
@given(ROW_RULES, st.lists(ROW, min_size=1, max_size=8), st.sampled_from([(), ("strict",), ("standard",), ("open",)]))
def test_every_row_is_the_same_on_symbols_and_earns_none_to_all(
    row_rules: RowRules, rows: list[tuple[str, str, str]], bits: tuple[str, ...]
) -> None:
    for low, high in row_points(row_rules, rows, **dict.fromkeys(bits, True)):
        assert 0 <= low <= high <= 10


@pytest.mark.parametrize(
    ("direction", "met"),
    [("forward", "nyy"), ("reverse", "yyn"), ("cost", "yyn"), ("equal", "nyn"), ("doubted", "nyn")],
)
def test_a_target_is_met_by_the_direction_and_a_strict_one_only_beyond_its_edge(direction: str, met: str) -> None:
    """Of 100: 99, 100 and 101."""
    work, actuals = RowWork(MEANING, rules()), ("99", "100", "101")
    told = [work.met(row_facts((direction, "100", actual))) for actual in actuals]
    assert told == [one == "y" for one in met]
    strict = [work.met(row_facts((direction, "100", actual), strict=True)) for actual in actuals]
    assert strict == [one and actual != "100" for one, actual in zip(told, actuals, strict=True)]
