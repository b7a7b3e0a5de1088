"""What can be chosen of a board, and asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Optional

from rota.domain import KINDS, OFFICE
from rota.services.drafts.day_edits import Move, Split
from rota.services.rotas.board import MOST_WEEKS, Board, BoardSheet
from rota.writing.grid import GridRow
from web.page_parts.words import begun

MOVE, TO_KIND, CLEAR, LOCK, UNLOCK = ACTIONS = ("move", "kind", "clear", "lock", "unlock")
"""What can be done to an officer's day."""

_AND_THEN = ";"
"""What stands between the site of the morning and that of the afternoon; no name holds it."""


def write_sites(sites: Iterable[str]) -> str:
    """The site of a day, or those of its halves, as the field of a form has them."""
    return _AND_THEN.join(sites)


def read_move(sites: str) -> Move | Split:
    """The move to these sites: to one for all that is worked, or to one for each half."""
    morning, _, afternoon = sites.partition(_AND_THEN)
    return Split(morning, afternoon) if afternoon else Move(morning)


class ViewForm(FlaskForm):  # type: ignore[misc]
    """Which weeks and which officers a board shows."""

    class Meta:
        csrf = False

    start = SelectField("From the week of", validate_choice=False)
    weeks = SelectField(
        "Weeks", choices=[SelectChoice(f"{n}", f"{n}") for n in range(1, MOST_WEEKS + 1)]
    )
    team = SelectField("Team", validate_choice=False)
    office = SelectField("Office", validate_choice=False)
    kind = SelectField(
        "Kind of site",
        choices=[
            SelectChoice("", "Any kind"),
            *(SelectChoice(kind, begun(kind)) for kind in KINDS),
        ],
    )
    person = StringField("Name or staff number")

    def offer(self, board: Board, sheet: BoardSheet) -> None:
        """Offer what there is, and choose what is shown."""
        problem = sheet.problem
        mondays = [d for period in board.periods for d in period.weekdays() if d.weekday() == 0]
        self.start.choices = [SelectChoice(f"{day}", f"{day.day} {day:%B %Y}") for day in mondays]
        self.start.data = f"{sheet.days[0]}"
        self.weeks.data = self.weeks.data or f"{MOST_WEEKS}"
        self.team.choices = [SelectChoice("", "All teams"), *map(_named, problem.teams)]
        offices = [site.name for site in problem.sites.values() if site.kind == OFFICE]
        self.office.choices = [SelectChoice("", "All offices"), *map(_named, offices)]

    def chosen(self, sheet: BoardSheet) -> Mapping[str, Sequence[GridRow]]:
        """The rows that are shown, by team."""
        teams = {
            team: [row for row in rows if self._shows(sheet, row)]
            for team, rows in sheet.view.rows.items()
            if self.team.data in (None, "", team)
        }
        return {team: rows for team, rows in teams.items() if rows}

    @property
    def is_narrowed(self) -> bool:
        """Whether not every officer may be shown."""
        fields = (self.team, self.office, self.kind, self.person)
        return any(field.data for field in fields)

    def _shows(self, sheet: BoardSheet, row: GridRow) -> bool:
        name = (self.person.data or "").strip().casefold()
        officer, office, kind = row.officer, self.office.data, self.kind.data
        if name and name not in f"{officer.name} {officer.staff_no}".casefold():
            return False
        if not office and not kind:
            return True
        sites = sheet.problem.sites
        seats = {site for day in sheet.days for site in row.cells[day].sites if site in sites}
        is_there = not office or office == officer.base or office in seats
        return is_there and (not kind or kind in {sites[site].kind for site in seats})


class EditForm(FlaskForm):  # type: ignore[misc]
    """A change of one officer's day. `revision` is the draft's that was looked at, 0 for none.

    `undoing` is filled in if this takes back another change.
    """

    action = HiddenField(validators=[AnyOf(ACTIONS)])
    staff_no = HiddenField(validators=[DataRequired()])
    day = HiddenField(validators=[DataRequired()])
    start = HiddenField(validators=[DataRequired()])
    revision = IntegerField(validators=[Optional()])
    site = StringField()
    undoing = HiddenField()

    @property
    def dates(self) -> tuple[date, date]:
        """The day, and the first one of the period. Raises ValueError if they are no dates."""
        return date.fromisoformat(self.day.data), date.fromisoformat(self.start.data)


def _named(name: str) -> SelectChoice:
    return SelectChoice(name, name)
