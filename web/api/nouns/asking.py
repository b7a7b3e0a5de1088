"""Asking: for a day, for leave, or for a swap with a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from flask import url_for
from pydantic import Field, RootModel

from rota.domain import STRENGTHS
from rota.services.accounts.tokens import Scope
from rota.services.answers import swap_view
from rota.services.requests import new_requests
from rota.services.requests.new_requests import must_ask_less
from web.access.request_context import the_database, the_settings
from web.api.nouns.requests import RequestResource, Words, own_number, told_request
from web.api.operations import Call, operation
from web.api.shapes import IN_BODY, Body, Day, Name, Query, must_be_near

Strength = Annotated[int, Field(ge=STRENGTHS[0], le=STRENGTHS[-1]), IN_BODY]

Kind = Literal["office", "court", "partner", "prison", "home"]

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri"]


class NewRequest(RequestResource):
    """A request that has just been made, and where it can be followed."""

    HEADERS: ClassVar[Mapping[str, str]] = {"Location": "The address of the request"}

    url: str

    def headers(self) -> Mapping[str, str]:
        return {"Location": self.url}


class AskForDay(Body):
    """Ask for a day at a kind of site, on a date or on every such weekday."""

    kind: Literal["day"]
    when: Weekday | Day
    wants: Kind
    strength: Strength = STRENGTHS[0]
    note: Words = ""


class AskForLeave(Body):
    """Ask for leave, both days included."""

    kind: Literal["leave"]
    first: Day
    last: Day
    note: Words = ""


class AskForSwap(Body):
    """Ask a colleague to change places on a date."""

    kind: Literal["swap"]
    with_staff_no: Name
    date: Day
    note: Words = ""


class AskResource(
    RootModel[Annotated[AskForDay | AskForLeave | AskForSwap, Field(discriminator="kind")]]
):
    """What is asked for."""


@operation(
    "POST",
    "/units/{unit_id}/requests",
    answers=NewRequest,
    scope=Scope.WRITE_REQUESTS,
    body=AskResource,
    status=201,
)
def ask(call: Call[Query, AskResource]) -> NewRequest:
    """Ask for a day, leave or a swap, as the officer that the owner of the token is."""
    most = the_settings().asks_of_officer
    own = {"unit": call.unit, "staff_no": own_number(call)}
    must_ask_less(the_database(), call.act, **own, most=most)
    number = _ask(call, call.body.root)
    told = swap_view.load_ask_view(the_database(), call.act, unit=call.unit, number=number)
    url = url_for("api.get_request", unit_id=call.unit_id, request_id=number)
    return NewRequest(**told_request(told.summary), url=url)


def _ask(call: Call[Any, Any], its: AskForDay | AskForLeave | AskForSwap) -> int:
    own = {"unit": call.unit, "staff_no": own_number(call), "note": its.note}
    database, act = the_database(), call.act
    match its:
        case AskForDay():
            must_be_near(its.when if isinstance(its.when, date) else None)
            day = {"when": str(its.when), "wants": its.wants, "strength": its.strength}
            return new_requests.ask_for_day(database, act, **own, **day)  # type: ignore[arg-type]
        case AskForLeave():
            must_be_near(its.first, its.last)
            return new_requests.ask_for_leave(database, act, **own, first=its.first, last=its.last)
        case AskForSwap():
            must_be_near(its.date)
            return new_requests.ask_for_swap(
                database,
                act,
                unit=call.unit,
                staff_no=own_number(call),
                with_staff_no=its.with_staff_no,
                day=its.date,
                note=its.note,
            )


OPERATIONS = (ask,)
