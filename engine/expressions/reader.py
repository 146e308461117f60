"""How does text become a tree? A Lark grammar (`grammar.py`), with limits that hostile text can't pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark import Tree as ParseTree
from lark.exceptions import VisitError

from ..values.exact import NotExact, decimal
from .grammar import GRAMMAR
from .parsers import parser
from .tree import (
    Aggregate,
    Arithmetic,
    Call,
    Compare,
    Is,
    Literal,
    Logic,
    Name,
    Negative,
    Not,
    Select,
    Span,
    State,
    Text,
    Tree,
)

LONGEST = 2000
"""Characters in one expression; official formulas stay below 200."""
DEEPEST = 60
"""Trees nested in each other; more is refused before anything recurses."""

_SAME = {"==": "=", "≤": "<=", "≦": "<=", "≥": ">=", "≧": ">=", "≠": "!=", "＜": "<", "＞": ">", "＝": "="}
_SAME |= {"＋": "+", "−": "-", "－": "-", "×": "*", "÷": "/"}
_ARGUMENTS = {"abs": 1, "days": 2, "workdays": 2}
"""How many; of `min` and `max`, two or more."""
_MARKS = str.maketrans("（），％", "(),%")
_KEPT = re.compile(r'`[^`\n]*`|"[^"\n]*"|\[[^\[\]\n]*\]|[（），％]')
"""Names, texts and paths keep their marks as written; elsewhere full-width marks read as the plain ones."""


class Unreadable(Exception):
    """No expression. `code` names the state found; `start`–`end` is where; `facts` fill its sentence.

    While a tree is built, a problem without a place is one of the whole part being made.
    """

    def __init__(self, code: str, start: int = 0, end: int = 0, **facts: str) -> None:
        super().__init__(code)
        self.code, self.start, self.end, self.facts = code, start, end, facts


def _bounded(parsed: ParseTree[Token]) -> ParseTree[Token]:
    """The same parse, refused where it nests too deep; walked without recursion."""
    level, depth = [parsed], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Unreadable("too-deep", level[0].meta.start_pos, level[0].meta.end_pos, limit=str(DEEPEST))
        level = [child for tree in level for child in tree.children if isinstance(child, ParseTree)]
    return parsed


class _Path(NamedTuple):
    steps: tuple[str, ...]
    span: Span


def _placed(make: Callable[..., Any], _rule: str, parts: list[Any], meta: Any) -> Any:
    """What a rule makes of its parts; a tree knows where it stands."""
    try:
        made = make(*parts)
    except Unreadable as error:
        if not error.end:
            error.start, error.end = meta.start_pos, meta.end_pos
        raise
    return made if isinstance(made, _Path) else replace(made, span=Span(meta.start_pos, meta.end_pos))


def _sign(token: Token) -> str:
    return _SAME.get(str(token), str(token))


@v_args(wrapper=_placed)
class _Build(Transformer[Token, Tree]):
    """One method for each rule of the grammar."""

    not_, and_, or_ = Not, partial(Logic, "and"), partial(Logic, "or")

    def literal(self, token: Token) -> Tree:
        number = re.match(r"[0-9.]+", token).group()  # type: ignore[union-attr]
        try:
            return Literal(decimal(number), token[len(number) :])
        except NotExact:
            raise Unreadable("not-exact", found=number) from None

    def text(self, token: Token) -> Tree:
        return Text(token[1:-1])

    def name(self, token: Token) -> Tree:
        return Name(token.strip("`"))

    def path(self, token: Token) -> _Path:
        text = token[1:-1]
        start = (token.start_pos or 0) + 1 + len(text) - len(text.lstrip())
        steps = tuple(step.strip() for step in text.split("/"))
        if not all(steps):
            raise Unreadable("unfinished", start, start + max(1, len(text.strip())))
        return _Path(steps, Span(start, start + len(text.strip())))

    def select(self, table: Token, path: _Path, field: str = ".") -> Tree:
        return Select(str(table), path.steps, field[1:].strip(), at=path.span)

    def negative(self, _minus: Token, operand: Tree) -> Tree:
        return Negative(operand)

    def arithmetic(self, left: Tree, sign: Token, right: Tree) -> Tree:
        return Arithmetic(_sign(sign), left, right)

    def compare(self, left: Tree, sign: Token, right: Tree) -> Tree:
        return Compare(_sign(sign), left, right)

    def is_(self, operand: Tree, state: Token) -> Tree:
        return Is(operand, State(str(state)))

    def call(self, function: Token, *arguments: Tree) -> Tree:
        wanted = _ARGUMENTS.get(function)
        if len(arguments) < 2 if wanted is None else len(arguments) != wanted:
            raise Unreadable("wrong-arguments", function=str(function))
        return Call(str(function), arguments)

    def rows(self, table: Token, *rest: Any) -> Aggregate:
        path = next((part.steps for part in rest if isinstance(part, _Path)), ())
        where = next((part for part in rest if not isinstance(part, _Path)), None)
        return Aggregate("count", None, str(table), path, where, at=Span(table.start_pos or 0, table.end_pos or 0))

    def count(self, rows: Aggregate) -> Tree:
        return rows

    def aggregate(self, function: Token, value: Tree, rows: Aggregate) -> Tree:
        if function == "abs":
            raise Unreadable("wrong-arguments", function="abs")
        return replace(rows, function=str(function), value=value)


@cache
def _grammar() -> Lark:
    return parser("expressions", GRAMMAR, lexer="basic", propagate_positions=True)


@lru_cache(maxsize=4096)
def read(text: str) -> Tree:
    """The tree of `text`, kept, as rules say the same in several places.

    Raises `Unreadable` with the span of the offending part, never anything else.
    """
    if len(text) > LONGEST:
        raise Unreadable("too-long", 0, 1, limit=str(LONGEST))
    plain = _KEPT.sub(lambda part: part[0] if len(part[0]) > 1 else part[0].translate(_MARKS), text)
    try:
        return _Build().transform(_bounded(_grammar().parse(plain)))
    except VisitError as error:
        if isinstance(error.orig_exc, Unreadable):
            raise error.orig_exc from None
        raise
    except UnexpectedInput as error:
        start = getattr(error, "pos_in_stream", None)
        token = getattr(error, "token", None)
        if start is None or start < 0 or (token is not None and token.type == "$END"):
            start = len(text.rstrip())
            raise Unreadable("unfinished", max(start - 1, 0), max(start, 1)) from None
        width = len(_word(str(token))) if token is not None else 1
        raise Unreadable("unexpected", start, start + width, found=text[start : start + width]) from None


def _word(token: str) -> str:
    """What is meant of a token nobody expected: its first word or mark. (A path is all up to the next bracket.)"""
    match = re.match(r"\w+|`[^`]*`|\"[^\"]*\"|[<>=!]=|.", token)
    return match.group() if match else token[:1]
