"""A seal marks what somebody was shown, and is another when that is another."""

from datetime import date

from rota.services.access.secrets import seal_of


def test_seals_stay_what_they_are_from_one_release_to_the_next() -> None:
    # The beginnings of what `printf '{"desks": "4", "site": "Blue"}' | sha256sum` prints, of
    # `printf '[1, "Blue has no desk."]' | sha256sum`, and of `printf '"No."' | sha256sum`.
    assert seal_of({"site": "Blue", "desks": "4"}) == "405fa8b7e62a4fc0"
    assert seal_of([1, "Blue has no desk."]) == "5402bb79d987a3c8"
    assert seal_of("No.") == "a06fcf42f6466d91"


def test_a_long_seal_begins_like_the_short_one() -> None:
    seal = seal_of([date(2027, 1, 4)], length=64)
    # `printf '["2027-01-04"]' | sha256sum`
    assert seal == "e9cdce57726f0416f0bb19c4f40e82e3b29f603ff7c38c8b146c1bf42667f08a"
    assert seal.startswith(seal_of([date(2027, 1, 4)]))
