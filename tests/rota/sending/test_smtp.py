"""A mail server that fails at each stage: what the sender is told, and what has been accepted."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from rota.errors import RotaError
from rota.sending import LetterRefused, MailServer, NotSent, SmtpPost
from rota.sending.internet_mail import build_mail, build_message_id
from rota.sending.mailbox import Mailbox
from tests.fake_smtp import DRIP, DROP, HANG, STAGES, FakeSmtp
from tests.rota.sending.letters import LETTER, SENDER, Handover, letter

MESSAGE_ID = build_message_id(LETTER.key, domain="example.org")
PATIENCE = 1
"""Seconds for which a sender waits for a server that hangs."""

LONG_PATIENCE = 60
"""Seconds for which a sender waits for all others, however busy the machine is."""

LONG = f"{'0123456789' * 7}\n" * 90_000
"""More than the buffers between us and the server can hold."""


def post(server, **changed):
    settings = {"security": "none", "timeout": LONG_PATIENCE, "sender": SENDER, **changed}
    return SmtpPost(MailServer("127.0.0.1", port=server.port, **settings))


@dataclass(frozen=True)
class Failure:
    """How a send ended."""

    kind: type
    says: str
    is_uncertain: bool
    is_handed_over: bool
    accepted: int


def failure(stage, fault, **changed):
    """What comes of a letter when the server has this fault at this stage."""
    handover = Handover()
    timeout = PATIENCE if fault in (HANG, DRIP) else LONG_PATIENCE
    # The server hangs for so long that whoever waited for its end would never be back.
    with FakeSmtp(faults={stage: fault}, hang=1000) as server:
        with pytest.raises((NotSent, LetterRefused)) as raised:
            post(server, timeout=timeout).send(letter(**changed), handing_over=handover)
        says = str(raised.value).removeprefix(f"The mail server 127.0.0.1:{server.port} ")
    is_uncertain = getattr(raised.value, "is_uncertain", False)
    accepted = server.counts.total()
    return Failure(type(raised.value), says, is_uncertain, bool(handover.times), accepted)


def before(kind, says):
    return Failure(kind, says, is_uncertain=False, is_handed_over=False, accepted=0)


def after(kind, says, *, is_uncertain=False, accepted=0):
    return Failure(kind, says, is_uncertain=is_uncertain, is_handed_over=True, accepted=accepted)


def test_a_letter_arrives_as_it_was_written():
    handover = Handover()
    with FakeSmtp() as server:
        post(server).send(LETTER, handing_over=handover)
    [got] = server.accepted
    assert got.raw == build_mail(LETTER, sender=Mailbox("rota@example.org", "Rota"))
    assert (got.sender, got.to) == ("rota@example.org", "ann.ash@example.org")
    assert got.message_id == MESSAGE_ID
    assert handover.times == 1


def test_a_dot_at_the_start_of_a_line_stays_one_dot_and_ends_nothing():
    dots = letter(body=".\n..\n.hidden\nend\n.\nMAIL FROM:<eve@example.org>")
    with FakeSmtp() as server:
        post(server).send(dots, handing_over=Handover())
    assert [got.raw for got in server.accepted] == [build_mail(dots, sender=Mailbox.read(SENDER))]


def test_the_server_has_accepted_nothing_when_the_letter_is_handed_over():
    accepted = []
    with FakeSmtp() as server:
        post(server).send(LETTER, handing_over=lambda: accepted.append(server.counts.total()))
    assert (accepted, server.counts.total()) == ([0], 1)


def test_nothing_is_accepted_if_the_handing_over_fails():
    handover = Handover(fails=OSError("the database is gone"))
    with FakeSmtp() as server, pytest.raises(OSError, match=r"^the database is gone$"):
        post(server).send(LETTER, handing_over=handover)
    assert server.commands[-1] == "DATA"
    assert server.accepted == []


def test_a_message_is_not_ended_when_handing_over_took_all_the_time():
    with FakeSmtp() as server:
        hurried = post(server, timeout=PATIENCE)
        with pytest.raises(NotSent, match="did not answer within") as raised:
            hurried.send(LETTER, handing_over=lambda: time.sleep(PATIENCE))
    assert raised.value.is_uncertain
    assert server.accepted == []


@pytest.mark.parametrize("stage", ["connect", "ehlo", "mail", "rcpt", "data"])
@pytest.mark.parametrize(
    ("fault", "says"),
    [(DROP, "closed the connection"), (HANG, f"did not answer within {PATIENCE} seconds")],
)
def test_a_connection_lost_before_the_message_is_no_letter(stage, fault, says):
    assert failure(stage, fault) == before(NotSent, says)


@pytest.mark.parametrize("stage", ["connect", "rcpt"])
def test_a_server_that_drips_is_left_in_time(stage):
    says = f"did not answer within {PATIENCE} seconds"
    assert failure(stage, DRIP) == before(NotSent, says)


@pytest.mark.parametrize(
    ("fault", "says"),
    [(DROP, "closed the connection"), (HANG, f"did not answer within {PATIENCE} seconds")],
)
def test_a_connection_lost_within_a_long_message_is_no_letter(fault, says):
    assert failure("body", fault, body=LONG) == before(NotSent, says)


@pytest.mark.parametrize("stage", ["connect", "ehlo"])
@pytest.mark.parametrize("reply", ["421 4.3.2 busy", "554 5.3.2 closed"])
def test_a_server_that_does_not_let_us_in_may_do_so_later(stage, reply):
    assert failure(stage, reply) == before(NotSent, f"does not take mail now: {reply}")


@pytest.mark.parametrize("reply", ["451 4.3.0 later", "550 5.1.8 who is that?"])
def test_a_sender_who_is_not_taken_is_a_setting_and_not_the_letter(reply):
    says = f"does not take mail from rota@example.org: {reply}"
    assert failure("mail", reply) == before(NotSent, says)


@pytest.mark.parametrize("stage", ["rcpt", "data"])
@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("450 4.2.1 mailbox busy", NotSent),
        ("421 4.3.2 going down", NotSent),
        ("550 5.1.1 no such person", LetterRefused),
        ("554 no", LetterRefused),
        ("530 5.7.0 authentication required", NotSent),
        ("554 5.7.1 relay access denied", NotSent),
        ("503 5.5.1 RCPT first", NotSent),
        ("nonsense", NotSent),
    ],
)
def test_a_recipient_is_refused_for_good_only_for_their_own_sake(stage, reply, kind):
    told = "-1 ense" if reply == "nonsense" else reply
    says = f"does not take the letter to ann.ash@example.org: {told}"
    assert failure(stage, reply) == before(kind, says)


@pytest.mark.parametrize("reply", ["250 OK", "200 OK"])
def test_a_server_that_does_not_wait_for_the_message_is_not_given_it(reply):
    says = f"does not take the letter to ann.ash@example.org: {reply}"
    assert failure("data", reply) == before(NotSent, says)


@pytest.mark.parametrize(
    ("reply", "kind", "is_uncertain"),
    [
        ("451 4.3.0 later", NotSent, False),
        ("552 5.2.2 mailbox full", LetterRefused, False),
        ("550 5.7.26 not signed", NotSent, False),
        ("354 go on", NotSent, True),
        ("999 what", NotSent, True),
    ],
)
def test_the_answer_to_the_end_counts(reply, kind, is_uncertain):
    says = f"does not take the letter to ann.ash@example.org: {reply}"
    assert failure("end", reply) == after(kind, says, is_uncertain=is_uncertain)


@pytest.mark.parametrize(("stage", "accepted"), [("end", 0), ("accepted", 1)])
@pytest.mark.parametrize(
    ("fault", "says"),
    [(DROP, "closed the connection"), (HANG, f"did not answer within {PATIENCE} seconds")],
)
def test_a_connection_lost_at_the_end_is_uncertain(stage, accepted, fault, says):
    expected = after(NotSent, says, is_uncertain=True, accepted=accepted)
    assert failure(stage, fault) == expected


def test_a_letter_sent_once_more_has_the_same_message_id():
    with FakeSmtp(faults={"accepted": DROP}) as server:
        with pytest.raises(NotSent):
            post(server).send(LETTER, handing_over=Handover())
        server.faults.clear()
        post(server).send(LETTER, handing_over=Handover())
    assert server.counts == {MESSAGE_ID: 2}
    assert server.unsaid == {MESSAGE_ID: 1}


def test_an_address_that_is_none_meets_no_server():
    with (
        FakeSmtp() as server,
        pytest.raises(LetterRefused, match=r"^'ann' is not an e-mail address$"),
    ):
        post(server).send(letter(to="ann"), handing_over=Handover())
    assert server.commands == []


def test_a_server_that_is_not_there_cannot_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    away = SmtpPost(MailServer("127.0.0.1", port=port, sender=SENDER))
    says = rf"^The mail server 127\.0\.0\.1:{port} cannot be reached: Connection refused$"
    with pytest.raises(NotSent, match=says):
        away.send(LETTER, handing_over=Handover())
    with pytest.raises(NotSent, match=says):
        away.check()


def test_a_host_that_cannot_be_one_is_not_known():
    away = SmtpPost(MailServer("mail..example.org", sender=SENDER))
    says = r"^The mail server mail\.\.example\.org:587 is not known by that name$"
    with pytest.raises(NotSent, match=says):
        away.send(LETTER, handing_over=Handover())


def test_a_host_that_no_name_server_knows_is_not_known(monkeypatch):
    def unknown(*_args, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NotSent, match=r"^The mail server mail\.example\.org:25 is not known"):
        SmtpPost(MailServer("mail.example.org", port=25, sender=SENDER)).check()


def test_a_check_sends_nothing():
    with FakeSmtp() as server:
        post(server).check()
    assert [command.partition(" ")[0] for command in server.commands] == ["ehlo", "mail", "QUIT"]
    assert server.accepted == []


@pytest.mark.parametrize(
    ("stage", "fault"), [("connect", HANG), ("ehlo", DROP), ("mail", "550 5.1.8 who is that?")]
)
def test_a_check_tells_what_sending_would(stage, fault):
    with FakeSmtp(faults={stage: fault}) as server, pytest.raises(NotSent) as raised:
        post(server, timeout=PATIENCE).check()
    said = str(raised.value).removeprefix(f"The mail server 127.0.0.1:{server.port} ")
    assert said == failure(stage, fault).says


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"host": " "}, "The mail server needs a host"),
        ({"port": 0}, "The mail server's port is 0, not 1 to 65535"),
        ({"port": 65536}, "The mail server's port is 65536, not 1 to 65535"),
        (
            {"security": "ssl"},
            "The mail server's security is 'ssl', not one of none, starttls, tls",
        ),
        ({"timeout": 0}, "The mail server's timeout must be more than 0 seconds"),
        ({"sender": "rota"}, "The sender 'rota' is not an e-mail address"),
        (
            {"sender": "rota@example.org\nBcc: eve@example.org"},
            r"The sender 'rota@example.org\nBcc: eve@example.org' is not an e-mail address",
        ),
        ({"user": "rota"}, "A user of the mail server needs a password, and a password a user"),
        ({"password": "x"}, "A user of the mail server needs a password, and a password a user"),
        (
            {"user": "rota", "password": "tŷ"},
            "User and password of the mail server must be in ASCII",
        ),
    ],
)
def test_a_setting_that_cannot_be_one_is_told_at_once(settings, says):
    with pytest.raises(RotaError) as raised:
        MailServer(**{"host": "mail.example.org", "sender": SENDER, **settings})
    assert str(raised.value) == says


def test_a_server_does_not_show_its_password():
    server = MailServer("mail.example.org", sender=SENDER, user="rota", password="open sesame")
    assert "sesame" not in f"{server} {server!r}"
    assert str(SmtpPost(server)) == "the mail server mail.example.org:587"


def test_whatever_fails_no_letter_is_lost_and_none_sent_twice_without_a_doubt():
    """Every letter is sent until that succeeds; each doubt may have cost one copy, no more."""
    letters = [letter(key=f"published/7/{number}") for number in range(200)]
    with FakeSmtp(seed=7, trouble=0.3, hang=1.0) as server:
        patient = post(server, timeout=0.15)
        with ThreadPoolExecutor(8) as threads:
            doubts = list(threads.map(lambda one: _send_until_sent(patient, one), letters))
    ids = [build_message_id(one.key, domain="example.org") for one in letters]
    counts = server.counts
    assert sorted(counts) == sorted(ids)
    assert [id for id, doubt in zip(ids, doubts, strict=True) if counts[id] > 1 + doubt] == []
    assert {stage for stage, _ in server.met} == set(STAGES)
    assert max(counts.values()) > 1


def _send_until_sent(post, one):
    """How often it was uncertain whether the letter had been accepted."""
    doubts = 0
    while True:
        try:
            post.send(one, handing_over=Handover())
        except NotSent as error:
            doubts += error.is_uncertain
        else:
            return doubts
