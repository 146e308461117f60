"""Which questions did an evaluator answer, and does each answer fit the criterion or row it names?

An answer is read by one criterion or one indicator row, and only in the words that its form knows: items for a
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
from ..methods.methods import Answered, Checklist, Deductions, Edges, Editable, Judgement, Outcomes, Tier
from ..planning.plan import Leaf
from ..values.amounts import Amount
from ..values.exact import written
from ..values.problems import Problem, Source, nearest
from .totals import Ends

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry with its place in the list of answers."""

    entry: JudgementEntry
    index: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The shares of the full points that a tier allows; `beyond` is the end that belongs to the tier beside it."""

    shares: Ends
    beyond: Fraction | None

    def holds(self, points: Fraction, full: Fraction) -> bool:
        """Whether `points` of the full ones stay clear of the end that is not the tier's own."""
        if self.beyond is None:
            return True
        end = self.beyond * full
        return points < end if self.beyond == self.shares.high else points > end


class Answers:
    """The answers of one submission by criterion path and by row; `problems` collects what does not fit."""

    def __init__(self, figures: Figures, leaves: Sequence[Leaf]) -> None:
        self.place = figures.place
        self.problems: list[Problem] = []
        self.leaves: dict[tuple[str, ...], Answer] = {}
        self.rows: dict[str, Answer] = {}
        named = _by_name(leaves)
        for index, entry in enumerate(figures.submission.judgements):
            answer = Answer(entry, index)
            if bool(entry.criterion) == bool(entry.row):
                self._problem("answer-of-one", answer)
            elif entry.row:
                self._keep(self.rows, entry.row, answer, "row")
                self._fits(answer, "row", ("points", "tier", "reduce"))
            else:
                self._criterion(answer, named)

    # -- finding the question ---

    def _criterion(self, answer: Answer, named: dict[str, list[Leaf]]) -> None:
        name = answer.entry.criterion
        found = named.get(name, [])
        if len(found) != 1:
            code = "ambiguous-criterion" if found else "unknown-criterion"
            near = "/".join(found[0].path) if found else nearest(name, named)
            self._problem(code, answer, "criterion", near=near, name=name)
            return
        leaf = found[0]
        self._keep(self.leaves, leaf.path, answer, "criterion")
        self._fits(answer, leaf.method.method, _READS.get(leaf.method.method, ("points",)))

    def _keep(self, into: dict[Key, Answer], key: Key, answer: Answer, field: str) -> None:
        if key in into:
            self._problem("answered-twice", answer, field, name=answer.entry.criterion or answer.entry.row)
        else:
            into[key] = answer

    def _fits(self, answer: Answer, method: str, reads: tuple[str, ...]) -> None:
        """The answer says something, and nothing that this form would not read."""
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

    # -- what an answer leaves open ---

    def judged(self, method: Answered, full: Fraction, answer: Answer | None) -> Ends:
        """The points that a form allows after its answer."""
        match method:
            case Checklist():
                return self._checked(method, full, answer)
            case Outcomes():
                return self._named(method, answer)
            case Deductions():
                return self._faulted(method, full, answer)
            case Judgement():
                return self._within(method, full, answer)

    def _within(self, method: Judgement, full: Fraction, answer: Answer | None) -> Ends:
        ends = Ends(method.least, method.most if method.most is not None else full)
        if answer is None:
            return ends
        chosen = self.tier(method.tiers, method.edges, answer)
        if chosen is None:
            return self.narrowed(ends, answer)
        return self.within(chosen, Ends(chosen.shares.low * full, chosen.shares.high * full), full, answer)

    def _checked(self, method: Checklist, full: Fraction, answer: Answer | None) -> Ends:
        """Items met are earned, items not met are lost, unanswered ones are open."""
        if answer is None:
            return Ends(Fraction(0), full)
        met, missed = self._items(answer, len(method.items))
        points = [item.points for item in method.items]
        low = sum((points[n - 1] for n in met), Fraction(0))
        lost = sum((points[n - 1] for n in missed), Fraction(0))
        return Ends(low, full - lost)

    def _items(self, answer: Answer, count: int) -> tuple[set[int], set[int]]:
        """The items met and not met that exist, each in one of the two."""
        met, missed = answer.entry.met, answer.entry.not_met
        for field, items in (("met", met), ("not-met", missed)):
            for place, item in enumerate(items):
                if not 1 <= item <= count or (field == "not-met" and item in met):
                    facts = {"found": str(item), "items": str(count)}
                    self._problem("wrong-item", answer, field, place, **facts)
        known = set(range(1, count + 1))
        return known & set(met), known & set(missed)

    def _named(self, method: Outcomes, answer: Answer | None) -> Ends:
        """The points of the outcome named; until one is, from the least to the most."""
        points = {one.outcome: one.points for one in method.outcomes}
        name = answer.entry.tier if answer else ""
        if answer is not None and name and name not in points:
            self._problem("unknown-tier", answer, "tier", near=nearest(name, points), found=name)
        if name in points:
            return Ends(points[name], points[name])
        return Ends(min(points.values()), max(points.values()))

    def _faulted(self, method: Deductions, full: Fraction, answer: Answer | None) -> Ends:
        """`met` names the faults that were not found, `not-met` those that were; the rest is open."""
        met, missed = self._items(answer, len(method.faults)) if answer else (set(), set())
        low = high = full
        for number, one in enumerate(method.faults, 1):
            low -= Fraction(0) if number in met else full if one.repeats else one.most
            high -= one.least if number in missed else Fraction(0)
        ends = Ends(max(low, Fraction(0)), max(high, Fraction(0)))
        return self.narrowed(ends, answer) if answer else ends

    def tier(self, tiers: Sequence[Tier], edges: Edges | None, answer: Answer) -> Chosen | None:
        """The shares of the full points that the tier chosen allows; None where no tier was named."""
        name = answer.entry.tier
        if not name:
            return None
        for tier in tiers:
            if tier.tier == name:
                return _chosen(tier, tiers, edges)
        near = nearest(name, [tier.tier for tier in tiers])
        self._problem("unknown-tier", answer, "tier", near=near, found=name)
        return None

    def within(self, chosen: Chosen, ends: Ends, full: Fraction, answer: Answer) -> Ends:
        """The points given inside the tier chosen; without any, the whole tier (`ends`), an open end as its bound."""
        points = answer.entry.points
        if points is not None and ends.low <= points <= ends.high and not chosen.holds(points, full):
            facts = {"found": written(points), "low": written(ends.low), "high": written(ends.high)}
            self._problem("points-of-the-next-tier", answer, "points", **facts)
        return self.narrowed(ends, answer)

    def untiered(self, ends: Ends, answer: Answer) -> None:
        """A tier for a row that the rules settle is a problem: nobody would read it."""
        self._problem("tier-of-measured", answer, "tier", found=answer.entry.tier, points=written(ends.low))

    def reduced(self, allowed: Sequence[Amount], ends: Ends, full: Fraction, answer: Answer) -> Ends:
        """A reviewer's cut, by a share of the full points that the rule set allows; never below 0."""
        cut = answer.entry.reduce
        if cut is None:
            return ends
        if cut not in allowed:
            facts = {"found": str(cut), "expected": "、".join(map(str, allowed)) or "—"}
            self._problem("not-one-of", answer, "reduce", **facts)
        lost = cut.value * full
        return Ends(max(ends.low - lost, Fraction(0)), max(ends.high - lost, Fraction(0)))

    def edited(self, ends: Ends, editable: Ends | None, answer: Answer) -> Ends:
        """What a rule gives, as an evaluator settles it where it is open, or changes it where the rule set allows."""
        points = answer.entry.points
        if points is None:
            return ends
        if editable is not None:
            return self.narrowed(editable, answer)
        if ends.settled:
            self._problem("not-editable", answer, "points", found=written(points), points=written(ends.low))
            return ends
        return self.narrowed(ends, answer)

    def narrowed(self, ends: Ends, answer: Answer) -> Ends:
        """An evaluator's points settle what is open, and must lie inside it."""
        points = answer.entry.points
        if points is None:
            return ends
        if not ends.low <= points <= ends.high:
            facts = {"found": written(points), "low": written(ends.low), "high": written(ends.high)}
            self._problem("points-out-of-range", answer, "points", **facts)
        return Ends(points, points)


