"""Files that wait to be imported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from rota.store.rows import table_of
from rota.tables import UploadTable

_UPLOAD = table_of(UploadTable)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file under its name, and the seal of what its import would do."""

    name: str
    data: bytes
    seal: str


def keep(
    connection: Connection, unit_id: int, upload: Upload, *, digest: str, who: str, at: datetime
) -> None:
    connection.execute(
        insert(_UPLOAD).values(
            digest=digest,
            unit_id=unit_id,
            who=who,
            name=upload.name,
            data=upload.data,
            seal=upload.seal,
            made_at=at,
        )
    )


def find(
    connection: Connection, unit_id: int, *, digest: str, who: str, since: datetime
) -> Upload | None:
    """The file that they left for the unit since then, if it is still there."""
    asked = select(_UPLOAD.c.name, _UPLOAD.c.data, _UPLOAD.c.seal).where(
        _UPLOAD.c.digest == digest,
        _UPLOAD.c.unit_id == unit_id,
        _UPLOAD.c.who == who,
        _UPLOAD.c.made_at >= since,
    )
    row = connection.execute(asked).one_or_none()
    return Upload(*row) if row else None


def forget(connection: Connection, unit_id: int, *, who: str) -> None:
    """Remove what they left for the unit."""
    theirs = (_UPLOAD.c.unit_id == unit_id) & (_UPLOAD.c.who == who)
    connection.execute(delete(_UPLOAD).where(theirs))


def forget_old(connection: Connection, *, before: datetime) -> None:
    """Remove everything that anybody left before then."""
    connection.execute(delete(_UPLOAD).where(_UPLOAD.c.made_at < before))
