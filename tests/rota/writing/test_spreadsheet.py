"""No cell of a table for spreadsheets is a formula, whoever writes it."""

import pytest

from rota.writing.spreadsheet import format_csv, protect_from_formula


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@SUM(1+1)", "\t=1", "\r=1", "'=1", "''-1", "'0101"]
)
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(text):
    assert protect_from_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "0101", " =1"])
def test_all_else_stays_as_it_is(text):
    assert protect_from_formula(text) == text


def test_every_text_of_a_table_is_words_and_numbers_stay_numbers():
    assert format_csv(("=head", "b"), [("@a", -1), ("x", None), ("-", 2.5)]) == (
        "'=head,b\n'@a,-1\nx,\n'-,2.5\n"
    )
