"""How is trouble shown? A problem with its place, its line with a caret, and the nearest fix."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from engine.reading.library import line_at
from engine.values.problems import MOST_SHOWN, Problem, Source
from engine.wording import Lang, message, phrase
from engine.wording.visible import visible

from .screen import note

_LONGEST = 400
"""Longer lines are not shown."""


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def told(problem: Problem, lang: Lang, typed: str = "", mark: str = "error") -> str:
    """The whole message of one problem, with its line (of the file, or as typed) and caret."""
    source = problem.source
    lines = [f"{mark}[{problem.code}]: {visible(message(problem, lang))}", f" --> {visible(str(source))}"]
    text = line_at(source) or (typed if not source.file.startswith("-") else "")
    if text and len(text) <= _LONGEST:
        margin = " " * len(str(source.line))
        before, under = text[: source.column - 1], text[source.column - 1 : source.column - 1 + source.width]
        caret = " " * _width(visible(before)) + "^" * max(1, _width(visible(under)))
        lines += [f"{margin} |", f"{source.line} | {visible(text)}", f"{margin} | {caret}"]
    if problem.nearest:
        lines.append(f"   = {visible(phrase('nearest', lang, name=problem.nearest))}")
    return "\n".join(lines)


def show(problems: Sequence[Problem], lang: Lang, typed: str = "") -> None:
    """All problems, on stderr."""
    shown = problems[:MOST_SHOWN]
    parts = [told(problem, lang, typed) for problem in shown]
    if len(problems) > len(shown):
        parts.append(phrase("more-problems", lang, count=len(problems) - len(shown)))
    count = len(problems)
    parts.append(phrase("problem-count", lang, count=count) if count != 1 else phrase("problem-alone", lang))
    note("\n\n".join(parts))


_warned: set[Source] = set()


def warn(problems: Sequence[Problem], lang: Lang) -> None:
    """What the user should know, though nothing is wrong: on stderr, each once in a run."""
    for problem in problems:
        if problem.source not in _warned:
            _warned.add(problem.source)
            note(told(problem, lang, mark="note") + "\n")
