"""The page: every cell is right, nothing is fetched or run, and it is the same each time."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from rota.checker import judge
from rota.domain import HOME, Away, Closure, Officer, Rota, Seat, Site, Team, Unit
from rota.writing import write_page
from tests.rota.writing.small_unit import (
    ALL_WEEK,
    ANN,
    BOB,
    CID,
    HALVES,
    HOUSE,
    LONG_AGO,
    MON,
    SPLIT_ROTA,
    THU,
    TUE,
)
from tests.usual_rules import all_off_but

VOID = {"meta", "col", "br", "wbr"}


class Page(HTMLParser):
    """The tables as texts of cells, headings, links and every tag with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.headings, self.tags, self.items = [], [], [], []
        self._open, self._texts = [], []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self._open.append(tag)
        self._texts.append([])
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])

    def handle_data(self, data):
        if self._texts and "style" not in self._open:
            for texts in self._texts:
                texts.append(data)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag
        text = " ".join(" ".join(self._texts.pop()).split())
        if tag in ("td", "th"):
            self.tables[-1][-1].append(text)
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(text)
        if tag in ("li", "summary"):
            self.items.append(text)


def html(path, problem, rota, bounds=None):
    write_page(path / "rota.html", problem, rota, judge(problem, rota), bounds or {})
    return (path / "rota.html").read_text(encoding="utf-8")


def page(path, problem, rota, bounds=None):
    return Page(html(path, problem, rota, bounds))


def test_every_cell_of_the_grid(tmp_path, problem, rota):
    _, grid, desks = page(tmp_path, problem, rota).tables
    days = ["Mon 4", "Tue 5", "Wed 6 bank holiday", "Thu 7", "Fri 8"]
    free = "bank holiday"
    assert grid == [
        ["Officer", "Week of 4 January 2027", "Office days"],
        days,
        ["Ann Ash 1 mentor", "MC locked", "MH was home", free, "MH", "home", "2 of 3 1 short"],
        ["Bob Beech 2 new starter", "MH", "MH", free, "MH was home", "home", "3 of 3"],
        ["Cid Cole 3 manager", "home", "away", free, "MH", "not working", "1 of 2 1 short"],
    ]
    assert desks == [
        ["Site", "Week of 4 January 2027"],
        days,
        ["Mill House MH", "1 /2", "2 /2", free, "3 /2 1 over", "0 /2"],
    ]


def test_split_days_show_both_halves_and_what_is_counted_counts_halves(tmp_path):
    its = page(tmp_path, HALVES, SPLIT_ROTA)
    _, grid, desks = its.tables
    free = "bank holiday"
    # Cid works 2 days and a half at most and has 1½ in the house; 60 % of 5 halves are 3, so 1½.
    assert grid[2:] == [
        ["Ann Ash 1 mentor", "MC / MH locked", "MH", free, "MH", "home", "2½ of 3 ½ short"],
        [
            "Bob Beech 2 new starter",
            "MH was home",
            "MH",
            free,
            "home / home pm was MH",
            "home",
            "2 of 3 1 short",
        ],
        [
            "Cid Cole 3 manager",
            "MH",
            "home / away",
            free,
            "MH / not working",
            "not working",
            "1½ of 1½",
        ],
    ]
    assert desks[2] == ["Mill House MH", "3 /2 1 over", "2 /2", free, "2 /2", "0 /2"]
    assert "/ between morning and afternoon" in its.items
    text = " ".join(html(tmp_path, HALVES, SPLIT_ROTA).split())
    # In the house Ann has 2½ days, Bob 2 and Cid 1½; at home Ann has 1, Bob 2 and Cid ½.
    assert "Days: 6 office (60%), ½ court (5%), 3½ home (35%)." in text


def test_days_are_counted_by_kind(tmp_path, problem, rota):
    text = " ".join(html(tmp_path, problem, rota).split())
    assert (
        "3 officers in 1 team, planned as of 1 January 2027. "
        "Days: 6 office (60%), 1 court (10%), 3 home (30%). </p>"
    ) in text


