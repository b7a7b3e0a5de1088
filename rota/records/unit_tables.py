"""The list of the tables of a unit. Whoever adds a column or a table begins here.

Files, forms, lists, rights, the audit, imports and the database follow it. Apart from it are the
objects of the domain (`rota.domain`), the tables of the database (`rota.tables`) with their
migration, and the words of pages (`web.units.record_words`); tests name what is missing there.
"""

from __future__ import annotations

from collections.abc import Mapping

from rota import domain
from rota.domain import STRENGTHS, Readers
from rota.records.column_types import ColumnType, OneOf, SetOf, Several, WholeNumber
from rota.records.table import SINCE, Column, InputTable, may, must

SITES, TEAMS, OFFICERS, CLOSURES = "sites", "teams", "officers", "closures"
ROTA, HISTORY = "rota", "history"

FOR_PEOPLE = ("name", "team", "kind")
"""What `plan` writes into rota.csv beside what is read of it."""

_EVERYBODY, _OVERSEERS, _MANAGERS = Readers.EVERYBODY, Readers.OVERSEERS, Readers.MANAGERS
_TEXT, _NAME, _STAFF_NO = ColumnType.TEXT, ColumnType.NAME, ColumnType.STAFF_NO
_SITE, _EMAIL, _YES_OR_NO = ColumnType.SITE, ColumnType.EMAIL, ColumnType.YES_OR_NO
_DATE, _WHEN, _WEEKDAYS = ColumnType.DATE, ColumnType.WHEN, ColumnType.WORKING_DAYS
_DAYS, _PERCENT = ColumnType.DATE_OR_WEEKDAYS, ColumnType.PERCENTAGE
_DESKS = WholeNumber(0, 100_000)
_WEEKS_IN_TURN = WholeNumber(1, 52)
_HOME_DAYS = WholeNumber.among(domain.list_settings()["home_days_per_week"].metadata["range"])


def _officer(readers: Readers, name: str = "staff_no", help: str = "the officer") -> Column:
    return must(name, _STAFF_NO, help, readers, refers_to=OFFICERS, is_about=True)


def build_part_column(readers: Readers) -> Column:
    """The column with the part of the day that a row is for."""
    return may(
        "part", OneOf(domain.HALVES), "am or pm; blank: all day", readers, blank=domain.WHOLE_DAY
    )


def _build_since_column(readers: Readers) -> Column:
    """The column with the day from which a row holds that tells terms."""
    help = "the day from which the row holds; blank: ever since, or of a change from tomorrow"
    return may(SINCE, _DATE, help, readers, domain_name="since")


def _recurrence(readers: Readers) -> tuple[Column, ...]:
    """The columns of a table whose rows may be on weekdays."""
    return (
        may("first", _DATE, "of weekdays, the first day; blank: since ever", readers),
        may("last", _DATE, "of weekdays, the last day; blank: without end", readers),
        may(
            "every",
            _WEEKS_IN_TURN,
            "of weekdays, every so many weeks from the week of `first`; blank: every week",
            readers,
        ),
    )


_SITES = InputTable(
    name=SITES,
    noun="site",
    row_type=domain.Site,
    help="the places where officers work",
    key=("site", SINCE),
    same_by=("site",),
    lasting=("kind",),
    key_noun="site",
    must=True,
    is_of_whole_unit=True,
    columns=(
        must("site", _SITE, "its name", _EVERYBODY, domain_name="name"),
        must("kind", OneOf(domain.KINDS), "its kind", _EVERYBODY),
        may("desks", _DESKS, "people it holds; blank: no limit", _EVERYBODY),
        may(
            "office_percent",
            _PERCENT,
            "replaces the policy's percentage for those based there; blank: the policy's",
            _OVERSEERS,
        ),
        may(
            "alone",
            _YES_OR_NO,
            "whether one person may be there without another; blank: yes",
            _EVERYBODY,
            domain_name="may_be_alone",
            blank=True,
        ),
        _build_since_column(_EVERYBODY),
    ),
)

_TEAMS = InputTable(
    name=TEAMS,
    noun="team",
    row_type=domain.Team,
    help="the teams and where they meet",
    key=("team", SINCE),
    same_by=("team",),
    key_noun="team",
    must=True,
    is_of_whole_unit=True,
    columns=(
        must("team", _NAME, "its name", _EVERYBODY, domain_name="name"),
        must("office", _SITE, "the office where it meets", _EVERYBODY, refers_to=SITES),
        _build_since_column(_EVERYBODY),
    ),
)

