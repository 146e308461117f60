"""In what order is a submission judged? Measures, flags, points, findings, caps, total and grade, remarks.

Each stratum reads only earlier ones. The outcome is one inert value; what is said of it is `present.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from . import totals
from .algebra.values import Number, Range, TextValue, Truth
from .answers import Answer, Answers
from .compiling import ClauseRefused, printed
from .dates import Days
from .exact import written
from .expressions.interpreter import Interpreter
from .figures import MEANING, Figures, Row, known
from .forms import Answered, Holds, Indicators, Proportional, Split, Steps
from .inference.facts import Decided, Executor
from .inference.program import Program
from .plan import Leaf, Path, Plan
from .problems import Problem, Refused, nearest
from .ruleset import Deadline, Rounding, RowRules
from .scoring import Choices, RowFacts, Scorer
from .settings import SubmissionSetting, setting
from .submission import JudgementEntry
from .totals import Earned, Ends


@dataclass(frozen=True, slots=True)
class RowPoints:
    """An indicator row and what it earns; `judged` where an evaluator's answer settled or narrowed it."""

    row: Row
    full: Fraction
    ends: Ends
    applicable: bool
    judged: JudgementEntry | None


@dataclass(frozen=True, slots=True)
class LeafPoints:
    """A leaf of the table and what it earns, before and after asking whether it applies."""

    leaf: Leaf
    measure: Number | None
    earned: Earned
    rows: tuple[RowPoints, ...]
    judged: JudgementEntry | None

    @property
    def ends(self) -> Ends:
        """The points shown for the leaf."""
        return totals.leaf(self.earned)


@dataclass(frozen=True)
class Judged:
    """Everything decided about one submission."""

    setting: SubmissionSetting
    leaves: tuple[LeafPoints, ...]
    counted: tuple[tuple[str, Earned], ...]
    """What goes into the total, each with its block at the top of the table."""
    flags: Decided
    findings: Decided
    remarks: Decided
    subtotal: Ends | None
    total: Ends | None
    full: Fraction
    grades: tuple[str, ...]
    rounding: Rounding


def judge(plan: Plan, figures: Figures, executor: Executor) -> Judged:
    """Judge one submission. Raises `Refused` where an evaluator's answer can't be read."""
    return _Judge(plan, figures, executor).judge()


