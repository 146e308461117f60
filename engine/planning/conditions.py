"""Which conditions become rules of inference, and which sentences are said where they hold?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..expressions.symbols import INDICATORS, TEXT, NumberType, TextType, TruthType, Type
from ..expressions.tree import Name, Tree
from ..expressions.types import Scope
from ..inference.program import Cyclic, Program, Rule, program
from ..rules.findings import CapSpec, FindingSpec, RemarkSpec
from ..values.problems import At, nearest
from .desk import Desk
from .plan import Finding, Leaf, Says


class Conditions:
    """The flags, findings, caps and remarks of a rule set."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def _rule(self, name: str, at: At, text: str, scope: Scope, per_row: bool) -> list[Rule]:
        tree = self.desk.checked(text, at, scope.within_row() if per_row else scope, TruthType)
        return [] if tree is None else [Rule(name, tree, per_row)]

    def flag_rules(self, scope: Scope, leaves: list[Leaf]) -> list[Rule]:
        """Flags, and the conditions under which criteria apply, or have all their points."""
        rules: list[Rule] = []
        for name, spec in self.desk.ruleset.flags.items():
            rules += self._rule(name, ("flags", name, "when"), spec.when, scope, spec.for_ is not None)
        for leaf in leaves:
            if leaf.applies:
                rules += self._rule(leaf.applies, (*leaf.at, "applies"), leaf.spec.applies, scope, False)
            if leaf.holds is not None:
                rules.append(Rule(leaf.holds_rule, leaf.holds, False))
        return rules

    def finding_rules(self, scope: Scope) -> list[Rule]:
        """When each finding is raised."""
        rules: list[Rule] = []
        for name, spec in self.desk.ruleset.findings.items():
            rules += self._rule(name, ("findings", name, "when"), spec.when, scope, spec.for_ is not None)
            self._cited("findings", name, spec)
        return rules

    def _cited(self, section: str, name: str, spec: FindingSpec | CapSpec) -> None:
        """No invented citations, and none left out."""
        if spec.ground == "regulation" and spec.authority is None:
            self.desk.problem("ground-without-authority", (section, name, "ground"), name=name)

    def cap_rules(self, scope: Scope) -> list[Rule]:
        """When each cap holds."""
        rules: list[Rule] = []
        grades = [band.grade for band in self.desk.ruleset.grades]
        for name, spec in self.desk.ruleset.caps.items():
            rules += self._rule(name, ("caps", name, "when"), spec.when, scope, False)
            self._cited("caps", name, spec)
            if (spec.total is None) == (not spec.grade):
                self.desk.problem("cap-of-one", ("caps", name), on_key=True, name=name)
            elif spec.grade and spec.grade not in grades:
                near = nearest(spec.grade, grades)
                self.desk.problem("unknown-grade", ("caps", name, "grade"), near, name=spec.grade)
        return rules

    def remark_rules(self, scope: Scope) -> list[Rule]:
        """When each remark is made."""
        rules: list[Rule] = []
        for name, spec in self.desk.ruleset.remarks.items():
            rules += self._rule(name, ("remarks", name, "when"), spec.when, scope, False)
        return rules

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
        said: dict[str, Finding] = {}
        specs: list[tuple[str, str, FindingSpec | RemarkSpec, Scope]] = [
            *(("findings", name, spec, after) for name, spec in self.desk.ruleset.findings.items()),
            *(("remarks", name, remark, last) for name, remark in self.desk.ruleset.remarks.items()),
        ]
        for section, name, spec, scope in specs:
            per_row = isinstance(spec, FindingSpec) and spec.for_ is not None
            scope = scope.within_row() if per_row else scope
            says = self._sentence(spec.says, (section, name, "says"), scope)
            stated = spec.evidence if isinstance(spec, FindingSpec) else ()
            evidence = [
                tree
                for number, text in enumerate(stated)
                if (tree := self.desk.checked(text, (section, name, "evidence", number), scope, NumberType)) is not None
            ]
            evidence = evidence or [part for part in says.parts if not isinstance(part, str)]
            source = str(self.desk.place((section, name), key=True))
            said[name] = Finding(name, spec, says, tuple(evidence), per_row, source)
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
