"""Does every official clause read into its form, with the points of its own words at every edge?"""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.clauses.points import points_at, table
from engine.clauses.reader import read, write
from engine.clauses.reading import ClauseUnreadable
from engine.methods import Checklist, Deductions, Holds, Judgement, Outcomes, Share

from .official import OFFICIAL, Official
from .pasted import PASTED

READ = OFFICIAL + PASTED
IDS = [f"{number}-{one.clause[:12]}" for number, one in enumerate(READ)]


@pytest.mark.parametrize("one", READ, ids=IDS)
def test_form_and_points(one: Official) -> None:
    full = Fraction(one.full)
    reading = read(one.clause, full, one.choose)
    assert reading.method.method == one.method
    found = {}
    for value in one.points:
        earned = points_at(reading, full, Fraction(value) * one.scale)
        assert Fraction(earned.low.n, earned.low.d) == Fraction(earned.high.n, earned.high.d)
        found[value] = Fraction(earned.low.n, earned.low.d)
    assert found == {value: Fraction(points) for value, points in one.points.items()}


@pytest.mark.parametrize("one", READ, ids=IDS)
def test_what_is_open(one: Official) -> None:
    reading = read(one.clause, Fraction(one.full))
    assert tuple(sorted(choice.name for choice in reading.open)) == tuple(sorted(one.open))
    for part in (*reading.open, *reading.spans, *reading.notes, *reading.applies):
        assert 0 <= part.start < part.end <= len(one.clause)


@pytest.mark.parametrize("one", READ, ids=IDS)
def test_written_back(one: Official) -> None:
    full = Fraction(one.full)
    reading = read(one.clause, full)
    assert read(write(reading.method, full), full).method == reading.method


@pytest.mark.parametrize("one", [one for one in READ if one.points], ids=lambda one: one.clause[:12])
def test_table_agrees_with_its_choices(one: Official) -> None:
    """Named choices lie inside what the open reading allows."""
    full = Fraction(one.full)
    wide, settled = read(one.clause, full), read(one.clause, full, one.choose)
    for value in one.points:
        outer = points_at(wide, full, Fraction(value) * one.scale)
        inner = points_at(settled, full, Fraction(value) * one.scale)
        assert outer.low.n * inner.low.d <= inner.low.n * outer.low.d
        assert outer.high.n * inner.high.d >= inner.high.n * outer.high.d
    assert table(settled, full) or one.method in ("share", "external")


def test_side_conditions_and_notes() -> None:
    clause = (
        "100%以下（含）计满分，每超出5%扣2分，扣完为止。没有楼堂馆所项目的部门按满分计算。"
        "公式：实际建设面积/批准建设面积×100%。该指标以2015年完工的新建楼堂馆所为评价内容。"
    )
    reading = read(clause, Fraction(5))
    (side,) = reading.applies
    assert (side.text, side.effect) == ("没有楼堂馆所项目的部门按满分计算", "full")
    assert clause[side.start : side.end] == side.text
    assert [note.text for note in reading.notes] == [
        "公式：实际建设面积/批准建设面积×100%",
        "该指标以2015年完工的新建楼堂馆所为评价内容",
    ]


def test_exception_is_kept() -> None:
    reading = read("与计划每相差4%扣1分，政策性/特殊原因除外", Fraction(10))
    assert [(one.text, one.effect) for one in reading.applies] == [("政策性/特殊原因除外", "exempt")]


def test_spans_quote_the_clause() -> None:
    clause = "以100%为标准。在职人员控制率≦100%，计8分；每超过一个百分点扣0.5分，扣完为止。"
    reading = read(clause, Fraction(8))
    quoted = {part.name: clause[part.start : part.end] for part in reading.spans}
    assert quoted["step"] == "一个百分点"
    assert quoted["deduct"] == "扣0.5分"
    assert quoted["floor"] == "扣完为止"
    assert quoted["standard"] == "以100%为标准"
    assert [clause[one.start : one.end] for one in reading.open] == ["一个百分点"]


