"""Many units beside each other, by what is published of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rota.domain import Period, in_words
from rota.figures.figure import Figure, Row, percent
from rota.writing.charts import Bar, Bars

LOWEST = 20
"""So many units are in the picture; all are in the table."""

_TITLE = "Time at the office by unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """What is published of a unit for some weeks.

    `days` are all published days, `counting` those that count towards the office percentage,
    `asked` that percentage. `limit`, `cover` and `policy` are costs of the versions in force;
    `moved` tells the seats that the last night changed.
    """

    unit_id: int
    unit: str
    officers: int
    days: int
    counting: int
    home: int
    asked: int
    limit: int
    cover: int
    policy: int
    moved: int

    @property
    def share(self) -> int:
        return percent(self.counting, self.days)

    @property
    def is_short(self) -> bool:
        return 100 * self.counting < self.asked * self.days


def unit_shares(lines: Sequence[UnitLine], period: Period) -> Figure:
    """The units' figures for the weeks; the picture shows those with the lowest shares."""
    published = [line for line in lines if line.days]
    lowest = sorted(published, key=lambda line: line.share - line.asked)[:LOWEST]
    summary = "; ".join(f"{its.unit} {its.share}% of {its.asked}% asked" for its in lowest)
    which = f", the {LOWEST} furthest below" if len(published) > LOWEST else ""
    return Figure(
        key="units",
        title=f"{_TITLE}{which}",
        says=(
            f"Days published {in_words(period)}, and the share of them at the office: at sites of "
            "the kinds that count or at an officer's own base. Days on which somebody has fallen "
            "ill since are among them until a night or a manager changes the rota; a unit's own "
            "overview leaves them out. The costs are of what the rota broke on three levels of "
            "rules when it was last published; 0 means nothing."
        ),
        columns=(
            "Unit",
            "Officers",
            "Published days",
            "At the office (%)",
            "Asked (%)",
            "At home (%)",
            "Cost of desk limits",
            "Cost of courts and partners",
            "Cost of office policy",
            "Seats changed last night",
        ),
        rows=tuple(map(_row, lines)),
        charts=(Bars(_TITLE, f"{summary}.", tuple(map(_bar, lowest)), 100),) if lowest else (),
        nothing="There are no units yet.",
        line="The line marks the share that is asked.",
    )


def _row(its: UnitLine) -> Row:
    if not its.days:
        return (its.unit, its.officers, 0, None, its.asked, None, None, None, None, its.moved)
    home = percent(its.home, its.days)
    broken = (its.limit, its.cover, its.policy)
    return its.unit, its.officers, its.days, its.share, its.asked, home, *broken, its.moved


def _bar(its: UnitLine) -> Bar:
    told = f"{its.share}%, below" if its.is_short else f"{its.share}%"
    return Bar(its.unit, its.share, told, its.asked, is_short=its.is_short)
