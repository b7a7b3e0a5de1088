"""A seal marks what somebody was shown, and is another when that is another."""

from datetime import date

from rota.services.access.secrets import compute_seal


def test_seals_stay_what_they_are_from_one_release_to_the_next() -> None:
    # The beginnings of what `printf '{"desks": "4", "site": "Blue"}' | sha256sum` prints, of
    # `printf '[1, "Blue has no desk."]' | sha256sum`, and of `printf '"No."' | sha256sum`.
    assert compute_seal({"site": "Blue", "desks": "4"}) == "405fa8b7e62a4fc0"
    assert compute_seal([1, "Blue has no desk."]) == "5402bb79d987a3c8"
    assert compute_seal("No.") == "a06fcf42f6466d91"


def test_a_long_seal_begins_like_the_short_one() -> None:
    seal = compute_seal([date(2027, 1, 4)], length=64)
    # `printf '["2027-01-04"]' | sha256sum`
    assert seal == "e9cdce57726f0416f0bb19c4f40e82e3b29f603ff7c38c8b146c1bf42667f08a"
    assert seal.startswith(compute_seal([date(2027, 1, 4)]))
