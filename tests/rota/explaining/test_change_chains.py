from rota.domain import Away
from rota.explaining import Change, explain
from tests import rota_text
from tests.rota.explaining.example import monday, problem, reasons, same
from tests.rota_text import MON, TUE

MANAGER = {"grade": "SPO"}


def test_a_change_for_which_another_made_room_belongs_to_a_chain() -> None:
    """With 1 desk, Ann in the office leaves none for Bob; Bob at home would trouble nobody."""
    published = monday(Ann="O", Bob="H", Cat="H")
    planned = monday(Ann="H", Bob="O", Cat="H")
    unit = problem(published, on=("desks",), desks={"O": 1})
    ann, bob = Change("ann", MON, "Leeds", "home"), Change("bob", MON, "home", "Leeds")
    assert reasons(unit, planned) == (
        same(
            ann,
            "If this stayed as published: 2 officers for 1 desk at Leeds on Monday 4 January 2027.",
        ),
        same(
            bob,
            "This belongs to a chain of changes with Ann (ann) on Monday 4 January 2027. Putting "
            "it back makes nothing worse that the rules count, alone or with all of them; "
            "somebody decided on it, or the search was cut short.",
            (ann,),
        ),
    )


def test_a_chain_that_would_break_something_only_together() -> None:
    """Any one of the managers would do at Leeds; it takes all of them at home to leave it alone."""
    published = monday(Ann="H", Bob="H", Cat="H", Dan="H", Eve="H")
    planned = monday(Ann="O", Bob="O", Cat="O", Dan="O", Eve="O")
    unit = problem(
        published,
        on=("managers-in",),
        officers=dict.fromkeys(("Ann", "Bob", "Cat", "Dan", "Eve"), MANAGER),
        managers_in=1,
    )
    everybody = [Change(who, MON, "home", "Leeds") for who in ("ann", "bob", "cat", "dan", "eve")]
    alone = (
        "If all of them stayed as published: 0 managers in at Leeds on Monday 4 January 2027; "
        "at least 1 asked."
    )
    found = reasons(unit, planned)
    assert found[0] == same(
        everybody[0],
        "This belongs to a chain of changes with Bob (bob) on Monday 4 January 2027, Cat (cat) on "
        f"Monday 4 January 2027, Dan (dan) on Monday 4 January 2027 and 1 more. {alone}",
        tuple(everybody[1:]),
    )
    assert [reason.chain for reason in found] == [
        tuple(other for other in everybody if other != change) for change in everybody
    ]
    assert explain(unit, rota_text.rota(planned), everybody[::-1]) == found[::-1]


def test_a_chain_goes_on_over_void_seats_and_names_the_nearest_ends_first() -> None:
    """Bob and Cat have the desk that was Ann's, which explains nothing: nobody asks them to."""
    published = """
            4 Jan 2027
            Mon Tue
    Ann     O   O
    Bob     H   H
    Cat     H   H
    """
    planned = """
            4 Jan 2027
            Mon Tue
    Ann     -   -
    Bob     O   H
    Cat     H   O
    """
    unit = problem(
        published,
        on=("desks", "team-day"),
        desks={"O": 1},
        away=[Away("ann", MON, TUE, "sick")],
    )
    ann, ann_too = Change("ann", MON, "Leeds", None), Change("ann", TUE, "Leeds", None)
    bob, cat = Change("bob", MON, "home", "Leeds"), Change("cat", TUE, "home", "Leeds")
    chains = {reason.change: reason.chain for reason in reasons(unit, planned)}
    assert chains == {ann: (), ann_too: (), bob: (ann, ann_too), cat: (ann_too, ann)}


def test_changes_are_in_one_chain_if_they_share_limits_with_others_that_do() -> None:
    """The desks tie Bob to Ann on Monday and to Cat on Tuesday; his days at home tie those two."""
    published = """
            4 Jan 2027
            Mon Tue
    Ann     O   H
    Bob     H   O
    Cat     H   H
    """
    planned = """
            4 Jan 2027
            Mon Tue
    Ann     H   H
    Bob     O   H
    Cat     H   O
    """
    ann, cat = Change("ann", MON, "Leeds", "home"), Change("cat", TUE, "home", "Leeds")
    bob, bob_too = Change("bob", MON, "home", "Leeds"), Change("bob", TUE, "Leeds", "home")

    def chains(*on: str) -> dict[Change, tuple[Change, ...]]:
        unit = problem(published, on=on, desks={"O": 1})
        return {reason.change: reason.chain for reason in reasons(unit, planned)}

    assert chains("desks") == {ann: (), bob: (ann,), bob_too: (), cat: (bob_too,)}
    assert chains("desks", "home-maximum") == {
        ann: (),
        bob: (ann, bob_too),
        bob_too: (),
        cat: (bob_too, ann),
    }


def test_an_officer_who_is_away_on_one_day_has_her_place_in_the_chains_of_all() -> None:
    published = """
            4 Jan 2027
            Mon Tue
    Ann     O   O
    Bob     H   H
    Cat     H   H
    """
    planned = """
            4 Jan 2027
            Mon Tue
    Ann     -   H
    Bob     O   H
    Cat     H   O
    """
    away = [Away("ann", MON, MON, "sick")]
    unit = problem(published, on=("desks",), desks={"O": 1}, away=away)
    ann, ann_too = Change("ann", MON, "Leeds", None), Change("ann", TUE, "Leeds", "home")
    bob, cat = Change("bob", MON, "home", "Leeds"), Change("cat", TUE, "home", "Leeds")
    chains = {reason.change: reason.chain for reason in reasons(unit, planned)}
    assert chains == {ann: (), ann_too: (), bob: (ann,), cat: (ann_too,)}


def test_an_officer_who_had_no_seat_stays_when_the_chain_is_put_back() -> None:
    """Of 2 managers asked for, Eve is still in; she was on leave when the rota was published."""
    published = monday(Ann="H", Bob="H", Eve="-")
    planned = monday(Ann="O", Bob="O", Eve="O")
    unit = problem(
        planned,
        on=("managers-in",),
        published=published,
        officers=dict.fromkeys(("Ann", "Bob", "Eve"), MANAGER),
        managers_in=2,
    )
    says = (
        "This belongs to a chain of changes with Eve (eve) on Monday 4 January 2027. "
        "If all of them stayed as published: 1 manager in at Leeds on Monday 4 January 2027; "
        "at least 2 asked."
    )
    eve = Change("eve", MON, None, "Leeds")
    assert reasons(unit, planned)[:2] == (
        same(Change("ann", MON, "home", "Leeds"), says, (eve,)),
        same(Change("bob", MON, "home", "Leeds"), says, (eve,)),
    )


def test_a_change_all_by_itself_that_makes_nothing_better() -> None:
    published = monday(Ann="O")
    planned = monday(Ann="H")
    assert reasons(problem(published, on=()), planned) == (
        same(
            Change("ann", MON, "Leeds", "home"),
            "By itself this change makes nothing better that the rules count; "
            "somebody decided on it, or the search was cut short.",
        ),
    )
