"""Does an indicator row, and the block of rows above it, say how the points came about? Worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shapes.test_shapes import BASE, judged

BLOCK = {"method": "indicators", "level": "产出", "split": "exact", "stated-points": "prevail"}
NAMES = {"forward": ["处理次数"], "reverse": ["投诉", "次数"], "cost": ["成本"], "standards": ["补助"]}
REDUCTIONS = {"reductions": ["30%", "60%"]}


def row(name: str, target: str, actual: str, **cells: str) -> dict[str, str]:
    return {"name": name, "level": "产出", "target": target, "actual": actual, **cells}


def said(
    *rows: dict[str, str], answers: tuple[dict[str, str], ...] = (), treated: str = "full", **rules: Any
) -> list[tuple[str, str]]:
    """(points, why) of a block of 20, then of its rows."""
    criteria = {"产出": {"points": "20", "not-applicable": treated, "scoring": BLOCK}}
    judgements = [{"row": "甲", "by": "王", "reason": "核对", **one} for one in answers]
    told = judged(
        {"rules": {"criteria": criteria, "rows": BASE["rules"]["rows"] | rules}},
        {"indicators": list(rows), "judgements": judgements},
    )
    return [(one.points or f"{one.low}–{one.high}", one.because) for one in told.criteria]


def test_a_row_without_a_sign_says_by_which_word_less_is_better() -> None:
    """Forward heads first: 处理次数 counts what was handled, though 次数 is a word of less."""
    assert said(row("投诉", "5次", "8次"), row("投诉率", "5次", "5次"), directions=NAMES)[1] == (
        "6.25",
        "完成8次，目标5次；目标没写符号，名称为“投诉”，越少越好；超过目标，5次 ÷ 8次 = 62.5%，62.5% × 10 = 6.25",
    )
    assert said(row("办公成本", "4元", "3元"), row("投诉处理次数", "5次", "4次"), directions=NAMES)[1:] == [
        ("10.00", "3元 ÷ 4元 = 75%；目标没写符号，是成本（“成本”），越少越好；没有超过目标，得满分10分"),
        ("8.00", "4次 ÷ 5次 = 80%；80% × 10 = 8"),
    ]
    standard = said(row("成本：补助", "4元", "3元"), directions=NAMES)[1]
    assert standard == ("0.00–20.00", "标准（单价、补助）没写符号，低于目标怎样计分不清楚，可得 0–20 分")


def test_a_row_of_no_known_direction_is_full_just_on_its_target_and_says_so() -> None:
    rows = [row("投诉回访工作", "5次", "5次"), row("投诉登记工作", "5次", "6次")]
    assert said(*rows, directions=NAMES)[1:] == [
        ("10.00", "5次 ÷ 5次 = 100%；与目标相等，得满分10分"),
        ("8.33–10.00", "目标没写≥≤，名称里有“投诉”，越多越好还是越少越好不清楚，可得 8.33–10 分"),
    ]


def test_a_block_says_which_points_nobody_printed() -> None:
    half = ("甲", "≥10件", "5件")
    assert said(row(*half, points="12"), row("乙", "≥10件", "5件"))[0] == (
        "10.00",
        "2 行合计；1行没有填分值，按余下的8分计",
    )
    assert said(row(*half), row("乙", "≥10件", "5件"))[0] == ("10.00", "2 行合计；其中2行没有填分值，平分20分")


@pytest.mark.parametrize(
    ("treated", "says"),
    [("full", "不适用，按满分计"), ("zero", "不适用，不得分"), ("excluded", "不适用，不计入")],
)
def test_a_row_that_does_not_apply_says_what_it_counts_as(treated: str, says: str) -> None:
    assert said(row("甲", "≥10件", "5件"), row("乙", "≥10件", "不适用"), treated=treated)[2][1] == says


@pytest.mark.parametrize(
    ("answer", "rules", "points", "says"),
    [
        ({"reduce": "30%"}, REDUCTIONS, "4.00", "复核减30%（王：核对）：10 − 30% × 20 = 4"),
        ({"reduce": "60%"}, REDUCTIONS, "0.00", "复核减60%（王：核对）：10 − 60% × 20 = −2，扣完为止，得0分"),
        ({"points": "8"}, {"editable": "true"}, "8.00", "王由 10 分改定为 8 分：核对"),
        (
            {"points": "8", "reduce": "30%"},
            {"editable": "true", **REDUCTIONS},
            "2.00",
            "王由 10 分改定为 8 分：核对；复核减30%（王：核对）：8 − 30% × 20 = 2",
        ),
    ],
)
def test_what_people_made_of_it_is_said_behind_what_the_rule_gave(
    answer: dict[str, str], rules: dict[str, Any], points: str, says: str
) -> None:
    told = said(row("甲", "≥10件", "5件"), answers=(answer,), **rules)[1]
    assert told == (points, f"5件 ÷ 10件 = 50%；50% × 20 = 10；{says}")


def test_a_rate_is_written_so_that_it_is_seen_to_miss_the_target_or_the_limit() -> None:
    over = {"from": "130%", "effect": "zero"}
    rows = [row("甲", "≥100000件", "99999件"), row("乙", "≥100000件", "129999件")]
    assert said(*rows, **{"over-fulfilment": over})[1:] == [
        ("10.00", "99999件 ÷ 100000件 = 99.999%；99.999% × 10 = 10"),
        ("10.00", "129999件 ÷ 100000件 = 129.999%；达到目标，得满分10分"),
    ]
    assert said(row("甲", "≥0.565km", "0.564km"))[1] == ("19.96", "0.564km ÷ 0.565km = 99.82%；99.82% × 20 = 19.96")


def test_a_share_of_the_block_that_is_no_round_number_is_written_to_four_decimals() -> None:
    """20 ÷ 3, and two thirds of it: 4.44; at two decimals 66.67% × 6.67 would be 4.45."""
    rows = [row("甲", "≥3件", "2件"), row("乙", "≥3件", "3件"), row("丙", "≥3件", "3件")]
    assert said(*rows)[1] == ("4.44", "2件 ÷ 3件 = 66.67%；66.67% × 6.6667 = 4.44")


def test_a_row_to_be_met_exactly_is_just_on_target_or_not_equal() -> None:
    rows = [row("甲", "=3件", "2件"), row("乙", "=3件", "3件")]
    assert said(*rows, equal="exact")[1:] == [
        ("0.00", "完成2件，目标3件；与目标不等，不得分"),
        ("10.00", "3件 ÷ 3件 = 100%；与目标相等，得满分10分"),
    ]


def test_a_printed_coefficient_gives_no_more_than_the_full_points() -> None:
    rows = [row("甲", "≥10件", "5件", coefficient="120%"), row("乙", "≥10件", "5件", coefficient="85%")]
    assert said(*rows, coefficients="accepted")[1:] == [
        ("10.00", "得分系数100% × 10 = 10"),
        ("8.50", "得分系数85% × 10 = 8.5"),
    ]
