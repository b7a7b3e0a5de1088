"""/health, /ready and /metrics."""

from __future__ import annotations

import hmac

from flask import Blueprint, abort, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from werkzeug.wrappers import Response

from rota.errors import RotaError
from rota.services.upkeep import health_metrics
from web.access.request_context import the_database, the_settings
from web.upkeep.metrics import the_registry

blueprint = Blueprint("probes", __name__)


@blueprint.get("/health")
def health() -> dict[str, str]:
    """Whether the process is up. It checks nothing else."""
    return {"status": "ok"}


@blueprint.get("/ready")
def ready() -> tuple[dict[str, str], int]:
    """Whether requests can be answered."""
    try:
        health_metrics.must_be_ready(the_database())
    except health_metrics.Outdated as error:
        return {"status": str(error)}, 503
    except RotaError:  # What it says may name the server, which is not for everybody.
        return {"status": "The database does not answer."}, 503
    return {"status": "ok"}, 200


@blueprint.get("/metrics")
def metrics() -> Response:
    """The metrics for Prometheus; without the token there seems to be no such page."""
    if not _has_token():
        abort(404)
    return Response(generate_latest(the_registry()), content_type=CONTENT_TYPE_LATEST)


def _has_token() -> bool:
    token = the_settings().metrics_token.get_secret_value()
    header = request.headers.get("Authorization", "")
    return bool(token) and hmac.compare_digest(header.encode(), f"Bearer {token}".encode())
