"""The page that tells who is in."""

from __future__ import annotations

import pytest

PAGE = "/units/1/who-is-in"


def test_it_begins_with_today_at_one_s_own_office(town):
    page = town.as_("officer").get(PAGE).text
    assert "High Street, Tuesday 12 January 2027" in page
    assert "3 people.\n3 of 6 desks are free." in page
    assert "Weir Street, Tuesday" in town.as_("blue_officer").get(PAGE).text


def test_a_day_and_an_office_are_chosen_in_the_address(town):
    page = town.as_("officer").get(f"{PAGE}?date=14/1/2027&office=Weir+Street").text
    assert "Weir Street, Thursday 14 January 2027" in page
    assert 'value="14/1/2027"' in page
    assert "Bob Birch" in page
    assert "Rita Rowe" not in page
    assert f'href="{PAGE}?date=2027-01-13&amp;office=Weir+Street"' in page
    assert f'href="{PAGE}?date=2027-01-15&amp;office=Weir+Street"' in page


def test_people_are_marked_and_nobody_s_absence_is_explained(town):
    page = town.as_("officer").get(PAGE).text
    assert 'Rita Rowe <strong class="govuk-tag govuk-tag--blue">Manager</strong>' in page
    assert 'Omar Obi <strong class="govuk-tag govuk-tag--green">Mentor</strong>' in page
    ill = town.as_("officer").get(f"{PAGE}?date=2027-01-19&office=Weir+Street").text
    assert "Ben Bell" not in ill
    assert "sick" not in ill


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2027-01-16", "This is a weekend."),
        ("2026-12-25", "This is a bank holiday."),
        ("2027-02-01", "No rota is published for this day yet."),
        ("2027-01-15", "Nobody is planned to be in."),
    ],
)
def test_a_day_without_people_says_why(town, day, says):
    assert says in town.as_("officer").get(f"{PAGE}?date={day}").text


def test_what_is_no_date_is_told_beside_its_field(town):
    answer = town.as_("officer").get(f"{PAGE}?date=31/2/2027")
    assert answer.status_code == 422
    assert 'href="#date">Enter a real date' in answer.text
    assert town.as_("officer").get(f"{PAGE}?office=Nowhere").status_code == 404


def test_it_is_for_everybody_of_the_unit(town):
    for who in ("officer", "manager", "head"):
        assert town.as_(who).get(PAGE).status_code == 200
    for who in ("stranger", "administrator"):
        assert town.as_(who).get(PAGE).status_code == 403


def test_it_asks_little_of_the_database(town):
    client = town.as_("officer")
    with town.counting() as queries:
        client.get(PAGE)
    assert len(queries) <= 7
