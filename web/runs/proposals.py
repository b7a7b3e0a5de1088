"""The page on which the night's proposals are accepted and refused."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rota.errors import Conflict, NotFound
from rota.services.answers import proposals
from rota.services.publishing.door import Unacknowledged
from web.access.request_context import the_act, the_database, the_unit
from web.errors import status_of
from web.page_parts.converters import whole_number
from web.page_parts.words import counted
from web.rotas.publishing_forms import AcknowledgeForm

blueprint = Blueprint("proposals", __name__, url_prefix="/units/<int:unit_id>/proposals")

ACCEPT, REFUSE = "accept", "refuse"
"""What may be said to a proposal."""

_ASKS_WHY = "Nothing was decided yet: enter why you accept it although more is broken then"


@blueprint.get("")
def listed(unit_id: int) -> str:  # noqa: ARG001
    """What waits for a decision."""
    return _listed()


@blueprint.post("")
def decide(unit_id: int) -> Response | tuple[str, int]:
    """Accept or refuse one, those that are ticked, or all that were seen."""
    answer, numbers = _decision()
    if not numbers or answer not in (ACCEPT, REFUSE):
        return _listed("Tick at least one proposal, or decide on all of them"), 422
    form = AcknowledgeForm()
    if not form.validate():
        return _listed(" ".join(form.acknowledgement.errors), ticked=numbers, form=form), 422
    try:
        says = _accept(numbers, form) if answer == ACCEPT else _refuse(numbers)
    except Unacknowledged as error:
        return _listed(_ASKS_WHY, ticked=numbers, form=form, unacknowledged=error), 422
    except (Conflict, NotFound) as error:
        return _listed(f"{error} Nothing was decided."), status_of(error)
    flash(says, "success")
    return redirect(url_for("proposals.listed", unit_id=unit_id), 303)


def _listed(
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


def _decision() -> tuple[str, list[int]]:
    """The answer, and the proposals that it is about.

    A button tells both: the answer alone is about those that are ticked, and else a number or
    `all` follows it, which is about all that could be answered so.
    """
    answer, _, about = request.form.get("decision", "").partition(" ")
    if about == "all":
        return answer, request.form.getlist(f"can_{answer}", whole_number)
    if about:
        return answer, [int(about)] if about.isdecimal() and len(about) < 10 else []
    return answer, request.form.getlist("number", whole_number)


def _accept(numbers: Sequence[int], form: AcknowledgeForm) -> str:
    done = proposals.accept(
        the_database(),
        the_act(),
        unit=the_unit(),
        numbers=numbers,
        acknowledgement=form.acknowledgement.data,
        seal=form.seal.data or "",
    )
    listed = " and ".join(str(version.number) for version in done)
    what = f"{counted(len(numbers), 'change')} accepted and published"
    return f"{what} as version {listed}."


def _refuse(numbers: Sequence[int]) -> str:
    count = proposals.refuse(the_database(), the_act(), unit=the_unit(), numbers=numbers)
    return f"{counted(count, 'change')} refused. The rota stays as it is."
