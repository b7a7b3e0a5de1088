"""A small unit whose officers ask for days, leave and swaps, and whose managers answer."""

from __future__ import annotations

from datetime import date

from rota.domain import Duty
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.accounts import roles, users
from rota.services.answers import decisions
from rota.services.requests import new_requests
from rota.store.databases.database import Database
from rota.store.requests.asks import GRANTED, REFUSED, Ask
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, keep
from tests.rota.services.sight import sight
from tests.rota_text import MON, TUE, WED, rota
from tests.stored import act, in_force, publish

# Ann and Bob are in Blue, Cal in Red; Sue manages Blue, Rob Red.
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   H   C   O   O
Bob     H   O   O   O   O
Cal     H   O   O   O   O
Sue     O   O   O   O   O
Rob     O   O   O   O   O
"""
OFFICERS = {
    "Ann": {"email": "ann@example.org", "skills": frozenset(["trial"])},
    "Bob": {"email": "bob@example.org"},
    "Cal": {"team": "Red", "email": "cal@example.org"},
    "Sue": {"grade": "SPO", "email": "sue@example.org"},
    "Rob": {"grade": "SPO", "team": "Red", "email": "rob@example.org"},
}
DUTIES = [Duty(WED, "Crown Court", 1, "trial")]
NOW = act(date(2026, 12, 22))
LATER = act(date(2026, 12, 23))


def who(name: str, day: date = NOW.today) -> Act:
    """An officer acting for themselves; Sue and Rob manage their teams too, Ida the whole unit."""
    grants = []
    if name != "ida":
        grants.append(Grant(Role.OFFICER, 1, "Blue", staff_no=name))
    if name in ("sue", "rob"):
        grants.append(Grant(Role.MANAGER, 1, "Blue", team={"sue": "Blue", "rob": "Red"}[name]))
    if name == "ida":
        grants.append(Grant(Role.MANAGER, 1, "Blue"))
    at = act(day).at
    return Act(f"{name}@example.org", "a test", at, Rights(tuple(grants)))


ANN, BOB, CAL, SUE, ROB, IDA = map(who, ("ann", "bob", "cal", "sue", "rob", "ida"))


@filled_once
def keep_and_publish(database: Database) -> None:
    """Keep the unit of the chart and publish it; Bob and Cal have accounts, and so can agree."""
    keep(database, CHART, officers=OFFICERS, duties=DUTIES, on=["cover", "office-minimum"])
    publish(database, EARLIER, rota=rota(CHART))
    for name in ("bob", "cal"):
        let_in(database, name, Grant(Role.OFFICER, 1, "Blue", staff_no=name))


def ask_day(database: Database, doer: Act = ANN, when: str = "2027-01-05", **more: object) -> int:
    columns = {"wants": "home", "strength": 2, **more}
    name = doer.rights.own["Blue"]
    return new_requests.ask_for_day(
        database, doer, unit="Blue", staff_no=name, when=when, **columns
    )


def ask_leave(database: Database, first: date = TUE, last: date = WED, doer: Act = ANN) -> int:
    return new_requests.ask_for_leave(
        database, doer, unit="Blue", staff_no=doer.rights.own["Blue"], first=first, last=last
    )


def ask_swap(database: Database, other: str = "bob", day: date = MON, doer: Act = ANN) -> int:
    return new_requests.ask_for_swap(
        database,
        doer,
        unit="Blue",
        staff_no=doer.rights.own["Blue"],
        with_staff_no=other,
        day=day,
    )


def grant(
    database: Database, *numbers: int, doer: Act = SUE, text: str = ""
) -> decisions.AnswerOutcome:
    return decisions.answer(
        database, doer, unit="Blue", numbers=numbers, outcome=GRANTED, text=text
    )


def refuse(
    database: Database, *numbers: int, doer: Act = SUE, text: str = ""
) -> decisions.AnswerOutcome:
    return decisions.answer(
        database, doer, unit="Blue", numbers=numbers, outcome=REFUSED, text=text
    )


def own(database: Database, doer: Act = ANN) -> list[tuple[str, str]]:
    """What the officer's list says, with the states, the newest first."""
    name = doer.rights.own["Blue"]
    told = new_requests.list_own_asks(database, doer, unit="Blue", staff_no=name)
    return [(its.says, its.ask.state) for its in told]


def the_ask(database: Database, doer: Act = ANN) -> Ask:
    return new_requests.list_own_asks(
        database, doer, unit="Blue", staff_no=doer.rights.own["Blue"]
    )[0].ask


def told(database: Database, name: str) -> list[str]:
    """The subjects of the messages to the officer since the first publication."""
    messages = sight(database, "Blue").messages
    return [its.subject for its in messages if its.staff_no == name and "/ask/" in its.key]


def bodies(database: Database) -> list[str]:
    return [its.body for its in sight(database, "Blue").messages]


def told_managers(database: Database, number: int) -> list[str]:
    """The addresses to which it was written that the ask waits for a manager."""
    messages = sight(database, "Blue").messages
    return sorted(its.address for its in messages if f"/ask/{number}/managers/" in its.key)


def let_in(database: Database, name: str, *granted: Grant) -> None:
    """Give somebody these roles as a user."""
    email = f"{name}@users.example"
    added = users.add(database, EARLIER, email=email, name=name.title(), needs_password=False)
    for role in granted:
        roles.grant(database, EARLIER, user_id=added.id, role=role)


def places(database: Database, name: str) -> list[str]:
    return [seat.site for seat in in_force(database) if seat.staff_no == name]
