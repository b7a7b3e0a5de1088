"""What a user perhaps meant."""

import pytest

from rota.reading.name_guesses import MOST_SEARCHES, AllowedNames, guess_name


@pytest.mark.parametrize(
    ("value", "names", "meant"),
    [
        ("40417", ["40411", "40471"], "40471"),  # two digits changed places
        ("40418", ["40411", "50000"], "40411"),  # four digits of five are the same
        ("40418", ["40411", "40412"], None),  # one of two, and nobody knows which
        ("12345678", ["1234"], None),
        ("LUTON", ["Luton", "Lutton"], "Luton"),
        ("Tuesday", ["Mon", "Tue"], "Tue"),
        ("Leeds House East", ["Leeds", "Leeds House"], "Leeds House"),
        ("Atlantis", ["Luton"], None),
        ("", ["Luton"], None),
    ],
)
def test_near(value, names, meant):
    assert guess_name(value, names) == meant


def test_guesses_end_after_many_but_what_costs_nothing_goes_on():
    names = AllowedNames(["Luton", "40471"])
    assert [names.guess(f"Lutton {n}") for n in range(MOST_SEARCHES)] == ["Luton"] * MOST_SEARCHES
    assert (names.guess("Lutton"), names.guess("luton"), names.guess("40417")) == (
        None,
        "Luton",
        "40471",
    )
