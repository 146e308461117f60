"""Where may a line be broken? Chinese between any two characters, but no mark begins a line that belongs to the last.

Words of letters and figures stay whole, a figure stays with its unit, an equation breaks at its blanks, and a line ends
at a mark where one is near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size
from rich.containers import Lines
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod

_ENDING = frozenset("，。、；：？！）】》〉」』”’…—～·%％‰℃,.;:?!)]}")
"""No line begins with these."""
_OPENING = frozenset("（【《〈「『“‘([{")
"""No line ends with these."""
_PAUSES = frozenset(" ，。、；：？！）】,;:?!)]}")
"""After these a line ends well."""
_NEAR = 12
"""So many cells are left empty for a good end."""
_WIDE = 2
_LEAST = 4
"""Narrower columns are cut wherever they end."""


class Broken(Text):
    """Text that breaks as Chinese does."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """The lines, each at most `width` cells wide."""
        if no_wrap or width < _LEAST:
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
        found = Lines()
        for line in self.split(allow_blank=True):
            parts = line.divide(ends(line.plain, width))
            for part in parts:
                part.rstrip()
            if justify:
                parts.justify(console, width, justify=justify, overflow="fold")
            found.extend(parts)
        return found


def ends(text: str, width: int) -> list[int]:
    """Before which characters a text is broken, so that no line is wider; where one is near, at a blank or mark."""
    found: list[int] = []
    sizes = [get_character_cell_size(char) for char in text]
    start = place = cells = 0
    last = good = beyond = 0
    while place < len(text):
        if place > start and may_break(text, place):
            last = place
            if text[place - 1] in _PAUSES or text[place] in _OPENING:
                good, beyond = place, cells
        if cells + sizes[place] <= width or text[place] == " " or place == start:
            cells += sizes[place]
            place += 1
            continue
        near = good > start and cells - beyond <= min(_NEAR, width // 4)
        start = place = good if near else last if last > start else place
        found.append(start)
        cells = 0
    return found


def may_break(text: str, place: int) -> bool:
    """May a line end before this character?"""
    before, after = text[place - 1], text[place]
    size = get_character_cell_size(after)
    if not size or after == " " or after in _ENDING or before in _OPENING:
        return False
    if before == " ":
        return True
    if before.isascii() and before.isalnum():
        return False
    return _WIDE in (get_character_cell_size(before), size)
