"""Which is the smallest rule file and filing on which the two still differ? Parts are left out one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from fractions import Fraction
from typing import Any

from .engine_side import Engine, differences
from .whole import evaluated
from .written import weighed
from .written_methods import plain

Pair = tuple[dict, dict]


def disagreement(rules: dict, filing: dict) -> list[str]:
    """The differences; none where the engine refuses what was made smaller, or the reference can't read it."""
    theirs = Engine(rules).answer(filing)
    if isinstance(theirs, str):
        return []
    try:
        return differences(evaluated(rules, filing), theirs, rules["policy"]["rounding"])
    except (KeyError, AssertionError, StopIteration):
        return []


def smallest(rules: dict, filing: dict, tries: int = 400) -> tuple[dict, dict, list[str]]:
    found = disagreement(rules, filing)
    again = True
    while again and tries > 0:
        again = False
        for smaller in _smaller(rules, filing):
            tries -= 1
            told = disagreement(*smaller)
            if told and ("None" in str(told)) == ("None" in str(found)):
                (rules, filing), found, again = smaller, told, True
                break
            if tries <= 0:
                break
    return rules, filing, found


def _smaller(rules: dict, filing: dict) -> Iterator[Pair]:
    """Each pair with one part less."""
    for path in [*_parts(rules, ("findings", "caps", "criteria", "measures")), ("dimension-grades",)]:
        yield _weighed(_without(rules, path)), filing
    for path in _parts(filing, ("figures", "judgements", "indicators", "confirmations")):
        yield rules, _without(filing, path)
    for path in _leaves(rules["criteria"], ("criteria",)):
        spec = _at(rules, path)
        for key in ("applies", "not-applicable", "zero-base", "editable", "extra"):
            if key in spec:
                yield _weighed(_without(rules, (*path, key))), filing
        for key in ("cuts", "pass", "most", "floor", "otherwise"):
            if key in spec.get("scoring", {}):
                yield _without(rules, (*path, "scoring", key)), filing


def _parts(data: dict, keys: tuple[str, ...]) -> Iterator[tuple]:
    for key in keys:
        held = data.get(key)
        if isinstance(held, list):
            yield from ((key, number) for number in range(len(held)))
        elif isinstance(held, dict):
            for name, one in held.items():
                yield (key, name)
                if isinstance(one, dict) and "criteria" in one:
                    yield from ((key, name, *rest) for rest in _parts(one, ("criteria",)))


def _leaves(criteria: dict, above: tuple) -> Iterator[tuple]:
    for name, spec in criteria.items():
        yield (*above, name)
        yield from _leaves(spec.get("criteria", {}), (*above, name, "criteria"))


def _at(data: Any, path: tuple) -> Any:
    for step in path:
        data = data[step]
    return data


def _without(data: dict, path: tuple) -> dict:
    made = deepcopy(data)
    held = _at(made, path[:-1])
    if isinstance(held, list):
        del held[path[-1]]
    else:
        held.pop(path[-1], None)
    return made


def _weighed(rules: dict) -> dict:
    """The same with sums that hold again."""
    each: Callable[[dict], Fraction] = lambda spec: _weight(spec)  # noqa: E731
    whole = sum((each(one) for one in rules["criteria"].values() if "extra" not in one), Fraction(0))
    before = Fraction(rules["of"]) or Fraction(1)
    rules["of"] = plain(whole)
    rules["grades"] = [one | {"from": plain(Fraction(one["from"]) / before * whole)} for one in rules["grades"]]
    return rules


def _weight(spec: dict) -> Fraction:
    if "criteria" in spec and spec.get("take") != "best":
        for one in spec["criteria"].values():
            _weight(one)
        spec["of" if "of" in spec else "points"] = plain(weighed(spec["criteria"]))
    return Fraction(spec["points"])
