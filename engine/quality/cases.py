"""Does the engine still say of a past submission what was accepted, and is every difference from what people decided
explained?

A case has three parts, kept apart: the submission as filed, what people decided (`published`, never rewritten by a
tool), and what the engine says (`expected`, accepted by hand, with its worked arithmetic).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pydantic import Field

from ..telling.evaluation import Block, CriterionResult, Evaluation
from ..values.exact import written
from ..values.model import Exact, Line, Model
from ..values.problems import Place, Problem, Source


class Published(Model):
    """What people decided, and where it was published."""

    case: Line
    title: Line
    place: Line
    year: int
    source: Line
    quality: str = ""
    wrong: tuple[Line, ...] = ()
    total: Exact | None = None
    grade: str = ""
    dimensions: dict[str, Line] = {}
    """Grades of blocks."""
    criteria: dict[str, Exact] = {}
    letters: dict[str, Line] = {}


class ExpectedPoints(Model):
    """Points of one row by the rule, with the arithmetic worked by hand. Open rows have low and high."""

    points: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    work: Line


class ExpectedLetter(Model):
    """The letter of a criterion or block by the rule, with the arithmetic worked by hand."""

    letter: Line
    work: Line


class ExpectedFinding(Model):
    """A finding that must be raised, and no other."""

    finding: Line
    on: str = ""
    status: Literal["sure", "possible"] = "sure"


class Expected(Model):
    """What the engine says under one rule set, with the evaluator's review of the case where `reviewed`.

    `dimensions` are the grades of blocks. `differs` gives the reason for each difference from `published`: of the
    `total`, the `grade`, a criterion by its id, or the `grade/` of a block. Where the rule set scores by letters,
    `letters` stands in place of `score`, `of` and `criteria`.
    """

    ruleset: Line
    reviewed: bool = False
    score: ExpectedPoints | None = None
    of: Exact | None = None
    grades: tuple[str, ...] = ()
    dimensions: dict[str, tuple[Line, ...]] = {}
    criteria: dict[str, ExpectedPoints] = {}
    letters: dict[str, ExpectedLetter] = {}
    findings: tuple[ExpectedFinding, ...]
    supply_first: str = ""
    differs: dict[str, Line] = {}


class ExpectedFile(Model):
    """The accepted results of a case."""

    accepted: tuple[Expected, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Case:
    """A past case without its submission: what people decided, and what the engine must say."""

    published: Published
    expected: tuple[Expected, ...]


def compare(
    evaluation: Evaluation, number: int, file: ExpectedFile, published: Published, place: Place
) -> list[Problem]:
    """Every difference between an evaluation and the `number`-th accepted result."""
    return _Comparison(evaluation, number, file.accepted[number], published, place).problems


class _Comparison:
    def __init__(
        self, evaluation: Evaluation, number: int, expected: Expected, published: Published, place: Place
    ) -> None:
        self.evaluation, self.expected, self.published = evaluation, expected, published
        self.place, self.at = place, ("accepted", number)
        self.problems: list[Problem] = []
        self.results = {} if evaluation.lettered else {named(one): one for one in evaluation.criteria}
        self.letters = _letters(evaluation) if evaluation.lettered else {}
        self._score()
        self._same("grades", ("grades",), "、".join(expected.grades), "、".join(evaluation.grades))
        self._dimensions()
        self._criteria()
        self._lettered()
        self._findings()
        if expected.supply_first:
            first = "/".join(evaluation.missing[0].criterion) if evaluation.missing else ""
            self._same("supply-first", ("supply-first",), expected.supply_first, first)
        self._published()

    def _source(self, path: tuple[str | int, ...]) -> Source:
        return self.place((*self.at, *path))

    def _differ(self, what: str, path: tuple[str | int, ...], expected: str, found: str) -> None:
        facts = {"what": what, "expected": expected or "—", "found": found or "—"}
        self.problems.append(Problem("case-differs", self._source(path), facts))

    def _same(self, what: str, path: tuple[str | int, ...], expected: str, found: str) -> None:
        if expected != found:
            self._differ(what, path, expected, found)

    def _score(self) -> None:
        wanted, score = self.expected.score, self.evaluation.score
        if wanted is not None and score is not None:
            self._points("score", ("score",), wanted, score.low, score.high)
            self._same("of", (), "" if self.expected.of is None else written(self.expected.of), score.of)
        elif wanted is not None or score is not None:
            found = "" if score is None else f"{score.low}–{score.high}"
            self._differ("score", (), "" if wanted is None else wanted.work, found)

    def _points(self, what: str, path: tuple[str | int, ...], expected: ExpectedPoints, low: str, high: str) -> None:
        wanted = (expected.points, expected.points) if expected.points is not None else (expected.low, expected.high)
        found = (Fraction(low), Fraction(high))
        if wanted != found:
            shown = "–".join("?" if end is None else written(end) for end in wanted)
            self._differ(what, path, shown, f"{low}–{high}")

    def _dimensions(self) -> None:
        found = {named(one): "、".join(one.grades) for one in self.evaluation.blocks if one.grades}
        for name in {**self.expected.dimensions, **found}:
            wanted = "、".join(self.expected.dimensions.get(name, ()))
            self._same(name, ("dimensions",), wanted, found.get(name, ""))

    def _criteria(self) -> None:
        for name, points in self.expected.criteria.items():
            path = ("criteria", name)
            if name not in self.results:
                self._differ(name, path, name, "")
            else:
                self._points(name, path, points, self.results[name].low, self.results[name].high)
        for name, one in self.results.items():
            if name not in self.expected.criteria:
                self._differ(name, ("criteria",), "", f"{one.low}–{one.high}")

    def _lettered(self) -> None:
        for name, wanted in self.expected.letters.items():
            self._same(name, ("letters", name), wanted.letter, self.letters.get(name, ""))
        for name, letter in self.letters.items():
            if name not in self.expected.letters:
                self._differ(name, (), "", letter)

    def _findings(self) -> None:
        wanted = {(one.finding, one.on, one.status) for one in self.expected.findings}
        found = {(one.id, one.subject, one.status) for one in self.evaluation.findings}
        for finding in sorted(wanted - found):
            self._differ("findings", ("findings",), " ".join(filter(None, finding)), "")
        for finding in sorted(found - wanted):
            self._differ("findings", ("findings",), "", " ".join(filter(None, finding)))

    def _published(self) -> None:
        """A difference from what people decided needs a reason, which must go when the difference goes."""
        differences = self._differences()
        for name, (published, found) in differences.items():
            if name not in self.expected.differs:
                facts = {"published": f"{name} {published}", "found": found}
                self.problems.append(Problem("difference-unexplained", self._source(()), facts))
        for name in self.expected.differs:
            if name not in differences:
                self.problems.append(Problem("reason-without-difference", self._source(("differs", name))))

    def _differences(self) -> Mapping[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        score = self.evaluation.score
        if (
            score is not None
            and self.published.total is not None
            and not _equal(self.published.total, score.low, score.high)
        ):
            found["total"] = (written(self.published.total), f"{score.low}–{score.high}")
        if self.published.grade and self.evaluation.ruleset.complete:
            grades = "、".join(self.evaluation.grades)
            if grades != self.published.grade:
                found["grade"] = (self.published.grade, grades)
        graded = {named(one): "、".join(one.grades) for one in self.evaluation.blocks if one.grades}
        for name, grade in self.published.dimensions.items():
            if graded.get(name, grade) != grade:
                found[f"grade/{name}"] = (grade, graded[name])
        for name, points in self.published.criteria.items():
            one = self.results.get(name)
            if one is not None and not _equal(points, one.low, one.high):
                found[name] = (written(points), f"{one.low}–{one.high}")
        for name, letter in self.published.letters.items():
            if letter != self.letters.get(name, letter):
                found[name] = (letter, self.letters[name])
        return found


def _letters(evaluation: Evaluation) -> dict[str, str]:
    """The letters of criteria and blocks."""
    each: list[CriterionResult | Block] = [*evaluation.criteria, *evaluation.blocks]
    return {named(one): one.points if one.points is not None else f"{one.low}–{one.high}" for one in each}


def named(one: CriterionResult | Block) -> str:
    """How accepted results name a criterion or block: the names of its path, with “/” between them."""
    return "/".join(one.id)


def _equal(points: Fraction, low: str, high: str) -> bool:
    return points == Fraction(low) == Fraction(high)
