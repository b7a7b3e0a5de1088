"""The one clock of a worker: what it does by the hour and by the second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from rota.errors import RotaError
from rota.moments import LONDON

LOOK_EVERY = 60
"""Seconds between two looks whether a night was missed, such as by a machine that slept."""

_log = structlog.get_logger()


@contextmanager
def run_clock(
    *,
    night_at: time,
    begin_night: Callable[[], object],
    show_life: Callable[[], object],
    life_every: float,
    send: Callable[[], object],
    send_every: float,
) -> Iterator[None]:
    """Do these while the block lasts; what goes wrong is logged and tried again next time."""
    scheduler = BackgroundScheduler(timezone=LONDON, job_defaults=_DEFAULTS)
    tonight = CronTrigger(hour=night_at.hour, minute=night_at.minute, timezone=LONDON)
    night = _log_errors_of(begin_night)
    scheduler.add_job(night, tonight)
    scheduler.add_job(night, IntervalTrigger(seconds=LOOK_EVERY))
    scheduler.add_job(_log_errors_of(show_life), IntervalTrigger(seconds=life_every))
    scheduler.add_job(_log_errors_of(send), IntervalTrigger(seconds=send_every))
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=True)


_DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


def _log_errors_of(job: Callable[[], object]) -> Callable[[], None]:
    def run_job() -> None:
        try:
            job()
        except RotaError as error:
            _log.warning("failed, tried again later", job=job.__name__, why=str(error))

    return run_job
