"""The addresses of style sheets, scripts and images, which change with what is in these files."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import url_for

from web.frontend.joining import JOINED, refresh


def addresses_in(folder: Path | None, *, endpoint: str) -> Callable[[str], str]:
    """Makes the address of a file of this folder, so that browsers keep it until it changes."""

    @cache
    def stamp(path: Path, _stamp_time: int) -> str:
        return sha256(path.read_bytes()).hexdigest()[:8]

    def address(filename: str) -> str:
        path = folder / filename if folder else None
        version = stamp(path, path.stat().st_mtime_ns) if path and path.is_file() else ""
        return url_for(endpoint, filename=filename, v=version)

    return address


def joined_addresses(own: Callable[[str], str]) -> Callable[[str], str]:
    """Makes the address of a joined file, whose parts somebody may just have edited."""

    def address(name: str) -> str:
        refresh(name)
        return own(f"{JOINED.name}/{name}")

    return address
