"""Does every equation that a sentence prints hold, recomputed from the printed text alone?

`equations(text)` finds each `a ÷ b = c`, `a − b × n = c`, `a × b% = c`, brackets and chains (each side with the next).
Numbers carry units: % and ‰ are shares, 万 亿 千 scale what follows, other units cancel in quotients and must agree in
sums and on both sides. A decimal on the right is right where the left, rounded half away from zero at the printed
digits, gives it. A whole number stands for two decimals (a reader's decimals end where zeros begin), unless the text
writes ≈ or says to how many places it was taken (取整, 取 0 位小数, to 0 decimals); where it was cut off, the text says
so (截断, 舍去 …). A number filed without its unit (735 ÷ 735人次) has that of the other; 分 is no unit.

An equation that has a word for an operand (目标值 ÷ 完成值 = 83%) can't be recomputed: it does not hold. One with an
unknown (?) is no equation, and what stands between quotation marks is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

_QUOTED = re.compile('“[^”]*”|`[^`]*`|「[^」]*」|"[^"]*"')
_CLAUSES = re.compile(r"[；。，、！：;\n]|: |, |（(?![\d(（−-])|(?<![\d)%‰])）")
_NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?")
_PLACES = re.compile(r"取\s*(\d)\s*位小数|to (\d) decimals?|取(?P<whole>整)")
_CUT = re.compile(r"截断|截去|截位|截至[一二两三四五六\d]\s*位|舍去|舍尾|去尾|truncat|cut off")
_OPERATORS = {"÷": "/", "/": "/", "×": "*", "*": "*", "−": "-", "-": "-", "+": "+", "＋": "+", "－": "-"}
_BEFORE = (
    r"(?:[≥≤><=≧≦═﹦＝＞＜]|不低于|不少于|不小于|达到|至少|大于|超过|高于|多于"
    r"|不超过|不高于|不大于|不多于|控制在|小于|少于|低于|等于|满)*"
)
_AFTER = re.compile(r"(?:\(含\))?(?:及其?)?(?:以上|以下|以内|之内|左右)$")
_SCALES = (
    ("%", Fraction(1, 100)),
    ("‰", Fraction(1, 1000)),
    ("百分比", Fraction(1, 100)),
    ("百分点", Fraction(1, 100)),
    ("个百分点", Fraction(1, 100)),
)
_MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_OPERAND = re.compile(rf"{_BEFORE}(?P<number>{_NUMBER.pattern})(?P<unit>[^\d\s]\S*)?")
_LEADING = re.compile(r"^[^\W\d]+(?=[-−]?\d)")
"""A word right before the first number (自评10 + 100): no part of it."""
_STATES = {"0/0", "x/0"}
_NOTHING = {"—", "?", "？"}
"""What stands for a number that is not there: an equality with it is no equation."""

Units = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Value:
    """A number in base units, and the units it is in, each with its power. `state`: what can't be divided."""

    number: Fraction
    units: Units = ()
    state: str = ""


@dataclass(frozen=True)
class Printed:
    """A number as printed: its digits and the scale of its unit beside its value."""

    value: Value
    digits: int
    scale: Fraction


@dataclass(frozen=True)
class Equation:
    """One equality of a sentence. `why` says what is wrong with it; empty where it holds."""

    text: str
    why: str

    @property
    def holds(self) -> bool:
        return not self.why


class _Unread(Exception):
    """Not an expression of numbers."""


class _Unfit(Exception):
    """An expression of numbers whose units do not fit."""


def false_equations(text: str) -> list[str]:
    """What is wrong with each equation of a text that does not hold."""
    return [f"{one.text}: {one.why}" for one in equations(text) if not one.holds]


def equations(text: str) -> tuple[Equation, ...]:
    """Every equation that a text prints."""
    plain = _QUOTED.sub("“”", text)
    places = next((int(match[1] or match[2] or 0) for match in _PLACES.finditer(plain)), None)
    cut = bool(_CUT.search(plain))
    found: list[Equation] = []
    for clause in _CLAUSES.split(plain):
        found += _of_clause(_tokens(clause), places, cut)
    return tuple(found)


