"""Runs are taken in turn: the night first, then the unit that has had the least of the workers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rota.services.runs import claimed_run, claims, run_requests, run_status
from rota.services.runs.run_queue import LATELY, SHORT_SECONDS, Turns, load_turns
from rota.store.databases.database import Database
from rota.store.runs.queue import FreeRun, TakenRun
from rota.store.runs.runs import DRAFT, NIGHT
from tests.rota.services.example import EARLIER, keep
from tests.rota_text import MON, rota
from tests.stored import LEASE, act, work_off

BLUE, RED, GREEN = 1, 2, 3
NOW = datetime(2027, 1, 4, 2, 30, tzinfo=UTC)
HOUR = 3600
SECOND = timedelta(seconds=1)


def free(
    number: int, unit: int, seconds: float = 60, *, kind: str = DRAFT, key: str = ""
) -> FreeRun:
    return FreeRun(
        id=number,
        unit_id=unit,
        kind=kind,
        key=key or None,
        today=None,
        seconds=seconds,
        afresh=False,
        seed=1,
        stop_asked=False,
        asked_at=NOW,
        asked_by="Mel",
    )


def night(number: int, seconds: float = 60) -> FreeRun:
    return free(number, BLUE, seconds, kind=NIGHT, key=f"night/{number}")


def next_draft(number: int) -> FreeRun:
    return free(number, BLUE, key=f"next/{number}")


def under_way(run: FreeRun) -> TakenRun:
    return TakenRun(
        unit_id=run.unit_id,
        kind=run.kind,
        key=run.key,
        seconds=run.seconds,
        begun_at=NOW,
        ended_at=None,
    )


def ended(run: FreeRun, *, after: float) -> TakenRun:
    return replace(under_way(run), ended_at=NOW + timedelta(seconds=after))


def order(*waiting: FreeRun, taken: tuple[TakenRun, ...] = ()) -> tuple[int, ...]:
    return Turns(waiting, taken).list_order()


def takeable(*waiting: FreeRun, taken: tuple[TakenRun, ...] = ()) -> tuple[int, ...]:
    return tuple(Turns(waiting, taken).list_takeable())


# Among units


def test_a_unit_that_asks_for_much_waits_for_its_turn() -> None:
    blue = [free(number, BLUE) for number in range(1, 5)]
    assert order(*blue, free(5, RED), free(6, GREEN)) == (1, 5, 6, 2, 3, 4)


def test_a_unit_keeps_its_own_order() -> None:
    assert order(free(1, BLUE, 200), free(2, BLUE, 10)) == (1, 2)


def test_who_may_take_less_time_has_more_turns() -> None:
    # Blue may have had 120 seconds after its first run, and Red as many after four of its own.
    blue = [free(1, BLUE, 120), free(2, BLUE, 120)]
    red = [free(number, RED, 30) for number in range(3, 8)]
    assert order(*blue, *red) == (1, 3, 4, 5, 6, 2, 7)


def test_a_run_under_way_counts_with_all_that_it_may_take() -> None:
    waiting = (free(2, BLUE), free(3, RED))
    assert order(*waiting, taken=(under_way(free(1, BLUE)),)) == (3, 2)


def test_a_run_that_has_ended_counts_with_what_it_took() -> None:
    waiting = (free(3, BLUE), free(4, RED))
    taken = (ended(free(1, BLUE, 300), after=10), ended(free(2, RED, 30), after=20))
    assert order(*waiting, taken=taken) == (3, 4)
    assert order(*waiting, taken=taken[:1]) == (4, 3)


def test_what_nights_took_is_held_against_no_unit() -> None:
    taken = (ended(night(1), after=500), ended(next_draft(2), after=500))
    assert order(free(3, BLUE), free(4, RED), taken=taken) == (3, 4)


# Long runs


def test_long_runs_of_a_unit_are_worked_on_one_after_the_other() -> None:
    blue = [free(number, BLUE, HOUR) for number in range(2, 42)]
    taken = (under_way(free(1, BLUE, HOUR)),)
    assert takeable(*blue, taken=taken) == ()
    assert takeable(*blue, free(42, RED, HOUR), free(43, BLUE, 30), taken=taken) == (42, 43)
    assert order(*blue, free(42, RED), taken=taken) == (42, *range(2, 42))


def test_a_run_is_long_when_it_may_search_for_more_than_five_minutes() -> None:
    taken = (under_way(free(1, BLUE, HOUR)),)
    just_short, just_long = free(2, BLUE, SHORT_SECONDS), free(2, BLUE, SHORT_SECONDS + 1)
    assert (takeable(just_short, taken=taken), takeable(just_long, taken=taken)) == ((2,), ())
    assert Turns((just_short,), taken).is_held(2) is False
    assert Turns((just_long,), taken).is_held(2) is True
    assert Turns((just_long,), ()).is_held(2) is False
    assert Turns((just_long,), (under_way(just_short),)).is_held(2) is False


def test_the_night_waits_for_no_long_run() -> None:
    taken = (under_way(free(1, BLUE, HOUR)),)
    assert takeable(free(2, BLUE, HOUR), night(3, HOUR), taken=taken) == (3,)


# The night


def test_the_night_goes_first_and_lets_a_short_run_go_now_and_then() -> None:
    # After 60 seconds of the night Red's 20 go; after 20, three times as many of the night must.
    nights = [night(number) for number in range(1, 6)]
    assert order(free(6, RED, 20), free(7, RED, 20), *nights) == (1, 6, 2, 7, 3, 4, 5)
    assert order(free(6, RED), free(7, RED), free(8, RED), *nights) == (1, 6, 2, 3, 4, 7, 5, 8)


def test_no_long_run_goes_before_the_night() -> None:
    nights = [night(number) for number in range(3, 123)]
    forty = [free(number, BLUE, HOUR) for number in range(200, 240)]
    told = order(*forty, free(1, RED, HOUR), free(2, RED, 30), *nights)
    assert told.index(2) == 1
    assert [*told[:1], *told[2:121]] == [*range(3, 123)]
    # Red has had 30 seconds by then.
    assert told[121:] == (200, 1, *range(201, 240))


def test_a_run_as_short_as_those_of_the_night_is_short_then() -> None:
    nights = [night(number, 600) for number in (1, 2)]
    assert order(free(3, RED, 600), *nights) == (1, 3, 2)
    assert order(free(3, RED, 601), *nights) == (1, 2, 3)


def test_what_was_taken_since_the_night_was_asked_for_counts() -> None:
    waiting = (night(3), free(4, RED))
    assert order(*waiting, taken=(under_way(night(1)),)) == (4, 3)
    assert order(*waiting, taken=(under_way(night(1)), under_way(free(2, RED)))) == (3, 4)
    before = replace(under_way(night(1)), begun_at=NOW - SECOND)
    assert order(*waiting, taken=(before,)) == (3, 4)


def test_what_the_night_drafts_of_the_next_period_comes_last() -> None:
    assert order(next_draft(1), free(2, RED), night(3)) == (3, 2, 1)
    held, taken = free(2, BLUE, HOUR), (under_way(free(9, BLUE, HOUR)),)
    assert takeable(next_draft(1), held, taken=taken) == (1,)


# What is told is what happens

WAITING = st.lists(
    st.builds(
        lambda unit, seconds, key: free(0, unit, seconds, kind=key or DRAFT, key=key),
        st.integers(1, 4),
        st.sampled_from([20, 60, 300, 301, HOUR]),
        st.sampled_from(["", "", "", NIGHT]),
    ),
    max_size=12,
)


def taken_one_by_one(waiting: list[FreeRun]) -> Iterator[int]:
    """The runs as workers take them while none ends, each after a new look at all of them."""
    taken: list[TakenRun] = []
    while (number := next(Turns(tuple(waiting), tuple(taken)).list_takeable(), None)) is not None:
        (run,) = (its for its in waiting if its.id == number)
        waiting.remove(run)
        taken.append(under_way(run))
        yield number


@given(WAITING)
def test_runs_are_taken_in_the_order_that_was_told(unnumbered: list[FreeRun]) -> None:
    waiting = [replace(run, id=number) for number, run in enumerate(unnumbered, 1)]
    told = order(*waiting)
    assert sorted(told) == [run.id for run in waiting]
    happened = [*taken_one_by_one([*waiting])]
    assert told[: len(happened)] == tuple(happened)


CHART = """
        4 Jan 2027
        Mon Tue