def test_office_days_are_summed_where_the_minimum_holds_in_each_week(tmp_path, problem):
    # Cid works 3 days in the first week and 4 in each other: ⌈1.8⌉ + ⌈2.4⌉ + ⌈2.4⌉ = 8 are asked.
    policy = replace(problem.policy, weeks=3, over="week")
    weekly = replace(problem, unit=replace(problem.unit, officers=(CID,), away=()), policy=policy)
    in_on_mondays = Rota.of(
        Seat("3", day, HOUSE if day.weekday() == 0 else HOME.name)
        for _, day in weekly.allowed_sites
    )
    _, grid, _ = page(tmp_path, weekly, in_on_mondays).tables
    assert grid[2][-1] == "3 of 8 5 short"


def test_cells_that_changed_are_framed(tmp_path, problem, rota):
    cells = [at.get("class") for tag, at in page(tmp_path, problem, rota).tags if tag == "td"]
    assert cells.count("changed") == 2


def test_how_good_it_is(tmp_path, problem, rota):
    levels, *_ = page(tmp_path, problem, rota, {"limit": 1, "policy": 7}).tables
    policy = "office-minimum, home-maximum, supervision, nobody-alone, mentor-days, managers-in"
    assert levels == [
        ["Level", "Breaches", "Cost", "How good", "Rules"],
        ["limit", "1", "1", "proven best", "desks"],
        ["cover", "0", "0", "nothing broken", "cover, appointments, presence"],
        ["notice", "1", "1", "not proven", "keep-notice"],
        ["policy", "3", "10", "not proven; at least 7", policy],
        ["stability", "1", "1", "not proven", "keep-published"],
        ["people", "0", "0", "nothing broken", "team-day, requests, home-edges, links"],
    ]


def test_breaches_are_told_by_level_and_rule(tmp_path, problem, rota):
    its = page(tmp_path, problem, rota)
    assert its.headings == [
        "Rota from 4 January 2027 to 10 January 2027",
        "How good it is",
        "What could not be met",
        "Limit: 1 breach, cost 1",
        "desks: 1 breach",
        "Notice: 1 breach, cost 1",
        "keep-notice: 1 breach",
        "Policy: 3 breaches, cost 10",
        "office-minimum: 2 breaches",
        "supervision: 1 breach",
        "Stability: 1 breach, cost 1",
        "keep-published: 1 breach",
        "East",
        "Desks",
    ]
    for breach in judge(problem, rota).breaches:
        assert breach.says in its.items


def test_a_long_list_of_breaches_unfolds_and_is_whole(tmp_path, problem):
    officers = tuple(replace(ANN, staff_no=str(n)) for n in range(9))
    unit = Unit(sites=problem.unit.sites, teams=problem.unit.teams, officers=officers)
    crowd = replace(problem, unit=unit)
    at_home = Rota.of(Seat(who, day, HOME.name) for who, day in crowd.allowed_sites)
    its = page(tmp_path, crowd, at_home)
    assert "6 more of office-minimum" in its.items
    says = [finding.says for finding in judge(crowd, at_home).breaches]
    assert [item for item in its.items if item in set(says)] == says


def test_a_rule_is_told_with_the_values_of_its_settings(tmp_path, problem, rota):
    text = html(tmp_path, problem, rota)
    assert "at least <code>office_percent</code> (60) of their working days" in text
    assert "the kinds in <code>counts</code> (office) or" in text


def test_the_key_explains_what_the_grid_shows_and_no_more(tmp_path, problem, rota):
    key = [
        "MH Mill House (office)",
        "MC Mill Court",
        "home at home",
        "away not planned",
        "not working",
        "bank holiday",
        "was not as published",
        "locked may not be moved",
        "Office days: days that count towards the office minimum, of those asked",
    ]
    its = page(tmp_path, problem, rota)
    assert its.items[-len(key) - 3 : -3] == key
    unit = Unit(sites=problem.unit.sites, teams=problem.unit.teams, officers=(ANN,))
    policy = replace(problem.policy, weights={**all_off_but(), "office-minimum": 0})
    alone = replace(problem, unit=unit, policy=policy, bank_holidays=frozenset())
    seats = Rota.of(Seat("1", day, HOUSE) for _, day in alone.allowed_sites)
    its = page(tmp_path, alone, seats)
    assert its.items[its.items.index("Desks") + 1 : -3] == ["MH Mill House (office)"]