def test_lists() -> None:
    checklist = read("①…管理制度，1分；②合法、合规、完整，1分；③得到有效执行，1分。", Fraction(3)).method
    assert isinstance(checklist, Checklist)
    assert [item.item for item in checklist.items] == ["…管理制度", "合法、合规、完整", "得到有效执行"]
    outcomes = read("良好10一般8差0", Fraction(10)).method
    assert isinstance(outcomes, Outcomes)
    assert [(one.outcome, one.points) for one in outcomes.outcomes] == [("良好", 10), ("一般", 8), ("差", 0)]
    faults = read("虚列套取扣4–7分，依据不合规扣2分", Fraction(7)).method
    assert isinstance(faults, Deductions)
    assert [(one.fault, one.least, one.most) for one in faults.faults] == [("虚列套取", 4, 7), ("依据不合规", 2, 2)]
    tiers = read("100-80%（含80%）、80-50%（含50%）、50-0%", Fraction(10)).method
    assert isinstance(tiers, Judgement)
    assert [(str(one.from_), str(one.to)) for one in tiers.tiers] == [("80%", "100%"), ("50%", "80%"), ("0%", "50%")]


@pytest.mark.parametrize(
    ("clause", "holds", "otherwise", "open"),
    [
        ("结转结余率≤9%或变动率≤−30%，二者择其一", "结转结余率 <= 9% or 变动率 <= -30%", "0", ("otherwise",)),
        ("结转结余率≤9%或变动率≤−30%得8分，否则不得分", "结转结余率 <= 9% or 变动率 <= -30%", "0", ()),
        (
            "若结转结余率不超过9%得8分；变动率≤−30%得8分；二者满足其一即可；否则得2分",
            "结转结余率 <= 9% or 变动率 <= -30%",
            "2",
            (),
        ),
        ("执行率≥90%，且满意度大于85%的，得满分；其余不得分", "执行率 >= 90% and 满意度 > 85%", "0", ()),
        ("A≤9%或B＜12%或C=3%得满分，三者择其一，否则不得分", "A <= 9% or B < 12% or C = 3%", "0", ()),
        (
            "执行率在90%（含）-95%（不含）或满意度≥85%得8分，否则得1分",
            "执行率 >= 90% and 执行率 < 95% or 满意度 >= 85%",
            "1",
            (),
        ),
    ],
)
def test_measures_joined(clause: str, holds: str, otherwise: str, open: tuple[str, ...]) -> None:
    reading = read(clause, Fraction(8))
    method = reading.method
    assert isinstance(method, Holds)
    assert (method.holds, method.otherwise) == (holds, Fraction(otherwise))
    assert tuple(one.name for one in reading.open) == open
    if "-" not in clause:
        assert read(write(method, Fraction(8)), Fraction(8)).method == method


def test_otherwise_is_named() -> None:
    method = read("结转结余率≤9%或变动率≤−30%，二者择其一", Fraction(8), {"otherwise": "1.5"}).method
    assert isinstance(method, Holds) and method.otherwise == Fraction("1.5")
    with pytest.raises(ClauseUnreadable):
        read("结转结余率≤9%或变动率≤−30%，二者择其一", Fraction(8), {"otherwise": "9"})


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("得分=达到的数量指标个数÷全部数量指标个数×分值", "数量指标"),
        ("单个指标未达到预期不得分；得分=达标质量指标数/质量指标总数×分值", "质量指标"),
        ("单个时效指标未达到预期不得分；得分=达标的个数/全部个数×分值", "时效指标"),
        ("得分=达标指标个数÷全部指标个数×分值", ""),
        ("得分=达到目标的绩效指标个数÷全部绩效指标个数×分值", ""),
    ],
)
def test_kind_of_row(clause: str, kind: str) -> None:
    method = read(clause, Fraction(10)).method
    assert isinstance(method, Share) and method.kind == kind


