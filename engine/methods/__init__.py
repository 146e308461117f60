"""In which ways may a criterion be scored? One module a method; what must be known of one stands in it.

The closed set stands here, and nowhere else; `tests/methods/test_methods.py` walks it.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from .additions import Additions
from .answered import Answered
from .bands import Bands
from .checklist import Checklist
from .deductions import Deductions
from .external import External
from .holds import Holds
from .indicators import Indicators
from .judgement import Judgement
from .levels import Levels
from .linear import Linear
from .method import Measured, Method
from .outcomes import Outcomes
from .proportional import Proportional
from .share import Share
from .steps import Steps

AnyMethod = Annotated[
    Proportional
    | Linear
    | Bands
    | Steps
    | Additions
    | Share
    | Checklist
    | Outcomes
    | Deductions
    | Judgement
    | External
    | Holds
    | Levels
    | Indicators,
    Field(discriminator="method"),
]
METHODS: tuple[type[Method], ...] = get_args(get_args(AnyMethod)[0])

__all__ = [
    "METHODS",
    "Additions",
    "Answered",
    "AnyMethod",
    "Bands",
    "Checklist",
    "Deductions",
    "External",
    "Holds",
    "Indicators",
    "Judgement",
    "Levels",
    "Linear",
    "Measured",
    "Method",
    "Outcomes",
    "Proportional",
    "Share",
    "Steps",
]
