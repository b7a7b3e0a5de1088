"""The address of the database: what it may be, and how one is known that was cut off."""

from __future__ import annotations

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

SQLITE, POSTGRESQL = "sqlite", "postgresql"

_WITHOUT_DRIVER = ("postgres", POSTGRESQL)
"""Names that others give to PostgreSQL, and which leave the driver to us."""

_DRIVER = f"{POSTGRESQL}+psycopg"

_CUT_OFF = (
    "what follows its ? looks cut off; "
    "a shell, and a file that it reads, needs the address in quotes"
)


def read_address(text: str) -> URL:
    """The address. Raises ValueError with what is wrong, which tells no password."""
    if _is_cut_off(text):
        raise ValueError(_CUT_OFF)
    url = _parse(text)
    if "@" in (url.host or ""):
        raise ValueError("an @ within its password is written %40")
    if url.get_backend_name() not in (SQLITE, POSTGRESQL):
        raise ValueError(url.drivername)
    _refuse_nameless(url)
    return url


def _is_cut_off(text: str) -> bool:
    """Whether there is a ? and not a name and a value in each place after it."""
    _, mark, query = text.partition("?")
    parts = (part.partition("=") for part in query.split("&"))
    return bool(mark) and not all(name and value for name, _, value in parts)


def _parse(text: str) -> URL:
    try:
        url = make_url(text)
        if url.drivername in _WITHOUT_DRIVER:
            url = url.set(drivername=_DRIVER)
        url.get_dialect()
    except (ArgumentError, SQLAlchemyError, ImportError) as error:
        raise ValueError(str(error)) from None
    except ValueError:
        raise ValueError("its port is not a number") from None
    return url


def _refuse_nameless(url: URL) -> None:
    """Raise ValueError for an address that ends before it names what is meant."""
    if url.get_backend_name() == SQLITE:
        if url.database in (None, "", ":memory:"):
            raise ValueError("it names no file, which comes after three slashes")
    elif not url.database and url.query.keys().isdisjoint({"dbname", "service"}):
        raise ValueError("it names no database, which comes after the host and a slash")
