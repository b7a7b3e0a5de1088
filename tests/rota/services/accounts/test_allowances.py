"""How many calls programs may make in a minute, by one process or by several together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from rota.errors import TooMany
from rota.services.accounts import throttle
from rota.services.accounts.throttle import Meter
from tests.rota.services.example import ON_SQLITE
from tests.rota.services.ledger import ledger
from tests.rota.services.sample_accounts import statements_of

NINE = datetime(2027, 1, 4, 9, 0, 20, tzinfo=UTC)
"""Twenty seconds after nine."""


def spent(meter, database, times, *, whose="ana", most=30, at=NINE):
    """How many of so many calls are let through."""
    number = 0
    for _ in range(times):
        try:
            meter.spend(database, whose, most=most, at=at)
        except TooMany:
            continue
        number += 1
    return number


def test_no_more_is_let_through_in_a_minute_than_is_allowed(database):
    meter = Meter()
    assert spent(meter, database, 40) == 30
    assert spent(meter, database, 3, whose="bob") == 3
    with pytest.raises(TooMany) as error:
        meter.spend(database, "ana", most=30, at=NINE)
    assert str(error.value) == "Too many calls in one minute. Wait 40 seconds, then try again"
    assert error.value.seconds == 40
    assert spent(meter, database, 40, at=NINE + timedelta(seconds=40)) == 30


@ON_SQLITE
@pytest.mark.parametrize("most", [1, 2, 9, 10, 11, 25, 99])
def test_every_number_is_kept_exactly(database, most):
    assert spent(Meter(), database, most + 5, most=most) == most


def test_two_processes_together_let_no_more_through(database):
    one, other = Meter(), Meter()
    assert spent(one, database, 20) == 20  # In parts of 3, so that 21 are set aside.
    assert spent(other, database, 20) == 9
    assert spent(one, database, 20) == 1
    assert spent(other, database, 5) == 0


def test_many_threads_together_let_no_more_through(database):
    meter = Meter()
    with ThreadPoolExecutor(8) as pool:
        parts = pool.map(lambda _: spent(meter, database, 5), range(8))
        assert sum(parts) == 30


@ON_SQLITE
def test_most_calls_ask_nothing_of_the_database(database):
    meter = Meter()
    with statements_of(database) as made:
        assert spent(meter, database, 600, most=600) == 600
    assert len([its for its in made if its.startswith("INSERT")]) == 10


def test_a_process_whose_clock_is_behind_does_not_give_all_anew(database):
    assert spent(Meter(), database, 30, at=NINE + timedelta(minutes=1)) == 30
    assert spent(Meter(), database, 30, at=NINE) == 0


def test_what_is_over_is_forgotten(database):
    spent(Meter(), database, 1)
    with database.writing() as connection:
        throttle.forget_old_allowances(connection, at=NINE + timedelta(minutes=1))
    assert len(ledger(database)["allowance"]) == 1
    with database.writing() as connection:
        throttle.forget_old_allowances(connection, at=NINE + timedelta(minutes=2))
    assert ledger(database)["allowance"] == ()
