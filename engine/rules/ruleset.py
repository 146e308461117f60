"""What does a rule file hold? One edition of the rules, as policy staff write it.

The models follow the file key by key (see `rulesets/README.md` for the file as a newcomer reads it). Nothing is
computed here; names, units and choices are settled in `planning`, which has all of them at hand.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from ..methods import AnyMethod
from ..methods.choices import OutsideBands, ZeroBase
from ..values.exact import INTEGER_LIMIT, MOST_DECIMALS
from ..values.model import AmountText, Exact, Line, Model
from ..values.units import UnitWord, unit_word
from .authority import Authority, Kind, Years
from .findings import CapSpec, FindingSpec, ForEach, GradeBand, RemarkSpec
from .letters import Letters
from .policy import NO_POINTS, CriterionReasons, MovedTo, Policy, Reasons, without
from .rows import Editable, RowReasons, RowRules

_LARGEST = Fraction(INTEGER_LIMIT)


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
        return _LARGEST if self.most is None else self.most.value


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

    The clause is the rule: without `scoring` it is compiled into its method, with the choices it leaves open named in
    `choose` or in the policy; beside a `scoring`, the two must agree. `reasons` say why a choice named here was settled
    so, under its name.

    What a rule computes stands. Where it is `editable` an evaluator may change it, anywhere the method reaches or
    within
    shares of the full points; what was computed is kept beside it.
    """

    model_config = ConfigDict(json_schema_extra=without("points"))

    points: Exact
    title: str = ""
    criteria: dict[str, Criterion] = {}
    take: Literal["sum", "best", "weakest-link", "conversion"] = "sum"
    of: Exact | None = None
    extra: Literal["bonus", "deduction"] | None = None
    measure: str = ""
    scoring: AnyMethod | None = None
    clause: str = ""
    choose: dict[str, Line] = {}
    reasons: CriterionReasons = CriterionReasons()
    wording: Literal["verbatim", "paraphrase", "unseen"] | None = None
    authority: Authority | None = None
    stated_points_of: str = ""
    applies: str = ""
    not_applicable: Literal["full", "zero", "excluded", "renormalise"] | MovedTo | None = None
    zero_base: ZeroBase | None = None
    outside_bands: OutsideBands | None = None
    editable: bool | Editable = False
    examples: dict[str, Annotated[Exact | Line, Field(union_mode="left_to_right")]] = {}


class RuleSet(Model):
    """One edition of the rules; every open choice it meets is named in `policy`.

    It judges submissions of one of the `places` (none: of the whole country) and of the `years` in which it was in use.
    With `dimension_grades`, each block is graded by its own share of full points, in the same bands. With `letters`,
    criteria and blocks get letters in place of points: there is no total, and nothing that rests on one. Without
    `criteria` (and `of: 0`) it gives no points, only findings. `include` names the shared parts whose sections stand
    here, too (`engine/loading/parts.py`).
    """

    model_config = ConfigDict(json_schema_extra=without("of"))

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
