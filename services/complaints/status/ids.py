"""Ids by which the status of a case is looked up: keyed, not the case id, ended by the next one or for good."""

import base64
import hashlib
from typing import Final
from uuid import UUID

from shared.messaging.keyring import Keyring

ID_BYTES: Final = 20  # 160 bits: nothing to be guessed
ID_CHARACTERS: Final = ID_BYTES * 8 // 5


class StatusIds:
    """Makes the ids of cases; the same id for the same issue, and nothing to be told from one without the key."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def make(self, case_id: UUID, issue: int) -> str:
        """32 characters, letters and the digits 2 to 7, easy to read out."""
        digest = self._keyring.reference("complaints.status-id", f"{case_id}/{issue}")
        return base64.b32encode(digest[:ID_BYTES]).decode()


def digest_of(status_id: str) -> bytes:
    """What is kept of an id; spaces, dashes and case do not count."""
    plain = status_id.replace("-", "").replace(" ", "").upper()
    return hashlib.sha256(plain.encode("utf-8", "replace")).digest()
