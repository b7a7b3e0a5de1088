"""The published rota: of a unit, and the caller's own."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from rota.errors import NotFound
from rota.services.accounts.tokens import Scope
from rota.services.rotas import published_seats
from rota.services.rotas.published_seats import ListedSeat
from web.access.request_context import the_database
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, build_page, build_page_of_all, read_cursor
from web.api.shapes import Day, Name, Nothing, Part, Resource

USUAL_LENGTH = timedelta(days=28)
"""How much of a rota is listed if no last day is given."""


class SeatResource(Resource):
    """Where an officer is on a date. A site that is gone has no kind, an officer no name."""

    date: date
    staff_no: str
    name: str | None
    team: str | None
    site: str
    kind: str | None
    part: Part


class Seats(PageResource[SeatResource]):
    """A part of a list of published seats."""


class DatesQuery(PageQuery):
    """Which dates; both ends belong to them."""

    first: Day | None = Field(None, alias="from", description="The first date; today if left out")
    last: Day | None = Field(
        None, alias="to", description="The last date; the end of four weeks if left out"
    )

    def between(self, today: date) -> tuple[date, date]:
        """The first and the last of the dates. Raises NotFound for dates that no calendar has."""
        first = self.first or today
        try:
            return first, self.last or first + USUAL_LENGTH - timedelta(days=1)
        except OverflowError:
            raise NotFound(f"There is no rota for {first}.") from None


class RotaQuery(DatesQuery):
    """Which seats of a rota."""

    team: Name | None = None
    office: Name | None = Field(None, description="The site at which they are")
    staff_no: Name | None = None


@operation("GET", "/units/{unit_id}/rota", answers=Seats, scope=Scope.READ_ROTA, query=RotaQuery)
def published_rota(call: Call[RotaQuery, Nothing]) -> Seats:
    """List the seats of a unit that are published, by date and staff number.

    An empty list says that nothing is published for these dates.
    """
    query = call.query
    first, last = query.between(call.act.today)
    seats = published_seats.list_seats(
        the_database(),
        call.act,
        unit=call.unit,
        first=first,
        last=last,
        after=_read_seat_cursor(query),
        most=query.limit + 1,
        team=query.team,
        site=query.office,
        staff_no=query.staff_no,
    )
    items, later = build_page(query, seats, lambda seat: (str(seat.date), seat.staff_no, seat.part))
    return Seats(items=[_build_seat(seat) for seat in items], next=later)


class OwnSeat(Resource):
    """Where the caller is on a date, and in which unit."""

    unit_id: int
    date: date
    site: str
    kind: str | None
    part: Part


class OwnSeats(PageResource[OwnSeat]):
    """A part of a list of seats of the caller."""


@operation("GET", "/my-rota", answers=OwnSeats, scope=Scope.READ_ROTA, query=DatesQuery)
def my_rota(call: Call[DatesQuery, Nothing]) -> OwnSeats:
    """List where the owner of the token is, by date. For officers."""
    numbers = {name: number for number, name in call.act.rights.units.items()}
    first, last = call.query.between(call.act.today)
    rows = published_seats.list_own_seats(the_database(), call.act, first=first, last=last)
    seats = [
        OwnSeat(
            unit_id=numbers[unit], date=seat.date, site=seat.site, kind=seat.kind, part=seat.part
        )
        for unit, seat in rows
    ]
    items, later = build_page_of_all(
        call.query, seats, lambda seat: (str(seat.date), seat.unit_id, seat.part)
    )
    return OwnSeats(items=items, next=later)


def _read_seat_cursor(query: PageQuery) -> tuple[date, str, str] | None:
    since = read_cursor(query, str, str, str)
    if since is None:
        return None
    try:
        return date.fromisoformat(since[0]), since[1], since[2]
    except ValueError:
        raise NotFound("No page begins at this cursor.") from None


def _build_seat(seat: ListedSeat) -> SeatResource:
    return SeatResource(
        date=seat.date,
        staff_no=seat.staff_no,
        name=seat.name,
        team=seat.team,
        site=seat.site,
        kind=seat.kind,
        part=seat.part,
    )


OPERATIONS = (published_rota, my_rota)
