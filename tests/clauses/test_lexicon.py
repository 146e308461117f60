"""Is every word that turns, bounds, softens or exempts read where it stands, or refused? Mere names stay names."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lark.lexer import LexerThread

from engine.clauses import lexicon
from engine.clauses.points import meets, points_at
from engine.clauses.reader import _grammar, read, taken_for
from engine.clauses.reading import ClauseUnreadable, Reading
from engine.clauses.text import plain
from engine.values.amounts import read_amount

from .official import Official
from .test_official import READ

# -- read: points by hand on both sides of the edge ---------------------------------------------------------------

TURNED = [
    # the rule turned over: 5 points from the edge up
    ("预算执行率不得低于90%的得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("预算执行率不能低于90%的得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("培训人数不能少于500人得5分，否则不得分。", {"499人": 0, "500人": 5, "600人": 5}),
    ("预算执行率不应低于90%得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("预算执行率不应当低于90%得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("预算执行率不可低于90%得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("预算执行率不宜低于90%得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("预算执行率严禁低于90%得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("预算执行率禁止低于90%得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("预算执行率未低于90%得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("预算执行率没有低于90%得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("预算执行率应不低于90%得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    # … down
    ("控制率严禁超过100%得5分，否则不得分。", {"99%": 5, "100%": 5, "100.01%": 0}),
    ("控制率不得超过100%得5分，否则不得分。", {"99%": 5, "100%": 5, "100.01%": 0}),
    ("控制率不得高于100%得5分，否则不得分。", {"99%": 5, "100%": 5, "100.01%": 0}),
    ("控制率不许突破100%得5分，否则不得分。", {"99%": 5, "100%": 5, "100.01%": 0}),
    ("控制率不准大于100%得5分，否则不得分。", {"99%": 5, "100%": 5, "100.01%": 0}),
    ("控制率不应超出100%得5分，否则不得分。", {"99%": 5, "100%": 5, "100.01%": 0}),
    ("会议次数不允许多于3次得5分，否则不得分。", {"2次": 5, "3次": 5, "4次": 0}),
    ("控制率不得超过100%得5分，每超过1%扣1分，不足1%的不扣分。", {"100%": 5, "100.99%": 5, "101%": 4, "105%": 0}),
    ("执行率不得低于100%得5分，每低于1%扣1分，不足1%的不扣分。", {"100%": 5, "99.01%": 5, "99%": 4, "95%": 0}),
    ("成本严禁突破概算得5分，否则不得分。", {"99%": 5, "100%": 5, "100.01%": 0}),
    ("执行率不得低于目标值得5分，否则不得分。", {"99.99%": 0, "100%": 5, "101%": 5}),
    ("偏差率不得超过±10%得5分，否则不得分。", {"-10.01%": 0, "-10%": 5, "0%": 5, "10%": 5, "10.01%": 0}),
    # bounds
    ("培训人数至少500人得5分，否则不得分。", {"499人": 0, "500人": 5, "600人": 5}),
    ("培训人数最少500人得5分，否则不得分。", {"499人": 0, "500人": 5, "600人": 5}),
    ("培训人数不下500人得5分，否则不得分。", {"499人": 0, "500人": 5, "600人": 5}),
    ("培训人数不下于500人得5分，否则不得分。", {"499人": 0, "500人": 5, "600人": 5}),
    ("培训人数满500人得5分，否则不得分。", {"499人": 0, "500人": 5, "600人": 5}),
    ("培训人数起码500人得5分，否则不得分。", {"499人": 0, "500人": 5, "600人": 5}),
    ("培训人数至少达到500人得5分，否则不得分。", {"499人": 0, "500人": 5, "600人": 5}),
    ("培训人数达到至少500人得5分，否则不得分。", {"499人": 0, "500人": 5, "600人": 5}),
    ("培训人数突破500人得5分，否则不得分。", {"500人": 0, "501人": 5, "600人": 5}),
    ("会议次数至多3次得5分，否则不得分。", {"2次": 5, "3次": 5, "4次": 0}),
    ("会议次数最多3次得5分，否则不得分。", {"2次": 5, "3次": 5, "4次": 0}),
    ("会议次数顶多3次得5分，否则不得分。", {"2次": 5, "3次": 5, "4次": 0}),
    ("能耗下降至少10%得5分，否则不得分。", {"-10.01%": 5, "-10%": 5, "-9.99%": 0}),
    ("成本增长不得超过10%得5分，否则不得分。", {"10%": 5, "10.01%": 0}),
    ("满意度至少90%得5分，至少80%得3分，否则不得分。", {"79.99%": 0, "80%": 3, "89.99%": 3, "90%": 5}),
    # words that change nothing
    ("预算执行率必须达到90%得5分，否则不得分。", {"89.99%": 0, "90%": 5, "95%": 5}),
    ("预算执行率应当低于90%得5分，否则不得分。", {"89.99%": 5, "90%": 0, "95%": 0}),
    # exempt, and said
    ("除不可抗力外，每逾期1天扣1分，不足1天的不扣分。", {"0天": 5, "1天": 4, "5天": 0}),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "points"), TURNED, ids=[one[0][:14] for one in TURNED])
def test_points_on_both_sides(clause: str, points: dict[str, int]) -> None:
    reading = read(clause, Fraction(5))
    assert not reading.open
    for value, expected in points.items():
        earned = points_at(reading, Fraction(5), read_amount(value).value)
        assert (earned.low.n, earned.high.n) == (expected * earned.low.d, expected * earned.high.d), value


@pytest.mark.parametrize(
    ("clause", "side"),
    [
        ("除不可抗力外，每逾期1天扣1分", "除不可抗力外"),
        ("除政策性原因外，执行率≥90%得5分，否则不得分", "除政策性原因外"),
        ("每逾期1天扣1分，因不可抗力造成的除外", "因不可抗力造成的除外"),
        ("因疫情逾期的不扣分；每逾期1天扣1分", "因疫情逾期的不扣分"),
    ],
)
def test_what_does_not_count_is_said(clause: str, side: str) -> None:
    assert [(one.text, one.effect) for one in read(clause, Fraction(5)).applies] == [(side, "exempt")]


# -- refused at the word ------------------------------------------------------------------------------------------

REFUSED = [
    ("首次逾期不扣分，之后每逾期1次扣1分。", "首次"),
    ("每逾期1次扣1分。首次不扣分。", "首次"),
    ("第一次不扣分，每逾期1次扣1分", "第一次"),
    ("前3次不扣分，每逾期1次扣1分", "前3"),
    ("除首次外，每逾期1次扣1分", "除"),
    ("除3次外，每逾期1次扣1分", "除"),
    ("执行率不再低于90%得5分，否则不得分。", "不再"),
    ("执行率不得不低于90%得5分，否则不得分", "不得不"),
    ("培训人数约500人得5分，否则不得分", "约"),
    ("培训人数近500人得5分，否则不得分", "近"),
    ("培训人数接近500人得5分，否则不得分", "接近"),
    ("培训人数500人左右得5分，否则不得分", "左右"),
    ("培训人数500余人得5分，否则不得分", "余"),
    ("执行率基本达到90%得5分，否则不得分", "基本"),
    ("执行率最高90%得5分，否则不得分", "最高"),
    ("执行率最低90%得5分，否则不得分", "最低"),
    ("执行率仅90%得5分，否则不得分", "仅"),
    ("执行率连续90%得5分，否则不得分", "连续"),
    ("基本按期得5分，每逾期1天扣1分", "基本"),
    ("不得逾期，每逾期1天扣1分", "不得"),
    ("经整改后执行率≥90%得5分，否则不得分", "经"),
    ("次数超过至多3次得5分，否则不得分", "次数超过"),
]


@pytest.mark.parametrize(("clause", "word"), REFUSED, ids=[one[0][:14] for one in REFUSED])
def test_refused_at_the_word(clause: str, word: str) -> None:
    with pytest.raises(ClauseUnreadable) as caught:
        read(clause, Fraction(5))
    assert clause[caught.value.start : caught.value.end] == word


# -- mere names ---------------------------------------------------------------------------------------------------

MERE = [
    "服务对象满意度", "群众满意率", "不满意率", "能源节约率", "资金节约额占比", "首次通过率",
    "首次合格率", "首次成功率", "一次通过率", "近视率", "儿童近视率", "不合格率",
    "产品不合格率", "最低生活保障覆盖率", "最低工资标准落实率", "预约率", "预约诊疗率", "约谈完成率",
    "合约履行率", "履约率", "违约率", "条约执行率", "约束性指标完成率", "制约因素消除率",
    "足额到位率", "资金足额拨付率", "足球场地覆盖率", "充足率", "满足率", "需求满足率",
    "满负荷率", "满载率", "圆满完成率", "期满考核率", "近期目标完成率", "附近居民满意度",
    "近零排放率", "临近公路占比", "就近入学率", "连续运行率", "连续监测率", "连续供水率",
    "初次就业率", "基本支出执行率", "基本建设完成率", "基本公共服务覆盖率", "基本医疗参保率", "基本养老参保率",
    "基本农田保护率", "基本药物配备率", "上下游协同率", "左右岸治理率", "最高限价执行率", "不可移动文物保护率",
    "不可预见费占比", "防止返贫监测率", "已经完成率", "经济增长率", "经费执行率", "无障碍设施覆盖率",
    "战略完成率", "技术突破率", "突破性成果占比", "禁止开发区保护率", "可持续发展率", "充满率",
    "无害化处理率", "无公害产品认证率", "一次合格率", "一次性补助占比", "能耗消除率",
]  # fmt: skip


@pytest.mark.parametrize("name", MERE)
@pytest.mark.parametrize("wording", ["{}≥90%得10分，否则不得分", "{}≥90%得10分，80%（含）-90%得6分，80%以下不得分"])
def test_mere_names_are_names(name: str, wording: str) -> None:
    assert _said(read(wording.format(name), Fraction(10))) == _said(read(wording.format(""), Fraction(10)))


# -- a word anywhere ----------------------------------------------------------------------------------------------

JUDGED = ("judgement", "external")
"""Here the whole clause is the evaluator's to judge, whatever its words."""


