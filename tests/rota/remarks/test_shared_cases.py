"""The cases of what is not read, of headers further down, and of records without effect.

They stand beside the checkout, where they do.
"""

from datetime import date
from pathlib import Path

import pytest

from rota.errors import BadInput
from rota.reading import read_problem
from rota.remarks import remarks_on

CASES = Path(__file__).parents[3].parent / "shared" / "cases"

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")


def lines(case: str) -> list[str]:
    """Every remark on the case, or every fault of it."""
    try:
        reading = read_problem(CASES / case, today=date(2026, 11, 27))
    except BadInput as error:
        return str(error).splitlines()
    return [*reading.notes, *map(str, remarks_on(reading.problem))]


@pytest.mark.parametrize(
    ("case", "ending"),
    [
        ("37-unread-0", "the file leave.csv is not read. Maybe away.csv?"),
        ("37-unread-1", "the file annual leave.csv is not read. Maybe away.csv?"),
        ("37-unread-2", "the file absences.csv is not read. Maybe away.csv?"),
        ("37-unread-3", "the file Away 2027.csv is not read. Maybe away.csv?"),
        ("37-unread-4", "the file policy.csv is not read. Maybe policy.toml?"),
        ("37-unread-5", "the file court duties.csv is not read. Maybe duties.csv?"),
        ("37-unread-6", "the file away.csv.txt is not read. Maybe away.csv?"),
        ("37-unread-7", "the file away.tsv is not read. Maybe away.csv?"),
        (
            "37-unread-8",
            "the file bank_holidays.csv is not read: "
            "Rota knows the bank holidays of England and Wales itself.",
        ),
        ("37-sheet.xlsx", "the sheet Sickness is not read. Maybe away?"),
    ],
)
def test_what_is_not_read(case, ending):
    assert lines(f"F1-not-read-in-silence/{case}") == [f"{case}: {ending}"]


def test_columns_that_are_not_read():
    assert lines("F1-not-read-in-silence/31c-optional-headers") == [
        "officers: 7 columns are not read: E-mail address (Maybe email?); "
        "Other offices (Maybe other_sites?); Mentor ID (Maybe mentor?); Skill (Maybe skills?); "
        "WFH? (Maybe home?); Office % (Maybe office_percent?); Last day (Maybe leave_date?).",
        "away: the column Reason is not read. Maybe kind?",
    ]


@pytest.mark.parametrize(
    ("case", "row"),
    [
        ("02-title-row", 3),
        ("07b-title-merged.xlsx", 3),
        ("31-two-headers.xlsx", 2),
        ("34-spaces", 2),
    ],
)
def test_a_header_further_down(case, row):
    assert lines(f"F2-header-row-further-down/{case}") == [
        "officers: row 1 is taken as the header, and has none of the columns; "
        f"row {row} has. Remove what stands above it."
    ]


def test_a_mentor_who_is_not_there():
    assert (
        lines("G1-mentor-not-there/25-maternity")[0]
        == "officers: Tom Ode (0105) has no day with a mentor: Nia Prosser (0101) is away."
    )
    assert lines("G1-mentor-not-there/36-mentor-elsewhere") == [
        "officers: Tom Ode (0103) has no day with a mentor: "
        "Nia Prosser (0101) is based at Dock Road and may not use Mill House.",
        "officers: Tom Ode (0104) has no day with a mentor: "
        "Nia Prosser (0102) left on Thursday 31 December 2026.",
    ]


def test_records_without_effect():
    found = lines("H1-records-without-effect/12-duty-on-no-working-day")
    assert [line.partition(", because ")[0] for line in found] == [
        "duties: 1 duty cannot be met",
        "duties: 2 duties cannot be met",
        *["appointments: 1 appointment cannot be kept"] * 4,
    ]
