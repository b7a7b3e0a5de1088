"""Edits of a draft, each in one line."""

from __future__ import annotations

from datetime import date
from typing import Any

from rota.services.access.act import Act
from rota.services.drafts.day_edits import (
    Clear,
    DraftDay,
    Lock,
    Move,
    MoveToKind,
    Split,
    SwapWith,
    Unlock,
)
from rota.services.drafts.edits import EditedDraft, edit
from rota.store.databases.database import Database


def move(database: Database, act: Act, *, site: str, **day: Any) -> EditedDraft:
    return edit(database, act, DraftDay(**day), Move(site))


def split(database: Database, act: Act, *, am: str, pm: str, **day: Any) -> EditedDraft:
    return edit(database, act, DraftDay(**day), Split(am, pm))


def move_to_kind(database: Database, act: Act, *, kind: str, **day: Any) -> EditedDraft:
    return edit(database, act, DraftDay(**day), MoveToKind(kind))


def swap(database: Database, act: Act, *, with_staff_no: str, **day: Any) -> EditedDraft:
    return edit(database, act, DraftDay(**day), SwapWith(with_staff_no))


def clear(database: Database, act: Act, **day: Any) -> EditedDraft:
    return edit(database, act, DraftDay(**day), Clear())


def lock(
    database: Database, act: Act, *, first: date, last: date | None = None, **day: Any
) -> EditedDraft:
    return edit(database, act, DraftDay(day=first, **day), Lock(last))


def unlock(
    database: Database, act: Act, *, first: date, last: date | None = None, **day: Any
) -> EditedDraft:
    return edit(database, act, DraftDay(day=first, **day), Unlock(last))
