"""What do all filed and written values share? Frozen models, exact amounts read from text, and no key unread."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from .amounts import Amount, read_amount
from .exact import decimal, written

T = TypeVar("T")


def _key(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Model(BaseModel):
    """Frozen; keys are spelled with hyphens in files; a key nobody reads is a problem, never ignored.

    An optional key with nothing behind it is as good as left out.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=_key,
        populate_by_name=True,
        arbitrary_types_allowed=True,
        defer_build=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, data: Any) -> Any:
        if not isinstance(data, dict) or None not in data.values():
            return data
        fields = [(name, field) for name, field in cls.model_fields.items() if not field.is_required()]
        optional = {spelling for name, field in fields for spelling in (name, field.alias)}
        return {key: value for key, value in data.items() if value is not None or key not in optional}


def _reads(kind: type[T], read: Callable[[str], T]) -> PlainValidator:
    def parsed(value: Any) -> T:
        if isinstance(value, kind):
            return value
        _no_blank(value)
        try:
            return read(str(value))
        except ValueError:  # no amount, or not exact
            raise PydanticCustomError("not-a-number", "not a number", {"found": str(value)}) from None

    return PlainValidator(parsed)


def _no_blank(value: Any) -> Any:
    if value is None or value == "":
        raise PydanticCustomError("blank-value", "blank")
    return value


AmountText = Annotated[Amount, _reads(Amount, read_amount), PlainSerializer(str, return_type=str)]
"""A number with its unit word."""
Exact = Annotated[Fraction, _reads(Fraction, decimal), PlainSerializer(written, return_type=str)]
"""A plain decimal, such as points."""
Line = Annotated[str, BeforeValidator(_no_blank)]
"""A text that may not be blank."""
