"""What pages ask of an import: whether two names are the same, and what may be undone."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from rota.services.importing.import_answers import RENAME, SAME, Answers, Pair
from rota.services.importing.import_outcome import Import, name_row
from web.units.record_words import NAMES

ANOTHER = "another"
"""The answer that two names are not the same; it is as good as none."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whether a name that would go and one that would come are the same, and the answer so far."""

    asks: str
    before: str
    after: str
    answer: str

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The answers with their words."""
        return (
            (SAME, f"Yes, and {self.before} stays"),
            (RENAME, f"Yes, and {self.before} is called {self.after} from now on"),
            (ANOTHER, "No"),
        )


def questions(outcome: Import) -> tuple[Question, ...]:
    """A question for each pair of names that look alike."""
    made = {(pair.table, pair.before): pair.answer for pair in outcome.decisions}
    return tuple(
        Question(
            _asked(pair),
            pair.before,
            pair.after,
            made.get((pair.table, pair.before), ""),
        )
        for pair in outcome.pairs
    )


def _asked(pair: Pair) -> str:
    noun = NAMES[pair.table].one.capitalize()
    old, new = name_row(pair.table, pair.stored_row), name_row(pair.table, pair.file_row)
    return f"{noun}: is {old}, which would go, the same as {new}, {pair.likeness}?"


def answers_in(form: MultiDict[str, str]) -> Answers:
    """The answers that were sent."""
    pairs = zip(form.getlist("before"), form.getlist("after"), strict=False)
    given = [(form.get(f"pair-{n}"), *pair) for n, pair in enumerate(pairs)]
    for_all = form.get("all_alike", "")
    return Answers(
        rename=tuple((before, after) for how, before, after in given if how == RENAME),
        same=tuple((after, before) for how, before, after in given if how == SAME),
        all_alike=for_all if for_all in (RENAME, SAME) else "",
        over_records="over_records" in form,
    )
