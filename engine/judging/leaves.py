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
from ..values.exact import total
from . import letters
from .answers import Answers, editable_to
from .letters import Lettered
from .rollup import Part, Points, Rollup, Shown, points_of
from .rows import RowPoints, Rows
from .settings import OneSetting

OnePart = Part[int, bool]
OneShown = Shown[int, bool]


class LeafPoints(NamedTuple):
    """A leaf of the table and what it earns. `ruled` is what its rule gives where it applies, at its own weight `full`;
    `part` is what counts, after an evaluator's answer and with weights that moved, and `shown` what is printed of it.
    """

    leaf: Leaf
    full: Fraction
    ruled: OneRange
    part: OnePart
    shown: OneShown
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
        """Does nobody know whether its condition holds? A weight that may move is counted, and still doubtful."""
        return not self.part.by.sure or (bool(self.leaf.applies) and self.shown.possibly and not self.shown.surely)

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
        moving = [leaf for leaf in plan.leaves if leaf.treated == "moved"]
        self.moving = {path for leaf in moving for path in (leaf.path, leaf.moved_to)}
        """Rows whose weights may move, and those that they move to."""
        self.rising = any(leaf.method.highest_share > 1 for leaf in plan.leaves)
        """May something earn more than its full points? Then a part that leaves matters, whatever it could earn."""

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
            one = LeafPoints(leaf, full, points, self._part(leaf, points, full, by), self.rollup.nothing)
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
        part = one.part._replace(points=Range(known(own.low), known(own.high)), unsure=False)
        return one._replace(answered=own, part=part)

    def _told(self, rule: str, flags: Mapping[str, OneTruth]) -> OneTruth:
        """Whether a leaf's condition holds; where it holds neither way, since what it asks of does not apply, nobody
        can tell.
        """
        return MEANING.truth(flags[rule].sure, MEANING.carrier.negated(flags[rule].sure_not))

    def _part(self, leaf: Leaf, points: OneRange, full: Fraction, by: OneTruth) -> OnePart:
        weight = MEANING.number(full)
        condition = leaf.condition if leaf.treated == "excluded" else None
        return Part(points, weight, weight, by, False, False, leaf.treated, condition)

    def _computed(self, leaf: Leaf, points: OneRange, full: Fraction, by: OneTruth) -> LeafPoints:
        """Points by a rule, rounded; a weight that may move takes its share with it before that."""
        ruled = self._printed(points, full)
        part = self._part(leaf, points if leaf.path in self.moving else ruled, full, by)
        return LeafPoints(leaf, full, ruled, part, self.rollup.nothing)

    def _measured(self, leaf: Leaf, method: Measured, full: Fraction, by: OneTruth) -> LeafPoints:
        assert leaf.tree is not None
        x = self.interpreter.number(leaf.tree, self.setting)
        if x.known:
            made = scored(MEANING, method, x, MEANING.number(full))
            return self._computed(leaf, made.points, full, by)._replace(measure=x, scored=made)
        if x.inapplicable:
            one = self._computed(leaf, self.rollup.none, full, by)
            return one._replace(measure=x, part=one.part._replace(lost=True))
        points = self._unmeasured(leaf, method, x, full)
        one = self._computed(leaf, points, full, by)
        whole = fraction(points.low) <= 0 and fraction(points.high) >= full
        scaled = leaf.treated == "renormalise" and not (whole and not self.rising)
        may_leave = scaled or leaf.treated == "moved"
        unsure = may_leave and (x.risky or not x.undefined) and not isinstance(method, Share)  # a count always is one
        return one._replace(measure=x, part=one.part._replace(unsure=unsure))

    def _unmeasured(self, leaf: Leaf, method: Measured, x: OneNumber, full: Fraction) -> OneRange:
        """The points of a measure that is not known: all that its method could give, and what a division by 0 or
        something that does not apply after all would.
        """
        settled = {"full": full, "zero": Fraction(0)}.get(leaf.zero_base)
        if x.undefined and not x.risky and settled is not None:
            return Range(known(settled), known(settled))
        span = leaf.bounds if leaf.bounds is not None and full == leaf.spec.points else bounds(method, full)
        may = [span.low, span.high]
        if x.risky and settled is not None:
            may.append(settled)
        if x.risky or not x.undefined:
            may += {"full": [full], "renormalise": []}.get(leaf.treated, [Fraction(0)])
        return Range(known(min(may)), known(max(may)))

    def _of_rows(self, leaf: Leaf, method: Indicators, by: OneTruth) -> LeafPoints:
        """The rows of a block together: no more than their full points."""
        block = leaf.spec.points
        rows = self.rows.scored(method, block, leaf.treated)
        if not rows:
            return self._computed(leaf, Range(MEANING.zero, known(block)), block, by)
        counted = [row for row in rows if row.counts]
        full = total(row.full for row in counted)
        low = min(total(row.points.low for row in counted), full)
        high = min(total(row.points.high for row in counted), full)
        one = self._computed(leaf, Range(known(low), known(high)), full, by)
        nominal = total(row.full for row in rows) if leaf.treated == "renormalise" else full
        may_leave = leaf.treated == "renormalise" and self.rising
        unsure = may_leave and all(not row.counts or _unseen(row) for row in rows)
        part = one.part._replace(nominal=known(nominal), lost=not counted, unsure=unsure)
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
        return LeafPoints(leaf, best, points, part, self.rollup.nothing, measures=measures, letter=letter)

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
        shown: dict[Path, OneShown] = {}
        for to in (made[path] for path in dict.fromkeys(leaf.moved_to for leaf in self.plan.leaves) if path):
            movers = [one for one in leaves if one.leaf.moved_to == to.leaf.path]
            if to.part.lost:
                for one in movers:
                    made[one.leaf.path] = one._replace(part=one.part._replace(treated=to.part.treated))
                continue
            heavier, lighter = self.rollup.moved(to.part, [one.part for one in movers])
            made[to.leaf.path] = to._replace(part=heavier)
            for one, part in zip(movers, lighter, strict=True):
                made[one.leaf.path] = one._replace(part=part)
                own = self.rollup.shown(one.part)
                shown[one.leaf.path] = own._replace(points=self._printed(own.points, one.full))
            shown[to.leaf.path] = self._heavy(to, movers, heavier)
        return tuple(self._counted(made[one.leaf.path], shown.get(one.leaf.path)) for one in leaves)

    def _heavy(self, to: LeafPoints, movers: Sequence[LeafPoints], heavier: OnePart) -> OneShown:
        """What is printed of a row that may have become heavier: both ways, while nobody knows."""
        every = self.rollup.moved(
            to.part, [one.part._replace(lost=not self.rollup.surely(one.part)) for one in movers]
        )[0]
        light, heavy = self.rollup.shown(heavier), self.rollup.shown(every)
        points = self.rollup.hull(light.points, heavy.points)
        return light._replace(points=self._printed(points, to.full), of=self.rollup.hull(light.of, heavy.of))

    def _counted(self, one: LeafPoints, shown: OneShown | None) -> LeafPoints:
        """A leaf rounded once, after all that may change its points."""
        if one.letter is not None:
            return one
        part = one.part
        if one.judged is not None or one.leaf.path in self.moving:
            part = part._replace(points=self._printed(part.points, fraction(part.full)))
        return one._replace(part=part, shown=shown or self.rollup.shown(part))

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
