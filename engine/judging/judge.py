"""In what order is a submission judged? Measures, flags, points, findings, caps, total and grade, remarks.

Each stratum reads only earlier ones. The outcome is one inert value; what is said of it is `present.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..algebra.meaning import Number, Range, TextValue, Truth
from ..expressions.interpreter import Interpreter
from ..expressions.tree import Not, Tree, canonical
from ..filing.figures import MEANING, Figures, known
from ..filing.submission import JudgementEntry
from ..inference.facts import Decided, Executor
from ..inference.program import Program
from ..methods.levels import Leveller
from ..methods.methods import Answered, Holds, Indicators, Levels, highest_share
from ..methods.scoring import Choices, Scorer
from ..planning.plan import Leaf, Path, Plan
from ..rules import letters
from ..rules.letters import Lettered
from ..rules.ruleset import Rounding
from ..values.exact import written
from ..values.problems import Problem, Refused
from . import totals
from .answers import Answers, bounds
from .rows import RowPoints, Rows
from .settings import SubmissionSetting, setting
from .totals import Earned, Ends


@dataclass(frozen=True, slots=True)
class LeafPoints:
    """A leaf of the table and what it earns, before and after asking whether it applies.

    `own` is what it earns by itself, `earned` with the weights of rows that do not apply moved. `computed` is what its
    rule gave where an evaluator changed it.
    """

    leaf: Leaf
    measure: Number | None
    earned: Earned
    own: Earned
    rows: tuple[RowPoints, ...]
    judged: JudgementEntry | None
    computed: Ends | None = None
    measures: tuple[Number, ...] = ()
    """Where there are several (`Leaf.trees`)."""
    letter: Lettered | None = None
    """Where the rule set scores by letters."""

    @property
    def ends(self) -> Ends:
        """The points shown for the leaf."""
        return totals.leaf(self.earned)

    @property
    def by_rule(self) -> Ends:
        """What its rule gives where it applies, at its own weight, whatever an evaluator made of it."""
        return self.own.ends if self.computed is None else self.computed


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
    notes: tuple[Problem, ...]
    """What was filed and can't be used, and leaves its points open."""
    letters: Mapping[Path, Lettered]
    """Of criteria and blocks, where the rule set scores by letters."""


def judge(plan: Plan, figures: Figures, executor: Executor) -> Judged:
    """Judge one submission. Raises `Refused` where an evaluator's answer can't be read."""
    return _Judge(plan, figures, executor).judge()


