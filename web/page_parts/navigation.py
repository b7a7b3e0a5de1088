"""The navigation: sections with their pages, of which users see those that they may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, request, url_for

from web.access.page_access import WHO_MAY, PageAudience, is_for
from web.access.request_context import the_officer, the_rights, the_unit_id, the_user


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A page in the navigation."""

    label: str
    endpoint: str
    is_of_unit: bool = True


@dataclass(frozen=True, slots=True)
class NavigationSection:
    """Pages that belong together."""

    label: str
    items: tuple[NavigationItem, ...]


SECTIONS = (
    NavigationSection("My rota", (NavigationItem("My rota", "my_rota.show", is_of_unit=False),)),
    NavigationSection("Ask", (NavigationItem("Ask", "asks.listed", is_of_unit=False),)),
    NavigationSection("Who is in", (NavigationItem("Who is in", "who_is_in.show"),)),
    NavigationSection(
        "Rota",
        (
            NavigationItem("Rota board", "board.show"),
            NavigationItem("Generate", "runs.listed"),
            NavigationItem("Compare and publish", "publishing.draft"),
            NavigationItem("Proposals", "proposals.listed"),
            NavigationItem("Versions", "versions.listed"),
        ),
    ),
    NavigationSection("Requests", (NavigationItem("Requests", "answers.waiting"),)),
    NavigationSection(
        "Records",
        (
            NavigationItem("Records", "records.tables"),
            NavigationItem("Days in lieu", "days_in_lieu.show"),
            NavigationItem("Policy", "policy.show"),
            NavigationItem("Import", "importing.upload"),
            NavigationItem("Export", "importing.export"),
        ),
    ),
    NavigationSection(
        "Figures",
        (
            NavigationItem("All units", "overview.units", is_of_unit=False),
            NavigationItem("Nights of all units", "nights.of_all", is_of_unit=False),
            NavigationItem("Overview", "overview.show"),
            NavigationItem("Nights", "nights.of_unit"),
            NavigationItem("Audit", "audit.show"),
        ),
    ),
    NavigationSection(
        "Administration",
        (
            NavigationItem("Users", "users.listed", is_of_unit=False),
            NavigationItem("Units", "units.listed", is_of_unit=False),
            NavigationItem("Settings", "upkeep.settings", is_of_unit=False),
            NavigationItem("Health", "upkeep.health", is_of_unit=False),
            NavigationItem("Audit", "audit.outside_units", is_of_unit=False),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A page that the user may open; `is_current` if they are on it, or in its section."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    """The navigation of one page: the sections, the pages of the current one, and the units."""

    sections: tuple[NavigationLink, ...]
    pages: tuple[NavigationLink, ...]
    units: tuple[NavigationLink, ...]
    unit: str | None


def find_current_unit_id() -> int | None:
    """The unit of the page; elsewhere the first in which the user has a role."""
    return the_unit_id() or next(iter(the_rights().units), None)


def build_navigation() -> Navigation:
    """The navigation as the user sees it; nothing for somebody who is not signed in."""
    if the_user() is None:
        return Navigation((), (), (), None)
    number = find_current_unit_id()
    links_of = [(section, tuple(_list_links(section, number))) for section in SECTIONS]
    sections = tuple(_build_section_link(section, links) for section, links in links_of if links)
    pages = next((links for _, links in links_of if any(link.is_current for link in links)), ())
    return Navigation(
        sections=sections,
        pages=pages if len(pages) > 1 else (),
        units=tuple(_list_unit_links(number)),
        unit=the_rights().units.get(number or 0),
    )


def _build_section_link(
    section: NavigationSection, links: tuple[NavigationLink, ...]
) -> NavigationLink:
    """The section with these pages; a section of one page has the name of the page."""
    label = section.label if len(links) > 1 else links[0].label
    return NavigationLink(label, links[0].href, any(link.is_current for link in links))


def _list_links(section: NavigationSection, number: int | None) -> Iterator[NavigationLink]:
    """The pages of the section that the user may open."""
    rights = the_rights()
    unit = rights.units.get(number or 0)
    for item in section.items:
        if item.endpoint not in current_app.view_functions or (item.is_of_unit and unit is None):
            continue
        if is_for(item.endpoint, rights, unit):
            href = url_for(item.endpoint, unit_id=number if item.is_of_unit else None)
            yield NavigationLink(item.label, href, _is_at(item))


def _is_at(item: NavigationItem) -> bool:
    """Whether the present page is this one, or one below it that is not in the navigation."""
    endpoint = request.endpoint or ""
    if endpoint in _ENDPOINTS:
        return endpoint == item.endpoint
    return endpoint.partition(".")[0] == item.endpoint.partition(".")[0]


_ENDPOINTS = {item.endpoint for section in SECTIONS for item in section.items}


def _list_unit_links(number: int | None) -> Iterator[NavigationLink]:
    """The same page of each unit in which the user has a role, if there are several."""
    units = the_rights().units
    endpoint = request.endpoint or ""
    if WHO_MAY.get(endpoint) == PageAudience.IS_OFFICER:
        yield from _list_own_unit_links(endpoint)
    if len(units) < 2 or the_unit_id() is None:
        return
    target = endpoint if endpoint in _ENDPOINTS else "board.show"
    for unit_id, name in units.items():
        if is_for(target, the_rights(), name):
            yield NavigationLink(name, url_for(target, unit_id=unit_id), unit_id == number)


def _list_own_unit_links(endpoint: str) -> Iterator[NavigationLink]:
    """The officer's own rota, or what they asked for, in each unit in which they are an officer."""
    rights = the_rights()
    if len(rights.own) < 2:
        return
    target = "asks.listed" if endpoint.startswith("asks.") else "my_rota.show"
    for number, name in rights.units.items():
        if name in rights.own:
            yield NavigationLink(name, url_for(target, unit_id=number), name == the_officer()[0])