class _Judge:
    def __init__(self, plan: Plan, figures: Figures, executor: Executor) -> None:
        self.plan, self.figures, self.executor = plan, figures, executor
        self.setting = setting(figures, plan.figures)
        self.interpreter = Interpreter(MEANING)
        rounding = plan.ruleset.policy.rounding
        digits = None if rounding.points == "exact" else rounding.points
        self.rounding = rounding
        self.scorer = Scorer(MEANING, Choices(digits, rounding.mode))
        self.answers = Answers(figures, plan.leaves)

    def judge(self) -> Judged:
        self._measure()
        flags = self._infer(self.plan.flags, {}, [{} for _ in self.figures.rows])
        leaves = tuple(self._leaf(leaf, flags.submission) for leaf in self.plan.leaves)
        problems = [*self.answers.problems, *self._unscored()]
        if problems:
            raise Refused(problems)
        counted = self._counted(leaves)
        subtotal, full = self._subtotal(counted)
        self._tell_points(leaves, subtotal)
        findings = self._infer(self.plan.findings, flags.submission, flags.rows)
        total, grades = self._total(subtotal, full, findings)
        remarks = self._remarks(total, grades, flags, findings)
        return Judged(
            self.setting, leaves, counted, flags, findings, remarks, subtotal, total, full, grades, self.rounding
        )

    # -- figures → measures → flags ---

    def _measure(self) -> None:
        rules = self.plan.ruleset.rows
        for (_, slot), row in zip(self.setting.indicators, self.figures.rows, strict=True):
            facts = _facts(row, Range(known(Fraction(0)), known(Fraction(1))), rules)
            slot.fields["attainment"] = MEANING.unknown() if facts.open else self.scorer.attainment(facts)
            slot.fields["met"] = MEANING.maybe
            if rules is not None and rules.deadline is not None and row.due is not None and row.done is not None:
                last = row.due.due(rules.deadline.before)
                slot.fields["met"] = Truth(row.done.last <= last, row.done.first <= last)
            if rules is not None and facts.target.known and facts.actual.known and not facts.open:
                slot.fields["met"] = MEANING.bit(self.scorer.met(facts, rules)[0])
        for measure in self.plan.measures.values():
            number = self.interpreter.number(measure.tree, self.setting)
            if measure.digits is not None:
                number = MEANING.rounded(number, measure.digits, measure.mode)
            self.setting.names[measure.name] = number

    def _infer(
        self, program: Program, given: Mapping[str, Truth], given_rows: Sequence[Mapping[str, Truth]]
    ) -> Decided:
        """Decide the atoms, then let the executor conclude; what was given stays beside what is new."""
        single = {a.id: self.interpreter.truth(a.tree, self.setting) for a in program.atoms if not a.per_row}
        each = [a for a in program.atoms if a.per_row]
        rows = [
            {a.id: self.interpreter.truth(a.tree, slot) for a in each} | dict(before)
            for (_, slot), before in zip(self.setting.indicators, given_rows, strict=True)
        ]
        new = self.executor(program, Decided({**single, **given}, rows))
        return Decided(
            {**given, **new.submission},
            [{**before, **after} for before, after in zip(given_rows, new.rows, strict=True)],
        )

    # -- points ---

    def _leaf(self, leaf: Leaf, flags: Mapping[str, Truth]) -> LeafPoints:
        applies = flags[leaf.applies] if leaf.applies else MEANING.yes
        full = leaf.spec.points
        measure: Number | None = None
        rows: tuple[RowPoints, ...] = ()
        answer = self.answers.leaves.get(leaf.path)
        form = leaf.form
        if isinstance(form, Indicators):
            rows = self._rows(form, full)
            full = sum((row.full for row in rows), Fraction(0)) if rows else full
            ends = sum((row.ends for row in rows), totals.NOTHING) if rows else Ends(Fraction(0), full)
            surely, possibly = applies.sure, applies.possible
        else:
            full = self._stated_points(leaf) or full
            if isinstance(form, Answered):
                allowed = self.answers.judged(form, full, answer)
                points = self.scorer.judged(Range(known(allowed.low), known(allowed.high)), known(full))
            elif isinstance(form, Holds):
                assert leaf.holds is not None
                points = self.scorer.holding(form, self.interpreter.truth(leaf.holds, self.setting), known(full))
            else:
                assert leaf.tree is not None
                measure = self.interpreter.number(leaf.tree, self.setting)
                points = self.scorer.points(form, measure, known(full), leaf.zero_base)
            inapplicable = points.low.inapplicable
            ends = Ends(Fraction(0), Fraction(0)) if inapplicable else totals.ends(points)
            if answer is not None and not isinstance(form, Answered):
                ends = self.answers.narrowed(ends, answer)
            surely, possibly = applies.sure and not inapplicable, applies.possible and not inapplicable
        earned = Earned(ends, full, surely, possibly, leaf.not_applicable)
        return LeafPoints(leaf, measure, earned, rows, answer.entry if answer else None)

    def _stated_points(self, leaf: Leaf) -> Fraction | None:
        """The full points that the form prints for a fund-table row, where the rule set lets them prevail."""
        line = leaf.spec.stated_points_of
        if not line:
            return None
        cells = self.figures.spending.get((line,))
        weight = cells["weight"].number if cells else None
        return Fraction(weight.n, weight.d) if weight is not None and weight.known else None

    # -- blocks ---

    def _counted(self, leaves: Sequence[LeafPoints]) -> tuple[tuple[str, Earned], ...]:
        """Leaves at the scale of the table; of alternatives, the best."""
        counted: list[tuple[str, Earned]] = []
        alternatives: dict[Path, dict[Path, list[Earned]]] = {}
        for one in leaves:
            path, factor, chosen = one.leaf.path, Fraction(1), None
            for depth in range(1, len(path)):
                block = self.plan.blocks[path[:depth]]
                factor *= block.points / block.of if block.of else 1
                if block.take == "best" and chosen is None:
                    chosen = path[:depth]
            earned = totals.scaled(one.earned, factor)
            if chosen is None:
                counted.append((path[0], earned))
            else:
                alternatives.setdefault(chosen, {}).setdefault(path[: len(chosen) + 1], []).append(earned)
        counted += [(path[0], totals.best(list(options.values()))) for path, options in alternatives.items()]
        return tuple(counted)

    def _subtotal(self, counted: Sequence[tuple[str, Earned]]) -> tuple[Ends | None, Fraction]:
        """The total before caps, rounded, and what could be had: extras stand outside it."""
        extra = {name: spec.extra for name, spec in self.plan.ruleset.criteria.items()}
        summed = totals.summed([earned for top, earned in counted if extra[top] is None])
        if summed is None:
            return None, Fraction(0)
        bonus, deduction = (
            sum((totals.leaf(earned) for top, earned in counted if extra[top] == kind), totals.NOTHING)
            for kind in ("bonus", "deduction")
        )
        return totals.rounded(totals.with_extras(summed[0], bonus, deduction), self.rounding), summed[1]

    # -- indicator rows ---

    def _rows(self, form: Indicators, points: Fraction) -> tuple[RowPoints, ...]:
        rules = self.plan.ruleset.rows
        assert rules is not None
        rows = [row for row in self.figures.rows if row.level.removesuffix("指标") == form.level]
        weights = self._weights(form, points, rows)
        return tuple(self._row(rules, row, full) for row, full in zip(rows, weights, strict=True))

    def _weights(self, form: Indicators, points: Fraction, rows: Sequence[Row]) -> list[Fraction]:
        """Full points of each row: as stated, and what the block has left shared among rows that state none."""
        if not rows:
            return []
        stated = [
            Fraction(row.weight.number.n, row.weight.number.d)
            if row.weight.number.known and form.stated_points == "prevail"
            else None
            for row in rows
        ]
        silent = stated.count(None)
        left = max(points - sum((weight for weight in stated if weight is not None), Fraction(0)), Fraction(0))
        digits = form.split.digits if isinstance(form.split, Split) else None
        remainder = form.split.remainder if isinstance(form.split, Split) else "last"
        shares = iter(totals.split(left, silent, digits, remainder) if silent else [])
        return [next(shares) if weight is None else weight for weight in stated]

    def _row(self, rules: RowRules, row: Row, full: Fraction) -> RowPoints:
        """A row by the first rule that fits it, then as an evaluator settled or cut it."""
        answer = self.answers.rows.get(row.name)
        points = self._row_points(rules, row, full, answer)
        applicable = not points.low.inapplicable
        ends = totals.ends(points) if applicable else Ends(full, full)
        if applicable and answer is not None:
            ends = self.answers.narrowed(ends, answer)
            ends = self.answers.reduced(rules.reductions, ends, full, answer)
        return RowPoints(row, full, ends, applicable, answer.entry if answer else None)

    def _row_points(self, rules: RowRules, row: Row, full: Fraction, answer: Answer | None) -> Range:
        share_told = None if answer is not None and answer.entry.tier else self._share(rules, row)
        if share_told is not None:
            return self.scorer.shared(share_told, known(full))
        share = Ends(Fraction(0), Fraction(0) if row.copied and rules.copied == "zero" else Fraction(1))
        if answer is not None:
            share = self.answers.tier(rules.tiers, answer) or share
        printed_points = self._printed(row, full) if row.clause and rules.own_clauses == "accepted" else None
        if printed_points is not None:
            return printed_points
        facts = _facts(row, Range(known(share.low), known(share.high)), rules)
        return self.scorer.row(rules, facts, known(full))

    def _share(self, rules: RowRules, row: Row) -> Range | None:
        """The share of its points that a coefficient, several targets, or two dates give a row; None for other rows."""
        if row.coefficient.number.known and rules.coefficients == "accepted":
            share = MEANING.clamped(row.coefficient.number, known(Fraction(0)), known(Fraction(1)))
            return Range(share, share)
        if row.parts and rules.parts == "share":
            return self._parts(rules, row)
        if rules.deadline is not None and row.due is not None and row.done is not None:
            return _on_time(rules.deadline, row.due, row.done)
        return None

    def _parts(self, rules: RowRules, row: Row) -> Range:
        """The share of its targets that a row reached: surely, and possibly."""
        sure = possible = 0
        nobody = Range(known(Fraction(0)), known(Fraction(1)))
        for part in row.parts:
            forward = part.direction == "forward" or (not part.direction and rules.unmarked == "forward")
            facts = RowFacts(part.target, part.actual, forward, part.direction == "reverse", False, False, nobody)
            measured = part.target.known and part.actual.known
            met = measured and self.scorer.met(facts, rules)[0]
            sure, possible = sure + met, possible + (met or not measured)
        count = len(row.parts)
        return Range(known(Fraction(sure, count)), known(Fraction(possible, count)))

    def _printed(self, row: Row, full: Fraction) -> Range | None:
        """Points by the rule printed in the row, where it counts from the row's own target; else they are open.

        None where the row's numbers are doubtful, so that the row rules say what that means.
        """
        target, word = row.target.number, row.target.word
        if not target.known or row.copied or row.worded or row.qualitative:
            return None
        standard = Fraction(target.n, target.d)
        try:
            form = printed(row.clause, full, f"{written(standard / word.scale)}{word.word}", self.plan.ruleset.policy)
        except ClauseRefused as error:
            place = self.figures.place(("indicators", row.index, "clause"), error.start, error.end - error.start)
            self.answers.problems.append(Problem(error.code, place, error.facts))
            return None
        if isinstance(form, Proportional) and form.target.value == 1:
            attainment = self.scorer.attainment(_facts(row, Range(known(Fraction(0)), known(Fraction(1)))))
            return self.scorer.points(form, attainment, known(full), "open")
        counted = isinstance(form, Steps) and form.from_ is not None and form.from_.value == standard
        if not isinstance(form, Steps) or not counted or form.step.unit != word.unit:
            return Range(known(Fraction(0)), known(full))
        return self.scorer.points(form, row.actual.number, known(full), "open")

    def _unscored(self) -> list[Problem]:
        """Rows must belong to a block that is scored."""
        levels = [leaf.form.level for leaf in self.plan.leaves if isinstance(leaf.form, Indicators)]
        problems = []
        for row in self.figures.rows if levels else ():
            if row.level.removesuffix("指标") not in levels:
                facts = {"found": row.level, "expected": "、".join(levels)}
                place = self.figures.place(("indicators", row.index, "level"))
                problems.append(Problem("unknown-level", place, facts, nearest(row.level, levels)))
        return problems

    # -- findings → caps → total, grade → remarks ---

    def _tell_points(self, leaves: Sequence[LeafPoints], subtotal: Ends | None) -> None:
        """Later strata read points; what is open is unknown to them."""
        for path in self.plan.points_read:
            below = [one for one in leaves if one.leaf.path[: len(path)] == path]
            ends = sum((one.ends for one in below), totals.NOTHING)
            full = sum((one.earned.full for one in below), Fraction(0))
            self.setting.tables["points", path, ""] = _settled(ends)
            self.setting.tables["full", path, ""] = known(full)
        self.setting.names["subtotal"] = MEANING.unknown() if subtotal is None else _settled(subtotal)
        scored = {row.row.index: row for one in leaves for row in one.rows}
        for index, (_, slot) in enumerate(self.setting.indicators):
            row = scored.get(index)
            slot.fields["score"] = _settled(row.ends) if row else MEANING.inapplicable()
            slot.fields["full_score"] = known(row.full) if row else MEANING.inapplicable()

    def _total(self, subtotal: Ends | None, full: Fraction, findings: Decided) -> tuple[Ends | None, tuple[str, ...]]:
        ruleset = self.plan.ruleset
        if subtotal is None:
            return None, ()
        held = {name: findings.submission[name] for name in ruleset.caps}
        sure = [ruleset.caps[name] for name, truth in held.items() if truth.sure]
        possible = [ruleset.caps[name] for name, truth in held.items() if truth.possible and not truth.sure]
        total = totals.capped(
            subtotal,
            [cap.total for cap in sure if cap.total is not None],
            [cap.total for cap in possible if cap.total is not None],
        )
        if not ruleset.complete or full != ruleset.of:
            return total, ()
        grades = totals.grades(
            total,
            ruleset.grades,
            [cap.grade for cap in sure if cap.grade],
            [cap.grade for cap in possible if cap.grade],
        )
        return total, grades

    def _remarks(self, total: Ends | None, grades: tuple[str, ...], flags: Decided, findings: Decided) -> Decided:
        names = self.setting.names
        names["total"] = MEANING.unknown() if total is None else _settled(total)
        names["grade"] = TextValue(grades[0] if len(grades) == 1 else "", len(grades) == 1)
        given = {**flags.submission, **findings.submission}
        rows = [{**a, **b} for a, b in zip(flags.rows, findings.rows, strict=True)]
        return self._infer(self.plan.remarks, given, rows)


