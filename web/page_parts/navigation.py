"""The way through the pages: sections with their pages, of which everybody sees their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, request, url_for

from web.access.page_access import WHO_MAY, Audience, is_for
from web.access.request_context import the_own, the_rights, the_unit_id, the_user


@dataclass(frozen=True, slots=True)
class Item:
    """A page in the navigation."""

    label: str
    endpoint: str
    is_of_unit: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that belong together."""

    label: str
    items: tuple[Item, ...]


SECTIONS = (
    Section("My rota", (Item("My rota", "my_rota.show", is_of_unit=False),)),
    Section("Ask", (Item("Ask", "asks.listed", is_of_unit=False),)),
    Section("Who is in", (Item("Who is in", "who_is_in.show"),)),
    Section(
        "Rota",
        (
            Item("Rota board", "board.show"),
            Item("Generate", "runs.listed"),
            Item("Compare and publish", "publishing.draft"),
            Item("Proposals", "proposals.listed"),
            Item("Versions", "versions.listed"),
        ),
    ),
    Section("Requests", (Item("Requests", "answers.waiting"),)),
    Section(
        "Records",
        (
            Item("Records", "records.tables"),
            Item("Policy", "policy.show"),
            Item("Import", "importing.upload"),
            Item("Export", "importing.export"),
        ),
    ),
    Section(
        "Figures",
        (
            Item("All units", "overview.units", is_of_unit=False),
            Item("Nights of all units", "nights.of_all", is_of_unit=False),
            Item("Overview", "overview.show"),
            Item("Nights", "nights.of_unit"),
            Item("Audit", "audit.show"),
        ),
    ),
    Section(
        "Administration",
        (
            Item("Users", "users.listed", is_of_unit=False),
            Item("Units", "units.listed", is_of_unit=False),
            Item("Settings", "upkeep.settings", is_of_unit=False),
            Item("Health", "upkeep.health", is_of_unit=False),
            Item("Audit", "audit.outside_units", is_of_unit=False),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A page that the user may open; `is_current` where they are on it, or in its section."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Way:
    """The navigation of one page: the sections, the pages of the current one, and the units."""

    sections: tuple[Link, ...]
    pages: tuple[Link, ...]
    units: tuple[Link, ...]
    unit: str | None


def current_unit_id() -> int | None:
    """The unit of the page; elsewhere the first in which the user has a role."""
    return the_unit_id() or next(iter(the_rights().units), None)


def way() -> Way:
    """The navigation as the user sees it; nothing for somebody who is not signed in."""
    if the_user() is None:
        return Way((), (), (), None)
    number = current_unit_id()
    shown = [(section, tuple(_links(section, number))) for section in SECTIONS]
    sections = tuple(_link_to(section, links) for section, links in shown if links)
    pages = next((links for _, links in shown if any(link.is_current for link in links)), ())
    return Way(
        sections=sections,
        pages=pages if len(pages) > 1 else (),
        units=tuple(_units(number)),
        unit=the_rights().units.get(number or 0),
    )


def _link_to(section: Section, links: tuple[Link, ...]) -> Link:
    """The section with these pages; one of a single page is called as the page is."""
    label = section.label if len(links) > 1 else links[0].label
    return Link(label, links[0].href, any(link.is_current for link in links))


def _links(section: Section, number: int | None) -> Iterator[Link]:
    """The section's pages that are for the user."""
    rights = the_rights()
    unit = rights.units.get(number or 0)
    for item in section.items:
        if item.endpoint not in current_app.view_functions or (item.is_of_unit and unit is None):
            continue
        if is_for(item.endpoint, rights, unit):
            href = url_for(item.endpoint, unit_id=number if item.is_of_unit else None)
            yield Link(item.label, href, _is_at(item))


def _is_at(item: Item) -> bool:
    """Whether the page is this one, or one below it that no other item names."""
    here = request.endpoint or ""
    if here in _ENDPOINTS:
        return here == item.endpoint
    return here.partition(".")[0] == item.endpoint.partition(".")[0]


_ENDPOINTS = {item.endpoint for section in SECTIONS for item in section.items}


def _units(number: int | None) -> Iterator[Link]:
    """The same page of each unit in which the user has a role, if there are several."""
    units = the_rights().units
    here = request.endpoint or ""
    if WHO_MAY.get(here) == Audience.IS_OFFICER:
        yield from _own_units(here)
    if len(units) < 2 or the_unit_id() is None:
        return
    target = here if here in _ENDPOINTS else "board.show"
    for other, name in units.items():
        if is_for(target, the_rights(), name):
            yield Link(name, url_for(target, unit_id=other), other == number)


def _own_units(here: str) -> Iterator[Link]:
    """The officer's own rota, or what they asked for, in each of the units that they are one of."""
    rights = the_rights()
    if len(rights.own) < 2:
        return
    target = "asks.listed" if here.startswith("asks.") else "my_rota.show"
    for number, name in rights.units.items():
        if name in rights.own:
            yield Link(name, url_for(target, unit_id=number), name == the_own()[0])
