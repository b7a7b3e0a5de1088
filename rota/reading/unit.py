"""From rows without a fault to the objects of the domain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rota.domain import (
    HOME,
    Appointment,
    Away,
    Closure,
    Duty,
    Link,
    Officer,
    PublishedSeat,
    Request,
    Site,
    Team,
    Unit,
)
from rota.reading.duplicates import without_repeats
from rota.reading.rows import Row, Rows


def unit_of(tables: Mapping[str, Rows]) -> Unit:
    """The unit that the tables tell; rows that say the same count once."""

    def rows(name: str) -> Iterator[Row]:
        return iter(without_repeats(tables[name].rows) if name in tables else ())

    return Unit(
        sites=tuple(_site(row) for row in rows("sites") if row["site"] != HOME.name),
        teams=tuple(Team(row["team"], row["office"]) for row in rows("teams")),
        officers=tuple(map(_officer, rows("officers"))),
        away=tuple(Away(**row.values) for row in rows("away")),
        duties=tuple(Duty(**row.values) for row in rows("duties")),
        appointments=tuple(Appointment(**row.values) for row in rows("appointments")),
        requests=tuple(Request(**row.values) for row in rows("requests")),
        links=tuple(Link(**row.values) for row in rows("links")),
        closures=tuple(Closure(**row.values) for row in rows("closures")),
        published=tuple(PublishedSeat(**row.values) for row in rows("rota")),
    )


def _site(row: Row) -> Site:
    return Site(row["site"], row["kind"], row["desks"])


def _officer(row: Row) -> Officer:
    return Officer(
        staff_no=row["staff_no"],
        name=row["name"],
        team=row["team"],
        grade=row["grade"],
        start_date=row["start_date"],
        base=row["base_site"],
        working_days=row["working_days"],
        other_sites=row["other_sites"],
        mentor=row["mentor"],
        skills=frozenset(row["skills"]),
        has_home_office=row["home"],
        office_percent=row["office_percent"],
        leave_date=row["leave_date"],
        email=row["email"],
    )
