"""durable_rules, plain bits, bits that are symbols, and a naive reading conclude the same from any program of rules."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import reduce
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.algebra.carriers import SCALARS
from engine.expressions.tree import Logic, Name, Not, Tree
from engine.inference import durable_rules
from engine.inference.bitwise import Bitwise
from engine.inference.durable_rules import DurableRules
from engine.inference.program import Cyclic, Rule, program
from tests.core.programs import (
    ATOMS,
    GIVEN,
    KLEENE,
    ROW_ATOMS,
    RandomProgram,
    Shape,
    agree,
    compiled,
    more_than,
    random_filing,
    random_program,
    run,
    run_symbols,
    said_of,
    shares,
)
from tests.reference.kleene import Kleene, Odd, passed_over
from tests.reference.rules import Filed, RuleText, conclude

ROOT = Path(__file__).parents[2]
PROGRAMS = 400
SEEDS = st.integers(0, 2**48)
SHAPES = st.builds(Shape, st.integers(4, 6), st.integers(1, 3), st.integers(1, 5), st.integers(0, 3))
CHECKS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "derandomize": True}

# What has ended or stopped the process is tried in a process of its own before anything here relies on it.
UNFIRED = """
from engine.inference.durable_rules import _Network
from engine.inference.program import Clause
network = _Network([[Clause(("+甲", "+乙"), "+丙")]])
for _ in range(200):
    assert network.close({"+甲"}) == set()
    assert network.close({"+甲", "+乙"}) == {"+丙"}
