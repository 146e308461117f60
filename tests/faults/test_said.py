"""Is what is said what was decided? Laws of every sentence, over all bundled cases, all shapes and all faults."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.shapes import test_shapes as shapes

from .engine_seen import CASES, Points, Seen, case, scored, seen
from .equations import equations, false_equations
from .test_faults import stated

SHAPES = [one for one in shapes.EXAMPLES if "refused" not in one.values[1]]
FAULTS = {name.removesuffix(" 序1"): test for name, _, test in stated() if not re.search(" 序([2-9]|1.)$", name)}
"""One order of each test."""


def fault(name: str) -> Seen:
    test = FAULTS[name]
    return scored(test["rules"], test["filed"], test["review"])


@cache
def shape(number: int) -> Seen:
    return seen(shapes.judged(*SHAPES[number].values))


def unequal(got: Seen) -> list[str]:
    return [wrong for text in [*got.sentences()] for wrong in false_equations(text)]


def asking(got: Seen) -> list[str]:
    """Findings that assert something of what is not known."""
    return [f"{name}: {text}" for name, text in got.says.items() if re.search("[?？]", text)]


def contradicting(got: Seen) -> list[str]:
    """Reasons that speak against the points that they are reasons for."""
    return [
        f"{name}: {found.low} of {found.of[0]}: {got.because[name]}"
        for name, found in got.leaves.items()
        if name in got.because and _against(found, got.because[name])
    ]


_MISSED = re.compile("(?<!不)晚于(?!.*逾期)|没有做到|与目标不等|未到及格线|扣完为止")
_REACHED = re.compile("得满分(?! 0)")


def _against(found: Points, because: str) -> bool:
    last = because.split("；")[-1]
    full = found.low == found.high == found.of[1] > 0
    nothing = found.low == found.high == 0 < found.of[0]
    return bool((full and _MISSED.search(last)) or (nothing and _REACHED.search(last)))


def baseless(got: Seen) -> list[str]:
    """Sure findings that rest on nothing."""
    return [name for name, status in got.findings.items() if status == "sure" and not got.evidence[name]]


LAWS: list[Callable[[Seen], list[str]]] = [unequal, asking, contradicting, baseless]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize(("folder", "number"), CASES)
def test_a_law_of_what_is_said_of_a_case(law: Callable[[Seen], list[str]], folder: Path, number: int) -> None:
    assert law(case(folder, number)) == []


@pytest.mark.parametrize(("folder", "number"), CASES)
def test_equations_in_english(folder: Path, number: int) -> None:
    got = case(folder, number, "en")
    assert unequal(got) == []
    assert asking(got) == []


@pytest.mark.parametrize("law", LAWS[:3], ids=lambda law: law.__name__)
@pytest.mark.parametrize("number", range(len(SHAPES)), ids=[str(one.id) for one in SHAPES])
def test_a_law_of_what_is_said_of_a_shape(law: Callable[[Seen], list[str]], number: int) -> None:
    assert law(shape(number)) == []


@pytest.mark.parametrize("law", LAWS[:3], ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", FAULTS)
def test_a_law_of_what_is_said_of_a_fault(law: Callable[[Seen], list[str]], name: str) -> None:
    assert law(fault(name)) == []


def test_the_laws_look_at_something() -> None:
    """Cases print equations by the hundred; a reader that finds none would hold every law."""
    found = sum(len(equations(text)) for each in CASES for text in case(*each.values).sentences())
    assert found > 300


def test_what_is_against_a_law_is_found() -> None:

    bad = Seen(
        because={"甲": "5 − 8 × 1 = 0"}, says={"乙": "支付率?，低于40%"}, findings={"乙": "sure"}, evidence={"乙": ()}
    )
    points = {"甲": Points(*(shapes.ends("10")), shapes.ends("10"))}
    late = Seen(because={"甲": "5月 晚于 4月，得 10 分"}, leaves=points)
    assert unequal(bad) and asking(bad) and baseless(bad) and contradicting(late)
