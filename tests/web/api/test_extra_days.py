"""Extra days and days in lieu for programs."""

from tests.web.api.program import move_home, program
from tests.web.extra_days import SATURDAY, publish_saturday
from tests.web.town import COURT, START

DRAFT = f"/units/1/drafts/{START}"


def test_a_program_gives_a_duty_of_an_extra_day_and_takes_it_away(town):
    publish_saturday(town)
    manager = program(town, "manager")

    def on_saturday():
        items = manager.get(f"{DRAFT}/seats", limit=500)["items"]
        return [seat["staff_no"] for seat in items if seat["date"] == f"{SATURDAY}"]

    def call(method, staff_no, **rest):
        known = {"If-Match": manager.call("GET", DRAFT).headers["ETag"]}
        path = f"{DRAFT}/seats/{staff_no}/{SATURDAY}/site"
        return manager.call(method, path, headers=known, **rest).status_code

    move_home(town)  # Begins a draft.
    assert on_saturday() == ["102"]
    assert call("PUT", "203", json={"site": COURT}) == 200
    assert call("DELETE", "102") == 200
    assert on_saturday() == ["203"]
    assert call("DELETE", "102") == 404


def test_days_in_lieu_are_for_managers_and_for_oneself(town):
    publish_saturday(town)
    usual = {"unit_id": 1, "earned": 0, "used": 0, "owed": 0}
    assert program(town, "manager").get("/units/1/days-in-lieu")["items"] == [
        {**usual, "staff_no": "102", "planned": 1},
        {**usual, "staff_no": "203", "planned": 0},
    ]
    officer = program(town, "officer")
    assert officer.get("/my-days-in-lieu")["items"] == [{**usual, "staff_no": "102", "planned": 1}]
    assert officer.refused("GET", "/units/1/days-in-lieu") == (403, "forbidden")
    assert program(town, "manager").refused("GET", "/my-days-in-lieu") == (403, "forbidden")
