"""What pages call those who did something: users by their names beside their addresses."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, g

from rota.services.access import act
from web.access.request_context import the_database


def know_doers(kept: Iterable[str]) -> None:
    """Look up all of these at once, for a page that tells of several."""
    called: dict[str, str] = g.setdefault("called", {})
    new = {*kept} - called.keys()
    called |= {who: who for who in new} | dict(act.doers(the_database(), new))


def doer(kept: str) -> str:
    """Somebody as pages call them, such as Ann Lee, ann@example.org."""
    know_doers([kept])
    called: str = g.called[kept]
    return called


def teach_doers(app: Flask) -> None:
    """Give templates the filter."""
    app.add_template_filter(doer)
