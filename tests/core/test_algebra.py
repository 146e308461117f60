"""A formula is worth the same on scalars, on symbols and read naively: every digit and every state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.algebra.meaning import MEANING, Meaning, Number, TextValue, Truth
from engine.expressions.interpreter import Interpreter
from engine.expressions.interpreter import Value as Held
from engine.expressions.reader import read
from engine.expressions.symbols import DAY, SPENDING, Role, Symbol, figure_type
from engine.expressions.symbols import TABLES as TABLE_FIELDS
from engine.expressions.tree import (
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
)
from engine.expressions.types import TRUTH, Scope, check
from engine.judging.settings import RowSetting, SubmissionSetting
from engine.values.units import MONEY, RATIO
from tests.core.symbols import SYMBOLS, Lifting, plain, values_of
from tests.reference.formulas import Filed, Missing, Value, worth
from tests.reference.kleene import Odd

SUBMISSIONS, SLOTS = 6, 3
LINES = (("基本支出",), ("项目支出",), ("无此行",))
FIGURES = {"款甲": MONEY, "款乙": MONEY, "率甲": RATIO, "率乙": RATIO, "率丙": RATIO}
LIMITS = {"率丁": (4, 10), "率行": (3, 1), "半": (1, 1)}
"""Figures of declared digits and size, all ratios: 率行 in each line, the others once."""
LIMITED = {
    name: Symbol(figure_type(RATIO, digits, Fraction(most)), Role.FIGURE) for name, (digits, most) in LIMITS.items()
}
DATES = ("日甲", "日乙", "日丙")
SCOPE = Scope(
    {name: Symbol(figure_type(unit), Role.FIGURE) for name, unit in FIGURES.items()}
    | {name: LIMITED[name] for name in ("率丁", "半")}
    | {name: Symbol(DAY, Role.FIGURE) for name in DATES}
    | {"有无": Symbol(TRUTH, Role.FIGURE)},
    {},
    tables={**TABLE_FIELDS, "spending": {**SPENDING, "率行": LIMITED["率行"], "日行": Symbol(DAY, Role.FIGURE)}},
)
MONEY_FIELDS = ("initial", "budget", "actual")
TABLES = (("spending", ()), ("spending", ("项目支出",)), ("indicators", ()))


# -- trees that make sense -------------------------------------------------------------------------------------


def literals(unit: object) -> st.SearchStrategy[Tree]:
    digits = st.tuples(st.integers(0, 99999), st.integers(0, 3)).map(lambda pair: Fraction(pair[0], 10 ** pair[1]))
    words = ("元", "万元") if unit == MONEY else ("", "%", "‰")
    return st.builds(Literal, digits, st.sampled_from(words))


@st.composite
def numbers(draw: st.DrawFn, unit: Any = RATIO, depth: int = 3, table: str = "") -> Tree:
    names = [name for name, one in FIGURES.items() if one == unit] + ["率丁", "半"] * (unit == RATIO)
    if table == "spending":
        names += MONEY_FIELDS if unit == MONEY else ("weight", "率行")
    elif table == "indicators" and unit == RATIO:
        names += ("weight", "filed")
    leaves = ["name", "name", "name", "literal"] + ["select"] * (unit == MONEY)
    kinds = ["sum", "sum", "product", "quotient", "quotient", "negative", "pick", "abs", "rows", "rows"]
    kind = draw(st.sampled_from(leaves if depth == 0 else kinds + leaves[:1]))
    below = depth - 1
    match kind:
        case "name":
            return Name(draw(st.sampled_from(names)))
        case "literal":
            return draw(literals(unit))
        case "select":
            return Select("spending", draw(st.sampled_from(LINES)), draw(st.sampled_from(MONEY_FIELDS)))
        case "sum":
            parts = draw(numbers(unit, below, table)), draw(numbers(unit, below, table))
            return Arithmetic(draw(st.sampled_from("+-")), *parts)
        case "product":
            return Arithmetic("*", draw(numbers(RATIO, below, table)), draw(numbers(unit, below, table)))
        case "quotient":
            other = draw(st.sampled_from([RATIO, MONEY])) if unit == RATIO else RATIO
            over = unit if other == RATIO else other
            return Arithmetic("/", draw(numbers(over, below, table)), draw(numbers(other, below, table)))
        case "negative":
            return Negative(draw(numbers(unit, below, table)))
        case "abs":
            return Call("abs", (draw(numbers(unit, below, table)),))
        case "pick":
            some = draw(st.lists(numbers(unit, below, table), min_size=2, max_size=3))
            return Call(draw(st.sampled_from(["min", "max"])), tuple(some))
        case _:
            return draw(folded(unit, below))


@st.composite
def dates(draw: st.DrawFn, table: str = "", depth: int = 1) -> Tree:
    pick = st.sampled_from(["min", "max"])
    match draw(st.sampled_from(["name", "name", "pick", "rows"] if depth else ["name"])):
        case "name":
            return Name(draw(st.sampled_from([*DATES, *["日行"] * (table == "spending")])))
        case "pick":
            return Call(draw(pick), (draw(dates(table, 0)), draw(dates(table, 0))))
        case _:
            where = draw(st.none() | st.builds(Compare, st.sampled_from(["<", ">="]), dates("spending", 0), dates()))
            return Aggregate(draw(pick), draw(dates("spending", 0)), "spending", (), where)


@st.composite
def between(draw: st.DrawFn, table: str = "") -> Tree:
    """The days or working days between two dates, or what is asked of them."""
    function = draw(st.sampled_from(["days", "workdays"]))
    span = Call(function, (draw(dates(table)), draw(dates(table))))
    match draw(st.sampled_from(["span", "span", "abs", "share", "compare", "sum", "is"])):
        case "abs":
            return Call("abs", (span,))
        case "share":
            return Arithmetic("/", span, Call(function, (draw(dates(table)), draw(dates(table)))))
        case "compare":
            return Compare(draw(st.sampled_from(["<", "=", ">="])), draw(dates(table)), draw(dates(table)))
        case "sum" if not table:
            return Aggregate("sum", draw(between("spending").filter(_is_span)), "spending", (), None)
        case "is":
            return Is(span, draw(st.sampled_from(list(State))))
        case _:
            return span


def _is_span(tree: Tree) -> bool:
    return isinstance(tree, Call)


@st.composite
def folded(draw: st.DrawFn, unit: Any, depth: int) -> Tree:
    functions = ["sum", "min", "max"] + ["count"] * (unit == RATIO)
    function = draw(st.sampled_from(functions))
    table, path = draw(st.sampled_from(TABLES))
    value = None if function == "count" else draw(numbers(unit, min(depth, 1), table))
    where = draw(st.none() | truths(min(depth, 1), table))
    return Aggregate(function, value, table, path, where)


@st.composite
def truths(draw: st.DrawFn, depth: int = 3, table: str = "") -> Tree:
    kinds = ["compare", "compare", "compare", "is", "fact", "claim"]
    kinds += ["text"] * (table != "") + ["met"] * (table == "indicators")
    kinds += ["not", "logic", "logic", "rows", "truth-is"] if depth else []
    below = max(depth - 1, 0)
    match draw(st.sampled_from(kinds)):
        case "compare":
            unit = draw(st.sampled_from([RATIO, MONEY]))
            pair = draw(numbers(unit, below, table)), draw(numbers(unit, below, table))
            return Compare(draw(st.sampled_from(["<", "<=", ">", ">=", "=", "!="])), *pair)
        case "is":
            unit = draw(st.sampled_from([RATIO, MONEY]))
            return Is(draw(numbers(unit, below, table)), draw(st.sampled_from(list(State))))
        case "truth-is":
            return Is(draw(truths(below, table)), draw(st.sampled_from([State.KNOWN, State.UNKNOWN])))
        case "text":
            field = "line" if table == "spending" else "name"
            return Compare(draw(st.sampled_from(["=", "!="])), Name(field), Text(draw(st.sampled_from("ab"))))
        case "fact":
            return Name("有无")
        case "claim":
            return Select("statements", (draw(st.sampled_from(["做了", "没说"])),), "")
        case "met":
            return Name("met")
        case "not":
            return Not(draw(truths(below, table)))
        case "logic":
            return Logic(draw(st.sampled_from(["and", "or"])), draw(truths(below, table)), draw(truths(below, table)))
        case _:
            inner, path = draw(st.sampled_from(TABLES))
            function = draw(st.sampled_from(["any", "every"]))
            where = draw(st.none() | truths(min(below, 1), inner))
            return Aggregate(function, draw(truths(min(below, 1), inner)), inner, path, where)


# -- random submissions ----------------------------------------------------------------------------------------


def random_number(random: Random, digits: int = 6, largest: int = 10**15 - 1) -> Value:
    """Any state; known ones often 0, often alike, often as large and as fine as a figure may be."""
    pick = random.random()
    if pick < 0.1:
        return Missing.UNKNOWN
    if pick < 0.2:
        return random.choice([one for one in Missing if one is not Missing.UNKNOWN])
    if pick < 0.6:
        return Fraction(random.choice([0, 1, -1, *([2, 100] if largest > 1 else [])]))
    scale = 10 ** random.randint(0, digits)
    return Fraction(random.randint(-largest * scale, largest * scale), scale)


CORNERS = ("2003-12-31", "2004-01-01", "2023-09-29", "2024-02-09", "2026-12-31", "2099-06-30")
"""Days about which the calendar begins, ends, or has long holidays."""


def random_date(random: Random) -> Value:
    if random.random() < 0.2:
        return random.choice([Missing.UNKNOWN, Missing.NOT_APPLICABLE])
    return Fraction(date.fromisoformat(random.choice(CORNERS)).toordinal() + random.randint(-3, 12))


def random_filing(random: Random) -> Filed:
    def row(table: str) -> dict[str, Value]:
        text: Value = random.choice(["a", "b", Missing.UNKNOWN])
        if table == "spending":
            numbers = {key: random_number(random) for key in (*MONEY_FIELDS, "weight")}
            numbers |= {"率行": random_number(random, *LIMITS["率行"]), "日行": random_date(random)}
            return numbers | {"line": text}
        truth = random.choice([True, False, None, *Odd])
        return {key: random_number(random) for key in ("weight", "filed")} | {"name": text, "met": truth}

    names: dict[str, Value] = {name: random_number(random) for name in FIGURES}
    names |= {name: random_number(random, *LIMITS[name]) for name in ("率丁", "半")}
    names |= {name: random_date(random) for name in DATES}
    fields = {("spending", line, key): random_number(random) for line in LINES[:2] for key in MONEY_FIELDS}
    return Filed(
        names | {"有无": random.choice([True, False, None])},
        fields | {("statements", ("做了",), ""): True},
        {(table, path): [row(table) for _ in range(random.randint(0, SLOTS))] for table, path in TABLES},
    )


# -- putting them on a carrier ---------------------------------------------------------------------------------

TRUTHS: dict[Value, tuple[bool, bool, bool, bool]] = {
    True: (True, True, False, False),
    False: (False, False, True, True),
    None: (False, True, False, True),
    Odd.NEITHER: (False, False, False, False),
    Odd.PERHAPS: (False, True, False, False),
    Odd.PERHAPS_NOT: (False, False, False, True),
}
UNDEFINED = (Missing.ZERO_BY_ZERO, Missing.BY_NOTHING, Missing.BY_ZERO)


def scalar(value: Value) -> Held:
    if isinstance(value, str):
        return TextValue(value, True)
    if value is None or isinstance(value, bool | Odd):
        return Truth(*TRUTHS[value])
    n, d = (value.numerator, value.denominator) if isinstance(value, Fraction) else (0, 1)
    known, none = not isinstance(value, Missing), value is Missing.NOT_APPLICABLE
    risky = value is Missing.RISKY or value is Missing.BY_NOTHING
    return Number(n, d, known, value in UNDEFINED, none, value is Missing.BY_ZERO, risky)


def digits_of(name: str) -> int | None:
    """The decimals of a figure that is put over a common denominator; half of the names have none."""
    if name in ("款乙", "率乙", "weight"):
        return None
    return 0 if name in (*DATES, "日行") else LIMITS[name][0] if name in LIMITS else 6


EMPTY = {
    "spending": dict.fromkeys((*MONEY_FIELDS, "weight", "率行", "日行"), scalar(Missing.UNKNOWN))
    | {"line": TextValue("", False)},
    "indicators": dict.fromkeys(("weight", "filed"), scalar(Missing.UNKNOWN))
    | {"name": TextValue("", False), "met": scalar(None)},
}
"""Rows that no submission has."""


def scalar_setting(filed: Filed, slots: int = 0) -> SubmissionSetting:
    """One submission; with `slots`, each table has so many, of which some are there."""
    made = SubmissionSetting(MEANING, {}, {})
    made.names |= {name: scalar(value) for name, value in filed.names.items()}
    made.tables |= {key: scalar(value) for key, value in filed.fields.items()}
    for key, rows in filed.rows.items():
        told = [(True, {field: _text_aware(field, value) for field, value in row.items()}) for row in rows]
        told += [(False, {})] * (slots - len(told))
        made.lines[key] = [(there, RowSetting((EMPTY[key[0]] if slots else {}) | row, made)) for there, row in told]
    return made


def _text_aware(field: str, value: Value) -> Held:
    return TextValue("", False) if field in ("line", "name") and not isinstance(value, str) else scalar(value)


def lifted(like: SubmissionSetting) -> tuple[SubmissionSetting, dict[str, Any]]:
    """Symbols in place of all that a submission holds, and what they are worth there."""
    lifting, made = Lifting(), SubmissionSetting(SYMBOLS, {}, {})

    def put(place: object, name: str, value: Held) -> Any:
        digits = digits_of(name)
        common = 10**digits if digits is not None and isinstance(value, Number) else None
        return lifting.lifted(f"{place} {name}", value, common)

    made.names |= {name: put("", name, value) for name, value in like.names.items()}
    made.tables |= {key: put(key, key[2], value) for key, value in like.tables.items()}
    for key, rows in like.lines.items():
        made.lines[key] = [
            (
                lifting.lifted(f"{key} {slot} there", there),
                RowSetting({name: put((key, slot), name, one) for name, one in row.fields.items()}, made),
            )
            for slot, (there, row) in enumerate(rows)
        ]
    return made, lifting.environment


def back(held: Held) -> Value:
    """What one submission holds."""
    parts = plain(held)
    if isinstance(held, Truth):
        return next(truth for truth, bits in TRUTHS.items() if bits == parts)
    assert isinstance(held, Number)
    value, known, undefined, inapplicable, over_zero, risky = parts
    if known:
        return value
    if undefined:
        return Missing.BY_ZERO if over_zero else Missing.BY_NOTHING if risky else Missing.ZERO_BY_ZERO
    return Missing.NOT_APPLICABLE if inapplicable else Missing.RISKY if risky else Missing.UNKNOWN


def agree(tree: Tree, filings: Sequence[Filed]) -> None:
    """Scalars give what a naive reading does, and symbols what scalars do, field by field."""
    alone = [Interpreter(MEANING).value(tree, scalar_setting(filed)) for filed in filings]
    assert [back(one) for one in alone] == [worth(tree, filed) for filed in filings]
    slotted = [lifted(scalar_setting(filed, SLOTS)) for filed in filings]
    held = Interpreter(Meaning(SYMBOLS.carrier)).value(tree, slotted[0][0])
    told = list(values_of(held, [environment for _, environment in slotted]))
    assert [plain(one) for one in told] == [plain(one) for one in alone]


CHECKS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "derandomize": True}


@settings(max_examples=120, **CHECKS)
@given(numbers() | numbers(MONEY), st.integers(0, 2**48))
def test_a_number_is_the_same_on_scalars_on_symbols_and_read_naively(tree: Tree, seed: int) -> None:
    assume(check(tree, SCOPE)[1] == [])
    random = Random(seed)
    agree(tree, [random_filing(random) for _ in range(SUBMISSIONS)])


@settings(max_examples=120, **CHECKS)
@given(truths(), st.integers(0, 2**48))
def test_a_truth_is_the_same_on_scalars_on_symbols_and_read_naively(tree: Tree, seed: int) -> None:
    assume(check(tree, SCOPE)[1] == [])
    random = Random(seed)
    agree(tree, [random_filing(random) for _ in range(SUBMISSIONS)])


@settings(max_examples=80, **CHECKS)
@given(st.sampled_from(["sum", "min", "max", "count"]), st.data(), st.integers(0, 2**48))
def test_an_aggregate_is_the_same_on_scalars_on_symbols_and_read_naively(
    function: str, data: st.DataObject, seed: int
) -> None:
    table, path = data.draw(st.sampled_from(TABLES))
    value = None if function == "count" else data.draw(numbers(RATIO, 2, table))
    tree = Aggregate(function, value, table, path, data.draw(st.none() | truths(1, table)))
    assume(check(tree, SCOPE)[1] == [])
    random = Random(seed)
    agree(tree, [random_filing(random) for _ in range(SUBMISSIONS)])


@settings(max_examples=60, **CHECKS)
@given(between(), st.integers(0, 2**48))
def test_days_and_working_days_are_the_same_on_scalars_on_symbols_and_counted_one_by_one(tree: Tree, seed: int) -> None:
    assert check(tree, SCOPE)[1] == []
    random = Random(seed)
    agree(tree, [random_filing(random) for _ in range(SUBMISSIONS)])


@pytest.mark.parametrize(
    "formula",
    [
        "sum(率行 * budget for spending) / sum(budget for spending) - 率丁",
        "sum(率行 * budget for spending) * 率丁 / sum(budget * 率行 for spending)",
        "sum(率行 * 率丁 * budget for spending) - 款甲",
        "sum(budget * 0.5 + actual * 0.25 for spending)",
        "min(budget * 0.123456 * 0.123457 for spending)",
        "max(budget * 0.123456 * 0.123457 for spending) - 款甲 * 0.123456 * 0.123457",
        "min(abs(budget * 0.123456 * 0.123457) for spending) = 款甲 * 0.123456 * 0.123457",
    ],
)
def test_what_the_types_accept_is_exact_at_its_largest(formula: str) -> None:
    tree, most = read(formula), Fraction(10**15 - 1)
    assert check(tree, SCOPE)[1] == []
    names: dict[str, Value] = dict.fromkeys(FIGURES, most)
    names |= {name: Fraction(LIMITS[name][1]) for name in ("率丁", "半")}
    filings = []
    for places in permutations(range(SLOTS)):
        sizes = [Fraction(most // 7**place) for place in places]
        rows: list[dict[str, Value]] = [
            dict.fromkeys((*MONEY_FIELDS, "weight"), size) | {"率行": Fraction(1), "line": "a"} for size in sizes
        ]
        filings.append(Filed(names | {"有无": True}, {}, {key: rows if key[0] == "spending" else [] for key in TABLES}))
    agree(tree, filings)


# -- rules of states, worked by hand ---------------------------------------------------------------------------

UNKNOWN, NONE, X0, O0 = Missing.UNKNOWN, Missing.NOT_APPLICABLE, Missing.BY_ZERO, Missing.ZERO_BY_ZERO
RISKY, BY_NOTHING, NEITHER = Missing.RISKY, Missing.BY_NOTHING, Odd.NEITHER


def one_filing(first: Value, second: Value, rows: Sequence[Value] = ()) -> Filed:
    names: dict[str, Value] = dict.fromkeys([*FIGURES, "率丁", "半"], Fraction(0)) | {
        "率甲": first,
        "率乙": second,
        "有无": None,
    }
    made = [dict.fromkeys((*MONEY_FIELDS, "weight", "率行"), value) | {"line": "a"} for value in rows]
    return Filed(names, {}, {key: made if key == ("spending", ()) else [] for key in TABLES})


@pytest.mark.parametrize(
    ("formula", "first", "second", "expected"),
    [
        ("率甲 / 率乙", Fraction(1), Fraction(0), X0),
        ("率甲 / 率乙", Fraction(0), Fraction(0), O0),
        ("率甲 / 率乙", UNKNOWN, Fraction(0), BY_NOTHING),  # 0/0, or x/0
        ("率甲 / 率乙", Fraction(1), UNKNOWN, RISKY),
        ("率甲 / 率乙 + 1", UNKNOWN, UNKNOWN, RISKY),
        ("率甲 / 率乙 is undefined", UNKNOWN, Fraction(0), True),
        ("率甲 / 率乙 is unknown", Fraction(1), UNKNOWN, True),
        ("率甲 / 率乙 > 0", Fraction(1), UNKNOWN, None),
        ("率甲 / 率乙 > 0", UNKNOWN, Fraction(0), NEITHER),
        ("率甲 / 率乙 + 率甲 / 0", Fraction(1), UNKNOWN, X0),
        ("率甲 / 率乙", NONE, Fraction(0), NONE),
        ("率甲 * 率乙", Fraction(0), UNKNOWN, UNKNOWN),
        ("率甲 * 率乙", X0, UNKNOWN, X0),
        ("率甲 + 率乙", O0, UNKNOWN, O0),
        ("率甲 + 率乙", X0, NONE, NONE),
        ("率甲 - 率乙", O0, X0, X0),
        ("min(率甲, 率乙)", Fraction(1), UNKNOWN, UNKNOWN),
        ("abs(率甲)", Fraction(-3, 2), UNKNOWN, Fraction(3, 2)),
        ("abs(率甲)", X0, UNKNOWN, X0),
        ("-率甲", NONE, UNKNOWN, NONE),
        ("率甲 / 率乙", Fraction(1), Fraction(-3), Fraction(-1, 3)),
        ("率甲 = 率乙", X0, X0, NEITHER),
        ("率甲 != 率乙", NONE, Fraction(1), NEITHER),
        ("not 率甲 > 0", NONE, UNKNOWN, NEITHER),
        ("率甲 > 率乙", NONE, UNKNOWN, NEITHER),
        ("率甲 / 率乙 is undefined", Fraction(1), Fraction(0), True),
        ("率甲 / 率乙 is unknown", Fraction(1), Fraction(0), False),
        ("率甲 is not-applicable", NONE, UNKNOWN, True),
        ("率甲 is unknown or 率乙 > 0", UNKNOWN, UNKNOWN, True),
        ("率甲 > 0 and 率乙 > 0", NONE, Fraction(0), False),
        ("率甲 > 0 or 率乙 > 0", X0, Fraction(1), True),
        ("率甲 > 0 or 率乙 > 0", X0, Fraction(0), NEITHER),
        ("率甲 > 0 or 率乙 > 0", X0, UNKNOWN, Odd.PERHAPS),
        ("率甲 > 0 and 率乙 > 0", X0, UNKNOWN, Odd.PERHAPS_NOT),
        ("not (率甲 > 0 and 率乙 > 0)", X0, UNKNOWN, Odd.PERHAPS),
        ("率甲 > 0 and 率乙 > 0", X0, Fraction(1), NEITHER),
        ("(率甲 > 0 or 率乙 > 0) and 率乙 > 0", X0, UNKNOWN, None),
        ("(率甲 > 0) is known", NONE, UNKNOWN, False),
        ("(率甲 > 0) is unknown", NONE, UNKNOWN, False),
    ],
)
def test_states_meet_as_the_design_says(formula: str, first: Value, second: Value, expected: Value) -> None:
    filed = one_filing(first, second)
    assert worth(read(formula), filed) == expected
    agree(read(formula), [filed])


@pytest.mark.parametrize(
    ("formula", "rows", "expected"),
    [
        ("sum(weight for spending)", [], Fraction(0)),
        ("count(spending)", [], Fraction(0)),
        ("any(weight > 0 for spending)", [], False),
        ("every(weight > 0 for spending)", [], True),
        ("min(weight for spending)", [], O0),
        ("max(weight for spending)", [], O0),
        ("min(weight for spending where weight > 5)", [Fraction(1)], O0),
        ("sum(weight for spending)", [Fraction(1), Fraction(2)], Fraction(3)),
        ("sum(weight for spending)", [Fraction(1), UNKNOWN], UNKNOWN),
        ("sum(weight for spending where weight > 0)", [Fraction(1), UNKNOWN], UNKNOWN),
        ("sum(weight for spending where weight is known)", [Fraction(1), UNKNOWN], Fraction(1)),
        ("count(spending where weight > 0)", [Fraction(1), UNKNOWN, Fraction(0)], UNKNOWN),
        ("count(spending where weight is unknown)", [Fraction(1), UNKNOWN], Fraction(1)),
        ("sum(weight for spending)", [Fraction(1), NONE, X0], NONE),
        ("max(weight for spending)", [Fraction(-1), Fraction(-2)], Fraction(-1)),
        ("min(weight for spending where weight >= 0)", [Fraction(3), UNKNOWN], UNKNOWN),
        ("any(weight > 0 for spending)", [Fraction(0), UNKNOWN], None),
        ("any(weight > 0 for spending)", [Fraction(1), UNKNOWN], True),
        ("every(weight > 0 for spending)", [Fraction(0), UNKNOWN], False),
        ("every(weight > 0 for spending where weight > 0)", [UNKNOWN], None),
        # a row of which the test holds neither way is passed over
        ("any(weight > 0 for spending)", [NONE, X0], False),
        ("every(weight > 0 for spending)", [NONE, X0], True),
        ("any(weight > 0 for spending)", [NONE, Fraction(1)], True),
        ("every(weight > 0 for spending)", [NONE, Fraction(0)], False),
        ("any(weight > 0 for spending)", [NONE, UNKNOWN], None),
        ("every(weight > 0 for spending)", [NONE, UNKNOWN], None),
        ("any(weight > 0 and 率甲 / 率乙 > 0 for spending)", [UNKNOWN], False),
        ("any(weight > 0 or 率甲 / 率乙 > 0 for spending)", [UNKNOWN], None),
        ("every(weight > 0 and 率甲 / 率乙 > 0 for spending)", [UNKNOWN], None),
        ("every(weight > 0 or 率甲 / 率乙 > 0 for spending)", [UNKNOWN], True),
        ("count(spending where weight > 0)", [NONE, Fraction(1), X0], Fraction(1)),
        ("sum(1 for spending where not weight > 0)", [NONE, Fraction(0), X0], Fraction(1)),
        # a line with no parts has none of them; of a line that was never filed nobody knows
        ("count(spending[项目支出])", [Fraction(1)], Fraction(0)),
        ("count(spending[基本支出])", [Fraction(1)], UNKNOWN),
        ("sum(weight for spending[基本支出])", [Fraction(1)], UNKNOWN),
        ("min(weight for spending[基本支出])", [Fraction(1)], UNKNOWN),
        ("any(weight > 0 for spending[基本支出])", [Fraction(1)], None),
        ("every(weight > 0 for spending[基本支出])", [Fraction(1)], None),
    ],
)
def test_rows_fold_as_the_design_says(formula: str, rows: list[Value], expected: Value) -> None:
    filed = one_filing(Fraction(0), Fraction(0), rows)
    assert worth(read(formula), filed) == expected
    agree(read(formula), [filed])