def _said(reading: Reading) -> tuple[object, ...]:
    shown = (*reading.applies, *reading.notes)
    return reading.method, tuple(one.name for one in reading.open), tuple(one.text for one in shown)


def _is_read(clause: str, start: int, end: int) -> bool:
    """Does a phrase, not free text, hold the word?"""
    folded = plain(clause)
    lexer = _grammar().parser.lexer.lexer
    for token in LexerThread.from_text(lexer, folded.text).lex(None):  # type: ignore[arg-type]
        first, last = folded.span(token.start_pos or 0, token.end_pos or 0)
        if first < end and start < last and token.type == "TEXT":
            return False
    return True


def _makes_a_name(clause: str, start: int, end: int) -> bool:
    around = clause[max(start - 3, 0) : end + 3]
    return any(name in around and name not in clause[:start] + clause[end:] for name in lexicon.NAMES)


@settings(max_examples=2500, deadline=None)
@given(st.sampled_from(READ), st.sampled_from([*lexicon.WORDS, *lexicon.TURNS[1:], "第一次", "基本", "除"]), st.data())
def test_a_word_anywhere(one: Official, word: str, data: st.DataObject) -> None:
    """It has a role, or the clause is refused; it is never passed over."""
    at = data.draw(st.integers(0, len(one.clause)))
    clause = one.clause[:at] + word + one.clause[at:]
    assume(word not in ("未", "没有", "除") and not _makes_a_name(clause, at, at + len(word)))
    try:
        reading = read(clause, Fraction(one.full))
    except ClauseUnreadable:
        return
    if reading.method.method in JUDGED or _is_read(clause, at, at + len(word)):
        return
    assert _said(reading) != _said(read(one.clause, Fraction(one.full))), clause


