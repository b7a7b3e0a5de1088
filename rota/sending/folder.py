"""Letters as files in a folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from rota.errors import RotaError
from rota.sending.failures import NotSent
from rota.sending.internet_mail import build_mail
from rota.sending.letter import Letter
from rota.sending.mailbox import Mailbox
from rota.writing.whole_file import OWNER, write_whole

LONGEST_NAME = 150
"""Characters of a file name before its ending; a longer one is cut and told apart by its hash."""


ENDING = ".eml"

PRIVATE = 0o700
"""The mode of a folder that nobody but its owner can look into."""


class FolderPost:
    """Writes each letter to a file of its own, which is there whole or not at all.

    Letters name people and their days, and so nobody else on the machine can read the files.
    """

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder = folder
        self._sender = _read_sender(sender)

    def __str__(self) -> str:
        return f"the folder {self._folder}"

    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        """Write the letter; the same letter once more takes the place of the first.

        Raises NotSent where the folder cannot be written, Refused where the address is none.
        """
        mail = build_mail(letter, sender=self._sender).decode("ascii")
        handing_over()
        with self._turn_errors_into_not_sent():
            write_whole(self._folder / build_file_name(letter.key), mail, mode=OWNER)
            _sync_folder(self._folder)

    def check(self) -> None:
        """See that a file can be written. Raises NotSent."""
        with self._turn_errors_into_not_sent(), tempfile.TemporaryFile(dir=self._folder):
            pass

    @contextmanager
    def _turn_errors_into_not_sent(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            sentence = f"The folder {self._folder} cannot be written: {error.strerror or error}"
            raise NotSent(sentence) from error


def make_private(folder: Path) -> None:
    """Make the folder, or take one that is there, for its owner alone.

    One that holds anything but letters, or is of somebody else, is left as it is. Raises OSError.
    """
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    is_ours = not hasattr(os, "geteuid") or folder.stat().st_uid == os.geteuid()
    if is_ours and all(path.suffix == ENDING for path in folder.iterdir()):
        folder.chmod(PRIVATE)


def build_file_name(key: str) -> str:
    """A file name that no other key has; a slash or the like is written as %2F."""
    name = quote(key, safe="")
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME]}-{hashlib.sha256(key.encode()).hexdigest()[:40]}"
    return f"{name}{ENDING}"


def _read_sender(text: str) -> Mailbox:
    mailbox = Mailbox.read(text)
    if mailbox is None:
        raise RotaError(f"The sender {text!r} is not an e-mail address")
    return mailbox


def _sync_folder(folder: Path) -> None:
    """Bring the folder's list of files to the disk, so that a power cut loses no name.

    Where a folder cannot be opened, as on Windows, the system does so itself.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
