"""How do several letters make one? Both ways of PEFA 2016 for every two, three and four letters, against its tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement, permutations

import pytest

from engine.judging.letters import Lettered, combined, left_out, scored
from engine.reading.editions import load_plan
from engine.reading.library import find_ruleset

FOUND = load_plan(find_ruleset("pefa-2016-budget-reliability")).ruleset.letters
assert FOUND is not None
LETTERS = FOUND
COUNTS = {"A": 4, "B": 3, "C": 2, "D": 1}
M2 = {
    2: "2 D · 3 D+ · 4 C · 5 C+ · 6 B · 7 B+ · 8 A",
    3: "3 D · 4 D+ · 5 D+ · 6 C · 7 C+ · 8 B · 9 B · 10 B+ · 11 A · 12 A",
    4: "4 D · 5 D · 6 D+ · 7 D+ · 8 C · 9 C+ · 10 C+ · 11 B · 12 B · 13 B+ · 14 B+ · 15 A · 16 A",
}
"""By the number of dimensions, what each sum gives."""
M1 = {
    "AA": "A", "AB": "B+", "AC": "C+", "AD": "D+", "BB": "B", "BC": "C+", "BD": "D+", "CC": "C", "CD": "D+", "DD": "D",
}  # fmt: skip
"""The weakest, with a plus where the other is higher."""
SEVERAL = ["".join(letters) for count in (2, 3, 4) for letters in combinations_with_replacement("ABCD", count)]


def parts(letters: str) -> list[Lettered]:
    values = [LETTERS.scale[letter] for letter in letters]
    return [scored(LETTERS, value, value, surely=True) for value in values]


def letter(how: str, several: Sequence[Lettered]) -> str | None:
    return combined(LETTERS, how, several).letter


@pytest.mark.parametrize("letters", SEVERAL)
def test_the_weakest_link_by_its_table(letters: str) -> None:
    wanted = M1[min(letters) + max(letters)]  # A comes before D in the alphabet
    assert {letter("weakest-link", parts("".join(order))) for order in permutations(letters)} == {wanted}


@pytest.mark.parametrize("letters", SEVERAL)
def test_the_conversion_by_its_table(letters: str) -> None:
    by_sum = dict(pair.split() for pair in M2[len(letters)].split(" · "))
    total = sum(COUNTS[one] for one in letters)
    assert letter("conversion", parts(letters)) == by_sum[str(total)]


def test_every_sum_that_can_be_is_in_the_tables() -> None:
    for count, table in M2.items():
        assert [int(pair.split()[0]) for pair in table.split(" · ")] == list(range(count, 4 * count + 1))


def test_one_alone_is_the_weakest_and_never_raised() -> None:
    assert {one: letter("weakest-link", parts(one)) for one in "ABCD"} == {one: one for one in "ABCD"}


def test_want_of_information_counts_as_its_letter_and_has_no_star_above() -> None:
    wanting = scored(LETTERS, LETTERS.scale["C"], LETTERS.scale["A"], surely=True)
    assert (wanting.letter, wanting.low, wanting.high) == ("D*", "C", "A")
    assert letter("weakest-link", [wanting]) == "D"
    assert letter("weakest-link", [wanting, *parts("A")]) == "D+"
    assert letter("conversion", [wanting, *parts("A")]) == "C+"  # 1 + 4 = 5


def test_what_may_not_apply_lacks_information() -> None:
    assert scored(LETTERS, LETTERS.scale["A"], LETTERS.scale["A"], surely=False).letter == "D*"


def test_what_does_not_apply_is_left_out() -> None:
    none = left_out(LETTERS)
    assert none.letter == "NA"
    assert letter("weakest-link", [none, *parts("B")]) == "B"
    assert letter("conversion", [none, *parts("AB")]) == "B+"  # two of three, a sum of 7
    assert combined(LETTERS, "conversion", [none, none]) == none


def test_a_number_that_the_table_does_not_have_leaves_the_letter_open() -> None:
    left = combined(LETTERS, "conversion", [left_out(LETTERS), *parts("B")])
    assert (left.letter, left.outcome, left.low, left.high) == (None, "open", "D", "A")
    assert combined(LETTERS, "weakest-link", [left, *parts("A")]).outcome == "open"


def test_letters_of_blocks_go_into_blocks_above() -> None:
    lifted = combined(LETTERS, "weakest-link", parts("BA"))
    assert (lifted.letter, letter("conversion", [lifted, *parts("B")])) == ("B+", "B")  # 3.5 + 3 = 6.5
