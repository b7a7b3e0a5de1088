"""Whether courts, partners and prisons get the people that they are owed."""

from __future__ import annotations

from dataclasses import dataclass

from rota.checker import count
from rota.domain import KINDS, Problem, Rota
from rota.figures.figure import Figure, Row, compute_percent
from rota.rules.cover import limit_duties
from rota.writing.charts import Bar, Bars


@dataclass(slots=True)
class _Kind:
    """The duties at one kind of site, the people they need, and those who are missing."""

    name: str
    duties: int = 0
    needed: int = 0
    missing: int = 0

    @property
    def covered(self) -> int:
        return self.needed - self.missing

    @property
    def share(self) -> int:
        return compute_percent(self.covered, self.needed)


def build_duties_covered(problem: Problem, rota: Rota) -> Figure:
    """What duties need and what they get, by the kind of their site."""
    kinds = _count_kinds(problem, rota)
    title = "Duties covered"
    summary = "; ".join(f"{kind.name} {kind.covered} of {kind.needed} people" for kind in kinds)
    return Figure(
        key="duties",
        title=title,
        says=(
            "People whom duties need, by the kind of their site, and how many of them the rota "
            "sends. Only officers with the skill that a duty asks for count, and more than it "
            "needs count no further."
        ),
        columns=("Kind", "Duties", "People needed", "People sent", "People missing", "Share (%)"),
        rows=tuple(map(_build_row, kinds)),
        charts=(Bars(title, f"{summary}.", tuple(map(_build_bar, kinds)), 100),) if kinds else (),
        nothing="There are no duties in these weeks.",
    )


def _count_kinds(problem: Problem, rota: Rota) -> tuple[_Kind, ...]:
    kinds = {kind: _Kind(kind.capitalize()) for kind in KINDS}
    for duty, limit in limit_duties(problem):
        kind = kinds[problem.sites[duty.site].kind]
        _, gap = count(limit, rota.seats)
        kind.duties += 1
        kind.needed += duty.needed
        kind.missing += gap
    return tuple(kind for kind in kinds.values() if kind.duties)


def _build_row(kind: _Kind) -> Row:
    return kind.name, kind.duties, kind.needed, kind.covered, kind.missing, kind.share


def _build_bar(kind: _Kind) -> Bar:
    text = f"{kind.covered} of {kind.needed} people"
    return Bar(kind.name, kind.share, text, is_short=bool(kind.missing))
