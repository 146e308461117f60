"""Totals and grades against brute force: every choice of what applies, every total, all caps; on symbols too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction as F
from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.algebra.meaning import MEANING, Number, Range, Truth, fraction, known
from engine.judging.rollup import Part, Rollup, Shown, Way
from engine.methods.indicators import Indicators, Split
from engine.rules.findings import GradeBand
from engine.rules.policy import Rounding
from tests.core.symbols import SYMBOLS, Lifting, plain, value_of

CHECKS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "derandomize": True}
HALVES = st.integers(0, 20).map(lambda n: F(n, 2))
EXACT = Rounding(points="exact", total=2, mode="half-up")
Ends = tuple[F, F]


def ends(points: Range) -> Ends:
    return fraction(points.low), fraction(points.high)


def alike(work: Callable[[Rollup, Any], Any], given_: Any, rounding: Rounding = EXACT) -> Any:
    """What the roll-up of one submission gives, once it is seen to be the same on symbols."""
    alone, lifting = work(Rollup(MEANING, rounding), given_), Lifting()
    held = work(Rollup(SYMBOLS, rounding), _lifted(lifting, "", given_))
    assert plain(value_of(held, lifting.environment)) == plain(alone)
    return alone


def _lifted(lifting: Lifting, name: str, thing: Any) -> Any:
    """Symbols for numbers (of which all know that they are known), truths and bits; the rest as it is."""
    if isinstance(thing, Number):
        return lifting.known(name, fraction(thing))
    if isinstance(thing, Truth | bool):
        return lifting.lifted(name, thing)
    if isinstance(thing, Part | Way):
        held = thing._fields[:5] if isinstance(thing, Part) else thing._fields[:4]
        return thing._replace(**{one: _lifted(lifting, f"{name}.{one}", getattr(thing, one)) for one in held})
    if isinstance(thing, tuple | list):
        parts = [_lifted(lifting, f"{name}.{place}", one) for place, one in enumerate(thing)]
        return type(thing)(*parts) if hasattr(thing, "_fields") else type(thing)(parts)
    return thing


def part(low: F, high: F, full: F, by: Truth, treated: str, **others: Any) -> Part:
    bits = {"lost": False, "unsure": False} | others
    way = Way(Range(known(low), known(high)), known(full), MEANING.zero, True)
    return Part([way], known(full), by, treated=treated, **bits)  # type: ignore[arg-type]


APPLIES = st.sampled_from([MEANING.yes, MEANING.maybe, MEANING.no])
ROW_STATES = st.sampled_from([(False, False)] * 4 + [(True, False), (False, True)])


@st.composite
def parts(draw: st.DrawFn, policies: Sequence[str]) -> Part:
    """A leaf that applies surely, perhaps or not: by its condition, or by what was filed."""
    full = draw(st.integers(1, 12).map(F))
    low, high = sorted((min(full, draw(HALVES)), min(full, draw(HALVES))))
    lost, unsure = draw(ROW_STATES)
    return part(low, high, full, draw(APPLIES), draw(st.sampled_from(policies)), lost=lost, unsure=unsure)


def surely(one: Part) -> bool:
    return one.by.sure and not one.lost and not one.unsure


def possibly(one: Part) -> bool:
    return one.by.possible and not one.lost


def worlds(leaves: Sequence[Part]) -> Iterator[tuple[bool, ...]]:
    """Every way in which the leaves may turn out to apply."""
    return product(*[(True,) if surely(one) else (True, False) if possibly(one) else (False,) for one in leaves])


def full_of(one: Part) -> F:
    return fraction(one.own[0].full)


def own(one: Part) -> Ends:
    return ends(one.own[0].points)


def ways_of(rollup: Rollup, some: Sequence[Part]) -> list[Sequence[Way]]:
    return [rollup.ways(one) for one in some]


def summed(leaves: Sequence[Part]) -> tuple[Ends, Ends] | None:
    """Points and full points of a total; None where there is nothing that counts."""
    weight = sum(fraction(way.full) for one in leaves for way in Rollup(MEANING, EXACT).ways(one) if way.may)
    told: Shown = alike(lambda rollup, some: rollup.total(ways_of(rollup, some)), list(leaves))
    return None if weight == 0 else (ends(told.points), ends(told.of))


# -- what does not apply ---------------------------------------------------------------------------------------


@settings(max_examples=200, **CHECKS)
@given(st.lists(parts(["renormalise", "full"]), min_size=1, max_size=6))
def test_renormalising_is_the_extreme_over_every_choice_of_what_applies(leaves: list[Part]) -> None:
    """T·Σp ÷ Σw; a leaf that is spared with full points counts with them."""
    whole = sum((full_of(one) for one in leaves), F(0))
    lows, highs = [], []
    for world in worlds(leaves):
        points_low = points_high = weight = F(0)
        for one, applies in zip(leaves, world, strict=True):
            if not applies and one.treated == "renormalise":
                continue
            low, high = own(one) if applies else (full_of(one), full_of(one))
            points_low, points_high, weight = points_low + low, points_high + high, weight + full_of(one)
        if weight:
            lows.append(whole * points_low / weight)
            highs.append(whole * points_high / weight)
    told = summed(leaves)
    if not lows:
        assert told is None
    elif any(one.treated == "renormalise" for one in leaves):
        assert told == ((min(lows), max(highs)), (whole, whole))
    else:
        assert told is not None and told[0] == (min(lows), max(highs))


@settings(max_examples=150, **CHECKS)
@given(st.lists(parts(["full", "zero", "excluded"]), min_size=1, max_size=6))
def test_without_renormalising_ends_are_sums_over_every_choice(leaves: list[Part]) -> None:
    """Excluded leaves that do not apply leave the table; what is spared as full has full points, as zero none. Where
    nothing is left there is no score.
    """
    told, sums, fulls = summed(leaves), [], []
    for world in worlds(leaves):
        low = high = of = F(0)
        for one, applies in zip(leaves, world, strict=True):
            spared = full_of(one) if one.treated == "full" else F(0)
            mine = own(one) if applies else (spared, spared)
            low, high = low + mine[0], high + mine[1]
            of += full_of(one) if applies or one.treated != "excluded" else F(0)
        if of:
            sums.append((low, high))
            fulls.append(of)
    if told is None:
        assert not fulls
        return
    assert told[0] == (min(low for low, _ in sums), max(high for _, high in sums))
    assert told[1] == (min(fulls), max(fulls))


@settings(max_examples=150, **CHECKS)
@given(parts(["moved"]), st.lists(parts(["moved"]), min_size=1, max_size=3))
def test_a_moved_weight_earns_the_share_of_the_row_it_moves_to(to: Part, movers: list[Part]) -> None:
    """Brute force over what applies: p of a row that applies, else its weight at the other's share."""
    to = to._replace(by=MEANING.yes, lost=False, unsure=False)
    lows, highs = [], []
    for world in worlds(movers):
        low, high = own(to)
        for one, applies in zip(movers, world, strict=True):
            share = full_of(one) / full_of(to)
            mine = own(one) if applies else tuple(end * share for end in own(to))
            low, high = low + mine[0], high + mine[1]
        lows.append(low)
        highs.append(high)

    def whole(rollup: Rollup, some: tuple[Part, list[Part]]) -> Shown:
        heavier, lighter = rollup.moved(*some)
        return rollup.total([rollup.ways(heavier), *lighter])

    of = full_of(to) + sum(full_of(one) for one in movers)
    told = alike(whole, (to, movers))
    assert (ends(told.points), ends(told.of)) == ((min(lows), max(highs)), (of, of))


