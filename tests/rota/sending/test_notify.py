"""Letters through GOV.UK Notify: asked for first, posted once, and every answer understood."""

import re
import sys

import pytest

from rota.errors import RotaError
from rota.sending import LetterRefused, NotifyPost, NotifyService, NotSent
from tests.fake_notify import API_KEY, DROP, DROP_AFTER, HANG, NONSENSE, TEMPLATE, FakeNotify
from tests.rota.sending.letters import LETTER, Handover, letter

pytest.importorskip("notifications_python_client")

POSTED = {
    "email_address": "ann.ash@example.org",
    "template_id": TEMPLATE,
    "personalisation": {
        "subject": "Your rota from 4 January",
        "body": "Dear Ann,\nMon 4 Jan: Mill House\n",
    },
    "reference": "published/7/40417",
}
ASK = "GET /v2/notifications?reference=published%2F7%2F40417"
POST = "POST /v2/notifications/email"


@pytest.fixture(autouse=True)
def _without_a_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def notify():
    with FakeNotify() as notify:
        yield notify


def post_to(notify, *, timeout):
    """A post that waits so many seconds for an answer."""
    return NotifyPost(
        NotifyService(API_KEY, template_id=TEMPLATE, base_url=notify.url, timeout=timeout)
    )


@pytest.fixture
def post(notify):
    return post_to(notify, timeout=60)


def not_sent(post):
    """What was said, whether it is uncertain, and how often the letter was handed over."""
    handover = Handover()
    with pytest.raises(NotSent) as raised:
        post.send(LETTER, handing_over=handover)
    return str(raised.value), raised.value.is_uncertain, handover.times


def test_a_letter_is_asked_for_and_then_posted(notify, post):
    handover = Handover()
    post.send(LETTER, handing_over=handover)
    assert notify.notifications == [POSTED]
    assert notify.requests == [ASK, POST]
    assert handover.times == 1


def test_a_letter_that_is_there_is_not_posted_again(notify, post):
    handover = Handover()
    post.send(LETTER, handing_over=Handover())
    post.send(LETTER, handing_over=handover)
    assert notify.notifications == [POSTED]
    assert handover.times == 0


def test_a_subject_is_one_line(notify, post):
    post.send(letter(subject="Your rota\r\nfrom 4 January"), handing_over=Handover())
    assert notify.notifications == [POSTED]


def test_another_letter_is_not_taken_for_it(notify, post):
    post.send(LETTER, handing_over=Handover())
    post.send(letter(key="published/7/404"), handing_over=Handover())
    assert notify.counts == {"published/7/40417": 1, "published/7/404": 1}


def test_it_is_handed_over_after_asking_and_before_posting(notify, post):
    seen = []
    post.send(LETTER, handing_over=lambda: seen.extend(notify.requests))
    assert seen == [ASK]


@pytest.mark.parametrize("error", [OSError("gone"), KeyError("gone"), TypeError("gone")])
def test_nothing_is_posted_if_the_handing_over_fails(notify, post, error):
    with pytest.raises(type(error)) as raised:
        post.send(LETTER, handing_over=Handover(fails=error))
    assert raised.value is error
    assert notify.notifications == []


@pytest.mark.parametrize(("fault", "accepted"), [(DROP, 0), (DROP_AFTER, 1), (HANG, 0)])
def test_an_answer_that_is_lost_is_uncertain_and_the_next_attempt_makes_it_one(
    notify, post, fault, accepted
):
    notify.faults.append(fault)
    says = f"GOV.UK Notify at {notify.url} did not answer within 0.5 seconds, or at all"
    assert not_sent(post_to(notify, timeout=0.5)) == (says, True, 1)
    assert len(notify.notifications) == accepted
    post.send(LETTER, handing_over=Handover())
    assert notify.notifications == [POSTED]


