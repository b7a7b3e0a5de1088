"""Whether courts, partners and prisons get the people that they are owed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from rota.checker import count
from rota.domain import KINDS, Problem, Rota, count_days
from rota.figures.figure import Figure, Row, as_days, compute_percent
from rota.rules.cover import limit_duties
from rota.writing.charts import Bar, Bars


@dataclass(slots=True)
class _Kind:
    """The duties at one kind of site, the people they need, and those who are missing."""

    name: str
    duties: int = 0
    needed: float = 0
    missing: float = 0

    @property
    def covered(self) -> float:
        return self.needed - self.missing

    @property
    def share(self) -> int:
        return compute_percent(self.covered, self.needed)


def build_duties_covered(problem: Problem, rota: Rota) -> Figure:
    """What duties need and what they get, by the kind of their site."""
    kinds = _count_kinds(problem, rota)
    title = "Duties covered"
    summary = "; ".join(f"{kind.name} {_say_covered(kind)}" for kind in kinds)
    return Figure(
        key="duties",
        title=title,
        says=(
            "People whom duties need, by the kind of their site, and how many of them the rota "
            "sends. Only officers with the skill that a duty asks for count, and more than it "
            "needs count no further. Whoever is needed for half a day counts as half of one."
        ),
        columns=("Kind", "Duties", "People needed", "People sent", "People missing", "Share (%)"),
        rows=tuple(map(_build_row, kinds)),
        charts=(Bars(title, f"{summary}.", tuple(map(_build_bar, kinds)), 100),) if kinds else (),
        nothing="There are no duties in these weeks.",
    )


def _count_kinds(problem: Problem, rota: Rota) -> tuple[_Kind, ...]:
    kinds = {kind: _Kind(kind.capitalize()) for kind in KINDS}
    for duty, limits in groupby(limit_duties(problem), key=itemgetter(0)):
        kind = kinds[problem.sites[duty.site].kind]
        kind.duties += 1
        for _, limit in limits:
            kind.needed += count_days(limit.halves * duty.needed)
            kind.missing += count(limit, rota.seats)[1]
    return tuple(kind for kind in kinds.values() if kind.duties)


def _build_row(kind: _Kind) -> Row:
    people = map(as_days, (kind.needed, kind.covered, kind.missing))
    return kind.name, kind.duties, *people, kind.share


def _build_bar(kind: _Kind) -> Bar:
    return Bar(kind.name, kind.share, _say_covered(kind), is_short=bool(kind.missing))


def _say_covered(kind: _Kind) -> str:
    return f"{as_days(kind.covered)} of {as_days(kind.needed)} people"
