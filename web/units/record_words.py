"""What pages call the tables and columns of a unit, and how they tell what stands in a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rota.domain import HALF_NAMES, HALVES, HOME, WEEKDAYS, WHOLE_DAY, WorkingPattern
from rota.moments import find_date_in_london
from rota.reading.column_cells import cell_of
from rota.reading.unit_checks import Mention
from rota.records import RECORD_TABLES, Column, InputTable, Table
from rota.records.column_types import ColumnType
from rota.records.naming import NAMING_OFFICERS
from rota.records.table import SINCE
from rota.services.units.record_list import Record, RecordTerms
from web.page_parts.words import begun, day

PART_NAMES = {WHOLE_DAY: "All day", **{half: begun(name) for half, name in HALF_NAMES.items()}}
"""What pages call the parts of a day."""

WEEKDAY_NAMES = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Wed": "Wednesday",
    "Thu": "Thursday",
    "Fri": "Friday",
}


@dataclass(frozen=True, slots=True)
class TableName:
    """What pages call a table: all of it, and one row of it with its article."""

    all: str
    one: str
    a: str = "a"


_OTHER_NAMES = {
    "officers": TableName("People", "officer", "an"),
    "requests": TableName("Standing requests", "standing request"),
}
"""What pages call tables whose rows have another noun elsewhere."""

_FIRST = ("officers", "teams", "sites")


def _build_name(table: InputTable) -> TableName:
    a = "an" if table.noun[0] in "aeiou" else "a"
    return _OTHER_NAMES.get(table.name, TableName(table.plural.capitalize(), table.noun, a))


NAMES: Mapping[str, TableName] = {
    name: _build_name(RECORD_TABLES[name]) for name in (*_FIRST, *RECORD_TABLES)
}
"""The tables, in the order in which pages list them."""

LABELS: Mapping[str, str] = {
    "staff_no": "Officer",
    "start_date": "First day worked",
    "base_site": "Base",
    "email": "Email address",
    "home": "May work at home",
    "office_percent": "Own office percentage",
    "home_days_per_week": "Own home days in a week",
    "leave_date": "Last day worked",
    "extra_days": "May be asked for extra days",
    "first": "First day away",
    "last": "Last day away",
    "needed": "People needed",
    "when": "Day",
    "wants": "Kind of site wished for",
    "strength": "How much it matters",
    "with_staff_no": "Linked with",
    "part": "Part of the day",
    SINCE: "Holds from",
}
"""What a column is called in every table, where pages do not call it by its own name."""

_OF_WEEKDAYS = {"first": "From", "last": "To", "every": "Every how many weeks"}

LABELS_OF: Mapping[str, Mapping[str, str]] = {
    "sites": {
        "site": "Name of the site",
        "alone": "One person may be there alone",
        "office_percent": "Office percentage of those based here",
    },
    "teams": {"team": "Name of the team"},
    "officers": {"staff_no": "Staff number"},
    "closures": {"first": "First day", "last": "Last day", "desks": "Desks then"},
    "duties": _OF_WEEKDAYS,
    "appointments": _OF_WEEKDAYS,
    "presence": {"least": "People with it", "when": "Date"},
}
"""What it is called in one table, where that is clearer."""

LISTED: Mapping[str, tuple[str, ...]] = {
    name: tuple(column.name for column in table.columns if column.name != SINCE)
    for name, table in RECORD_TABLES.items()
} | {"officers": ("name", "staff_no", "team", "grade", "base_site", "working_days")}
"""The columns that lists show."""

_HINTS: Mapping[str, str] = {
    **dict.fromkeys(("name", "site", "team", "office", "grade", "date", "kind"), ""),
    **dict.fromkeys(("first", "last", "start_date", "base_site", "staff_no", "reason"), ""),
    **dict.fromkeys(("with_staff_no", "wants", "home", "part"), ""),
    "working_days": "Such as Mon-Fri, or Mon Tue Wed am where the Wednesday is a morning, or "
    "Mon Tue / Mon for weeks in turn, of which the first is the one from which they hold.",
    "strength": "From 1, a little, to 3, very much.",
    "mentor": "Who is in with them while they are new.",
    "skills": "What duties may ask for. Separate several by semicolons.",
    "other_sites": "More sites where they may be.",
    SINCE: "What you change holds from this day on, and what held before stays as it was. A day "
    "that is over corrects the past. If you leave it blank: tomorrow.",
}
"""Hints that forms have in place of what files say of a column."""

_WITH_WEEKDAYS: Mapping[str, str] = {
    "first": "For weekdays. Leave blank if they have always been so.",
    "last": "For weekdays. Leave blank if they have no end.",
    "every": "For weekdays: 2 is every other week, counted from the week of the first date. "
    "Leave blank for every week.",
}
"""Those of the columns that go with weekdays."""

_WIDTHS: Mapping[str, str] = {
    "desks": "govuk-input--width-5",
    "needed": "govuk-input--width-5",
    "least": "govuk-input--width-5",
    "office_percent": "govuk-input--width-5",
    "every": "govuk-input--width-5",
    "home_days_per_week": "govuk-input--width-5",
    "staff_no": "govuk-input--width-10",
    "when": "govuk-input--width-10",
}


def find_label(table: str, column: str) -> str:
    """What the column is called."""
    usual = LABELS.get(column) or column.replace("_", " ").capitalize()
    return LABELS_OF.get(table, {}).get(column, usual)


def build_title(table: str, record: Record, names: Mapping[str, str]) -> str:
    """What tells the record from others of its list, for those who do not see the list."""
    first = LISTED[table][:3]
    texts = (format_cell(table, name, record.texts.get(name, ""), names) for name in first)
    return ", ".join(text for text in texts if text)


def describe_source(record: Record) -> str:
    """Who recorded the row and when, if it was somebody and did not come out of a file."""
    source = record.source
    if source is None or not source.is_by_people or source.by is None or source.at is None:
        return ""
    return f"Recorded by {source.by} on {day(find_date_in_london(source.at))}"


def list_terms_to_come(record: Record, today: date) -> tuple[RecordTerms, ...]:
    """The terms that hold today and later, if some are still to come."""
    to_come = tuple(terms for terms in record.terms if terms.last is None or terms.last >= today)
    return to_come if any(terms.first and terms.first > today for terms in to_come) else ()


def describe_days(terms: RecordTerms) -> str:
    """The days on which the terms hold, such as Until 17 January 2027."""
    if terms.last is None:
        return f"From {day(terms.first)}" if terms.first else ""
    return f"{day(terms.first)} to {day(terms.last)}" if terms.first else f"Until {day(terms.last)}"


def describe_terms(table: str, terms: RecordTerms, names: Mapping[str, str]) -> str:
    """What differs from other terms, such as Team: Red, Base: Mill House."""
    cells = (
        (find_label(table, name), format_cell(table, name, text, names))
        for name, text in terms.texts.items()
    )
    return "; ".join(f"{label}: {cell or 'not given'}" for label, cell in cells)


def count_mentions(mention: Mention) -> str:
    """How many records of a table mention something, such as 2 absences."""
    name, number = NAMES[mention.table], len(mention.rows)
    plural = name.all.lower()
    return f"{number:,} {name.one if number == 1 else plural}"


def find_width(column: str) -> str:
    """The class of a text field that is as wide as what goes in."""
    return _WIDTHS.get(column, "")


def find_hint(table: Table, column: Column) -> str:
    """What the column means, in sentences; nothing where its label says it all."""
    if table.recurs and column.name in _WITH_WEEKDAYS:
        return _WITH_WEEKDAYS[column.name]
    if column.name in _HINTS:
        return _HINTS[column.name]
    meaning, _, blank = column.help.partition("; blank: ")
    sentence = f"{meaning[:1].upper()}{meaning[1:]}."
    return (
        f"{sentence} If you leave it blank: {blank}."
        if blank and not cell_of(column.type).choices
        else sentence
    )


def format_cell(table: str, name: str, text: str, names: Mapping[str, str]) -> str:
    """What stands in a cell, for people; `names` are those of officers by staff number."""
    if table != "officers" or name == "mentor":
        text = names.get(text, text) if name in NAMING_OFFICERS else text
    column_type = RECORD_TABLES[table].column(name).type
    choices = cell_of(column_type).choices
    if choices == HALVES:
        return PART_NAMES[text]
    if column_type is ColumnType.DATE_OR_WEEKDAYS and not text:
        return "Always"
    if column_type in (ColumnType.DATE, ColumnType.DATE_OR_WEEKDAYS, ColumnType.WHEN):
        return _format_when(text)
    if column_type is ColumnType.WORKING_DAYS:
        return _format_pattern(text)
    if column_type is ColumnType.YES_OR_NO or (choices and text.islower()):
        return text.capitalize()
    return "Home" if text == HOME.name else text.replace(";", ", ")


def _format_pattern(text: str) -> str:
    """Such as Mon, Tue, Wed morning; where weeks take turns, each after the one before."""
    weeks = (
        ", ".join(
            f"{WEEKDAYS[weekday]} {HALF_NAMES.get(part, '')}".strip() for weekday, part in week
        )
        for week in WorkingPattern.parse(text).weeks
    )
    return "; then ".join(week or "none" for week in weeks)


def _format_when(text: str) -> str:
    if text[:1].isalpha():
        *others, last = [WEEKDAY_NAMES[name] for name in text.split()]
        return f"Every {', '.join(others)} and {last}" if others else f"Every {last}"
    return day(date.fromisoformat(text)) if text else ""
