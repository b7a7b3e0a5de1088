"""The metrics: counts of requests, and figures of the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from time import perf_counter

from flask import Flask, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from werkzeug.wrappers import Response

from rota.errors import RotaError
from rota.services.upkeep import health_metrics
from web.access.request_context import Installation

# When a figure was first counted is of no use here, and would be half of the output.
disable_created_metrics()  # type: ignore[no-untyped-call]

EXTENSION = "rota-metrics"

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.6, 1.0, 2.5, 5.0, 10.0)
"""Seconds; the limits that answers have to keep are among them."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Metrics:
    """The figures of one app; each has a registry of its own."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram


def measure(app: Flask, installation: Installation) -> None:
    """Count the app's requests from now on."""
    registry = CollectorRegistry()
    app.extensions[EXTENSION] = Metrics(
        registry,
        Counter(
            "rota_requests",
            "Requests that were answered.",
            ("endpoint", "method", "status"),
            registry=registry,
        ),
        Histogram(
            "rota_request_seconds",
            "Seconds until a request was answered.",
            ("endpoint", "method"),
            buckets=BUCKETS,
            registry=registry,
        ),
    )
    registry.register(HealthCollector(installation))
    app.before_request(_start_timer)
    app.after_request(_count_request)


def the_registry() -> CollectorRegistry:
    return _the_metrics().registry


class HealthCollector(Collector):
    """The figures of the database, read each time somebody asks for them."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def describe(self) -> Iterator[Metric]:
        """Nothing, since the figures are not read only to be described."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """All figures; if the database does not answer, only that it does not."""
        yield InfoMetricFamily("rota", "The version of Rota.", {"version": version("rota")})
        installation = self._installation
        lease = timedelta(seconds=installation.settings.lease_seconds)
        try:
            figures = health_metrics.read_health_figures(
                installation.database, at=installation.clock(), lease=lease
            )
        except RotaError:
            yield _build_gauge("rota_database_up", "Whether the database answers.", 0)
            return
        yield _build_gauge("rota_database_up", "Whether the database answers.", 1)
        yield _build_state_gauge("rota_runs", "Runs by state.", figures.runs)
        yield _build_state_gauge(
            "rota_messages", "Messages of the outbox by state.", figures.messages
        )
        yield _build_gauge("rota_workers_alive", "Workers heard of lately.", figures.workers)
        if figures.night_begun_at is not None:
            age = (installation.clock() - figures.night_begun_at).total_seconds()
            yield _build_gauge("rota_night_age_seconds", "Seconds since the last night began.", age)


def _start_timer() -> None:
    g.begun = perf_counter()


def _count_request(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    method = request.method if request.method in METHODS else "other"
    metrics = _the_metrics()
    metrics.requests.labels(endpoint, method, str(response.status_code)).inc()
    if "begun" in g:
        metrics.seconds.labels(endpoint, method).observe(perf_counter() - g.begun)
    return response


def _the_metrics() -> Metrics:
    metrics: Metrics = current_app.extensions[EXTENSION]
    return metrics


def _build_gauge(name: str, help: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help, value=value)


def _build_state_gauge(name: str, help: str, counts: Mapping[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, help, labels=("state",))
    for state, count in sorted(counts.items()):
        family.add_metric((state,), count)
    return family
