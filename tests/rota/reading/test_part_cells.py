"""The part of a day, as people write it."""

import pytest

from rota.reading.cells import Unfit
from rota.reading.column_cells import cell_of
from rota.records import BY_NAME
from tests.rota.reading.small_unit import faults, read, write_unit

PART = cell_of(BY_NAME["away"].column("part").type)


def away(part):
    return f"staff_no,first,last,part\n101,2027-01-04,2027-01-05,{part}\n"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("am", "am"),
        ("AM", "am"),
        ("a.m.", "am"),
        ("Morning", "am"),
        ("in the morning", "am"),
        ("half day am", "am"),
        ("half-day (am)", "am"),
        ("PM only", "pm"),
        ("afternoon", "pm"),
        ("Half day - pm", "pm"),
    ],
)
def test_a_half(text, part):
    assert PART.read(text) == part


@pytest.mark.parametrize(
    "text", ["", "-", "n/a", "all day", "Full day", "whole day", "am & pm", "am/pm", "both"]
)
def test_all_day(tmp_path, text):
    (spell,) = read(write_unit(tmp_path, away=away(text))).problem.unit.away
    assert spell.part == ""


@pytest.mark.parametrize("text", ["half", "half day", "1", "am or pm", "09:00", "night"])
def test_what_is_not_clear_is_refused(text):
    with pytest.raises(Unfit):
        PART.read(text)


def test_the_fault_says_what_is_allowed(tmp_path):
    assert faults(write_unit(tmp_path, away=away("half day"))) == [
        "away row 2, part: half day is not one of am, pm, or blank for all day."
    ]


def test_a_column_with_another_name_is_named_in_a_remark(tmp_path):
    text = away("am").replace("part", "half day")
    notes = read(write_unit(tmp_path, away=text)).notes
    assert [note for note in notes if "Maybe part?" in note]
