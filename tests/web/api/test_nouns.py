"""What programs learn of units, officers, rotas, findings and versions."""

from tests.web.api.program import program

RITA = {"staff_no": "101", "name": "Rita Rowe", "team": "Red", "grade": "SPO"}


def test_units_are_those_in_which_one_has_a_role(calm):
    manager = {"role": "manager", "team": "Red", "staff_no": None}
    officer = {"role": "officer", "team": None, "staff_no": "101"}
    assert program(calm, "red_manager").get("/units")["items"] == [
        {"id": 1, "name": "Millbrook", "roles": [manager, officer]}
    ]
    region = program(calm, "region").get("/units")["items"]
    assert [unit["name"] for unit in region] == ["Millbrook", "Otherton"]
    assert program(calm, "administrator").get("/units") == {"items": [], "next": None}


def test_officers_know_no_more_of_each_other_than_who_they_are(calm):
    first, *_ = program(calm, "officer").get("/units/1/officers")["items"]
    assert first == {**RITA, "base": "High Street", "details": None}


def test_managers_know_more_of_their_team(calm):
    told = program(calm, "red_manager").get("/units/1/officers")["items"]
    assert [its["staff_no"] for its in told if its["details"]] == ["101", "102", "103"]
    assert told[2]["details"] == {
        "email": "nia@example.org",
        "start_date": "2026-10-05",
        "leave_date": None,
        "working_days": ["Mon", "Tue", "Wed", "Thu", "Fri"],
        "pattern": "Mon Tue Wed Thu Fri",
        "other_sites": [],
        "skills": [],
        "mentor": "102",
        "has_home_office": True,
        "office_percent": None,
        "home_days_per_week": None,
        "takes_extra_days": False,
    }


def test_officers_of_one_team(calm):
    told = program(calm, "officer").get("/units/1/officers", team="Blue")["items"]
    assert [its["staff_no"] for its in told] == ["201", "202", "203"]


def test_the_rota_of_some_days(calm):
    told = program(calm, "officer").get(
        "/units/1/rota", **{"from": "2027-01-12", "to": "2027-01-13", "team": "Red", "limit": 1}
    )
    assert told["items"] == [
        {
            "date": "2027-01-12",
            "staff_no": "101",
            "name": "Rita Rowe",
            "team": "Red",
            "site": "High Street",
            "kind": "office",
            "part": "",
        }
    ]


def test_the_rota_is_of_four_weeks_from_today_unless_told_otherwise(calm):
    told = program(calm, "officer").get("/units/1/rota", limit=500)["items"]
    days = sorted({seat["date"] for seat in told})
    assert (days[0], days[-1]) == ("2027-01-12", "2027-01-29")


def test_the_rota_at_one_site(calm):
    told = program(calm, "officer").get("/units/1/rota", office="home", limit=500)["items"]
    assert {seat["kind"] for seat in told} == {"home"}
    assert {seat["date"] for seat in told} >= {"2027-01-15", "2027-01-18"}


def test_there_are_no_four_weeks_at_the_end_of_time(calm):
    officer = program(calm, "officer")
    assert officer.refused("GET", "/units/1/rota?from=9999-12-31") == (404, "not-found")
    assert officer.get("/units/1/rota", **{"from": "0001-01-01", "to": "9999-12-31", "limit": 1})[
        "next"
    ]


def test_a_range_that_ends_before_it_begins_has_no_days(calm):
    query = {"from": "2027-01-13", "to": "2027-01-12"}
    assert program(calm, "officer").get("/units/1/rota", **query)["items"] == []


def test_my_rota_is_where_i_am(calm):
    told = program(calm, "officer").get("/my-rota", to="2027-01-15")["items"]
    assert [(its["date"], its["site"]) for its in told] == [
        ("2027-01-12", "High Street"),
        ("2027-01-13", "High Street"),
        ("2027-01-14", "High Street"),
        ("2027-01-15", "home"),
    ]


def test_who_is_no_officer_has_no_rota_of_their_own(calm):
    assert program(calm, "manager").refused("GET", "/my-rota") == (403, "forbidden")


def test_findings_of_what_is_published_begin_with_what_matters_most(calm):
    first, second, *_ = program(calm, "manager").get("/units/1/findings")["items"]
    assert first == {
        "level": "cover",
        "rule": "cover",
        "weight": 1,
        "about": "Millbrook Crown Court (skill court)",
        "when": "2027-01-13",
        "count": 0,
        "least": 1,
        "most": None,
        "gap": 1,
        "says": "Millbrook Crown Court (skill court) has 0 officers on Wednesday 13 January 2027; "
        "its duties ask for at least 1.",
    }
    assert second["when"] == "2027-01-20"


def test_findings_are_breaches_unless_all_are_asked_for(calm):
    manager = program(calm, "manager")
    breaches = manager.get("/units/1/findings", limit=500)["items"]
    everything = manager.get("/units/1/findings", limit=500, which="all")["items"]
    assert breaches == [its for its in everything if its["gap"]]
    assert len(everything) > len(breaches)


def test_findings_of_a_draft(calm):
    manager = program(calm, "manager")
    told = manager.get("/units/1/findings", of="draft", which="all", limit=500)["items"]
    assert {its["when"][:7] for its in told} >= {"2027-02"}
    assert (
        manager.get("/units/1/findings", of="draft", start="2027-02-01", limit=500)["next"] is None
    )
    refused = manager.refused("GET", "/units/1/findings?of=draft&start=2027-01-04")
    assert refused == (404, "not-found")


def test_findings_of_a_period_that_is_not_published(calm):
    refused = program(calm, "manager").refused("GET", "/units/1/findings?start=2027-02-01")
    assert refused == (404, "not-found")


def test_versions_tell_costs_to_those_who_know_figures(calm):
    (told,) = program(calm, "head").get("/units/1/versions")["items"]
    assert told == program(calm, "head").get("/units/1/versions/1")
    assert (told["version"], told["start"], told["last"]) == (1, "2027-01-04", "2027-01-31")
    assert told["costs"] != {}
    assert program(calm, "officer").get("/units/1/versions/1") == {**told, "costs": {}}


def test_a_version_that_is_not_there(calm):
    officer = program(calm, "officer")
    assert officer.refused("GET", "/units/1/versions/2") == (404, "not-found")
    assert officer.refused("GET", "/units/1/versions/2/changes") == (404, "not-found")


def test_a_first_version_changes_nothing(calm):
    assert program(calm, "officer").get("/units/1/versions/1/changes")["items"] == []
