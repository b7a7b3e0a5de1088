"""Sign-ins that fail are counted, so that nobody can go on guessing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_network
from math import ceil

from sqlalchemy import Connection

from rota.errors import RotaError
from rota.services.digests import digest_of
from rota.store import failed_sign_ins
from rota.store.database import Database

WINDOW = timedelta(minutes=15)
"""So long a failed sign-in counts."""

MOST_PER_NAME, MOST_PER_PLACE = 10, 100
"""Sign-ins that may fail in that time for one name, and from one place, which offices share."""


class Throttled(RotaError):  # noqa: N818, it is the user who reads it
    """Too many sign-ins failed; nobody is let in for a while, whoever they are."""


def count(database: Database, *, name: str, place: str, at: datetime) -> tuple[int, ...]:
    """Count a sign-in as failed before it is looked at, so that many at once are not too many.

    The numbers of what was kept. Raises Throttled, also where the password would be right.
    """
    about = ((_about_name(name), MOST_PER_NAME), (_about_place(place), MOST_PER_PLACE))
    with database.writing() as connection:
        failed_sign_ins.hold(connection)
        for its, most in about:
            failed = failed_sign_ins.instants(connection, its, since=at - WINDOW)
            if len(failed) >= most:
                raise Throttled(_wait(failed[most - 1] + WINDOW - at))
        return tuple(failed_sign_ins.add(connection, its, at=at) for its, _ in about)


def forgive(connection: Connection, counted: Iterable[int], *, name: str) -> None:
    """Forget what was counted, which did not fail, and what else there was about the name.

    What others did from the same place stays, or one account of one's own would forgive all.
    """
    failed_sign_ins.remove(connection, counted)
    failed_sign_ins.forget(connection, _about_name(name))


def forget_old(connection: Connection, *, at: datetime) -> None:
    """Forget what counts no more."""
    failed_sign_ins.forget_old(connection, before=at - WINDOW)


def _wait(left: timedelta) -> str:
    minutes = max(1, ceil(left / timedelta(minutes=1)))
    told = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"Too many sign-ins have failed. Wait {told}, then try again"


def _about_name(name: str) -> str:
    return digest_of(f"name {name}")


def _about_place(place: str) -> str:
    """A digest of the place; of IPv6 the network, in which everybody has many addresses.

    An address of IPv4 may be written as one of IPv6, all of which would be in one network.
    """
    try:
        address = IPv6Address(place)
    except ValueError:
        return digest_of(f"place {place}")
    its = address.ipv4_mapped or ip_network((address, 64), strict=False)
    return digest_of(f"place {its}")
