"""What does an indicator row of a submission earn? By the first rule that fits it, then as an evaluator settled it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..algebra.meaning import Number, Range, Truth
from ..filing.figures import MEANING, Figures, Row, known
from ..filing.submission import JudgementEntry
from ..methods.choices import limits
from ..methods.methods import Additions, Bands, Indicators, Judgement, Linear, Method, Outcomes, Proportional, Steps
from ..methods.scoring import RowFacts, Scorer
from ..planning.compiling import ClauseRefused, printed
from ..planning.plan import Leaf
from ..rules.ruleset import Deadline, Delay, RowRules, RuleSet
from ..values.amounts import Amount
from ..values.dates import Days
from ..values.exact import written
from ..values.problems import Problem, nearest
from ..values.units import DAYS, RATIO, UnitWord
from . import lateness, totals
from .answers import Answer, Answers, bounds
from .lateness import Late
from .totals import Ends


@dataclass(frozen=True, slots=True)
class RowPoints:
    """An indicator row and what it earns; `judged` where an evaluator's answer settled or narrowed it.

    `computed` is what the rules gave where the answer changed it; `late` is the delay that it was scored by.
    """

    row: Row
    full: Fraction
    ends: Ends
    applicable: bool
    judged: JudgementEntry | None
    computed: Ends | None = None
    late: Late | None = None

    @property
    def by_rule(self) -> Ends:
        """What the rules give, whatever an evaluator made of it."""
        return self.ends if self.computed is None else self.computed


class Rows:
    """The indicator rows of one submission under the rule set's `rows`."""

    def __init__(self, ruleset: RuleSet, figures: Figures, scorer: Scorer, answers: Answers) -> None:
        self.ruleset, self.figures, self.scorer, self.answers = ruleset, figures, scorer, answers
        self.notes: list[Problem] = []
        """Rules printed in rows that can't be read."""

    def measured(self, row: Row) -> tuple[Number, Truth]:
        """A row's attainment, and whether its target is met."""
        rules = self.ruleset.rows
        facts = _facts(row, _NOBODY, rules)
        met = MEANING.maybe
        if rules is not None and rules.deadline is not None and row.due is not None and row.done is not None:
            last = row.due.due(rules.deadline.before)
            met = Truth(row.done.last <= last, row.done.first <= last)
        elif rules is not None and facts.target.known and facts.actual.known and not facts.open:
            met = MEANING.bit(self.scorer.met(facts, rules)[0])
        return MEANING.unknown() if facts.open else self.scorer.attainment(facts, rules), met

    def delay(self, row: Row) -> Number:
        """How many days after the day due a row of two dates was done; unknown of other rows, or of a span of days."""
        if row.due is None or row.done is None:
            return MEANING.unknown()
        deadline = self.ruleset.rows.deadline if self.ruleset.rows is not None else None
        least, most = lateness.lags(DAYS, row.due, row.done, deadline.before if deadline is not None else "")
        return _count(least if least == most else None)

    def scored(self, method: Indicators, points: Fraction) -> tuple[RowPoints, ...]:
        """The rows at the level of `form`, which shares `points` among those that state none."""
        rules = self.ruleset.rows
        assert rules is not None
        rows = [row for row in self.figures.rows if method.level in ("", row.level)]
        weights = self._weights(method, points, rows)
        return tuple(self._row(rules, row, full) for row, full in zip(rows, weights, strict=True))

    def _weights(self, method: Indicators, points: Fraction, rows: Sequence[Row]) -> list[Fraction]:
        """Full points of each row: as stated, and what the block has left shared among rows that state none."""
        if not rows:
            return []
        stated = [
            Fraction(row.weight.number.n, row.weight.number.d)
            if row.weight.number.known and method.stated_points == "prevail"
            else None
            for row in rows
        ]
        silent = stated.count(None)
        left = max(points - sum((weight for weight in stated if weight is not None), Fraction(0)), Fraction(0))
        parts = totals.split(left, silent, method.split) if silent else []
        if any(part < 0 for part in parts):
            facts = {"points": written(left), "count": str(silent), "found": written(min(parts))}
            place = self.figures.place(("indicators", rows[stated.index(None)].index))
            self.answers.problems.append(Problem("split-below-zero", place, facts))
        shares = iter(parts)
        return [next(shares) if weight is None else weight for weight in stated]

    def _row(self, rules: RowRules, row: Row, full: Fraction) -> RowPoints:
        """A row by the first rule that fits it, then as an evaluator settled or cut it."""
        answer = self.answers.rows.get(row.name)
        share = self._share(rules, row)
        printed_here = share is None and row.clause and rules.own_clauses == "accepted"
        own = self._own_method(row, full) if printed_here else None
        late = self._late(rules.deadline, row, own) if share is None else None
        if isinstance(own, Outcomes) or (isinstance(own, Judgement) and own.tiers):
            return self._named(rules, own, row, full, answer)
        points = self._row_points(rules, row, full, share, own) if late is None else self._by_delay(late, full)
        applicable = not points.low.inapplicable
        computed = totals.ends(points) if applicable else Ends(full, full)
        if answer is None:
            return RowPoints(row, full, computed, applicable, None, late=late)
        ends = self._answered(rules, full, computed, answer) if applicable else computed
        changed = computed if computed.settled and ends != computed else None
        return RowPoints(row, full, ends, applicable, answer.entry, changed, late)

    def _answered(self, rules: RowRules, full: Fraction, computed: Ends, answer: Answer) -> Ends:
        """A tier and points settle what the rules leave open, points change what is editable, and a cut comes off."""
        chosen = self.answers.tier(rules.tiers, rules.edges or self.ruleset.policy.edges, answer)
        if chosen is None:
            ends = self.answers.edited(computed, bounds(rules.editable, full, full), answer)
        elif computed.settled and full:
            self.answers.untiered(computed, answer)
            return computed
        else:
            shares = Range(known(chosen.shares.low), known(chosen.shares.high))
            ends = self.answers.within(chosen, totals.ends(self.scorer.shared(shares, known(full))), full, answer)
        return self.answers.reduced(rules.reductions, ends, full, answer)

    def _named(
        self, rules: RowRules, own: Outcomes | Judgement, row: Row, full: Fraction, answer: Answer | None
    ) -> RowPoints:
        """A row whose printed rule names outcomes: an evaluator says which, and may cut it."""
        allowed = self.answers.judged(own, full, answer)
        ends = totals.ends(self.scorer.judged(Range(known(allowed.low), known(allowed.high)), known(full)))
        if answer is not None:
            ends = self.answers.reduced(rules.reductions, self.answers.narrowed(ends, answer), full, answer)
        return RowPoints(row, full, ends, True, answer.entry if answer else None)

    def _row_points(
        self, rules: RowRules, row: Row, full: Fraction, share_told: Range | None, own: Method | None
    ) -> Range:
        """The points of a row by the rules alone; what only an evaluator can tell is open."""
        if share_told is not None:
            return self.scorer.shared(share_told, known(full))
        unread = isinstance(own, Judgement)  # a misprinted rule of the row's own is for the evaluator
        if rules.deadline is not None and row.due is not None and row.done is not None and not unread:
            return self.scorer.shared(_on_time(rules.deadline, row.due, row.done), known(full))
        share = Ends(Fraction(0), Fraction(0) if row.copied and rules.copied == "zero" else Fraction(1))
        if own is not None and _measured(row):
            return self._by_own(own, row, full)
        facts = _facts(row, Range(known(share.low), known(share.high)), rules)
        return self.scorer.row(rules, facts, known(full))

    def _share(self, rules: RowRules, row: Row) -> Range | None:
        """The share of its points that a coefficient or several targets give a row; None for other rows."""
        if row.coefficient.number.known and rules.coefficients == "accepted":
            share = MEANING.clamped(row.coefficient.number, known(Fraction(0)), known(Fraction(1)))
            return Range(share, share)
        if row.parts and rules.parts == "share":
            return self._parts(rules, row)
        return None

    def _late(self, deadline: Deadline | None, row: Row, own: Method | None) -> Late | None:
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

    def _by_delay(self, late: Late, full: Fraction) -> Range:
        """Points at the longest and at the shortest delay that the dates leave open."""
        low, high = (
            self.scorer.points(late.method, _count(lag), known(full), "open") for lag in (late.most, late.least)
        )
        return Range(low.low, high.high)

    def _parts(self, rules: RowRules, row: Row) -> Range:
        """The share of its targets that a row reached: surely, and possibly."""
        sure = possible = 0
        for part in row.parts:
            forward = part.direction == "forward" or (not part.direction and rules.unmarked == "forward")
            facts = RowFacts(
                part.target, part.actual, forward, part.direction == "reverse", part.strict, False, False, _NOBODY
            )
            measured = part.target.known and part.actual.known
            met = measured and self.scorer.met(facts, rules)[0]
            sure, possible = sure + met, possible + (met or not measured)
        count = len(row.parts)
        return Range(known(Fraction(sure, count)), known(Fraction(possible, count)))

    def _own_method(self, row: Row, full: Fraction) -> Method | None:
        """The rule printed in the row; its target is the standard. None where it needs one and the row has none.

        A text that can't be read, as misprints can't, or that doesn't go with the row's target (元 off a target in
        元/人), is noted, and leaves the points to be judged.
        """
        target, word = row.target.number, row.target.word
        told = _measured(row)
        standard = f"{written(Fraction(target.n, target.d) / word.scale)}{word.word}" if told else ""
        try:
            return printed(row.clause, full, standard, self.ruleset.policy)
        except ClauseRefused as error:
            if told or error.facts.get("choice") != "standard":
                place = self.figures.place(("indicators", row.index, "clause"), error.start, error.end - error.start)
                unfit = error.code == "choice-unknown" and error.facts["choice"] == "standard"
                problem = Problem("not-combined", place, {"found": row.target.raw}) if unfit else None
                problem = problem or Problem(error.code, place, error.facts)
                left_to_judge = unfit or error.code == "clause-unreadable"
                (self.notes if left_to_judge else self.answers.problems).append(problem)
                return Judgement(method="judgement") if left_to_judge else None
            return None

    def _by_own(self, method: Method, row: Row, full: Fraction) -> Range:
        """Points by the rule printed in the row: over its actual, where the rule's amounts are of that unit, over its
        attainment, where they are rates; else they are open.
        """
        elsewhere = isinstance(method, Steps) and not _from_target(method, row)  # a delay, a fault
        if elsewhere or not isinstance(method, Proportional | Linear | Bands | Steps | Additions):
            return Range(known(Fraction(0)), known(full))
        amounts = [amount for _, amount in limits(method) if amount.value != 0]
        whole = isinstance(method, Proportional) and method.target.value == 1
        if not whole and _all_in(row.actual.word, amounts):
            return self.scorer.points(method, row.actual.number, known(full), "open")
        if whole or all(amount.unit == RATIO and amount.word for amount in amounts):
            attainment = self.scorer.attainment(_facts(row, _NOBODY, self.ruleset.rows), self.ruleset.rows)
            return self.scorer.points(method, attainment, known(full), "open")
        return Range(known(Fraction(0)), known(full))

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


