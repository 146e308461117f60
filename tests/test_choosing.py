"""Does a submission that names no rule set find the one that fits, and are people asked where several do?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from engine.filing.choosing import candidates
from engine.filing.submission import IndicatorRow, SpendingLine, Submission
from engine.methods import Indicators
from engine.rules.authority import Authority, Years
from engine.rules.policy import Policy, Rounding
from engine.rules.ruleset import Criterion, FigureSpec, MeasureSpec, RuleSet
from tests.console import jixiao

INDICATORS = Indicators(method="indicators", level="产出", split="exact", stated_points="prevail")


def rules(name: str, **changes: object) -> RuleSet:
    """A national edition that reads indicator rows and the fund table."""
    given = {
        "ruleset": name,
        "edition": "1",
        "title": name,
        "judges": ("department", "project"),
        "complete": False,
        "of": Fraction(100),
        "years": Years(from_=2020),
        "authority": (Authority(issuer="某局", document="某办法", verified=False),),
        "policy": Policy(rounding=Rounding(points=2, total=2, mode="half-up")),
        "measures": {"执行": MeasureSpec(unit="元", formula="spending[年度资金总额].actual")},
        "criteria": {"产出": Criterion(points=Fraction(50), scoring=INDICATORS)},
    }
    return RuleSet.model_construct(**{**RuleSet.model_validate(given).__dict__, **changes})


def filed(**changes: object) -> Submission:
    given = {
        "submission": "s",
        "department": "某局",
        "kind": "department",
        "place": "湖南省岳阳市",
        "year": 2022,
        "money": "万元",
        "indicators": (IndicatorRow(name="场次", level="产出指标"),),
        "spending": (SpendingLine(line="年度资金总额"),),
    }
    return Submission.model_validate({**given, **changes})


def names(submission: Submission, *rulesets: RuleSet) -> list[str]:
    return [one.ruleset.ruleset for one in candidates(submission, rulesets)]


NATIONAL = rules("national")
PROVINCE = rules("province", places=("湖南省",))
CITY = rules("city", places=("湖南省长沙市", "湖南省岳阳市"))
FIGURES = rules("figures", places=("湖南省",), measures={}, criteria={}, figures={"编制数": FigureSpec(unit="人")})


def test_the_smallest_place_fits_best() -> None:
    assert names(filed(), NATIONAL, PROVINCE, CITY) == ["city"]
    assert names(filed(place="湖南省永州市"), NATIONAL, PROVINCE, CITY) == ["province"]
    assert names(filed(place="四川省"), NATIONAL, PROVINCE, CITY) == ["national"]


def test_the_shape_of_the_form_goes_before_the_place() -> None:
    assert names(filed(), NATIONAL, FIGURES) == ["national"]
    assert names(filed(indicators=(), spending=(), figures={"编制数": "4"}), NATIONAL, FIGURES) == ["figures"]


def test_of_two_shapes_the_one_that_reads_more_fits() -> None:
    assert names(filed(figures={"编制数": "4"}), NATIONAL, FIGURES) == ["national"]  # 2 of 3 against 1 of 3


@pytest.mark.parametrize(("year", "found"), [(2019, []), (2020, ["old"]), (2021, ["old"]), (2022, [])])
def test_an_edition_judges_its_own_years(year: int, found: list[str]) -> None:
    assert names(filed(year=year), rules("old", years=Years(from_=2020, to=2021))) == found


def test_an_edition_without_years_is_never_chosen() -> None:
    assert names(filed(), rules("undated", years=None)) == []


def test_another_kind_is_never_chosen() -> None:
    assert names(filed(), rules("projects", judges=("project",))) == []


def test_what_reads_nothing_is_never_chosen() -> None:
    assert names(filed(indicators=(), spending=()), NATIONAL) == []


def test_equals_are_all_told() -> None:
    assert names(filed(), rules("one"), rules("two")) == ["one", "two"]


def test_a_block_of_every_level_reads_rows_of_any() -> None:
    every = INDICATORS.model_copy(update={"level": ""})
    whole = rules("whole", criteria={"绩效指标": Criterion(points=Fraction(90), scoring=every)})
    rows = (IndicatorRow(name="场次", level="产出指标"), IndicatorRow(name="成本", level="成本指标"))
    assert names(filed(indicators=rows), NATIONAL, whole) == ["whole"]


SUBMISSION = """\
submission: s
department: 某局
kind: {kind}
place: {place}
year: {year}
money: 万元
spending: [{{line: 年度资金总额, budget: "100", actual: "90", points: "10"}}]
indicators: [{{name: 场次, level: 产出, target: 4场, actual: 4场}}]
"""


def test_the_command_line_says_which_and_why(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(SUBMISSION.format(kind="project", place="贵州省", year=2022), "utf-8")
    done = jixiao("score", str(path))
    assert done.returncode == 0
    assert "national-self-evaluation" in done.stderr and "项目" in done.stderr and "2022" in done.stderr


def test_the_command_line_refuses_where_nothing_fits(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(SUBMISSION.format(kind="project", place="贵州省", year=1999), "utf-8")
    done = jixiao("score", str(path))
    assert done.returncode == 2 and "no-ruleset-fits" in done.stderr
