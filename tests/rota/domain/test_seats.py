from rota.domain import PublishedSeat, Rota, Seat
from tests.rota_text import MON, TUE


def test_a_rota_lists_its_seats_by_officer_date_and_site() -> None:
    seats = [
        Seat("ann", MON, "Leeds"),
        Seat("ann", TUE, "Leeds"),
        Seat("ann", TUE, "York"),
        Seat("bob", MON, "home"),
    ]
    assert list(Rota.of(reversed(seats))) == seats


def test_a_seat_that_is_given_twice_counts_once() -> None:
    twice = Rota.of([Seat("ann", MON, "Leeds"), Seat("ann", MON, "Leeds")])
    assert len(twice) == 1
    assert twice == Rota.of([Seat("ann", MON, "Leeds")])


def test_a_published_seat_is_not_locked_unless_said_and_names_its_seat() -> None:
    published = PublishedSeat("ann", MON, "Leeds")
    assert not published.locked
    assert published.seat == Seat("ann", MON, "Leeds")