class _Judge:
    def __init__(self, plan: Plan, figures: Figures, executor: Executor) -> None:
        self.plan, self.figures, self.executor = plan, figures, executor
        self.setting = setting(figures, plan.ruleset.figures)
        self.interpreter = Interpreter(MEANING)
        rounding = plan.ruleset.policy.rounding
        digits = None if rounding.points == "exact" else rounding.points
        self.rounding = rounding
        self.scorer = Scorer(MEANING, Choices(digits, rounding.mode))
        self.answers = Answers(figures, plan.leaves)
        self.rows = Rows(plan.ruleset, figures, self.scorer, self.answers)

    def judge(self) -> Judged:
        self._measure()
        flags = self._infer(self.plan.flags, {}, [{} for _ in self.figures.rows])
        leaves = self._moved([self._leaf(leaf, flags.submission) for leaf in self.plan.leaves])
        problems = [*self.answers.problems, *self.rows.unscored(self.plan.leaves)]
        if problems:
            raise Refused(problems)
        lettered = self._lettered(leaves)
        counted = () if lettered else self._counted(leaves)
        subtotal, full = self._subtotal(counted)
        self._tell_points(leaves, subtotal, lettered)
        findings = self._infer(self.plan.findings, flags.submission, flags.rows)
        total, grades = self._total(subtotal, full, findings)
        remarks = self._remarks(total, grades, flags, findings)
        return Judged(
            self.setting,
            leaves,
            counted,
            flags,
            findings,
            remarks,
            subtotal,
            total,
            full,
            grades,
            self.rounding,
            (*self.rows.notes, *self._ungraded(full)),
            lettered,
        )

    # -- figures → measures → flags ---

    def _measure(self) -> None:
        for (_, slot), row in zip(self.setting.indicators, self.figures.rows, strict=True):
            slot.fields["attainment"], slot.fields["met"] = self.rows.measured(row)
            slot.fields["delay"] = self.rows.delay(row)
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
        computed: Ends | None = None
        rows: tuple[RowPoints, ...] = ()
        answer = self.answers.leaves.get(leaf.path)
        method = leaf.method
        if isinstance(method, Levels):
            return self._levelled(leaf, method, applies)
        if isinstance(method, Indicators):
            rows = self.rows.scored(method, full)
            full = sum((row.full for row in rows), Fraction(0)) if rows else full
            earned_by_rows = sum((row.ends for row in rows), totals.NOTHING)
            ends = totals.clamped(earned_by_rows, full) if rows else Ends(Fraction(0), full)
            surely, possibly = applies.sure, applies.possible
        else:
            stated = self._stated_points(leaf)
            full = full if stated is None else stated
            if isinstance(method, Answered):
                allowed = self.answers.judged(method, full, answer)
                points = self.scorer.judged(Range(known(allowed.low), known(allowed.high)), known(full))
            elif isinstance(method, Holds):
                points = self.scorer.holding(method, flags[leaf.holds_rule], known(full))
            else:
                assert leaf.tree is not None
                measure = self.interpreter.number(leaf.tree, self.setting)
                points = self.scorer.points(method, measure, known(full), leaf.zero_base)
            inapplicable = points.low.inapplicable
            ends = totals.NOTHING if inapplicable else totals.ends(points)
            if answer is not None and not isinstance(method, Answered):
                computed, most = ends, highest_share(method) * full
                ends = self.answers.edited(ends, bounds(leaf.spec.editable, full, most), answer)
            surely, possibly = applies.sure and not inapplicable, applies.possible and not inapplicable
        earned = Earned(ends, full, surely, possibly, leaf.not_applicable)
        changed = computed if computed is not None and computed.settled and computed != ends else None
        return LeafPoints(leaf, measure, earned, earned, rows, answer.entry if answer else None, changed)

    def _levelled(self, leaf: Leaf, method: Levels, applies: Truth) -> LeafPoints:
        """A letter: what applies only perhaps lacks information like what is not known."""
        scale = self.plan.ruleset.letters
        assert scale is not None, "the plan has seen to it"
        measures = tuple(self.interpreter.number(tree, self.setting) for tree in leaf.trees)
        reached = Leveller(MEANING, scale).reached(method, measures, leaf.zero_base)
        if reached.low.inapplicable or not applies.possible:
            letter, ends = letters.left_out(scale), totals.NOTHING
        else:
            ends = totals.ends(reached)
            letter = letters.scored(scale, ends.low, ends.high, surely=applies.sure)
        earned = Earned(ends, scale.scale[scale.best], applies.sure, letter.outcome != "not-applicable", "excluded")
        return LeafPoints(leaf, None, earned, earned, (), None, None, measures, letter)

    def _stated_points(self, leaf: Leaf) -> Fraction | None:
        """The full points that the form prints for a fund-table row, where the rule set lets them prevail."""
        line = leaf.spec.stated_points_of
        if not line:
            return None
        cells = self.figures.spending.get((line,))
        weight = cells["weight"].number if cells else None
        return Fraction(weight.n, weight.d) if weight is not None and weight.known else None

    # -- blocks ---

    def _moved(self, leaves: Sequence[LeafPoints]) -> tuple[LeafPoints, ...]:
        """The leaves with the weights of rows that do not apply moved to the row named; where that does not apply
        either, they are treated as it is.
        """
        made = {one.leaf.path: one for one in leaves}
        for to in (made[path] for path in dict.fromkeys(leaf.moved_to for leaf in self.plan.leaves) if path):
            movers = [one for one in leaves if one.leaf.moved_to == to.leaf.path]
            if not to.own.possibly:
                for one in movers:
                    alike = replace(one.own, policy=to.own.policy)
                    made[one.leaf.path] = replace(one, own=alike, earned=alike)
                continue
            for one in movers:
                gone = replace(one.own, full=Fraction(0), policy="excluded")
                earned = totals.hanging(one.own, to.own) if one.own.possibly else gone
                made[one.leaf.path] = one if one.own.surely else replace(one, earned=earned)
            made[to.leaf.path] = replace(to, earned=totals.moved(to.own, [one.own for one in movers]))
        return tuple(made.values())

    def _lettered(self, leaves: Sequence[LeafPoints]) -> dict[Path, Lettered]:
        """The letters of criteria, and of their blocks from the innermost out."""
        scale = self.plan.ruleset.letters
        found = {one.leaf.path: one.letter for one in leaves if one.letter is not None}
        if scale is None:
            return {}
        for path in sorted(self.plan.blocks, key=len, reverse=True):
            block = self.plan.blocks[path]
            found[path] = letters.combined(scale, block.take, [found[(*path, name)] for name in block.criteria])
        return found

    def _counted(self, leaves: Sequence[LeafPoints], outermost: int = 1) -> tuple[tuple[str, Earned], ...]:
        """Leaves at the scale of the table (or of the block at depth `outermost`); of alternatives, the best."""
        counted: list[tuple[str, Earned]] = []
        alternatives: dict[Path, dict[Path, list[Earned]]] = {}
        either: dict[tuple[str, str], dict[bool, list[Earned]]] = {}
        for one in leaves:
            path, factor, chosen = one.leaf.path, Fraction(1), None
            for depth in range(outermost, len(path)):
                block = self.plan.blocks[path[:depth]]
                factor *= block.points / block.of if block.of else 1
                if block.take == "best" and chosen is None:
                    chosen = path[:depth]
            earned = totals.scaled(one.earned, factor)
            if chosen is None and earned.policy == "excluded" and earned.possibly and not earned.surely:
                condition, holds = _plain(self.plan.conditions[one.leaf.applies])
                either.setdefault((path[0], condition), {}).setdefault(holds, []).append(earned)
            elif chosen is None:
                counted.append((path[0], earned))
            else:
                alternatives.setdefault(chosen, {}).setdefault(path[: len(chosen) + 1], []).append(earned)
        counted += [(path[0], totals.best(list(options.values()))) for path, options in alternatives.items()]
        for (top, _), ways in either.items():
            pairs = [totals.either(list(ways.values()))] if len(ways) > 1 else next(iter(ways.values()))
            counted += [(top, earned) for earned in pairs]
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

    # -- findings → caps → total, grade → remarks ---

    def _tell_points(
        self, leaves: Sequence[LeafPoints], subtotal: Ends | None, lettered: Mapping[Path, Lettered]
    ) -> None:
        """Later strata read points, or what a letter counts as; what is open is unknown to them, and so is a weight
        that may have moved.
        """
        hanging = [one.leaf for one in leaves if one.leaf.moved_to and one.own.possibly and not one.own.surely]
        unsure = {leaf.path for leaf in hanging} | {leaf.moved_to for leaf in hanging}
        for path in self.plan.points_read:
            if path in lettered:
                self._tell_letter(path, lettered[path])
                continue
            below = [one for one in leaves if one.leaf.path[: len(path)] == path]
            every = [earned for _, earned in self._counted(below, len(path))]
            counted = [one for one in every if one.policy != "excluded" or one.possibly]
            ends = sum((totals.leaf(earned) for earned in counted), totals.NOTHING)
            full = sum((earned.full for earned in counted), Fraction(0))
            self.setting.tables["points", path, ""] = MEANING.unknown() if path in unsure else _settled(ends)
            self.setting.tables["full", path, ""] = MEANING.unknown() if path in unsure else known(full)
        self.setting.names["subtotal"] = MEANING.unknown() if subtotal is None else _settled(subtotal)
        scored = {row.row.index: row for one in leaves for row in one.rows}
        for index, (_, slot) in enumerate(self.setting.indicators):
            row = scored.get(index)
            slot.fields["score"] = _settled(row.ends) if row else MEANING.inapplicable()
            slot.fields["full_score"] = known(row.full) if row else MEANING.inapplicable()

    def _tell_letter(self, path: Path, letter: Lettered) -> None:
        scale = self.plan.ruleset.letters
        assert scale is not None
        unsaid = MEANING.unknown() if letter.outcome == "open" else MEANING.inapplicable()
        self.setting.tables["points", path, ""] = unsaid if letter.value is None else known(letter.value)
        self.setting.tables["full", path, ""] = known(scale.scale[scale.best])

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

    def _ungraded(self, full: Fraction) -> list[Problem]:
        """Why a whole table has no grade: the full points stated do not come to those that its grades are of."""
        ruleset = self.plan.ruleset
        if not ruleset.complete or not ruleset.grades or full == ruleset.of or not full:
            return []
        facts = {"found": written(full), "expected": written(ruleset.of)}
        return [Problem("full-points-differ", self.figures.place(()), facts)]

    def _remarks(self, total: Ends | None, grades: tuple[str, ...], flags: Decided, findings: Decided) -> Decided:
        names = self.setting.names
        names["total"] = MEANING.unknown() if total is None else _settled(total)
        names["grade"] = TextValue(grades[0] if len(grades) == 1 else "", len(grades) == 1)
        given = {**flags.submission, **findings.submission}
        rows = [{**a, **b} for a, b in zip(flags.rows, findings.rows, strict=True)]
        return self._infer(self.plan.remarks, given, rows)


def _plain(condition: Tree) -> tuple[str, bool]:
    """A condition without the `not` before it, and whether it must hold or must not."""
    if isinstance(condition, Not):
        inner, holds = _plain(condition.operand)
        return inner, not holds
    return canonical(condition), True


def _settled(ends: Ends) -> Number:
    return known(ends.low) if ends.settled else MEANING.unknown()
