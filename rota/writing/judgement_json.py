"""A judgement for machines to read."""

from __future__ import annotations

from collections.abc import Mapping

from rota.checker import Judgement


def build_judgement_json(judgement: Judgement) -> Mapping[str, object]:
    """Costs of all levels, misfits and breaches, as JSON knows them."""
    return {
        "costs": dict(judgement.costs),
        "misfits": [
            {
                "staff_no": misfit.seat.staff_no,
                "date": str(misfit.seat.date),
                "site": misfit.seat.site,
                "part": misfit.seat.part,
                "says": misfit.says,
            }
            for misfit in judgement.misfits
        ],
        "breaches": [
            {
                "rule": breach.rule.key,
                "level": breach.rule.level,
                "weight": breach.weight,
                "about": breach.about,
                "when": str(breach.when),
                "gap": breach.gap,
                "says": breach.says,
            }
            for breach in judgement.breaches
        ],
    }
