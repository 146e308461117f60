"""What does an indicator row of a submission earn? By the first rule that fits it, then as an evaluator settled it.

Which rule fits is asked of what was filed; the points of each are worked by the methods and by `rowwork.py`, with the
branches that gave them, so that sentences have nothing left to work out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Literal

from ..algebra.meaning import MEANING, OneNumber, OneRange, OneTruth, Range, fraction, known
from ..filing.figures import Figures, Row
from ..filing.submission import JudgementEntry
from ..filing.targets import Part as Target
from ..methods import (
    Additions,
    AnyMethod,
    Bands,
    Indicators,
    Judgement,
    Linear,
    Measured,
    Outcomes,
    Proportional,
    Steps,
)
from ..methods.judgement import tiered
from ..methods.method import Scored, first_holding
from ..methods.scoring import scored
from ..planning.compiling import ClauseRefused, printed
from ..planning.plan import Leaf, Treated
from ..rules import lateness
from ..rules.lateness import Late
from ..rules.rows import Deadline, Delay, RowRules
from ..rules.ruleset import RuleSet
from ..values.amounts import Amount
from ..values.dates import Days
from ..values.exact import written
from ..values.problems import Problem, nearest
from ..values.units import DAYS, RATIO, UnitWord
from .answers import Answer, Answers, editable_to
from .heading import Heading, heading
from .rollup import Points, Rollup, points_of
from .rowwork import Reached, RowFacts, RowWork

How = Literal["inapplicable", "coefficient", "parts", "delay", "date", "named", "own", "rules"]
"""By which rule a row was scored: its printed coefficient, its several targets, its delay, its dates, outcomes that its
own printed rule names, a printed rule over its numbers, or the rule set's row rules.
"""


@dataclass(frozen=True, slots=True)
class RowPoints:
    """An indicator row and what it earns. `computed` is what the rules gave, `points` what counts after an evaluator's
    answer (`judged`); both as a leaf is rounded. `counts`: it is part of
    the table, whether or not it applies. The rest is how they came about.
    """

    row: Row
    full: Fraction
    how: How
    heading: Heading
    computed: Points
    points: Points
    applicable: bool
    judged: JudgementEntry | None
    counts: bool = True
    shared: bool = False
    """Its full points are its share of the block, whatever the form prints."""
    branch: str = ""
    numbers: dict[str, OneNumber] | None = None
    own: Scored[int, bool] | None = None
    method: AnyMethod | None = None
    measure: OneNumber | None = None
    word: UnitWord | None = None
    late: Late | None = None

    @property
    def changed(self) -> bool:
        """Did an answer change what the rules had settled?"""
        return self.computed.settled and self.computed != self.points


@dataclass(frozen=True, slots=True)
class _Made:
    """Points by a rule before rounding, with how they came about."""

    how: How
    points: OneRange
    branch: str = ""
    numbers: dict[str, OneNumber] | None = None
    own: Scored[int, bool] | None = None
    method: AnyMethod | None = None
    measure: OneNumber | None = None
    word: UnitWord | None = None
    late: Late | None = None


class Rows:
    """The indicator rows of one submission under the rule set's `rows`."""

    def __init__(self, ruleset: RuleSet, figures: Figures, rollup: Rollup[int, bool, str], answers: Answers) -> None:
        self.ruleset, self.figures, self.rollup, self.answers = ruleset, figures, rollup, answers
        self.notes: list[Problem] = []
        """Rules printed in rows that can't be read."""
        rules = ruleset.rows
        self.work = None if rules is None else RowWork(MEANING, rules)
        self.headings = [heading(row, rules) for row in figures.rows]
        self.tiered = self._tiers()
        """Rows whose tier an evaluator named, and whether it is one that reaches the full points."""
        self.facts = [_facts(row, one, rules) for row, one in zip(figures.rows, self.headings, strict=True)]
        self.reached: list[Reached[int, bool]] = [] if self.work is None else list(map(self.work.reached, self.facts))

    def _tiers(self) -> dict[str, bool]:
        tops = {tier.tier: tier.to.value == 1 for tier in self.ruleset.rows.tiers} if self.ruleset.rows else {}
        said = {name: answer.entry.tier for name, answer in self.answers.rows.items()}
        return {name: tops[tier] for name, tier in said.items() if tier in tops}

    def measured(self, row: Row) -> tuple[OneNumber, OneTruth]:
        """A row's attainment, and whether its target is met."""
        rules, facts = self.ruleset.rows, self.facts[row.index]
        if rules is None:
            plain = MEANING.divide(row.actual.number, row.target.number)
            return (MEANING.unknown() if facts.open else plain), MEANING.maybe
        assert self.work is not None
        reached = self.reached[row.index]
        if rules.deadline is not None and row.due is not None and row.done is not None:
            last = row.due.due(rules.deadline.before)
            met = MEANING.truth(row.done.last <= last, row.done.first <= last)
        elif row.target.number.inapplicable or row.actual.number.inapplicable:
            met = MEANING.neither
        elif not facts.started:
            met = MEANING.no
        elif row.name in self.tiered:
            met = MEANING.bit(self.tiered[row.name])
        else:
            unsure = facts.open or not (facts.target.known and facts.actual.known)
            ways = {self.work.met(one) for one in self.work.readings(facts)} if facts.doubted else {reached.met}
            met = MEANING.maybe if unsure or len(ways) > 1 else MEANING.bit(ways.pop())
        return MEANING.unknown() if facts.open else reached.attainment, met

    def delay(self, row: Row) -> OneNumber:
        """How many days after the day due a row of two dates was done; unknown of other rows, or of a span of days."""
        if row.due is None or row.done is None:
            return MEANING.unknown()
        deadline = self.ruleset.rows.deadline if self.ruleset.rows is not None else None
        least, most = lateness.lags(DAYS, row.due, row.done, deadline.before if deadline is not None else "")
        return _count(least if least == most else None)

    # -- the rows of a block ---

    def scored(self, method: Indicators, block: Fraction, treated: Treated) -> tuple[RowPoints, ...]:
        """The rows at the level of `method`, which shares the block's points among those that state none. Rows that do
        not apply leave before that, where they are to be left out.
        """
        rows = [row for row in self.figures.rows if method.level in ("", row.level)]
        gone = [inapplicable(row) and treated != "full" and treated != "zero" for row in rows]
        own = [stated(row) for row in rows]
        fulls, equal = method.full_points(block, own, gone), method.equal(block, own)
        made = []
        for row, full, states, out in zip(rows, fulls, own, gone, strict=True):
            one = self._row(row, full, treated)
            made.append(replace(one, shared=True) if equal or (not out and full != states) else one)
        return tuple(made)

    def trial(self, treated: Treated) -> Callable[[RowPoints, Fraction], Points]:
        """What a row would earn at another weight; what is wrong with its cells and answers is said at its own."""
        alone = copy(self)
        alone.notes, alone.answers = [], copy(self.answers)
        alone.answers.problems = []
        at = cache(lambda index, full: alone._row(self.figures.rows[index], full, treated).points)
        return lambda row, full: row.points if row.full == full else at(row.row.index, full)

    def _row(self, row: Row, full: Fraction, treated: Treated) -> RowPoints:
        """A row by the first rule that fits it, then as an evaluator settled or cut it."""
        rules, answer, head = self.ruleset.rows, self.answers.rows.get(row.name), self.headings[row.index]
        assert rules is not None
        applicable = not inapplicable(row)
        if not applicable and treated not in ("full", "zero"):
            if answer is not None:
                self.answers.left_out(answer)
            nothing = Points(Fraction(0), Fraction(0))
            return RowPoints(row, full, "inapplicable", head, nothing, nothing, False, None, counts=False)
        made = self._made(rules, row, full) if applicable else _spared(full, treated)
        computed = self._leaf(points_of(made.points), full)
        points = computed
        if answer is not None:
            answered = self._named(made, full, answer) or self._answered(rules, full, computed, answer)
            points = self._leaf(self.answers.reduced(rules.reductions, answered, full, answer), full)
            if made.how == "named":
                computed = points
        entry = answer.entry if answer is not None else None
        return RowPoints(
            row=row,
            full=full,
            how=made.how,
            heading=head,
            computed=computed,
            points=points,
            applicable=applicable,
            judged=entry,
            branch=made.branch,
            numbers=made.numbers,
            own=made.own,
            method=made.method,
            measure=made.measure,
            word=made.word,
            late=made.late,
        )

    def _leaf(self, points: Points, full: Fraction) -> Points:
        """As a leaf is rounded; a row that is full is full, though its share of the block is no round number."""
        low = self._end(points.low, full)
        return Points(low, low if points.settled else self._end(points.high, full))

    def _end(self, points: Fraction, full: Fraction) -> Fraction:
        if points == full:
            return full
        end = known(points)
        return fraction(self.rollup.leaf(Range(end, end)).low)

    def _answered(self, rules: RowRules, full: Fraction, computed: Points, answer: Answer) -> Points:
        """A tier and points settle what the rules leave open, points change what is editable."""
        if not answer.entry.tier:
            return self.answers.edited(computed, editable_to(rules.editable, full, full), answer)
        if computed.settled and full:
            self.answers.untiered(computed, answer)
            return computed
        edges = rules.edges or self.ruleset.policy.edges
        chosen = tiered(rules.tiers, edges, full, answer.said, self.answers.wrong(answer))
        return self.answers.narrowed(chosen, answer)

    def _named(self, made: _Made, full: Fraction, answer: Answer) -> Points | None:
        """A row whose printed rule names outcomes: an evaluator says which."""
        if made.how != "named" or not isinstance(made.method, Outcomes | Judgement):
            return None
        allowed = made.method.allowed(full, answer.said, self.answers.wrong(answer))
        return self.answers.narrowed(allowed, answer)

    # -- which rule fits ---

    def _made(self, rules: RowRules, row: Row, full: Fraction) -> _Made:
        share = self._share(rules, row, full)
        if share is not None:
            return share
        own = self._own_method(row, full) if row.clause and rules.own_clauses == "accepted" else None
        late = self._late(rules.deadline, row, own)
        if isinstance(own, Outcomes) or (isinstance(own, Judgement) and own.tiers):
            allowed = own.allowed(full, None, self.answers.wrong(None))
            return _Made("named", Range(known(allowed.low), known(allowed.high)), method=own)
        if late is not None:
            return self._by_delay(late, full)
        unread = isinstance(own, Judgement)  # a misprinted rule of the row's own is for the evaluator
        if rules.deadline is not None and row.due is not None and row.done is not None and not unread:
            return _on_time(rules.deadline, row.due, row.done, full)
        if own is not None and self._trusted(row):
            return self._by_own(own, row, full)
        assert self.work is not None
        worked = self.work.work(self.facts[row.index], self.reached[row.index], known(full))
        return _Made("rules", self.work.points(worked), first_holding(worked.branches).name, worked.numbers)

    def _share(self, rules: RowRules, row: Row, full: Fraction) -> _Made | None:
        """The share of its points that a coefficient or several targets give a row; None for other rows."""
        m, whole = MEANING, known(full)
        if row.coefficient.number.known and rules.coefficients == "accepted":
            share = m.clamped(row.coefficient.number, m.zero, m.one)
            points = m.multiply(share, whole)
            return _Made("coefficient", Range(points, points), numbers={"share": share})
        if not row.parts or rules.parts != "share":
            return None
        sure = possible = 0
        for part in row.parts:
            met, measured = self._part_met(rules, part), part.target.known and part.actual.known
            sure, possible = sure + met, possible + (met or not measured)
        count = len(row.parts)
        low, high = (m.multiply(known(Fraction(number, count)), whole) for number in (sure, possible))
        numbers = {"met": known(Fraction(sure)), "count": known(Fraction(count))}
        return _Made("parts", Range(low, high), numbers=numbers)

    def _part_met(self, rules: RowRules, part: Target) -> bool:
        assert self.work is not None
        if not (part.target.known and part.actual.known):
            return False
        less, more = (
            part.direction == "reverse",
            part.direction == "forward" or (not part.direction and rules.unmarked == "forward"),
        )
        facts = _plain_facts(part.target, part.actual, more, less, part.strict)
        return self.work.met(facts)

    def _late(self, deadline: Deadline | None, row: Row, own: AnyMethod | None) -> Late | None:
        """The delay of a row of two dates that is scored by its steps: as the rule it prints counts them, else as the
        rule set does.
        """
        if row.due is None or row.done is None:
            return None
        before = deadline.before if deadline is not None else ""
        if isinstance(own, Steps) and lateness.counts_delay(own):
            return lateness.late(own, row.due, row.done, before)
        if isinstance(own, Judgement) or deadline is None or not isinstance(deadline.late, Delay):
            return None
        return lateness.late(lateness.steps(deadline.late, self.ruleset.policy), row.due, row.done, before)

    def _by_delay(self, late: Late, full: Fraction) -> _Made:
        """Points at the longest and at the shortest delay that the dates leave open; a delay nobody knows may cost all
        that can be lost.
        """
        worst = scored(MEANING, late.method, _count(late.most), known(full))
        best = scored(MEANING, late.method, _count(late.least), known(full))
        low = worst.points.low if late.most is not None else known(late.method.floor)
        high = best.points.high if late.least is not None else known(full)
        return _Made("delay", Range(low, high), own=worst, method=late.method, measure=_count(late.most), late=late)

    # -- the rule that a row prints ---

    def _own_method(self, row: Row, full: Fraction) -> AnyMethod | None:
        """The rule printed in the row; its target is the standard. None where it needs one and the row has none.

        A text that can't be read, as misprints can't, or that doesn't go with the row's target (元 off a target in
        元/人), is noted, and leaves the points to be judged.
        """
        target, word = row.target.number, row.target.word
        told = self._trusted(row)
        standard = f"{written(Fraction(target.n, target.d) / word.scale)}{word.word}" if told else ""
        try:
            return printed(row.clause, full, standard, self.ruleset.policy)
        except ClauseRefused as error:
            if told or error.facts.get("choice") != "standard":
                place = self.figures.place(("indicators", row.index, "clause"), error.start, error.end - error.start)
                unfit = error.code == "choice-unknown" and error.facts["choice"] == "standard"
                left_to_judge = unfit or error.code == "clause-unreadable"
                problem = Problem(error.code, place, error.facts)
                if unfit:
                    problem = Problem("not-combined", place, {"found": row.target.raw})
                elif left_to_judge:
                    rest = re.split("[，。；,;]", row.clause[error.start :])[0]
                    problem = Problem("own-clause-unread", place, {"row": row.name, "found": rest})
                (self.notes if left_to_judge else self.answers.problems).append(problem)
                return Judgement(method="judgement") if left_to_judge else None
            return None

    def _by_own(self, method: AnyMethod, row: Row, full: Fraction) -> _Made:
        """Points by the rule printed in the row: over its actual, where the rule's amounts are of that unit, over its
        attainment, where they are rates; else they are open.
        """
        open_ = _Made("own", Range(MEANING.zero, known(full)), method=method)
        elsewhere = isinstance(method, Steps) and not _from_target(method, row)  # a delay, a fault
        if elsewhere or not isinstance(method, Proportional | Linear | Bands | Steps | Additions):
            return open_
        amounts = [amount for _, amount in method.amounts() if amount.value != 0]
        whole = isinstance(method, Proportional) and method.target.value == 1
        if not whole and _all_in(row.actual.word, amounts):
            return self._scored(open_, method, row.actual.number, row.actual.word, full)
        if whole or all(amount.unit == RATIO and amount.word for amount in amounts):
            rate = self.reached[row.index].attainment
            return self._scored(open_, method, rate, _PERCENT, full)
        return open_

    def _scored(self, open_: _Made, method: Measured, x: OneNumber, word: UnitWord, full: Fraction) -> _Made:
        if not x.known:
            return open_
        made = scored(MEANING, method, x, known(full))
        assert isinstance(method, Proportional | Linear | Bands | Steps | Additions)
        branch = first_holding(made.worked.branches).name
        return _Made("own", made.points, branch, made.worked.numbers, made, method, x, word)

    def _trusted(self, row: Row) -> bool:
        """Can the row's numbers be trusted? Where they are doubtful, the row rules say what that means."""
        return row.target.number.known and not (row.copied or row.worded or row.bare or row.qualitative)

    def unscored(self, leaves: Sequence[Leaf]) -> list[Problem]:
        """The rows that belong to no block that is scored."""
        levels = [leaf.method.level for leaf in leaves if isinstance(leaf.method, Indicators)]
        problems = []
        for row in self.figures.rows if levels and "" not in levels else ():
            if row.level not in levels:
                facts = {"found": row.level, "expected": "、".join(levels)}
                place = self.figures.place(("indicators", row.index, "level"))
                problems.append(Problem("unknown-level", place, facts, nearest(row.level, levels)))
        return problems


