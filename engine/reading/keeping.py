"""What is kept between runs? Plans, tables of the grammars, what clauses were read as: all can be made again.

Reading and planning a rule file costs some tenths of a second, reading its plan back a hundredth; so with the tables
and with clauses, where only the plan must be made anew. Whatever is kept holds only for the very engine that made it.
The folder is `JIXIAO_CACHE` (`off`: nothing is kept), else the system's place for caches. What stands there is
believed, even run: where others may write, nothing is read and nothing kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from functools import cache
from pathlib import Path
from typing import Any

OFF = "off"
MOST = 2000
"""Verdicts kept; beyond, the file starts anew."""
MOST_FILES = 64
"""Files of one kind; beyond, the oldest goes."""


@cache
def begin() -> None:
    """From now on, this run keeps tables and verdicts, where there is a folder for them."""
    from ..expressions import parsers
    from ..planning import compiling

    place = folder()
    if place is not None:
        parsers.keep_in(str(place))
        compiling.remember_in(Verdicts(f"clauses-{engine_digest()[7:23]}.json"))


class Verdicts:
    """What clauses were read as, in one file.

    Only clauses without trouble (read, or not readable beside a method), so that whatever is wrong is always read anew.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        try:
            found = json.loads(kept(name) or b"{}")
        except ValueError:
            found = None
        self.kept: dict[str, Any] = found if isinstance(found, dict) else {}

    def known(self, key: str) -> tuple[bool, Any] | None:
        """What was found before for this key; None where nothing was."""
        found = self.kept.get(_hashed(key))
        return None if found is None else (bool(found[0]), found[1])

    def keep(self, key: str, read: bool, method: Any) -> None:
        """Keep a verdict."""
        if len(self.kept) >= MOST:
            self.kept.clear()
        self.kept[_hashed(key)] = [read, method]
        keep(self.name, json.dumps(self.kept, ensure_ascii=False).encode())


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


@cache
def engine_digest() -> str:
    """Of the sources of this engine."""
    sources = hashlib.sha256()
    for source in sorted(Path(__file__).parent.parent.rglob("*.py")):
        sources.update(source.read_bytes())
    return f"sha256:{sources.hexdigest()}"


def kept(name: str) -> bytes | None:
    """What was kept under this name; None where nothing was, or somebody else could have written it."""
    place = folder()
    try:
        if place is not None:
            with open(place / name, "rb") as stream:
                return stream.read() if _alone(os.fstat(stream.fileno())) else None
    except OSError:
        pass
    return None


def keep(name: str, content: bytes) -> None:
    """Keep this, whole, under a name. Where it can't be kept it is not: it is only made again next time."""
    from tempfile import NamedTemporaryFile

    place = folder()
    try:
        if place is not None:
            with NamedTemporaryFile(dir=place, prefix=f"{name}.", delete=False) as draft:
                try:
                    draft.write(content)
                    draft.close()
                    os.replace(draft.name, place / name)
                except BaseException:  # an interrupt, too, leaves no draft
                    os.unlink(draft.name)
                    raise
            kind = name.partition("-")[0]
            found = sorted(place.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime)
            for path in found[:-MOST_FILES]:
                path.unlink()
    except OSError:
        return


def folder() -> Path | None:
    """Where things that can be made again are kept; None where no such place is the user's alone."""
    base = os.environ.get("JIXIAO_CACHE") or os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if base == OFF:
        return None
    try:
        found = (Path(base) if base else Path.home() / ".cache") / "jixiao"
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
        status, around = found.stat(), found.parent.stat()
    except (OSError, RuntimeError):
        return None
    fixed = not _foreign(around) or around.st_mode & stat.S_ISVTX  # else another could be put in its place
    return found if fixed and _alone(status) and os.access(found, os.W_OK) else None


def _alone(status: os.stat_result) -> bool:
    """Does it belong to the user, and may nobody else write it? Where a system has no owners, it does."""
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not _foreign(status))


def _foreign(status: os.stat_result) -> bool:
    return hasattr(os, "getuid") and bool(status.st_mode & 0o022)