@settings(max_examples=150, **CHECKS)
@given(st.sampled_from(["full", "zero", "excluded", "renormalise"]), st.data())
def test_the_best_of_several_is_the_best_of_those_that_apply(treated: str, data: st.DataObject) -> None:
    """Brute force over what applies. What does not apply is an option under `full`, where it is full."""
    option = st.lists(parts([treated]), min_size=1, max_size=2)
    options = data.draw(st.lists(option, min_size=1, max_size=3))
    told = best_of(options)
    leaves = [one for some in options for one in some]
    lows, highs, nothing = [], [], []
    for world in worlds(leaves):
        applies = iter(world)
        found = []
        for some in options:
            there = [(one, next(applies)) for one in some]
            spared = [full_of(one) if treated == "full" else F(0) for one, _ in there]
            mine = [own(one) if yes else (s, s) for (one, yes), s in zip(there, spared, strict=True)]
            if treated == "full" or any(yes for _, yes in there):
                found.append((sum(low for low, _ in mine), sum(high for _, high in mine)))
        nothing.append(not found)
        lows.append(max((low for low, _ in found), default=F(0)))
        highs.append(max((high for _, high in found), default=F(0)))
    assert told.possibly == (not all(nothing))
    assert alike(_best_ways, options)[1].may == any(nothing)
    low, high = ends(told.points)
    assert low <= min(lows) and high == max(highs)  # the low end is sound, and exact where all options are settled
    if all(surely(one) or not possibly(one) for one in leaves):
        assert low == min(lows)


