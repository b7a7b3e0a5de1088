"""What the checker finds of a draft, or of what is published."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rota.checker import Finding
from rota.services.access.finding_rights import ReadableFindings
from rota.services.accounts.tokens import Scope
from rota.services.rotas import findings
from web.access.request_context import the_database
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, build_page_of_all
from web.api.shapes import Day, Nothing, Number, Resource


class FindingResource(Resource):
    """A rule applied to one thing: what was counted against what was asked.

    It is a breach if there is a gap. `when` is a date, half of one such as 2027-01-04 am, an ISO
    week such as 2027-W01, or the first and the last day of a period.
    """

    level: str
    rule: str
    weight: int
    about: str
    when: str
    count: Number
    least: Number | None
    most: Number | None
    gap: Number
    says: str

    @classmethod
    def of(cls, finding: Finding) -> FindingResource:
        return cls(
            level=finding.rule.level,
            rule=finding.rule.key,
            weight=finding.weight,
            about=finding.about,
            when=str(finding.when),
            count=finding.count,
            least=finding.least,
            most=finding.most,
            gap=finding.gap,
            says=finding.says,
        )


class Findings(PageResource[FindingResource]):
    """A part of a list of findings.

    `left_out` is how many others there are, on this page or another, of one or two people of teams
    that the caller does not manage.
    """

    left_out: int


class FindingsQuery(PageQuery):
    """Which findings, of what."""

    of: Literal["draft", "published"] = Field("published", description="What is judged")
    start: Day | None = Field(
        None,
        description="The first day of the period; if left out, the only draft, or the published "
        "period that holds today or comes next",
    )
    which: Literal["breaches", "all"] = Field(
        "breaches", description="Only what is broken, or what is kept too"
    )


@operation(
    "GET",
    "/units/{unit_id}/findings",
    answers=Findings,
    scope=Scope.READ_ROTA,
    query=FindingsQuery,
)
def list_findings(call: Call[FindingsQuery, Nothing]) -> Findings:
    """List what the checker finds, the most important level first. For managers of the unit."""
    readable = _find_readable(call)
    numbered, left_out = enumerate(readable.findings), readable.left_out
    if call.query.which == "breaches":
        numbered = filter(lambda pair: pair[1].is_breach, numbered)  # type: ignore[assignment]
        left_out = readable.breaches_left_out
    items, later = build_page_of_all(call.query, numbered, lambda pair: (pair[0],))
    return Findings(
        items=[FindingResource.of(finding) for _, finding in items], next=later, left_out=left_out
    )


def _find_readable(call: Call[FindingsQuery, Nothing]) -> ReadableFindings:
    find = findings.load_of_draft if call.query.of == "draft" else findings.load_of_published
    return find(the_database(), call.act, unit=call.unit, start=call.query.start)


OPERATIONS = (list_findings,)
