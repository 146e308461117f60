"""How does text reach the terminal unharmed? Consoles, sheets drawn on them, and results written to the end.

Tables are drawn with ASCII lines, since box-drawing characters are two cells wide in many CJK terminals.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from rich.box import Box
    from rich.console import Console, RenderableType
    from rich.text import Text

    from engine.reports.sheet import Cell, Line, Sheet, Table

_PIPED_WIDTH = 120
_STYLES = {
    "plain": "",
    "strong": "bold",
    "faint": "dim",
    "open": "yellow",
    "critical": "bold red",
    "major": "red",
    "minor": "yellow",
    "info": "cyan",
}
"""How a style of a sheet looks here."""


class OutputLost(Exception):
    """A result that could not be written; the reason is the system's."""


@cache
def console(*, error: bool = False) -> Console:
    """Results go to stdout; everything else to stderr."""
    from rich.console import Console

    class Ours(Console):
        """Says what can't be written to those who wait for it, where rich would end the program by itself."""

        def on_broken_pipe(self) -> NoReturn:
            raise OutputLost("Broken pipe")

    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else _PIPED_WIDTH
    return Ours(file=stream, width=width, highlight=False, emoji=False, markup=False, soft_wrap=False)


@cache
def lines() -> Box:
    """A table with one ASCII line under its head."""
    from rich.box import Box

    return Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)


def drawn(sheet: Sheet) -> Iterator[RenderableType]:
    """The parts of a sheet for a console."""
    from engine.reports.sheet import Line

    for part in sheet:
        yield _paragraph(part) if isinstance(part, Line) else _table(part)


def _text(text: str, style: str) -> Text:
    """Text from a file, never read as markup."""
    from .breaking import Broken

    return Broken(text, _STYLES[style])


def _paragraph(line: Line) -> RenderableType:
    """A paragraph whose every line starts right of its margin."""
    if not line.margin:
        from rich.console import Group

        return Group(_text(line.text, line.style))  # alone, rich would take it for any other text
    from rich.table import Table

    grid = Table.grid(padding=0)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(_text(line.margin, line.margin_style), _text(line.text, line.style))
    return grid


def _table(table: Table) -> RenderableType:
    from rich.table import Table

    made = Table(box=lines(), pad_edge=False, padding=(0, 1), header_style="bold", expand=False)
    for one in table.columns:
        made.add_column(
            one.head,
            justify="right" if one.numeric else "left",
            no_wrap=one.numeric,
            overflow="fold",
            min_width=one.least,
            max_width=one.most,
            ratio=1 if one.widest else None,
        )
    for row in table.rows:
        made.add_row(*map(_cell, row))
    return made


def _cell(cell: Cell) -> RenderableType:
    """What stands in a cell, every line of it as deep as its row."""
    from rich.padding import Padding

    text = _text(cell.text, cell.style)
    return Padding(text, (0, 0, 0, 2 * cell.depth)) if cell.depth else text


def as_text(sheet: Sheet, *, above: str = "", plain: bool = False) -> str:
    """A sheet as it stands on stdout, or `plain` in a file; `above` is drawn over its whole width before it."""
    from rich.console import Console

    screen = Console(width=_PIPED_WIDTH, color_system=None, highlight=False, emoji=False) if plain else console()
    with screen.capture() as capture:
        if above:
            screen.rule(characters=above)
        for part in drawn(sheet):
            screen.print(part)
    return "".join(line.rstrip() + "\n" for line in capture.get().splitlines())


def as_lines(sheet: Sequence[Line]) -> str:
    """A sheet of lines alone, each as long as it is: for programs to search, and for the terminal to break."""
    return "".join(f"{part}\n" for part in sheet)


def out(text: str) -> None:
    """A result, exactly as it is, and at once. Raises `OutputLost`."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        raise OutputLost(error.strerror or str(error)) from None


def note(text: str) -> None:
    """Something that is no result, on stderr; above a progress bar, where there is one. Where nobody can be told, the
    exit code tells.
    """
    with suppress(OSError, OutputLost):
        if "rich.console" not in sys.modules:
            sys.stderr.write(text + "\n")
            sys.stderr.flush()
            return
        from rich.text import Text

        console(error=True).print(Text(text), soft_wrap=True)
