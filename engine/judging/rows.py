"""What does an indicator row of a submission earn? By the rule that scores it, then as an evaluator settled it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from ..algebra.meaning import MEANING, OneNumber, OneRange, OneTruth, Range, fraction, known
from ..filing.figures import Figures, Row
from ..filing.submission import JudgementEntry
from ..methods import AnyMethod, Indicators, Judgement, Outcomes
from ..methods.judgement import tiered
from ..methods.method import Scored
from ..planning.plan import Leaf, Treated
from ..rules import lateness
from ..rules.lateness import Late
from ..rules.ruleset import RuleSet
from ..values.problems import Problem, nearest
from ..values.units import DAYS, UnitWord
from .answers import Answer, Answers, editable_to
from .heading import Heading, heading
from .printed import PrintedRules
from .rollup import Points, Rollup
from .rowrules import How, Made, RowScorer, facts_of
from .settings import OneValue


class RowPoints(NamedTuple):
    """An indicator row and what it earns. `computed` is what the rules gave, `points` what counts after an evaluator's
    answer (`judged`); both as a leaf is rounded. `counts`: it is part of the table, whether or not it applies.
    `shared`: its full points are its share of the block, whatever the form prints. The rest is how they came about.
    """

    row: Row
    full: Fraction
    heading: Heading
    computed: Points
    points: Points
    applicable: bool
    judged: JudgementEntry | None
    counts: bool
    shared: bool
    how: How
    branch: str
    numbers: dict[str, OneNumber] | None
    own: Scored[int, bool] | None
    method: AnyMethod | None
    measure: OneNumber | None
    word: UnitWord | None
    late: Late | None

    @property
    def changed(self) -> bool:
        """Did an answer change what the rules had settled?"""
        return self.computed.settled and self.computed != self.points


class Rows:
    """The indicator rows of one submission under the rule set's `rows`."""

    def __init__(self, ruleset: RuleSet, figures: Figures, rollup: Rollup[int, bool, str], answers: Answers) -> None:
        self.ruleset, self.figures, self.rollup, self.answers = ruleset, figures, rollup, answers
        rules = ruleset.rows
        printed = PrintedRules(figures, ruleset.policy, answers.problems)
        self.notes = printed.notes
        """Rules printed in rows that can't be read."""
        self.scorer = None if rules is None else RowScorer(rules, ruleset.policy, printed)
        self.headings = [heading(row, rules) for row in figures.rows]
        self.facts = [facts_of(row, head, rules) for row, head in zip(figures.rows, self.headings, strict=True)]
        self.reached = [] if self.scorer is None else [self.scorer.work.reached(facts) for facts in self.facts]
        tops = {} if rules is None else {tier.tier: tier.to.value == 1 for tier in rules.tiers}
        said = {name: answer.entry.tier for name, answer in answers.rows.items()}
        self.topped = {name: tops[tier] for name, tier in said.items() if tier in tops}
        """Of rows whose tier an evaluator named: is it one that reaches the full points?"""

    # -- what conditions ask of a row before it is scored ---

    def fields(self, row: Row) -> dict[str, OneValue]:
        """Those fields of a row that the row rules decide."""
        m, (attainment, met) = MEANING, self._measured(row)
        return {
            "attainment": attainment,
            "met": met,
            "delay": m.unknown() if row.due is None or row.done is None else self._delay(row),
            "applies": m.no if row.inapplicable else m.yes,
            "judged": m.yes if row.name in self.answers.rows else m.no,
            "direction": self.headings[row.index].direction,
        }

    def _measured(self, row: Row) -> tuple[OneNumber, OneTruth]:
        """A row's attainment, and whether its target is met."""
        m, rules, facts = MEANING, self.ruleset.rows, self.facts[row.index]
        if rules is None or self.scorer is None:
            return m.unknown() if facts.open else m.divide(facts.actual, facts.target), m.maybe
        reached = self.reached[row.index]
        if rules.deadline is not None and row.due is not None and row.done is not None:
            last = row.due.due(rules.deadline.before)
            met = m.truth(row.done.last <= last, row.done.first <= last)
        elif facts.target.inapplicable or facts.actual.inapplicable:
            met = m.neither
        elif not facts.started:
            met = m.no
        elif row.name in self.topped:
            met = m.bit(self.topped[row.name])
        elif facts.open or not (facts.target.known and facts.actual.known):
            met = m.maybe
        elif facts.doubted:
            ways = {one.met for _, one in self.scorer.work.readings(facts, reached)}
            met = m.maybe if len(ways) > 1 else m.bit(ways.pop())
        else:
            met = m.bit(reached.met)
        return m.unknown() if facts.open else reached.attainment, met

    def _delay(self, row: Row) -> OneNumber:
        """How many days after the day due a row of two dates was done; unknown of a span of days."""
        assert row.due is not None and row.done is not None
        deadline = self.ruleset.rows.deadline if self.ruleset.rows is not None else None
        least, most = lateness.lags(DAYS, row.due, row.done, deadline.before if deadline is not None else "")
        return MEANING.unknown() if least is None or least != most else MEANING.over(least, 1)

    # -- the rows of a block ---

    def scored(self, method: Indicators, block: Fraction, treated: Treated) -> tuple[RowPoints, ...]:
        """The rows at the level of `method`, which shares the block's points among those that state none. Rows that do
        not apply leave before that, where they are to be left out.
        """
        rows = [row for row in self.figures.rows if method.level in ("", row.level)]
        gone = [row.inapplicable and treated not in ("full", "zero") for row in rows]
        printed = [stated(row) for row in rows]
        fulls, equal = method.full_points(block, printed, gone), method.equal(block, printed)
        return tuple([
            self._row(row, full, out, equal or (not out and (own is None or full != own)), treated)
            for row, full, own, out in zip(rows, fulls, printed, gone, strict=True)
        ])  # fmt: skip

    def trial(self, treated: Treated) -> Callable[[RowPoints, Fraction], Points]:
        """What a row would earn at another weight; what is wrong with its cells and answers is said at its own."""

        @cache
        def alone() -> Rows:
            answers = copy(self.answers)
            answers.problems = []
            return Rows(self.ruleset, self.figures, self.rollup, answers)

        @cache
        def at(index: int, full: Fraction) -> Points:
            return alone()._row(self.figures.rows[index], full, False, False, treated).points

        return lambda row, full: row.points if row.full == full else at(row.row.index, full)

    def _row(self, row: Row, full: Fraction, out: bool, shared: bool, treated: Treated) -> RowPoints:
        """A row by the first rule that fits it, then as an evaluator settled or cut it."""
        answer, index, entry = self.answers.rows.get(row.name), row.index, None
        assert self.scorer is not None
        if not row.inapplicable:
            made = self.scorer.made(row, self.facts[index], self.reached[index], full)
        else:
            spared = MEANING.number(full) if treated == "full" else MEANING.zero
            made = Made(Range(spared, spared), "inapplicable")
        computed = points = self._leaf(made.points, full)
        if answer is not None and out:
            self.answers.left_out(answer)
        elif answer is not None:
            entry = answer.entry
            points = self._answered(made, computed, full, answer)
            computed = points if made.how == "named" else computed
        applicable = not row.inapplicable
        head = self.headings[index]
        return RowPoints(row, full, head, computed, points, applicable, entry, not out, shared, *made[1:])

    def _leaf(self, points: OneRange, full: Fraction) -> Points:
        """As a leaf is rounded; a row that is full is full, though its share of the block is no round number."""
        n, d = full.as_integer_ratio()
        at_low, at_high = (end.n * d == n * end.d for end in points)
        if at_low and at_high:
            return Points(full, full)
        rounded = self.rollup.leaf(points)
        low = full if at_low else fraction(rounded.low)
        return Points(low, low if points.high is points.low else full if at_high else fraction(rounded.high))

    def _answered(self, made: Made, computed: Points, full: Fraction, answer: Answer) -> Points:
        """A tier and points settle what the rules leave open, points change what is editable; a reviewer may cut it."""
        rules, answers, wrong = self.ruleset.rows, self.answers, self.answers.wrong(answer)
        assert rules is not None
        if made.how == "named" and isinstance(made.method, Outcomes | Judgement):
            told = answers.narrowed(made.method.allowed(full, answer.said, wrong), answer)
        elif not answer.entry.tier:
            told = answers.edited(computed, editable_to(rules.editable, full, full), answer)
        elif computed.settled and full:
            answers.untiered(computed, answer)
            told = computed
        else:
            edges = rules.edges or self.ruleset.policy.edges
            told = answers.narrowed(tiered(rules.tiers, edges, full, answer.said, wrong), answer)
        told = answers.reduced(rules.reductions, told, full, answer)
        return self._leaf(Range(known(told.low), known(told.high)), full)

    def unscored(self, leaves: Sequence[Leaf]) -> list[Problem]:
        """The rows that belong to no block that is scored."""
        levels = [leaf.method.level for leaf in leaves if isinstance(leaf.method, Indicators)]
        problems = []
        for row in self.figures.rows if levels and "" not in levels else ():
            if row.level not in levels:
                facts = {"found": row.level, "expected": "、".join(levels)}
                problems.append(
                    Problem("unknown-level", self.figures.place((*row.at, "level")), facts, nearest(row.level, levels))
                )
        return problems


def stated(row: Row) -> Fraction | None:
    """The points that the form prints for a row."""
    return fraction(row.weight.number) if row.weight.number.known else None
