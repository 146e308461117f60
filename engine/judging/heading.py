"""Which way does an indicator row point: is more better, or less, or neither? By its sign, else by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import repeat
from typing import Literal

from ..filing.figures import Row
from ..rules.rows import Directions, RowRules

Better = Literal["more", "less", "same", "cost", "doubted"]
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]\s*$")
_SIGNED: dict[str, Better] = {"forward": "more", "reverse": "less", "equal": "same"}


@dataclass(frozen=True, slots=True)
class Heading:
    """Which way, and the word that decided (empty: the sign, or nothing did). `standard`: a cost fixed by somebody."""

    better: Better
    word: str = ""
    standard: bool = False

    @property
    def direction(self) -> str:
        """As rules read it."""
        named = {"more": "forward", "less": "reverse", "cost": "reverse", "same": "equal"}
        return named.get(self.better, "doubted")


def heading(row: Row, rules: RowRules | None) -> Heading:
    """The way a row points under these rules (without any, by its sign alone)."""
    signed = _SIGNED.get(row.direction)
    nothing = row.target.number.known and row.target.number.n == 0
    if rules is None:
        return Heading(signed or "more")
    if signed == "same" and rules.equal == "as-forward" and not nothing:
        return Heading("more")
    if signed is not None:
        return Heading(signed)
    found = None if rules.directions is None else _by_name(row, rules.directions)
    if found is not None:
        return found
    if nothing:  # “0件” without a sign asks for none, not for at least none
        return Heading("same")
    return Heading("more" if rules.unmarked == "forward" or rules.equal == "as-forward" else "same")


def _by_name(row: Row, words: Directions) -> Heading | None:
    """By the head of the name, forward heads first; a word elsewhere only makes the row doubted."""
    heads = _heads(row.name)
    for better, some in (("more", words.forward), ("less", words.reverse), ("cost", words.cost)):
        ends = any(map(str.endswith, heads, repeat(some)))
        word = next(word for word in some if any(head.endswith(word) for head in heads)) if ends else ""
        if word:
            return _told(better, word, row, words)
    kind = next((word for word in words.cost if word in row.kind), "")
    if kind:
        return _told("cost", kind, row, words)
    inside = next((word for word in (*words.reverse, *words.cost) if word in row.name), "")
    return Heading("doubted", inside) if inside else None


def _told(better: str, word: str, row: Row, words: Directions) -> Heading:
    if better == "more":
        return Heading("more", word)
    if better == "less":
        return Heading("less", word)
    return Heading("cost", word, any(one in row.name for one in words.standards))


def _heads(name: str) -> tuple[str, ...]:
    """The ends of a name that may be its head: the whole without a bracket behind it, and what is before a colon."""
    plain = _BRACKETED.sub("", name).strip()
    return (plain, *(part.strip() for part in re.split("[：:]", plain)[:-1]))
