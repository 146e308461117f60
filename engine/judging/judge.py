"""In what order is a submission judged? Measures, flags, points, findings, caps, total and grade, remarks.

Each stratum reads only earlier ones. The outcome is one inert value; what is said of it is `telling`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..algebra.meaning import MEANING, OneNumber, OneText, OneTruth, Range, TextValue, Truth, fraction, known
from ..filing.figures import Figures
from ..inference.facts import Decided, Executor
from ..inference.program import Program
from ..planning.plan import Path, Plan
from ..rules.policy import Rounding
from ..values.exact import written
from ..values.problems import Problem, Refused
from .answers import Answers
from .leaves import LeafPoints, Leaves, OneShown
from .letters import Lettered
from .rollup import Points, Rollup, points_of
from .rows import RowPoints, Rows
from .settings import OneSetting, setting
from .table import Table, Total


@dataclass(frozen=True)
class Judged:
    """Everything decided about one submission."""

    setting: OneSetting
    leaves: tuple[LeafPoints, ...]
    blocks: Mapping[Path, OneShown]
    """What is printed of each block, at its own scale."""
    flags: Decided[bool]
    findings: Decided[bool]
    remarks: Decided[bool]
    total: Total | None
    grades: tuple[str, ...]
    block_grades: Mapping[Path, tuple[str, ...]]
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
        self.interpreter = plan.interpreter
        self.rounding = plan.ruleset.policy.rounding
        self.rollup = Rollup(MEANING, self.rounding)
        self.answers = Answers(figures, plan.leaves)
        self.rows = Rows(plan.ruleset, figures, self.rollup, self.answers)

    def judge(self) -> Judged:
        self._measure()
        flags = self._infer(self.plan.flags, {}, [{} for _ in self.figures.rows])
        leaves = Leaves(self.plan, self.figures, self.setting, self.rollup, self.answers, self.rows)
        table = Table(self.plan, leaves, leaves.all(flags.submission))
        problems = [*self.answers.problems, *self.rows.unscored(self.plan.leaves)]
        if problems:
            raise Refused(problems)
        lettered = table.lettered()
        total = None if lettered else table.subtotal()
        self._tell_rows(table.leaves)
        findings = self._find(table, total, lettered, flags)
        total, grades = self._capped(total, findings)
        remarks = self._remarks(total, grades, flags, findings)
        return Judged(
            self.setting,
            table.leaves,
            {} if lettered else table.blocks,
            flags,
            findings,
            remarks,
            total,
            grades,
            {} if lettered else table.block_grades(),
            self.rounding,
            (*self.rows.notes, *self._ungraded(total)),
            lettered,
        )

    # -- figures → measures → flags ---

    def _measure(self) -> None:
        for (_, slot), row in zip(self.setting.indicators, self.figures.rows, strict=True):
            slot.fields.update(self.rows.fields(row))
        for measure in self.plan.measures.values():
            number = self.interpreter.number(measure.tree, self.setting)
            if measure.digits is not None:
                number = MEANING.rounded(number, measure.digits, measure.mode)
            self.setting.names[measure.name] = number

    def _infer(
        self,
        program: Program,
        given: Mapping[str, OneTruth],
        given_rows: Sequence[Mapping[str, OneTruth]],
        single: Mapping[str, OneTruth] | None = None,
    ) -> Decided[bool]:
        """Decide the atoms, then let the executor conclude, once for all rows of which the same is decided; what was
        given stays beside what is new.
        """
        if not program.rules:
            return Decided(given, given_rows)
        told = {**(self._atoms(program) if single is None else single), **given}
        if not program.of_rows:
            return Decided({**given, **self.executor(program, Decided(told, [])).submission}, given_rows)
        slots = [slot for _, slot in self.setting.indicators]
        columns = {a.id: [*map(self.interpreter.truth_code(a.tree), slots)] for a in program.atoms if a.per_row}
        before = {name: [row[name] for row in given_rows] for name in next(iter(given_rows), {})}
        names = [*columns, *before]
        rows = [*zip(*columns.values(), *before.values(), strict=True)] if names else [()] * len(slots)
        alike: dict[tuple[OneTruth, ...], int] = {}
        kinds = [alike.setdefault(row, len(alike)) for row in rows]
        new = self.executor(program, Decided(told, [dict(zip(names, row, strict=True)) for row in alike]))
        first = len(columns)
        made = [
            {**dict(zip(before, row[first:], strict=True)), **after} for row, after in zip(alike, new.rows, strict=True)
        ]
        return Decided({**given, **new.submission}, [made[kind] for kind in kinds])

    def _atoms(self, program: Program) -> dict[str, OneTruth]:
        ready = self.interpreter.truth_code
        return {atom.id: ready(atom.tree)(self.setting) for atom in program.atoms if not atom.per_row}

    # -- findings → caps → total, grade → remarks ---

    def _find(
        self, table: Table, total: Total | None, lettered: Mapping[Path, Lettered], flags: Decided[bool]
    ) -> Decided[bool]:
        """Findings and caps. Where it is open what applies, a test on points holds as it does in every way in which
        that may turn out.
        """
        program = self.plan.findings
        before = None if total is None else total.before
        self.setting.names["subtotal"] = MEANING.unknown() if before is None else _settled(before)
        ways = [] if lettered or not self.plan.points_read or len(table.ways) == 1 else table.ways
        tried = []
        for one in ways:
            self._tell_points(one, lettered)
            tried.append(self._atoms(program))
        self._tell_points(table, lettered)
        single = self._atoms(program)
        for name in single if tried else ():
            single[name] = _in_any_way([atoms[name] for atoms in tried])
        return self._infer(program, flags.submission, flags.rows, single)

    def _capped(self, total: Total | None, findings: Decided[bool]) -> tuple[Total | None, tuple[str, ...]]:
        ruleset = self.plan.ruleset
        if total is None:
            return None, ()
        held = {name: findings.submission[name] for name in ruleset.caps}
        limits = [(cap.total, held[name]) for name, cap in ruleset.caps.items() if cap.total is not None]
        free = total.before
        sure, possible = self.rollup.capped(Range(known(free.low), known(free.high)), limits)
        points = points_of(possible)
        held_down = [end for end, open_ in ((points.low, free.low), (points.high, free.high)) if end < open_]
        acting = [name for name, cap in ruleset.caps.items() if held[name].possible and cap.total in held_down]
        total = replace(total, points=points, acting=tuple(acting))
        if not ruleset.complete or not total.of.low <= ruleset.of <= total.of.high:
            return total, ()
        names = [band.grade for band in ruleset.grades]
        lowered = {name: names.index(cap.grade) for name, cap in ruleset.caps.items() if cap.grade}

        def met(beyond: int) -> list[bool]:
            """The grades that the caps leave which allow none of the best so many."""
            caps = [(place, held[name]) for name, place in lowered.items() if place >= beyond]
            return self.rollup.grades(sure, ruleset.grades, limits, caps)

        acting += [name for name, place in lowered.items() if held[name].possible and any(met(place + 1)[:place])]
        found = tuple(name for name, bit in zip(names, met(0), strict=True) if bit)
        return replace(total, acting=tuple(acting)), found

    def _ungraded(self, total: Total | None) -> list[Problem]:
        """Why a whole table has no grade: the full points stated do not come to those that its grades are of."""
        ruleset = self.plan.ruleset
        if total is None or not ruleset.complete or not ruleset.grades or total.of.low <= ruleset.of <= total.of.high:
            return []
        of = total.of
        found = written(of.low) if of.settled else f"{written(of.low)}–{written(of.high)}"
        facts = {"found": found, "expected": written(ruleset.of)}
        return [Problem("full-points-differ", self.figures.place(()), facts)]

    # -- what later strata read ---

    def _tell_points(self, table: Table, lettered: Mapping[Path, Lettered]) -> None:
        """Later strata read points, or what a letter counts as; what is open, and what may yet leave the table, is
        unknown to them, and what does not apply is so for them, too.
        """
        for path in self.plan.points_read:
            if path in lettered:
                self._tell_letter(path, lettered[path])
                continue
            shown = table.shown(path)
            of = points_of(shown.of)
            there = shown.possibly or of.high
            for name, ends in (("points", points_of(shown.points)), ("full", of)):
                told = (_settled(ends) if of.settled else MEANING.unknown()) if there else MEANING.inapplicable()
                self.setting.tables[name, path, ""] = told

    def _tell_rows(self, leaves: Sequence[LeafPoints]) -> None:
        rows = {row.row.index: row for one in leaves for row in one.rows}
        agreeing = {index: told for one in leaves for index, told in _agreeing(one.rows)}
        for index, (_, slot) in enumerate(self.setting.indicators):
            row = rows.get(index)
            there = row is not None and row.applicable
            slot.fields["score"] = _settled(row.points) if row and there else MEANING.inapplicable()
            slot.fields["filed_agrees"] = agreeing.get(index, MEANING.maybe)
            slot.fields["equal_share"] = MEANING.bit(row is not None and row.shared)
            slot.fields["full_score"] = known(row.full) if row and there else MEANING.inapplicable()

    def _tell_letter(self, path: Path, letter: Lettered) -> None:
        scale = self.plan.ruleset.letters
        assert scale is not None
        unsaid = MEANING.unknown() if letter.outcome == "open" else MEANING.inapplicable()
        self.setting.tables["points", path, ""] = unsaid if letter.value is None else known(letter.value)
        self.setting.tables["full", path, ""] = known(scale.scale[scale.best])

    def _remarks(
        self, total: Total | None, grades: tuple[str, ...], flags: Decided[bool], findings: Decided[bool]
    ) -> Decided[bool]:
        names = self.setting.names
        names["total"] = MEANING.unknown() if total is None else _settled(total.points)
        grade: OneText = TextValue(grades[0] if len(grades) == 1 else "", len(grades) == 1)
        names["grade"] = grade
        given = {**flags.submission, **findings.submission}
        return self._infer(self.plan.remarks, given, findings.rows)


def _settled(points: Points) -> OneNumber:
    return known(points.low) if points.settled else MEANING.unknown()


def _in_any_way(truths: Sequence[OneTruth]) -> OneTruth:
    """A test over all ways in which something may turn out: sure where it is so in each, possible where in one."""
    return Truth(
        all(one.sure for one in truths),
        any(one.possible for one in truths),
        all(one.sure_not for one in truths),
        any(one.possible_not for one in truths),
    )


def _agreeing(rows: Sequence[RowPoints]) -> Iterator[tuple[int, OneTruth]]:
    """Of each row whether the score filed is its points. Among rows that share a block's points equally it does not
    matter which of them has the cent that is left over.
    """
    shared = [row for row in rows if row.shared and row.row.filed.number.known and row.points.settled]
    filed, given = (sorted(values) for values in (map(_filed, shared), (row.points.low for row in shared)))
    swapped = filed == given
    for row in rows:
        if not row.row.filed.number.known or not row.points.settled:
            yield row.row.index, MEANING.maybe
        else:
            same = _filed(row) == row.points.low or (row.shared and swapped)
            yield row.row.index, MEANING.bit(same)


def _filed(row: RowPoints) -> Fraction:
    return fraction(row.row.filed.number)
