"""How are older files brought up from the terminal? Each by itself, whole or not at all; a bad one stops no other."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from engine.reading.editions import brought_up
from engine.reading.library import name_of
from engine.reading.migrating import Migrated
from engine.values.problems import Problem, Refused, Source
from engine.wording import phrase

from .language import Lang
from .target import target


def brought_up_all(files: Sequence[str], check: bool, out: Path | None, lang: Lang) -> tuple[str, bool, list[Problem]]:
    """A line a file, whether any is (or was) in an older spelling, and what is wrong with the others.

    With `check` nothing is written. Raises `Refused` where several files would be written into one.
    """
    into_folder = out is not None and out.is_dir()
    if out is not None and len(files) > 1 and not into_folder:
        raise Refused([Problem("several-into-one", Source(str(out)))])
    said: list[str] = []
    problems: list[Problem] = []
    older = False
    for file in files:
        path = Path(file)
        place = out / path.name if out is not None and into_folder else out
        try:
            found = brought_up(path)
            older |= bool(found.changes)
            if not check and (found.changes or place is not None):
                _write(place or path, found.text, path)
            said.append(_line(path, found, check, place, lang))
        except Refused as refused:
            problems += refused.problems
    return "".join(f"{line}\n" for line in said), older, problems


def _line(path: Path, found: Migrated, check: bool, place: Path | None, lang: Lang) -> str:
    if check:
        key = "to-migrate" if found.changes else "not-older"
    else:
        key = ("migrated" if found.changes else "not-older") + ("-into" if place is not None else "")
    return phrase(key, lang, file=name_of(path), changes=found.changes, out=place)


def _write(path: Path, text: str, like: Path) -> None:
    """The file with this text; a new one with the rights of `like`."""
    new = not path.exists()
    with target(path, list) as write:
        write(text)
    if new:
        shutil.copymode(like, path)
