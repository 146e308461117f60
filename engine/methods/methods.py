"""In which forms may a criterion be scored? A closed set, with every parameter in sight.

A form turns one measure into points between its least and its most. Parameters left out are taken from the rule
set's `policy`; a choice that is named in neither place refuses the file (`choices.py`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from ..values.model import AmountText, Exact, Line, Model

PartialStep = Literal["whole", "started", "pro-rata"]
Edges = Literal["lower-closed", "upper-closed"]
Reverse = Literal["inverse", "linear"]
Base = Literal["points", "relative"]
OverFulfilment = Literal["full", "zero", "open"]


class Cut(Model):
    """Where a form is cut off: beyond `at` the measure earns `points` outright, or loses `deduct` of its points.

    `closed` says whether `at` itself lies beyond.
    """

    at: AmountText
    side: Literal["above", "below"]
    closed: bool | None = None
    points: Exact | None = None
    deduct: Exact | None = None


class Proportional(Model):
    """Actual over target, times the points. `forward`: more is better; `reverse`: less; `equal`: neither side.

    `direction` is left out where each row says its own. `reverse: inverse` is t/a, `linear` is 1 − (a − t)/t
    (nothing left at 2t). `pass_` is the measure below which (above which, for reverse) nothing is given. `over` says
    what more than the target earns; with `most` instead, points rise beyond the full ones, up to that share of them.
    """

    method: Literal["proportional"]
    direction: Literal["forward", "reverse", "equal"] | None = None
    target: AmountText
    over: OverFulfilment | None = None
    most: AmountText | None = None
    reverse: Reverse | None = None
    pass_: AmountText | None = None
    cuts: tuple[Cut, ...] = ()


class Linear(Model):
    """A straight line from full points at `full_at` to none at `zero_at`, flat beyond both; with `most`, the line
    goes on beyond the full points, up to that share of them.
    """

    method: Literal["linear"]
    full_at: AmountText
    zero_at: AmountText
    most: AmountText | None = None
    cuts: tuple[Cut, ...] = ()


class Band(Model):
    """One interval of the measure and its points: exactly `at`, or `from` … `to` (either may be missing).

    `from_closed` and `to_closed` say of one end what `edges` says of all that are silent.
    """

    at: AmountText | None = None
    from_: AmountText | None = None
    to: AmountText | None = None
    from_closed: bool | None = None
    to_closed: bool | None = None
    points: Exact

    def closed(self, edges: str | None) -> tuple[bool, bool]:
        """Whether the lower and the upper end belong to the band; `edges` settles those of which it is silent."""
        lower = edges == "lower-closed" if self.from_closed is None else self.from_closed
        upper = edges == "upper-closed" if self.to_closed is None else self.to_closed
        return lower, upper


class Bands(Model):
    """Points by interval. `edges` says which end belongs to a band: `lower-closed` is [from, to)."""

    method: Literal["bands"]
    edges: Edges | None = None
    bands: tuple[Band, ...] = Field(min_length=1)


class Steps(Model):
    """Points taken off (`deduct`) for each step away from a standard, down to `floor`.

    `side` is where the distance counts; `base: points` measures it in the measure's own unit (percentage points
    for a rate), `relative` as a share of `from`. `partial_step` says what part of a step counts.
    """

    method: Literal["steps"]
    from_: AmountText | None = None
    side: Literal["above", "below", "both"]
    step: AmountText
    base: Base | None = None
    deduct: Exact
    partial_step: PartialStep | None = None
    floor: Exact = Fraction(0)
    cuts: tuple[Cut, ...] = ()


class Additions(Model):
    """Points added (`add`) for each step beyond a standard, from `start` up to the full points."""

    method: Literal["additions"]
    from_: AmountText | None = None
    side: Literal["above", "below"]
    step: AmountText
    add: Exact
    partial_step: PartialStep | None = None
    start: Exact = Fraction(0)
    cuts: tuple[Cut, ...] = ()


class Share(Model):
    """How many of all rows (of one `kind`) pass, times the points. A row passes from `from` to `to` of its target."""

    method: Literal["share"]
    kind: str = ""
    from_: AmountText | None = None
    to: AmountText | None = None
    to_closed: bool | None = None


class Item(Model):
    """One point of attention of a checklist."""

    item: Line
    points: Exact


class Checklist(Model):
    """Points for each item met; met, not met and unanswered are three things."""

    method: Literal["checklist"]
    items: tuple[Item, ...] = Field(min_length=1)


class Tier(Model):
    """A named outcome and the range of points, in shares of the full ones, that it allows."""

    tier: Line
    from_: AmountText
    to: AmountText


class Judgement(Model):
    """The evaluator's points, within bounds; with `tiers`, within those of the tier chosen.

    `edges` says to which of two tiers that touch their common end belongs. The two ends of all tiers together always
    belong to them.
    """

    method: Literal["judgement"]
    least: Exact = Fraction(0)
    most: Exact | None = None
    edges: Edges | None = None
    tiers: tuple[Tier, ...] = ()


class Outcome(Model):
    """A named outcome and its points."""

    outcome: Line
    points: Exact


class Outcomes(Model):
    """The evaluator names which outcome holds."""

    method: Literal["outcomes"]
    outcomes: tuple[Outcome, ...] = Field(min_length=1)


class Fault(Model):
    """A fault and what it costs, from `least` to `most` at the evaluator's choice; `repeats`: each time it occurs."""

    fault: Line
    least: Exact
    most: Exact
    repeats: bool = False


