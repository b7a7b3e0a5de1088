"""How sign-ins that fail slow down whoever tries again, and whom they do not."""

from datetime import timedelta

import pytest

from rota.services.accounts import throttle
from rota.services.accounts.throttle import (
    OF_NAME,
    OF_NAME_AT_PLACE,
    OF_PLACE,
    OF_TOKENS,
    Slowing,
    Throttled,
    count,
    count_bad_token,
    count_outside,
)
from tests.rota.services.example import ON_SQLITE
from tests.rota.services.sample_accounts import NINE, after

HOME, CAFE = "198.51.100.7", "203.0.113.9"


def seconds(slowing, *failures):
    return [slowing.pause(number).total_seconds() for number in failures]


def fail(database, times=1, *, name="ana", place=HOME, at=NINE, browser=None):
    for _ in range(times):
        count(database, name=name, place=place, at=at, browser=browser)


def wait(database, **told):
    """How many seconds somebody has to wait who tries to sign in."""
    with pytest.raises(Throttled) as error:
        fail(database, **told)
    return error.value.seconds


def test_each_failure_beyond_the_free_ones_doubles_the_pause_up_to_the_longest():
    slowing = Slowing(3, timedelta(seconds=10), timedelta(seconds=60))
    assert seconds(slowing, 0, 2, 3, 4, 5, 6, 7, 10_000) == [0, 0, 10, 20, 40, 60, 60, 60]


def test_how_long_people_wait():
    assert seconds(OF_NAME_AT_PLACE, 4, 5, 6, 10, 11, 12) == [0, 15, 30, 480, 900, 900]
    assert seconds(OF_NAME, 19, 20, 21, 24, 25) == [0, 15, 30, 240, 300]
    assert seconds(OF_PLACE, 99, 100, 101, 106) == [0, 1, 2, 60]
    assert seconds(OF_TOKENS, 29, 30, 31, 36) == [0, 1, 2, 60]


def test_the_pause_begins_with_the_last_failure_and_ends_by_itself(database):
    for n in range(5):
        fail(database, at=after(minutes=n))
    assert wait(database, at=after(minutes=4, seconds=1)) == 14
    assert wait(database, at=after(minutes=4, seconds=14)) == 1
    fail(database, at=after(minutes=4, seconds=15))
    assert wait(database, at=after(minutes=4, seconds=15)) == 30


@ON_SQLITE
def test_to_try_during_a_pause_makes_it_no_longer(database):
    fail(database, 5)
    for n in range(15):
        assert wait(database, at=after(seconds=n)) == 15 - n
    fail(database, at=after(seconds=15))


@ON_SQLITE
def test_after_a_day_all_is_forgotten(database):
    fail(database, 5)
    assert wait(database) == 15
    fail(database, 5, at=after(days=1))


@ON_SQLITE
def test_one_place_slows_a_name_down_for_no_other_place_however_long_it_tries(database):
    at = NINE
    for n in range(60):
        fail(database, at=at)
        at += OF_NAME_AT_PLACE.pause(n + 1)
    at = after(hours=12)
    fail(database, 5, place=CAFE, at=at)
    assert wait(database, place=CAFE, at=at) == 15


@ON_SQLITE
def test_many_places_together_slow_a_name_down_for_places_that_are_unknown(database):
    for n in range(4):
        fail(database, 5, place=f"198.51.100.{n}")
    assert wait(database, place=CAFE) == 15
    fail(database, name="bob", place=CAFE)
    fail(database, place=CAFE, browser="a browser that Ana signed in with before")


@ON_SQLITE
def test_a_place_that_tries_many_names_is_slowed_down_for_all(database):
    for n in range(100):
        fail(database, name=f"{n}")
    assert wait(database, name="ana") == 1
    fail(database, name="ana", place=CAFE)
    fail(database, name="ana", browser="a browser that Ana signed in with before")


@ON_SQLITE
@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # One network, as of IPv6 many have.
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:198.51.100.8", "198.51.100.8", True),
        ("::ffff:198.51.100.8", "::ffff:198.51.100.9", False),
    ],
)
def test_what_is_one_place(database, first, second, is_same):
    fail(database, 5, place=first)
    if is_same:
        assert wait(database, place=second) == 15
    else:
        fail(database, place=second)


@ON_SQLITE
def test_single_sign_on_is_slowed_down_by_place_but_not_for_a_known_browser(database):
    for _ in range(100):
        count_outside(database, place=HOME, at=NINE)
    with pytest.raises(Throttled):
        count_outside(database, place=HOME, at=NINE)
    count_outside(database, place=HOME, at=NINE, browser="known")
    count_outside(database, place=CAFE, at=NINE)


@ON_SQLITE
def test_bad_tokens_are_slowed_down_by_place_and_slow_down_no_sign_in(database):
    for _ in range(30):
        count_bad_token(database, place=HOME, at=NINE)
    with pytest.raises(Throttled, match=r"^Too many tokens were not good\. Wait 1 second, "):
        count_bad_token(database, place=HOME, at=NINE)
    count_bad_token(database, place=CAFE, at=NINE)
    fail(database)


@ON_SQLITE
def test_a_name_can_be_forgiven_wherever_it_failed(database):
    for place in (HOME, CAFE):
        fail(database, 5, place=place)
        fail(database, 5, name="ana2", place=place)
    with database.writing() as connection:
        throttle.forgive_name(connection, name="ana")
    for place in (HOME, CAFE):
        fail(database, 5, place=place)
        assert wait(database, name="ana2", place=place) == 15
