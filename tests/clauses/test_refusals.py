"""Is a clause that can't be read refused at the very words at fault, and never guessed?"""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path
from string import Formatter

import pytest

from engine import clauses
from engine.clauses.reader import LONGEST, read
from engine.clauses.reading import ClauseUnreadable
from engine.wording.problems import PROBLEMS

REFUSED = [
    ("8分；≦100%满分；每超过1%扣0.5分", "5", "points-above-full", "8分"),
    ("逾期完成的按比例扣分", "5", "clause-unreadable", "按比例扣分"),
    ("满足5项得10分，每出现1项不符扣2分", 10, "contradictory", "每出现1项不符扣2分"),
    ("逾期5日后扣1分", 10, "clause-unreadable", "后"),
    ("按期得10分，逾期10天未报扣5分", 10, "clause-unreadable", "未报"),
    ("逾期5日内扣1分，超过5日扣2分", 10, "points-below-full", "逾期5日内扣1分"),
    ("完成率得分=10×完成率，满意度≥90%得10分", 10, "several-measures", "满意度"),
    ("满意度≥90%得满分；得分=完成率×分值", 10, "several-measures", "得分=完成率×分值"),
    ("发现1处得5分", 10, "clause-unreadable", "发现"),
    ("有1项得5分", 10, "clause-unreadable", "有"),
    ("反向指标：得分=完成率×10", 10, "clause-unreadable", "得分="),
    ("正向指标得分=完成率×10", 10, "clause-unreadable", "指标得分="),
    ("数量得分=数量完成率×5，质量得分=质量达标率×5", 10, "not-combined", "质量得分=质量达标率×5"),
    ("①制定1 ②有效执行1", 3, "points-below-full", "①制定1 ②有效执行1"),
    ("-扣2分", "8", "clause-unfinished", "-扣2分"),
    # gaps and overlaps
    ("≥90%得10分；80%-85%得8分；<80%不得分", 10, "bands-gap", "≥90%得10分"),
    ("≥90%得10分；80%-95%得8分；<80%不得分", 10, "bands-overlap", "≥90%得10分"),
    ("0-10%（含）得10分；10%（含）-20%得5分；20%以上不得分", 10, "bands-overlap", "10%（含）-20%得5分"),
    ("0-10%（不含）得10分；10%（不含）-20%得5分；20%以上不得分", 10, "bands-gap", "10%（不含）-20%得5分"),
    ("90-100分得10分；80-89分得8分；80分以下不得分", 10, "bands-gap", "90-100分得10分"),
    ("执行率≥90%得10分", 10, "bands-gap", "执行率≥90%得10分"),
    ("达到100%得10分，达到95%得8分", 10, "bands-gap", "达到95%得8分"),
    ("满意度达到80%得6分，每提高1个百分点加0.2分", 10, "bands-gap", "满意度达到80%得6分"),
    # points
    ("≤100%计9分；每超过1%扣1分", 8, "points-above-full", "计9分"),
    ("≥90%得8分；<90%不得分", 10, "points-below-full", "≥90%得8分"),
    ("得分=执行率×12", 10, "points-above-full", "得分=执行率×12"),
    ("①制度健全3分；②执行有效3分", 10, "points-below-full", "①制度健全3分；②执行有效3分"),
    ("①制度健全；②执行有效", 10, "points-unsaid", "①制度健全"),
    # contradictions
    ("≥95%得满分，每超过1%扣1分", 10, "contradictory", "每超过1%扣1分"),
    ("以100%为标准。≦90%计满分，每超过1个百分点扣1分", 10, "standards-differ", "≦90%计满分"),
    ("100%得满分，每低1%扣0.5分，每低2%扣1.5分", 10, "several-steps", "每低2%扣1.5分"),
    ("≥90%得10分，每低1%扣1分，低于95%不得分", 10, "contradictory", "低于95%不得分"),
    ("超5个工作日扣0.5分，10个扣2分，以此类推", 10, "contradictory", "，10个扣2分，以此类推"),
    ("①甲，1分；②乙，1分；每少一项扣2分", 2, "contradictory", "每少一项扣2分"),
    ("①甲，1分；②乙，1分；每少两项扣1分", 2, "contradictory", "每少两项扣1分"),
    ("①甲，1分；②乙，1分；每低于5%扣1分", 2, "contradictory", "每低于5%扣1分"),
    ("预算完成率≥95%得10分；支出进度<80%不得分", 10, "several-measures", "支出进度"),
    (
        "得分=达标的数量指标个数÷全部质量指标个数×分值",
        10,
        "several-measures",
        "得分=达标的数量指标个数÷全部质量指标个数×分值",
    ),
    (
        "单个质量指标未达到预期不得分；得分=达标的数量指标个数÷全部数量指标个数×分值",
        10,
        "several-measures",
        "单个质量指标未达到预期",
    ),
    # as a policy officer might paste them
    ("及时公开得5分；未及时公开扣2分；未公开不得分", 5, "not-combined", "未及时公开扣2分"),
    ("工程验收合格率100%，得10分；每有1个项目不合格，扣2分，扣完为止", 10, "units-differ", "1个"),
    ("偏差率在±5%以内得10分，超出±5%的每增加1%扣1分", 10, "not-combined", "超出±5%的每增加1%扣1分"),
    ("偏差率±5%以内得10分，5%-10%得5分，10%以上不得分", 10, "not-combined", "5%-10%得5分"),
    ("完成率在±5%以内得10分，超出±5%不得分", 10, "clause-leaves-open", "完成率在±5%以内得10分"),
    ("±10%-±5%得10分，否则不得分", 10, "contradictory", "±10%-±5%"),
    ("不超过±5%（不含）得10分，否则不得分", 10, "contradictory", "不超过±5%（不含）"),
    ("执行率≥90%得满分，超过的不得分", 10, "not-combined", "超过的不得分"),
    ("未下降10%以上得10分，否则不得分", 10, "clause-word-unread", "未"),
    ("未下降得10分，否则不得分", 10, "clause-word-unread", "未"),
    ("下降10%得10分，否则不得分", 10, "clause-unreadable", "10%"),
    ("增长10%以内得10分，增长超过10%不得分，下降得5分", 10, "bands-gap", "增长10%以内得10分"),
    ("得分=（1-10×a/b）×分值，满意度>10%得0分", 10, "several-measures", "满意度"),
    (
        "得分=（1-10×调剂金额/预算数）×分值，其中：若预算数/调剂金额>0.1，此项得0分",
        10,
        "several-measures",
        "若预算数/调剂金额",
    ),
    ("优秀得8-10分，良好得7-9分，差得0-6分", 10, "bands-overlap", "良好得7-9分"),
    ("优秀得6-8分，差得0-5分", 10, "points-below-full", "优秀得6-8分，差得0-5分"),
    ("优秀得8-12分，差得0-7分", 10, "points-above-full", "得8-12分"),
    ("符合其中两项得10分，符合其中一项得5分", 10, "bands-gap", "符合其中一项得5分"),
    ("达到目标得10分，>0.1得0分", 10, "units-differ", ">0.1"),
    ("超过10%≤5%得10分，否则不得分", 10, "band-upside-down", "≤5%"),
    ("成本在预算内得满分，—不得分", 10, "clause-unfinished", "—不得分"),
    ("得分=完成率×分值，增长超过10%不得分", 10, "not-combined", "增长超过10%不得分"),
    ("得分=完成率×分值，较上年增长的不得分", 10, "not-combined", "较上年增长的不得分"),
    ("得分=完成率×分值，超过5次不得分", 10, "units-differ", "得分=完成率×分值"),
    ("偏差率在±0%以内得满分，超过的不得分", 10, "contradictory", "±0%以内"),
    ("目标1；目标2", 3, "clause-without-rule", "目标1；目标2"),
    ("①第1 ②第2", 3, "items-alike", "②第2"),
    ("①制度健全，1分；②制度健全，2分", 3, "items-alike", "②制度健全，2分"),
    ("绩效目标未设定的不得分，设定不完整的扣5分", 10, "not-combined", "设定不完整的扣5分"),
    ("发现一起截留、挪用资金情况不得分", 10, "clause-unreadable", "不得分"),
    ("完成率100%以上得分数的100%", 100, "clause-without-rule", "完成率100%以上得分数的100%"),
    ("得10分", 10, "clause-unfinished", "分"),
    ("≥90%得10分；≥80%得12分；<80%得0分", 10, "points-above-full", "得12分"),
    ("≥90%得10分；≥85%不得分；≥80%得5分；<80%得0分", 10, "bands-overlap", "≥85%不得分"),
    ("高于90%得10分；低于90%得0分", 10, "bands-gap", "高于90%得10分"),
    ("≤90%得10分；≥90%得0分", 10, "bands-overlap", "≥90%得0分"),
    ("每超过1%扣1分，每超过1%加1分", 10, "several-steps", "每超过1%加1分"),
    ("100%得10分，每高于1%扣1分，每低于1%扣0.5分", 10, "several-steps", "每低于1%扣0.5分"),
    ("90%得10分，每低于1%扣1分，低于95%不得分", 10, "contradictory", "低于95%不得分"),
    ("100%得满分，95%-99%得8分，90%-94%得6分，90%以下不得分", 10, "bands-gap", "95%-99%得8分"),
    ("0-5个得10分，6-10个得5分，10个以上不得分", 10, "bands-gap", "6-10个得5分"),
    ("超过目标值的，每超过5%加1分，最高加2分", 10, "points-below-full", "最高加2分"),
    ("完成时间2023年12月31日前得10分，每推迟1个月扣2分", 10, "clause-unreadable", "12"),
    ("≥9O%得10分，＜9O%不得分", 10, "clause-unreadable", "得10分"),
    ("≥90%得10分，<0.9不得分", 10, "units-differ", "<0.9"),
    ("80%以上得10分，80%以下得5分，60%以下得0分", 10, "bands-overlap", "80%以下得5分"),
    ("每降低1%扣1分，最多扣5分，扣完为止", 10, "contradictory", "扣完为止"),
    ("得分=执行率/95%×分值，执行率≥90%得满分", 10, "standards-differ", "得分=执行率/95%×分值"),
    (
        "每发生一起重大事故扣5分，一般事故扣2分，扣完为止",
        10,
        "clause-unreadable",
        "每发生一起重大事故扣5分，一般事故扣2分",
    ),
    ("支出率≥序时进度得满分，每低1个百分点扣0.5分", 10, "clause-unreadable", "≥"),
    ("节约率10%以上得10分；5%—10%得8分；0%—5%得6分；超支不得分", 10, "not-combined", "超支不得分"),
    ("达到目标值的90人得10分，否则不得分", 10, "unit-of-target", "90人"),
    ("90%得10分，每低于1%扣1分，扣完10分为止，最低得2分", 10, "contradictory", "最低得2分"),
    ("完成目标的100%得10分，完成目标的90%得12分", 10, "points-above-full", "得12分"),
    # no bounds
    ("100%得满分，每低1%适当扣分", 10, "clause-doubtful", "适当"),
    ("100%得满分，每低1%扣0.5分，情节严重的加倍扣分", 10, "clause-doubtful", "情节严重"),
    ("100%得满分，每低1%扣0.5分，经批准的除外", 10, "clause-doubtful", "经批准"),
    ("基本达标得8分左右", 10, "clause-doubtful", "左右"),
    ("视情况，≥90%得10分，否则不得分", 10, "clause-doubtful", "视情况"),
    ("每低于1%酌情扣分", 10, "clause-unreadable", "酌情扣分"),
    # more than one condition
    ("执行率≥90%且支出合规得10分，否则不得分", 10, "clause-unreadable", "得10分"),
    ("支出合规，执行率≥90%得10分，否则不得分", 10, "clause-unreadable", "≥"),
    ("执行率≥90%且执行率≥85%得10分，否则不得分", 10, "several-conditions", "执行率≥90%且执行率≥85%得10分"),
    ("执行率≥90%且满意度≥85%得10分；执行率<60%不得分", 10, "not-combined", "执行率<60%不得分"),
    ("执行率≥90%或满意度≥85%扣2分", 10, "points-below-full", "扣2分"),
    ("超过10%或满意度低于5%不得分，否则得10分", 10, "points-below-full", "不得分"),
    ("执行率≥90%或执行率≤5%，二者择其一", 10, "several-conditions", "执行率≥90%或执行率≤5%，二者择其一"),
    ("执行率≥90%且满意度≥85%或办结率≥80%得10分，否则不得分", 10, "clause-unreadable", "或"),
    ("执行率≥90%且满意度≥85%得10分，二者择其一，否则不得分", 10, "contradictory", "二者择其一"),
    ("执行率≥90%且满意度≥85%得8分，否则不得分", 10, "points-below-full", "得8分"),
    (
        "执行率≥90%且满意度≥85%得10分；办结率≥80%且及时率≥75%得8分，否则不得分",
        10,
        "not-combined",
        "办结率≥80%且及时率≥75%得8分",
    ),
    # unfinished
    ("100%得满分，每低于1%扣", 10, "clause-unfinished", "扣"),
    ("按规定执行", 10, "clause-without-rule", "按规定执行"),
    ("公式：A/B×100%", 10, "clause-without-rule", "公式：A/B×100%"),
    ("好得10分", 10, "clause-unfinished", "好得10分"),
    # more than one rule, or less than one
    ("100%计满分，每低于5%扣0分", 10, "points-not-positive", "扣0分"),
    ("100%计满分，甲或乙低于5%扣2分", 10, "several-conditions", "甲或乙"),
    ("每5%扣2分", 10, "side-unsaid", "每5%扣2分"),
    ("按完成比例计分，每出现一例扣1分", 10, "not-combined", "每出现一例扣1分"),
    ("达标的指标个数÷全部指标个数×分值，超过预期30不计分", 10, "unit-of-target", "30"),
]


