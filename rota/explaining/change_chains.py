"""Changes that hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Set

from rota.explaining.change import Change


def find_chains(touched: Mapping[Change, Set[Hashable]]) -> Iterator[tuple[Change, ...]]:
    """The changes in chains; those that touch the same mark, directly or by others, are in one."""
    changes_at: dict[Hashable, list[Change]] = defaultdict(list)
    for change, marks in touched.items():
        for mark in marks:
            changes_at[mark].append(change)
    unvisited = set(touched)
    for change in touched:
        if change in unvisited:
            chain = _find_chain_of(change, touched, changes_at)
            unvisited.difference_update(chain)
            yield chain


def _find_chain_of(
    change: Change,
    touched: Mapping[Change, Set[Hashable]],
    changes_at: dict[Hashable, list[Change]],
) -> tuple[Change, ...]:
    """Every change of the chain of this one, whose marks nobody need look at again."""
    chain = {change: None}
    ahead = [change]
    for link in ahead:
        nearby = (other for mark in touched[link] for other in changes_at.pop(mark, ()))
        reached = [other for other in dict.fromkeys(nearby) if other not in chain]
        chain.update(dict.fromkeys(reached))
        ahead += reached
    return tuple(sorted(chain))
