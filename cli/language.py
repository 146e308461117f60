"""In which language does the terminal speak? Chinese, or English with `--lang en` or JIXIAO_LANG=en.

Help texts are made when the commands are defined, so the choice is read from the command line itself, before parsing.
"""

from __future__ import annotations

import os
import sys
from typing import Literal

Lang = Literal["zh", "en"]


def chosen(arguments: list[str] | None = None) -> Lang:
    """The language asked for on the command line, else in the environment, else Chinese."""
    words = sys.argv[1:] if arguments is None else arguments
    for place, word in enumerate(words):
        if word == "--lang" and place + 1 < len(words):
            return "en" if words[place + 1] == "en" else "zh"
        if word.startswith("--lang="):
            return "en" if word == "--lang=en" else "zh"
    return "en" if os.environ.get("JIXIAO_LANG") == "en" else "zh"


def say(zh: str, en: str) -> str:
    """One of the two, by the language of this run."""
    return en if chosen() == "en" else zh


def example(*commands: str) -> str:
    """What stands below the help of a command: how it may be called."""
    several = "s" if len(commands) > 1 else ""
    return say(f"例：{' ｜ '.join(commands)}", f"Example{several}: {' | '.join(commands)}")
