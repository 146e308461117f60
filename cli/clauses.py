"""How is one official clause tried from the terminal? Its form, its open choices, and the points around every edge."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

from engine.algebra.meaning import Range
from engine.clauses.points import points_at, table
from engine.clauses.reader import read
from engine.clauses.reading import ClauseUnreadable, Reading
from engine.values.amounts import NotAnAmount, read_amount
from engine.values.exact import NotExact, decimal, written
from engine.values.problems import Problem, Refused, Source, nearest

from .language import colon, say
from .screen import visible

CHOICES = {
    "partial-step": ("whole", "started", "pro-rata"),
    "edges": ("lower-closed", "upper-closed"),
    "base": ("points", "relative"),
    "over": ("full", "zero", "open"),
    "reverse": ("inverse", "linear"),
    "direction": ("forward", "reverse"),
    "outside-bands": ("open",),
    "standard": (),
}
"""Names of open choices and the values they take; `standard` takes any amount."""
_BAR = 24


def tried(text: str, points: str, choose: Sequence[str], at: str, format_: str) -> str:
    """What the clause says. Raises `Refused`, pointing at the word that can't be read."""
    full = _decimal("--points", points)
    chosen = dict(_choice(one) for one in choose)
    value = _value(at) if at else None
    try:
        reading = read(text, full, chosen)
    except ClauseUnreadable as error:
        source = Source(say("条文", "clause"), 1, error.start + 1, max(1, error.end - error.start))
        raise Refused([Problem(error.code, source, error.facts)]) from None
    found = points_at(reading, full, value) if value is not None else None
    if format_ == "json":
        return _json(reading, found)
    return _sheet(reading, full, at, found)


def _decimal(name: str, text: str) -> Fraction:
    try:
        return decimal(text)
    except NotExact:
        raise Refused([Problem("not-a-number", Source(name), {"found": text})]) from None


def _value(text: str) -> Fraction:
    try:
        return read_amount(text).value
    except NotAnAmount:
        raise Refused([Problem("not-a-number", Source("--at"), {"found": text})]) from None


def _choice(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    place = Source("--choose")
    if name not in CHOICES:
        facts = {"found": name, "expected": ", ".join(CHOICES)}
        raise Refused([Problem("not-one-of", place, facts, nearest(name, CHOICES))])
    if CHOICES[name] and value not in CHOICES[name]:
        facts = {"found": value, "expected": ", ".join(CHOICES[name])}
        raise Refused([Problem("not-one-of", place, facts, nearest(value, CHOICES[name]))])
    return name, value


def _method(reading: Reading) -> dict[str, object]:
    content: dict[str, object] = reading.method.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {name: value for name, value in content.items() if value not in ([], ())}


def _ends(points: Range) -> tuple[Fraction, Fraction]:
    return Fraction(points.low.n, points.low.d), Fraction(points.high.n, points.high.d)


def _json(reading: Reading, found: Range | None) -> str:
    points: object = None
    if found is not None:
        low, high = _ends(found)
        points = written(low) if low == high else {"low": written(low), "high": written(high)}
    open_ = [
        {"choice": one.name, "allowed": list(one.allowed), "text": reading.text[one.start : one.end]}
        for one in reading.open
    ]
    answer = {"method": _method(reading), "open": open_, "points": points}
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _sheet(reading: Reading, full: Fraction, at: str, found: Range | None) -> str:
    method = _method(reading)
    lines = [f"{say('评分方式', 'Form')}{colon()}{method.pop('form')}"]
    lines += [f"  {name}{colon()}{_flat(value)}" for name, value in method.items()]
    for one in reading.open:
        allowed = "、".join(one.allowed) or "…"
        words = reading.text[one.start : one.end]
        lines.append(f"{say('未写明', 'Open')}{colon()}{one.name}（{allowed}）  “{words}”")
    for side in reading.applies:
        lines.append(f"{say('适用条件', 'Condition')}{colon()}{side.text} -> {side.effect}")
    for note in reading.notes:
        lines.append(f"{say('说明', 'Note')}{colon()}{note.text}")
    rows = table(reading, full)
    if rows:
        lines += ["", *_plot(rows, full)]
    if found is not None:
        lines += ["", f"{at} -> {_shown(found)}"]
    return "\n".join(visible(line) for line in lines)


def _flat(value: object) -> str:
    if isinstance(value, list):
        return " | ".join(map(_flat, value))
    if isinstance(value, dict):
        return " ".join(f"{name} {_flat(part)}" for name, part in value.items())
    return str(value)


def _shown(points: Range) -> str:
    low, high = _ends(points)
    return written(low) if low == high else f"{written(low)} - {written(high)}"


def _plot(rows: Sequence[tuple[str, Range]], full: Fraction) -> list[str]:
    """A line a value: the points, and a bar of them; what is open is dotted."""
    wide = max(len(text) for text, _ in rows)
    deep = max(len(_shown(points)) for _, points in rows)
    lines = []
    for text, points in rows:
        low, high = (int(end * _BAR / full) if full else 0 for end in _ends(points))
        bar = "#" * low + "." * (high - low)
        lines.append(f"  {text.rjust(wide)}  {_shown(points).rjust(deep)}  {bar}".rstrip())
    return lines
