"""What went wrong with a mail server, in words."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from rota.sending.failures import NotSent
from rota.sending.mail_server import MailServer
from rota.sending.smtp_reply import Reply


@contextmanager
def turn_errors_into_not_sent(server: MailServer, *, is_uncertain: bool = False) -> Iterator[None]:
    """Turn what goes wrong in a conversation into NotSent."""
    try:
        yield
    except (OSError, ValueError) as error:
        sentence = f"The mail server {server} {_explain_error(_find_cause(error), server)}"
        raise NotSent(sentence, is_uncertain=is_uncertain) from error


def _find_cause(error: Exception) -> Exception:
    """What made smtplib say that the server has disconnected, if anything did."""
    cause = error.__context__
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(cause, OSError):
        return cause
    return error


def _explain_error(error: Exception, server: MailServer) -> str:
    """The end of a sentence that begins with the server.

    A refused login is told without the server's words, which may repeat the password.
    """
    match error:
        case TimeoutError():
            return f"did not answer within {server.timeout:g} seconds"
        case smtplib.SMTPAuthenticationError(smtp_code=code):
            return f"did not let in the user {server.user!r} with this password ({code})"
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
            return f"does not take mail now: {Reply.read((code, _encode(text)))}"
        case smtplib.SMTPServerDisconnected() | ConnectionResetError() | BrokenPipeError():
            return "closed the connection"
        case smtplib.SMTPException():
            return f"cannot do what the settings ask: {str(error).rstrip('.')}"
        case ssl.SSLCertVerificationError():
            return f"has a certificate that cannot be trusted: {error.verify_message}"
        case ssl.SSLError():
            return f"does not speak TLS as it should: {error.reason}. Maybe another security?"
        case socket.gaierror() | UnicodeError():
            return "is not known by that name"
        case OSError():
            return f"cannot be reached: {error.strerror or error}"
    return "gave an answer that makes no sense"


def _encode(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
