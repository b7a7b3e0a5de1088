"""Every command with the sentence that says what it does, so that help need not load them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import click

COMMANDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "Plan from files": {
        "plan_from_files": {
            "plan": "Plan the unit in INPUT, a folder of CSV files or a workbook.",
            "check": "Judge any ROTA of the unit in INPUT, also one edited by hand "
            "in a spreadsheet.",
            "rules": "Print every rule with its level, weight and sentence.",
        },
    },
    "Keep units": {
        "installation": {
            "db": "Set up the database, and bring it up to date.",
        },
        "units": {
            "import": "Make the unit what INPUT says, a folder of CSV files or a workbook.",
            "export": "Write the unit, with what is published, to the folder OUT, "
            "which imports to the same.",
            "units": "List the units that are stored.",
            "rename": "Give an officer (by staff number), a site or a team another name; "
            "KIND says which.",
        },
        "records": {
            "record-leave": "Record an officer's leave from FIRST to LAST, both included.",
            "record-sickness": "Record that an officer is sick from FIRST to LAST, both included.",
            "record-training": "Record an officer's training from FIRST to LAST, both included.",
            "record-lieu": "Record an officer's days in lieu from FIRST to LAST, both included.",
            "add-duty": "Have people needed at SITE on every working day from FIRST to LAST.",
            "add-appointment": "Have an officer expected at SITE on every working day "
            "from FIRST to LAST.",
            "add-request": "Record the wish of an officer for a KIND of site on a date or weekday, "
            "such as Mon.",
            "close-site": "Close SITE, or leave it other desks, from FIRST to LAST, both included.",
        },
    },
    "Plan and publish": {
        "runs": {
            "request-run": "Ask for a draft to be planned by a worker.",
            "runs": "List runs with their state and result, the newest first.",
            "stop-run": "End a run early, and keep the best rota that it has.",
            "retry-run": "Ask anew for what a run that failed was asked for.",
        },
        "drafts": {
            "draft": "Show the draft, its findings, and what it would change "
            "of the published rota.",
            "move": "Put an officer at SITE on a date, in the draft.",
            "take-off": "Take an officer off the duty of an extra day, in the draft; "
            "on any other day the published seat stands again.",
            "swap": "Let two officers change places on a date, in the draft.",
            "lock": "Hold an officer's seats of the draft fast.",
            "unlock": "Let planning move an officer's seats again.",
            "discard": "Throw the draft away; what is published stays.",
        },
        "versions": {
            "publish": "Show what the draft changes and what it breaks, and publish it.",
            "versions": "List what was published, by whom and when, the newest first.",
            "changes": "Show every seat that a VERSION changed, and why.",
            "restore": "Publish an old VERSION as a new one, as far as it can still be used.",
        },
        "days_in_lieu": {
            "lieu": "List the days in lieu owed to officers for extra days worked.",
        },
        "proposals": {
            "proposals": "List the changes of the night that wait for a manager's yes.",
            "accept": "Publish proposals of the night, by their numbers, and nothing else.",
            "refuse": "Leave the rota as it is, against proposals of the night.",
        },
    },
    "Let people in": {
        "users": {
            "users": "List users with their roles.",
            "user": "Add a user, and say what they are.",
        },
        "tokens": {
            "token": "Let programs act for a user, as far as their tokens reach.",
        },
    },
    "Keep it going": {
        "demo": {
            "demo": "Keep the unit of INPUT as if it began this week, and serve its pages "
            "on this machine alone.",
        },
        "serve": {
            "serve": "Serve the pages and the interface for programs.",
        },
        "worker": {
            "worker": "Plan the runs that are asked for, begin the night, and send messages.",
            "nightly": "Do now what the night does: plan anew whatever changed, "
            "draft what comes next, and tell.",
            "outbox": "Show the messages that did not reach anybody yet.",
        },
        "calendars": {
            "calendar-link": "Make a secret address of an officer's calendar, which is shown once.",
            "calendar": "Print the calendar behind an ADDRESS, or write it to a file.",
        },
        "installation": {
            "audit": "Show who did what, when and from where, the newest first.",
            "settings": "Print every setting with its default, its value and what it is for.",
            "doctor": "See whether all is well; exit 1 and say how to mend it where it is not.",
        },
    },
}
"""The headings of `rota --help`; in each the modules that have its commands; their sentences."""

MODULES: Mapping[str, str] = {
    name: module
    for modules in COMMANDS.values()
    for module, sentences in modules.items()
    for name in sentences
}
"""The module of `rota.cli.commands` that has the command, by the command's name."""


def list_sentences(heading: str) -> Iterator[tuple[str, str]]:
    """Every command under the heading by its name, with its sentence."""
    for sentences in COMMANDS[heading].values():
        yield from sentences.items()


_SENTENCES = dict(pair for heading in COMMANDS for pair in list_sentences(heading))


def make_command(name: str, *, more: str = "") -> Callable[[Callable[..., None]], click.Command]:
    """Make a function the listed command; its own help has `more` to say than the list."""
    return click.command(name, help=f"{_SENTENCES[name]}\n\n{more}")


def make_group(name: str) -> click.Group:
    """Make the listed command one that has commands of its own."""
    return click.Group(name, help=_SENTENCES[name])
