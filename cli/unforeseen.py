"""What is said of what nobody foresaw? One sentence, even where little of the program still works."""

from __future__ import annotations

import os
import traceback

from .language import Lang
from .screen import note

_LONGEST = 400
"""Longer reasons are cut."""


def unforeseen(error: BaseException, lang: Lang) -> None:
    """The sentence, on stderr; with JIXIAO_DEBUG=1 also where it happened."""
    if os.environ.get("JIXIAO_DEBUG") == "1":
        note("".join(traceback.format_exception(error)))
    kind = type(error).__name__
    try:
        from engine.wording import phrase
        from engine.wording.visible import visible

        text = phrase("unforeseen", lang, kind=kind, reason=visible(str(error)[:_LONGEST]) or "—")
    except Exception:  # the engine itself may be what is broken
        text = f"jixiao: {kind}"
    note(text)
