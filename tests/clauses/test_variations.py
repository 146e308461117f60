"""Do ordinary variations of a clause read as the clause itself? Signs, synonyms, numerals, names, order."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from engine.clauses.reader import read
from engine.methods import AnyMethod

NAMES = ["", "在职人员控制率", "公用经费控制率", "“三公经费”控制率", "部门整体支出控制率", "新建楼堂馆所面积控制率"]
AT_MOST = [
    "≦100%",
    "≤100％",
    "不超过100%的",
    "小于等于100%",
    "不高于100%，",
    "小于或等于１００%",
    "100%以下（含）",
    "不大于百分之百",
]
FULL = ["计8分", "得8分", "，得满分", "计满分", "，8分", "给8分"]
EACH = [
    "每超过一个百分点",
    "每超过1个百分点",
    "每超出1个百分点",
    "每高出1个百分点",
    "每增加１个百分点",
    "每超1个百分点，",
]
DEDUCT = ["扣0.5分", "扣零点五分", "扣减0.5分", "扣０.５分"]
FLOOR = ["，扣完为止", "，最低得0分", "，不得负分", "，扣至0分为止", "", "，扣完为止。", "，直至扣完"]


def _above() -> AnyMethod:
    return read("以100%为标准。≤100%计8分；每超过1个百分点扣0.5分", Fraction(8)).method


def test_steps_in_other_words() -> None:
    expected = _above()
    for name, at_most, full, stop in product(NAMES, AT_MOST, FULL, "；;。"):
        clause = f"{name}{at_most}{full}{stop}每超过一个百分点扣0.5分，扣完为止"
        assert read(clause, Fraction(8)).method == expected, clause
    for each, deduct, floor in product(EACH, DEDUCT, FLOOR):
        clause = f"控制率≤100%，计8分，{each}{deduct}{floor}"
        assert read(clause, Fraction(8)).method == expected, clause


def test_order_of_sentences() -> None:
    sentences = ["以100%为标准", "控制率≤100%计8分", "每超过1个百分点扣0.5分，扣完为止"]
    for first in range(3):
        turned = sentences[first:] + sentences[:first]
        assert read("；".join(turned), Fraction(8)).method == _above()
        assert read("。\n".join(reversed(turned)), Fraction(8)).method == _above()


BANDS = [
    "{n}≥95%得10分；{n}80%（含）-95%得6分；{n}低于80%不得分",
    "{n}95%（含）以上得10分，80%（含）至95%得6分，80%以下不得分",
    "{n}大于等于95%，计10分；大于等于80%小于95%，计6分；小于80%，计0分",
    "{n}不低于95%的得满分；80%≤{x}<95%的得6分；低于80%的不计分",
    "{n}达到95%得10分；[80%，95%）得6分；不足80%得零分",
    "{n}在95%及以上得10分；80%（含80%）～95%（不含）得6分；80%（不含）以下不得分",
    "{n}＜80％，0分；80％≤{x}＜95％，6分；≥95％，10分",
    "{n}≥95%得10分；≥80%得6分；<80%得0分",
    "{n}≥95%得10分；80%（含）-95%得6分；否则不得分",
    "{n}≥95%得满分；80%（含）-95%得60%的分值；其余不得分",
]


@pytest.mark.parametrize("wording", BANDS)
@pytest.mark.parametrize("name", ["预算执行率", "服务对象满意度", "重点工作办结率", "固定资产利用率"])
def test_bands_in_other_words(wording: str, name: str) -> None:
    expected = read("≥95%得10分；80%（含）-95%得6分；<80%得0分", Fraction(10)).method
    for x in ("x", name, "该指标"):
        assert read(wording.format(n=name, x=x), Fraction(10)).method == expected


@pytest.mark.parametrize(
    "clause",
    [
        "每出现一例不符合要求的扣1分，扣完为止",
        "每发生1例违规扣1分",
        "每发现一例问题的，扣一分，扣完为止",
        "无违规得5分，每出现1例扣1分",
        "出现一例扣1分，最低0分",
        "每例扣1分",
        "每有1例不合规扣减1分，扣完该项分值为止",
    ],
)
def test_occurrences(clause: str) -> None:
    expected = read("每出现1例扣1分", Fraction(5)).method
    assert read(clause, Fraction(5)).method == expected


@pytest.mark.parametrize(
    ("said", "partial"),
    [
        ("不足1%的不扣分", "whole"),
        ("不足一个百分点的按一个百分点计算", "started"),
        ("不足1个百分点按比例扣分", "pro-rata"),
        ("不满1%按1%计", "started"),
    ],
)
def test_partial_step_said(said: str, partial: str) -> None:
    reading = read(f"完成率100%得10分，每低于1%扣0.2分，{said}，扣完为止", Fraction(10))
    assert reading.method.model_dump()["partial_step"] == partial
    assert reading.open == ()


@pytest.mark.parametrize(
    "clause",
    [
        "得分=执行率×分值，最高不得超过分值上限",
        "得分＝预算执行率*10，满分为止",
        "按预算执行率计分，最高不超过10分",
        "分值×执行率，不得突破分值",
        "完成率达到100%得10分，未达到的按比例得分",
        "达到目标值得满分，未达到按完成比例计分",
        "完成率=100%，得满分；完成率<100%，得分=完成率×分值",
    ],
)
def test_in_proportion(clause: str) -> None:
    assert read(clause, Fraction(10)).method == read("执行率×分值，最高不超上限", Fraction(10)).method


@pytest.mark.parametrize(
    ("clause", "effect"),
    [
        ("没有三公经费的单位按满分计算", "full"),
        ("无专项资金的部门得满分", "full"),
        ("不涉及政府采购的单位不考核", "excluded"),
        ("没有任务的不扣分", "full"),
    ],
)
def test_not_applicable(clause: str, effect: str) -> None:
    for whole in (f"控制率≤100%得8分，每超过1%扣1分；{clause}。", f"{clause}。≤100%得8分，每超过1%扣1分"):
        reading = read(whole, Fraction(8))
        assert [(one.text, one.effect) for one in reading.applies] == [(clause, effect)]


def test_what_must_not_be_mistaken() -> None:
    """Words that look like others: 每少完成, 个 of 个百分点, behind a date, in a name."""
    below = read("完成率100%得10分，每少完成1个百分点扣0.5分", Fraction(10)).method.model_dump()
    assert (below["side"], str(below["step"])) == ("below", "1%")
    lag = read("按进度完成得满分；进度滞后的，每滞后10%，扣2分", Fraction(10)).method.model_dump()
    assert (lag["side"], str(lag["from_"])) == ("below", "100%")
    mean = read("≥95%得满分；执行率×分值", Fraction(10)).method.model_dump()
    assert str(mean["target"]) == "100%" and mean["cuts"][0]["points"] == "10"