def test_why_someone_is_away_is_not_told(tmp_path, problem, rota):
    assert "sick" not in html(tmp_path, problem, rota)


def test_a_rota_that_is_none_says_so_and_marks_the_cells(tmp_path, problem, rota):
    misplaced = [Seat("3", TUE, HOUSE), Seat("1", THU, HOME.name), Seat("9", MON, "The <Moon>")]
    wrong = Rota.of([*(s for s in rota if s != Seat("2", MON, HOUSE)), *misplaced])
    its = page(tmp_path, problem, wrong)
    assert "These seats do not make a rota" in its.headings
    for misfit in judge(problem, wrong).misfits:
        assert misfit.says in its.items
    ann, bob, cid = its.tables[1][2:]
    assert ann[4] == "MH home wrong"
    assert bob[1] == "not planned"
    assert cid[2] == "MH wrong"


def test_what_comes_in_is_never_markup(tmp_path, problem):
    nasty = """<script src="http://x">alert('&amp;')</script>"""
    unit = Unit(
        sites=(Site(nasty, "office", 0),),
        teams=(Team(nasty + "2", nasty),),
        officers=(Officer(nasty + "3", nasty + "4", nasty + "2", "PO", LONG_AGO, nasty, ALL_WEEK),),
    )
    odd = replace(problem, unit=unit)
    rota = Rota.of(Seat(who, day, nasty) for who, day in odd.allowed_sites)
    text = html(tmp_path, odd, rota)
    assert "<script" not in text
    its = Page(text)
    assert nasty + "2" in its.headings
    assert its.tables[1][2][0] == f"{nasty}4 {nasty}3"
    assert {"onclick", "onload", "style", "src"}.isdisjoint(a for _, at in its.tags for a in at)


def test_nothing_is_fetched_or_run(tmp_path, problem, rota):
    text = html(tmp_path, problem, rota)
    assert re.findall(r"://|<script|<link|<img|@import|url\(|javascript:", text) == []
    style = re.search(r"<style>(.*)</style>", text, re.DOTALL)[1]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = next(at["content"] for tag, at in Page(text).tags if "http-equiv" in at)
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_every_table_has_a_caption_and_every_heading_cell_a_scope(tmp_path, problem, rota):
    tags = page(tmp_path, problem, rota).tags
    names = [tag for tag, _ in tags]
    assert names.count("caption") == names.count("table") == 3
    assert [at for tag, at in tags if tag == "th" and "scope" not in at] == []
    assert dict(tags)["html"] == {"lang": "en-GB"}
    assert (names.count("title"), names.count("main"), names.count("h1")) == (1, 1, 1)


def test_every_link_has_its_target_and_no_id_stands_twice(tmp_path, problem, rota):
    tags = page(tmp_path, problem, rota).tags
    ids = [at["id"] for _, at in tags if "id" in at]
    assert len(ids) == len(set(ids))
    named = {at[name] for _, at in tags for name in ("aria-labelledby",) if name in at}
    assert {at["href"].removeprefix("#") for tag, at in tags if tag == "a"} | named <= set(ids)


def test_the_same_rota_gives_the_same_bytes(tmp_path, problem, rota):
    first = html(tmp_path, problem, rota)
    assert html(tmp_path, replace(problem), Rota.of(reversed(list(rota)))) == first


