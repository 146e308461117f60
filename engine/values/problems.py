"""What can be wrong with a file, where does it stand, and in which words is it said?

A problem is a value: code, place, what was found, what was expected, nearest fix. Codes name the state found,
never the cure. The sentences stand in `wording`, in both languages; `Refused` carries all problems at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

MOST_SHOWN = 200
"""More problems than this in one file are counted, not listed."""
_LONGEST_NAME, _MOST_NAMES = 60, 400
"""Beyond these, likeness is not looked for: comparing names costs their product, and a file may hold thousands."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a file: name, line and column (from 1), and how many characters are meant."""

    file: str
    line: int = 1
    column: int = 1
    width: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


At = tuple[str | int, ...]
"""Where a value stands in a document: keys, and numbers of items."""
Place = Callable[..., Source]
"""`place(at, start, width, key=…)`: the source of a value (or its key), or of some characters of it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `facts` fill the sentence of `code`; `nearest` is the fix, where one is near."""

    code: str
    source: Source
    facts: dict[str, str] = field(default_factory=dict)
    nearest: str = ""


class Refused(Exception):
    """A file that can't be used, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.source, p.code, sorted(p.facts.items()))))
        super().__init__("; ".join(f"{p.source} {p.code}" for p in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or nothing."""
    names = tuple(islice(known, _MOST_NAMES + 1))
    if len(word) > _LONGEST_NAME or len(names) > _MOST_NAMES:
        return ""
    return _nearest(word, names)


@lru_cache(maxsize=1024)
def _nearest(word: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # only where something is wrong

    return next(iter(get_close_matches(word, names, n=1, cutoff=0.5)), "")
