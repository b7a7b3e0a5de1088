"""What pages call those who did something: users by their names beside their addresses."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, g

from rota.services.access import act
from web.access.request_context import the_database


def look_up_actors(actors: Iterable[str]) -> None:
    """Look up all of these at once, for a page that names several."""
    names: dict[str, str] = g.setdefault("actor_names", {})
    new = {*actors} - names.keys()
    names |= {actor: actor for actor in new} | dict(act.name_actors(the_database(), new))


def name_actor(actor: str) -> str:
    """What pages call an actor, such as Ann Lee, ann@example.org."""
    look_up_actors([actor])
    name: str = g.actor_names[actor]
    return name


def add_actor_filter(app: Flask) -> None:
    """Give templates the filter `actor`."""
    app.add_template_filter(name_actor, "actor")
