"""The pages on which officers ask for something, and see what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from rota.errors import BadInput, RotaError
from rota.services.answers import swap_view
from rota.services.answers.swap_view import SwapChoices
from rota.services.requests import agreements, new_requests
from rota.services.requests.lapsing import Lapsed
from rota.services.requests.new_requests import must_ask_less
from web.access.request_context import the_act, the_database, the_officer, the_settings
from web.page_parts.form_faults import show_faults
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


@blueprint.before_request
def _must_ask_less() -> None:
    """Refuse officers who ask for more in a day than they may, on any page."""
    if request.method == "POST" and request.endpoint in _ASKING:
        unit, staff_no = the_officer()
        most = the_settings().asks_of_officer
        must_ask_less(the_database(), the_act(), unit=unit, staff_no=staff_no, most=most)


_ASKING = {"asks.new_day", "asks.new_leave", "asks.check_swap"}
"""The pages that send a request."""


@blueprint.get("/asks")
def listed() -> str:
    """All that the officer asked for, and the swaps that colleagues asked them for."""
    unit, staff_no = the_officer()
    summaries = new_requests.list_own_asks(the_database(), the_act(), unit=unit, staff_no=staff_no)
    return render_template(
        "requests/asks.html", summaries=summaries, staff_no=staff_no, STATES=STATES
    )


@blueprint.route("/asks/new/day", methods=["GET", "POST"])
def new_day() -> ResponseReturnValue:
    """Ask for a day at home, at the office or elsewhere."""
    form = AskDayForm()
    if not form.is_submitted():
        return render_template("requests/new_day.html", form=form)
    if form.validate():
        unit, staff_no = the_officer()
        try:
            number = new_requests.ask_for_day(
                the_database(),
                the_act(),
                unit=unit,
                staff_no=staff_no,
                when=form.day_or_weekday,
                wants=form.wants.data,
                strength=int(form.strength.data),
                part=form.part.data,
                note=form.note.data or "",
            )
            return _confirm_ask(number)
        except RotaError as error:
            _show_ask_faults(
                form, error, instead={"when": "date"} if form.when.data == ONE_DATE else {}
            )
    return render_template("requests/new_day.html", form=form), 422


@blueprint.route("/asks/new/leave", methods=["GET", "POST"])
def new_leave() -> ResponseReturnValue:
    """Ask for leave."""
    form = LeaveForm()
    if not form.is_submitted():
        return render_template("requests/new_leave.html", form=form)
    if form.validate():
        unit, staff_no = the_officer()
        try:
            number = new_requests.ask_for_leave(
                the_database(),
                the_act(),
                unit=unit,
                staff_no=staff_no,
                first=form.first.required_day,
                last=form.last.required_day,
                part=form.part.data,
                note=form.note.data or "",
            )
            return _confirm_ask(number)
        except RotaError as error:
            _show_ask_faults(form, error)
    return render_template("requests/new_leave.html", form=form), 422


@blueprint.get("/asks/new/swap")
def new_swap() -> ResponseReturnValue:
    """Choose a day, and then a colleague who is elsewhere that day."""
    form = SwapForm(request.args)
    if "date" not in request.args:
        return render_template("requests/new_swap.html", form=form, choices=None)
    if not form.validate():
        return render_template("requests/new_swap.html", form=form, choices=None), 422
    return _render_choices(form)


@blueprint.route("/asks/new/swap/check", methods=["GET", "POST"])
def check_swap() -> ResponseReturnValue:
    """Show what the swap would do, and ask for it."""
    swap_form = SwapForm(request.values)
    if not swap_form.validate():
        return redirect(url_for("asks.new_swap"), 303)
    if not swap_form.colleague.data:
        swap_form.colleague.errors = ["Select a colleague"]
        return _render_choices(swap_form), 422
    form = ConfirmForm()
    try:
        if form.is_submitted() and form.validate():
            sites = form.own.data or "", form.theirs.data or ""
            new_requests.ask_for_swap(
                the_database(),
                the_act(),
                **_list_swap_arguments(swap_form),
                note=form.note.data or "",
                sites_shown=sites if all(sites) else None,
            )
            return _confirm("You have asked for the swap. Your colleague has been told.")
        view = swap_view.load_swap_view(
            the_database(), the_act(), **_list_swap_arguments(swap_form)
        )
    except RotaError as error:
        swap_form.colleague.errors = [str(error)]
        return _render_choices(swap_form), 422
    page = render_template("requests/check_swap.html", form=form, swap_form=swap_form, view=view)
    return (page, 422) if form.errors else page


@blueprint.get("/asks/<int:number>")
def one(number: int) -> str:
    """One request, with what a swap would do, and the ways to decide on it."""
    return _render_one(number, DeclineForm())


@blueprint.post("/asks/<int:number>/withdraw")
def withdraw(number: int) -> Response:
    """Take back a request."""
    unit, _ = the_officer()
    new_requests.withdraw(the_database(), the_act(), unit=unit, number=number)
    return _confirm("You have withdrawn it.")


@blueprint.post("/asks/<int:number>/agree")
def agree(number: int) -> Response:
    """Agree to a swap."""
    unit, _ = the_officer()
    try:
        agreements.agree(the_database(), the_act(), unit=unit, number=number)
    except Lapsed as error:
        flash(str(error))
        return redirect(url_for("asks.listed"), 303)
    return _confirm("You have agreed to the swap. A manager decides on it now.")


@blueprint.post("/asks/<int:number>/decline")
def decline(number: int) -> ResponseReturnValue:
    """Decline a swap, or take back that one agreed to it."""
    form = DeclineForm()
    if not form.validate():
        return _render_one(number, form), 422
    unit, _ = the_officer()
    text = form.text.data or ""
    agreements.decline(the_database(), the_act(), unit=unit, number=number, text=text)
    return _confirm("The swap is off: you do not agree to it.")


def _list_swap_arguments(swap_form: SwapForm) -> dict[str, Any]:
    """Who would swap with whom, and when."""
    unit, staff_no = the_officer()
    day, colleague_no = swap_form.date.required_day, swap_form.colleague.data
    return {"unit": unit, "staff_no": staff_no, "with_staff_no": colleague_no, "day": day}


def _render_choices(form: SwapForm) -> str:
    unit, staff_no = the_officer()
    choices = swap_view.list_swap_choices(
        the_database(), the_act(), unit=unit, staff_no=staff_no, day=form.date.required_day
    )
    form.date.process_data(form.date.required_day)
    form.colleague.choices = [SelectChoice("", "Select a colleague"), *_list_options(choices)]
    return render_template("requests/new_swap.html", form=form, choices=choices)


def _list_options(choices: SwapChoices) -> Iterator[SelectChoice]:
    for colleague in choices.colleagues:
        yield SelectChoice(
            colleague.staff_no, f"{colleague.name}, {colleague.team} ({place(colleague.site)})"
        )


def _render_one(number: int, form: DeclineForm) -> str:
    unit, _ = the_officer()
    view = swap_view.load_ask_view(the_database(), the_act(), unit=unit, number=number)
    return render_template("requests/ask.html", view=view, form=form, STATES=STATES)


def _confirm_ask(number: int) -> Response:
    unit, _ = the_officer()
    summary = swap_view.load_ask_view(the_database(), the_act(), unit=unit, number=number).summary
    if summary.remark:
        flash(summary.remark)
    return _confirm("You have asked for it. Your manager has been told.")


def _confirm(sentence: str) -> Response:
    flash(sentence, "success")
    return redirect(url_for("asks.listed"), 303)


def _show_ask_faults(
    form: FlaskForm, error: RotaError, instead: Mapping[str, str] | None = None
) -> None:
    """Show each fault beside its field; `instead` has the fields of columns with other names."""
    if not isinstance(error, BadInput):
        form.form_errors.append(str(error))
        return
    names = instead or {}
    faults = (
        replace(fault, column=names.get(fault.column or "", fault.column)) for fault in error.faults
    )
    show_faults(form, BadInput(faults))
