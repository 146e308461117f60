"""In which words does a clause say a method? Each method's own; reading them back gives the same method."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..methods import AnyMethod
from ..methods.method import Unwritable
from .reading import SideCondition

__all__ = ["Unwritable", "write"]


def write(method: AnyMethod, full: Fraction, applies: Iterable[SideCondition] = ()) -> str:
    """A clause that reads back as `method` at `full` points. Raises `Unwritable`."""
    return "；".join([*method.clause(full), *(one.text for one in applies)]) + "。"
