"""Whatever happens in whatever order, what Rota promises of rotas that were told is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rota.domain import (
    ALL,
    AM,
    HALVES,
    HOME,
    NEVER,
    OUTSIDE_NOTICE,
    PM,
    Officer,
    OfficerPart,
    Problem,
    PublishedSeat,
    Rota,
    Unit,
    list_halves,
)
from rota.errors import RotaError
from rota.explaining import Change
from rota.services.access.act import Act
from rota.services.answers import decisions as granting
from rota.services.answers import grants, proposals
from rota.services.answers.grant_effects import find_fulfilments
from rota.services.importing import imports
from rota.services.requests import new_requests, swap_fit
from rota.services.requests.published_rotas import PublishedRotas
from rota.services.rotas import comparisons, versions
from rota.services.rotas.changed_seats import Comparison
from rota.services.runs import claimed_run, claims, night, run_requests, run_result
from rota.services.runs.claimed_run import ClaimedRun
from rota.services.units import record_changes
from rota.services.units.lookup import find_unit, hold_unit
from rota.store.databases.database import Database
from rota.store.requests import asks as stored_asks
from rota.store.requests.asks import GRANTED, WAITING
from rota.store.requests.proposals import Proposal
from rota.store.runs.runs import NIGHT, RUNNING
from rota.writing import write_unit
from tests import draft_edits, stored
from tests.conftest import times
from tests.filling import by_half, filled
from tests.rota.services.promises import Deed, history_stays
from tests.rota.services.sight import Sight, sight
from tests.rota_text import problem

UNIT = problem(
    """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     .   .   .   .   .
    Bob     .   .   .   .   .
    Cat     .   .   -   .   .
    Dan     .   .   .   ./- -
    """,
    officers={
        "Ann": {"grade": "SPO", "other_sites": ("York",), "email": "ann@example.org"},
        "Bob": {"skills": frozenset(["trial"]), "email": "bob@example.org"},
        "Cat": {"skills": frozenset(["trial"]), "has_home_office": False},
        "Dan": {"start_date": date(2026, 10, 1), "mentor": "bob", "other_sites": ("York",)},
    },
    desks={"O": 2},
).unit

PUBLISHES = st.sampled_from((ALL, OUTSIDE_NOTICE, NEVER))
STAFF = st.sampled_from([officer.staff_no for officer in UNIT.officers])
SITES = st.sampled_from([HOME.name, "Leeds", "York", "Crown Court"])
AHEAD = st.integers(-2, 9)
"""Days from today."""

NIGHTS = st.sampled_from((0, 0, 0, 1, 3, -1))
"""Days from today of the day that a night takes for today."""

LONG = st.integers(0, 4)
PARTS = st.sampled_from(("", "", "", "am", "pm"))
"""Halves of days; most things take the whole of one."""

ANSWERS = st.booleans()
"""Whether breaches that come are answered for."""

AFRESH = st.sampled_from((False, False, False, True))

PICK, MANY = st.integers(0, 7), st.integers(0, 30)
SEED = st.integers(0, 50)
"""Of a random choice; with 0 nothing is moved."""

_NUMBERS = count(1)

Option = TypeVar("Option")


class Hand(NamedTuple):
    """A run that a worker is at, with how the unit was and the day when it was taken."""

    claimed: ClaimedRun
    seed: int
    planned: tuple[Sight, date]


class AnyOrder(RuleBasedStateMachine):
    """One unit among those of a database, and the days that go by."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        self.name = f"Unit {next(_NUMBERS)}"
        self.today = date(2027, 1, 3)
        self.fixed: set[PublishedSeat] = set()
        self.hands: list[Hand] = []

    @initialize(publishes=PUBLISHES, weeks=st.integers(1, 2), seed=SEED)
    def begin(self, publishes: str, weeks: int, seed: int) -> None:
        policy = problem("4 Jan 2027\nMon\nAnn .", weeks=weeks, nightly_publishes=publishes).policy
        stored.keep(self.database, self.name, UNIT, policy)
        self.now = sight(self.database, self.name)
        self.plan_a_draft(0, seed, afresh=False)
        self.publish(0, answers=True)

    def do(
        self,
        deed: Callable[..., object],
        *,
        seen_from: date | None = None,
        planned: tuple[Sight, date] | None = None,
        shown: Mapping[OfficerPart, str | None] | None = None,
        is_afresh: bool = False,
        **details: Any,
    ) -> bool:
        """Do it, or have it refused so that nothing is other than before. Whether it was done."""
        before, is_refused = self.now, False
        try:
            deed(self.database, stored.act(self.today), **details)
        except RotaError:
            is_refused = True
        self.now = sight(self.database, self.name)
        if is_refused:
            assert self.now == before
        Deed(
            before,
            self.now,
            self.today,
            seen_from or self.today,
            planned,
            {} if is_refused else shown,
            details.get("is_acknowledged", False),
            is_afresh,
        ).keeps_every_promise()
        history_stays(self.fixed, self.now)
        self.fix_history()
        return not is_refused

    @property
    def act(self) -> Act:
        return stored.act(self.today)

    def fix_history(self) -> None:
        self.fixed |= {seat for seat in self.now.in_force if seat.date <= self.today}

    def day(self, ahead: int) -> date:
        return self.today + timedelta(days=ahead)

    @rule(days=st.integers(1, 4))
    def days_go_by(self, days: int) -> None:
        for _ in range(days):
            self.today += timedelta(days=1)
            self.fix_history()

    @rule(
        staff_no=STAFF, ahead=AHEAD, long=LONG, kind=st.sampled_from(["leave", "sick"]), part=PARTS
    )
    def somebody_is_away(self, staff_no: str, ahead: int, long: int, kind: str, part: str) -> None:
        row = _spell(staff_no, self.day(ahead), long, kind, part)
        self.do(record_changes.record, unit=self.name, table="away", rows=[row])

    @precondition(lambda self: self.now.tables.away)
    @rule(pick=PICK, later=st.integers(0, 1), long=LONG, part=PARTS)
    def somebody_is_back(self, pick: int, later: int, long: int, part: str) -> None:
        """For some days or halves of days of a spell, or for all of it."""
        spell = _one(self.now.tables.away, pick)
        row = _spell(spell.staff_no, spell.first + timedelta(days=later), long, spell.kind, part)
        self.do(record_changes.withdraw_away, unit=self.name, row=row)

    @rule(ahead=AHEAD, needed=st.integers(1, 2), skill=st.sampled_from(["", "trial"]), part=PARTS)
    def a_court_lists_cases(self, ahead: int, needed: int, skill: str, part: str) -> None:
        row = {"site": "Crown Court", "date": f"{self.day(ahead)}", "needed": f"{needed}"}
        row |= {"skill": skill, "part": part}
        self.do(record_changes.record, unit=self.name, table="duties", rows=[row])

    @rule(staff_no=STAFF, ahead=AHEAD, site=SITES, part=PARTS)
    def somebody_is_called(self, staff_no: str, ahead: int, site: str, part: str) -> None:
        row = {"staff_no": staff_no, "date": f"{self.day(ahead)}", "site": site, "part": part}
        self.do(record_changes.record, unit=self.name, table="appointments", rows=[row])

    @rule(ahead=AHEAD, site=SITES, desks=st.integers(0, 1), part=PARTS)
    def a_site_closes(self, ahead: int, site: str, desks: int, part: str) -> None:
        row = {"site": site, "date": f"{self.day(ahead)}", "desks": f"{desks}", "part": part}
        self.do(record_changes.record, unit=self.name, table="closures", rows=[row])

    @rule(pick=PICK, table=st.sampled_from(["duties", "appointments", "closures"]))
    def something_is_called_off(self, pick: int, table: str) -> None:
        if rows := getattr(self.now.tables, table):
            row = _one(rows, pick)
            values = {name: getattr(row, name) for name in row.__slots__}
            told = {name: "" if its is None else f"{its}" for name, its in values.items()}
            self.do(record_changes.withdraw, unit=self.name, table=table, rows=[told])

    @rule(later=st.integers(0, 2), seed=SEED, afresh=AFRESH)
    def plan_a_draft(self, later: int, seed: int, afresh: bool) -> None:
        self.ask_for_a_draft(later, afresh=afresh)
        self.work_off(seed)

    def ask_for_a_draft(self, later: int, *, afresh: bool = False) -> None:
        """Of the policy's first period, the next, or the one after what is published."""
        policy = self.now.policy
        starts = (policy.start, policy.start + timedelta(weeks=policy.weeks), None)
        self.do(
            run_requests.request_run, unit=self.name, seconds=1, start=starts[later], afresh=afresh
        )

    @rule(ahead=NIGHTS, seed=SEED, ill=st.none() | STAFF, since=st.integers(-1, 2))
    def night(self, ahead: int, seed: int, ill: str | None, since: int) -> None:
        self.ask_for_a_night(ahead, ill, since)
        self.work_off(seed)

    def ask_for_a_night(self, ahead: int, ill: str | None, since: int) -> None:
        """As of a day, and perhaps somebody fell ill before."""
        if ill:
            self.somebody_is_away(ill, since, 1, "sick", "")
        self.do(night.request_nights, unit=self.name, as_of=self.day(ahead), seconds=1)

    def work_off(self, seed: int) -> None:
        """Take and end every run that waits."""
        while self.take(seed):
            if self.hands:
                self.end(self.hands.pop())

    @rule(later=st.integers(0, 2), seed=SEED)
    def begin_a_draft(self, later: int, seed: int) -> None:
        self.ask_for_a_draft(later)
        self.take(seed)

    @rule(ahead=NIGHTS, seed=SEED, ill=st.none() | STAFF, since=st.integers(-1, 2))
    def begin_a_night(self, ahead: int, seed: int, ill: str | None, since: int) -> None:
        self.ask_for_a_night(ahead, ill, since)
        self.take(seed)

    def take(self, seed: int) -> bool:
        now, lease = stored.act(self.today).at, stored.LEASE
        claim = claims.claim_next(self.database, worker="Wes", now=now, lease=lease, attempts=50)
        if claim is None:
            return False
        try:
            claimed = claimed_run.load_claimed_run(self.database, claim=claim, now=now)
        except RotaError as error:
            claims.fail(self.database, claim=claim, error=str(error), now=now)
        else:
            self.hands.append(Hand(claimed, seed, (self.now, self.today)))
        self.now = sight(self.database, self.name)
        return True

    @precondition(lambda self: self.hands)
    @rule(pick=PICK, days=st.sampled_from((0, 0, 1)))
    def a_run_ends(self, pick: int, days: int) -> None:
        """It was taken some while ago, and perhaps another worker has taken it since."""
        self.days_go_by(days)
        self.end(self.hands.pop(pick % len(self.hands)))

    def end(self, hand: Hand) -> None:
        claimed, seed, planned = hand
        solved = [stored.solved_by(its, _moved(its, seed)) for its in claimed.problems]
        was = self.now.runs[claimed.run.id]
        if claimed.run.kind == NIGHT:
            seen_from = max(claimed.run.today or self.today, self.today)
            deed = partial(night.save_night, claimed=claimed, solved=solved)
            is_done = self.do(deed, seen_from=seen_from)
        else:
            deed = partial(run_result.save_draft, claimed=claimed, solved=solved[0])
            is_done = self.do(deed, planned=planned, is_afresh=claimed.run.afresh)
        assert is_done == (was == (RUNNING, claimed.claim))
        assert not is_done or self.now.runs[claimed.run.id][0] != RUNNING

    @property
    def coming(self) -> list[PublishedSeat]:
        """The seats that an edit is about: those of drafts, or what is published."""
        drafted = [seat for draft in self.now.drafts for seat in draft.seats]
        seats = drafted or self.now.in_force
        return sorted((s for s in seats if s.date >= self.today), key=lambda seat: seat.date)

    @precondition(lambda self: self.coming)
    @rule(pick=MANY, site=SITES)
    def move_a_seat(self, pick: int, site: str) -> None:
        seat = _one(self.coming, pick)
        about = {"unit": self.name, "day": seat.date, "staff_no": seat.staff_no}
        self.do(draft_edits.move, **about, site=site)

    @precondition(lambda self: self.coming)
    @rule(pick=MANY, am=SITES, pm=SITES)
    def split_a_day(self, pick: int, am: str, pm: str) -> None:
        seat = _one(self.coming, pick)
        about = {"unit": self.name, "day": seat.date, "staff_no": seat.staff_no}
        self.do(draft_edits.split, **about, am=am, pm=pm)

    @precondition(lambda self: self.coming)
    @rule(pick=MANY)
    def swap_two_seats(self, pick: int) -> None:
        one, other = _one(self.coming, pick), _one(self.coming, pick + 1)
        about = {"unit": self.name, "day": one.date, "staff_no": one.staff_no}
        self.do(draft_edits.swap, **about, with_staff_no=other.staff_no)

    @precondition(lambda self: self.coming)
    @rule(deed=st.sampled_from([draft_edits.lock, draft_edits.unlock]), pick=MANY, long=LONG)
    def lock_seats(self, deed: Any, pick: int, long: int) -> None:
        seat = _one(self.coming, pick)
        days = {"first": seat.date, "last": seat.date + timedelta(days=long)}
        self.do(deed, unit=self.name, staff_no=seat.staff_no, **days)

    @precondition(lambda self: self.now.drafts)
    @rule(pick=PICK, answers=ANSWERS)
    def publish(self, pick: int, answers: bool) -> None:
        about = {"unit": self.name, "start": _one(self.now.drafts, pick).period.first}
        its = comparisons.compare_draft(self.database, self.act, **about).selected
        assert its is not None
        compared = its.with_published
        shown = _words_shown(compared) if compared else dict(by_half(its.view.rota))
        self.do(versions.publish, **about, shown=shown, is_acknowledged=answers)

    @precondition(lambda self: self.now.proposals)
    @rule(pick=PICK, is_all=st.booleans(), answers=ANSWERS)
    def accept(self, pick: int, is_all: bool, answers: bool) -> None:
        chosen = self.now.proposals if is_all else [_one(self.now.proposals, pick)]
        about = {"unit": self.name, "numbers": [its.id for its in chosen]}
        days = {its.officer_day for its in chosen}
        shown = _seats_shown(its for its in self.now.proposals if its.officer_day in days)
        self.do(proposals.accept, **about, shown=shown, is_acknowledged=answers)

    @precondition(lambda self: self.now.proposals)
    @rule(pick=PICK)
    def refuse(self, pick: int) -> None:
        numbers = [_one(self.now.proposals, pick).id]
        self.do(proposals.refuse, unit=self.name, numbers=numbers, shown={})

    @precondition(lambda self: self.coming)
    @rule(pick=MANY, other=MANY, answers=ANSWERS)
    def swap_published_seats(self, pick: int, other: int, answers: bool) -> None:
        coming = [seat for seat in self.now.in_force if seat.date > self.today]
        if not coming:
            return
        one = _one(coming, pick)
        two = _one([seat for seat in coming if seat.date == one.date], other)
        shown = _swapped(self.now, one, two)
        self.do(partial(_swap, self.name, one, two), shown=shown, is_acknowledged=answers)

    @rule(staff_no=STAFF, ahead=AHEAD, wants=st.sampled_from(["home", "office"]), answers=ANSWERS)
    def a_day_is_granted(self, staff_no: str, ahead: int, wants: str, answers: bool) -> None:
        wish = {"staff_no": staff_no, "when": f"{self.day(ahead)}", "wants": wants}
        self.ask_and_grant(partial(new_requests.ask_for_day, **wish, strength=1), answers)

    @rule(staff_no=STAFF, ahead=AHEAD, long=LONG, answers=ANSWERS)
    def leave_is_granted(self, staff_no: str, ahead: int, long: int, answers: bool) -> None:
        days = {"first": self.day(ahead), "last": self.day(ahead + long)}
        self.ask_and_grant(partial(new_requests.ask_for_leave, staff_no=staff_no, **days), answers)

    def ask_and_grant(self, wish: Callable[..., int], answers: bool) -> None:
        """Ask for something, look at what granting it changes, and grant that."""
        if not self.do(wish, unit=self.name, shown={}):
            return
        with self.database.reading() as connection:
            unit = find_unit(connection, self.name)
            (ask, *_) = stored_asks.list_in_states(connection, unit.id, [WAITING])
            rotas = PublishedRotas(connection, unit, self.today)
            try:
                found = find_fulfilments(ask, rotas, self.today)
            except RotaError:
                found = ()
        shown = _seats_shown(change for each in found for change in each.changes)
        self.do(partial(_grant, self.name, ask.id), shown=shown, is_acknowledged=answers)

    @precondition(lambda self: self.now.versions)
    @rule(pick=PICK, answers=ANSWERS)
    def restore(self, pick: int, answers: bool) -> None:
        about = {"unit": self.name, "number": _one(list(self.now.versions), pick)}
        compared = comparisons.compare_restored(self.database, self.act, **about).comparison
        shown = _words_shown(compared)
        self.do(versions.restore, **about, shown=shown, is_acknowledged=answers)

    @rule(
        leaver=st.none() | STAFF,
        has_york=st.booleans(),
        publishes=PUBLISHES,
        seed=st.none() | SEED,
        answers=ANSWERS,
    )
    def other_files_are_imported(
        self, leaver: str | None, has_york: bool, publishes: str, seed: int | None, answers: bool
    ) -> None:
        """Without an officer, with or without a site, with a rota unless seed is None."""
        unit = _without_officer(self.now.tables, leaver)
        unit = unit if has_york else _without_site(unit, "York")
        told = () if seed is None else _other_rota(unit, self.now.in_force, seed)
        policy = replace(self.now.policy, nightly_publishes=publishes)
        with TemporaryDirectory() as folder:
            write_unit(Path(folder), replace(unit, published=told), policy)
            about = {"name": self.name, "path": Path(folder)}
            trial = imports.import_unit(self.database, self.act, **about, is_trial=True)
            added, removed = trial.published
            were, are = dict(by_half(removed)), dict(by_half(added))
            places = were.keys() | are.keys()
            shown = {place: are.get(place) for place in places}
            shown = {place: site for place, site in shown.items() if were.get(place) != site}
            self.do(imports.import_unit, **about, shown=shown, is_acknowledged=answers)

    def teardown(self) -> None:
        """Leave no run to the units that follow."""
        now = stored.act(self.today + timedelta(days=1)).at
        work = partial(claims.claim_next, worker="Wes", now=now, lease=stored.LEASE, attempts=50)
        while claim := work(self.database):
            claims.fail(self.database, claim=claim, error="It is over.", now=now)


