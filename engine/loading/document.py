"""What stands where in a YAML file? Plain data with the place of every key and value, within stated limits.

YAML's own guesses about types are not used (1.1 reads `12:30` as 750 and `no` as False): every scalar is the text
that stands there, blank is None. Anchors, aliases, tags, and equal keys are refused; size and depth are bounded, so a
file can't cost more than it weighs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..problems import Problem, Refused, Source

MOST_BYTES = 4_000_000
DEEPEST = 24
MOST_NODES = 200_000

Path_ = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class _Scalar:
    """Where a scalar stands and how its text is laid out in the file."""

    line: int
    column: int
    style: str


@dataclass(frozen=True)
class Document:
    """`data` as nested dicts, lists and texts; `marks` gives the place of each value, `keys` of each key."""

    file: str
    data: Any
    text: str
    marks: dict[Path_, _Scalar]
    keys: dict[Path_, _Scalar]

    def place(self, path: Path_, start: int = 0, width: int | None = None, *, key: bool = False) -> Source:
        """The source of the value (or key) at `path`, or of its nearest parent; `start` is an offset in its text."""
        table = self.keys if key else self.marks
        while path and path not in table:
            path, table = path[:-1], self.marks
        mark = table.get(path)
        if mark is None:
            return Source(self.file)
        text = str(path[-1]) if key else self._value(path)
        if not isinstance(text, str):
            return Source(self.file, mark.line, mark.column)
        line, column = _offset(self.text, mark, text, start)
        return Source(self.file, line, column, max(1, len(text) if width is None else width))

    def unquoted(self, keys: frozenset[str]) -> list[Source]:
        """Where a text under one of these keys stands bare, so that YAML's own marks could change it."""
        return [
            self.place(path)
            for path, mark in self.marks.items()
            if path and path[-1] in keys and not mark.style and isinstance(self._value(path), str)
        ]

    def _value(self, path: Path_) -> Any:
        value = self.data
        for step in path:
            value = value[step]
        return value


def _offset(file: str, mark: _Scalar, text: str, start: int) -> tuple[int, int]:
    """Line and column of character `start` of a scalar: exact for blocks, and for what stands on one line."""
    if mark.style not in ("|", ">"):
        return mark.line, mark.column + (1 if mark.style else 0) + start
    lines = file.split("\n")
    for line in range(mark.line + 1, len(lines) + 1):
        own = lines[line - 1]
        indent = len(own) - len(own.lstrip(" "))
        length = len(own) - indent
        if start <= length:
            return line, indent + start + 1
        start -= length + 1  # its line end, which a folded block makes a space
    return mark.line, mark.column


def read_text(path: Path, file: str) -> str:
    """The file's text. Raises `Refused` where it can't be read, is too large, or is not UTF-8."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused([Problem("unreadable-file", Source(file), {"found": error.strerror or "?"})]) from None
    if len(content) > MOST_BYTES:
        limit = f"{MOST_BYTES // 1_000_000} MB"
        raise Refused([Problem("too-large", Source(file), {"limit": limit})])
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused([Problem("not-utf-8", Source(file, line), {"found": f"0x{content[error.start]:02X}"})]) from None


def parse(text: str, file: str) -> Document:
    """The document in `text`. Raises `Refused`."""
    problems: list[Problem] = []
    try:
        events = yaml.parse(text, Loader=_Loader)
        return _Builder(file, text, problems).build(events)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        source = Source(file, mark.line + 1, mark.column + 1) if mark else Source(file)
        raise Refused([*problems, Problem("not-yaml", source, {"found": str(error.problem)})]) from None
    except yaml.YAMLError as error:  # control characters and the like have no mark
        place = getattr(error, "position", None)
        line = text[:place].count("\n") + 1 if isinstance(place, int) else 1
        reason = str(getattr(error, "reason", None) or "unreadable")
        raise Refused([Problem("not-yaml", Source(file, line), {"found": reason})]) from None


class _Builder:
    """Builds nested data from events, without recursion."""

    def __init__(self, file: str, text: str, problems: list[Problem]) -> None:
        self.file, self.text, self.problems = file, text, problems
        self.marks: dict[Path_, _Scalar] = {}
        self.keys: dict[Path_, _Scalar] = {}
        self.nodes = 0

    def build(self, events: Iterator[Any]) -> Document:
        stack: list[Any] = []
        paths: list[Path_] = []
        awaited: list[Any] = []  # per open mapping: the key that waits for its value
        root: Any = None
        path: Path_
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop("several-documents", event)
            if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                stack.pop()
                paths.pop()
                awaited.pop()
                continue
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self._stop("alias", event)
            if not isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                continue
            if event.tag:
                self._stop("tag", event)
            self.nodes += 1
            if self.nodes > MOST_NODES:
                self._stop("too-many-values", event, limit=str(MOST_NODES))
            mark = self._mark(event)
            value = self._made(event)
            if not stack:
                root, path = value, ()
            else:
                parent, path = stack[-1], paths[-1]
                if isinstance(parent, list):
                    path = (*path, len(parent))
                    parent.append(value)
                elif awaited[-1] is _NOTHING:
                    awaited[-1] = self._key(event, parent, path, mark)
                    continue
                else:
                    path = (*path, awaited[-1])
                    parent[awaited[-1]] = value
                    awaited[-1] = _NOTHING
            self.marks[path] = mark
            if not isinstance(event, yaml.ScalarEvent):
                if len(stack) >= DEEPEST:
                    self._stop("too-deep", event, limit=str(DEEPEST))
                stack.append(value)
                paths.append(path)
                awaited.append(_NOTHING)
        if self.problems:
            raise Refused(self.problems)
        return Document(self.file, root, self.text, self.marks, self.keys)

    def _made(self, event: Any) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        if event.style is None and event.value in ("", "~", "null"):
            return None
        return event.value.rstrip("\n") if event.style in ("|", ">") else event.value

    def _mark(self, event: Any) -> _Scalar:
        mark = event.start_mark
        return _Scalar(mark.line + 1, mark.column + 1, getattr(event, "style", None) or "")

    def _key(self, event: Any, parent: dict[str, Any], path: Path_, mark: _Scalar) -> Any:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop("key-not-text", event)
        key = event.value
        if key in parent:
            source = Source(self.file, mark.line, mark.column, len(key))
            first = self.keys[(*path, key)].line
            self.problems.append(Problem("repeated-key", source, {"found": key, "first": str(first)}))
        else:
            self.keys[(*path, key)] = mark
        return key

    def _stop(self, code: str, event: Any, **facts: str) -> None:
        mark = event.start_mark
        raise Refused([*self.problems, Problem(code, Source(self.file, mark.line + 1, mark.column + 1), facts)])


_NOTHING = object()
