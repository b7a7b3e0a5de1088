"""`rota import` and `rota rename` from the command line: what they ask, refuse and tell."""

import csv
from pathlib import Path

import pytest

from tests.rota.cli.command import copy_of, rows_of, run, write_rows
from tests.rota.cli.test_keeping import done, refused, told

PAIR = ("--unit", "Waterside")


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The smallest example, imported; Marged Trevelyan is 101, Obinna Castle 102."""
    monkeypatch.setenv("ROTA_DATABASE_URL", f"sqlite:///{tmp_path / 'rota.db'}")
    monkeypatch.setenv("COLUMNS", "200")
    done("db", "upgrade")
    folder = copy_of("pair", tmp_path / "unit")
    done("import", folder, *PAIR)
    return folder


def renumber(folder: Path, numbers: dict[str, str]) -> None:
    """Call officers otherwise in every file."""
    for path in (folder / "officers.csv", folder / "requests.csv"):
        rows = [{**row, "staff_no": numbers[row["staff_no"]]} for row in rows_of(path)]
        write_rows(path, rows)


def exported(folder: Path) -> list[dict[str, str]]:
    """The officers as they are taken away."""
    done("export", folder, *PAIR)
    with (folder / "officers.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_again_names_what_was_recorded_since_and_changes_nothing(folder):
    done("record-sickness", "102", "2027-01-06", "2027-01-07", *PAIR, "--by", "Ida")
    told_ = done("import", folder, *PAIR)
    first, last = told_.splitlines()
    assert first.startswith(
        "away: Obinna Castle (102), sick 6 to 7 January 2027 was recorded since the last import, "
        "by Ida on "
    )
    assert first.endswith("; it stays.")
    assert last == "Waterside is so already; nothing changed."
    trial = done("import", folder, *PAIR, "--over-records", "--dry-run")
    assert "  - staff_no Obinna Castle (102), first 2027-01-06, last 2027-01-07, kind sick" in trial
    assert "; this is undone." in trial
    assert done("import", folder, *PAIR, "--over-records").endswith("Waterside was changed.\n")
    assert done("import", folder, *PAIR) == "Waterside is so already; nothing changed.\n"


LOST = [
    "officers: Marged Trevelyan (101) would go and Marged Trevelyan (0101) would come, of the "
    "same name. Maybe 101?",
    "officers: Obinna Castle (102) would go and Obinna Castle (0102) would come, of the same "
    "name. Maybe 102?",
    "officers: 2 of 2 rows would go.",
]
ASKED = (
    "This needs a yes: give --yes to do it, or say with --rename or --same which names are the "
    "same."
)


def test_an_import_that_needs_a_yes_is_refused_without_and_nothing_is_written(folder):
    renumber(folder, {"101": "0101", "102": "0102"})
    assert refused("import", folder, *PAIR).splitlines() == [*LOST, ASKED, "Nothing was imported."]
    trial = done("import", folder, *PAIR, "--dry-run").splitlines()
    assert trial[-5:] == [*LOST, ASKED, "Nothing was changed; this was a trial."]
    assert [row["what"] for row in told("audit", *PAIR)] == ["imported files"]
    assert done("import", folder, *PAIR, "--yes").endswith("Waterside was changed.\n")
    assert told("audit", *PAIR)[0]["what"] == "imported files"


def test_names_that_are_the_same_are_renamed_or_stay(folder):
    renumber(folder, {"101": "0101", "102": "0102"})
    assert done("import", folder, *PAIR, "--same", "all") == (
        "officers: 0101 of the file is 101.\n"
        "officers: 0102 of the file is 102.\n"
        "Waterside is so already; nothing changed.\n"
    )
    assert done("import", folder, *PAIR, "--rename", "101=0101", "--same", "0102=102") == (
        "officers: 101 is called 0101 from now on.\n"
        "officers: 0102 of the file is 102.\n"
        "Waterside was changed.\n"
    )
    rows = exported(folder.parent / "out")
    assert [row["staff_no"] for row in rows] == ["0101", "102"]


def test_an_answer_that_is_none_is_misuse(folder):
    result = run("import", folder, *PAIR, "--rename", "all", "--same", "all")
    assert (result.exit_code, result.stderr) == (
        2,
        "--rename: is for all, and so is --same; choose one.\n",
    )
    result = run("import", folder, *PAIR, "--rename", "101")
    assert (result.exit_code, result.stderr) == (
        2,
        "--rename: 101 is neither a pair such as 0101=101 nor all.\n",
    )


@pytest.mark.usefixtures("folder")
def test_an_officer_a_site_and_a_team_are_renamed(tmp_path):
    assert done("rename", "officer", "101", "0101", *PAIR) == "101 is 0101 now.\n"
    assert done("rename", "site", "Lock Cottage", "Lock House", *PAIR) == (
        "Lock Cottage is Lock House now.\n"
    )
    assert done("rename", "team", "Waterside", "Canal", *PAIR) == "Waterside is Canal now.\n"
    first, _ = exported(tmp_path / "out")
    assert (first["staff_no"], first["team"], first["base_site"]) == ("0101", "Canal", "Lock House")
    assert [row["what"] for row in told("audit", *PAIR)][:3] == ["renamed"] * 3
    assert refused("rename", "officer", "0101", "102", *PAIR) == (
        "officers, staff_no: 102 is another staff number already.\n"
    )
    assert refused("rename", "site", "Lock Hose", "Lock", *PAIR) == (
        "Lock Hose is not a site here. Maybe Lock House?\n"
    )


def test_what_changes_holds_from_the_day_that_is_told(folder):
    (sites,) = (path for path in folder.iterdir() if path.name == "sites.csv")
    rows = rows_of(sites)
    rows[0]["desks"] = "7"
    write_rows(sites, rows)
    trial = done("import", folder, *PAIR, "--dry-run", "--from", "2027-01-18")
    assert (
        "What changes of officers, sites and teams holds from Monday 18 January 2027, "
        "unless the file tells another day."
    ) in trial
    done("import", folder, *PAIR, "--from", "18/1/2027")
    done("export", folder, *PAIR)
    with sites.open(encoding="utf-8-sig", newline="") as file:
        terms = [(row["desks"], row["from"]) for row in csv.DictReader(file)]
    assert ("7", "2027-01-18") in terms
    assert len(terms) == len(rows) + 1
    result = run("import", str(folder), *PAIR, "--from", "soon")
    assert result.exit_code == 2
    assert "Invalid value for '--from'" in result.stderr
