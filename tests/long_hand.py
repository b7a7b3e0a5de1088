"""A judge of an input folder and a rota that shares nothing with Rota but the bank holidays.

It reads the raw CSV cells and counts every rule in plain loops, as the words of the design have it.
Slow, and meant for files in the plainest notation only: ISO dates, no faults, nothing told twice.
"""

from __future__ import annotations

import csv
import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

DEFAULTS = {
    "weeks": 4,
    "office_percent": 60,
    "over": "period",
    "counts": ["office"],
    "home_days_per_week": 2,
    "new_starter_months": 15,
    "experienced_months": 24,
    "new_starters_per_experienced": 2,
    "mentor_days_per_week": 2,
    "managers_in": 0,
    "notice_days": 2,
    "home_edge_percent": 50,
    "days_off": [],
    "weights": {},
}
WEIGHTS = {
    "desks": 1,
    "cover": 1,
    "appointments": 1,
    "keep-notice": 1,
    "office-minimum": 3,
    "home-maximum": 2,
    "supervision": 4,
    "mentor-days": 2,
    "managers-in": 3,
    "keep-published": 1,
    "team-day": 2,
    "requests": 1,
    "home-edges": 1,
    "links": 2,
}
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri"]
VISITED = ("court", "partner", "prison")

Taken = Mapping[tuple[str, date], str]
"""The site of each officer and day."""


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table, in which a column that is not there is blank."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [defaultdict(str, row) for row in csv.DictReader(file)]


def taken_in(path: Path) -> dict[tuple[str, date], str]:
    """The rota of a rota.csv."""
    return {
        (row["staff_no"], date.fromisoformat(row["date"])): row["site"] for row in rows_of(path)
    }


