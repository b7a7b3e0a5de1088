"""Logs on the standard error stream: for people, or as JSON for machines."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog


def configure(log_format: str) -> None:
    """Write logs in the format `console` or `json`; those of libraries only from warnings on."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)
    shown: Any = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            shown,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
