"""Files that wait to be imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from rota.store.units.rows import table_of
from rota.tables import UploadTable

_UPLOAD = table_of(UploadTable)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file under its name, the seal of what its import would do, and what was answered to it."""

    name: str
    data: bytes
    seal: str
    answers: Mapping[str, Any] | None = None


def save(
    connection: Connection, unit_id: int, upload: Upload, *, digest: str, user: str, at: datetime
) -> None:
    connection.execute(
        insert(_UPLOAD).values(
            digest=digest,
            unit_id=unit_id,
            who=user,
            name=upload.name,
            data=upload.data,
            seal=upload.seal,
            answers=None if upload.answers is None else dict(upload.answers),
            made_at=at,
        )
    )


def find(
    connection: Connection, unit_id: int, *, digest: str, user: str, since: datetime
) -> Upload | None:
    """The file that the user left for the unit since then, if it is still there."""
    columns = (_UPLOAD.c[name] for name in Upload.__slots__)
    query = select(*columns).where(
        _UPLOAD.c.digest == digest,
        _UPLOAD.c.unit_id == unit_id,
        _UPLOAD.c.who == user,
        _UPLOAD.c.made_at >= since,
    )
    row = connection.execute(query).one_or_none()
    return Upload(*row) if row else None


def remove(connection: Connection, unit_id: int, *, user: str) -> None:
    """Remove what the user left for the unit."""
    is_theirs = (_UPLOAD.c.unit_id == unit_id) & (_UPLOAD.c.who == user)
    connection.execute(delete(_UPLOAD).where(is_theirs))


def remove_old(connection: Connection, *, before: datetime) -> None:
    """Remove everything that anybody left before then."""
    connection.execute(delete(_UPLOAD).where(_UPLOAD.c.made_at < before))
