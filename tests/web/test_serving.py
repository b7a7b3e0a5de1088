"""The server: who is let say what of a request, what is logged, and how it ends."""

import json
import re
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from threading import Thread

import pytest
from flask import Flask

from rota.errors import RotaError
from rota.store.databases import schema
from rota.store.databases.database import Database
from tests.rota.cli.command import environment, run, start
from tests.solver.processes import PATIENCE
from web.connections import Limits
from web.serving import PortTaken, answer

SLOW = """
import signal, sys, time
from threading import Event
from flask import Flask
from web.connections import Limits
from web.serving import answer
app = Flask("slow")
@app.route("/")
def slow():
    print("asked", flush=True)
    is_told.wait()
    time.sleep(0.5)
    return "the whole answer" * 10_000
is_told = Event()
def end(*_):
    is_told.set()
    sys.exit()
signal.signal(signal.SIGTERM, end)
tell = lambda address: print(address, flush=True)
answer(app, listen=sys.argv[1], trusted_proxy="", limits=Limits(60), announce=tell)
print("ended", flush=True)
"""


def free_place() -> str:
    """A host and port where nobody listens."""
    with socket.socket() as its:
        its.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{its.getsockname()[1]}"


def got(place: str, path: str, **headers: str):
    """What the server at that place answers, with its body read."""
    connection = HTTPConnection(place, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    its = connection.getresponse()
    body = its.read().decode()
    connection.close()
    return its, body


@pytest.fixture
def database_url(tmp_path, monkeypatch) -> str:
    url = f"sqlite:///{tmp_path / 'rota.db'}"
    monkeypatch.setenv("ROTA_DATABASE_URL", url)
    return url


def upgraded(url: str) -> None:
    database = Database(url)
    schema.upgrade(database)
    database.close()


def told(place: str, *, trusted: str) -> list[dict[str, object]]:
    """What the log tells of three requests, two of which say that they come from elsewhere."""
    server = start("serve", "--listen", place, ROTA_LOG_FORMAT="json", ROTA_TRUSTED_PROXY=trusted)
    says = f"Rota's pages are at http://{place}. Ctrl-C ends this."
    assert json.loads(server.stderr.readline())["event"] == says
    assert json.loads(server.stderr.readline())["event"].startswith("Rotas are kept in sqlite:///")
    sign_in, page = got(place, "/sign-in?next=/secrets", **{"X-Forwarded-For": "203.0.113.7"})
    assert (sign_in.status, sign_in.getheader("Server")) == (200, None)
    assert "<h1" in page
    assert got(place, "/static/joined/rota.css")[0].status == 200
    nowhere, _ = got(place, "/nowhere", **{"X-Forwarded-For": "203.0.113.7"})
    server.send_signal(signal.SIGTERM)
    _, log = server.communicate(timeout=PATIENCE)
    assert server.returncode == 0, log
    lines = [json.loads(line) for line in log.splitlines()]
    ids = [its.getheader("X-Request-Id") for its in (sign_in, nowhere)]
    assert [line["request"] for line in lines] == ids
    return lines


def test_a_request_is_logged_with_its_number_and_nothing_that_is_secret(database_url):
    upgraded(database_url)
    lines = told(free_place(), trusted="")
    says = ("event", "status", "who", "place")
    assert [tuple(line[name] for name in says) for line in lines] == [
        ("GET /sign-in", 200, None, "127.0.0.1"),
        ("GET /nowhere", 404, None, "127.0.0.1"),
    ]


def test_a_trusted_proxy_is_believed(database_url):
    upgraded(database_url)
    lines = told(free_place(), trusted="127.0.0.1")
    assert [line["place"] for line in lines] == ["203.0.113.7", "203.0.113.7"]


@pytest.mark.usefixtures("database_url")
def test_an_outdated_database_is_refused():
    result = run("serve", "--listen", free_place())
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "The database is not up to date. Run: rota db upgrade\n"


def test_a_port_that_is_taken_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        place = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(PortTaken, match=f"Another program listens at {place} already"):
            answer(Flask("any"), listen=place, trusted_proxy="", limits=Limits(60), announce=print)


@pytest.mark.parametrize("place", ["300.1.1.1:80", "127.0.0.1:66000", "nowhere"])
def test_a_place_that_cannot_be_is_told(place):
    with pytest.raises(RotaError, match=re.escape(place)):
        answer(Flask("any"), listen=place, trusted_proxy="", limits=Limits(60), announce=print)


def test_what_was_asked_is_answered_before_the_end():
    place = free_place()
    command = [sys.executable, "-c", SLOW, place]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as server:
        assert server.stdout.readline() == f"http://{place}\n"
        bodies = []
        asking = Thread(target=lambda: bodies.append(got(place, "/")[1]))
        asking.start()
        assert server.stdout.readline() == "asked\n"
        server.send_signal(signal.SIGTERM)
        assert server.stdout.readline() == "ended\n"
        asking.join(timeout=PATIENCE)
    assert bodies == ["the whole answer" * 10_000]