_NOBODY = Range(known(Fraction(0)), known(Fraction(1)))
"""What a row may earn, in shares of its points, while nobody judged it."""


def _all_in(word: UnitWord, amounts: Sequence[Amount]) -> bool:
    """Are all amounts of a row's unit? A bare number is no percentage, and none of a unit that is not written."""
    return all(amount.unit == word.unit and bool(amount.word) == bool(word.word) for amount in amounts)


def _from_target(method: Steps, row: Row) -> bool:
    """Do the steps count from the row's target, or from the whole of it (100%)?"""
    start, target = method.from_, row.target
    if start is None:
        return False
    if start.unit == target.word.unit and start.value == Fraction(target.number.n, target.number.d):
        return True
    return start.unit == RATIO and bool(start.word) and start.value == 1


def _measured(row: Row) -> bool:
    """Can the row's numbers be trusted? Where they are doubtful, the row rules say what that means."""
    return row.target.number.known and not (row.copied or row.worded or row.bare or row.qualitative)


def _count(number: int | None) -> Number:
    return MEANING.unknown() if number is None else known(Fraction(number))


def _on_time(deadline: Deadline, due: Days, done: Days) -> Range:
    """All of the points on time; late as the rule set names it; where the days meant lie on both sides, either."""
    last = due.due(deadline.before)
    low = int(done.last <= last)
    high = int(done.first <= last or deadline.late == "open")
    return Range(known(Fraction(low)), known(Fraction(high)))


def _facts(row: Row, judged: Range, rules: RowRules | None) -> RowFacts:
    """The row as the row rules see it; doubtful cells are open as the rule set names it; without row
    rules, so are several targets in one row.
    """
    target = row.target.number
    nothing = target.known and target.n == 0  # “0件” without a sign asks for none, not for at least none
    unmarked_forward = (rules is None or rules.unmarked == "forward") and not nothing
    forward = row.direction == "forward" or (not row.direction and unmarked_forward)
    doubtful = row.copied or row.worded or row.bare
    doubtful = doubtful or (row.packed and (rules is None or rules.packed == "open"))
    doubtful = doubtful or (bool(row.parts) and (rules is None or rules.parts != "together"))
    doubtful = doubtful or (row.derived and rules is not None and rules.derived_target == "open")
    return RowFacts(
        target=row.target.number,
        actual=row.actual.number,
        forward=forward,
        reverse=row.direction == "reverse",
        strict=row.strict,
        qualitative=row.qualitative,
        open=doubtful,
        judged=judged,
    )
