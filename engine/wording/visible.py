"""How is text of a file shown, so that it stays on its line and steers nothing?

Nothing of a file is ever a line of its own, a control sequence or a bidirectional override: what can't be printed is
shown as its visible stand-in.
"""

from __future__ import annotations

import unicodedata

_WIDE_BLANK = "\u3000"
_LAST_CONTROL = 0x20


def visible(text: str) -> str:
    """The text on one line, with control, format and unassigned characters made visible."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == _WIDE_BLANK else _stand_in(char) for char in text)


def _stand_in(char: str) -> str:
    if ord(char) < _LAST_CONTROL:
        return chr(0x2400 + ord(char))
    if unicodedata.category(char) == "Zs":
        return " "
    return f"<U+{ord(char):04X}>"


def folded(text: str) -> str:
    """Text that a rule file lays out over several lines, on one."""
    return " ".join(line.strip() for line in text.splitlines())
