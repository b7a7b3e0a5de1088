"""The settings in a policy.toml, before they are understood."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from rota.errors import BadInput, Fault
from rota.reading.file_bytes import read_bytes
from rota.reading.unit_files import GivenSetting

POLICY_FILE = "policy.toml"

_LARGEST = 2**63


def read_policy_file(path: Path) -> list[GivenSetting]:
    """The settings in the file. Raises BadInput if it is not TOML."""
    data = read_bytes(path, POLICY_FILE)
    try:
        settings = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        sentence = "the text is not in UTF-8; save it as UTF-8"
        raise BadInput([Fault(POLICY_FILE, sentence, row=row)]) from error
    except (ValueError, RecursionError) as error:
        raise BadInput([Fault(POLICY_FILE, f"this is not TOML: {error}")]) from error
    return [*_list_settings(settings)]


def _list_settings(settings: dict[str, Any]) -> Iterator[GivenSetting]:
    for name, value in settings.items():
        if name == "weights" and isinstance(value, dict):
            yield from (
                GivenSetting(POLICY_FILE, f"{name}.{key}", weight, _format_as_toml(weight))
                for key, weight in value.items()
            )
        else:
            yield GivenSetting(POLICY_FILE, name, value, _format_as_toml(value))


def _format_as_toml(value: object) -> str:
    """The value much as it stands in the file."""
    if isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(_format_as_toml, value))}]"
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, int) and abs(value) > _LARGEST:
        return hex(value)  # Python refuses to write very long numbers in decimals
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)