class LongHand:
    """What an input folder asks, and what a rota costs by it."""

    def __init__(self, folder: Path, today: date, bank_holidays: frozenset[date]) -> None:
        tables = ("teams", "duties", "appointments", "requests", "links")
        self.rows = {name: rows_of(folder / f"{name}.csv") for name in tables}
        with (folder / "policy.toml").open("rb") as file:
            self.policy = {**DEFAULTS, **tomllib.load(file)}
        self.today = today
        self.bank_holidays = bank_holidays
        start = self.policy["start"]
        self.days = [start + timedelta(days=n) for n in range(7 * self.policy["weeks"])]
        self.planned = [day for day in self.days if self.is_planned(day)]
        self.weeks = sorted({self.week(day) for day in self.days})
        self.officers = {row["staff_no"]: row for row in rows_of(folder / "officers.csv")}
        sites = rows_of(folder / "sites.csv")
        self.sites = {row["site"]: row for row in sites}
        self.kinds = {"home": "home", **{row["site"]: row["kind"] for row in sites}}
        desks = {row["site"]: row["desks"] for row in sites if row["desks"]}
        self.desks = {(site, day): int(n) for site, n in desks.items() for day in self.days}
        for row in rows_of(folder / "closures.csv"):
            first, last = row["first"] or row["date"], row["last"] or row["date"]
            for day in self.days:
                if first <= str(day) <= last:
                    self.desks[row["site"], day] = int(row["desks"])
        away = rows_of(folder / "away.csv")
        self.works = {
            (who, day) for who in self.officers for day in self.planned if self.in_(who, day, away)
        }
        self.published = {
            (row["staff_no"], date.fromisoformat(row["date"])): row
            for row in rows_of(folder / "rota.csv")
            if (row["staff_no"], date.fromisoformat(row["date"])) in self.works
        }
        for table in ("duties", "appointments"):
            self.rows[table] = [dated for row in self.rows[table] for dated in self.on_dates(row)]
        self.allowed = {(who, day): self.sites_for(who, day) for who, day in self.works}
        self.moved_by_hand: Taken = {}

    def is_planned(self, day: date) -> bool:
        off = day in self.bank_holidays or day in self.policy["days_off"]
        return day.weekday() < 5 and not off

    def on_dates(self, row: dict[str, str]) -> list[dict[str, str]]:
        """The row of a duty or an appointment, or one for each date that its weekdays come to."""
        if row["date"][0].isdigit():
            return [row]
        dates = []
        for day in self.days:
            if not self.is_planned(day) or WEEKDAYS[day.weekday()] not in row["date"].split():
                continue
            if row["first"] > str(day) or (row["last"] and row["last"] < str(day)):
                continue
            if row["every"]:
                first = date.fromisoformat(row["first"])
                monday = first - timedelta(days=first.weekday())
                if (day - monday).days // 7 % int(row["every"]):
                    continue
            dates.append(str(day))
        return [{**row, "date": day} for day in dates]

    def week(self, day: date) -> tuple[int, int]:
        return day.isocalendar()[:2]

    def in_(self, who: str, day: date, away: list[dict[str, str]]) -> bool:
        officer = self.officers[who]
        leaves = officer["leave_date"]
        return (
            WEEKDAYS[day.weekday()] in officer["working_days"]
            and officer["start_date"] <= str(day)
            and not (leaves and leaves < str(day))
            and not any(
                row["staff_no"] == who and row["first"] <= str(day) <= row["last"] for row in away
            )
        )

    def sites_for(self, who: str, day: date) -> set[str]:
        told = self.published.get((who, day))
        if told and (day <= self.today or told["locked"] == "yes"):
            return {told["site"]}
        officer = self.officers[who]
        sites = {officer["base_site"], *filter(None, officer["other_sites"].split(";"))}
        if officer["home"] != "no":
            sites.add("home")
        for duty in self.rows["duties"]:
            called = not duty["skill"] or duty["skill"] in officer["skills"].split(";")
            if duty["date"] == str(day) and self.kinds[duty["site"]] in VISITED and called:
                sites.add(duty["site"])
        for row in self.rows["appointments"]:
            if row["staff_no"] == who and row["date"] == str(day):
                sites.add(row["site"])
        return sites

    def open_to(self, who: str, day: date) -> list[str]:
        officer = self.officers[who]
        own = [officer["base_site"], *filter(None, officer["other_sites"].split(";"))]
        return [site for site in own if self.desks.get((site, day)) != 0]

    def may(self, who: str, day: date, site: str) -> bool:
        return site in self.allowed.get((who, day), ())

    def months(self, who: str) -> int:
        start, first = date.fromisoformat(self.officers[who]["start_date"]), self.days[0]
        months = 12 * (first.year - start.year) + first.month - start.month
        return max(months - (first.day < start.day), 0)

    def is_new(self, who: str) -> bool:
        return self.months(who) < self.policy["new_starter_months"]

    def is_experienced(self, who: str) -> bool:
        enough = self.months(who) >= self.policy["experienced_months"]
        return enough and self.officers[who]["grade"] != "PQIP"

    def costs(self, taken: Taken) -> dict[str, int]:
        """The cost of every rule; those that cost nothing are left out."""
        gaps: Counter[str] = Counter()
        parts = (
            self.at_places(taken),
            self.owed(taken),
            self.kept(taken),
            self.of_officers(taken),
            self.together(taken),
        )
        for part in parts:
            for rule, gap in part:
                gaps[rule] += max(gap, 0)
        weights = {**WEIGHTS, **self.policy["weights"]}
        return {rule: weights[rule] * gap for rule, gap in gaps.items() if weights[rule] * gap}

    def at_places(self, taken: Taken) -> Iterator[tuple[str, int]]:
        there = defaultdict(list)
        for (who, day), site in taken.items():
            there[site, day].append(who)
        each, least = (self.policy[key] for key in ("new_starters_per_experienced", "managers_in"))
        for day in self.planned:
            for site, kind in self.kinds.items():
                people = there[site, day]
                if (site, day) in self.desks:
                    yield "desks", len(people) - self.desks[site, day]
                if kind == "office":
                    for team in {self.officers[who]["team"] for who in people}:
                        team_in = [who for who in people if self.officers[who]["team"] == team]
                        experienced = sum(map(self.is_experienced, team_in))
                        yield "supervision", sum(map(self.is_new, team_in)) - each * experienced
                    based = [w for w, row in self.officers.items() if row["base_site"] == site]
                    managers = [w for w in based if self.officers[w]["grade"] == "SPO"]
                    if managers and any((who, day) in self.works for who in based):
                        yield "managers-in", least - len(set(managers) & set(people))

    def owed(self, taken: Taken) -> Iterator[tuple[str, int]]:
        needed: Counter[tuple[str, str]] = Counter()
        for duty in self.rows["duties"]:
            needed[duty["site"], duty["date"]] += int(duty["needed"])
            if date.fromisoformat(duty["date"]) in self.days:
                skilled = [
                    who
                    for (who, day), site in taken.items()
                    if (site, str(day)) == (duty["site"], duty["date"])
                    and (not duty["skill"] or duty["skill"] in self.officers[who]["skills"])
                ]
                yield "cover", int(duty["needed"]) - len(skilled)
        expected = set()
        for row in self.rows["appointments"]:
            day = date.fromisoformat(row["date"])
            expected.add((row["staff_no"], day, row["site"]))
            if day in self.days:
                yield "appointments", taken.get((row["staff_no"], day)) != row["site"]
        sent: Counter[tuple[str, str]] = Counter()
        for (who, day), site in taken.items():
            based_there = self.officers[who]["base_site"] == site
            if self.kinds[site] in VISITED and not based_there and (who, day, site) not in expected:
                sent[site, str(day)] += 1
        for place, people in sent.items():
            yield "cover", people - needed[place]

    def kept(self, taken: Taken) -> Iterator[tuple[str, int]]:
        notice, day = set(), self.today
        while len(notice) < self.policy["notice_days"]:
            day += timedelta(days=1)
            if self.is_planned(day):
                notice.add(day)
        told = {place: row["site"] for place, row in self.published.items()}
        for (who, day), site in self.moved_by_hand.items():
            if self.may(who, day, site) and (day > self.today or not self.published):
                told[who, day] = site
        for (who, day), site in told.items():
            if day in notice:
                yield "keep-notice", taken[who, day] != site
            elif (day > self.today or not self.published) and self.may(who, day, site):
                yield "keep-published", taken[who, day] != site

    def of_officers(self, taken: Taken) -> Iterator[tuple[str, int]]:
        for who, officer in self.officers.items():
            mine = [day for day in self.planned if (who, day) in self.works]
            by_week = [[day for day in mine if self.week(day) == week] for week in self.weeks]
            of_base = self.sites[officer["base_site"]]["office_percent"]
            percent = int(officer["office_percent"] or of_base or self.policy["office_percent"])
            for days in [mine] if self.policy["over"] == "period" else by_week:
                sites = [taken[who, day] for day in days]
                counts = self.policy["counts"]
                office = [s for s in sites if s == officer["base_site"] or self.kinds[s] in counts]
                asked = [
                    day
                    for day in days
                    if any(
                        site == officer["base_site"] or self.kinds[site] in counts
                        for site in self.open_to(who, day)
                    )
                ]
                yield "office-minimum", math.ceil(percent * len(asked) / 100) - len(office)
            for days in by_week:
                home = sum(taken[who, day] == "home" for day in days if self.open_to(who, day))
                own = officer["home_days_per_week"] or self.policy["home_days_per_week"]
                yield "home-maximum", home - int(own)
            edges = [day for day in mine if day.weekday() in (0, 4)]
            most = math.ceil(self.policy["home_edge_percent"] * len(edges) / 100)
            yield "home-edges", sum(taken[who, day] == "home" for day in edges) - most
            for (_, wish), strength in self.wishes(who, mine).items():
                day, kind = wish
                yield "requests", strength * (self.kinds[taken[who, day]] != kind)

    def wishes(self, who: str, days: list[date]) -> dict[tuple[str, tuple[date, str]], int]:
        strongest: dict[tuple[str, tuple[date, str]], int] = {}
        for row in self.rows["requests"]:
            for day in days:
                if row["staff_no"] == who and row["when"] in (str(day), WEEKDAYS[day.weekday()]):
                    wish = who, (day, row["wants"])
                    strongest[wish] = max(strongest.get(wish, 0), int(row["strength"] or 1))
        return strongest

    def together(self, taken: Taken) -> Iterator[tuple[str, int]]:
        for week in self.weeks:
            days = [day for day in self.planned if self.week(day) == week]
            for who, officer in self.officers.items():
                if officer["mentor"] and self.is_new(who):
                    pair = who, officer["mentor"]
                    absences = self.absences(pair, days, officer["base_site"], taken)
                    yield "mentor-days", sum(absences[: self.policy["mentor_days_per_week"]])
            for row in self.rows["links"]:
                base = self.officers[row["staff_no"]]["base_site"]
                pair = row["staff_no"], row["with_staff_no"]
                yield "links", sum(self.absences(pair, days, base, taken)[:1])
            for row in self.rows["teams"]:
                members = [
                    who
                    for who, officer in self.officers.items()
                    if officer["team"] == row["team"]
                    and any(self.may(who, day, row["office"]) for day in days)
                ]
                fewest = [
                    sum(taken.get((who, day)) != row["office"] for who in members) for day in days
                ]
                yield "team-day", min(fewest, default=0)

    def absences(
        self, pair: tuple[str, str], days: list[date], site: str, taken: Taken
    ) -> list[int]:
        """How many of the two are missing on each day that suits both, the fewest first."""
        common = [day for day in days if all(self.may(who, day, site) for who in pair)]
        return sorted(sum(taken[who, day] != site for who in pair) for day in common)
