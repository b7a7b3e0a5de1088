"""The form for a file."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from rota.services.importing.uploads import SUFFIXES

_WORKBOOKS = " or ".join(SUFFIXES[:-1])


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A workbook, or a folder of CSV files in an archive."""

    file = FileField(
        "Choose a file",
        description=f"A workbook ({_WORKBOOKS}), or CSV files in one archive ({SUFFIXES[-1]}).",
        validators=[FileRequired("Choose a file")],
    )
