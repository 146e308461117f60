"""What is kept between runs? Tables of the grammars, and what clauses were read as: things that can be made again.

Reading the first clause of a run costs a tenth of a second (its grammar must be made ready); reading it back costs
nothing. A verdict holds only for the very engine that gave it: all its sources are part of the file's name. Only
clauses without trouble are kept (read, or not readable beside a method), so that whatever is wrong is always read
anew. The folder is `JIXIAO_CACHE`, else the system's place for caches; without one that only the user can write to,
nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from ..expressions import parsers
from ..planning import compiling

MOST = 2000
"""Verdicts kept; beyond, the file starts anew."""


@cache
def begin() -> None:
    """From now on, this run keeps things, where there is a folder for them."""
    place = folder()
    if place is not None:
        parsers.keep_in(str(place))
        compiling.remember_in(Verdicts(place / f"clauses-{engine_digest()[7:23]}.json"))


class Verdicts:
    """What clauses were read as, in one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept: dict[str, Any] = {}
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        self.kept = found if isinstance(found, dict) else {}

    def known(self, key: str) -> tuple[bool, Any] | None:
        """What was found before for this key; None where nothing was."""
        found = self.kept.get(_hashed(key))
        return None if found is None else (bool(found[0]), found[1])

    def keep(self, key: str, read: bool, method: Any) -> None:
        """Keep a verdict. Where nothing can be kept, nothing is: it is only read again next time."""
        if len(self.kept) >= MOST:
            self.kept.clear()
        self.kept[_hashed(key)] = [read, method]
        try:
            with tempfile.NamedTemporaryFile("w", dir=self.path.parent, encoding="utf-8", delete=False) as draft:
                json.dump(self.kept, draft, ensure_ascii=False)
            os.replace(draft.name, self.path)
        except OSError:
            return


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


@cache
def engine_digest() -> str:
    """Of the sources of this engine."""
    sources = hashlib.sha256()
    for source in sorted(Path(__file__).parent.parent.rglob("*.py")):
        sources.update(source.read_bytes())
    return f"sha256:{sources.hexdigest()}"


def folder() -> Path | None:
    """Where things that can be made again are kept; None where no such place is the user's alone."""
    base = os.environ.get("JIXIAO_CACHE") or os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        found = (Path(base) if base else Path.home() / ".cache") / "jixiao"
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = found.stat()
    except (OSError, RuntimeError):
        return None
    if not os.access(found, os.W_OK):
        return None
    foreign = hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022)
    return None if foreign else found
