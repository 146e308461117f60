"""What filed cells say, as they were really filed: operator, number, unit; states; text that is never repaired."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.values.cells import CellKind, read_cell, share_or_percent, unified
from engine.values.units import unit_word


@pytest.mark.parametrize(
    ("raw", "operator", "number", "word"),
    [
        ("304台", "", "304", "台"),
        ("≧735人次", "≥", "735", "人次"),
        ("≥735人次", "≥", "735", "人次"),
        (">=735人次", "≥", "735", "人次"),
        ("═100%", "=", "100", "%"),
        ("＝100％", "=", "100", "%"),
        ("﹦100﹪", "=", "100", "%"),
        ("≤1‰", "≤", "1", "‰"),
        ("≦1‰", "≤", "1", "‰"),
        ("＜5天", "<", "5", "天"),
        ("﹥5天", ">", "5", "天"),
        ("0.2次/10万公顷", "", "0.2", "次/10万公顷"),
        ("≤0.2次/10万公顷", "≤", "0.2", "次/10万公顷"),
        ("１２．５％", "", "12.5", "%"),
        ("３０４台", "", "304", "台"),
        ("15%及其以下", "≤", "15", "%"),
        ("15%及以下", "≤", "15", "%"),
        ("15%以下", "≤", "15", "%"),
        ("90%以上", "≥", "90", "%"),
        ("90%及以上", "≥", "90", "%"),
        ("90%(含)以上", "≥", "90", "%"),
        ("90%（含）以上", "≥", "90", "%"),
        ("3天以内", "≤", "3", "天"),
        ("不低于95%", "≥", "95", "%"),
        ("不超过 3 天", "≤", "3", "天"),
        ("控制在5%以内", "≤", "5", "%"),
        ("大于10家", ">", "10", "家"),
        ("至少2次", "≥", "2", "次"),
        ("7,200.18", "", "7200.18", ""),
        ("7，200.18万元", "", "7200.18", "万元"),
        ("-3.5%", "", "-3.5", "%"),
        ("－3.5%", "", "-3.5", "%"),
        (" 100 % ", "", "100", "%"),
        ("0", "", "0", ""),
        ("100.00%", "", "100", "%"),
        ("3年", "", "3", "年"),
    ],
)
def test_a_number_is_read_with_its_operator_and_unit(raw: str, operator: str, number: str, word: str) -> None:
    cell = read_cell(raw)
    assert (cell.kind, cell.operator, cell.number, cell.unit.word) == (CellKind.NUMBER, operator, F(number), word)
    assert cell.raw == raw


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("98.31%", F("0.9831")),
        ("≤1‰", F(1, 1000)),
        ("7200.18万元", F(72001800)),
        ("1.2亿元", F(120000000)),
        ("0.2次/10万公顷", F("0.2")),
        ("5千元", F(5000)),
    ],
)
def test_the_value_is_in_base_units(raw: str, value: F) -> None:
    assert read_cell(raw).value == value


@pytest.mark.parametrize(
    "raw",
    [
        "7,00.0,77", "7,00.0", "7.50.", "1,23", "2023年12月", "9月前", "12月底", "2021年", "6月末", "完成", "良好",
        "3-5天", "80%-90%", "80%～90%", "100%；95%；90%", "1.2.3", "约95%", "0.1234567", "1000000000000000万元",
        "①100%", "达标", "100%。", "≥", "%", "万元", "1e5", "5/10", "２０２３年１２月",
    ],
)  # fmt: skip
def test_what_is_no_number_stays_text_and_is_never_repaired(raw: str) -> None:
    cell = read_cell(raw)
    assert (cell.kind, cell.raw, cell.number) == (CellKind.TEXT, raw, 0)


@pytest.mark.parametrize(
    "raw", [None, "", " ", "　", "\n", "-", "—", "——", "–", "－", "/", "*", "无", " 无 ", "null", "~"]
)
def test_a_blank_is_blank_and_not_zero(raw: str | None) -> None:
    cell = read_cell(raw)
    assert cell.kind is CellKind.BLANK
    assert cell.raw == (raw or "")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("不适用", CellKind.NOT_APPLICABLE),
        (" 不适用 ", CellKind.NOT_APPLICABLE),
        ("不涉及", CellKind.NOT_APPLICABLE),
        ("未开展", CellKind.NOT_STARTED),
        ("未启动", CellKind.NOT_STARTED),
        ("未开始", CellKind.NOT_STARTED),
        ("无法核实", CellKind.UNVERIFIABLE),
        ("不可核实", CellKind.UNVERIFIABLE),
        ("不适用于本项目", CellKind.TEXT),
    ],
)
def test_words_that_name_a_state_are_that_state(raw: str, kind: CellKind) -> None:
    assert read_cell(raw).kind is kind


def test_look_alike_glyphs_are_one_sign() -> None:
    assert unified("≧≦═﹦＝＞＜﹥﹤％﹪０１２３４５６７８９，．－−＋") == "≥≤===><><%%0123456789,.--+"
    assert unified("　ａ①Ⅱ　") == "ａ①Ⅱ"


PIECES = [
    "≥",
    "≦",
    "不低于",
    "以上",
    "（含）",
    "1",
    "2.5",
    ",",
    ".",
    "%",
    "％",
    "万元",
    "/",
    "-",
    "—",
    "无",
    "年",
    " ",
    "９",
]


@settings(max_examples=1000, database=None, derandomize=True, deadline=None)
@given(st.text(max_size=12) | st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_any_cell_reads_as_something_and_keeps_its_text(raw: str) -> None:
    cell = read_cell(raw)
    assert cell.raw == raw
    assert cell.kind is CellKind.NUMBER or (cell.number, cell.operator) == (0, "")


@pytest.mark.parametrize(
    ("target", "actual", "doubtful"),
    [
        ("100%", "1", True),
        ("≥95%", "0.98", True),
        ("0.95", "96%", True),
        ("100%", "1.01", False),
        ("100%", "98", False),
        ("100%", "0", False),  # nothing is nothing, either way
        ("100%", "1%", False),
        ("≤1%", "0.5", False),  # beside 1% it is a percentage
        ("≥1个", "1", False),
        ("1", "1", False),
    ],
)
def test_a_bare_share_beside_a_percentage_may_mean_either(target: str, actual: str, doubtful: bool) -> None:
    assert share_or_percent(read_cell(target), read_cell(actual)) is doubtful


@pytest.mark.parametrize(
    ("raw", "base", "value"),
    [
        ("9万人次", "人次", "90000"),
        ("1.2亿立方米", "立方米", "120000000"),
        ("3万元", "元", "30000"),
        ("2000㎡", "平方米", "2000"),
        ("1.2万平方米", "平方米", "12000"),
        ("100百分比", "", "1"),
        ("5万", "万", "5"),  # of what, nobody says
    ],
)
def test_words_for_ten_thousands_count_what_follows(raw: str, base: str, value: str) -> None:
    cell = read_cell(raw)
    assert (cell.value, cell.unit.unit) == (F(value), unit_word(base).unit)
