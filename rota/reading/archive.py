"""What a ZIP archive holds, unpacked with care: a small one can hold much, and lie about it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from rota.errors import BadInput, Fault
from rota.reading.file_bytes import MEGABYTE, refuse_size

LARGEST_UNPACKED = 50 * MEGABYTE
MOST_MEMBERS = 1000

_CHUNK = 64 * 1024
_USUAL_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_TROUBLES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises for an archive that is damaged or locked by a password."""


def unpack(data: bytes, place: str, *, damaged: BadInput) -> Mapping[str, bytes]:
    """The files in the archive by their names. Raises BadInput if they are too large or too many.

    Never more is unpacked than the archive says it holds, nor than may be read. `damaged` is
    raised where it is no archive, or one that is damaged or locked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return dict(_unpack_files(archive, place, damaged))
    except _TROUBLES as error:
        raise damaged from error


def repack(files: Mapping[str, bytes]) -> bytes:
    """The files as an archive that needs no unpacking and says truly how large they are."""
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return plain.getvalue()


def _unpack_files(
    archive: zipfile.ZipFile, place: str, damaged: BadInput
) -> Iterator[tuple[str, bytes]]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    refuse_size(sum(member.file_size for member in members), LARGEST_UNPACKED, place)
    if len(members) > MOST_MEMBERS:
        sentence = f"it holds {len(members):,} files, and no more than {MOST_MEMBERS:,} are read"
        raise BadInput([Fault(place, sentence)])
    for member in members:
        if member.compress_type not in _USUAL_WAYS:
            raise damaged  # Other ways of packing cannot be unpacked bit by bit.
        yield member.filename, _unpack_member(archive, member)


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The file, of which no piece is unpacked beyond the size that its archive tells."""
    with archive.open(member) as file:
        return b"".join(iter(lambda: file.read(_CHUNK), b""))