@pytest.mark.parametrize("weeks", [1, 2, 4, 5, 12])
def test_every_weekday_stands_once_however_long_the_period(tmp_path, problem, weeks):
    longer = replace(problem, policy=replace(problem.policy, weeks=weeks))
    seats = Rota.of(Seat(who, day, sites[0]) for (who, day), sites in longer.allowed_sites.items())
    _, *grids = page(tmp_path, longer, seats).tables
    blocks = -(-weeks // 4)
    days = [cell.split()[1] for grid in grids[:blocks] for cell in grid[1]]
    assert days == [str(day.day) for day in longer.period.weekdays()]
    cells = [len(grid[2]) for grid in grids[:blocks]]
    # Each has a name, and the last the office days.
    assert sum(cells) == 5 * weeks + blocks + 1


def test_a_period_without_a_working_day(tmp_path, problem):
    days = frozenset(MON + timedelta(days=n) for n in range(7))
    unit = replace(problem.unit, duties=())
    its = page(tmp_path, replace(problem, unit=unit, bank_holidays=days), Rota.of([]))
    levels, grid, desks = its.tables
    assert [row[1:4] for row in levels[1:]] == [["0", "0", "nothing broken"]] * 6
    assert [row[1:6] for row in grid[2:]] == [["bank holiday"] * 5] * 3
    assert desks[2] == ["Mill House MH", *["bank holiday"] * 5]
    policy = replace(problem.policy, days_off=tuple(sorted(days)))
    off = replace(problem, unit=unit, policy=policy, bank_holidays=frozenset())
    its = page(tmp_path, off, Rota.of([]))
    assert its.tables[1][1][0] == "Mon 4 day off of the unit"
    assert its.tables[1][2][1:6] == its.tables[2][2][1:] == ["day off of the unit"] * 5
    assert "day off of the unit" in its.items
    assert "What could not be met" not in its.headings


def test_an_officer_without_a_working_day(tmp_path, problem, rota):
    away = (*problem.unit.away, Away("2", date(2026, 1, 1), date(2028, 1, 1)))
    unit = replace(problem.unit, away=away)
    without_bob = Rota.of(seat for seat in rota if seat.staff_no != "2")
    _, grid, _ = page(tmp_path, replace(problem, unit=unit), without_bob).tables
    assert grid[3] == [
        "Bob Beech 2 new starter",
        "away",
        "away",
        "bank holiday",
        "away",
        "away",
        "",
    ]


def test_a_unit_without_officers(tmp_path, problem):
    unit = Unit(sites=(), teams=problem.unit.teams, officers=())
    its = page(tmp_path, replace(problem, unit=unit), Rota.of([]))
    assert its.headings == ["Rota from 4 January 2027 to 10 January 2027", "How good it is"]


def test_an_office_that_is_closed(tmp_path, problem, rota):
    closed = replace(
        problem.unit,
        closures=(Closure(HOUSE, MON + timedelta(days=4), MON + timedelta(days=4), 0),),
    )
    *_, desks = page(tmp_path, replace(problem, unit=closed), rota).tables
    assert desks[2][-1] == "closed"


def test_today_is_marked(tmp_path, problem, rota):
    _, grid, _ = page(tmp_path, replace(problem, today=TUE), rota).tables
    assert grid[1][1] == "Tue 5 today"


def test_two_of_one_name_each_have_a_row(tmp_path, problem, rota):
    officers = (CID, ANN, replace(BOB, name=ANN.name))
    unit = replace(problem.unit, officers=officers)
    _, grid, _ = page(tmp_path, replace(problem, unit=unit), rota).tables
    assert [row[0] for row in grid[2:]] == [
        "Ann Ash 1 mentor",
        "Ann Ash 2 new starter",
        "Cid Cole 3 manager",
    ]


def test_the_key_tells_the_weeks_over_which_office_days_are_counted(tmp_path, problem, rota):
    over_many = replace(problem, policy=replace(problem.policy, over=3))
    assert page(tmp_path, over_many, rota).items[-4] == (
        "Office days: days that count towards the office minimum, of those asked, from "
        "21 December 2026 to 10 January 2027; earlier days as far as they are known"
    )
