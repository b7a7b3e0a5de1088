"""What an import changes, leaves as it is and asks, and the sentences about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rota.checker import Finding
from rota.domain import OfficerDay, PublishedSeat, find_monday_from, in_words
from rota.errors import RotaError
from rota.moments import find_date_in_london
from rota.records.differences import Difference
from rota.records.history_change import SAME_HISTORY, HistoryChange
from rota.records.look_alikes import Pair
from rota.records.naming import REFERRED_TO
from rota.services.access.audit_details import ChangedSetting, build_import_details
from rota.services.access.secrets import compute_seal
from rota.services.importing.import_answers import NO_ANSWERS, RENAME, Answers, Decision
from rota.services.importing.import_plan import ImportPlan, RecordedSince, SettingSince
from rota.services.importing.import_reliance import Going, Shrinking
from rota.services.units.policy_settings import judges_weeks
from rota.store.units.sources import RowSource
from rota.writing.policy_texts import say_setting
from rota.writing.row_sentences import describe_row, name_row, tell_day


def tell_pair(pair: Pair) -> str:
    """That one name would go and another come, which is perhaps the same."""
    old, new = name_row(pair.table, pair.stored_row), name_row(pair.table, pair.file_row)
    return f"{old} would go and {new} would come, {pair.likeness}. Maybe {pair.before}?"


def tell_decision(decision: Decision) -> str:
    """Which names were said to be the same, and which of them it has."""
    if decision.answer == RENAME:
        return f"{decision.before} is called {decision.after} from now on."
    return f"{decision.after} of the file is {decision.before}."


def tell_going(part: Going) -> str:
    """That a row would go, with what hangs on it."""
    return f"{name_row(part.table, part.row)} would go, with {', '.join(_list_hanging(part))}."


def tell_shrinking(part: Shrinking) -> str:
    """That a large part of a table would go."""
    return f"{part.lost_rows} of {part.of} rows would go."


def tell_since(since: RecordedSince, names: Mapping[str, str], *, is_undone: bool = False) -> str:
    """What somebody recorded since the last import, and whether that stays."""
    merged = since.merged
    row = describe_row(merged.table, since.row, names)
    if not since.source.is_by_people and merged.recorded is not None:
        return f"{row} is needed by what was recorded since the last import{_tell_end(is_undone)}"
    if merged.recorded is None:
        deed = f"{row} was taken out since the last import{name_author(since.source)}"
        return f"{deed}; {'it comes back' if is_undone else 'it stays out'}."
    deed = "recorded" if merged.last is None else "changed"
    return (
        f"{row} was {deed} since the last import{name_author(since.source)}{_tell_end(is_undone)}"
    )


def tell_seats(
    officer_days: Sequence[OfficerDay], names: Mapping[str, str], *, is_undone: bool
) -> str:
    """Which seats people or Rota published otherwise than the file says, and whether they stay."""
    staff_no, day = officer_days[0]
    rest = f" and {len(officer_days) - 1} more" if len(officer_days) > 1 else ""
    seat = f"the published seat of {names.get(staff_no, staff_no)} {in_words(day)}{rest}"
    return f"{seat} did not come from a file, which says otherwise{_tell_end(is_undone)}"


def _tell_end(is_undone: bool) -> str:
    return "; this is undone." if is_undone else "; it stays."


def tell_setting(since: SettingSince, label: str, *, is_undone: bool = False) -> str:
    """What somebody set since the last import, and whether that stays."""
    value = say_setting(since.setting.before)
    deed = f"{label} {value} was set since the last import{name_author(since.source)}"
    return f"{deed}{_tell_end(is_undone)}"


def find_terms_day(plan: ImportPlan) -> date | None:
    """From when holds what the plan changes and holds from a day on; None if nothing does."""
    if changes_terms(plan.differences) or plan.pasts:
        return plan.since
    return find_monday_from(plan.since) if judges_weeks(plan.settings) else None


def changes_terms(differences: Iterable[Difference]) -> bool:
    """Whether officers, sites or teams that were there before change or go."""
    return any(
        difference.table in REFERRED_TO and (difference.changed_rows or difference.removed_rows)
        for difference in differences
    )


def tell_terms_days(outcome: Import) -> str:
    """From when holds what changes and holds from a day on; nothing if nothing does."""
    day, sentences = outcome.terms_from, []
    if day and (changes_terms(outcome.differences) or outcome.pasts):
        sentences.append(
            f"What changes of officers, sites and teams holds from {day:%A} {tell_day(day)}, "
            "unless the file tells another day."
        )
    if day and judges_weeks(outcome.settings):
        monday = tell_day(find_monday_from(day))
        sentences.append(f"Weeks are judged by the new policy from Monday {monday}.")
    return " ".join(sentences)


def name_author(source: RowSource) -> str:
    """By whom and when, as far as it is known, in the words that follow in a sentence."""
    if source.by is None:
        return ""
    on = f" on {tell_day(find_date_in_london(source.at))}" if source.at else ""
    return f", by {source.by}{on}"


def _list_hanging(part: Going) -> Iterator[str]:
    if part.seats:
        yield f"{_count_in_words(part.seats, 'published seat')} ({part.seats_to_come} to come)"
    counts = (("role", part.roles), ("calendar", part.calendars), ("open request", part.asks))
    for noun, number in (*counts, ("record", part.records)):
        if number:
            yield _count_in_words(number, noun)


def _count_in_words(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else f'{noun}s'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an import changes: the tables, the policy, and the published seats.

    `published` has the seats that are published anew and those taken back, `history` those of
    earlier rotas. `since` and `settings_since` are what people recorded since the last import and
    the file does not tell; it stays, unless the answers say otherwise; `seats_since` are published
    seats of the same kind, by officer and date. `added_breaches` is what the seats break more of
    the first levels, which somebody has to answer for. `names` are those of officers by staff
    number. `pasts` are rows, with their tables, of which earlier terms alone change. Terms that
    change hold `terms_from` that day, unless the files tell another, and the policy from the Monday
    that is then or next. It is None if none change, and in a new unit, where they hold ever since.
    """

    is_new: bool
    differences: tuple[Difference, ...]
    settings: tuple[ChangedSetting, ...]
    published: tuple[tuple[PublishedSeat, ...], tuple[PublishedSeat, ...]]
    notes: tuple[str, ...]
    history: HistoryChange = SAME_HISTORY
    pairs: tuple[Pair, ...] = ()
    decisions: tuple[Decision, ...] = ()
    since: tuple[RecordedSince, ...] = ()
    settings_since: tuple[SettingSince, ...] = ()
    seats_since: tuple[OfficerDay, ...] = ()
    added_breaches: tuple[Finding, ...] = ()
    going: tuple[Going, ...] = ()
    shrinking: tuple[Shrinking, ...] = ()
    answers: Answers = NO_ANSWERS
    pasts: tuple[tuple[str, Any], ...] = ()
    terms_from: date | None = None
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def is_empty(self) -> bool:
        changes = (self.is_new, self.differences, self.pasts, self.settings, self.history)
        is_renamed = any(decision.answer == RENAME for decision in self.decisions)
        return not (is_renamed or any((*changes, *self.published)))

    @property
    def is_settled(self) -> bool:
        """Whether it changes nothing, and no answer could make it change anything."""
        changed_since = self.since or self.settings_since or self.seats_since
        return self.is_empty and not (self.pairs or changed_since)

    @property
    def open_pairs(self) -> tuple[Pair, ...]:
        """The pairs of names about which nothing is decided."""
        decided = {(decision.table, decision.before) for decision in self.decisions}
        return tuple(pair for pair in self.pairs if (pair.table, pair.before) not in decided)

    @property
    def needs_yes(self) -> bool:
        """Whether it takes away what people rely on, or perhaps mistakes one name for two."""
        return bool(self.going or self.shrinking or self.open_pairs)

    @property
    def alarms(self) -> tuple[tuple[str, str], ...]:
        """All that needs a yes: tables, each with a sentence."""
        return (
            *((row.table, tell_pair(row)) for row in self.open_pairs),
            *((row.table, tell_going(row)) for row in self.going),
            *((row.table, tell_shrinking(row)) for row in self.shrinking),
        )

    @property
    def seal(self) -> str:
        """A mark of all that the import changes."""
        context = (
            self.since,
            self.settings_since,
            self.seats_since,
            self.going,
            self.shrinking,
            self.decisions,
            self.history,
            self.pasts,
            self.terms_from,
        )
        details = build_import_details(self.differences, self.settings)
        return compute_seal([self.is_new, details, self.published, context], length=64)


class NotAgreed(RotaError):  # noqa: N818
    """An import that takes away what people rely on needs a yes to just that."""

    def __init__(self, outcome: Import, hint: str = "This needs a yes.") -> None:
        self.outcome = outcome
        alarms = (f"{table}: {sentence}" for table, sentence in outcome.alarms)
        super().__init__("\n".join([*alarms, hint, "Nothing was imported."]))
