"""How is any indicator row of a submission scored?"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from ..methods.choices import Edges, PartialStep, Reverse
from ..methods.judgement import Tier, tier_shares
from ..values.amounts import Amount
from ..values.model import AmountText, Exact, Line, Model
from ..values.problems import At
from .policy import reasons_for


class Editable(Model):
    """Within which shares of the full points an evaluator may change what a rule gives."""

    from_: AmountText
    to: AmountText


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


class Directions(Model):
    """Which way a row without a sign in its target points, by its name.

    A word counts at the head of the name: its end, or what stands before a colon (成本：办公). Forward heads are looked
    at first (投诉处理次数 counts what was handled), then `reverse` ones, then those of `cost`, of names and of the
    row's
    kind. A reverse or cost word elsewhere in the name only makes the row doubted. A cost is full at its target, falls
    above it, and below it is full, but open where the name holds one of `standards` (a rate fixed by somebody).
    """

    forward: tuple[Line, ...] = ()
    reverse: tuple[Line, ...] = ()
    cost: tuple[Line, ...] = ()
    standards: tuple[Line, ...] = ()

    @cached_property
    def at_end(self) -> re.Pattern[str]:
        """What a head that holds one of the words that count there ends with."""
        return re.compile(rf"(?:{_any_of(*self.forward, *self.reverse, *self.cost)})\Z")

    @cached_property
    def inside(self) -> re.Pattern[str]:
        """What a name that is doubted holds."""
        return re.compile(_any_of(*self.reverse, *self.cost))


def _any_of(*words: str) -> str:
    return "|".join(map(re.escape, words))


class RowRules(Model):
    """How any indicator row of a submission is scored.

    Without `deadline`, dates are words, for the evaluator to judge. With `own_clauses: accepted`, a row that prints
    its own scoring rule is scored by it, measured from its target or by the delay between its dates. `parts: share`
    gives m of k targets in one row m ÷ k of its points; `parts: together` takes them as one of several units: amounts
    add up, rates are means weighted by funds. `coefficients: accepted` takes the coefficient that the form prints.
    `reductions` are the shares by which a reviewer may cut a row. `edges` says to which of two tiers their common end
    belongs (the policy may say it); `editable` whether an evaluator may change what the rules compute for a row.

    `directions` tell rows without a sign apart by their names. `not-started` is what an actual such as “未开展” earns
    whatever the target asks, `strict` what an actual exactly at a target that excludes itself (`>90%`, `<5次`) earns; a
    choice that is not named leaves the points open.

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
    directions: Directions | None = None
    not_started: Literal["zero", "open"] | None = None
    strict: Literal["zero", "open"] | None = None
    clause: str = ""
    wording: Literal["verbatim", "paraphrase", "unseen"]

    def shares(self) -> list[tuple[At, Amount]]:
        """Every share that is named, of a target or of full points, each with its place."""
        found: list[tuple[At, Amount]] = [(("over-fulfilment", "from"), self.over_fulfilment.from_)]
        found += [(("reductions", place), one) for place, one in enumerate(self.reductions)]
        found += tier_shares(self.tiers)
        if isinstance(self.editable, Editable):
            found += [(("editable", "from"), self.editable.from_), (("editable", "to"), self.editable.to)]
        return found


if TYPE_CHECKING:
    RowReasons = Model
else:
    _CHOSEN = (name for name in RowRules.model_fields if name not in ("clause", "wording"))
    RowReasons = reasons_for(__name__, "RowReasons", *_CHOSEN, "split", "stated_points", "shares")
    """Why each choice of the row rules was settled as it is; of `split` and `stated-points`, for all blocks of rows."""
