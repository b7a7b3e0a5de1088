"""A letter as mail: the same bytes every time, and nothing in it that it was not given."""

from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP
from zoneinfo import ZoneInfo

import pytest

from rota.sending import LetterRefused
from rota.sending.internet_mail import build_mail, build_message_id
from rota.sending.mailbox import Mailbox
from tests.rota.sending.letters import LETTER, letter

SENDER = Mailbox("rota@example.org", "Rota")
HEADERS = [
    "Message-ID",
    "Date",
    "From",
    "To",
    "Subject",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]


def read(mail):
    return message_from_bytes(mail, policy=SMTP)


def test_a_letter_is_written_out_in_full():
    # The Message-ID is what `printf published/7/40417 | sha256sum | cut -c-40` prints.
    assert build_mail(LETTER, sender=SENDER).decode("ascii").split("\r\n") == [
        "Message-ID: <7b3c15e3829aae70d01c2361ba383a2b9097882b@example.org>",
        "Date: Mon, 28 Dec 2026 09:30:00 +0000",
        "From: Rota <rota@example.org>",
        "To: ann.ash@example.org",
        "Subject: Your rota from 4 January",
        "Auto-Submitted: auto-generated",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "MIME-Version: 1.0",
        "",
        "Dear Ann,",
        "Mon 4 Jan: Mill House",
        "",
    ]


def test_other_letters_are_kept_whole():
    body = "Annwyl Siân,\n.\n..two\n" + "ŵ" * 1_200 + "\nFrom here on  \n\n=20 £5\n"
    written = datetime(2027, 6, 1, 8, 0, tzinfo=ZoneInfo("Europe/London"))
    subject = "Eich rota o 4 Ionawr: Tŷ'r Felin " + "a Llys y Felin " * 10 + "🗓"
    mail = build_mail(
        letter(to="Siân Ŵyn <sian@example.org>", subject=subject, body=body, written_at=written),
        sender=Mailbox("rota@example.org", "Rota, Łódź"),
    )
    got = read(mail)
    assert mail.isascii()
    assert max(map(len, mail.split(b"\r\n"))) <= 78
    assert got["Subject"] == subject
    assert got.get_content() == body.replace("\n", "\r\n")
    assert got["To"].addresses[0].display_name == "Siân Ŵyn"
    assert got["To"].addresses[0].addr_spec == "sian@example.org"
    assert [a.display_name for a in got["From"].addresses] == ["Rota, Łódź"]
    assert got["Date"].datetime == written


def test_the_same_letter_is_the_same_bytes():
    assert build_mail(LETTER, sender=SENDER) == build_mail(letter(), sender=SENDER)


def test_the_message_id_hangs_on_key_and_domain_alone():
    other = letter(to="bob@example.org", subject="Other", body="Other")
    assert read(build_mail(other, sender=SENDER))["Message-ID"] == build_message_id(
        "published/7/40417", domain="example.org"
    )
    assert build_message_id("a", domain="example.org") != build_message_id(
        "b", domain="example.org"
    )


def test_a_message_id_with_a_long_domain_stays_in_one_piece():
    domain = ".".join(["rota-of-a-delivery-unit"] * 6) + ".example.org"
    mail = build_mail(LETTER, sender=Mailbox(f"rota@{domain}"))
    assert read(mail)["Message-ID"].strip() == build_message_id(LETTER.key, domain=domain)
    assert b"=?" not in mail


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\0"])
def test_a_subject_adds_no_header(end):
    mail = build_mail(letter(subject=f"Rota{end}Bcc: eve@example.org"), sender=SENDER)
    assert read(mail).keys() == HEADERS
    assert read(mail)["Subject"] == "Rota Bcc: eve@example.org"


@pytest.mark.parametrize("code", ["=?utf-8?q?=0D=0ABcc:_eve=40example.org?=", "=?x?b?DQpCY2M6?="])
def test_an_encoded_word_in_a_subject_is_not_decoded(code):
    mail = build_mail(letter(subject=f"Rota {code}"), sender=SENDER)
    assert read(mail).keys() == HEADERS
    assert b"\nBcc:" not in mail


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("", [""]),
        ("no end", ["no end"]),
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        ("half a character \ud800", ["half a character ?"]),
    ],
)
def test_any_body_can_be_said(body, lines):
    got = read(build_mail(letter(body=body), sender=SENDER)).get_content()
    assert got == "".join(f"{line}\r\n" for line in lines)


@pytest.mark.parametrize(
    "to",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "ann ash@example.org",
        "ann@example.org, bob@example.org",
        "ann@example.org\r\nBcc: eve@example.org",
        "Ann\r\nBcc: eve@example.org <ann@example.org>",
        "ann@example.org\n",
        "Ann <ann@example.org> <eve@example.org>",
        "ann@example.org>\r\nDATA",
        "siân@example.org",
        "ann@exam_ple.org",
        "ann@-example.org",
        "ann@example..org",
        ".ann@example.org",
        "=?utf-8?q?=0A?= <ann@example.org>",
        "a" * 65 + "@example.org",
    ],
)
def test_what_is_no_address_is_refused(to):
    with pytest.raises(LetterRefused, match="is not an e-mail address"):
        build_mail(letter(to=to), sender=SENDER)


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("ann@example.org", Mailbox("ann@example.org")),
        (" o'hara+rota@mail.example.org ", Mailbox("o'hara+rota@mail.example.org")),
        ("rota@localhost", Mailbox("rota@localhost")),
        ("<ann@example.org>", Mailbox("ann@example.org")),
        ("Siân Ash <ann@example.org>", Mailbox("ann@example.org", "Siân Ash")),
        ('"Ash, Ann" <ann@example.org>', Mailbox("ann@example.org", "Ash, Ann")),
    ],
)
def test_a_mailbox_has_an_address_and_perhaps_a_name(text, mailbox):
    assert Mailbox.read(text) == mailbox
