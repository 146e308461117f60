"""A carrier of symbols: wholes, bits and words are expressions, evaluated later at an environment.

Constants are plain Python values and fold, so that `always` and `never` can answer. Any other bit raises on `bool()`,
and any whole on a comparison: what runs here asks nothing by `if`. Both sides of a choice are computed, as they would
be on vectors, so that no branch may divide by 0 that is not taken.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from engine.algebra.meaning import Meaning, Number, Range, TextValue, Truth

WORK: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "&": operator.and_,
    "|": operator.or_,
    "not": operator.not_,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "chosen": lambda bit, yes, no: yes if bit else no,
    "picked": operator.getitem,
}


class Node:
    """An expression: a kind of work and its parts, which are nodes or constants; or the leaf of a name."""

    __slots__ = ("kind", "parts")

    def __init__(self, kind: str, *parts: Any) -> None:
        self.kind, self.parts = kind, parts

    def _asked(self, *_others: object) -> bool:
        raise TypeError("a symbol was asked what it is")

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __index__ = __int__ = _asked  # type: ignore
    __hash__ = object.__hash__

    def __add__(self, other: Any) -> Any:
        return made("+", self, other)

    def __radd__(self, other: Any) -> Any:
        return made("+", other, self)

    def __sub__(self, other: Any) -> Any:
        return made("-", self, other)

    def __rsub__(self, other: Any) -> Any:
        return made("-", other, self)

    def __mul__(self, other: Any) -> Any:
        return made("*", self, other)

    def __rmul__(self, other: Any) -> Any:
        return made("*", other, self)

    def __floordiv__(self, other: Any) -> Any:
        return made("//", self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return made("//", other, self)

    def __and__(self, other: Any) -> Any:
        return made("&", self, other)

    def __or__(self, other: Any) -> Any:
        return made("|", self, other)

    __rand__, __ror__ = __and__, __or__


def made(kind: str, *parts: Any) -> Any:
    """A node, or its value where that is settled already."""
    if not any(isinstance(part, Node) for part in parts):
        return WORK[kind](*parts)
    if kind in ("&", "|"):
        settled, left = kind == "|", [part for part in parts if isinstance(part, Node)]
        if len(left) == 1:
            (constant,) = (part for part in parts if not isinstance(part, Node))
            return settled if constant is settled else left[0]
    if kind == "chosen" and not isinstance(parts[0], Node):
        return parts[1] if parts[0] else parts[2]
    return Node(kind, *parts)


class Symbols:
    """The carrier: see `engine.algebra.carriers.Carrier`."""

    true, false = True, False

    def whole(self, value: int) -> Any:
        return value

    def text(self, value: str) -> Any:
        return value

    def less(self, a: Any, b: Any) -> Any:
        return made("<", a, b)

    def at_most(self, a: Any, b: Any) -> Any:
        return made("<=", a, b)

    def equal(self, a: Any, b: Any) -> Any:
        return made("=", a, b)

    def same(self, a: Any, b: Any) -> Any:
        return made("=", a, b)

    def negated(self, bit: Any) -> Any:
        return made("not", bit)

    def always(self, bit: Any) -> bool:
        return bit is True

    def never(self, bit: Any) -> bool:
        return bit is False

    def chosen(self, bit: Any, yes: Any, no: Any) -> Any:
        return made("chosen", bit, yes, no)

    def lowest(self, n: Any, d: Any) -> tuple[Any, Any]:
        return n, d  # the greatest common divisor of symbols is not cheap

    def picked(self, table: Sequence[int], index: Any) -> Any:
        return made("picked", table, index)


SYMBOLS = Meaning(Symbols())
"""The meaning of the language on symbols."""


# -- evaluating ------------------------------------------------------------------------------------------------------


def values_of(thing: Any, environments: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    """What some nodes, however they are nested, are worth at each environment."""
    order = _ordered(thing)
    for environment in environments:
        worth: dict[int, Any] = {}
        for node in order:
            if node.kind == "leaf":
                worth[id(node)] = environment[node.parts[0]]
            else:
                parts = [worth[id(part)] if isinstance(part, Node) else part for part in node.parts]
                worth[id(node)] = WORK[node.kind](*parts)
        yield _put(thing, worth)


def value_of(thing: Any, environment: Mapping[str, Any]) -> Any:
    """The same at one environment."""
    return next(values_of(thing, [environment]))


def _ordered(thing: Any) -> list[Node]:
    """All nodes below, each after its parts."""
    order: list[Node] = []
    seen: set[int] = set()
    waiting: list[tuple[Node, bool]] = [(node, False) for node in _nodes(thing)]
    while waiting:
        node, done = waiting.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting += [(part, False) for part in node.parts if isinstance(part, Node)]
    return order


def _nodes(thing: Any) -> Iterator[Node]:
    if isinstance(thing, Node):
        yield thing
    elif isinstance(thing, Mapping):
        for part in thing.values():
            yield from _nodes(part)
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from _nodes(part)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _nodes(getattr(thing, field.name))


def _put(thing: Any, worth: Mapping[int, Any]) -> Any:
    if isinstance(thing, Node):
        return worth[id(thing)]
    if isinstance(thing, Mapping):
        return {key: _put(part, worth) for key, part in thing.items()}
    if isinstance(thing, tuple) and hasattr(thing, "_fields"):
        return type(thing)(*(_put(part, worth) for part in thing))
    if isinstance(thing, tuple | list):
        return type(thing)(_put(part, worth) for part in thing)
    if is_dataclass(thing):
        return type(thing)(**{field.name: _put(getattr(thing, field.name), worth) for field in fields(thing)})
    return thing


# -- from values to symbols ------------------------------------------------------------------------------------------


class Lifting:
    """Symbols that stand for values, and the environment in which they are worth these."""

    def __init__(self) -> None:
        self.environment: dict[str, Any] = {}

    def lifted(self, name: str, value: Any, common: int | None = None) -> Any:
        """Leaves in place of all that `value` holds; a number may be put over a common denominator."""
        if isinstance(value, Number):
            return self.number(name, value, common)
        if isinstance(value, Truth | TextValue | Range):
            parts = zip(value._fields, value, strict=True)
            return type(value)(*(self.lifted(f"{name}.{part}", one, common) for part, one in parts))
        self.environment[name] = value
        return Node("leaf", name)

    def number(self, name: str, value: Number[int, bool], common: int | None = None) -> Number[Any, Any]:
        if common is not None:
            assert common % value.d == 0
            value = value._replace(n=value.n * (common // value.d), d=common)
        leaves = {part: self.lifted(f"{name}.{part}", getattr(value, part)) for part in Number._fields[:7]}
        return Number(**leaves | {"d": leaves["d"] if common is None else common}, common=common)

    def known(self, name: str, value: Fraction) -> Number[Any, Any]:
        """A number of which all know that it is known."""
        n, d = value.as_integer_ratio()
        leaves = (self.lifted(f"{name}.n", n), self.lifted(f"{name}.d", d))
        return Number(*leaves, True, False, False, False, False, None)


def plain(thing: Any) -> Any:
    """A value without the way it is written: numbers as fractions with their states. Denominators are above 0, a number
    is in one state, and what is sure is possible.
    """
    if isinstance(thing, Number):
        assert thing.d > 0
        assert thing.known + thing.undefined + thing.inapplicable <= 1
        assert thing.undefined or not thing.over_zero
        assert not (thing.risky and (thing.known or thing.inapplicable))
        assert thing.common is None or thing.d == thing.common
        value = Fraction(thing.n, thing.d) if thing.known else None
        return (value, *thing[2:7])
    if isinstance(thing, Truth):
        assert (thing.possible or not thing.sure) and (thing.possible_not or not thing.sure_not)
        return tuple(thing)
    if isinstance(thing, Mapping):
        return {key: plain(part) for key, part in thing.items()}
    if isinstance(thing, tuple | list):
        return [plain(part) for part in thing]
    if is_dataclass(thing):
        return {field.name: plain(getattr(thing, field.name)) for field in fields(thing)}
    return thing
