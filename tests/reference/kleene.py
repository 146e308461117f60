"""Strong Kleene logic by its truth tables: yes is True, no is False, unknown is None."""

from __future__ import annotations

from collections.abc import Iterable

Kleene = bool | None


def both(a: Kleene, b: Kleene) -> Kleene:
    if a is False or b is False:
        return False
    return True if a and b else None


def either(a: Kleene, b: Kleene) -> Kleene:
    if a is True or b is True:
        return True
    return False if a is False and b is False else None


def denied(a: Kleene) -> Kleene:
    return None if a is None else not a


def any_of(truths: Iterable[Kleene]) -> Kleene:
    result: Kleene = False
    for truth in truths:
        result = either(result, truth)
    return result


def all_of(truths: Iterable[Kleene]) -> Kleene:
    result: Kleene = True
    for truth in truths:
        result = both(result, truth)
    return result
