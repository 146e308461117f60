"""How does text reach the terminal unharmed? Consoles, and text from files shown as text.

Nothing from a file is ever markup, a control sequence or a bidirectional override: what can't be printed is shown as
its visible stand-in. Tables are drawn with ASCII lines, since box-drawing characters are two cells wide in many CJK
terminals.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.box import Box
    from rich.console import Console
    from rich.text import Text

_PIPED_WIDTH = 120


def visible(text: str) -> str:
    """The text with control, format and unassigned characters made visible."""
    if text.isprintable():
        return text
    return "".join(char if char in "\n\t" or char.isprintable() else _stand_in(char) for char in text)


def _stand_in(char: str) -> str:
    if ord(char) < 0x20:
        return chr(0x2400 + ord(char))
    if unicodedata.category(char) == "Zs":
        return " "
    return f"<U+{ord(char):04X}>"


def plain(text: str, style: str = "") -> Text:
    """Text from a file, never read as markup."""
    from rich.text import Text

    return Text(visible(text), style)


@cache
def console(*, error: bool = False) -> Console:
    """Results go to stdout; everything else to stderr."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else _PIPED_WIDTH
    return Console(file=stream, width=width, highlight=False, emoji=False, markup=False, soft_wrap=False)


@cache
def lines() -> Box:
    """A table with one ASCII line under its head."""
    from rich.box import Box

    return Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)


def out(text: str) -> None:
    """A result, exactly as it is."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
