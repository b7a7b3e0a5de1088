"""Publishing: a draft becomes the next version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from flask import url_for
from pydantic import Field

from rota.services.accounts.tokens import Scope
from rota.services.drafts import drafts
from rota.services.publishing.publish import Unacknowledged
from rota.services.rotas import versions
from web.access.request_context import the_database
from web.api.nouns.draft_shapes import build_tag
from web.api.nouns.versions import VersionResource, list_version_fields
from web.api.operations import Call, operation
from web.api.problem_details import Fallacy, Kind, Problematic
from web.api.shapes import IN_BODY, Body, Note, Query
from web.page_parts.converters import LARGEST_NUMBER


class NewVersion(VersionResource):
    """A version that has just been published, and where it is."""

    HEADERS: ClassVar[Mapping[str, str]] = {"Location": "The address of the version"}

    url: str

    def headers(self) -> Mapping[str, str]:
        return {"Location": self.url}


class Publish(Body):
    """What is said with it: a note to everybody concerned, and why strict rules may be broken."""

    note: Note = ""
    acknowledgement: Note = Field(
        "", description="Why rules of the first levels may be broken; needed only if they are"
    )
    newest: Annotated[int, Field(ge=0, le=LARGEST_NUMBER), IN_BODY] | None = Field(
        None,
        description="The newest version, as the draft told it; if there is a newer one, nothing is "
        "published",
    )
    unit_revision: Annotated[int, Field(ge=1, le=LARGEST_NUMBER), IN_BODY] | None = Field(
        None,
        description="The unit's revision, as the draft told it; so nobody answers for what is "
        "broken since",
    )


@operation(
    "POST",
    "/units/{unit_id}/drafts/{start}/publish",
    answers=NewVersion,
    scope=Scope.WRITE_DRAFTS,
    body=Publish,
    status=201,
    is_conditional=True,
)
def publish_draft(call: Call[Query, Publish]) -> NewVersion:
    """Publish the draft as the next version. Everybody concerned is told."""
    draft = drafts.load_view(
        the_database(), call.act, unit=call.unit, start=call.names["start"]
    ).draft
    call.must_match(build_tag(draft))
    try:
        published = versions.publish(
            the_database(),
            call.act,
            unit=call.unit,
            start=call.names["start"],
            acknowledgement=call.body.acknowledgement,
            revision=draft.revision,
            newest=call.body.newest,
            unit_revision=call.body.unit_revision,
            note=call.body.note,
        )
    except Unacknowledged as error:
        errors = [Fallacy(place=breach.rule.key, says=breach.says) for breach in error.breaches]
        raise Problematic(Kind.REFUSED, _UNACKNOWLEDGED, errors=errors) from error
    number = published.version.number
    url = url_for("api.get_version", unit_id=call.unit_id, version=number)
    return NewVersion(**list_version_fields(published.version), url=url)


_UNACKNOWLEDGED = (
    "The draft breaks rules that somebody has to answer for. Say why, as the acknowledgement."
)

OPERATIONS = (publish_draft,)
