"""What officers ask for, in words, and the messages about it."""

from __future__ import annotations

from collections.abc import Sequence
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

_YOU = "you"
"""What a reader is called among names."""


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


def no_two_places(day: date, names: Sequence[str]) -> str:
    """Why these, one or both of whom may be "you", have no places to swap."""
    return f"There are no two places to swap {in_words(day)}: {_are(names)} not planned that day."


def same_place(day: date, names: Sequence[str], site: str) -> str:
    """Why two people in one place have nothing to swap."""
    return f"There is nothing to swap {in_words(day)}: {_are(names)} both {at(site)}."


def no_use(day: date, name: str, site: str) -> str:
    """Why a swap does not fit whose place somebody may not take."""
    return f"This swap does not fit {in_words(day)}: {name} may not be {at(site)} that day."


def locked_place(day: date, name: str, _: str) -> str:
    """Why a swap does not fit of somebody whose place is locked."""
    own = "your place" if name == _YOU else f"the place of {name}"
    return f"This swap does not fit {in_words(day)}: {own} is locked that day."


def place_changed(name: str, before: str, now: str | None, *, is_agreed: bool) -> str:
    """That somebody is elsewhere than they were when a swap was asked for, or agreed to."""
    where = at(now) if now else "not planned that day"
    when = "both agreed" if is_agreed else "it was asked for"
    return f"{name} is {where} now, and was {at(before)} when {when}."


def no_account(name: str) -> str:
    """That somebody cannot agree to a swap here."""
    return f"{name} has no account here"


def to_colleague(
    name: str,
    unit: str,
    *,
    asker: str,
    day: date,
    own: str,
    theirs: str,
    note: str,
    has_account: bool,
) -> Notice:
    """To somebody who is asked for a swap; `own` is where they are, `theirs` where the asker is."""
    how = (
        "Please agree or decline on the page Ask. If you agree, a manager decides."
        if has_account
        else "You have no account here: please tell your manager whether you agree."
    )
    says = f"{asker} asks you for a swap {in_words(day)}: {_exchange(asker, own, theirs)}."
    subject = f"{asker} asks you for a swap {in_words(day)}"
    return Notice(subject, letter(name, unit, [says, *_said(asker, note), how]))


def to_colleague_agreed_for(
    name: str, unit: str, *, asker: str, day: date, own: str, theirs: str, by: str
) -> Notice:
    """To somebody for whom a manager agreed to a swap."""
    says = (
        f"{by} has agreed for you to a swap with {asker} {in_words(day)}: "
        f"{_exchange(asker, own, theirs)}. A manager decides on it now."
    )
    how = "If you did not say yes to that, please tell your manager at once."
    return Notice(
        f"{by} has agreed for you to a swap {in_words(day)}", letter(name, unit, [says, how])
    )


def to_asker_agreed_for(name: str, unit: str, *, asked: str, colleague: str, by: str) -> Notice:
    """To whoever asked for a swap, to which a manager agreed for the colleague."""
    says = f"You asked for {asked}. {by} has agreed to it for {colleague}. A manager decides on it."
    return Notice(f"Agreed for {colleague}: {asked}", letter(name, unit, [says]))


def of_lapse(name: str, unit: str, *, other: str, day: date, reason: str, is_asker: bool) -> Notice:
    """To one of the two whose swap has lapsed."""
    says = (
        f"The swap that you and {other} were to make {in_words(day)} has lapsed, and nothing was "
        f"changed by it. {reason}"
    )
    again = "If you still want it, ask again." if is_asker else "There is nothing for you to do."
    return Notice(f"Lapsed: {swap_asked(other, day)}", letter(name, unit, [says, again]))


def of_withdrawal(name: str, unit: str, *, asker: str, day: date) -> Notice:
    """To a colleague who was asked for a swap that the asker does not want any more."""
    says = f"{asker} has withdrawn the swap {in_words(day)} that you were asked for."
    return Notice(f"Withdrawn: a swap with {asker} {in_words(day)}", letter(name, unit, [says]))


def to_manager_of_end(
    name: str, unit: str, *, asker: str, asked: str, outcome: str, by: str, text: str
) -> Notice:
    """To a manager, for whose answer something waited that does not wait any more."""
    says = f"{asker} asked for {asked}. {by} has {outcome} it, so that it waits for you no longer."
    subject = f"{outcome.capitalize()}: {asker} asked for {asked}"
    return Notice(subject, letter(name, unit, [says, *_said(by, text)]))


def to_manager_without_account(
    name: str, unit: str, *, asker: str, asked: str, colleague: str, note: str
) -> Notice:
    """To a manager, of a swap to which the colleague cannot agree here."""
    how = (
        f"{no_account(colleague)}. If they say yes, you can agree for them on the page Requests, "
        "and then decide."
    )
    says = f"{asker} asks for {asked}."
    return Notice(f"{asker} asks for {asked}", letter(name, unit, [says, *_said(asker, note), how]))


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


def _exchange(asker: str, own: str, theirs: str) -> str:
    return f"you would be {at(theirs)} instead of {at(own)}, and {asker} {at(own)}"


def _are(names: Sequence[str]) -> str:
    """The names as the subject of a sentence with its verb."""
    is_one = len(names) == 1 and names[0] != _YOU
    return f"{' and '.join(names)} {'is' if is_one else 'are'}"
