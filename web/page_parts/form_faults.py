"""Faults that a service finds in what was entered, shown beside their fields."""

from __future__ import annotations

from flask_wtf import FlaskForm

from rota.errors import BadInput, Fault, shorten
from web.page_parts.words import begun


def show_faults(form: FlaskForm, error: BadInput) -> None:
    """Show each fault beside the field of its name, or else above the form."""
    for fault in error.faults:
        field = form._fields.get(fault.column or fault.place)
        if field is None:
            form.form_errors.append(describe_fault(fault))
        else:
            field.errors = [*field.errors, describe_fault(fault)]


def describe_fault(fault: Fault) -> str:
    """The fault as a sentence, without its place, since it stands beside it."""
    value = (fault.value or "").strip()
    sentence = f"{shorten(value)} {fault.says}" if value else begun(fault.says)
    return f"{sentence}. Maybe {shorten(fault.maybe)}?" if fault.maybe else sentence
