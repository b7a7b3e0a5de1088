"""What is told of a change: what it made better and worse, and which cells look different now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from rota.effects import Effect
from rota.services.drafts.edits import EditedDraft
from rota.services.rotas.board import BoardSheet
from web.board.board_forms import CLEAR, LOCK, MOVE, UNLOCK, write_sites
from web.board.cells import cell_id, find_desk_face, find_different
from web.page_parts.words import costs_in_words, counted, level, weekday


def build_answer(
    edited: EditedDraft, before: BoardSheet, after: BoardSheet, staff_no: str, day: date
) -> dict[str, Any]:
    """The change as the page needs it; where a draft was begun, the page is to be loaded again."""
    return {
        "says": _say_edit(edited, staff_no, day),
        "revision": edited.after.draft.revision,
        "begun": edited.is_begun,
        "better": _say_effects(effect for effect in edited.effects if effect.cost < 0),
        "worse": _say_effects(effect for effect in edited.effects if effect.cost > 0),
        "costs": costs_in_words(edited.after.judgement.costs),
        "breaches": counted(len(after.breaches.concerns), "breach", "breaches"),
        "cells": [
            [officer, f"{day}", face.classes, face.html, cell_id(officer, day)]
            for officer, day, face in find_different(before, after)
        ],
        "margins": dict(_find_margins(before, after)),
        "desks": list(_find_desks(before, after)),
        "undo": _find_undo(edited, (staff_no, day)),
    }


def list_sentences(answer: Mapping[str, Any], parts: Iterable[str]) -> Iterator[str]:
    """The sentences of these parts of an answer, each list after its name."""
    for part in parts:
        sentences = answer[part]
        if isinstance(sentences, str):
            yield sentences
        elif sentences:
            yield f"{part.capitalize()}: {' '.join(sentences)}"


def _say_edit(edited: EditedDraft, staff_no: str, day: date) -> str:
    seat = edited.after.seats.get((staff_no, day))
    old_seat = edited.before.seats.get((staff_no, day))
    name = edited.after.problem.officers[staff_no].name
    if seat is None:
        return f"{name} is not planned on {weekday(day)}."
    if old_seat and seat.is_locked != old_seat.is_locked:
        return f"{name} is {'' if seat.is_locked else 'un'}locked on {weekday(day)}."
    return f"{name} is at {seat.sites} on {weekday(day)}."


def _say_effects(effects: Iterable[Effect]) -> list[str]:
    return [f"{level(effect.level)}: {effect.after.says}" for effect in effects]


def _find_margins(before: BoardSheet, after: BoardSheet) -> Iterator[tuple[str, int]]:
    old, new = before.breaches.count_by_officer, after.breaches.count_by_officer
    for staff_no in {*old, *new}:
        number = new.get(staff_no, 0)
        if old.get(staff_no, 0) != number:
            yield staff_no, number


def _find_desks(before: BoardSheet, after: BoardSheet) -> Iterator[tuple[int, str, str, str]]:
    old_desks = before.view.occupancy
    for number, (site, days) in enumerate(after.view.occupancy.items()):
        for day in after.days:
            face = find_desk_face(days.get(day))
            if face != find_desk_face(old_desks[site].get(day)):
                yield number, f"{day}", face.classes, face.text


def _find_undo(edited: EditedDraft, officer_day: tuple[str, date]) -> dict[str, str]:
    old_seat, new_seat = edited.before.seats.get(officer_day), edited.after.seats.get(officer_day)
    if old_seat is None:
        return {"action": CLEAR, "site": ""}
    if new_seat is None:
        return {"action": MOVE, "site": write_sites(old_seat.sites_used)}
    if old_seat.is_locked != new_seat.is_locked:
        return {"action": UNLOCK if new_seat.is_locked else LOCK, "site": ""}
    return {"action": MOVE, "site": write_sites(old_seat.sites_used)}
