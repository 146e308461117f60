"""How many of all indicator rows pass, times the points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from ..algebra.carriers import Bit, Whole, Words
from ..algebra.meaning import Meaning, Number, Range
from ..values.exact import written
from ..values.model import AmountText
from .method import Branch, Measured, Said, Told, Unwritable, Work
from .proportional import HUNDRED

_AT_LEAST = '(met or (direction = "forward" and attainment >= {}))'


class OfAll(Measured):
    """A method whose measure is itself the share of the full points."""

    def work(self, m: Meaning[Whole, Bit, Words], x: Number[Whole, Bit], full: Number[Whole, Bit]) -> Work[Whole, Bit]:
        """The share of the full points."""
        earned = m.multiply(x, full)
        return Work((Branch("share", m.carrier.true, Range(earned, earned)),), {"share": x})

    def turns(self, full: Fraction) -> Iterator[Fraction]:
        """Where all is reached."""
        yield Fraction(1)

    def said(self, told: Told) -> Said:
        """The share, times the points."""
        return Said(self.method, {"value": told.rate("share"), "full": told.full, "points": told.result})


class Share(OfAll):
    """Of the rows of one `kind` (of all where none is named), those that pass: their target is met, and where `to` is
    named, it is not exceeded by more. `from` in place of the target itself asks for a share of it.
    """

    method: Literal["share"]
    kind: str = ""
    from_: AmountText | None = None
    to: AmountText | None = None
    to_closed: bool | None = None
    shares: ClassVar[tuple[str, ...]] = ("from", "to")

    def open(self) -> tuple[str, ...]:
        """Whether `to` itself passes."""
        return ("to_closed",) if self.to is not None and self.to_closed is None else ()

    def quotient(self, treated: str) -> str:
        """The quotient that is scored, in the language of formulas. What is exceeded is asked of rows where more is
        better; where less is, or just so much, reaching the target passes. Rows that do not apply are `treated` as the
        criterion is: they pass (`full`), fail (`zero`), or are not counted.
        """
        least = "met" if self.from_ is None or self.from_ == HUNDRED else _AT_LEAST.format(self.from_)
        passing = [least]
        if self.to is not None:
            sign = "<" if self.to_closed is False else "<="
            passing.append(f'(attainment {sign} {self.to} or direction != "forward")')
        if treated == "full":
            passing = [f"(not applies or {' and '.join(passing)})"]
        counted = [f'kind = "{self.kind}"'] if self.kind else []
        counted += [] if treated in ("full", "zero") else ["applies"]
        every = f" where {' and '.join(counted)}" if counted else ""
        return f"count(indicators where {' and '.join([*counted, *passing])}) / count(indicators{every})"

    def clause(self, full: Fraction) -> list[str]:
        """达标个数÷全部个数."""
        fails = ["未达到目标"] if self.from_ is not None else []
        if self.from_ is not None and self.from_ != HUNDRED:
            raise Unwritable("from")
        if self.to is not None:
            over = written((self.to.value - 1) * 100)
            word = {True: "", False: "及以上", None: "以上"}[self.to_closed]
            fails.append(f"超过目标{over}%{word}")
        rows = self.kind or "指标"
        passes = [f"单个{rows}{'或'.join(fails)}均不得分"] if fails else []
        return [*passes, f"得分=达标{rows}个数÷全部{rows}个数×分值"]
