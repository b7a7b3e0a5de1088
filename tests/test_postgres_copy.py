"""However a test leaves the database that tests share, the next one finds it as it was made."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool


def ask(url: str, *statements: str) -> list[tuple[object, ...]]:
    """The rows of the last statement; every one is committed."""
    with create_engine(url, poolclass=NullPool).begin() as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        return [tuple(row) for row in results[-1]]


ADD_A_UNIT = "insert into unit (name, revision, policy) values ('Blue', 1, '{}') returning id"


def test_what_was_kept_is_gone_and_numbers_begin_again(migrated_copy):
    for _ in range(2):
        url = migrated_copy.emptied()
        assert ask(url, "select * from unit") == []
        assert ask(url, ADD_A_UNIT) == [(1,)]


@pytest.mark.parametrize(
    "change",
    [
        "create table mine (turn int)",
        "alter table unit add column mine int",
        "drop table token",
        "alter table audit disable trigger all",
        "alter database rota set timezone = 'Asia/Tokyo'",
    ],
)
def test_where_it_is_made_of_something_else_it_is_made_anew(migrated_copy, change):
    def made_of(url: str) -> list[list[tuple[object, ...]]]:
        columns = "select table_name, column_name from information_schema.columns order by 1, 2"
        triggers = "select tgname, tgenabled from pg_trigger order by 1, 2"
        return [ask(url, columns), ask(url, triggers), ask(url, "show timezone")]

    before = made_of(migrated_copy.emptied())
    ask(migrated_copy.emptied(), change, "select 1")
    assert made_of(migrated_copy.emptied()) == before


def test_whoever_is_still_connected_is_sent_away(migrated_copy):
    left = create_engine(migrated_copy.emptied()).connect()
    left.execute(text(ADD_A_UNIT))
    assert ask(migrated_copy.emptied(), "select * from unit") == []
    with pytest.raises(DBAPIError):
        left.execute(text("select 1"))
    left.invalidate()
    left.close()