def _tokens(clause: str) -> list[str]:
    """Words of a clause; operators, brackets and the sign of equality stand apart."""
    text = clause.replace("（", "(").replace("）", ")").replace("＝", "=")
    text = re.sub(r"([÷×*])", r" \1 ", text)
    text = re.sub(r"(?<=[^\s<>≥≤=(])([+−])(?=[\d(])", r" \1 ", text)
    text = text.replace("≈", " ≈ ")
    text = re.sub(r"(?<=[^\s<>≥≤!=])=(?=[\s\d(−-])", " = ", text)
    text = re.sub(r"(?<![^\s(])(\d[\d,.]*)/(\d[\d,.]*)(?=[\s)=]|$)", r"\1 / \2", text) if "0/0" not in text else text
    text = re.sub(r"(?<![\w)])\(|\((?=[\d(−-])", " ( ", text)
    text = re.sub(r"\)", " ) ", text)
    return text.split()


def _of_clause(tokens: list[str], places: int | None, cut: bool) -> Iterator[Equation]:
    sides: list[list[str]] = [[]]
    about: list[bool] = []
    for token in tokens:
        if token in ("=", "≈"):
            sides.append([])
            about.append(token == "≈")
        else:
            sides[-1].append(token)
    reckoning = False
    for number in range(len(sides) - 1):
        left, right = sides[number], sides[number + 1]
        last = number == len(sides) - 2
        left, right = _ending(left) if number == 0 else left, _beginning(right) if last else right
        reckoning = reckoning or any(token in _OPERATORS for token in [*left[1:], *right[1:]])
        one = _equation(left, right, 0 if about[number] else places, cut) if reckoning else None
        if one is not None:
            yield one


def _ending(tokens: list[str]) -> list[str]:
    """The end of what stands before a sign of equality that belongs to it: from the last word on."""
    start = len(tokens)
    wanted = True  # an operand, before which an operator may stand
    while start > 0:
        token = tokens[start - 1]
        if token in ("(", ")"):
            pass
        elif token in _OPERATORS:
            wanted = True
        elif not wanted:
            break
        else:
            wanted = False
        start -= 1
    found = tokens[start:]
    while found and found[0] == ")":
        found = found[1:]
    while found.count("(") > found.count(")") and found[0] == "(":
        found = found[1:]
    return [_LEADING.sub("", found[0]), *found[1:]] if found else found


def _beginning(tokens: list[str]) -> list[str]:
    """The beginning of what stands after a sign of equality that belongs to it."""
    end, wanted = 0, True
    while end < len(tokens):
        token = tokens[end]
        if token == "(":
            if not wanted:
                break
        elif token in _OPERATORS:
            wanted = True
        elif token != ")":
            if not wanted:
                break
            wanted = False
        end += 1
    found = tokens[:end]
    while found and found.count(")") > found.count("(") and found[-1] == ")":
        found = found[:-1]
    return found


def _equation(left: list[str], right: list[str], places: int | None, cut: bool) -> Equation | None:
    """The equation of two sides; None where something is unknown."""
    text = " ".join([*left, "=", *right])
    if any(mark in token for token in [*left, *right] for mark in _NOTHING):
        return None
    try:
        first, second = _Reader(left).value(), _Reader(right).value()
    except _Unread as unread:
        if not any(_operand(token) for token in [*left, *right]):
            return None
        return Equation(text, f"can't be recomputed: {unread}")
    except _Unfit as unfit:
        return Equation(text, str(unfit))
    if _unit_unwritten(left, right) and len(first.units) == 1:
        first = Value(first.number, second.units)
    return Equation(text, _differing(first, second, _printed(right), places, cut))


def _unit_unwritten(left: list[str], right: list[str]) -> bool:
    """Is a share said of two numbers, one of which was filed without its unit?"""
    operands = [_operand(token) for token in left]
    plain = len(left) == 3 and _OPERATORS.get(left[1]) == "/" and right[0].endswith(("%", "‰"))
    bare = any(one is not None and not one.value.units and one.scale == 1 for one in operands)
    return plain and bare and not any(one is not None and ("元", 1) in one.value.units for one in operands)


def _printed(tokens: list[str]) -> Printed | None:
    """The number that is all of a side."""
    return _operand(tokens[0]) if len(tokens) == 1 else None


