"""What does each sentence of a clause state? Conditions, what they earn, steps, items, limits: no form yet."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, final

from ..values.amounts import Amount

Side = Literal["above", "below"]
Span = tuple[int, int]
"""First character and the one after the last."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. `points` where percentage points are said outright; `bare` where no unit stands."""

    amount: Amount
    span: Span
    points: bool = False
    bare: bool = False


@final
@dataclass(frozen=True, slots=True)
class End:
    """One end of an interval. `closed` is None where the wording leaves it open; `mark` is where it is said."""

    at: Amount
    closed: bool | None
    mark: Span


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the measure. `word` tells the conditions that no number limits."""

    low: End | None
    high: End | None
    span: Span
    name: str = ""
    name_span: Span = (0, 0)
    word: str = ""
    """`otherwise`, `met`, `unmet`, `over` and `under` (beyond the edges of the others), `spread` (the ends are
    distances from the middle), or "" where the ends say it."""
    beyond_target: bool = False
    """The ends count from the target (超过目标值30%): 100% and that much more."""
    change: bool = False
    """The ends are a change from the year before, below 0 where it fell."""

    @property
    def ends(self) -> tuple[End, ...]:
        """The ends there are, the lower one first."""
        return tuple(end for end in (self.low, self.high) if end is not None)

    @property
    def single(self) -> bool:
        """One value alone."""
        return self.low is not None and self.high is not None and self.low.at == self.high.at

    @property
    def half(self) -> tuple[End, Side] | None:
        """Of a half-line its end, and on which side of it the line lies."""
        if len(self.ends) != 1:
            return None
        return self.ends[0], "above" if self.high is None else "below"


@dataclass(frozen=True, slots=True)
class Earned:
    """What a condition gives. `points` is None for the full points; `kind` tells points from the rest.

    `kind`: `points`, `range` (from `points` to `most`), `ratio` (in proportion), `discretion`, `deduct` (from `points`
    to `most`), `deduct-share` (`points` is a share of the full ones), `excluded` (not counted), `cross` (B/A or A/B,
    named in `direction`).
    """

    kind: str
    points: Fraction | None
    span: Span
    most: Fraction | None = None
    direction: str = ""
    standard: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A condition and what it gives."""

    condition: Interval
    earned: Earned
    span: Span


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions over several measures, `operator` (`and`, `or`) between them; `earned` None: the full points."""

    operator: str
    parts: tuple[Interval, ...]
    earned: Earned | None
    span: Span


@dataclass(frozen=True, slots=True)
class Each:
    """A step. `side`: `below`, `above`, `both`, `late`, `occurs` or `bare`; `standard` where the step names it."""

    side: str
    standard: Quantity | None
    step: Quantity
    change: Earned
    about: str
    condition: Interval | None
    span: Span

    @property
    def gain(self) -> bool:
        """Do points come with each step?"""
        return self.change.kind in ("gain", "points")


@dataclass(frozen=True, slots=True)
class Item:
    """A name and what it gives; `marked` where it stands in a numbered list, `earned` None where points follow."""

    name: str
    earned: Earned | None
    marked: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence that is one phrase.

    `kind`: `standard` (in `quantity`), `floor`, `most-off`, `cap` (in `points`), `whole`, `started`, `pro-rata`,
    `shared` (points of every item), `judged`, `best`, `exception`, `note`, `series`.
    """

    kind: str
    span: Span
    points: Fraction | None = None
    quantity: Quantity | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """没有…的: what is given where the thing measured does not exist."""

    name: str
    earned: Earned
    span: Span


@dataclass(frozen=True, slots=True)
class Formula:
    """`kind`: `ratio` (a rate by its name, or one name over another), `product` (ratio × points), `steep` ((whole −
    times × ratio) × points), `cross` (B/A or A/B). A rate over a `standard` earns the full points there.
    """

    kind: str
    span: Span
    top: str = ""
    bottom: str = ""
    whole: Fraction = Fraction(1)
    times: Fraction = Fraction(1)
    points: Fraction | None = None
    direction: str = ""
    standard: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Tiers:
    """Ranges at the evaluator's choice, as shares of the points; `names` where the clause names them."""

    ranges: tuple[Interval, ...]
    names: tuple[str, ...]
    span: Span


Statement = Band | Joined | Each | Item | Stated | Nothing | Formula | Tiers
