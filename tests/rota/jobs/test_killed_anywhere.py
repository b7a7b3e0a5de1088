"""Workers are killed at any instant; in the end all was done once, and nothing was lost."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from rota.moments import now
from rota.sending.internet_mail import build_message_id
from rota.services.publishing import outbox
from rota.store.databases.database import Database
from rota.store.units.rows import table_of
from rota.store.upkeep import messages
from rota.store.upkeep.messages import SENDING, SENT, NewMessage
from rota.tables import MessageTable
from tests.conftest import times
from tests.fake_smtp import FakeSmtp
from tests.rota.jobs import tiny
from tests.rota.jobs.accounts import (
    MORE,
    every_message_was_written_once,
    every_run_was_done_once,
    keys_of,
)
from tests.rota.jobs.stages import Stage
from tests.rota.jobs.workers import Born, Nursery
from tests.solver.processes import needs_proc

PLANNING = {
    Stage.CLAIMING: (times(2, soak=100), 0.01),
    Stage.SOLVING: (times(2, soak=100), 0.3),
    Stage.SAVING: (times(2, soak=100), 0.02),
    Stage.PUBLISHING: (times(2, soak=100), 0.03),
}
SENDING_STAGES = {
    Stage.TAKING_A_LETTER: (times(2, soak=50), 0.004),
    Stage.HANDING_OVER: (times(2, soak=50), 0.004),
    Stage.KEEPING_THAT_IT_IS_SENT: (times(2, soak=50), 0.002),
}
"""How often workers are to be killed at each stage, and how many seconds after it began at most."""

CHANCE = 0.7
"""How likely a worker that comes to a stage does not survive it."""

LOOKS = 20
"""How often a worker's stage is looked at before it is asked whether it lives."""

ROUNDS = 50
"""How often all are looked at before somebody may be asked for more, if they only wait."""

FEW = 10
"""Messages that a sender may send before anybody sees it."""

TROUBLE = {"connect": 0.01, "rcpt": 0.01, "end": 0.02, "accepted": 0.03}
TIMEOUT = 2.0
"""Seconds after which a sender gives up on the mail server."""

_MESSAGE = table_of(MessageTable)


class Hunt:
    """Kills workers, each when it is seen at a stage or soon after."""

    def __init__(self, stages: Mapping[Stage, tuple[int, float]], random: Random) -> None:
        self.hits: Counter[Stage] = Counter()
        self._stages = stages
        self._random = random
        self._seen: dict[Born, Stage] = {}

    @property
    def is_open(self) -> bool:
        return any(self._is_wanted(stage) for stage in self._stages)

    def watch(self, workers: list[Born]) -> None:
        """Watch them for a while, until one is killed or ends by itself."""
        for _ in range(ROUNDS):
            if not all(worker.is_alive for worker in workers):
                return
            for worker in workers * LOOKS:
                if self._is_prey(worker):
                    self._kill(worker)
                    return
                time.sleep(0.0003)

    def _is_wanted(self, stage: Stage) -> bool:
        return stage in self._stages and self.hits[stage] < self._stages[stage][0]

    def _is_prey(self, worker: Born) -> bool:
        stage, before = worker.stage, self._seen.get(worker)
        self._seen[worker] = stage
        return stage != before and self._is_wanted(stage) and self._random.random() < CHANCE

    def _kill(self, worker: Born) -> None:
        time.sleep(self._random.uniform(0, self._stages[worker.stage][1]))
        self.hits[worker.stage] += 1
        ways = (worker.kill_all, worker.kill_alone, worker.kill_children)
        (way,) = self._random.choices(ways, (5, 4, 1 if worker.children() else 0))
        way()


def environment(database: Database, server: FakeSmtp) -> dict[str, str]:
    return {
        "ROTA_DATABASE_URL": database.url,
        "ROTA_LEASE_SECONDS": "1",
        "ROTA_ATTEMPTS": "1000",
        "ROTA_PROCESSES": "1",
        "ROTA_LOG_FORMAT": "json",
        "ROTA_SMTP_HOST": "127.0.0.1",
        "ROTA_SMTP_PORT": str(server.port),
        "ROTA_SMTP_SECURITY": "none",
        "ROTA_SMTP_TIMEOUT": str(TIMEOUT),
        "ROTA_MAIL_FROM": "rota@example.org",
    }


