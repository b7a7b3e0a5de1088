"""Names that an import would take away and bring: which of them look like the same."""

from datetime import date

import pytest

from rota.domain import Officer, Site, Team, Unit, WorkingPattern
from rota.records.look_alikes import Likeness, find_likely_pairs, is_one_letter_apart
from rota.services.importing.import_outcome import tell_pair

NAME, FORM, LETTER = Likeness.NAME, Likeness.FORM, Likeness.LETTER


def staff(*told):
    """Officers, each by number and name."""
    return Unit(
        sites=(),
        teams=(),
        officers=tuple(
            Officer(
                staff_no, name, "Red", "PO", date(2015, 3, 2), "Leeds", WorkingPattern.of_days({0})
            )
            for staff_no, name in told
        ),
    )


def places(*names):
    return Unit(sites=tuple(Site(name, "office") for name in names), teams=(), officers=())


def pairs(before, after):
    return [(its.before, its.after, its.likeness) for its in find_likely_pairs(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "likeness"),
    [
        (("0101", "Nia Prosser"), ("101", "Nia Prosser"), NAME),
        (("0101", "Nia Prosser"), ("A77", "nia  prosser"), NAME),
        (("0101", "Nia Prosser"), ("101", "Nia Tate"), FORM),
        (("ab 12", "Nia Prosser"), ("AB12", "Nia Tate"), FORM),
        (("40417", "Nia Prosser"), ("40471", "Nia Tate"), LETTER),
        (("40417", "Nia Prosser"), ("4417", "Nia Tate"), LETTER),
    ],
)
def test_officers_that_are_perhaps_the_same(before, after, likeness):
    found = find_likely_pairs(staff(before), staff(after))
    assert [(its.before, its.after, its.likeness) for its in found] == [
        (before[0], after[0], likeness)
    ]
    assert [its.is_sure for its in found] == [likeness == NAME]


def test_somebody_else_with_another_number_is_nobody_s_likeness():
    assert pairs(staff(("0101", "Nia Prosser")), staff(("0234", "Owen Tate"))) == []


def test_who_is_in_both_is_in_no_pair():
    assert pairs(staff(("0101", "Nia"), ("101", "Nia")), staff(("101", "Nia"))) == []
    assert pairs(staff(("101", "Nia")), staff(("0101", "Nia"), ("101", "Nia"))) == []


def test_of_two_of_the_same_name_the_number_tells_which_is_which():
    before = staff(("0101", "Jo Hill"), ("0102", "Jo Hill"))
    assert pairs(before, staff(("102", "Jo Hill"), ("101", "Jo Hill"))) == [
        ("0101", "101", NAME),
        ("0102", "102", NAME),
    ]
    assert pairs(before, staff(("77", "Jo Hill"), ("88", "Jo Hill"))) == []


def test_the_surest_likeness_comes_first():
    before = staff(("0101", "Nia"), ("0102", "Owen"))
    assert pairs(before, staff(("0102x", "Nia"), ("102", "Rhys"))) == [
        ("0101", "0102x", NAME),
        ("0102", "102", FORM),
    ]


def test_a_letter_apart_from_two_is_no_likeness():
    assert pairs(staff(("0101", "Nia")), staff(("0102", "Owen"), ("0103", "Rhys"))) == []


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("Weir Street", "weir street ", [FORM]),
        ("Weir Street", "WeirStreet", [FORM]),
        ("Hub 07", "Hub 7", [FORM]),
        ("Hub 70", "Hub 7", [LETTER]),
        ("Weir Street", "Wier Street", [LETTER]),
        ("Weir Street", "Wear Street", [LETTER]),
        ("Weir Street", "High Street", []),
    ],
)
def test_sites_that_are_perhaps_the_same(before, after, found):
    assert [its.likeness for its in find_likely_pairs(places(before), places(after))] == found


def test_teams_are_compared_with_teams_alone():
    before = Unit(sites=(), teams=(Team("Red", "Leeds"),), officers=())
    after = Unit(sites=(Site("red", "office"),), teams=(Team("RED", "Leeds"),), officers=())
    assert [(its.table, its.after) for its in find_likely_pairs(before, after)] == [
        ("teams", "RED")
    ]


def test_a_pair_is_told_in_a_sentence():
    (pair,) = find_likely_pairs(staff(("0101", "Nia Prosser")), staff(("101", "Nia Prosser")))
    assert tell_pair(pair) == (
        "Nia Prosser (0101) would go and Nia Prosser (101) would come, of the same name. "
        "Maybe 0101?"
    )
    (pair,) = find_likely_pairs(places("Hub"), places("HUB"))
    assert tell_pair(pair) == (
        "Hub would go and HUB would come, which differs only in leading zeros, capitals or "
        "spaces. Maybe Hub?"
    )


@pytest.mark.parametrize(
    ("one", "other", "is_apart"),
    [
        ("weir", "wear", True),
        ("weir", "weirs", True),
        ("weir", "eir", True),
        ("weir", "wier", True),
        ("weir", "weri", True),
        ("weir", "weir", False),
        ("weir", "wires", False),
        ("weir", "we", False),
        ("weir", "iewr", False),
        ("ab", "cd", False),
    ],
)
def test_one_letter(one, other, is_apart):
    assert is_one_letter_apart(one, other) is is_apart
    assert is_one_letter_apart(other, one) is is_apart
