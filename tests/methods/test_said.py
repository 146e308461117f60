"""In which words does each method say what it gave? The branch that decided, its figures worked by hand."""

from __future__ import annotations

from fractions import Fraction as F
from typing import Any

from pydantic import TypeAdapter

from engine.algebra.meaning import MEANING, known
from engine.methods import AnyMethod, Measured
from engine.methods.scoring import scored
from engine.rules.policy import Rounding
from engine.telling.explain import scored_said
from engine.telling.words import PointWriter
from engine.values.units import unit_word
from engine.wording import Lang

_METHODS: TypeAdapter[Any] = TypeAdapter(AnyMethod)


def said(method: dict[str, Any], full: str, filed: str, lang: Lang = "zh", mode: str = "half-up") -> str:
    """Why a measure, filed as `90%`, has its points of `full`."""
    parsed: Measured = _METHODS.validate_python(method)
    number = filed.rstrip("%人次")
    word = unit_word(filed[len(number) :])
    x, most = F(number) * word.scale, F(full)
    made = scored(MEANING, parsed, known(x), known(most))
    return scored_said(made, parsed, x, word, most, PointWriter(Rounding(points=2, total=2, mode=mode)), lang)


def check(method: dict[str, Any], full: str, table: dict[str, str]) -> None:
    """A table of measure → sentence."""
    assert {filed: said(method, full, filed) for filed in table} == table


# -- bands ---


def bands(edges: str, *some: dict[str, str]) -> dict[str, Any]:
    return {"method": "bands", "edges": edges, "bands": some}


LADDER = ({"from": "90%", "points": "5"}, {"from": "80%", "to": "90%", "points": "3"}, {"to": "80%", "points": "1"})


def test_a_band_is_said_with_the_ends_that_belong_to_it() -> None:
    check(bands("lower-closed", *LADDER), "5", {
        "90%": "90%，属“90%以上（含）”一档，得5分",
        "89.9995%": "89.9995%，属“80%以上（含）、低于90%”一档，得3分",  # 90% would be another's
        "80%": "80%，属“80%以上（含）、低于90%”一档，得3分",
        "79.9%": "79.9%，属“低于80%”一档，得1分",
    })  # fmt: skip
    check(bands("upper-closed", *LADDER), "5", {
        "95%": "95%，属“高于90%”一档，得5分",
        "90%": "90%，属“高于80%、90%以下（含）”一档，得3分",
        "80%": "80%，属“80%以下（含）”一档，得1分",
    })  # fmt: skip
    own = (
        {"at": "100%", "points": "5"},
        {"from": "90%", "to": "100%", "from-closed": "false", "points": "4"},
        {"from": "60%", "to": "90%", "to-closed": "true", "points": "2"},
    )
    check(bands("lower-closed", *own), "5", {
        "100%": "100%，属“100%”一档，得5分",
        "95%": "95%，属“高于90%、低于100%”一档，得4分",
        "90%": "90%，属“60%以上（含）、90%以下（含）”一档，得2分",
        "50%": "50%，不在任何一档之内",
    })  # fmt: skip


def test_a_value_is_not_written_on_the_other_side_of_its_edge() -> None:
    """89.996% at two decimals would be 90%, and so in the other band."""
    fine = bands("lower-closed", {"from": "89.998%", "points": "5"}, {"to": "89.998%", "points": "1"})
    check(fine, "5", {"89.996%": "89.996%，属“低于89.998%”一档，得1分"})


# -- in proportion ---


def proportional(direction: str, target: str, **others: Any) -> dict[str, Any]:
    return {"method": "proportional", "direction": direction, "target": target, **others}


def test_a_share_is_said_and_a_target_met_is_not_called_exceeded() -> None:
    check(proportional("forward", "90%", over="full"), "10", {
        "90%": "90%，达到90%，得满分10分",
        "45%": "45%，为90%的50%：50% × 10 = 5",
        "90.0001%": "90.0001%，达到90%，得满分10分",
    })  # fmt: skip
    assert said(proportional("forward", "90%", over="zero"), "10", "90.001%") == "90.001%，超过90%，按规定不得分"
    check(proportional("reverse", "5人", reverse="inverse"), "10", {
        "5人": "5人，达到5人，得满分10分",
        "8人": "8人，高于5人，目标 ÷ 实际为62.5%：62.5% × 10 = 6.25",
    })  # fmt: skip
    check(proportional("reverse", "5人", reverse="linear"), "10", {
        "5人": "5人，达到5人，得满分10分",
        "8人": "8人，高于5人，按超出的比例扣减，余40%：40% × 10 = 4",
    })  # fmt: skip
    check(proportional("equal", "4人", off="zero"), "10", {"5人": "5人，与4人不等，不得分"})
    falling = "5人，与4人不等，按偏离的比例扣减，余75%：75% × 10 = 7.5"
    check(proportional("equal", "4人", off="proportional"), "10", {"5人": falling, "4人": "4人，达到4人，得满分10分"})


def test_the_pass_mark_is_said_where_it_is_missed() -> None:
    check(proportional("forward", "100%", over="full", pass_="60%"), "10", {
        "59.9999%": "59.9999%，未过及格线60%，不得分",
        "60%": "60%，按比例得分：60% × 10 = 6",
    })  # fmt: skip


