"""The questions of an import: whether two names are the same, and what may be undone."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from rota.records.look_alikes import Pair
from rota.services.importing.import_answers import RENAME, SAME, Answers
from rota.services.importing.import_outcome import Import, name_row
from web.units.record_words import NAMES

ANOTHER = "another"
"""The answer that two names are not the same; it is as good as none."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whether a name that would go and one that would come are one, and the answer so far."""

    sentence: str
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


def build_questions(outcome: Import) -> tuple[Question, ...]:
    """A question for each pair of names that look alike."""
    answers = {(pair.table, pair.before): pair.answer for pair in outcome.decisions}
    return tuple(
        Question(
            _write_question(pair),
            pair.before,
            pair.after,
            answers.get((pair.table, pair.before), ""),
        )
        for pair in outcome.pairs
    )


def _write_question(pair: Pair) -> str:
    noun = NAMES[pair.table].one.capitalize()
    old, new = name_row(pair.table, pair.stored_row), name_row(pair.table, pair.file_row)
    return f"{noun}: is {old}, which would go, the same as {new}, {pair.likeness}?"


def read_answers(form: MultiDict[str, str]) -> Answers:
    """The answers that were sent."""
    pairs = zip(form.getlist("before"), form.getlist("after"), strict=False)
    pair_answers = [(form.get(f"pair-{n}"), *pair) for n, pair in enumerate(pairs)]
    for_all = form.get("all_alike", "")
    return Answers(
        rename=tuple((before, after) for answer, before, after in pair_answers if answer == RENAME),
        same=tuple((after, before) for answer, before, after in pair_answers if answer == SAME),
        all_alike=for_all if for_all in (RENAME, SAME) else "",
        over_records="over_records" in form,
    )