_OFFICERS = InputTable(
    name=OFFICERS,
    noun="officer",
    row_type=domain.Officer,
    help="the people who are planned",
    key=("staff_no", SINCE),
    same_by=("staff_no",),
    lasting=("name", "start_date", "leave_date", "email"),
    key_noun="staff number",
    must=True,
    in_order=("start_date", "leave_date"),
    apart=("staff_no", "mentor"),
    columns=(
        must("staff_no", _STAFF_NO, "the number that names the officer in every table", _EVERYBODY),
        must("name", _TEXT, "the name that people see", _EVERYBODY),
        must("team", _NAME, "the officer's team", _EVERYBODY, refers_to=TEAMS),
        must("grade", OneOf(domain.GRADES), "the officer's grade", _EVERYBODY),
        must("start_date", _DATE, "the first day worked", _OVERSEERS),
        must(
            "base_site",
            _SITE,
            "the site the officer belongs to",
            _EVERYBODY,
            domain_name="base",
            refers_to=SITES,
        ),
        must(
            "working_days",
            _WEEKDAYS,
            "the days worked, such as Mon Tue Wed am; / between weeks in turn",
            _OVERSEERS,
        ),
        may("email", _EMAIL, "where messages go", _MANAGERS, blank=""),
        may(
            "other_sites",
            Several(_SITE),
            "more sites they may use",
            _OVERSEERS,
            blank=(),
            refers_to=SITES,
        ),
        may(
            "mentor", _STAFF_NO, "the staff number of their mentor", _OVERSEERS, refers_to=OFFICERS
        ),
        may("skills", SetOf(_NAME), "what duties may ask for", _MANAGERS, blank=frozenset()),
        may(
            "home",
            _YES_OR_NO,
            "whether they may work at home; blank: yes",
            _OVERSEERS,
            domain_name="has_home_office",
            blank=True,
        ),
        may(
            "office_percent",
            _PERCENT,
            "replaces any other percentage; blank: that of their base, else the policy's",
            _MANAGERS,
        ),
        may(
            "home_days_per_week",
            _HOME_DAYS,
            "replaces the policy's number of days; blank: the policy's",
            _MANAGERS,
        ),
        may(
            "extra_days",
            _YES_OR_NO,
            "whether they may be asked for duties at weekends and on bank holidays and days off; "
            "blank: no",
            _MANAGERS,
            domain_name="takes_extra_days",
            blank=False,
        ),
        may("leave_date", _DATE, "the last day worked; blank: none is known", _OVERSEERS),
        _build_since_column(_OVERSEERS),
    ),
)

_AWAY = InputTable(
    name="away",
    noun="absence",
    row_type=domain.Away,
    help="days on which officers are not planned",
    in_order=("first", "last"),
    columns=(
        _officer(_MANAGERS),
        must("first", _DATE, "the first day away", _MANAGERS),
        must("last", _DATE, "the last day away", _MANAGERS),
        may(
            "kind",
            OneOf(domain.AWAY_KINDS),
            "why; blank: leave",
            _MANAGERS,
            blank=domain.AWAY_KINDS[0],
        ),
        build_part_column(_MANAGERS),
    ),
)

_DUTIES = InputTable(
    name="duties",
    noun="duty",
    many="duties",
    row_type=domain.Duty,
    help="people needed at a site on a date, or on weekdays",
    same_by=("date", "site", "skill", "part", "first"),
    in_order=("first", "last"),
    columns=(
        must("date", _DAYS, "the date, or weekdays such as Mon Wed", _OVERSEERS),
        must("site", _SITE, "where they are needed", _OVERSEERS, refers_to=SITES),
        must("needed", WholeNumber(0, 10_000), "how many are needed", _OVERSEERS),
        may("skill", _NAME, "the skill they need; blank: none", _OVERSEERS),
        build_part_column(_OVERSEERS),
        *_recurrence(_OVERSEERS),
    ),
)

_APPOINTMENTS = InputTable(
    name="appointments",
    noun="appointment",
    row_type=domain.Appointment,
    help="officers who must be at a site on a date, or on weekdays",
    in_order=("first", "last"),
    columns=(
        _officer(_OVERSEERS),
        must("date", _DAYS, "the date, or weekdays such as Mon Wed", _OVERSEERS),
        must("site", _SITE, "where the officer must be", _OVERSEERS, refers_to=SITES),
        build_part_column(_OVERSEERS),
        *_recurrence(_OVERSEERS),
    ),
)

