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
from rota.sending.letter import Letter
from rota.sending.mailbox import Mailbox
from rota.sending.message import as_mail
from rota.sending.outcome import NotSent
from rota.writing.whole_file import write_whole

LONGEST_NAME = 150
"""Characters of a file name before its ending; a longer one is cut and told apart by its hash."""


class FolderPost:
    """Writes each letter to a file of its own, which is there whole or not at all."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder = folder
        self._sender = _sender(sender)

    def __str__(self) -> str:
        return f"the folder {self._folder}"

    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        """Write the letter; the same letter once more takes the place of the first.

        Raises NotSent where the folder cannot be written, Refused where the address is none.
        """
        mail = as_mail(letter, sender=self._sender).decode("ascii")
        handing_over()
        with self._telling():
            write_whole(self._folder / file_name(letter.key), mail)
            _keep(self._folder)

    def check(self) -> None:
        """See that a file can be written. Raises NotSent."""
        with self._telling(), tempfile.TemporaryFile(dir=self._folder):
            pass

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            says = f"The folder {self._folder} cannot be written: {error.strerror or error}"
            raise NotSent(says) from error


def file_name(key: str) -> str:
    """A file name that no other key has; a slash or the like is written as %2F."""
    name = quote(key, safe="")
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME]}-{hashlib.sha256(key.encode()).hexdigest()[:40]}"
    return f"{name}.eml"


def _sender(text: str) -> Mailbox:
    mailbox = Mailbox.read(text)
    if mailbox is None:
        raise RotaError(f"The sender {text!r} is not an e-mail address")
    return mailbox


def _keep(folder: Path) -> None:
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
