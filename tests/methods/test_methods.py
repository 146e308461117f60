"""Does every scoring method answer all that must be known of one? The closed set is walked; adding one must fail here.

Examples stand beside each method: every answer of the interface is asked of them, on values that lie near all that they
name, so that each branch is found, on scalars and on symbols, and has its sentence in both languages.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from fractions import Fraction as F
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import Any, NamedTuple, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import engine.methods
from engine.algebra.meaning import MEANING, Truth, fraction, known
from engine.clauses.reader import read, write
from engine.methods import METHODS, Answered, External, Holds, Indicators, Levels, Measured, Method, Share
from engine.methods.answered import Answer
from engine.methods.bounds import ANYWHERE, Span, bounds, turning
from engine.methods.choices import BY_FIELD
from engine.methods.method import Around, Said, Told, Trouble, Unwritable, first_holding, out_of_bounds
from engine.methods.scoring import scored
from engine.rules.policy import Rounding
from engine.telling.explain import scored_said
from engine.telling.words import PointWriter, sentence
from engine.values.amounts import Amount
from engine.values.units import unit_word
from engine.wording.phrases import PHRASES
from tests.core.symbols import SYMBOLS, Lifting, plain, value_of
from tests.methods.test_scoring import METHODS as MEASURED
from tests.methods.test_scoring import score

FULL = F(10)
NEAR = F(1, 10**9)
PRINTED = PointWriter(Rounding(points=2, total=2, mode="half-up"))


class Example(NamedTuple):
    """A method as a rule file writes it, of 10 points, and what of it no clause can say."""

    scoring: dict[str, Any]
    unwritable: str = ""
    word: str = "%"

    @property
    def method(self) -> Any:
        name = self.scoring["method"]
        return next(one for one in METHODS if named(one) == name).model_validate(self.scoring)


def named(method: type[Method]) -> str:
    (name,) = get_args(method.model_fields["method"].annotation)
    return str(name)


def made(method: str, unwritable: str = "", word: str = "%", **others: Any) -> Example:
    keys = {key.rstrip("_").replace("_", "-"): value for key, value in others.items()}
    return Example({"method": method, **keys}, unwritable, word)


LADDER = [
    {"from": "90%", "points": "10"}, {"from": "80%", "to": "90%", "points": "6"}, {"to": "80%", "points": "0"},
]  # fmt: skip
ENDS = [
    {"at": "100%", "points": "10"},
    {"from": "90%", "from-closed": True, "to": "95%", "to-closed": True, "points": "9"},
    {"from": "95%", "from-closed": False, "to": "100%", "to-closed": False, "points": "8"},
    {"from": "100%", "from-closed": False, "points": "7"},
    {"from": "85%", "from-closed": False, "to": "90%", "to-closed": False, "points": "3"},
    {"from": "80%", "from-closed": False, "to": "85%", "to-closed": True, "points": "2"},
    {"to": "80%", "to-closed": True, "points": "1"},
]
OPEN_BELOW = [{"from": "50%", "from-closed": True, "points": "10"}, {"to": "50%", "to-closed": False, "points": "1"}]
CUT = {"at": "60%", "side": "below", "closed": False}
FORWARD = {"direction": "forward", "target": "90%"}
REVERSE = {"direction": "reverse", "target": "50%"}
STEPS = {"from_": "100%", "step": "5%", "base": "points", "deduct": "3"}
ADDED = {"step": "5%", "add": "3", "side": "above"}
TIERS = [{"tier": "好", "from": "60%", "to": "100%"}, {"tier": "差", "from": "0%", "to": "60%"}]

EXAMPLES: tuple[Example, ...] = (
    made("proportional", **FORWARD, over="full"),
    made("proportional", "over", **FORWARD, over="zero"),
    made("proportional", "over", **FORWARD, over="open", pass_="60%"),
    made("proportional", "most", **FORWARD, most="120%", cuts=[{**CUT, "deduct": "2"}]),
    made("proportional", **FORWARD, over="full", cuts=[{**CUT, "points": "0"}]),
    made("proportional", **REVERSE, reverse="inverse", pass_="80%"),
    made("proportional", "reverse", **REVERSE, reverse="linear"),
    made("proportional", "over", direction="equal", target="90%", off="zero"),
    made("proportional", "over", direction="equal", target="90%", off="proportional"),
    made("linear", "line", full_at="100%", zero_at="80%"),
    made("linear", full_at="10%", zero_at="30%", cuts=[{**CUT, "side": "above", "points": "0"}]),
    made("linear", "most", full_at="100%", zero_at="0%", most="120%"),
    made("bands", edges="lower-closed", bands=LADDER),
    made("bands", edges="upper-closed", bands=LADDER),
    made("bands", bands=ENDS),
    made("bands", bands=OPEN_BELOW),
    made(
        "bands",
        edges="lower-closed",
        bands=[
            {"at": "100%", "points": "10"},
            {"from": "90%", "to": "100%", "points": "6"},
            {"to": "90%", "points": "0"},
        ],
    ),
    made("bands", "least", edges="lower-closed", bands=[LADDER[0], {"to": "90%", "points": "-5"}], least="-5"),
    made("steps", **STEPS, side="above", partial_step="whole"),
    made("steps", **STEPS, side="below", partial_step="started", floor="1", cuts=[{**CUT, "points": "0"}]),
    made("steps", **STEPS, side="both", partial_step="pro-rata"),
    made("steps", "base", **{**STEPS, "base": "relative"}, side="below", partial_step="whole"),
    made("steps", from_="0天", side="above", step="1天", base="points", deduct="1", partial_step="whole", word="天"),
    made("additions", from_="0%", **ADDED, partial_step="whole"),
    made("additions", from_="100%", **ADDED, partial_step="started", start="2"),
    made("additions", from_="100%", **{**ADDED, "side": "below"}, partial_step="pro-rata"),
    made("share"),
    made("share", kind="数量指标", to="130%", to_closed=True),
    made("share", "from", kind="数量指标", from_="80%"),
    made("external", score="考核得分", of="考核总分"),
    made("checklist", items=[{"item": "制度健全", "points": "4"}, {"item": "执行有效", "points": "6"}]),
    made("checklist", "items", items=[{"item": "有", "points": "10"}, {"item": "错", "points": "-2"}], least="-2"),
    made("outcomes", outcomes=[{"outcome": "健全", "points": "10"}, {"outcome": "不健全", "points": "0"}]),
    made(
        "outcomes", "least", outcomes=[{"outcome": "甲", "points": "10"}, {"outcome": "乙", "points": "-1"}], least="-1"
    ),
    made("deductions", faults=[{"fault": "发现截留", "least": "2", "most": "5"}]),
    made("judgement"),
    made("judgement", "judgement", least="1", most="8"),
    made("judgement", edges="upper-closed", tiers=TIERS),
    made("holds", "holds", holds="有制度"),
    made("holds", holds="执行率 >= 90% or 结转率 < 5%", otherwise="2"),
    made("levels", "method", otherwise="D", levels=[{"letter": "A", "from": "95%", "closed": True}]),
    made("indicators", "method", level="产出指标", split="exact", stated_points="prevail"),
)


def label(example: Example) -> str:
    return f"{EXAMPLES.index(example)}-{example.scoring['method']}"


EACH = pytest.mark.parametrize("example", EXAMPLES, ids=label)
SCORING = pytest.mark.parametrize("example", [e for e in EXAMPLES if isinstance(e.method, Measured)], ids=label)


# -- the closed set --------------------------------------------------------------------------------------------------


def written_methods(classes: list[type], module: str) -> Iterator[type[Method]]:
    """The methods that a module writes: those that can be made."""
    for one in classes:
        if issubclass(one, Method) and one.__module__ == module and not inspect.isabstract(one):
            yield one


def test_every_method_of_the_folder_is_of_the_closed_set_in_a_module_of_its_name() -> None:
    found = []
    for info in iter_modules(engine.methods.__path__):
        module = import_module(f"engine.methods.{info.name}")
        mine = list(written_methods([one for _, one in inspect.getmembers(module, inspect.isclass)], module.__name__))
        assert all(one in METHODS for one in mine), f"{info.name} holds a method that METHODS does not list"
        assert [named(one) for one in mine] in ([], [info.name])
        found += mine
    assert set(found) == set(METHODS) and len(found) == len(METHODS)


def test_a_method_that_is_not_listed_is_found() -> None:
    class Forgotten(Indicators):
        pass

    assert list(written_methods([Forgotten, Method, Measured], __name__)) == [Forgotten]
    assert Forgotten not in METHODS


def test_every_method_has_an_example() -> None:
    assert {example.scoring["method"] for example in EXAMPLES} == {named(one) for one in METHODS}


# -- what any method answers -----------------------------------------------------------------------------------------


def placed(model: Any, path: tuple[str | int, ...]) -> Any:
    """What stands at a place, as files spell it."""
    for part in path:
        if isinstance(part, int):
            model = model[part]
        else:
            (name,) = [name for name, field in type(model).model_fields.items() if field.alias == part]
            model = getattr(model, name)
    return model


@EACH
def test_what_is_left_open_is_a_choice_with_a_question(example: Example) -> None:
    method = example.method
    assert method.open() == ()
    names = [name for name in type(method).model_fields if name in BY_FIELD and name not in example.scoring]
    bare = method.model_copy(update={name: None for name in BY_FIELD if name in type(method).model_fields})
    for name in bare.open():
        assert name in BY_FIELD and all(BY_FIELD[name].asks)
        assert getattr(bare, name) is None
    assert set(bare.open()) <= {*names, *type(method).model_fields}


@EACH
def test_amounts_and_points_stand_where_they_are_said_to(example: Example) -> None:
    method = example.method
    for path, amount in method.amounts():
        assert isinstance(amount, Amount) and placed(method, path) is amount
    for path, points in method.points_named():
        assert isinstance(points, F) and placed(method, path) == points
    assert method.lowest <= 0 or method.lowest == method.floor  # only a floor lifts the least points
    assert method.highest_share >= 1
    assert method.named_least == (getattr(method, "least", None) or 0)
    assert set(method.answers) <= {"points", "tier", "met", "not-met"}


@EACH
def test_an_example_is_whole_and_a_wrong_one_is_refused(example: Example) -> None:
    method = example.method
    around = Around(FULL, "open")
    assert list(method.checks(around)) == [] and list(out_of_bounds(method, FULL)) == []
    troubles = [*method.checks(Around(F(1))), *out_of_bounds(method, F(1))]  # of another criterion, of 1 point
    assert all(isinstance(one, Trouble) and one.code and one.path[0] == "scoring" for one in troubles)
    if any(points > 1 for _, points in method.points_named()):
        assert troubles


@EACH
def test_a_clause_says_it_and_reads_back_or_it_says_why_none_can(example: Example) -> None:
    method = example.method
    if example.unwritable:
        with pytest.raises(Unwritable) as refused:
            write(method, FULL)
        assert str(refused.value) == example.unwritable
        return
    text = write(method, FULL)
    choices = {BY_FIELD[name].name: getattr(method, name) for name in BY_FIELD if hasattr(method, name)}
    back = read(text, FULL, {name: one for name, one in choices.items() if isinstance(one, str)}).method
    if isinstance(method, Measured) and not isinstance(
        method, Share | External
    ):  # a cut-off at 0 points is a pass mark, an end may be said of each band
        assert isinstance(back, type(method)) and back.open() == (), text
        assert [points(back, x) for x in scanned(method)] == [points(method, x) for x in scanned(method)], text
    else:
        assert back == method, text


# -- points ----------------------------------------------------------------------------------------------------------


def scanned(method: Measured, *others: F) -> list[F]:
    """Values on a grid, all that the method names and what is just beside, and far out."""
    values = {F(n, 100) for n in range(-40, 320, 5)} | {F(n) for n in range(-2, 14)} | {F(-(10**12)), F(10**12)}
    for at in (*(amount.value for _, amount in method.amounts()), *others):
        values |= {at - F(1, 1000), at - NEAR, at, at + NEAR, at + F(1, 1000)}
    return sorted(values)


def points(method: Measured, x: F) -> tuple[F, F]:
    found = scored(MEANING, method, known(x), known(FULL)).points
    return fraction(found.low), fraction(found.high)


@SCORING
def test_points_are_the_same_on_scalars_and_symbols(example: Example) -> None:
    assert score(example.method, scanned(example.method), FULL)


@SCORING
def test_every_branch_is_reached_and_has_its_sentence_in_both_languages(example: Example) -> None:
    method = example.method
    reached, declared = set(), set()
    for x in scanned(method):
        found = scored(MEANING, method, known(x), known(FULL))
        branch = first_holding(found.worked.branches)
        declared |= {one.name for one in found.worked.branches}
        if branch.points.low == branch.points.high:  # what is open is told by its cause
            reached.add(branch.name)
            told_by(method, x, found, example.word)
        elif branch.name in ("over", "outside"):
            reached.add(branch.name)
    assert declared - reached <= {"outside"}  # bands without a gap


def told_by(method: Measured, x: F, found: Any, word: str) -> None:
    own, numbers = fraction(found.own.low), found.worked.numbers
    values = {name: fraction(number) for name, number in numbers.items() if number.known}
    branch = first_holding(found.worked.branches).name
    said = method.said(Told(branch, x, unit_word(word), FULL, own, values, PRINTED.rounded))
    for one in sentences(said):
        zh, en = (placeholders(text) for text in PHRASES[one.key])
        assert zh == en == set(one.facts), one.key
    for lang in ("zh", "en"):
        assert sentence(said, lang)
        whole = scored_said(found, method, x, unit_word(word), FULL, PRINTED, lang)
        assert "{" not in whole and "?" not in whole


def sentences(said: Said) -> Iterator[Said]:
    yield said
    for one in said.more:
        yield from sentences(one)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@SCORING
def test_what_turns_is_in_order_and_is_near_every_jump(example: Example) -> None:
    """Where points jump between two neighbours of a fine grid there is a turn; steps repeat, and turn at their ends."""
    method = example.method
    turns = [one.at for one in turning(method, FULL)]
    assert turns == sorted(set(turns)) and turns
    if example.scoring["method"] in ("steps", "additions"):
        return
    for at in [amount.value for _, amount in method.amounts()]:
        below, here, above = (scored(MEANING, method, known(at + d), known(FULL)).points for d in (-NEAR, F(0), NEAR))
        for side in (below, above):
            if abs(fraction(side.low) - fraction(here.low)) > F(1, 10**6):
                assert at in turns


def reached_by(method: Measured, full: F, values: list[F]) -> tuple[F, F]:
    points = [scored(MEANING, method, known(x), known(full)).points for x in values]
    return min(fraction(one.low) for one in points), max(fraction(one.high) for one in points)


def near(a: F, b: F) -> bool:
    return abs(a - b) <= F(1, 10**5)


@SCORING
def test_bounds_are_the_least_and_the_greatest_points_of_a_dense_scan(example: Example) -> None:
    method = example.method
    low, high = bounds(method, FULL)
    least, most = reached_by(method, FULL, scanned(method))
    assert low <= least and most <= high and near(low, least) and near(high, most)


SPANS = st.tuples(st.integers(-50, 300), st.integers(0, 200)).map(lambda p: Span(F(p[0], 100), F(sum(p), 100)))


@settings(max_examples=80, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(MEASURED, st.sampled_from(["5", "12.5"]).map(F), st.just(ANYWHERE) | SPANS)
def test_bounds_hold_and_are_met_or_approached_wherever_the_measure_ranges(method: Any, full: F, span: Span) -> None:
    low, high = bounds(method, full, span)
    edges = [one for one in span if one is not None]
    inside = [
        x
        for x in scanned(method, *edges)
        if (span.low is None or span.low <= x) and (span.high is None or x <= span.high)
    ]
    least, most = reached_by(method, full, inside)
    assert low <= least and most <= high
    assert near(low, least) and near(high, most)


# -- answers, conditions, rows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", [e for e in EXAMPLES if isinstance(e.method, Answered)], ids=label)
def test_an_answer_only_narrows_what_a_method_may_give(example: Example) -> None:
    method, wrong = example.method, []

    def noted(code: str, *field: Any, **facts: Any) -> None:
        wrong.append(code)

    open_ = method.allowed(FULL, None, noted)
    assert open_.low <= open_.high <= FULL or method.named_least < 0
    asked = range(1, len(method.asked()) + 1)
    answers = [Answer(met=tuple(asked)), Answer(not_met=tuple(asked)), Answer(met=(1,) if asked else ())]
    if "tier" in method.answers:
        names = [one.tier for one in getattr(method, "tiers", ())] or [
            one.outcome for one in getattr(method, "outcomes", ())
        ]
        answers += [Answer(tier=name) for name in names]
    for answer in answers:
        told = method.allowed(FULL, answer, noted)
        assert open_.low <= told.low <= told.high <= open_.high
        assert told.low >= method.lowest
    assert wrong == []
    method.allowed(FULL, Answer(met=(99,), tier="无此档"), noted)
    assert wrong or method.answers == ("points", "tier")


TRUTHS = [Truth(*bits) for bits in ((1, 1, 0, 0), (0, 0, 1, 1), (0, 1, 0, 1), (0, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 1))]


@pytest.mark.parametrize(("otherwise", "least"), [("0", None), ("2", None), ("-3", "-3"), ("12", None)])
def test_a_condition_gives_all_or_otherwise_the_same_on_symbols(otherwise: str, least: str | None) -> None:
    method = Holds(method="holds", holds="甲 > 0", otherwise=otherwise, least=least)
    other = F(otherwise)
    both = (min(FULL, other), max(FULL, other))
    wanted = [(FULL, FULL), (other, other), both, (other, other), both, (other, other)]
    for bits, (low, high) in zip(TRUTHS, wanted, strict=True):
        truth = Truth(*map(bool, bits))
        alone = method.points(MEANING, truth, known(FULL))
        assert (fraction(alone.low), fraction(alone.high)) == (low, high)
        lifting = Lifting()
        held = method.points(SYMBOLS, lifting.lifted("truth", truth), lifting.known("full", FULL))
        assert plain(value_of(held, lifting.environment)) == plain(alone)


def test_letters_and_rows_answer_in_their_own_way() -> None:
    """Their points are tried where they are worked: in test_levels, test_rollup and test_scoring."""
    others = [one for one in METHODS if not issubclass(one, Measured | Answered | Holds)]
    assert others == [Levels, Indicators]
