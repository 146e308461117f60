"""How is a problem shown? Place, the line itself with a caret, what was found and expected, and the nearest fix."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from engine.reading.library import home
from engine.values.problems import MOST_SHOWN, Problem
from engine.wording import message, phrase

from .language import Lang, say
from .screen import console, visible


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _line(file: str, number: int) -> str | None:
    """The line of the file, if the file is at hand and short enough to show."""
    kind, _, rest = file.partition("/")
    path = home(kind) / rest if kind in ("rulesets", "cases") and not os.path.exists(file) else Path(file)
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            for place, line in enumerate(stream, 1):
                if place == number:
                    return line.rstrip("\r\n")
                if place > number:
                    break
    except OSError:
        return None
    return None


def told(problem: Problem, lang: Lang, typed: str = "") -> str:
    """The whole message of one problem, with its line (of the file, or as typed) and caret."""
    source = problem.source
    lines = [f"error[{problem.code}]: {visible(message(problem, lang))}", f" --> {visible(str(source))}"]
    text = _line(source.file, source.line) or (typed if not source.file.startswith("-") else None)
    if text and len(text) <= 400:
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
    text = "\n\n".join(told(problem, lang, typed) for problem in shown)
    if len(problems) > len(shown):
        rest = len(problems) - len(shown)
        text += "\n\n" + say(f"……另有 {rest} 个问题", f"… and {rest} more problems")
    count = len(problems)
    text += "\n\n" + say(f"共 {count} 个问题", f"{count} problem" + ("s" if count != 1 else ""))
    console(error=True).file.write(text + "\n")
