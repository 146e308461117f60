"""What was read from a clause? A form, the choices its wording leaves open, side conditions, notes: all with spans."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..methods import AnyMethod


class ClauseUnreadable(Exception):
    """No reading. `code` names the state found, `start`–`end` the words at fault, `facts` fill its sentence."""

    def __init__(self, code: str, start: int, end: int, facts: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.code, self.start, self.end, self.facts = code, start, end, facts or {}


@dataclass(frozen=True, slots=True)
class OpenChoice:
    """A choice that the wording leaves open: its name, the values it may take, and the words that leave it open.

    `allowed` is empty where any amount may be named (`standard`).
    """

    name: str
    allowed: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """From which words a part of the form came."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SideCondition:
    """Where the clause does not apply: `effect` is `full`, `zero`, `excluded`, or `exempt` (what falls under it
    does not count; by the evaluator).
    """

    text: str
    effect: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """Words that explain and carry no rule."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clause says. Parameters of `form` are None where `open` names them. Spans are of the text as written."""

    text: str
    points: Fraction
    method: AnyMethod
    open: tuple[OpenChoice, ...] = ()
    spans: tuple[Part, ...] = ()
    applies: tuple[SideCondition, ...] = ()
    notes: tuple[Note, ...] = ()