def _differing(left: Value, right: Value, printed: Printed | None, places: int | None, cut: bool) -> str:
    if left.state or right.state:
        return "" if left.state == right.state else f"it is {left.state or left.number}"
    if left.units != right.units and left.number != 0:
        return f"units differ: {left.units} and {right.units}"
    if printed is None:
        return "" if left.number == right.number else f"{float(left.number)} and {float(right.number)}"
    digits = printed.digits or (2 if places is None else places)
    rounded = _rounded(left.number / printed.scale, digits, cut)
    return "" if rounded == right.number / printed.scale else f"it is {float(left.number / printed.scale)}"


def _rounded(number: Fraction, digits: int, cut: bool) -> Fraction:
    """Half away from zero, or cut off."""
    shifted = abs(number) * 10**digits
    whole = shifted.numerator // shifted.denominator if cut else (shifted + Fraction(1, 2)).__floor__()
    return Fraction(whole, 10**digits) * (1 if number >= 0 else -1)


def _operand(token: str) -> Printed | None:
    """A number with its unit, and perhaps a sign of comparison before it, as it was filed."""
    if token in _STATES:
        return Printed(Value(Fraction(0), (), token), 0, Fraction(1))
    match = _OPERAND.fullmatch(token)
    if match is None:
        return None
    text = match["number"].replace(",", "").replace("−", "-")
    digits = len(text.partition(".")[2])
    scale, units = _unit(_AFTER.sub("", match["unit"] or ""))
    return Printed(Value(Fraction(text) * scale, units), digits, scale)


def _unit(word: str) -> tuple[Fraction, Units]:
    """The scale of a unit word, and its units: 万元/人 is 10⁴ of 元 per 人."""
    for one, scale in _SCALES:
        if word == one:
            return scale, ()
    scale, powers = Fraction(1), {}
    for number, part in enumerate(word.split("/")):
        multiple = re.match(r"(\d+)?([十百千万亿]*)", part)
        assert multiple is not None
        size = Fraction(int(multiple[1] or 1))
        rest = part[multiple.end() :]
        for mark in multiple[2]:
            size *= _MULTIPLES[mark]
        scale = scale / size if number else scale * size
        if rest and rest != "分":
            powers[rest] = powers.get(rest, 0) + (-1 if number else 1)
    return scale, _kept(powers)


def _kept(powers: dict[str, int]) -> Units:
    return tuple(sorted((unit, power) for unit, power in powers.items() if power))


class _Reader:
    """Reads tokens as sums of products, as arithmetic goes."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.at = tokens, 0

    def value(self) -> Value:
        found = self._sum()
        if self.at < len(self.tokens):
            raise _Unread(self.tokens[self.at])
        return found

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _sum(self) -> Value:
        found = self._product()
        while _OPERATORS.get(self._next()) in ("+", "-"):
            sign = 1 if _OPERATORS[self._next()] == "+" else -1
            self.at += 1
            found = _added(found, self._product(), sign)
        return found

    def _product(self) -> Value:
        found = self._one()
        while _OPERATORS.get(self._next()) in ("*", "/"):
            power = 1 if _OPERATORS[self._next()] == "*" else -1
            self.at += 1
            found = _multiplied(found, self._one(), power)
        return found

    def _one(self) -> Value:
        token = self._next()
        self.at += 1
        if token == "(":
            found = self._sum()
            if self._next() != ")":
                raise _Unread(self._next())
            self.at += 1
            return found
        printed = _operand(token)
        if printed is None:
            raise _Unread(token or "nothing")
        return printed.value


def _added(one: Value, other: Value, sign: int) -> Value:
    if one.state or other.state:
        return Value(Fraction(0), (), one.state or other.state)
    if one.units != other.units and one.number and other.number:
        raise _Unfit(f"units differ: {one.units} and {other.units}")
    return Value(one.number + sign * other.number, one.units if one.number else other.units)


def _multiplied(one: Value, other: Value, power: int) -> Value:
    if one.state or other.state:
        return Value(Fraction(0), (), one.state or other.state)
    powers = dict(one.units)
    for unit, count in other.units:
        powers[unit] = powers.get(unit, 0) + power * count
    if power < 0 and other.number == 0:
        return Value(Fraction(0), (), "x/0" if one.number else "0/0")
    return Value(one.number * other.number**power, _kept(powers))
