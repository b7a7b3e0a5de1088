"""How much the nights change of what people were told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rota.domain import in_words
from rota.figures.figure import Figure
from rota.writing.charts import Columns

NIGHTS = 30
"""So many nights are looked back at."""


class NightChanges(NamedTuple):
    """The seats that a night changed in what was published, and the people whose they are."""

    date: date
    seats: int
    people: int


def build_night_changes(nights: Sequence[NightChanges]) -> Figure:
    """The changes of each night, the earliest first."""
    title = "Changes by the night"
    most = max(nights, key=lambda night: night.seats, default=None)
    summary = f"{sum(night.seats for night in nights)} seats changed in {len(nights)} nights"
    worst = f"; the most were {most.seats} {in_words(most.date)}" if most and most.seats else ""
    columns = tuple((f"{night.date.day} {night.date:%b}", night.seats) for night in nights)
    return Figure(
        key="night-changes",
        title=title,
        says=(
            f"Seats that each of the last {NIGHTS} nights changed in what was published, and how "
            "many people they belong to, whatever weeks are shown above. Changes that a manager "
            "accepted or made are not counted."
        ),
        columns=("Night", "Seats changed", "People"),
        rows=tuple((night.date, night.seats, night.people) for night in nights),
        charts=(Columns(title, f"{summary}{worst}.", columns),) if nights else (),
        nothing=f"There was no night in the last {NIGHTS} days.",
    )