@pytest.mark.parametrize(("clause", "full", "code", "quoted"), REFUSED, ids=[one[0][:14] for one in REFUSED])
def test_refused(clause: str, full: int, code: str, quoted: str) -> None:
    with pytest.raises(ClauseUnreadable) as caught:
        read(clause, Fraction(full))
    error = caught.value
    assert (error.code, clause[error.start : error.end]) == (code, quoted)
    for sentence in PROBLEMS[code]:
        assert sentence.format(**error.facts)


@pytest.mark.parametrize("clause", ["", "。", "，，，", " ", "\n"])
def test_nothing_to_read(clause: str) -> None:
    with pytest.raises(ClauseUnreadable):
        read(clause, Fraction(10))


def test_too_long() -> None:
    with pytest.raises(ClauseUnreadable) as caught:
        read("扣" * (LONGEST + 1), Fraction(10))
    assert caught.value.code == "too-long"


def test_choice_out_of_range() -> None:
    with pytest.raises(ClauseUnreadable) as caught:
        read("100%计满分，每低于5%扣2分", Fraction(8), {"partial-step": "half"})
    assert caught.value.code == "choice-unknown"


@pytest.mark.parametrize(
    "clause", ["酌情扣分", "视情况扣分", "≥90%得10分，否则酌情扣分", "要素完整5分、细化量化5分，否则酌情扣分"]
)
def test_discretion_is_a_judgement(clause: str) -> None:
    assert read(clause, Fraction(10)).method.method == "judgement"


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("控制率≤100%≤110%得5分", "contradictory"),
        ("完成率≥٥%得5分", "clause-unreadable"),
        ("完成率≥８８%得5分，否则不得分，第٣条", "clause-unreadable"),
        ("80%（含0.0000001%）以上得5分，否则不得分", "not-exact"),
        ("80%-90%（含0.0000001%）得5分，否则不得分", "not-exact"),
        ("80%（含81%）以上得5分，否则不得分", "contradictory"),
    ],
)
def test_said_with_its_facts(clause: str, code: str) -> None:
    with pytest.raises(ClauseUnreadable) as caught:
        read(clause, Fraction(5))
    assert caught.value.code == code
    for sentence in PROBLEMS[code]:
        assert sentence.format(**caught.value.facts)


