"""The messages about what officers ask for: to colleagues, managers, and whoever asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rota.domain import in_words
from rota.writing.notice import Notice, build_body, say_site
from rota.writing.request_sentences import say_no_account, say_swap_asked

_NOTED = "noted it for the next rota", "Noted for the next rota"
"""What somebody did with a wish that counts when the rota is planned, and the subject of that."""


def build_notice_to_colleague(
    name: str,
    unit: str,
    *,
    asker: str,
    day: date,
    own_site: str,
    asker_site: str,
    note: str,
    has_account: bool,
) -> Notice:
    """To somebody who is asked for a swap.

    `own_site` is where the reader is, `asker_site` where the asker is.
    """
    next_step = (
        "Please agree or decline on the page Ask. If you agree, a manager decides."
        if has_account
        else "You have no account here: please tell your manager whether you agree."
    )
    exchange = _say_exchange(asker, own_site, asker_site)
    sentence = f"{asker} asks you for a swap {in_words(day)}: {exchange}."
    subject = f"{asker} asks you for a swap {in_words(day)}"
    return Notice(subject, build_body(name, unit, [sentence, *_quote(asker, note), next_step]))


def build_notice_to_colleague_agreed_for(
    name: str, unit: str, *, asker: str, day: date, own_site: str, asker_site: str, by: str
) -> Notice:
    """To somebody for whom a manager agreed to a swap."""
    sentence = (
        f"{by} has agreed for you to a swap with {asker} {in_words(day)}: "
        f"{_say_exchange(asker, own_site, asker_site)}. A manager decides on it now."
    )
    next_step = "If you did not say yes to that, please tell your manager at once."
    return Notice(
        f"{by} has agreed for you to a swap {in_words(day)}",
        build_body(name, unit, [sentence, next_step]),
    )


def build_notice_to_asker_agreed_for(
    name: str, unit: str, *, request: str, colleague: str, by: str
) -> Notice:
    """To whoever asked for a swap, to which a manager agreed for the colleague."""
    sentence = (
        f"You asked for {request}. {by} has agreed to it for {colleague}. A manager decides on it."
    )
    return Notice(f"Agreed for {colleague}: {request}", build_body(name, unit, [sentence]))


def build_notice_of_lapse(
    name: str, unit: str, *, other_name: str, day: date, reason: str, is_asker: bool
) -> Notice:
    """To one of the two whose swap has lapsed."""
    sentence = (
        f"The swap that you and {other_name} were to make {in_words(day)} has lapsed, and nothing "
        f"was changed by it. {reason}"
    )
    again = "If you still want it, ask again." if is_asker else "There is nothing for you to do."
    return Notice(
        f"Lapsed: {say_swap_asked(other_name, day)}", build_body(name, unit, [sentence, again])
    )


def build_notice_of_withdrawal(name: str, unit: str, *, asker: str, day: date) -> Notice:
    """To a colleague who was asked for a swap that the asker does not want any more."""
    sentence = f"{asker} has withdrawn the swap {in_words(day)} that you were asked for."
    return Notice(
        f"Withdrawn: a swap with {asker} {in_words(day)}", build_body(name, unit, [sentence])
    )


def build_notice_of_refusal(name: str, unit: str, *, asker: str, day: date, by: str) -> Notice:
    """To a colleague who agreed to a swap that a manager refused."""
    sentence = f"You agreed to a swap with {asker} {in_words(day)}. {by} has refused it."
    return Notice(
        f"Refused: a swap with {asker} {in_words(day)}", build_body(name, unit, [sentence])
    )


def build_notice_to_manager_of_end(
    name: str, unit: str, *, asker: str, request: str, outcome: str, by: str, text: str
) -> Notice:
    """To a manager, for whose answer something waited that does not wait any more."""
    sentence = (
        f"{asker} asked for {request}. {by} has {outcome} it, so that it waits for you no longer."
    )
    subject = f"{outcome.capitalize()}: {asker} asked for {request}"
    return Notice(subject, build_body(name, unit, [sentence, *_quote(by, text)]))


def build_notice_to_manager_without_account(
    name: str, unit: str, *, asker: str, request: str, colleague: str, note: str
) -> Notice:
    """To a manager, of a swap to which the colleague cannot agree here."""
    next_step = (
        f"{say_no_account(colleague)}. If they say yes, you can agree for them on the page "
        "Requests, and then decide."
    )
    sentence = f"{asker} asks for {request}."
    return Notice(
        f"{asker} asks for {request}",
        build_body(name, unit, [sentence, *_quote(asker, note), next_step]),
    )


def build_notice_to_manager(name: str, unit: str, *, asker: str, request: str, note: str) -> Notice:
    """To a manager, for whose answer something waits."""
    return Notice(
        f"{asker} asks for {request}",
        build_body(
            name,
            unit,
            [
                f"{asker} asks for {request}.",
                *_quote(asker, note),
                "It waits for an answer on the page Requests.",
            ],
        ),
    )


def build_notice_to_asker(
    name: str, unit: str, *, request: str, outcome: str, by: str, result: str, text: str
) -> Notice:
    """To whoever asked, of what somebody did with it, such as granted, and what came of it."""
    deed, subject = _NOTED if outcome == "noted" else (f"{outcome} it", outcome.capitalize())
    sentence = f"You asked for {request}. {by} has {deed}."
    parts = [f"{sentence} {result}".strip(), *_quote(by, text)]
    return Notice(f"{subject}: {request}", build_body(name, unit, parts))


def build_notice_to_manager_of_breakage(
    name: str, unit: str, *, asker: str, request: str, broken_rules: Sequence[str]
) -> Notice:
    """To a manager, of what gets worse with something that was granted."""
    lines = "\n".join(f"- {line}" for line in broken_rules)
    sentence = (
        f"{asker} asked for {request}, and it was granted. In what is published this gets worse:"
    )
    return Notice(
        f"To be mended: {asker} asked for {request}",
        build_body(name, unit, [f"{sentence}\n\n{lines}"]),
    )


def _quote(speaker: str, text: str) -> list[str]:
    return [f"{speaker} writes: {text}"] if text else []


def _say_exchange(asker: str, own_site: str, asker_site: str) -> str:
    reader_now, reader_then = say_site(own_site), say_site(asker_site)
    return f"you would be {reader_then} instead of {reader_now}, and {asker} {reader_now}"
