"""What each form gives, worked by hand: every threshold met exactly and missed by one step; and both carriers alike."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as F
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.algebra.carriers import SCALARS
from engine.algebra.columns import Columns
from engine.algebra.meaning import Meaning, Number, Range
from engine.methods.methods import Bands, External, Linear, Proportional, Steps, highest_share
from engine.methods.scoring import Choices, Measured, RowFacts, Scorer
from engine.rules.ruleset import RowRules
from engine.values.exact import half_up

UNKNOWN, UNDEFINED, BY_ZERO, NONE = "unknown", "undefined", "x/0", "not-applicable"
Cell = F | str
Points = tuple[F, F] | str
"""Low and high, or not-applicable."""
EXACT = Choices(None, "half-up")
CHECKS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "derandomize": True}


# -- both carriers ---------------------------------------------------------------------------------------------


def scalar(cell: Cell) -> Number:
    n, d = (cell.numerator, cell.denominator) if isinstance(cell, F) else (0, 1)
    return Number(n, d, isinstance(cell, F), cell in (UNDEFINED, BY_ZERO), cell == NONE, cell == BY_ZERO)


def column(carrier: Columns, cells: Sequence[Cell], common: int | None = None) -> Number:
    pairs = [(c.numerator, c.denominator) if isinstance(c, F) else (0, 1) for c in cells]
    if common is not None:
        pairs = [(n * common // d, common) for n, d in pairs]
    return Number(
        carrier.wholes([n for n, _ in pairs]),
        carrier.wholes([d for _, d in pairs]),
        carrier.bits([isinstance(c, F) for c in cells]),
        carrier.bits([c in (UNDEFINED, BY_ZERO) for c in cells]),
        carrier.bits([c == NONE for c in cells]),
        carrier.bits([c == BY_ZERO for c in cells]),
        common,
    )


def ends(points: Range, at: int | None = None) -> Points:
    def one(series: Any) -> Any:
        return series if at is None else series[at]

    low, high = points.low, points.high
    if one(low.inapplicable) or one(high.inapplicable):
        assert one(low.inapplicable) and one(high.inapplicable)
        return NONE
    assert one(low.known) and one(high.known)
    return F(one(low.n), one(low.d)), F(one(high.n), one(high.d))


def score(method: Measured, cells: Sequence[Cell], full: F, zero_base: str = "open", choices: Choices = EXACT) -> list:
    """Points of each measure, the same on scalars and columns."""
    meaning = Meaning(SCALARS)
    each = Scorer(meaning, choices)
    alone = [ends(each.points(method, scalar(cell), meaning.number(full), zero_base)) for cell in cells]
    carrier = Columns(len(cells))
    meaning = Meaning(carrier)
    held = Scorer(meaning, choices).points(method, column(carrier, cells), meaning.number(full), zero_base)
    assert [ends(held, at) for at in range(len(cells))] == alone
    return alone


def check(method: Measured, full: str, table: dict[str, Any], **others: Any) -> None:
    """A table of measure → points; two points are a range."""
    cells = [cell if cell in (UNKNOWN, UNDEFINED, BY_ZERO, NONE) else amount(cell) for cell in table]
    wanted = []
    for points in table.values():
        low, high = points if isinstance(points, tuple) else (points, points)
        wanted.append(NONE if points == NONE else (F(low), F(high)))
    assert dict(zip(table, score(method, cells, F(full), **others), strict=True)) == dict(
        zip(table, wanted, strict=True)
    )


def amount(text: str) -> F:
    return F(text[:-1]) / 100 if text.endswith("%") else F(text)


# -- proportional ----------------------------------------------------------------------------------------------

OPEN_10 = {UNKNOWN: ("0", "10"), UNDEFINED: ("0", "10"), BY_ZERO: ("0", "10"), NONE: NONE}


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


def test_equal_gives_nothing_beyond_its_target() -> None:
    method = Proportional(method="proportional", direction="equal", target="4")
    check(method, "10", {"0": "0", "2": "5", "3.99": "9.975", "4": "10", "4.01": "0", "8": "0", **OPEN_10})


def test_forward_may_rise_above_the_full_points_to_the_share_named() -> None:
    method = Proportional(method="proportional", direction="forward", target="90%", most="120%")
    table = {"-1%": "0", "0%": "0", "45%": "5", "90%": "10", "90.09%": "10.01", "107.91%": "11.99", "108%": "12"}
    check(method, "10", table | {"108.09%": "12", "500%": "12", UNKNOWN: ("0", "12"), BY_ZERO: ("0", "12"), NONE: NONE})
    check(method, "10", {UNDEFINED: "10", UNKNOWN: ("0", "12")}, zero_base="full")
    passed = Proportional(method="proportional", direction="forward", target="100%", most="105.5%", pass_="60%")
    check(passed, "7", {"59.99%": "0", "60%": "4.2", "100%": "7", "105.5%": "7.385", "105.6%": "7.385"})


def test_points_above_the_full_ones_are_rounded_like_others() -> None:
    method = Proportional(method="proportional", direction="forward", target="100%", most="105.5%")
    rounded = score(method, [F("1.0551"), F("1.0545"), UNKNOWN], F(7), choices=Choices(2, "half-up"))
    assert rounded == [(F("7.39"), F("7.39")), (F("7.38"), F("7.38")), (F(0), F("7.39"))]  # 7.385, 7.3815


# -- linear ----------------------------------------------------------------------------------------------------


def test_linear_is_a_line_flat_beyond_both_ends() -> None:
    method = Linear(method="linear", full_at="100%", zero_at="80%")
    table = {"0%": "0", "79.99%": "0", "80%": "0", "80.01%": "0.005", "90%": "5", "99.99%": "9.995", "100%": "10"}
    check(method, "10", table | {"100.01%": "10", "200%": "10", **OPEN_10})


def test_a_line_may_go_on_above_the_full_points_to_the_share_named() -> None:
    rising = Linear(method="linear", full_at="100%", zero_at="0%", most="120%")
    table = {"-1%": "0", "0%": "0", "95%": "9.5", "100%": "10", "105%": "10.5", "119.99%": "11.999", "120%": "12"}
    check(rising, "10", table | {"120.01%": "12", "999%": "12", UNKNOWN: ("0", "12"), NONE: NONE})
    falling = Linear(method="linear", full_at="10", zero_at="30", most="150%")
    check(falling, "8", {"30": "0", "10": "8", "9.99": "8.004", "0.01": "11.996", "0": "12", "-0.01": "12"})


def test_linear_may_fall() -> None:
    method = Linear(method="linear", full_at="10", zero_at="30")
    check(method, "8", {"0": "8", "9.99": "8", "10": "8", "20": "4", "29.99": "0.004", "30": "0", "31": "0"})


# -- bands -----------------------------------------------------------------------------------------------------

LADDER = [
    {"from": "90%", "points": "5"},
    {"from": "80%", "to": "90%", "points": "3"},
    {"to": "80%", "points": "1"},
]
OPEN_BANDS = {UNKNOWN: ("1", "5"), UNDEFINED: ("1", "5"), NONE: NONE}


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
    scorer = Scorer(Meaning(SCALARS), EXACT)
    q = scorer.steps(steps("above", "pro-rata"), scalar(rate))
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
    opened = {UNKNOWN: ("2", "8"), UNDEFINED: ("2", "8"), BY_ZERO: ("2", "8"), NONE: NONE}
    check(method, "8", {"100%": "8", "101%": "5", "101.99%": "5", "102%": "2", "103%": "2", "999%": "2", **opened})


# -- external --------------------------------------------------------------------------------------------------


def test_the_score_of_another_examination_is_scaled() -> None:
    method = External(method="external", score="得分", of="满分")
    check(
        method,
        "20",
        {"0%": "0", "87.5%": "17.5", "100%": "20", "100.01%": "20", "-1%": "0", UNKNOWN: ("0", "20"), NONE: NONE},
    )


# -- zero bases and rounding -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("zero_base", "points"), [("open", ("0", "10")), ("full", "10"), ("zero", "0")])
def test_an_undefined_measure_earns_what_the_rule_set_names(zero_base: str, points: Any) -> None:
    method = Linear(method="linear", full_at="100%", zero_at="0%")
    table = {UNDEFINED: points, BY_ZERO: points, UNKNOWN: ("0", "10"), NONE: NONE, "50%": "5"}
    check(method, "10", table, zero_base=zero_base)


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
    for mode, points in (("half-up", half_up_2), ("truncate", truncate_2)):
        assert score(method, [share], F(1), choices=Choices(2, mode)) == [(F(points), F(points))]
    assert score(method, [share], F(1)) == [(share, share)]


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
        alone = Meaning(SCALARS).rounded(scalar(value), digits, mode)
        assert F(alone.n, alone.d) == F(expected)
        carrier = Columns(1)
        held = Meaning(carrier).rounded(column(carrier, [value]), digits, mode)
        assert F(held.n[0], held.d[0]) == F(expected)
    assert half_up(value, digits) == F(half_up_)


# -- random measures: scalars and columns alike ----------------------------------------------------------------

AMOUNTS = st.sampled_from(["-5%", "1%", "33.3%", "95.10%", "100%", "3", "1000"])


def pointed(points: Sequence[str]) -> list[dict[str, str]]:
    """The ladder with other points."""
    return [{**band, "points": one} for band, one in zip(LADDER, points, strict=True)]


PARTIAL, EDGES = st.sampled_from(["whole", "started", "pro-rata"]), st.sampled_from(["lower-closed", "upper-closed"])
MOST = st.none() | st.sampled_from(["120%", "105.5%"])
POSITIVE = st.sampled_from(["1%", "33.3%", "100%", "250"])
FORMS = st.one_of(
    st.builds(
        Proportional,
        method=st.just("proportional"),
        direction=st.sampled_from(["forward", "reverse", "equal"]),
        target=POSITIVE,
        over=st.sampled_from(["full", "zero", "open"]),
        reverse=st.sampled_from(["inverse", "linear"]),
        pass_=st.none() | AMOUNTS,
    ),
    st.builds(Linear, method=st.just("linear"), full_at=AMOUNTS, zero_at=st.just("7.7%"), most=MOST),
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
    ),
    st.builds(External, method=st.just("external"), score=st.just("得分"), of=st.just("满分")),
)


def random_measure(random: Random) -> Cell:
    pick = random.random()
    if pick < 0.2:
        return random.choice([UNKNOWN, UNDEFINED, BY_ZERO, NONE])
    if pick < 0.5:
        return F(random.choice(["0", "0.01", "0.333", "0.951", "1", "0.8", "0.9", "2.5", "250", "-0.05", "1.005"]))
    if pick < 0.8:
        return F(random.randint(-300, 300), random.randint(1, 200))
    return F(random.randint(-(10**21), 10**21), random.randint(1, 10**21))


@settings(max_examples=400, **CHECKS)
@given(FORMS, st.sampled_from(["5", "7", "12.5"]), st.sampled_from(["open", "full", "zero"]),
       st.sampled_from([None, 0, 2]), st.sampled_from(["half-up", "truncate"]), st.integers(0, 2**48))  # fmt: skip
def test_every_form_is_the_same_on_both_carriers(
    method: Measured, full: str, zero_base: str, digits: int | None, mode: str, seed: int
) -> None:
    random = Random(seed)
    cells = [random_measure(random) for _ in range(12)]
    for points, cell in zip(score(method, cells, F(full), zero_base, Choices(digits, mode)), cells, strict=True):
        assert (points == NONE) == (cell == NONE)
        if points != NONE:
            most = highest_share(method) * F(full)
            assert 0 <= points[0] <= points[1] <= (most if digits is None else half_up(most, digits))


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
    ("forward", "5", NONE, NONE),
    ("forward", NONE, "5", NONE),
    ("reverse", NONE, UNKNOWN, NONE),
]


def row_points(row_rules: RowRules, rows: Sequence[tuple[str, str, str]], **bits: bool) -> list[Points]:
    """Points of 10 of each row, the same on both carriers."""
    carrier = Columns(len(rows))
    cells = [[cell if cell in (UNKNOWN, NONE) else F(cell) for cell in row[1:]] for row in rows]
    flags = {"strict": False, "qualitative": False, "open": False} | bits
    alone = []
    meaning = Meaning(SCALARS)
    for (direction, *_), (target, actual) in zip(rows, cells, strict=True):
        facts = RowFacts(
            scalar(target), scalar(actual), direction == "forward", direction == "reverse", flags["strict"],
            flags["qualitative"], flags["open"], Range(meaning.number(F(0)), meaning.number(F(1))),
        )  # fmt: skip
        alone.append(ends(Scorer(meaning, EXACT).row(row_rules, facts, meaning.number(F(10)))))
    held = Meaning(carrier)
    facts = RowFacts(
        column(carrier, [target for target, _ in cells], 10**6),
        column(carrier, [actual for _, actual in cells], 10**6),
        carrier.bits([row[0] == "forward" for row in rows]),
        carrier.bits([row[0] == "reverse" for row in rows]),
        carrier.true if flags["strict"] else carrier.false,
        carrier.true if flags["qualitative"] else carrier.false,
        carrier.true if flags["open"] else carrier.false,
        Range(held.number(F(0)), held.number(F(1))),
    )
    points = Scorer(held, EXACT).row(row_rules, facts, held.number(F(10)))
    assert [ends(points, at) for at in range(len(rows))] == alone
    return alone


def wanted(points: Any) -> Points:
    if points == NONE:
        return NONE
    low, high = points if isinstance(points, tuple) else (points, points)
    return F(low), F(high)


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
    assert row_points(exact, [("", "1000", "999"), ("", "0", "3"), ("forward", UNKNOWN, "3")]) == [
        wanted(p) for p in ("0", "0", ("0", "10"))
    ]


def test_an_unmarked_row_may_have_to_be_met_exactly() -> None:
    rows = [("", "100", "99.99"), ("", "100", "100"), ("", "100", "100.01"), ("forward", "100", "110")]
    assert row_points(rules(equal="exact"), rows) == [wanted(p) for p in ("0", "10", "0", "10")]


def test_a_zero_target_may_be_open() -> None:
    rows = [("forward", "0", "5"), ("reverse", "0", "0"), ("forward", "1", "0")]
    assert row_points(rules(**{"zero-target": "open"}), rows) == [wanted(p) for p in (("0", "10"), ("0", "10"), "0")]


def test_what_is_doubtful_or_in_words_is_for_the_evaluator() -> None:
    rows = [("forward", "100", "100"), ("reverse", "100", "500")]
    assert row_points(rules(), rows, open=True) == [wanted(("0", "10"))] * 2
    assert row_points(rules(), rows, qualitative=True) == [wanted(("0", "10"))] * 2
    assert row_points(rules(), [("forward", NONE, NONE)], qualitative=True) == [wanted(("0", "10"))]


def test_reverse_inverse_of_a_row_is_target_over_actual() -> None:
    rows = [("reverse", "100", "100"), ("reverse", "100", "125"), ("reverse", "100", "1000"), ("reverse", "0", "3")]
    assert row_points(rules(reverse="inverse"), rows) == [wanted(p) for p in ("10", "8", "1", "0")]