def best_of(options: Sequence[Sequence[Part]]) -> Shown:
    return alike(lambda rollup, some: rollup.shown(rollup.best([ways_of(rollup, one) for one in some])), options)


def test_what_counts_as_0_is_no_alternative_to_less_than_that() -> None:
    """The best of −1 and of what does not apply is −1, though the latter would count as 0 of its points."""
    sure, gone = part(F(-1), F(-1), F(10), MEANING.yes, "zero"), part(F(3), F(5), F(10), MEANING.no, "zero")
    assert ends(best_of([[sure], [gone]]).points) == (-1, -1)
    assert ends(best_of([[sure], [gone._replace(by=MEANING.maybe)]]).points) == (-1, 5)
    assert ends(best_of([[gone], [gone]]).points) == (0, 0)
    assert ends(best_of([[gone], [gone]]).of) == (10, 10)


def test_scaled_points_span_both_ways_while_the_whole_itself_is_open() -> None:
    """8 of 10 is sure and 10 are lost. With 5 of 20 beside them, 13 of 30 of the whole 40; without, 8 of 10 of 20."""
    sure, gone = (part(F(8), F(8), F(10), by, "renormalise") for by in (MEANING.yes, MEANING.no))
    told = summed([sure, gone, part(F(5), F(5), F(20), MEANING.maybe, "excluded")])
    assert told is not None
    (low, high), of = told
    assert low <= 16 and high >= F(52, 3) and of == (20, 40)


def test_the_best_of_several_weighs_as_much_as_the_heaviest_that_may_count() -> None:
    """8 of 10 beats 5 of 20; where neither applies, the weight to scale for is the greater as well."""
    options = [
        [part(F(8), F(8), F(10), by, "renormalise"), part(F(5), F(5), F(20), by, "renormalise")]
        for by in (MEANING.yes, MEANING.no)
    ]
    for there, weight, spared in zip(options, ((20, 0), (0, 20)), (8, 0), strict=True):
        one = next(way for way in alike(_best_ways, [[one] for one in there]) if way.may)
        assert (fraction(one.full), fraction(one.spared)) == weight
        assert ends(one.points)[1] == spared


def _best_ways(rollup: Rollup, options: Sequence[Sequence[Part]]) -> Sequence[Way]:
    return rollup.best([ways_of(rollup, some) for some in options])


def test_what_is_counted_full_counts_with_its_whole_weight() -> None:
    """A block of 20 of which 10 apply: where it does not apply as a whole, it is 20 of 20, or 0 of 20."""
    for treated, points in (("full", 20), ("zero", 0)):
        gone = part(F(8), F(8), F(10), MEANING.no, treated)._replace(nominal=known(F(20)))
        told: Shown = alike(lambda rollup, one: rollup.shown(rollup.ways(one)), gone)
        assert (ends(told.points), ends(told.of)) == ((points, points), (20, 20))