Ann     O   H
Bob     H   O
"""


def test_places_in_the_queue_are_those_in_which_workers_take_runs(database: Database) -> None:
    """Forty runs of an hour, or as many as may wait, keep nobody else from the workers."""
    for name in ("Blue", "Red"):
        keep(database, CHART, name=name)
    weeks = [MON + timedelta(weeks=number) for number in range(run_requests.MOST_WAITING)]
    for monday in weeks:
        run_requests.request_run(database, EARLIER, unit="Blue", seconds=HOUR, start=monday)
    red = run_requests.request_run(database, EARLIER, unit="Red", seconds=30).run.id
    places = run_status.load_status(database, EARLIER, unit="Red", number=red, lease=LEASE)
    assert (places.ahead, places.is_held) == (1, False)
    assert [taken(database), taken(database), taken(database)] == [1, red, None]
    held = run_status.load_status(database, EARLIER, unit="Blue", number=2, lease=LEASE)
    assert (held.ahead, held.is_held) == (0, True)


def taken(database: Database, at: datetime = EARLIER.at) -> int | None:
    claim = claims.claim_next(database, worker="east", now=at, lease=LEASE, attempts=5)
    return claimed_run.load_claimed_run(database, claim=claim, now=at).run.id if claim else None


def test_what_a_unit_has_had_is_forgotten_after_a_day(database: Database) -> None:
    for name in ("Blue", "Red"):
        keep(database, CHART, name=name)
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=30)
    claim = claims.claim_next(database, worker="east", now=EARLIER.at, lease=LEASE, attempts=5)
    claims.fail(database, claim=claim or "", error="It broke.", now=EARLIER.at + SECOND)
    blue = run_requests.request_run(database, EARLIER, unit="Blue", seconds=30).run.id
    red = run_requests.request_run(database, EARLIER, unit="Red", seconds=30).run.id
    with database.reading() as connection:
        day = EARLIER.at + LATELY + SECOND
        assert load_turns(connection, day).list_order() == (red, blue)
        assert load_turns(connection, day + SECOND).list_order() == (blue, red)


def test_a_run_that_is_over_is_not_counted_as_under_way(database: Database) -> None:
    keep(database, CHART)
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=HOUR)
    work_off(database, EARLIER, rota=rota(CHART))
    later = run_requests.request_run(
        database, EARLIER, unit="Blue", seconds=HOUR, start=date(2027, 2, 1)
    ).run.id
    assert taken(database, act(EARLIER.today).at) == later
