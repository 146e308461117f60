"""What does each leaf of the table earn, where it applies, and what counts of it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ..algebra.meaning import MEANING, OneNumber, OneRange, OneTruth, Range, fraction, known
from ..filing.figures import Figures
from ..filing.submission import JudgementEntry
from ..methods import Answered, Holds, Indicators, Levels, Measured, Share
from ..methods.bounds import bounds
from ..methods.method import Scored
from ..methods.scoring import scored
from ..planning.plan import Leaf, Path, Plan
from . import letters
from .answers import Answers, editable_to
from .leaving import row_ways
from .letters import Lettered
from .rollup import Part, Points, Rollup, Shown, Way, Ways, points_of
from .rows import RowPoints, Rows
from .settings import OneSetting

OnePart = Part[int, bool]
OneShown = Shown[int, bool]
OneWays = Ways[int, bool]
NOTHING: OneShown = Shown(Range(MEANING.zero, MEANING.zero), Range(MEANING.zero, MEANING.zero), False)


class LeafPoints(NamedTuple):
    """A leaf of the table and what it earns. `ruled` is what its rule gives where it applies, at its own weight `full`;
    `part` is the ways in which it may turn out, after an evaluator's answer, `ways` those that count, with weights that
    moved, and `shown` what is printed of it.
    """

    leaf: Leaf
    full: Fraction
    ruled: OneRange
    part: OnePart
    ways: OneWays = ()
    shown: OneShown = NOTHING
    judged: JudgementEntry | None = None
    answered: Points | None = None
    """The points after an answer, where it gave others than the rule."""
    measure: OneNumber | None = None
    scored: Scored[int, bool] | None = None
    """How the points of a known measure came about."""
    holds: OneTruth | None = None
    """Whether its condition does, where that gives its points."""
    rows: tuple[RowPoints, ...] = ()
    measures: tuple[OneNumber, ...] = ()
    """Where there are several (`Leaf.trees`)."""
    letter: Lettered | None = None
    """Where the rule set scores by letters."""

    @property
    def points(self) -> Points:
        """As printed."""
        return points_of(self.shown.points)

    @property
    def computed(self) -> Points:
        """What its rule gives."""
        return points_of(self.ruled)

    @property
    def own(self) -> Points:
        """The same, after an answer."""
        return self.answered or self.computed

    @property
    def doubtful(self) -> bool:
        """Does nobody know whether its condition holds?"""
        return not self.part.by.sure

    @property
    def changed(self) -> bool:
        """Did an answer change what the rule had settled?"""
        return self.answered is not None and self.computed.settled


class Leaves:
    """The leaves of one submission under its plan."""

    def __init__(
        self,
        plan: Plan,
        figures: Figures,
        setting: OneSetting,
        rollup: Rollup[int, bool, str],
        answers: Answers,
        rows: Rows,
    ) -> None:
        self.plan, self.figures, self.setting, self.rollup = plan, figures, setting, rollup
        self.answers, self.rows = answers, rows
        self.interpreter = plan.interpreter

    def all(self, flags: Mapping[str, OneTruth]) -> list[LeafPoints]:
        """Every leaf by itself; `flags` say which of them apply."""
        return [self._leaf(leaf, flags) for leaf in self.plan.leaves]

    def _leaf(self, leaf: Leaf, flags: Mapping[str, OneTruth]) -> LeafPoints:
        by = self._told(leaf.applies, flags) if leaf.applies else MEANING.yes
        method = leaf.method
        if isinstance(method, Levels):
            return self._levelled(leaf, method, by)
        if isinstance(method, Indicators):
            return self._of_rows(leaf, method, by)
        full = self._stated_points(leaf)
        answer = self.answers.leaves.get(leaf.path)
        if isinstance(method, Answered):
            allowed = method.allowed(full, answer.said if answer else None, self.answers.wrong(answer))
            told = self.answers.narrowed(allowed, answer)
            points = Range(known(told.low), known(told.high))
            one = LeafPoints(leaf, full, points, self._part(leaf, points, full, by))
        elif isinstance(method, Holds):
            truth = self._told(leaf.holds_rule, flags)
            points = method.points(MEANING, truth, known(full))
            one = self._computed(leaf, points, full, by)._replace(holds=truth)
        else:
            one = self._measured(leaf, method, full, by)
        if answer is None:
            return one
        if not self.rollup.possibly(one.part):
            self.answers.left_out(answer)
        one = one._replace(judged=answer.entry)
        if isinstance(method, Answered) or one.part.lost:
            return one
        most = method.highest_share * full
        own = self.answers.edited(one.computed, editable_to(leaf.spec.editable, full, most), answer)
        if own == one.computed:
            return one
        return one._replace(answered=own, part=self._part(leaf, Range(known(own.low), known(own.high)), full, by))

    def _told(self, rule: str, flags: Mapping[str, OneTruth]) -> OneTruth:
        """Whether a leaf's condition holds; where it holds neither way, since what it asks of does not apply, nobody
        can tell.
        """
        return MEANING.truth(flags[rule].sure, MEANING.carrier.negated(flags[rule].sure_not))

    def _part(self, leaf: Leaf, points: OneRange, full: Fraction, by: OneTruth) -> OnePart:
        weight = MEANING.number(full)
        return Part([Way(points, weight, MEANING.zero, True)], weight, by, False, False, leaf.treated)

    def _computed(self, leaf: Leaf, points: OneRange, full: Fraction, by: OneTruth) -> LeafPoints:
        """Points by a rule, rounded where they are told."""
        return LeafPoints(leaf, full, self.rollup.leaf(points), self._part(leaf, points, full, by))

    def _measured(self, leaf: Leaf, method: Measured, full: Fraction, by: OneTruth) -> LeafPoints:
        assert leaf.tree is not None
        x = self.interpreter.number(leaf.tree, self.setting)
        if x.known:
            made = scored(MEANING, method, x, MEANING.number(full))
            return self._computed(leaf, made.points, full, by)._replace(measure=x, scored=made)
        if x.inapplicable:
            one = self._computed(leaf, self.rollup.none, full, by)
            return one._replace(measure=x, part=one.part._replace(lost=True))
        points, unsure = self._unmeasured(leaf, method, x, full)
        part = self._part(leaf, points, full, by)._replace(unsure=unsure)
        left = {"full": [full], "renormalise": []}.get(leaf.treated, [Fraction(0)]) if unsure else []
        low, high = min([fraction(points.low), *left]), max([fraction(points.high), *left])
        return self._computed(leaf, Range(known(low), known(high)), full, by)._replace(measure=x, part=part)

    def _unmeasured(self, leaf: Leaf, method: Measured, x: OneNumber, full: Fraction) -> tuple[OneRange, bool]:
        """The points of a measure that is not known: all that its method could give, and what a division by 0 would;
        and whether it may turn out not to apply after all.
        """
        settled = {"full": full, "zero": Fraction(0)}.get(leaf.zero_base)
        if x.undefined and not x.risky and settled is not None:
            return Range(known(settled), known(settled)), False
        span = leaf.bounds if leaf.bounds is not None and full == leaf.spec.points else bounds(method, full)
        may = [span.low, span.high]
        if x.risky and settled is not None:
            may.append(settled)
        unsure = (x.risky or not x.undefined) and not isinstance(method, Share)  # a count always is one
        return Range(known(min(may)), known(max(may))), unsure

    def _of_rows(self, leaf: Leaf, method: Indicators, by: OneTruth) -> LeafPoints:
        """The rows of a block together: no more than their full points."""
        block = leaf.spec.points
        rows = self.rows.scored(method, block, leaf.treated)
        if not rows:
            return self._computed(leaf, Range(MEANING.zero, known(block)), block, by)
        open_ = [row.counts and leaf.treated not in ("full", "zero") and _unseen(row) for row in rows]
        own = row_ways(method, block, rows, open_, self.rows.trial(leaf.treated))
        if leaf.treated != "renormalise":
            own = [way._replace(spared=MEANING.zero) for way in own]
        full = max(fraction(way.full) for way in own)
        nominal = max(fraction(way.full) + fraction(way.spared) for way in own)
        one = self._computed(leaf, self.rollup.shown(own).points, full, by)
        part = one.part._replace(own=own, nominal=known(nominal), lost=not any(way.applies for way in own))
        return one._replace(rows=rows, part=part)

    def _levelled(self, leaf: Leaf, method: Levels, applies: OneTruth) -> LeafPoints:
        """A letter: what applies only perhaps lacks information like what is not known."""
        letters_ = self.plan.ruleset.letters
        assert letters_ is not None, "the plan has seen to it"
        measures = tuple(self.interpreter.number(tree, self.setting) for tree in leaf.trees)
        reached = method.reached(MEANING, letters_.scale, measures, leaf.zero_base)
        if reached.low.inapplicable or not applies.possible:
            letter, points = letters.left_out(letters_), self.rollup.none
        else:
            points = reached
            letter = letters.scored(letters_, fraction(reached.low), fraction(reached.high), surely=applies.sure)
        best = letters_.scale[letters_.best]
        part = self._part(leaf, points, best, applies)
        return LeafPoints(leaf, best, points, part, measures=measures, letter=letter)

    def _stated_points(self, leaf: Leaf) -> Fraction:
        """The full points that the form prints for a fund-table row, where the rule set lets them prevail."""
        line = leaf.spec.stated_points_of
        cells = self.figures.spending.get((line,)) if line else None
        weight = cells["weight"].number if cells else None
        return fraction(weight) if weight is not None and weight.known else leaf.spec.points

    def moved(self, leaves: Sequence[LeafPoints]) -> tuple[LeafPoints, ...]:
        """The leaves with the weights of rows that do not apply moved to the row named (where that does not apply
        either, they are treated as it is), and each as it is printed.
        """
        made = {one.leaf.path: one for one in leaves}
        lighter: dict[Path, OneWays] = {}
        otherwise: dict[Path, OnePart] = {}
        for to in (made[path] for path in dict.fromkeys(leaf.moved_to for leaf in self.plan.leaves) if path):
            movers = [one for one in leaves if one.leaf.moved_to == to.leaf.path]
            if to.part.lost:
                for one in movers:
                    made[one.leaf.path] = one._replace(part=one.part._replace(treated=to.part.treated))
                continue
            heavier, light = self.rollup.moved(to.part, [one.part for one in movers])
            gone = [one.part._replace(lost=not self.rollup.surely(one.part)) for one in movers]
            otherwise[to.leaf.path] = self.rollup.moved(to.part, gone)[0]
            if not self.rollup.surely(to.part):  # where it does not apply after all, they are treated as it is
                otherwise |= {one.leaf.path: one.part._replace(treated=to.part.treated) for one in movers}
            made[to.leaf.path] = to._replace(part=heavier)
            lighter |= {one.leaf.path: ways for one, ways in zip(movers, light, strict=True)}
        paths = [one.leaf.path for one in leaves]
        return tuple(self._counted(made[path], lighter.get(path), otherwise.get(path)) for path in paths)

    def _counted(self, one: LeafPoints, lighter: OneWays | None, otherwise: OnePart | None) -> LeafPoints:
        """A leaf rounded once, after all that may change its points; printed with all that it may be."""
        if one.letter is not None:
            return one
        own = self._rounded(self.rollup.ways(one.part))
        other = self._rounded(self.rollup.ways(otherwise)) if otherwise is not None else []
        return one._replace(ways=self._rounded(lighter) if lighter else own, shown=self.rollup.shown([*own, *other]))

    def _rounded(self, ways: OneWays) -> OneWays:
        return [way._replace(points=self._printed(way.points, fraction(way.full))) for way in ways]

    def _printed(self, points: OneRange, full: Fraction) -> OneRange:
        """Rounded; what is full is full, though its share of the block is no round number."""
        low, high = self.rollup.leaf(points)
        whole = MEANING.number(full)
        if MEANING.holds("=", points.low, whole):
            low = whole
        if points.high is points.low:
            return Range(low, low)
        return Range(low, whole if MEANING.holds("=", points.high, whole) else high)


def _unseen(row: RowPoints) -> bool:
    """Does nobody know yet what stands there? It may turn out not to apply."""
    return row.judged is None and (row.row.marks.blank or row.row.marks.unverifiable)
