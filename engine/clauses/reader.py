"""How does a clause become a reading, and a method a clause? Fold, parse (`grammar.py`), assemble; never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import TypeVar

from lark import Lark, UnexpectedInput
from lark.lexer import Lexer

from ..expressions.parsers import parser
from ..methods import AnyMethod, Checklist, Deductions, External, Outcomes
from ..methods.method import Unwritable
from . import lexicon
from .assemble import assembled
from .grammar import GRAMMAR
from .lexing import Sentences
from .parts import Parts
from .reading import ClauseUnreadable, Note, OpenChoice, Part, Reading, SideCondition
from .roles import Word, roles
from .scanning import Phrases
from .statements import Statement
from .text import Plain, plain

P = TypeVar("P", OpenChoice, Part, SideCondition, Note)
LONGEST = 2000
"""Characters in one clause; official ones stay below 300."""


def _expanded(text: str) -> str:
    """The grammar with its shorthands ‹X› put in; each may use those that come after it in the list or before."""
    short = dict(re.findall(r"^//: (\w) = (.*)$", text, re.M))
    phrases = text[text.index("\nBASE.") :]
    held = {char for char in phrases + "".join([*short.values(), *lexicon.BEGINNINGS]) if not char.isascii()}
    short |= lexicon.shorthands()
    short["S"] = "[^\\x00-\\x7f①-⑳" + "".join(sorted(held - {"‹", "›"})) + "]+"
    while found := set(re.findall("‹(\\w)›", text)):
        for name in found:
            text = text.replace(f"‹{name}›", short[name])
    return text


@cache
def _grammar() -> Lark:
    return parser("clauses", _expanded(GRAMMAR), lexer=Phrases, postlex=Sentences(), transformer=Parts())


def _statements(folded: Plain) -> list[Statement]:
    try:
        return _grammar().parse(folded.text)  # type: ignore[return-value]
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        if token is None or token.type == "$END":
            end = len(folded.text.rstrip("。;,\n"))
            last = folded.text[max(end - 8, 0) : end]
            raise ClauseUnreadable("clause-unfinished", max(end - 1, 0), max(end, 1), {"found": last}) from None
        start, end = token.start_pos or 0, token.end_pos or 0
        code = lexicon.problem(str(token)) if token.type == "DOUBT" else "clause-unreadable"
        raise ClauseUnreadable(code, start, end, {"found": str(token)}) from None


def read(text: str, points: Fraction, choose: Mapping[str, str] | None = None) -> Reading:
    """The reading of `text` for a criterion of `points` full points; `choose` names open choices by their values.

    Raises `ClauseUnreadable` with the span of the words at fault, in `text` as given, never anything else.
    """
    if len(text) > LONGEST:
        raise ClauseUnreadable("too-long", LONGEST, len(text), {"limit": str(LONGEST)})
    reading = _read(text, points, choose or {})
    if isinstance(reading.method, Checklist | Outcomes | Deductions | External):
        _names_are_names(reading)
    return reading


def write(method: AnyMethod, full: Fraction, applies: Iterable[SideCondition] = ()) -> str:
    """A clause that reads back as `method` at `full` points. Raises `Unwritable`."""
    return "；".join([*method.clause(full), *(one.text for one in applies)]) + "。"


def taken_for(reading: Reading) -> tuple[Word, ...]:
    """What each word of the clause was taken for."""
    lexer: Lexer = _grammar().parser.lexer.lexer
    return roles(reading, lexer)


def _names_are_names(reading: Reading) -> None:
    """A listed name that holds words of a rule would say something else when written alone: it is refused."""
    try:
        same = _read(write(reading.method, reading.points), reading.points, {}).method == reading.method
    except (ClauseUnreadable, Unwritable):
        same = False
    if not same:
        listed = [part for part in reading.spans if part.name.startswith(("item", "fault", "formula"))]
        start, end = min(part.start for part in listed), max(part.end for part in listed)
        raise ClauseUnreadable("clause-unreadable", start, end, {"found": reading.text[start:end]})


def _read(text: str, points: Fraction, choose: Mapping[str, str]) -> Reading:
    folded = plain(text)
    try:
        for place, char in enumerate(folded.text):
            if char.isdecimal() and not char.isascii():  # ٥ is no figure that an official writes
                raise ClauseUnreadable("clause-unreadable", place, place + 1)
        if not folded.text.strip("。;,\n"):
            raise ClauseUnreadable("clause-without-rule", 0, len(folded.text))
        reading = assembled(folded.text, _statements(folded), points, choose)
    except ClauseUnreadable as error:
        start, end = folded.span(error.start, error.end)
        facts = {**error.facts, "found": error.facts.get("found") or text[start:end]}
        raise ClauseUnreadable(error.code, start, end, facts) from None
    return replace(
        reading,
        text=text,
        open=_placed(reading.open, text, folded),
        spans=_placed(reading.spans, text, folded),
        applies=_placed(reading.applies, text, folded),
        notes=_placed(reading.notes, text, folded),
    )


def _placed(found: Iterable[P], text: str, folded: Plain) -> tuple[P, ...]:
    """Spans of the folded text become spans of the text as written, and quoted words are quoted from there."""
    placed: list[P] = []
    for one in found:
        start, end = folded.span(one.start, one.end)
        if isinstance(one, SideCondition | Note):
            one = replace(one, text=text[start:end])
        placed.append(replace(one, start=start, end=end))
    return tuple(placed)
