"""What machines are told of how Rota is."""

import re
from datetime import timedelta

import pytest

from rota.services.access.act import Act
from rota.services.runs import claims, night
from tests.web.conftest import town_at

SECRET = "a token for Prometheus"


@pytest.fixture
def measured(town_file, tmp_path):
    """The town, whose figures can be read with the token."""
    with town_at(town_file, tmp_path, metrics_token=SECRET) as town:
        yield town


def figures(town):
    """Every figure by its name and labels, as Prometheus reads it."""
    answer = town.as_(None).get("/metrics", headers={"Authorization": f"Bearer {SECRET}"})
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=")
    lines = [line.rpartition(" ") for line in answer.text.splitlines() if line[0] != "#"]
    return {name: float(value) for name, _, value in lines}


def test_the_process_is_up_whatever_else_is(town):
    town.lose()
    answer = town.as_(None).get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_it_is_ready_when_the_database_answers_and_is_up_to_date(town):
    answer = town.as_(None).get("/ready")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_it_is_not_ready_while_a_migration_is_missing(town):
    with town.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    answer = town.as_(None).get("/ready")
    assert (answer.status_code, answer.json) == (
        503,
        {"status": "The database is not up to date. Run: rota db upgrade"},
    )


def test_it_is_not_ready_while_the_database_is_away(town):
    town.lose()
    answer = town.as_(None).get("/ready")
    assert (answer.status_code, answer.json) == (503, {"status": "The database does not answer."})


@pytest.mark.parametrize("authorization", ["", SECRET, "Bearer ", "Bearer wrong", "Bearer \xff"])
def test_figures_are_not_there_for_who_lacks_the_token(measured, authorization):
    answer = measured.as_(None).get("/metrics", headers={"Authorization": authorization})
    assert answer.status_code == 404


def test_figures_are_not_there_at_all_by_default(town):
    for authorization in ("Bearer ", f"Bearer {SECRET}"):
        answer = town.as_("administrator").get("/metrics", headers={"Authorization": authorization})
        assert answer.status_code == 404


def test_requests_are_counted_and_timed(measured):
    nobody = measured.as_(None)
    nobody.get("/health")
    nobody.get("/health")
    nobody.get("/nowhere")
    nobody.open("/health", method="PROPFIND")
    told = figures(measured)
    requests = 'rota_requests_total{endpoint="%s",method="%s",status="%s"}'
    assert told[requests % ("probes.health", "GET", 200)] == 2
    assert told[requests % ("none", "GET", 404)] == 1
    assert told[requests % ("none", "other", 405)] == 1
    assert told['rota_request_seconds_count{endpoint="probes.health",method="GET"}'] == 2


def test_the_database_is_looked_at_when_somebody_asks(measured):
    at = measured.clock()
    claims.mark_alive(measured.database, "one", at=at)
    claims.mark_alive(measured.database, "another", at=at - timedelta(hours=1))
    night.begin_night(
        measured.database, Act("the night", "a test", at - timedelta(hours=6)), seconds=1
    )
    told = figures(measured)
    assert told["rota_database_up"] == 1
    assert told['rota_runs{state="done"}'] == 2
    assert told["rota_workers_alive"] == 1
    assert told["rota_night_age_seconds"] == 6 * 60 * 60
    (version,) = (name for name in told if name.startswith("rota_info"))
    assert re.fullmatch(r'rota_info{version="[\d.]+"}', version)


def test_figures_take_few_queries(measured):
    with measured.counting() as asked:
        figures(measured)
    assert len(asked) == 4


def test_without_a_database_the_other_figures_stay(measured):
    measured.lose()
    told = figures(measured)
    assert told["rota_database_up"] == 0
    assert not any(name.startswith("rota_runs") for name in told)


def test_each_app_counts_for_itself(measured, town_file, tmp_path):
    measured.as_(None).get("/health")
    (tmp_path / "other").mkdir()
    with town_at(town_file, tmp_path / "other", metrics_token=SECRET) as other:
        assert not any("probes.health" in name for name in figures(other))
