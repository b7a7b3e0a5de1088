"""What is said of half a day that falls away, or waits to be planned."""

from rota.domain import PublishedSeat, Rota, Seat, SeatsOfDay
from rota.rules.finding_sentences import Count, say_number
from rota.writing.draft_seats import say_fallen_away, say_moved_by_hand, say_not_kept
from rota.writing.unplanned_officers import list_unplanned_officers
from tests.rota.writing.small_unit import COURT, HALVES, HOUSE, MON, SPLIT_ROTA, THU, TUE


def of_day(*seats):
    return SeatsOfDay.of(seats)


def test_a_half_that_falls_away() -> None:
    assert [
        say_fallen_away(HALVES, of_day(PublishedSeat("3", day, COURT, part=part)))
        for day, part in ((TUE, "pm"), (THU, "pm"), (TUE, "am"))
    ] == [
        "Cid Cole (3) on the afternoon of Tuesday 5 January 2027, who is away",
        "Cid Cole (3) on the afternoon of Thursday 7 January 2027, who does not work then",
        "Cid Cole (3) on the morning of Tuesday 5 January 2027, who may not use Mill Court "
        "in the morning any more",
    ]


def test_a_half_that_was_moved_by_hand() -> None:
    half = of_day(PublishedSeat("1", MON, HOUSE, part="am"))
    assert say_moved_by_hand(HALVES, half, [Seat("1", MON, COURT, "am")]) == (
        "Ann Ash (1) on Monday 4 January 2027: moved to Mill House in the morning from Mill Court "
        "in the morning"
    )
    assert say_not_kept(HALVES, Seat("1", MON, COURT, "am"), HOUSE) == (
        "Ann Ash (1) on Monday 4 January 2027 at Mill Court in the morning; "
        "the run needed them at Mill House"
    )


def test_halves_that_wait_to_be_planned() -> None:
    free = {("1", MON, "pm"), ("1", THU, ""), ("3", THU, "am")}
    kept = [seat for seat in SPLIT_ROTA if (seat.staff_no, seat.date, seat.part) not in free]
    waiting = list_unplanned_officers(HALVES.leave_unplanned(Rota.of(kept)))
    assert [entry.says for entry in waiting] == [
        "Ann Ash (1) on 1½ days, from the afternoon of Monday 4 January 2027 to "
        "Thursday 7 January 2027",
        "Cid Cole (3) on the morning of Thursday 7 January 2027",
    ]


def test_numbers_as_people_write_them() -> None:
    assert [say_number(n) for n in (0, 0.5, 1, 2.5, 1234)] == ["0", "½", "1", "2½", "1234"]
    assert [say_number(n, ",") for n in (999, 1234.5)] == ["999", "1,234½"]
    assert (f"{Count(0.5):day}", f"{Count(1.5):day}", str(Count(1.5))) == (
        "½ day",
        "1½ days",
        "1½",
    )
