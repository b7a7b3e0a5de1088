"""Who may read what is kept of a unit; whatever does not say is for managers of all of it alone."""

from __future__ import annotations

from enum import Enum


class Readers(Enum):
    """Who reads a column of a table, a setting of the policy, or a thing that the audit keeps.

    Managers of some teams read as managers what is about the unit and about their own officers; of
    all other officers they read what everybody reads.
    """

    EVERYBODY = "everybody"
    """Anyone with a role in the unit."""

    OVERSEERS = "heads and managers"
    """Whoever heads the unit, and managers."""

    MANAGERS = "managers"
    """Managers, and nobody besides."""

    MANAGERS_OF_ALL = "managers of all teams"
    """Managers of the whole unit."""

    ADMINISTRATORS = "administrators"
    """Whoever looks after users, wherever they are one."""
