"""The officers of a unit."""

from __future__ import annotations

from datetime import date

from rota.domain import WEEKDAYS
from rota.services.accounts.tokens import Scope
from rota.services.my_rota.colleagues import Colleague, list_colleagues
from web.access.request_context import the_database
from web.api.operations import Call, operation
from web.api.paging import PageQuery, PageResource, build_page_of_all
from web.api.shapes import Name, Nothing, Resource


class Details(Resource):
    """What managers of an officer's team know besides.

    `working_days` are the weekdays of which any part is worked in any week. The `pattern` tells
    more, such as Mon Tue Wed am / Mon Tue: halves of days, and weeks in turn.
    """

    email: str
    start_date: date
    leave_date: date | None
    working_days: list[str]
    pattern: str
    other_sites: list[str]
    skills: list[str]
    mentor: str | None
    has_home_office: bool
    office_percent: int | None
    home_days_per_week: int | None
    takes_extra_days: bool


class OfficerResource(Resource):
    """An officer; details are told only to managers of their team."""

    staff_no: str
    name: str
    team: str
    grade: str
    base: str
    details: Details | None


class Officers(PageResource[OfficerResource]):
    """A part of a list of officers."""


class OfficersQuery(PageQuery):
    """Whose officers are listed."""

    team: Name | None = None


@operation(
    "GET",
    "/units/{unit_id}/officers",
    answers=Officers,
    scope=Scope.READ_ROTA,
    query=OfficersQuery,
)
def list_officers(call: Call[OfficersQuery, Nothing]) -> Officers:
    """List the officers of a unit who have not left, by staff number."""
    team = call.query.team
    everybody = list_colleagues(the_database(), call.act, unit=call.unit)
    colleagues = [colleague for colleague in everybody if team in (None, colleague.team)]
    items, later = build_page_of_all(
        call.query, colleagues, lambda colleague: (colleague.staff_no,)
    )
    return Officers(items=[_build_officer(colleague) for colleague in items], next=later)


def _build_officer(colleague: Colleague) -> OfficerResource:
    return OfficerResource(
        staff_no=colleague.staff_no,
        name=colleague.name,
        team=colleague.team,
        grade=colleague.grade,
        base=colleague.base,
        details=_build_details(colleague),
    )


def _build_details(colleague: Colleague) -> Details | None:
    officer = colleague.officer
    if officer is None:
        return None
    return Details(
        email=officer.email,
        start_date=officer.start_date,
        leave_date=officer.leave_date,
        working_days=[WEEKDAYS[day] for day in sorted(officer.working_days.weekdays)],
        pattern=str(officer.working_days),
        other_sites=[*officer.other_sites],
        skills=sorted(officer.skills),
        mentor=officer.mentor,
        has_home_office=officer.has_home_office,
        office_percent=officer.office_percent,
        home_days_per_week=officer.home_days_per_week,
        takes_extra_days=officer.takes_extra_days,
    )


OPERATIONS = (list_officers,)
