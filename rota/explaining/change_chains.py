"""Changes that hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

from rota.explaining.change import Change


def find_chains(touched: Mapping[Change, Set[int]]) -> Iterator[tuple[Change, ...]]:
    """The changes in chains; those that touch the same place, directly or by others, are in one."""
    at: dict[int, list[Change]] = defaultdict(list)
    for change, places in touched.items():
        for place in places:
            at[place].append(change)
    unvisited = set(touched)
    for change in touched:
        if change in unvisited:
            chain = _find_chain_of(change, touched, at)
            unvisited.difference_update(chain)
            yield chain


def _find_chain_of(
    change: Change, touched: Mapping[Change, Set[int]], at: dict[int, list[Change]]
) -> tuple[Change, ...]:
    """Every change of the chain of this one, whose places nobody need look at again."""
    chain = {change: None}
    ahead = [change]
    for link in ahead:
        nearby = (other for place in touched[link] for other in at.pop(place, ()))
        reached = [other for other in dict.fromkeys(nearby) if other not in chain]
        chain.update(dict.fromkeys(reached))
        ahead += reached
    return tuple(sorted(chain))
