"""Which questions did an evaluator answer, does each answer fit the criterion or row it names, and what does it leave?

An answer is read by one criterion or one indicator row, and only in the words that its method knows: items for a
checklist, a tier or points for a judgement or a row, points for a measured criterion that is open or editable. An
answer nobody would read, or a second one to the same question, is a problem, never ignored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from ..filing.figures import Figures
from ..filing.submission import JudgementEntry
from ..methods.answered import Allowed, Wrong
from ..methods.answered import Answer as Said
from ..planning.plan import Leaf
from ..rules.rows import Editable
from ..values.amounts import Amount
from ..values.exact import written
from ..values.problems import Problem, Source, nearest
from .rollup import Points

Key = TypeVar("Key")
_OF_A_ROW = ("points", "tier", "reduce")


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry with its place in the list of answers."""

    entry: JudgementEntry
    index: int

    @property
    def said(self) -> Said:
        """What it says, as methods read it."""
        entry = self.entry
        return Said(entry.points, entry.tier, entry.met, entry.not_met)


class Answers:
    """The answers of one submission by criterion path and by row; `problems` collects what does not fit."""

    def __init__(self, figures: Figures, leaves: Sequence[Leaf]) -> None:
        self.place = figures.place
        self.problems: list[Problem] = []
        self.leaves: dict[tuple[str, ...], Answer] = {}
        self.rows: dict[str, Answer] = {}
        named = _by_name(leaves) if figures.submission.judgements else {}
        for index, entry in enumerate(figures.submission.judgements):
            answer = Answer(entry, index)
            if bool(entry.criterion) == bool(entry.row):
                self._problem("answer-of-one", answer)
            elif entry.row:
                self._keep(self.rows, entry.row, answer, "row")
                self._fits(answer, "row", _OF_A_ROW)
            else:
                self._criterion(answer, named)

    # -- finding the question ---

    def _criterion(self, answer: Answer, named: dict[tuple[str, ...], list[Leaf]]) -> None:
        name = answer.entry.criterion
        path = (name,) if isinstance(name, str) else tuple(name)
        found = named.get(path, [])
        if len(found) != 1:
            code = "ambiguous-criterion" if found else "unknown-criterion"
            texts = ["/".join(one) for one in named]
            near = "/".join(found[0].path) if found else nearest("/".join(path), texts)
            self._problem(code, answer, "criterion", near=near, name="/".join(path))
            return
        leaf = found[0]
        self._keep(self.leaves, leaf.path, answer, "criterion")
        self._fits(answer, leaf.method.method, leaf.method.answers)

    def _keep(self, into: dict[Key, Answer], key: Key, answer: Answer, field: str) -> None:
        if key in into:
            self._problem("answered-twice", answer, field, name=answer.entry.subject)
        else:
            into[key] = answer

    def _fits(self, answer: Answer, method: str, reads: tuple[str, ...]) -> None:
        """The answer says something, and nothing that this method would not read."""
        entry = answer.entry
        given = {
            "points": entry.points is not None,
            "tier": bool(entry.tier),
            "reduce": entry.reduce is not None,
            "met": bool(entry.met),
            "not-met": bool(entry.not_met),
        }
        wrong = [word for word, said in given.items() if said and word not in reads]
        for word in wrong:
            self._problem("answer-unread", answer, word, found=word, method=method, expected="、".join(reads) or "—")
        if not any(given.values()):
            self._problem("answer-empty", answer, expected="、".join(reads) or "—")

    def _problem(self, code: str, answer: Answer, *field: str | int, near: str = "", **facts: str) -> None:
        self.problems.append(Problem(code, self.source(answer, *field), facts, near))

    def source(self, answer: Answer, *field: str | int) -> Source:
        """The place of an answer, or of one of its fields."""
        return self.place(("judgements", answer.index, *field))

    def wrong(self, answer: Answer | None) -> Wrong:
        """Where a method notes what of an answer does not fit."""

        def note(code: str, *field: str | int, near: str = "", **facts: str) -> None:
            if answer is not None:
                self._problem(code, answer, *field, near=near, **facts)

        return note

    # -- what an answer leaves open ---

    def narrowed(self, allowed: Allowed, answer: Answer | None) -> Points:
        """An evaluator's points settle what is open, and must lie inside it."""
        points = answer.entry.points if answer is not None else None
        if answer is None or points is None:
            return Points(allowed.low, allowed.high)
        if not allowed.holds(points):
            next_tier = allowed.low <= points <= allowed.high
            code = "points-of-the-next-tier" if next_tier else "points-out-of-range"
            facts = {"found": written(points), "low": written(allowed.low), "high": written(allowed.high)}
            self._problem(code, answer, "points", **facts)
        return Points(points, points)

    def edited(self, computed: Points, editable: Allowed | None, answer: Answer) -> Points:
        """What a rule gives, as an evaluator settles it where it is open, or changes it where the rule set allows."""
        points = answer.entry.points
        if points is None:
            return computed
        if editable is not None:
            return self.narrowed(editable, answer)
        if computed.settled:
            self._problem("not-editable", answer, "points", found=written(points), points=written(computed.low))
            return computed
        return self.narrowed(Allowed(computed.low, computed.high), answer)

    def untiered(self, computed: Points, answer: Answer) -> None:
        """A tier for a row that the rules settle is a problem: nobody would read it."""
        self._problem("tier-of-measured", answer, "tier", found=answer.entry.tier, points=written(computed.low))

    def left_out(self, answer: Answer) -> None:
        """An answer to what does not apply, and does not count, changes nothing."""
        self._problem("answer-inapplicable", answer, name=answer.entry.subject)

    def reduced(self, allowed: Sequence[Amount], points: Points, full: Fraction, answer: Answer) -> Points:
        """A reviewer's cut, by a share of the full points that the rule set allows; never below 0."""
        cut = answer.entry.reduce
        if cut is None:
            return points
        if cut not in allowed:
            facts = {"found": str(cut), "expected": "、".join(map(str, allowed)) or "—"}
            self._problem("not-one-of", answer, "reduce", **facts)
        lost = cut.value * full
        return Points(max(points.low - lost, Fraction(0)), max(points.high - lost, Fraction(0)))


def editable_to(editable: bool | Editable, full: Fraction, most: Fraction) -> Allowed | None:
    """Between which points an evaluator may change what a rule gives, at `most`; None where it stands."""
    if isinstance(editable, Editable):
        return Allowed(editable.from_.value * full, editable.to.value * full)
    return Allowed(Fraction(0), most) if editable else None


def _by_name(leaves: Sequence[Leaf]) -> dict[tuple[str, ...], list[Leaf]]:
    """Leaves by whole path (also as one text), and by last name where that is no other's."""
    named: dict[tuple[str, ...], list[Leaf]] = {}
    for leaf in leaves:
        named.setdefault(leaf.path, []).append(leaf)
    for leaf in leaves:
        for other in (("/".join(leaf.path),), leaf.path[-1:]):
            if len(leaf.path) > 1 and (other not in named or named[other][0].path != other):
                named.setdefault(other, []).append(leaf)
    return named
