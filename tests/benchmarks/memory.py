"""The memory of a process and of all that it has started."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")


def resident(root: int) -> int:
    """Bytes in memory of a process and all below it; a page that two share counts twice.

    0 where there is no /proc.
    """
    return sum(_tree(root).values())


def proportional(root: int) -> int:
    """The same, where of a page that several share each counts its part; slower to find."""
    return sum(map(_proportional, _tree(root)))


def _tree(root: int) -> dict[int, int]:
    """The processes of the tree with what each has in memory."""
    children: dict[int, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for pid, parent, size in _processes():
        children[parent].append(pid)
        sizes[pid] = size
    tree, ahead = {}, [root]
    for pid in ahead:
        if pid in sizes:
            tree[pid] = sizes[pid]
            ahead += children[pid]
    return tree


def _processes() -> Iterator[tuple[int, int, int]]:
    """Number, parent's number and bytes in memory of every process."""
    page = os.sysconf("SC_PAGESIZE")
    for folder in _PROC.iterdir() if _PROC.is_dir() else ():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue  # The process has ended since.
            fields = stat.rpartition(")")[2].split()
            yield int(folder.name), int(fields[1]), int(fields[21]) * page


def _proportional(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # The process has ended since.
    kilobytes = (line.split()[1] for line in lines if line.startswith("Pss:"))
    return 1024 * int(next(kilobytes, 0))
