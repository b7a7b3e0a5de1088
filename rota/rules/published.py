"""What staff have been told is not changed without need."""

from collections.abc import Iterator

from rota.domain import Problem, PublishedSeat
from rota.rules.rule import Audience, Limit, Rule, counting


def keep_notice(problem: Problem) -> Iterator[Limit]:
    for published in problem.published.values():
        if published.date in problem.notice:
            yield _kept(problem, published)


def keep_published(problem: Problem) -> Iterator[Limit]:
    for (staff_no, day), published in problem.published.items():
        if day <= problem.today or day in problem.notice:
            continue
        if published.site in problem.allowed_sites[staff_no, day]:
            yield _kept(problem, published)


def _kept(problem: Problem, published: PublishedSeat) -> Limit:
    about = f"{problem.officers[published.staff_no]} at {published.site}"
    return Limit(about, published.date, counting([published.seat]), least=1)


KEEP_NOTICE = Rule(
    key="keep-notice",
    level="notice",
    weight=1,
    sentence=("A published seat within the next `notice_days` planning days after today is kept."),
    finding="The published seat of {about} {when}, at short notice, is {kept}.",
    audience=Audience.NOBODY,
    asks=keep_notice,
)

KEEP_PUBLISHED = Rule(
    key="keep-published",
    level="stability",
    weight=1,
    sentence="Every other published seat after today that can still be used is kept.",
    finding="The published seat of {about} {when} is {kept}.",
    audience=Audience.NOBODY,
    asks=keep_published,
)
