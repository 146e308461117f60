"""Does a real case raise each finding, and does one come through without it?

The lists below name what no published submission shows yet. They are compared both ways: a finding that loses its
last case fails here, and so does a line that is no longer true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

from engine.desk import evaluate
from engine.inference.durable_rules import DurableRules
from engine.planning.plan import Plan
from engine.quality.cases import Expected, ExpectedFile
from engine.reading.editions import load_plan
from engine.reading.library import case_folders, find_ruleset, load_submission, name_of, ruleset_files
from engine.reading.models import load

Finding = tuple[str, str]
"""The file that states a finding (a shared part or an edition), and its name."""

NO_CASE: dict[Finding, str] = {
    # what a form that adds up by itself prevents, or nobody published
    ("checks-arithmetic", "得分超过分值"): "no published row scores more than its points",
    ("checks-arithmetic", "资金行得分超过分值"): "no published fund row does; one left its score blank instead",
    ("checks-classification", "数量指标是金额"): "no row marked as a quantity has an amount of money as its target",
    ("checks-classification", "指标重复"): "no published table has two rows of one name",
    ("checks-completeness", "有完成值而无得分"): "scores that are missing are cut off in the copies, not blank",
    ("checks-cross-foot", "预算总额与分项不符"): "budgets agree with their parts; one outturn doesn't",
    ("checks-cross-foot", "产出分值与各行不符"): "headings agree with their rows; one disagrees with its own footnote",
    # what only the papers behind a form would show
    ("checks-evidence", "满意度没有调查"): "no source says that a survey is missing",
    ("checks-evidence", "没有佐证材料"): "no source says of a single row that its papers are missing",
    ("sichuan-review-pidu", "满意度没有调查"): "the review's list leaves the survey to be looked up",
    ("sichuan-review-pidu", "没有佐证材料"): "the review's list asks for papers, and names no row without them",
    # what needs a sentence or a date that the copies do not have
    ("checks-logic", "自称全部达到而本行未达到"): "the one report that claims all contradicts its own rates already",
    ("checks-logic", "自称全部达到而文中有未完成"): "the same",
    ("checks-logic", "自称预算准确而执行不足"): "no report that calls its budget accurate is among the cases",
    ("checks-logic", "完成时间不在本年度"): "every date of completion lies in its year",
    ("checks-logic", "承认问题而不扣分"): "reports that admit problems print no rows, or take a point off",
    ("checks-logic", "与上年文字相同"): "two years of one report are at hand, and their sentences differ",
    # what needs payments by month: no published form has them
    ("checks-pacing", "支出进度不均衡"): "no payments by month",
    ("monitoring-sichuan-2025", "一至四月执行预警"): "no payments by month",
    ("monitoring-sichuan-2025", "一至六月执行预警"): "no payments by month",
    ("monitoring-sichuan-2025", "一至八月执行预警"): "no payments by month",
    ("monitoring-sichuan-2025", "一至十月执行预警"): "no payments by month",
    ("monitoring-sichuan-2025", "逾期未处置"): "nobody publishes how an alert was dealt with; possible in one case",
    # of single editions, of which one or two submissions are known
    ("chongqing-department", "核心指标未得满分"): "both tables give every row full points",
    ("chongqing-department", "年中放宽指标值"): "the copies lost which of the two target columns was filled",
    ("department-framework-2013", "三公经费超预算"): "spent no more than budgeted where both are known",
    ("department-framework-2013", "完成数多于计划数"): "no submission files its works as numbers",
    ("hainan-department", "项目支出与分项不符"): "the one report's project spending adds up",
    ("hubei-project", "指标分值合计不是八十分"): "the one table's points add up to 80",
    ("hunan-department-c", "专项资金未逐个列明"): "the one table came without its data sheet",
    ("hunan-department-d", "上年决算为零"): "the one unit with a data sheet spent on both the year before",
    ("jiangxi-department", "结余率未小于百分之五"): "the one table answers in words",
    ("jiangxi-department", "分值与表样不一致"): "the one table keeps to the form",
    ("sichuan-department-2020", "预算调剂超过一成"): "the one table gives no amounts; possible there",
    ("sichuan-review-pidu", "数量指标设为定性"): "the quantities that the review names are numbers",
    ("sichuan-review-pidu", "时效未全部完成"): "no row of time is known to be unfinished; possible in one case",
    ("sichuan-review-pidu", "指标重复"): "the list names no pair of rows",
    ("sichuan-review-pidu", "数量指标是金额"): "the list names no such row",
    ("sichuan-review-pidu", "报告与底稿不一致"): "the stamped working paper was not seen",
    ("sichuan-review-pidu", "占比合计不是百分之百"): "the report's shares were not seen",
    ("sichuan-review-pidu", "问题与建议条数不等"): "the report's problems and suggestions were not seen",
    ("sichuan-review-pidu", "自评得分空白"): "the scores that were seen are filled in",
}

NEVER_CLEARED: dict[Finding, str] = {
    ("checks-pacing", "支出进度不均衡"): "can't be told in any case, for want of payments by month",
    ("hunan-base-data", "预算大幅追加"): "both units that file their budgets added more than 30%; the others file none",
    ("hunan-base-data", "追加而年末有结余"): "follows the one above",
    ("sichuan-project-form", "年中调整无说明"): "the one project with both budgets changed it; others lack one",
    ("monitoring-sichuan-2025", "没有分月支付数"): "no payments by month",
}
"""Shared findings from which no case that could have them is free."""


@cache
def planned(ruleset: str) -> Plan:
    return load_plan(find_ruleset(ruleset))


@cache
def held(ruleset: str) -> frozenset[Finding]:
    """The findings of an edition, each with the file that states it."""
    plan = planned(ruleset)
    return frozenset(
        (PurePosixPath(plan.says[name].source.partition(":")[0]).stem, name) for name in plan.ruleset.findings
    )


@cache
def accepted() -> tuple[Expected, ...]:
    """What is accepted of every case, under every edition it is looked at."""
    found: list[Expected] = []
    for folder in case_folders():
        path = folder / "expected.yaml"
        found += load(path, ExpectedFile, name_of(path))[0].accepted
    return tuple(found)


def spoken_of() -> Iterator[tuple[str, set[str]]]:
    """Of each case under each of its editions: what is found, surely or possibly, or can't be told for want of data."""
    executor = DurableRules()
    for folder in case_folders():
        path = folder / "expected.yaml"
        for one in load(path, ExpectedFile, name_of(path))[0].accepted:
            filing = load_submission(folder / "submission.yaml", folder / "review.yaml" if one.reviewed else None)
            answer = evaluate(planned(one.ruleset), filing.submission, filing.place, filing.digest, executor)
            untold = " ".join(lacks.name for lacks in answer.missing if not lacks.criterion)
            untellable = {name for _, name in held(one.ruleset) if f"“{name}”" in untold}
            yield one.ruleset, untellable | {finding.id for finding in answer.findings}


def every_finding() -> set[Finding]:
    return {finding for path in ruleset_files() for finding in held(path.stem)}


def test_a_real_case_raises_every_finding_but_those_listed() -> None:
    raised: set[Finding] = set()
    for one in accepted():
        sure = {finding.finding for finding in one.findings if finding.status == "sure"}
        raised |= {finding for finding in held(one.ruleset) if finding[1] in sure}
    assert every_finding() - raised == set(NO_CASE)


def test_a_real_case_is_free_of_every_shared_finding_but_those_listed() -> None:
    editions: dict[Finding, set[str]] = defaultdict(set)
    for path in ruleset_files():
        for finding in held(path.stem):
            editions[finding].add(path.stem)
    free: set[Finding] = set()
    for ruleset, told in spoken_of():
        free |= {finding for finding in held(ruleset) if finding[1] not in told}
    shared = {finding for finding in every_finding() if finding[0] not in editions[finding]}
    assert shared - free == set(NEVER_CLEARED)
