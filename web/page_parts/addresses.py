"""Addresses that several pages link to."""

from __future__ import annotations

from datetime import date

from flask import request, url_for


def here(**changed: object) -> str:
    """The address of this page with these parts of its query in place of what it has."""
    asked = {**request.args.to_dict(), **(request.view_args or {}), **changed}
    return url_for(request.endpoint or "home", **asked)


def board_of(unit_id: int, start: date | None = None) -> str:
    """The address of the unit's board, from that day on."""
    return url_for("board.show", unit_id=unit_id, start=start)
