"""What comes out? The evaluation, in the shape of its JSON contract.

Decimals are texts: declared digits, no exponent; an unrounded value is `n/d`. Ids are lists of names, since names may
hold any mark. There is no time and no path of a machine in it, so the same submission under the same rules gives the
same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, dataclass_transform

from pydantic import ConfigDict, Field, TypeAdapter

from ..rules.findings import Severity

SCHEMA = "jixiao-evaluation-2"
Origin = Literal["computed", "judged", "assumed", "open", "not-applicable"]
Status = Literal["sure", "possible"]
Id = Annotated[tuple[str, ...], Field(description="the path in the table, from the top; names may hold any mark")]


_CONFIG = ConfigDict(extra="forbid", defer_build=True, json_schema_serialization_defaults_required=True)


def about(description: str, **known: Any) -> Any:
    """A key of the contract: what it says; `default`, `default_factory` or `alias` where it has one."""
    alias = {"alias": known.pop("alias")} if "alias" in known else {}
    return field(metadata={"description": description, **alias}, **known)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field, about))
class Result:
    """A part of the contract: frozen, keys spelled as in Python. Every key is always written, so its schema requires
    every one.
    """

    __pydantic_config__ = _CONFIG

    def __init_subclass__(cls) -> None:
        if "__init__" not in vars(cls):  # what makes itself has no keys of its own
            dataclass(frozen=True, kw_only=True)(cls)


class Named(Result):
    """Something of the table."""

    id: Id
    title: str = about("its title")


class Earned(Result):
    """Points and what could be had, or letters in their place."""

    points: str | None = about("settled points (or a letter); null while they are open")
    of: str = about("full points of what applies, the most while that is open (or the best letter)")
    of_low: str | None = about("the least full points, where it is open what applies; else null", default=None)
    low: str = about("the least that is possible (or the worst letter)")
    high: str = about("the most that is possible (or the best letter)")
    filed: str | None = about("what the form itself prints as score; null where it prints none", default=None)


class Valued(Result):
    """A number by its name."""

    name: str = about("what it is called in the rules")
    value: str | None = about(
        "as a reader writes it, in `unit`, at two decimals where no decimal ends; null where unknown"
    )
    unit: str = about("the unit word of `value`")


class EngineInfo(Result):
    """Which engine spoke."""

    version: str = about("the version of jixiao")
    executor: str = about("what closed the rules of inference: durable_rules or bitwise")
    digest: str = about("of the engine's own sources")


class Input(Result):
    """A file that went in."""

    name: str = about("the file, as it was named")
    digest: str = about("of its canonical content")


class RuleSetInfo(Result):
    """Under which rules."""

    id: str = about("the id of the edition")
    edition: str = about("the edition, as its issuer calls it")
    title: str = about("its title")
    digest: str = about("of its canonical content")
    complete: bool = about("whether the whole table is known; else there is a subtotal and no grade")
    verified: bool = about("whether somebody read it in the document named")
    origin: Literal["library", "file"] = about("bundled with jixiao, or a file of somebody's own")


class SubmissionInfo(Result):
    """About what."""

    id: str = about("the id of the submission")
    department: str = about("who filed it")
    project: str = about("the project, where it is about one; else its title")
    year: int = about("the year judged")
    digest: str = about("of its canonical content, answers included")


class Answers(Result):
    """The evaluator's answers that were applied."""

    digest: str = about("of all answers; empty where there are none")


class Score(Earned):
    """The total."""

    summed: str | None = about("the sum of what is printed, where the total is not just that", default=None)
    bridge: str = about("how that sum became the total: scaled, extras, rounded, held by a floor", default="")


class Block(Earned, Named):
    """A block of the table."""

    grades: tuple[str, ...] = about("by its own share of full points, where blocks are graded", default=())
    because: str = about("how its letter came from those of its criteria", default="")
    extra: Literal["bonus", "deduction"] | None = about("outside the full points of the table", default=None)


class CapResult(Result):
    """A limit that holds, surely or possibly."""

    id: str = about("its name in the rules")
    sure: bool = about("whether it holds for sure")
    acts: bool = about("whether the total or grade would be better without it")
    effect: str = about("what it limits, in words")


class Evidence(Valued):
    """A number that a statement rests on: where a filed one stands, or how a derived one was worked."""

    exact: str | None = about("in base units (元, fraction), unrounded: a decimal or n/d")
    source: str = about("file and place where it was filed; empty where it is derived")
    filed: str = about("the text of the cell, as filed", default="")
    worked: str = about("the formula with figures put in, of a derived number", default="")


class MeasureResult(Valued):
    """A measure with its formula, and the formula with the figures put in."""

    exact: str | None = about("in base units, unrounded: a decimal or n/d")
    formula: str = about("as the rules write it")
    worked: str = about("with the figures put in")
    figures: tuple[Evidence, ...] = about("the filed figures below it")