def _refusals() -> dict[tuple[str, str, int], set[str]]:
    """Every place in the room that refuses: (code, file, line) and the facts it gives."""
    found: dict[tuple[str, str, int], set[str]] = {}
    for path in sorted(Path(clauses.__file__).parent.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assigned = [one for one in ast.walk(tree) if isinstance(one, ast.Assign)]
        named = {one.targets[0].id: one.value for one in assigned if isinstance(one.targets[0], ast.Name)}
        for call in ast.walk(tree):
            name = getattr(call.func, "id", getattr(call.func, "attr", "")) if isinstance(call, ast.Call) else ""
            if not isinstance(call, ast.Call) or name not in ("refuse", "unreadable", "ClauseUnreadable"):
                continue
            codes = [one.value for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant)]
            facts = {word.arg for word in call.keywords if word.arg}
            spread = [word.value for word in call.keywords if word.arg is None]
            for part in [*call.args[1:], *spread, *(named[one.id] for one in spread if isinstance(one, ast.Name))]:
                for held in (one for one in ast.walk(part) if isinstance(one, ast.Dict)):
                    facts |= {str(key.value) for key in held.keys if isinstance(key, ast.Constant)}
            for code in codes:
                found[str(code), path.name, call.lineno] = facts
    return found


def test_every_refusal_gives_its_sentence_what_it_needs() -> None:
    """The words at fault are always given (`reader`); whatever else the sentence says, the place that refuses gives."""
    refusals = {key: facts for key, facts in _refusals().items() if key[0] in PROBLEMS}
    assert len({code for code, _, _ in refusals}) > 20
    for (code, file, line), facts in refusals.items():
        for sentence in PROBLEMS[code]:
            needed = {name for _, name, _, _ in Formatter().parse(sentence) if name}
            assert needed <= facts | {"found"}, (code, file, line)
