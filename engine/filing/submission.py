"""What was filed? The submission, raw texts kept, with judgements and confirmations apart from it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..rules.authority import Kind
from ..values.claims import Claim
from ..values.model import AmountText, Exact, Line, Model


class FiledFigure(Model):
    """A stated value with where it stood. `value` is the raw text; blank is unknown."""

    value: str | None
    source: str = ""


class SpendingLine(Model):
    """A line of the fund table. `budget` is the one that execution counts against (全年预算数); `rate` as
    printed.

    `figures` are those that the rule set asks for in each line, such as what each of several units reached.
    """

    line: Line
    initial: str | None = None
    budget: str | None = None
    actual: str | None = None
    rate: str | None = None
    points: str | None = None
    score: str | None = None
    figures: dict[str, str | FiledFigure | None] = {}
    of: tuple[SpendingLine, ...] = ()


class Payment(Model):
    """Cumulative payments at the end of a month (1–12)."""

    month: int = Field(ge=1, le=12)
    cumulative: str | None


class RowPart(Model):
    """One of several targets in one row; where they are of several units, `funds` is what each was given."""

    target: str
    actual: str | None = None
    funds: str | None = None


class IndicatorRow(Model):
    """A row of the indicator table as filed: texts of its cells.

    `adjusted` is the 调整指标值 that some forms print beside the target set at first; where it is filled, it prevails.
    `parts` are several targets in one row; `coefficient` is the 得分系数 that some forms print; `core` marks a
    核心指标; `clause` is a scoring rule printed in the row.
    """

    name: Line
    level: str = ""
    kind: str = ""
    target: str | None = None
    adjusted: str | None = None
    actual: str | None = None
    points: str | None = None
    score: str | None = None
    stated_rate: str | None = None
    reason: str | None = None
    parts: tuple[RowPart, ...] = ()
    coefficient: str | None = None
    core: bool = False
    clause: str = ""
    source: str = ""


class JudgementEntry(Model):
    """An evaluator's answer: points, or a tier, or items met and not met; always with a name and a reason.

    A criterion is named by its last name, or by its path: a list of names, or one text with “/” between them.
    `reduce` is a reviewer's cut of a row, as a share of its full points, one of those the rule set allows.
    """

    criterion: str | tuple[Line, ...] = ""
    row: str = ""
    points: Exact | None = None
    tier: str = ""
    reduce: AmountText | None = None
    met: tuple[int, ...] = ()
    not_met: tuple[int, ...] = ()
    by: Line
    reason: Line

    @property
    def subject(self) -> str:
        """What it answers, as one text."""
        return self.row or (self.criterion if isinstance(self.criterion, str) else "/".join(self.criterion))


class Confirmation(Model):
    """A human's reading of a doubtful cell of an indicator row."""

    row: Line
    cell: Literal["actual", "target"] = "actual"
    reads: Line
    by: Line
    reason: Line


class Review(Model):
    """An evaluator's answers and readings, in a file of their own beside the submission as filed."""

    review_of: Line
    judgements: tuple[JudgementEntry, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()


class Statement(Model):
    """A sentence of the report that a rule may weigh."""

    claim: Claim
    quote: Line
    source: str = ""


class Stated(Model):
    """The totals that the form itself prints; `levels` are the points it prints for each block (产出, 效益 …)."""

    total: Exact | None = None
    grade: str = ""
    levels: dict[str, Exact] = {}


class Submission(Model):
    """What was filed. Money without a unit word is in `money`."""

    submission: Line
    department: Line
    title: str = ""
    place: str = ""
    kind: Kind
    year: int = Field(ge=1990, le=2100)
    money: Literal["元", "千元", "万元", "亿元"]
    source: str = ""
    ruleset: str = ""
    figures: dict[str, str | FiledFigure | None] = {}
    spending: tuple[SpendingLine, ...] = ()
    payments: tuple[Payment, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    judgements: tuple[JudgementEntry, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    statements: tuple[Statement, ...] = ()
    stated: Stated = Stated()
    notes: str = ""
