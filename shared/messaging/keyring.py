"""Encryption of what is kept although it identifies people: AES-256-GCM, the key's id in front of the text."""

import hmac
import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32


class SealBroken(Exception):  # noqa: N818 - the fact, not a defect of ours
    """The sealed bytes, their key id or the place they were read from is not what was sealed."""


class KeyringUnreadable(ValueError):  # noqa: N818 - the fact
    """There is no such key file, or it is no keyring."""


class Keyring:
    """Seals with the newest key and opens with any. ``aad`` binds the text to its place (table and row)."""

    def __init__(self, keys: dict[int, bytes]) -> None:
        if not keys or any(len(key) != _KEY_BYTES or not 0 <= number < 256 for number, key in keys.items()):
            raise ValueError("a keyring needs keys of 32 bytes, numbered 0 to 255")
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._newest = max(keys)
        self._oldest = keys[min(keys)]

    @classmethod
    def from_file(cls, path: Path) -> "Keyring":
        """One key a line: ``number:64 hex digits``. Raises KeyringUnreadable without showing the content."""
        try:
            pairs = (line.split(":", 1) for line in path.read_text().split())
            return cls({int(number): bytes.fromhex(key) for number, key in pairs})
        except ValueError:
            raise KeyringUnreadable(f"{path.name}: each line must be number:64 hex digits") from None
        except OSError as error:
            raise KeyringUnreadable(f"{path.name} cannot be read ({error.strerror})") from None

    def encrypt(self, plain: bytes, aad: str) -> bytes:
        """Key number, nonce and sealed text."""
        nonce = os.urandom(_NONCE_BYTES)
        return bytes([self._newest]) + nonce + self._ciphers[self._newest].encrypt(nonce, plain, aad.encode())

    def decrypt(self, sealed: bytes, aad: str) -> bytes:
        """The plain bytes; raises SealBroken when altered, moved to another row, or sealed by an unknown key."""
        cipher = self._ciphers.get(sealed[0]) if sealed else None
        if cipher is None:
            raise SealBroken("unknown key")
        try:
            return cipher.decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], aad.encode())
        except (InvalidTag, ValueError):  # ValueError: too short for a nonce
            raise SealBroken("altered or out of place") from None

    def reference(self, purpose: str, text: str) -> bytes:
        """A keyed digest of 32 bytes: the same for the same text and purpose as long as the oldest key is kept."""
        subkey = hmac.digest(self._oldest, b"reference:" + purpose.encode(), "sha256")
        return hmac.digest(subkey, text.encode(), "sha256")
