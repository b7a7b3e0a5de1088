"""A worker that works until nothing waits does not leave to others what the dead were at."""

from datetime import timedelta

from rota.moments import now
from rota.services.publishing import outbox
from rota.services.runs import run_status
from rota.store.runs.runs import DONE
from rota.store.upkeep import messages
from rota.store.upkeep.messages import SENDING, SENT, NewMessage
from tests.rota.jobs import tiny
from tests.solver.processes import needs_proc
from tests.stored import ONLOOKER

LEASE = timedelta(seconds=3)


def settings(database, tmp_path):
    return {
        "ROTA_DATABASE_URL": database.url,
        "ROTA_PROCESSES": "1",
        "ROTA_LOG_FORMAT": "json",
        "ROTA_MAIL_FOLDER": str(tmp_path / "mail"),
    }


def take_message_and_die(database):
    """Somebody has taken a message to send it, and did not live to do so."""
    written = NewMessage(
        key="a", staff_no="ann", address="ann@example.org", subject="Your rota", body="See"
    )
    with database.writing() as connection:
        messages.write(connection, [written], unit_id=1, at=now())
    with database.writing() as connection:
        while (message := messages.find_next_due(connection, now())).key != "a":
            messages.claim(connection, message.id, claim="x", now=now(), until=now())
            messages.change(connection, message.id, claim="x", state=SENT)
        messages.claim(connection, message.id, claim="dead", now=now(), until=now() + LEASE)


@needs_proc
def test_a_message_of_a_dead_worker_is_sent_before_it_ends(database, nursery, tmp_path):
    tiny.Office(database, units=1)
    take_message_and_die(database)
    assert outbox.counts(database)[SENDING] == 1
    worker = nursery.run(settings(database, tmp_path), "worker", "--until-idle")
    assert worker.wait(), worker.text
    assert nursery.status(worker) == 0
    assert [*outbox.counts(database)] == [SENT]
    assert nursery.wait_until_empty()


@needs_proc
def test_a_message_that_is_tried_again_later_is_left(database, nursery, tmp_path):
    office = tiny.Office(database, units=1)
    (run,) = office.ask_for_drafts()
    with database.writing() as connection:
        message = messages.find_next_due(connection, now())
        messages.claim(connection, message.id, claim="x", now=now(), until=now())
        later = now() + timedelta(hours=1)
        messages.change(connection, message.id, claim="x", state=messages.WAITING, due_at=later)
    worker = nursery.run(settings(database, tmp_path), "worker", "--until-idle")
    assert worker.wait(), worker.text
    assert run_status.find(database, ONLOOKER, run).state == DONE
    assert outbox.counts(database)[messages.WAITING] == 1
    assert nursery.wait_until_empty()
