"""Many units beside each other, by what is published of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rota.domain import Period, in_words
from rota.figures.figure import Figure, Row, as_days, compute_percent
from rota.writing.charts import Bar, Bars

LOWEST = 20
"""So many units are in the picture; all are in the table."""

_TITLE = "Time at the office by unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """What is published of a unit for some weeks.

    `days` are all published days, `counting` those that count towards the office percentage,
    `hundredths_asked` the sum of the percentages that are asked of each of the days, and
    `policy_percent` the one that is asked where nobody has another. `limit`, `cover` and `policy`
    are costs of what is in force; `seats_moved` tells the seats that the last night changed.
    """

    unit_id: int
    unit: str
    officers: int
    days: float
    counting: float
    home: float
    policy_percent: int
    hundredths_asked: float
    limit: float
    cover: float
    policy: float
    seats_moved: int

    @property
    def share(self) -> int:
        return compute_percent(self.counting, self.days)

    @property
    def percent_asked(self) -> int:
        """The percentage asked of the published days, those with one of their own included."""
        if not self.days:
            return self.policy_percent
        return compute_percent(self.hundredths_asked, 100 * self.days)

    @property
    def is_short(self) -> bool:
        return 100 * self.counting < self.hundredths_asked


def build_unit_shares(lines: Sequence[UnitLine], period: Period) -> Figure:
    """The units' figures for the weeks; the picture shows those with the lowest shares."""
    published = [line for line in lines if line.days]
    lowest = sorted(published, key=lambda line: line.share - line.percent_asked)[:LOWEST]
    summary = "; ".join(
        f"{line.unit} {line.share}% of {line.percent_asked}% asked" for line in lowest
    )
    which_units = f", the {LOWEST} furthest below" if len(published) > LOWEST else ""
    return Figure(
        key="units",
        title=f"{_TITLE}{which_units}",
        says=(
            f"Days published {in_words(period)}, and the share of them at the office: at sites of "
            "the kinds that count or at an officer's own base. What is asked is the policy's "
            "percentage, or that of officers and sites that have their own. Days on which somebody "
            "has fallen ill since are among them until a night or a manager changes the rota, and "
            "so are days on which an office is closed; a unit's own overview asks nothing of "
            "either. The costs are of what the rota broke on three "
            "levels of rules when it was last published; 0 means nothing."
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
        rows=tuple(map(_build_row, lines)),
        charts=(Bars(_TITLE, f"{summary}.", tuple(map(_build_bar, lowest)), 100),)
        if lowest
        else (),
        nothing="There are no units yet.",
        line="The line marks the share that is asked.",
    )


def _build_row(line: UnitLine) -> Row:
    if not line.days:
        return (
            line.unit,
            line.officers,
            0,
            None,
            line.percent_asked,
            None,
            None,
            None,
            None,
            line.seats_moved,
        )
    home = compute_percent(line.home, line.days)
    costs = map(as_days, (line.limit, line.cover, line.policy))
    return (
        line.unit,
        line.officers,
        as_days(line.days),
        line.share,
        line.percent_asked,
        home,
        *costs,
        line.seats_moved,
    )


def _build_bar(line: UnitLine) -> Bar:
    text = f"{line.share}%, below" if line.is_short else f"{line.share}%"
    return Bar(line.unit, line.share, text, line.percent_asked, is_short=line.is_short)
