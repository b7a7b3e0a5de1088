"""The inbox of managers: what waits for their answer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rota.services.accounts.tokens import Scope
from rota.services.answers import decisions, inbox
from rota.services.publishing.door import Unacknowledged
from rota.services.requests import agreements
from rota.services.requests.request_states import WAITING
from web.access.request_context import the_database
from web.api.nouns.requests import (
    ConsequenceResource,
    RequestResource,
    Words,
    told_consequences,
    told_request,
)
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, page_of_all
from web.api.problem_details import Fallacy, Kind, Problematic
from web.api.shapes import Body, Name, Note, Nothing, Query, Resource


class ToAnswerResource(Resource):
    """A request that waits for a manager, and what granting it would do.

    `misfit` tells why it cannot be granted as things are, `notes` what else is to be known. A swap
    that `lacks_agreement` has to be agreed to first, for a colleague who has no account. The `seal`
    is of what granting would do; sent with the answer, nothing else is done.
    """

    request: RequestResource
    teams: list[str]
    consequences: list[ConsequenceResource]
    notes: list[str]
    misfit: str
    may_answer: bool
    may_note: bool
    seal: str
    lacks_agreement: bool


class InboxResource(PageResource[ToAnswerResource]):
    """A part of what waits for an answer."""


class InboxQuery(PageQuery):
    """Whose requests."""

    team: Name | None = None


@operation(
    "GET", "/units/{unit_id}/inbox", answers=InboxResource, scope=Scope.READ_ROTA, query=InboxQuery
)
def list_requests_to_answer(call: Call[InboxQuery, Nothing]) -> InboxResource:
    """List what waits for a manager's answer, the longest waiting first, with what it would do."""
    told = inbox.load_inbox(the_database(), call.act, unit=call.unit, team=call.query.team)
    items, later = page_of_all(call.query, told.waiting, lambda its: (its.summary.ask.id,))
    return InboxResource(items=[_to_answer(its) for its in items], next=later)


class Answer(Body):
    """A manager's decision, and what is said with it.

    What is `granted` happens at once, in what is published; a day of which nothing is published is
    `noted` for the next rota instead, as any day can be.
    """

    outcome: Literal["granted", "noted", "refused"]
    text: Words = ""
    seal: Note | None = Field(
        None, description="The seal that the inbox told, so that nothing else is granted"
    )
    acknowledgement: Note = Field(
        "", description="Why rules of the first levels may be broken; needed only if more are"
    )


class Answered(Resource):
    """What became of a request."""

    id: int
    state: str


@operation(
    "POST",
    "/units/{unit_id}/requests/{request_id}/answer",
    answers=Answered,
    scope=Scope.WRITE_REQUESTS,
    body=Answer,
)
def answer_request(call: Call[Query, Answer]) -> Answered:
    """Grant, note for the next rota, or refuse a request, as a manager of all whom it concerns."""
    number, its = call.names["request_id"], call.body
    outcome = decisions.answer(
        the_database(),
        call.act,
        unit=call.unit,
        numbers=[number],
        outcome=its.outcome,
        text=its.text,
        seals={} if its.seal is None else {number: its.seal},
        acknowledgement=its.acknowledgement,
    )
    for error in outcome.failed.values():
        if isinstance(error, Unacknowledged):
            broken = [Fallacy(place=its.rule.key, says=its.says) for its in error.breaches]
            raise Problematic(Kind.REFUSED, _UNACKNOWLEDGED, errors=broken) from error
        raise error
    return Answered(id=number, state=outcome.states[number])


_UNACKNOWLEDGED = (
    "Granting it breaks rules that somebody has to answer for. Say why, as the acknowledgement."
)


@operation(
    "POST",
    "/units/{unit_id}/requests/{request_id}/agree-for-colleague",
    answers=Answered,
    scope=Scope.WRITE_REQUESTS,
)
def agree_for_colleague(call: Call[Query, Nothing]) -> Answered:
    """Agree to a swap for a colleague who has no account, as a manager of both."""
    number = call.names["request_id"]
    agreements.agree_for(the_database(), call.act, unit=call.unit, number=number)
    return Answered(id=number, state=WAITING)


def _to_answer(its: inbox.AskToAnswer) -> ToAnswerResource:
    return ToAnswerResource(
        request=RequestResource(**told_request(its.summary)),
        teams=[*its.teams],
        consequences=told_consequences(its.consequences),
        notes=[*its.notes],
        misfit=its.misfit,
        may_answer=its.may_answer,
        may_note=its.may_note,
        seal=its.seal,
        lacks_agreement=its.lacks_agreement,
    )


OPERATIONS = (list_requests_to_answer, answer_request, agree_for_colleague)
