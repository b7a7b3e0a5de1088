"""Terms in turn: what holds on a day, also after a gap and once somebody has been removed."""

from datetime import date

from rota.domain import EarlierTerms, Site, TermsInPeriod

FIRST, SECOND, THIRD = (date(2027, 1, day) for day in (4, 11, 18))
FEW, MORE, MOST = Site("Leeds", "office", 1), Site("Leeds", "office", 2), Site("Leeds", "office", 3)


def read_desks(terms: TermsInPeriod[Site], *days: date) -> list[int | None]:
    return [terms.find_on("Leeds", day).desks for day in days]


def test_each_day_has_the_terms_that_hold_on_it() -> None:
    earlier = [EarlierTerms(MORE, THIRD), EarlierTerms(FEW, SECOND)]
    terms = TermsInPeriod([MOST], earlier, FIRST, THIRD)
    assert read_desks(terms, FIRST, SECOND, THIRD) == [1, 2, 3]
    assert terms.by_name == {"Leeds": MOST}


def test_what_has_been_removed_stays_as_it_was_last() -> None:
    earlier = [EarlierTerms(FEW, SECOND), EarlierTerms(MORE, THIRD)]
    terms: TermsInPeriod[Site] = TermsInPeriod([], earlier, FIRST, date(2027, 1, 31))
    assert terms.by_name == {"Leeds": MORE}
    assert read_desks(terms, THIRD) == [2]
    assert [terms.is_there("Leeds", day) for day in (FIRST, SECOND, THIRD)] == [True, True, False]


def test_in_a_gap_it_is_as_it_was_before() -> None:
    back = Site("Leeds", "office", 3, since=THIRD)
    terms = TermsInPeriod([back], [EarlierTerms(FEW, SECOND)], FIRST, THIRD)
    assert read_desks(terms, FIRST, SECOND, THIRD) == [1, 1, 3]
    assert [terms.is_there("Leeds", day) for day in (FIRST, SECOND, THIRD)] == [True, False, True]
