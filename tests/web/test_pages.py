"""What holds for every page: it answers, has one heading, nothing inline, and asks for little."""

import re

import pytest

from tests.web.lived_in import live
from tests.web.places import MOST_QUERIES, places

_INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.I)


@pytest.fixture
def lived_in(town):
    live(town.database)
    return town


def test_every_page_answers_with_one_heading_and_nothing_inline(lived_in):
    clients = {}
    faults = {}
    for endpoint, who, address in places(lived_in.app):
        client = clients.setdefault(who, lived_in.as_(who))
        if told := list(_faults(client.get(address))):
            faults[endpoint, address] = told
    assert faults == {}


def _faults(answer):
    if answer.status_code != 200:
        yield answer.status
        return
    page = answer.text
    if (headings := len(re.findall("<h1", page))) != 1:
        yield f"{headings} first headings"
    if not re.search("<title>[^<]+ \N{EN DASH} Rota</title>", page):
        yield "no title"
    yield from _INLINE.findall(page)


def test_no_page_asks_the_database_more_than_a_dozen_times(lived_in):
    clients = {}
    asked = {}
    for endpoint, who, address in places(lived_in.app):
        client = clients.setdefault(who, lived_in.as_(who))
        lived_in.forget()
        with lived_in.counting() as queries:
            client.get(address)
        asked[endpoint, address] = len(queries)
    assert {place: n for place, n in asked.items() if n > MOST_QUERIES} == {}
