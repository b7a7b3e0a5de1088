"""Units kept in a database, from the command line, as their managers and the night do it."""

import email
import json
import re
import subprocess
from datetime import timedelta
from email import policy
from pathlib import Path

import icalendar
import pytest
from click.testing import Result

from rota.moments import now
from rota.planning.stored_runs import plan_claimed_run
from rota.services.runs import claims
from rota.settings import read_settings
from rota.store.databases.database import Database
from tests.rota.cli.command import FIXTURES, ROOT, in_process, run, start
from tests.solver.processes import PATIENCE

PAIR = ("--unit", "Waterside")


@pytest.fixture(autouse=True)
def _kept(tmp_path, monkeypatch):
    """A database and an outbox of the test's own."""
    monkeypatch.setenv("ROTA_DATABASE_URL", f"sqlite:///{tmp_path / 'rota.db'}")
    monkeypatch.setenv("ROTA_MAIL_FOLDER", str(tmp_path / "outbox"))
    monkeypatch.setenv("ROTA_PROCESSES", "1")
    monkeypatch.setenv("ROTA_NIGHT_AT", "23:59")
    monkeypatch.setenv("COLUMNS", "200")


def done(*words: object) -> str:
    """What a command that succeeds prints."""
    result: Result = run(*map(str, words))
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*words: object) -> str:
    """What a command that fails says."""
    result: Result = run(*map(str, words))
    assert (result.exit_code, result.stdout) == (1, "")
    return result.stderr


def told(*words: object) -> list[dict[str, object]]:
    """The rows that a command prints as JSON."""
    rows: list[dict[str, object]] = json.loads(done(*words, "--json"))
    return rows


def worked() -> None:
    """All runs are done and all messages sent, without the seconds that a worker takes to start."""
    url = read_settings().database_url
    database = Database(url)
    while claim := claims.claim_next(
        database, worker="a test", now=now(), lease=timedelta(minutes=1), attempts=1
    ):
        plan_claimed_run(url, claim, lease=60, workers=1)
    database.close()
    done("outbox", "--send")


