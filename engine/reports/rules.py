"""How is a rule set shown? The list of them, one as a table, and what checking and testing found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ..expressions.tree import canonical
from ..methods import AnyMethod, Indicators, Levels
from ..planning.plan import Leaf, Plan
from ..rules.letters import Letters
from ..rules.ruleset import RuleSet
from ..values.exact import written
from ..wording import Lang, phrase, said
from ..wording.visible import folded, visible
from .sheet import Cell, Column, Line, Part, Sheet, Table


def trust(ruleset: RuleSet, lang: Lang) -> str:
    """A mark for rules whose authority nobody read in the document itself."""
    return "" if ruleset.verified else phrase("not-verified", lang)


def listed(rulesets: Iterable[RuleSet], lang: Lang) -> Sheet:
    """One row a rule set."""
    heads = ("head-id", "head-edition", "head-title", "head-judges", "head-complete", "head-verified")
    yes, no = phrase("yes", lang), phrase("no", lang)
    rows = tuple(
        (
            Cell(rules.ruleset),
            Cell(rules.edition),
            Cell(rules.title),
            Cell(" · ".join(phrase(f"judges-{kind}", lang) for kind in rules.judges)),
            Cell(yes if rules.complete else no),
            Cell(yes if rules.verified else no),
        )
        for rules in rulesets
    )
    return (Table(tuple(Column(phrase(head, lang)) for head in heads), rows),)


def checked(name: str, plan: Plan, lang: Lang) -> str:
    """That nothing is wrong with a rule set, and how much of it was checked."""
    unread = sum(bool(leaf.spec.clause) and not leaf.checked for leaf in plan.leaves)
    all_checked = "clauses-checked" if any(leaf.spec.clause for leaf in plan.leaves) else "clauses-none"
    clauses = phrase("clauses-unchecked", lang, count=unread) if unread else phrase(all_checked, lang)
    facts = {"criteria": len(plan.leaves), "findings": len(plan.ruleset.findings), "clauses": clauses}
    return visible(phrase("checked", lang, name=name, trust=trust(plan.ruleset, lang), **facts))


def tested(name: str, ruleset: RuleSet, count: int, wrong: int, lang: Lang) -> str:
    """How many examples ran, and how many of them differ."""
    return visible(phrase("tested", lang, name=name, count=count, wrong=wrong, trust=trust(ruleset, lang)))


def untried(name: str, values: Iterable[str], lang: Lang) -> str:
    """Thresholds that no example meets or just misses; without values, a criterion without any example."""
    listed_values = phrase("list", lang).join(values)
    key = "untried" if listed_values else "no-examples"
    return visible(phrase(key, lang, name=name, values=listed_values))


def shown(plan: Plan, lang: Lang) -> Sheet:
    """A rule set as a table."""
    return tuple(_shown(plan, lang))


def _shown(plan: Plan, lang: Lang) -> Iterator[Part]:
    rules, letters = plan.ruleset, plan.ruleset.letters
    yield Line(f"{rules.title}  [{rules.ruleset} {rules.edition}]")
    for authority in rules.authority:
        seen = phrase("verified" if authority.verified else "unverified", lang)
        yield Line(authority.cited + seen, margin="  ")
    policy = rules.policy.model_dump(mode="json", by_alias=True, exclude_none=True)
    if letters is not None:
        policy.pop("rounding", None)
    yield Line(said("choices", "；".join(f"{key}: {_flat(value)}" for key, value in policy.items()), lang))
    if plan.leaves:
        yield _table(plan, lang)
    if rules.grades:
        yield Line(said("grades", "  ".join(f"{band.grade} ≥ {written(band.from_)}" for band in rules.grades), lang))
    if letters is not None:
        yield from _lettering(plan, letters, lang)
    for name, spec in rules.findings.items():
        severe = phrase(f"severity-{spec.severity}", lang)
        named = name + phrase("aside", lang, text=severe)
        yield Line(phrase("said", lang, name=named, text=folded(spec.when)), margin="- ")


def _table(plan: Plan, lang: Lang) -> Table:
    lettered = plan.ruleset.letters is not None
    points = () if lettered else (Column(phrase("head-weight", lang), numeric=True),)
    columns = (
        Column(phrase("head-criterion", lang)),
        *points,
        Column(phrase("head-method", lang)),
        Column(phrase("head-clause", lang)),
    )
    rows = []
    for leaf in plan.leaves:
        weight = () if lettered else (Cell(written(leaf.spec.points)),)
        rows.append((Cell("/".join(leaf.path)), *weight, Cell(_method(leaf)), Cell(folded(leaf.spec.clause))))
    return Table(columns, tuple(rows))


def _lettering(plan: Plan, letters: Letters, lang: Lang) -> Iterator[Line]:
    """The scale, how several letters make one, and the table for it."""
    yield Line(said("letters", _flat(letters.scale), lang))
    wanting = letters.wanting
    facts = {"letter": wanting.letter, "counts": wanting.counts, "none": letters.not_applicable}
    yield Line(phrase("letters-wanting", lang, **facts))
    for path, block in plan.blocks.items():
        how = phrase(block.take, lang, lift=written(letters.lift))
        yield Line(phrase("said", lang, name="/".join(path), text=how))
    for count, row in letters.conversion.items():
        lowest = "  ".join(f"{letter} ≥ {written(least)}" for letter, least in row.items())
        yield Line(phrase("conversion-row", lang, count=count, lowest=lowest))


def _flat(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    return ", ".join(f"{k} {written(v) if isinstance(v, Fraction) else v}" for k, v in value.items())


def _method(leaf: Leaf) -> str:
    method: AnyMethod = leaf.method
    content = method.model_dump(mode="json", by_alias=True, exclude_none=True)
    kind = content.pop("method")
    if isinstance(method, Indicators):
        content = {"level": method.level} if method.level else {}
    if isinstance(method, Levels):
        content = {"of": ", ".join(map(canonical, leaf.trees)), "reached-in": method.reached_in} | {
            level.letter: level.shown() for level in method.levels
        }
        content["otherwise"] = method.otherwise
    kept = ("applies", "not-applicable", "editable")
    spec = leaf.spec.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    settled = [*content.items(), *((key, spec[key]) for key in kept if key in spec)]
    return (f"{kind}: " + "; ".join(f"{key} {_listed(value)}" for key, value in settled)).removesuffix(": ")


def _listed(value: object) -> str:
    return " | ".join(map(_flat, value)) if isinstance(value, list) else _flat(value)