def test_nothing_that_applies_gives_no_score() -> None:
    gone = part(F(0), F(0), F(10), MEANING.no, "renormalise")
    assert summed([gone, gone]) is None
    assert summed([]) is None


def test_a_table_of_100_with_20_not_applicable_is_scaled_by_hand() -> None:
    """72 of the 80 that apply are 90 of 100."""
    applies = part(F(72), F(72), F(80), MEANING.yes, "renormalise")
    gone = part(F(0), F(0), F(20), MEANING.no, "renormalise")
    assert summed([applies, gone]) == ((90, 90), (100, 100))
    maybe = part(F(20), F(20), F(20), MEANING.maybe, "renormalise")
    assert summed([applies, maybe]) == ((90, 92), (100, 100))


def test_of_what_may_leave_all_its_ways_are_tried() -> None:
    """Beside 6 of 10: 12 of 10 (more than full), 0 of 10, or gone. 6 + 12 of 20 are 90%, 6 of 10 60%, 6 of 20 30%."""
    beside = Way(Range(known(F(6)), known(F(6))), known(F(10)), MEANING.zero, True)
    ways = [
        Way(Range(known(F(0)), known(F(12))), known(F(10)), MEANING.zero, True),
        Way(Range(MEANING.zero, MEANING.zero), MEANING.zero, known(F(10)), True, applies=False, option=False),
    ]
    told = alike(lambda rollup, some: rollup.total(some), [[beside], ways])
    assert (ends(told.points), ends(told.of)) == ((6, 18), (20, 20))
    less = [ways[0]._replace(points=Range(known(F(-2)), known(F(1)))), ways[1]]  # 4 and 7 of 20, or 6 of 10
    assert ends(alike(lambda rollup, some: rollup.total(some), [[beside], less]).points) == (4, 12)


@settings(max_examples=80, **CHECKS)
@given(st.data())
def test_the_extremes_of_a_share_are_those_of_some_choice(data: st.DataObject) -> None:
    """Brute force over every choice of one way a part, points below 0 and above full among them."""
    amounts = st.integers(-4, 14).map(F)
    some = []
    for _ in range(data.draw(st.integers(1, 3))):
        ways = []
        for number in range(data.draw(st.integers(1, 3))):
            low, high = sorted((data.draw(amounts), data.draw(amounts)))
            full = F(data.draw(st.integers(0, 10)))
            points = Range(known(low), known(high)) if full else Range(MEANING.zero, MEANING.zero)
            ways.append(Way(points, known(full), MEANING.zero, number == 0 or data.draw(st.booleans())))
        some.append(ways)
    chosen = list(product(*([way for way in ways if way.may] for ways in some)))
    weights = [sum(fraction(way.full) for way in ways) for ways in chosen]
    found = [
        tuple(sum(ends(way.points)[end] for way in ways) / weight for end in (0, 1))
        for ways, weight in zip(chosen, weights, strict=True)
        if weight
    ]
    told = ends(alike(lambda rollup, parts_: rollup.share(parts_, MEANING.one), some))
    if found:
        assert told == (min(low for low, _ in found), max(high for _, high in found))


@pytest.mark.parametrize(
    ("policy", "by", "points", "of"),
    [
        ("full", MEANING.yes, "3 5", "8 8"),
        ("full", MEANING.maybe, "3 8", "8 8"),
        ("full", MEANING.no, "8 8", "8 8"),
        ("zero", MEANING.maybe, "0 5", "8 8"),
        ("zero", MEANING.no, "0 0", "8 8"),
        ("excluded", MEANING.maybe, "0 5", "0 8"),
        ("excluded", MEANING.no, "0 0", "0 0"),
        ("renormalise", MEANING.yes, "3 5", "8 8"),
        ("renormalise", MEANING.no, "0 0", "0 0"),
    ],
)
def test_a_leaf_shows_what_it_earns_or_is_spared(policy: str, by: Truth, points: str, of: str) -> None:
    shown = alike(lambda rollup, one: rollup.shown(rollup.ways(one)), part(F(3), F(5), F(8), by, policy))
    assert (ends(shown.points), ends(shown.of)) == tuple(tuple(map(F, text.split())) for text in (points, of))


