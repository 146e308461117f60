"""Which conditions become rules of inference, and which sentences are said where they hold?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..expressions.symbols import INDICATORS, TEXT, NumberType, TextType, TruthType, Type
from ..expressions.tree import Name, Tree
from ..expressions.types import Scope
from ..inference.program import Cyclic, Program, Rule, program
from ..rules.findings import CapSpec, FindingSpec, RemarkSpec
from ..rules.ruleset import FlagSpec
from ..values.problems import At, nearest
from .desk import Desk
from .plan import Finding, Leaf, Says

_SECTIONS = {FlagSpec: "flags", FindingSpec: "findings", CapSpec: "caps", RemarkSpec: "remarks"}


class Conditions:
    """The flags, findings, caps and remarks of a rule set."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def rules(self, specs: Mapping[str, FlagSpec | FindingSpec | CapSpec | RemarkSpec], scope: Scope) -> list[Rule]:
        """When each flag and finding is raised, each cap holds, each remark is made."""
        rules: list[Rule] = []
        for name, spec in specs.items():
            section, per_row = _SECTIONS[type(spec)], getattr(spec, "for_", None) is not None
            rules += self._rule(name, (section, name, "when"), spec.when, scope, per_row)
            if isinstance(spec, FindingSpec | CapSpec) and spec.ground == "regulation" and spec.authority is None:
                # no invented citations, and none left out
                self.desk.problem("ground-without-authority", (section, name, "ground"), name=name)
            if isinstance(spec, CapSpec):
                self._cap(name, spec)
        return rules

    def leaf_rules(self, scope: Scope, leaves: list[Leaf]) -> list[Rule]:
        """The conditions under which criteria apply, or have all their points."""
        rules: list[Rule] = []
        for leaf in leaves:
            if leaf.applies:
                rules += self._rule(leaf.applies, (*leaf.at, "applies"), leaf.spec.applies, scope, False)
            if leaf.holds is not None:
                rules.append(Rule(leaf.holds_rule, leaf.holds, False))
        return rules

    def _rule(self, name: str, at: At, text: str, scope: Scope, per_row: bool) -> list[Rule]:
        tree = self.desk.checked(text, at, scope.within_row() if per_row else scope, TruthType)
        return [] if tree is None else [Rule(name, tree, per_row)]

    def _cap(self, name: str, spec: CapSpec) -> None:
        grades = [band.grade for band in self.desk.ruleset.grades]
        if (spec.total is None) == (not spec.grade):
            self.desk.problem("cap-of-one", ("caps", name), on_key=True, name=name)
        elif spec.grade and spec.grade not in grades:
            self.desk.problem("unknown-grade", ("caps", name, "grade"), nearest(spec.grade, grades), name=spec.grade)

    def program(self, rules: list[Rule], given: Mapping[str, bool], section: str, read: Iterable[str]) -> Program:
        """The program of `rules`, which may read the names `given` (and whether per row); `read` are names that others
        read. A circle is a problem.
        """
        try:
            return program(rules, given, frozenset(INDICATORS), read)
        except Cyclic as error:
            home = next(
                (s for s in ("flags", "findings", "caps") if error.names[0] in getattr(self.desk.ruleset, s)), section
            )
            self.desk.problem("circle", (home, error.names[0]), on_key=True, names=" → ".join(error.names))
            return Program((), (), ())

    def says(self, after: Scope, last: Scope) -> dict[str, Finding]:
        """Findings, read in the scope `after` points, and remarks, read in the `last` one, with their sentences."""
        rules = self.desk.ruleset
        said: dict[str, Finding] = {}
        specs: list[tuple[str, FindingSpec | RemarkSpec]] = [*rules.findings.items(), *rules.remarks.items()]
        for name, spec in specs:
            section, per_row = _SECTIONS[type(spec)], isinstance(spec, FindingSpec) and spec.for_ is not None
            scope = after if isinstance(spec, FindingSpec) else last
            scope = scope.within_row() if per_row else scope
            says = self._sentence(spec.says, (section, name, "says"), scope)
            evidence = [
                self.desk.checked(text, (section, name, "evidence", number), scope, NumberType)
                for number, text in enumerate(spec.evidence if isinstance(spec, FindingSpec) else ())
            ]
            shown = [tree for tree in evidence if tree is not None] or [p for p in says.parts if not isinstance(p, str)]
            source = str(self.desk.place((section, name), key=True))
            said[name] = Finding(name, spec, says, tuple(shown), per_row, source)
        return said

    def _sentence(self, text: str, at: At, scope: Scope) -> Says:
        parts: list[str | Tree] = []
        end = 0
        for match in re.finditer(r"\{([^{}]*)\}", text):
            parts.append(text[end : match.start()])
            tree = self.desk.read(match[1], at, match.start(1))
            if tree is not None:
                kind: type[Type] = TextType if _is_text(tree, scope) else NumberType
                tree = self.desk.checked(match[1], at, scope, kind, match.start(1))
            if tree is not None:
                parts.append(tree)
            end = match.end()
        return Says((*parts, text[end:]))


def _is_text(tree: Tree, scope: Scope) -> bool:
    return isinstance(tree, Name) and tree.name in scope.names and scope.names[tree.name].type is TEXT
