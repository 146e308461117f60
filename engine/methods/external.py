"""The score of another examination, scaled."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from ..values.model import Line
from .share import OfAll


class External(OfAll):
    """`score` ÷ `of` × points. Both are figures or measures."""

    method: Literal["external"]
    score: Line
    of: Line

    def clause(self, full: Fraction) -> list[str]:
        """得分=甲÷乙×分值."""
        return [f"得分={self.score}÷{self.of}×分值"]
