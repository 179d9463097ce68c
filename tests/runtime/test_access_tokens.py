"""Who is believed: tokens of the local issuer and of an OIDC provider."""

import base64
import datetime as dt
import json
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey

from shared.runtime.settings import Settings
from shared.runtime.tokens import (
    Identity,
    KeysUnavailable,
    LocalIssuer,
    TokenRefused,
    Verifier,
    make_verifier,
    parse_key_set,
)

HOUR = dt.timedelta(hours=1)
NOW = 1_400_000_000.0


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def issuer(tmp_path: Path, clock: Clock) -> LocalIssuer:
    return LocalIssuer.from_file(tmp_path / "secrets" / "token-key", clock)


def test_an_issued_token_tells_actor_roles_and_region(issuer: LocalIssuer) -> None:
    token = issuer.issue("nurse.7", ["reviewer", "intake"], "3", HOUR)
    assert issuer.verifier().verify(token) == Identity("nurse.7", frozenset({"reviewer", "intake"}), "3")


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "token-key"
    token = LocalIssuer.from_file(path, clock).issue("a", [], None, HOUR)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert LocalIssuer.from_file(path, clock).verifier().verify(token).actor == "a"
    assert [item.name for item in tmp_path.iterdir()] == ["token-key"]


def test_a_token_ends_at_its_time(issuer: LocalIssuer, clock: Clock) -> None:
    token = issuer.issue("a", [], None, HOUR)
    clock.now = NOW + 3600 + 29
    assert issuer.verifier().verify(token).actor == "a"
    clock.now = NOW + 3600 + 31  # half a minute is allowed for clocks that disagree
    with pytest.raises(TokenRefused, match="expired-token"):
        issuer.verifier().verify(token)


def _signed(key: Any, claims: dict[str, Any], alg: str, **header: str) -> str:
    return jwt.encode({"alg": alg, **header}, claims, key, algorithms=[alg])


def _claims(**changed: Any) -> dict[str, Any]:
    whole = {"iss": "qio-local", "aud": "qio", "sub": "a", "exp": int(NOW) + 60} | changed
    return {name: value for name, value in whole.items() if value is not None}


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "someone-else"},
        {"iss": None},
        {"aud": "another-service"},
        {"aud": None},
        {"exp": None},
        {"exp": "soon"},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "a\nb"},
        {"roles": "admin"},
        {"roles": [1]},
        {"region": 3},
        {"nbf": int(NOW) + 3600},
    ],
)
def test_a_token_with_wrong_claims_is_refused(clock: Clock, changed: dict[str, Any]) -> None:
    key = OKPKey.generate_key("Ed25519")
    verifier = LocalIssuer(key, clock).verifier()
    assert verifier.verify(_signed(key, _claims(), "Ed25519")).actor == "a"
    with pytest.raises(TokenRefused):
        verifier.verify(_signed(key, _claims(**changed), "Ed25519"))


def test_a_token_signed_by_another_key_is_refused(issuer: LocalIssuer, clock: Clock) -> None:
    stranger = LocalIssuer(OKPKey.generate_key("Ed25519"), clock).issue("a", ["admin"], None, HOUR)
    with pytest.raises(TokenRefused, match="not-signed-by-issuer"):
        issuer.verifier().verify(stranger)


def test_an_unsigned_token_and_one_signed_with_the_public_key_as_secret_are_refused(clock: Clock) -> None:
    key = OKPKey.generate_key("Ed25519")
    body = base64.urlsafe_b64encode(json.dumps(_claims()).encode()).rstrip(b"=").decode()
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode() + f".{body}."
    confused = _signed(OctKey.import_key(str(key.as_dict(private=False)["x"])), _claims(), "HS256")
    for token in (unsigned, confused):
        with pytest.raises(TokenRefused):
            LocalIssuer(key, clock).verifier().verify(token)


@pytest.mark.parametrize("token", ["", ".", "..", "a.b.c", "\x00", "eyJhbGciOiJFZDI1NTE5In0..", "é", "x" * 9000])
def test_garbage_is_refused_without_showing_it(issuer: LocalIssuer, token: str) -> None:
    with pytest.raises(TokenRefused) as refusal:
        issuer.verifier().verify(token)
    assert not token.strip(".") or token not in str(refusal.value)


def test_the_keys_of_an_oidc_provider_verify_its_tokens(tmp_path: Path, clock: Clock) -> None:
    key = ECKey.generate_key("P-256", {"kid": "2014-08"})
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps({"keys": [key.as_dict(private=False), {"kty": "oct", "k": "c2VjcmV0"}]}))
    verifier = Verifier(parse_key_set(jwks.read_bytes()), "https://login.example.org", "qio", clock)
    claims = _claims(iss="https://login.example.org", roles=["reviewer"])
    assert verifier.verify(_signed(key, claims, "ES256", kid="2014-08")).roles == {"reviewer"}
    with pytest.raises(TokenRefused):
        verifier.verify(_signed(key, claims, "ES256", kid="unknown"))


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"keys":3}', b'{"keys":[]}', b'{"keys":[{"kty":"RSA"}]}'])
def test_a_document_without_usable_keys_is_refused(text: bytes) -> None:
    with pytest.raises(KeysUnavailable):
        parse_key_set(text)


def _oidc(**changed: str) -> Settings:
    return Settings(oidc_issuer="https://i.example.org", oidc_jwks_url="https://i.example.org/keys").model_copy(
        update=changed
    )


def _provider(answer: httpx.Response) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(lambda _: answer))


def test_keys_are_fetched_at_start() -> None:
    key = OKPKey.generate_key("Ed25519", {"kid": "k"})
    verifier = make_verifier(_oidc(), _provider(httpx.Response(200, json={"keys": [key.as_dict(private=False)]})))
    now = int(dt.datetime.now(dt.UTC).timestamp())
    token = _signed(key, _claims(iss="https://i.example.org", exp=now + 60), "Ed25519", kid="k")
    assert verifier.verify(token).actor == "a"


@pytest.mark.parametrize("status", [302, 404, 503])
def test_a_failing_provider_is_named_by_its_status(status: int) -> None:
    with pytest.raises(KeysUnavailable, match=str(status)):
        make_verifier(_oidc(), _provider(httpx.Response(status)))


def test_the_embedded_stack_verifies_with_its_key_file(tmp_path: Path) -> None:
    issuer = LocalIssuer.from_file(tmp_path / "token-key")
    verifier = make_verifier(Settings(secrets_dir=tmp_path))
    assert verifier.verify(issuer.issue("a", [], "1", HOUR)).region == "1"


def test_a_damaged_key_file_is_named_without_its_content(tmp_path: Path) -> None:
    (tmp_path / "token-key").write_text('{"kty":"OKP","d":"private"')
    with pytest.raises(KeysUnavailable, match="token-key is damaged"):
        make_verifier(Settings(secrets_dir=tmp_path))


@pytest.mark.parametrize("changed", [{"oidc_issuer": None}, {"oidc_jwks_url": None}, {"oidc_jwks_url": "http://i/k"}])
def test_settings_that_leave_the_source_of_tokens_open_are_refused(changed: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="QIO_OIDC"):
        make_verifier(_oidc(**changed))
