"""How does a rule file become a rule set and its plan? Joined with its parts, and brought to the present spelling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..planning.plan import Plan
from ..planning.planner import plan
from ..rules.ruleset import RuleSet
from ..values.problems import Problem, Refused, nearest
from . import keeping
from .document import Document, plain, read_exactly, read_text, survey
from .library import digest, name_of, part_files, ruleset_files
from .migrating import Migrated, completed, kind_of, migrated, modern
from .models import attempted, validated
from .parts import joined

_EXPRESSIONS = frozenset({"formula", "when", "applies", "says", "clause", "measure", "holds"})
"""Texts in a language of ours: quoted or in a block, so that `#`, `: ` and `{` in them are theirs."""


def load_plan(path: Path) -> Plan:
    """The plan of a rule file. Raises `Refused` with every problem at once."""
    return load_rules(path)[0]


def load_rules(path: Path) -> tuple[Plan, Document]:
    """The plan of a rule file, with the places in it. Raises `Refused` with every problem at once."""
    keeping.begin()
    document = completed(rule_document(path))
    ruleset, problems = attempted(document, RuleSet)
    problems += [Problem("bare-expression", source) for source in document.unquoted(_EXPRESSIONS)]
    if ruleset is None or document.problems:  # of two equal keys neither is taken: nothing can be planned on them
        raise Refused(problems)
    try:
        made = plan(ruleset, document.place, digest(ruleset))
    except Refused as refused:
        raise Refused([*problems, *refused.problems]) from None
    if problems:
        raise Refused(problems)
    return made, document


def read_all() -> Iterator[RuleSet]:
    """Every bundled rule set, read but not planned."""
    for path in ruleset_files():
        yield validated(rule_document(path), RuleSet)


def rule_document(path: Path) -> Document:
    """A rule file with the parts it includes: those of the folder `shared` beside it, else those bundled."""
    known = part_files(path)

    def part(name: str) -> Document | str:
        return _surveyed(known[name]) if name in known else nearest(name, known)

    return joined(_surveyed(path), part)


def _surveyed(path: Path) -> Document:
    """A file in the present spelling, whichever it is written in."""
    name = name_of(path)
    return modern(survey(read_text(path, name), name))


def brought_up(path: Path) -> Migrated:
    """The text of a rule file, shared part, submission or review in the present spelling. Raises `Refused`."""
    name = name_of(path)
    text = read_exactly(path, name)
    document = survey(plain(text), name)
    whole = rule_document(path) if kind_of(document) == "ruleset" else document
    return migrated(text, name, whole)
