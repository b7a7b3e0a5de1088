"""What has to be true of a unit after each deed, whatever was done before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from rota.checker import Judgement, judge
from rota.domain import (
    HALVES,
    HOME,
    MANAGER_GRADE,
    Away,
    HalfDay,
    OfficerDay,
    OfficerPart,
    Period,
    Problem,
    PublishedSeat,
    Rota,
    SeatsOfDay,
    Site,
    flatten_days,
    group_by_day,
    join_halves,
    list_halves,
    list_plain,
)
from rota.reading import list_bank_holidays
from rota.services.publishing.publication import IMPORTED, PUBLISHED
from rota.store.rotas.drafts import Draft
from tests.filling import by_half
from tests.rota.services.sight import Sight


@dataclass(frozen=True)
class Deed:
    """What was done: how the unit was before and is now, and the act's today.

    `seen_from` is the day that a night takes for today; `planned` is how the unit was when a
    planned draft was begun, and the day of that. `shown` has the sites that whoever published was
    shown to become others, None for a seat taken back. A run that `is_afresh` need not keep what
    people moved.
    """

    before: Sight
    now: Sight
    today: date
    seen_from: date
    planned: tuple[Sight, date] | None = None
    shown: Mapping[OfficerPart, str | None] | None = None
    is_acknowledged: bool = False
    is_afresh: bool = False

    def keeps_every_promise(self) -> None:
        one_seat_and_one_version_a_day(self.now)
        each_number_follows_the_one_before(self.now)
        what_was_told_stays(self.before, self.now)
        changes_are_what_differs(self)
        versions_cost_what_is_stored(self)
        no_void_seat_is_published(self)
        what_changes_is_what_was_shown(self)
        breaches_that_are_added_are_answered_for(self)
        drafts_cost_what_is_stored(self)
        nobody_publishes_over_another(self)
        runs_tell_what_they_could_not_keep(self)
        whom_it_concerns_is_told_once(self)
        deeds_are_kept(self.before, self.now)

    @property
    def versions(self) -> Iterator[int]:
        """The versions that are new."""
        yield from self.now.versions.keys() - self.before.versions.keys()

    def published_before(self, number: int) -> tuple[PublishedSeat, ...]:
        """What was in force for the period of a new version."""
        return within(self.before.in_force, self.now.versions[number].period)


def one_seat_and_one_version_a_day(now: Sight) -> None:
    """Each seat in force belongs to the newest version of one period, and periods do not touch.

    Two halves of a day at one site are one seat.
    """
    places = Counter(half for half, _ in by_half(now.in_force))
    assert [place for place, times in places.items() if times > 1] == []
    newest = {its.period.first: number for number, its in now.versions.items()}
    periods = [now.versions[newest[first]].period for first in sorted(newest)]
    assert all(one.last < other.first for one, other in pairwise(periods))
    assert flatten_days(group_by_day(now.in_force).values()) == now.in_force
    told = [seat for number in newest.values() for seat in now.told[number]]
    assert sorted(told) == list(now.in_force)


def each_number_follows_the_one_before(now: Sight) -> None:
    assert list(now.versions) == list(range(1, len(now.versions) + 1))


def what_was_told_stays(before: Sight, now: Sight) -> None:
    """No version, seat, change, message or entry of the audit is ever another."""
    for earlier, later in (
        (before.versions, now.versions),
        (before.told, now.told),
        (before.changes, now.changes),
    ):
        assert {number: later[number] for number in earlier} == earlier
    assert now.messages[: len(before.messages)] == before.messages
    assert now.audit[: len(before.audit)] == before.audit


def history_stays(fixed: Collection[PublishedSeat], now: Sight) -> None:
    """What was in force when its day came is in force for ever."""
    assert sorted(set(fixed) - set(now.in_force)) == []


def changes_are_what_differs(deed: Deed) -> None:
    """The changes of a version tell how it differs from what was published before it, if any."""
    for number in deed.versions:
        changes = [(c, half) for c in deed.now.changes[number] for half in list_halves(c.part)]
        kept = {(c.staff_no, c.date, half): (c.before, c.after) for c, half in changes}
        assert len(kept) == len(changes)
        was, is_ = (
            dict(by_half(deed.published_before(number))),
            dict(by_half(deed.now.told[number])),
        )
        places = [place for place in was.keys() | is_.keys() if was.get(place) != is_.get(place)]
        differing = {place: (was.get(place), is_.get(place)) for place in places}
        assert kept == (differing if was else {})
        assert deed.now.versions[number].seats == len(deed.now.told[number])


def versions_cost_what_is_stored(deed: Deed) -> None:
    """Judged again, in the light of what was published before, under the version's own locks.

    Void seats do not count, and days without a seat are not planned.
    """
    for number in deed.versions:
        version, seats = deed.now.versions[number], deed.now.told[number]
        published = deed.published_before(number)
        judgement = _judged(deed, version.period, published, seats)
        assert judgement.costs == version.costs
        if version.cause != IMPORTED:
            assert {misfit.seat for misfit in judgement.misfits} <= {s.seat for s in published}


def no_void_seat_is_published(deed: Deed) -> None:
    """Nobody is told a seat on a day on which they do not work, but by files."""
    for number in deed.versions:
        version, seats = deed.now.versions[number], deed.now.told[number]
        published = deed.published_before(number)
        problem = seen(deed.now, version.period, published, seats, today=deed.seen_from)
        new = [seat for seat in set(seats) - set(published) if seat.date > deed.seen_from]
        if version.cause != IMPORTED:
            assert [seat for seat in new if worked_seat(problem, seat) != seat] == []


def what_changes_is_what_was_shown(deed: Deed) -> None:
    """Not one published seat is another than whoever said yes was shown that it would be."""
    if deed.shown is None:
        return
    were, are = dict(by_half(deed.before.in_force)), dict(by_half(deed.now.in_force))
    places = [place for place in were.keys() | are.keys() if were.get(place) != are.get(place)]
    assert {place: are.get(place) for place in places} == deed.shown


def breaches_that_are_added_are_answered_for(deed: Deed) -> None:
    """Unless somebody acknowledged it, no desk limit, duty or appointment is broken more."""
    for number in () if deed.is_acknowledged else deed.versions:
        version = deed.now.versions[number]
        before = deed.published_before(number)
        were = _strict_costs(_judged(deed, version.period, before, before)) if before else {}
        are = _strict_costs(_judged(deed, version.period, before, deed.now.told[number]))
        assert {subject for subject in are if are[subject] > were.get(subject, 0)} == set()


def drafts_cost_what_is_stored(deed: Deed) -> None:
    """Judged again, in the light of what was known when it was planned or changed.

    Where the draft has no seat that can be used, the published one stands.
    """
    known, today = deed.planned or (deed.now, deed.today)
    for draft in deed.now.drafts:
        if draft in deed.before.drafts:
            continue
        published = within(known.in_force, draft.period)
        drafted = brought_together(known, draft, published)
        problem = seen(known, draft.period, published, drafted, today=today)
        usable = {
            place: of_day
            for place, of_day in worked_days(problem, drafted).items()
            if is_possible(problem, of_day) and (of_day.date > today or not published)
        }
        stays = worked_days(problem, published)
        rota = Rota.of(list_plain({**stays, **usable}.values()))
        assert judge(problem.leave_unplanned(rota), rota).costs == draft.costs


def nobody_publishes_over_another(deed: Deed) -> None:
    """A draft that is published leaves what versions changed since, where it changed nothing."""
    for number in deed.versions:
        version = deed.now.versions[number]
        if version.cause != PUBLISHED:
            continue
        (draft,) = (d for d in deed.before.drafts if d.period == version.period)
        assert draft not in deed.now.drafts
        were, are = deed.published_before(number), deed.now.told[number]
        own = set(brought_together(deed.before, draft, were)) - set(were)
        others = {seat for seat in were if seat[:2] not in {seat[:2] for seat in own}}
        gone = {half for half, _ in set(by_half(others)) - set(by_half(are))}
        works = seen(deed.now, version.period, were, (), today=deed.today).parts_worked
        worked = {(*place, half) for place, part in works.items() for half in list_halves(part)}
        assert gone & worked == set()


def brought_together(
    known: Sight, draft: Draft, published: Iterable[PublishedSeat]
) -> list[PublishedSeat]:
    """The seats of the draft, or the newer published ones where it left those of its base."""
    newer = group_by_day(published)
    base = group_by_day(known.told.get(draft.base, ()))
    days = (
        newer.get(place, day) if day == base.get(place) and place not in draft.moved_from else day
        for place, day in group_by_day(draft.seats).items()
    )
    return list(flatten_days(days))


def runs_tell_what_they_could_not_keep(deed: Deed) -> None:
    """A seat that was moved by hand is as it was, or is told, once a run has planned its draft.

    Unless the run started afresh, or its day is history.
    """
    if deed.planned is None or deed.is_afresh:
        return
    for before in deed.planned[0].drafts:
        after = [d for d in deed.now.drafts if (d.id, d.period) == (before.id, before.period)]
        if after and after[0] not in deed.before.drafts:
            kept = set(by_half((*after[0].moved_by_hand, *after[0].not_kept)))
            lost = {half for half, _ in set(by_half(before.moved_by_hand)) - kept}
            begun = within(deed.planned[0].in_force, before.period)
            assert {half for half in lost if half[1] > deed.planned[1] or not begun} == set()


def whom_it_concerns_is_told_once(deed: Deed) -> None:
    """One message on each occasion: to officers of coming days, to managers of what waits."""
    new = deed.now.messages[len(deed.before.messages) :]
    assert len({message.key for message in deed.now.messages}) == len(deed.now.messages)
    occasions = Counter((m.key.rpartition("/")[0], m.staff_no) for m in new)
    assert all(times == 1 for times in occasions.values())
    expected = {who for number in deed.versions for who in _concerned(deed, number)}
    if set(deed.now.proposals) - set(deed.before.proposals):
        expected |= {o.staff_no for o in deed.now.tables.officers if o.grade == MANAGER_GRADE}
    employed = {officer.staff_no for officer in deed.now.tables.officers}
    of_rotas = [message for message in new if "/ask/" not in message.key]
    told_by_answers = {message.staff_no for message in new if message not in of_rotas}
    told = {message.staff_no for message in of_rotas}
    assert told <= expected & employed
    assert expected & employed <= told | told_by_answers


def deeds_are_kept(before: Sight, now: Sight) -> None:
    """Nobody changes the unit, its drafts or its versions without an entry in the audit."""
    kept = [(s.tables, s.policy, s.versions, s.drafts) for s in (before, now)]
    assert kept[0] == kept[1] or len(now.audit) > len(before.audit)


def within(seats: Iterable[PublishedSeat], period: Period) -> tuple[PublishedSeat, ...]:
    return tuple(seat for seat in seats if seat.date in period)


def seen(
    sight: Sight,
    period: Period,
    published: Iterable[PublishedSeat],
    locked: Iterable[PublishedSeat],
    *,
    today: date,
) -> Problem:
    """The unit's problem of the period, put together from the words and not by the services.

    Of `locked` those that are count. Sites that are gone are offices without a limit, to those who
    still have a seat there. On past days nobody works but those for whom they were published.
    """
    told = tuple(seat._replace(locked=False) for seat in published)
    held = tuple(seat.seat for seat in locked if seat.locked)
    known = {HOME.name, *(site.name for site in sight.tables.sites)}
    gone = sorted({seat.site for seat in (*told, *held)} - known)
    sites = (*sight.tables.sites, *(Site(name, "office") for name in gone))
    problem = Problem(
        unit=replace(sight.tables, sites=sites, published=told, locked=held),
        policy=replace(sight.policy, start=period.first, weeks=period.weeks),
        today=today,
        bank_holidays=list_bank_holidays(today.replace(month=1, day=1), period.last),
    )
    idle = tuple(_idle(problem)) if told else ()
    unit = replace(problem.unit, away=(*problem.unit.away, *idle))
    return replace(problem, unit=unit)


def _judged(
    deed: Deed, period: Period, published: Iterable[PublishedSeat], seats: Iterable[PublishedSeat]
) -> Judgement:
    problem = seen(deed.now, period, published, seats, today=deed.seen_from)
    rota = Rota.of(list_plain(worked_days(problem, seats).values()))
    return judge(problem.leave_unplanned(rota), rota)


def _strict_costs(judgement: Judgement) -> Counter[object]:
    costs: Counter[object] = Counter()
    for breach in judgement.breaches:
        if breach.rule.level in ("limit", "cover"):
            of_date = isinstance(breach.when, date)
            whens = [HalfDay(breach.when, half) for half in HALVES] if of_date else [breach.when]
            for when in whens:
                costs[breach.rule.key, breach.about, when] += breach.cost / len(whens)
    return costs


def _idle(problem: Problem) -> Iterator[Away]:
    """The past days, or halves, of each officer for which nothing was published."""
    told = dict(by_half(problem.unit.published))
    for officer in problem.unit.officers:
        for day in problem.dates:
            idle = [half for half in HALVES if (officer.staff_no, day, half) not in told]
            part = join_halves(idle)
            if day <= problem.today and part is not None:
                yield Away(officer.staff_no, day, day, part=part)


def worked_seat(problem: Problem, seat: PublishedSeat) -> PublishedSeat | None:
    """The seat in those halves of it that its officer works."""
    part = problem.parts_worked.get(seat.officer_day, None)
    worked = [] if part is None else list_halves(part)
    left = join_halves(half for half in list_halves(seat.part) if half in worked)
    return None if left is None else seat._replace(part=left)


def worked_days(problem: Problem, seats: Iterable[PublishedSeat]) -> dict[OfficerDay, SeatsOfDay]:
    """The seats by officer and date, in those halves that are worked."""
    worked = (worked_seat(problem, seat) for seat in seats)
    return group_by_day(seat for seat in worked if seat is not None)


def is_possible(problem: Problem, of_day: SeatsOfDay) -> bool:
    """Whether the officer may spend the day so, whatever there is in a half without a seat."""
    ways = (set(by_half(option.seats)) for option in problem.day_options[of_day.officer_day])
    return any(way.issuperset(by_half(of_day.plain)) for way in ways)


def _concerned(deed: Deed, number: int) -> set[str]:
    """Whose coming days the version changes, or tells for the first time, as files never do."""
    is_first = not deed.published_before(number)
    if is_first and deed.now.versions[number].cause == IMPORTED:
        return set()
    rows = deed.now.told[number] if is_first else deed.now.changes[number]
    return {row.staff_no for row in rows if row.date >= deed.today}
