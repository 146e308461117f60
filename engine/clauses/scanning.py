"""Which phrase begins here? Each character tries only the phrases that may begin with it, in order of priority.

Lark's own lexer tries all phrases at every place, which takes most of the time of reading. What a phrase may begin
with is worked out from its expression, never stated twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from re import _constants as ops
from re import _parser as expressions
from typing import Any

from lark import Token, UnexpectedCharacters
from lark.common import LexerConf
from lark.lexer import Lexer, LexerState

Phrase = tuple[str, Callable[[str, int], re.Match[str] | None]]
"""A kind of phrase, and what finds one at a place of a text."""
_DIGIT, _ANYTHING, _NOTHING = "digit", "anything", ""
"""Beside characters: any digit, anything at all, and that it may be empty, so that what follows it may begin."""
_LONG = 64
"""A range of more characters than this counts as anything."""


def begins(parsed: Any) -> set[str]:
    """What a parsed expression may begin with. Too much is only slower; too little would lose a phrase."""
    found: set[str] = set()
    for op, argument in parsed:
        part = _begins(op, argument)
        found |= part - {_NOTHING}
        if _NOTHING not in part:
            return found
    return found | {_NOTHING}


def _begins(op: Any, argument: Any) -> set[str]:
    if op is ops.LITERAL:
        return {chr(argument)}
    if op is ops.RANGE and argument[1] - argument[0] < _LONG:
        return set(map(chr, range(argument[0], argument[1] + 1)))
    if op is ops.CATEGORY and argument is ops.CATEGORY_DIGIT:
        return {_DIGIT}
    if op is ops.IN:
        return set().union(*(_begins(*member) for member in argument))
    if op is ops.BRANCH:
        return set().union(*map(begins, argument[1]))
    if op is ops.SUBPATTERN:
        return begins(argument[3])
    if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
        return {_NOTHING}
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        return begins(argument[2]) | ({_NOTHING} if argument[0] == 0 else set())
    return {_ANYTHING}


def may_begin(found: set[str], char: str) -> bool:
    """May an expression that begins so begin with `char`?"""
    return char in found or _ANYTHING in found or (_DIGIT in found and char.isdecimal())


class Phrases(Lexer):
    """Lark's hook for a lexer: a stream of phrases with their places."""

    __future_interface__ = 2

    def __init__(self, conf: LexerConf) -> None:
        ordered = sorted(
            conf.terminals,
            key=lambda one: (-one.priority, -one.pattern.max_width, -len(one.pattern.value), one.name),
        )
        self.phrases = [(one.name, one.pattern.to_regexp()) for one in ordered]
        self.begin = [begins(expressions.parse(pattern)) for _, pattern in self.phrases]
        self.made: dict[str, Phrase] = {}
        self.at: dict[str, tuple[Phrase, ...]] = {}

    def lex(self, lexer_state: LexerState, parser_state: Any) -> Iterator[Token]:
        """Yield the phrases of the whole text in turn."""
        text = lexer_state.text.text
        place, end, at = 0, len(text), self.at
        while place < end:
            char = text[place]
            for name, match in at.get(char) or self._beginning(char):  # noqa: B007  # the phrase found
                found = match(text, place)
                if found is not None:
                    break
            else:
                raise UnexpectedCharacters(text, place, 1, place)  # type: ignore[no-untyped-call]
            after = found.end()
            yield Token(name, text[place:after], place, 1, 1, 1, 1, after)
            place = after

    def _beginning(self, char: str) -> tuple[Phrase, ...]:
        """The phrases that may begin with `char`; each is made ready when it is first asked for."""
        found = [phrase for phrase, one in zip(self.phrases, self.begin, strict=True) if may_begin(one, char)]
        for name, pattern in found:
            if name not in self.made:
                self.made[name] = name, re.compile(pattern).match
        self.at[char] = tuple(self.made[name] for name, _ in found)
        return self.at[char]
