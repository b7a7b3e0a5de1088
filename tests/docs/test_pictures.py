"""The drawn picture of the README."""

import re
from xml.etree import ElementTree

from tests.readme_picture import PICTURE, TEAM, unit


def test_the_picture_shows_the_team_and_fetches_nothing():
    svg = PICTURE.read_text(encoding="utf-8")
    texts = [*ElementTree.fromstring(svg).itertext()]
    names = [officer.name for officer in unit().unit.officers if officer.team == TEAM]
    assert [name for name in names if name not in texts] == []
    assert re.findall(r"://[^\s\"']+", svg) == ["://www.w3.org/2000/svg"]