def _on_time(deadline: Deadline, due: Days, done: Days) -> Range:
    """All of the points on time; late as the rule set names it; where the days meant lie on both sides, either."""
    last = due.due(deadline.before)
    low = int(done.last <= last)
    high = int(done.first <= last or deadline.late == "open")
    return Range(known(Fraction(low)), known(Fraction(high)))


def _settled(ends: Ends) -> Number:
    return known(ends.low) if ends.settled else MEANING.unknown()


def _facts(row: Row, judged: Range, rules: RowRules | None = None) -> RowFacts:
    """The row as the row rules see it; doubtful cells are open as the rule set names it."""
    target = row.target.number
    nothing = target.known and target.n == 0  # “0件” without a sign asks for none, not for at least none
    unmarked_forward = (rules is None or rules.unmarked == "forward") and not nothing
    forward = row.direction == "forward" or (not row.direction and unmarked_forward)
    doubtful = row.copied or row.worded
    doubtful = doubtful or (row.packed and (rules is None or rules.packed == "open"))
    doubtful = doubtful or (row.derived and rules is not None and rules.derived_target == "open")
    return RowFacts(
        target=row.target.number,
        actual=row.actual.number,
        forward=forward,
        reverse=row.direction == "reverse",
        qualitative=row.qualitative,
        open=doubtful,
        judged=judged,
    )
