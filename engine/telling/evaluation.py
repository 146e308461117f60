"""What comes out? The evaluation, in the shape of its JSON contract.

Decimals are texts: declared digits, no exponent; an unrounded value is `n/d`. There is no time and no path of a
machine in it, so the same submission under the same rules gives the same bytes.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from ..rules.ruleset import Severity

Outcome = Literal["graded", "open", "not-applicable"]
Status = Literal["sure", "possible"]


class Result(BaseModel):
    """Frozen; keys are spelled as in Python."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class EngineInfo(Result):
    """Which engine spoke."""

    version: str


class RuleSetInfo(Result):
    """Under which rules; `verified` says whether somebody read them in the document named."""

    id: str
    edition: str
    title: str
    digest: str
    complete: bool
    verified: bool


class SubmissionInfo(Result):
    """About what."""

    id: str
    department: str
    year: int
    digest: str


class Score(Result):
    """The total; `points` only where low and high meet. `of` is what could be had."""

    points: str | None
    of: str
    low: str
    high: str


class Dimension(Result):
    """A block of the table; graded by its share of full points where the rule set grades dimensions. Its points may be
    a letter, as a criterion's; `because` says how it came from those of its criteria. An `extra` stands outside the
    full points: none of it is lost, and it is not graded.
    """

    id: str
    title: str
    points: str | None
    of: str
    low: str
    high: str
    grades: tuple[str, ...] = ()
    because: str = ""
    extra: Literal["bonus", "deduction"] | None = None


class CapResult(Result):
    """A limit that holds, surely or possibly."""

    id: str
    sure: bool
    effect: str


class Evidence(Result):
    """A number that a statement rests on: where a filed one stands, or how a derived one was worked."""

    name: str
    value: str | None
    unit: str
    source: str
    worked: str = ""


class MeasureResult(Result):
    """A measure with its formula, and the formula with the figures put in."""

    name: str
    value: str | None
    unit: str
    formula: str
    worked: str
    figures: tuple[Evidence, ...]


class CriterionResult(Result):
    """A scored row. `rule` is where its rule stands; `checked` says whether the clause itself was compiled.

    `computed` is what the rule gave where an evaluator changed it; null where the points are the rule's.

    Where the rule set scores by letters, `points` is one, `low` and `high` are the letters it lies between, and `of`
    the best: for want of information the rule set may name a letter that lies between two.
    """

    id: str
    title: str
    points: str | None
    of: str
    low: str
    high: str
    computed: str | None
    outcome: Outcome
    cause: str
    measures: tuple[MeasureResult, ...]
    because: str
    clause: str
    wording: str
    checked: bool
    authority: str
    rule: str


class FindingResult(Result):
    """A statement about the submission."""

    id: str
    severity: Severity
    status: Status
    subject: str
    says: str
    evidence: tuple[Evidence, ...]
    ground: str
    authority: str
    advice: str
    rule: str


class Missing(Result):
    """What to supply next, and how many points it could settle, or between which letters."""

    name: str
    criterion: str
    settles: str


class ReviewEntry(Result):
    """A human's answer that the score rests on."""

    subject: str
    says: str
    by: str
    reason: str


class ProblemResult(Result):
    """Something in the input worth saying, though it could be judged."""

    code: str
    message: str
    source: str


class Evaluation(Result):
    """The whole answer. There is no `score` where the rule set scores by letters."""

    engine: EngineInfo
    ruleset: RuleSetInfo
    submission: SubmissionInfo
    score: Score | None
    grade: str | None
    grades: tuple[str, ...]
    action: str
    dimensions: tuple[Dimension, ...]
    caps: tuple[CapResult, ...]
    criteria: tuple[CriterionResult, ...]
    findings: tuple[FindingResult, ...]
    remarks: tuple[str, ...]
    missing: tuple[Missing, ...]
    review: tuple[ReviewEntry, ...]
    problems: tuple[ProblemResult, ...]
