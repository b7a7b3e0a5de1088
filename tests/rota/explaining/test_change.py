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
