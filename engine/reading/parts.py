"""How does a rule file take in the shared parts that it includes by name? Each value keeps its place in its own file.

A part holds sections of a rule file (figures, findings, row rules, grades …) and may include others. Sections that map
names are joined name by name. Nothing may be said twice: a part is never overridden in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..values.problems import At, Problem, Refused, Source
from .document import Document

ReadPart = Callable[[str], Document | str]
"""The part of a name, or, where there is none, the nearest name. Raises `Refused` where it can't be read."""

_OF_A_PART = ("part", "include")
"""Keys of a part that tell about itself."""


@dataclass(frozen=True)
class Joined(Document):
    """A rule file together with its parts. `homes` gives the part in which a section, or a name of it, stands."""

    homes: Mapping[At, Document] = field(default_factory=dict)
    parts: Mapping[str, Document] = field(default_factory=dict)

    def place(self, path: At, start: int = 0, width: int | None = None, *, key: bool = False) -> Source:
        """The source of the value (or key) at `path`, in the file where it stands."""
        home = self.homes.get(path[:2]) or self.homes.get(path[:1])
        if home is not None:
            return home.place(path, start, width, key=key)
        return super().place(path, start, width, key=key)

    def unquoted(self, keys: frozenset[str]) -> list[Source]:
        """Where a text under one of these keys stands bare, in any of the files."""
        own = Document(self.layout, _own(self), self.marks, self.keys)
        return [source for one in (own, *self.parts.values()) for source in one.unquoted(keys)]


def joined(document: Document, read: ReadPart) -> Document:
    """The rule file with its parts, and theirs. Raises `Refused` for parts that can't be read."""
    data = document.data
    if not isinstance(data, dict):
        return document
    if "part" in data:
        raise Refused([Problem("part-alone", document.place(("part",), key=True), {"name": str(data["part"])})])
    if "include" not in data:
        return document
    joint = _Joint(document)
    joint.include(document, read)
    return joint.made()


class _Joint:
    """Joins parts to a rule file, each once, in the order in which they are named."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.data: dict[str, Any] = {
            key: dict(value) if isinstance(value, dict) else value for key, value in document.data.items()
        }
        self.homes: dict[At, Document] = {}
        self.parts: dict[str, Document] = {}
        self.problems = list(document.problems)
        self.older = list(document.older)

    def include(self, document: Document, read: ReadPart) -> None:
        for index, name in enumerate(_named(document)):
            if name in self.parts:
                continue
            part = self._part(document.place(("include", index)), name, read)
            if part is not None:
                self.parts[name] = part
                self.problems += part.problems
                self.older += part.older
                self._join(part)
                self.include(part, read)

    def _part(self, source: Source, name: str, read: ReadPart) -> Document | None:
        part = read(name)
        if isinstance(part, str):
            self.problems.append(Problem("unknown-part", source, {"name": name}, part))
            return None
        if not isinstance(part.data, dict):
            self.problems.append(Problem("not-a-mapping", part.place(()), {}))
            return None
        if part.data.get("part") != name:
            facts = {"found": str(part.data.get("part", "")), "expected": f"`part: {name}`"}
            self.problems.append(Problem("not-one-of", part.place(("part",)), facts))
        return part

    def _join(self, part: Document) -> None:
        for section, value in part.data.items():
            if section in _OF_A_PART:
                continue
            here = self.data.get(section)
            if section not in self.data:
                self.data[section] = dict(value) if isinstance(value, dict) else value
                self.homes[(section,)] = part
            elif isinstance(here, dict) and isinstance(value, dict):
                for name, inner in value.items():
                    self._name((section, name), inner, here, part)
            else:
                self._twice((section,), part)

    def _name(self, path: At, inner: Any, here: dict[str, Any], part: Document) -> None:
        name = str(path[-1])
        if name in here:
            self._twice(path, part)
        else:
            here[name] = inner
            self.homes[path] = part

    def _twice(self, path: At, part: Document) -> None:
        first = self.homes.get(path) or self.homes.get(path[:1]) or self.document
        facts = {"name": str(path[-1]), "first": str(first.place(path, key=True))}
        self.problems.append(Problem("said-twice", part.place(path, key=True), facts))

    def made(self) -> Document:
        one = self.document
        return Joined(
            one.layout,
            self.data,
            one.marks,
            one.keys,
            tuple(self.problems),
            self.homes,
            self.parts,
            older=tuple(self.older),
            written=one.written,
        )


def _own(joint: Joined) -> Any:
    """What stands in the rule file itself."""
    return {
        section: {name: inner for name, inner in value.items() if (section, name) not in joint.homes}
        if isinstance(value, dict)
        else value
        for section, value in joint.data.items()
        if (section,) not in joint.homes
    }


def _named(document: Document) -> Iterable[str]:
    """The names of the parts that a document includes; what is no name is told when the document is read."""
    names = document.data.get("include")
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
