"""By which rule is an indicator row scored, and what does that give before an answer and rounding? The first that fits:
its printed coefficient, its several targets, its delay or dates, a rule of its own, else the rule set's row rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from ..algebra.meaning import MEANING, OneNumber, OneRange, Range, fraction, known
from ..filing.figures import Row
from ..filing.targets import Part
from ..methods import Additions, AnyMethod, Bands, Judgement, Linear, Outcomes, Proportional, Steps
from ..methods.method import Scored, first_holding
from ..methods.scoring import scored
from ..rules import lateness
from ..rules.lateness import Late
from ..rules.policy import Policy
from ..rules.rows import Delay, RowRules
from ..values.amounts import Amount
from ..values.dates import Days
from ..values.units import RATIO, UnitWord, unit_word
from .heading import Better, Heading
from .printed import PrintedRules, trusted
from .rowwork import Reached, RowFacts, RowWork

How = Literal["inapplicable", "coefficient", "parts", "delay", "date", "named", "own", "rules"]
"""By which rule a row was scored; `named`: by outcomes that its own printed rule names."""
OneFacts = RowFacts[int, bool]
OneReached = Reached[int, bool]
_PERCENT = unit_word("%")
_WAYS: tuple[Better, ...] = ("more", "less", "same", "cost", "doubted")
_BITS = {way: (way == "more", way == "less", way == "same", way == "cost", way == "doubted") for way in _WAYS}


class Made(NamedTuple):
    """Points by a rule before rounding, with how they came about."""

    points: OneRange
    how: How
    branch: str = ""
    numbers: dict[str, OneNumber] | None = None
    own: Scored[int, bool] | None = None
    method: AnyMethod | None = None
    measure: OneNumber | None = None
    word: UnitWord | None = None
    late: Late | None = None


def facts_of(row: Row, head: Heading, rules: RowRules | None) -> OneFacts:
    """The row as the row rules see it."""
    most = MEANING.zero if row.marks.copied and rules is not None and rules.copied == "zero" else MEANING.one
    told = (head.standard, row.strict, not row.marks.not_started, _doubtful(row, rules), most)
    return RowFacts(row.target.number, row.actual.number, *_BITS[head.better], *told)


def _doubtful(row: Row, rules: RowRules | None) -> bool:
    """Cells are doubtful as the rule set names it; without row rules, so are several targets in one row."""
    marks, asked, done = row.marks, row.target.word, row.actual.word
    if marks.copied or marks.worded or marks.qualitative or row.bare:
        return True
    if (asked is not done and asked.unit != done.unit) or (rules is None and (marks.packed or row.parts)):
        return True
    return rules is not None and (
        (marks.packed and rules.packed == "open")
        or (bool(row.parts) and rules.parts != "together")
        or (marks.derived and rules.derived_target == "open")
    )


class RowScorer:
    """The rule set's `rows` at work on the rows of one submission."""

    def __init__(self, rules: RowRules, policy: Policy, printed: PrintedRules) -> None:
        self.rules, self.policy, self.printed = rules, policy, printed
        self.work = RowWork(MEANING, rules)

    def made(self, row: Row, facts: OneFacts, reached: OneReached, full: Fraction) -> Made:
        """The points of a row by the first rule that fits."""
        whole = MEANING.number(full)
        share = self._share(row, whole)
        if share is not None:
            return share
        own = self.printed.method(row, full) if row.clause and self.rules.own_clauses == "accepted" else None
        if isinstance(own, Outcomes) or (isinstance(own, Judgement) and own.tiers):
            allowed = own.allowed(full, None, lambda *_field, **_facts: None)
            return Made(Range(known(allowed.low), known(allowed.high)), "named", method=own)
        if row.due is not None and row.done is not None:
            timely = self._timely(row.due, row.done, own, whole)
            if timely is not None:
                return timely
        if own is not None and trusted(row):
            return self._by_own(own, row, reached.attainment, whole)
        worked = self.work.work(facts, reached, whole)
        (decided,) = worked.branches  # the others never hold
        return Made(decided.points, "rules", decided.name, worked.numbers)

    # -- shares that the row states ---

    def _share(self, row: Row, whole: OneNumber) -> Made | None:
        """The share of its points that a coefficient or several targets give a row; None for other rows."""
        m = MEANING
        if row.coefficient.number.known and self.rules.coefficients == "accepted":
            share = m.clamped(row.coefficient.number, m.zero, m.one)
            points = m.multiply(share, whole)
            return Made(Range(points, points), "coefficient", numbers={"share": share})
        if not row.parts or self.rules.parts != "share":
            return None
        met = [self._part_met(part) for part in row.parts]
        open_ = sum(not (part.target.known and part.actual.known) for part in row.parts)
        low, high = (m.multiply(known(Fraction(some, len(met))), whole) for some in (sum(met), sum(met) + open_))
        return Made(Range(low, high), "parts", numbers={"met": _count(sum(met)), "count": _count(len(met))})

    def _part_met(self, part: Part) -> bool:
        if not (part.target.known and part.actual.known):
            return False
        more = part.direction == "forward" or (not part.direction and self.rules.unmarked == "forward")
        bits = _BITS["less" if part.direction == "reverse" else "more" if more else "same"]
        return self.work.met(RowFacts(part.target, part.actual, *bits, False, part.strict, True, False, MEANING.one))

    # -- dates ---

    def _timely(self, due: Days, done: Days, own: AnyMethod | None, whole: OneNumber) -> Made | None:
        """A row of two dates: by the steps of its delay, as the rule it prints counts them, else as the rule set does;
        or on time or late. None where neither says, or a misprinted rule of its own is for the evaluator.
        """
        deadline = self.rules.deadline
        before = deadline.before if deadline is not None else ""
        if isinstance(own, Steps) and lateness.counts_delay(own):
            return _by_delay(lateness.late(own, due, done, before), whole)
        if isinstance(own, Judgement) or deadline is None:
            return None
        if isinstance(deadline.late, Delay):
            return _by_delay(lateness.late(lateness.steps(deadline.late, self.policy), due, done, before), whole)
        last = due.due(before)
        sure, possible = done.last <= last, done.first <= last
        low = whole if sure else MEANING.zero
        high = whole if possible or deadline.late == "open" else MEANING.zero
        return Made(Range(low, high), "date", "on-time" if sure else "either" if possible else "late")

    # -- the rule that the row prints ---

    def _by_own(self, method: AnyMethod, row: Row, attainment: OneNumber, whole: OneNumber) -> Made:
        """Points by the rule printed in the row: over its actual, where the rule's amounts are of that unit, over its
        attainment, where they are rates; else they are open.
        """
        open_ = Made(Range(MEANING.zero, whole), "own", method=method)
        elsewhere = isinstance(method, Steps) and not _from_target(method, row)  # a delay, a fault
        if elsewhere or not isinstance(method, Proportional | Linear | Bands | Steps | Additions):
            return open_
        amounts = [amount for _, amount in method.amounts() if amount.value != 0]
        of_target = isinstance(method, Proportional) and method.target.value == 1
        if not of_target and _all_in(row.actual.word, amounts):
            x, word = row.actual.number, row.actual.word
        elif of_target or all(amount.unit == RATIO and amount.word for amount in amounts):
            x, word = attainment, _PERCENT
        else:
            return open_
        if not x.known:
            return open_
        made = scored(MEANING, method, x, whole)
        branch = first_holding(made.worked.branches).name
        return Made(made.points, "own", branch, made.worked.numbers, made, method, x, word)


def _by_delay(late: Late, whole: OneNumber) -> Made:
    """Points at the longest and at the shortest delay that the dates leave open; a delay nobody knows may cost all
    that can be lost.
    """
    worst, best = (scored(MEANING, late.method, _count(days), whole) for days in (late.most, late.least))
    low = worst.points.low if late.most is not None else known(late.method.floor)
    high = best.points.high if late.least is not None else whole
    return Made(Range(low, high), "delay", own=worst, method=late.method, measure=_count(late.most), late=late)


def _count(number: int | None) -> OneNumber:
    return MEANING.unknown() if number is None else MEANING.over(number, 1)


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
