"""What names what is told once for files and once for the domain; both have to say the same."""

from datetime import date

from rota.domain import Away, Officer, PublishedSeat, Site, Team, Unit
from rota.records import TABLES
from rota.records.naming import REFERENCES, REFERRED_TO, names_in_row, rename_in_unit

HELD = {"rota": "published"}

CALLED = {"base_site": "base"}

MON = date(2027, 1, 4)


def officer(staff_no, **rest):
    told = {"name": staff_no, "team": "Red", "grade": "PO", "base": "Leeds", **rest}
    return Officer(staff_no=staff_no, start_date=MON, working_days=frozenset({0}), **told)


UNIT = Unit(
    sites=(Site("Leeds", "office"), Site("York", "office")),
    teams=(Team("Red", "Leeds"),),
    officers=(officer("1"), officer("2", mentor="1", other_sites=("York", "Leeds"))),
    away=(Away("1", MON, MON),),
    published=(PublishedSeat("1", MON, "Leeds"), PublishedSeat("2", MON, "York")),
)


def test_the_columns_that_name_something_are_those_of_files():
    in_files = {
        HELD.get(table.name, table.name): {
            CALLED.get(column.name, column.name): column.known
            for column in table.columns
            if column.known
        }
        for table in TABLES
    }
    ours = {name: dict(columns) for name, columns in REFERENCES.items() if name != "locked"}
    assert ours == {name: columns for name, columns in in_files.items() if columns}
    assert set(REFERRED_TO) == {table.name for table in TABLES if table.noun}


def test_a_site_is_renamed_in_every_column_and_no_team_or_officer_of_that_name():
    unit = Unit(
        sites=(Site("Leeds", "office"),),
        teams=(Team("Leeds", "Leeds"),),
        officers=(officer("Leeds", team="Leeds"),),
        published=(PublishedSeat("Leeds", MON, "Leeds"),),
    )
    assert rename_in_unit(unit, "sites", "Leeds", "Hub") == Unit(
        sites=(Site("Hub", "office"),),
        teams=(Team("Leeds", "Hub"),),
        officers=(officer("Leeds", team="Leeds", base="Hub"),),
        published=(PublishedSeat("Leeds", MON, "Hub"),),
    )


def test_an_officer_is_renamed_as_a_mentor_too():
    after = rename_in_unit(UNIT, "officers", "1", "one")
    assert [(its.staff_no, its.mentor) for its in after.officers] == [("one", None), ("2", "one")]
    assert after.away == (Away("one", MON, MON),)
    assert [seat.staff_no for seat in after.published] == ["one", "2"]
    assert rename_in_unit(after, "officers", "one", "1") == UNIT


def test_a_site_among_several_is_renamed_in_its_place():
    assert rename_in_unit(UNIT, "sites", "York", "Hub").officers[1].other_sites == ("Hub", "Leeds")


def test_a_row_names_what_stands_in_its_columns():
    assert names_in_row("officers", UNIT.officers[1]) == {
        ("teams", "Red"),
        ("sites", "Leeds"),
        ("sites", "York"),
        ("officers", "1"),
    }
    assert names_in_row("sites", UNIT.sites[0]) == set()
