"""Bearer tokens: a local issuer for the embedded stack, and verification of those or of an OIDC provider's."""

import datetime as dt
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from shared.runtime.settings import Settings

KEY_NAME: Final = "token-key"
LOCAL_ISSUER: Final = "qio-local"
AUDIENCE: Final = "qio"
# Public-key signatures only: a shared-key algorithm would let a public key be used as the shared one.
ALGORITHMS: Final = ("Ed25519", "EdDSA", "ES256", "ES384", "PS256", "RS256")
MAX_TOKEN_BYTES: Final = 8192
_MAX_JWKS_BYTES: Final = 256 * 1024
_LEEWAY_SECONDS: Final = 30
_PRIVATE_PARTS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi"})


class TokenRefused(Exception):  # noqa: N818 - a verdict about the token
    """The token does not prove who asks; ``code`` says why without any part of the token."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class KeysUnavailable(Exception):  # noqa: N818 - the fact
    """The signing keys could not be read or fetched; says from where, never what."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks: ``actor`` as the audit names them, their roles, and the QIO region they work for (None: no region)."""

    actor: str
    roles: frozenset[str]
    region: str | None


class Verifier:
    """Accepts tokens of one issuer for one audience, signed by one of its keys, between their times."""

    def __init__(self, keys: KeySet, issuer: str, audience: str, clock: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(clock()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    def verify(self, token: str) -> Identity:
        """Who the token speaks for; raises TokenRefused for every other content whatever."""
        if len(token) > MAX_TOKEN_BYTES:
            raise TokenRefused("too-long")
        try:
            claims = jwt.decode(token, self._keys, algorithms=list(ALGORITHMS)).claims
        except (JoseError, ValueError, TypeError, KeyError):
            raise TokenRefused("not-signed-by-issuer") from None
        try:
            self._claims.validate(claims)
        except JoseError as error:
            raise TokenRefused(error.error.replace("_", "-")) from None
        return _identity(claims)


class LocalIssuer:
    """Issues tokens with the embedded stack's own key."""

    def __init__(self, key: OKPKey, clock: Callable[[], float] = time.time) -> None:
        self._key = key
        self._clock = clock

    @classmethod
    def from_file(cls, path: Path, clock: Callable[[], float] = time.time) -> "LocalIssuer":
        """The issuer whose key is in ``path``; made there, mode 0600, when there is none. Never changed later."""
        if not path.exists():
            _write_once(path, orjson.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True)))
        return cls(_read_key(path), clock)

    def issue(self, actor: str, roles: Iterable[str], region: str | None, ttl: dt.timedelta) -> str:
        """A signed token that ends ``ttl`` from now."""
        now = int(self._clock())
        claims: dict[str, Any] = {
            "iss": LOCAL_ISSUER,
            "aud": AUDIENCE,
            "sub": actor,
            "roles": sorted(roles),
            "iat": now,
            "exp": now + int(ttl.total_seconds()),
        }
        if region is not None:
            claims["region"] = region
        header = {"alg": "Ed25519", "typ": "JWT", "kid": self._key.thumbprint()}
        return jwt.encode(header, claims, self._key, algorithms=["Ed25519"])

    def verifier(self) -> Verifier:
        """What accepts this issuer's tokens; holds the public key only."""
        return Verifier(key_set([self._key.as_dict(private=False)]), LOCAL_ISSUER, AUDIENCE, self._clock)


def key_set(keys: Iterable[dict[str, Any]]) -> KeySet:
    """The public signing keys among JSON Web Keys; others are left out. Raises KeysUnavailable when none is left."""
    public = [
        {name: value for name, value in key.items() if name not in _PRIVATE_PARTS}
        for key in keys
        if key.get("kty") in {"RSA", "EC", "OKP"} and key.get("use", "sig") == "sig"
    ]
    try:
        found = KeySet.import_key_set({"keys": public})
        for signing in found.keys:
            signing.ensure_kid()
    except (JoseError, ValueError, TypeError, KeyError):
        raise KeysUnavailable("a signing key is malformed") from None
    if not found.keys:
        raise KeysUnavailable("no public signing key")
    return found


def parse_key_set(text: bytes) -> KeySet:
    """The keys of a JWKS document; raises KeysUnavailable."""
    try:
        keys = orjson.loads(text)["keys"]
    except (ValueError, KeyError, TypeError):
        raise KeysUnavailable("not a JSON Web Key Set") from None
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise KeysUnavailable("not a JSON Web Key Set")
    return key_set(keys)


def make_verifier(settings: Settings, client: httpx.Client | None = None) -> Verifier:
    """The verifier for an OIDC issuer, whose keys are fetched now and once, or else for the local issuer's key file.

    Raises KeysUnavailable, or ValueError for settings that leave the source of tokens open.
    """
    issuer, url = settings.oidc_issuer, settings.oidc_jwks_url
    if issuer is None and url is None:
        return LocalIssuer.from_file(settings.secret_file(KEY_NAME)).verifier()
    if issuer is None or url is None:
        raise ValueError("QIO_OIDC_ISSUER and QIO_OIDC_JWKS_URL belong together")
    if not url.startswith("https://"):
        raise ValueError("QIO_OIDC_JWKS_URL must be https")
    with client or httpx.Client(timeout=10, follow_redirects=False) as connected:
        return Verifier(_fetch(connected, url), issuer, AUDIENCE)


def _fetch(client: httpx.Client, url: str) -> KeySet:
    try:
        answer = client.get(url, headers={"accept": "application/json"})
    except httpx.HTTPError as error:
        raise KeysUnavailable(f"the signing keys could not be fetched ({type(error).__name__})") from None
    if answer.status_code != httpx.codes.OK or len(answer.content) > _MAX_JWKS_BYTES:
        raise KeysUnavailable(f"the signing keys could not be fetched (status {answer.status_code})")
    return parse_key_set(answer.content)


def _identity(claims: dict[str, Any]) -> Identity:
    actor, roles, region = claims["sub"], claims.get("roles", []), claims.get("region")
    if not isinstance(actor, str) or not 0 < len(actor) <= 200 or not actor.isprintable():
        raise TokenRefused("invalid-actor")
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise TokenRefused("invalid-roles")
    if region is not None and (not isinstance(region, str) or not region):
        raise TokenRefused("invalid-region")
    return Identity(actor, frozenset(roles), region)


def _read_key(path: Path) -> OKPKey:
    try:
        return OKPKey.import_key(orjson.loads(path.read_bytes()))
    except OSError as error:
        raise KeysUnavailable(f"{path.name} cannot be read ({error.strerror})") from None
    except (JoseError, ValueError, TypeError, KeyError):
        raise KeysUnavailable(f"{path.name} is damaged") from None


def _write_once(path: Path, content: bytes) -> None:
    # Written beside and linked: two starters agree on one key, and no reader sees half of it.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
