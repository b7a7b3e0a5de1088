"""A provider of OpenID Connect on this machine, which can be made to lie.

It does what the standard asks of a provider (discovery, the code flow with PKCE, RS256), so that a
client that leaves something out is refused.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "rota:web/1", "a+b/c%2Fd=e:f g&h~é"
"""Names with all that an address or a header would take for something else."""


class FakeProvider:
    """The provider, who lets in `person` at once. `lies` are claims that it tells instead."""

    def __init__(self, now: int) -> None:
        self.now = now
        self.person: dict[str, Any] = {}
        self.lies: dict[str, Any] = {}
        self.metadata_lies: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.key = _key()
        self.signs_with = self.key
        self.is_broken = False
        self._asked: dict[str, dict[str, str]] = {}
        self._access: set[str] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to, with a code."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert set(asked["scope"].split()) >= {"openid", "email"}
        code = secrets.token_urlsafe(8)
        self._asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, told: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The answer to a code, which is good once; None if anything is wrong with it."""
        asked = self._asked.pop(told.get("code", ""), None)
        if asked is None or not self._is_client(told, authorization):
            return None
        challenge = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
        if urlsafe_b64encode(challenge).decode().rstrip("=") != asked["code_challenge"]:
            return None
        if told.get("redirect_uri") != asked["redirect_uri"]:
            return None
        access = secrets.token_urlsafe(8)
        self._access.add(access)
        return {"access_token": access, "token_type": "Bearer", "id_token": self._id_token(asked)}

    def _is_client(self, told: dict[str, str], authorization: str) -> bool:
        """Whether the id and the secret are right, and given in the one way that is taken."""
        if "token_endpoint_auth_methods_supported" not in self.metadata_lies:
            return "client_secret" not in told and _is_signed(authorization)
        given = (told.get("client_id"), told.get("client_secret"))
        return not authorization and given == (CLIENT_ID, CLIENT_SECRET)

    def _id_token(self, asked: dict[str, str]) -> str:
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": self.now,
            "exp": self.now + 300,
            "nonce": asked["nonce"],
            **self.person,
            **self.lies,
        }
        told = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "one"}, told, self.signs_with)

    def _metadata(self) -> dict[str, Any]:
        its = self.issuer
        return {
            "issuer": its,
            "authorization_endpoint": f"{its}/authorize",
            "token_endpoint": f"{its}/token",
            "jwks_uri": f"{its}/keys",
            "userinfo_endpoint": f"{its}/userinfo",
            **self.metadata_lies,
        }

    def _get(self, path: str, authorization: str) -> Any:
        if path == "/.well-known/openid-configuration":
            return self._metadata()
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)]}
        if path == "/userinfo" and authorization.removeprefix("Bearer ") in self._access:
            return self.userinfo
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = _plain(parts.query)
                if parts.path == "/authorize":
                    self.send_response(303)
                    self.send_header("Location", provider.authorize(query))
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                self._answer(provider._get(parts.path, self._authorization()))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                told = provider.token(_plain(body), self._authorization())
                self._answer(told, {"error": "invalid_grant"})

            def log_message(self, *_: object) -> None:
                pass

            def _authorization(self) -> str:
                return str(self.headers.get("Authorization", ""))

            def _answer(self, told: Any, instead: Any = None) -> None:
                status = 500 if provider.is_broken else 200 if told is not None else 400
                body = json.dumps(told if told is not None else instead).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Handler


@contextmanager
def fake_provider(now: int) -> Iterator[FakeProvider]:
    """A provider by whose clock it is `now`, as long as the block lasts."""
    provider = FakeProvider(now)
    thread = threading.Thread(target=provider._server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider._server.shutdown()
        provider._server.server_close()
        thread.join()


@cache
def _key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "one"})


def _is_signed(authorization: str) -> bool:
    scheme, _, told = authorization.partition(" ")
    if scheme != "Basic":
        return False
    name, _, secret = b64decode(told).decode().partition(":")
    return (unquote_plus(name), unquote_plus(secret)) == (CLIENT_ID, CLIENT_SECRET)


def _plain(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
