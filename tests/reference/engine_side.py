"""What does the engine say of the same two files? The one place that knows the shape of its answer."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.desk import evaluate
from engine.inference.durable_rules import DurableRules
from engine.methods import Proportional
from engine.reading.editions import load_plan
from engine.reading.library import load_submission
from engine.rules.policy import Policy
from engine.rules.rows import RowRules
from engine.values.problems import Refused

from .ranges import Ends, at, cut
from .whole import Answer, Told

EXECUTOR = DurableRules()
_KEPT = tempfile.TemporaryDirectory(prefix="jixiao-reference-")  # gone with this process
FOLDER = Path(_KEPT.name)

KNOWS = {
    "directions": "directions" in RowRules.model_fields,
    "not-started": "not_started" in RowRules.model_fields,
    "strict": "strict" in RowRules.model_fields,
    "total-floor": "total_floor" in Policy.model_fields,
    "off": "off" in Proportional.model_fields,
}
"""Keys that this engine reads."""


NOT_YET = frozenset(filter(None, os.environ.get("JIXIAO_WITHOUT", "").split(",")))
"""What is left out of the programs, by its name in `written.py`: nothing, unless it is asked for."""


def written(data: Any) -> Any:
    """Conditions and formulas quoted, as the engine asks; everything else as YAML has it."""
    return json.dumps(data, ensure_ascii=False)


def codes(refused: Refused) -> str:
    return "、".join(sorted({f"{one.code} {one.facts}" for one in refused.problems}))


def understood(rules: dict) -> dict:
    """The rule file without the keys that this engine does not read yet."""
    policy = {key: one for key, one in rules["policy"].items() if KNOWS.get(key, True)}
    rows = {key: one for key, one in rules.get("rows", {}).items() if KNOWS.get(key, True)}
    return rules | {"policy": policy} | ({"rows": rows} if rows else {})


class Engine:
    """One rule file, planned once."""

    def __init__(self, rules: dict) -> None:
        path = FOLDER / "rules.yaml"
        path.write_text(written(understood(rules)), "utf-8")
        self.refused = ""
        try:
            self.plan = load_plan(path)
        except Refused as refused:
            self.refused = codes(refused)

    def evaluation(self, filing: dict) -> Any:
        """The engine's own answer, or why it refuses."""
        if self.refused:
            return self.refused
        path = FOLDER / "submission.yaml"
        path.write_text(written(filing), "utf-8")
        try:
            filed = load_submission(path)
            return evaluate(self.plan, filed.submission, filed.place, filed.digest, EXECUTOR)
        except Refused as refused:
            return codes(refused)

    def answer(self, filing: dict) -> Answer | str:
        """Its answer in the words of the reference, or why it refuses."""
        told = self.evaluation(filing)
        return told if isinstance(told, str) else adapted(told)

    def letters(self, filing: dict) -> dict[tuple[str, ...], tuple[str | None, str, str]] | str:
        """The letters of criteria and blocks, or why it refuses."""
        told = self.evaluation(filing)
        if isinstance(told, str):
            return told
        return {_path(one.id): (one.points, one.low, one.high) for one in (*told.blocks, *told.criteria)}


def adapted(evaluation: Any) -> Answer:
    """Its answer in the words of the reference."""
    out = Answer(grades=tuple(evaluation.grades))
    score = evaluation.score
    if score is not None:
        out.total, out.of = _ends(score), _of(score)
    for one in evaluation.blocks:
        out.told[_path(one.id)] = Told(_ends(one), _of(one), tuple(one.grades), digits=_digits(one.low))
    for one in evaluation.criteria:
        kept = one.origin != "not-applicable"
        path = _path(one.id)
        grades = out.told[path].grades if path in out.told else ()
        out.told[path] = Told(_ends(one), _of(one), grades, _computed(one), kept, _digits(one.low))
    out.findings = {(one.id, one.subject, one.status) for one in evaluation.findings}
    asked = " ".join(one.name for one in evaluation.missing)
    rows = {path[-1] for path in out.told}
    raised = {(one.id, one.subject) for one in evaluation.findings}
    out.asked = {(f"提示{n}", "") for n in range(9) if f"“提示{n}”" in asked} | {
        ("逐行", name) for name in rows
    } - raised
    out.caps = {(one.id, one.sure) for one in evaluation.caps}
    return out


