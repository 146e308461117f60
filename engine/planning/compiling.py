"""What does a criterion's clause say, and does it agree with the form beside it? The clause is the rule.

Where only the clause stands, it is compiled, and every choice it leaves open must be named. Where a form stands beside
it, the two must agree once the clause's open choices are settled as the form has them. A clause that can't be read
needs a form, and is then marked as not machine-checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from pydantic import TypeAdapter

from ..clauses.reading import ClauseUnreadable, Reading
from ..expressions.tree import canonical
from ..methods import AnyMethod, Bands, Holds, Judgement, Proportional, Steps
from ..methods.choices import CHOICES
from ..methods.method import Unwritable
from ..rules.policy import Policy
from ..rules.ruleset import Criterion
from ..values.amounts import Amount
from ..values.exact import written

_METHOD: TypeAdapter[AnyMethod] = TypeAdapter(AnyMethod, config={"defer_build": True})


class Memory(Protocol):
    """What clauses read as in earlier runs: whether each could be read, and the form it gave, as plain data."""

    def known(self, key: str) -> tuple[bool, Any] | None:
        """What was found before for this key; None where nothing was."""

    def keep(self, key: str, read: bool, method: Any) -> None:
        """Keep what was found."""


_remembered: list[Memory] = []


def remember_in(memory: Memory) -> None:
    """From now on, ask this memory first. Only the part of the engine that reads files has one."""
    _remembered[:] = [memory]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The form to score by (None where there is none), and whether the clause itself was read."""

    method: AnyMethod | None
    checked: bool
    trouble: ClauseUnreadable | None = None
    """What is wrong with the clause, and where."""


def compiled(spec: Criterion, policy: Policy) -> Compiled:
    """The form of a criterion by its clause and its `scoring`."""
    if not spec.clause:
        return Compiled(spec.scoring, False)
    choose = {**_named(policy), **spec.choose, **_named(spec.scoring)}
    if isinstance(spec.scoring, Proportional) and spec.scoring.most is not None:
        choose.pop("over", None)  # what lies over the target is not open: it counts
    key = _key(spec, choose)
    memory = _remembered[-1] if _remembered else None
    known = memory.known(key) if memory is not None else None
    if known is not None:
        return Compiled(None if known[1] is None else _METHOD.validate_python(known[1]), known[0])
    made = _compiled(spec, choose)
    if memory is not None and made.trouble is None:
        memory.keep(
            key, made.checked, None if made.method is None else made.method.model_dump(mode="json", by_alias=True)
        )
    return made


def printed(clause: str, points: Fraction, standard: str, policy: Policy) -> AnyMethod:
    """The form of a rule printed in a submission's own row; the row's target is its standard ("": none).

    Raises `ClauseUnreadable` where it can't be read or leaves a choice open that the rule set does not name.
    """
    from ..clauses.reader import read

    base = "points" if standard.endswith("%") else "relative"  # 1% of 168 is a share of it, 1% below 95% a point
    choose = {"base": base, "measure": "attainment", **_named(policy)} | ({"standard": standard} if standard else {})
    reading = read(clause, points, choose)
    for side in reading.applies:
        if side.effect == "zero":  # a row has no condition of its own to hold the fault
            raise ClauseUnreadable("not-combined", side.start, side.end, {"found": side.text})
    if (left := _left_open(reading)) is not None:
        raise left
    return _settled(reading.method, choose)


def _key(spec: Criterion, choose: Mapping[str, str]) -> str:
    """What a verdict depends on, beside the grammar itself."""
    method = spec.scoring.model_dump(mode="json") if spec.scoring is not None else None
    forfeits = spec.not_applicable == "zero"
    return json.dumps([spec.clause, str(spec.points), bool(spec.applies), forfeits, method, choose], sort_keys=True)


