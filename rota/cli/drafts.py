"""Commands that look at drafts and change them: draft, move, swap, lock and unlock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from rota.cli.desk import UNIT, Desk, at_desk, console
from rota.cli.kinds import IsoDate
from rota.domain import Problem, in_words
from rota.errors import RotaError
from rota.explaining import Change
from rota.moments import LONDON
from rota.services.drafts import drafts
from rota.services.drafts.day_edits import DayEdit, DraftDay, Lock, Move, SwapWith, Unlock
from rota.services.drafts.draft_view import DraftView
from rota.services.drafts.edits import EditedDraft, edit
from rota.writing import show_judgement, show_misfits, show_rota

START = click.option("--start", type=IsoDate(), help="First day of the draft, if there are more.")
REVISION = click.option(
    "--revision",
    type=int,
    help="The revision you looked at; a draft that was changed since is left alone.",
)
_STAFF_NO = click.argument("staff_no", metavar="STAFF_NO")
_DAY = click.argument("day", metavar="DATE", type=IsoDate())
_FIRST = click.argument("first", metavar="FIRST", type=IsoDate())
_LAST = click.argument("last", metavar="[LAST]", type=IsoDate(), required=False)

CHANGES_SHOWN = 40
"""Differences to the published rota that are listed; the number counts all."""


@click.command("draft")
@UNIT
@START
@click.option("--all", "is_all", is_flag=True, help="Tell every breach and every change.")
@at_desk
def draft_command(desk: Desk, unit: str, start: date | None, is_all: bool) -> None:
    """Show the draft, its findings, and what it would change of the published rota."""
    _show(drafts.load_view(desk.database, desk.act, unit=unit, start=start), is_all=is_all)


@click.command("move")
@_STAFF_NO
@_DAY
@click.argument("site", metavar="SITE")
@UNIT
@START
@REVISION
@at_desk
def move_command(
    desk: Desk,
    staff_no: str,
    day: date,
    site: str,
    unit: str,
    start: date | None,
    revision: int | None,
) -> None:
    """Put an officer at SITE on a date, in the draft."""
    about = DraftDay(unit=unit, staff_no=staff_no, day=day, start=start, revision=revision)
    _tell(edit(desk.database, desk.act, about, Move(site)))


@click.command("swap")
@_STAFF_NO
@click.argument("with_staff_no", metavar="OTHER")
@_DAY
@UNIT
@START
@REVISION
@at_desk
def swap_command(
    desk: Desk,
    staff_no: str,
    with_staff_no: str,
    day: date,
    unit: str,
    start: date | None,
    revision: int | None,
) -> None:
    """Let two officers change places on a date, in the draft."""
    about = DraftDay(unit=unit, staff_no=staff_no, day=day, start=start, revision=revision)
    _tell(edit(desk.database, desk.act, about, SwapWith(with_staff_no)))


@click.command("discard")
@UNIT
@START
@REVISION
@click.option("--yes", "is_sure", is_flag=True, help="Although seats of it were moved by hand.")
@at_desk
def discard_command(
    desk: Desk, unit: str, start: date | None, revision: int | None, is_sure: bool
) -> None:
    """Throw the draft away; what is published stays."""
    look = drafts.load_view(desk.database, desk.act, unit=unit, start=start)
    now = look.draft.revision
    if not is_sure and revision in (None, now):
        _refuse_by_hand(look)
    start = look.draft.period.first
    revision = now if revision is None else revision
    draft = drafts.discard(desk.database, desk.act, unit=unit, start=start, revision=revision)
    click.echo(f"The draft {draft.period} is gone.")


def _refuse_by_hand(look: DraftView) -> None:
    """Raise RotaError if seats of the draft were moved by hand."""
    moved = look.remarks.by_hand
    if moved:
        listed = "\n".join(f"  {line}" for line in moved)
        raise RotaError(
            f"Nothing was thrown away. By hand, which no run does again:\n{listed}\n"
            "To throw the draft away all the same: --yes"
        )


def _lock_command(
    name: str, day_edit: Callable[[date | None], DayEdit], help: str
) -> click.Command:
    @_STAFF_NO
    @_FIRST
    @_LAST
    @UNIT
    @START
    @REVISION
    @at_desk
    def set_locks(
        desk: Desk,
        staff_no: str,
        first: date,
        last: date | None,
        unit: str,
        start: date | None,
        revision: int | None,
    ) -> None:
        about = DraftDay(unit=unit, staff_no=staff_no, day=first, start=start, revision=revision)
        _tell(edit(desk.database, desk.act, about, day_edit(last)))

    return click.command(name, help=help)(set_locks)


def change_lines(
    changes: tuple[Change, ...], problem: Problem, *, most: int | None = CHANGES_SHOWN
) -> list[str]:
    """A line for each of the first changes, and how many more there are."""
    lines = [
        f"  {problem.officers.get(its.staff_no, its.staff_no)} {in_words(its.date)}: "
        f"{its.before or 'not planned'} becomes {its.after or 'not planned'}"
        for its in changes[:most]
    ]
    more = len(changes) - len(lines)
    return [*lines, *([f"  and {more} more"] if more else [])]


def _show(look: DraftView, *, is_all: bool) -> None:
    screen = console()
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
        for line in change_lines(look.changes, look.problem, most=most):
            click.echo(line)
    for one in look.waiting:
        click.echo(f"Not planned: {one.says}")
    tell_remarks(look, most=None if is_all else CHANGES_SHOWN)


def tell_remarks(look: DraftView, *, most: int | None = CHANGES_SHOWN) -> None:
    """Say what is to be known of single seats of the draft: so many of each kind, of more how many.

    Those are seats that fall away, that versions changed since, or that were moved by hand.
    """
    for title, lines in look.remarks.sections:
        click.echo(f"{title}:")
        for line in lines[:most]:
            click.echo(f"  {line}")
        if more := len(lines) - len(lines[:most]):
            click.echo(f"  and {more} more")


def _tell(edited: EditedDraft) -> None:
    for effect in edited.effects:
        sign = "worse " if effect.cost > 0 else "better" if effect.cost < 0 else "same  "
        click.echo(f"{sign} {effect.level}: {effect.after.says}")
    after = edited.after.judgement.costs
    for level, cost in edited.costs_before.items():
        if cost != after[level]:
            click.echo(f"{level} costs {after[level]}, not {cost}")
    draft = edited.after.draft
    click.echo(f"The draft {draft.period} is at revision {draft.revision}.")


COMMANDS = (
    draft_command,
    move_command,
    swap_command,
    discard_command,
    _lock_command("lock", Lock, "Hold an officer's seats of the draft fast."),
    _lock_command("unlock", Unlock, "Let planning move an officer's seats again."),
)
