from rota.domain import PublishedSeat, Rota
from rota.explaining import Change, find_changes_between
from tests.rota_text import MON, TUE, seat


def test_changes_between_published_seats_and_a_rota() -> None:
    published = [
        PublishedSeat("bob", TUE, "Leeds", locked=True),
        PublishedSeat("bob", MON, "Leeds"),
        PublishedSeat("ann", TUE, "home"),
        PublishedSeat("ann", MON, "home"),
    ]
    planned = Rota.of(
        [
            seat("Bob", TUE, "O"),
            seat("Bob", MON, "H"),
            seat("Ann", MON, "H"),
            seat("Cat", MON, "H"),
        ]
    )
    assert find_changes_between(published, planned) == (
        Change("ann", TUE, "home", None),
        Change("bob", MON, "Leeds", "home"),
        Change("cat", MON, None, "home"),
    )


def test_changes_are_found_half_by_half_and_equal_ones_are_one() -> None:
    published = [
        PublishedSeat("ann", MON, "Leeds"),
        PublishedSeat("bob", MON, "Crown Court", part="am"),
        PublishedSeat("bob", MON, "Leeds", part="pm"),
        PublishedSeat("cat", MON, "Leeds", part="am"),
        PublishedSeat("cat", MON, "Leeds", part="pm"),
        PublishedSeat("dan", MON, "home"),
        PublishedSeat("eve", MON, "home", part="am"),
    ]
    planned = Rota.of(
        [
            seat("Ann", MON, "C", "am"),
            seat("Ann", MON, "O", "pm"),
            seat("Bob", MON, "H"),
            seat("Cat", MON, "O"),
            seat("Dan", MON, "O", "pm"),
            seat("Eve", MON, "H", "pm"),
        ]
    )
    changes = find_changes_between(published, planned)
    assert changes == (
        Change("ann", MON, "Leeds", "Crown Court", "am"),
        Change("bob", MON, "Crown Court", "home", "am"),
        Change("bob", MON, "Leeds", "home", "pm"),
        Change("dan", MON, "home", None, "am"),
        Change("dan", MON, "home", "Leeds", "pm"),
        Change("eve", MON, "home", None, "am"),
        Change("eve", MON, None, "home", "pm"),
    )
    backwards = changes[::-1]
    assert tuple(sorted(backwards)) == changes
    assert (changes[0].given_up, changes[0].taken) == (
        (seat("Ann", MON, "O", "am"),),
        (seat("Ann", MON, "C", "am"),),
    )
    assert (changes[3].given_up, changes[3].taken) == ((seat("Dan", MON, "H", "am"),), ())
