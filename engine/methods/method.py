"""What must be known of any scoring method? The interface that each method's module answers, and nothing twice.

A method turns one measure, one answer or one condition into points. Its points come with the branches that could have
given them, in order; the first that holds did. Sentences word that branch (`said`), thresholds and bounds ask the
points themselves (`bounds.py`), so that nothing is worked out a second time.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Generic, NamedTuple, TypeAlias, TypeVar

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from ..values.amounts import Amount, percent_meant
from ..values.exact import written
from ..values.model import Model
from ..values.problems import At
from ..values.units import Unit, UnitWord, unit_word
from .cuts import Cut

PERCENT_WORD = unit_word("%")
_NOTHING, _ALL = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem inside one criterion; `path` is relative to it."""

    code: str
    path: At
    facts: tuple[tuple[str, str], ...] = ()
    near: str = ""


def left_open(choice: str, *path: str) -> Trouble:
    """A choice that must be named, and is not."""
    return Trouble("choice-left-open", path, (("choice", choice),))


@dataclass(frozen=True, slots=True)
class Around:
    """What a method is checked against: the criterion's full points, and choices that stand beside the method."""

    points: Fraction
    outside_bands: str | None = None


class Branch(NamedTuple, Generic[Whole, Bit]):
    """One way in which points may come about: its name, whether it holds, and the points it gives."""

    name: str
    holds: Bit
    points: Range[Whole, Bit]


Numbers = Mapping[str, Number[Whole, Bit]]


class Work(NamedTuple, Generic[Whole, Bit]):
    """How points were worked: branches, of which the first that holds decided (the last always does), and the numbers
    on the way (distance, steps, share …). Branches that never hold, or stand behind one that always does, may be left
    out: on integers that leaves the one that decided.
    """

    branches: tuple[Branch[Whole, Bit], ...]
    numbers: dict[str, Number[Whole, Bit]]


def decided(m: Meaning[Whole, Bit, Words], branches: tuple[Branch[Whole, Bit], ...]) -> Range[Whole, Bit]:
    """The points of the first branch that holds."""
    points = branches[-1].points
    for one in reversed(branches[:-1]):
        points = m.chosen(one.holds, one.points, points)
    return points


class Fact(NamedTuple):
    """A value put into a sentence: how it is written depends on its kind, and on what it must stay apart from."""

    value: Fraction
    word: UnitWord | None = None
    """None: a plain number."""
    apart: tuple[Fraction, ...] = ()
    """Values that it differs from, and must be seen to."""
    holds: Callable[[Fraction], bool] | None = None
    """What must be true of the value as it is written: the equation it stands in."""


FactValue: TypeAlias = Fact | Fraction | Amount | str | int
"""A fraction alone: points."""
Facts: TypeAlias = dict[str, FactValue]


class Said(NamedTuple):
    """A sentence by its key and facts; `more` are sentences that follow it."""

    key: str
    facts: Facts
    more: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What was decided for one submission, as sentences ask for it: the branch, and the numbers of its arithmetic.

    `own` are the points as the branch gave them; `rounded` is how a leaf is, and equations print them so.
    """

    branch: str
    x: Fraction
    word: UnitWord
    full: Fraction
    own: Fraction
    numbers: Mapping[str, Fraction]
    rounded: Callable[[Fraction], Fraction]

    @property
    def result(self) -> Fraction:
        """The points as the branch gave them, as equations print them."""
        return self.rounded(self.own)

    def apart(self, *edges: Fraction) -> Fact:
        """The measure, written so that it is seen to differ from these edges where it does."""
        return Fact(self.x, self.word, tuple(edge for edge in edges if edge != self.x))

    def rate(self, name: str) -> Fact:
        """A share of the full points in percent, with the digits that make share × full points come out, and that tell
        it from nothing and from all.
        """
        share = self.numbers[name]
        apart = tuple(edge for edge in (_NOTHING, _ALL) if edge != share)
        return Fact(share, PERCENT_WORD, apart, self.gives(lambda shown: shown * self.full))

    def gives(self, work: Callable[[Fraction], Fraction]) -> Callable[[Fraction], bool]:
        """Does `work` of a number as written come to the points as printed?"""
        given = self.rounded(self.own)
        return lambda shown: self.rounded(work(shown)) == given


class Method(Model):
    """A scoring method. `method` names it; parameters left out come from the rule set's `policy` (`choices.py`).

    What only some methods have (`least`, `most`, `cuts`) is looked up in `__dict__`: pydantic searches long for what a
    model has not.
    """

    method: str
    answers: ClassVar[tuple[str, ...]] = ("points",)
    """Which parts of an evaluator's answer it reads."""
    needs: ClassVar[tuple[str, ...]] = ()
    """Parameters that must be named, here or in the policy."""

    def open(self) -> tuple[str, ...]:
        """The parameters that must be named and are not, by their names in Python."""
        return tuple(name for name in self.needs if getattr(self, name) is None)

    def amounts(self) -> list[tuple[At, Amount]]:
        """The thresholds and steps that it names in its measure's unit, each with its place."""
        return []

    def points_named(self) -> list[tuple[At, Fraction]]:
        """All points that it gives outright, each with its place: those of its bands, items, cut-offs …."""
        return [(at, points) for at, points in placed(self, Fraction) if len(at) > 1]

    @property
    def lowest(self) -> Fraction:
        """No points of it are below this; below 0 only where the method says so."""
        return self.named_least

    @property
    def named_least(self) -> Fraction:
        """The least that it says it may give, where that is below 0."""
        return self.__dict__.get("least") or _NOTHING

    @property
    def highest_share(self) -> Fraction:
        """The most that it gives, as a share of the full points."""
        return _ALL

    def checks(self, around: Around) -> Iterator[Trouble]:
        """What only this method can have wrong; open choices, units and points out of bounds are looked at for all."""
        yield from ()

    @abstractmethod
    def clause(self, full: Fraction) -> list[str]:
        """The sentences of a clause that reads back as it. Raises `Unwritable`."""


