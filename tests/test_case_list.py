"""Does the list of past cases say of each what people decided, what the rules say and which findings are sure?"""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.quality.cases import Case, Expected, ExpectedFinding, ExpectedPoints, Published
from engine.quality.catalogue import cases
from engine.wording import Lang


def expected(ruleset: str, *findings: ExpectedFinding) -> Expected:
    score = ExpectedPoints(low=Fraction(0), high=Fraction(21, 2), work="未定")
    return Expected(ruleset=ruleset, score=score, of=Fraction(10), grades=("优", "良"), findings=findings)


CASE = Case(
    Published(
        case="2022-somewhere",
        title="自评表",
        place="某县",
        year=2022,
        source="https://a.cn/1（转载）",
        wrong=("少一行",),
    ),
    (
        expected(
            "one",
            ExpectedFinding(finding="得分空白", on="甲"),
            ExpectedFinding(finding="得分空白", on="乙"),
            ExpectedFinding(finding="进度不均", status="possible"),
        ),
        expected("other", ExpectedFinding(finding="合计不符"), ExpectedFinding(finding="得分空白")),
    ),
)


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            [
                "- 来源：<https://a.cn/1>（转载）",
                "- 公布：未见总分",
                "- 按规则：`one` 0 – 10.5 / 10 优 · 良",
                "- 按规则：`other` 0 – 10.5 / 10 优 · 良",
                "- 发现：得分空白 · 合计不符",
                "- 问题：少一行",
            ],
        ),
        (
            "en",
            [
                "- Source: <https://a.cn/1>（转载）",
                "- Published: no total seen",
                "- By the rule: `one` 0 – 10.5 / 10 优 · 良",
                "- By the rule: `other` 0 – 10.5 / 10 优 · 良",
                "- Raises: 得分空白 · 合计不符",
                "- Wrong: 少一行",
            ],
        ),
    ],
)
def test_a_section_for_a_case(lang: Lang, lines: list[str]) -> None:
    head = ["### [`2022-somewhere`](2022-somewhere/)", "", "自评表 — 某县 2022", ""]
    assert cases([CASE], lang).splitlines() == [*head, *lines]


def test_a_case_that_raises_nothing_surely_has_no_such_line() -> None:
    only = expected("one", ExpectedFinding(finding="进度不均", status="possible"))
    assert "发现：" not in cases([Case(CASE.published, (only,))], "zh")
