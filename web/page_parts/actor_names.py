"""What pages call people who did something: users by their names and addresses."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, g

from rota.services.access import act
from web.access.request_context import the_database


def load_actor_names(actors: Iterable[str]) -> None:
    """Look up the names of all of these at once, for a page that names several."""
    names: dict[str, str] = g.setdefault("actor_names", {})
    new = {*actors} - names.keys()
    names |= {actor: actor for actor in new} | dict(act.name_actors(the_database(), new))


def actor(actor: str) -> str:
    """Somebody as pages call them, such as Ann Lee, ann@example.org."""
    load_actor_names([actor])
    name: str = g.actor_names[actor]
    return name


def add_actor_filter(app: Flask) -> None:
    """Give templates the filter."""
    app.add_template_filter(actor)
