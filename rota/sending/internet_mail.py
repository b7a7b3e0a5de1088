"""A letter as Internet mail (RFC 5322)."""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from rota.sending.letter import Letter, join_lines
from rota.sending.mailbox import Mailbox


def build_mail(letter: Letter, *, sender: Mailbox) -> bytes:
    """The letter in ASCII lines that end in CRLF; the same bytes whenever it is asked for.

    Raises Refused where the letter's address is none.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = build_message_id(letter.key, domain=sender.domain)
    mail["Date"] = letter.written_at
    mail["From"] = _build_address(sender)
    mail["To"] = _build_address(letter.recipient)
    mail["Subject"] = _format_subject(letter)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_replace_surrogates(letter.body), charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()


def build_message_id(key: str, *, domain: str) -> str:
    """The name of a message for ever, by which whoever gets a second copy may drop it."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def _build_address(mailbox: Mailbox) -> Address:
    return Address(mailbox.name, addr_spec=mailbox.address)


def _format_subject(letter: Letter) -> str:
    """The subject in one line, in which nothing is taken for an encoded word and decoded."""
    return join_lines(letter.subject).replace("=?", "= ?")


def _replace_surrogates(text: str) -> str:
    """The text with a question mark for each half of a character, which UTF-8 cannot say."""
    return text.encode("utf-8", "replace").decode("utf-8")
