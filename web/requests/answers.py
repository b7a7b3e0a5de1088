"""The page on which managers answer what officers ask for, one by one or many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.services.answers import decisions, inbox
from rota.services.answers.decisions import AnswerOutcome
from rota.services.publishing.door import Unacknowledged
from rota.services.requests import agreements
from rota.services.requests.lapsing import Lapsed
from rota.services.requests.request_states import GRANTED, NOTED, REFUSED
from web.access.request_context import the_act, the_database, the_unit
from web.page_parts.actor_names import look_up_actors
from web.page_parts.words import counted
from web.requests.answer_forms import AnswerForm
from web.requests.ask_words import STATES, STRENGTHS_IN_WORDS

blueprint = Blueprint("answers", __name__)


@blueprint.get("/units/<int:unit_id>/requests")
def waiting(unit_id: int) -> str:  # noqa: ARG001, the address names it
    """What waits in the reader's teams, with what granting it would do."""
    return _page(AnswerForm())


@blueprint.post("/units/<int:unit_id>/requests")
def answer(unit_id: int) -> Response | tuple[str, int]:
    """Grant, note or refuse what is selected."""
    form = AnswerForm()
    if not form.validate():
        return _page(form), 422
    outcome = decisions.answer(
        the_database(),
        the_act(),
        unit=the_unit(),
        numbers=form.numbers.data,
        outcome=form.outcome.data,
        text=form.text.data or "",
        seals=dict(_seals(form)),
        acknowledgement=form.acknowledgement.data,
    )
    if refused := _unacknowledged(outcome):
        return _ask_why(form, outcome, refused), 422
    failed = [*outcome.failed.values()]
    if len(failed) == 1 and not outcome.states and not isinstance(failed[0], Lapsed):
        raise failed[0]
    _tell(outcome)
    team = request.args.get("team") or None
    return redirect(url_for("answers.waiting", unit_id=unit_id, team=team), 303)


@blueprint.post("/units/<int:unit_id>/requests/<int:number>/agree-for")
def agree_for(unit_id: int, number: int) -> Response:
    """Agree to a swap for a colleague who has no account."""
    try:
        agreements.agree_for(the_database(), the_act(), unit=the_unit(), number=number)
        flash("You have agreed for them. The swap waits for an answer now.", "success")
    except Lapsed as error:
        flash(str(error))
    team = request.args.get("team") or None
    return redirect(url_for("answers.waiting", unit_id=unit_id, team=team), 303)


def _seals(form: AnswerForm) -> Iterator[tuple[int, str]]:
    """The seals of what was shown, by number, of what is chosen."""
    chosen = {f"{number}": number for number in form.numbers.data}
    for sent in form.seals.data or ():
        number, _, seal = sent.partition(" ")
        if number in chosen:
            yield chosen[number], seal


def _unacknowledged(outcome: AnswerOutcome) -> dict[int, Unacknowledged]:
    """What was not granted since nobody has said why, although it breaks more, by number."""
    failed = outcome.failed.items()
    return {number: error for number, error in failed if isinstance(error, Unacknowledged)}


def _ask_why(
    form: AnswerForm, outcome: AnswerOutcome, refused: Mapping[int, Unacknowledged]
) -> str:
    """The page again, with what would be broken, and with these alone selected."""
    others = {number: error for number, error in outcome.failed.items() if number not in refused}
    _tell(replace(outcome, failed=others))
    form.numbers.data = [*refused]
    form.acknowledgement.errors = ["Enter why you agree, although more is broken then"]
    return _page(form, refused)


def _page(form: AnswerForm, refused: Mapping[int, Unacknowledged] | None = None) -> str:
    team = request.args.get("team") or None
    its = inbox.load_inbox(the_database(), the_act(), unit=the_unit(), team=team)
    kept = (who for asked in its.answered for who in (asked.ask.decided_by, asked.ask.agreed_by))
    look_up_actors(who or "" for who in kept)
    errors = [*(refused or {}).values()]
    return render_template(
        "requests/waiting.html",
        its=its,
        form=form,
        team=team,
        breaches=[breach for error in errors for breach in error.breaches],
        left_out=sum(error.left_out for error in errors),
        STATES=STATES,
        STRENGTHS=STRENGTHS_IN_WORDS,
    )


_DONE = {GRANTED: "agreed", NOTED: "noted for the next rota", REFUSED: "refused"}
"""What is said of the requests that end in a state."""


def _tell(outcome: AnswerOutcome) -> None:
    for state, number in Counter(outcome.states.values()).items():
        flash(f"{counted(number, 'request')} {_DONE[state]}.", "success")
    for number, error in outcome.failed.items():
        flash(f"Not answered: {outcome.descriptions[number]}. {error}")