def _swap(
    unit: str,
    one: PublishedSeat,
    two: PublishedSeat,
    database: Database,
    act: Act,
    *,
    is_acknowledged: bool,
) -> None:
    with database.writing() as connection:
        held = hold_unit(connection, unit)
        rotas = PublishedRotas(connection, held, act.today)
        about = {"day": one.date, "staff_no": one.staff_no, "with_staff_no": two.staff_no}
        swap = swap_fit.fit_swap(rotas, act.today, **about)
        officers = swap.in_force.problem.officers
        grants.publish_swap(connection, act, held, swap, officers, is_acknowledged=is_acknowledged)


def _grant(unit: str, number: int, database: Database, act: Act, *, is_acknowledged: bool) -> None:
    outcome = granting.answer(
        database,
        act,
        unit=unit,
        numbers=[number],
        outcome=GRANTED,
        is_acknowledged=is_acknowledged,
    )
    for error in outcome.failed.values():
        raise error


def _seats_shown(changes: Iterable[Change | Proposal]) -> dict[OfficerPart, str | None]:
    """What is shown to become other than it is published, half by half."""
    return {
        (its.staff_no, its.date, half): its.after
        for its in changes
        for half in list_halves(its.part)
    }


def _words_shown(compared: Comparison) -> dict[OfficerPart, str | None]:
    """The same as a page says it of whole days in words."""
    return {
        (its.staff_no, day.date, half): _read_words(day.after).get(half)
        for its in compared.people
        for day in its.days
        for half in _read_words(day.before).keys() | _read_words(day.after).keys()
    }