def _compiled(spec: Criterion, choose: Mapping[str, str]) -> Compiled:
    from ..clauses.reader import read  # costly to import and build; not needed where the verdict is kept

    try:
        reading = read(spec.clause, spec.points, choose)
    except ClauseUnreadable as error:
        return Compiled(spec.scoring, False, error if spec.scoring is None else None)
    conditioned = _condition(spec, reading)
    if conditioned is not None or spec.scoring is None:
        return Compiled(spec.scoring or reading.method, True, conditioned or _left_open(reading))
    stated, told = _settled(spec.scoring, choose), _rising(_settled(reading.method, choose), spec.scoring)
    if _plain(stated, spec.points) == _plain(told, spec.points):
        return Compiled(spec.scoring, True)
    facts = {"method": _written(spec.scoring, spec)}
    return Compiled(spec.scoring, True, ClauseUnreadable("clause-disagrees", 0, len(spec.clause), facts))


def _left_open(reading: Reading) -> ClauseUnreadable | None:
    """The first choice that must be named before anything is scored, at the words that leave it open; what lies outside
    all bands gives a range.
    """
    for one in reading.open:
        if one.name != "outside-bands":
            facts = {"choice": one.name, "allowed": "、".join(one.allowed) or "…"}
            return ClauseUnreadable("clause-leaves-open", one.start, one.end, facts)
    return None


def _condition(spec: Criterion, reading: Reading) -> ClauseUnreadable | None:
    """“没有…的按满分计算” must be a condition of the criterion, or it would be lost."""
    for one in reading.applies:
        if one.effect == "zero" and not (spec.applies and spec.not_applicable == "zero"):
            return ClauseUnreadable("clause-forfeits", one.start, one.end, {"found": one.text})
        if not spec.applies or (one.effect != "zero" and spec.not_applicable == "zero"):
            return ClauseUnreadable("clause-conditional", one.start, one.end, {"found": one.text})
    return None


def _named(holder: object) -> dict[str, str]:
    """The choices that a method or policy names."""
    found: dict[str, str] = {}
    for one in CHOICES:
        value = getattr(holder, one.field, None)
        if isinstance(value, Fraction) and isinstance(holder, Holds):
            found[one.name] = written(value)
        elif isinstance(value, str | Amount):
            found[one.name] = str(value)
    return found


def _settled(method: AnyMethod, choose: Mapping[str, str]) -> AnyMethod:
    """Parameters still open, as the choices have them."""
    filled = {
        one.field: choose[one.name]
        for one in CHOICES
        if one.values and one.name in choose and getattr(method, one.field, "absent") is None
    }
    return method.model_copy(update=filled)


def _rising(method: AnyMethod, beside: AnyMethod) -> AnyMethod:
    """Where a clause leaves open what lies over the target, the form beside it may let the points rise."""
    if isinstance(method, Proportional) and isinstance(beside, Proportional) and method.over is None:
        return method.model_copy(update={"most": beside.most})
    return method


def _plain(method: AnyMethod, points: Fraction) -> object:
    """The form as it is compared: bands by their own ends, in no order; a step from 0 by its own unit."""
    if isinstance(method, Steps) and method.from_ is not None and method.from_.value == 0:
        return method.model_copy(update={"base": "points", "from_": None, "side": method.side})
    if isinstance(method, Holds):
        return method.model_copy(update={"holds": _told(method.holds)})
    if isinstance(method, Judgement) and method.most == points:  # up to the full points, said or not
        return method.model_copy(update={"most": None})
    if not isinstance(method, Bands):
        return method
    return frozenset(
        (
            band.at and band.at.value,
            band.from_ and (band.from_.value, band.closed(method.edges)[0]),
            band.to and (band.to.value, band.closed(method.edges)[1]),
            band.points,
        )
        for band in method.bands
    )


def _told(condition: str) -> str:
    """A condition as it is compared: in its canonical words, and without the quotation marks that clauses lose."""
    from ..clauses.text import plain
    from ..expressions.reader import Unreadable, read

    try:
        return plain(canonical(read(condition))).text
    except Unreadable:
        return condition  # said where the condition is planned


def _written(method: AnyMethod, spec: Criterion) -> str:
    from ..clauses.reader import write

    try:
        return write(method, spec.points)
    except Unwritable:
        return str(method.method)