@pytest.mark.parametrize(
    ("fault", "says", "is_uncertain"),
    [
        (500, "GOV.UK Notify answered 500: no", True),
        (503, "GOV.UK Notify answered 503: no", True),
        (
            (429, "RateLimitError", "Exceeded rate limit"),
            "GOV.UK Notify answered 429: Exceeded rate limit",
            False,
        ),
        (
            (429, "TooManyRequestsError", "Exceeded send limits (250) for today"),
            "GOV.UK Notify answered 429: Exceeded send limits (250) for today",
            False,
        ),
        (408, "GOV.UK Notify answered 408: no", False),
    ],
)
def test_what_a_later_attempt_may_mend_is_not_sent(notify, post, fault, says, is_uncertain):
    notify.faults.append(fault)
    assert not_sent(post) == (says, is_uncertain, 1)
    assert notify.notifications == []


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (
            (403, "AuthError", "Invalid token: API key not found"),
            "GOV.UK Notify does not accept the API key: Invalid token: API key not found",
        ),
        (
            (400, "BadRequestError", "Can't send to this recipient using a team-only API key"),
            "GOV.UK Notify answered 400: Can't send to this recipient using a team-only API key",
        ),
        (
            (400, "BadRequestError", "Missing personalisation: email_address"),
            "GOV.UK Notify answered 400: Missing personalisation: email_address",
        ),
        (
            (400, "BadRequestError", "email_address is not one of your team"),
            "GOV.UK Notify answered 400: email_address is not one of your team",
        ),
        (
            (400, "ValidationError", "template_id is not a valid UUID"),
            "GOV.UK Notify answered 400: template_id is not a valid UUID",
        ),
        (
            (400, "ValidationError", "email_address Not a valid email address"),
            "GOV.UK Notify does not take the letter: email_address Not a valid email address",
        ),
        ((404, "NoResultFound", "No result found"), "GOV.UK Notify answered 404: No result found"),
        (401, "GOV.UK Notify answered 401: no"),
    ],
)
def test_what_somebody_has_to_mend_first_is_refused(notify, post, fault, says):
    for faults in (notify.faults, notify.asking_faults):
        faults.append(fault)
        with pytest.raises(LetterRefused) as raised:
            post.send(LETTER, handing_over=Handover())
        assert (str(raised.value), notify.notifications) == (says, [])


def test_an_address_that_is_none_is_not_asked_for(notify, post):
    with pytest.raises(LetterRefused, match=r"^'ann' is not an e-mail address$"):
        post.send(letter(to="ann"), handing_over=Handover())
    assert notify.requests == []


@pytest.mark.parametrize("fault", [DROP, HANG, 500, 429, NONSENSE])
def test_a_letter_is_not_posted_if_it_could_not_be_asked_for(notify, fault):
    notify.asking_faults.append(fault)
    timeout = 0.5 if fault == HANG else 60
    _, is_uncertain, times = not_sent(post_to(notify, timeout=timeout))
    assert (is_uncertain, times, notify.notifications) == (False, 0, [])


def test_nonsense_is_not_taken_for_notify(notify, post):
    notify.asking_faults.append(NONSENSE)
    assert not_sent(post)[0] == f"{notify.url} does not answer as GOV.UK Notify does"


def test_a_check_asks_for_the_template(notify, post):
    post.check()
    assert notify.requests == [f"GET /v2/template/{TEMPLATE}"]


def test_a_check_tells_of_a_key_that_is_not_known(notify, post):
    notify.asking_faults.append((403, "AuthError", "Invalid token: API key not found"))
    with pytest.raises(NotSent, match="does not accept the API key: Invalid token"):
        post.check()


@pytest.mark.parametrize(
    "changed",
    [
        {"personalisation": {"subject": {}}},
        {"personalisation": {"subject": {}, "body": {}, "name": {}}},
        {"type": "sms"},
    ],
)
def test_a_check_tells_of_another_template(notify, post, changed):
    notify.template |= changed
    with pytest.raises(NotSent) as raised:
        post.check()
    assert str(raised.value) == (
        f"The template {TEMPLATE} of GOV.UK Notify must be an e-mail"
        " with the placeholders ((subject)) and ((body)) and no others"
    )


@pytest.mark.parametrize("key", ["", "secret", API_KEY[:-1], f"{API_KEY}\n"])
def test_a_key_that_cannot_be_one_is_told_and_not_shown(key):
    with pytest.raises(RotaError) as raised:
        NotifyService(key, template_id=TEMPLATE)
    assert str(raised.value) == (
        "The API key of GOV.UK Notify must end in the service's identifier and the secret,"
        " each like 01234567-89ab-cdef-0123-456789abcdef"
    )


def test_a_key_is_not_shown(post):
    assert API_KEY[-36:] not in repr(NotifyService(API_KEY, template_id=TEMPLATE))
    assert str(post) == "GOV.UK Notify"


def test_without_its_client_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "notifications_python_client", None)
    says = (
        "Sending through GOV.UK Notify needs the extra notify, and Rota was installed without it. "
        "Install the wheel you built with the extra notify, as docs/running.md says"
    )
    with pytest.raises(RotaError, match=rf"^{re.escape(says)}$"):
        NotifyPost(NotifyService(API_KEY, template_id=TEMPLATE))
