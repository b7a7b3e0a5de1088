"""Dates in the addresses of pages."""

from __future__ import annotations

from datetime import date

from flask import request

from rota.reading.cells import DATE, Unfit


def read_date_argument(name: str) -> date | None:
    """The date of that name in the address of the request.

    None if there is none, or none that can be read: an address is no form that one can correct.
    """
    text = request.args.get(name)
    try:
        return DATE.read(text) if text else None
    except Unfit:
        return None
