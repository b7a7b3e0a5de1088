"""What is counted of requests, and what is looked up when somebody asks for figures."""

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

# When a figure was first counted says nothing here, and would be half of all.
disable_created_metrics()  # type: ignore[no-untyped-call]

EXTENSION = "rota-metrics"

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.6, 1.0, 2.5, 5.0, 10.0)
"""Seconds, with the bounds that answers have to keep among them."""

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
    app.before_request(_begin)
    app.after_request(_count)


def the_registry() -> CollectorRegistry:
    return _the_metrics().registry


class HealthCollector(Collector):
    """The figures of the database, looked up each time they are asked for."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def describe(self) -> Iterator[Metric]:
        """Nothing is looked up only to be described."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """All figures; of a database that does not answer only that it does not."""
        yield InfoMetricFamily("rota", "The version of Rota.", {"version": version("rota")})
        its = self._installation
        lease = timedelta(seconds=its.settings.lease_seconds)
        try:
            told = health_metrics.read_health_figures(its.database, at=its.clock(), lease=lease)
        except RotaError:
            yield _gauge("rota_database_up", "Whether the database answers.", 0)
            return
        yield _gauge("rota_database_up", "Whether the database answers.", 1)
        yield _by_state("rota_runs", "Runs by state.", told.runs)
        yield _by_state("rota_messages", "Messages of the outbox by state.", told.messages)
        yield _gauge("rota_workers_alive", "Workers heard of lately.", told.workers)
        if told.night_begun_at is not None:
            age = (its.clock() - told.night_begun_at).total_seconds()
            yield _gauge("rota_night_age_seconds", "Seconds since the last night began.", age)


def _begin() -> None:
    g.begun = perf_counter()


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    method = request.method if request.method in METHODS else "other"
    its = _the_metrics()
    its.requests.labels(endpoint, method, str(response.status_code)).inc()
    if "begun" in g:
        its.seconds.labels(endpoint, method).observe(perf_counter() - g.begun)
    return response


def _the_metrics() -> Metrics:
    its: Metrics = current_app.extensions[EXTENSION]
    return its


def _gauge(name: str, help: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help, value=value)


def _by_state(name: str, help: str, counts: Mapping[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, help, labels=("state",))
    for state, count in sorted(counts.items()):
        family.add_metric((state,), count)
    return family
