"""What do all filed and written values share? Frozen models, exact amounts read from text, and no key unread."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from .amounts import Amount, NotAnAmount, read_amount
from .exact import NotExact, decimal, written


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


def _amount(value: Any) -> Amount:
    if isinstance(value, Amount):
        return value
    _no_blank(value)
    try:
        return read_amount(str(value))
    except NotAnAmount:
        raise PydanticCustomError("not-a-number", "not a number", {"found": str(value)}) from None


def _exact(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    _no_blank(value)
    try:
        return decimal(str(value))
    except NotExact:
        raise PydanticCustomError("not-a-number", "not a number", {"found": str(value)}) from None


def _no_blank(value: Any) -> Any:
    if value is None or value == "":
        raise PydanticCustomError("blank-value", "blank")
    return value


AmountText = Annotated[Amount, PlainValidator(_amount), PlainSerializer(str, return_type=str)]
"""A number with its unit word."""
Exact = Annotated[Fraction, PlainValidator(_exact), PlainSerializer(written, return_type=str)]
"""A plain decimal, such as points."""
Line = Annotated[str, BeforeValidator(_no_blank)]
"""A text that may not be blank."""
