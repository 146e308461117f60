"""Where does a rule come from, and which submissions is it for?"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from ..values.model import Line, Model

Kind = Literal["department", "project", "government"]
Ground = Literal["regulation", "practice", "arithmetic"]


class Authority(Model):
    """Where a rule comes from. `verified` says whether somebody read it in the document named."""

    issuer: Line
    document: Line
    number: str = ""
    year: int | None = None
    url: str = ""
    verified: bool

    @cached_property
    def cited(self) -> str:
        """Issuer, document, number and year, as one cites them."""
        parts = [self.issuer, f"《{self.document}》", self.number, str(self.year or "")]
        return " ".join(part for part in parts if part)


class Years(Model):
    """The years of the submissions that an edition judges; without `to`, it was still in use when last seen."""

    from_: int = Field(ge=1990, le=2100)
    to: int | None = Field(default=None, ge=1990, le=2100)
