"""A judge of an input folder and a rota that shares nothing with Rota but the bank holidays.

It reads the raw CSV cells and counts every rule in plain loops, half a day at a time, as the words
of the design have it: what is missing for half a day weighs half. Slow, and meant for files in the
plainest notation only: ISO dates, no faults, nothing told twice.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
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
    "presence": 1,
    "keep-notice": 1,
    "office-minimum": 3,
    "home-maximum": 2,
    "supervision": 4,
    "nobody-alone": 4,
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
HALVES = ("am", "pm")

HalfDay = tuple[str, date, str]
"""An officer, a day, and half of it."""

Taken = Mapping[HalfDay, str]
"""The site of each officer in each half of a day."""


def halves_of(part: str) -> tuple[str, ...]:
    return (part,) if part else HALVES


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table, in which a column that is not there is blank."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [defaultdict(str, row) for row in csv.DictReader(file)]


def taken_in(path: Path) -> dict[HalfDay, str]:
    """The rota of a rota.csv."""
    return {
        (row["staff_no"], date.fromisoformat(row["date"]), half): row["site"]
        for row in rows_of(path)
        for half in halves_of(row["part"])
    }


class LongHand:
    """What an input folder asks, and what a rota costs by it."""

    def __init__(self, folder: Path, today: date, bank_holidays: frozenset[date]) -> None:
        tables = ("duties", "appointments", "presence", "requests", "links")
        self.rows = {name: rows_of(folder / f"{name}.csv") for name in tables}
        with (folder / "policy.toml").open("rb") as file:
            self.policy = {**DEFAULTS, **tomllib.load(file)}
        self.today = today
        self.bank_holidays = bank_holidays
        start = self.policy["start"]
        self.days = [start + timedelta(days=n) for n in range(7 * self.policy["weeks"])]
        self.planned = [day for day in self.days if self.is_planned(day)]
        self.before = self.days_before(start)
        self.weeks = sorted({self.week(day) for day in self.days})
        self.terms: dict[str, list[dict[str, str]]] = defaultdict(list)
        for table, name in (("officers", "staff_no"), ("sites", "site"), ("teams", "team")):
            for row in sorted(rows_of(folder / f"{table}.csv"), key=lambda row: row["from"]):
                self.terms[f"{table} {row[name]}"].append(row)
        self.officers = {row["staff_no"]: row for row in rows_of(folder / "officers.csv")}
        self.teams = dict.fromkeys(row["team"] for row in rows_of(folder / "teams.csv"))
        sites = rows_of(folder / "sites.csv")
        self.kinds = {"home": "home", **{row["site"]: row["kind"] for row in sites}}
        self.desks = {
            (site, day, half): int(self.on("sites", site, day)["desks"])
            for site in self.kinds
            for day in (*self.before, *self.days)
            for half in HALVES
            if site != "home" and self.on("sites", site, day)["desks"]
        }
        for row in rows_of(folder / "closures.csv"):
            first, last = row["first"] or row["date"], row["last"] or row["date"]
            for day in (*self.before, *self.days):
                if first <= str(day) <= last:
                    for half in halves_of(row["part"]):
                        self.desks[row["site"], day, half] = int(row["desks"])
        self.told = {
            (row["staff_no"], date.fromisoformat(row["date"]), half)
            for row in rows_of(folder / "rota.csv")
            for half in halves_of(row["part"])
        }
        away = rows_of(folder / "away.csv")
        self.works = {
            (who, day, half)
            for who in self.officers
            for day in self.planned
            for half in HALVES
            if self.in_(who, day, half, away)
        }
        for table in ("duties", "appointments"):
            self.rows[table] = [dated for row in self.rows[table] for dated in self.on_dates(row)]
        published = {
            (row["staff_no"], date.fromisoformat(row["date"]), half): row
            for row in rows_of(folder / "rota.csv")
            for half in halves_of(row["part"])
        }
        self.history = {day for day in self.days if published and day <= self.today}
        had_seats = {(who, day) for who, day, _ in published}
        with_duty = {date.fromisoformat(row["date"]) for row in self.rows["duties"]}
        with_duty |= {day for _, day in had_seats if day in self.history}
        self.extra = [d for d in self.days if d in with_duty and d not in self.planned]
        self.offered = {
            (who, day, half)
            for who in self.officers
            for day in self.extra
            for half in HALVES
            if ((who, day) in had_seats if day in self.history else self.may_be_asked(who, day))
            and self.is_there(who, day, half, away)
        }
        self.published = {
            half_day: row
            for half_day, row in published.items()
            if half_day in self.works | self.offered
        }
        self.had = self.sites_had(folder, away)
        days_there = {(who, day) for who, day, _ in self.works | self.offered}
        self.ways = {(who, day): self.ways_to_spend(who, day) for who, day in days_there}
        self.allowed = {
            (*officer_day, half): {way[half] for way in ways if half in way}
            for officer_day, ways in self.ways.items()
            for half in HALVES
        }
        self.moved_by_hand: Mapping[tuple[str, date], str] = {}

    def on(self, table: str, name: str, day: date) -> dict[str, str]:
        """The row that holds on the day: the last that is from then or before, else the first."""
        rows = self.terms[f"{table} {name}"]
        return [rows[0], *(row for row in rows if row["from"] <= str(day))][-1]

    def officer(self, who: str, day: date) -> dict[str, str]:
        return self.on("officers", who, day)

    def may_be_asked(self, who: str, day: date) -> bool:
        return self.officer(who, day)["extra_days"] == "yes"

    def is_planned(self, day: date) -> bool:
        off = day in self.bank_holidays or day in self.policy["days_off"]
        return day.weekday() < 5 and not off

    def days_before(self, start: date) -> list[date]:
        """The days before the period that belong to the weeks which `over` tells by a number."""
        over = self.policy["over"]
        weeks = 0 if over in ("week", "period") else over - self.policy["weeks"]
        days = (start - timedelta(days=n) for n in range(7 * max(weeks, 0), 0, -1))
        return [day for day in days if self.is_planned(day)]

    def sites_had(self, folder: Path, away: list[dict[str, str]]) -> dict[HalfDay, str]:
        """Where people were before the period: first as published, then as history tells.

        A row shows that its time was worked, but by those away then or not employed; one that was
        published for after today does not.
        """
        had: dict[HalfDay, str] = {}
        published = set()
        for table in ("rota", "history"):
            for row in rows_of(folder / f"{table}.csv"):
                day = date.fromisoformat(row["date"])
                for half in halves_of(row["part"]):
                    half_day = (row["staff_no"], day, half)
                    if day not in self.before or half_day in published:
                        continue
                    if table == "rota":
                        published.add(half_day)
                    if self.in_(*half_day, away, is_history=table == "history"):
                        had[half_day] = row["site"]
        return had

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
        return [defaultdict(str, {**row, "date": day}) for day in dates]

    def week(self, day: date) -> tuple[int, int]:
        return day.isocalendar()[:2]

    def in_(
        self,
        who: str,
        day: date,
        half: str,
        away: list[dict[str, str]],
        is_history: bool = False,
    ) -> bool:
        is_shown = day <= self.today and (who, day, half) in self.told
        in_pattern = half in self.pattern(self.officer(who, day), day)
        return (in_pattern or is_shown or is_history) and self.is_there(who, day, half, away)

    def is_there(self, who: str, day: date, half: str, away: list[dict[str, str]]) -> bool:
        """Whether the officer is employed and not away then."""
        officer = self.officer(who, day)
        leaves = officer["leave_date"]
        return (
            officer["start_date"] <= str(day)
            and not (leaves and leaves < str(day))
            and not any(
                row["staff_no"] == who
                and row["first"] <= str(day) <= row["last"]
                and half in halves_of(row["part"])
                for row in away
            )
        )

    def pattern(self, officer: dict[str, str], day: date) -> tuple[str, ...]:
        """The halves of the day in the pattern, its weeks counted from `from` or the start."""
        start = date.fromisoformat(officer["from"] or officer["start_date"])
        monday = start - timedelta(days=start.weekday())
        weeks = officer["working_days"].split("/")
        words = weeks[(day - monday).days // 7 % len(weeks)].split()
        if WEEKDAYS[day.weekday()] not in words:
            return ()
        after = words[words.index(WEEKDAYS[day.weekday()]) + 1 :]
        return tuple(after[:1]) if after[:1] in (["am"], ["pm"]) else HALVES

    def ways_to_spend(self, who: str, day: date) -> list[dict[str, str]]:
        """A site for each half that is worked, one for both unless half a day is owed somewhere.

        On an extra day the site may be blank, which is nowhere.
        """
        halves = [half for half in HALVES if (who, day, half) in self.works | self.offered]
        sites = [sorted(self.sites_for(who, day, half)) for half in halves]
        ways = [dict(zip(halves, each, strict=True)) for each in product(*sites)]
        are_fixed = all(self.fixed(who, day, half) for half in halves)
        usual = [
            way
            for way in ways
            if len({*way.values()}) == 1
            or are_fixed
            or any(self.is_owed_half(who, day, half, site) for half, site in way.items())
        ]
        return usual or ways

    def fixed(self, who: str, day: date, half: str) -> str:
        """The site of a seat that may not be moved."""
        row = self.published.get((who, day, half))
        return row["site"] if row and (day <= self.today or row["locked"] == "yes") else ""

    def sites_for(self, who: str, day: date, half: str) -> set[str]:
        if fixed := self.fixed(who, day, half):
            return {fixed}
        officer = self.officer(who, day)
        if (who, day, half) in self.offered:
            own = {officer["base_site"], *officer["other_sites"].split(";")}
            if officer["home"] != "no":
                own.add("home")
            return {""} | {
                duty["site"]
                for duty in self.duties_for(who, day)
                if day not in self.history
                and half in halves_of(duty["part"])
                and (self.kinds[duty["site"]] in VISITED or duty["site"] in own)
            }
        sites = {officer["base_site"], *filter(None, officer["other_sites"].split(";"))}
        if officer["home"] != "no":
            sites.add("home")
        for duty in self.duties_for(who, day):
            if self.kinds[duty["site"]] in VISITED and half in halves_of(duty["part"]):
                sites.add(duty["site"])
        for row in self.appointments_of(who, day):
            if half in halves_of(row["part"]):
                sites.add(row["site"])
        return sites

    def open_to(self, who: str, day: date, half: str) -> list[str]:
        officer = self.officer(who, day)
        own = [officer["base_site"], *filter(None, officer["other_sites"].split(";"))]
        return [site for site in own if self.desks.get((site, day, half)) != 0]

    def is_owed_half(self, who: str, day: date, half: str, site: str) -> bool:
        """Whether a duty or an appointment of that half alone takes the officer to the site."""
        rows = (*self.duties_for(who, day), *self.appointments_of(who, day))
        return any(row["part"] == half and row["site"] == site for row in rows)

    def duties_for(self, who: str, day: date) -> list[dict[str, str]]:
        skills = self.officer(who, day)["skills"].split(";")
        return [
            duty
            for duty in self.rows["duties"]
            if duty["date"] == str(day) and (not duty["skill"] or duty["skill"] in skills)
        ]

    def appointments_of(self, who: str, day: date) -> list[dict[str, str]]:
        rows = self.rows["appointments"]
        return [row for row in rows if row["staff_no"] == who and row["date"] == str(day)]

    def may(self, who: str, day: date, half: str, site: str) -> bool:
        return site in self.allowed.get((who, day, half), ())

    def months(self, who: str) -> int:
        start, first = date.fromisoformat(self.officers[who]["start_date"]), self.days[0]
        months = 12 * (first.year - start.year) + first.month - start.month
        return max(months - (first.day < start.day), 0)

    def is_new(self, who: str) -> bool:
        return self.months(who) < self.policy["new_starter_months"]

    def is_experienced(self, who: str, day: date) -> bool:
        enough = self.months(who) >= self.policy["experienced_months"]
        return enough and self.officer(who, day)["grade"] != "PQIP"

    def costs(self, taken: Taken) -> dict[str, float]:
        """The cost of every rule; those that cost nothing are left out."""
        half_gaps: Counter[str] = Counter()
        parts = (
            self.at_places(taken),
            self.owed(taken),
            self.safe(taken),
            self.kept(taken),
            self.of_officers(taken),
            self.together(taken),
        )
        for part in parts:
            for rule, half_gap in part:
                half_gaps[rule] += max(half_gap, 0)
        weights = {**WEIGHTS, **self.policy["weights"]}
        return {
            rule: weights[rule] * half_gap / 2
            for rule, half_gap in half_gaps.items()
            if weights[rule] * half_gap
        }

    def at_places(self, taken: Taken) -> Iterator[tuple[str, int]]:
        there = defaultdict(list)
        for (who, day, half), site in taken.items():
            there[site, day, half].append(who)
        each, least = (self.policy[key] for key in ("new_starters_per_experienced", "managers_in"))
        for day, half in product([*self.planned, *self.extra], HALVES):
            for site, kind in self.kinds.items():
                people = there[site, day, half]
                if (site, day, half) in self.desks:
                    yield "desks", len(people) - self.desks[site, day, half]
                if kind == "office":
                    teams = {who: self.officer(who, day)["team"] for who in people}
                    for team in set(teams.values()):
                        team_in = [who for who in people if teams[who] == team]
                        experienced = sum(self.is_experienced(who, day) for who in team_in)
                        yield "supervision", sum(map(self.is_new, team_in)) - each * experienced
                    based = [w for w in self.officers if self.officer(w, day)["base_site"] == site]
                    managers = [w for w in based if self.officer(w, day)["grade"] == "SPO"]
                    if managers and any((who, day, half) in self.works for who in based):
                        yield "managers-in", least - len(set(managers) & set(people))

    def owed(self, taken: Taken) -> Iterator[tuple[str, int]]:
        needed: Counter[tuple[str, date, str]] = Counter()
        for duty in self.rows["duties"]:
            day = date.fromisoformat(duty["date"])
            for half in halves_of(duty["part"]):
                needed[duty["site"], day, half] += int(duty["needed"])
                if day in self.days:
                    skilled = [
                        who
                        for (who, *when), site in taken.items()
                        if (site, *when) == (duty["site"], day, half)
                        and (not duty["skill"] or duty["skill"] in self.officer(who, day)["skills"])
                    ]
                    yield "cover", int(duty["needed"]) - len(skilled)
        expected = set()
        for row in self.rows["appointments"]:
            day = date.fromisoformat(row["date"])
            for half in halves_of(row["part"]):
                expected.add((row["staff_no"], day, half, row["site"]))
                if day in self.days:
                    yield "appointments", taken.get((row["staff_no"], day, half)) != row["site"]
        sent: Counter[tuple[str, date, str]] = Counter()
        for half_day, site in taken.items():
            based_there = self.officer(*half_day[:2])["base_site"] == site
            is_sent = (
                self.kinds[site] in VISITED
                and not based_there
                and (*half_day, site) not in expected
            )
            if is_sent or half_day[1] in self.extra:
                sent[site, *half_day[1:]] += 1
        for place, people in sent.items():
            yield "cover", people - needed[place]

    def safe(self, taken: Taken) -> Iterator[tuple[str, int]]:
        for day, half in product([*self.planned, *self.extra], HALVES):
            for site in self.kinds:
                people = [w for w in self.officers if taken.get((w, day, half)) == site]
                if site != "home" and self.on("sites", site, day)["alone"] == "no":
                    yield "nobody-alone", len(people) == 1
                asked: dict[str, int] = {}
                for row in self.rows["presence"]:
                    weekday = [*WEEKDAYS, "Sat", "Sun"][day.weekday()]
                    always = not row["when"]
                    now = always or row["when"] == str(day) or weekday in row["when"].split()
                    if row["site"] == site and now:
                        asked[row["skill"]] = max(
                            int(row["least"] or 1), asked.get(row["skill"], 0)
                        )
                for skill, least in asked.items():
                    able = [
                        who
                        for who in self.officers
                        if skill in self.officer(who, day)["skills"].split(";")
                        and self.may(who, day, half, site)
                    ]
                    if able and people:
                        yield "presence", least - len(set(able) & set(people))

    def kept(self, taken: Taken) -> Iterator[tuple[str, int]]:
        notice, day = set(), self.today
        while sum(map(self.is_planned, notice)) < self.policy["notice_days"]:
            day += timedelta(days=1)
            notice.add(day)
        told = {half_day: row["site"] for half_day, row in self.published.items()}
        for (who, day), site in self.moved_by_hand.items():
            can_be = any({*way.values()} == {site} for way in self.ways.get((who, day), ()))
            if can_be and (day > self.today or not self.published):
                for half in HALVES:
                    if (who, day, half) in self.works | self.offered:
                        told[who, day, half] = site
        for half_day, site in told.items():
            day = half_day[1]
            if day in notice:
                yield "keep-notice", taken.get(half_day) != site
            elif (day > self.today or not self.published) and self.may(*half_day, site):
                yield "keep-published", taken.get(half_day) != site

    def share(self, percents: list[int], half_days: list[HalfDay]) -> int:
        """The share of half-days of each of which so many percent are asked, in half-days.

        It is rounded up to days, unless half of some day is worked.
        """
        days = Counter(day for _, day, _ in half_days)
        step = 1 if 1 in days.values() else 2
        least = 0
        while 100 * least < sum(percents):
            least += step
        return least

    def of_officers(self, taken: Taken) -> Iterator[tuple[str, int]]:
        for who in self.officers:
            mine = [
                (who, day, half)
                for day in self.planned
                for half in HALVES
                if (who, day, half) in self.works
            ]
            by_week = [[each for each in mine if self.week(each[1]) == week] for week in self.weeks]
            known = [half_day for half_day in self.had if half_day[0] == who] if mine else []
            spans = by_week if self.policy["over"] == "week" else [[*known, *mine]]
            for half_days in spans:
                sites = {**self.had, **taken}
                office = [each for each in half_days if self.counts(*each[:2], sites[each])]
                percents = [
                    self.percent(*each[:2])
                    for each in half_days
                    if any(self.counts(*each[:2], site) for site in self.open_to(*each))
                ]
                yield "office-minimum", self.share(percents, half_days) - len(office)
            for half_days in by_week:
                home = sum(taken[each] == "home" for each in half_days if self.open_to(*each))
                last = max((day for _, day, _ in half_days), default=self.days[0])
                own = self.officer(who, last)["home_days_per_week"]
                own = own or self.policy["home_days_per_week"]
                yield "home-maximum", home - 2 * int(own)
            edges = [half_day for half_day in mine if half_day[1].weekday() in (0, 4)]
            most = self.share([self.policy["home_edge_percent"]] * len(edges), edges)
            yield "home-edges", sum(taken[half_day] == "home" for half_day in edges) - most
            for (half_day, kind), strength in self.wishes(mine).items():
                yield "requests", strength * (self.kinds[taken[half_day]] != kind)

    def counts(self, who: str, day: date, site: str) -> bool:
        base = self.officer(who, day)["base_site"]
        return site == base or self.kinds[site] in self.policy["counts"]

    def percent(self, who: str, day: date) -> int:
        officer = self.officer(who, day)
        of_base = self.on("sites", officer["base_site"], day)["office_percent"]
        return int(officer["office_percent"] or of_base or self.policy["office_percent"])

    def wishes(self, half_days: list[HalfDay]) -> dict[tuple[HalfDay, str], int]:
        strongest: dict[tuple[HalfDay, str], int] = {}
        for row in self.rows["requests"]:
            for who, day, half in half_days:
                asks = row["when"] in (str(day), WEEKDAYS[day.weekday()])
                if row["staff_no"] == who and asks and half in halves_of(row["part"]):
                    wish = (who, day, half), row["wants"]
                    strongest[wish] = max(strongest.get(wish, 0), int(row["strength"] or 1))
        return strongest

    def together(self, taken: Taken) -> Iterator[tuple[str, int]]:
        for week in self.weeks:
            days = [day for day in self.planned if self.week(day) == week]
            for who in self.officers:
                mentors = {day: self.officer(who, day)["mentor"] for day in days}
                if self.is_new(who):
                    meetings = [
                        (day, (who, mentor), self.officer(who, day)["base_site"])
                        for day, mentor in mentors.items()
                        if mentor
                    ]
                    absences = self.absences(meetings, taken)
                    yield "mentor-days", sum(absences[: 2 * self.policy["mentor_days_per_week"]])
            for row in self.rows["links"]:
                who, pair = row["staff_no"], (row["staff_no"], row["with_staff_no"])
                meetings = [(day, pair, self.officer(who, day)["base_site"]) for day in days]
                yield "links", sum(self.absences(meetings, taken)[:2])
            for team in self.teams:
                offices = {day: self.on("teams", team, day)["office"] for day in days}
                users = [
                    who
                    for who in self.officers
                    if any(
                        self.officer(who, day)["team"] == team
                        and self.may(who, day, half, offices[day])
                        for day, half in product(days, HALVES)
                    )
                ]
                fewest = [
                    sum(
                        taken.get((who, day, half)) != offices[day]
                        for who in users
                        if self.officer(who, day)["team"] == team
                        for half in HALVES
                    )
                    for day in days
                ]
                yield "team-day", min(fewest, default=0)

    def absences(
        self, meetings: list[tuple[date, tuple[str, str], str]], taken: Taken
    ) -> list[int]:
        """How many of two are missing in each half that suits both, the fewest first."""
        return sorted(
            sum(taken[who, day, half] != site for who in pair)
            for day, pair, site in meetings
            for half in HALVES
            if all(self.may(who, day, half, site) for who in pair)
        )
