"""The page on which managers answer requests, one by one or many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.services.answers import decisions, inbox
from rota.services.answers.decisions import AnswerOutcome
from rota.services.publishing.publish import Unacknowledged
from rota.services.requests import agreements
from rota.services.requests.lapsing import Lapsed
from rota.services.requests.request_states import GRANTED, NOTED, REFUSED
from web.access.request_context import the_act, the_database, the_unit
from web.page_parts.actor_names import load_actor_names
from web.page_parts.words import counted
from web.requests.answer_forms import AnswerForm
from web.requests.ask_words import STATES, STRENGTHS_IN_WORDS

blueprint = Blueprint("answers", __name__)


@blueprint.get("/units/<int:unit_id>/requests")
def waiting(unit_id: int) -> str:  # noqa: ARG001, the address names it
    """What waits in the teams of the user, and what granting it would do."""
    return _render_inbox(AnswerForm())


@blueprint.post("/units/<int:unit_id>/requests")
def answer(unit_id: int) -> Response | tuple[str, int]:
    """Grant, note or refuse what is selected."""
    form = AnswerForm()
    if not form.validate():
        return _render_inbox(form), 422
    outcome = decisions.answer(
        the_database(),
        the_act(),
        unit=the_unit(),
        numbers=form.numbers.data,
        outcome=form.outcome.data,
        text=form.text.data or "",
        seals=dict(_read_seals(form)),
        acknowledgement=form.acknowledgement.data,
    )
    if refused := _find_unacknowledged(outcome):
        return _ask_why(form, outcome, refused), 422
    failed = [*outcome.failed.values()]
    if len(failed) == 1 and not outcome.states and not isinstance(failed[0], Lapsed):
        raise failed[0]
    _flash_outcome(outcome)
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


def _read_seals(form: AnswerForm) -> Iterator[tuple[int, str]]:
    """The seals of the selected requests, by number, as the page showed them."""
    numbers = {f"{number}": number for number in form.numbers.data}
    for line in form.seals.data or ():
        number, _, seal = line.partition(" ")
        if number in numbers:
            yield numbers[number], seal


def _find_unacknowledged(outcome: AnswerOutcome) -> dict[int, Unacknowledged]:
    """The requests that need a reason, since granting them breaks more, by number."""
    failed = outcome.failed.items()
    return {number: error for number, error in failed if isinstance(error, Unacknowledged)}


def _ask_why(
    form: AnswerForm, outcome: AnswerOutcome, refused: Mapping[int, Unacknowledged]
) -> str:
    """The page again, with what would be broken, and only these requests selected."""
    other_failures = {
        number: error for number, error in outcome.failed.items() if number not in refused
    }
    _flash_outcome(replace(outcome, failed=other_failures))
    form.numbers.data = [*refused]
    form.acknowledgement.errors = ["Enter why you agree, although more is broken then"]
    return _render_inbox(form, refused)


def _render_inbox(form: AnswerForm, refused: Mapping[int, Unacknowledged] | None = None) -> str:
    team = request.args.get("team") or None
    view = inbox.load_inbox(the_database(), the_act(), unit=the_unit(), team=team)
    asks = [summary.ask for summary in view.answered]
    load_actor_names(actor or "" for ask in asks for actor in (ask.decided_by, ask.agreed_by))
    errors = [*(refused or {}).values()]
    return render_template(
        "requests/waiting.html",
        view=view,
        form=form,
        team=team,
        breaches=[breach for error in errors for breach in error.breaches],
        left_out=sum(error.left_out for error in errors),
        STATES=STATES,
        STRENGTHS=STRENGTHS_IN_WORDS,
    )


_OUTCOME_WORDS = {GRANTED: "agreed", NOTED: "noted for the next rota", REFUSED: "refused"}
"""The words for the requests that end in a state."""


def _flash_outcome(outcome: AnswerOutcome) -> None:
    for state, number in Counter(outcome.states.values()).items():
        flash(f"{counted(number, 'request')} {_OUTCOME_WORDS[state]}.", "success")
    for number, error in outcome.failed.items():
        flash(f"Not answered: {outcome.descriptions[number]}. {error}")
