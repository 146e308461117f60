"""Which laws hold whatever the rules and whatever was filed? Each is asked of the engine and of the naive evaluation.

`JIXIAO_SEED` and `JIXIAO_LAWS` (how many rule files a law) ask for other and longer runs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from .engine_side import NOT_YET, Engine
from .filed import Writer
from .ranges import Ends, at
from .whole import Answer, evaluated
from .written_methods import MONEY, plain

SEED = int(os.environ.get("JIXIAO_SEED", "1"))
RULES = int(os.environ.get("JIXIAO_LAWS", "60"))
UNKNOWN = (None, "", "-", "无法核实")
ZERO = at(Fraction(0))


class Naive:
    """The reference behind the same door as the engine."""

    refused = ""

    def __init__(self, rules: dict) -> None:
        self.rules = rules

    def answer(self, filing: dict) -> Answer | str:
        return evaluated(self.rules, filing)


Side = Callable[[dict], Any]
both = pytest.mark.parametrize(("side", "without"), [(Naive, frozenset()), (Engine, NOT_YET)], ids=["naive", "engine"])


def programs(law: str, without: frozenset[str], count: int = RULES):  # type: ignore[no-untyped-def]
    """Random rule files, each with the writer of its filings."""
    for number in range(count):
        writer = Writer(Random(f"{law}/{SEED}/{number}"), without | {"states"})
        yield writer, writer.rules()


def answered(side: Side, rules: dict, filing: dict) -> Answer:
    """What is refused, since an answer is to what does not apply, has none."""
    made = side(rules)
    answer = made.answer(filing)
    return answer if isinstance(answer, Answer) else Answer()


def shown(*things: Any) -> str:
    return "\n".join(json.dumps(one, ensure_ascii=False, default=str) for one in things)


def inside(part: Ends | None, whole: Ends | None) -> bool:
    """Does it lie within? What left the table earns nothing."""
    part, whole = part or ZERO, whole or ZERO
    return whole.low <= part.low and part.high <= whole.high


# -- the unknown -------------------------------------------------------------------------------------------------


def filled(writer: Writer, rules: dict, filing: dict) -> dict:
    """The same filing with what was not known filled in at random: by numbers, 0, and 不适用; some of it, or all."""
    made, random = deepcopy(filing), writer.random
    share = random.choice((0.5, 1, 1))
    figures = made["figures"]
    for name, spec in rules["figures"].items():
        if figures.get(name) in UNKNOWN and random.random() < share:
            if spec["unit"] == "yes-no":
                figures[name] = random.choice(("是", "否"))
            else:
                number = writer.rate() if spec["unit"] == "%" else random.choice(("0", "1", "7", "90", "100", "5000"))
                figures[name] = random.choice((number, number, "0", "不适用"))
    for row in made.get("indicators", ()):
        if row.get("target") == "≥10台" and row.get("actual") in UNKNOWN and random.random() < share:
            row["actual"] = random.choice(("0", "9台", "10台", "13台", "250台", "不适用"))
    return made


@both
def test_whatever_the_unknown_turns_out_to_be_stays_within_the_bounds(side: Side, without: frozenset[str]) -> None:
    for writer, rules in programs("fill", without):
        made = side(rules)
        for _ in range(4):
            filing = writer.filing(rules)
            before = made.answer(filing)
            if not isinstance(before, Answer):  # refused: an answer to what does not apply
                continue
            for _ in range(3):
                more = filled(writer, rules, filing)
                after = made.answer(more)
                if not isinstance(after, Answer):  # refused: an answer to what does not apply
                    continue
                found = escaped(before, after, sharing(filing))
                assert not found, shown(found, rules, filing, more["figures"], more.get("indicators"))


def sharing(filing: dict) -> set[str]:
    """Rows are told as they are while every other one stays in the table: one that leaves makes the others heavier."""
    return {row["name"] for row in filing.get("indicators", ())}


def escaped(before: Answer, after: Answer, shared: set[str]) -> list[str]:
    """What lies outside of what was said before."""
    found = [
        f"{path}: {told.ends} not within {before.told[path].ends}"
        for path, told in after.told.items()
        if not inside(told.ends, before.told[path].ends) and path[-1] not in shared
    ]
    if after.total is not None and before.total is not None and not inside(after.total, before.total):
        found.append(f"total {after.total} not within {before.total}")
    if not {*after.grades} <= {*before.grades}:
        found.append(f"grades {after.grades} not of {before.grades}")
    for path, told in after.told.items():
        if not {*told.grades} <= {*before.told[path].grades} and path[-1] not in shared:
            found.append(f"{path}: grades {told.grades} not of {before.told[path].grades}")
    sure = {one for one in before.findings if one[2] == "sure"}
    if not sure <= after.findings:
        found.append(f"findings no more sure: {sure - after.findings}")
    known = {one[:2] for one in before.findings} | before.asked
    if new := {one[:2] for one in after.findings} - known:
        found.append(f"findings not possible before: {new}")
    if new_caps := {one[0] for one in after.caps} - {one[0] for one in before.caps}:
        found.append(f"caps not possible before: {new_caps}")
    return found


# -- order, units, and what never happens ------------------------------------------------------------------------


def shuffled(random: Random, data: Any) -> Any:
    """The same with keys, cuts and bands in another order. (Other lists are told by their place.)"""
    if isinstance(data, dict):
        keys = list(data)
        random.shuffle(keys)
        made = {key: shuffled(random, data[key]) for key in keys}
        for name in ("cuts", "bands", "judgements"):
            if isinstance(made.get(name), list):
                random.shuffle(made[name])
        return made
    return [shuffled(random, one) for one in data] if isinstance(data, list) else data


def same(one: Answer, other: Answer) -> bool:
    told = {path: (each.ends, each.of, each.grades) for path, each in one.told.items()}
    return (told, one.total, one.of, one.grades, one.findings, one.caps) == (
        {path: (each.ends, each.of, each.grades) for path, each in other.told.items()},
        other.total, other.of, other.grades, other.findings, other.caps,
    )  # fmt: skip


@both
def test_the_order_of_keys_cuts_and_bands_changes_nothing(side: Side, without: frozenset[str]) -> None:
    for writer, rules in programs("order", without):
        filing = writer.filing(rules)
        turned = shuffled(writer.random, rules), shuffled(writer.random, filing)
        assert same(answered(side, rules, filing), answered(side, *turned)), shown(rules, filing, *turned)


@both
def test_the_order_of_rows_that_state_their_points_changes_nothing(side: Side, without: frozenset[str]) -> None:
    for writer, rules in programs("rows", without):
        filing = writer.filing(rules)
        for row in filing.get("indicators", ()):
            row["points"] = "2"
        turned = deepcopy(filing)
        writer.random.shuffle(turned.get("indicators", []))
        if "ignored" not in json.dumps(rules):
            assert same(answered(side, rules, filing), answered(side, rules, turned)), shown(rules, filing)


@both
def test_money_in_another_unit_is_the_same_money(side: Side, without: frozenset[str]) -> None:
    for writer, rules in programs("units", without):
        filing = writer.filing(rules)
        other = deepcopy(filing)
        filing["money"], other["money"] = "元", "万元"
        for name in MONEY:
            raw = other["figures"].get(name)
            if raw not in (*UNKNOWN, "不适用") and raw[-1].isdigit():
                other["figures"][name] = plain(Fraction(raw) / 10000)
        for row in other.get("indicators", ()):
            for cell in ("target", "actual"):
                raw = row.get(cell) or ""
                number = raw.lstrip("≥≤=<>").removesuffix("万元")
                if raw.endswith("万元") and (row.get("actual") or "").endswith("元"):
                    row[cell] = raw.replace(number + "万元", f"{plain(Fraction(number) * 10000)}元")
        assert same(answered(side, rules, filing), answered(side, rules, other)), shown(rules, filing, other)


@both
def test_a_finding_that_never_fires_changes_nothing(side: Side, without: frozenset[str]) -> None:
    never = {"severity": "critical", "when": "从不", "says": "从不", "ground": "practice"}
    for writer, rules in programs("never", without):
        more = deepcopy(rules)
        more["figures"]["从不"] = {"unit": "yes-no"}
        more["findings"]["从不发生"] = never
        more["caps"]["从不限"] = {"when": "从不发生", "ground": "practice", "total": "0"}
        filing = writer.filing(rules)
        said = deepcopy(filing)
        said["figures"]["从不"] = "否"
        assert same(answered(side, rules, filing), answered(side, more, said)), shown(rules, filing)


# -- points ------------------------------------------------------------------------------------------------------


def alone(writer: Writer, method: dict, rounding: Any = 2) -> dict:
    """A rule file of one criterion of 10 points."""
    rules = writer.rules()
    policy = rules["policy"] | {
        "rounding": {"points": rounding, "total": 3, "mode": "half-up"},
        "not-applicable": "full",
    }
    leaf = {"points": "10", "measure": "率甲", "scoring": method}
    return rules | {"of": "10", "policy": policy, "criteria": {"甲": leaf}, "findings": {}, "caps": {}}


def earned(made: Any, rate: str) -> Ends:
    filing = {"submission": "a", "department": "b", "kind": "department", "year": 2024, "money": "元"}
    answer = made.answer(filing | {"figures": {"率甲": rate} if rate else {}})
    assert isinstance(answer, Answer), answer
    ends = answer.told["甲",].ends
    assert ends is not None
    return ends


RISING = ("0%", "10%", "50%", "79.99%", "80%", "89.99%", "90%", "95.09%", "95.1%", "99.99%", "100%", "120%", "500%")


def rising(writer: Writer) -> tuple[dict, bool]:
    """A method, and whether more is better."""
    kind = writer.pick("forward", "reverse", "linear", "below", "above")
    if kind in ("forward", "reverse"):
        found = {"method": "proportional", "direction": kind, "target": writer.pick("90%", "95.1%", "100%")}
        return found | (
            {"over": "full"} if kind == "forward" else {"reverse": writer.pick("inverse", "linear")}
        ), kind == "forward"
    if kind == "linear":
        one, other = writer.random.sample([50, 80, 90, 100], 2)
        return {"method": "linear", "full-at": f"{one}%", "zero-at": f"{other}%"}, one > other
    return writer._steps(Fraction(10)) | {"side": kind, "cuts": []}, kind == "below"


@both
def test_a_better_actual_never_earns_less(side: Side, without: frozenset[str]) -> None:
    for writer, _ in programs("better", without):
        method, up = rising(writer)
        made = side(alone(writer, method, "exact"))
        points = [earned(made, rate).low for rate in RISING]
        assert points == sorted(points, reverse=not up), shown(method, points)


@both
def test_the_bounds_of_an_unknown_measure_are_reached(side: Side, without: frozenset[str]) -> None:
    """By some value just at, above or below an edge of the method, or far from all of them."""
    for writer, _ in programs("reached", without, RULES // 4):
        method = getattr(writer, "_" + writer.pick("proportional", "linear", "bands", "steps", "additions"))(
            Fraction(10)
        )
        rules = alone(writer, method)
        rules["policy"]["partial-step"] = "whole"
        made = side(rules)
        edges = {*RISING, *(f"{edge}%" for edge in (60, 70, 103.3, 105.5, 130, 150)), "-100000%", "100000%", "-1%"}
        values = [Fraction(edge[:-1]) + away for edge in edges for away in (0, Fraction(1, 100), -Fraction(1, 100))]
        rates = [plain(max(-Fraction(100000), min(Fraction(100000), one))) + "%" for one in values]
        held = [earned(made, rate) for rate in [*rates, "不适用"]]
        told, near = earned(made, ""), Fraction(1, 20)
        assert told.low <= min(one.low for one in held) <= told.low + near, shown(method, told)
        assert told.high >= max(one.high for one in held) >= told.high - near, shown(method, told)


@both
def test_nothing_exceeds_its_full_points(side: Side, without: frozenset[str]) -> None:
    for writer, rules in programs("full", without):
        if "most" in json.dumps(rules["criteria"]):
            continue
        for _ in range(3):
            filing = writer.filing(rules)
            for path, told in answered(side, rules, filing).told.items():
                assert told.ends is None or told.ends.high <= told.of.high, shown(path, told, rules, filing)


@both
def test_printed_leaves_sum_to_what_is_printed_above_them(side: Side, without: frozenset[str]) -> None:
    """Where leaves are rounded, the total at least as finely, and nothing is scaled, capped or moved."""
    plain_table = frozenset({"best", "either", "moved", "extra", "of", "applies", "na", "own-na"})
    for writer, rules in programs("sums", without | plain_table):
        rounding = rules["policy"]["rounding"]
        if rounding["points"] == "exact" or rounding["total"] < rounding["points"]:
            continue
        rules = rules | {"caps": {}, "policy": rules["policy"] | {"not-applicable": "full"}}
        filing = writer.filing(rules)
        answer = answered(side, rules, filing)
        blocks = {path[:depth] for path in answer.told for depth in range(len(path))}
        leaves = [told.ends for path, told in answer.told.items() if path not in blocks and told.ends]
        assert answer.total == sum(leaves, ZERO), shown(rules, filing)
