"""What a folder or workbook holds, before any cell is understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rota.errors import BadInput, Fault
from rota.reading.sheet import Sheet


@dataclass(frozen=True, slots=True)
class GivenSetting:
    """A setting as it was given: where, its name (weights.desks for a weight), its value.

    `text` is the value as the user wrote it.
    """

    place: str
    name: str
    value: object
    text: str
    row: int | None = None

    @classmethod
    def from_command_line(cls, name: str, value: object) -> GivenSetting:
        """A setting that an option of the same name gives."""
        return cls(f"--{name}", name, value, str(value))

    @property
    def _column(self) -> str | None:
        return None if self.place.startswith("--") else self.name

    def build_fault(
        self, sentence: str, *, text: str | None = None, maybe: str | None = None
    ) -> Fault:
        """A fault of the value."""
        value = self.text if text is None else text
        return Fault(self.place, sentence, self.row, self._column, value, maybe)

    def build_unknown_fault(self, noun: str, *, maybe: str | None) -> Fault:
        """A fault of the name."""
        return Fault(self.place, f"there is no such {noun}", self.row, self.name, maybe=maybe)


@dataclass(slots=True)
class UnitFiles:
    """The sheets by table, the settings, and what is wrong or odd so far."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    policy: list[GivenSetting] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def attempt(self, add: Callable[[], None]) -> None:
        """Add something; if it cannot be read, keep its faults and go on."""
        try:
            add()
        except BadInput as bad:
            self.faults.extend(bad.faults)
