"""Files that people upload: previewed first, then imported exactly as previewed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from rota.errors import BadInput, Fault, NotFound
from rota.reading.spreadsheets import SUFFIXES as WORKBOOKS
from rota.reading.zip_file import SUFFIX as ARCHIVE
from rota.services.access.act import Act
from rota.services.access.secrets import compute_digest, make_secret
from rota.services.importing.import_answers import Answers
from rota.services.importing.import_outcome import Import
from rota.services.importing.imports import import_unit
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.units import units, uploads
from rota.store.units.uploads import Upload

KEPT_FOR = timedelta(minutes=30)
"""How long a file waits for a yes; a later file, or anybody's signing in, removes it then."""

SUFFIXES = (*WORKBOOKS, ARCHIVE)
"""How the names of files end that can be taken in."""

UNIT = "unit"
"""The place and column of what is wrong with the name of a unit."""

LONGEST_UNIT = 100
"""Letters of a unit's name."""

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would change, and the secret with which to say yes to exactly that."""

    name: str
    outcome: Import
    secret: str


def preview(database: Database, act: Act, *, unit: str, name: str, data: bytes) -> Preview:
    """What the file would change in the unit, of which nothing is written.

    The file is a workbook, or a folder of CSV files in a ZIP archive. It is kept for a while; one
    that they left before is forgotten. Raises BadInput with all of its faults.
    """
    act.rights.must_manage_whole(unit)
    return _preview(database, act, unit, Upload(_check_name(name), data, seal=""))


def answer(
    database: Database, act: Act, *, unit: str, secret: str, answers: Answers | None = None
) -> Preview:
    """What the file that they left would change under these answers, or those given before.

    The file goes under another secret from then on. Raises NotFound if it is not there any more,
    BadInput with all that is wrong with the answers.
    """
    act.rights.must_manage_whole(unit)
    upload = _find_upload(database, act, unit, secret)
    columns = upload.answers if answers is None else asdict(answers)
    return _preview(database, act, unit, replace(upload, answers=columns))


def confirm(
    database: Database,
    act: Act,
    *,
    unit: str,
    secret: str,
    is_agreed: bool = False,
    is_acknowledged: bool = False,
) -> Import:
    """Take in the file that they left and looked at.

    Raises Unacknowledged if its rota adds breaches of the first levels and they did not say that
    they answer for them, NotAgreed if it needs a yes that was not given, NotFound if it is not
    there any more, Conflict if it would change something else now.
    """
    act.rights.must_manage_whole(unit)
    upload = _find_upload(database, act, unit, secret)
    with _write_file(upload.name, upload.data) as path:
        outcome = import_unit(
            database,
            act,
            name=unit,
            path=path,
            seal=upload.seal,
            answers=Answers.of(upload.answers),
            is_agreed=is_agreed,
            is_acknowledged=is_acknowledged,
        )
    with database.writing() as connection:
        uploads.remove(connection, find_unit(connection, unit).id, user=act.actor)
    return outcome


def _preview(database: Database, act: Act, unit: str, upload: Upload) -> Preview:
    """What the file would change, kept under a new secret if there is anything to say yes to."""
    with _write_file(upload.name, upload.data) as path:
        outcome = import_unit(
            database, act, name=unit, path=path, is_trial=True, answers=Answers.of(upload.answers)
        )
    secret = make_secret()
    with database.writing() as connection:
        unit_id = find_unit(connection, unit).id
        uploads.remove_old(connection, before=act.at - KEPT_FOR)
        uploads.remove(connection, unit_id, user=act.actor)
        if not outcome.is_settled:
            sealed = replace(upload, seal=outcome.seal)
            digest = compute_digest(secret)
            uploads.save(connection, unit_id, sealed, digest=digest, user=act.actor, at=act.at)
    return Preview(upload.name, outcome, secret)


def _find_upload(database: Database, act: Act, unit: str, secret: str) -> Upload:
    with database.reading() as connection:
        unit_id = find_unit(connection, unit).id
        since = act.at - KEPT_FOR
        digest = compute_digest(secret)
        upload = uploads.find(connection, unit_id, digest=digest, user=act.actor, since=since)
    if upload is None:
        raise NotFound("The file is not kept any more. Choose it again.")
    return upload


def add_unit(
    database: Database,
    act: Act,
    *,
    unit: str,
    name: str,
    data: bytes,
    is_acknowledged: bool = False,
) -> Import:
    """Make a new unit of that name from its first file; this is for administrators.

    Raises Unacknowledged if its rota breaks what nobody has answered for, BadInput with all faults
    of the file, or with that of the unit's name.
    """
    act.rights.must_administer()
    unit = " ".join(unit.split())
    if not 0 < len(unit) <= LONGEST_UNIT or not unit.isprintable():
        misfit = f"is not a name of at most {LONGEST_UNIT} letters"
        raise BadInput([Fault(UNIT, misfit, column=UNIT, value=unit)])
    with database.reading() as connection:
        if units.find(connection, unit):
            misfit = "is a unit already; its managers can import into it"
            raise BadInput([Fault(UNIT, misfit, column=UNIT, value=unit)])
    with _write_file(_check_name(name), data) as path:
        return import_unit(database, act, name=unit, path=path, is_acknowledged=is_acknowledged)


@contextmanager
def _write_file(name: str, data: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


def _check_name(name: str) -> str:
    """The plain name of the file. Raises BadInput if it is of a kind that cannot be taken in."""
    name = _clean_name(name)
    if PurePosixPath(name).suffix.lower() not in SUFFIXES:
        kinds = " or ".join(WORKBOOKS)
        misfit = f"this is neither a workbook ({kinds}) nor a {ARCHIVE} archive of CSV files"
        raise BadInput([Fault(name, misfit)])
    return name


def _clean_name(name: str) -> str:
    """The name of the file without folders and what no file system likes, its end kept."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return re.sub(r"[^\w .()-]", "_", last).strip(" .")[-_LONGEST_NAME:] or "unit"
