"""Earlier rotas in files: what is read of them, and what is wrong with them."""

from datetime import date

import pytest

from rota.domain import PastSeat
from tests.rota.reading.small_unit import faults, read, small_sheets, write_unit, write_workbook

FRI = date(2026, 12, 18)


def history_of(folder, text, **files):
    return read(write_unit(folder, history=text, **files)).problem.unit.history


def test_rows_are_seats_with_the_names_of_their_duties(tmp_path):
    text = (
        "staff_no,date,site,part,duty\n101,2026-12-16,Luton,,\n"
        "103,18/12/2026,home,am,\n103,18/12/2026,Crown Court,pm,Duty officer\n"
    )
    assert history_of(tmp_path, text) == (
        PastSeat("101", date(2026, 12, 16), "Luton"),
        PastSeat("103", FRI, "home", "am"),
        PastSeat("103", FRI, "Crown Court", "pm", "Duty officer"),
    )


def test_halves_are_joined_and_rows_that_say_the_same_twice_count_once(tmp_path):
    text = (
        "staff_no,date,site,part\n103,2026-12-18,Luton,pm\n103,2026-12-18,Luton,am\n"
        "103,2026-12-17,Luton,\n103,2026-12-17,Luton,\n"
    )
    assert history_of(tmp_path, text) == (
        PastSeat("103", FRI, "Luton"),
        PastSeat("103", date(2026, 12, 17), "Luton"),
    )


def test_a_rota_that_was_written_by_plan_can_be_history(tmp_path):
    text = (
        "staff_no,name,team,date,site,kind,part,locked\n"
        "103,Eve Frost,Red,2026-12-18,Luton,office,,yes\n"
    )
    reading = read(write_unit(tmp_path, history=text))
    assert (reading.problem.unit.history, reading.notes) == ((PastSeat("103", FRI, "Luton"),), ())


def test_a_sheet_of_a_workbook_is_the_same(tmp_path):
    sheets = small_sheets()
    sheets["history"] = [["staff_no", "date", "site"], [103, FRI, "Luton"]]
    book = write_workbook(tmp_path / "unit.xlsx", sheets)
    assert read(book).problem.unit.history == (PastSeat("103", FRI, "Luton"),)


def test_what_history_names_must_be_known(tmp_path):
    text = "staff_no,date,site\n130,2026-12-18,Luton\n103,2026-12-18,Lutton\n"
    assert faults(write_unit(tmp_path, history=text)) == [
        "history row 2, staff_no: 130 is not a staff number here. Maybe 103?",
        "history row 3, site: Lutton is not a site here. Maybe Luton?",
    ]


def test_nobody_was_at_two_sites_at_once(tmp_path):
    text = "staff_no,date,site\n103,2026-12-18,Luton\n103,2026-12-18,Bedford\n"
    assert faults(write_unit(tmp_path, history=text)) == [
        "history row 3, staff_no: 103 on 2026-12-18 is in row 2 too, with other values."
    ]


@pytest.mark.parametrize("day", ["2027-01-04", "2027-01-29", "2027-02-01"])
def test_history_is_before_the_period(tmp_path, day):
    text = f"staff_no,date,site\n103,2027-01-01,Luton\n103,{day},Luton\n"
    assert faults(write_unit(tmp_path, history=text, policy="start = 2027-01-04\n")) == [
        f"history row 3, date: {day} is not before the period, which begins on 2027-01-04."
    ]


def test_the_period_is_that_of_the_command_line_where_it_tells_one(tmp_path):
    folder = write_unit(tmp_path, history="staff_no,date,site\n103,2027-01-07,Luton\n")
    assert len(faults(folder)) == 1
    assert faults(folder, start=date(2027, 1, 11)) == []


def test_a_period_that_cannot_be_read_is_the_one_fault(tmp_path):
    text = "staff_no,date,site\n103,2027-01-07,Luton\n"
    (fault,) = faults(write_unit(tmp_path, history=text, policy="start = 2027-01-12\n"))
    assert fault.startswith("policy.toml, start: 2027-01-12 is not a Monday.")
