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


def _build_path_name(kind: Any, help: str) -> InPath:
    """A name in a path for a value of that kind; a text that is no such value finds nothing."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def read(text: str) -> Any:
        try:
            return adapter.validate_python(text)
        except ValidationError:
            raise NotFound(f"There is nothing with the name {shorten(text)!r}.") from None

    return InPath(adapter.json_schema(), help, read)


_NUMBER = Annotated[int, Field(ge=1, le=LARGEST_NUMBER), IN_ADDRESS]

NAMES: Mapping[str, InPath] = {
    "unit_id": _build_path_name(_NUMBER, "The number of a unit"),
    "version": _build_path_name(_NUMBER, "The number of a version, which counts within its unit"),
    "run_id": _build_path_name(_NUMBER, "The number of a run"),
    "request_id": _build_path_name(_NUMBER, "The number of a request"),
    "start": _build_path_name(Day, "The first day of a period, a Monday"),
    "staff_no": _build_path_name(Name, "The staff number of an officer"),
    "date": _build_path_name(Day, "A date"),
}

_NAME_IN_BRACES = re.compile(r"{(\w+)}")


def find_path_names(path: str) -> Sequence[str]:
    """The names in braces in a path, in their order."""
    return _NAME_IN_BRACES.findall(path)


def build_rule(path: str) -> str:
    """The path as Flask writes it. A staff number may have a slash in it."""
    return _NAME_IN_BRACES.sub(r"<\1>", path).replace("<staff_no>", "<path:staff_no>")