def _read_words(sites: str | None) -> dict[str, str]:
    """The site of each half, such as Leeds, or York in the morning, Leeds in the afternoon."""
    read: dict[str, str] = {}
    for words in sites.split(", ") if sites else ():
        site, _, half = words.partition(" in the ")
        halves = {"": HALVES, "morning": (AM,), "afternoon": (PM,)}[half]
        read |= dict.fromkeys(halves, site)
    return read


def _swapped(now: Sight, one: PublishedSeat, two: PublishedSeat) -> dict[OfficerPart, str | None]:
    """What changes where two officers exchange their places of a day, half by half."""
    sites = dict(by_half(now.in_force))
    return {
        (to.staff_no, to.date, half): after
        for to, giver in ((one, two), (two, one))
        for half in HALVES
        for after in [sites.get((giver.staff_no, giver.date, half))]
        if after != sites.get((to.staff_no, to.date, half))
    }


def _one(options: Sequence[Option], pick: int) -> Option:
    return options[pick % len(options)]


def _spell(staff_no: str, first: date, long: int, kind: str, part: str) -> dict[str, str]:
    last = first + timedelta(days=long)
    days = {"first": f"{first}", "last": f"{last}", "part": part}
    return {"staff_no": staff_no, "kind": kind, **days}


def _moved(its: Problem, seed: int) -> Rota:
    """What is published with a third of the seats anywhere, or all of them where nothing is."""
    rng = Random(seed)
    wishes = [
        seat
        for options in its.day_options.values()
        if seed and rng.random() < 1 / 3
        for seat in rng.choice(options).seats
    ]
    return filled(its, wishes, [seat.seat for seat in its.unit.published])


