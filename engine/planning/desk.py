"""Where do the texts of a rule set become trees, and what is wrong in them problems with their places?"""

from __future__ import annotations

from ..expressions.reader import Unreadable, read
from ..expressions.symbols import NumberType, Role, Type
from ..expressions.tree import Is, Name, Tree, walk
from ..expressions.types import Misused, Scope, require
from ..rules.ruleset import RuleSet
from ..values.problems import At, Place, Problem
from ..values.units import unit_word


class Desk:
    """A rule set with the places of its values, and the problems found in it so far."""

    def __init__(self, ruleset: RuleSet, place: Place) -> None:
        self.ruleset, self.place = ruleset, place
        self.problems: list[Problem] = []
        self.figures = {name: unit_word(spec.unit) for name, spec in ruleset.figures.items()}

    def problem(self, code: str, path: At, near: str = "", *, on_key: bool = False, **facts: str) -> None:
        """A problem at `path`; with `on_key`, at its key."""
        self.problems.append(Problem(code, self.place(path, key=on_key), facts, near))

    def read(self, text: str, path: At, offset: int = 0) -> Tree | None:
        """The tree of `text`, which begins at `offset` of the value at `path`; None with a problem."""
        try:
            return read(text)
        except Unreadable as error:
            source = self.place(path, offset + error.start, max(1, error.end - error.start))
            self.problems.append(Problem(error.code, source, error.facts))
            return None

    def checked(self, text: str, path: At, scope: Scope, wanted: type[Type], offset: int = 0) -> Tree | None:
        """The tree of `text` if it is of the type wanted in `scope`; None with every problem of it."""
        tree = self.read(text, path, offset)
        if tree is None:
            return None
        _, wrong = require(tree, scope, wanted)
        wrong += [Misused("inferred-state", part) for part in walk(tree) if _asks_inferred(part, scope)]
        for one in wrong:
            source = self.place(path, offset + one.span.start, max(1, one.span.end - one.span.start))
            self.problems.append(Problem(one.code, source, one.facts, one.near))
        return None if wrong else tree

    def number(self, text: str, at: At, scope: Scope, *, on_key: bool = False, whole: bool = False) -> Tree | None:
        """A tree of type number; with `whole`, problems are of the whole value (or key) at `at`."""
        tree = self.read(text, at)
        wrong = require(tree, scope, NumberType)[1] if tree is not None else []
        for one in wrong:
            start, width = (0, None) if whole else (one.span.start, one.span.end - one.span.start)
            self.problems.append(Problem(one.code, self.place(at, start, width, key=on_key), one.facts, one.near))
        return None if wrong else tree


def _asks_inferred(tree: Tree, scope: Scope) -> bool:
    """`flag is unknown`: what is inferred has no state to ask for; its opposite is `not flag`."""
    if not isinstance(tree, Is):
        return False
    names = [part.name for part in walk(tree.operand) if isinstance(part, Name)]
    return any(name in scope.names and scope.names[name].role in (Role.FLAG, Role.FINDING) for name in names)
