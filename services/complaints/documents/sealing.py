"""Seals a document piece by piece with a key of its own, which is itself sealed by the service's keyring."""

import os
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.messaging.keyring import Keyring, SealBroken

PIECE_BYTES: Final = 256 * 1024
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_SHA_BYTES: Final = 32
_COUNT_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document belongs; a piece opens in no other case, document or position."""

    case_id: UUID
    document_id: UUID

    def __str__(self) -> str:
        return f"document:{self.case_id}:{self.document_id}"


@dataclass(frozen=True, slots=True)
class Header:
    """What opens a document, and proves that it is whole: its key, its SHA-256, the number of its pieces."""

    key: bytes = field(repr=False)
    sha256: bytes = field(repr=False)
    pieces: int

    def sealed(self, keyring: Keyring, place: Place) -> bytes:
        """For the table."""
        return keyring.encrypt(self.key + self.sha256 + self.pieces.to_bytes(_COUNT_BYTES, "big"), str(place))

    @classmethod
    def opened(cls, keyring: Keyring, place: Place, sealed: bytes) -> "Header":
        """From the table; raises SealBroken."""
        plain = keyring.decrypt(sealed, str(place))
        if len(plain) != _KEY_BYTES + _SHA_BYTES + _COUNT_BYTES:
            raise SealBroken("not a document's header")
        key, sha256 = plain[:_KEY_BYTES], plain[_KEY_BYTES : _KEY_BYTES + _SHA_BYTES]
        return cls(key, sha256, int.from_bytes(plain[-_COUNT_BYTES:], "big"))


def new_key() -> bytes:
    """A key for one document."""
    return AESGCM.generate_key(8 * _KEY_BYTES)


def seal(key: bytes, place: Place, number: int, plain: bytes) -> bytes:
    """One piece."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, _aad(place, number))


def unseal(key: bytes, place: Place, number: int, sealed: bytes | None) -> bytes:
    """The piece; raises SealBroken for one that is missing, altered, or of another place."""
    try:
        if sealed is None:
            raise SealBroken("a piece is missing")
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _aad(place, number))
    except (InvalidTag, ValueError):
        raise SealBroken("altered or out of place") from None


def _aad(place: Place, number: int) -> bytes:
    return f"{place}:{number}".encode()
