"""Faults that a service finds in what was entered, told beside the fields that they are in."""

from __future__ import annotations

from flask_wtf import FlaskForm

from rota.errors import BadInput, Fault, shorten
from web.page_parts.words import begun


def blame(form: FlaskForm, error: BadInput) -> None:
    """Tell each fault beside the field of its name, or else above the form."""
    for fault in error.faults:
        field = form._fields.get(fault.column or fault.place)
        if field is None:
            form.form_errors.append(in_words(fault))
        else:
            field.errors = [*field.errors, in_words(fault)]


def in_words(fault: Fault) -> str:
    """The fault as a sentence, without the place, beside which it stands."""
    value = (fault.value or "").strip()
    says = f"{shorten(value)} {fault.says}" if value else begun(fault.says)
    return f"{says}. Maybe {shorten(fault.maybe)}?" if fault.maybe else says
