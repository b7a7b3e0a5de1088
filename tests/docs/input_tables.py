"""Tables of the input: the columns of each file, and the settings of the policy."""

from dataclasses import Field
from typing import Any

from rota.domain import KINDS, TIMES_OF_DAY, list_settings
from rota.reading.column_cells import cell_of
from rota.reading.policy import WEIGHT
from rota.records import TABLES, Column, Table
from tests.docs import markdown


def tables() -> str:
    """Every table of the input folder with its columns."""
    return "\n\n".join(map(_table, TABLES))


def _table(table: Table) -> str:
    must = " It must be there." if table.must else ""
    rows = [
        (_name(column), cell_of(column.type).allows, _meaning(column), column.readers.value)
        for column in table.given_columns
    ]
    return (
        f"### {table.name}.csv\n\n"
        f"{table.help[0].upper()}{table.help[1:]}.{must}\n\n"
        f"{markdown.table(('Column', 'Allowed', 'Meaning', 'Read by'), rows)}"
    )


def _name(column: Column) -> str:
    return f"`{column.name}` ★" if column.required else f"`{column.name}`"


def _meaning(column: Column) -> str:
    home = " or `home`" if column.home_too else ""
    known = f" (from `{column.refers_to}`{home})" if column.refers_to else ""
    return f"{column.help}{known}"


def policy() -> str:
    """Every setting with its default and what is allowed."""
    rows = [
        (
            f"`{name}`",
            _default(setting),
            _allowed(setting),
            setting.metadata["help"],
            setting.metadata["readers"].value,
        )
        for name, setting in list_settings().items()
    ]
    return markdown.table(("Setting", "Default", "Allowed", "Meaning", "Read by"), rows)


def _default(setting: Field[Any]) -> str:
    if setting.name == "start":
        return "the Monday after today"
    if setting.name == "weights":
        return "those of the rules"
    return f"`{_in_toml(setting.default)}`"


def _in_toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_in_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _allowed(setting: Field[Any]) -> str:
    if numbers := setting.metadata.get("range"):
        return f"{numbers[0]} to {numbers[-1]}"
    if choices := setting.metadata.get("choices"):
        words = " or ".join(f"`{_in_toml(choice)}`" for choice in choices)
        numbers = setting.metadata.get("or_range")
        return f"{words}, or {numbers[0]} to {numbers[-1]}" if numbers else words
    return {
        "start": "a Monday",
        "counts": f"a list of {', '.join(KINDS)}",
        "days_off": "a list of dates",
        "weights": f"a table; each {WEIGHT.allows}",
        **dict.fromkeys(TIMES_OF_DAY, "a time of the day"),
    }[setting.name]
