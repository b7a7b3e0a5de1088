"""Which mail server takes the letters, and how to speak to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from rota.errors import RotaError
from rota.sending.mailbox import Mailbox

SECURITIES = ("none", "starttls", "tls")

_NOT_BOTH = "A user of the mail server needs a password, and a password a user"
_NOT_ASCII = "User and password of the mail server must be in ASCII"


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server and the account there.

    `security` is `tls` where the connection begins with TLS, `starttls` where it must change to
    it, `none` where nothing is encrypted. No `user` is no login. `timeout` is in seconds: for
    each address of the host until it is reached, and again for all that is said from then on.
    """

    host: str
    sender: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 60.0

    def __post_init__(self) -> None:
        """Raise RotaError for the first setting that cannot be one."""
        for is_right, sentence in (
            (self.host.strip(), "The mail server needs a host"),
            (0 < self.port < 2**16, f"The mail server's port is {self.port}, not 1 to 65535"),
            (self.security in SECURITIES, _say_unknown_security(self.security)),
            (self.timeout > 0, "The mail server's timeout must be more than 0 seconds"),
            (Mailbox.read(self.sender), f"The sender {self.sender!r} is not an e-mail address"),
            (bool(self.user) == bool(self.password), _NOT_BOTH),
            ((self.user + self.password).isascii(), _NOT_ASCII),
        ):
            if not is_right:
                raise RotaError(sentence)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def mailbox(self) -> Mailbox:
        """Who sends."""
        mailbox = Mailbox.read(self.sender)
        assert mailbox is not None, "a server is not made without a sender"
        return mailbox


def _say_unknown_security(text: str) -> str:
    return f"The mail server's security is {text!r}, not one of {', '.join(SECURITIES)}"
