"""How are points, grades and findings written in any report? One place for each, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..telling.evaluation import Block, CriterionResult, Evaluation, FindingResult, Score
from ..values.exact import fixed, written
from ..wording import Lang, phrase


def earned(one: CriterionResult | Block | Score, lang: Lang) -> str:
    """The points, or the letter; where they are open, between which they lie."""
    return one.points if one.points is not None else phrase("range", lang, low=one.low, high=one.high)


def points_of(one: CriterionResult | Block | Score, lang: Lang) -> str:
    """The points, or the letter, and what could be had."""
    key = "points-of" if one.of[:1].isdigit() else "letter-of"
    return phrase(key, lang, points=earned(one, lang), of=full(one, lang))


def lost(one: CriterionResult, extra: str, lang: Lang) -> str:
    """What the row loses for sure, and whether more may be lost. Of a bonus nothing is lost, of a deduction what it
    takes off.
    """
    if extra == "bonus":
        return ""
    sure = Fraction(one.low) if extra else Fraction(one.of) - Fraction(one.high)
    text = _like(one.high, sure) if sure > 0 else ""
    if one.points is not None:
        return text
    return phrase("lost-least", lang, lost=text) if text else phrase("lost-open", lang)


def _like(points: str, value: Fraction) -> str:
    """A value with as many decimals as the points beside it, where that is exact."""
    text = fixed(value, len(points.partition(".")[2]))
    return text if Fraction(text) == value else written(value)


def graded(evaluation: Evaluation, lang: Lang) -> str:
    """The grade, or those that are left; nothing where there is none."""
    if len(evaluation.grades) < 2:
        return "".join(evaluation.grades)
    return phrase("grade-open", lang, grades=one_of(evaluation.grades, lang))


def one_of(names: Sequence[str], lang: Lang) -> str:
    """Names of which one holds."""
    *before, last = names
    return phrase("list", lang).join(before) + (phrase("last-of-list", lang) if before else "") + last


def named(path: Sequence[str]) -> str:
    """A criterion or block, as reports name it by its path."""
    return "/".join(path)


def full(one: CriterionResult | Block | Score, lang: Lang) -> str:
    """What could be had; where that is open, between what it lies."""
    return one.of if one.of_low is None else phrase("range", lang, low=one.of_low, high=one.of)


def lettered(evaluation: Evaluation) -> str:
    """The blocks with their letters, where there is no total."""
    return "  ".join(f"{named(one.id)} {one.points or '?'}" for one in evaluation.blocks if len(one.id) == 1)


def severity(finding: FindingResult, lang: Lang) -> str:
    """How severe a finding is; one that is only possible is to be verified first."""
    severe = phrase(f"severity-{finding.severity}", lang)
    if finding.status == "sure":
        return severe
    return phrase("to-verify", lang) + phrase("aside", lang, text=severe)


def grounded(finding: FindingResult, lang: Lang) -> str:
    """What a finding rests on."""
    return " ".join(filter(None, (phrase(f"ground-{finding.ground}", lang), finding.authority)))
