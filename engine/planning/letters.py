"""Where a rule set scores by letters, do scale, ranges and table hold together, and does nothing ask for points?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from ..expressions.symbols import NumberType, TruthType
from ..expressions.tree import Compare, Literal, Tree, quoted
from ..expressions.types import Scope, require
from ..methods import Levels
from ..methods.levels import Level
from ..rules.letters import Letters
from ..rules.policy import NO_POINTS
from ..rules.ruleset import Criterion
from ..values.amounts import Amount
from ..values.exact import written
from ..values.problems import At, nearest
from ..values.units import unit_word
from .desk import Desk
from .plan import Path

_COMBINING = ("weakest-link", "conversion")


class Lettering:
    """The letters of a rule set, or that it has none."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.letters = desk, desk.ruleset.letters
        if self.letters is not None:
            self._scale(self.letters)
            self._conversion(self.letters)
            self._unread()

    # -- the scale and the table ---

    def _scale(self, letters: Letters) -> None:
        counts = list(letters.scale.items())
        for (_, above), (letter, value) in pairwise(counts):
            if value >= above:
                self.desk.problem("letters-out-of-order", ("letters", "scale", letter), on_key=True, name=letter)
        lost = next((letter for letter, value in counts[1:] if letters.named(value + letters.lift) is None), None)
        if lost is not None:
            self.desk.problem("lift-off-scale", ("letters", "lift"), letter=lost, lift=written(letters.lift))
        self._known(letters.wanting.counts, ("letters", "wanting", "counts"))

    def _known(self, letter: str, at: At, *, on_key: bool = False, also: tuple[str, ...] = ()) -> None:
        scale = self.letters.scale if self.letters is not None else {}
        if self.letters is not None and letter not in scale and letter not in also:
            self.desk.problem("unknown-letter", at, nearest(letter, scale), on_key=on_key, name=letter)

    def _conversion(self, letters: Letters) -> None:
        """Every sum that so many criteria can have earns a letter, a higher one a higher."""
        for count, row in letters.conversion.items():
            at = ("letters", "conversion", str(count))
            for letter in row:
                self._known(letter, (*at, letter), on_key=True)
            lowest = [sum_ for _, sum_ in sorted((letters.scale.get(one, Fraction(0)), row[one]) for one in row)]
            least = count * letters.scale[letters.worst]
            if not lowest or lowest[0] > least or sorted(set(lowest)) != lowest:
                self.desk.problem("conversion-out-of-order", at, on_key=True, count=str(count), least=written(least))

    # -- what has no place beside letters ---

    def _unread(self) -> None:
        rules = self.desk.ruleset
        policy = rules.policy
        given: dict[Path, bool] = {
            ("of",): rules.of != 0,
            ("policy", "rounding"): policy.rounding != NO_POINTS,
            ("policy", "not-applicable"): policy.not_applicable != "excluded",
            ("rows",): rules.rows is not None,
            ("caps",): bool(rules.caps),
            ("grades",): bool(rules.grades),
            ("dimension-grades",): rules.dimension_grades,
            ("actions",): bool(rules.actions),
        }
        self._refuse((), given)

    def _refuse(self, at: At, given: dict[Path, bool]) -> None:
        for path, is_given in given.items():
            if is_given:
                self.desk.problem("letters-without-points", (*at, *path), on_key=True, key=path[-1])

    def criterion(self, at: At, spec: Criterion) -> None:
        """A block takes letters where there are letters, and a leaf gives them."""
        combining, levels = spec.take in _COMBINING, isinstance(spec.scoring, Levels)
        if self.letters is None:
            if combining or levels:
                self.desk.problem("letters-undeclared", (*at, "take" if combining else "scoring"), on_key=True)
            return
        given: dict[Path, bool] = {
            ("points",): spec.points != 0,
            ("of",): spec.of is not None,
            ("extra",): spec.extra is not None,
            ("editable",): spec.editable is not False,
            ("stated-points-of",): bool(spec.stated_points_of),
            ("not-applicable",): spec.not_applicable not in (None, "excluded"),
        }
        self._refuse(at, given)
        count = len(spec.criteria)
        if spec.criteria and not combining:
            self.desk.problem("missing-key", at, on_key=True, key="take")
        elif spec.take == "conversion" and count not in self.letters.conversion:
            self.desk.problem("conversion-missing", (*at, "take"), count=str(count))
        elif spec.scoring is not None and not levels:
            self.desk.problem("letters-without-points", (*at, "scoring"), on_key=True, key=spec.scoring.method)
        for text, letter in spec.examples.items():
            self._known(str(letter), (*at, "examples", text), also=(self.letters.wanting.letter,))

    # -- the ranges of a leaf ---

    def trees(self, path: Path, at: At, spec: Criterion, method: Levels, scope: Scope) -> tuple[Tree, ...]:
        """The measures of a leaf, each of which can be held against every range."""
        here: At = (*at, "scoring")
        trees: list[Tree | None] = [
            self.desk.number(quoted(name), (*here, "measures", number), scope, whole=True)
            for number, name in enumerate(method.measures)
        ]
        if not trees and spec.measure:
            trees = [self.desk.number(spec.measure, (*at, "measure"), scope)]
        elif not trees:
            trees = [self.desk.number(quoted(path[-1]), at, scope, on_key=True, whole=True)]
        if method.reached_in > len(trees):
            found, most = str(method.reached_in), str(len(trees))
            self.desk.problem("reached-in-too-many", (*here, "reached-in"), found=found, most=most)
        self._levels(here, method)
        read = tuple(tree for tree in trees if tree is not None)
        for number, level in enumerate(method.levels):
            self._comparable((*here, "levels", number), level, read, scope)
        return read

    def _levels(self, at: At, method: Levels) -> None:
        """From the best letter and the narrowest range down."""
        scale = self.letters.scale if self.letters is not None else {}
        for number, level in enumerate(method.levels):
            self._known(level.letter, (*at, "levels", number, "letter"))
        self._known(method.otherwise, (*at, "otherwise"))
        said = [scale.get(letter) for letter in (*(level.letter for level in method.levels), method.otherwise)]
        if None in said:
            return
        for number, level in enumerate(method.levels):
            worse = said[number] > said[number + 1]  # type: ignore[operator]
            if not worse or (number and not _holds(level, method.levels[number - 1])):
                self.desk.problem("levels-out-of-order", (*at, "levels", number, "letter"), name=level.letter)

    def _comparable(self, at: At, level: Level, trees: Sequence[Tree], scope: Scope) -> None:
        """A range is of every measure's unit, and comparing with it stays within the widest integer."""
        for sign, amount in level.ends():
            key = "from" if sign.startswith(">") else "to"
            for tree in trees:
                kind, _ = require(tree, scope, NumberType)
                assert isinstance(kind, NumberType)
                if kind.unit is not None and amount.unit != kind.unit and amount.value != 0:
                    unit = str(kind.unit) or "%"
                    self.desk.problem("unit-of-threshold", (*at, key), found=str(amount), unit=unit)
                    break
                literal = Literal(amount.value / unit_word(amount.word).scale, amount.word)
                for wrong in require(Compare(sign, tree, literal), scope, TruthType)[1][:1]:  # too wide, or bare
                    self.desk.problem(wrong.code, (*at, key), wrong.near, on_key=False, **wrong.facts)
                    break


def _holds(outer: Level, inner: Level) -> bool:
    """Does every value of the inner range lie in the outer one?"""

    def beyond(out: Amount | None, within: Amount | None, sign: int) -> bool:
        if out is None:
            return False
        if within is None:
            return True
        over = sign * (within.value - out.value)
        return over > 0 or (over == 0 and inner.closed and not outer.closed)

    return not (beyond(outer.from_, inner.from_, -1) or beyond(outer.to, inner.to, 1))