Kind = TypeVar("Kind")


def placed(model: Model, kind: type[Kind]) -> Iterator[tuple[At, Kind]]:
    """All of a kind that a model and its parts name, each with its place."""
    for name, field in type(model).model_fields.items():
        value, key = getattr(model, name), str(field.alias)
        if isinstance(value, kind):
            yield (key,), value
        for number, part in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(part, Model):
                yield from (((key, number, *at), one) for at, one in placed(part, kind))


class Unwritable(ValueError):
    """No official wording says this method: a choice that only a rule set can name. The argument is its name."""


class Measured(Method):
    """A method that scores a number."""

    shares: ClassVar[tuple[str, ...]] = ("most",)
    """Amounts of it that are shares of something, whatever its measure's unit is."""

    def amounts(self) -> list[tuple[At, Amount]]:
        """All but those shares."""
        return [(at, amount) for at, amount in placed(self, Amount) if at[0] not in self.shares]

    @property
    def highest_share(self) -> Fraction:
        """`most`, where that is named."""
        most: Amount | None = self.__dict__.get("most")
        return _ALL if most is None else most.value

    @abstractmethod
    def work(self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit], full: Number[Whole, Bit]) -> Work[Whole, Bit]:
        """The points at a known `x`, before ceiling, cut-offs, floor and rounding."""

    @abstractmethod
    def turns(self, full: Fraction) -> Iterator[Fraction]:
        """Where the points may change or turn; more values than needed do no harm."""

    @abstractmethod
    def said(self, told: Told) -> Said:
        """The sentence that words what was decided."""

    @property
    def cut_offs(self) -> tuple[Cut, ...]:
        """Where it is cut off."""
        cuts: tuple[Cut, ...] = self.__dict__.get("cuts", ())
        return cuts


class Scored(NamedTuple, Generic[Whole, Bit]):
    """Points of a measure, with how they came about. `low` and `high` are unrounded."""

    points: Range[Whole, Bit]
    worked: Work[Whole, Bit]
    own: Range[Whole, Bit]
    """As the method's branch gave them."""
    topped: Bit
    """Did the ceiling act?"""
    cut: tuple[Branch[Whole, Bit], ...]
    """Cut-offs that give points, the outermost first."""
    deducted: tuple[tuple[int, Bit], ...]
    """Cut-offs that deduct, by number, the outermost first."""
    floored: Bit
    """Did the floor act?"""


def first_holding(branches: tuple[Branch[int, bool], ...]) -> Branch[int, bool]:
    """The branch that decided, for one submission."""
    return next((one for one in branches if one.holds), branches[-1])


def cut_number(made: Scored[int, bool]) -> int | None:
    """The number of the cut-off that gave the points, for one submission."""
    for one in made.cut:
        if one.holds:
            return int(one.name.removeprefix("cut:"))
    return None


def differ(found: Fraction, stated: Fraction, *path: str) -> Iterator[Trouble]:
    """Points that should add up, and don't."""
    if found != stated:
        yield Trouble("points-differ", path, (("stated", written(stated)), ("sum", written(found))))


def out_of_bounds(method: Method, full: Fraction) -> Iterator[Trouble]:
    """No points named lie above what the method gives at most, or below 0 where it does not name that."""
    most, least = method.highest_share * full, min(method.named_least, Fraction(0))
    for path, points in method.points_named():
        if not least <= points <= most:
            facts = (("found", written(points)), ("low", written(least)), ("high", written(most)))
            yield Trouble("points-out-of-bounds", ("scoring", *path), facts)


def unit_clash(amounts: list[tuple[At, Amount]], unit: Unit | None, percent: bool) -> Iterator[Trouble]:
    """Every threshold is of the measure's unit; a bare 0 fits all, another bare number no measure in %."""
    for path, amount in amounts:
        if unit is None or amount.value == 0:
            continue
        if amount.unit != unit:
            facts = (("found", str(amount)), ("unit", str(unit) or "%"))
            yield Trouble("unit-of-threshold", ("scoring", *path), facts)
        elif percent and not amount.word:
            yield Trouble(
                "bare-for-percent", ("scoring", *path), (("found", str(amount)),), percent_meant(amount.value)
            )


def cut_checks(cuts: tuple[Cut, ...]) -> Iterator[Trouble]:
    """Each gives or takes, not both; on one side all give or all take, and no two lie at the very same place."""
    if any(one.closed is None for one in cuts):
        yield left_open("closed", "scoring", "cuts")
    for number, one in enumerate(cuts):
        here: At = ("scoring", "cuts", number)
        if (one.points is None) == (one.deduct is None):
            yield Trouble("cut-of-one", here)
            continue
        before = [other for other in cuts[:number] if other.side == one.side]
        if any((other.points is None) != (one.points is None) for other in before):
            yield Trouble("cuts-mixed", here, (("side", one.side),))
        elif any((other.at.value, other.closed) == (one.at.value, one.closed) for other in before):
            yield Trouble("cuts-overlap", here, (("at", str(one.at)),))
