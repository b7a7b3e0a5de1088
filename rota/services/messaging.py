"""A message to one reader, as the outbox keeps it."""

from __future__ import annotations

from rota.services.managing import Reader
from rota.store.messages import NewMessage
from rota.writing.notice import Notice


def message(occasion: str, reader: Reader, its: Notice, *, about: str) -> NewMessage:
    """A message on this occasion; it is kept under the staff number of its reader.

    Under that of the officer whom it is about, where the reader is none.
    """
    return NewMessage(
        key=f"{occasion}/{reader.key}",
        staff_no=reader.staff_no or about,
        address=reader.address,
        subject=its.subject,
        body=its.body,
    )
