"""A remark: many records of one table of which the same is to be known, in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rota.errors import Fault
from rota.records import BY_NAME
from rota.remarks.causes import Cause

FEW = 3
"""Records that a remark names; the others are counted."""

NO_EFFECT, NOT_KEPT, NOT_MET, NOT_ASKED_FOR = (
    ("has no effect", "have no effect"),
    ("cannot be kept", "cannot be kept"),
    ("cannot be met", "cannot be met"),
    ("is not asked for", "are not asked for"),
)
"""What is to be known of one record, and of several."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be known of some records, and why; `examples` tells which, `count` how many.

    `maybe` is what was perhaps meant. A remark without a verdict is told by its cause alone.
    """

    table: str
    cause: Cause
    verdict: tuple[str, str] | None = NO_EFFECT
    examples: tuple[str, ...] = ()
    count: int = 1
    maybe: str | None = None

    def __str__(self) -> str:
        return str(Fault(self.table, self.says, maybe=self.maybe))

    @property
    def says(self) -> str:
        """The remark without its table and full stop."""
        if self.verdict is None:
            return self.cause.says
        is_many = self.count > 1
        table = BY_NAME[self.table]
        noun = table.plural if is_many else table.noun
        subject = f"{self.count:,} {noun} {self.verdict[is_many]}"
        more = f" and {self.count - FEW:,} more" if self.count > FEW else ""
        return f"{subject}, because {self.cause.says}: {'; '.join(self.examples[:FEW])}{more}"

    @property
    def sentence(self) -> str:
        """The remark without its table, for pages that tell by themselves what it is about."""
        _, _, sentence = str(self).partition(": ")
        return sentence


def sum_up_remarks(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """The remarks, those that differ in nothing but their examples told as one."""
    alike: dict[Remark, list[str]] = {}
    for remark in remarks:
        alike.setdefault(replace(remark, examples=()), []).extend(remark.examples)
    for remark, examples in alike.items():
        unlike = tuple(dict.fromkeys(examples))
        yield replace(remark, examples=unlike, count=max(len(unlike), 1))