def test_a_block_within_a_block_is_put_to_its_scale() -> None:
    gone = part(F(30), F(45), F(50), MEANING.maybe, "renormalise")
    here, left = alike(lambda rollup, one: rollup.scaled(rollup.ways(one), known(F(2, 5))), gone)
    assert (ends(here.points), fraction(here.full), fraction(left.spared)) == ((12, 18), 20, 20)


def test_extras_are_added_and_taken_off() -> None:
    extras = [Range(known(F(a)), known(F(b))) for a, b in ((70, 80), (3, 5), (1, 2))]
    assert ends(alike(lambda rollup, some: rollup.with_extras(*some), extras)) == (71, 84)


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
    points = Range(known(F(total[0])), known(F(total[1])))
    told = alike(lambda rollup, one: rollup.rounded(one, rounding.total), points, rounding)
    assert ends(told) == (F(expected[0]), F(expected[1]))


def subsets(items: Sequence) -> Iterator[tuple]:
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


@settings(max_examples=200, **CHECKS)
@given(st.tuples(HALVES, HALVES), st.lists(HALVES, max_size=3), st.lists(HALVES, max_size=3))
def test_a_capped_total_spans_every_set_of_possible_caps(pair: tuple[F, F], sure: list[F], possible: list[F]) -> None:
    low, high = sorted(pair)
    reached = [(min([low, *sure, *some]), min([high, *sure, *some])) for some in subsets(possible)]
    caps = [*((one, MEANING.yes) for one in sure), *((one, MEANING.maybe) for one in possible), (F(0), MEANING.no)]
    surely_, told = alike(lambda rollup, some: rollup.capped(*some), (Range(known(low), known(high)), caps))
    assert ends(surely_) == (min([low, *sure]), min([high, *sure]))
    assert ends(told) == (min(one for one, _ in reached), max(one for _, one in reached))


# -- grades ----------------------------------------------------------------------------------------------------

BANDS = tuple(
    GradeBand(grade=grade, from_=F(least)) for grade, least in (("优", 90), ("良", 80), ("中", 60), ("差", 0))
)
ORDER = [band.grade for band in BANDS]


def grade_of(points: F) -> str:
    return next(band.grade for band in BANDS if points >= band.from_)


def lowered(grade: str, caps: Sequence[str]) -> str:
    return max([grade, *caps], key=ORDER.index)


def grades(total: Ends, limits: Sequence[F], sure: Sequence[str], possible: Sequence[str]) -> tuple[str, ...]:
    """The grades that remain under possible caps on the total, and sure and possible ones on the grade."""
    lowered_ = [(ORDER.index(one), MEANING.yes) for one in sure] + [
        (ORDER.index(one), MEANING.maybe) for one in possible
    ]
    told = (Range(*map(known, total)), BANDS, [(one, MEANING.maybe) for one in limits], lowered_)
    met = alike(lambda rollup, some: rollup.grades(*some), told)
    return tuple(grade for grade, there in zip(ORDER, met, strict=True) if there)


@settings(max_examples=250, **CHECKS)
@given(
    st.tuples(*[st.integers(0, 200).map(lambda n: F(n, 2))] * 2),
    st.lists(st.sampled_from(ORDER), max_size=2),
    st.lists(st.sampled_from(ORDER), max_size=3),
    st.lists(st.integers(0, 100).map(F), max_size=2),
)
def test_grades_are_those_of_some_total_under_some_caps(
    pair: tuple[F, F], sure: list[str], possible: list[str], limits: list[F]
) -> None:
    low, high = sorted(pair)
    totals = [low + step * (high - low) / 60 for step in range(61)] + [
        one for band in BANDS for one in (band.from_, band.from_ - F(1, 1000)) if low <= one <= high
    ]
    totals += [min(one, limit) for one in [*totals] for limit in limits]
    reached = {lowered(grade_of(total), [*sure, *some]) for total in totals for some in subsets(possible)}
    assert grades((low, high), limits, sure, possible) == tuple(grade for grade in ORDER if grade in reached)


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
    assert "".join(grades((F(low), F(high)), [], list(sure), list(possible))) == expected


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
    assert shared(digits, "truncate", remainder).parts(F(points), count) == [F(part) for part in parts.split()]


