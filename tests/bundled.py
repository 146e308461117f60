"""What do the rule sets that come with the engine plan to? Each is read once a run: a plan is never changed."""

from __future__ import annotations

from functools import cache

from engine.planning.plan import Plan
from engine.reading.editions import load_plan
from engine.reading.library import find_ruleset


@cache
def planned(ruleset: str) -> Plan:
    return load_plan(find_ruleset(ruleset))
