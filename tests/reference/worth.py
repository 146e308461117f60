"""What is an expression worth, now and once all is known? Sections 5.3, 5.4 and 5.15 of the design, by recursion.

`now` is one value: a number, a text, or why there is none. `may` are all the kinds of value it may turn out to be:
what is blank may be filled with any number, or be said not to apply. A truth is told by four tokens, each alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from functools import cache
from itertools import product

from engine.expressions.reader import read
from engine.expressions.tree import (
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
    State,
    Text,
    Tree,
)
from engine.values.units import unit_word

tree_of = cache(read)


class No(Enum):
    """Why there is no number, the strongest reason last. `ANY` is no reason but any number there is."""

    UNKNOWN = 1
    UNDEFINED = 2
    NOT_APPLICABLE = 3


ANY = No.UNKNOWN
Value = Fraction | No | str
May = frozenset[Fraction | No]
BLANK: May = frozenset({ANY, No.NOT_APPLICABLE})
"""What a figure that nobody filed may be."""


@dataclass(frozen=True)
class Truth:
    """Surely, possibly, surely not, possibly not. Of what surely has no number none is told."""

    yes: bool
    maybe: bool
    no: bool
    maybe_not: bool

    def __invert__(self) -> Truth:
        return Truth(self.no, self.maybe_not, self.yes, self.maybe)

    def __and__(self, other: Truth) -> Truth:
        return Truth(
            self.yes and other.yes,
            self.maybe and other.maybe,
            self.no or other.no,
            self.maybe_not or other.maybe_not,
        )

    def __or__(self, other: Truth) -> Truth:
        return ~(~self & ~other)


YES, NO = Truth(True, True, False, False), Truth(False, False, True, True)
EITHER, NEITHER = Truth(False, True, False, True), Truth(False, False, False, False)


def plain(holds: bool) -> Truth:
    return YES if holds else NO


@dataclass(frozen=True)
class World:
    """What names stand for: `value` and `truth` of a name, fields of tables, and the rows of the indicator table."""

    value: Callable[[str], Value]
    may: Callable[[str], May]
    truth: Callable[[str], Truth]
    select: Callable[[str, tuple[str, ...], str], Value] = lambda *_: ANY
    rows: Sequence[Mapping[str, Value | Truth]] = ()
    row: Mapping[str, Value | Truth] = field(default_factory=dict)
    others: Sequence[World] = ()
    """The same in each way in which what applies may turn out; a test is sure where it is so in every one."""

    def within(self, row: Mapping[str, Value | Truth]) -> World:
        return replace(self, row=row)


# -- now -------------------------------------------------------------------------------------------------------


def now(tree: Tree, world: World) -> Value:
    match tree:
        case Literal(value=value, word=word):
            return value * unit_word(word).scale
        case Text(value=text):
            return text
        case Name(name=name):
            if name in world.row:
                held = world.row[name]
                assert not isinstance(held, Truth)
                return held
            return world.value(name)
        case Select(table=table, path=path, field=one):
            return world.select(table, path, one)
        case Negative(operand=operand):
            return _over([now(operand, world)], lambda a: -a)
        case Arithmetic(operator=operator, left=left, right=right):
            return _arithmetic(operator, now(left, world), now(right, world))
        case Call(function=function, arguments=arguments):
            return _over([now(one, world) for one in arguments], _CALLS[function])
        case Aggregate():
            return _aggregate(tree, world)
    raise AssertionError(tree)


def _over(values: Sequence[Value], apply: Callable[..., Value]) -> Value:
    reasons = [value for value in values if isinstance(value, No)]
    return max(reasons, key=lambda one: one.value) if reasons else apply(*values)


def _arithmetic(operator: str, a: Value, b: Value) -> Value:
    if operator == "/" and b == 0 and a is not No.NOT_APPLICABLE:
        return No.UNDEFINED  # an unknown over 0, too: of whichever kind
    return _over([a, b], _OPERATORS[operator])


_OPERATORS: dict[str, Callable[..., Value]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}
_CALLS: dict[str, Callable[..., Value]] = {"min": min, "max": max, "abs": abs}
_ORDER: dict[str, Callable[..., bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _aggregate(tree: Aggregate, world: World) -> Value:
    """Of the indicator rows: counts, sums, the least and the most."""
    assert tree.table == "indicators"
    values: list[Value] = []
    for row in world.rows:
        inner = world.within(row)
        counts = YES if tree.where is None else truth(tree.where, inner)
        if counts.maybe and not counts.yes:
            values.append(ANY)
        elif counts.yes:
            values.append(Fraction(1) if tree.value is None else now(tree.value, inner))
    if tree.function in ("sum", "count"):
        return _over(values, lambda *numbers: sum(numbers, Fraction(0)))
    return _over(values, lambda *numbers: _CALLS[tree.function](numbers)) if values else No.UNDEFINED


# -- once all is known -------------------------------------------------------------------------------------------


def may(tree: Tree, world: World) -> May:
    """Every kind of value the expression may take."""
    match tree:
        case Name(name=name) if name not in world.row:
            return world.may(name)
        case Negative(operand=operand):
            return _spread([may(operand, world)], lambda a: _over([a], lambda x: -x))
        case Arithmetic(operator="/", left=left, right=right):
            return _quotients(may(left, world), may(right, world))
        case Arithmetic(operator=operator, left=left, right=right):
            return _spread([may(left, world), may(right, world)], lambda a, b: _arithmetic(operator, a, b))
        case Call(function=function, arguments=arguments):
            return _spread([may(one, world) for one in arguments], lambda *all_: _over(all_, _CALLS[function]))
    value = now(tree, world)
    assert not isinstance(value, str)
    return BLANK if value is ANY else frozenset({value})


def _spread(operands: Sequence[May], apply: Callable[..., Value]) -> May:
    return frozenset(apply(*values) for values in product(*operands))  # type: ignore[arg-type]


def _quotients(above: May, below: May) -> May:
    """An unknown divisor may be 0; of an unknown over 0 nothing is settled."""
    found = set(_spread([above, below], lambda a, b: _arithmetic("/", a, b)))
    if ANY in below and any(one is not No.NOT_APPLICABLE for one in above):
        found.add(No.UNDEFINED)
    if ANY in above and Fraction(0) in below:
        found.add(ANY)
    return frozenset(found)


# -- truths ----------------------------------------------------------------------------------------------------


def truth(tree: Tree, world: World) -> Truth:
    match tree:
        case Name(name=name):
            held = world.row.get(name)
            return held if isinstance(held, Truth) else world.truth(name)
        case Compare() | Is() if world.others and not world.row:
            found = [truth(tree, one) for one in world.others]
            return Truth(
                all(one.yes for one in found),
                any(one.maybe for one in found),
                all(one.no for one in found),
                any(one.maybe_not for one in found),
            )
        case Compare(operator=operator, left=left, right=right):
            return _compared(operator, now(left, world), now(right, world))
        case Is(operand=operand, state=state):
            return plain(_state(operand, world) is state)
        case Not(operand=operand):
            return ~truth(operand, world)
        case Logic(operator="and", left=left, right=right):
            return truth(left, world) & truth(right, world)
        case Logic(left=left, right=right):
            return truth(left, world) | truth(right, world)
        case Aggregate(function=function, value=value, where=where) if value is not None:
            return _quantified(function, value, where, world)
    raise AssertionError(tree)


def _compared(operator: str, a: Value, b: Value) -> Truth:
    reasons = [one for one in (a, b) if isinstance(one, No)]
    if not reasons:
        return plain(_ORDER[operator](a, b))
    return EITHER if all(one is ANY for one in reasons) else NEITHER


def _state(operand: Tree, world: World) -> State:
    value = now(operand, world)
    if isinstance(value, No):
        return {
            No.UNKNOWN: State.UNKNOWN,
            No.UNDEFINED: State.UNDEFINED,
            No.NOT_APPLICABLE: State.NOT_APPLICABLE,
        }[value]
    return State.KNOWN


def _quantified(function: str, value: Tree, where: Tree | None, world: World) -> Truth:
    """Any of the rows, or every one; of none, no and yes."""
    result = NO if function == "any" else YES
    for row in world.rows:
        inner = world.within(row)
        counts = YES if where is None else truth(where, inner)
        each = truth(value, inner)
        result = result | (counts & each) if function == "any" else result & (~counts | each)
    return result
