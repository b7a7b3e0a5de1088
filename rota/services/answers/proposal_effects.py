"""What accepting a proposal of the night would change and break, and whether it still fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rota.domain import OfficerDay, Problem, PublishedSeat, in_words
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


def judge_proposal(effects: Effects, today: date, proposal: Proposal) -> WaitingProposal:
    """The proposal with what it would do to the published rota of these effects."""
    problem = effects.problem
    officer = problem.officers.get(proposal.staff_no)
    trouble = _explain_past(proposal, today) or _explain_misfit(problem, proposal)
    return WaitingProposal(
        proposal=proposal,
        name=officer.name if officer else proposal.staff_no,
        team=officer.team if officer else "",
        trouble=trouble,
        breaches=() if trouble else _find_breaches(effects, proposal),
    )


def refuse_past(proposals: Iterable[Proposal], today: date) -> None:
    """Raise Conflict if the day of one of them has come."""
    for proposal in proposals:
        if trouble := _explain_past(proposal, today):
            raise Conflict(trouble)


def refuse_misfits(problem: Problem, proposals: Iterable[Proposal]) -> None:
    """Raise Conflict if one of them fits neither what is published nor the unit any more."""
    for proposal in proposals:
        if trouble := _explain_misfit(problem, proposal):
            raise Conflict(trouble)


def build_seats(
    problem: Problem, proposals: Iterable[Proposal]
) -> Mapping[OfficerDay, PublishedSeat | None]:
    """The seats that they propose; None where the published one falls away."""
    return dict(_build_seat(problem, proposal) for proposal in proposals)


def build_reasons(proposals: Iterable[Proposal]) -> Mapping[Change, Reason]:
    """Why each of the changes is made, as the night told it."""
    changes = {_build_change(proposal): proposal for proposal in proposals}
    return {
        change: Reason(change, proposal.reason, proposal.reason_for_managers, ())
        for change, proposal in changes.items()
    }


def _build_seat(problem: Problem, proposal: Proposal) -> tuple[OfficerDay, PublishedSeat | None]:
    officer_day = proposal.staff_no, proposal.date
    if proposal.after is None:
        return officer_day, None
    published = problem.published.get(officer_day)
    is_locked = bool(published and published.locked)
    return officer_day, PublishedSeat(*officer_day, proposal.after, is_locked)


def _explain_past(proposal: Proposal, today: date) -> str:
    if proposal.date > today:
        return ""
    return (
        f"Proposal {proposal.id} changes a seat {in_words(proposal.date)}, which is not after "
        "today; it can only be refused."
    )


def _explain_misfit(problem: Problem, proposal: Proposal) -> str:
    """Why the proposal does not fit what is published, or the unit, any more; empty if it does."""
    officer_day = proposal.staff_no, proposal.date
    name = problem.officers.get(proposal.staff_no, proposal.staff_no)
    if proposal.after not in problem.allowed_sites.get(officer_day, ()):
        return (
            f"{name} may not be at {proposal.after} {in_words(proposal.date)} any more, since the "
            "unit has changed. Refuse the proposal; the next night plans anew."
        )
    published = problem.published.get(officer_day)
    if (published and published.site) != proposal.before:
        return (
            f"{name} is not to be at {proposal.before} {in_words(proposal.date)} any more, since "
            "another version was published. Refuse the proposal."
        )
    return ""


def _find_breaches(effects: Effects, proposal: Proposal) -> tuple[str, ...]:
    """What accepting the proposal alone would break more of the first levels, in words."""
    change = _build_change(proposal)
    findings = effects.find(seats_taken=change.taken, seats_given_up=change.given_up)
    return tuple(e.after.says for e in findings if e.worsens and e.level in STRICT_LEVELS)


def _build_change(proposal: Proposal) -> Change:
    return Change(proposal.staff_no, proposal.date, proposal.before, proposal.after)
