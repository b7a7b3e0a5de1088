"""A letter as Internet mail (RFC 5322)."""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from rota.sending.letter import Letter, one_line
from rota.sending.mailbox import Mailbox


def as_mail(letter: Letter, *, sender: Mailbox) -> bytes:
    """The letter in ASCII lines that end in CRLF; the same bytes whenever it is asked for.

    Raises Refused where the letter's address is none.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = message_id(letter.key, domain=sender.domain)
    mail["Date"] = letter.written
    mail["From"] = _address(sender)
    mail["To"] = _address(letter.recipient)
    mail["Subject"] = _subject(letter)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_sayable(letter.body), charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()


def message_id(key: str, *, domain: str) -> str:
    """The name of a message for ever, by which whoever gets a second copy may drop it."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def _address(mailbox: Mailbox) -> Address:
    return Address(mailbox.name, addr_spec=mailbox.address)


def _subject(letter: Letter) -> str:
    """The subject in one line, in which nothing is taken for an encoded word and decoded."""
    return one_line(letter.subject).replace("=?", "= ?")


def _sayable(text: str) -> str:
    """The text with a question mark for each half of a character, which UTF-8 cannot say."""
    return text.encode("utf-8", "replace").decode("utf-8")