def letters(tmp_path: Path) -> list[tuple[str, str]]:
    """Whom the outbox's letters are to, and their subjects."""
    files = sorted((tmp_path / "outbox").glob("*.eml"))
    read = [email.message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return [(str(its["To"]), str(its["Subject"])) for its in read]


def published() -> None:
    """The smallest example is planned and published as version 1."""
    done("db", "upgrade")
    done("import", FIXTURES / "pair", *PAIR)
    done("request-run", *PAIR, "--seconds", 20)
    worked()
    done("publish", *PAIR)


def test_a_unit_is_imported_planned_published_and_told(tmp_path):
    published()
    (run_row,) = told("runs")
    assert (run_row["state"], run_row["kind"]) == ("done", "draft")
    assert run_row["is"] == ("optimal: limit 0, cover 0, notice 0, policy 5, stability 0, people 2")
    (version,) = told("versions", *PAIR)
    assert (version["version"], version["cause"], version["seats"]) == (1, "published", 10)
    assert version["costs"] == "limit 0, cover 0, notice 0, policy 5, stability 0, people 2"
    worked()
    assert letters(tmp_path) == [
        ("marged.trevelyan@example.org", "Your rota from 4 January 2027 to 10 January 2027"),
        ("obinna.castle@example.org", "Your rota from 4 January 2027 to 10 January 2027"),
    ]
    assert [row["what"] for row in told("audit", *PAIR)] == [
        "published a version",
        "planned a draft",
        "asked for a run",
        "imported files",
    ]


def test_an_import_is_tried_done_and_not_done_twice(tmp_path):
    done("db", "upgrade")
    trial = done("import", FIXTURES / "pair", *PAIR, "--dry-run")
    assert "officers: 2 added, 0 changed, 0 removed" in trial
    assert trial.endswith("Nothing was changed; this was a trial.\n")
    assert told("units") == []
    assert done("import", FIXTURES / "pair", *PAIR).endswith("Waterside was created.\n")
    assert done("import", FIXTURES / "pair", *PAIR) == (
        "Waterside is so already; nothing changed.\n"
    )
    done("export", tmp_path / "out", *PAIR)
    assert done("import", tmp_path / "out", *PAIR) == "Waterside is so already; nothing changed.\n"
    assert told("units") == [{"unit": "Waterside"}]


def test_the_changes_of_a_day_are_told_as_rows_and_taken_back():
    done("db", "upgrade")
    done("import", FIXTURES / "pair", *PAIR)
    sick = "record-sickness", "101", "2027-01-07", "2027-01-08", *PAIR
    row = "staff_no 101, first 2027-01-07, last 2027-01-08, kind sick"
    assert done(*sick) == f"away: + {row}\n"
    assert done(*sick) == "That was known already; nothing changed.\n"
    undone = done("record-sickness", "101", "2027-01-08", *PAIR, "--undo")
    kept = "staff_no 101, first 2027-01-07, last 2027-01-07, kind sick"
    assert undone == f"away: + {kept}\naway: - {row}\n"
    site = "close-site", "Lock Cottage", "2027-01-06", *PAIR
    day = "site Lock Cottage, first 2027-01-06, last 2027-01-06"
    assert done(*site) == f"closures: + {day}, desks 0\n"
    assert done(*site, "--desks", "1") == f"closures: ~ {day}, desks 1 (was: {day}, desks 0)\n"
    assert done(*site, "--undo") == f"closures: - {day}, desks 1\n"
    week = "close-site", "Lock Cottage", "2027-01-11", "2027-01-15", *PAIR
    row = "site Lock Cottage, first 2027-01-11, last 2027-01-15, desks 0"
    assert done(*week) == f"closures: + {row}\n"
    rest = "site Lock Cottage, first 2027-01-12, last 2027-01-15, desks 0"
    undone = done("close-site", "Lock Cottage", "2027-01-11", *PAIR, "--undo")
    assert undone == f"closures: + {rest}\nclosures: - {row}\n"
    assert refused("record-leave", "110", "2027-01-07", *PAIR) == (
        "away, staff_no: 110 is not a staff number here. Maybe 101?\n"
    )


@pytest.mark.parametrize(
    ("words", "row"),
    [
        (
            ("record-leave", "101", "2027-01-07"),
            "away: + staff_no 101, first 2027-01-07, last 2027-01-07, kind leave",
        ),
        (
            ("add-duty", "Lock Cottage", "2027-01-07", "--needed", "1"),
            "duties: + date 2027-01-07, site Lock Cottage, needed 1",
        ),
        (
            ("add-appointment", "101", "Lock Cottage", "2027-01-07"),
            "appointments: + staff_no 101, date 2027-01-07, site Lock Cottage",
        ),
        (
            ("add-request", "101", "2027-01-07", "home"),
            "requests: + staff_no 101, when 2027-01-07, wants home, strength 1",
        ),
        (
            ("close-site", "Lock Cottage", "2027-01-07"),
            "closures: + site Lock Cottage, first 2027-01-07, last 2027-01-07, desks 0",
        ),
    ],
)
def test_half_of_a_day_is_recorded_and_taken_back(words, row):
    done("db", "upgrade")
    done("import", FIXTURES / "pair", *PAIR)
    assert done(*words, *PAIR, "--part", "pm").startswith(f"{row}, part pm\n")
    assert done(*words, *PAIR, "--part", "pm", "--undo") == f"{row}, part pm\n".replace("+", "-")
    with_other = run(*words, *PAIR, "--part", "noon")
    assert "'noon' is not one of 'am', 'pm'" in with_other.output


def test_duties_and_appointments_of_weekdays_are_one_record_each():
    done("db", "upgrade")
    done("import", FIXTURES / "pair", *PAIR)
    on = ("--on", "Tue Thu", "--every", "2")
    duty = ("add-duty", "Lock Cottage", "2027-01-04", "2027-03-31", "--needed", "1", *on)
    said = "date Tue Thu, site Lock Cottage, needed 1, first 2027-01-04, last 2027-03-31, every 2"
    assert run(*duty, *PAIR).stdout == f"duties: + {said}\n"
    assert run(*duty, *PAIR, "--undo").stdout == f"duties: - {said}\n"
    visit = ("add-appointment", "101", "Lock Cottage", "2027-01-04", "--on", "Fri")
    said = "staff_no 101, date Fri, site Lock Cottage, first 2027-01-04"
    assert run(*visit, *PAIR).stdout == f"appointments: + {said}\n"


def test_every_goes_with_weekdays_alone():
    done("db", "upgrade")
    done("import", FIXTURES / "pair", *PAIR)
    result = run("add-duty", "Lock Cottage", "2027-01-04", "--needed", "1", "--every", "2", *PAIR)
    assert (result.exit_code, result.stderr) == (
        1,
        "duties, every: 2 goes with weekdays such as Mon Wed; 2027-01-04 is one date.\n",
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("close-site", "Lock Cottage", "9 Jan 2027", "10/01/2027"),
            "closures: 1 closure has no effect, because nobody works at weekends: "
            "Lock Cottage from 9 to 10 January 2027.",
        ),
        (
            ("add-duty", "Lock Cottage", "2027-01-09", "--needed", "1"),
            "duties: 1 duty cannot be met, because nobody may be asked for extra days: "
            "Lock Cottage on Saturday 9 January 2027.",
        ),
        (
            ("add-duty", "Lock Cottage", "2027-01-06", "--needed", "1", "--skill", "cuort"),
            "duties: 1 duty cannot be met, because nobody has the skill cuort: "
            "Lock Cottage (skill cuort) on Wednesday 6 January 2027.",
        ),
        (
            ("add-request", "101", "9 January 2027", "home"),
            "requests: 1 request has no effect, because nobody works at weekends: "
            "Marged Trevelyan (101) for home on Saturday 9 January 2027.",
        ),
        (
            ("add-appointment", "101", "Lock Cottage", "2027-03-26"),
            "appointments: 1 appointment cannot be kept, because nobody works on bank holidays: "
            "Marged Trevelyan (101) at Lock Cottage on Friday 26 March 2027.",
        ),
        (
            ("record-leave", "101", "09-Jan-27", "10-Jan-27"),
            "away: 1 absence has no effect, because nobody works at weekends: "
            "Marged Trevelyan (101), Saturday 9 January 2027 to Sunday 10 January 2027.",
        ),
    ],
)
def test_what_has_no_effect_is_recorded_and_remarked_on(words, says):
    done("db", "upgrade")
    done("import", FIXTURES / "pair", *PAIR)
    result = run(*words, *PAIR)
    assert (result.exit_code, result.stderr) == (0, f"{says}\n")
    assert result.stdout.startswith(f"{says.partition(':')[0]}: + ")


