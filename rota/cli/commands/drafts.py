"""Commands that look at drafts and change them: draft, move, swap, lock and unlock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from rota.cli.arguments import DAY, FIRST, LAST, REVISION, STAFF_NO, START, UNIT
from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command
from rota.cli.output import make_console
from rota.domain import Problem, in_words, name_part
from rota.errors import RotaError
from rota.explaining import Change
from rota.moments import LONDON
from rota.services.drafts import drafts
from rota.services.drafts.day_edits import Clear, DayEdit, DraftDay, Lock, Move, SwapWith, Unlock
from rota.services.drafts.draft_view import DraftView
from rota.services.drafts.edits import EditedDraft, edit
from rota.writing import show_judgement, show_misfits, show_rota

CHANGES_SHOWN = 40
"""Differences to the published rota that are listed; the number counts all."""


@make_command("draft")
@UNIT
@START
@click.option("--all", "is_all", is_flag=True, help="Tell every breach and every change.")
@open_database
def draft_command(context: CommandContext, unit: str, start: date | None, is_all: bool) -> None:
    _print_draft(
        drafts.load_view(context.database, context.act, unit=unit, start=start), is_all=is_all
    )


@make_command("move")
@STAFF_NO
@DAY
@click.argument("site", metavar="SITE")
@UNIT
@START
@REVISION
@open_database
def move_command(
    context: CommandContext,
    staff_no: str,
    day: date,
    site: str,
    unit: str,
    start: date | None,
    revision: int | None,
) -> None:
    officer_day = DraftDay(unit=unit, staff_no=staff_no, day=day, start=start, revision=revision)
    _print_edit(edit(context.database, context.act, officer_day, Move(site)))


@make_command("take-off")
@STAFF_NO
@DAY
@UNIT
@START
@REVISION
@open_database
def take_off_command(
    context: CommandContext,
    staff_no: str,
    day: date,
    unit: str,
    start: date | None,
    revision: int | None,
) -> None:
    officer_day = DraftDay(unit=unit, staff_no=staff_no, day=day, start=start, revision=revision)
    _print_edit(edit(context.database, context.act, officer_day, Clear()))


@make_command("swap")
@STAFF_NO
@click.argument("with_staff_no", metavar="OTHER")
@DAY
@UNIT
@START
@REVISION
@open_database
def swap_command(
    context: CommandContext,
    staff_no: str,
    with_staff_no: str,
    day: date,
    unit: str,
    start: date | None,
    revision: int | None,
) -> None:
    officer_day = DraftDay(unit=unit, staff_no=staff_no, day=day, start=start, revision=revision)
    _print_edit(edit(context.database, context.act, officer_day, SwapWith(with_staff_no)))


@make_command("discard")
@UNIT
@START
@REVISION
@click.option("--yes", "is_sure", is_flag=True, help="Although seats of it were moved by hand.")
@open_database
def discard_command(
    context: CommandContext, unit: str, start: date | None, revision: int | None, is_sure: bool
) -> None:
    look = drafts.load_view(context.database, context.act, unit=unit, start=start)
    now = look.draft.revision
    if not is_sure and revision in (None, now):
        _refuse_losing_moves_by_hand(look)
    start = look.draft.period.first
    revision = now if revision is None else revision
    draft = drafts.discard(context.database, context.act, unit=unit, start=start, revision=revision)
    click.echo(f"The draft {draft.period} is gone.")


def _refuse_losing_moves_by_hand(look: DraftView) -> None:
    """Raise RotaError if seats of the draft were moved by hand."""
    moves = look.remarks.by_hand
    if moves:
        lines = "\n".join(f"  {line}" for line in moves)
        raise RotaError(
            f"Nothing was thrown away. By hand, which no run does again:\n{lines}\n"
            "To throw the draft away all the same: --yes"
        )


def _make_lock_command(name: str, make_edit: Callable[[date | None], DayEdit]) -> click.Command:
    @make_command(name)
    @STAFF_NO
    @FIRST
    @LAST
    @UNIT
    @START
    @REVISION
    @open_database
    def set_locks(
        context: CommandContext,
        staff_no: str,
        first: date,
        last: date | None,
        unit: str,
        start: date | None,
        revision: int | None,
    ) -> None:
        officer_day = DraftDay(
            unit=unit, staff_no=staff_no, day=first, start=start, revision=revision
        )
        _print_edit(edit(context.database, context.act, officer_day, make_edit(last)))

    return set_locks


def format_changes(
    changes: tuple[Change, ...], problem: Problem, *, most: int | None = CHANGES_SHOWN
) -> list[str]:
    """A line for each of the first changes, and how many more there are."""
    lines = [
        f"  {problem.officers.get(change.staff_no, change.staff_no)} "
        f"{in_words(name_part(change.date, change.part))}: "
        f"{change.before or 'not planned'} becomes {change.after or 'not planned'}"
        for change in changes[:most]
    ]
    more = len(changes) - len(lines)
    return [*lines, *([f"  and {more} more"] if more else [])]


def _print_draft(look: DraftView, *, is_all: bool) -> None:
    screen = make_console()
    show_rota(screen, look.problem, look.rota)
    show_misfits(screen, look.judgement, most=None)
    if is_all:
        show_judgement(screen, look.judgement, None, most=None)
    else:
        show_judgement(screen, look.judgement, None, all_in="rota draft --all tells all of them")
    draft = look.draft
    when = f"{draft.changed_at.astimezone(LONDON):%d/%m/%Y %H:%M}"
    click.echo(
        f"\nDraft {draft.period}, revision {draft.revision}, by {draft.changed_by} at {when}"
    )
    if number := look.since.number:
        click.echo(f"{len(look.changes) or 'No'} seats differ from the published version {number}.")
        most = None if is_all else CHANGES_SHOWN
        for line in format_changes(look.changes, look.problem, most=most):
            click.echo(line)
    for unplanned in look.waiting:
        click.echo(f"Not planned: {unplanned.says}")
    print_remarks(look, most=None if is_all else CHANGES_SHOWN)


def print_remarks(look: DraftView, *, most: int | None = CHANGES_SHOWN) -> None:
    """Say what is to be known of single seats of the draft: so many of each kind, of more how many.

    Those are seats that fall away, that versions changed since, or that were moved by hand.
    """
    for title, lines in look.remarks.sections:
        click.echo(f"{title}:")
        for line in lines[:most]:
            click.echo(f"  {line}")
        if more := len(lines) - len(lines[:most]):
            click.echo(f"  and {more} more")


def _print_edit(edited: EditedDraft) -> None:
    for effect in edited.effects:
        sign = "worse " if effect.cost > 0 else "better" if effect.cost < 0 else "same  "
        click.echo(f"{sign} {effect.level}: {effect.after.says}")
    costs_after = edited.after.judgement.costs
    for level, cost in edited.costs_before.items():
        if cost != costs_after[level]:
            click.echo(f"{level} costs {costs_after[level]}, not {cost}")
    draft = edited.after.draft
    click.echo(f"The draft {draft.period} is at revision {draft.revision}.")


COMMANDS = (
    draft_command,
    move_command,
    take_off_command,
    swap_command,
    discard_command,
    _make_lock_command("lock", Lock),
    _make_lock_command("unlock", Unlock),
)
