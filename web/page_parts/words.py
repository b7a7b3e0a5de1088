"""How pages write dates, times and kinds, in the style of GOV.UK."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from flask import Flask

from rota.domain import HALF_NAMES, HALVES, HOME, Period, say_half
from rota.moments import LONDON
from rota.rules.finding_sentences import say_number

KIND_LETTERS = {"office": "O", "court": "C", "partner": "P", "prison": "N", "home": "H"}
"""The letter that stands for a kind of site, beside its colour."""

LEVEL_NAMES = {
    "limit": "Desk limits",
    "cover": "Courts and partners",
    "notice": "Short notice",
    "policy": "Office policy",
    "stability": "Published days kept",
    "people": "People and teams",
}
"""What each level of rules is about; the most important comes first."""


def day(value: date) -> str:
    """Such as 5 January 2027."""
    return f"{value.day} {value:%B %Y}"


def weekday(value: date) -> str:
    """Such as Tuesday 5 January."""
    return f"{value:%A} {value.day} {value:%B}"


def short_day(value: date) -> str:
    """Such as Tue 5 Jan."""
    return f"{value:%a} {value.day} {value:%b}"


def period(value: Period) -> str:
    """Such as 4 January to 31 January 2027."""
    last = value.last
    first = (
        f"{value.first.day} {value.first:%B}" if value.first.year == last.year else day(value.first)
    )
    return f"{first} to {day(last)}"


def level(name: str) -> str:
    """What a level of rules is about."""
    return LEVEL_NAMES[name]


def rule_name(key: str) -> str:
    """A rule by its key, such as Office minimum."""
    return key.replace("-", " ").capitalize()


def costs_in_words(costs: Mapping[str, float]) -> str:
    """Each level that costs something with its cost, the most important first."""
    parts = [f"{level(name).lower()} {number(cost)}" for name, cost in costs.items() if cost]
    return ", ".join(parts) or "nothing broken"


def moment(instant: datetime) -> str:
    """Such as 5 January 2027 at 2:30pm, by London's clock."""
    local = instant.astimezone(LONDON)
    return f"{day(local.date())} at {clock(local)}"


def clock(instant: datetime) -> str:
    """Such as 9am, 2:30pm, midday or midnight, by London's clock."""
    local = instant.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'pm' if local.hour >= 12 else 'am'}"


_HOME_FIRST = tuple(f"{HOME.name} {say_half(half)}" for half in HALVES)
"""How the sites of a day in words begin where its first half is at home."""


def place(sites: str) -> str:
    """The name of a site, or those of the halves of a day, where a sentence or a line begins."""
    is_home_first = sites == HOME.name or sites.startswith(_HOME_FIRST)
    return begun(sites) if is_home_first else sites


def number(value: float) -> str:
    """A whole number, or a whole and a half, such as 1,200 or 2½."""
    return say_number(value, ",")


def counted(value: float, noun: str, plural: str | None = None) -> str:
    """Such as 1 seat, 2 seats or 2½ days."""
    return f"{number(value)} {noun if 0 < value <= 1 else plural or noun + 's'}"


def begun(sentence: str) -> str:
    """The sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def add_word_filters(app: Flask) -> None:
    """Give templates these words as filters."""
    for word in (
        day,
        weekday,
        short_day,
        period,
        moment,
        clock,
        place,
        number,
        counted,
        level,
        rule_name,
        costs_in_words,
        begun,
    ):
        app.add_template_filter(word)
    app.add_template_filter(say_half, "half")
    app.add_template_global(KIND_LETTERS, "KIND_LETTERS")  # type: ignore[arg-type]
    app.add_template_global(HALF_NAMES, "HALF_NAMES")  # type: ignore[arg-type]
    app.add_template_global(LEVEL_NAMES, "LEVEL_NAMES")  # type: ignore[arg-type]
