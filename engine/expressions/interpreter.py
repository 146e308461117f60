"""What is an expression worth, given what was filed? Written once, for scalars and columns alike."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from ..algebra.carriers import Bit
from ..algebra.meaning import Meaning, Number, TextValue, Truth
from ..values.units import unit_word
from ..values.workdays import calendar
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
    State,
    Text,
    Tree,
)

Value = Number | Truth | TextValue


class Setting(Protocol):
    """Where names get their values: a submission, or one of its rows.

    Rows are slots: the j-th row of every submission in the batch, with a bit that says where there is one.
    """

    def name(self, name: str) -> Value:
        """The value of a figure, measure, flag or row field."""

    def select(self, table: str, path: tuple[str, ...], field: str) -> Value:
        """The value of `table[path].field`."""

    def rows(self, table: str, path: tuple[str, ...]) -> Sequence[tuple[Bit, Setting]] | None:
        """The slots of a table, each with its bit and its own setting; None where the table was not filed."""


class Interpreter:
    """Values of trees over one carrier. Trees are checked before: a wrong kind here is a fault of the engine."""

    def __init__(self, meaning: Meaning) -> None:
        self.meaning = meaning

    def number(self, tree: Tree, setting: Setting) -> Number:
        """The value of a tree of type number."""
        value = self.value(tree, setting)
        assert isinstance(value, Number)
        return value

    def truth(self, tree: Tree, setting: Setting) -> Truth:
        """The value of a tree of type truth."""
        value = self.value(tree, setting)
        assert isinstance(value, Truth)
        return value

    def value(self, tree: Tree, setting: Setting) -> Value:
        """The value of any checked tree."""
        m = self.meaning
        match tree:
            case Literal(value=value, word=word):
                return m.number(value * unit_word(word).scale)
            case Text(value=value):
                return TextValue(m.carrier.text(value), m.carrier.true)
            case Name(name=name):
                return setting.name(name)
            case Select(table=table, path=path, field=field):
                return setting.select(table, path, field)
            case Negative(operand=operand):
                return m.negative(self.number(operand, setting))
            case Arithmetic(operator=operator, left=left, right=right):
                return self._arithmetic(operator, self.number(left, setting), self.number(right, setting))
            case Compare(operator=operator, left=left, right=right):
                return self._compare(operator, self.value(left, setting), self.value(right, setting))
            case Is(operand=operand, state=state):
                return self._is(self.value(operand, setting), state)
            case Not(operand=operand):
                return m.denied(self.truth(operand, setting))
            case Logic(operator=operator, left=left, right=right):
                join = m.both if operator == "and" else m.either
                return join(self.truth(left, setting), self.truth(right, setting))
            case Call(function=function, arguments=arguments):
                return self._call(function, [self.number(argument, setting) for argument in arguments])
            case Aggregate():
                return self._aggregate(tree, setting)

    def _arithmetic(self, operator: str, a: Number, b: Number) -> Number:
        m = self.meaning
        match operator:
            case "+":
                return m.add(a, b)
            case "-":
                return m.subtract(a, b)
            case "*":
                return m.multiply(a, b)
            case _:
                return m.divide(a, b)

    def _compare(self, operator: str, a: Value, b: Value) -> Truth:
        if isinstance(a, TextValue) and isinstance(b, TextValue):
            same = self.meaning.same_text(a, b)
            return same if operator == "=" else self.meaning.denied(same)
        assert isinstance(a, Number) and isinstance(b, Number)
        return self.meaning.compared(operator, a, b)

    def _is(self, value: Value, state: State) -> Truth:
        m, negated = self.meaning, self.meaning.carrier.negated
        match value, state:
            case Number(), State.KNOWN:
                return m.certain(value.known)
            case Number(), State.UNKNOWN:
                return m.certain(m.unknown_bit(value))
            case Number(), State.UNDEFINED:
                return m.certain(value.undefined)
            case Number(), State.NOT_APPLICABLE:
                return m.certain(value.inapplicable)
            case Truth(), State.KNOWN:
                return m.certain(negated(value.possible) | value.sure)
            case Truth(), State.UNKNOWN:
                return m.certain(value.possible & negated(value.sure))
            case TextValue(), State.KNOWN:
                return m.certain(value.known)
            case TextValue(), State.UNKNOWN:
                return m.certain(negated(value.known))
            case _:
                return m.no

    def _call(self, function: str, numbers: list[Number]) -> Number:
        m = self.meaning
        if function == "abs":
            return m.absolute(numbers[0])
        if function == "days":
            return m.subtract(numbers[1], numbers[0])
        if function == "workdays":
            days = calendar()
            start, end = (m.looked_up(number, days.first, days.counted) for number in numbers)
            return m.subtract(end, start)
        result, join = numbers[0], m.least if function == "min" else m.greatest
        for number in numbers[1:]:
            result = join(result, number)
        return result

    def _aggregate(self, tree: Aggregate, setting: Setting) -> Value:
        """Empty rows: sum and count 0, any no, every yes, min and max undefined. Rows not filed: all of it unknown."""
        m = self.meaning
        filed = setting.rows(tree.table, tree.path)
        if filed is None:
            return m.maybe if tree.function in ("any", "every") else m.unknown()
        rows = [
            (present, m.certain(present) if tree.where is None else self._where(present, tree.where, row), row)
            for present, row in filed
        ]
        match tree.function:
            case "any" | "every":
                return self._folded_truth(tree, rows)
            case "count" | "sum":
                return self._total(tree, rows)
            case _:
                return self._extreme(tree, rows)

    def _where(self, present: Bit, where: Tree, row: Setting) -> Truth:
        return self.meaning.both(self.meaning.certain(present), self.truth(where, row))

    def _folded_truth(self, tree: Aggregate, rows: Sequence[tuple[Bit, Truth, Setting]]) -> Truth:
        m = self.meaning
        assert tree.value is not None
        some = tree.function == "any"
        result = m.bit(not some)
        for _, counts, row in rows:
            holds = self.truth(tree.value, row)
            if some:
                result = m.either(result, m.both(counts, holds))
            else:
                result = m.both(result, m.either(m.denied(counts), holds))
        return result

    def _total(self, tree: Aggregate, rows: Sequence[tuple[Bit, Truth, Setting]]) -> Number:
        m, c = self.meaning, self.meaning.carrier
        result = m.number(Fraction(0))
        for _, counts, row in rows:
            number = m.number(Fraction(1)) if tree.value is None else self.number(tree.value, row)
            number = m.choose(counts.sure, number, m.unknown(number))
            number = m.choose(c.negated(counts.possible), m.zero(number), number)
            result = m.add(result, number)
        return result

    def _extreme(self, tree: Aggregate, rows: Sequence[tuple[Bit, Truth, Setting]]) -> Number:
        m, c = self.meaning, self.meaning.carrier
        assert tree.value is not None
        join = m.least if tree.function == "min" else m.greatest
        result, empty = m.undefined(), c.true
        for place, (_, counts, row) in enumerate(rows):
            number = self.number(tree.value, row)
            result = result if place else m.undefined(number)
            number = m.choose(counts.sure, number, m.unknown(number))
            joined = m.choose(empty, number, join(result, number))
            result = m.choose(counts.possible, joined, result)
            empty = empty & c.negated(counts.possible)
        return result
