"""In which ways may a criterion be scored? One module a method; what must be known of one stands in it.

The closed set stands here, and nowhere else; `tests/methods/test_methods.py` walks it.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from .additions import Additions as Additions
from .answered import Answered as Answered
from .bands import Bands as Bands
from .checklist import Checklist as Checklist
from .deductions import Deductions as Deductions
from .external import External as External
from .holds import Holds as Holds
from .indicators import Indicators as Indicators
from .judgement import Judgement as Judgement
from .levels import Levels as Levels
from .linear import Linear as Linear
from .method import Measured as Measured
from .method import Method as Method
from .outcomes import Outcomes as Outcomes
from .proportional import Proportional as Proportional
from .share import Share as Share
from .steps import Steps as Steps

AnyMethod = Annotated[
    Proportional | Linear | Bands | Steps | Additions | Share | Checklist | Outcomes | Deductions | Judgement | External
    | Holds | Levels | Indicators,
    Field(discriminator="method"),
]  # fmt: skip
METHODS: tuple[type[Method], ...] = get_args(get_args(AnyMethod)[0])
