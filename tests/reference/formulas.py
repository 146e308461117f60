"""What is a formula worth? Fractions and states by plain recursion, as section 5 of the design has it.

Not-applicable wins over undefined over unknown, and 0 × unknown is unknown. Of the undefined, x/0 shows where both
kinds meet; unknown ÷ 0 is of either kind, and what is divided by an unknown may turn out undefined. A row that only may
count makes a sum, a count, a least and a most unknown, as an unknown value of it would. A test on what surely has no
value holds neither way; a row of which the test of an aggregate holds neither way is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache

from chinese_calendar import is_workday

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

from .kleene import Kleene, Odd, all_of, any_of, both, denied, either, passed_over


class Missing(Enum):
    """Why there is no number, the strongest reason last."""

    UNKNOWN = 1
    RISKY = 2
    """Unknown, and perhaps undefined."""
    ZERO_BY_ZERO = 3
    BY_NOTHING = 4
    """Undefined, of one kind or the other."""
    BY_ZERO = 5
    NOT_APPLICABLE = 6


_OPEN = (Missing.UNKNOWN, Missing.RISKY)
_UNSURE = (Missing.RISKY, Missing.BY_NOTHING)
Value = Fraction | Missing | str | Kleene
"""Numbers (or why there is none), texts, and truths."""

SCALES = {
    "": Fraction(1),
    "%": Fraction(1, 100),
    "‰": Fraction(1, 1000),
    "元": Fraction(1),
    "万元": Fraction(10000),
    "天": Fraction(1),
}


@dataclass(frozen=True)
class Filed:
    """One submission: names, selected fields, and the rows of each table or line."""

    names: Mapping[str, Value]
    fields: Mapping[tuple[str, tuple[str, ...], str], Value]
    rows: Mapping[tuple[str, tuple[str, ...]], Sequence[Mapping[str, Value]]]
    row: Mapping[str, Value] = field(default_factory=dict)

    def within(self, row: Mapping[str, Value]) -> Filed:
        return Filed(self.names, self.fields, self.rows, row)


def worth(tree: Tree, filed: Filed) -> Value:
    """The value of a tree."""
    match tree:
        case Literal(value=value, word=word):
            return value * SCALES[word]
        case Text(value=text):
            return text
        case Name(name=name):
            return filed.row[name] if name in filed.row else filed.names[name]
        case Select(table=table, path=path, field=one):
            return filed.fields.get((table, path, one), False if table == "statements" else Missing.UNKNOWN)
        case Negative(operand=operand):
            return _over([worth(operand, filed)], lambda a: -a)
        case Arithmetic(operator="/", left=left, right=right):
            return _divided(worth(left, filed), worth(right, filed))
        case Arithmetic(operator=operator, left=left, right=right):
            return _over([worth(left, filed), worth(right, filed)], _ARITHMETIC[operator])
        case Call(function=function, arguments=arguments):
            return _over([worth(argument, filed) for argument in arguments], lambda *all_: _CALLS[function](all_))
        case Compare(operator=operator, left=left, right=right):
            return _compared(operator, worth(left, filed), worth(right, filed))
        case Is(operand=operand, state=state):
            return _state(worth(operand, filed)) is state
        case Not(operand=operand):
            return denied(_truth(operand, filed))
        case Logic(operator=operator, left=left, right=right):
            return (both if operator == "and" else either)(_truth(left, filed), _truth(right, filed))
        case Aggregate():
            return _folded(tree, filed)


@cache
def _works(day: int) -> bool | None:
    """Is it a working day? None of a year for which no holidays are known."""
    try:
        return bool(is_workday(date.fromordinal(day)))
    except NotImplementedError:
        return None


def _workdays(start: Fraction, end: Fraction) -> Value:
    """The days after the start up to the end, one by one; those of the way back count against."""
    if _works(int(start)) is None or _works(int(end)) is None:
        return Missing.UNKNOWN
    if end < start:
        back = _workdays(end, start)
        assert isinstance(back, Fraction)
        return -back
    return Fraction(sum(bool(_works(day)) for day in range(int(start) + 1, int(end) + 1)))


def _by(a: Fraction, b: Fraction) -> Value:
    if b == 0:
        return Missing.ZERO_BY_ZERO if a == 0 else Missing.BY_ZERO
    return a / b


_ARITHMETIC = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b}
_CALLS = {
    "min": min,
    "max": max,
    "abs": lambda only: abs(only[0]),
    "days": lambda ends: ends[1] - ends[0],
    "workdays": lambda ends: _workdays(*ends),
}
_ORDER = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


def _over(values: Sequence[Value], apply) -> Value:  # type: ignore[no-untyped-def]
    reasons = [value for value in values if isinstance(value, Missing)]
    return _strongest(reasons) if reasons else apply(*values)


def _strongest(reasons: Sequence[Missing]) -> Missing:
    found = max(reasons, key=lambda reason: reason.value)
    if found is Missing.ZERO_BY_ZERO and any(reason in _UNSURE for reason in reasons):
        return Missing.BY_NOTHING
    return found


def _divided(a: Value, b: Value) -> Value:
    reasons = [value for value in (a, b) if isinstance(value, Missing)]
    if not reasons:
        assert isinstance(a, Fraction) and isinstance(b, Fraction)
        return _by(a, b)
    if a in _OPEN and b == 0:
        return Missing.BY_NOTHING
    return _strongest([*reasons, Missing.RISKY] if b in _OPEN else reasons)


def _compared(operator: str, a: Value, b: Value) -> Kleene:
    reasons = [value for value in (a, b) if isinstance(value, Missing)]
    if not reasons:
        return bool(_ORDER[operator](a, b))
    return None if all(reason in _OPEN for reason in reasons) else Odd.NEITHER


def _truth(tree: Tree, filed: Filed) -> Kleene:
    value = worth(tree, filed)
    assert value is None or isinstance(value, bool | Odd)
    return value


def _state(value: Value) -> State | None:
    if value is None or value in _OPEN:
        return State.UNKNOWN
    if isinstance(value, Odd):
        return None
    if isinstance(value, Missing):
        return State.NOT_APPLICABLE if value is Missing.NOT_APPLICABLE else State.UNDEFINED
    return State.KNOWN


def _folded(tree: Aggregate, filed: Filed) -> Value:
    if (tree.table, tree.path) not in filed.rows:  # never filed: nobody knows what stands there
        return None if tree.function in ("any", "every") else Missing.UNKNOWN
    rows = [filed.within(row) for row in filed.rows[tree.table, tree.path]]
    counts = [(row, True if tree.where is None else passed_over(_truth(tree.where, row), False)) for row in rows]
    if tree.function in ("any", "every"):
        assert tree.value is not None
        if tree.function == "any":
            return any_of(both(counted, passed_over(_truth(tree.value, row), False)) for row, counted in counts)
        return all_of(either(denied(counted), passed_over(_truth(tree.value, row), True)) for row, counted in counts)
    values = [
        Missing.UNKNOWN if counted is None else Fraction(1) if tree.value is None else worth(tree.value, row)
        for row, counted in counts
        if counted is not False
    ]
    if tree.function in ("sum", "count"):
        return _over(values, lambda *numbers: sum(numbers, Fraction(0)))
    return _over(values, lambda *numbers: _CALLS[tree.function](numbers)) if values else Missing.ZERO_BY_ZERO
