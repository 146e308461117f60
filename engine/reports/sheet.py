"""Of what is a report made, before any medium draws it? Lines and tables of plain text, with styles by name.

Whatever text is put in, of a filing or of rules, holds one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..wording.visible import visible

Style = Literal["plain", "strong", "faint", "open", "critical", "major", "minor", "info"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; what of it needs a further line begins right of the margin. Empty, a blank line."""

    text: str = ""
    style: Style = "plain"
    margin: str = ""
    margin_style: Style = "plain"

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", visible(self.text))

    def __str__(self) -> str:
        return self.margin + self.text


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table; `depth` is how far its row lies below the top."""

    text: str = ""
    style: Style = "plain"
    depth: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", visible(self.text))


@dataclass(frozen=True, slots=True)
class Column:
    """`numeric` stands right and is never broken; `widest` takes the room that is left. Widths are in characters."""

    head: str
    numeric: bool = False
    widest: bool = False
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as many as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


Part = Line | Table
Sheet = Sequence[Part]
"""A report from the head down."""
