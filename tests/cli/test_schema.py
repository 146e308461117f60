"""Does the printed schema say what an evaluation is? Every key described, and what is printed fits it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from pydantic import TypeAdapter

from engine.reading.library import case_folders
from engine.telling.evaluation import SCHEMA, Evaluation, content
from tests.cli.test_cli import WATCHED
from tests.console import jixiao

Json = dict[str, object]


@cache
def schema(subject: str = "evaluation") -> Json:
    return cast(Json, json.loads(jixiao("rules", "schema", subject).stdout))


def objects(subject: str = "evaluation") -> Iterator[tuple[str, Json]]:
    """Every kind of object of a schema."""
    whole = schema(subject)
    yield subject, whole
    yield from cast(dict[str, Json], whole["$defs"]).items()


def test_every_key_has_a_description() -> None:
    bare = [
        f"{kind}.{key}"
        for kind, made in objects()
        for key, value in cast(dict[str, Json], made.get("properties", {})).items()
        if not str(value.get("description", "")).strip()
    ]
    assert bare == []
    assert [kind for kind, made in objects() if not made.get("description")] == []


def test_the_schema_names_its_dialect_and_knows_every_key() -> None:
    for subject in ("evaluation", "ruleset", "submission"):
        assert schema(subject)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    keys = list(cast(Json, schema()["properties"]))
    assert keys[0] == "schema" and keys == [key.rstrip("_") for key in Evaluation.__dataclass_fields__]
    for kind, made in objects():
        assert made["additionalProperties"] is False, kind
        assert made["required"] == list(cast(Json, made["properties"])), kind


_TYPES = {"string": str, "boolean": bool, "integer": int, "array": list, "object": dict, "null": type(None)}
_HELD = frozenset(["$ref", "anyOf", "type", "enum", "const", "properties", "required", "additionalProperties", "items"])
_SAID = frozenset(["$schema", "$defs", "title", "description", "default"])


def wrong(value: object, by: Json, at: str = "$") -> Iterator[str]:
    """Where a value does not fit: as much of JSON Schema as an evaluation's makes use of, and nothing passed over."""
    assert not set(by) - _HELD - _SAID, (at, by)
    if "$ref" in by:
        name = str(by["$ref"]).removeprefix("#/$defs/")
        yield from wrong(value, cast(dict[str, Json], schema()["$defs"])[name], at)
    if "anyOf" in by and all(list(wrong(value, one, at)) for one in cast(list[Json], by["anyOf"])):
        yield f"{at}: {value!r} is none of them"
    if "enum" in by and value not in cast(list[object], by["enum"]):
        yield f"{at}: {value!r}"
    if "const" in by and value != by["const"]:
        yield f"{at}: {value!r}"
    if "type" in by and type(value) is not _TYPES[str(by["type"])]:
        yield f"{at}: {value!r} is no {by['type']}"
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from wrong(one, cast(Json, by.get("items", {})), f"{at}[{number}]")
    elif isinstance(value, dict) and "type" in by:
        yield from _wrong_keys(value, by, at)


def _wrong_keys(value: Json, by: Json, at: str) -> Iterator[str]:
    known, more = cast(dict[str, Json], by.get("properties", {})), by.get("additionalProperties", True)
    yield from (f"{at}: no {key}" for key in cast(list[str], by.get("required", [])) if key not in value)
    for key, one in value.items():
        if key not in known and more is False:
            yield f"{at}: {key}"
        yield from wrong(one, known.get(key) or (more if isinstance(more, dict) else {}), f"{at}.{key}")


CASES = [path.name for path in case_folders()]
LETTERED = "tests/letters/constructed"


def test_what_is_printed_of_every_case_fits_the_schema(tmp_path: Path) -> None:
    """Of one scored by letters and of one without points too."""
    watched = tmp_path / "watched.yaml"
    watched.write_text(WATCHED, "utf-8")
    answers = json.loads(jixiao("score", *CASES, LETTERED, str(watched), "-f", "json").stdout)
    assert [one["submission"]["id"] for one in answers[:-2]] == CASES
    assert [(one["lettered"], one["score"]) for one in answers[-2:]] == [(True, None), (False, None)]
    for answer in answers:
        assert list(wrong(answer, schema())) == [], answer["submission"]["id"]
        read = TypeAdapter(Evaluation).validate_python(answer)
        assert content(read) == answer
        assert answer["schema"] == SCHEMA


@cache
def printed(case: str) -> Json:
    return cast(Json, json.loads(jixiao("score", case, "-f", "json").stdout))


@pytest.mark.parametrize(
    ("key", "value"), [("lang", "fr"), ("schema", 1), ("criteria", [{}]), ("more", 1), ("score", 0)]
)
def test_what_does_not_fit_is_found(key: str, value: object) -> None:
    assert list(wrong(printed(CASES[0]) | {key: value}, schema()))