def kill_planners(
    office: tiny.Office, nursery: Nursery, settings: Mapping[str, str]
) -> Counter[Stage]:
    """Two workers at any time, of which one is killed and another born. Where they were killed."""
    random = Random(1)
    hunt = Hunt(PLANNING, random)
    alive: list[Born] = []
    while hunt.is_open:
        if office.waiting() < 6:
            office.ask(2)
        while len(alive) < 2:
            alive.append(
                nursery.bear("warm_worker", settings)
                if random.random() < 0.9
                else nursery.run(settings, "worker", "--until-idle")
            )
        hunt.watch(alive)
        alive = [worker for worker in alive if worker.is_alive]
    for worker in alive:
        worker.kill_all()
    assert nursery.wait_until_empty()
    return hunt.hits


def kill_senders(
    database: Database, nursery: Nursery, settings: Mapping[str, str]
) -> tuple[Counter[Stage], Counter[str]]:
    """One sender at a time. Where they were killed, and the messages they may have sent then.

    The clock of each is two hours ahead of the one before: what that took is free again.
    """
    random = Random(2)
    hunt = Hunt(SENDING_STAGES, random)
    in_the_open: Counter[str] = Counter()
    ahead = 0
    while hunt.is_open or not in_the_open:
        if not hunt.is_open:  # Nobody has died between handing over and keeping it.
            hunt = Hunt(SENDING_STAGES, random)
        ahead += 2
        if len(outbox.list_unsent(database)) < FEW:
            write_more(database, ahead)
        began = now() + timedelta(hours=ahead)
        sender = nursery.bear("sender", settings, ahead=ahead)
        while sender.is_alive:
            hunt.watch([sender])
        sender.kill_all()
        assert sender.wait()
        in_the_open.update(_handed_over(database, since=began))
    return hunt.hits, in_the_open


def write_more(database: Database, batch: int) -> None:
    """Fill the outbox again, since a slow machine sees few of the senders in time."""
    more = [
        NewMessage(
            key=f"{MORE}/{batch}/{number}",
            staff_no="ann",
            address="ann@example.org",
            subject="Your rota",
            body="Dear Ann,\n",
        )
        for number in range(FEW)
    ]
    with database.writing() as connection:
        messages.write(connection, more, unit_id=1, at=now())


def _handed_over(database: Database, *, since: datetime) -> list[str]:
    """What was handed over since then by somebody who did not live to see the end of it."""
    asked = select(_MESSAGE.c.key).where(
        _MESSAGE.c.state == SENDING, _MESSAGE.c.handed_over_at >= since
    )
    with database.reading() as connection:
        return list(connection.scalars(asked))


def finish(office: tiny.Office, nursery: Nursery, settings: Mapping[str, str]) -> None:
    """Have one worker do all that is left, after one more change to each unit."""
    office.ask(len(office.units))
    worker = nursery.run(settings, "worker", "--until-idle")
    assert worker.wait()
    assert (nursery.status(worker), "Traceback" in worker.text) == (0, False)


def send_the_rest(database: Database, nursery: Nursery, settings: Mapping[str, str]) -> None:
    """Long after, when every lease and every pause has ended."""
    for born in range(20):
        if not outbox.list_unsent(database):
            return
        assert nursery.bear("sender", settings, ahead=1000 + 2 * born).wait()


@needs_proc
def test_whatever_is_killed_when_all_is_done_once_and_nothing_is_lost(database, nursery):
    """Told twice is only what may have been handed over when its sender died or was not answered.

    The second copy has the same Message-ID then, by which a mail server drops it.
    """
    began = now()
    office = tiny.Office(database, units=8)
    with FakeSmtp(seed=1, trouble=TROUBLE, hang=TIMEOUT + 0.2) as server:
        settings = environment(database, server)
        planning = kill_planners(office, nursery, settings)
        in_the_open = Counter(_handed_over(database, since=began))
        sending, more_in_the_open = kill_senders(database, nursery, settings)
        in_the_open += more_in_the_open
        send_the_rest(database, nursery, settings)
        finish(office, nursery, settings)
        send_the_rest(database, nursery, settings)
    assert nursery.wait_until_empty()

    every_run_was_done_once(office)
    every_message_was_written_once(office)
    keys = {build_message_id(key, domain="example.org"): key for key in keys_of(database)}
    assert keys_of(database, SENT) == [*keys.values()]
    assert server.counts.keys() == keys.keys()
    most = {its: 1 + server.unsaid[its] + in_the_open[key] for its, key in keys.items()}
    assert [its for its, times in server.counts.items() if times > most[its]] == []

    hits = planning + sending
    wanted = {**PLANNING, **SENDING_STAGES}
    assert [stage.name for stage, (times, _) in wanted.items() if hits[stage] < times] == []