def _without_officer(unit: Unit, leaver: str | None) -> Unit:
    """The unit with its first officers and sites, but for one, and without what names that one."""

    def mentored(officer: Officer) -> Officer:
        return officer if officer.mentor != leaver else replace(officer, mentor=None)

    def others(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(row for row in rows if row.staff_no != leaver)

    return replace(
        unit,
        officers=tuple(map(mentored, others(UNIT.officers))),
        sites=UNIT.sites,
        away=others(unit.away),
        appointments=others(unit.appointments),
        requests=others(unit.requests),
    )


def _without_site(unit: Unit, name: str) -> Unit:
    def elsewhere(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(row for row in rows if row.site != name)

    return replace(
        unit,
        sites=tuple(site for site in unit.sites if site.name != name),
        officers=tuple(replace(officer, other_sites=()) for officer in unit.officers),
        duties=elsewhere(unit.duties),
        appointments=elsewhere(unit.appointments),
        closures=elsewhere(unit.closures),
    )


def _other_rota(
    unit: Unit, in_force: tuple[PublishedSeat, ...], seed: int
) -> tuple[PublishedSeat, ...]:
    """What is in force of those who are there, with a third of it at any other site."""
    rng = Random(seed)
    staff_nos = {officer.staff_no for officer in unit.officers}
    names = [HOME.name, *(site.name for site in unit.sites)]
    return tuple(
        seat._replace(site=rng.choice(names))
        if seat.site not in names or (seed and rng.random() < 1 / 3)
        else seat
        for seat in in_force
        if seat.staff_no in staff_nos
    )


def test_any_order_of_events_keeps_every_promise(database: Database) -> None:
    run_state_machine_as_test(
        partial(AnyOrder, database),
        settings=settings(
            max_examples=times(10, soak=1000) if database.is_sqlite else times(2, soak=100),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
