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

from rota.domain import HALVES
from rota.reading.cells import DATE
from rota.reading.column_cells import cell_of
from rota.reading.row_checks import RECURRENCE
from rota.records import Column, Table
from rota.records.column_types import ColumnType
from rota.records.table import SINCE
from rota.services.units.record_details import OpenRecord
from web.page_parts.fields import EXAMPLE, DayField
from web.units.record_words import PART_NAMES, WEEKDAY_NAMES, find_hint, find_label

_SEPARATOR = ";"
"""What stands between the values of a cell."""

_WHEN_HINT = "A weekday such as Mon, or one date such as 17/5/2027."

WEEKDAYS = "weekdays"
"""The field beside that of a date, for weekdays in its place."""
_ONE_DAY_HINT = "Leave blank for one day."


class RecordForm(FlaskForm):  # type: ignore[misc]
    """The columns of a table; which fields there are depends on it."""

    table: Table
    key_texts: Mapping[str, str]
    """What names the record, which stays."""

    seal = HiddenField()

    def list_fields(self) -> list[Field]:
        """The fields of columns, in their order."""
        return [field for field in self if field.name not in ("seal", "csrf_token")]

    def read_texts(self) -> dict[str, str]:
        """What was entered, by column."""
        fields = self._fields.items()
        entered = {n: _read_text(field) for n, field in fields if n in _list_column_names(self)}
        if weekdays := self._read_weekdays():
            entered[_name_days(self.table)] = weekdays
        return {**self.key_texts, **_fill_last_day(entered, self.table)}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all that must be there is, and dates are dates in their order."""
        is_right = super().validate(extra_validators)
        blank = [c for c in self.table.columns if c.name in self and self._is_missing(c)]
        for column in blank:
            field = self._fields[column.name]
            field.errors = [self._write_missing_error(field)]
        is_in_order = self._is_in_order()
        is_one = self._is_date_or_weekdays()
        return is_right and is_in_order and is_one and not blank

    def _is_missing(self, column: Column) -> bool:
        if column.name == _find_optional_last(self.table):
            return False
        return column.required and not self.read_texts()[column.name]

    def _write_missing_error(self, field: Field) -> str:
        """What to say of a field that must not be blank."""
        is_text = isinstance(field, StringField) and not isinstance(field, SelectField)
        other = " or select weekdays" if field.name == _name_days(self.table) else ""
        return f"{'Enter' if is_text else 'Select'} the {str(field.label.text).lower()}{other}"

    def _read_weekdays(self) -> str:
        """The weekdays that were chosen in place of a date, as a cell has them."""
        return " ".join(self._fields[WEEKDAYS].data or ()) if WEEKDAYS in self else ""

    def _is_date_or_weekdays(self) -> bool:
        if self._read_weekdays() and self._fields[_name_days(self.table)].data:
            field = self._fields[_name_days(self.table)]
            field.errors = ["Enter a date or select weekdays, not both"]
            return False
        return True

    def _is_in_order(self) -> bool:
        if self.table.in_order is None:
            return True
        first, last = (self._fields[name] for name in self.table.in_order)
        if first.day is None or last.day is None or first.day <= last.day:
            return True
        last.errors = [f"{last.label.text} must not be before {first.label.text.lower()}"]
        return False


class RenameForm(FlaskForm):  # type: ignore[misc]
    """Another name for a site, a team or an officer; `before` is what it was called meanwhile."""

    before = HiddenField()
    after = StringField("New name", validators=[InputRequired("Enter the new name")])


def build_record_form(
    opened: OpenRecord, initial_texts: Mapping[str, str] | None = None
) -> RecordForm:
    """The form of a record; of a new one with these texts in it."""
    table, record = opened.table, opened.record
    is_new = record is None
    stays = () if record is None or not table.is_referred_to else (table.name_column.name,)
    fields: dict[str, Any] = {}
    for column in _list_columns(table, is_new=is_new):
        if column.name not in stays:
            fields[column.name] = _build_field(table, column, opened.choices.get(column.name, ()))
        if column.type is ColumnType.DATE_OR_WEEKDAYS:
            fields[WEEKDAYS] = _build_weekdays_field("Or weekdays")
    texts = dict(initial_texts or {}) if record is None else record.texts
    key_texts = {name: texts[name] for name in stays}
    form_class = type(
        "RecordForm", (RecordForm,), {**fields, "table": table, "key_texts": key_texts}
    )
    values = {name: _parse_value(name, text, table) for name, text in texts.items()}
    days = _name_days(table)
    if isinstance(values.get(days), list):
        values[WEEKDAYS] = values.pop(days)
    form: RecordForm = form_class(
        data={**_list_usual_values(table), **values} if is_new else values
    )
    if not form.is_submitted() and record is not None:
        form.seal.data = record.seal
    return form


def _build_field(table: Table, column: Column, records: Iterable[tuple[str, str]]) -> Field:
    text, help_ = find_label(table.name, column.name), find_hint(table, column)
    if column.name == _find_optional_last(table):
        help_ = _ONE_DAY_HINT
    values = [*records] or [
        (choice, _capitalize(choice)) for choice in cell_of(column.type).choices
    ]
    if _is_part(column):
        values = [*PART_NAMES.items()]
    choices = [SelectChoice(*value) for value in values]
    if column.name == SINCE:
        return DayField("From which day?", noun="day", description=f"{help_} {EXAMPLE}.")
    if column.type in (ColumnType.DATE, ColumnType.DATE_OR_WEEKDAYS):
        return DayField(text, description=f"{help_} {EXAMPLE}.".strip())
    if column.type is ColumnType.WHEN:
        return StringField(text, description=_WHEN_HINT)
    if column.refers_to and isinstance(column.blank, tuple):
        return SelectMultipleField(text, choices=choices, description=help_, validate_choice=False)
    if column.refers_to:
        first = SelectChoice("", "Choose one" if column.required else "None")
        return SelectField(
            text, choices=[first, *choices], description=help_, validate_choice=False
        )
    if choices:
        return RadioField(text, choices=choices, description=help_, validate_choice=False)
    return StringField(text, description=help_)


def _name_days(table: Table) -> str:
    """The name of the column with a date or weekdays; blank where there is none."""
    return table.days_column.name if table.days_column else ""


def _build_weekdays_field(text: str) -> Field:
    days = [SelectChoice(*weekday) for weekday in WEEKDAY_NAMES.items()]
    return SelectMultipleField(text, choices=days, validate_choice=False)


def _list_columns(table: Table, *, is_new: bool) -> list[Column]:
    """The columns in the order of the form: what goes with weekdays is below the date.

    A new row holds ever since.
    """
    if not table.recurs:
        return [column for column in table.columns if column.name != SINCE or not is_new]
    others = [column for column in table.columns if column.name not in RECURRENCE]
    place = others.index(table.column("date")) + 1
    return [*others[:place], *map(table.column, RECURRENCE), *others[place:]]


def _capitalize(choice: str) -> str:
    """The choice as it begins a line; abbreviations such as PO stay."""
    return choice.capitalize() if choice.islower() else choice


def _list_usual_values(table: Table) -> dict[str, Any]:
    """What is chosen already in a new record: what a blank cell would mean."""
    return {
        column.name: ("yes" if column.blank else "no")
        if column.type is ColumnType.YES_OR_NO
        else str(column.blank)
        for column in table.columns
        if (column.blank and not isinstance(column.blank, tuple | frozenset)) or _is_part(column)
    }


def _is_part(column: Column) -> bool:
    """Whether it has parts of a day, of which the whole day is one."""
    return cell_of(column.type).choices == HALVES


def _parse_value(name: str, text: str, table: Table) -> Any:
    """The text of a cell as the field of its column keeps it."""
    column = table.column(name)
    if column.type in (ColumnType.DATE, ColumnType.DATE_OR_WEEKDAYS) and text[:1].isdigit():
        return DATE.read(text)
    if column.type is ColumnType.DATE_OR_WEEKDAYS:
        return text.split()
    if column.refers_to and isinstance(column.blank, tuple):
        return [value for value in text.split(_SEPARATOR) if value]
    if column.type is ColumnType.WHEN and text[:1].isdigit():
        day = DATE.read(text)
        return f"{day.day}/{day.month}/{day.year}"
    return text


def _read_text(field: Field) -> str:
    """What was entered in the field, as the cell of its column is written."""
    if isinstance(field.data, list):
        return _SEPARATOR.join(field.data)
    return (field.data or "").strip()


def _find_optional_last(table: Table) -> str | None:
    """The column of the last day, where one day may stand for two."""
    return table.in_order[1] if table.one_day and table.in_order else None


def _fill_last_day(texts: Mapping[str, str], table: Table) -> Mapping[str, str]:
    """The texts, with the first day in place of a last one that was left blank."""
    last = _find_optional_last(table)
    if last is None or table.in_order is None or texts.get(last):
        return texts
    return {**texts, last: texts.get(table.in_order[0], "")}


def _list_column_names(form: RecordForm) -> set[str]:
    return {column.name for column in form.table.columns}
