"""What stands where in a YAML file? Plain data with the place of every key and value, within stated limits.

YAML's own guesses about types are not used (1.1 reads `12:30` as 750 and `no` as False): every scalar is the text
that stands there, blank is None. Directives, anchors, aliases, tags, equal keys and hidden characters are refused;
size and depth are bounded, so a file can't cost more than it weighs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from ..values.problems import At, Problem, Refused, Source
from .files import MOST_BYTES, content
from .layout import BLOCKS, LINE_END, Layout, Mark

DEEPEST = 24
BYTE_ORDER_MARK = "\ufeff"
_TOO_DEEP = "exceeded maximum nesting depth"
"""What PyYAML 6.0.4 and later says of depth that it refuses itself, before any of it is built."""
MOST_NODES = 200_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NOT_IN_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no file may hold as it is. Searched beforehand: libyaml would count bytes, not characters."""
_HIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""What no text may hold, escaped or not: it would steer the reader's terminal, or hide what stands there."""
_WIDE_COLON = re.compile(r"：(?=\s*[{\[])")
_CONTROL = "control characters are not allowed"
_TOKEN = re.compile(r"---(?!\S)|[&*!][^\s,\[\]{}]*|")
_BLANK = frozenset({"", "~", "null"})


@dataclass(frozen=True)
class Document:
    """`data` as nested dicts, lists and texts; `marks` gives the place of each value, `keys` of each key.

    `problems` are those that do not keep the rest from being read. Of a file in an older spelling, `data` has the
    present one, `older` says so, and `written` gives the keys that stand otherwise in the file.
    """

    layout: Layout
    data: Any
    marks: dict[At, Mark]
    keys: dict[At, Mark]
    problems: tuple[Problem, ...] = ()
    older: tuple[Problem, ...] = field(default=(), kw_only=True)
    written: Mapping[At, str] = field(default_factory=dict, kw_only=True)

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.layout.text

    def place(self, path: At, start: int = 0, width: int | None = None, *, key: bool = False) -> Source:
        """The source of the value (or key) at `path`, or of its nearest parent; `start` is an offset in its text.

        What has no key, such as an item of a list, is told by its value.
        """
        if key and path in self.keys:
            return self.layout.source(self.keys[path], self.written.get(path, str(path[-1])), start, width)
        while path and path not in self.marks:
            path = path[:-1]
        mark = self.marks.get(path)
        if mark is None:
            return Source(self.layout.file)
        text = self._value(path)
        if not isinstance(text, str):
            return Source(self.layout.file, mark.line, mark.column)
        return self.layout.source(mark, text, start, width)

    def unquoted(self, keys: frozenset[str]) -> list[Source]:
        """Where a text under one of these keys stands bare, so that YAML's own marks could change it."""
        return [
            self.place(path)
            for path in _texts(self.data, ())
            if path and path[-1] in keys and not self.marks[path].style
        ]

    def _value(self, path: At) -> Any:
        value = self.data
        for step in path:
            value = value[step]
        return value


def _texts(value: Any, path: At) -> Iterator[At]:
    """The path of every text; of equal keys, below the one that stands."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, (dict, list)):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, step))


def read_text(path: Path, file: str) -> str:
    """The file's text, however its lines end. Raises `Refused` as `read_exactly` does."""
    return plain(read_exactly(path, file))


def plain(text: str) -> str:
    """A text as it is surveyed: without byte order mark and carriage returns."""
    return text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n")


def read_exactly(path: Path, file: str) -> str:
    """The file's text, each character of it. Raises `Refused` where it can't be read, is too large, or not UTF-8."""
    try:
        found = content(path)
    except FileNotFoundError:
        raise Refused([Problem("no-such-file", Source(file))]) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused([Problem("unreadable-file", Source(file), {"found": reason})]) from None
    if len(found) > MOST_BYTES:
        limit = f"{MOST_BYTES // 1_000_000} MB"
        raise Refused([Problem("too-large", Source(file), {"limit": limit})])
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError as error:
        before = LINE_END.split(error.object[: error.start].decode("utf-8-sig"))
        source = Source(file, len(before), len(before[-1]) + 1)
        raise Refused([Problem("not-utf-8", source, {"found": f"0x{error.object[error.start]:02X}"})]) from None


def parse(text: str, file: str) -> Document:
    """The document in `text`. Raises `Refused` for any problem in it."""
    document = survey(text, file)
    if document.problems:
        raise Refused(document.problems)
    return document