@pytest.mark.parametrize(
    ("clause", "edges"),
    [
        ("100-80%（含）、80-60%（含）、60-0%", "lower-closed"),
        ("100-80%（含80%）、80-60%（含60%）、60-0%", "lower-closed"),
        ("100-80%、80%（含）-60%、60%（含）-0%", "upper-closed"),
    ],
)
def test_the_end_that_two_tiers_share_belongs_to_the_one_that_marks_it(clause: str, edges: str) -> None:
    reading = read(clause, Fraction(10))
    assert isinstance(reading.method, Judgement)
    assert (reading.method.edges, reading.open) == (edges, ())


@pytest.mark.parametrize("clause", ["100-80%、80-60%、60-0%", "100-80%（含）、80-60%、60-0%"])
def test_an_end_that_no_tier_marks_is_open(clause: str) -> None:
    assert [one.name for one in read(clause, Fraction(10)).open] == ["edges"]
    settled = read(clause, Fraction(10), {"edges": "upper-closed"}).method
    assert isinstance(settled, Judgement) and settled.edges == "upper-closed"


def test_percentage_points_and_per_cent() -> None:
    """个百分点 is points for sure; 5% of a standard other than 100% could be a share of it."""
    points = read("以90%为标准，每低于5个百分点扣1分", Fraction(10))
    assert [one.name for one in points.open] == ["partial-step"]
    share = read("以90%为标准，每低于5%扣1分", Fraction(10))
    assert [one.name for one in share.open] == ["base", "partial-step"]
    relative = read("以90%为标准，每低于5%扣1分", Fraction(10), {"base": "relative", "partial-step": "whole"})
    for value, expected in (("85.51", 10), ("85.5", 9), ("81", 8)):  # a step is 4.5 points
        earned = points_at(relative, Fraction(10), Fraction(value) / 100)
        assert Fraction(earned.low.n, earned.low.d) == expected


@pytest.mark.parametrize(
    ("clause", "tiers", "open"),
    [
        (
            "优秀得8-10分，良好得6-8分，一般得4-6分，差得0-4分",
            {"优秀": ("80%", "100%"), "良好": ("60%", "80%"), "一般": ("40%", "60%"), "差": ("0%", "40%")},
            ("edges",),
        ),
        ("优秀9-10分，良好7-8分，差0-6分", {"优秀": ("90%", "100%"), "良好": ("70%", "80%"), "差": ("0%", "60%")}, ()),
        (
            "达到预期目标得10分；部分达到得5-8分；未达到得0分",
            {"达到预期目标": ("100%", "100%"), "部分达到": ("50%", "80%"), "未达到": ("0%", "0%")},
            (),
        ),
    ],
)
def test_grades_with_ranges(clause: str, tiers: dict[str, tuple[str, str]], open: tuple[str, ...]) -> None:
    reading = read(clause, Fraction(10))
    assert isinstance(reading.method, Judgement)
    assert {one.tier: (str(one.from_), str(one.to)) for one in reading.method.tiers} == tiers
    assert tuple(one.name for one in reading.open) == open
    assert read(write(reading.method, Fraction(10)), Fraction(10)).method == reading.method


@pytest.mark.parametrize(
    ("clause", "fault", "without"),
    [
        (
            "执行率100%得满分，每低1%扣1分，出现截留、挪用的不得分",
            "出现截留、挪用的不得分",
            "执行率100%得满分，每低1%扣1分",
        ),
        (
            "无安全事故得10分，发生一起一般事故扣5分，发生较大及以上事故不得分",
            "发生较大及以上事故不得分",
            "无安全事故得10分，发生一起一般事故扣5分",
        ),
        ("执行率≥90%得10分，否则得5分；存在虚列支出不得分", "存在虚列支出不得分", "执行率≥90%得10分，否则得5分"),
    ],
)
def test_fault_that_leaves_nothing(clause: str, fault: str, without: str) -> None:
    """It stands beside the rule: the points are those of the rule without it."""
    reading = read(clause, Fraction(10))
    assert [(one.text, one.effect) for one in reading.applies] == [(fault, "zero")]
    assert reading.method == read(without, Fraction(10)).method