def test_every_word_is_known_by_its_problem() -> None:
    assert {lexicon.problem(word) for word in lexicon.WORDS} == {"clause-doubtful", "clause-word-unread"}
    for word in lexicon.WORDS:
        assert lexicon.word_in(word), word
    for name in lexicon.NAMES:
        assert name in lexicon.WORDS or not lexicon.word_in(f"{name}率"), name


# -- numbers without a unit -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("middle", ["85-95%", "85%-95", "85%-95%", "85（含）-95%", "[85,95%)", "85≤满意度<95%"])
def test_a_sign_on_either_end_of_a_range_covers_both(middle: str) -> None:
    reading = read(f"满意度≥95%，得10分；{middle}，得6分；低于85%不得分。", Fraction(10))
    for value, points in (("84.99%", 0), ("85%", 6), ("94.99%", 6), ("95%", 10)):
        earned = points_at(reading, Fraction(10), read_amount(value).value)
        assert (earned.low.n, earned.high.n) == (points * earned.low.d, points * earned.high.d)


@pytest.mark.parametrize(
    ("clause", "value", "edge"),
    [
        ("满意度≥95，得10分；85（含）-95，得6分；低于85不得分。", "98%", "85"),
        ("满意度≥95%，得10分；85（含）-95%，得6分；低于85%不得分。", "98", "85%"),
        ("满意度≥95%，得10分；85（含）-95%，得6分；低于85%不得分。", "3天", "85%"),
        ("满意度≥95%，得10分；85（含）-95%，得6分；低于85%不得分。", "98%", None),
        ("满意度≥95，得10分；85（含）-95，得6分；低于85不得分。", "98", None),
        ("满意度≥95，得10分；85（含）-95，得6分；低于85不得分。", "0%", None),
    ],
)
def test_a_value_meets_thresholds_of_its_unit_alone(clause: str, value: str, edge: str | None) -> None:
    found = meets(read(clause, Fraction(10)), read_amount(value))
    assert (None if found is None else str(found)) == edge


# -- every word has a role ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", READ, ids=lambda one: one.clause[:12])
def test_every_character_has_a_role(one: Official) -> None:
    found = taken_for(read(one.clause, Fraction(one.full)))
    assert "".join(one.clause[word.start : word.end] for word in found) == one.clause
    assert all(word.start < word.end for word in found)


def test_roles_are_said() -> None:
    clause = "除不可抗力外，“三公经费”控制率不得超过100%的得8分；每超过1%扣1分。公式：决算/预算×100%。"
    found = [(one.role, clause[one.start : one.end]) for one in taken_for(read(clause, Fraction(8)))]
    assert found == [
        ("side-condition", "除不可抗力外"),
        ("mark", "，“"),
        ("name", "三公经费”控制率"),
        ("condition", "不得超过100%"),
        ("mark", "的"),
        ("points", "得8分"),
        ("mark", "；"),
        ("condition", "每超过1%"),
        ("points", "扣1分"),
        ("mark", "。"),
        ("note", "公式：决算/预算×100%"),
        ("mark", "。"),
    ]
