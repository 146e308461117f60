"""How does a document become a model, and each thing wrong in it a problem with its place?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from ..values.model import Model
from ..values.problems import MOST_SHOWN, At, Problem, Refused, nearest
from .document import Document, read_text, survey

M = TypeVar("M", bound=Model)


def load(path: Path, model: type[M], file: str | None = None) -> tuple[M, Document]:
    """Read `path` as `model`. Raises `Refused` with every problem at once. `file` is its name in messages."""
    name = file or str(path)
    document = survey(read_text(path, name), name)
    return validated(document, model), document


def validated(document: Document, model: type[M]) -> M:
    """The document as `model`. Raises `Refused` with every problem of the two."""
    read, problems = attempted(document, model)
    if read is None or problems:
        raise Refused(problems)
    return read


def attempted(document: Document, model: type[M]) -> tuple[M | None, list[Problem]]:
    """The document as `model`, if it is one, and every problem of the two."""
    problems = list(document.problems)
    if len(problems) > MOST_SHOWN:  # there is no room to tell more
        return None, problems
    if not isinstance(document.data, dict):
        return None, [*problems, Problem("not-a-mapping", document.place(()), {})]
    try:
        return model.model_validate(document.data), problems
    except ValidationError as error:
        errors = _one_each(document, error.errors(include_url=False))
    wrong = sorted(((_problem(document, path, one), path) for path, one in errors), key=lambda pair: pair[0].source)
    # what is not shown needs no advice, and looking for the nearest word costs more than all else
    shown = [replace(problem, nearest=_near(problem, model, path)) for problem, path in wrong[:MOST_SHOWN]]
    return None, [*problems, *shown, *(problem for problem, _ in wrong[MOST_SHOWN:])]


def _one_each(document: Document, errors: Sequence[Any]) -> list[tuple[At, Any]]:
    """One error for each place: not that of a list for its items, nor one for each arm of a union.

    Of a union, the error of the arm that could read the value counts, else those of all arms together.
    """
    found: dict[At, Any] = {}
    for error in errors:
        path = _within(document, error)
        before = found.get(path)
        if before is None or (_bounds(error) and not _bounds(before)):
            found[path] = error
        elif not _bounds(before):
            found[path] = {**before, "beside": [*before.get("beside", []), error]}
    around = {path[:length] for path in found for length in range(len(path))}
    return [(path, error) for path, error in found.items() if path not in around]


def _within(document: Document, error: Any) -> At:
    """Where an error is in the file: its location without pydantic's own steps (arms of unions)."""
    path: At = ()
    value: Any = document.data
    for step in error["loc"]:
        if step in value if isinstance(value, dict) else isinstance(value, list) and step in range(len(value)):
            path, value = (*path, step), value[step]
    if error["type"] == "missing":
        return (*path, error["loc"][-1])
    if error["type"] == "union_tag_not_found" or (error["type"] == "union_tag_invalid" and isinstance(value, dict)):
        return (*path, error["ctx"]["discriminator"].strip("'"))
    return path


def _problem(document: Document, path: At, error: Any) -> Problem:
    kind, given = error["type"], error["input"]
    last = str(path[-1]) if path else ""
    if kind in ("missing", "union_tag_not_found"):
        return Problem("missing-key", document.place(path[:-1], key=True), {"key": last})
    if kind == "extra_forbidden":
        return Problem("unknown-key", document.place(path, key=True), {"key": last})
    if kind == "union_tag_invalid":
        given = given[last]
    if given is None:
        return Problem("blank-value", document.place(path))
    found = "{ … }" if isinstance(given, dict) else "[ … ]" if isinstance(given, list) else str(given)
    if kind in ("literal_error", "union_tag_invalid"):
        expected = ", ".join(f"`{word}`" for word in _words(error))
        return Problem("not-one-of", document.place(path), {"found": found, "expected": expected})
    code = kind if kind in ("not-a-number", "blank-value") else "bad-value"
    if kind in ("int_parsing", "int_type") and last in _YEARS:
        code = "not-a-year"
    details = dict.fromkeys(_detail(one) for one in (error, *error.get("beside", [])))
    return Problem(code, document.place(path), {"found": found, "key": last, "detail": " / ".join(details)})


def _near(problem: Problem, model: type[Model], path: At) -> str:
    """The word nearest to the one that is not known."""
    if problem.code == "unknown-key":
        return nearest(problem.facts["key"], _fields(model, path[:-1]))
    if problem.code == "not-one-of":
        return nearest(problem.facts["found"], re.findall("`([^`]*)`", problem.facts["expected"]))
    if problem.code == "not-a-year":
        return next(iter(re.findall(r"(?<!\d)\d{4}(?!\d)", problem.facts["found"])), "")
    if problem.code == "bad-value" and problem.facts["detail"] == _WANTED["model_type"]:
        needed = _fields(model, path, needed=True)  # `years: 2024` of a model that needs `from` alone
        return f"{{{needed[0]}: {problem.facts['found']}}}" if len(needed) == 1 else ""
    return ""


def _words(error: Any) -> list[str]:
    """The words of a closed set."""
    context = error.get("ctx", {})
    return re.findall("'([^']*)'", str(context.get("expected_tags") or context.get("expected")))


def _detail(error: Any) -> str:
    """What would be read, in few words."""
    kind = error["type"]
    return _bounds(error) or (", ".join(_words(error)) if kind == "literal_error" else _WANTED.get(kind, kind))


def _bounds(error: Any) -> str:
    context = error.get("ctx", {})
    return ", ".join(f"{sign} {context[name]}" for name, sign in _BOUNDS.items() if name in context)


_YEARS = ("year", "from", "to")
"""Keys whose whole numbers are years."""
_BOUNDS = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "min_length": "≥"}
_WANTED = {
    "int_parsing": "0, 1, 2 …",
    "int_type": "0, 1, 2 …",
    "int_parsing_size": "0, 1, 2 …",
    "bool_parsing": "true / false",
    "bool_type": "true / false",
    "string_type": "text",
    "dict_type": "key: value",
    "model_type": "key: value",
    "model_attributes_type": "key: value",
    "tuple_type": "[ …, … ]",
    "list_type": "[ …, … ]",
}


def _fields(model: type[BaseModel], path: At, *, needed: bool = False) -> list[str]:
    """The keys allowed (or those needed) at `path`, found by following annotations; several where a union stands."""
    candidates: list[Any] = [model]
    for step in path:
        candidates = [inner for one in candidates for inner in _inside(one, step)]
    return [
        field.alias or name
        for one in candidates
        if isinstance(one, type) and issubclass(one, BaseModel)
        for name, field in one.model_fields.items()
        if field.is_required() or not needed
    ]


def _inside(annotation: Any, step: str | int) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if step == (field.alias or name):
                return _plain(field.annotation)
        return []
    arguments = get_args(annotation)
    if get_origin(annotation) is dict:
        return _plain(arguments[1])
    return _plain(arguments[0]) if arguments else []


def _plain(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [inner for one in get_args(annotation) for inner in _plain(one)]
    return [annotation]
