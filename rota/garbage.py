"""How often Python looks for garbage."""

from __future__ import annotations

import gc

_YOUNG, _OLDER, _OLD = 50_000, 20, 20
"""The thresholds of `gc`, of which Python's own are 700, 10 and 10."""


def look_rarely() -> None:
    """Look for garbage that refers to itself more rarely, from now on in this process.

    There is hardly any, while limits and seats are made by the hundred thousand: as often as Python
    does by itself, looking takes a third of the time to judge, explain and publish a rota.
    """
    gc.set_threshold(_YOUNG, _OLDER, _OLD)