def test_the_night_plans_anew_what_changed_says_why_and_tells_those_concerned(tmp_path):
    published()
    worked()
    at_office = {file.name for file in (tmp_path / "outbox").iterdir()}
    done("record-sickness", "101", "2027-01-07", "2027-01-08", *PAIR)
    night = done("nightly", "--as-of", "2027-01-04", *PAIR)
    assert "Run 2 of Waterside (night) is done. 3 changed seats of 2 people published" in night
    version, _ = told("versions", *PAIR)
    assert (version["version"], version["cause"], version["by"]) == (
        2,
        "planned by the night",
        "the night",
    )
    rows = told("changes", 2, *PAIR)
    assert {row["staff_no"] for row in rows} >= {"101"}
    assert [row["why"] for row in rows if row["after"] is None] == [
        "Marged Trevelyan (101) is away (sick) on Thursday 7 January 2027.",
        "Marged Trevelyan (101) is away (sick) on Friday 8 January 2027.",
    ]
    new = {file.name for file in (tmp_path / "outbox").iterdir()} - at_office
    assert len(new) == len({row["staff_no"] for row in rows})
    assert not any("sick" in (tmp_path / "outbox" / name).read_text() for name in new)
    again = done("nightly", "--as-of", "2027-01-04", *PAIR)
    assert again == "Nothing has changed since the last plan.\n"


