"""What is an expression worth, given what was filed? Written once, for every carrier.

A tree is turned into nested functions of a setting once, and these are asked of every row: which kind of tree it is,
and which operator it has, is not looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from operator import attrgetter, methodcaller
from typing import Generic, Protocol, TypeAlias, cast

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, TextValue, Truth
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

Value: TypeAlias = Number[Whole, Bit] | Truth[Bit] | TextValue[Words, Bit]


class Setting(Protocol[Whole, Bit, Words]):
    """Where names get their values: a submission, or one of its rows.

    Rows are slots: the j-th row of every submission in the batch, with a bit that says where there is one.
    """

    def name(self, name: str) -> Value[Whole, Bit, Words]:
        """The value of a figure, measure, flag or row field."""

    def select(self, table: str, path: tuple[str, ...], field: str) -> Value[Whole, Bit, Words]:
        """The value of `table[path].field`."""

    def rows(self, table: str, path: tuple[str, ...]) -> Sequence[tuple[Bit, Setting[Whole, Bit, Words]]] | None:
        """The slots of a table, each with its bit and its own setting; None where the table was not filed."""


Code: TypeAlias = Callable[[Setting[Whole, Bit, Words]], Value[Whole, Bit, Words]]
"""A tree made ready: its value in a setting."""
NumberCode: TypeAlias = Callable[[Setting[Whole, Bit, Words]], Number[Whole, Bit]]
"""The same of a tree of type number."""
TruthCode: TypeAlias = Callable[[Setting[Whole, Bit, Words]], Truth[Bit]]
"""The same of a tree of type truth."""
TextCode: TypeAlias = Callable[[Setting[Whole, Bit, Words]], TextValue[Words, Bit]]
"""The same of a text."""
Counted: TypeAlias = tuple[Setting[Whole, Bit, Words], Truth[Bit]]
"""A row that an aggregate walks, and whether it counts."""


class Interpreter(Generic[Whole, Bit, Words]):
    """Values of trees over one carrier. Trees are checked before: a wrong kind here is a fault of the engine.

    What trees were made ready as is kept as long as the interpreter, which knows nothing of any setting.
    """

    def __init__(self, meaning: Meaning[Whole, Bit, Words]) -> None:
        self.meaning = meaning
        self._ready: dict[int, tuple[Tree, Code[Whole, Bit, Words]]] = {}
        """By identity; with the tree, which thereby stays what it is."""

    def number(self, tree: Tree, setting: Setting[Whole, Bit, Words]) -> Number[Whole, Bit]:
        """The value of a tree of type number."""
        return self.number_code(tree)(setting)

    def truth(self, tree: Tree, setting: Setting[Whole, Bit, Words]) -> Truth[Bit]:
        """The value of a tree of type truth."""
        return self.truth_code(tree)(setting)

    def value(self, tree: Tree, setting: Setting[Whole, Bit, Words]) -> Value[Whole, Bit, Words]:
        """The value of any checked tree."""
        return self.code(tree)(setting)

    def code(self, tree: Tree) -> Code[Whole, Bit, Words]:
        """A checked tree as a function of its setting."""
        found = self._ready.get(id(tree))
        if found is None:
            found = self._ready[id(tree)] = tree, self._made(tree)
        return found[1]

    def number_code(self, tree: Tree) -> NumberCode[Whole, Bit, Words]:
        """A tree of type number as a function of its setting."""
        return cast("NumberCode[Whole, Bit, Words]", self.code(tree))

    def truth_code(self, tree: Tree) -> TruthCode[Whole, Bit, Words]:
        """A tree of type truth as a function of its setting."""
        return cast("TruthCode[Whole, Bit, Words]", self.code(tree))

    def _made(self, tree: Tree) -> Code[Whole, Bit, Words]:
        m = self.meaning
        match tree:
            case Name(name=name):
                return methodcaller("name", name)
            case Literal():
                return _constant(m.number(tree.base))
            case Text():
                return _constant(TextValue(m.carrier.text(tree.value), m.carrier.true))
            case Select(table=table, path=path, field=field):
                return lambda setting: setting.select(table, path, field)
            case Compare():
                return self._compare(tree)
            case Is():
                return self._is(self.code(tree.operand), tree.state)
            case Logic():
                return self._logic(tree)
            case Not():
                holds = self.truth_code(tree.operand)
                return lambda setting: m.denied(holds(setting))
            case Negative():
                operand = self.number_code(tree.operand)
                return lambda setting: m.negative(operand(setting))
            case Arithmetic():
                return self._arithmetic(tree)
            case Call():
                return self._call(tree.function, [self.number_code(argument) for argument in tree.arguments])
            case Aggregate():
                return self._aggregate(tree)

    def _arithmetic(self, tree: Arithmetic) -> NumberCode[Whole, Bit, Words]:
        m, left, right = self.meaning, self.number_code(tree.left), self.number_code(tree.right)
        joined = {"+": m.add, "-": m.subtract, "*": m.multiply, "/": m.divide}[tree.operator]
        return lambda setting: joined(left(setting), right(setting))

    def _logic(self, tree: Logic) -> TruthCode[Whole, Bit, Words]:
        """Kleene; what one side alone decides is not asked of the other."""
        m, left, right = self.meaning, self.truth_code(tree.left), self.truth_code(tree.right)
        join, decides, leaves = (m.both, m.no, m.yes) if tree.operator == "and" else (m.either, m.yes, m.no)

        def joined(setting: Setting[Whole, Bit, Words]) -> Truth[Bit]:
            a = left(setting)
            if a is decides:
                return a
            b = right(setting)
            return b if a is leaves else join(a, b)

        return joined

    def _compare(self, tree: Compare) -> TruthCode[Whole, Bit, Words]:
        m, operator, left, right = self.meaning, tree.operator, self.code(tree.left), self.code(tree.right)
        if isinstance(tree.right, Text):
            words = cast("TextCode[Whole, Bit, Words]", left)
            text = TextValue(m.carrier.text(tree.right.value), m.carrier.true)
            if operator == "=":
                return lambda setting: m.same_text(words(setting), text)
            return lambda setting: m.denied(m.same_text(words(setting), text))
        if isinstance(tree.right, Literal):  # as most conditions do
            value, limit = self.number_code(tree.left), m.number(tree.right.base)
            return lambda setting: m.compared(operator, value(setting), limit)

        def compared(setting: Setting[Whole, Bit, Words]) -> Truth[Bit]:
            a, b = left(setting), right(setting)
            if isinstance(a, Number) and isinstance(b, Number):
                return m.compared(operator, a, b)
            assert isinstance(a, TextValue) and isinstance(b, TextValue)
            same = m.same_text(a, b)
            return same if operator == "=" else m.denied(same)

        return compared

    def _is(self, operand: Code[Whole, Bit, Words], state: State) -> TruthCode[Whole, Bit, Words]:
        m = self.meaning
        yes, no = m.yes, m.no
        named = {State.KNOWN: "known", State.UNDEFINED: "undefined", State.NOT_APPLICABLE: "inapplicable"}
        of_number: Callable[[Number[Whole, Bit]], Bit] = attrgetter(named[state]) if state in named else m.open

        def asked(setting: Setting[Whole, Bit, Words]) -> Truth[Bit]:
            value = operand(setting)
            if isinstance(value, Number):
                bit = of_number(value)
            elif state not in (State.KNOWN, State.UNKNOWN):
                return no
            elif isinstance(value, Truth):
                bit = value.sure | value.sure_not if state is State.KNOWN else value.possible & value.possible_not
            else:
                bit = value.known if state is State.KNOWN else m.carrier.negated(value.known)
            return yes if bit is True else no if bit is False else m.certain(bit)

        return asked

    def _call(self, function: str, numbers: Sequence[NumberCode[Whole, Bit, Words]]) -> NumberCode[Whole, Bit, Words]:
        m, first = self.meaning, numbers[0]
        if function == "abs":
            return lambda setting: m.absolute(first(setting))
        if function == "days":
            return lambda setting: m.subtract(numbers[1](setting), first(setting))
        if function == "workdays":
            return self._workdays(numbers)
        join = m.least if function == "min" else m.greatest

        def extreme(setting: Setting[Whole, Bit, Words]) -> Number[Whole, Bit]:
            result = first(setting)
            for number in numbers[1:]:
                result = join(result, number(setting))
            return result

        return extreme

    def _workdays(self, numbers: Sequence[NumberCode[Whole, Bit, Words]]) -> NumberCode[Whole, Bit, Words]:
        m = self.meaning

        def between(setting: Setting[Whole, Bit, Words]) -> Number[Whole, Bit]:
            days = calendar()
            start, end = (m.looked_up(number(setting), days.first, days.counted) for number in numbers)
            return m.subtract(end, start)

        return between

    # -- over rows ---

    def _aggregate(self, tree: Aggregate) -> Code[Whole, Bit, Words]:
        """Empty rows: sum and count 0, any no, every yes, min and max undefined. Rows not filed: all of it unknown."""
        m, table, path = self.meaning, tree.table, tree.path
        unfiled: Value[Whole, Bit, Words] = m.maybe if tree.function in ("any", "every") else m.unknown()
        where = None if tree.where is None else self.truth_code(tree.where)
        folded = self._folded(tree)

        def counted(filed: Sequence[tuple[Bit, Setting[Whole, Bit, Words]]]) -> Iterator[Counted[Whole, Bit, Words]]:
            for present, row in filed:
                there = m.yes if present is True else m.certain(present)
                yield row, there if where is None else m.both(there, self._told(where(row), otherwise=False))

        def value(setting: Setting[Whole, Bit, Words]) -> Value[Whole, Bit, Words]:
            filed = setting.rows(table, path)
            return unfiled if filed is None else folded(counted(filed))

        return value

    def _folded(self, tree: Aggregate) -> Callable[[Iterator[Counted[Whole, Bit, Words]]], Value[Whole, Bit, Words]]:
        if tree.function == "count":
            return self._count
        assert tree.value is not None
        if tree.function in ("any", "every"):
            holds, some = self.truth_code(tree.value), tree.function == "any"
            return lambda rows: self._folded_truth(holds, some, rows)
        number, function = self.number_code(tree.value), tree.function
        if function == "sum":
            return lambda rows: self._total(number, rows)
        return lambda rows: self._extreme(number, function, rows)

    def _folded_truth(
        self, value: TruthCode[Whole, Bit, Words], some: bool, rows: Iterator[Counted[Whole, Bit, Words]]
    ) -> Truth[Bit]:
        m, c = self.meaning, self.meaning.carrier
        result = m.bit(not some)
        for row, counts in rows:
            if c.never(counts.possible):
                continue
            holds = self._told(value(row), otherwise=not some)
            if some:
                result = m.either(result, m.both(counts, holds))
            else:
                result = m.both(result, m.either(m.denied(counts), holds))
            if c.always(result.sure if some else result.sure_not):  # no other row changes that
                break
        return result

    def _told(self, truth: Truth[Bit], *, otherwise: bool) -> Truth[Bit]:
        """The truth; where it holds neither way, what leaves an aggregate over rows as it is without the row."""
        m = self.meaning
        if truth is m.yes or truth is m.no:
            return truth
        if otherwise:
            return m.denied(m.truth(truth.sure_not, truth.possible_not))
        return m.truth(truth.sure, truth.possible)

    def _count(self, rows: Iterator[Counted[Whole, Bit, Words]]) -> Number[Whole, Bit]:
        """Those that surely count are many, and counted as one number."""
        m, sure, result = self.meaning, 0, self.meaning.zero
        for _, counts in rows:
            if counts is m.yes:
                sure += 1
            elif counts is not m.no:
                result = m.add(result, m.counted(m.one, counts))
        return m.add(result, m.number(Fraction(sure)))

    def _total(
        self, value: NumberCode[Whole, Bit, Words], rows: Iterator[Counted[Whole, Bit, Words]]
    ) -> Number[Whole, Bit]:
        m, c = self.meaning, self.meaning.carrier
        result = m.zero
        for row, counts in rows:
            if not c.never(counts.possible):
                result = m.add(result, m.counted(value(row), counts))
        return result

    def _extreme(
        self, value: NumberCode[Whole, Bit, Words], function: str, rows: Iterator[Counted[Whole, Bit, Words]]
    ) -> Number[Whole, Bit]:
        m, c = self.meaning, self.meaning.carrier
        join = m.least if function == "min" else m.greatest
        result, empty = m.undefined(), c.true
        for place, (row, counts) in enumerate(rows):
            number = value(row)
            result = result if place else m.undefined(number)
            number = m.choose(counts.sure, number, m.unknown(number))
            joined = m.choose(empty, number, join(result, number))
            result = m.choose(counts.possible, joined, result)
            empty = empty & c.negated(counts.possible)
        return result


def _constant(value: Value[Whole, Bit, Words]) -> Code[Whole, Bit, Words]:
    return lambda _setting: value