class Trace(Result):
    """Which branch of which method decided, and its numbers."""

    method: str = about("the scoring method, or how a row was scored")
    branch: str = about("the branch that gave the points; empty where nothing was worked")
    numbers: dict[str, str] = about("distance, steps, share, attainment …: exact, in base units", default_factory=dict)
    own: str | None = about("the points as that branch gave them, exact", default=None)
    topped: bool = about("whether the ceiling acted", default=False)
    cut: int | None = about("the number of the cut-off that gave the points, from 0", default=None)
    deducted: tuple[int, ...] = about("the numbers of cut-offs that took some off", default=())
    floored: bool = about("whether the floor acted", default=False)
    direction: str = about("of a row: more, less, same, cost or doubted", default="")
    direction_by: str = about("the word of its name that settled the direction; empty: its sign", default="")


class CriterionResult(Earned, Named):
    """A scored row of the table, or of the submission's indicators."""

    computed: str | None = about("what the rule gave, where an evaluator changed it; else null")
    origin: Origin = about("whether the points are computed, judged, rest on an assumption, or are open")
    cause: str = about("why the points are open; empty where they are not")
    trace: Trace = about("the branch that decided, and its numbers")
    measures: tuple[MeasureResult, ...] = about("what was scored")
    because: str = about("the reason, worded from the trace")
    clause: str = about("the rule's wording")
    wording: str = about("verbatim, paraphrase or unseen")
    checked: bool = about("whether the clause itself was compiled")
    authority: str = about("where the rule comes from")
    rule: str = about("file and place of the rule")


class FindingResult(Result):
    """A statement about the submission."""

    id: str = about("its name in the rules")
    severity: Severity = about("critical, major, minor or info")
    status: Status = about("sure, or possible: something filed speaks for it, and something lacks")
    subject: str = about("the indicator row, of one that is about a row")
    says: str = about("the statement")
    evidence: tuple[Evidence, ...] = about("the numbers it rests on")
    ground: str = about("regulation, practice or arithmetic")
    authority: str = about("the regulation, cited")
    advice: str = about("what to do about it")
    rule: str = about("file and place of the rule")


class Missing(Result):
    """What to supply next."""

    name: str = about("what lacks")
    criterion: Id = about("for which criterion or row; empty: for a finding")
    settles: str = about("how many points it could settle, or between which letters")


class ReviewEntry(Result):
    """A human's answer that the score rests on."""

    subject: str = about("the criterion or row")
    says: str = about("the answer in short")
    by: str = about("who gave it")
    reason: str = about("why")


class ProblemResult(Result):
    """Something in the input worth saying, though it could be judged."""

    code: str = about("the state found")
    message: str = about("the sentence")
    source: str = about("file and place")


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The whole answer. There is no `score` where the rule set scores by letters, or where nothing applies."""

    __pydantic_config__ = _CONFIG
    schema_: str = about("the version of this contract", default=SCHEMA, alias="schema")
    engine: EngineInfo = about("which engine spoke")
    lang: Literal["zh", "en"] = about("of the sentences")
    inputs: tuple[Input, ...] = about("the files that went in")
    answers: Answers = about("the evaluator's answers that were applied")
    ruleset: RuleSetInfo = about("the rules by which it was judged")
    submission: SubmissionInfo = about("what was judged")
    lettered: bool = about("whether letters stand in place of points")
    score: Score | None = about("the total; null where there are letters or no points, or nothing applies")
    grade: str | None = about("the grade; null while several remain")
    grades: tuple[str, ...] = about("the grades that remain, best first")
    action: str = about("what follows from the grade")
    blocks: tuple[Block, ...] = about("the blocks of the table, from the top, the tree in order")
    caps: tuple[CapResult, ...] = about("limits on the total or grade that hold, surely or possibly")
    criteria: tuple[CriterionResult, ...] = about("in the order of the table, indicator rows below theirs")
    findings: tuple[FindingResult, ...] = about("by severity, sure ones first")
    remarks: tuple[str, ...] = about("sentences that hang on the grade")
    missing: tuple[Missing, ...] = about("what to supply next, by the points it could settle")
    review: tuple[ReviewEntry, ...] = about("evaluators' answers and readings")
    problems: tuple[ProblemResult, ...] = about("what was filed and is not read, or not usable")


@cache
def _contract() -> TypeAdapter[Evaluation]:
    return TypeAdapter(Evaluation)


def content(evaluation: Evaluation) -> dict[str, Any]:
    """The whole answer as JSON has it."""
    made: dict[str, Any] = _contract().dump_python(evaluation, mode="json", by_alias=True)
    return made


def schema() -> dict[str, Any]:
    """The JSON Schema of it."""
    return _contract().json_schema(mode="serialization")
