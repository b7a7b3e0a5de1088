"""The names in braces in the paths of the API, and how each is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from rota.errors import NotFound, shorten
from web.api.shapes import IN_ADDRESS, Day, Name
from web.page_parts.converters import LARGEST_NUMBER


@dataclass(frozen=True, slots=True)
class InPath:
    """A name in a path: its schema, what it is, and how it is read."""

    schema: Mapping[str, Any]
    help: str
    read: Callable[[str], Any]


def _place(kind: Any, help: str) -> InPath:
    """A place for a value of that kind; whatever is none is the name of nothing."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def read(text: str) -> Any:
        try:
            return adapter.validate_python(text)
        except ValidationError:
            raise NotFound(f"There is nothing with the name {shorten(text)!r}.") from None

    return InPath(adapter.json_schema(), help, read)


_NUMBER = Annotated[int, Field(ge=1, le=LARGEST_NUMBER), IN_ADDRESS]

NAMES: Mapping[str, InPath] = {
    "unit_id": _place(_NUMBER, "The number of a unit"),
    "version": _place(_NUMBER, "The number of a version, which counts within its unit"),
    "run_id": _place(_NUMBER, "The number of a run"),
    "request_id": _place(_NUMBER, "The number of a request"),
    "start": _place(Day, "The first day of a period, a Monday"),
    "staff_no": _place(Name, "The staff number of an officer"),
    "date": _place(Day, "A date"),
}

_PLACE = re.compile(r"{(\w+)}")


def place_names(path: str) -> Sequence[str]:
    """The names in braces in a path, as they come."""
    return _PLACE.findall(path)


def as_rule(path: str) -> str:
    """The path as Flask writes it. A staff number may have a slash in it."""
    return _PLACE.sub(r"<\1>", path).replace("<staff_no>", "<path:staff_no>")
