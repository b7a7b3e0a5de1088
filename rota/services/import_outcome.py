"""What an import changes, what it leaves as people have it, and what it asks before it does so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from rota.checker import Finding
from rota.domain import Place, PublishedSeat
from rota.domain.differences import Difference
from rota.errors import RotaError
from rota.services.before_and_after import Setting, import_told
from rota.services.import_answers import NO_ANSWERS, RENAME, Answers, Decision
from rota.services.import_pairs import Pair
from rota.services.import_reliance import Going, Shrinking
from rota.services.import_words import going_sentence, pair_sentence, shrinking_sentence
from rota.services.since_import import SettingSince, Since


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an import changes: the tables, the policy, and the published seats.

    `published` has the seats that are published anew and those taken back. `since` and
    `settings_since` are what people recorded since the last import and the file does not tell;
    it stays, unless the answers say otherwise; `seats_since` are published seats of the same kind,
    by officer and date. `added_breaches` is what the seats break more of the
    first levels, which somebody has to answer for. `names` are those of officers by staff number.
    """

    is_new: bool
    differences: tuple[Difference, ...]
    settings: tuple[Setting, ...]
    published: tuple[tuple[PublishedSeat, ...], tuple[PublishedSeat, ...]]
    notes: tuple[str, ...]
    pairs: tuple[Pair, ...] = ()
    decisions: tuple[Decision, ...] = ()
    since: tuple[Since, ...] = ()
    settings_since: tuple[SettingSince, ...] = ()
    seats_since: tuple[Place, ...] = ()
    added_breaches: tuple[Finding, ...] = ()
    going: tuple[Going, ...] = ()
    shrinking: tuple[Shrinking, ...] = ()
    answers: Answers = NO_ANSWERS
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def is_empty(self) -> bool:
        is_renamed = any(decision.how == RENAME for decision in self.decisions)
        changes = (self.is_new, self.differences, self.settings, is_renamed, *self.published)
        return not any(changes)

    @property
    def is_settled(self) -> bool:
        """Whether it changes nothing, and no answer could make it change anything."""
        changed_since = self.since or self.settings_since or self.seats_since
        return self.is_empty and not (self.pairs or changed_since)

    @property
    def open_pairs(self) -> tuple[Pair, ...]:
        """The pairs of names about which nothing is decided."""
        made = {(decision.table, decision.before) for decision in self.decisions}
        return tuple(pair for pair in self.pairs if (pair.table, pair.before) not in made)

    @property
    def needs_yes(self) -> bool:
        """Whether it takes away what people rely on, or perhaps mistakes one name for two."""
        return bool(self.going or self.shrinking or self.open_pairs)

    @property
    def alarms(self) -> tuple[tuple[str, str], ...]:
        """All that needs a yes: tables, each with a sentence."""
        return (
            *((row.table, pair_sentence(row)) for row in self.open_pairs),
            *((row.table, going_sentence(row)) for row in self.going),
            *((row.table, shrinking_sentence(row)) for row in self.shrinking),
        )

    @property
    def seal(self) -> str:
        """A mark of all that the import changes."""
        kept = (
            self.since,
            self.settings_since,
            self.seats_since,
            self.going,
            self.shrinking,
            self.decisions,
        )
        changed = import_told(self.differences, self.settings)
        text = json.dumps([self.is_new, changed, self.published, kept], default=str, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class NotAgreed(RotaError):  # noqa: N818
    """An import that takes away what people rely on needs a yes to just that."""

    def __init__(self, outcome: Import, hint: str = "This needs a yes.") -> None:
        self.outcome = outcome
        alarms = (f"{table}: {sentence}" for table, sentence in outcome.alarms)
        super().__init__("\n".join([*alarms, hint, "Nothing was imported."]))
