"""What comes out? The evaluation, in the shape of its JSON contract.

Decimals are texts: declared digits, no exponent; an unrounded value is `n/d`. Ids are lists of names, since names may
hold any mark. There is no time and no path of a machine in it, so the same submission under the same rules gives the
same bytes.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..rules.findings import Severity

SCHEMA = "jixiao-evaluation-2"
Origin = Literal["computed", "judged", "assumed", "open", "not-applicable"]
Status = Literal["sure", "possible"]
Id = Annotated[tuple[str, ...], Field(description="the path in the table, from the top; names may hold any mark")]
PointText = Annotated[str | None, Field(description="settled points (or a letter); null while they are open")]
LowText = Annotated[str, Field(description="the least that is possible (or the worst letter)")]
HighText = Annotated[str, Field(description="the most that is possible (or the best letter)")]
OfText = Annotated[
    str, Field(description="full points of what applies, the most while that is open (or the best letter)")
]
OfLowText = Annotated[str | None, Field(description="the least full points, where it is open what applies; else null")]
FiledText = Annotated[str | None, Field(description="what the form itself prints as score; null where it prints none")]


class Result(BaseModel):
    """Frozen; keys are spelled as in Python. Every key is always written, so its schema requires every one."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, json_schema_serialization_defaults_required=True
    )


class EngineInfo(Result):
    """Which engine spoke."""

    version: str = Field(description="the version of jixiao")
    executor: str = Field(description="what closed the rules of inference: durable_rules or bitwise")
    digest: str = Field(description="of the engine's own sources")


class Input(Result):
    """A file that went in."""

    name: str = Field(description="the file, as it was named")
    digest: str = Field(description="of its canonical content")


class RuleSetInfo(Result):
    """Under which rules."""

    id: str = Field(description="the id of the edition")
    edition: str = Field(description="the edition, as its issuer calls it")
    title: str = Field(description="its title")
    digest: str = Field(description="of its canonical content")
    complete: bool = Field(description="whether the whole table is known; else there is a subtotal and no grade")
    verified: bool = Field(description="whether somebody read it in the document named")
    origin: Literal["library", "file"] = Field(description="bundled with jixiao, or a file of somebody's own")


class SubmissionInfo(Result):
    """About what."""

    id: str = Field(description="the id of the submission")
    department: str = Field(description="who filed it")
    project: str = Field(description="the project, where it is about one; else its title")
    year: int = Field(description="the year judged")
    digest: str = Field(description="of its canonical content, answers included")


class Answers(Result):
    """The evaluator's answers that were applied."""

    digest: str = Field(description="of all answers; empty where there are none")


class Score(Result):
    """The total."""

    points: PointText
    of: OfText
    of_low: OfLowText = None
    low: LowText
    high: HighText
    filed: FiledText = None
    summed: str | None = Field(default=None, description="the sum of what is printed, where the total is not just that")
    bridge: str = Field(
        default="", description="how that sum became the total: scaled, extras, rounded, held by a floor"
    )


class Block(Result):
    """A block of the table."""

    id: Id
    title: str = Field(description="its title")
    points: PointText
    of: OfText
    of_low: OfLowText = None
    low: LowText
    high: HighText
    filed: FiledText = None
    grades: tuple[str, ...] = Field(default=(), description="by its own share of full points, where blocks are graded")
    because: str = Field(default="", description="how its letter came from those of its criteria")
    extra: Literal["bonus", "deduction"] | None = Field(
        default=None, description="outside the full points of the table"
    )


class CapResult(Result):
    """A limit that holds, surely or possibly."""

    id: str = Field(description="its name in the rules")
    sure: bool = Field(description="whether it holds for sure")
    acts: bool = Field(description="whether the total or grade would be better without it")
    effect: str = Field(description="what it limits, in words")


class Evidence(Result):
    """A number that a statement rests on: where a filed one stands, or how a derived one was worked."""

    name: str = Field(description="what it is called in the rules")
    value: str | None = Field(description="as a reader writes it, in `unit`; null where it is not known")
    unit: str = Field(description="the unit word of `value`")
    exact: str | None = Field(description="in base units (元, fraction), unrounded: a decimal or n/d")
    source: str = Field(description="file and place where it was filed; empty where it is derived")
    filed: str = Field(default="", description="the text of the cell, as filed")
    worked: str = Field(default="", description="the formula with figures put in, of a derived number")


class MeasureResult(Result):
    """A measure with its formula, and the formula with the figures put in."""

    name: str = Field(description="what it is called in the rules")
    value: str | None = Field(description="as a reader writes it, in `unit`; null where it is not known")
    unit: str = Field(description="the unit word of `value`")
    exact: str | None = Field(description="in base units, unrounded: a decimal or n/d")
    formula: str = Field(description="as the rules write it")
    worked: str = Field(description="with the figures put in")
    figures: tuple[Evidence, ...] = Field(description="the filed figures below it")