_PERCENT = UnitWord("%", RATIO, Fraction(1, 100))


def inapplicable(row: Row) -> bool:
    """Does the row say that it does not apply? (Where the target is words, so may the actual be.)"""
    return (row.target.number.inapplicable or row.actual.number.inapplicable) and not row.qualitative


def stated(row: Row) -> Fraction | None:
    """The points that the form prints for a row."""
    return fraction(row.weight.number) if row.weight.number.known else None


def _spared(full: Fraction, treated: Treated) -> _Made:
    """A row that does not apply and counts all the same."""
    points = known(full) if treated == "full" else MEANING.zero
    return _Made("inapplicable", Range(points, points))


def _all_in(word: UnitWord, amounts: Sequence[Amount]) -> bool:
    """Are all amounts of a row's unit? A bare number is no percentage, and none of a unit that is not written."""
    return all(amount.unit == word.unit and bool(amount.word) == bool(word.word) for amount in amounts)


def _from_target(method: Steps, row: Row) -> bool:
    """Do the steps count from the row's target, or from the whole of it (100%)?"""
    start, target = method.from_, row.target
    if start is None:
        return False
    if start.unit == target.word.unit and start.value == fraction(target.number):
        return True
    return start.unit == RATIO and bool(start.word) and start.value == 1