def test_a_draft_is_changed_seat_by_seat_and_published_again():
    published()
    seat = "102", "2027-01-06"
    moved = done("move", *seat, "home", *PAIR)
    assert "worse  policy: Obinna Castle (102) has 1 office day from" in moved
    assert "policy costs 10, not 5\n" in moved
    assert refused("move", *seat, "home", *PAIR) == (
        "Obinna Castle (102) is at home on Wednesday 6 January 2027 already.\n"
    )
    assert "at revision 3" in done("lock", *seat, *PAIR)
    assert refused("move", *seat, "Lock Cottage", *PAIR) == (
        "The seat of Obinna Castle (102) on Wednesday 6 January 2027 is locked; unlock it first.\n"
    )
    assert "it is at revision 3 now" in refused("unlock", *seat, *PAIR, "--revision", 2)
    assert "1 seats differ from the published version 1." in done("draft", *PAIR)
    done("unlock", *seat, *PAIR, "--revision", 3)
    assert "Version 2 is published" in done("publish", *PAIR)
    assert "Version 3 is published" in done("restore", 1, *PAIR)
    assert [row["note"] for row in told("versions", *PAIR)] == [
        "This is version 1 again, as far as it still fits.",
        "",
        "",
    ]


def test_a_draft_is_thrown_away_and_what_is_published_stays():
    published()
    done("move", "102", "2027-01-06", "home", *PAIR)
    assert "it is at revision 2 now" in refused("discard", *PAIR, "--revision", 1)
    assert refused("discard", *PAIR) == (
        "Nothing was thrown away. By hand, which no run does again:\n"
        "  Obinna Castle (102) on Wednesday 6 January 2027: moved to home from Lock Cottage\n"
        "To throw the draft away all the same: --yes\n"
    )
    assert done("discard", *PAIR, "--yes") == "The draft 2027-01-04/2027-01-10 is gone.\n"
    assert refused("discard", *PAIR).startswith("Waterside has no draft.")
    assert [row["version"] for row in told("versions", *PAIR)] == [1]
    assert told("audit", *PAIR)[0]["what"] == "discarded a draft"


def test_what_breaks_the_first_levels_has_to_be_acknowledged():
    done("db", "upgrade")
    # The rota that comes with the files breaks limits, and so does the best for another period.
    files = ("import", FIXTURES / "overbooked", "--unit", "Tight")
    assert "Nothing was published, since it adds breaches of limit and cover:" in refused(*files)
    assert told("units") == []
    done(*files, "--acknowledge")
    done("request-run", "--unit", "Tight", "--start", "2027-03-01", "--seconds", 20)
    worked()
    for answers, causes in ((), ["imported"]), (("--acknowledge",), ["published", "imported"]):
        result = run("publish", "--unit", "Tight", *answers)
        assert result.exit_code == (0 if answers else 1)
        assert ("Nothing was published, since it adds" in result.stderr) == (not answers)
        assert [row["cause"] for row in told("versions", "--unit", "Tight")] == causes


def test_a_calendar_is_read_until_its_address_is_revoked():
    published()
    address = done("calendar-link", "101").strip()
    assert re.fullmatch(r"http://localhost:8000/calendar/[\w-]{43}\.ics", address)
    calendar = icalendar.Calendar.from_ical(done("calendar", address))
    assert len(calendar.events) == 5
    assert done("calendar-link", "101", "--revoke") == "1 addresses ended.\n"
    assert refused("calendar", address) == (
        "There is no calendar at this address, or it was revoked.\n"
    )