class Trace(Result):
    """Which branch of which method decided, and its numbers."""

    method: str = Field(description="the scoring method, or how a row was scored")
    branch: str = Field(description="the branch that gave the points; empty where nothing was worked")
    numbers: dict[str, str] = Field(
        default={}, description="distance, steps, share, attainment …: exact, in base units"
    )
    own: str | None = Field(default=None, description="the points as that branch gave them, exact")
    topped: bool = Field(default=False, description="whether the ceiling acted")
    cut: int | None = Field(default=None, description="the number of the cut-off that gave the points, from 0")
    deducted: tuple[int, ...] = Field(default=(), description="the numbers of cut-offs that took some off")
    floored: bool = Field(default=False, description="whether the floor acted")
    direction: str = Field(default="", description="of a row: more, less, same, cost or doubted")
    direction_by: str = Field(
        default="", description="the word of its name that settled the direction; empty: its sign"
    )


class CriterionResult(Result):
    """A scored row of the table, or of the submission's indicators."""

    id: Id
    title: str = Field(description="its title")
    points: PointText
    of: OfText
    of_low: OfLowText = None
    low: LowText
    high: HighText
    filed: FiledText = None
    computed: str | None = Field(description="what the rule gave, where an evaluator changed it; else null")
    origin: Origin = Field(description="whether the points are computed, judged, rest on an assumption, or are open")
    cause: str = Field(description="why the points are open; empty where they are not")
    trace: Trace = Field(description="the branch that decided, and its numbers")
    measures: tuple[MeasureResult, ...] = Field(description="what was scored")
    because: str = Field(description="the reason, worded from the trace")
    clause: str = Field(description="the rule's wording")
    wording: str = Field(description="verbatim, paraphrase or unseen")
    checked: bool = Field(description="whether the clause itself was compiled")
    authority: str = Field(description="where the rule comes from")
    rule: str = Field(description="file and place of the rule")


class FindingResult(Result):
    """A statement about the submission."""

    id: str = Field(description="its name in the rules")
    severity: Severity = Field(description="critical, major, minor or info")
    status: Status = Field(description="sure, or possible: something filed speaks for it, and something lacks")
    subject: str = Field(description="the indicator row, of one that is about a row")
    says: str = Field(description="the statement")
    evidence: tuple[Evidence, ...] = Field(description="the numbers it rests on")
    ground: str = Field(description="regulation, practice or arithmetic")
    authority: str = Field(description="the regulation, cited")
    advice: str = Field(description="what to do about it")
    rule: str = Field(description="file and place of the rule")


class Missing(Result):
    """What to supply next."""

    name: str = Field(description="what lacks")
    criterion: Id = Field(description="for which criterion or row; empty: for a finding")
    settles: str = Field(description="how many points it could settle, or between which letters")


class ReviewEntry(Result):
    """A human's answer that the score rests on."""

    subject: str = Field(description="the criterion or row")
    says: str = Field(description="the answer in short")
    by: str = Field(description="who gave it")
    reason: str = Field(description="why")


class ProblemResult(Result):
    """Something in the input worth saying, though it could be judged."""

    code: str = Field(description="the state found")
    message: str = Field(description="the sentence")
    source: str = Field(description="file and place")


class Evaluation(Result):
    """The whole answer. There is no `score` where the rule set scores by letters, or where nothing applies."""

    schema_: str = Field(default=SCHEMA, alias="schema", description="the version of this contract")
    engine: EngineInfo = Field(description="which engine spoke")
    lang: Literal["zh", "en"] = Field(description="of the sentences")
    inputs: tuple[Input, ...] = Field(description="the files that went in")
    answers: Answers = Field(description="the evaluator's answers that were applied")
    ruleset: RuleSetInfo = Field(description="the rules by which it was judged")
    submission: SubmissionInfo = Field(description="what was judged")
    lettered: bool = Field(description="whether letters stand in place of points")
    score: Score | None = Field(description="the total; null where there are letters or no points, or nothing applies")
    grade: str | None = Field(description="the grade; null while several remain")
    grades: tuple[str, ...] = Field(description="the grades that remain, best first")
    action: str = Field(description="what follows from the grade")
    blocks: tuple[Block, ...] = Field(description="the blocks of the table, from the top, the tree in order")
    caps: tuple[CapResult, ...] = Field(description="limits on the total or grade that hold, surely or possibly")
    criteria: tuple[CriterionResult, ...] = Field(description="in the order of the table, indicator rows below theirs")
    findings: tuple[FindingResult, ...] = Field(description="by severity, sure ones first")
    remarks: tuple[str, ...] = Field(description="sentences that hang on the grade")
    missing: tuple[Missing, ...] = Field(description="what to supply next, by the points it could settle")
    review: tuple[ReviewEntry, ...] = Field(description="evaluators' answers and readings")
    problems: tuple[ProblemResult, ...] = Field(description="what was filed and is not read, or not usable")
