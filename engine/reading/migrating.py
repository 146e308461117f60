"""What was spelt otherwise in older files, and how is one brought up to the present spelling?

The tables say it as data: a key renamed, an entry added. They are used twice: on what a file holds, when it is loaded
(every place is kept, and the document says in `older` what was read so), and on its text, when somebody has it brought
up: only the places that change are touched, so comments and layout stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ..values.problems import At, Problem, Refused, Source
from .document import BYTE_ORDER_MARK, Document, plain, survey
from .layout import Layout

ANY = "*"
Where = tuple[str | tuple[str, ...], ...]
"""A path of keys; `ANY` stands for one step, steps in brackets for none, one or several rounds of them."""

_KINDS = ("submission", "review-of", "part", "ruleset")
"""The key that tells what a file is. A submission may name a rule set, so it is asked for first."""


@dataclass(frozen=True)
class Renamed:
    """A key of the mappings at `where` in files `of` these kinds."""

    of: frozenset[str]
    where: Where
    old: str
    new: str


@dataclass(frozen=True)
class Added:
    """An entry of a section that older files went without, where `beside` leads to the text `holds`.

    A file that lacks it may as well be a new one whose author forgot it. So it is added on loading only to what is
    older by another sign too; else the loader refuses what is left open, as it does in any file.
    """

    of: frozenset[str]
    section: str
    key: str
    value: str
    beside: Where
    holds: str


_CRITERION: Where = ("criteria", ANY, ("criteria", ANY))

RENAMED = (
    # a form is what a department files; how a criterion is scored is its method
    Renamed(frozenset({"ruleset", "part"}), (*_CRITERION, "scoring"), "form", "method"),
)
ADDED = (
    # a total was never below 0, and no file said so
    Added(frozenset({"ruleset"}), "policy", "total-floor", "0", (*_CRITERION, "extra"), "deduction"),
)


@dataclass(frozen=True, order=True)
class _Edit:
    """At a place of a text (from 1), `width` characters become `text`."""

    line: int
    column: int
    width: int
    text: str


@dataclass(frozen=True)
class Migrated:
    """A text in the present spelling, and what was changed in it, in few words; nothing where nothing was."""

    text: str
    changes: str


def modern(document: Document) -> Document:
    """The document in the present spelling, every key and value at its place."""
    present, changes = _renewed(document)
    told = tuple(Problem("older-spelling", places[0], {"changes": _counted(one, places)}) for one, places in changes)
    return replace(present, older=(*document.older, *told)) if told else document


def completed(whole: Document) -> Document:
    """A rule file joined with its parts, with what older ones went without; only where it is older by another sign."""
    told = []
    for one in _lacking(whole) if whole.older else ():
        section = whole.data.setdefault(one.section, {})
        section[one.key] = one.value
        told.append(Problem("older-spelling", whole.place((one.section,), key=True), {"changes": _entry(one)}))
    return replace(whole, older=(*whole.older, *told)) if told else whole


def migrated(text: str, file: str, whole: Document) -> Migrated:
    """The text of a file, each character as it is but what changes. `whole` is the file with its parts.

    Raises `Refused` for what can't be read, is no file of ours, or is laid out so that only a person can change it.
    """
    document = survey(plain(text), file)
    if document.problems:
        raise Refused(document.problems)
    if kind_of(document) == "":
        raise Refused([Problem("no-kind", document.place(()))])
    present, changes = _renewed(document)
    edits = [_Edit(at.line, at.column, at.width, one.new) for one, places in changes for at in places]
    said = [_counted(one, places) for one, places in changes]
    for entry in _lacking(whole):
        edits.append(_of_entry(document, entry))
        said.append(_entry(entry))
        present.data.setdefault(entry.section, {})[entry.key] = entry.value
    made = _edited(text, edits)
    if not _holds(made, file, present.data):
        raise Refused([Problem("migrate-by-hand", document.place(()), {"changes": ", ".join(said)})])
    return Migrated(made, ", ".join(said))


def _holds(text: str, file: str, data: Any) -> bool:
    """Does the text hold this and nothing else?"""
    try:
        return bool(survey(plain(text), file).data == data)
    except Refused:
        return False


def kind_of(document: Document) -> str:
    """The key that says what a file is; nothing for one that is none of ours."""
    data = document.data
    return next((kind for kind in _KINDS if kind in data), "") if isinstance(data, dict) else ""


T = TypeVar("T", Renamed, Added)


def _of(table: Iterable[T], document: Document) -> list[T]:
    """What of a table is about files of this kind."""
    return [one for one in table if kind_of(document) in one.of]


def _found(data: Any, where: Where) -> Iterator[At]:
    """Every path that `where` leads to."""
    if not where:
        yield ()
        return
    step, rest = where[0], where[1:]
    if isinstance(step, tuple):
        yield from _found(data, rest)
        yield from _found(data, (*step, *where))
    elif isinstance(data, dict):
        for key in list(data) if step == ANY else [step] if step in data else []:
            yield from ((key, *path) for path in _found(data[key], rest))


def _value(data: Any, path: At) -> Any:
    for step in path:
        data = data[step]
    return data


def _renewed(document: Document) -> tuple[Document, list[tuple[Renamed, list[Source]]]]:
    """The document with every key renamed, and where the old ones stand. One after the other: a key may hold others."""
    changes = []
    for one in _of(RENAMED, document):
        sites = _sites(document, one)
        if sites:
            changes.append((one, [document.place((*site, one.old), key=True) for site in sites]))
            document = _with(document, one, sites)
    return document, changes


def _sites(document: Document, one: Renamed) -> list[At]:
    """The mappings that have the old key. One that has both keeps both: the model refuses it where it stands."""
    found = ((site, _value(document.data, site)) for site in _found(document.data, one.where))
    return [site for site, value in found if isinstance(value, dict) and one.old in value and one.new not in value]


def _with(document: Document, one: Renamed, sites: Iterable[At]) -> Document:
    """The document with a key renamed in the mappings at `sites`."""
    moved = {(*site, one.old): (*site, one.new) for site in sites}
    for *site, _ in moved:
        mapping = _value(document.data, tuple(site))
        entries = {one.new if key == one.old else key: value for key, value in mapping.items()}
        mapping.clear()
        mapping.update(entries)
    marks = {_moved(path, moved): mark for path, mark in document.marks.items()}
    keys = {_moved(path, moved): mark for path, mark in document.keys.items()}
    written = {_moved(path, moved): word for path, word in document.written.items()}
    return replace(document, marks=marks, keys=keys, written=written | dict.fromkeys(moved.values(), one.old))


def _moved(path: At, moved: Mapping[At, At]) -> At:
    """The path, where it is or stands below one that moves."""
    for length in range(1, len(path) + 1):
        if path[:length] in moved:
            return moved[path[:length]] + path[length:]
    return path


def _lacking(whole: Document) -> list[Added]:
    """What a rule file, with its parts, goes without. A section that is no mapping is left to the model."""
    found = []
    for one in _of(ADDED, whole):
        section = whole.data.get(one.section, {})
        needed = (_value(whole.data, path) == one.holds for path in _found(whole.data, one.beside))
        if isinstance(section, dict) and one.key not in section and any(needed):
            found.append(one)
    return found


def _counted(one: Renamed, places: Sequence[Source]) -> str:
    return f"{one.old} → {one.new}" + (f" ×{len(places)}" if len(places) > 1 else "")


def _entry(one: Added) -> str:
    return f"+ {one.section}.{one.key}: {one.value}"


def _of_entry(document: Document, one: Added) -> _Edit:
    """In a section in braces, behind the brace; in one of lines, as its first; where there is none, one line more."""
    entry = f"{one.key}: {one.value}"
    lines, mark = document.layout.lines, document.marks.get((one.section,))
    if mark is None:
        return _of_section(document, f"{one.section}: {{{entry}}}")
    if lines[mark.line - 1].startswith("{", mark.column - 1):
        more = ", " if document.data[one.section] else ""
        return _Edit(mark.line, mark.column + 1, 0, entry + more)
    return _Edit(document.keys[(one.section,)].line + 1, 1, 0, " " * (mark.column - 1) + entry + "\n")


def _of_section(document: Document, section: str) -> _Edit:
    """Above the criteria and the comments on them, or at the end; in braces behind the first."""
    lines, root = document.layout.lines, document.marks[()]
    if lines[root.line - 1].startswith("{", root.column - 1):
        return _Edit(root.line, root.column + 1, 0, section + ", ")
    key = document.keys.get(("criteria",))
    if key is None:
        begun = "\n" if lines[-1] else ""
        return _Edit(len(lines), len(lines[-1]) + 1, 0, f"{begun}{section}\n")
    line = key.line
    while line > 1 and lines[line - 2].startswith("#"):
        line -= 1
    return _Edit(line, 1, 0, section + "\n")


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    """The text with the edits made, from the last to the first."""
    begin = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    starts = [begin, *Layout("", text).starts()]
    end = "\r\n" if "\r\n" in text else "\n"
    for edit in sorted(edits, reverse=True):
        at = starts[edit.line - 1] + edit.column - 1
        text = text[:at] + edit.text.replace("\n", end) + text[at + edit.width :]
    return text
