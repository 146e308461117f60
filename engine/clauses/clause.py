"""What is known while a clause is put together? Its statements by kind, the full points, the choices named so far."""

# ruff: noqa: SIM905  # a list of words

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NoReturn, Protocol, TypeVar

from ..methods.choices import BY_NAME
from ..values.amounts import Amount, NotAnAmount, read_amount
from ..values.exact import written
from ..values.units import unit_word
from .conditions import amount
from .reading import ClauseUnreadable, Note, OpenChoice, Part, SideCondition
from .statements import Band, Earned, End, Interval, Item, Span, Stated, Statement

S = TypeVar("S")
_LOOSE = re.compile(
    "^(?:如果?|若|当|对|对于|其中|凡|实际|该项?|本项?|年度|当年)|(?:在|为|是|的|达|介于|数|值|每|均|情况|的部门|的单位)$"
)
_GENERIC = frozenset(
    ["", "指标", "比率", "比例", "比值", "数值", "其", "结果", "完成", "完成值", "实际完成值", "率", "测评结果"]
)
GRADES = frozenset(
    "优秀 优良 优 良好 良 较好 好 中 中等 一般 合格 基本合格 不合格 较差 差 "
    "较大 很大 显著 明显 不明显 及时 不及时".split()
)
"""Words that name one state among several: such outcomes exclude each other; before a number they name no measure."""
_MISREAD = re.compile("[每扣±]|得分|计分|满分|[0-9]分")
_JOINED = re.compile("[且或]|并且|同时|除了|以及|如果")


class Placed(Protocol):
    """What stands somewhere in the clause."""

    @property
    def span(self) -> Span:
        """Where."""


Where = Span | Placed


def _span(where: Where) -> Span:
    return where if isinstance(where, tuple) else where.span