def test_the_doctor_says_what_is_ill_and_how_to_mend_it():
    result = run("doctor")
    assert result.exit_code == 1
    assert "rota db upgrade" in result.stdout
    done("db", "upgrade")
    rows = json.loads(run("doctor", "--json").stdout)
    ill = {row["about"]: row["mend"] for row in rows if row[""] == "!!"}
    assert ill == {
        "worker": "Start one, and keep it running: rota worker",
        "night": "A worker makes it up when it starts: rota worker",
    }


def test_a_worker_that_ends_when_idle_has_planned_all():
    done("db", "upgrade")
    done("import", FIXTURES / "pair", *PAIR)
    done("request-run", *PAIR, "--seconds", 20)
    worker = start("worker", "--until-idle")
    _, says = worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0, says
    assert [row["state"] for row in told("runs")] == ["done"]


def test_a_worker_keeps_going_until_it_is_told_to_end():
    done("db", "upgrade")
    worker = start("worker")
    lines = iter(worker.stderr.readline, "")
    assert any("worker begins" in line for line in lines)
    (row,) = [row for row in json.loads(run("doctor", "--json").stdout) if row["about"] == "worker"]
    assert row["is"].startswith("1 alive")
    worker.terminate()
    assert any("worker ends" in line for line in lines)
    worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("draft", *PAIR), "There is no unit Waterside. There are: none yet."),
        (("stop-run", "7"), "There is no run 7."),
        (("calendar-link", "9"), "9 is not a staff number in any unit."),
        (("import", "nowhere", *PAIR), "nowhere: there is no such folder or workbook."),
    ],
)
def test_what_is_not_there_is_said(words, says):
    done("db", "upgrade")
    assert refused(*words) == f"{says}\n"


def test_a_database_that_was_never_set_up_says_what_to_do():
    assert refused("units").startswith("The database sqlite:///")
    assert "run: rota db upgrade" in refused("units")


def test_a_setting_that_cannot_be_is_told_by_its_name(monkeypatch):
    monkeypatch.setenv("ROTA_PROCESSES", "many")
    assert refused("units").startswith("ROTA_PROCESSES: many is not allowed")


def test_planning_from_files_loads_no_database():
    code = "import sys, rota.cli.commands.plan_from_files; sys.exit('sqlalchemy' in sys.modules)"
    words = [*in_process()[:3], "-c", code]
    assert subprocess.run(words, cwd=ROOT).returncode == 0


def test_a_run_is_asked_for_once_and_tried_again_when_it_failed():
    done("db", "upgrade")
    done("import", FIXTURES / "pair", *PAIR)
    waits = "waits for a worker: 1 weeks from 2027-01-04.\n"
    no_worker = "No worker is alive at present. To start one: rota worker\n"
    assert done("request-run", *PAIR) == f"Run 1 {waits}{no_worker}"
    same = "The same is asked for already: run 1 still waits, so there is no second.\n"
    assert done("request-run", *PAIR) == f"{same}Run 1 {waits}{no_worker}"
    assert done("request-run", *PAIR, "--seconds", 90).startswith(
        "Run 1 still waits to plan these weeks, so there is no second. "
        "It now searches for at most 90 seconds, with the seed 1.\n"
    )
    assert refused("retry-run", 1) == "Run 1 did not fail, so there is nothing to try again.\n"
    given_up()
    assert done("retry-run", 1) == f"Run 2 {waits}{no_worker}"
    assert [(row["run"], row["state"], row["is"]) for row in told("runs")] == [
        (2, "waiting", ""),
        (
            1,
            "failed",
            "Planning stopped once because its worker died, the last time on east (process 7). "
            "Nothing was lost; ask again.",
        ),
    ]


def given_up() -> None:
    """A worker takes the run and dies, and the run is given up."""
    database = Database(read_settings().database_url)
    for attempts in (2, 1):
        claim = claims.claim_next(
            database, worker="east/7", now=now(), lease=timedelta(minutes=1), attempts=attempts
        )
        if claim:
            claims.give_back(database, claim=claim, is_counted=True)
    database.close()
