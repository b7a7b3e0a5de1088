"""Who may know which finding."""

from __future__ import annotations

from rota.effects import Effects
from rota.services.access.finding_rights import find_consequences
from tests.rota_text import MON, problem, rota, seat

CHART = """
        4 Jan 2027
        Mon
Ann     O
Bob     H
"""


def test_findings_of_others_are_left_out() -> None:
    # Both change places. Each needs 1 office day of 1: Ann loses hers, Bob has his.
    those = Effects(problem(CHART, home_edge_percent=100), rota(CHART)).find(
        seats_taken=[seat("Ann", MON, "H"), seat("Bob", MON, "O")],
        seats_given_up=[seat("Ann", MON, "O"), seat("Bob", MON, "H")],
    )
    anns = find_consequences(those, knows=lambda who: who == "ann")
    bobs = find_consequences(those, knows=lambda who: who == "bob")
    says = "{} has {} from 4 January 2027 to 10 January 2027; at least 1 asked."
    assert [(its.says, its.is_worse) for its in anns] == [
        (says.format("Ann (ann)", "0 office days"), True)
    ]
    assert [(its.says, its.is_worse) for its in bobs] == [
        (says.format("Bob (bob)", "1 office day"), False)
    ]
    assert find_consequences(those, knows=lambda _: False) == ()
    assert len(find_consequences(those, knows=lambda _: True)) == 2
