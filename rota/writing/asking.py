"""What officers ask for, in words, and the messages about it."""

from __future__ import annotations

from datetime import date

from rota.domain import WEEKDAYS, in_words
from rota.writing.notice import Notice, at, letter, short

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


def day_asked(when: str, wants: str) -> str:
    """A day at a kind of site, on a date or on every such weekday, such as Mon."""
    if when in _WEEKDAYS:
        return f"every {_WEEKDAYS[when]} {_PLACES[wants]}"
    return f"a day {_PLACES[wants]} {in_words(date.fromisoformat(when))}"


def leave_asked(first: date, last: date) -> str:
    """Leave, both ends included."""
    if first == last:
        return f"leave {in_words(first)}"
    return f"leave from {short(first)} to {short(last)}"


def swap_asked(name: str, day: date) -> str:
    """A swap with somebody."""
    return f"a swap with {name} {in_words(day)}"


def to_colleague(
    name: str, unit: str, *, asker: str, day: date, own: str, theirs: str, note: str
) -> Notice:
    """To somebody who is asked for a swap; `own` is where they are, `theirs` where the asker is."""
    return Notice(
        f"{asker} asks you for a swap {in_words(day)}",
        letter(
            name,
            unit,
            [
                f"{asker} asks you for a swap {in_words(day)}: you would be {at(theirs)} instead "
                f"of {at(own)}, and {asker} {at(own)}.",
                *_said(asker, note),
                "Please agree or decline on the page Ask. If you agree, a manager decides.",
            ],
        ),
    )


def to_manager(name: str, unit: str, *, asker: str, asked: str, note: str) -> Notice:
    """To a manager, for whose answer something waits."""
    return Notice(
        f"{asker} asks for {asked}",
        letter(
            name,
            unit,
            [
                f"{asker} asks for {asked}.",
                *_said(asker, note),
                "It waits for an answer on the page Requests.",
            ],
        ),
    )


def to_asker(name: str, unit: str, *, asked: str, outcome: str, by: str, text: str) -> Notice:
    """To whoever asked, of what somebody did with it, such as granted."""
    says = f"You asked for {asked}. {by} has {outcome} it."
    return Notice(f"{outcome.capitalize()}: {asked}", letter(name, unit, [says, *_said(by, text)]))


def _said(who: str, text: str) -> list[str]:
    return [f"{who} writes: {text}"] if text else []
