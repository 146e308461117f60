"""Which way does an indicator row point: is more better, or less, or neither? By its sign, else by its name."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ..algebra.meaning import OneText, TextValue
from ..filing.figures import Row
from ..rules.rows import Directions, RowRules

Better = Literal["more", "less", "same", "cost", "doubted"]
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]$")
_SIGNED: dict[str, Better] = {"forward": "more", "reverse": "less", "equal": "same"}
_READ = {"more": "forward", "less": "reverse", "cost": "reverse", "same": "equal", "doubted": "doubted"}
_DIRECTIONS = {better: TextValue(direction, direction != "doubted") for better, direction in _READ.items()}


class Heading(NamedTuple):
    """Which way, and the word that decided (empty: the sign, or nothing did). `standard`: a cost fixed by somebody."""

    better: Better
    word: str = ""
    standard: bool = False

    @property
    def direction(self) -> OneText:
        """As rules read it."""
        return _DIRECTIONS[self.better]


def heading(row: Row, rules: RowRules | None) -> Heading:
    """The way a row points under these rules (without any, by its sign alone)."""
    signed = _SIGNED.get(row.direction)
    if rules is None:
        return Heading(signed or "more")
    nothing = row.target.number.known and row.target.number.n == 0
    if signed == "same" and rules.equal == "as-forward" and not nothing:
        return Heading("more")
    found = _by_name(row, rules.directions) if signed is None and rules.directions is not None else None
    if found is not None:
        return found
    if signed is None and not nothing:  # “0件” without a sign asks for none, not for at least none
        signed = "more" if rules.unmarked == "forward" or rules.equal == "as-forward" else None
    return Heading(signed or "same")


def _by_name(row: Row, words: Directions) -> Heading | None:
    """By the head of the name, forward heads first; a word elsewhere only makes the row doubted."""
    heads = _heads(row.name)
    if any(map(words.at_end.search, heads)):
        if word := _ending(heads, words.forward):
            return Heading("more", word)
        if word := _ending(heads, words.reverse):
            return Heading("less", word)
        if word := _ending(heads, words.cost):
            return Heading("cost", word, _within(row.name, words.standards) != "")
    if word := _within(row.kind, words.cost):
        return Heading("cost", word, _within(row.name, words.standards) != "")
    word = _within(row.name, (*words.reverse, *words.cost)) if words.inside.search(row.name) else ""
    return Heading("doubted", word) if word else None


def _ending(heads: tuple[str, ...], words: tuple[str, ...]) -> str:
    """The first of the words that a head ends with."""
    for word in words:
        for head in heads:
            if head.endswith(word):
                return word
    return ""


def _within(text: str, words: tuple[str, ...]) -> str:
    """The first of the words that stands anywhere in a text."""
    return next((word for word in words if word in text), "")


def _heads(name: str) -> tuple[str, ...]:
    """The ends of a name that may be its head: the whole without a bracket behind it, and what is before a colon."""
    plain = name.strip()
    if plain.endswith((")", "）")):
        plain = _BRACKETED.sub("", plain).strip()
    if ":" not in plain and "：" not in plain:
        return (plain,)
    return (plain, *(part.strip() for part in re.split("[：:]", plain)[:-1]))
