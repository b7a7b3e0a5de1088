"""A mail server behind TLS and a login: whom we trust, and what nobody gets to read."""

import shutil
import ssl
import subprocess

import pytest

from rota.sending import MailServer, NotSent, SmtpPost
from tests.fake_smtp import FakeSmtp
from tests.rota.sending.letters import LETTER, SENDER, Handover

ACCOUNT = ("rota", "open sesame")
A_LETTER = ("MAIL", "RCPT", "DATA", "QUIT")
NEW_CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    " -subj /CN=localhost -addext subjectAltName=DNS:localhost"
)

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not here")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for localhost and its key, as files."""
    folder = tmp_path_factory.mktemp("certificate")
    pem, key = folder / "certificate.pem", folder / "key.pem"
    command = [*NEW_CERTIFICATE.split(), "-out", pem, "-keyout", key]
    subprocess.run(command, check=True, capture_output=True)
    return pem, key


@pytest.fixture
def tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))


def post(server, *, host="localhost", **settings):
    account = dict(zip(("user", "password"), ACCOUNT, strict=True))
    return SmtpPost(MailServer(host, port=server.port, sender=SENDER, **(account | settings)))


def verbs(server):
    return [command.partition(" ")[0].upper() for command in server.commands]


@pytest.mark.usefixtures("trusted")
def test_a_letter_goes_through_starttls_with_a_login(tls):
    with FakeSmtp(tls=tls, account=ACCOUNT) as server:
        post(server, security="starttls").send(LETTER, handing_over=Handover())
    assert verbs(server) == ["EHLO", "STARTTLS", "EHLO", "AUTH", *A_LETTER]
    assert server.counts.total() == 1


@pytest.mark.usefixtures("trusted")
def test_a_letter_goes_through_tls_from_the_first_byte(tls):
    with FakeSmtp(tls=tls, is_tls_at_once=True, account=ACCOUNT) as server:
        post(server, security="tls").send(LETTER, handing_over=Handover())
    assert verbs(server) == ["EHLO", "AUTH", *A_LETTER]
    assert server.counts.total() == 1


@pytest.mark.parametrize(("security", "is_tls_at_once"), [("starttls", False), ("tls", True)])
def test_a_server_that_cannot_be_trusted_gets_no_password(tls, security, is_tls_at_once):
    strange = FakeSmtp(tls=tls, is_tls_at_once=is_tls_at_once, account=ACCOUNT)
    with strange as server, pytest.raises(NotSent) as raised:
        post(server, security=security).check()
    assert str(raised.value) == (
        f"The mail server localhost:{server.port} has a certificate that cannot be trusted: "
        "self-signed certificate"
    )
    assert "AUTH" not in verbs(server)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(("security", "is_tls_at_once"), [("starttls", False), ("tls", True)])
def test_a_certificate_for_another_host_is_not_trusted(tls, security, is_tls_at_once):
    other = FakeSmtp(tls=tls, is_tls_at_once=is_tls_at_once, account=ACCOUNT)
    says = "has a certificate that cannot be trusted: IP address"
    with other as server, pytest.raises(NotSent, match=says):
        post(server, host="127.0.0.1", security=security).check()
    assert "AUTH" not in verbs(server)


def test_a_server_without_starttls_gets_no_password():
    with FakeSmtp(account=ACCOUNT) as server, pytest.raises(NotSent) as raised:
        post(server, security="starttls").send(LETTER, handing_over=Handover())
    assert str(raised.value) == (
        f"The mail server localhost:{server.port} cannot do what the settings ask: "
        "STARTTLS extension not supported by server"
    )
    assert verbs(server) == ["EHLO"]


def test_a_server_without_tls_is_told_from_one_that_is_away():
    with FakeSmtp() as server, pytest.raises(NotSent) as raised:
        post(server, security="tls").check()
    assert str(raised.value) == (
        f"The mail server localhost:{server.port} does not speak TLS as it should: "
        "WRONG_VERSION_NUMBER. Maybe another security?"
    )


def test_a_wrong_password_is_told_but_not_shown():
    with FakeSmtp(account=("rota", "another")) as server, pytest.raises(NotSent) as raised:
        post(server, security="none").send(LETTER, handing_over=Handover())
    assert str(raised.value) == (
        f"The mail server localhost:{server.port} did not let in the user 'rota'"
        " with this password (535)"
    )


def test_a_server_without_a_login_cannot_do_what_the_settings_ask():
    with FakeSmtp() as server, pytest.raises(NotSent) as raised:
        post(server, security="none").check()
    assert str(raised.value) == (
        f"The mail server localhost:{server.port} cannot do what the settings ask: "
        "SMTP AUTH extension not supported by server"
    )
