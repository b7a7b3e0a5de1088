"""The pages on which officers ask, and see what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from rota.errors import BadInput, RotaError
from rota.services.answers import swap_view
from rota.services.answers.swap_view import SwapChoices
from rota.services.requests import agreements, new_requests
from rota.services.requests.lapsing import Lapsed
from rota.services.requests.new_requests import must_ask_less
from web.access.request_context import the_act, the_database, the_own, the_settings
from web.page_parts.form_faults import blame
from web.page_parts.words import place
from web.requests.ask_forms import (
    ONE_DATE,
    AskDayForm,
    ConfirmForm,
    DeclineForm,
    LeaveForm,
    SwapForm,
)
from web.requests.ask_words import STATES

blueprint = Blueprint("asks", __name__)

Shown = Response | str | tuple[str, int]


@blueprint.before_request
def _must_ask_less() -> None:
    """Let nobody ask for more in a day than they may, on whichever page."""
    if request.method == "POST" and request.endpoint in _ASKING:
        unit, staff_no = the_own()
        most = the_settings().asks_of_officer
        must_ask_less(the_database(), the_act(), unit=unit, staff_no=staff_no, most=most)


_ASKING = {"asks.new_day", "asks.new_leave", "asks.check_swap"}
"""The pages by which something is asked for."""


@blueprint.get("/asks")
def listed() -> str:
    """All that the officer asked for, and the swaps that they were asked for."""
    unit, staff_no = the_own()
    its = new_requests.list_own_asks(the_database(), the_act(), unit=unit, staff_no=staff_no)
    return render_template("requests/asks.html", asked=its, staff_no=staff_no, STATES=STATES)


@blueprint.route("/asks/new/day", methods=["GET", "POST"])
def new_day() -> Shown:
    """Ask for a day at home, at the office or elsewhere."""
    form = AskDayForm()
    if not form.is_submitted():
        return render_template("requests/new_day.html", form=form)
    if form.validate():
        unit, staff_no = the_own()
        try:
            number = new_requests.ask_for_day(
                the_database(),
                the_act(),
                unit=unit,
                staff_no=staff_no,
                when=form.day_or_weekday,
                wants=form.wants.data,
                strength=int(form.strength.data),
                note=form.note.data or "",
            )
            return _asked(number)
        except RotaError as error:
            _blame(form, error, instead={"when": "date"} if form.when.data == ONE_DATE else {})
    return render_template("requests/new_day.html", form=form), 422


@blueprint.route("/asks/new/leave", methods=["GET", "POST"])
def new_leave() -> Shown:
    """Ask for leave."""
    form = LeaveForm()
    if not form.is_submitted():
        return render_template("requests/new_leave.html", form=form)
    if form.validate():
        unit, staff_no = the_own()
        try:
            number = new_requests.ask_for_leave(
                the_database(),
                the_act(),
                unit=unit,
                staff_no=staff_no,
                first=form.first.chosen,
                last=form.last.chosen,
                note=form.note.data or "",
            )
            return _asked(number)
        except RotaError as error:
            _blame(form, error)
    return render_template("requests/new_leave.html", form=form), 422


@blueprint.get("/asks/new/swap")
def new_swap() -> Shown:
    """Choose a day, and then a colleague who is elsewhere that day."""
    form = SwapForm(request.args)
    if "date" not in request.args:
        return render_template("requests/new_swap.html", form=form, choices=None)
    if not form.validate():
        return render_template("requests/new_swap.html", form=form, choices=None), 422
    return _choose(form)


@blueprint.route("/asks/new/swap/check", methods=["GET", "POST"])
def check_swap() -> Shown:
    """Show what the swap would do, and ask for it."""
    chosen = SwapForm(request.values)
    if not chosen.validate():
        return redirect(url_for("asks.new_swap"), 303)
    if not chosen.colleague.data:
        chosen.colleague.errors = ["Select a colleague"]
        return _choose(chosen), 422
    form = ConfirmForm()
    try:
        if form.is_submitted() and form.validate():
            places = form.own.data or "", form.theirs.data or ""
            new_requests.ask_for_swap(
                the_database(),
                the_act(),
                **_swap(chosen),
                note=form.note.data or "",
                sites_shown=places if all(places) else None,
            )
            return _done("You have asked for the swap. Your colleague has been told.")
        look = swap_view.load_swap_view(the_database(), the_act(), **_swap(chosen))
    except RotaError as error:
        chosen.colleague.errors = [str(error)]
        return _choose(chosen), 422
    page = render_template("requests/check_swap.html", form=form, chosen=chosen, look=look)
    return (page, 422) if form.errors else page


@blueprint.get("/asks/<int:number>")
def one(number: int) -> str:
    """Something asked for, with what a swap would do, and the ways to decide on it."""
    return _one(number, DeclineForm())


@blueprint.post("/asks/<int:number>/withdraw")
def withdraw(number: int) -> Response:
    """Take back what one asked for."""
    unit, _ = the_own()
    new_requests.withdraw(the_database(), the_act(), unit=unit, number=number)
    return _done("You have withdrawn it.")


@blueprint.post("/asks/<int:number>/agree")
def agree(number: int) -> Response:
    """Agree to a swap."""
    unit, _ = the_own()
    try:
        agreements.agree(the_database(), the_act(), unit=unit, number=number)
    except Lapsed as error:
        flash(str(error))
        return redirect(url_for("asks.listed"), 303)
    return _done("You have agreed to the swap. A manager decides on it now.")


@blueprint.post("/asks/<int:number>/decline")
def decline(number: int) -> Shown:
    """Decline a swap, or take back that one agreed to it."""
    form = DeclineForm()
    if not form.validate():
        return _one(number, form), 422
    unit, _ = the_own()
    text = form.text.data or ""
    agreements.decline(the_database(), the_act(), unit=unit, number=number, text=text)
    return _done("The swap is off: you do not agree to it.")


def _swap(chosen: SwapForm) -> dict[str, Any]:
    """Who would swap with whom, and when."""
    unit, staff_no = the_own()
    day, other = chosen.date.chosen, chosen.colleague.data
    return {"unit": unit, "staff_no": staff_no, "with_staff_no": other, "day": day}


def _choose(form: SwapForm) -> str:
    unit, staff_no = the_own()
    choices = swap_view.list_swap_choices(
        the_database(), the_act(), unit=unit, staff_no=staff_no, day=form.date.chosen
    )
    form.date.process_data(form.date.chosen)
    form.colleague.choices = [SelectChoice("", "Select a colleague"), *_options(choices)]
    return render_template("requests/new_swap.html", form=form, choices=choices)


def _options(choices: SwapChoices) -> Iterator[SelectChoice]:
    for its in choices.colleagues:
        yield SelectChoice(its.staff_no, f"{its.name}, {its.team} ({place(its.site)})")


def _one(number: int, form: DeclineForm) -> str:
    unit, _ = the_own()
    its = swap_view.load_ask_view(the_database(), the_act(), unit=unit, number=number)
    return render_template("requests/ask.html", its=its, form=form, STATES=STATES)


def _asked(number: int) -> Response:
    unit, _ = the_own()
    asked = swap_view.load_ask_view(the_database(), the_act(), unit=unit, number=number).summary
    if asked.remark:
        flash(asked.remark)
    return _done("You have asked for it. Your manager has been told.")


def _done(says: str) -> Response:
    flash(says, "success")
    return redirect(url_for("asks.listed"), 303)


def _blame(form: FlaskForm, error: RotaError, instead: Mapping[str, str] | None = None) -> None:
    """Tell what is wrong beside its field; `instead` names fields of columns called otherwise."""
    if not isinstance(error, BadInput):
        form.form_errors.append(str(error))
        return
    names = instead or {}
    faults = (replace(its, column=names.get(its.column or "", its.column)) for its in error.faults)
    blame(form, BadInput(faults))
