"""The pages of the board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rota.errors import NotFound, RotaError
from rota.services.drafts.day_edits import Clear, DayEdit, DraftDay, Lock, MoveToKind, Unlock
from rota.services.drafts.edits import EditedDraft
from rota.services.drafts.edits import edit as edit_draft
from rota.services.rotas import board
from rota.services.rotas.board import MOST_WEEKS, Board, BoardSheet, RotaChoice
from web.access.request_context import the_act, the_database, the_rights, the_unit
from web.board import board_forms, board_table, breaches, edit_answers
from web.board.board_forms import EditForm, ViewForm
from web.board.cells import Faces
from web.board.officer_panel import OfficerDays
from web.errors import find_status
from web.page_parts.converters import read_row_number
from web.page_parts.dates import read_date_argument

blueprint = Blueprint("board", __name__, url_prefix="/units/<int:unit_id>")


@blueprint.get("/board")
def show(unit_id: int) -> ResponseReturnValue:
    """The board."""
    return _show("board/board.html", unit_id)


@blueprint.get("/print")
def printed(unit_id: int) -> ResponseReturnValue:
    """The board for paper, which hangs on walls: breaches are left out."""
    return _show("board/print.html", unit_id, is_told=False)


@blueprint.get("/board/breaches")
def breach_list(unit_id: int) -> str:  # noqa: ARG001
    """The list of breaches alone, which the board asks for after a change."""
    sheet = _load_sheet()
    return breaches.draw_breaches(sheet, ViewForm(request.args).chosen(sheet))


@blueprint.get("/board/officers/<path:staff_no>")
def officer(unit_id: int, staff_no: str) -> ResponseReturnValue:
    """The days of one officer, to be changed without any script."""
    sheet = _load_sheet()
    if staff_no not in sheet.problem.officers:
        raise NotFound(f"{staff_no} is not a staff number in {sheet.unit}.")
    return render_template(
        "board/officer.html",
        officer_days=OfficerDays(sheet, staff_no),
        form=EditForm(),
        unit_id=unit_id,
        changed_day=read_date_argument("changed"),
        undo=_read_undo(),
    )


@blueprint.post("/board/edit")
def edit(unit_id: int) -> ResponseReturnValue:
    """Change an officer's day."""
    form = EditForm()
    is_program = request.accept_mimetypes.best == "application/json"
    try:
        answer = _edit(form)
    except RotaError as error:
        if not is_program:
            raise
        return jsonify(says=str(error)), find_status(error)
    if is_program:
        return jsonify(answer)
    for category, sentences in (("success", ["says"]), ("info", ["worse", "better"])):
        sentences_of_answer = " ".join(edit_answers.list_sentences(answer, sentences))
        if sentences_of_answer:
            flash(sentences_of_answer, category)
    day, start = form.dates
    return redirect(
        url_for(
            "board.officer",
            unit_id=unit_id,
            staff_no=form.staff_no.data,
            start=max(day - timedelta(days=day.weekday()), start),
            changed=day,
            undo_action=answer["undo"]["action"],
            undo_site=answer["undo"]["site"],
            undo_revision=answer["revision"],
            undone=form.undoing.data or None,
        ),
        303,
    )


def _edit(form: EditForm) -> dict[str, Any]:
    if not form.validate():
        raise RotaError("The change could not be understood; load the page again.")
    try:
        day, start = form.dates
    except ValueError:
        raise RotaError("The change could not be understood; load the page again.") from None
    edited = _edit_draft(form, day, start)
    first, weeks = read_date_argument("start") or start, _read_weeks()
    before, after = (
        board.build_sheet(the_act(), view, unit=the_unit(), start=first, weeks=weeks)
        for view in (edited.before, edited.after)
    )
    return edit_answers.build_answer(edited, before, after, form.staff_no.data, day)


def _edit_draft(form: EditForm, day: date, start: date) -> EditedDraft:
    about = DraftDay(
        unit=the_unit(),
        staff_no=form.staff_no.data,
        day=day,
        start=start,
        revision=form.revision.data,
    )
    return edit_draft(the_database(), the_act(), about, _read_day_edit(form))


def _read_day_edit(form: EditForm) -> DayEdit:
    site = form.site.data or ""
    match form.action.data:
        case board_forms.MOVE:
            return board_forms.read_move(site)
        case board_forms.TO_KIND:
            return MoveToKind(site)
        case board_forms.CLEAR:
            return Clear()
        case board_forms.LOCK:
            return Lock()
        case _:
            return Unlock()


def _show(template: str, unit_id: int, *, is_told: bool = True) -> ResponseReturnValue:
    board = _load_board()
    if board.sheet is None:
        may_generate = the_rights().manages(the_unit())
        return render_template(
            "board/nothing.html", board=board, unit_id=unit_id, may_generate=may_generate
        )
    sheet, form = board.sheet, ViewForm(request.args)
    if not is_told:
        sheet = replace(sheet, tells_breaches=False, teams=frozenset())
    form.offer(board, sheet)
    teams = form.chosen(sheet)
    address = url_for("board.officer", unit_id=unit_id, staff_no="-", start=sheet.days[0])
    first, _, last = address.rpartition("-?")
    return render_template(
        template,
        board=board,
        sheet=sheet,
        form=form,
        unit_id=unit_id,
        officers=sum(map(len, teams.values())),
        head=board_table.draw_head(sheet),
        desks=board_table.draw_desks(sheet),
        body=board_table.draw_body(sheet, teams, (first, f"?{last}")),
        sites=tuple(board_table.list_site_names(Faces(sheet))),
        breaches=breaches.draw_breaches(sheet, teams),
        earlier=_find_monday(board, sheet.days[0], weeks=-sheet.weeks),
        later=_find_monday(board, sheet.days[0], weeks=sheet.weeks),
    )


def _load_board() -> Board:
    return board.load_board(
        the_database(),
        the_act(),
        unit=the_unit(),
        start=read_date_argument("start"),
        weeks=_read_weeks(),
        rota_choice=RotaChoice.PUBLISHED
        if request.args.get("show") == "published"
        else RotaChoice.NEWEST,
    )


def _load_sheet() -> BoardSheet:
    sheet = _load_board().sheet
    if sheet is None:
        raise NotFound("There is no rota of these weeks.")
    return sheet


def _read_weeks() -> int:
    return request.args.get("weeks", MOST_WEEKS, read_row_number)


def _find_monday(board: Board, first: date, *, weeks: int) -> date | None:
    """The first day that the board shows so many weeks on, if it has a rota then."""
    monday = first + timedelta(weeks=weeks)
    if any(monday in period for period in board.periods):
        return monday
    starts = [period.first for period in board.periods]
    if weeks > 0:
        return min((start for start in starts if start > first), default=None)
    return max((start for start in starts if start < first), default=None)


def _read_undo() -> dict[str, Any] | None:
    """What takes the change back that was made last, if the address tells one.

    It is for the draft as that change left it, and nobody else's changes are taken back with it.
    """
    action = request.args.get("undo_action")
    revision = request.args.get("undo_revision", type=read_row_number)
    if action not in board_forms.ACTIONS or revision is None:
        return None
    return {
        "action": action,
        "site": request.args.get("undo_site", ""),
        "revision": revision,
        "is_redo": "undone" in request.args,
    }
