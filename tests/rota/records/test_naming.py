"""Which rows name which, and new names for them."""

from datetime import date

from rota.domain import Away, Officer, PublishedSeat, Site, Team, Unit, WorkingPattern
from rota.records.naming import REFERENCES, REFERRED_TO, names_in_row, rename_in_unit

MON = date(2027, 1, 4)


def officer(staff_no, **rest):
    told = {"name": staff_no, "team": "Red", "grade": "PO", "base": "Leeds", **rest}
    return Officer(
        staff_no=staff_no, start_date=MON, working_days=WorkingPattern.of_days({0}), **told
    )


UNIT = Unit(
    sites=(Site("Leeds", "office"), Site("York", "office")),
    teams=(Team("Red", "Leeds"),),
    officers=(officer("1"), officer("2", mentor="1", other_sites=("York", "Leeds"))),
    away=(Away("1", MON, MON),),
    published=(PublishedSeat("1", MON, "Leeds"), PublishedSeat("2", MON, "York")),
)


def test_the_attributes_that_name_something_are_those_of_the_domain():
    """A unit holds seats in three ways."""
    seats = {"staff_no": "officers", "site": "sites"}
    attributes = {
        "teams": {"office": "sites"},
        "officers": {
            "team": "teams",
            "base": "sites",
            "other_sites": "sites",
            "mentor": "officers",
        },
        "away": {"staff_no": "officers"},
        "duties": {"site": "sites"},
        "appointments": {"staff_no": "officers", "site": "sites"},
        "presence": {"site": "sites"},
        "requests": {"staff_no": "officers"},
        "links": {"staff_no": "officers", "with_staff_no": "officers"},
        "closures": {"site": "sites"},
        **dict.fromkeys(
            ("history", "published_before", "published", "locked", "moved_by_hand"), seats
        ),
    }
    assert attributes == REFERENCES
    assert list(REFERRED_TO) == ["sites", "teams", "officers"]


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
