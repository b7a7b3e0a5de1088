"""A provider of OpenID Connect: the code flow with PKCE, and what has to be true of its answer."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from web.accounts.sso_attempt import Attempt, Distrusted, Identity, Unanswered

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""How tokens may be signed: with private keys that only the provider has."""

LEEWAY = 60
"""Seconds by which the provider's clock may differ from ours."""

PATIENCE = 10
"""Seconds to wait for the provider."""

FRESH = timedelta(hours=1)
"""How long the metadata of a provider is used before it is fetched again."""

_IN_HEADER, _IN_FORM = "client_secret_basic", "client_secret_post"

Signature = str | Callable[..., tuple[Any, ...]]
"""How a request for a token is signed: a method that the library knows, or a function."""

_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Provider:
    """The provider at that address, which knows Rota by its id and secret."""

    def __init__(self, issuer: str, *, client_id: str, client_secret: str, redirect: str) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect = redirect
        self._cached_metadata: tuple[datetime, Mapping[str, Any]] | None = None

    def build_sign_in_address(self, attempt: Attempt, *, at: datetime, again: bool = False) -> str:
        """The address at which somebody signs in there; `again` even if they are signed in there.

        Raises Unanswered.
        """
        address, _ = self._open_session().create_authorization_url(
            self._load_metadata(at)["authorization_endpoint"],
            state=attempt.state,
            code_verifier=attempt.verifier,
            nonce=attempt.nonce,
            **({"prompt": "login"} if again else {}),
        )
        return str(address)

    def find_identity(self, code: str, attempt: Attempt, *, at: datetime) -> Identity:
        """Who came back with the code. Raises Unanswered and Distrusted."""
        metadata = self._load_metadata(at)
        session = self._open_session(signature=_choose_signature(metadata))
        try:
            answer = session.fetch_token(
                metadata["token_endpoint"], code=code, code_verifier=attempt.verifier
            )
            keys = _fetch_json(session, metadata["jwks_uri"])
        except AuthlibBaseError as error:
            raise Distrusted(f"it refused the code: {error}") from error
        except (RequestException, ValueError) as error:
            raise Unanswered(str(error)) from error
        claims = self._read_claims(answer.get("id_token"), keys, metadata, attempt, at)
        if "email" not in claims and "userinfo_endpoint" in metadata:
            claims = {
                **self._fetch_more_claims(session, metadata["userinfo_endpoint"], claims),
                **claims,
            }
        return Identity(
            subject=f"{metadata['issuer']} {claims['sub']}",
            email=str(claims.get("email", "")),
            is_email_verified=claims.get("email_verified") in (True, "true"),
        )

    def is_from_here(self, issuer: str | None, *, at: datetime) -> bool:
        """Whether an answer is from this provider, if it names its issuer, as not all do."""
        return issuer is None or issuer == self._load_metadata(at)["issuer"]

    def _open_session(self, *, signature: Signature | None = None) -> OAuth2Session:
        return OAuth2Session(
            self._client_id,
            self._client_secret,
            scope="openid email",
            redirect_uri=self._redirect,
            code_challenge_method="S256",
            token_endpoint_auth_method=signature,
            default_timeout=PATIENCE,
        )

    def _load_metadata(self, at: datetime) -> Mapping[str, Any]:
        if self._cached_metadata is None or at - self._cached_metadata[0] > FRESH:
            self._cached_metadata = at, self._fetch_metadata()
        return self._cached_metadata[1]

    def _fetch_metadata(self) -> Mapping[str, Any]:
        """The metadata that the provider publishes (OpenID Connect Discovery)."""
        try:
            metadata = _fetch_json(
                self._open_session(), f"{self._issuer}/.well-known/openid-configuration"
            )
        except (RequestException, ValueError) as error:
            raise Unanswered(str(error)) from error
        if str(metadata.get("issuer", "")).rstrip("/") != self._issuer:
            raise Unanswered(f"it calls itself {metadata.get('issuer')}, not {self._issuer}")
        for name in _ENDPOINTS:
            if not _is_private(str(metadata.get(name, ""))):
                raise Unanswered(f"its {name} is not reached by HTTPS")
        return metadata

    def _read_claims(
        self,
        token: object,
        keys: Any,
        metadata: Mapping[str, Any],
        attempt: Attempt,
        at: datetime,
    ) -> Mapping[str, Any]:
        """What the token says, if it was made by the provider, for us, for this attempt and now."""
        rules = jwt.JWTClaimsRegistry(
            now=int(at.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": metadata["issuer"]},
            aud={"essential": True, "value": self._client_id},
            nonce={"essential": True, "value": attempt.nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            decoded = jwt.decode(str(token), KeySet.import_key_set(keys), algorithms=ALGORITHMS)
            rules.validate(decoded.claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Distrusted(f"its token is not right: {error}") from error
        claims = decoded.claims
        if (
            isinstance(claims["aud"], list)
            and len(claims["aud"]) > 1
            and claims.get("azp") != self._client_id
        ):
            raise Distrusted("its token is for somebody else")
        return claims

    def _fetch_more_claims(
        self, session: OAuth2Session, address: str, claims: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """What else the provider knows of the same person."""
        try:
            answer = _fetch_json(session, address)
        except (RequestException, ValueError) as error:
            raise Unanswered(str(error)) from error
        if answer.get("sub") != claims["sub"]:
            raise Distrusted("it tells of somebody else")
        return answer


def _choose_signature(metadata: Mapping[str, Any]) -> Signature:
    """How the provider takes our id and secret: in a header, or in the form if it must be."""
    offered = metadata.get("token_endpoint_auth_methods_supported", [_IN_HEADER])
    return _IN_FORM if _IN_FORM in offered and _IN_HEADER not in offered else _sign


def _sign(client: Any, _method: str, address: str, headers: Any, body: str) -> tuple[Any, ...]:
    """Give the id and the secret in a header, each encoded as in a form (RFC 6749, 2.3.1).

    Without that, a secret with a plus or a percent sign would be read there as another.
    """
    names = f"{quote_plus(client.client_id)}:{quote_plus(client.client_secret)}"
    headers["Authorization"] = f"Basic {b64encode(names.encode()).decode()}"
    return address, headers, body


def _fetch_json(session: OAuth2Session, address: str) -> dict[str, Any]:
    is_signed = session.token is not None and "access_token" in session.token
    response = session.get(address, withhold_token=not is_signed)
    response.raise_for_status()
    content = response.json()
    if not isinstance(content, dict):
        raise ValueError(f"{address} does not answer with an object")
    return content


def _is_private(address: str) -> bool:
    """Whether nobody can listen in: by HTTPS, or on this machine alone."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
