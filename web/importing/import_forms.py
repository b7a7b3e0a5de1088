"""The form for a file."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from rota.services.importing.uploads import SUFFIXES
from web.page_parts.fields import EXAMPLE, DayField

_SINCE_HINT = (
    "Days before it stay as they were. A day that is over corrects the past. If you leave it "
    f"blank: tomorrow. {EXAMPLE}."
)

_WORKBOOKS = " or ".join(SUFFIXES[:-1])


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A workbook, or a folder of CSV files in an archive."""

    file = FileField(
        "Choose a file",
        description=f"A workbook ({_WORKBOOKS}), or CSV files in one archive ({SUFFIXES[-1]}).",
        validators=[FileRequired("Choose a file")],
    )


class ChangeDayForm(FlaskForm):  # type: ignore[misc]
    """From which day holds what the file changes, where it tells none itself."""

    since = DayField("From which day?", noun="day", description=_SINCE_HINT)
