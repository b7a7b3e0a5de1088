"""The Flask application, put together from its blueprints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from flask import Flask, redirect, render_template, send_from_directory, url_for
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.wrappers import Response

from rota.moments import now
from rota.services.access.secrets import find_signing_key
from rota.settings import Settings
from rota.store.databases.database import Database
from web import api
from web.access import security
from web.access.cookies import is_secure
from web.access.page_access import guard, is_for
from web.access.request_context import EXTENSION, Installation, the_rights, the_user
from web.accounts import own_account, signing_in, single_sign_on, users
from web.board import board
from web.errors import handle_errors
from web.frontend import fetched
from web.frontend.addresses import addresses_in, joined_addresses
from web.importing import uploads
from web.my_rota import calendar, my_rota, who_is_in
from web.page_parts import words
from web.page_parts.actor_names import add_actor_filter
from web.page_parts.addresses import board_of, here
from web.page_parts.components import load_components
from web.page_parts.converters import RowNumber
from web.page_parts.navigation import build_navigation, find_current_unit_id
from web.requests import answers, asks
from web.rotas import publishing, versions
from web.runs import nights, proposals, runs
from web.units import days_in_lieu, policy, records, units
from web.upkeep import audit, figures, guide, health, probes
from web.upkeep.metrics import measure

BLUEPRINTS = (
    signing_in.blueprint,
    own_account.blueprint,
    api.blueprint,
    guide.blueprint,
    uploads.blueprint,
    policy.blueprint,
    days_in_lieu.blueprint,
    figures.blueprint,
    nights.blueprint,
    audit.blueprint,
    board.blueprint,
    runs.blueprint,
    publishing.blueprint,
    versions.blueprint,
    proposals.blueprint,
    probes.blueprint,
    records.blueprint,
    single_sign_on.blueprint,
    health.blueprint,
    units.blueprint,
    users.blueprint,
    my_rota.blueprint,
    who_is_in.blueprint,
    asks.blueprint,
    answers.blueprint,
    calendar.blueprint,
)
"""The pages, a blueprint for each noun."""

LARGEST_UPLOAD = 10 * 2**20
"""Bytes of a request; a workbook of a large unit has less than one million."""

ASSETS_KEPT = timedelta(days=365)
"""How long browsers keep files, whose addresses change with their version."""


def create_app(settings: Settings, *, clock: Callable[[], datetime] = now) -> Flask:
    """The app of the installation of these settings; its database must be up to date."""
    database = Database(settings.database_url)
    app = Flask("web")
    installation = Installation(settings, database, clock)
    app.extensions[EXTENSION] = installation
    app.config.update(
        SECRET_KEY=find_signing_key(database, settings),
        SESSION_COOKIE_NAME="rota-form",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_secure(settings.public_url),
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        SEND_FILE_MAX_AGE_DEFAULT=ASSETS_KEPT,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.url_map.converters["int"] = RowNumber
    CSRFProtect(app).exempt(api.blueprint)
    measure(app, installation)
    guard(app)
    security.protect(app, public_url=settings.public_url)
    handle_errors(app)
    _prepare_templates(app)
    app.add_url_rule("/", "home", _home)
    _serve_assets(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _prepare_templates(app: Flask) -> None:
    static = addresses_in(Path(app.static_folder or ""), endpoint="static")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    words.add_word_filters(app)
    add_actor_filter(app)
    app.jinja_env.globals.update(load_components())
    app.jinja_env.globals.update(
        navigation=build_navigation,
        here=here,
        board_of=board_of,
        the_user=the_user,
        version=version("rota"),
        has_assets=fetched() is not None,
        static=static,
        joined=joined_addresses(static),
        asset=addresses_in(fetched(), endpoint="assets"),
    )


def _serve_assets(app: Flask) -> None:
    """Serve what `web.frontend` has fetched; without it, pages use a stylesheet of their own."""

    def assets(filename: str) -> Response:
        folder = fetched()
        return send_from_directory(folder or "nowhere", filename)

    app.add_url_rule("/assets/<path:filename>", "assets", assets)


def _home() -> Response | str:
    rights = the_rights()
    number = find_current_unit_id()
    unit = rights.units.get(number or 0)
    if unit and rights.manages(unit):
        return redirect(url_for("board.show", unit_id=number), 303)
    if rights.own:
        return redirect(url_for("my_rota.show"), 303)
    if is_for("overview.units", rights, unit):
        return redirect(url_for("overview.units"), 303)
    if rights.is_administrator:
        return redirect(url_for("users.listed"), 303)
    return render_template("accounts/no_role.html")
