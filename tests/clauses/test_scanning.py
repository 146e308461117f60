"""Does trying only the phrases that may begin with a character find the same phrases as trying all of them?"""

from __future__ import annotations

from re import _parser as expressions

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lark.lexer import BasicLexer, LexerThread

from engine.clauses.reader import _grammar
from engine.clauses.scanning import begins, may_begin
from engine.clauses.text import plain

from .official import OFFICIAL
from .test_edits import PIECES

PARSER = _grammar()
MINE = PARSER.parser.lexer.lexer
ALL = BasicLexer(PARSER.lexer_conf)
PHRASES = st.lists(st.sampled_from(PIECES) | st.sampled_from([one.clause for one in OFFICIAL]), max_size=12)


def _phrases(lexer: object, text: str) -> list[tuple[str, str, int | None, int | None]]:
    found = LexerThread.from_text(lexer, text).lex(None)  # type: ignore[arg-type]
    return [(token.type, str(token), token.start_pos, token.end_pos) for token in found]


@settings(max_examples=300, deadline=None)
@given(PHRASES.map("".join) | st.text(max_size=30))
@example("".join(one.clause for one in OFFICIAL))
def test_same_phrases(text: str) -> None:
    folded = plain(text).text
    assert _phrases(MINE, folded) == _phrases(ALL, folded)


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("(?:则|均)?(?:计|得)分", "则均计得", "分扣1"),
        (r"\d+分", "19８", "分一"),
        (r"(?<!达)(?=得)[^,]", "得,甲", ""),
        ("(?:甲|乙?)丙*丁", "甲乙丙丁", "戊"),
        ("[①-⑳]|[一二]{1,3}", "①⑳一二", "三1"),
        ("每(?=1)", "每", "1"),
    ],
)
def test_what_an_expression_may_begin_with(pattern: str, yes: str, no: str) -> None:
    found = begins(expressions.parse(pattern))
    assert all(may_begin(found, char) for char in yes)
    assert not any(may_begin(found, char) for char in no)
