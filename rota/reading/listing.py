"""Which of the files of a folder, or the sheets of a workbook, hold which table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rota.errors import Fault, shortened
from rota.reading.near import near
from rota.reading.tables import TABLES

_MUST = {table.name for table in TABLES if table.must}


@dataclass(frozen=True)
class Listing:
    """The names of things (files, sheets), and the usual name of each table's."""

    names: Sequence[str]
    usual: Mapping[str, str]
    thing: str
    where: str

    @cached_property
    def claims(self) -> Mapping[str, Sequence[str]]:
        """For each table, every name that is its usual name, in capitals or not."""
        return {
            table: sorted(name for name in self.names if name.strip().casefold() == usual)
            for table, usual in self.usual.items()
        }

    @property
    def holders(self) -> Mapping[str, str]:
        """The name that holds each table that is there."""
        return {table: names[0] for table, names in self.claims.items() if names}

    def faults(self) -> Iterator[Fault]:
        """Tables that are missing, or there twice."""
        for table, names in self.claims.items():
            if not names and table in _MUST:
                says = f"there is no {self.thing} {self.usual[table]} in {self.where}"
                yield Fault(table, says, maybe=near(self.usual[table], self._spare))
            if len(names) > 1:
                yield Fault(table, f"{' and '.join(names)} both hold this table; keep one")

    def notes(self) -> Iterator[str]:
        """Names that are nearly the usual name of a table that may be missing, and is."""
        missing = [usual for table, usual in self.usual.items() if not self.claims[table]]
        optional = [usual for usual in missing if usual not in self._needed]
        for name in self._spare:
            if maybe := near(name, optional):
                says = f"the {self.thing} {shortened(name)} is not read"
                yield str(Fault(self.where, says, maybe=maybe))

    @property
    def _needed(self) -> Sequence[str]:
        return [usual for table, usual in self.usual.items() if table in _MUST]

    @property
    def _spare(self) -> Sequence[str]:
        claimed = {name for names in self.claims.values() for name in names}
        return sorted(set(self.names) - claimed)