def survey(text: str, file: str) -> Document:
    """The document in `text` with its problems. Raises `Refused` for those that keep it from being read."""
    layout = Layout(file, text)
    _before_parsing(layout)
    builder = _Builder(layout)
    try:
        return builder.build(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        source = Source(file, mark.line + 1, mark.column + 1) if mark else Source(file)
        found = str(getattr(error, "problem", None) or "unreadable")
        if found == _TOO_DEEP:
            raise Refused([*builder.problems, Problem("too-deep", source, {"limit": str(DEEPEST)})]) from None
        raise Refused([*builder.problems, Problem("not-yaml", source, {"found": found})]) from None


def _before_parsing(layout: Layout) -> None:
    """Refuses what libyaml would tell in the wrong place, or take too long over."""
    control = _NOT_IN_YAML.search(layout.text)
    if control:
        raise Refused([Problem("not-yaml", layout.at(control.start()), {"found": _CONTROL})])
    for number, line in enumerate(layout.lines, 1):
        if line.startswith("%"):  # libyaml compares every directive with all before it
            source = Source(layout.file, number, 1, len(line.split()[0]))
            raise Refused([Problem("not-yaml", source, {"found": "directives (%) are not allowed"})])


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; `key` waits for its value."""

    node: Any
    path: At
    key: str | None = None


class _Builder:
    """Builds nested data from events, without recursion."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.problems: list[Problem] = []
        self.data: Any = None
        self.marks: dict[At, Mark] = {}
        self.keys: dict[At, Mark] = {}
        self.first: dict[At, int] = {}  # of repeated keys: the line of the first
        self.open: list[_Open] = []
        self.nodes = self.documents = 0

    def build(self, events: Iterable[Any]) -> Document:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                self._admit(event)
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
            elif isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    self._stop("several-documents", event)
        return Document(self.layout, self.data, self.marks, self.keys, tuple(self.problems))

    def _admit(self, event: Any) -> None:
        """Stops at what no file may hold."""
        if event.anchor or getattr(event, "tag", None):
            mark = event.start_mark  # where anchor and tag both stand, at the one that stands first
            tagged = self.layout.lines[mark.line].startswith("!", mark.column)
            self._stop("tag" if tagged else "alias", event)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._stop("too-many-values", event, limit=str(MOST_NODES))

    def _node(self, event: Any) -> None:
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1, getattr(event, "style", None) or "")
        value = self._made(event, mark)
        around = self.open[-1] if self.open else None
        path: At = ()
        if around is None:
            self.data = value
        elif isinstance(around.node, list):
            path = (*around.path, len(around.node))
            around.node.append(value)
        elif around.key is None:
            around.key = self._key(event, around, mark)
            return
        else:
            path = (*around.path, around.key)
            around.node[around.key] = value
            around.key = None
        self.marks[path] = mark
        if not isinstance(event, yaml.ScalarEvent):
            if len(self.open) >= DEEPEST:
                self._stop("too-deep", event, limit=str(DEEPEST))
            self.open.append(_Open(value, path))

    def _made(self, event: Any, mark: Mark) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        hidden = _HIDDEN.search(event.value)
        if hidden:
            source = self.layout.source(mark, event.value, hidden.start(), 1)
            self.problems.append(Problem("not-yaml", source, {"found": _CONTROL}))
        if not mark.style and event.value in _BLANK:
            return None
        return event.value.rstrip("\n") if mark.style in BLOCKS else event.value

    def _key(self, event: Any, around: _Open, mark: Mark) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop("key-not-text", event)
        key: str = event.value
        path = (*around.path, key)
        wide = _WIDE_COLON.search(key) if "：" in key else None
        if wide and not mark.style:  # 编制数：{unit: 人} is YAML, with “编制数：{unit” as its key
            source = self.layout.source(mark, key, wide.start(), 1)
            raise Refused([*self.problems, Problem("full-width-colon", source, {"found": key[: wide.end()]})])
        if key in around.node:
            first = self.first.setdefault(path, self.keys[path].line)
            facts = {"found": key, "first": str(first)}
            self.problems.append(Problem("repeated-key", self.layout.source(mark, key), facts))
        self.keys[path] = mark
        return key

    def _stop(self, code: str, event: Any, **facts: str) -> NoReturn:
        line, column = event.start_mark.line, event.start_mark.column
        token = _TOKEN.match(self.layout.lines[line], column)
        source = Source(self.layout.file, line + 1, column + 1, max(1, len(token[0]) if token else 0))
        raise Refused([*self.problems, Problem(code, source, facts)])
