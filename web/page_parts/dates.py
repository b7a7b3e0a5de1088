"""Dates that stand in addresses."""

from __future__ import annotations

from datetime import date

from flask import request

from rota.reading.cells import DATE, Unfit


def date_asked(name: str) -> date | None:
    """The date that the address of the request gives under the name.

    None where there is none, or none that can be read: an address is not a form to be filled in.
    """
    text = request.args.get(name)
    try:
        return DATE.read(text) if text else None
    except Unfit:
        return None
