"""What officers ask for and what becomes of it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rota.domain import AM, HALF_NAMES, PM, WEEKDAYS, WHOLE_DAY, in_words, name_part, say_half
from rota.rules.finding_sentences import Count
from rota.writing.notice import say_short_date, say_site

_WEEKDAYS = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"), strict=True)
)

_PLACES = {
    "home": "at home",
    "office": "at the office",
    "court": "at court",
    "partner": "at a partner agency",
    "prison": "at a prison",
}
"""Where one asks to be, by the kind of site."""

_AMOUNTS = {WHOLE_DAY: "a day", AM: "a morning", PM: "an afternoon"}

YOU = "you"
"""What a reader is called among names."""


def say_day_asked(when: str, wants: str, part: str = WHOLE_DAY) -> str:
    """A day, or half of one, at a kind of site, on a date or on every such weekday."""
    if when in _WEEKDAYS:
        weekday = f"{_WEEKDAYS[when]} {HALF_NAMES[part]}" if part else _WEEKDAYS[when]
        return f"every {weekday} {_PLACES[wants]}"
    return f"{_AMOUNTS[part]} {_PLACES[wants]} {in_words(date.fromisoformat(when))}"


def say_leave_asked(first: date, last: date, part: str = WHOLE_DAY) -> str:
    """Leave, both ends included, or of half of each day."""
    if first == last:
        return f"leave {in_words(name_part(first, part))}"
    half = f"{say_half(part)} " if part else ""
    return f"leave {half}from {say_short_date(first)} to {say_short_date(last)}"


def say_swap_asked(name: str, day: date) -> str:
    """A swap with somebody."""
    return f"a swap with {name} {in_words(day)}"


def say_not_at_work(day: date, name: str, part: str = WHOLE_DAY) -> str:
    """Why somebody cannot be moved on a day, or in half of it."""
    return f"{name} is not at work {in_words(name_part(day, part))}."


def say_locked_day(day: date, name: str) -> str:
    """Why somebody cannot be moved on a day on which a manager has locked their place."""
    return f"The place of {name} is locked {in_words(day)}. Unlock it first."


def say_no_site_of_kind(day: date, name: str, wants: str) -> str:
    """Why somebody cannot be moved to a kind of site."""
    return f"{name} has no place where to be {_PLACES[wants]} {in_words(day)}."


def say_moved(day: date, before: str | None, after: str, version: int) -> str:
    """That a day was granted and its seat moved, for all who may know of it."""
    instead = f" instead of {say_site(before)}" if before else ""
    return f"{_capitalise(say_site(after))} {in_words(day)}{instead}, since version {version}."


def say_as_published_already(day: date, site: str) -> str:
    """That a day was granted on which the officer was to be there anyway."""
    return f"{_capitalise(say_site(site))} {in_words(day)}, as it was published before."


def say_swapped(day: date, places: Sequence[tuple[str, str]], version: int) -> str:
    """Where two people are since their swap was granted, by names and sites."""
    places_listed = " and ".join(f"{name} is {say_site(site)}" for name, site in places)
    return f"{places_listed} {in_words(day)}, since version {version}."


def say_days_fallen_away(days: float, versions: Sequence[int]) -> str:
    """How many published days of somebody fell away, and with which versions."""
    if not days:
        return "Nothing was published for these days."
    numbers = " and ".join(map(str, versions))
    version = "version" if len(versions) == 1 else "versions"
    return f"{_say_published_days(days, 'fell', 'fell')} away, with {version} {numbers}."


def say_yes_takes_away(days: float) -> str:
    """What becomes of the published days of leave that is agreed to."""
    if not days:
        return "Nothing is published for these days after today."
    return f"{_say_published_days(days, 'falls', 'fall')} away at once."


def say_yes_moves(day: date, name: str, before: str | None, after: str) -> str:
    """What becomes of a published day that is agreed to."""
    instead = say_site(before) if before else "not being planned"
    return f"Agreeing moves {name} at once: {say_site(after)} instead of {instead} {in_words(day)}."


def say_yes_keeps(day: date, name: str, site: str | None) -> str:
    """What becomes of a day that is agreed to, where the officer is there already."""
    return f"{name} is {say_site(site)} {in_words(day)} already. Agreeing notes the wish as well."


PUBLISHED_STAYS = "What is published stays as it is."

NOTED_FOR_NEXT = f"Noted for the next rota. {PUBLISHED_STAYS}"

WEEKDAY_NOTED = (
    "Agreeing notes it for the next rota: it counts whenever the rota is planned from then on. "
    "Days that are published stay as they are."
)

DAY_NOTED = "Nothing is published for that day yet. Agreeing notes it for the next rota."


def say_not_two_seats(day: date, names: Sequence[str]) -> str:
    """Why these, one or both of whom may be "you", have no places to swap."""
    they_are = _say_subject_with_verb(names)
    return f"There are no two places to swap {in_words(day)}: {they_are} not planned that day."


def say_same_site(day: date, names: Sequence[str], site: str) -> str:
    """Why two people in one place have nothing to swap."""
    they_are = _say_subject_with_verb(names)
    return f"There is nothing to swap {in_words(day)}: {they_are} both {say_site(site)}."


def say_may_not_use(day: date, name: str, site: str) -> str:
    """Why a swap does not fit whose place somebody may not take."""
    return f"This swap does not fit {in_words(day)}: {name} may not be {say_site(site)} that day."


def say_locked_seat(day: date, name: str, _: str) -> str:
    """Why a swap does not fit of somebody whose place is locked."""
    own = "your place" if name == YOU else f"the place of {name}"
    return f"This swap does not fit {in_words(day)}: {own} is locked that day."


def say_seat_changed(name: str, before: str, now: str | None, *, is_agreed: bool) -> str:
    """That somebody is elsewhere than they were when a swap was asked for, or agreed to."""
    place_now = say_site(now) if now else "not planned that day"
    when = "both agreed" if is_agreed else "it was asked for"
    return f"{name} is {place_now} now, and was {say_site(before)} when {when}."


def say_no_work_on(name: str, when: str, part: str = WHOLE_DAY) -> str:
    """That somebody does not work on a date or half of it, or on such a weekday."""
    if when in _WEEKDAYS:
        days = f"on {_WEEKDAYS[when]}s"
    else:
        days = in_words(name_part(date.fromisoformat(when), part))
    return (
        f"{_say_subject(name, 'do', 'does')} not work {days}, so this has no effect as things are."
    )


def say_no_work_then(name: str) -> str:
    """That somebody works on none of the days of leave."""
    works = _say_subject(name, "do", "does")
    return f"{works} not work on any of these days, so this has no effect as things are."


def say_no_home_office(name: str) -> str:
    """That somebody cannot work at home."""
    has = _say_subject(name, "have", "has")
    return f"{has} no home office, so this has no effect as things are."


def say_no_account(name: str) -> str:
    """That somebody cannot agree to a swap here."""
    return f"{name} has no account here"


def _say_published_days(days: float, one: str, many: str) -> str:
    return f"{Count(days):published day} {one if days <= 1 else many}"


def _capitalise(words: str) -> str:
    return words[:1].upper() + words[1:]


def _say_subject(name: str, plural: str, singular: str) -> str:
    """The name as the beginning of a sentence, with the verb in the form that fits it."""
    return f"{_capitalise(name)} {plural if name == YOU else singular}"


def _say_subject_with_verb(names: Sequence[str]) -> str:
    """The names as the subject of a sentence with its verb."""
    is_one = len(names) == 1 and names[0] != YOU
    return f"{' and '.join(names)} {'is' if is_one else 'are'}"
