"""What is to be known of skills on site: who could never bring them, and when nobody can."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rota.remarks.test_remarks import officers, remarks

# Ana, who alone has the skill court, works Mon to Wed; Cai all week, Eve Thu and Fri.
HEADER = "site,skill,least,when"


def on_site(folder: Path, rows: str, **tables: str) -> list[str]:
    """The remarks on these rows of the table presence; those on mentors are left out."""
    told = remarks(folder, officers=officers(), presence=f"{HEADER}\n{rows}\n", **tables)
    return [remark for remark in told if remark.startswith("presence: ")]


@pytest.mark.parametrize(
    ("rows", "remark"),
    [
        ("Luton,court,,Mon Tue", None),
        ("Luton,court,2,Tue", None),
        (
            "Luton,first aid,,",
            "1 skill on site cannot be met, because nobody has the skill first aid: Luton "
            "(skill first aid).",
        ),
        (
            "Luton,curt,,",
            "1 skill on site cannot be met, because nobody has the skill curt: Luton "
            "(skill curt). Maybe court?",
        ),
        (
            "Bedford,court,,",
            "1 skill on site cannot be met, because nobody with the skill court may use Bedford: "
            "Bedford (skill court).",
        ),
        (
            "Luton,court,,2027-03-28",
            "1 skill on site has no effect, because nobody works at weekends: Luton (skill court).",
        ),
        (
            "Luton,court,,2027-03-25",
            "1 skill on site is not asked for, because nobody with the skill court works and may "
            "be there then: Luton on Thursday 25 March 2027.",
        ),
        (
            # Of two weeks; Good Friday is on 26 March.
            "Luton,court,,Wed Thu Fri",
            "3 skills on site are not asked for, because nobody with the skill court works and may "
            "be there then: Luton on Thursday 25 March 2027; Luton on Thursday 1 April 2027; "
            "Luton on Friday 2 April 2027.",
        ),
    ],
)
def test_a_skill_that_nobody_can_bring_is_told(tmp_path, rows, remark):
    assert on_site(tmp_path, rows) == ([f"presence: {remark}"] if remark else [])


def test_half_of_a_day_without_anybody_who_has_the_skill_is_told(tmp_path):
    away = "101,2027-03-22,2027-03-22,leave,am"
    assert on_site(tmp_path, "Luton,court,,Mon", away=away) == [
        "presence: 1 skill on site is not asked for, because nobody with the skill court works "
        "and may be there then: Luton on the morning of Monday 22 March 2027."
    ]