class Deductions(Model):
    """The full points, less what each fault found costs."""

    method: Literal["deductions"]
    faults: tuple[Fault, ...] = Field(min_length=1)


class Holds(Model):
    """All or nothing: the full points where the condition `holds`, else `otherwise`. (A yes/no fact is a condition.)"""

    method: Literal["holds"]
    holds: Line
    otherwise: Exact = Fraction(0)


class External(Model):
    """The score of another examination, scaled: `score` ÷ `of` × points. Both are figures or measures."""

    method: Literal["external"]
    score: Line
    of: Line


class Level(Model):
    """A letter and the range that earns it, from `from` to `to` (either may be missing); `closed` says whether the ends
    belong to it.
    """

    letter: Line
    from_: AmountText | None = None
    to: AmountText | None = None
    closed: bool


class Levels(Model):
    """The best letter whose range is reached by at least `reached_in` of the measures, else `otherwise`.

    Each range lies within the next. Without `measures`, the criterion's own is the only one.
    """

    method: Literal["levels"]
    measures: tuple[Line, ...] = ()
    reached_in: int = Field(default=1, ge=1)
    levels: tuple[Level, ...] = Field(min_length=1)
    otherwise: Line


Answered = Checklist | Judgement | Outcomes | Deductions
"""Forms that score an evaluator's answer."""


class Editable(Model):
    """Within which shares of the full points an evaluator may change what a rule gives."""

    from_: AmountText
    to: AmountText


class Split(Model):
    """How the points of a block are shared among rows that state none: rounded as `mode` says, the rest on one row."""

    digits: int = Field(ge=0, le=6)
    mode: Literal["half-up", "truncate"]
    remainder: Literal["first", "last"]


class Indicators(Model):
    """The indicator rows of the submission at `level` (of every level where none is named), each scored by the rule
    set's `rows`.

    `stated_points` says whether the points printed in the form count or only the block's own.
    """

    method: Literal["indicators"]
    level: str = ""
    split: Literal["exact"] | Split
    stated_points: Literal["prevail", "ignored"]


Method = Annotated[
    Proportional
    | Linear
    | Bands
    | Steps
    | Additions
    | Share
    | Checklist
    | Outcomes
    | Deductions
    | Judgement
    | External
    | Holds
    | Levels
    | Indicators,
    Field(discriminator="method"),
]


Measured = Proportional | Linear | Bands | Steps | Additions | Share | External
"""Forms that score a number. The others score an evaluator's answer, a condition, letters, or rows."""


def highest_share(method: Method) -> Fraction:
    """The most that a form gives, as a share of the full points: 1 where it names no more."""
    if isinstance(method, Proportional | Linear) and method.most is not None:
        return method.most.value
    return Fraction(1)
