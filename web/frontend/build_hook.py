"""Has whatever builds a wheel join Rota's own style sheets and scripts first."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Joining(BuildHookInterface):  # type: ignore[type-arg]
    """A step of each build, also of `pip install .`, where nothing was set up."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Join them. Rota itself cannot be imported here, as nothing that it needs is installed."""
        runpy.run_path(f"{Path(self.root, 'web', 'frontend', 'joining.py')}")["join"]()
