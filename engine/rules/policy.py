"""Which choices does a rule set settle for all its criteria, and why each so?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field, create_model

from ..methods.choices import (
    CHOICES,
    Edges,
    Off,
    OutsideBands,
    OverFulfilment,
    PartialStep,
    Reverse,
    ZeroBase,
)
from ..values.model import Exact, Line, Model


class Rounding(Model):
    """Where points are rounded: each leaf (or `exact`: not at all), and the total; a half goes away from zero
    or digits are cut off.
    """

    points: Annotated[int, Field(ge=0, le=6)] | Literal["exact"]
    total: int = Field(ge=0, le=6)
    mode: Literal["half-up", "truncate"]

    @property
    def digits(self) -> int | None:
        """Decimals of a leaf; None where leaves are exact."""
        return None if self.points == "exact" else self.points


class MovedTo(Model):
    """Where the weight of a row that does not apply goes: to the row of this name beside it."""

    moved_to: Line


NotApplicable = Literal["full", "excluded", "renormalise"]
NO_POINTS = Rounding(points="exact", total=0, mode="half-up")
"""Where letters are given there is nothing to round."""


def without(*keys: str) -> Callable[[dict[str, Any]], None]:
    """A JSON Schema that does not ask for what only points need: a rule set scored by letters has none."""

    def relax(schema: dict[str, Any]) -> None:
        schema["required"] = [key for key in schema["required"] if key not in keys]

    return relax


class Policy(Model):
    """The choices that the wording of the law leaves open, each by its name (`methods/choices.py`), and of the whole
    table: rounding, what does not apply, and below which total none falls (`total_floor`).
    """

    model_config = ConfigDict(json_schema_extra=without("rounding"))

    rounding: Rounding
    total_floor: Exact | None = None
    partial_step: PartialStep | None = None
    edges: Edges | None = None
    over: OverFulfilment | None = None
    reverse: Reverse | None = None
    off: Off | None = None
    zero_base: ZeroBase | None = None
    not_applicable: NotApplicable | None = None
    outside_bands: OutsideBands | None = None


def reasons_for(module: str, name: str, *choices: str) -> type[Model]:
    """A model that holds a reason for each of these choices, all of them optional, by their names in Python. It is to
    stand in the module under its name.
    """
    fields: dict[str, Any] = {choice: (str, "") for choice in choices}
    return create_model(name, __base__=Model, __module__=module, **fields)


_OF_POLICY = tuple(one.field for one in CHOICES if one.policy)
if TYPE_CHECKING:
    Reasons = Model
    CriterionReasons = Model
else:
    Reasons = reasons_for(__name__, "Reasons", "rounding", "not_applicable", "total_floor", *_OF_POLICY)
    """Why each choice of the policy was settled as it is, for those who read the rules."""
    CriterionReasons = reasons_for(
        __name__,
        "CriterionReasons",
        "not_applicable",
        *(one.name.replace("-", "_") for one in CHOICES),
        "to_closed",
    )
    """Why a criterion settles a choice as it does, in `choose`, in its `scoring` or beside them."""
