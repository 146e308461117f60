"""Where in the file does a character of a text stand, however the text is laid out there?

Quotes, folds, indents and escapes add blanks and marks to a text, or take blanks from it. They leave the order of all
else: the n-th character of a text that is no blank is the n-th in the file that stands for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..values.problems import Source

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Where YAML begins a new line."""
BLOCKS = ("|", ">")

_CHARACTER = re.compile(r"\S")
_IN_SINGLE = re.compile(r"''|\S")
_IN_DOUBLE = re.compile(r"\\(?:x(..)|u(.{4})|U(.{8})|(.))|[^\s\\]")
"""Not a backslash at the end of a line: it joins two lines and stands for nothing."""
_BLANK_ESCAPES = frozenset("tnvfrNLP_ \t")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value or key begins, and the mark that opens it: a quotation mark, `|`, `>`, or none."""

    line: int
    column: int
    style: str


class Layout:
    """The text of a file and its lines."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text

    @cached_property
    def lines(self) -> list[str]:
        """The lines as YAML counts them."""
        return LINE_END.split(self.text)

    def starts(self) -> list[int]:
        """Where each line but the first begins, in characters from the beginning."""
        return [end.end() for end in LINE_END.finditer(self.text)]

    def at(self, offset: int) -> Source:
        """The source of a character of the file."""
        before = LINE_END.split(self.text[:offset])
        return Source(self.file, len(before), len(before[-1]) + 1)

    def source(self, mark: Mark, text: str, start: int = 0, width: int | None = None) -> Source:
        """The source of `width` characters (or all) from `start` of the text at `mark`, as far as their first line."""
        end = len(text) if width is None else min(start + width, len(text))
        if self._stands_as_it_is(mark, text):
            return Source(self.file, mark.line, mark.column + bool(mark.style) + start, max(1, end - start))
        line, column, _ = self._character(mark, text, start)
        last, _, beyond = self._character(mark, text, max(start, end - 1))
        if last != line:
            beyond = len(self.lines[line - 1].rstrip()) + 1
        return Source(self.file, line, column, max(1, beyond - column))

    def _stands_as_it_is(self, mark: Mark, text: str) -> bool:
        """On one line, and with nothing in quotes that quotes would change."""
        if mark.style in BLOCKS or (mark.style and "'" in text):
            return False
        return self.lines[mark.line - 1].startswith(text + mark.style, mark.column - 1 + bool(mark.style))

    def _character(self, mark: Mark, text: str, index: int) -> tuple[int, int, int]:
        """Line, column and end of a character of `text`; for a blank, of the last one before that is none."""
        wanted = max(1, _solid(text[: index + 1]))
        begin = 0 if mark.style in BLOCKS else mark.column - 1 + bool(mark.style)
        for number in range(mark.line + (mark.style in BLOCKS), len(self.lines) + 1) if text.strip() else ():
            line = self.lines[number - 1]
            # in quotes, several characters of the file may be one of the text
            count = 0 if mark.style in ("'", '"') else _solid(line[begin:])
            if count and count < wanted:
                wanted -= count
            else:
                for first, beyond in _characters(line, begin, mark.style):
                    wanted -= 1
                    if not wanted:
                        return number, first + 1, beyond + 1
            begin = 0
        return mark.line, mark.column, mark.column + 1


def _solid(text: str) -> int:
    """How many characters are no blanks."""
    return len("".join(text.split()))


def _characters(line: str, begin: int, style: str) -> Iterator[tuple[int, int]]:
    """First and end of whatever stands for one character that is no blank."""
    pattern = {"'": _IN_SINGLE, '"': _IN_DOUBLE}.get(style, _CHARACTER)
    return (match.span() for match in pattern.finditer(line, begin) if style != '"' or not _is_blank(match))


def _is_blank(match: re.Match[str]) -> bool:
    code = match[1] or match[2] or match[3]
    return chr(int(code, 16)).isspace() if code else match[4] in _BLANK_ESCAPES
