"""Dates on the command line are written as in the input files."""

from datetime import date

import click
import pytest

from rota.cli.arguments import DateParam


@pytest.mark.parametrize(
    "text", ["2027-02-01", "01/02/2027", "1/2/2027", "01-Feb-27", "1 February 2027", "01.02.2027"]
)
def test_a_date_is_written_as_in_a_file(text):
    assert DateParam().convert(text, None, None) == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "'soon' is not a date (2027-01-04 or 04/01/2027)."),
        (
            "01/20/2027",
            "'01/20/2027' is not a date (2027-01-04 or 04/01/2027). Maybe 20/01/2027?",
        ),
        ("2151-01-01", "'2151-01-01' is not between the years 1950 and 2150."),
    ],
)
def test_what_is_no_date_is_refused_as_in_a_file(text, sentence):
    with pytest.raises(click.BadParameter) as error:
        DateParam().convert(text, None, None)
    assert error.value.message == sentence
