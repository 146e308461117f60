"""How does a document become a model, and each thing wrong in it a problem with its place?"""

from __future__ import annotations

from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from ..model import Model
from ..problems import Problem, Refused, nearest
from .document import Document, Path_, parse, read_text

M = TypeVar("M", bound=Model)


def load(path: Path, model: type[M], file: str | None = None) -> tuple[M, Document]:
    """Read `path` as `model`. Raises `Refused` with every problem at once. `file` is its name in messages."""
    name = file or str(path)
    document = parse(read_text(path, name), name)
    return validated(document, model), document


def validated(document: Document, model: type[M]) -> M:
    """The document as `model`. Raises `Refused`."""
    if not isinstance(document.data, dict):
        raise Refused([Problem("not-a-mapping", document.place(()), {})])
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise Refused([_problem(document, model, found) for found in error.errors(include_url=False)]) from None


def _within(document: Document, location: Path_) -> Path_:
    """The location without pydantic's own steps (tags of unions), as the file has it."""
    path: Path_ = ()
    value: Any = document.data
    for step in location:
        inside = step in value if isinstance(value, dict) else isinstance(value, list) and step in range(len(value))
        if inside:
            value = value[step]
        elif step == location[-1]:
            return (*path, step)
        else:
            continue
        path = (*path, step)
    return path


def _problem(document: Document, model: type[Model], error: Any) -> Problem:
    kind, location = error["type"], tuple(error["loc"])
    path = _within(document, location)
    found = "" if isinstance(error["input"], (dict, list)) or error["input"] is None else str(error["input"])
    last = str(path[-1]) if path else ""
    if kind == "missing":
        return Problem("missing-key", document.place(path[:-1], key=True), {"key": last})
    if kind == "extra_forbidden":
        known = _fields(model, path[:-1], document)
        return Problem("unknown-key", document.place(path, key=True), {"key": last}, nearest(last, known))
    if kind in ("literal_error", "union_tag_invalid", "union_tag_not_found"):
        context = error.get("ctx", {})
        expected = str(context.get("expected") or context.get("expected_tags") or "form").replace("'", "`")
        if kind != "literal_error":
            path = (*path, "form") if kind == "union_tag_invalid" else path
            found = str(context.get("tag", ""))
        near = nearest(found, [word.strip(" `") for word in expected.replace(" or ", ",").split(",")])
        return Problem("not-one-of", document.place(path), {"found": found, "expected": expected}, near)
    code = kind if kind in ("not-a-number", "blank-value") else "bad-value"
    if error["input"] is None:
        code = "blank-value"
    return Problem(code, document.place(path), {"found": found, "key": last, "detail": _detail(kind, error)})


def _detail(kind: str, error: Any) -> str:
    context = error.get("ctx", {})
    bounds = [f"{sign} {context[name]}" for name, sign in _BOUNDS.items() if name in context]
    return ", ".join(bounds) or _WANTED.get(kind, kind)


_BOUNDS = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "min_length": "≥"}
_WANTED = {
    "int_parsing": "0, 1, 2 …",
    "int_type": "0, 1, 2 …",
    "bool_parsing": "true / false",
    "bool_type": "true / false",
    "string_type": "text",
    "dict_type": "key: value",
    "model_type": "key: value",
    "tuple_type": "[ …, … ]",
    "list_type": "[ …, … ]",
}


def _fields(model: type[BaseModel], path: Path_, document: Document) -> list[str]:
    """The keys allowed at `path`, found by following annotations; several where a union stands."""
    candidates: list[Any] = [model]
    for step in path:
        candidates = [inner for one in candidates for inner in _inside(one, step)]
    return [
        field.alias or name
        for one in candidates
        if isinstance(one, type) and issubclass(one, BaseModel)
        for name, field in one.model_fields.items()
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