_READS: dict[str, tuple[str, ...]] = {
    "checklist": ("met", "not-met"),
    "judgement": ("points", "tier"),
    "outcomes": ("tier",),
    "deductions": ("points", "met", "not-met"),
    "indicators": (),
    "levels": (),
}


def _chosen(tier: Tier, tiers: Sequence[Tier], edges: Edges | None) -> Chosen:
    """The tier with its open end: the one it shares with the tier above (below, where upper ends belong)."""
    low, high = tier.from_.value, tier.to.value
    beyond = None
    if edges == "lower-closed" and any(one.from_.value == high for one in tiers):
        beyond = high
    elif edges == "upper-closed" and any(one.to.value == low for one in tiers):
        beyond = low
    return Chosen(Ends(low, high), beyond if low < high else None)


def bounds(editable: bool | Editable, full: Fraction, most: Fraction) -> Ends | None:
    """Between which points an evaluator may change what a rule gives, at `most`; None where it stands."""
    if isinstance(editable, Editable):
        return Ends(editable.from_.value * full, editable.to.value * full)
    return Ends(Fraction(0), most) if editable else None


def _by_name(leaves: Sequence[Leaf]) -> dict[str, list[Leaf]]:
    """Leaves by whole path, and by last name where that is no other's path."""
    named: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        named.setdefault("/".join(leaf.path), []).append(leaf)
    for leaf in leaves:
        if len(leaf.path) > 1:
            named.setdefault(leaf.path[-1], []).append(leaf)
    return named
