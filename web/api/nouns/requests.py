"""Requests: what officers ask for, and what their colleagues say to swaps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from pydantic import StringConstraints

from rota.errors import Forbidden
from rota.services.access import finding_rights
from rota.services.accounts.tokens import Scope
from rota.services.answers import swap_view
from rota.services.requests import agreements, new_requests
from rota.services.requests.request_states import LONGEST_TEXT, AskSummary
from web.access.request_context import the_database
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, build_page_of_all
from web.api.shapes import (
    Body,
    Instant,
    Nothing,
    Query,
    Resource,
)

Words = Annotated[str, StringConstraints(max_length=LONGEST_TEXT, pattern=r"^[^\x00]*$")]
"""What somebody adds in their own words."""


class RequestResource(Resource):
    """What an officer asks for: a `day` at a kind of site, `leave`, or a `swap` with a colleague.

    A swap begins `with colleague`, all else `waiting`. It ends as `granted`, `noted` for the next
    rota, `refused`, `declined`, `withdrawn` or `lapsed`; `outcome` tells more of that. A swap is
    agreed to for the places `own_site` and `with_site`, and lapses when one of them changes.
    `remark` tells why it would have no effect as things are, such as a day that is not worked.
    """

    id: int
    kind: str
    state: str
    says: str
    remark: str
    staff_no: str
    name: str
    when: str | None
    wants: str | None
    strength: int | None
    first: date | None
    last: date | None
    part: str
    with_staff_no: str | None
    with_name: str | None
    own_site: str | None
    with_site: str | None
    note: str
    made_at: Instant
    decided_at: Instant | None
    answer: str
    outcome: str | None


class Requests(PageResource[RequestResource]):
    """A part of a list of requests."""


class ConsequenceResource(Resource):
    """What would get worse, or better, if the request were granted."""

    rule: str
    is_worse: bool
    says: str


class RequestInDetail(Resource):
    """A request as one of those concerned sees it, with what a swap would do.

    `misfit` tells why a swap cannot be any more.
    """

    request: RequestResource
    consequences: list[ConsequenceResource]
    misfit: str
    may_withdraw: bool
    may_agree: bool
    may_take_back: bool


@operation(
    "GET",
    "/units/{unit_id}/requests",
    answers=Requests,
    scope=Scope.READ_ROTA,
    query=PageQuery,
)
def list_requests(call: Call[PageQuery, Nothing]) -> Requests:
    """List what the owner of the token asked for as an officer, or was asked for; newest first."""
    summaries = new_requests.list_own_asks(
        the_database(), call.act, unit=call.unit, staff_no=find_own_staff_no(call)
    )
    items, later = build_page_of_all(call.query, summaries, lambda summary: (-summary.ask.id,))
    return Requests(
        items=[RequestResource(**list_request_fields(summary)) for summary in items], next=later
    )


@operation(
    "GET",
    "/units/{unit_id}/requests/{request_id}",
    answers=RequestInDetail,
    scope=Scope.READ_ROTA,
)
def get_request(call: Call[Query, Nothing]) -> RequestInDetail:
    """Look at a request that one made, or at a swap that one was asked for."""
    return _load_request(call)


_ONE = "/units/{unit_id}/requests/{request_id}"


@operation("POST", f"{_ONE}/withdraw", answers=RequestInDetail, scope=Scope.WRITE_REQUESTS)
def withdraw_request(call: Call[Query, Nothing]) -> RequestInDetail:
    """Take back a request that nobody has decided on."""
    new_requests.withdraw(the_database(), call.act, unit=call.unit, number=call.names["request_id"])
    return _load_request(call)


@operation("POST", f"{_ONE}/agree", answers=RequestInDetail, scope=Scope.WRITE_REQUESTS)
def agree_to_swap(call: Call[Query, Nothing]) -> RequestInDetail:
    """Agree to a swap that one was asked for; then it waits for a manager."""
    agreements.agree(the_database(), call.act, unit=call.unit, number=call.names["request_id"])
    return _load_request(call)


class Decline(Body):
    """What is said to the colleague."""

    text: Words = ""


@operation(
    "POST",
    f"{_ONE}/decline",
    answers=RequestInDetail,
    scope=Scope.WRITE_REQUESTS,
    body=Decline,
)
def decline_swap(call: Call[Query, Decline]) -> RequestInDetail:
    """Decline a swap that one was asked for, or take back that one agreed to it."""
    number, text = call.names["request_id"], call.body.text
    agreements.decline(the_database(), call.act, unit=call.unit, number=number, text=text)
    return _load_request(call)


def find_own_staff_no(call: Call[Any, Any]) -> str:
    """The staff number of the caller in the unit. Raises Forbidden if they are no officer there."""
    staff_no = call.act.rights.own.get(call.unit)
    if staff_no is None:
        raise Forbidden(f"You are not an officer of {call.unit}.")
    return staff_no


def _load_request(call: Call[Any, Any]) -> RequestInDetail:
    number = call.names["request_id"]
    view = swap_view.load_ask_view(the_database(), call.act, unit=call.unit, number=number)
    return RequestInDetail(
        request=RequestResource(**list_request_fields(view.summary)),
        consequences=list_consequences(view.swap.consequences if view.swap else ()),
        misfit=view.misfit,
        may_withdraw=view.may_withdraw,
        may_agree=view.may_agree,
        may_take_back=view.may_take_back,
    )


def list_consequences(
    consequences: Iterable[finding_rights.Consequence],
) -> list[ConsequenceResource]:
    """What would get worse, or better."""
    return [
        ConsequenceResource(
            rule=consequence.rule.key, is_worse=consequence.is_worse, says=consequence.says
        )
        for consequence in consequences
    ]


def list_request_fields(summary: AskSummary) -> dict[str, Any]:
    """The fields of a request."""
    names = {*RequestResource.model_fields} - {"says", "remark", "name", "with_name"}
    values = {name: getattr(summary.ask, name) for name in names}
    return {
        **values,
        "says": summary.says,
        "remark": summary.remark,
        "name": summary.asker,
        "with_name": summary.colleague,
    }


OPERATIONS = (
    list_requests,
    get_request,
    withdraw_request,
    agree_to_swap,
    decline_swap,
)
