"""The page on which managers answer what officers ask for, one by one or many at once."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.services import agreeing, answers
from rota.services.answers import Outcome
from rota.services.ask_steps import GRANTED
from rota.services.lapsing import Lapsed
from web.acting import the_act, the_database, the_unit
from web.answers.forms import AnswerForm
from web.asks.words import STATES, STRENGTHS_IN_WORDS
from web.words import counted

blueprint = Blueprint("answers", __name__)


@blueprint.get("/units/<int:unit_id>/requests")
def waiting(unit_id: int) -> str:  # noqa: ARG001, the address names it
    """What waits in the reader's teams, with what granting it would do."""
    return _page(AnswerForm())


@blueprint.post("/units/<int:unit_id>/requests")
def answer(unit_id: int) -> Response | tuple[str, int]:
    """Grant or refuse what is selected."""
    form = AnswerForm()
    if not form.validate():
        return _page(form), 422
    outcome = answers.answer(
        the_database(),
        the_act(),
        unit=the_unit(),
        numbers=form.numbers.data,
        outcome=form.outcome.data,
        text=form.text.data or "",
    )
    if outcome.failed and not outcome.answered and len(outcome.failed) == 1:
        raise next(iter(outcome.failed.values()))
    _tell(outcome, "agreed" if form.outcome.data == GRANTED else "refused")
    team = request.args.get("team") or None
    return redirect(url_for("answers.waiting", unit_id=unit_id, team=team), 303)


@blueprint.post("/units/<int:unit_id>/requests/<int:number>/agree-for")
def agree_for(unit_id: int, number: int) -> Response:
    """Agree to a swap for a colleague who has no account."""
    try:
        agreeing.agree_for(the_database(), the_act(), unit=the_unit(), number=number)
        flash("You have agreed for them. The swap waits for an answer now.", "success")
    except Lapsed as error:
        flash(str(error))
    team = request.args.get("team") or None
    return redirect(url_for("answers.waiting", unit_id=unit_id, team=team), 303)


def _page(form: AnswerForm) -> str:
    team = request.args.get("team") or None
    its = answers.inbox(the_database(), the_act(), unit=the_unit(), team=team)
    return render_template(
        "answers/waiting.html",
        its=its,
        form=form,
        team=team,
        STATES=STATES,
        STRENGTHS=STRENGTHS_IN_WORDS,
    )


def _tell(outcome: Outcome, done: str) -> None:
    if outcome.answered:
        flash(f"{counted(len(outcome.answered), 'request')} {done}.", "success")
    for number, error in outcome.failed.items():
        flash(f"Request {number} was not answered: {error}")
