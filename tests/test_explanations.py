"""Does a sentence say the delay, its steps, and what is lacking where points stay open? Over examples of the shapes."""

from __future__ import annotations

import pytest

from engine.telling.evaluation import CriterionResult
from engine.values.workdays import calendar
from tests.shapes.test_shapes import SHAPES, judged
from tests.test_blocks import FILED, HEAD
from tests.test_judge import judged as small

FIRST, LAST = calendar().years


def result(shape: str, work: str, criterion: str) -> CriterionResult:
    """The criterion of the one example whose work begins so."""
    (example,) = (one for one in SHAPES[shape]["examples"] if one["work"].startswith(work))
    return next(one for one in judged(SHAPES[shape], example).criteria if one.id[-1] == criterion)


@pytest.mark.parametrize(
    ("shape", "work", "criterion", "because"),
    [
        (
            "27-deadline",
            "2023.10计划",
            "丙",
            "2023.12，晚于2023.10，逾期2个月，每1个月扣2分，计2个：10 − 2 × 2 = 6",
        ),
        ("27-deadline", "2023.10计划", "甲", "2023年10月31日，不晚于2023.10，得满分10分"),
        (
            "27-deadline",
            "9月28日起",
            "丙",
            "10月6日，晚于9月28日，逾期0个工作日，没有要扣的，得满分10分",
        ),
        ("27-deadline", "按比例", "乙", "2023年7月，目标6月30日，逾期1至31天，可得 6.9–9.9 分"),
        (
            "47-rule-in-the-submission",
            "按期得10每超出10天扣1",
            "丙",
            "2023年7月10日，晚于2023年6月30日，逾期10天，每10天扣1分，计1个：10 − 1 × 1 = 9",
        ),
    ],
)
def test_a_delay_is_said_with_its_steps(shape: str, work: str, criterion: str, because: str) -> None:
    assert result(shape, work, criterion).because == because


@pytest.mark.parametrize(
    ("shape", "work", "criterion", "because"),
    [
        ("16-yes-no", "否：25", "资金没有问题", "“not 资金有问题”成立，得10分"),
        ("16-yes-no", "恰为两例", "资金没有问题", "“not 资金有问题”不成立，得2分"),
        (
            "45-evaluator-set-with-bounds",
            "人工恰取",
            "自动可改",
            "102%，达到100%，得满分10分；甲由 10 分改定为 0 分：数据不实",
        ),
        ("17-checklist", "有一项", "管理制度健全性", "甲评定：查阅；“得到有效执行”待评价人评定，可得 1–2 分"),
    ],
)
def test_what_decided_is_said(shape: str, work: str, criterion: str, because: str) -> None:
    assert result(shape, work, criterion).because == because


@pytest.mark.parametrize(
    ("filed", "because"), [("否", "`not 被核减` holds: 100"), ("是", "`not 被核减` doesn't hold: 0")]
)
def test_a_condition_is_said_in_english_as_in_chinese(filed: str, because: str) -> None:
    rules = "figures: {被核减: {unit: yes-no}}\ncriteria:\n"
    rules += '  核减: {points: 100, scoring: {method: holds, holds: "not 被核减"}}\n'
    (found,) = small(f"{FILED}figures: {{被核减: {filed}}}\n", HEAD + rules, "en").criteria
    assert found.because == because


@pytest.mark.parametrize(
    ("shape", "work", "criterion", "cause"),
    [
        ("17-checklist", "没有答", "基础信息完整性", "“真实”、“完整”、“准确”待评价人评定"),
        ("17-checklist", "有一项", "管理制度健全性", "“得到有效执行”待评价人评定"),
        ("12-steps-of-an-absolute-unit", "没有报送日期", "超出工作日", "缺 报送日期"),
        ("12-steps-of-an-absolute-unit", "放假安排", "超出工作日", f"缺 2099年的放假安排（日历只有{FIRST}—{LAST}年）"),
        ("27-deadline", "放假安排", "甲", f"缺 2098年的放假安排（日历只有{FIRST}—{LAST}年）"),
    ],
)
def test_what_leaves_the_points_open_is_named(shape: str, work: str, criterion: str, cause: str) -> None:
    assert result(shape, work, criterion).cause == cause


def test_a_date_is_shown_as_a_date() -> None:
    (measure,) = result("12-steps-of-an-absolute-unit", "少1元", "超出工作日").measures
    assert measure.worked == "workdays(2023-09-28, 2023-10-11) = 5个工作日"
    assert [(one.name, one.value) for one in measure.figures] == [
        ("限报日期", "2023-09-28"),
        ("报送日期", "2023-10-11"),
    ]
