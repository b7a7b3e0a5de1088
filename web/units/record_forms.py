"""The form of a record, made from the columns of its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired

from rota.reading import Column, Table
from rota.reading.cells import DATE, WHEN, WORKING_DAYS, YES_OR_NO
from rota.services.units.record_edits import UNTIL
from rota.services.units.record_list import Opened
from web.page_parts.fields import EXAMPLE, DayField
from web.units.record_words import WEEKDAY_NAMES, find_hint, find_label

_SEPARATOR = {WORKING_DAYS: " "}
"""What separates the values of a cell; otherwise a semicolon."""

_WHEN_HINT = "A weekday such as Mon, or one date such as 17/5/2027."

_UNTIL_HINT = "To add one for each working day up to then. Leave blank for one day."


class RecordForm(FlaskForm):  # type: ignore[misc]
    """The columns of a table; which fields there are depends on it."""

    table: Table
    key_texts: Mapping[str, str]
    """The columns that name the record, which stay."""

    seal = HiddenField()

    def list_fields(self) -> list[Field]:
        """The fields of columns, in their order."""
        return [field for field in self if field.name not in ("seal", "csrf_token")]

    def read_texts(self) -> dict[str, str]:
        """What was entered, by column."""
        names = _list_column_names(self)
        entered = {
            n: _read_text(n, field, self.table) for n, field in self._fields.items() if n in names
        }
        return {**self.key_texts, **entered}

    @property
    def last_date(self) -> str:
        """The last of several dates to add, or blank."""
        field = self._fields.get(UNTIL)
        return (field.data or "").strip() if field else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether nothing required is missing, and dates are real and in their order."""
        is_right = super().validate(extra_validators)
        blank = [c for c in self.table.columns if c.name in self and self._is_missing(c)]
        for column in blank:
            field = self._fields[column.name]
            field.errors = [_write_missing_error(field)]
        is_in_order = self._is_in_order()
        return is_right and is_in_order and not blank

    def _is_missing(self, column: Column) -> bool:
        return column.required and not _read_text(
            column.name, self._fields[column.name], self.table
        )

    def _is_in_order(self) -> bool:
        if self.table.in_order is None:
            return True
        first, last = (self._fields[name] for name in self.table.in_order)
        if first.day is None or last.day is None or first.day <= last.day:
            return True
        last.errors = [f"{last.label.text} must not be before {first.label.text.lower()}"]
        return False


class RenameForm(FlaskForm):  # type: ignore[misc]
    """Another name for a site, a team or an officer; `before` is its name so far."""

    before = HiddenField()
    after = StringField("New name", validators=[InputRequired("Enter the new name")])


def build_record_form(opened: Opened, initial_texts: Mapping[str, str] | None = None) -> RecordForm:
    """The form of a record, or of a new one with these texts in it."""
    table, record = opened.table, opened.record
    is_new = record is None
    stays = () if record is None or not table.noun else table.key
    fields: dict[str, Any] = {
        column.name: _build_field(table, column, opened.choices.get(column.name, ()))
        for column in table.columns
        if column.name not in stays
    }
    if is_new and any(column.name == "date" for column in table.columns):
        fields[UNTIL] = DayField("Last date (optional)", description=_UNTIL_HINT)
    texts = dict(initial_texts or {}) if record is None else record.texts
    key_texts = {name: texts[name] for name in stays}
    form_class = type(
        "RecordForm", (RecordForm,), {**fields, "table": table, "key_texts": key_texts}
    )
    values = {name: _parse_value(name, text, table) for name, text in texts.items()}
    form: RecordForm = form_class(
        data={**_list_usual_values(table), **values} if is_new else values
    )
    if not form.is_submitted() and record is not None:
        form.seal.data = record.seal
    return form


def _build_field(table: Table, column: Column, records: Iterable[tuple[str, str]]) -> Field:
    text, help_ = find_label(table.name, column.name), find_hint(column)
    values = [*records] or [(choice, _capitalize(choice)) for choice in column.cell.choices]
    choices = [SelectChoice(*value) for value in values]
    if column.cell is WORKING_DAYS:
        days = [SelectChoice(*weekday) for weekday in WEEKDAY_NAMES.items()]
        return SelectMultipleField(text, choices=days, validate_choice=False)
    if column.cell is DATE:
        return DayField(text, description=f"{help_} {EXAMPLE}.".strip())
    if column.cell is WHEN:
        return StringField(text, description=_WHEN_HINT)
    if column.known and isinstance(column.blank, tuple):
        return SelectMultipleField(text, choices=choices, description=help_, validate_choice=False)
    if column.known:
        first = SelectChoice("", "Choose one" if column.required else "None")
        return SelectField(
            text, choices=[first, *choices], description=help_, validate_choice=False
        )
    if choices:
        return RadioField(text, choices=choices, description=help_, validate_choice=False)
    return StringField(text, description=help_)


def _capitalize(choice: str) -> str:
    """The choice with a capital; abbreviations such as PO stay."""
    return choice.capitalize() if choice.islower() else choice


def _list_usual_values(table: Table) -> dict[str, Any]:
    """What a new record begins with: what a blank cell would mean."""
    return {
        column.name: ("yes" if column.blank else "no")
        if column.cell is YES_OR_NO
        else str(column.blank)
        for column in table.columns
        if column.blank and not isinstance(column.blank, tuple | frozenset)
    }


def _parse_value(name: str, text: str, table: Table) -> Any:
    """The text of a cell as a value of the field of its column."""
    column = next(column for column in table.columns if column.name == name)
    if column.cell is DATE and text:
        return DATE.read(text)
    if column.cell is WORKING_DAYS or (column.known and isinstance(column.blank, tuple)):
        return [part for part in text.split(_SEPARATOR.get(column.cell, ";")) if part]
    if column.cell is WHEN and text[:1].isdigit():
        day = DATE.read(text)
        return f"{day.day}/{day.month}/{day.year}"
    return text


def _read_text(name: str, field: Field, table: Table) -> str:
    """What was entered in the field, as the text of a cell of its column."""
    if isinstance(field.data, list):
        column = next(column for column in table.columns if column.name == name)
        return _SEPARATOR.get(column.cell, ";").join(field.data)
    return (field.data or "").strip()


def _list_column_names(form: RecordForm) -> set[str]:
    return {column.name for column in form.table.columns}


def _write_missing_error(field: Field) -> str:
    """The error of a field that must not be blank, but is."""
    is_text = isinstance(field, StringField) and not isinstance(field, SelectField)
    return f"{'Enter' if is_text else 'Select'} the {str(field.label.text).lower()}"
