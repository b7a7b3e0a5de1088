"""Logs on the standard error stream: for people, or as JSON for machines, whoever writes them."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import Any

import structlog

_NOBODY = "nobody"
"""What a thread is called that has gone already."""


def configure(log_format: str) -> None:
    """Write logs in the format `console` or `json`; those of libraries only from warnings on."""
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    common: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*common, renderer],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _have_libraries_write([*common, structlog.stdlib.add_logger_name], renderer)


def catch_everything() -> None:
    """Log what Python itself would print: warnings, and errors that nobody caught.

    It holds for the whole process, which is to have configured its logs.
    """
    logging.captureWarnings(True)
    sys.excepthook = _log_error
    threading.excepthook = _log_error_of_thread
    sys.unraisablehook = _log_unraisable


def _have_libraries_write(common: list[Any], renderer: Any) -> None:
    """Have what libraries log by Python's own module look like what Rota logs."""
    handler = logging.StreamHandler(sys.stderr)
    processors = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=common, processors=processors)
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _log_error(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    structlog.get_logger().critical("ended by an error", exc_info=(kind, error, trace))


def _log_error_of_thread(failure: threading.ExceptHookArgs) -> None:
    if issubclass(failure.exc_type, SystemExit) or failure.exc_value is None:
        return
    error = (failure.exc_type, failure.exc_value, failure.exc_traceback)
    name = failure.thread.name if failure.thread else _NOBODY
    structlog.get_logger().critical("a thread ended by an error", thread=name, exc_info=error)


def _log_unraisable(failure: sys.UnraisableHookArgs) -> None:
    if failure.exc_value is None:
        return
    error = (failure.exc_type, failure.exc_value, failure.exc_traceback)
    sentence = failure.err_msg or "an error that could not be raised"
    structlog.get_logger().error(sentence, about=repr(failure.object), exc_info=error)
