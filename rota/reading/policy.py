"""From settings as they were given to a policy; what is allowed stands in the domain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import Field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from rota.domain import KINDS, MONDAY, TIMES_OF_DAY, Policy, Week, find_monday_from, list_settings
from rota.errors import BadInput, Fault
from rota.reading.cells import DATE, AnyCell, Cell, Unfit, one_of
from rota.reading.name_guesses import guess_name
from rota.reading.number_cells import percentage, whole_number
from rota.reading.unit_files import GivenSetting
from rota.rules import RULES

WEIGHT = whole_number(0, 1000)

PERCENT = "_percent"
"""How the names of settings end that are percentages."""

_WEIGHTS = "weights."
_KEYS = tuple(rule.key for rule in RULES)
_KIND = one_of(KINDS)
_WEEK = timedelta(weeks=1)

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.][0-5][0-9]")
_TIME_ALLOWS = "a time of the day such as 09:00"


def read_policy(
    given_settings: Iterable[GivenSetting], *, today: date
) -> tuple[Policy, list[Fault]]:
    """The policy and every fault; a setting at fault keeps its default."""
    given_settings = tuple(given_settings)
    values: dict[str, Any] = {"start": find_monday_after(today)}
    weights: dict[str, int] = {}
    faults: list[Fault] = []
    for setting in given_settings:
        try:
            if setting.name.startswith(_WEIGHTS):
                weights[setting.name.removeprefix(_WEIGHTS)] = _read_weight(setting)
            else:
                values[setting.name] = _read_value(setting)
        except BadInput as bad:
            faults.extend(bad.faults)
    policy = Policy(**values, weights=weights)
    return policy, faults or [*_find_reversed_times(policy, given_settings)]


def _find_reversed_times(policy: Policy, given_settings: Iterable[GivenSetting]) -> Iterator[Fault]:
    """A fault for each time of the day that is no later than the one before it."""
    settings = {setting.name: setting for setting in given_settings}
    for first, second in pairwise(TIMES_OF_DAY):
        if getattr(policy, second) > getattr(policy, first):
            continue
        if second in settings:
            sentence = f"is not later than {first}, which is {getattr(policy, first):%H:%M}"
            yield settings[second].build_fault(sentence)
        else:
            sentence = f"is not earlier than {second}, which is {getattr(policy, second):%H:%M}"
            yield settings[first].build_fault(sentence)


def say_allowed_values(name: str) -> str:
    """What the setting may be, as the end of a sentence such as "two is not …"."""
    about = list_settings()[name].metadata
    if numbers := about.get("range"):
        return whole_number(numbers[0], numbers[-1]).allows
    if "choices" in about:
        return _build_choice_cell(about).allows
    return {
        "start": f"a Monday, {DATE.allows}",
        "counts": _KIND.allows,
        "days_off": f"{DATE.allows}, or several separated by ;",
        **dict.fromkeys(TIMES_OF_DAY, _TIME_ALLOWS),
        "weights": WEIGHT.allows,
    }[name]


def suggest_mondays(day: date) -> str:
    """The Mondays before and after a day that is none."""
    monday = Week.of(day).monday
    return f"{monday} or {monday + _WEEK}"


def find_monday_after(day: date) -> date:
    """The first Monday later than the day."""
    return find_monday_from(day + timedelta(days=1))


def override_settings(
    given_settings: Iterable[GivenSetting], options: Mapping[str, object]
) -> list[GivenSetting]:
    """The settings, those replaced for which the command line gives a value that is not None."""
    overriding = {name: value for name, value in options.items() if value is not None}
    settings_left = [setting for setting in given_settings if setting.name not in overriding]
    return [
        *settings_left,
        *(GivenSetting.from_command_line(*option) for option in overriding.items()),
    ]


def _read_weight(setting: GivenSetting) -> int:
    key = setting.name.removeprefix(_WEIGHTS)
    if key not in _KEYS:
        raise BadInput([setting.build_unknown_fault("rule", maybe=guess_name(key, _KEYS))])
    return _read_whole_number(setting, WEIGHT)


def _read_value(setting: GivenSetting) -> Any:
    known_settings = list_settings()
    if setting.name not in known_settings:
        raise BadInput(
            [setting.build_unknown_fault("setting", maybe=guess_name(setting.name, known_settings))]
        )
    return _choose_reader(known_settings[setting.name])(setting)


def _choose_reader(about: Field[Any]) -> Callable[[GivenSetting], Any]:
    """How the setting is read, from what the domain says of it."""
    if allowed := about.metadata.get("range"):
        return lambda setting: _read_whole_number(setting, whole_number(allowed[0], allowed[-1]))
    if "choices" in about.metadata:
        return lambda setting: _read_choice(setting, about.metadata)
    return {
        "start": _read_start,
        "counts": _read_kinds,
        "days_off": _read_days_off,
        **dict.fromkeys(TIMES_OF_DAY, _read_time),
        "weights": _read_weights,
    }[about.name]


def _build_choice_cell(about: Mapping[str, Any]) -> Cell[str]:
    """A cell for one of the choices, which says what numbers there may be in their place."""
    choice = one_of(about["choices"])
    numbers = about.get("or_range")
    if numbers is None:
        return choice
    number = whole_number(numbers[0], numbers[-1])
    return replace(choice, allows=f"{choice.allows}, or {number.allows}")


def _read_choice(setting: GivenSetting, about: Mapping[str, Any]) -> str | int:
    number = setting.value
    is_number = isinstance(number, int) and not isinstance(number, bool)
    if is_number and number in about.get("or_range", ()):
        return number  # type: ignore[return-value]
    choice: str = _read(setting, _build_choice_cell(about), setting.value)
    return choice


def _read_whole_number(setting: GivenSetting, cell: Cell[int]) -> int:
    if isinstance(setting.value, bool) or not isinstance(setting.value, int):
        raise BadInput(
            [setting.build_fault(f"is not {cell.allows}", maybe=_guess_percent(setting))]
        )
    number: int = _read(setting, cell, setting.text)
    return number


def _guess_percent(setting: GivenSetting) -> str | None:
    """The percentage that was perhaps meant, such as 60 for 0.6 or "60%"."""
    if not setting.name.endswith(PERCENT):
        return None
    try:
        return str(percentage().read(str(setting.value)))
    except Unfit as unfit:
        return unfit.troubles[0].maybe


def _read_start(setting: GivenSetting) -> date:
    start: date = _read(setting, DATE, _write_date(setting.value))
    if start.weekday() != MONDAY:
        raise BadInput([setting.build_fault("is not a Monday", maybe=suggest_mondays(start))])
    return start


def _read_kinds(setting: GivenSetting) -> tuple[str, ...]:
    return tuple(_read_list(setting, _KIND, 'kinds, such as ["office", "court"]'))


def _read_days_off(setting: GivenSetting) -> tuple[date, ...]:
    return tuple(sorted(_read_list(setting, DATE, "dates, such as [2027-01-15]")))


def _read_time(setting: GivenSetting) -> time:
    value = setting.value
    if isinstance(value, str) and _TIME.fullmatch(value.strip()):
        hours, minutes = value.strip().replace(".", ":").split(":")
        value = time(int(hours), int(minutes))
    if not isinstance(value, time) or value != value.replace(second=0, microsecond=0):
        raise BadInput([setting.build_fault(f"is not {_TIME_ALLOWS}")])
    return value


def _read_list(setting: GivenSetting, cell: AnyCell, examples: str) -> Iterable[Any]:
    """The values of a list, each once."""
    if not isinstance(setting.value, list):
        raise BadInput([setting.build_fault(f"is not a list of {examples}")])
    values: list[Any] = []
    faults: list[Fault] = []
    for value in map(_write_date, setting.value):
        try:
            values.append(
                _read(setting, cell, value, text=value if isinstance(value, str) else None)
            )
        except BadInput as bad:
            faults.extend(bad.faults)
    if faults:
        raise BadInput(faults)
    return dict.fromkeys(values)


def _write_date(value: object) -> object:
    """The date of a policy.toml as a cell has it; anything else as it is."""
    is_date = isinstance(value, date) and not isinstance(value, datetime)
    return value.isoformat() if is_date else value  # type: ignore[attr-defined]


def _read_weights(setting: GivenSetting) -> Any:
    raise BadInput([setting.build_fault("is not a table of weights by the keys of rules")])


def _read(setting: GivenSetting, cell: AnyCell, value: object, *, text: str | None = None) -> Any:
    if not isinstance(value, str):
        raise BadInput([setting.build_fault(f"is not {cell.allows}", text=text)])
    try:
        return cell.read(value)
    except Unfit as unfit:
        trouble = unfit.troubles[0]
        sentence = trouble.says or f"is not {cell.allows}"
        raise BadInput([setting.build_fault(sentence, text=text, maybe=trouble.maybe)]) from None
