"""What is each word of a clause taken for? A name, a condition, points, a side condition, a note or a mark: no gaps."""

# ruff: noqa: SIM905  # a list of words

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from lark import Token
from lark.lexer import Lexer, LexerThread

from ..methods import Measured
from .lexing import PARTICLES
from .reading import Reading
from .text import plain

_POINTS = frozenset(
    "AWARD RANGE_AWARD FULL FULL_IS ZERO DEDUCT RANGE_DEDUCT SHARE_DEDUCT SHARE_AWARD GAIN RATIO RATIO_OF JUDGED "
    "EVERY_ITEM FLOOR MOST CAP BA AB LISTED SCORE_IS WEIGHT TIMES".split()
)
_MARKS = frozenset(["COMMA", "STOP", "PAREN", "MARK", "MINUS"])


@dataclass(frozen=True, slots=True)
class Word:
    """Words of one role, as written.

    `role`: `name` (of what is measured), `item` (what a person judges), `condition`, `points`, `side-condition`,
    `note`, `mark` (punctuation, and particles such as 的).
    """

    role: str
    start: int
    end: int


def roles(reading: Reading, phrases: Lexer) -> tuple[Word, ...]:
    """Every word of the clause in turn; blanks and quotation marks belong to the word before them."""
    folded = plain(reading.text)
    named = "name" if isinstance(reading.method, Measured) else "item"
    found: list[str] = []
    told = LexerThread.from_text(phrases, folded.text)
    for token in told.lex(None):  # type: ignore[no-untyped-call]
        found += [_role(token, named)] * len(token)
    for place, written in enumerate(folded.places):
        if any(one.start <= written < one.end for one in reading.notes):
            found[place] = "note"
        elif any(one.start <= written < one.end for one in reading.applies):
            found[place] = "side-condition"
    runs = [(role, [place for place, _ in run]) for role, run in groupby(enumerate(found), key=lambda one: one[1])]
    starts = [folded.places[places[0]] for _, places in runs]
    ends = [*starts[1:], len(reading.text)]
    return tuple(Word(role, start, end) for (role, _), start, end in zip(runs, [0, *starts[1:]], ends, strict=True))


def _role(token: Token, named: str) -> str:
    if token.type in _MARKS or token in PARTICLES:
        return "mark"
    if token.type in ("TEXT", "NAME", "DOUBT"):
        return named
    return "note" if token.type == "NOTE" else "points" if token.type in _POINTS else "condition"
