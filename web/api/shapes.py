"""What the shapes of the API are made of: resources answered, queries and bodies sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from rota.errors import RotaError
from rota.services.publishing.publish import LONGEST_NOTE


class Resource(BaseModel):
    """What is answered. `HEADERS` tells which headers go with it, and what each says."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    HEADERS: ClassVar[Mapping[str, str]] = {}

    def headers(self) -> Mapping[str, str]:
        """The headers that go with this one; those without a value are left out."""
        return {}


class Query(BaseModel):
    """What may stand in an address after its question mark; anything else is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Body(BaseModel):
    """What is sent as JSON; anything that is not named is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Nothing(Body):
    """Nothing is sent."""


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_DATE = PydanticCustomError("date", "A date is written like 2027-01-04")
_NO_NUMBER = PydanticCustomError("whole_number", "A whole number is written like 50")

_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,9}")


def _read_day(value: Any) -> Any:
    """The date, which may only be written as in ISO 8601."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise _NO_DATE
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _NO_DATE from None


def _read_number(value: Any) -> Any:
    """The whole number that stands in an address."""
    if not isinstance(value, str) or not _WHOLE_NUMBER.fullmatch(value):
        raise _NO_NUMBER
    return int(value)


def _read_whole(value: Any) -> Any:
    """The number in a body, for which JSON may write 4.0 as well as 4."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Part = Annotated[
    Literal["", "am", "pm"],
    Field(description="The morning or the afternoon; empty for the whole day."),
]

Number = int | float
"""A number, which is a whole one or a whole and a half."""

Day = Annotated[date, BeforeValidator(_read_day)]
"""A date that is sent."""

IN_ADDRESS = BeforeValidator(_read_number)
"""Marks a whole number that stands in an address."""

IN_BODY = BeforeValidator(_read_whole)
"""Marks a whole number that is sent in a body."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
"""The name or staff number of somebody or something, in one line."""

Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE, pattern=r"^[^\x00]*$")]
"""Words of a person, perhaps in several lines."""

Instant = Annotated[datetime, Field(description="An instant, with its distance from UTC.")]

_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


def must_be_near(*days: date | None) -> None:
    """Raises RotaError for a date that is no slip of the pen in form, but is one in substance."""
    for day in days:
        if day is not None and not _FIRST <= day <= _LAST:
            raise RotaError(
                f"{day} is too far off; dates from {_FIRST} to {_LAST} can be asked for."
            )
