"""Connections: a request that does not arrive is ended, and however many do not, pages answer."""

import resource
import socket
import subprocess
import sys
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection
from threading import Event, Thread
from time import sleep

import pytest

from tests.rota.cli.command import environment
from tests.web.test_serving import free_place, got
from web.connections import FILES_BESIDE, FILES_EACH, LEAST, Limits, set_limits
from web.serving import LARGEST_BODY, LARGEST_HEADERS

SERVER = """
import sys, time
from flask import Flask, request
from web.connections import Limits
from web.serving import answer
app = Flask("any")
@app.route("/")
def soon():
    return "here"
@app.route("/long")
def late():
    time.sleep(4)
    return "late"
@app.route("/told", methods=["POST"])
def told():
    return request.get_data()
place, seconds, most = sys.argv[1:]
tell = lambda address: print(address, flush=True)
answer(app, listen=place, trusted_proxy="", limits=Limits(float(seconds), int(most)), announce=tell)
"""

HEADERS = b"GET / HTTP/1.1\r\nHost: any\r\n"
BODY = b"POST /told HTTP/1.1\r\nHost: any\r\nContent-Length: 1000\r\n\r\n"
TOLD_TO_GO_ON = (
    b"POST /told HTTP/1.1\r\nHost: any\r\nContent-Length: 4\r\nConnection: close\r\n"
    b"Expect: 100-continue\r\n\r\n"
)
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
CHUNKS = b"POST /told HTTP/1.1\r\nHost: any\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n"
TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 44\r\n\r\nThe request was not here in time. Try again\n"
)
LATEST = 120
"""Seconds in which anything must have happened, however slow the machine is."""


@contextmanager
def server(*, seconds: float, most: int):
    """The place of a server with these limits."""
    place = free_place()
    command = [sys.executable, "-c", SERVER, place, str(seconds), str(most)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as process:
        assert process.stdout.readline() == f"http://{place}\n"
        try:
            yield place
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def impatient():
    """The place of a server that waits a second for a request to be whole."""
    with server(seconds=1, most=100) as place:
        yield place


@pytest.fixture(scope="module")
def patient():
    """The place of a server that waits longer than a test lasts."""
    with server(seconds=600, most=1000) as place:
        yield place


def connected(place: str) -> socket.socket:
    host, _, port = place.partition(":")
    return socket.create_connection((host, int(port)), timeout=LATEST)


def all_from(connection: socket.socket) -> bytes:
    """Everything that comes until the other side ends it."""
    parts = []
    with suppress(ConnectionResetError):
        while part := connection.recv(4096):
            parts.append(part)
    return b"".join(parts)


@contextmanager
def trickling(connections):
    """A byte every tenth of a second on each of them, as long as the block lasts."""
    is_over = Event()

    def trickle() -> None:
        while not is_over.wait(0.1):
            for connection in connections:
                with suppress(OSError):
                    connection.send(b"x")

    thread = Thread(target=trickle)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@pytest.mark.parametrize("begin", [HEADERS + b"X: ", BODY, CHUNKS, b"G"])
def test_a_request_that_trickles_is_ended_when_its_time_is_over(impatient, begin):
    with connected(impatient) as slow:
        slow.sendall(begin)
        with trickling([slow]):
            assert all_from(slow) == TOO_SLOW


def test_a_request_that_is_whole_in_time_may_take_longer_to_be_answered(impatient):
    assert got(impatient, "/long")[1] == "late"


def test_what_comes_behind_a_long_answer_has_its_time_from_then_on():
    with server(seconds=3, most=10) as place, connected(place) as one:
        one.sendall(b"GET /long HTTP/1.1\r\nHost: any\r\n\r\nGET / HTTP/1.1\r\nHost: any\r\n")
        sleep(0.5)
        one.sendall(b"Connection: close\r\n\r\n")
        answers = all_from(one)
    assert answers.count(b"HTTP/1.1 200 OK") == 2
    assert answers.endswith(b"here")


def test_a_connection_that_is_idle_between_two_requests_is_kept(impatient):
    with closing(HTTPConnection(impatient, timeout=LATEST)) as one:
        one.request("GET", "/")
        assert one.getresponse().read() == b"here"
        sleep(1.5)
        address = one.sock.getsockname()
        one.request("GET", "/")
        assert one.getresponse().read() == b"here"
        assert one.sock.getsockname() == address


def test_where_there_are_too_many_the_one_that_is_slow_longest_gives_way():
    with server(seconds=600, most=3) as place, ExitStack() as held:
        slow = [held.enter_context(connected(place)) for _ in range(3)]
        for connection in slow:
            connection.sendall(TOLD_TO_GO_ON)
            assert connection.recv(len(GO_ON), socket.MSG_WAITALL) == GO_ON
        assert got(place, "/")[1] == "here"
        assert all_from(slow[0]) == b""
        slow[2].sendall(b"here")
        assert all_from(slow[2]).endswith(b"here")


@pytest.mark.parametrize("begin", [HEADERS + b"X: ", BODY])
def test_pages_of_others_answer_while_500_trickle(patient, begin):
    with ExitStack() as held:
        slow = [held.enter_context(connected(patient)) for _ in range(500)]
        for connection in slow:
            connection.sendall(begin)
        with trickling(slow):
            assert [got(patient, "/")[1] for _ in range(10)] == ["here"] * 10


def test_a_body_that_is_long_is_read_whole(patient):
    body = bytes(range(256)) * 4096
    with closing(HTTPConnection(patient, timeout=LATEST)) as one:
        one.request("POST", "/told", body=body)
        assert one.getresponse().read() == body


def test_a_body_that_would_be_too_long_is_not_waited_for(patient):
    with connected(patient) as one:
        one.sendall(BODY.replace(b"1000", str(LARGEST_BODY).encode()))
        assert all_from(one).startswith(b"HTTP/1.1 413 ")


def test_headers_that_are_too_long_are_not_waited_for(patient):
    with connected(patient) as one:
        one.sendall(HEADERS + b"X: " + b"x" * LARGEST_HEADERS)
        assert all_from(one).startswith(b"HTTP/1.0 431 ")


@pytest.fixture
def files_allowed():
    """Set how many files this process may open; afterwards it is as before."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield lambda soft: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, before[1]))
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_as_many_files_may_be_open_as_the_connections_need(files_allowed):
    needed = 200 * FILES_EACH + FILES_BESIDE
    files_allowed(needed - 1)
    assert set_limits(60, most=200) == Limits(60, 200)
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == needed


def test_where_fewer_files_are_allowed_there_are_fewer_connections():
    script = (
        "import resource, sys; from web.connections import set_limits\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]),) * 2)\n"
        "print(set_limits(60, most=200).connections)"
    )

    def connections(files: int) -> int:
        command = [sys.executable, "-c", script, str(files)]
        return int(subprocess.check_output(command, env=environment()))

    assert connections(FILES_BESIDE + 100 * FILES_EACH) == 100
    assert connections(FILES_BESIDE) == LEAST
