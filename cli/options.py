"""What do all commands share? Exit codes, options, and how a refusal leaves the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from .language import Lang, chosen, say

FINE, WANTING, UNJUDGED, INTERRUPTED = 0, 1, 2, 130


Format = Literal["table", "json"]
"""How results are written."""
Severity = Literal["critical", "major", "minor", "info"]
"""From which severity on a sure finding makes the exit code 1."""
LANGUAGE = chosen()
LangOption = Annotated[Lang, typer.Option("--lang", help=say("语言", "language"), show_default=True)]
RuleSetOption = Annotated[
    str, typer.Option("--ruleset", "-r", help=say("规则的编号或文件", "id or file of the rule set"), show_default=False)
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help=say("输出格式", "output format"))]
OutOption = Annotated[
    Path | None, typer.Option("--out", "-o", help=say("写入文件", "write to this file"), show_default=False)
]
ReviewOption = Annotated[
    Path | None,
    typer.Option("--review", help=say("评价人的评定与确认", "an evaluator's answers and readings"), show_default=False),
]


@contextmanager
def refusing(lang: Lang, text: str = "") -> Iterator[None]:
    """Shows what is wrong, and ends the program with 2. `text` is what was typed, where no file holds the line."""
    from engine.values.problems import Refused

    try:
        yield
    except Refused as error:
        from .trouble import show

        show(error.problems, lang, text)
        raise typer.Exit(UNJUDGED) from None
