"""Codes are short, tell their site, and no two are alike."""

from dataclasses import replace

import pytest

from rota.domain import HOME, Site
from rota.writing.site_codes import assign_site_codes


def codes(problem, *names):
    sites = tuple(Site(name, "office") for name in names)
    of = assign_site_codes(replace(problem, unit=replace(problem.unit, sites=sites)))
    assert of[HOME.name] == "h"
    return [of[name] for name in names]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Mid Herts Probation Centre", "MH"),
        ("Hertfordshire Magistrates' Court", "HM"),
        ("379 York Road", "YR"),
        ("Drug and Alcohol Service", "DA"),
        ("The Old Courthouse", "OC"),
        ("Leeds", "LE"),
        ("379", "37"),
        ("Tŷ Siôn", "TS"),
        ("<Bold> & Brave", "BB"),
        ("King\N{RIGHT SINGLE QUOTATION MARK}s", "KI"),
        ("of the", "OT"),
        ("東京", "SI"),
    ],
)
def test_a_code_comes_from_the_words_that_tell(problem, name, code):
    assert codes(problem, name) == [code]


def test_a_code_that_is_taken_gives_way_to_the_next(problem):
    names = ("Mill House", "Moor House", "Manor House", "Mill House Annexe")
    assert codes(problem, *names) == ["MH", "MO", "MA", "MI"]


def test_an_added_site_changes_no_other_code(problem):
    names = tuple(f"Mill House {n}" for n in range(40))
    assert codes(problem, *names)[:39] == codes(problem, *names[:39])


def test_many_sites_of_one_name_still_differ(problem):
    those = codes(problem, *(f"A {n}" for n in range(300)))
    assert len(set(those)) == 300
    assert max(map(len, those)) == 4


def test_the_site_home_in_the_table_is_home(problem):
    assert codes(problem, "Mill House")[0] == "MH"
    assert assign_site_codes(replace(problem, unit=replace(problem.unit, sites=(HOME,)))) == {
        "home": "h"
    }