"""
WIDE = """
from engine.inference.durable_rules import DurableRules
from engine.inference.program import Clause, Program, Stratum
clauses = tuple(Clause((f"+甲{n}",), f"+乙{n}") for n in range(700))
DurableRules().networks(Program((), (Stratum(False, (), (), clauses),), ()))
"""


LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (20, 20))\n"


def tried_apart(probe: str) -> None:
    """Freed memory is filled, so that reading it shows. It has 20 seconds of its own: a busy machine does not count."""
    environment = {**os.environ, "MALLOC_PERTURB_": "85"}
    try:
        tried = subprocess.run(
            [sys.executable, "-c", LIMITED + probe],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
        )
    except subprocess.TimeoutExpired:
        pytest.fail("durable_rules does not come back")
    if tried.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        pytest.fail("durable_rules does not come back")
    if tried.returncode:
        pytest.fail(f"durable_rules ended the process with {tried.returncode}: {tried.stderr[-300:]}")


@pytest.fixture(scope="module", autouse=True)
def unfired_tokens_survive() -> None:
    tried_apart(UNFIRED)


@pytest.fixture(scope="module")
def wide_strata_survive() -> None:
    tried_apart(WIDE)


def joined(operator: str, trees: Sequence[Tree]) -> Tree:
    return reduce(lambda left, right: Logic(operator, left, right), trees)


def expect(rules: Sequence[RuleText], filings: Sequence[Filed]) -> None:
    agree(rules, filings, [conclude(rules, GIVEN, filed) for filed in filings])


# -- random programs -------------------------------------------------------------------------------------------


@settings(max_examples=PROGRAMS, **CHECKS)
@given(SEEDS, SHAPES)
def test_every_executor_concludes_what_the_reference_does(seed: int, shape: Shape) -> None:
    made = random_program(seed, shape)
    agree(made.rules, made.filings, made.expected)


def test_random_programs_are_open_in_every_stratum(capsys: pytest.CaptureFixture[str]) -> None:
    truths: list[list[Kleene]] = [[], [], [], []]
    depths = []
    for seed in range(150):
        made = random_program(seed)
        depths.append(len(made.layers))
        for number, layer in enumerate(made.layers):
            for rule in layer:
                truths[min(number, 3)] += [said for one in made.expected for said in said_of(rule, one)]
    with capsys.disabled():
        for number, said in enumerate(truths):
            yes, no, unknown = shares(said)
            print(f"\n  stratum {number}{'+' if number == 3 else ' '}: {len(said):6} truths,", end="")
            print(f" yes {yes:.1%}, no {no:.1%}, unknown {unknown:.1%}", end="")
    assert min(depths) >= 4
    assert all(min(shares(said)) >= 0.2 for said in truths)


@settings(max_examples=100, **CHECKS)
@given(SEEDS, SHAPES)
def test_a_rule_is_concluded_only_after_those_it_reads(seed: int, shape: Shape) -> None:
    made = random_program(seed, shape)
    clauses = [clause for stratum in compiled(made.rules).strata for clause in stratum.clauses]
    places = {clause.head: place for place, clause in enumerate(clauses)}
    read = [(place, token) for place, clause in enumerate(clauses) for token in clause.body if token in places]
    assert made.layers and all(places[token] < place for place, token in read)


@settings(max_examples=100, **CHECKS)
@given(SEEDS, SHAPES)
def test_what_nobody_reads_is_not_raised_where_it_holds_neither_way(seed: int, shape: Shape) -> None:
    """Only rules that others read are concluded in all four ways; the others never say neither."""
    made = random_program(seed, shape)
    two_ways = compiled(made.rules, ())

    def said(truths: dict[str, Kleene]) -> dict[str, Kleene]:
        return {name: one if name in two_ways.read else passed_over(one, False) for name, one in truths.items()}

    assert not two_ways.read >= {rule.name for rule in made.rules}
    for filed, wanted in zip(made.filings, made.expected, strict=True):
        for executor in (DurableRules(), Bitwise(SCALARS)):
            told = run(executor, two_ways, filed)
            assert told.submission == said(wanted.submission)
            assert told.rows == [said(row) for row in wanted.rows]


# -- holding neither way: worked by hand -----------------------------------------------------------------------

YES, NO, VOID = ATOMS[:3]
"""Three tests: the first holds, the second does not, the third holds neither way: what it asks of does not apply."""
ROW_VOID = ROW_ATOMS[0]
BY_HAND: list[tuple[RuleText, Kleene | list[Kleene]]] = [
    (RuleText("空", VOID, False), Odd.NEITHER),
    (RuleText("非空", Not(Name("空")), False), Odd.NEITHER),
    (RuleText("双重否定", Not(Not(Name("空"))), False), Odd.NEITHER),
    (RuleText("空而是", Logic("and", Name("空"), YES), False), Odd.NEITHER),
    (RuleText("空而非", Logic("and", Name("空"), NO), False), False),
    (RuleText("空或是", Logic("or", Name("空"), YES), False), True),
    (RuleText("空或非", Logic("or", Name("空"), NO), False), Odd.NEITHER),
    (RuleText("并非空或非", Not(Name("空或非")), False), Odd.NEITHER),
    (RuleText("并非空而非", Not(Name("空而非")), False), True),
    (RuleText("并非空或是", Not(Name("空或是")), False), False),
    (RuleText("行空", ROW_VOID, True), [Odd.NEITHER, False]),
    (RuleText("行非空", Not(Name("行空")), True), [Odd.NEITHER, True]),
    (RuleText("行随空", Logic("and", Name("空"), Not(ROW_VOID)), True), [Odd.NEITHER, Odd.NEITHER]),
    (RuleText("有行空", Name("行空"), False), False),  # the first row is passed over, in the second it does not hold
    (RuleText("无行空", Not(Name("行空")), False), True),
    (RuleText("有行非空", Name("行非空"), False), True),
]


def test_a_rule_that_holds_neither_way_is_not_raised_nor_is_what_denies_it() -> None:
    filed = Filed(
        {YES: True, NO: False, VOID: Odd.NEITHER}, [{ROW_VOID: Odd.NEITHER}, {ROW_VOID: False}],
        dict.fromkeys(GIVEN, False), [{}, {}],
    )  # fmt: skip
    made = compiled([rule for rule, _ in BY_HAND])
    for executor in (DurableRules(), Bitwise(SCALARS)):
        told = run(executor, made, filed)
        assert told.submission == {rule.name: wanted for rule, wanted in BY_HAND if not rule.per_row}
        assert told.rows == [{rule.name: wanted[n] for rule, wanted in BY_HAND if rule.per_row} for n in range(2)]


# -- order -----------------------------------------------------------------------------------------------------


@settings(max_examples=100, **CHECKS)
@given(SEEDS, SHAPES, SEEDS)
def test_the_order_of_rules_never_changes_a_conclusion(seed: int, shape: Shape, order: int) -> None:
    made = random_program(seed, shape)
    rules = made.rules
    Random(order).shuffle(rules)
    agree(rules, made.filings, made.expected)


@settings(max_examples=100, **CHECKS)
@given(SEEDS, SHAPES, SEEDS)
def test_the_order_of_atoms_never_changes_a_conclusion(seed: int, shape: Shape, order: int) -> None:
    made, random = random_program(seed, shape), Random(order)

    def shuffled(truths: dict) -> dict:
        return dict(random.sample(list(truths.items()), len(truths)))

    filings = [
        Filed(
            shuffled(filed.atoms), [shuffled(r) for r in filed.row_atoms],
            shuffled(filed.given), [shuffled(r) for r in filed.row_given],
        )
        for filed in made.filings
    ]  # fmt: skip
    agree(made.rules, filings, made.expected)


@settings(max_examples=100, **CHECKS)
@given(SEEDS, SHAPES, SEEDS)
def test_the_order_of_rows_only_moves_their_own_conclusions(seed: int, shape: Shape, order: int) -> None:
    made = random_program(seed, shape)
    places = list(range(shape.rows))
    Random(order).shuffle(places)
    filings = [
        Filed(f.atoms, [f.row_atoms[p] for p in places], f.given, [f.row_given[p] for p in places])
        for f in made.filings
    ]
    program_made = compiled(made.rules)
    for filed, wanted, moved in zip(filings, made.expected, run_symbols(program_made, filings), strict=True):
        for told in (moved, run(DurableRules(), program_made, filed), run(Bitwise(SCALARS), program_made, filed)):
            assert told.submission == wanted.submission
            assert told.rows == [wanted.rows[place] for place in places]


# -- circles ---------------------------------------------------------------------------------------------------


def test_a_circle_is_refused_by_its_names_in_order() -> None:
    circle = {"甲": "乙", "乙": "丙", "丙": "甲"}
    rules = [Rule("始", Name("甲"), False), *(Rule(name, Name(reads), False) for name, reads in circle.items())]
    with pytest.raises(Cyclic) as caught:
        program(rules, {}, frozenset())
    assert caught.value.names == ("甲", "乙", "丙", "甲")


@pytest.mark.parametrize("deny", [False, True])
@pytest.mark.parametrize("per_row", [False, True])
def test_a_rule_that_reads_itself_is_a_circle(deny: bool, per_row: bool) -> None:
    when = Logic("and", ATOMS[0], Not(Name("甲")) if deny else Name("甲"))
    with pytest.raises(Cyclic) as caught:
        program([Rule("甲", when, per_row)], {}, frozenset())
    assert caught.value.names == ("甲", "甲")


def test_a_circle_through_any_row_is_refused() -> None:
    rules = [Rule("每行", Name("整体"), True), Rule("整体", Name("每行"), False)]
    with pytest.raises(Cyclic):
        program(rules, {}, frozenset())


# -- the limits of durable_rules -------------------------------------------------------------------------------

MANY = tuple(more_than("项目数", number) for number in range(700))


def fnv(text: str) -> int:
    """The hash by which durable_rules tells properties, and facts, apart."""
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def test_no_two_properties_and_no_two_facts_are_taken_for_one_another() -> None:
    tokens, facts = (range(most) for most in (durable_rules.MOST_TOKENS + 1, durable_rules.MOST_FACTS + 1))
    properties = ["id", "sid", "opening", *map(str, tokens), *(f"f{place}" for place in facts)]
    ids = ["opening", "sid-0", *map(str, facts)]
    assert len(set(map(fnv, properties))) == len(properties)
    assert len(set(map(fnv, ids))) == len(ids)


def filings_of(atoms: Sequence[Tree], *, seed: int = 1) -> list[Filed]:
    """All yes; all but one yes, that one no or unknown; all no; and random ones."""
    random = Random(seed)
    plain: list[dict[Tree, Kleene]] = [dict.fromkeys(atoms, True), dict.fromkeys(atoms, False)]
    for odd in (False, None):
        plain.append({**dict.fromkeys(atoms, True), random.choice(list(atoms)): odd})
    filed = [random_filing(random, 1, atoms) for _ in range(2)]
    return [Filed(truths, filed[0].row_atoms, filed[0].given, filed[0].row_given) for truths in plain] + filed


@pytest.mark.parametrize("conjuncts", [15, 16, 17, 31, 32, 33, 60, 300])
@pytest.mark.parametrize("operator", ["and", "or"])
@pytest.mark.usefixtures("wide_strata_survive")
def test_a_body_of_any_length_agrees(conjuncts: int, operator: str) -> None:
    atoms = MANY[:conjuncts]
    rules = [
        RuleText("长", joined(operator, atoms), False),
        RuleText("反", Not(joined(operator, atoms)), False),
        RuleText("又", Not(Name("长")), False),
    ]
    expect(rules, filings_of(atoms))


@pytest.mark.parametrize("uses", [47, 48, 49, 64, 65, 97, 256, 320])
@pytest.mark.parametrize("per_row", [False, True])
@pytest.mark.usefixtures("wide_strata_survive")
def test_a_token_used_in_any_number_of_rules_agrees(uses: int, per_row: bool) -> None:
    shared = ATOMS[0]
    rules = [RuleText(f"用{n}", Logic("and", shared, MANY[n % 40]), per_row) for n in range(uses)]
    rules += [RuleText(f"反{n}", Not(Name(f"用{n}")), per_row) for n in range(uses)]
    expect(rules, filings_of([shared, *MANY[:40]]))


@pytest.mark.usefixtures("wide_strata_survive")
def test_a_rule_read_by_more_than_300_rules_agrees() -> None:
    rules = [RuleText("共用", Logic("or", ATOMS[0], ATOMS[1]), False)]
    rules += [RuleText(f"随{n}", Logic("and", Name("共用"), MANY[n % 9]), False) for n in range(310)]
    rules += [RuleText(f"非{n}", Logic("or", Not(Name("共用")), MANY[n % 9]), False) for n in range(310)]
    expect(rules, filings_of([*ATOMS, *MANY[:9]]))


@pytest.mark.usefixtures("wide_strata_survive")
def test_a_token_shared_by_many_rules_of_several_strata_agrees() -> None:
    shared, rules = ATOMS[0], [RuleText("底", ATOMS[1], False)]
    for layer in range(3):
        below = rules[-1].name
        rules += [
            RuleText(f"层{layer}之{n}", joined("and", [shared, Not(Name(below)), MANY[n % 5]]), False)
            for n in range(70)
        ]
    expect(rules, filings_of([*ATOMS[:2], *MANY[:5]]))


@pytest.mark.usefixtures("wide_strata_survive")
def test_more_than_600_distinct_tokens_agree() -> None:
    rules = [RuleText(f"规则{n}", Logic("and", atom, MANY[n - 1]), False) for n, atom in enumerate(MANY)]
    rules.append(RuleText("任一", joined("or", [Name(f"规则{n}") for n in range(len(MANY))]), False))
    expect(rules, filings_of(MANY))


@pytest.mark.usefixtures("wide_strata_survive")
def test_a_long_chain_of_rules_is_followed_to_its_end() -> None:
    rules = [RuleText("环0", ATOMS[0], False)]
    rules += [RuleText(f"环{n}", Name(f"环{n - 1}"), False) for n in range(1, 1200)]
    filed = random_filing(Random(1), 0, ATOMS)
    made = compiled(rules[::-1])
    for kleene in KLEENE:
        told = Filed({**filed.atoms, ATOMS[0]: kleene}, [], filed.given, [])
        for executor in (DurableRules(), Bitwise(SCALARS)):
            assert set(run(executor, made, told).submission.values()) == {kleene}


# -- names -----------------------------------------------------------------------------------------------------


def test_a_rule_named_like_a_test_is_not_that_test() -> None:
    rules = [RuleText("编制数 > 0", Not(ATOMS[0]), False), RuleText("读", Name("编制数 > 0"), False)]
    expect(rules, filings_of(ATOMS[:1]))


def test_a_rule_named_any_of_another_is_not_its_lift() -> None:
    rules = [
        RuleText("红", more_than("target", 0), True),
        RuleText("any 红", ATOMS[0], False),
        RuleText("逐行读", Not(Name("any 红")), True),
        RuleText("读", Logic("and", Not(Name("红")), Not(Name("any 红"))), False),
    ]
    expect(rules, filings_of(ATOMS[:1], seed=3) + filings_of(ATOMS[:1], seed=4))


# -- who does the work -----------------------------------------------------------------------------------------

CHAIN = [
    RuleText("一", ATOMS[0], False),
    RuleText("二", Name("一"), False),
    RuleText("三", Logic("and", Name("二"), Not(Name("无人"))), False),
    RuleText("无人", ATOMS[1], False),
    RuleText("逐行四", Name("三"), True),
    RuleText("五", Name("逐行四"), False),
]


def a_chain_told() -> Filed:
    filed = random_filing(Random(1), 2)
    return Filed({**filed.atoms, ATOMS[0]: True, ATOMS[1]: False}, filed.row_atoms, filed.given, filed.row_given)


def test_without_what_durable_rules_concludes_the_chained_conclusions_vanish(monkeypatch: pytest.MonkeyPatch) -> None:
    made = compiled(CHAIN)
    whole = run(DurableRules(), made, a_chain_told())
    assert whole.submission == {"一": True, "二": True, "三": True, "无人": False, "五": True}
    assert whole.rows == [{"逐行四": True}, {"逐行四": True}]

    monkeypatch.setattr(durable_rules._Network, "close", lambda _network, _told: set())
    empty = run(DurableRules(), made, a_chain_told())
    assert empty.submission == dict.fromkeys(whole.submission, Odd.NEITHER)
    assert empty.rows == [{"逐行四": Odd.NEITHER}, {"逐行四": Odd.NEITHER}]


def test_without_rules_that_fire_nothing_is_concluded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 31 clauses told to durable_rules none concludes by itself: all comes from what it says fired."""
    real = durable_rules._compiled()

    def opening_only(handle: int, state: int) -> tuple[str, str] | None:
        started = real.start_action_for_state(handle, state)
        return started if started and started[1].startswith('{"0"') else None

    deaf = SimpleNamespace(**{**vars(real), "start_action_for_state": opening_only})
    monkeypatch.setattr(durable_rules, "_compiled", lambda: deaf)
    empty = run(DurableRules(), compiled(CHAIN), a_chain_told())
    assert True not in empty.submission.values()


@settings(max_examples=30, **CHECKS)
@given(SEEDS)
def test_one_executor_serves_many_submissions_and_programs(seed: int) -> None:
    one = DurableRules()
    programs: list[RandomProgram] = [random_program(seed + n, Shape(4, 2, 3, 2)) for n in range(3)]
    compiled_programs = [compiled(made.rules) for made in programs]
    for place in range(3):
        for made, compiled_program in zip(programs, compiled_programs, strict=True):
            assert run(one, compiled_program, made.filings[place]) == made.expected[place]
