"""What may a sentence of a report be said to claim, or to show? A closed set, which rules may weigh."""

from __future__ import annotations

from typing import Literal, get_args

Claim = Literal[
    "all-targets-met",
    "budget-accurate",
    "pacing-uneven",
    "deviation-explained",
    "budget-adjustment-explained",
    "problem-admitted",
    "work-unfinished",
    "same-as-last-year",
    "text-from-elsewhere",
    "rule-text-outdated",
    "years-differ",
    "tables-differ",
    "same-fact-twice",
    "target-too-easy",
    "survey-missing",
    "evidence-missing",
]
"""What a sentence of the report says (the first seven), or what a reader saw in it (`quote` is then the place)."""

CLAIMS: tuple[Claim, ...] = get_args(Claim)
