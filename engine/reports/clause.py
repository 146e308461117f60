"""How is a clause shown that was tried alone? Its method, its open choices, and the points around every edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..algebra.meaning import OneRange
from ..clauses.points import table
from ..clauses.reader import taken_for
from ..clauses.reading import Reading
from ..values.exact import written
from ..wording import Lang, phrase, said
from .sheet import Line

_BAR = 24
"""The longest bar, in characters."""


def sheet(reading: Reading, full: Fraction, at: str, found: OneRange | None, lang: Lang) -> Sequence[Line]:
    """The clause as read, a line a value, and the points `at` the value asked for."""
    return tuple(_parts(reading, full, at, found, lang))


def _parts(reading: Reading, full: Fraction, at: str, found: OneRange | None, lang: Lang) -> Iterator[Line]:
    method = method_of(reading)
    yield Line(said("method", str(method.pop("method")), lang))
    for name, value in method.items():
        yield Line(phrase("said", lang, name=name, text=_flat(value)), margin="  ")
    yield Line(said("read-as", "".join(_words(reading, lang)), lang))
    for one in reading.open:
        allowed = phrase("aside", lang, text=phrase("list", lang).join(one.allowed) or "…")
        yield Line(said("open-choice", f"{one.name}{allowed}  “{reading.text[one.start : one.end]}”", lang))
    for side in reading.applies:
        yield Line(said("condition", f"{side.text} -> {side.effect}", lang))
    for note in reading.notes:
        yield Line(said("note", note.text, lang))
    rows = table(reading, full)
    if rows:
        yield Line()
        yield from _plot(rows, full, lang)
    if found is not None:
        yield Line()
        yield Line(f"{at} -> {_shown(found, lang)}")


def _words(reading: Reading, lang: Lang) -> Iterator[str]:
    """Every word with what it is taken for; marks are as they are."""
    for one in taken_for(reading):
        yield reading.text[one.start : one.end]
        if one.role != "mark":
            yield f"〔{phrase(f'word-{one.role}', lang)}〕"


def as_data(reading: Reading, found: OneRange | None) -> dict[str, object]:
    """The same for programs."""
    points: object = None
    if found is not None:
        low, high = map(written, _ends(found))
        points = low if low == high else {"low": low, "high": high}
    open_ = [
        {"choice": one.name, "allowed": list(one.allowed), "text": reading.text[one.start : one.end]}
        for one in reading.open
    ]
    words = [
        {"role": one.role, "start": one.start, "end": one.end, "text": reading.text[one.start : one.end]}
        for one in taken_for(reading)
    ]
    return {"method": method_of(reading), "open": open_, "points": points, "words": words}


def method_of(reading: Reading) -> dict[str, object]:
    """The scoring method as a rule file would state it, without what is empty."""
    content: dict[str, object] = reading.method.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {name: value for name, value in content.items() if value not in ([], ())}


def _ends(points: OneRange) -> tuple[Fraction, Fraction]:
    return Fraction(points.low.n, points.low.d), Fraction(points.high.n, points.high.d)


def _shown(points: OneRange, lang: Lang) -> str:
    low, high = map(written, _ends(points))
    return low if low == high else phrase("range", lang, low=low, high=high)


def _flat(value: object) -> str:
    if isinstance(value, list):
        return " | ".join(map(_flat, value))
    if isinstance(value, dict):
        return " ".join(f"{name} {_flat(part)}" for name, part in value.items())
    return str(value)


def _plot(rows: Sequence[tuple[str, OneRange]], full: Fraction, lang: Lang) -> Iterator[Line]:
    """A line a value: the points, and a bar of them; what is open is dotted."""
    wide = max(len(text) for text, _ in rows)
    deep = max(len(_shown(points, lang)) for _, points in rows)
    for text, points in rows:
        low, high = (int(end * _BAR / full) if full else 0 for end in _ends(points))
        bar = "#" * low + "." * (high - low)
        yield Line(f"{text.rjust(wide)}  {_shown(points, lang).rjust(deep)}  {bar}".rstrip(), margin="  ")
