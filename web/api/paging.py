"""Long lists, page by page."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Generic, TypeVar
from urllib.parse import urlencode

from flask import request
from pydantic import Field

from rota.errors import NotFound
from web.api.shapes import IN_ADDRESS, Query, Resource
from web.page_parts.converters import LARGEST_NUMBER

LONGEST_PAGE, USUAL_PAGE = 500, 100

R = TypeVar("R", bound=Resource)
T = TypeVar("T")

Key = Sequence[Any]
"""What rows are ordered by: numbers and texts, of the same kinds in all of a list."""


class PageQuery(Query):
    """Which page of a list, and how long."""

    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE), IN_ADDRESS] = Field(
        USUAL_PAGE, description="How many are told at most"
    )
    cursor: str | None = Field(
        None, max_length=500, description="Where to go on, as the page before has told"
    )


class PageResource(Resource, Generic[R]):
    """A part of a list; `next` is the address of the part after it."""

    HEADERS: ClassVar[Mapping[str, str]] = {"Link": "The address of the next page, if any"}

    items: list[R]
    next: str | None

    def headers(self) -> Mapping[str, str]:
        return {"Link": f'<{self.next}>; rel="next"'} if self.next else {}


def read_cursor(query: PageQuery, *kinds: type) -> tuple[Any, ...] | None:
    """The key of the last row of the page before, of these kinds; None on the first page.

    Raises NotFound if no page has given out this cursor.
    """
    if query.cursor is None:
        return None
    key = _decode_cursor(query.cursor)
    if not isinstance(key, list) or [type(part) for part in key] != [*kinds]:
        raise NotFound("No page begins at this cursor.")
    if not all(map(_can_be_stored, key)):
        raise NotFound("No page begins at this cursor.")
    return tuple(key)


def build_page(
    query: PageQuery, rows: Iterable[T], key: Callable[[T], Key]
) -> tuple[list[T], str | None]:
    """The rows of one page, and the address of the next one.

    `rows` has one more than fits if there is a next page.
    """
    all_rows = [*rows]
    if len(all_rows) <= query.limit:
        return all_rows, None
    page_rows = all_rows[: query.limit]
    cursor = _write_cursor(key(page_rows[-1]))
    return page_rows, f"{request.path}?{urlencode({**request.args, 'cursor': cursor})}"


def build_page_of_all(
    query: PageQuery, rows: Iterable[T], key: Callable[[T], Key]
) -> tuple[list[T], str | None]:
    """The same from all rows of the list, in any order."""
    ordered = sorted(rows, key=lambda row: tuple(key(row)))
    kinds = [type(part) for part in key(ordered[0])] if ordered else []
    since = read_cursor(query, *kinds) if ordered else None
    later = ordered if since is None else [row for row in ordered if tuple(key(row)) > since]
    return build_page(query, later[: query.limit + 1], key)


def _can_be_stored(part: str | int) -> bool:
    """Whether a database could hold such a text or number."""
    return part.isprintable() if isinstance(part, str) else abs(part) <= LARGEST_NUMBER


def _write_cursor(key: Key) -> str:
    text = json.dumps([*key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode_cursor(cursor: str) -> object:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return json.loads(text)
    except (binascii.Error, ValueError, RecursionError):
        return None
