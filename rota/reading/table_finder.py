"""Which of the files of a folder, or the sheets of a workbook, hold which table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from rota.errors import Fault, shorten
from rota.reading.name_guesses import guess_name
from rota.reading.other_words import guess_table, is_needless
from rota.records import TABLES

_MUST = {table.name for table in TABLES if table.must}

_LITTER = ("desktop.ini", "thumbs.db")
"""Files that systems leave in folders, beside those whose names begin with a dot or ~$."""

MOST_NAMED = 10
"""Names that are told in one remark; the others are counted."""


@dataclass(frozen=True)
class TableFinder:
    """The names of files or sheets (the holders of tables), and the usual name of each table's."""

    names: Sequence[str]
    usual: Mapping[str, str]
    holder_word: str
    container: str

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

    def find_faults(self) -> Iterator[Fault]:
        """Tables that are missing, or there twice."""
        for table, names in self.claims.items():
            if not names and table in _MUST:
                sentence = f"there is no {self.holder_word} {self.usual[table]} in {self.container}"
                yield Fault(table, sentence, maybe=self._guess_holder(table))
            if len(names) > 1:
                yield Fault(table, f"{' and '.join(names)} both hold this table; keep one")

    def list_notes(self) -> Iterator[str]:
        """Every name that holds no table, those alone of which something can be guessed."""
        unclear = []
        for name in self._spare:
            if is_needless(_cut_suffixes(name)):
                yield str(Fault(self.container, f"{self._say_not_read([name])}: {_NEEDLESS}"))
            elif maybe := self._guess_meaning(name):
                yield str(Fault(self.container, self._say_not_read([name]), maybe=maybe))
            else:
                unclear.append(name)
        if unclear:
            yield str(Fault(self.container, self._say_not_read(unclear)))

    def _say_not_read(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return f"the {self.holder_word} {shorten(names[0])} is not read"
        first_names = ", ".join(map(shorten, names[:MOST_NAMED]))
        more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
        return f"{len(names):,} {self.holder_word}s are not read: {first_names}{more}"

    def _guess_meaning(self, name: str) -> str | None:
        """The usual name of the table that a holder of this name perhaps was to hold.

        A table that is there already is meant only by its own name or another word for it.
        """
        stem = _cut_suffixes(name)
        missing = [table for table in self.usual if not self.claims[table]]
        optional = [table for table in missing if table not in _MUST]
        table = (
            guess_table(stem, optional)
            or guess_name(stem, optional)
            or guess_table(stem, [present for present in self.usual if present not in missing])
        )
        return self.usual[table] if table else None

    def _guess_holder(self, table: str) -> str | None:
        """The name that perhaps was to hold a table that is missing."""
        stems = {_cut_suffixes(name): name for name in self._spare}
        stem = guess_name(table, stems) or next((s for s in stems if guess_table(s, [table])), None)
        return stems[stem] if stem else None

    @property
    def _spare(self) -> Sequence[str]:
        claimed = {name for names in self.claims.values() for name in names}
        return sorted(name for name in set(self.names) - claimed if not _is_litter(name))


_NEEDLESS = "Rota knows the bank holidays of England and Wales itself"


def _cut_suffixes(name: str) -> str:
    """The name without what tells the kind of file, which may be told twice."""
    return PurePath(PurePath(name.strip()).stem).stem or name


def _is_litter(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _LITTER
