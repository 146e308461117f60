"""What is a formula or condition, once read? One frozen tree, and the canonical text it prints back as."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from ..values.exact import written
from ..values.units import unit_word


class State(Enum):
    """What may be asked of a value by name: `x is unknown`."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    UNDEFINED = "undefined"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Span:
    """Start and end offset in the text; it takes no part in equality, so equal meaning is equal trees."""

    start: int = 0
    end: int = 0


def _span() -> Span:
    return field(default=Span(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Literal:
    """A number with the unit word written behind it (`""`, `%`, `万元`, `台`); value in that word."""

    value: Fraction
    word: str = ""
    span: Span = _span()
    base: Fraction = field(init=False, compare=False, repr=False)
    """In the base unit."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "base", self.value * unit_word(self.word).scale)


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text, to compare a text field with."""

    value: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Name:
    """A figure, measure, flag, finding, or the field of a row where rows are walked."""

    name: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Select:
    """`table[path].field`, or `table[path]` where the table has one value a key (`points[过程]`)."""

    table: str
    path: tuple[str, ...]
    field: str
    span: Span = _span()
    at: Span = _span()
    """Where the path stands."""


@dataclass(frozen=True, slots=True)
class Negative:
    """Arithmetic minus."""

    operand: Tree
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+ - * /`."""

    operator: str
    left: Tree
    right: Tree
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Compare:
    """`< <= > >= = !=`."""

    operator: str
    left: Tree
    right: Tree
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Is:
    """`x is unknown` and its three siblings: always a plain yes or no."""

    operand: Tree
    state: State
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Not:
    """Kleene not."""

    operand: Tree
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Logic:
    """Kleene `and`, `or`."""

    operator: str
    left: Tree
    right: Tree
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Call:
    """`min(a, b, …)`, `max(a, b, …)`, `abs(a)` of values; `days(from, to)` and `workdays(from, to)` of dates."""

    function: str
    arguments: tuple[Tree, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`sum(value for table where condition)`; `count` has no value. `path` walks the parts of one line."""

    function: str
    value: Tree | None
    table: str
    path: tuple[str, ...]
    where: Tree | None
    span: Span = _span()
    at: Span = _span()
    """Where the table stands."""


Tree = Literal | Text | Name | Select | Negative | Arithmetic | Compare | Is | Not | Logic | Call | Aggregate


def children(tree: Tree) -> tuple[Tree, ...]:
    """The trees directly below."""
    match tree:
        case Negative(operand=o) | Not(operand=o) | Is(operand=o):
            return (o,)
        case Arithmetic(left=a, right=b) | Compare(left=a, right=b) | Logic(left=a, right=b):
            return (a, b)
        case Call(arguments=arguments):
            return arguments
        case Aggregate(value=value, where=where):
            return tuple(part for part in (value, where) if part is not None)
        case _:
            return ()


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and all below it, from the left."""
    yield tree
    for child in children(tree):
        yield from walk(child)


def outer(tree: Tree) -> Iterator[Tree]:
    """The tree and what is below it, but not inside its aggregates: those speak of their own rows."""
    yield tree
    if not isinstance(tree, Aggregate):
        for child in children(tree):
            yield from outer(child)


_BINDING = {"or": 1, "and": 2, "not": 3, "compare": 4, "+": 5, "-": 5, "*": 6, "/": 6, "negative": 7, "atom": 8}


def _binding(tree: Tree) -> int:
    match tree:
        case Logic(operator=o) | Arithmetic(operator=o):
            return _BINDING[o]
        case Not():
            return _BINDING["not"]
        case Compare() | Is():
            return _BINDING["compare"]
        case Negative():
            return _BINDING["negative"]
        case _:
            return _BINDING["atom"]


KEYWORDS = frozenset(
    "and or not for where is min max abs days workdays sum any every count known unknown undefined".split()  # noqa: SIM905
)
TABLES = frozenset(["spending", "payments", "indicators", "statements", "stated", "points", "full"])
_BARE = re.compile(r"[^\W\d]\w*")


def bare(name: str) -> bool:
    """Can the name stand without backticks?"""
    return bool(_BARE.fullmatch(name)) and name not in KEYWORDS and name not in TABLES


@lru_cache(maxsize=4096)
def quoted(name: str) -> str:
    """The name as the language writes it: bare where it can be, else in backticks."""
    return name if bare(name) else f"`{name}`"


def path_text(path: tuple[str, ...]) -> str:
    """A path inside brackets, its steps joined by `/`."""
    return "/".join(path)


Leaf = Callable[[Tree], str | None]


def canonical(tree: Tree, leaf: Leaf | None = None) -> str:
    """The one text of this tree: reading it gives the same tree. `leaf` may write parts of it otherwise."""
    otherwise = leaf(tree) if leaf is not None else None
    return _text(tree, leaf) if otherwise is None else otherwise


def _within(part: Tree, least: int, leaf: Leaf | None) -> str:
    text = canonical(part, leaf)
    return text if _binding(part) >= least else f"({text})"


def _text(tree: Tree, leaf: Leaf | None) -> str:
    match tree:
        case Literal(value=value, word=word):
            return f"{written(value)}{word}"
        case Text(value=value):
            return f'"{value}"'
        case Name(name=name):
            return quoted(name)
        case Select(table=table, path=path, field=fld):
            return f"{table}[{path_text(path)}]" + (f".{fld}" if fld else "")
        case Negative(operand=operand):
            return f"-{_within(operand, _BINDING['negative'], leaf)}"
        case Arithmetic(operator=o, left=left, right=right) | Logic(operator=o, left=left, right=right):
            return f"{_within(left, _BINDING[o], leaf)} {o} {_within(right, _BINDING[o] + 1, leaf)}"
        case Compare(operator=o, left=left, right=right):
            return f"{_within(left, 5, leaf)} {o} {_within(right, 5, leaf)}"
        case Is(operand=operand, state=state):
            return f"{_within(operand, 5, leaf)} is {state.value}"
        case Not(operand=operand):
            return f"not {_within(operand, _BINDING['not'], leaf)}"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(canonical(argument, leaf) for argument in arguments)})"
        case Aggregate(function=function, value=value, table=table, path=path, where=where):
            what = "" if value is None else f"{canonical(value, leaf)} for "
            rows = table + (f"[{path_text(path)}]" if path else "")
            return f"{function}({what}{rows}{'' if where is None else f' where {canonical(where, leaf)}'})"


def template(tree: Tree) -> tuple[str | Tree, ...]:
    """The canonical text in parts: text, and in their places the names, selections and aggregates whose values can be
    put in.
    """
    places: list[Tree] = []

    def leaf(part: Tree) -> str | None:
        if not isinstance(part, (Name, Select, Aggregate)):
            return None
        places.append(part)
        return "\0"

    texts = canonical(tree, leaf).split("\0")
    mixed: list[str | Tree] = [texts[0]]
    for place, text in zip(places, texts[1:], strict=True):
        mixed += [place, text]
    return tuple(part for part in mixed if part != "")
