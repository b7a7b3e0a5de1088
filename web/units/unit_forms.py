"""The form for a new unit."""

from __future__ import annotations

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from web.importing.import_forms import UploadForm


class NewUnitForm(UploadForm):
    """The name of the unit, and its first file."""

    unit = StringField(
        "Name of the unit",
        description="Such as Millbrook. It stays as it is.",
        validators=[InputRequired("Enter the name of the unit")],
    )
    acknowledged = BooleanField("I answer for these breaches")
