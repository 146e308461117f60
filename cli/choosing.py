"""Which edition is taken where several fit alike, and somebody sits at the terminal? They are asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from engine.wording import Lang, phrase
from engine.wording.visible import visible

from .screen import console, note

if TYPE_CHECKING:
    from engine.filing.choosing import Candidate


def asking(lang: Lang) -> Callable[[Sequence[Candidate]], Candidate] | None:
    """Asks for one of several editions; None where nobody is there to be asked."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return lambda found: _asked(found, lang)


def _asked(found: Sequence[Candidate], lang: Lang) -> Candidate:
    from rich.prompt import IntPrompt

    class Number(IntPrompt):
        """Asks in the language of this run."""

        validate_error_message = phrase("ask-number", lang)
        illegal_choice_message = phrase("ask-again", lang)

    for number, one in enumerate(found, 1):
        note(visible(f"{number}  {one.ruleset.ruleset}  {one.ruleset.title}"))
    numbers = [str(number) for number in range(1, len(found) + 1)]
    asked = Number.ask(phrase("ask-edition", lang), console=console(error=True), choices=numbers)
    return found[asked - 1]
