"""Do lines break as Chinese does? Words stay whole, no mark heads a line, nothing is lost or too wide."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cli.breaking import ends
from cli.screen import as_text
from engine.reports.sheet import Cell, Column, Line, Sheet, Table


def broken(text: str, width: int) -> list[str]:
    places = [0, *ends(text, width), len(text)]
    return [text[start:end] for start, end in pairwise(places)]


def test_an_equation_breaks_at_its_blanks_and_chinese_anywhere_else() -> None:
    assert broken("304台 ÷ 200台 = 152%；达到目标，得满分10分；目标值由完成率反推", 38) == [
        "304台 ÷ 200台 = 152%；达到目标，",
        "得满分10分；目标值由完成率反推",
    ]
    assert broken("100% ÷ 100% = 100%", 12) == ["100% ÷ 100% ", "= 100%"]


def test_a_line_ends_at_a_blank_or_mark_where_one_is_near() -> None:
    assert broken("一二三四五六七八，九十一二", 24) == ["一二三四五六七八，", "九十一二"]
    assert broken("一二三，四五六七八九十一二", 24) == ["一二三，四五六七八九十一", "二"]
    assert broken("full[预算执行率] != 10 or full[预算执行率]", 32) == [
        "full[预算执行率] != 10 or ",
        "full[预算执行率]",
    ]


def test_no_mark_begins_a_line_and_no_bracket_ends_one() -> None:
    assert broken("一二三四（五六）", 8) == ["一二三四", "（五六）"]
    assert broken("一二三四（五六）", 10) == ["一二三四", "（五六）"]
    assert broken("一二三四，五六", 8) == ["一二三", "四，五六"]


def test_what_nowhere_may_be_broken_is_cut() -> None:
    assert broken("a" * 9, 4) == ["aaaa", "aaaa", "a"]


@given(st.text(st.sampled_from("一二，。（）9% ab÷e\u0301"), max_size=60), st.integers(4, 20))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = broken(text, width)
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip()) <= width for line in lines)
    assert all(line for line in lines[:-1])


def test_sheets_are_broken_so() -> None:
    long = "甲乙丙丁，" * 30
    sheet: Sheet = (
        Line(long),
        Line(long, margin="- "),
        Table((Column("名", least=4, most=10), Column("由", widest=True)), ((Cell("慰问对象（八）"), Cell(long)),)),
    )
    lines = as_text(sheet, plain=True).splitlines()
    assert all(cell_len(line) <= 120 for line in lines)
    assert not [line for line in lines if line.strip()[:1] in "，）" and line.strip()]
    assert "".join("".join(lines).split()).count(long[:5]) >= 80


def test_what_lies_below_another_row_lies_there_with_every_line() -> None:
    table = Table(
        (Column("名", least=4, most=10), Column("由", widest=True)), ((Cell("慰问对象八户九家", depth=1), Cell()),)
    )
    assert as_text((table,), plain=True).splitlines()[3:5] == ["   慰问对象", "   八户九家"]
