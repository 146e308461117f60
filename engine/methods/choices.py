"""Which choices does the wording of the law leave open, which values may each take, and what is asked? One table.

Models, messages, clauses, the catalogue and the documentation take names and values from here.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

PartialStep = Literal["whole", "started", "pro-rata"]
Edges = Literal["lower-closed", "upper-closed"]
OverFulfilment = Literal["full", "zero", "open"]
Reverse = Literal["inverse", "linear"]
Base = Literal["points", "relative"]
Direction = Literal["forward", "reverse", "equal"]
Off = Literal["zero", "proportional"]
ZeroBase = Literal["open", "full", "zero"]
OutsideBands = Literal["open"]


class Choice(NamedTuple):
    """A choice by its name in files; `field` is its parameter in Python, `policy`: the rule set's policy may name it.

    Without `values`, any amount (of points, or of the measure) may be named. `asks` says in both languages what it
    settles.
    """

    name: str
    field: str
    values: tuple[str, ...]
    policy: bool
    asks: tuple[str, str]


CHOICES: tuple[Choice, ...] = (
    Choice("partial-step", "partial_step", get_args(PartialStep), True, ("不足一步的怎样计", "what a part counts")),
    Choice("edges", "edges", get_args(Edges), True, ("两档相接处归哪一档", "to which of two bands their end belongs")),
    Choice("over", "over", get_args(OverFulfilment), True, ("超过目标的得多少", "what more than the target earns")),
    Choice("reverse", "reverse", get_args(Reverse), True, ("反向指标怎样按比例", "how points fall in reverse")),
    Choice("off", "off", get_args(Off), True, ("偏离目标的得多少", "what is earned off a target to be met exactly")),
    Choice("zero-base", "zero_base", get_args(ZeroBase), True, ("除数为0的怎样计", "what a division by 0 earns")),
    Choice("outside-bands", "outside_bands", get_args(OutsideBands), True, ("各档之外怎样计", "what lies outside")),
    Choice("base", "base", get_args(Base), False, ("按百分点还是按相对百分比计步", "steps of points or a share")),
    Choice("direction", "direction", get_args(Direction), False, ("越多越好还是越少越好", "whether more is better")),
    Choice("standard", "from_", (), False, ("从多少起计", "from where steps are counted")),
    Choice("otherwise", "otherwise", (), False, ("否则得多少", "what is earned otherwise")),
)  # fmt: skip
BY_NAME = {one.name: one for one in CHOICES}
BY_FIELD = {one.field: one for one in CHOICES} | {"to_closed": BY_NAME["edges"]}
FILLED = tuple(one for one in CHOICES if one.policy and one.name not in ("zero-base", "outside-bands"))
"""Parameters of methods that the policy fills where a criterion leaves them out."""
