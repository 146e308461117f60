"""What does a rule file hold? One edition of the rules, as policy staff write it.

The models follow the file key by key (see `rulesets/README.md` for the file as a newcomer reads it). Nothing is
computed here; names, units and choices are settled in `planning`, which has all of them at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from ..methods.methods import Edges, Editable, Method, OverFulfilment, PartialStep, Reverse, Tier
from ..values.exact import INTEGER_LIMIT, MOST_DECIMALS
from ..values.model import AmountText, Exact, Line, Model
from ..values.units import UnitWord, unit_word
from .letters import Letters

Severity = Literal["critical", "major", "minor", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor", "info")
Kind = Literal["department", "project", "government"]
ForEach = Literal["each indicator"]


class Authority(Model):
    """Where a rule comes from. `verified` says whether somebody read it in the document named."""

    issuer: Line
    document: Line
    number: str = ""
    year: int | None = None
    url: str = ""
    verified: bool

    @property
    def cited(self) -> str:
        """Issuer, document, number and year, as one cites them."""
        parts = [self.issuer, f"《{self.document}》", self.number, str(self.year or "")]
        return " ".join(part for part in parts if part)


class Years(Model):
    """The years of the submissions that an edition judges; without `to`, it was still in use when last seen."""

    from_: int = Field(ge=1990, le=2100)
    to: int | None = Field(default=None, ge=1990, le=2100)


class Rounding(Model):
    """Where points are rounded: each leaf (or `exact`: not at all), and the total; a half goes away from zero
    or digits are cut off.
    """

    points: Annotated[int, Field(ge=0, le=6)] | Literal["exact"]
    total: int = Field(ge=0, le=6)
    mode: Literal["half-up", "truncate"]


class MovedTo(Model):
    """Where the weight of a row that does not apply goes: to the row of this name beside it."""

    moved_to: Line


NO_POINTS = Rounding(points="exact", total=0, mode="half-up")
"""Where letters are given there is nothing to round."""


def _without(*keys: str) -> Callable[[dict[str, Any]], None]:
    """A JSON Schema that does not ask for what only points need: a rule set scored by letters has none."""

    def relax(schema: dict[str, Any]) -> None:
        schema["required"] = [key for key in schema["required"] if key not in keys]

    return relax


class Policy(Model):
    """The choices that the wording of the law leaves open, each by its name."""

    model_config = ConfigDict(json_schema_extra=_without("rounding"))

    rounding: Rounding
    partial_step: PartialStep | None = None
    edges: Edges | None = None
    over: OverFulfilment | None = None
    reverse: Reverse | None = None
    zero_base: Literal["open", "full", "zero"] | None = None
    not_applicable: Literal["full", "excluded", "renormalise"] | None = None
    outside_bands: Literal["open"] | None = None


class _Reasons(Model):
    """Of choices that the policy or a single criterion may name."""

    partial_step: str = ""
    edges: str = ""
    over: str = ""
    reverse: str = ""
    zero_base: str = ""
    not_applicable: str = ""
    outside_bands: str = ""


class Reasons(_Reasons):
    """Why each choice of the policy was settled as it is, for those who read the rules."""

    rounding: str = ""


class CriterionReasons(_Reasons):
    """Why a criterion settles a choice as it does, in `choose`, in its `scoring` or beside them."""

    standard: str = ""
    base: str = ""
    direction: str = ""
    otherwise: str = ""
    to_closed: str = ""


class FigureSpec(Model):
    """A value the rule set asks for, once or `for: each line` of the fund table. A figure of unit `yes-no` is a fact.

    `digits` and `most` are the decimals and the size that a filed value may have, in 元 or on the fraction; what goes
    beyond them is refused. The tighter they are, the more may be multiplied before the widest integer is reached.
    """

    unit: str
    for_: Literal["each line"] | None = None
    digits: int = Field(default=MOST_DECIMALS, ge=0, le=MOST_DECIMALS)
    most: AmountText | None = None
    title: str = ""

    @property
    def word(self) -> UnitWord:
        """The unit word it is filed in, where no other is written."""
        return unit_word(self.unit)

    @property
    def largest(self) -> Fraction:
        """No filed value is larger, either way of 0."""
        return Fraction(INTEGER_LIMIT) if self.most is None else self.most.value


class MeasureSpec(Model):
    """A derived number. Only its own `round` alters it, and then for every reader."""

    unit: str
    formula: Line
    round: int | None = Field(default=None, ge=0, le=12)
    round_mode: Literal["half-up", "truncate"] = "half-up"
    title: str = ""


class FlagSpec(Model):
    """A yes/no fact that rules may use."""

    when: Line
    for_: ForEach | None = None
    title: str = ""


class Criterion(Model):
    """One row of the official table: a block with `criteria` below it, or a leaf with a scoring method.

    `measure` is the name of what is scored, if it is not the row's own name. `stated_points_of` names a line of the
    fund table: where the form prints full points there, they prevail over `points`.

    A block takes the `sum` of its criteria or the `best` one of them; with `of`, they add up to `of` and are scaled to
    the block's points. `extra` stands outside the table's full points: a `bonus` is added, a `deduction` taken off.
    Where a rule set scores by letters, there are no points, and a block takes the `weakest-link` or a `conversion`.

    The clause is the rule: without `scoring` it is compiled into its form, with the choices it leaves open named in
    `choose` or in the policy; beside a `scoring`, the two must agree. `reasons` say why a choice named here was settled
    so, under its name.

    What a rule computes stands. Where it is `editable` an evaluator may change it, anywhere the form reaches or within
    shares of the full points; what was computed is kept beside it.
    """

    model_config = ConfigDict(json_schema_extra=_without("points"))

    points: Exact
    title: str = ""
    criteria: dict[str, Criterion] = {}
    take: Literal["sum", "best", "weakest-link", "conversion"] = "sum"
    of: Exact | None = None
    extra: Literal["bonus", "deduction"] | None = None
    measure: str = ""
    scoring: Method | None = None
    clause: str = ""
    choose: dict[str, Line] = {}
    reasons: CriterionReasons = CriterionReasons()
    wording: Literal["verbatim", "paraphrase", "unseen"] | None = None
    authority: Authority | None = None
    stated_points_of: str = ""
    applies: str = ""
    not_applicable: Literal["full", "zero", "excluded", "renormalise"] | MovedTo | None = None
    zero_base: Literal["open", "full", "zero"] | None = None
    outside_bands: Literal["open"] | None = None
    editable: bool | Editable = False
    examples: dict[str, Annotated[Exact | Line, Field(union_mode="left_to_right")]] = {}


class OverTarget(Model):
    """What an actual far beyond its target means: from which attainment, and what it then earns. `deduct` takes
    that many points off; `deviation` takes off the share by which the attainment exceeds `from`.
    """

    from_: AmountText
    effect: Literal["full", "zero", "open", "deduct", "deviation"]
    deduct: Exact | None = None


class Delay(Model):
    """What a delay costs: `deduct` points for `each` 10天, 5个工作日, 1个月 or 1年, counted as in `lateness.py`."""

    each: AmountText
    deduct: Exact
    partial_step: PartialStep | None = None


class Deadline(Model):
    """How a row whose target is a date is scored: on time is full. `before` says whether “9月前” ends before September
    or with it; `late` what is done after the deadline earns, or loses for each step of the delay.
    """

    before: Literal["exclusive", "inclusive"]
    late: Literal["zero", "open"] | Delay


class RowRules(Model):
    """How any indicator row of a submission is scored.

    Without `deadline`, dates are words, for the evaluator to judge. With `own_clauses: accepted`, a row that prints
    its own scoring rule is scored by it, measured from its target or by the delay between its dates. `parts: share`
    gives m of k targets in one row m ÷ k of its points; `parts: together` takes them as one of several units: amounts
    add up, rates are means weighted by funds. `coefficients: accepted` takes the coefficient that the form prints.
    `reductions` are the shares by which a reviewer may cut a row. `edges` says to which of two tiers their common end
    belongs (the policy may say it); `editable` whether an evaluator may change what the rules compute for a row.

    `attainment-round` are the digits at which attainment is rounded, half-up: for whatever reads it, points as well.
    Whether a target is met is asked of the actual itself.
    """

    unmarked: Literal["forward", "equal"]
    equal: Literal["as-forward", "exact"]
    reverse: Reverse
    over_fulfilment: OverTarget
    zero_target: Literal["met-or-zero", "open"]
    copied: Literal["open", "zero"]
    worded: Literal["judged"]
    derived_target: Literal["accepted", "open"]
    packed: Literal["open", "accepted"]
    own_clauses: Literal["accepted", "ignored"] = "ignored"
    deadline: Deadline | None = None
    parts: Literal["share", "together", "open"] = "open"
    coefficients: Literal["accepted", "ignored"] = "ignored"
    reductions: tuple[AmountText, ...] = ()
    attainment_round: int | None = Field(default=None, ge=0, le=12)
    tiers: tuple[Tier, ...] = Field(min_length=1)
    edges: Edges | None = None
    editable: bool | Editable = False
    clause: str = ""
    wording: Literal["verbatim", "paraphrase", "unseen"]


class RowReasons(Model):
    """Why each choice of the row rules was settled as it is; of `split` and `stated-points`, for all blocks of rows."""

    unmarked: str = ""
    equal: str = ""
    reverse: str = ""
    over_fulfilment: str = ""
    zero_target: str = ""
    copied: str = ""
    worded: str = ""
    derived_target: str = ""
    packed: str = ""
    own_clauses: str = ""
    deadline: str = ""
    parts: str = ""
    coefficients: str = ""
    reductions: str = ""
    attainment_round: str = ""
    tiers: str = ""
    edges: str = ""
    editable: str = ""
    split: str = ""
    stated_points: str = ""


class FindingSpec(Model):
    """A statement about the submission, raised where `when` holds. `says` may hold {formulas}."""

    severity: Severity
    when: Line
    for_: ForEach | None = None
    says: Line
    ground: Literal["regulation", "practice", "arithmetic"]
    authority: Authority | None = None
    evidence: tuple[Line, ...] = ()
    advice: str = ""


class CapSpec(Model):
    """A limit on the grade or on the total, where `when` holds."""

    when: Line
    grade: str = ""
    total: Exact | None = None
    ground: Literal["regulation", "practice", "arithmetic"]
    authority: Authority | None = None


class RemarkSpec(Model):
    """A sentence that may read the grade (`grade = "优"`) and changes nothing."""

    when: Line
    says: Line


class GradeBand(Model):
    """A grade and the lowest total that earns it."""

    grade: Line
    from_: Exact


class RuleSet(Model):
    """One edition of the rules; every open choice it meets is named in `policy`.

    It judges submissions of one of the `places` (none: of the whole country) and of the `years` in which it was in use.
    With `dimension_grades`, each block is graded by its own share of full points, in the same bands. With `letters`,
    criteria and blocks get letters in place of points: there is no total, and nothing that rests on one. Without
    `criteria` (and `of: 0`) it gives no points, only findings. `include` names the shared parts whose sections stand
    here, too (`engine/loading/parts.py`).
    """

    model_config = ConfigDict(json_schema_extra=_without("of"))

    ruleset: Line
    include: tuple[Line, ...] = ()
    edition: Line
    title: Line
    judges: tuple[Kind, ...] = Field(min_length=1)
    places: tuple[Line, ...] = ()
    years: Years | None = None
    complete: bool
    of: Exact
    authority: tuple[Authority, ...] = Field(min_length=1)
    policy: Policy
    reasons: Reasons = Reasons()
    figures: dict[str, FigureSpec] = {}
    measures: dict[str, MeasureSpec] = {}
    flags: dict[str, FlagSpec] = {}
    criteria: dict[str, Criterion] = {}
    rows: RowRules | None = None
    row_reasons: RowReasons = RowReasons()
    findings: dict[str, FindingSpec] = {}
    caps: dict[str, CapSpec] = {}
    remarks: dict[str, RemarkSpec] = {}
    grades: tuple[GradeBand, ...] = ()
    dimension_grades: bool = False
    actions: dict[str, str] = {}
    letters: Letters | None = None
    notes: str = ""

    @property
    def verified(self) -> bool:
        """Did somebody read every authority in the document named?"""
        return all(authority.verified for authority in self.authority)

    @model_validator(mode="before")
    @classmethod
    def _lettered(cls, data: Any) -> Any:
        """What only points need is not asked for where there are letters."""
        return _pointless(data) if isinstance(data, dict) and data.get("letters") is not None else data


def _pointless(data: dict[str, Any]) -> dict[str, Any]:
    policy = data.get("policy") or {}
    if isinstance(policy, dict):
        policy = {"rounding": NO_POINTS, "not-applicable": "excluded", **policy}
    criteria = {"criteria": _unpointed(data["criteria"])} if "criteria" in data else {}
    return {"of": "0", **data, "policy": policy, **criteria}


def _unpointed(criteria: Any) -> Any:
    if not isinstance(criteria, dict):
        return criteria
    return {
        name: {"points": "0", **spec, **({"criteria": _unpointed(spec["criteria"])} if "criteria" in spec else {})}
        if isinstance(spec, dict)
        else spec
        for name, spec in criteria.items()
    }
