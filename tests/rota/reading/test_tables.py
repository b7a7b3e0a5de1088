"""The tables as they are declared, which the documents print."""

from rota.reading import POLICY_SHEET, ROTA_FILE, TABLES


def test_every_column_says_what_it_is_for_and_what_it_allows():
    columns = [c for table in (*TABLES, POLICY_SHEET, ROTA_FILE) for c in table.columns]
    assert [c.name for c in columns if not (c.help and c.cell.allows)] == []


def test_a_column_is_known_from_a_table_with_a_key_of_one_column():
    keys = {table.name: table.key for table in TABLES if table.noun}
    known = {column.known for table in TABLES for column in table.columns if column.known}
    assert known == set(keys)
    assert {len(key) for key in keys.values()} == {1}


def test_keys_pairs_and_orders_name_columns_of_their_table():
    for table in (*TABLES, POLICY_SHEET, ROTA_FILE):
        named = {*table.key, *(table.in_order or ()), *(table.apart or ())}
        assert named <= {column.name for column in table.columns}
