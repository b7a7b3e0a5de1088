"""Other words that people have for tables and columns, told once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from rota.reading.name_guesses import guess_name

NEEDLESS = ("bank holiday", "bank holidays", "public holiday", "public holidays")
"""What needs no table: Rota knows the bank holidays of England and Wales."""

_TABLES: Mapping[str, tuple[str, ...]] = {
    "away": (
        *("absence", "absences", "absent", "annual leave", "courses", "holiday", "holidays"),
        *("leave", "lieu", "maternity", "sick", "sickness", "time off", "toil", "training"),
        "vacation",
    ),
    "officers": (
        *("colleagues", "employees", "members", "people", "personnel", "practitioners"),
        *("staff", "workers"),
    ),
    "sites": ("buildings", "desks", "locations", "offices", "places", "rooms"),
    "teams": ("groups",),
    "duties": ("court", "court list", "court lists", "courts", "cover", "listings"),
    "appointments": ("bookings", "diary", "meetings", "visits"),
    "presence": ("first aid", "first aiders", "fire wardens", "safety", "wardens"),
    "requests": ("preferences", "wishes"),
    "links": ("joint cases", "linked cases", "pairs"),
    "closures": ("closed", "closing", "shut"),
    "rota": ("roster", "schedule", "timetable"),
    "policy": ("config", "options", "parameters", "settings"),
}

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "staff_no": (
        *("employee", "employee id", "employee no", "employee number", "id", "no", "number"),
        *("officer", "payroll", "payroll no", "payroll number", "person", "personnel no"),
        *("staff", "staff id", "staff number", "who"),
    ),
    "name": ("full name", "officer name", "staff name", "surname"),
    "team": ("group", "team name"),
    "grade": ("band", "job title", "post", "role"),
    "start_date": ("date started", "joined", "start", "started"),
    "base_site": ("base", "location", "office", "office base", "place of work"),
    "working_days": ("days", "days worked", "pattern", "work pattern", "working pattern"),
    "email": ("e mail", "e mail address", "email address", "mail"),
    "other_sites": ("other bases", "other locations", "other offices"),
    "mentor": ("buddy", "mentor id", "mentor no", "supervisor"),
    "skills": ("qualifications", "skill", "trained", "trained in"),
    "home": ("home office", "home working", "remote", "wfh", "working from home"),
    "office_percent": ("in office percent", "office percentage", "office share", "percent"),
    "home_days_per_week": ("days at home", "home days", "home days a week", "wfh days"),
    "extra_days": ("extra day", "overtime", "saturdays", "weekend", "weekend work", "weekends"),
    "leave_date": (
        *("contract end", "date left", "end", "end date", "finish date", "last day"),
        *("last day worked", "last working day", "leaver", "leaving", "leaving date", "left"),
    ),
    "site": ("building", "court", "location", "office", "place"),
    "office": ("base", "location", "site"),
    "desks": ("capacity", "places", "seats", "spaces"),
    "first": ("begin", "date from", "first day", "from", "start", "start date"),
    "last": ("date to", "end", "end date", "last day", "till", "to", "until"),
    "kind": ("absence type", "leave type", "reason", "sort", "type"),
    "date": ("day", "when"),
    "needed": ("count", "how many", "number", "people"),
    "skill": ("skills",),
    "when": ("date", "day", "weekday"),
    "wants": ("preference", "where", "wish"),
    "strength": ("importance", "priority", "weight"),
    "with_staff_no": ("colleague", "with"),
    "reason": ("case", "note", "notes", "why"),
    "locked": ("fixed", "lock"),
    "alone": ("lone working", "may be alone"),
    "least": ("at least", "how many", "minimum", "people"),
    "part": ("am or pm", "am pm", "half", "half day", "part of day", "session"),
    "setting": ("name", "option"),
    "value": ("number", "setting value"),
}

_NO_WORD = re.compile(r"[\W_]+")


def is_needless(name: str) -> bool:
    """Whether a file or sheet of that name tells what Rota knows by itself."""
    return _find_longest(_simplify(name), {phrase: (phrase,) for phrase in NEEDLESS}) is not None


def guess_table(name: str, tables: Iterable[str]) -> str | None:
    """Which of the tables a file or sheet of that name, without its suffix, perhaps holds."""
    words = {table: (table, *_TABLES.get(table, ())) for table in tables}
    return _find_longest(_simplify(name), words)


def guess_column(title: str, columns: Collection[str]) -> str | None:
    """Which of the columns the title perhaps means."""
    words = {column: (_simplify(column), *_COLUMNS.get(column, ())) for column in columns}
    plain = _simplify(title)
    exact = (column for column, phrases in words.items() if plain in phrases)
    return next(exact, None) or guess_name(title, columns) or _find_longest(plain, words)


def _simplify(name: str) -> str:
    """The words of a name, in small letters, with one blank between them."""
    return _NO_WORD.sub(" ", name.casefold().replace("%", " percent ")).strip()


def _find_longest(plain: str, words: Mapping[str, Iterable[str]]) -> str | None:
    """The key of the longest of the phrases that stands in the name as whole words."""
    replacements = sorted(_find_phrases(plain, words), key=lambda pair: -len(pair[0]))
    return replacements[0][1] if replacements else None


def _find_phrases(plain: str, words: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    for key, phrases in words.items():
        for phrase in phrases:
            if f" {phrase} " in f" {plain} ":
                yield phrase, key
