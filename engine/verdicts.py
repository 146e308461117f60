"""Which clauses were read before, and as what? Kept between runs, since a clause reads the same every time.

Reading the first clause of a run costs a tenth of a second (its grammar must be made ready); reading it back costs
nothing. A verdict holds only for the very files that read it: all sources of the clause grammar are part of its key.
Only clauses without trouble are kept (read, or not readable beside a form), so that whatever is wrong is always read
anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .forms import Form
from .grammars import folder

MOST = 2000
"""Verdicts kept; beyond, the file starts anew."""


@dataclass(frozen=True)
class Verdict:
    """Whether a clause could be read, and the form that it gave, as plain data."""

    read: bool
    form: Any


def known(key: str) -> Verdict | None:
    """What was found before for this key; None where nothing was."""
    kept = _kept()
    place = _hashed(key)
    return Verdict(*kept[place]) if place in kept else None


def keep(key: str, read: bool, form: Form | None) -> None:
    """Keep a verdict. Where nothing can be kept, nothing is: it is only read again next time."""
    kept = _kept()
    if len(kept) >= MOST:
        kept.clear()
    kept[_hashed(key)] = [read, None if form is None else form.model_dump(mode="json", by_alias=True)]
    path = _path()
    if path is None:
        return
    try:
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as draft:
            json.dump(kept, draft, ensure_ascii=False)
        os.replace(draft.name, path)
    except OSError:
        return


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


@cache
def _path() -> Path | None:
    """The file of verdicts of exactly these sources."""
    place = folder()
    if place is None:
        return None
    sources = hashlib.sha256()
    here = Path(__file__).parent
    for source in sorted(
        [
            *(here / "clauses").glob("*.*"),
            here / "forms.py",
            here / "compiling.py",
            here / "units.py",
            here / "verdicts.py",
        ]
    ):
        sources.update(source.read_bytes())
    return place / f"clauses-{sources.hexdigest()[:16]}.json"


@cache
def _kept() -> dict[str, Any]:
    path = _path()
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
