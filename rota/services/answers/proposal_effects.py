"""What accepting a proposal of the night would change and break, and whether it still fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rota.domain import (
    ChangedDays,
    OfficerDay,
    Problem,
    Seat,
    SeatsOfDay,
    fits_day,
    in_words,
    list_halves,
    list_plain,
    name_part,
)
from rota.effects import Effects
from rota.errors import Conflict
from rota.explaining import Change, Reason
from rota.rules import STRICT_LEVELS
from rota.store.requests.proposals import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingProposal:
    """A proposal that waits, about whom it is, and why it can only be refused, if that is so."""

    proposal: Proposal
    name: str
    team: str
    trouble: str = ""
    breaches: tuple[str, ...] = ()
    """What accepting it alone would break more of the first levels."""


def judge_proposal(
    effects: Effects, today: date, proposal: Proposal, of_day: Sequence[Proposal]
) -> WaitingProposal:
    """The proposal with what it would do to the published rota of these effects.

    `of_day` has all proposals about the officer's day, of which its halves may have one each: they
    are accepted together.
    """
    problem = effects.problem
    is_known = proposal.staff_no in problem.officers
    officer = problem.officer_on(proposal.staff_no, proposal.date) if is_known else None
    trouble = _explain_past(proposal, today) or _explain_misfit(problem, of_day)
    return WaitingProposal(
        proposal=proposal,
        name=officer.name if officer else proposal.staff_no,
        team=officer.team if officer else "",
        trouble=trouble,
        breaches=() if trouble else _find_breaches(effects, of_day),
    )


def refuse_past(proposals: Iterable[Proposal], today: date) -> None:
    """Raise Conflict if the day of one of them has come."""
    for proposal in proposals:
        if trouble := _explain_past(proposal, today):
            raise Conflict(trouble)


def refuse_misfits(problem: Problem, proposals: Iterable[Proposal]) -> None:
    """Raise Conflict if one of them fits neither what is published nor the unit any more."""
    for of_day in group_proposals(proposals).values():
        if trouble := _explain_misfit(problem, of_day):
            raise Conflict(trouble)


def build_days(problem: Problem, proposals: Iterable[Proposal]) -> ChangedDays:
    """The days that they propose; None where the published seats fall away."""
    by_day = group_proposals(proposals)
    return {officer_day: _build_day(problem, of_day) for officer_day, of_day in by_day.items()}


def group_proposals(proposals: Iterable[Proposal]) -> Mapping[OfficerDay, Sequence[Proposal]]:
    """The proposals by officer and date."""
    by_day: dict[OfficerDay, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        by_day[proposal.officer_day].append(proposal)
    return by_day


def build_reasons(proposals: Iterable[Proposal]) -> Mapping[Change, Reason]:
    """Why each of the changes is made, as the night told it."""
    changes = {_build_change(proposal): proposal for proposal in proposals}
    return {
        change: Reason(change, proposal.reason, proposal.reason_for_managers, ())
        for change, proposal in changes.items()
    }


def _build_day(problem: Problem, of_day: Sequence[Proposal]) -> SeatsOfDay | None:
    """The published day as it is once all of these are accepted."""
    published = problem.published.get(of_day[0].officer_day, ())
    sites = {half: seat.site for seat in published for half in list_halves(seat.part)}
    for proposal in of_day:
        for half in list_halves(proposal.part):
            sites.pop(half, None)
            if proposal.after is not None:
                sites[half] = proposal.after
    if not sites:
        return None
    seats = (Seat(*of_day[0].officer_day, site, half) for half, site in sites.items())
    return SeatsOfDay.of_plain(seats, is_locked=any(seat.locked for seat in published))


def _explain_past(proposal: Proposal, today: date) -> str:
    if proposal.date > today:
        return ""
    return (
        f"Proposal {proposal.id} changes a seat {in_words(proposal.date)}, which is not after "
        "today; it can only be refused."
    )


def _explain_misfit(problem: Problem, of_day: Sequence[Proposal]) -> str:
    """Why these do not fit what is published, or the unit, any more; empty if they do."""
    officer_day = of_day[0].officer_day
    name, when = problem.officers.get(officer_day[0], officer_day[0]), in_words(officer_day[1])
    options = problem.day_options.get(officer_day, ())
    after = _build_day(problem, of_day)
    if not fits_day(options, after.plain if after else ()) or (
        after is None and not problem.may_be_nowhere(officer_day)
    ):
        sites = after.sites if after else None
        return (
            f"{name} may not be at {sites} {when} any more, since the "
            "unit has changed. Refuse the proposal; the next night plans anew."
        )
    published = problem.published.get(officer_day, ())
    sites_now = {half: seat.site for seat in published for half in list_halves(seat.part)}
    for proposal in of_day:
        if any(sites_now.get(half) != proposal.before for half in list_halves(proposal.part)):
            when = in_words(name_part(proposal.date, proposal.part))
            return (
                f"{name} is not to be at {proposal.before} {when} any more, since "
                "another version was published. Refuse the proposal."
            )
    return ""


def _find_breaches(effects: Effects, of_day: Sequence[Proposal]) -> tuple[str, ...]:
    """What accepting these alone would break more of the first levels, in words."""
    after = _build_day(effects.problem, of_day)
    published = effects.problem.published.get(of_day[0].officer_day, ())
    findings = effects.find(
        seats_taken=list_plain([after]), seats_given_up=[seat.seat for seat in published]
    )
    return tuple(e.after.says for e in findings if e.worsens and e.level in STRICT_LEVELS)


def _build_change(proposal: Proposal) -> Change:
    return Change(proposal.staff_no, proposal.date, proposal.before, proposal.after, proposal.part)
