"""Is the naive evaluation itself right? Small tables worked by hand, on which copies of a meaning once differed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from .ranges import Ends
from .sharing import parts, split
from .whole import evaluated

LINE = {"method": "linear", "full-at": "100%", "zero-at": "0%"}
FULL = {"method": "judgement"}


def told(criteria: dict, figures: dict, **policy: Any) -> tuple[str, tuple[str, ...]]:
    """The total of 100 points (`low–high`), and the grades."""
    of = policy.pop("of", "100")
    rules = {
        "of": of,
        "complete": True,
        "policy": {"rounding": {"points": 2, "total": 2, "mode": "half-up"}, "zero-base": "open"} | policy,
        "figures": {name: {"unit": "%"} for name in "甲乙丙零三"} | {name: {"unit": "yes-no"} for name in ("有", "专")},
        "criteria": criteria,
        "grades": [{"grade": "优", "from": "90"}, {"grade": "差", "from": "0"}],
    }
    answer = evaluated(rules, {"money": "元", "figures": figures})
    return shown(answer.total), answer.grades


def shown(ends: Ends | None) -> str:
    if ends is None:
        return "none"
    low, high = (f"{float(end):g}" for end in (ends.low, ends.high))
    return low if low == high else f"{low}–{high}"


def leaf(points: int, measure: str, **others: Any) -> dict:
    return {"points": str(points), "measure": measure, "scoring": LINE, **others}


def best(*options: dict) -> dict:
    return {"points": "10", "take": "best", "criteria": dict(zip("子丑", options, strict=False))}


CASES = [
    # Best of two of which none applies: the weight leaves, or is scaled for, or is full.
    ("excluded", {"二选一": best(leaf(10, "甲"), leaf(10, "乙")), "丙": leaf(90, "丙")}, "90", ()),
    ("renormalise", {"二选一": best(leaf(10, "甲"), leaf(10, "乙")), "丙": leaf(90, "丙")}, "100", ("优",)),
    ("full", {"二选一": best(leaf(10, "甲"), leaf(10, "乙")), "丙": leaf(90, "丙")}, "100", ("优",)),
    # An extra that does not apply gives and takes nothing.
    ("full", {"丙": leaf(100, "丙"), "扣": leaf(20, "甲", extra="deduction")}, "100", ("优",)),
    # T·Σp ÷ Σw: 30 of the 70 that apply.
    ("renormalise", {"块": {"points": "60", "criteria": {"丙": leaf(30, "丙"), "甲": leaf(30, "甲")}},
                     "零": leaf(40, "零")}, "42.86", ("差",)),
    # A moved weight is rounded once: 10 of 30 at a third.
    ("full", {"甲": leaf(20, "甲", applies="有", **{"not-applicable": {"moved-to": "三"}}), "三": leaf(10, "三"),
              "丙": leaf(70, "丙")}, "80", ("差",)),
    # Nothing applies.
    ("excluded", {"甲": leaf(100, "甲")}, "none", ()),
    # Either-or rows count once, at the top as in blocks.
    ("excluded", {"一": leaf(20, "丙", applies="专"), "二": leaf(20, "丙", applies="not 专"), "丙": leaf(80, "丙")},
     "100", ("优",)),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "criteria", "total", "grades"), CASES)
def test_what_does_not_apply(policy: str, criteria: dict, total: str, grades: tuple[str, ...]) -> None:
    figures = {
        "甲": "不适用",
        "乙": "不适用",
        "丙": "100%",
        "零": "0%",
        "三": "33.3333%",
        "有": "否",
    }
    more = {
        "figures": {name: {"unit": "%"} for name in "甲乙丙零三"} | {name: {"unit": "yes-no"} for name in ("有", "专")}
    }
    assert told(criteria, figures, more=more, **{"not-applicable": policy}) == (total, grades)


@pytest.mark.parametrize(
    ("cuts", "rate", "total"),
    [
        (["50% below 3", "60% below 0"], "50%", "3"),  # the outermost below is the least
        (["60% below 0", "50% below 3"], "50%", "3"),
        (["60% below 0", "50% below 3"], "60%", "0"),
        (["120% above 0", "150% above 2"], "160%", "2"),
    ],
)
def test_of_cuts_on_one_side_the_outermost_that_holds_decides(cuts: list[str], rate: str, total: str) -> None:
    made = [
        {"at": place, "side": side, "closed": True, "points": points} for place, side, points in map(str.split, cuts)
    ]
    criteria = {"甲": leaf(100, "甲") | {"scoring": LINE | {"cuts": made}}}
    assert told(criteria, {"甲": rate}, **{"not-applicable": "full"})[0] == total


def test_a_ceiling_comes_before_a_deduction() -> None:
    """150%, at most 120%, 2 off beyond 100%: 12 − 2 = 10, whichever method."""
    cuts = [{"at": "100%", "side": "above", "closed": False, "deduct": "2"}]
    for method in (LINE, {"method": "proportional", "direction": "forward", "target": "100%"}):
        criteria = {"甲": leaf(10, "甲") | {"scoring": method | {"most": "120%", "cuts": cuts}}}
        assert told(criteria, {"甲": "150%"}, of="10", **{"not-applicable": "full"})[0] == "10"


ROWS = {
    "unmarked": "forward",
    "equal": "as-forward",
    "reverse": "linear",
    "over-fulfilment": {"from": "130%", "effect": "full"},
    "zero-target": "met-or-zero",
    "copied": "open",
    "packed": "open",
    "derived-target": "accepted",
    "tiers": [{"tier": "达成", "from": "80%", "to": "100%"}, {"tier": "未达成", "from": "0%", "to": "80%"}],
    "directions": {
        "forward": ["处理次数", "优良天数"],
        "reverse": ["天数", "投诉"],
        "cost": ["成本"],
        "standards": ["标准"],
    },
}


@pytest.mark.parametrize(
    ("name", "target", "actual", "rows", "points"),
    [
        ("件数", "10件", "9件", {}, "9"),
        ("件数", "≥10件", "12件", {"over-fulfilment": {"from": "120%", "effect": "deduct", "deduct": "2"}}, "8"),
        ("件数", "=5人", "7人", {"equal": "exact", "over-fulfilment": {"from": "130%", "effect": "deviation"}}, "0"),
        ("率", ">90%", "90%", {}, "0–10"),
        ("率", ">90%", "90%", {"strict": "zero"}, "0"),
        ("率", ">90%", "90.01%", {}, "10"),
        ("次数", "<5次", "5次", {"strict": "zero"}, "0"),
        ("次数", "≤5次", "未开展", {}, "0–10"),
        ("次数", "≤5次", "未开展", {"not-started": "zero"}, "0"),
        ("完成天数", "10天", "15天", {}, "5"),
        ("优良天数", "300天", "310天", {}, "10"),
        ("投诉处理次数", "5次", "6次", {}, "10"),
        ("投诉率变化", "5次", "6次", {}, "8–10"),  # doubted: 6 of 5 forward is full, in reverse 1 − 1/5
        ("成本：办公", "400元", "500元", {}, "7.5"),
        ("培训成本（人均）", "400元", "180元", {}, "10"),
        ("成本标准", "400元", "180元", {}, "4.5–10"),  # doubted: its head is no cost
        ("标准成本", "400元", "180元", {}, "0–10"),
        ("标准成本", "400元", "400元", {}, "10"),
        ("件数", "=0件", "1件", {}, "0"),
        ("件数", "≥0件", "1件", {}, "10"),
        ("率", "≥95%", "≥95%", {"copied": "zero"}, "0"),
        ("率", "≥95%", "0.98", {}, "0–10"),
        ("效果", "显著", "较好", {}, "0–10"),
    ],
)
def test_a_row_earns_by_its_own_cells(name: str, target: str, actual: str, rows: dict, points: str) -> None:
    method = {"method": "indicators", "level": "产出", "split": "exact", "stated-points": "ignored"}
    rules = {
        "of": "10",
        "complete": True,
        "policy": {"rounding": {"points": 2, "total": 2, "mode": "half-up"}, "not-applicable": "full"},
        "criteria": {"产出": {"points": "10", "scoring": method}},
        "rows": ROWS | rows,
    }
    row = {"name": name, "level": "产出", "target": target, "actual": actual}
    assert shown(evaluated(rules, {"money": "元", "indicators": [row]}).total) == points


@pytest.mark.parametrize(
    ("how", "points", "count", "wanted"),
    [
        ({"digits": 2, "remainder": "largest"}, "10", 3, "3.34 3.33 3.33"),
        ({"digits": 0, "remainder": "largest"}, "10", 4, "3 3 2 2"),
        ({"digits": 2, "mode": "half-up", "remainder": "last"}, "10", 3, "3.33 3.33 3.34"),
        ({"digits": 0, "mode": "half-up", "remainder": "last"}, "10", 4, "3 3 3 1"),
        ({"digits": 0, "mode": "half-up", "remainder": "last"}, "2", 3, "1 1 0"),
        ({"digits": 0, "mode": "half-up", "remainder": "first"}, "3", 5, "3 0 0 0 0"),  # half-up would take 4 of 3
    ],
)
def test_parts_sum_to_the_points(how: dict, points: str, count: int, wanted: str) -> None:
    assert split(how, Fraction(points), count) == [Fraction(part) for part in wanted.split()]


def test_equal_stated_parts_of_a_block_share_it() -> None:
    """16.67 × 3 of 50 are shares of 50; with 16.66 they are wrong weights."""
    method = {"split": {"digits": 2, "remainder": "largest"}, "stated-points": "prevail", "shares": "block"}
    shares = parts(method, Fraction(50), [Fraction("16.67")] * 3, [True] * 3)
    assert shares == [Fraction("16.67"), Fraction("16.67"), Fraction("16.66")]
    assert parts(method, Fraction(50), [Fraction("16.6")] * 3, [True] * 3) == [Fraction("16.6")] * 3


def test_a_cut_is_taken_off_what_is_printed() -> None:
    """9 of 10 at 1.5 points is 1.35, printed 1.4; 30% of 1.5 less is 0.95, printed 1.0."""
    method = {"method": "indicators", "level": "产出", "split": "exact", "stated-points": "prevail"}
    rules = {
        "of": "1.5",
        "complete": True,
        "policy": {"rounding": {"points": 1, "total": 1, "mode": "half-up"}, "not-applicable": "full"},
        "criteria": {"产出": {"points": "1.5", "scoring": method}},
        "rows": ROWS,
    }
    row = {"name": "件数", "level": "产出", "target": "≥10件", "actual": "9件", "points": "1.5"}
    cut = {"row": "件数", "reduce": "30%"}
    assert shown(evaluated(rules, {"money": "元", "indicators": [row], "judgements": [cut]}).total) == "1"