class Clause:
    """One clause being put together. What is taken out of `left` is used; what stays is refused at the end."""

    def __init__(self, text: str, statements: Sequence[Statement], full: Fraction, choose: Mapping[str, str]) -> None:
        self.folded, self.full, self.choose = text, full, choose
        self.left = list(statements)
        self.open: list[OpenChoice] = []
        self.spans: list[Part] = []
        self.applies: list[SideCondition] = []
        self.notes: list[Note] = []

    # -- refusing ------------------------------------------------------------------------------------------------------

    def refuse(self, code: str, where: Where, **facts: str) -> NoReturn:
        """Say which words can't be read so; unless told otherwise, these are what was found."""
        start, end = _span(where)
        raise ClauseUnreadable(code, start, end, {"found": self.text_of(where), **facts})

    def refuse_any(self, found: Sequence[Placed], code: str = "not-combined") -> None:
        """Refuse the first of these, if there is one."""
        for one in found:
            self.refuse(code, one)

    def text_of(self, where: Where) -> str:
        """The folded words of a span."""
        return self.folded[slice(*_span(where))]

    # -- statements ----------------------------------------------------------------------------------------------------

    def all(self, kind: type[S]) -> list[S]:
        """The statements left of a kind."""
        return [statement for statement in self.left if isinstance(statement, kind)]

    def taken(self, kind: type[S]) -> list[S]:
        """The statements left of a kind, used from now on."""
        found = self.all(kind)
        self.left = [statement for statement in self.left if not isinstance(statement, kind)]
        return found

    def use(self, statement: Statement) -> None:
        """The statement is used."""
        self.left = [other for other in self.left if other is not statement]

    def says(self, kind: str) -> bool:
        """Is there a sentence of one phrase of this kind?"""
        return any(one.kind == kind for one in self.all(Stated))

    def stated(self, *kinds: str) -> list[Stated]:
        """Sentences of one phrase, used from now on."""
        found = [one for one in self.all(Stated) if one.kind in kinds]
        for one in found:
            self.use(one)
        return found

    def note(self, item: Item) -> None:
        """The item is used, and only explains: ①②③ that have no points of their own."""
        self.use(item)
        self.notes.append(Note(item.name, *item.span))

    def set_apart(self, statement: Statement, text: str, effect: str) -> None:
        """The statement is used, and only says where the clause does not apply."""
        self.use(statement)
        self.applies.append(SideCondition(text, effect, *statement.span))

    def part(self, name: str, where: Where) -> None:
        """Remember from which words a part came."""
        self.spans.append(Part(name, *_span(where)))

    def all_full(self) -> list[Item]:
        """Named outcomes that say full points (按期得10分) beside a rule that takes points off."""
        return [one for one in self.all(Item) if one.earned is not None and not one.marked]

    # -- points --------------------------------------------------------------------------------------------------------

    def given(self, earned: Earned) -> Fraction:
        """The points of a plain award; full points where the words say so. Never above the full points."""
        if earned.kind == "deduct" and earned.points is not None and earned.points == earned.most:
            return self.full - self.within(earned.points, earned)
        if earned.kind == "points-share" and earned.points is not None:
            return self.within(earned.points * self.full, earned)
        if earned.kind not in ("points", "gain"):
            self.refuse("not-combined", earned)
        return self.full if earned.points is None else self.within(earned.points, earned)

    def gives(self, earned: Earned, points: Fraction | int) -> bool:
        """Is it an award of so many points?"""
        return earned.kind == "points" and self.given(earned) == points

    def within(self, points: Fraction, where: Where) -> Fraction:
        """`points`, refused above the full ones."""
        if points > self.full:
            self.refuse("points-above-full", where, found=written(points), full=written(self.full))
        return points

    def must_be_full(self, points: Fraction | None, where: Where) -> None:
        """What earns the most must earn the full points."""
        if points is not None and points != self.full:
            code = "points-above-full" if points > self.full else "points-below-full"
            self.refuse(code, where, found=written(points), full=written(self.full))

    def lost(self, earned: Earned) -> Fraction:
        """The points a deduction takes."""
        assert earned.points is not None
        points = earned.points * self.full if earned.kind == "deduct-share" else earned.points
        if points <= 0:
            self.refuse("points-not-positive", earned, found=written(points))
        return self.within(points, earned)

    def caps(self) -> list[Stated]:
        """最高得10分 and its like, used from now on: they say the full points again."""
        caps = self.stated("cap")
        for one in caps:
            self.must_be_full(one.points, one)
        return caps

    # -- choices -------------------------------------------------------------------------------------------------------

    def choice(self, name: str, where: Where, allowed: tuple[str, ...] | None = None) -> str | None:
        """The value named for a choice the wording leaves open; else the choice is left open at these words.

        It may take these values, or those that the table of choices has.
        """
        allowed = BY_NAME[name].values if allowed is None else allowed
        value = self.choose.get(name)
        if value is None:
            if all(one.name != name for one in self.open):
                self.open.append(OpenChoice(name, allowed, *_span(where)))
        elif allowed and value not in allowed:
            self.refuse("choice-unknown", where, choice=name, found=value, expected="、".join(allowed))
        return value

    def chosen_amount(self, name: str, where: Where) -> Amount | None:
        """A choice whose value is an amount."""
        value = self.choice(name, where)
        try:
            return None if value is None else read_amount(value)
        except NotAnAmount:
            self.refuse("choice-unknown", where, choice=name, found=value or "", expected="")

    def closed(self, end: End, side: str, where: Where) -> bool | None:
        """Does the end of a half-line belong to it? As it says, or as the choice `edges` has it."""
        if end.closed is not None:
            return end.closed
        value = self.choice("edges", where)
        return None if value is None else (value == "lower-closed") == (side == "above")

    # -- names and units -----------------------------------------------------------------------------------------------

    def same_measure(self, conditions: Sequence[tuple[str, Span]]) -> None:
        """All conditions must speak of one measure; a short name may stand for a longer one that holds it."""
        longest = ""
        for name, span in conditions:
            if _JOINED.search(name):
                self.refuse("several-conditions", span, found=name)
            bare = bare_name(name)
            if _MISREAD.search(name):
                self.refuse("clause-unreadable", span, found=name)
            if is_generic(bare) or bare in GRADES:
                continue
            if longest and not (holds(longest, bare) or holds(bare, longest)):
                self.refuse("several-measures", span, found=name, first=longest)
            longest = max(longest, bare, key=len)

    def one_unit(self, *intervals: Interval) -> list[Interval]:
        """The same conditions, each bare 0 in the unit of the others; units that differ are refused."""
        ends = [end for interval in intervals for end in interval.ends]
        word = next((end.at.word for end in ends if end.at.word), "")
        for end in ends:
            other_unit = end.at.word != word and unit_word(word).unit != end.at.unit
            if end.at.value != 0 and (other_unit or (word == "%" and end.at.word == "")):
                self.refuse("units-differ", end.mark, left=word, right=str(end.at))
        nil = amount(0, word)

        def worded(end: End | None) -> End | None:
            return replace(end, at=nil) if end is not None and end.at.value == 0 else end

        return [replace(one, low=worded(one.low), high=worded(one.high)) for one in intervals]


def bare_name(name: str) -> str:
    """A measure's name without the words around it: 若…, …在, …的."""
    while (shorter := _LOOSE.sub("", name)) != name:
        name = shorter
    return name


def holds(long: str, short: str) -> bool:
    """Are the characters of `short` found in `long`, in their order?"""
    letters = iter(long)
    return all(char in letters for char in short)


def is_generic(name: str) -> bool:
    """Does the name say no more than that something is measured (该指标, 比值, x)?"""
    return name in _GENERIC or (name.isascii() and len(name) == 1)


def names(bands: Sequence[Band]) -> list[tuple[str, Span]]:
    """What each condition says it measures, and where."""
    return [(band.condition.name, band.condition.name_span) for band in bands if band.condition.name]
