"""What a filler left in a database is put back in the next, as if it had filled that one too."""

from sqlalchemy import text

from rota.domain import Policy, Unit
from rota.store.databases.database import Database
from tests.filled_once import filled_once
from tests.rota_text import MON
from tests.stored import keep

EMPTY = Unit(sites=(), teams=(), officers=())

filled: list[Database] = []


@filled_once
def fill(database: Database) -> None:
    filled.append(database)
    keep(database, "Blue", EMPTY, Policy(start=MON, weeks=1))


def name_units(database: Database) -> list[tuple[int, str]]:
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT id, name FROM unit"))]


def test_it_is_filled_once_and_numbers_go_on_from_there(database):
    times_filled = len(filled)
    fill(database)
    keep(database, "Green", EMPTY, Policy(start=MON, weeks=1))
    after_filling = name_units(database)
    fill(database)
    keep(database, "Green", EMPTY, Policy(start=MON, weeks=1))
    assert name_units(database) == after_filling == [(1, "Blue"), (2, "Green")]
    assert len(filled) == times_filled + 1
