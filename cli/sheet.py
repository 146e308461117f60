"""How is an evaluation drawn on a terminal? As its sheet says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.reports import scored

from .language import Lang
from .screen import drawn

if TYPE_CHECKING:
    from rich.console import RenderableType

    from engine import Evaluation


def sheet(evaluation: Evaluation, lang: Lang = "zh") -> Iterator[RenderableType]:
    """The parts of the sheet, from the head down."""
    return drawn(scored.sheet(evaluation, lang))
