"""What happens to a clause edited at random? It reads and comes back the same, or is refused; it never crashes."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.clauses.points import points_at, table
from engine.clauses.reader import read, write
from engine.clauses.reading import ClauseUnreadable, Reading
from engine.methods.method import Unwritable

from .official import OFFICIAL

PIECES = [
    *"，。；：、（）%％≥≤<>=≦-—～①②③0123456789.每扣得计分满无有或且的十百半两零",
    "超过", "低于", "以上", "以下", "（含）", "（不含）", "不得分", "满分", "个百分点", "扣完为止", "每低于5%扣2分",
    "没有项目的部门按满分计算", "否则", "酌情扣分", "分值", "×", "B/A", "公式：a/b×100%", "除外", "上年", "不超过上年",
    "±10%以内", "超过的不得分", "下降10%以上", "增长", "逾期1个月以内", "按期完成", "得8-10分", "其中", "≥计划",
    "达到目标值", "未完成", "按比例得分", "以100%为标准", "最多", "不足一步的不扣分", "-5%", "万元", "个工作日", "一例",
]  # fmt: skip
CLAUSES = [(one.clause, Fraction(one.full)) for one in OFFICIAL]


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, Fraction]:
    """An official clause with pieces put in, cut out, or taken from another clause."""
    clause, full = draw(st.sampled_from(CLAUSES))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(clause)))
        kind = draw(st.sampled_from("icj"))
        if kind == "i":
            clause = clause[:at] + draw(st.sampled_from(PIECES)) + clause[at:]
        elif kind == "c":
            clause = clause[:at] + clause[at + draw(st.integers(1, 6)) :]
        else:
            other = draw(st.sampled_from(CLAUSES))[0]
            clause = clause[:at] + other[draw(st.integers(0, len(other))) :]
    return clause, full


def _comes_back(reading: Reading, full: Fraction) -> None:
    try:
        clause = write(reading.method, full)
    except Unwritable:
        return
    try:
        again = read(clause, full)
    except ClauseUnreadable as error:
        raise AssertionError((reading.text, clause, error.code, error.facts)) from error
    assert again.method == reading.method, (reading.text, clause)


@settings(max_examples=1500, deadline=None)
@given(edited())
def test_edited_clause(one: tuple[str, Fraction]) -> None:
    clause, full = one
    try:
        reading = read(clause, full)
    except ClauseUnreadable as error:
        assert 0 <= error.start <= error.end <= len(clause)
        return
    _comes_back(reading, full)
    for _, earned in table(reading, full):
        assert earned.low.n >= 0 and earned.high.n <= full * earned.high.d


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("".join(PIECES)), max_size=40), st.integers(1, 20))
def test_noise(text: str, full: int) -> None:
    try:
        reading = read(text, Fraction(full))
    except ClauseUnreadable as error:
        assert 0 <= error.start <= error.end <= max(len(text), 1)
        return
    _comes_back(reading, Fraction(full))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([one for one in OFFICIAL if one.method == "steps" and one.scale != 1]),
    st.fractions(0, 2, max_denominator=10000),
    st.fractions(0, 2, max_denominator=10000),
)
def test_steps_only_fall(one: object, first: Fraction, second: Fraction) -> None:
    """Further from the standard never earns more."""
    from .official import Official

    assert isinstance(one, Official)
    full = Fraction(one.full)
    reading = read(one.clause, full, {**one.choose, "partial-step": "whole"})
    values = []
    for value in (first, second):
        end = points_at(reading, full, value).low
        values.append((abs(value - 1), Fraction(end.n, end.d)))
    near, far = sorted(values)
    if (first - 1) * (second - 1) > 0 and "变动率" not in one.clause and "≦0" not in one.clause:
        assert far[1] <= near[1]
