"""What may a rule set say of a submission, and how may that limit its grade?"""

from __future__ import annotations

from typing import Literal

from ..values.model import Exact, Line, Model
from .authority import Authority, Ground

Severity = Literal["critical", "major", "minor", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor", "info")
ForEach = Literal["each indicator"]


class FindingSpec(Model):
    """A statement about the submission, raised where `when` holds. `says` may hold {formulas}."""

    severity: Severity
    when: Line
    for_: ForEach | None = None
    says: Line
    ground: Ground
    authority: Authority | None = None
    evidence: tuple[Line, ...] = ()
    advice: str = ""


class CapSpec(Model):
    """A limit on the grade or on the total, where `when` holds."""

    when: Line
    grade: str = ""
    total: Exact | None = None
    ground: Ground
    authority: Authority | None = None


class RemarkSpec(Model):
    """A sentence that may read the grade (`grade = "优"`) and changes nothing."""

    when: Line
    says: Line


class GradeBand(Model):
    """A grade and the lowest total that earns it."""

    grade: Line
    from_: Exact
