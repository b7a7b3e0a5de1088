"""Skills on site, and sites at which nobody is to be alone: how they are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rota.domain import Presence
from tests.rota.reading.small_unit import SITES, faults, read, write_unit

DAYS = "is not a date (2027-01-04 or 04/01/2027), or some of Mon, Tue, Wed, Thu, Fri."


def with_presence(folder: Path, *rows: str) -> Path:
    return write_unit(folder, presence="\n".join(["site,skill,least,when", *rows]))


def test_a_skill_is_asked_for_always_on_a_date_or_on_weekdays(tmp_path):
    rows = ("Luton,first aid,,", "Luton,fire warden,2,4 Jan 2027", "Bedford,first aid,1,Mon Wed")
    assert read(with_presence(tmp_path, *rows)).problem.unit.presence == (
        Presence("Luton", "first aid", 1, None),
        Presence("Luton", "fire warden", 2, date(2027, 1, 4)),
        Presence("Bedford", "first aid", 1, frozenset({0, 2})),
    )


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("Lutn,first aid,,", "presence row 2, site: Lutn is not a site here. Maybe Luton?"),
        ("home,first aid,,", "presence row 2, site: home is not allowed here."),
        ("Luton,,,", "presence row 2, skill: this cell must not be blank."),
        ("Luton,first aid,0,", "presence row 2, least: 0 is not a whole number from 1 to 10000."),
        ("Luton,first aid,,Sat", f"presence row 2, when: Sat {DAYS}"),
    ],
)
def test_what_is_wrong_with_a_skill_on_site_is_told(tmp_path, row, found):
    assert faults(with_presence(tmp_path, row)) == [found]


def test_one_person_may_be_alone_unless_a_site_says_no(tmp_path):
    sites = "site,kind,alone\nLuton,office,no\nBedford,office,yes\nCrown Court,court,\n"
    unit = read(write_unit(tmp_path, sites=sites)).problem.unit
    assert [site.may_be_alone for site in unit.sites] == [False, True, True]


def test_whoever_is_at_home_is_alone(tmp_path):
    sites = SITES.replace("desks", "desks,alone").replace(",8", ",8,")
    sites += "home,home,,no\n"
    assert faults(write_unit(tmp_path, sites=sites)) == [
        "sites row 5, alone: no cannot be kept: whoever is at home is alone; leave the cell blank."
    ]
