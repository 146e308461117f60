"""Does an expression make sense? Names that exist and are settled by then, units that may meet, truths apart from
numbers, and magnitudes that the widest integer holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import lcm
from typing import TypeVar

from ..values.amounts import percent_meant
from ..values.claims import CLAIMS
from ..values.problems import nearest
from ..values.units import DATE, DAYS, RATIO, WORKDAYS, Unit, unit_word
from .symbols import (
    DAY,
    INDICATORS,
    POINTS,
    TABLES,
    TEXT,
    TRUTH,
    WIDEST,
    NumberType,
    Role,
    Symbol,
    Tables,
    TextType,
    TruthType,
    Type,
)
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
    Text,
    Tree,
    canonical,
    children,
    walk,
)

T = TypeVar("T", bound=Type)


class Misused(Exception):
    """An expression that reads but makes no sense; fields as in `reader.Unreadable`, with the nearest name."""

    def __init__(self, code: str, tree: Tree, near: str = "", span: Span | None = None, **facts: str) -> None:
        super().__init__(code)
        self.code, self.tree, self.near, self.facts = code, tree, near, facts
        self.span = tree.span if span is None else span


@dataclass(frozen=True)
class Scope:
    """Which names an expression may read. `later` are names that exist but are settled after it; `tables` are the
    fields of rows and lines.
    """

    names: Mapping[str, Symbol]
    later: Mapping[str, Symbol]
    criteria: frozenset[tuple[str, ...]] = frozenset()
    row: bool = False
    tables: Tables = field(default_factory=lambda: TABLES)

    def within_row(self) -> Scope:
        """The same, where rows of indicators are walked; later roles stay out of reach."""
        fields = {n: s for n, s in self.tables["indicators"].items() if self.criteria or s.role is not Role.POINTS}
        return replace(self, names={**self.names, **fields}, row=True)


def check(tree: Tree, scope: Scope) -> tuple[Type | None, list[Misused]]:
    """The type of `tree`, and everything wrong in it (then the type is None)."""
    checker = _Checker(scope)
    found = checker.typed(tree)
    return (None if checker.problems else found), checker.problems


def require(tree: Tree, scope: Scope, wanted: type[T]) -> tuple[T | None, list[Misused]]:
    """As `check`, and the type must be of this kind."""
    found, problems = check(tree, scope)
    if found is None or isinstance(found, wanted):
        return found, problems
    return None, [Misused("wrong-kind", tree, expected=_KIND[wanted], found=_KIND[type(found)])]


_KIND: dict[type, str] = {NumberType: "number", TruthType: "truth", TextType: "text"}


class _Checker:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.problems: list[Misused] = []

    def _wrong(self, code: str, tree: Tree, near: str = "", span: Span | None = None, **facts: str) -> None:
        self.problems.append(Misused(code, tree, near, span, **facts))

    def typed(self, tree: Tree) -> Type | None:
        found = self._unbounded(tree)
        if isinstance(found, NumberType) and max(found.n, found.d) > WIDEST:
            self._wrong("too-wide", tree)
            return None
        return found

    def _unbounded(self, tree: Tree) -> Type | None:
        match tree:
            case Literal(value=value, word=word):
                unit = unit_word(word)
                exact = value * unit.scale
                known = None if value == 0 and not word else unit.unit
                n, d = abs(exact.numerator), exact.denominator
                number = NumberType(known, n, d, d, unit.share, value != 0 and not word)
                return self._no_date(tree, number)
            case Text():
                return TEXT
            case Name():
                return self._name(tree)
            case Select():
                return self._select(tree)
            case Negative(operand=operand):
                return self._no_date(tree, self.of(NumberType, operand))
            case Arithmetic(operator=operator, left=left, right=right):
                return self._arithmetic(tree, operator, self.of(NumberType, left), self.of(NumberType, right))
            case Compare():
                return self._compare(tree)
            case Is(operand=operand):
                self.typed(operand)
                return TRUTH
            case Not() | Logic():
                for part in children(tree):
                    self.of(TruthType, part)
                return TRUTH
            case Call(arguments=arguments):
                return self._called(tree, [self.of(NumberType, argument) for argument in arguments])
            case Aggregate():
                return self._aggregate(tree)

    def of(self, wanted: type[T], tree: Tree) -> T | None:
        """The type of `tree`, which must be of this kind."""
        found = self.typed(tree)
        if found is None or isinstance(found, wanted):
            return found
        self._wrong("wrong-kind", tree, expected=_KIND[wanted], found=_KIND[type(found)])
        return None

    def _no_date(self, tree: Tree, found: NumberType | None) -> NumberType | None:
        """Dates are compared and told apart by `days` and `workdays`; nothing else is calculated with them."""
        if found is not None and found.unit == DATE:
            self._wrong("date-arithmetic", tree)
            return None
        return found

    def _called(self, tree: Call, numbers: list[NumberType | None]) -> NumberType | None:
        if tree.function not in ("days", "workdays"):
            self._bare_apart(list(zip(tree.arguments, numbers, strict=True)))
            picked = self._alike(tree, numbers)
            return self._no_date(tree, picked) if tree.function == "abs" else picked
        for argument, number in zip(tree.arguments, numbers, strict=True):
            if number is not None and number.unit != DATE:
                self._wrong("not-a-date", argument, function=tree.function, found=_shown(number.unit or RATIO))
        return replace(DAY, unit=DAYS if tree.function == "days" else WORKDAYS)

    def _name(self, tree: Name) -> Type | None:
        symbol = self.scope.names.get(tree.name)
        if symbol is not None:
            return symbol.type
        if tree.name in self.scope.later:
            self._wrong("settled-later", tree, name=tree.name, role=self.scope.later[tree.name].role.value)
        elif tree.name in INDICATORS:
            self._wrong("row-field-outside-rows", tree, name=tree.name)
        elif tree.name in self.scope.tables["spending"]:
            self._wrong("line-field-outside-lines", tree, name=tree.name)
        else:
            self._wrong("unknown-name", tree, nearest(tree.name, self.scope.names), name=tree.name)
        return None

    def _select(self, tree: Select) -> Type | None:
        table, name = tree.table, "/".join(tree.path)
        if tree.field and not self.scope.tables[table]:
            return self._field(tree, table, tree.field)
        if table in ("points", "full") and tree.path not in self.scope.criteria:
            known = ["/".join(path) for path in self.scope.criteria]
            code = "unknown-criterion" if known else "settled-later"
            self._wrong(code, tree, nearest(name, known), tree.at, name=name, role=Role.POINTS.value)
        elif table in ("points", "full", "stated"):
            return POINTS
        elif table == "statements" and name in CLAIMS:
            return TRUTH
        elif table == "statements":
            self._wrong("unknown-claim", tree, nearest(name, CLAIMS), tree.at, name=name)
        elif table == "indicators":
            self._wrong("rows-have-no-key", tree)
        else:
            return self._field(tree, table, tree.field)
        return None

    def _field(self, tree: Tree, table: str, name: str) -> Type | None:
        fields = self.scope.tables[table]
        symbol = fields.get(name)
        if symbol is None:
            end = tree.span.end
            span = Span(end - len(name), end) if name else None
            self._wrong("unknown-field", tree, nearest(name, fields), span, name=name, table=table)
            return None
        return symbol.type

    def _arithmetic(self, tree: Arithmetic, operator: str, a: NumberType | None, b: NumberType | None) -> Type | None:
        if (a := self._no_date(tree, a)) is None or (b := self._no_date(tree, b)) is None:
            return None
        if operator == "*":
            common = a.common * b.common if a.common is not None and b.common is not None else None
            made = (a.unit or RATIO) * (b.unit or RATIO)
            return NumberType(made, a.n * b.n, a.d * b.d, common, bare=a.bare and b.bare)
        left, right, common = _aligned(a, b)
        if operator == "/":
            return NumberType((a.unit or RATIO) / (b.unit or RATIO), left, right, None)
        self._bare_apart([(tree.left, a), (tree.right, b)])
        unit, d = self._met(tree, a, b), common or a.d * b.d
        return NumberType(unit, left + right, d, common, a.share or b.share, a.bare and b.bare)

    def _met(self, tree: Tree, a: NumberType, b: NumberType) -> Unit | None:
        if a.unit is not None and b.unit is not None and a.unit != b.unit:
            self._wrong("units-differ", tree, left=_shown(a.unit), right=_shown(b.unit))
        return a.unit if a.unit is not None else b.unit

    def _bare_apart(self, parts: list[tuple[Tree, NumberType | None]]) -> None:
        """A number written without a unit doesn't meet what is in %: 60 would be 6000%."""
        if any(number is not None and number.share for _, number in parts):
            for part, number in parts:
                if number is not None and number.bare:
                    self._wrong("bare-for-percent", part, in_percent(part), found=canonical(part))

    def _alike(self, tree: Tree, numbers: list[NumberType | None]) -> NumberType | None:
        """The type of a value picked among these."""
        picked, *others = numbers
        for number in others:
            if picked is None or number is None:
                return None
            common = picked.common if picked.common == number.common else None
            unit = self._met(tree, picked, number)
            self._crossed(tree, picked, number)
            share, bare = picked.share or number.share, picked.bare and number.bare
            picked = NumberType(unit, max(picked.n, number.n), max(picked.d, number.d), common, share, bare)
        return picked

    def _crossed(self, tree: Tree, a: NumberType, b: NumberType) -> None:
        """Two numbers compared are brought over one denominator."""
        if max(_aligned(a, b)[:2]) > WIDEST:
            self._wrong("too-wide", tree)

    def _compare(self, tree: Compare) -> Type | None:
        left, right = self.typed(tree.left), self.typed(tree.right)
        if isinstance(left, NumberType) and isinstance(right, NumberType):
            self._met(tree, left, right)
            self._bare_apart([(tree.left, left), (tree.right, right)])
            self._crossed(tree, left, right)
        elif left is TEXT and right is TEXT:
            if tree.operator not in ("=", "!="):
                self._wrong("text-has-no-order", tree, operator=tree.operator)
        elif left is not None and right is not None:
            self._wrong("not-comparable", tree, left=_KIND[type(left)], right=_KIND[type(right)])
        return TRUTH

    def _aggregate(self, tree: Aggregate) -> Type | None:
        if tree.table not in ("spending", "payments", "indicators"):
            self._wrong("not-rows", tree, span=tree.at, table=tree.table)
            return None
        if tree.path and tree.table != "spending":
            self._wrong("rows-have-no-key", tree)
            return None
        outer = self.scope
        if tree.table == "indicators":
            self.scope = outer.within_row()
        else:
            rows = outer.tables["indicators"]
            beyond = {n: s for n, s in outer.names.items() if rows.get(n) is not s}  # not the row outside
            within = {**beyond, **outer.tables[tree.table], **_ROW_TEXTS[tree.table]}
            self.scope = replace(outer, names=within, row=False)
        try:
            for part in (tree.value, tree.where):
                self._settled_names(part)
            if tree.where is not None:
                self.of(TruthType, tree.where)
            return self._folded(tree)
        finally:
            self.scope = outer

    def _settled_names(self, part: Tree | None) -> None:
        """Flags and findings are inferred, rows are measured: an aggregate can't read what is inferred later."""
        for inner in walk(part) if part is not None else ():
            symbol = self.scope.names.get(inner.name) if isinstance(inner, Name) else None
            if symbol is not None and symbol.role in (Role.FLAG, Role.FINDING):
                self._wrong("inferred-in-rows", inner, name=inner.name)  # type: ignore[union-attr]

    def _folded(self, tree: Aggregate) -> Type | None:
        if tree.value is None:
            return NumberType(RATIO, 10**6, 1, 1)
        if tree.function in ("any", "every"):
            self.of(TruthType, tree.value)
            return TRUTH
        number = self.of(NumberType, tree.value)
        if number is None:
            return None
        if tree.function == "sum":
            self._no_date(tree.value, number)
            if number.common is None:
                self._wrong("sum-of-quotients", tree.value)
                return None
            return NumberType(number.unit, number.n * 10**4, number.d, number.common, number.share)
        self._crossed(tree, number, number)
        return number


def _aligned(a: NumberType, b: NumberType) -> tuple[int, int, int | None]:
    """How large both numerators may grow over one denominator, found as `values.Meaning` finds it."""
    if a.common is None or b.common is None:
        return a.n * b.d, b.n * a.d, None
    common = lcm(a.common, b.common)
    return a.n * (common // a.common), b.n * (common // b.common), common


_ROW_TEXTS: dict[str, dict[str, Symbol]] = {
    "spending": {"line": Symbol(TEXT, Role.FIELD, True)},
    "payments": {"month": Symbol(NumberType(RATIO, 12, 1, 1), Role.FIELD, True)},
}


def in_percent(tree: Tree) -> str:
    """What was probably meant by a bare number: 60 is 60%, 0.6 too, 1.3 is 130%. Empty for what is no number."""
    match tree:
        case Negative(operand=operand):
            return f"-{meant}" if (meant := in_percent(operand)) else ""
        case Literal(value=value):
            return percent_meant(value)
        case _:
            return ""


def _shown(unit: Unit) -> str:
    return str(unit) or "%"
