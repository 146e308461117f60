"""What does a submission state, once its cells are read? One inert value between filing and judging; money is in 元."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..algebra.meaning import OneNumber
from ..values.dates import Days
from ..values.problems import At, Place, Problem
from ..values.units import UnitWord
from .submission import Submission
from .targets import Part


@dataclass(slots=True)
class Filed:
    """A number with what stood in the file. `word` is the unit word it is shown in, `at` its place in the file, and
    `said` where the submission says that it stood.
    """

    number: OneNumber
    raw: str
    word: UnitWord
    place: Place | None = None
    """None: nothing was filed."""
    at: At = ()
    said: str = ""

    @property
    def source(self) -> str:
        """Where it stood: worked out when asked, since few cells are told of."""
        return f"{self.place(self.at)} {self.said}".rstrip() if self.place is not None else ""


class Marks(NamedTuple):
    """What is so of an indicator row, yes or no; rules read each by its name.

    `copied`: the actual carries an operator. `worded`: a number was asked and words were given. `qualitative`: the
    target itself is words. `packed`: several targets in one cell. `derived`: no target was stated; it is the actual
    over the stated rate. Confirmed cells are none of these. `blank`, `not_started` and `unverifiable` are said of the
    actual; `money`, `percent`, `target_is_weight` (a bare fraction equal to the points) of the target; `repeated`: an
    earlier row has the same name; `signed`: the target has a sign; `dated`: target and actual are dates;
    `outside_year`: it was wholly done before or after the year; `adjusted`: another target replaced the first.
    """

    copied: bool
    worded: bool
    qualitative: bool
    packed: bool
    derived: bool
    confirmed: bool
    explained: bool
    core: bool
    blank: bool
    not_started: bool
    unverifiable: bool
    money: bool
    percent: bool
    target_is_weight: bool
    repeated: bool
    signed: bool
    dated: bool
    outside_year: bool
    adjusted: bool


@dataclass(slots=True)
class Row:
    """An indicator row, its cells read. `target` and `actual` are in the row's own unit.

    `bare`: a number up to 1 without a unit beside a percentage, which may be meant as a share (`1` for 100%).
    `strict`: the target itself misses it (`<5次`). `parts` are several targets in one row; cells that are blank beside
    them hold what the parts make together. `due` and `done` are the days that target and actual mean, where they are
    dates. `initial_target` is the target set at first, where another one replaced it, else the target itself.
    """

    name: str
    level: str
    kind: str
    direction: str
    strict: bool
    target: Filed
    actual: Filed
    weight: Filed
    filed: Filed
    stated_rate: Filed
    coefficient: Filed
    initial_target: OneNumber
    marks: Marks
    bare: bool
    clause: str
    parts: tuple[Part, ...]
    due: Days | None
    done: Days | None
    index: int
    place: Place

    @property
    def at(self) -> At:
        """Its place in the file."""
        return "indicators", self.index

    @property
    def source(self) -> str:
        """Where it stands."""
        return str(self.place(self.at))

    @property
    def inapplicable(self) -> bool:
        """Does it say that it does not apply? (Where the target is words, so may the actual be.)"""
        return (self.target.number.inapplicable or self.actual.number.inapplicable) and not self.marks.qualitative


@dataclass(frozen=True)
class Figures:
    """Everything stated, by name."""

    submission: Submission
    place: Place
    numbers: Mapping[str, Filed]
    facts: Mapping[str, bool | None]
    spending: Mapping[tuple[str, ...], Mapping[str, Filed]]
    payments: Mapping[int, Filed]
    rows: tuple[Row, ...]
    claims: frozenset[str]
    stated: Mapping[str, OneNumber]
    notes: tuple[Problem, ...]
