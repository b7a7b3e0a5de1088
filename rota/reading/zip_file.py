"""A folder of CSV files, with a policy.toml, packed into one ZIP archive."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from rota.errors import BadInput, Fault
from rota.reading.archive import unpack
from rota.reading.file_bytes import read_bytes
from rota.reading.folder import FILES, read_folder
from rota.reading.table_finder import TableFinder
from rota.reading.unit_files import UnitFiles

SUFFIX = ".zip"

_SUFFIXES = {Path(name).suffix for name in FILES.values()}
_PLAIN_NAME = re.compile(r"[\w][\w .()-]{0,99}")


def read_zipped(path: Path) -> UnitFiles:
    """The tables in the archive, in whichever folder of it. Raises BadInput if it is none."""
    damaged = BadInput([Fault(path.name, f"this is not a {SUFFIX} archive, or it is damaged")])
    files = unpack(read_bytes(path, path.name), path.name, damaged=damaged)
    with TemporaryDirectory() as place:
        folder = Path(place) / (path.stem or "unit")
        folder.mkdir()
        for name, data in _drop_folders(files, path.name).items():
            (folder / name).write_bytes(data)
        source = read_folder(folder)
    source.notes[:] = TableFinder(
        [*map(_find_file_name, files)], FILES, "file", path.name
    ).list_notes()
    return source


def _drop_folders(files: Mapping[str, bytes], place: str) -> Mapping[str, bytes]:
    """The files that may hold tables, by their names without folders."""
    members = {
        whole: name
        for whole, name in ((whole, _find_file_name(whole)) for whole in files)
        if Path(name).suffix.lower() in _SUFFIXES and _PLAIN_NAME.fullmatch(name)
    }
    twice = [name for name, times in Counter(members.values()).items() if times > 1]
    if twice:
        raise BadInput(Fault(place, f"it holds {name} more than once") for name in twice)
    return {name: files[whole] for whole, name in members.items()}


def _find_file_name(whole: str) -> str:
    """The name of a file in the archive without its folders."""
    return PurePosixPath(whole.replace("\\", "/")).name.strip()
