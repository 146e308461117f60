"""Which letter do ranges give? By hand: each end met and missed, two of three, the unknown; symbols as scalars."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as F
from itertools import product
from typing import Any

import pytest

from engine.algebra.meaning import MEANING
from engine.judging.letters import scored
from engine.methods import Levels
from engine.rules.letters import Letters
from tests.core.symbols import SYMBOLS, Lifting, plain, values_of
from tests.methods.test_scoring import BY_ZERO, NONE, UNDEFINED, UNKNOWN, Cell, amount, scalar

LETTERS = Letters(scale={"A": 4, "B": 3, "C": 2, "D": 1}, wanting={"letter": "D*", "counts": "D"}, not_applicable="NA")
BOTH = (
    {"letter": "A", "from": "95%", "to": "105%", "closed": True},
    {"letter": "B", "from": "90%", "to": "110%", "closed": True},
)
BELOW = {"letter": "A", "to": "5%", "closed": False}, {"letter": "B", "to": "10%", "closed": False}


def method(levels: Sequence[dict[str, Any]], reached_in: int = 1) -> Levels:
    return Levels.model_validate(
        {"method": "levels", "levels": levels, "reached-in": str(reached_in), "otherwise": "D"}
    )


def values(method: Levels, rows: Sequence[Sequence[Cell]], zero_base: str = "open") -> list[tuple[F, F] | str]:
    """What the letters count as, low and high, of each row of measures: the same on scalars and symbols."""
    alone, environments = [], []
    for row in rows:
        cells, lifting = [scalar(cell) for cell in row], Lifting()
        alone.append(method.reached(MEANING, LETTERS.scale, cells, zero_base))
        measures = [lifting.lifted(str(at), cell) for at, cell in enumerate(cells)]
        environments.append(lifting.environment)
    held = method.reached(SYMBOLS, LETTERS.scale, measures, zero_base)
    assert [plain(one) for one in values_of(held, environments)] == [plain(one) for one in alone]
    return [NONE if one.low.inapplicable else (F(one.low.n, one.low.d), F(one.high.n, one.high.d)) for one in alone]


def letters(method: Levels, rows: Sequence[str], **others: Any) -> dict[str, str]:
    """The letter of each row, in which values stand apart by blanks."""
    states = (UNKNOWN, UNDEFINED, BY_ZERO, NONE)
    cells = [[one if one in states else amount(one) for one in row.split()] for row in rows]
    found = {}
    for row, ends in zip(rows, values(method, cells, **others), strict=True):
        found[row] = NONE if isinstance(ends, str) else str(scored(LETTERS, *ends, surely=True).letter)
    return found


def check(method: Levels, table: dict[str, str], **others: Any) -> None:
    assert letters(method, list(table), **others) == table


def test_closed_ends_belong_to_the_range_and_open_ones_do_not() -> None:
    check(method(BOTH), {
        "95%": "A", "105%": "A", "94.99%": "B", "105.01%": "B", "90%": "B", "110%": "B", "89.99%": "D", "110.01%": "D",
    })  # fmt: skip
    check(method(BELOW), {"-1%": "A", "4.99%": "A", "5%": "B", "9.99%": "B", "10%": "D", "10.01%": "D"})


def test_ends_of_both_kinds_may_follow_each_other() -> None:
    """<3%, 3–6% inclusive, above 6%."""
    mixed = BELOW[0] | {"to": "3%"}, BELOW[1] | {"to": "6%", "closed": True}
    check(method(mixed), {"2.99%": "A", "3%": "B", "6%": "B", "6.01%": "D"})


def test_a_range_counts_when_enough_of_the_measures_lie_in_it() -> None:
    check(method(BELOW, 2), {
        "4% 4% 4%": "A", "4% 4% 90%": "A", "90% 4% 4%": "A",  # one year may be an outlier
        "4% 9% 90%": "B", "4% 9% 9%": "B",  # the year in A is in B, too
        "4% 90% 90%": "D", "10% 10% 10%": "D",
    })  # fmt: skip
    check(method(BELOW, 3), {"4% 4% 4%": "A", "4% 4% 9%": "B", "4% 4% 90%": "D"})


def test_the_unknown_is_wanting_only_where_it_could_change_the_letter() -> None:
    check(method(BELOW, 2), {
        "4% 4% unknown": "A", "unknown 4% 4%": "A",
        "9% 9% unknown": "B",  # a third year can't make two of 4%
        "90% 90% unknown": "D",
        "4% 9% unknown": "D*", "4% 90% unknown": "D*", "9% 90% unknown": "D*",
        "4% unknown unknown": "D*", "90% unknown unknown": "D*", "unknown unknown unknown": "D*",
    })  # fmt: skip


def test_between_which_letters_the_unknown_lies() -> None:
    four, ninety = F(4, 100), F(90, 100)
    assert values(method(BELOW, 2), [[four, ninety, UNKNOWN], [four, four, UNKNOWN], [UNKNOWN] * 3]) == [
        (1, 4), (4, 4), (1, 4),
    ]  # fmt: skip


def test_over_a_base_of_zero_a_range_is_reached_or_not_as_the_rule_set_names_it() -> None:
    rows = ["4% undefined 90%", "4% x/0 90%", "9% undefined undefined"]
    check(method(BELOW, 2), dict.fromkeys(rows, "D*"))
    check(method(BELOW, 2), dict(zip(rows, ("A", "A", "A"), strict=True)), zero_base="full")
    check(method(BELOW, 2), dict(zip(rows, ("D", "D", "D"), strict=True)), zero_base="zero")


def test_what_does_not_apply_in_every_measure_does_not_apply() -> None:
    check(method(BELOW, 2), {"not-applicable not-applicable not-applicable": NONE, "not-applicable 4% 4%": "A"})
    # one that does not apply lies in no range, for sure: two years are in B, and only one in A
    check(method(BELOW, 2), {"not-applicable 4% 9%": "B", "not-applicable 4% 90%": "D"})
    check(method(BELOW, 2), {"not-applicable 4% unknown": "D*"})


@pytest.mark.parametrize("needed", [1, 2, 3])
def test_every_three_years_count_as_the_best_letter_that_enough_of_them_reach(needed: int) -> None:
    """By hand: of nested ranges, the k-th best year decides."""
    of_year = {"4%": 4, "9%": 3, "90%": 1}
    rows = [" ".join(row) for row in product(of_year, repeat=3)]
    wanted = {row: sorted((of_year[one] for one in row.split()), reverse=True)[needed - 1] for row in rows}
    named = {4: "A", 3: "B", 1: "D"}
    check(method(BELOW, needed), {row: named[value] for row, value in wanted.items()})
