"""How is a grammar made into a parser? Built once; where a folder was named, its tables are kept there between runs.

Building the tables of the two languages takes a fifth of a second, reading them back a hundredth. Lark checks that
kept tables belong to this grammar, these options and its own version, and builds anew where they don't or can't be
read. Which folder it is, only the part of the engine that reads files knows (`keep_in`).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lark import Lark

_kept: dict[str, str] = {}


def keep_in(folder: str) -> None:
    """From now on, keep tables in this folder, which must be the user's alone: what stands there is believed."""
    _kept["folder"] = folder


def parser(name: str, grammar: str, **options: Any) -> Lark:
    """An LALR(1) parser of `grammar`, its tables kept under `name`."""
    from lark import Lark  # costly to import: whoever only names the folder reads nothing

    version = f"{sys.version_info[0]}{sys.version_info[1]}"
    kept = f"{_kept['folder']}/{name}-{version}.tables" if "folder" in _kept else False
    return Lark(grammar, parser="lalr", maybe_placeholders=False, cache=kept, **options)
