"""SCRAM-SHA-256 verifiers as PostgreSQL stores them (RFC 5802, RFC 7677), so that passwords need not be sent."""

import base64
import hashlib
import hmac
import os

_ITERATIONS = 4096
_SALT_BYTES = 16


def verifier(password: str, salt: bytes | None = None, iterations: int = _ITERATIONS) -> str:
    """What `pg_authid.rolpassword` holds for an ASCII password; the salt is drawn when none is given."""
    salt = os.urandom(_SALT_BYTES) if salt is None else salt
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, iterations)
    stored_key = hashlib.sha256(_hmac(salted, b"Client Key")).digest()
    server_key = _hmac(salted, b"Server Key")
    return f"SCRAM-SHA-256${iterations}:{_base64(salt)}${_base64(stored_key)}:{_base64(server_key)}"


def matches(stored: str | None, password: str) -> bool:
    """Whether a stored verifier was made from this password; anything that is not a verifier does not match."""
    if stored is None or not stored.startswith("SCRAM-SHA-256$"):
        return False
    iterations, _, salt = stored.split("$")[1].partition(":")
    return hmac.compare_digest(stored, verifier(password, base64.b64decode(salt), int(iterations)))


def _hmac(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, text, "sha256")


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
