"""Letters through GOV.UK Notify."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rota.errors import RotaError, say_missing_extra
from rota.sending.failures import LetterRefused, NotSent
from rota.sending.letter import Letter, join_lines

if TYPE_CHECKING:
    from notifications_python_client.errors import APIError

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_API_KEY = re.compile(rf".*{_UUID}-{_UUID}")

PLACEHOLDERS = {"subject", "body"}
"""What the template must ask for, and all that it may: ((subject)) and ((body))."""

BAD_REQUEST, FORBIDDEN, TIMEOUT, TOO_MANY = 400, 403, 408, 429

_PASSING = (TIMEOUT, TOO_MANY)
"""Answers that blame the request and mean the moment: too many a minute, or a day, or too slow.

Notify's documents promise that status and kind of an error stay, while its words may change.
"""


@dataclass(frozen=True, slots=True)
class NotifyService:
    """A service of GOV.UK Notify and its e-mail template; `timeout` is in seconds, per answer."""

    api_key: str = field(repr=False)
    template_id: str
    base_url: str = "https://api.notifications.service.gov.uk"
    timeout: float = 30.0

    def __post_init__(self) -> None:
        """Raise RotaError for a key that cannot be one."""
        if not _API_KEY.fullmatch(self.api_key):
            raise RotaError(
                "The API key of GOV.UK Notify must end in the service's identifier and the secret,"
                " each like 01234567-89ab-cdef-0123-456789abcdef"
            )


class NotifyPost:
    """Sends each letter with its key as reference, by which Notify is asked for it first.

    To ask costs one short request and is not counted in Notify's limit of messages a minute;
    so it is done on the first attempt too, for there may have been one that nobody remembers.
    Notify forgets a message after the service's retention period, 7 days unless changed.
    One thread at a time.
    """

    def __init__(self, service: NotifyService) -> None:
        try:
            from notifications_python_client import errors, notifications
        except ImportError as error:
            sentence = say_missing_extra("Sending through GOV.UK Notify", "notify")
            raise RotaError(sentence) from error
        client: Any = notifications.NotificationsAPIClient
        self._service = service
        self._failure = errors.APIError
        self._client = client(service.api_key, base_url=service.base_url, timeout=service.timeout)

    def __str__(self) -> str:
        return "GOV.UK Notify"

    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        """Send the letter, unless it is there already. Raises NotSent and Refused."""
        address = letter.recipient.address
        with self._turn_errors_into_not_sent():
            if self._client.get_all_notifications(reference=letter.key)["notifications"]:
                return
        handing_over()
        with self._turn_errors_into_not_sent(is_handed_over=True):
            self._client.send_email_notification(
                email_address=address,
                template_id=self._service.template_id,
                personalisation={"subject": join_lines(letter.subject), "body": letter.body},
                reference=letter.key,
            )

    def check(self) -> None:
        """See that Notify knows the key, and the template asks for what we give. Raises NotSent."""
        try:
            with self._turn_errors_into_not_sent():
                template = self._client.get_template(self._service.template_id)
                is_email, fields_asked = (
                    template["type"] == "email",
                    set(template["personalisation"]),
                )
        except LetterRefused as refused:
            raise NotSent(str(refused)) from refused
        if not is_email or fields_asked != PLACEHOLDERS:
            raise NotSent(
                f"The template {self._service.template_id} of GOV.UK Notify must be an e-mail"
                " with the placeholders ((subject)) and ((body)) and no others"
            )

    @contextmanager
    def _turn_errors_into_not_sent(self, *, is_handed_over: bool = False) -> Iterator[None]:
        """Turn what goes wrong into NotSent or Refused.

        An answer that blames the request tells that it was not done, and will not be however often
        it is asked for: somebody has to mend the address, the key or the template first.
        """
        try:
            yield
        except self._failure as error:
            is_ours = 400 <= error.status_code < 500
            if is_ours and error.status_code not in _PASSING:
                raise LetterRefused(self._explain_error(error)) from error
            is_uncertain = is_handed_over and not is_ours
            raise NotSent(self._explain_error(error), is_uncertain=is_uncertain) from error
        except (KeyError, TypeError) as error:
            sentence = f"{self._service.base_url} does not answer as GOV.UK Notify does"
            raise NotSent(sentence, is_uncertain=is_handed_over) from error

    def _explain_error(self, error: APIError) -> str:
        if error.response is None:
            url, timeout = self._service.base_url, self._service.timeout
            return f"GOV.UK Notify at {url} did not answer within {timeout:g} seconds, or at all"
        if _blames_address(error):
            return f"GOV.UK Notify does not take the letter: {_join_messages(error)}"
        if error.status_code == FORBIDDEN:
            return f"GOV.UK Notify does not accept the API key: {_join_messages(error)}"
        return f"GOV.UK Notify answered {error.status_code}: {_join_messages(error)}"


def _list_faults(error: APIError) -> list[dict[str, Any]]:
    details: Any = error.message
    return (
        [fault for fault in details if isinstance(fault, dict)] if isinstance(details, list) else []
    )


def _blames_address(error: APIError) -> bool:
    """Whether the field at fault, with which a validation error begins, is the address."""
    return error.status_code == BAD_REQUEST and any(
        fault.get("error") == "ValidationError"
        and str(fault.get("message")).startswith("email_address ")
        for fault in _list_faults(error)
    )


def _join_messages(error: APIError) -> str:
    words = "; ".join(str(fault.get("message")) for fault in _list_faults(error))
    return join_lines(words or str(error.message))
