"""How is a letter shown, and why is it this one? How many measures reach its range, and how a block's letter comes from
those of its criteria.
"""

from __future__ import annotations

from fractions import Fraction

from ..algebra.meaning import MEANING, OneNumber, fraction
from ..expressions.tree import canonical
from ..judging.leaves import LeafPoints
from ..judging.letters import Lettered
from ..methods import Levels
from ..methods.levels import Level
from ..planning.plan import Leaf, Path
from ..rules.letters import Letters
from ..values.exact import written
from ..wording import joined, listed, phrase
from .evaluation import Block, Missing
from .explain import Explainer
from .texts import PointTexts
from .words import value_shown


def letter_because(explain: Explainer, one: LeafPoints) -> tuple[str, str]:
    """(because, cause) of a criterion's letter: the measures and the range they reach, and what is wanting."""
    method, letter, lang = one.leaf.method, one.letter, explain.lang
    assert isinstance(method, Levels) and letter is not None
    if letter.outcome == "not-applicable":
        said = phrase("not-applicable-excluded", lang)
        return said, said
    pairs = list(zip(one.leaf.trees, one.measures, strict=True))
    values = listed((f"{canonical(tree)} {value_shown(x, explain.plan.word_of(tree))}" for tree, x in pairs), lang)
    if letter.letter != letter.low or letter.letter != letter.high:
        cause = _wanting(explain, one)
        facts = {"low": letter.low, "high": letter.high, "letter": letter.letter}
        return phrase("levels-wanting", lang, values=values, cause=cause, **facts), cause
    return _reached(explain, method, letter, values, one), ""


def _reached(explain: Explainer, method: Levels, letter: Lettered, values: str, one: LeafPoints) -> str:
    facts = {"values": values, "needed": method.reached_in, "letter": letter.letter, "count": len(one.measures)}
    several = len(one.measures) > 1
    for level in method.levels:
        if level.letter == letter.letter:
            reached = sum(_lies_within(level, one.leaf, measure, explain) for measure in one.measures)
            key = "levels" if several else "levels-one"
            return phrase(key, explain.lang, reached=reached, range=level.shown(), **facts)
    return phrase("levels-otherwise" if several else "levels-none", explain.lang, **facts)


def _lies_within(level: Level, leaf: Leaf, measure: OneNumber, explain: Explainer) -> bool:
    """Is the measure in the range for sure?"""
    letters = _letters(explain)
    alone = Levels(method="levels", levels=(level,), otherwise=letters.worst)
    reached = alone.reached(MEANING, letters.scale, [measure], leaf.zero_base).low
    return reached.known and fraction(reached) == letters.scale[level.letter]


def _wanting(explain: Explainer, one: LeafPoints) -> str:
    """What the measures lack; where they lack nothing, it is not known whether the criterion applies."""
    causes = []
    for tree, measure in zip(one.leaf.trees, one.measures, strict=True):
        if measure.undefined:
            causes.append(phrase("undefined", explain.lang, formula=explain.naming.formula(tree)))
        elif not measure.known:
            causes.append(explain.lacks(tree))
    return joined(dict.fromkeys(causes), explain.lang) or phrase("maybe-applies", explain.lang)


def missing_for_letter(explain: Explainer, one: LeafPoints) -> list[Missing]:
    """The figures, or else the measures, that would settle a letter, and between which it lies."""
    if one.letter is None or one.letter.low == one.letter.high:
        return []
    names: list[str] = []
    for tree, measure in zip(one.leaf.trees, one.measures, strict=True):
        if not measure.known:
            names += explain.naming.lacking(tree) or [canonical(tree)]
    settles = f"{one.letter.low}–{one.letter.high}"
    return [Missing(name=name, criterion=one.leaf.path, settles=settles) for name in dict.fromkeys(names)]


def letter_ends(letter: Lettered) -> PointTexts:
    """A letter where points stand, with those it lies between."""
    return {"points": letter.letter, "low": letter.low, "high": letter.high}


def best_letter(explain: Explainer) -> str:
    """What stands where full points do."""
    return _letters(explain).best


def lettered_blocks(explain: Explainer) -> list[Block]:
    """The blocks at the top of the table, with their letters."""
    return [
        Block(
            id=(name,),
            title=spec.title or name,
            of=best_letter(explain),
            because=_block_because(explain, (name,)),
            **letter_ends(explain.judged.letters[(name,)]),
        )
        for name, spec in explain.plan.ruleset.criteria.items()
        if spec.criteria
    ]


def _block_because(explain: Explainer, path: Path) -> str:
    """How a block's letter comes from those of its criteria."""
    lang, lettered = explain.lang, explain.judged.letters
    block, own = explain.plan.blocks[path], lettered[path]
    parts = [lettered[(*path, name)] for name in block.criteria]
    values = [part.value for part in parts if part.value is not None]
    if own.outcome == "not-applicable":
        return phrase("not-applicable-excluded", lang)
    if own.outcome == "open":
        key = "part-open" if any(part.outcome == "open" for part in parts) else "not-converted"
        return phrase(key, lang, count=len(values))
    if block.take == "conversion":
        total = written(sum(values, Fraction(0)))
        return phrase("converted", lang, count=len(values), sum=total, letter=own.letter)
    key = "weakest-lifted" if own.value != min(values) else "weakest"
    return phrase(key, lang, weakest=_letters(explain).named(min(values)), letter=own.letter)


def _letters(explain: Explainer) -> Letters:
    letters = explain.plan.ruleset.letters
    assert letters is not None
    return letters