def _digits(text: str) -> int | None:
    """The decimals printed."""
    return len(text.partition(".")[2])


def _ends(one: Any) -> Ends:
    return Ends(Fraction(one.low), Fraction(one.high))


def _computed(one: Any) -> Ends | None:
    return None if one.computed is None else at(Fraction(one.computed))


def _path(name: Any) -> tuple[str, ...]:
    return tuple(name)


def _of(one: Any) -> Ends:
    return Ends(Fraction(one.of if one.of_low is None else one.of_low), Fraction(one.of))


def differences(mine: Answer, theirs: Answer | str, rounding: dict) -> list[str]:
    """Where the two answers differ, in words."""
    if isinstance(theirs, str) or mine.answered:
        refuses = isinstance(theirs, str) and set(theirs.split("、")) <= {
            f"answer-inapplicable {{'name': '{name}'}}" for path in mine.answered for name in (path[-1], "/".join(path))
        }
        return [] if refuses else [f"refused: reference {sorted(mine.answered)}, engine {theirs}"]
    found: list[str] = []

    def compare(what: str, a: Any, b: Any) -> None:
        if a != b:
            found.append(f"{what}: reference {shown(a)}, engine {shown(b)}")

    if mine.loose and mine.total is not None and theirs.total is not None:
        ends, wider = mine.total, theirs.total
        compare("total within", True, wider.low <= ends.low <= ends.high <= wider.high)
        compare("grades within", set(), set(mine.grades) - set(theirs.grades) if theirs.grades else set())
        mine = replace(mine, total=theirs.total, grades=theirs.grades)
    compare("total", mine.total, theirs.total)
    if mine.total is not None and mine.of.low == mine.of.high:
        compare("of", mine.of, theirs.of)
    if mine.of.low == mine.of.high or theirs.grades:  # the weights it has may still be none that grades are of
        compare("grades", mine.grades, theirs.grades)
    compare("findings", sorted(mine.findings), sorted(theirs.findings))
    compare("caps", sorted(mine.caps), sorted(theirs.caps))
    compare("paths", {*theirs.told} - {*mine.told}, set())
    for path, told in mine.told.items():
        if path in theirs.told:
            _compared("/".join(path), told, theirs.told[path], rounding, compare)
    return found


def _compared(name: str, mine: Told, theirs: Told, rounding: dict, compare: Any) -> None:
    """Points as far as they are printed; of what left the table, that it did."""
    if mine.ends is None:
        compare(f"{name} counts", False, theirs.kept and theirs.ends != at(Fraction(0)))
        return
    ends = mine.ends
    if theirs.digits is not None and rounding["points"] != "exact":
        mode = rounding["mode"]
        ends = Ends(cut(ends.low, theirs.digits, mode), cut(ends.high, theirs.digits, mode))
    compare(name, ends, theirs.ends)
    if mine.of.low == mine.of.high and mine.of.low > 0:
        decimals = 0 if theirs.of.low.denominator == 1 else len(str(float(theirs.of.low)).partition(".")[2])
        inexact = abs(mine.of.low - theirs.of.low) * 10**decimals >= 1  # printed shorter
        compare(f"{name} of", mine.of if inexact else theirs.of, theirs.of)
    compare(f"{name} grades", mine.grades, theirs.grades)


def shown(value: Any) -> str:
    if isinstance(value, Ends):
        return f"{value.low}–{value.high}" if value.low != value.high else str(value.low)
    return str(value)