def _count(number: int | None) -> OneNumber:
    return MEANING.unknown() if number is None else known(Fraction(number))


def _on_time(deadline: Deadline, due: Days, done: Days, full: Fraction) -> _Made:
    """All of the points on time; late as the rule set names it; where the days meant lie on both sides, either."""
    last, whole = due.due(deadline.before), known(full)
    sure, possible = done.last <= last, done.first <= last
    low = whole if sure else MEANING.zero
    high = whole if possible or deadline.late == "open" else MEANING.zero
    return _Made("date", Range(low, high), "on-time" if sure else "either" if possible else "late")


def _facts(row: Row, head: Heading, rules: RowRules | None) -> RowFacts[int, bool]:
    """The row as the row rules see it; doubtful cells are open as the rule set names it; without row rules, so are
    several targets in one row.
    """
    doubtful = row.copied or row.worded or row.bare or row.qualitative or row.target.word.unit != row.actual.word.unit
    doubtful = doubtful or (row.packed and (rules is None or rules.packed == "open"))
    doubtful = doubtful or (bool(row.parts) and (rules is None or rules.parts != "together"))
    doubtful = doubtful or (row.derived and rules is not None and rules.derived_target == "open")
    nothing = row.copied and rules is not None and rules.copied == "zero"
    return RowFacts(
        target=row.target.number,
        actual=row.actual.number,
        more=head.better == "more",
        less=head.better == "less",
        same=head.better == "same",
        cost=head.better == "cost",
        doubted=head.better == "doubted",
        standard=head.standard,
        strict=row.strict,
        started=not row.not_started,
        open=doubtful,
        most=MEANING.zero if nothing else MEANING.one,
    )


def _plain_facts(target: OneNumber, actual: OneNumber, more: bool, less: bool, strict: bool) -> RowFacts[int, bool]:
    same = not (more or less)
    return RowFacts(target, actual, more, less, same, False, False, False, strict, True, False, MEANING.one)
