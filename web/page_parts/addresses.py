"""Addresses that several pages link to."""

from __future__ import annotations

from datetime import date

from flask import request, url_for


def here(**changes: object) -> str:
    """The address of this page with these changes to its query."""
    values = {**request.args.to_dict(), **(request.view_args or {}), **changes}
    return url_for(request.endpoint or "home", **values)


def board_of(unit_id: int, start: date | None = None) -> str:
    """The address of the unit's board, from that day on."""
    return url_for("board.show", unit_id=unit_id, start=start)