@given(
    st.integers(0, 10000).map(lambda n: F(n, 100)),
    st.integers(1, 30),
    st.integers(0, 6),
    st.sampled_from(["half-up", "truncate"]),
)
@settings(max_examples=200, **CHECKS)
def test_split_points_are_never_lost(points: F, count: int, digits: int, mode: str) -> None:
    for remainder in ("first", "last", "largest"):
        parts_ = shared(digits, mode, remainder).parts(points, count)
        assert len(parts_) == count and sum(parts_) == points and min(parts_) >= 0
        equal = parts_[1:] if remainder == "first" else parts_[:-1]
        if remainder != "largest":
            assert len(set(equal)) <= 1
        else:
            assert max(parts_) - min(parts_) <= F(1, 10**digits)
            whole = [one for one in parts_ if (one * 10**digits).denominator == 1]
            assert whole == sorted(whole, reverse=True) and len(whole) >= count - 1


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
        ("2", 4, 0, "first", "2 0 0 0"),  # half-up parts would take 3 of 2: they are cut
    ],
)
def test_points_are_split_half_up_with_the_rest_on_one_row(
    points: str, count: int, digits: int, remainder: str, parts: str
) -> None:
    assert shared(digits, "half-up", remainder).parts(F(points), count) == [F(part) for part in parts.split()]


@pytest.mark.parametrize(
    ("points", "count", "digits", "parts_"),
    [("10", 3, 2, "3.34 3.33 3.33"), ("50", 3, 2, "16.67 16.67 16.66"), ("15", 4, 0, "4 4 4 3"), ("2", 3, 0, "1 1 0")],
)
def test_units_left_over_go_one_each_to_the_first_rows(points: str, count: int, digits: int, parts_: str) -> None:
    assert shared(digits, "truncate", "largest").parts(F(points), count) == [F(one) for one in parts_.split()]


def rows_of(split: Any, **others: str) -> Indicators:
    return Indicators.model_validate({"method": "indicators", "split": split, "stated-points": "prevail", **others})


def test_exact_split_is_a_fraction() -> None:
    assert rows_of("exact").full_points(F(10), [None] * 3, [False] * 3) == [F(10, 3)] * 3


@pytest.mark.parametrize(
    ("block", "stated", "plain_", "as_shares"),
    [
        ("50", "16.67 16.67 16.67", "16.67 16.67 16.67", "16.67 16.67 16.66"),
        ("50", "16.66 16.66 16.66", "16.66 16.66 16.66", "16.67 16.67 16.66"),  # cut instead
        ("50", "16.7 16.7 16.7", "16.7 16.7 16.7", "16.7 16.7 16.7"),  # one digit is a wrong weight
        ("50", "16.67 16.67 16.66", "16.67 16.67 16.66", "16.67 16.67 16.66"),
        ("50", "25 25", "25 25", "25 25"),
        ("50", "20 ? ?", "20 15 15", "20 15 15"),
        ("50", "60 ?", "60 0", "60 0"),
    ],
)
def test_stated_points_may_be_rounded_shares_of_the_block(block: str, stated: str, plain_: str, as_shares: str) -> None:
    given_ = [None if one == "?" else F(one) for one in stated.split()]
    split = {"digits": "2", "remainder": "largest"}
    assert rows_of(split).full_points(F(block), given_, [False] * len(given_)) == [F(one) for one in plain_.split()]
    assert rows_of(split, shares="block").full_points(F(block), given_, [False] * len(given_)) == [
        F(one) for one in as_shares.split()
    ]
