"""The page on which managers accept and refuse the proposals of the night."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.errors import Conflict, NotFound
from rota.services.answers import proposals
from rota.services.publishing.publish import Unacknowledged
from web.access.request_context import the_act, the_database, the_unit
from web.errors import find_status
from web.page_parts.converters import read_row_number
from web.page_parts.words import counted
from web.rotas.publishing_forms import AcknowledgeForm

blueprint = Blueprint("proposals", __name__, url_prefix="/units/<int:unit_id>/proposals")

ACCEPT, REFUSE = "accept", "refuse"
"""The two answers to a proposal."""

_ASKS_WHY = "Nothing was decided yet: enter why you accept it although more is broken then"


@blueprint.get("")
def listed(unit_id: int) -> str:  # noqa: ARG001
    """What waits for a decision."""
    return _render_list()


@blueprint.post("")
def decide(unit_id: int) -> Response | tuple[str, int]:
    """Accept or refuse one proposal, those that are ticked, or all that the page showed."""
    answer, numbers = _read_decision()
    if not numbers or answer not in (ACCEPT, REFUSE):
        return _render_list("Tick at least one proposal, or decide on all of them"), 422
    form = AcknowledgeForm()
    if not form.validate():
        return _render_list(" ".join(form.acknowledgement.errors), ticked=numbers, form=form), 422
    try:
        sentence = _accept(numbers, form) if answer == ACCEPT else _refuse(numbers)
    except Unacknowledged as error:
        return _render_list(_ASKS_WHY, ticked=numbers, form=form, unacknowledged=error), 422
    except (Conflict, NotFound) as error:
        return _render_list(f"{error} Nothing was decided."), find_status(error)
    flash(sentence, "success")
    return redirect(url_for("proposals.listed", unit_id=unit_id), 303)


def _render_list(
    error: str = "",
    *,
    ticked: Sequence[int] = (),
    form: AcknowledgeForm | None = None,
    unacknowledged: Unacknowledged | None = None,
) -> str:
    return render_template(
        "runs/proposals.html",
        waiting=proposals.list_judged(the_database(), the_act(), unit=the_unit()),
        error=error,
        ticked=ticked,
        form=form or AcknowledgeForm(formdata=None),
        unacknowledged=unacknowledged,
    )


def _read_decision() -> tuple[str, list[int]]:
    """The answer, and the proposals that it is about.

    The button sends both. An answer alone is about the ticked proposals; otherwise a number or
    `all` follows it, which means all that could be answered so.
    """
    answer, _, about = request.form.get("decision", "").partition(" ")
    if about == "all":
        return answer, request.form.getlist(f"can_{answer}", read_row_number)
    if about:
        return answer, [int(about)] if about.isdecimal() and len(about) < 10 else []
    return answer, request.form.getlist("number", read_row_number)


def _accept(numbers: Sequence[int], form: AcknowledgeForm) -> str:
    versions = proposals.accept(
        the_database(),
        the_act(),
        unit=the_unit(),
        numbers=numbers,
        acknowledgement=form.acknowledgement.data,
        seal=form.seal.data or "",
    )
    numbers_text = " and ".join(str(version.number) for version in versions)
    changes = f"{counted(len(numbers), 'change')} accepted and published"
    return f"{changes} as version {numbers_text}."


def _refuse(numbers: Sequence[int]) -> str:
    count = proposals.refuse(the_database(), the_act(), unit=the_unit(), numbers=numbers)
    return f"{counted(count, 'change')} refused. The rota stays as it is."
