"""The words for the states and the strengths of requests."""

from rota.domain import STRENGTHS
from rota.services.requests.request_states import (
    DECLINED,
    GRANTED,
    LAPSED,
    NOTED,
    REFUSED,
    WAITING,
    WITH_COLLEAGUE,
    WITHDRAWN,
)

STATES = {
    WITH_COLLEAGUE: ("With colleague", "yellow"),
    WAITING: ("With manager", "yellow"),
    GRANTED: ("Agreed", "green"),
    NOTED: ("Noted", "blue"),
    REFUSED: ("Refused", "red"),
    DECLINED: ("Declined", "red"),
    WITHDRAWN: ("Withdrawn", "grey"),
    LAPSED: ("Lapsed", "red"),
}
"""Each state in words, and the colour of its tag."""

STRENGTHS_IN_WORDS = {
    STRENGTHS[0]: "It would be nice",
    STRENGTHS[1]: "It matters",
    STRENGTHS[2]: "It matters a lot",
}
"""How much a day matters to the officer who asks for it."""
