"""How is a grammar file made into a parser quickly? Built once, its tables kept in the user's own cache folder.

Building the tables of the two languages takes a fifth of a second, reading them back a hundredth. Lark checks that
kept tables belong to this grammar, these options and its own version, and builds anew where they don't or can't be
read. The folder is `JIXIAO_CACHE`, else the system's place for caches; without one that only the user can write to,
nothing is kept.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from lark import Lark


def beside(module: str, file: str) -> str:
    """The grammar file that stands beside the module at path `module`."""
    return Path(module).with_name(file).read_text(encoding="utf-8")


def parser(name: str, grammar: str, **options: Any) -> Lark:
    """An LALR(1) parser of `grammar`, kept under `name`."""
    kept_in = folder()
    kept = str(kept_in / f"{name}-{sys.version_info[0]}{sys.version_info[1]}.tables") if kept_in else None
    return Lark(grammar, parser="lalr", maybe_placeholders=False, cache=kept, **options)


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
