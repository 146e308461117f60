"""How does text become a tree? A Lark grammar (`grammar.py`), with limits that hostile text can't pass."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
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
_KEPT = re.compile(r'`[^`\n]*`|"[^"\n]*"|\[[^\[\]\n]*\]|.', re.DOTALL)
"""Names, texts and paths keep their marks as written; elsewhere full-width marks read as the plain ones."""


class Unreadable(Exception):
    """No expression. `code` names the state found; `start`–`end` is where; `facts` fill its sentence."""

    def __init__(self, code: str, start: int, end: int, **facts: str) -> None:
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


@v_args(meta=True)
class _Build(Transformer[Token, Tree]):
    """One method for each rule of the grammar."""

    def _made(self, tree: Tree, meta: Any) -> Tree:
        return replace(tree, span=Span(meta.start_pos, meta.end_pos))

    def literal(self, meta: Any, parts: list[Token]) -> Tree:
        text = str(parts[0])
        number = re.match(r"[0-9.]+", text).group()  # type: ignore[union-attr]
        try:
            value = decimal(number)
        except NotExact:
            raise Unreadable("not-exact", meta.start_pos, meta.end_pos, found=number) from None
        return self._made(Literal(value, text[len(number) :]), meta)

    def text(self, meta: Any, parts: list[Token]) -> Tree:
        return self._made(Text(str(parts[0])[1:-1]), meta)

    def name(self, meta: Any, parts: list[Token]) -> Tree:
        return self._made(Name(str(parts[0]).strip("`")), meta)

    def path(self, _meta: Any, parts: list[Token]) -> _Path:
        text = str(parts[0])[1:-1]
        start = (parts[0].start_pos or 0) + 1 + len(text) - len(text.lstrip())
        steps = tuple(step.strip() for step in text.split("/"))
        if not all(steps):
            raise Unreadable("unfinished", start, start + max(1, len(text.strip())))
        return _Path(steps, Span(start, start + len(text.strip())))

    def select(self, meta: Any, parts: list[Any]) -> Tree:
        table, path, *fld = parts
        return self._made(Select(str(table), path.steps, str(fld[0])[1:].strip() if fld else "", at=path.span), meta)

    def negative(self, meta: Any, parts: list[Any]) -> Tree:
        return self._made(Negative(parts[1]), meta)

    def arithmetic(self, meta: Any, parts: list[Any]) -> Tree:
        left, operator, right = parts
        operator = _SAME.get(str(operator), str(operator))
        return self._made(Arithmetic(operator, left, right), meta)

    def compare(self, meta: Any, parts: list[Any]) -> Tree:
        left, operator, right = parts
        operator = _SAME.get(str(operator), str(operator))
        return self._made(Compare(operator, left, right), meta)

    def is_(self, meta: Any, parts: list[Any]) -> Tree:
        return self._made(Is(parts[0], State(str(parts[1]))), meta)

    def not_(self, meta: Any, parts: list[Any]) -> Tree:
        return self._made(Not(parts[0]), meta)

    def and_(self, meta: Any, parts: list[Any]) -> Tree:
        return self._made(Logic("and", *parts), meta)

    def or_(self, meta: Any, parts: list[Any]) -> Tree:
        return self._made(Logic("or", *parts), meta)

    def call(self, meta: Any, parts: list[Any]) -> Tree:
        function, *arguments = parts
        wanted = _ARGUMENTS.get(str(function))
        if len(arguments) < 2 if wanted is None else len(arguments) != wanted:
            raise Unreadable("wrong-arguments", meta.start_pos, meta.end_pos, function=str(function))
        return self._made(Call(str(function), tuple(arguments)), meta)

    def rows(self, _meta: Any, parts: list[Any]) -> tuple[str, tuple[str, ...], Tree | None, Span]:
        table, *rest = parts
        path = next((part.steps for part in rest if isinstance(part, _Path)), ())
        where = next((part for part in rest if not isinstance(part, _Path)), None)
        return str(table), path, where, Span(table.start_pos, table.end_pos)

    def aggregate(self, meta: Any, parts: list[Any]) -> Tree:
        function, value, (table, path, where, at) = parts
        if str(function) == "abs":
            raise Unreadable("wrong-arguments", meta.start_pos, meta.end_pos, function="abs")
        return self._made(Aggregate(str(function), value, table, path, where, at=at), meta)

    def count(self, meta: Any, parts: list[Any]) -> Tree:
        ((table, path, where, at),) = parts
        return self._made(Aggregate("count", None, table, path, where, at=at), meta)


@cache
def _grammar() -> Lark:
    return parser("expressions", GRAMMAR, lexer="basic", propagate_positions=True)


def read(text: str) -> Tree:
    """The tree of `text`. Raises `Unreadable` with the span of the offending part, never anything else."""
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
