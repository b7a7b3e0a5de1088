"""GOV.UK Notify on this machine, as far as one e-mail template needs it.

    with FakeNotify() as notify:
        notify.url                       # the base URL
        notify.faults.append(503)        # the next request that posts an e-mail fails so
        notify.notifications             # what was accepted, as it was posted

A fault is a status, `(status, error, message)`, or one of DROP and DROP_AFTER: the connection is
closed, before or after the e-mail is accepted. `asking_faults` are those of requests that ask.
"""

from __future__ import annotations

import json
import threading
from collections import Counter, deque
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

DROP, DROP_AFTER, HANG, NONSENSE = "drop", "drop after", "hang", "nonsense"
Fault = int | str | tuple[int, str, str]

SERVICE, SECRET, TEMPLATE = (str(UUID(int=number)) for number in (1, 2, 3))
API_KEY = f"rota-{SERVICE}-{SECRET}"


class FakeNotify(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, *, placeholders: Iterable[str] = ("subject", "body")) -> None:
        self.faults: deque[Fault] = deque()
        self.asking_faults: deque[Fault] = deque()
        self.notifications: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self.template = {
            "id": TEMPLATE,
            "type": "email",
            "personalisation": {name: {"required": True} for name in placeholders},
        }
        self.stopped = threading.Event()
        super().__init__(("127.0.0.1", 0), _Request)

    def __enter__(self) -> FakeNotify:
        threading.Thread(target=self.serve_forever, args=(0.01,)).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.shutdown()
        self.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def counts(self) -> Counter[str]:
        """How often each reference was accepted."""
        return Counter(notification["reference"] for notification in self.notifications)


class _Request(BaseHTTPRequestHandler):
    server: FakeNotify
    timeout = 10

    def do_GET(self) -> None:
        self.server.requests.append(f"GET {self.path}")
        if not self.fails(self.server.asking_faults):
            self.answer(200, self.asked())

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(f"POST {self.path}")
        if self.fails(self.server.faults, body=body):
            return
        self.server.notifications.append(body)
        self.answer(201, {"id": str(UUID(int=9)), "reference": body["reference"]})

    def asked(self) -> dict[str, Any]:
        url = urlsplit(self.path)
        if url.path == f"/v2/template/{TEMPLATE}":
            return self.server.template
        [reference] = parse_qs(url.query)["reference"]
        found = [one for one in self.server.notifications if one["reference"] == reference]
        return {"notifications": found, "links": {}}

    def fails(self, faults: deque[Fault], *, body: dict[str, Any] | None = None) -> bool:
        """Whether the next fault was met instead of an answer."""
        match faults.popleft() if faults else None:
            case None:
                return False
            case int() as status:
                self.answer(status, {"errors": [{"error": "Error", "message": "no"}]})
            case (status, error, message):
                self.answer(status, {"errors": [{"error": error, "message": message}]})
            case "nonsense":
                self.answer(200, ["What?"])
            case "hang":
                self.server.stopped.wait(10)
            case "drop after" if body:
                self.server.notifications.append(body)
        self.close_connection = True
        return True

    def answer(self, status: int, told: object) -> None:
        text = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""
