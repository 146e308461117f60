"""Does a sentence say the delay, its steps, and what is lacking where points stay open? Over examples of the shapes."""

from __future__ import annotations

import pytest

from engine.telling.evaluation import CriterionResult
from engine.values.workdays import calendar
from tests.shapes.test_shapes import SHAPES, judged

FIRST, LAST = calendar().years


def result(shape: str, work: str, criterion: str) -> CriterionResult:
    """The criterion of the one example whose work begins so."""
    (example,) = (one for one in SHAPES[shape]["examples"] if one["work"].startswith(work))
    return next(one for one in judged(SHAPES[shape], example).criteria if one.id.split("/")[-1] == criterion)


@pytest.mark.parametrize(
    ("shape", "work", "criterion", "because"),
    [
        (
            "27-deadline",
            "2023.10计划",
            "丙",
            "2023.12 晚于 2023.10，滞后 2个月，每 1个月 一步，计 2 步（只计整步）：10 − 2 × 2 = 6",
        ),
        ("27-deadline", "2023.10计划", "甲", "2023年10月31日 不晚于 2023.10，得满分 10"),
        (
            "27-deadline",
            "9月28日起",
            "丙",
            "10月6日 晚于 9月28日，滞后 0个工作日，每 5个工作日 一步，计 0 步（只计整步）：10 − 0 × 1 = 10",
        ),
        ("27-deadline", "按比例", "乙", "2023年7月 对 6月30日，滞后 1—31天，可得 6.9–9.9 分"),
        (
            "47-rule-in-the-submission",
            "按期得10每超出10天扣1",
            "丙",
            "2023年7月10日 晚于 2023年6月30日，滞后 10天，每 10天 一步，计 1 步（只计整步）：10 − 1 × 1 = 9",
        ),
    ],
)
def test_a_delay_is_said_with_its_steps(shape: str, work: str, criterion: str, because: str) -> None:
    assert result(shape, work, criterion).because == because


@pytest.mark.parametrize(
    ("shape", "work", "criterion", "cause"),
    [
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
