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
from web.api.nouns.requests import RequestResource, Words, find_own_staff_no, list_request_fields
from web.api.operations import Call, operation
from web.api.shapes import IN_BODY, Body, Day, Name, Part, Query, must_be_near

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
    part: Part = ""
    note: Words = ""


class AskForLeave(Body):
    """Ask for leave, both days included."""

    kind: Literal["leave"]
    first: Day
    last: Day
    part: Part = ""
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
    asker = {"unit": call.unit, "staff_no": find_own_staff_no(call)}
    must_ask_less(the_database(), call.act, **asker, most=most)
    number = _add_request(call, call.body.root)
    view = swap_view.load_ask_view(the_database(), call.act, unit=call.unit, number=number)
    url = url_for("api.get_request", unit_id=call.unit_id, request_id=number)
    return NewRequest(**list_request_fields(view.summary), url=url)


def _add_request(call: Call[Any, Any], body: AskForDay | AskForLeave | AskForSwap) -> int:
    asker = {"unit": call.unit, "staff_no": find_own_staff_no(call), "note": body.note}
    database, act = the_database(), call.act
    match body:
        case AskForDay():
            must_be_near(body.when if isinstance(body.when, date) else None)
            day = {"when": str(body.when), "wants": body.wants, "strength": body.strength}
            day["part"] = body.part
            return new_requests.ask_for_day(database, act, **asker, **day)  # type: ignore[arg-type]
        case AskForLeave():
            must_be_near(body.first, body.last)
            return new_requests.ask_for_leave(
                database, act, **asker, first=body.first, last=body.last, part=body.part
            )
        case AskForSwap():
            must_be_near(body.date)
            return new_requests.ask_for_swap(
                database,
                act,
                unit=call.unit,
                staff_no=find_own_staff_no(call),
                with_staff_no=body.with_staff_no,
                day=body.date,
                note=body.note,
            )


OPERATIONS = (ask,)