def test_a_ceiling_is_said_only_where_it_acts() -> None:
    check(proportional("forward", "90%", most="120%"), "10", {
        "108%": "108%，超过90%，按同一比例加分：120% × 10 = 12",
        "117%": "117%，超过90%，按同一比例加分：130% × 10 = 13，封顶得12分",
    })  # fmt: skip


def test_a_cut_off_takes_from_what_the_ceiling_left() -> None:
    cuts = [
        {"at": "100%", "side": "above", "closed": "false", "deduct": "2"},
        {"at": "50%", "side": "below", "closed": "false", "points": "1"},
    ]
    check(proportional("forward", "100%", most="120%", cuts=cuts), "10", {
        "150%": "150%，超过100%，按同一比例加分：150% × 10 = 15，封顶得12分；> 100%的，再扣2分：12 − 2 = 10",
        "110%": "110%，超过100%，按同一比例加分：110% × 10 = 11；> 100%的，再扣2分：11 − 2 = 9",
        "100%": "100%，达到100%，得满分10分",
        "49.9999%": "49.9999%（< 50%），按规定得1分",
    })  # fmt: skip


def test_what_is_cut_off_rather_than_rounded_says_so() -> None:
    """66.666% of 10 is 6.6666: 6.66 cut off, 6.67 rounded; 66% is 6.6 either way."""
    forward = proportional("forward", "100%", over="full")
    cut = "66.67%，按比例得分：66.67% × 10 = 6.66（舍去尾数，取2位小数）"
    assert said(forward, "10", "66.666%", mode="truncate") == cut
    assert said(forward, "10", "66.666%") == "66.67%，按比例得分：66.67% × 10 = 6.67"
    assert said(forward, "10", "66%", mode="truncate") == "66%，按比例得分：66% × 10 = 6.6"


def test_a_line_is_said_by_the_share_of_the_way() -> None:
    check({"method": "linear", "full-at": "100%", "zero-at": "80%"}, "10", {
        "80%": "80%，不优于80%，不得分",
        "80.0001%": "80.0001%，在80%（0分）与100%（满分）之间，占0.001%：0.001% × 10 = 0",
        "90%": "90%，在80%（0分）与100%（满分）之间，占50%：50% × 10 = 5",
        "100%": "100%，达到100%，得满分10分",
    })  # fmt: skip


def test_the_score_of_another_examination_is_said_as_scaled() -> None:
    assert said({"method": "external", "score": "甲", "of": "乙"}, "20", "87.5%") == "折算：87.5% × 20 = 17.5"


# -- steps ---


def steps(side: str, start: str, step: str, **others: str) -> dict[str, Any]:
    usual = {"base": "points", "floor": "0", "partial-step": "whole"}
    return {"method": "steps", "side": side, "from": start, "step": step} | usual | others


def test_a_part_of_a_step_is_said_only_where_there_is_one() -> None:
    """10% of 200人 is 20人."""
    check(steps("above", "200人", "10%", base="relative", deduct="1"), "5", {
        "200人": "200人，符合“≤ 200人”，得满分5分",
        "220人": "220人，超过200人计20人，每10%扣1分，计1个：5 − 1 × 1 = 4",
        "230人": "230人，超过200人计30人，每10%扣1分，计1个（不足一个的不计）：5 − 1 × 1 = 4",
        "300人": "300人，超过200人计100人，每10%扣1分，计5个：5 − 5 × 1 = 0",
        "320人": "320人，超过200人计120人，每10%扣1分，计6个：5 − 6 × 1 = −1，扣完为止，得0分",
    })  # fmt: skip


def test_the_side_that_was_missed_is_said() -> None:
    check(steps("both", "100%", "5%", deduct="2", **{"partial-step": "started"}), "10", {
        "100%": "100%，符合“= 100%”，得满分10分",
        "90%": "90%，低于100%计10个百分点，每5个百分点扣2分，计2个：10 − 2 × 2 = 6",
        "110%": "110%，高于100%计10个百分点，每5个百分点扣2分，计2个：10 − 2 × 2 = 6",
        "100.001%": "100.001%，高于100%计0.001个百分点，每5个百分点扣2分，计1个（不足一个的按一个计）：10 − 1 × 2 = 8",
    })  # fmt: skip


def test_steps_that_add_say_from_where_they_add() -> None:
    """3次 a step, 6 to begin with: 4次 are one step, or four thirds."""
    adding = {"method": "additions", "from": "0次", "side": "above", "step": "3次", "add": "1", "start": "6"}
    check(adding | {"partial-step": "whole"}, "10", {
        "2次": "2次，不满3次，不加分，得6分",
        "3次": "3次，每3次加1分，计1个：6 + 1 × 1 = 7",
        "4次": "4次，每3次加1分，计1个（不足一个的不计）：6 + 1 × 1 = 7",
        "12次": "12次，每3次加1分，计4个：6 + 4 × 1 = 10",
        "15次": "15次，每3次加1分，计5个：6 + 5 × 1 = 11，封顶得10分",
    })  # fmt: skip
    part = "4次，每3次加1分，计1.33个（不足一个的按比例计）：6 + 1.33 × 1 = 7.33"
    assert said(adding | {"partial-step": "pro-rata"}, "10", "4次") == part