_PRESENCE = InputTable(
    name="presence",
    noun="skill on site",
    many="skills on site",
    row_type=domain.Presence,
    help="skills that somebody has at a site while anybody is there",
    same_by=("site", "skill", "when"),
    columns=(
        must("site", _SITE, "the site", _OVERSEERS, refers_to=SITES, is_about=True),
        must("skill", _NAME, "the skill, such as first aid", _OVERSEERS),
        may(
            "least",
            WholeNumber(1, 10_000),
            "how many people there have it; blank: 1",
            _OVERSEERS,
            blank=1,
        ),
        may("when", _DAYS, "a date, or weekdays such as Mon Wed; blank: always", _OVERSEERS),
    ),
)

_REQUESTS = InputTable(
    name="requests",
    noun="request",
    row_type=domain.Request,
    help="what officers wish for",
    columns=(
        _officer(_MANAGERS),
        must("when", _WHEN, "one date, or every such weekday", _MANAGERS),
        must("wants", OneOf(domain.KINDS), "the kind of site they wish for", _MANAGERS),
        may(
            "strength",
            WholeNumber.among(STRENGTHS),
            f"how much it matters to them; blank: {STRENGTHS[0]}",
            _MANAGERS,
            blank=STRENGTHS[0],
        ),
        build_part_column(_MANAGERS),
    ),
)

_LINKS = InputTable(
    name="links",
    noun="link",
    row_type=domain.Link,
    help="pairs of officers with linked cases",
    apart=("staff_no", "with_staff_no"),
    columns=(
        _officer(_MANAGERS),
        _officer(_MANAGERS, "with_staff_no", "the other officer"),
        may("reason", _TEXT, "why", _MANAGERS, blank=""),
    ),
)

_CLOSURES = InputTable(
    name=CLOSURES,
    noun="closure",
    row_type=domain.Closure,
    help="days on which a site has other desks than usual",
    in_order=("first", "last"),
    one_day=may("date", _DATE, "the one day, in place of `first` and `last`", _EVERYBODY),
    same_by=("site", "first", "last", "part"),
    columns=(
        must("site", _SITE, "the site", _EVERYBODY, refers_to=SITES, is_about=True),
        must("first", _DATE, "the first day", _EVERYBODY),
        must("last", _DATE, "the last day", _EVERYBODY),
        must("desks", _DESKS, "people it holds then; 0: closed", _EVERYBODY),
        build_part_column(_EVERYBODY),
    ),
)

_ROTA = InputTable(
    name=ROTA,
    noun="seat",
    row_type=domain.PublishedSeat,
    domain_name="published",
    help="the published rota, if there is one",
    key=("staff_no", "date", "part"),
    passed_over=FOR_PEOPLE,
    columns=(
        _officer(_EVERYBODY),
        must("date", _DATE, "the date", _EVERYBODY),
        must("site", _SITE, "where the officer is", _EVERYBODY, refers_to=SITES, home_too=True),
        may("locked", _YES_OR_NO, "whether the seat must stay; blank: no", _EVERYBODY, blank=False),
        build_part_column(_EVERYBODY),
    ),
)

_HISTORY = InputTable(
    name=HISTORY,
    noun="earlier seat",
    row_type=domain.PastSeat,
    help="earlier rotas, for minimums over many weeks",
    key=("staff_no", "date", "part"),
    passed_over=(*FOR_PEOPLE, "locked"),
    columns=(
        _officer(_EVERYBODY),
        must("date", _DATE, "a date before the period", _EVERYBODY),
        must("site", _SITE, "where the officer was", _EVERYBODY, refers_to=SITES, home_too=True),
        build_part_column(_EVERYBODY),
        may("duty", _NAME, "the name of the duty done there; blank: none", _EVERYBODY),
    ),
)

TABLES: tuple[InputTable, ...] = (
    _SITES,
    _TEAMS,
    _OFFICERS,
    _AWAY,
    _DUTIES,
    _APPOINTMENTS,
    _PRESENCE,
    _REQUESTS,
    _LINKS,
    _CLOSURES,
    _ROTA,
    _HISTORY,
)
"""In the order in which they are read and written."""

BY_NAME: Mapping[str, InputTable] = {table.name: table for table in TABLES}

RECORD_TABLES: Mapping[str, InputTable] = {
    t.name: t for t in TABLES if t.name not in (ROTA, HISTORY)
}
"""The tables that people keep; what is published is Rota's own, and history comes from files."""
