"""How does text reach the terminal unharmed? Consoles, sheets drawn on them, and results written to the end.

Tables are drawn with ASCII lines, since box-drawing characters are two cells wide in many CJK terminals.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from rich.box import Box
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment
    from rich.table import Table as Drawn

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


class _Paragraph:
    """A line of a sheet, whatever of it needs a further line right of its margin."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.cells import cell_len
        from rich.segment import Segment

        from .breaking import ends

        text, margin = self.line.text, self.line.margin
        style, margin_style = (console.get_style(_STYLES[name]) for name in (self.line.style, self.line.margin_style))
        room = options.max_width - cell_len(margin)
        for start, end in pairwise((0, *ends(text, room), len(text))):
            yield Segment(margin, margin_style)
            yield Segment(text[start:end].rstrip(), style)
            yield Segment.line()
            margin = " " * cell_len(margin)


def _table(table: Table) -> Drawn:
    from rich.table import Table as Drawn

    made = Drawn(box=lines(), pad_edge=False, padding=(0, 1), header_style="bold", expand=False)
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

    from .breaking import Broken

    text = Broken(cell.text, _STYLES[cell.style])
    return Padding(text, (0, 0, 0, 2 * cell.depth)) if cell.depth else text


def as_text(sheet: Sheet, *, above: str = "", plain: bool = False) -> str:
    """A sheet as it stands on stdout, or `plain` in a file; `above` is drawn over its whole width before it."""
    from rich.console import Console

    from engine.reports.sheet import Table

    screen = Console(width=_PIPED_WIDTH, color_system=None, highlight=False, emoji=False) if plain else console()
    with screen.capture() as capture:
        if above:
            screen.rule(characters=above)
        for part in sheet:
            screen.print(_table(part) if isinstance(part, Table) else _Paragraph(part))
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
