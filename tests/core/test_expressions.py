"""Text, tree and canonical text are one thing; what can't be read or makes no sense is said with its place."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.expressions.reader import DEEPEST, LONGEST, Unreadable, read
from engine.expressions.symbols import (
    ATTAINMENT,
    DAY,
    INDICATORS,
    TABLES,
    TEXT,
    TRUTH,
    NumberType,
    Role,
    Symbol,
    TruthType,
    figure_type,
    rounded_type,
)
from engine.expressions.tree import (
    KEYWORDS,
    Aggregate,
    Arithmetic,
    Call,
    Compare,
    Is,
    Literal,
    Logic,
    Name,
    Negative,
    Not,
    Select,
    State,
    Text,
    Tree,
    canonical,
)
from engine.expressions.tree import TABLES as TABLE_WORDS
from engine.expressions.types import Scope, check, require
from engine.values.units import MONEY, RATIO, Unit

CHECKS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "derandomize": True}

# -- text → tree → text ----------------------------------------------------------------------------------------

PLAIN = st.characters(blacklist_categories=("Cs", "Cc"))
names = st.one_of(
    st.sampled_from(
        ["编制数", "a", "三公经费_2", "预算（万元）", "完成率％", "2020年预算", "最大 值", "min值", "known", "a-b"]
    ),
    st.sampled_from(sorted(KEYWORDS | TABLE_WORDS)),
    st.text(PLAIN.filter(lambda c: c != "`"), min_size=1, max_size=6),
).map(Name)
words = st.sampled_from(["", "%", "‰", "万元", "人", "个百分点", "台"])
literals = st.builds(
    Literal,
    st.tuples(st.integers(0, 10**8), st.integers(0, 6)).map(lambda pair: Fraction(pair[0], 10 ** pair[1])),
    words,
)
steps = st.text(PLAIN.filter(lambda c: c not in "[]/"), min_size=1, max_size=4).filter(lambda t: t == t.strip() != "")
paths = st.lists(steps, min_size=1, max_size=2).map(tuple)
selects = st.one_of(
    st.builds(Select, st.sampled_from(["spending", "payments"]), paths, st.sampled_from(["budget", "实际", "min"])),
    st.builds(Select, st.sampled_from(["points", "full", "statements"]), paths, st.just("")),
)
texts = st.builds(Text, st.text(PLAIN.filter(lambda c: c != '"'), max_size=6))


def above(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    rows = {"table": st.sampled_from(sorted(TABLE_WORDS)), "path": st.just(()) | paths, "where": st.none() | trees}
    return st.one_of(
        st.builds(Negative, trees),
        st.builds(Arithmetic, st.sampled_from("+-*/"), trees, trees),
        st.builds(Compare, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), trees, trees),
        st.builds(Is, trees, st.sampled_from(list(State))),
        st.builds(Not, trees),
        st.builds(Logic, st.sampled_from(["and", "or"]), trees, trees),
        st.builds(Call, st.sampled_from(["min", "max"]), st.lists(trees, min_size=2, max_size=3).map(tuple)),
        st.builds(Call, st.sampled_from(["days", "workdays"]), st.tuples(trees, trees)),
        st.builds(Call, st.just("abs"), trees.map(lambda tree: (tree,))),
        st.builds(Aggregate, st.sampled_from(["sum", "any", "every", "min", "max"]), trees, **rows),
        st.builds(Aggregate, st.just("count"), st.none(), **rows),
    )


trees = st.recursive(st.one_of(names, literals, selects, texts), above, max_leaves=12)


@settings(max_examples=500, **CHECKS)
@given(trees)
def test_reading_the_canonical_text_gives_the_same_tree(tree: Tree) -> None:
    assert read(canonical(tree)) == tree


TOKENS = [
    "编制数", "a", "`b c`", "1", "2.50%", "3万元", '"优"', "(", ")", "（", "）", "[", "]", "甲/乙", " ", "　", "/", "*",
    "×", "÷", "+", "－", "-", "<", "≤", "≧", "==", "=", "≠", "and", "or", "not", "is", "unknown", "not-applicable",
    "min", "abs", "sum", "any", "count", "for", "where", "spending", "points", "indicators", ".", ",", "，", "budget",
    "%", "。", "\n", "`", '"', "\u200b", "{", "1e5", "１", "days",
]  # fmt: skip


@settings(max_examples=1200, **CHECKS)
@given(st.lists(st.sampled_from(TOKENS), max_size=12).map("".join) | st.text(max_size=30))
def test_any_text_reads_or_is_unreadable_with_a_span_inside_it(text: str) -> None:
    try:
        tree = read(text)
    except Unreadable as error:
        assert 0 <= error.start < error.end <= max(1, len(text))
    else:
        assert read(canonical(tree)) == tree


@pytest.mark.parametrize("text", ["(" * 1999, "not " * 400 + "a", "-" * 1500 + "a", "a+" * 900 + "a", "min(" * 400])
def test_text_that_nests_without_end_is_unreadable_not_a_crash(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a or b and c", "a or (b and c)"),
        ("not a and b", "(not a) and b"),
        ("not a = b", "not (a = b)"),
        ("a + b * c", "a + (b * c)"),
        ("a - b - c", "(a - b) - c"),
        ("a / b / c", "(a / b) / c"),
        ("a / b * c", "(a / b) * c"),
        ("-a * b", "(-a) * b"),
        ("-a / b is unknown", "((-a) / b) is unknown"),
        ("a + b > c or d is known", "((a + b) > c) or (d is known)"),
        ("a and b or c and d", "(a and b) or (c and d)"),
        ("a≦b", "a <= b"),
        ("a ≧ b × c ÷ d － e", "a >= b * c / d - e"),
        ("a == 100％", "a = 100%"),
        ("（a＋b）≠ 0", "(a + b) != 0"),
        ("any(a > 1 for indicators where b and c)", "any((a > 1) for indicators where (b and c))"),
    ],
)
def test_precedence_is_the_usual_one(text: str, same: str) -> None:
    assert read(text) == read(same)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a-(b-c)", "a - (b - c)"),
        ("(a-b)-c", "a - b - c"),
        ("a*(b/c)", "a * (b / c)"),
        ("(a+b)*c", "(a + b) * c"),
        ("-(a+b)", "-(a + b)"),
        ("- -a", "--a"),
        ("not(a or b)", "not (a or b)"),
        ("(a>b)=(c>d)", "(a > b) = (c > d)"),
        ("a or(b or c)", "a or (b or c)"),
        ("2.50%", "2.5%"),
        ("007", "7"),
        ("`编制数`", "编制数"),
        ("`编制 数`+`min`", "`编制 数` + `min`"),
        ("spending[ 基本支出 / 工资 ].budget", "spending[基本支出/工资].budget"),
        ("count( indicators )", "count(indicators)"),
        ("sum(budget for spending[项目支出]where actual>0)", "sum(budget for spending[项目支出] where actual > 0)"),
        ("max(a,b ,c)", "max(a, b, c)"),
        ("workdays（限报日期，`days`）", "workdays(限报日期, `days`)"),
        ('grade="优"', 'grade = "优"'),
    ],
)
def test_canonical_text_is_one_for_each_tree(text: str, printed: str) -> None:
    assert canonical(read(text)) == printed
    assert canonical(read(printed)) == printed


def test_full_width_marks_inside_names_and_texts_stay_as_written() -> None:
    assert read("`预算（万元）`") == Name("预算（万元）")
    assert read('"（甲）％，"') == Text("（甲）％，")
    assert read("spending[商品（服务）].budget") == Select("spending", ("商品（服务）",), "budget")
    assert read("max（`甲，乙`，1）") == Call("max", (Name("甲，乙"), Literal(Fraction(1))))


@pytest.mark.parametrize("text", ["points[ ]", "points[]", "spending[甲//乙].budget", "spending[/].budget"])
def test_a_path_has_no_empty_step(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


def test_spans_cover_the_part_they_mean() -> None:
    tree = read("甲 / 编制数 > 100%")
    assert isinstance(tree, Compare) and isinstance(tree.left, Arithmetic)
    spans = [
        (part.span.start, part.span.end) for part in (tree, tree.left, tree.left.left, tree.left.right, tree.right)
    ]
    assert spans == [(0, 14), (0, 7), (0, 1), (4, 7), (10, 14)]


@pytest.mark.parametrize(
    ("code", "text", "span"),
    [
        ("unfinished", "", (0, 1)),
        ("unfinished", "a +  ", (2, 3)),
        ("unfinished", "(a", (1, 2)),
        ("unexpected", "a b", (2, 3)),
        ("unexpected", "a + * b", (4, 5)),
        ("unexpected", "a < b < c", (6, 7)),
        ("unexpected", "编制数 ； 1", (4, 5)),
        ("unexpected", "1.2.3", (3, 4)),
        ("not-exact", "a > 0.1234567", (4, 13)),
        ("not-exact", "1000000000000000", (0, 16)),
        ("wrong-arguments", "1 + min(a)", (4, 10)),
        ("wrong-arguments", "abs(a, b)", (0, 9)),
        ("wrong-arguments", "abs(a for spending)", (0, 19)),
        ("wrong-arguments", "1 + days(a)", (4, 11)),
        ("wrong-arguments", "workdays(a, b, c)", (0, 17)),
        ("unexpected", "days(a for spending)", (7, 10)),
        ("too-long", "a" * (LONGEST + 1), (0, 1)),
    ],
)
def test_unreadable_text_is_named_with_its_span(code: str, text: str, span: tuple[int, int]) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert (caught.value.code, (caught.value.start, caught.value.end)) == (code, span)


def test_depth_is_bounded_and_said() -> None:
    assert read("-" * (DEEPEST - 10) + "a")
    with pytest.raises(Unreadable) as caught:
        read("-" * (DEEPEST + 10) + "a")
    assert caught.value.code == "too-deep"


# -- what makes sense ------------------------------------------------------------------------------------------

PEOPLE = Unit((("人", 1),))
SCOPE = Scope(
    {
        "三公经费预算": Symbol(figure_type(MONEY), Role.FIGURE),
        "三公经费决算": Symbol(figure_type(MONEY), Role.FIGURE),
        "编制数": Symbol(figure_type(PEOPLE), Role.FIGURE),
        "实际在职人数": Symbol(figure_type(PEOPLE), Role.FIGURE),
        "限报日期": Symbol(DAY, Role.FIGURE),
        "报送日期": Symbol(DAY, Role.FIGURE),
        "政府采购": Symbol(TRUTH, Role.FIGURE),
        "超编": Symbol(TRUTH, Role.FLAG),
        "等级": Symbol(TEXT, Role.FIELD),
    },
    {"总分偏低": Symbol(TRUTH, Role.FINDING), "total": Symbol(figure_type(RATIO), Role.RESULT)},
)
AFTER = Scope(SCOPE.names, {}, frozenset({("投入", "在职人员控制率"), ("过程",)}))


@pytest.mark.parametrize(
    ("code", "text", "at", "near"),
    [
        ("units-differ", "三公经费预算 + 编制数", "三公经费预算 + 编制数", ""),
        ("units-differ", "三公经费预算 > 100人", "三公经费预算 > 100人", ""),
        ("units-differ", "min(三公经费预算, 编制数) > 0", "min(三公经费预算, 编制数)", ""),
        ("units-differ", "三公经费预算 / 编制数 > 5万元", "三公经费预算 / 编制数 > 5万元", ""),
        ("units-differ", "编制数 > 100%", "编制数 > 100%", ""),
        ("units-differ", "报送日期 > 5天", "报送日期 > 5天", ""),
        ("units-differ", "days(限报日期, 报送日期) > 5个工作日", "days(限报日期, 报送日期) > 5个工作日", ""),
        ("date-arithmetic", "报送日期 - 限报日期 > 5天", "报送日期 - 限报日期", ""),
        ("date-arithmetic", "5天 + 报送日期 > 限报日期", "5天 + 报送日期", ""),
        ("date-arithmetic", "-报送日期 < 限报日期", "-报送日期", ""),
        ("date-arithmetic", "abs(报送日期) > 限报日期", "abs(报送日期)", ""),
        ("date-arithmetic", "sum(报送日期 for spending) > 限报日期", "报送日期", ""),
        ("date-arithmetic", "报送日期 > 738000date", "738000date", ""),
        ("not-a-date", "workdays(限报日期, 编制数) > 0", "编制数", ""),
        ("not-a-date", "days(0, 报送日期) > 0", "0", ""),
        ("wrong-kind", "days(政府采购, 报送日期) > 0", "政府采购", ""),
        ("unknown-name", "1 - 实际在职人 / 编制数", "实际在职人", "实际在职人数"),
        ("unknown-name", "zzz > 0", "zzz", ""),
        ("settled-later", "政府采购 and 总分偏低", "总分偏低", ""),
        ("settled-later", "total >= 60", "total", ""),
        ("settled-later", "points[过程] > 1", "points[过程]", ""),
        ("row-field-outside-rows", "target > 0", "target", ""),
        ("unknown-field", "spending[基本支出].budgets > 0", "spending[基本支出].budgets", "budget"),
        ("unknown-field", "payments[6].actual > 0", "payments[6].actual", ""),
        ("rows-have-no-key", "indicators[甲].target > 0", "indicators[甲].target", ""),
        ("wrong-kind", "编制数 and 政府采购", "编制数", ""),
        ("wrong-kind", "not 编制数", "编制数", ""),
        ("wrong-kind", "政府采购 + 1 > 0", "政府采购", ""),
        ("text-has-no-order", '等级 > "良"', '等级 > "良"', ""),
        ("not-comparable", "政府采购 = 编制数", "政府采购 = 编制数", ""),
        ("not-comparable", "等级 = 1", "等级 = 1", ""),
        ("not-rows", "count(statements) > 0", "count(statements)", ""),
        ("inferred-in-rows", "any(超编 for indicators)", "超编", ""),
        ("sum-of-quotients", "sum(actual / budget for spending) > 0", "actual / budget", ""),
        ("too-wide", "三公经费预算 * 三公经费预算 > 0元", "三公经费预算 * 三公经费预算", ""),
        (
            "too-wide",
            "三公经费预算 / 编制数 = 三公经费决算 / 编制数",
            "三公经费预算 / 编制数 = 三公经费决算 / 编制数",
            "",
        ),
    ],
)
def test_what_makes_no_sense_is_named_with_its_place(code: str, text: str, at: str, near: str) -> None:
    kind, found = check(read(text), SCOPE)
    assert kind is None
    first = found[0]
    assert (first.code, text[first.tree.span.start : first.tree.span.end], first.near) == (code, at, near)


NARROW = Scope(
    {
        **SCOPE.names,
        "人数": Symbol(figure_type(PEOPLE, 0, Fraction(10**6)), Role.FIGURE),
        "定额": Symbol(figure_type(MONEY / PEOPLE), Role.FIGURE),
        "比率": Symbol(figure_type(RATIO, 4, Fraction(10)), Role.FIGURE),
        "普通比率": Symbol(figure_type(RATIO), Role.FIGURE),
    },
    {},
    tables={
        **TABLES,
        "indicators": {**INDICATORS, "attainment": Symbol(rounded_type(ATTAINMENT, 4), Role.FIELD, True)},
    },
)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("人数 * 定额 > 三公经费预算", "编制数 * 定额 > 三公经费预算"),
        ("比率 * 三公经费预算 > 三公经费决算", "普通比率 * 三公经费预算 > 三公经费决算"),
        (
            "sum(budget * 比率 for spending) / sum(budget for spending) > 90%",
            "sum(budget * 普通比率 for spending) / sum(budget for spending) > 90%",
        ),
        ("any(abs(attainment - 比率) > 10% for indicators)", "any(attainment > 比率 / 普通比率 for indicators)"),
    ],
)
def test_declared_limits_make_room_for_products(narrow: str, wide: str) -> None:
    assert check(read(narrow), NARROW)[1] == []
    assert "too-wide" in [one.code for one in check(read(wide), NARROW)[1]]


def test_attainment_that_nobody_rounded_is_too_wide_to_compare_with_a_rate() -> None:
    text = "any(abs(attainment - 普通比率) > 10% for indicators)"
    exact = Scope(NARROW.names, {})
    assert check(read(text), NARROW)[1] == []
    assert [one.code for one in check(read(text), exact)[1]] == ["too-wide"]


@pytest.mark.parametrize(
    ("text", "n", "d"),
    [
        ("人数", 10**6, 1),
        ("比率", 10 * 10**4, 10**4),
        ("人数 * 定额", 10**6 * 10**21, 10**6),
        ("比率 + 0.5", 10 * 10**4 + 5000, 10**4),  # 1/2 over 10⁴
        ("比率 + 普通比率", 10 * 10**6 + 10**21, 10**6),
        ("比率 / 普通比率", 10 * 10**6, 10**21),  # both over 10⁶
        ("比率 + 1‰ / 7", 10 * 10**4 * 7000 + 10**4, 10**4 * 7000),  # a quotient shares no denominator
    ],
)
def test_widths_are_those_of_the_least_denominator_in_common(text: str, n: int, d: int) -> None:
    kind, found = check(read(text), NARROW)
    assert found == []
    assert isinstance(kind, NumberType) and (kind.n, kind.d) == (n, d)


def test_a_criterion_that_does_not_exist_is_named_with_the_nearest() -> None:
    _, found = check(read("points[投入/在职人员控制] < 5"), AFTER)
    assert [(one.code, one.near) for one in found] == [("unknown-criterion", "投入/在职人员控制率")]
    assert check(read("points[过程] < 80% * full[过程]"), AFTER)[1] == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    _, found = check(read("无名 > 0 and 编制数 and total > 1"), SCOPE)
    assert [one.code for one in found] == ["unknown-name", "wrong-kind", "settled-later"]


def test_a_wanted_kind_is_required() -> None:
    assert [one.code for one in require(read("编制数"), SCOPE, TruthType)[1]] == ["wrong-kind"]
    assert [one.code for one in require(read("政府采购"), SCOPE, NumberType)[1]] == ["wrong-kind"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("实际在职人数 / 编制数", "" ),
        ("三公经费预算 / 编制数", "元/人"),
        ("三公经费决算 - 三公经费预算 * 5%", "元"),
        ("max(三公经费决算, 0)", "元"),
        ("三公经费预算 / 三公经费决算 * 2人", "人"),
        ("count(indicators) / 2", ""),
        ("sum(budget for spending)", "元"),
        ("1 / 编制数", "1/人"),
        ("days(限报日期, max(限报日期, 报送日期))", "天"),
        ("workdays(限报日期, 报送日期) / 5个工作日", ""),
        ("workdays(限报日期, 报送日期) - 1工作日", "工作日"),
        ("abs(1万元 - 三公经费预算)", "元"),
    ],
)  # fmt: skip
def test_units_multiply_and_cancel(text: str, unit: str) -> None:
    kind, found = check(read(text), SCOPE)
    assert found == []
    assert isinstance(kind, NumberType) and str(kind.unit) == unit


def test_a_bare_zero_fits_every_unit_and_no_other_number_does() -> None:
    assert check(read("三公经费预算 > 0"), SCOPE)[1] == []
    assert [one.code for one in check(read("三公经费预算 > 1"), SCOPE)[1]] == ["units-differ"]
    assert [one.code for one in check(read("三公经费预算 > 0%"), SCOPE)[1]] == ["units-differ"]


SHARES = Scope(
    {
        "执行率": Symbol(figure_type(RATIO, share=True), Role.MEASURE),
        "办结率": Symbol(figure_type(RATIO, share=True), Role.MEASURE),
        "调剂": Symbol(figure_type(MONEY), Role.FIGURE),
        "预算": Symbol(figure_type(MONEY), Role.FIGURE),
        "比值": Symbol(figure_type(RATIO), Role.MEASURE),
    },
    {},
    frozenset({("过程",)}),
).within_row()


@pytest.mark.parametrize(
    ("text", "part", "near"),
    [
        ("执行率 < 60", "60", "60%"),
        ("60 > 执行率", "60", "60%"),
        ("执行率 >= 0.6", "0.6", "60%"),
        ("执行率 = 1", "1", "100%"),
        ("执行率 > -5", "-5", "-5%"),
        ("attainment > 1.3", "1.3", "130%"),
        ("stated_rate < 60", "60", "60%"),
        ("any(rate > 100 for spending)", "100", "100%"),
        ("1 - 执行率 > 10%", "1", "100%"),
        ("执行率 + 5 > 10%", "5", "5%"),
        ("min(执行率, 60) > 10%", "60", "60%"),
        ("max(0, 比值, 60, 执行率) > 10%", "60", "60%"),
        ("abs(执行率 - 办结率) > 5", "5", "5%"),
        ("执行率 - 办结率 > 50 + 10", "50 + 10", ""),
        ("执行率 > 2 * 30", "2 * 30", ""),
        ("sum(rate for spending) > 60", "60", "60%"),
        ("max(rate for spending) > 60", "60", "60%"),
    ],
)
def test_a_bare_number_never_meets_a_share(text: str, part: str, near: str) -> None:
    (found,) = check(read(text), SHARES)[1]
    assert (found.code, text[found.span.start : found.span.end], found.near) == ("bare-for-percent", part, near)


@pytest.mark.parametrize(
    "text",
    [
        "执行率 > 0",
        "执行率 < 60%",
        "执行率 < 6‰",
        "max(0, 100% - 执行率) > 5%",
        "调剂 / 预算 > 0.1",
        "max(调剂 / 预算, 0.1) > 5%",
        "执行率 > 1 / 2",
        "执行率 * 100 < 60",
        "执行率 / 办结率 > 1.2",
        "比值 > 0.1",
        "points[过程] < full[过程] * 60%",
        "points[过程] < 60",
        "points[过程] < 60 * 执行率",
        "weight > 5",
        "count(indicators) > 5",
    ],
)
def test_quotients_scales_points_and_counts_are_plain_numbers(text: str) -> None:
    assert check(read(text), SHARES)[1] == []


def test_row_fields_are_read_where_rows_are_walked_and_nowhere_else() -> None:
    assert check(read("any(actual < target and not met for indicators where weight > 5)"), SCOPE)[1] == []
    assert check(read("attainment >= 130%"), SCOPE.within_row())[1] == []
    assert "score" in INDICATORS
    assert check(read("any(score < 1 for indicators)"), SCOPE)[1] != []
    assert check(read("any(score < 1 for indicators)"), AFTER)[1] == []


@pytest.mark.parametrize("text", ["any(line = name for spending)", "count(spending where met) > 0"])
def test_an_inner_walk_cannot_read_the_row_outside_it(text: str) -> None:
    """Its rows know the submission, not the indicator row at hand: accepted, it would fail while judging."""
    assert check(read(text), SCOPE.within_row())[1] != []
    assert check(read(f"any({text} for indicators)"), SCOPE)[1] != []


@pytest.mark.parametrize("text", ["points[过程].x > 1", "full[过程].points > 1", "statements[全部完成].x"])
def test_a_table_of_single_values_has_no_fields(text: str) -> None:
    assert [one.code for one in check(read(text), AFTER)[1]] == ["unknown-field"]


@pytest.mark.parametrize("text", ["count(indicators[产出]) > 0", "sum(cumulative for payments[6]) > 0"])
def test_only_spending_lines_have_parts_to_walk(text: str) -> None:
    """No such rows exist in a submission, so the count would silently be 0."""
    assert check(read(text), SCOPE)[1] != []
